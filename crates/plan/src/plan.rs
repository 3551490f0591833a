//! Plans: the documents that targets and tasks stand in.

use std::collections::HashMap;

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, PlanId, Result, Stamp, Tx, UnitId, args, row, sql};
use thao_record::{Col, Noun, register};
use thao_web::Scope;

const SQL: &str = include_str!("plan.sql");

pub const PLAN: Noun = Noun {
    table: "plan",
    columns: &[
        Col::open("unit_id"),
        Col::open("number"),
        Col::open("title"),
        Col::open("legal_basis"),
        Col::open("issuer"),
        Col::open("issued_on"),
        Col::open("valid_from"),
        Col::open("valid_to"),
        Col::open("replaced_by"),
        Col::open("template"),
    ],
};

/// A plan about to be added with as little as a target needs of it.
#[derive(Debug, Clone)]
pub struct NewPlan {
    pub unit: UnitId,
    pub title: String,
    pub legal_basis: Option<String>,
    pub valid_from: Date,
    /// The first day it no longer holds.
    pub valid_to: Option<Date>,
}

/// All that a plan says of itself: what its form writes.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Where it holds: this unit and all below it.
    pub unit: UnitId,
    pub number: Option<String>,
    pub title: String,
    pub legal_basis: Option<String>,
    pub issuer: Option<String>,
    pub issued_on: Option<Date>,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    /// The template it is taken over from.
    pub template: Option<String>,
}

row! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Plan {
        pub id: PlanId,
        pub unit: UnitId,
        pub number: Option<String>,
        pub title: String,
        pub legal_basis: Option<String>,
        pub issuer: Option<String>,
        pub issued_on: Option<Date>,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
        pub replaced_by: Option<PlanId>,
        pub template: Option<String>,
    }
}

impl Plan {
    /// "Kế hoạch 15/KH-UBND" when it has a number, else its title.
    pub fn short(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.title)
    }

    /// Whether it stands on a day: not run out, not replaced.
    pub fn stands(&self, on: Date) -> bool {
        self.replaced_by.is_none() && self.valid_to.is_none_or(|to| on < to)
    }
}

impl Paper {
    fn values(&self) -> Vec<(&'static str, Arg<'_>)> {
        vec![
            ("unit_id", self.unit.arg()),
            ("number", self.number.arg()),
            ("title", Arg::Text(&self.title)),
            ("legal_basis", self.legal_basis.arg()),
            ("issuer", self.issuer.arg()),
            ("issued_on", self.issued_on.arg()),
            ("valid_from", self.valid_from.arg()),
            ("valid_to", self.valid_to.arg()),
            ("template", self.template.arg()),
        ]
    }
}

pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewPlan) -> Result<PlanId> {
    let paper = Paper {
        unit: new.unit,
        number: None,
        title: new.title.clone(),
        legal_basis: new.legal_basis.clone(),
        issuer: None,
        issued_on: None,
        valid_from: new.valid_from,
        valid_to: new.valid_to,
        template: None,
    };
    add_paper(tx, stamp, &paper)
}

pub fn add_paper(tx: &mut Tx<'_>, stamp: &Stamp, paper: &Paper) -> Result<PlanId> {
    let id: PlanId = stamp.id();
    register::insert(tx, stamp, &PLAN, id, None, &paper.values())?;
    Ok(id)
}

/// Changes a plan to what `paper` says. Whether anything differed.
pub fn edit(tx: &mut Tx<'_>, stamp: &Stamp, id: PlanId, paper: &Paper) -> Result<bool> {
    register::update(tx, stamp, &PLAN, id, None, &paper.values())
}

/// Says which plan stands in the place of one, or that none does. Whether anything differed.
///
/// # Errors
/// Invalid when the plan would stand, by however many steps, in the place of itself.
pub fn replace(tx: &mut Tx<'_>, stamp: &Stamp, id: PlanId, by: Option<PlanId>) -> Result<bool> {
    let mut next = by;
    while let Some(plan) = next {
        if plan == id {
            return Err(Error::invalid("plan.error.replaced_by_itself").field("replaced_by"));
        }
        next = get(tx, plan)?.replaced_by;
    }
    register::update(tx, stamp, &PLAN, id, None, &[("replaced_by", by.arg())])
}

/// One plan.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: PlanId) -> Result<Plan> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// The plans of units in a scope, newest first.
pub fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Plan>> {
    tx.list(sql!(SQL, "in_scope"), args![scope.json()])
}

/// The plans a scope has to do with: of units in it, or of a unit above it. Newest first.
pub fn list_concerning(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Plan>> {
    tx.list(sql!(SQL, "concerning"), args![scope.json()])
}

/// The plans of one unit, in the order they were added.
pub fn list_of_unit(tx: &mut Tx<'_>, unit: UnitId) -> Result<Vec<Plan>> {
    tx.list(sql!(SQL, "of_unit"), args![unit])
}

/// The plans that one stands in the place of.
pub fn list_replaced(tx: &mut Tx<'_>, by: PlanId) -> Result<Vec<Plan>> {
    tx.list(sql!(SQL, "replaced"), args![by])
}

row! {
    /// How much stands in a plan.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub struct Counts {
        pub targets: i64,
        pub tasks: i64,
    }
}

/// How many targets and tasks stand in each plan that has any.
pub fn counts(tx: &mut Tx<'_>) -> Result<HashMap<PlanId, Counts>> {
    let rows: Vec<(PlanId, i64, i64)> = tx.list(sql!(SQL, "counts"), args![])?;
    Ok(rows.into_iter().map(|(plan, targets, tasks)| (plan, Counts { targets, tasks })).collect())
}
