//! Plans: the document a target stands in.

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
        Col::open("title"),
        Col::open("legal_basis"),
        Col::open("valid_from"),
        Col::open("valid_to"),
    ],
};

/// A plan about to be added.
#[derive(Debug, Clone)]
pub struct NewPlan {
    pub unit: UnitId,
    pub title: String,
    pub legal_basis: Option<String>,
    pub valid_from: Date,
    /// The first day it no longer holds.
    pub valid_to: Option<Date>,
}

row! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Plan {
        pub id: PlanId,
        pub unit: UnitId,
        pub title: String,
        pub legal_basis: Option<String>,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
    }
}

pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewPlan) -> Result<PlanId> {
    let id: PlanId = stamp.id();
    let values = [
        ("unit_id", new.unit.arg()),
        ("title", Arg::Text(&new.title)),
        ("legal_basis", new.legal_basis.arg()),
        ("valid_from", new.valid_from.arg()),
        ("valid_to", new.valid_to.arg()),
    ];
    register::insert(tx, stamp, &PLAN, id, None, &values)?;
    Ok(id)
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
