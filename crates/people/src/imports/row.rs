//! Rows of a file: what each says, would do, and what came of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, ImportId, PersonId, Result, Tx, args, row, sql};

use super::note::Note;

const SQL: &str = include_str!("row.sql");

/// What a row would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Create,
    Change,
    /// All of it is known already.
    Same,
    /// Nothing, and why.
    Refuse,
    /// Nothing until somebody decides.
    Ask,
}

impl Outcome {
    pub const ALL: [Outcome; 5] =
        [Outcome::Create, Outcome::Change, Outcome::Same, Outcome::Refuse, Outcome::Ask];

    pub fn code(self) -> &'static str {
        match self {
            Outcome::Create => "create",
            Outcome::Change => "change",
            Outcome::Same => "same",
            Outcome::Refuse => "refuse",
            Outcome::Ask => "ask",
        }
    }

    pub fn from_code(code: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// Whether it changes anything.
    pub fn acts(self) -> bool {
        matches!(self, Outcome::Create | Outcome::Change)
    }
}

/// What somebody decided about a row that was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is the person who was found.
    Same,
    /// It is somebody else.
    New,
}

impl Decision {
    pub fn code(self) -> &'static str {
        match self {
            Decision::Same => "same",
            Decision::New => "new",
        }
    }

    pub fn from_code(code: &str) -> Option<Decision> {
        [Decision::Same, Decision::New].into_iter().find(|decision| decision.code() == code)
    }
}

/// What came of a row that was to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// Exactly what was announced.
    Done,
    /// Nothing: what it was worked out from had changed meanwhile.
    Left,
    /// It was taken back.
    Undone,
    /// It could not be taken back, or not all of it.
    Kept,
}

impl Came {
    pub fn code(self) -> &'static str {
        match self {
            Came::Done => "done",
            Came::Left => "left",
            Came::Undone => "undone",
            Came::Kept => "kept",
        }
    }

    pub fn from_code(code: &str) -> Option<Came> {
        [Came::Done, Came::Left, Came::Undone, Came::Kept].into_iter().find(|c| c.code() == code)
    }
}

row! {
    struct Kept {
        no: i32,
        draft: Value,
        cells: Option<Value>,
        outcome: String,
        notes: Value,
        deed: Value,
        person: Option<PersonId>,
        decision: Option<String>,
        result: Option<String>,
        made: Option<Value>,
    }
}

/// A row as it is kept.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number in the file, as spreadsheets show it.
    pub no: i32,
    /// What it says; the kind's own.
    pub draft: Value,
    /// Its cells as they stood, where it is to be mended.
    pub cells: Option<Vec<String>>,
    pub outcome: Outcome,
    pub notes: Vec<Note>,
    /// What exactly would be done; the kind's own.
    pub deed: Value,
    /// Whom it is about, once known.
    pub person: Option<PersonId>,
    pub decision: Option<Decision>,
    pub came: Option<Came>,
    /// What was made and changed, for taking it back; the kind's own.
    pub made: Option<Value>,
}

impl TryFrom<Kept> for Row {
    type Error = Error;

    fn try_from(kept: Kept) -> Result<Row> {
        let outcome = Outcome::from_code(&kept.outcome).ok_or_else(|| {
            Error::internal(format!("a row of an import has no outcome {}", kept.outcome))
        })?;
        Ok(Row {
            no: kept.no,
            draft: kept.draft,
            cells: kept.cells.map(serde_json::from_value).transpose()?,
            outcome,
            notes: serde_json::from_value(kept.notes)?,
            deed: kept.deed,
            person: kept.person,
            decision: kept.decision.as_deref().and_then(Decision::from_code),
            came: kept.result.as_deref().and_then(Came::from_code),
            made: kept.made,
        })
    }
}

/// A row as it was worked out, about to be kept.
#[derive(Debug, Clone)]
pub struct NewRow<'a> {
    pub no: i32,
    pub draft: &'a Value,
    pub cells: Option<Value>,
    pub plan: &'a Plan,
}

/// What a row would do, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub outcome: Outcome,
    pub notes: Vec<Note>,
    pub person: Option<PersonId>,
    pub deed: Value,
}

impl Plan {
    /// A row that does nothing, with the reason.
    pub fn refuse(note: Note) -> Plan {
        Plan { outcome: Outcome::Refuse, notes: vec![note], person: None, deed: Value::Null }
    }

    /// Whether it does the same; what is said about it does not matter.
    pub fn does_same(&self, row: &Row) -> bool {
        self.outcome == row.outcome && self.person == row.person && self.deed == row.deed
    }
}

pub(super) fn add_many(tx: &mut Tx<'_>, file: ImportId, rows: &[NewRow<'_>]) -> Result<()> {
    let notes = rows
        .iter()
        .map(|row| Ok(serde_json::to_value(&row.plan.notes)?))
        .collect::<Result<Vec<Value>>>()?;
    let lists = rows.iter().zip(&notes).map(|(row, notes)| {
        vec![
            file.arg(),
            row.no.arg(),
            Arg::Json(row.draft),
            row.cells.as_ref().map_or(Arg::Null, Arg::Json),
            Arg::Text(row.plan.outcome.code()),
            Arg::Json(notes),
            Arg::Json(&row.plan.deed),
            row.plan.person.arg(),
        ]
    });
    tx.exec_many(sql!(SQL, "add"), lists)?;
    Ok(())
}

/// One row.
///
/// # Errors
/// 404 when the file has no such row.
pub fn get(tx: &mut Tx<'_>, file: ImportId, no: i32) -> Result<Row> {
    let found: Option<Kept> = tx.find(sql!(SQL, "get"), args![file, no])?;
    found.ok_or_else(Error::not_found)?.try_into()
}

/// Which rows a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    All,
    Outcome(Outcome),
    Came(Came),
}

/// Rows after a number, in the order of the file, `limit` of them.
pub fn list(
    tx: &mut Tx<'_>,
    file: ImportId,
    show: Show,
    after: i32,
    limit: i64,
) -> Result<Vec<Row>> {
    let kept: Vec<Kept> = match show {
        Show::All => tx.list(sql!(SQL, "after"), args![file, after, limit])?,
        Show::Outcome(outcome) => {
            tx.list(sql!(SQL, "with_outcome"), args![file, after, limit, outcome.code()])?
        }
        Show::Came(came) => {
            tx.list(sql!(SQL, "with_result"), args![file, after, limit, came.code()])?
        }
    };
    kept.into_iter().map(Row::try_from).collect()
}

pub(super) fn list_to_apply(
    tx: &mut Tx<'_>,
    file: ImportId,
    after: i32,
    limit: i64,
) -> Result<Vec<Row>> {
    let kept: Vec<Kept> = tx.list(sql!(SQL, "to_apply"), args![file, after, limit])?;
    kept.into_iter().map(Row::try_from).collect()
}

pub(super) fn list_to_undo(
    tx: &mut Tx<'_>,
    file: ImportId,
    after: i32,
    limit: i64,
) -> Result<Vec<Row>> {
    let kept: Vec<Kept> = tx.list(sql!(SQL, "to_undo"), args![file, after, limit])?;
    kept.into_iter().map(Row::try_from).collect()
}

/// Rows that were refused, asked about or left, with their cells, to be mended and sent again.
pub fn list_to_mend(tx: &mut Tx<'_>, file: ImportId, after: i32, limit: i64) -> Result<Vec<Row>> {
    let kept: Vec<Kept> = tx.list(sql!(SQL, "to_mend"), args![file, after, limit])?;
    kept.into_iter().map(Row::try_from).collect()
}

/// How many rows there are of each outcome, and what came of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(Vec<(Outcome, Option<Came>, i64)>);

impl Counts {
    pub fn all(&self) -> i64 {
        self.0.iter().map(|(_, _, n)| n).sum()
    }

    pub fn of(&self, outcome: Outcome) -> i64 {
        self.0.iter().filter(|(o, _, _)| *o == outcome).map(|(_, _, n)| n).sum()
    }

    /// Rows that act.
    pub fn acting(&self) -> i64 {
        self.of(Outcome::Create) + self.of(Outcome::Change)
    }

    /// Rows that act and of which nothing came yet.
    pub fn waiting(&self) -> i64 {
        let is = |(o, c, _): &&(Outcome, Option<Came>, i64)| o.acts() && c.is_none();
        self.0.iter().filter(is).map(|(_, _, n)| n).sum()
    }

    /// Rows of which this came.
    pub fn came(&self, came: Came) -> i64 {
        self.0.iter().filter(|(_, c, _)| *c == Some(came)).map(|(_, _, n)| n).sum()
    }

    /// Rows of an outcome of which this came.
    pub fn of_came(&self, outcome: Outcome, came: Came) -> i64 {
        let is = |(o, c, _): &&(Outcome, Option<Came>, i64)| *o == outcome && *c == Some(came);
        self.0.iter().filter(is).map(|(_, _, n)| n).sum()
    }
}

pub fn counts(tx: &mut Tx<'_>, file: ImportId) -> Result<Counts> {
    let rows: Vec<(String, Option<String>, i64)> = tx.list(sql!(SQL, "counts"), args![file])?;
    let read = |(outcome, came, n): (String, Option<String>, i64)| {
        Some((Outcome::from_code(&outcome)?, came.as_deref().and_then(Came::from_code), n))
    };
    Ok(Counts(rows.into_iter().filter_map(read).collect()))
}

/// Which rows of the file are about these persons: the first row of each.
pub fn first_of(
    tx: &mut Tx<'_>,
    file: ImportId,
    persons: &[PersonId],
) -> Result<Vec<(PersonId, i32)>> {
    tx.list(sql!(SQL, "of_persons"), args![file, persons])
}

/// What the file would do, or did, about these persons: `(person, row, deed)`.
pub fn deeds_of(
    tx: &mut Tx<'_>,
    file: ImportId,
    persons: &[PersonId],
) -> Result<Vec<(PersonId, i32, Value)>> {
    tx.list(sql!(SQL, "deeds_of"), args![file, persons])
}

/// Those of these persons whom this file made.
pub fn made_of(tx: &mut Tx<'_>, file: ImportId, persons: &[PersonId]) -> Result<Vec<PersonId>> {
    tx.values(sql!(SQL, "made_of"), args![file, persons])
}

/// Works a row out anew: after a decision.
pub(super) fn set_plan(
    tx: &mut Tx<'_>,
    file: ImportId,
    no: i32,
    plan: &Plan,
    decision: Option<Decision>,
) -> Result<()> {
    let notes = serde_json::to_value(&plan.notes)?;
    let decision = decision.map(|decision| decision.code().to_owned());
    tx.exec(
        sql!(SQL, "plan"),
        args![file, no, plan.outcome.code(), notes, plan.deed, plan.person, decision],
    )?;
    Ok(())
}

/// Writes down what came of rows.
pub(super) fn settle(tx: &mut Tx<'_>, file: ImportId, rows: &[Row]) -> Result<()> {
    let notes = rows
        .iter()
        .map(|row| Ok(serde_json::to_value(&row.notes)?))
        .collect::<Result<Vec<Value>>>()?;
    let lists = rows.iter().zip(&notes).map(|(row, notes)| {
        vec![
            file.arg(),
            row.no.arg(),
            row.came.map_or(Arg::Null, |came| Arg::Text(came.code())),
            Arg::Json(notes),
            row.person.arg(),
            row.made.as_ref().map_or(Arg::Null, Arg::Json),
        ]
    });
    tx.exec_many(sql!(SQL, "settle"), lists)?;
    Ok(())
}
