//! The training plan of a year, row by row: what a unit means to hold for whom, and what it may
//! cost. What was held is never typed: [`held`] counts it from classes, registrations and the
//! record. Only payments are typed, with day and document.

mod held;
pub mod rule;

use std::collections::HashMap;

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{CourseId, CoursePlanId, Error, PaymentId, Result, Stamp, Tx, UnitId};
use thao_base::{args, row, sql};
use thao_record::{Col, Noun, register};
use thao_web::Scope;

pub use held::{By, held, of_year};

const SQL: &str = include_str!("course_plan.sql");

pub const COURSE_PLAN: Noun = Noun {
    table: "course_plan",
    columns: &[
        Col::open("year"),
        Col::open("unit_id"),
        Col::open("area_id"),
        Col::open("course_id"),
        Col::open("title"),
        Col::open("audience"),
        Col::open("classes"),
        Col::open("places"),
        Col::open("budget"),
        Col::open("funds"),
        Col::open("due"),
        Col::open("made_at"),
        Col::open("withdrawn_at"),
    ],
};
pub const PAYMENT: Noun = Noun {
    table: "payment",
    columns: &[
        Col::open("course_plan_id"),
        Col::open("amount"),
        Col::open("on_day"),
        Col::open("document"),
        Col::open("made_at"),
        Col::open("withdrawn_at"),
    ],
};

/// A row about to be added, or what it is changed to.
#[derive(Debug, Clone)]
pub struct NewCoursePlan {
    pub year: i32,
    /// In charge.
    pub unit: UnitId,
    /// Classes held in it and below count.
    pub area: UnitId,
    /// Without a course of the catalogue nothing is counted.
    pub course: Option<CourseId>,
    pub title: String,
    pub audience: Option<String>,
    pub classes: Option<i64>,
    pub places: Option<i64>,
    /// Đồng.
    pub budget: Option<i64>,
    pub funds: Option<String>,
    pub due: Option<Date>,
}

row! {
    #[derive(Debug, Clone)]
    pub struct CoursePlan {
        pub id: CoursePlanId,
        pub year: i32,
        pub unit: UnitId,
        pub unit_name: String,
        pub unit_pos: i64,
        pub area: UnitId,
        pub area_name: String,
        pub area_pos: i64,
        pub area_last: i64,
        pub course: Option<CourseId>,
        pub title: String,
        pub audience: Option<String>,
        pub classes: Option<i64>,
        pub places: Option<i64>,
        pub budget: Option<i64>,
        pub funds: Option<String>,
        pub due: Option<Date>,
    }
}

impl CoursePlan {
    pub fn planned(&self) -> rule::Planned {
        rule::Planned { classes: self.classes, places: self.places, budget: self.budget }
    }
}

row! {
    #[derive(Debug, Clone)]
    pub struct Payment {
        pub id: PaymentId,
        pub plan: CoursePlanId,
        pub amount: i64,
        pub on: Date,
        pub document: String,
    }
}

/// A payment about to be added.
#[derive(Debug, Clone)]
pub struct NewPayment {
    pub amount: i64,
    pub on: Date,
    pub document: String,
}

fn values(new: &NewCoursePlan) -> Vec<(&'static str, Arg<'_>)> {
    vec![
        ("year", new.year.arg()),
        ("unit_id", new.unit.arg()),
        ("area_id", new.area.arg()),
        ("course_id", new.course.arg()),
        ("title", Arg::Text(&new.title)),
        ("audience", new.audience.arg()),
        ("classes", new.classes.arg()),
        ("places", new.places.arg()),
        ("budget", new.budget.arg()),
        ("funds", new.funds.arg()),
        ("due", new.due.arg()),
    ]
}

pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewCoursePlan) -> Result<CoursePlanId> {
    let id: CoursePlanId = stamp.id();
    let mut values = values(new);
    values.push(("made_at", Arg::Time(stamp.at)));
    register::insert(tx, stamp, &COURSE_PLAN, id, None, &values)?;
    Ok(id)
}

/// Changes a row to what `new` says. Whether anything differed.
pub fn edit(tx: &mut Tx<'_>, stamp: &Stamp, id: CoursePlanId, new: &NewCoursePlan) -> Result<bool> {
    register::update(tx, stamp, &COURSE_PLAN, id, None, &values(new))
}

/// Takes a row off the year's plan.
pub fn withdraw(tx: &mut Tx<'_>, stamp: &Stamp, id: CoursePlanId) -> Result<()> {
    let values = [("withdrawn_at", Arg::Time(stamp.at))];
    register::update(tx, stamp, &COURSE_PLAN, id, None, &values)?;
    Ok(())
}

/// One row.
///
/// # Errors
/// 404 when there is none, it was withdrawn, or its units no longer stand.
pub fn get(tx: &mut Tx<'_>, id: CoursePlanId) -> Result<CoursePlan> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// The rows of a year that a scope has to do with, by unit in charge, then due.
pub fn list(tx: &mut Tx<'_>, scope: &Scope, year: i32) -> Result<Vec<CoursePlan>> {
    tx.list(sql!(SQL, "of_year"), args![scope.json(), year])
}

/// The years that have rows a scope has to do with, latest first.
pub fn years(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<i32>> {
    tx.values(sql!(SQL, "years"), args![scope.json()])
}

pub fn pay(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    plan: CoursePlanId,
    new: &NewPayment,
) -> Result<PaymentId> {
    let id: PaymentId = stamp.id();
    let values = [
        ("course_plan_id", plan.arg()),
        ("amount", Arg::Int(new.amount)),
        ("on_day", new.on.arg()),
        ("document", Arg::Text(&new.document)),
        ("made_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &PAYMENT, id, None, &values)?;
    Ok(id)
}

/// Takes a payment back; a correction is another one.
///
/// # Errors
/// 404 when the row has no such payment.
pub fn withdraw_payment(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    plan: CoursePlanId,
    id: PaymentId,
) -> Result<()> {
    if !list_payments(tx, plan)?.iter().any(|payment| payment.id == id) {
        return Err(Error::not_found());
    }
    register::update(tx, stamp, &PAYMENT, id, None, &[("withdrawn_at", Arg::Time(stamp.at))])?;
    Ok(())
}

/// The payments of a row that stand, the oldest first.
pub fn list_payments(tx: &mut Tx<'_>, plan: CoursePlanId) -> Result<Vec<Payment>> {
    tx.list(sql!(SQL, "payments"), args![plan])
}

/// All payments of a year's rows, by row, the oldest first.
pub fn list_payments_of_year(tx: &mut Tx<'_>, scope: &Scope, year: i32) -> Result<Vec<Payment>> {
    tx.list(sql!(SQL, "payments_of_year"), args![scope.json(), year])
}

/// What was paid for each row that has payments.
pub fn paid(payments: &[Payment]) -> HashMap<CoursePlanId, i64> {
    let mut out: HashMap<CoursePlanId, i64> = HashMap::new();
    for payment in payments {
        let sum = out.entry(payment.plan).or_default();
        *sum = sum.saturating_add(payment.amount);
    }
    out
}

#[cfg(test)]
mod tests;
