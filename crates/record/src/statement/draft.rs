//! A statement about to be appended, and the verbs there are.

use jiff::Timestamp;
use serde_json::Value;
use thao_base::{ActivityId, PersonId, RowId, Stamp, StatementId, UnitId};

use crate::evidence::Rung;

/// What happened. Names follow the xAPI and cmi5 verbs where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Was present at a meeting of a class.
    Attended,
    /// Went through all of a lesson or course (cmi5 `completed`).
    Completed,
    /// Took a test; `success` says how it ended (cmi5 `passed`/`failed`).
    Passed,
    /// Answered an item (xAPI `answered`); no rung of its own.
    Answered,
    /// Was seen doing it by somebody who may judge.
    Observed,
    /// Was confirmed at work.
    Confirmed,
    /// Showed again, later, that they still can.
    Retained,
    /// A unit or a thing was found to satisfy a criterion, or not; of no person, of no rung.
    Assessed,
    /// Takes back the statement in `voids` (xAPI `voided`).
    Voided,
    /// Personal parts were erased under the law; the count stays.
    Erased,
}

impl Verb {
    pub const ALL: [Verb; 10] = [
        Verb::Attended,
        Verb::Completed,
        Verb::Passed,
        Verb::Answered,
        Verb::Observed,
        Verb::Confirmed,
        Verb::Retained,
        Verb::Assessed,
        Verb::Voided,
        Verb::Erased,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Verb::Attended => "attended",
            Verb::Completed => "completed",
            Verb::Passed => "passed",
            Verb::Answered => "answered",
            Verb::Observed => "observed",
            Verb::Confirmed => "confirmed",
            Verb::Retained => "retained",
            Verb::Assessed => "assessed",
            Verb::Voided => "voided",
            Verb::Erased => "erased",
        }
    }

    pub fn from_code(code: &str) -> Option<Verb> {
        Verb::ALL.into_iter().find(|verb| verb.code() == code)
    }

    /// The rung its outcome is evidence for.
    pub fn rung(self) -> Rung {
        match self {
            Verb::Attended => Rung::Attended,
            Verb::Completed => Rung::Completed,
            Verb::Passed => Rung::Passed,
            Verb::Observed => Rung::Observed,
            Verb::Confirmed => Rung::Confirmed,
            Verb::Retained => Rung::StillAble,
            Verb::Answered | Verb::Assessed | Verb::Voided | Verb::Erased => Rung::None,
        }
    }
}

/// A statement about to be appended.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Made by whoever saw it happen; the same id twice is the same statement.
    pub id: StatementId,
    pub verb: Verb,
    pub person: Option<PersonId>,
    /// Where it happened, as the unit was then.
    pub unit: UnitId,
    pub activity: Option<ActivityId>,
    /// The meeting, import or assignment it belongs to.
    pub context: Option<RowId>,
    pub success: Option<bool>,
    /// Thousandths of the whole, 0 to 1000.
    pub score: Option<i32>,
    pub at: Timestamp,
    pub voids: Option<StatementId>,
    /// What nobody filters by and nobody can be named by: the item, its version.
    pub detail: Option<Value>,
    /// What came from outside or is free text, and so may name a person: it stands in the side
    /// table that can be deleted, its hash in the statement's detail.
    pub raw: Option<Value>,
}

impl Draft {
    /// A statement of a person at a place, now; the rest is filled in by struct update.
    pub fn new(stamp: &Stamp, verb: Verb, person: PersonId, unit: UnitId) -> Draft {
        Draft {
            id: stamp.id(),
            verb,
            person: Some(person),
            unit,
            activity: None,
            context: None,
            success: None,
            score: None,
            at: stamp.at,
            voids: None,
            detail: None,
            raw: None,
        }
    }

    /// A statement of a unit, or of something in it that `context` names, and of no person.
    pub fn of_unit(stamp: &Stamp, verb: Verb, unit: UnitId) -> Draft {
        Draft {
            id: stamp.id(),
            verb,
            person: None,
            unit,
            activity: None,
            context: None,
            success: None,
            score: None,
            at: stamp.at,
            voids: None,
            detail: None,
            raw: None,
        }
    }
}
