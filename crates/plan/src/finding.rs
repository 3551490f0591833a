//! Findings: that a unit or a thing satisfies a criterion, or does not, since a day, by a source.
//! Facts of the record: a statement of no person, `assessed`, with the criterion as its activity
//! and the thing, if it is about one, as its context. Of several the latest decides; one that was
//! wrong is voided, never changed.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde_json::{Value, json};
use thao_base::locale::{instant_at, local_date};
use thao_base::{
    CriterionId, Error, Result, RowId, Stamp, StatementId, ThingId, Tx, UnitId, args, cast, row,
    sql,
};
use thao_record::Verb;
use thao_record::statement::{self, Draft, append};

use crate::criterion;
use crate::thing;

const SQL: &str = include_str!("finding.sql");

/// What something was found of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    Unit(UnitId),
    Thing(ThingId),
}

/// A finding about to be recorded.
#[derive(Debug, Clone)]
pub struct NewFinding {
    /// Made with the form: the same one sent again is the same finding.
    pub id: StatementId,
    pub criterion: CriterionId,
    pub subject: Subject,
    pub satisfied: bool,
    /// The day since which it is so.
    pub on: Date,
    /// The document or person it was learnt from. May name people: it stands where it can be
    /// deleted.
    pub source: String,
}

row! {
    /// A finding as pages show it.
    #[derive(Debug, Clone)]
    pub struct Finding {
        pub id: StatementId,
        pub criterion: CriterionId,
        pub unit: UnitId,
        pub thing: Option<ThingId>,
        pub satisfied: bool,
        pub at: Timestamp,
        pub recorded_at: Timestamp,
        raw: Option<Value>,
        pub voided_by: Option<StatementId>,
    }
}

impl Finding {
    pub fn on(&self) -> Date {
        local_date(self.at)
    }

    /// Where it was learnt; nothing when that was erased.
    pub fn source(&self) -> &str {
        self.raw.as_ref().and_then(|raw| raw.get("source")?.as_str()).unwrap_or_default()
    }
}

/// Records findings: the last step of the transaction.
///
/// # Errors
/// [`thao_base::Kind::Invalid`] for a day to come; when the criterion is not asked of such a
/// subject.
pub fn add_many(tx: &mut Tx<'_>, stamp: &Stamp, new: &[NewFinding]) -> Result<()> {
    let mut drafts = Vec::with_capacity(new.len());
    for finding in new {
        drafts.push(draft(tx, stamp, finding)?);
    }
    append(tx, stamp, &drafts)?;
    Ok(())
}

fn draft(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewFinding) -> Result<Draft> {
    let asked_of = criterion::get(tx, new.criterion)?.subject;
    let (unit, context, kind): (UnitId, Option<RowId>, String) = match new.subject {
        Subject::Unit(unit) => {
            let kind = tx.find::<(String,)>(sql!(SQL, "kind_of_unit"), args![unit])?;
            (unit, None, kind.ok_or_else(Error::not_found)?.0)
        }
        Subject::Thing(id) => {
            let thing = thing::get(tx, id)?;
            (thing.unit, Some(cast(id)), thing.kind)
        }
    };
    if kind != asked_of {
        return Err(Error::invalid("plan.error.finding_subject").field("subject"));
    }
    if stamp.today() < new.on {
        return Err(Error::invalid("plan.error.finding_future").field("on"));
    }
    Ok(Draft {
        id: new.id,
        activity: Some(cast(new.criterion)),
        context,
        success: Some(new.satisfied),
        at: noon(new.on).min(stamp.at),
        raw: Some(json!({ "source": new.source })),
        ..Draft::of_unit(stamp, Verb::Assessed, unit)
    })
}

/// Noon of a local day: what is dated by a day alone.
fn noon(on: Date) -> Timestamp {
    instant_at(on, Time::constant(12, 0, 0, 0))
}

/// Takes a finding back.
///
/// # Errors
/// 404 when there is none.
pub fn void(tx: &mut Tx<'_>, stamp: &Stamp, id: StatementId) -> Result<()> {
    get(tx, id)?;
    statement::void(tx, stamp, id)
}

/// One finding, voided or not.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: StatementId) -> Result<Finding> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// What was found of a unit itself, newest first, voided ones included.
pub fn list_of_unit(tx: &mut Tx<'_>, unit: UnitId, criterion: CriterionId) -> Result<Vec<Finding>> {
    tx.list(sql!(SQL, "of_unit"), args![unit, criterion])
}

/// What was found of a thing by any criterion, newest first, voided ones included.
pub fn list_of_thing(tx: &mut Tx<'_>, thing: ThingId) -> Result<Vec<Finding>> {
    tx.list(sql!(SQL, "of_thing"), args![thing])
}
