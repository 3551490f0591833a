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
    sql, text,
};
use thao_record::Verb;
use thao_record::statement::{self, Draft, append};
use thao_web::Scope;

use crate::criterion::{self, Criterion};
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

/// Which subjects of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    All,
    Satisfied,
    Not,
    /// Nothing was found of them yet.
    Unknown,
}

impl State {
    pub const ALL: [State; 4] = [State::All, State::Satisfied, State::Not, State::Unknown];

    pub fn code(self) -> &'static str {
        match self {
            State::All => "all",
            State::Satisfied => "yes",
            State::Not => "no",
            State::Unknown => "unknown",
        }
    }

    pub fn from_code(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What is asked of the subjects of a criterion.
#[derive(Debug, Clone)]
pub struct Asked {
    pub state: State,
    /// Looked for at the start of any word of the name, without accents.
    pub search: String,
    pub skip: usize,
    pub limit: usize,
}

row! {
    /// A unit or thing a criterion is asked of, with the latest finding that stands.
    #[derive(Debug, Clone)]
    pub struct Line {
        pub id: RowId,
        pub name: String,
        pub path: String,
        /// Without accents, to look for.
        fold: String,
        pub satisfied: Option<bool>,
        at: Option<Timestamp>,
    }
}

impl Line {
    pub fn on(&self) -> Option<Date> {
        self.at.map(local_date)
    }

    fn is(&self, asked: &Asked) -> bool {
        let search = text::fold(&asked.search);
        let found = search.is_empty()
            || self.fold.starts_with(&search)
            || self.fold.contains(&format!(" {search}"));
        let state = match asked.state {
            State::All => true,
            State::Satisfied => self.satisfied == Some(true),
            State::Not => self.satisfied == Some(false),
            State::Unknown => self.satisfied.is_none(),
        };
        found && state
    }
}

/// The units or things of a scope that a criterion is asked of, in their order.
pub fn page(
    tx: &mut Tx<'_>,
    criterion: &Criterion,
    scope: &Scope,
    asked: &Asked,
) -> Result<Vec<Line>> {
    let lines = lines(tx, criterion, scope)?.into_iter().filter(|line| line.is(asked));
    Ok(lines.skip(asked.skip).take(asked.limit).collect())
}

/// How many subjects a criterion has in a scope, and how many satisfy it today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub satisfied: i64,
    pub all: i64,
}

pub fn count(tx: &mut Tx<'_>, criterion: &Criterion, scope: &Scope) -> Result<Count> {
    let lines = lines(tx, criterion, scope)?;
    let satisfied = lines.iter().filter(|line| line.satisfied == Some(true)).count();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok(Count { satisfied: number(satisfied), all: number(lines.len()) })
}

/// All of them: units and things are counted in thousands, people are not among them.
fn lines(tx: &mut Tx<'_>, criterion: &Criterion, scope: &Scope) -> Result<Vec<Line>> {
    let spans = scope.json();
    let args = args![spans, criterion.id, criterion.subject];
    match criterion.unit_kind() {
        Some(_) => {
            let mut lines: Vec<Line> = tx.list(sql!(SQL, "units"), args)?;
            for line in &mut lines {
                line.fold = text::fold(&line.name);
            }
            Ok(lines)
        }
        None => tx.list(sql!(SQL, "things"), args),
    }
}
