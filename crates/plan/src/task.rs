//! Tasks: what a plan charges a unit with, and how far the unit says it is.
//!
//! A status is a row with its day; nothing is overwritten. Of a task's rows the latest day, then
//! the latest made, counts. Whether a task is overdue is a rule: [`rule`].

pub mod rule;

use jiff::Timestamp;
use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, Id, PersonId, PlanId, Result, RowId, Stamp, TaskId, Tx, UnitId};
use thao_base::{args, row, sql};
use thao_people::unit::Place;
use thao_record::{Col, Noun, register};
use thao_web::{Scope, Span};

pub use rule::Status;

const SQL: &str = include_str!("task.sql");

pub const TASK: Noun = Noun {
    table: "task",
    columns: &[
        Col::open("plan_id"),
        Col::open("no"),
        Col::open("title"),
        Col::open("unit_id"),
        Col::open("taking_part"),
        Col::open("deadline"),
        Col::open("product"),
        Col::open("made_at"),
        Col::open("withdrawn_at"),
    ],
};
/// Its note is free text and may name people.
pub const TASK_STATUS: Noun = Noun {
    table: "task_status",
    columns: &[
        Col::open("task_id"),
        Col::open("status"),
        Col::open("on_day"),
        Col::personal("note"),
        Col::open("evidence"),
        Col::open("link"),
        Col::open("person_id"),
        Col::open("made_at"),
    ],
};

/// A task about to be added, or what it is changed to.
#[derive(Debug, Clone)]
pub struct NewTask {
    pub plan: PlanId,
    /// Its number in the document.
    pub no: Option<String>,
    pub title: String,
    /// In charge.
    pub unit: UnitId,
    pub taking_part: Option<String>,
    pub deadline: Option<Date>,
    pub product: Option<String>,
}

row! {
    #[derive(Debug, Clone)]
    pub struct Task {
        pub id: TaskId,
        pub plan: PlanId,
        pub plan_title: String,
        pub no: Option<String>,
        pub title: String,
        pub unit: UnitId,
        /// Where the unit stands; its last name when it stands no more.
        pub unit_path: String,
        pub pos: Option<i64>,
        pub taking_part: Option<String>,
        pub deadline: Option<Date>,
        pub product: Option<String>,
        status_code: Option<String>,
        pub status_on: Option<Date>,
    }
}

impl Task {
    /// Nothing said yet is not begun.
    pub fn status(&self) -> Status {
        self.status_code.as_deref().and_then(Status::from_code).unwrap_or(Status::NotBegun)
    }

    pub fn is_overdue(&self, today: Date) -> bool {
        rule::is_overdue(self.status(), self.deadline, today)
    }
}

/// How far a task is, as somebody says it.
#[derive(Debug, Clone)]
pub struct NewStatus {
    pub status: Status,
    pub on: Date,
    pub note: Option<String>,
    /// The document or product that shows it.
    pub evidence: Option<String>,
    pub link: Option<String>,
}

row! {
    #[derive(Debug, Clone)]
    pub struct Said {
        pub id: RowId,
        status_code: String,
        pub on: Date,
        pub note: Option<String>,
        pub evidence: Option<String>,
        pub link: Option<String>,
        pub person: Option<PersonId>,
        pub name: Option<String>,
        pub made_at: Timestamp,
    }
}

impl Said {
    /// None when a newer node knows a state that this one does not.
    pub fn status(&self) -> Option<Status> {
        Status::from_code(&self.status_code)
    }
}

fn values(new: &NewTask) -> Vec<(&'static str, Arg<'_>)> {
    vec![
        ("plan_id", new.plan.arg()),
        ("no", new.no.arg()),
        ("title", Arg::Text(&new.title)),
        ("unit_id", new.unit.arg()),
        ("taking_part", new.taking_part.arg()),
        ("deadline", new.deadline.arg()),
        ("product", new.product.arg()),
    ]
}

pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewTask) -> Result<TaskId> {
    let id: TaskId = stamp.id();
    let mut values = values(new);
    values.push(("made_at", Arg::Time(stamp.at)));
    register::insert(tx, stamp, &TASK, id, None, &values)?;
    Ok(id)
}

/// Changes a task to what `new` says. Whether anything differed.
pub fn edit(tx: &mut Tx<'_>, stamp: &Stamp, id: TaskId, new: &NewTask) -> Result<bool> {
    register::update(tx, stamp, &TASK, id, None, &values(new))
}

/// Takes a task off its plan: it stands in the journal, no list shows it any more.
pub fn withdraw(tx: &mut Tx<'_>, stamp: &Stamp, id: TaskId) -> Result<()> {
    register::update(tx, stamp, &TASK, id, None, &[("withdrawn_at", Arg::Time(stamp.at))])?;
    Ok(())
}

/// Says how far a task is.
pub fn say(tx: &mut Tx<'_>, stamp: &Stamp, task: TaskId, said: &NewStatus) -> Result<RowId> {
    let id: RowId = stamp.id();
    let values = [
        ("task_id", task.arg()),
        ("status", Arg::Text(said.status.code())),
        ("on_day", said.on.arg()),
        ("note", said.note.arg()),
        ("evidence", said.evidence.arg()),
        ("link", said.link.arg()),
        ("person_id", stamp.person.arg()),
        ("made_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &TASK_STATUS, id, None, &values)?;
    Ok(id)
}

/// One task.
///
/// # Errors
/// 404 when there is none or it was withdrawn.
pub fn get(tx: &mut Tx<'_>, id: TaskId) -> Result<Task> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// The tasks of a plan, by number, then deadline.
pub fn list_of_plan(tx: &mut Tx<'_>, plan: PlanId) -> Result<Vec<Task>> {
    let mut out: Vec<Task> = tx.list(sql!(SQL, "of_plan"), args![plan])?;
    out.sort_by_key(|task| rule::number_key(task.no.as_deref()));
    Ok(out)
}

/// What was said of a task, the newest first.
pub fn list_said(tx: &mut Tx<'_>, task: TaskId) -> Result<Vec<Said>> {
    tx.list(sql!(SQL, "said"), args![task])
}

/// Which tasks are asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The actor's: tasks of units in it, and of plans of units in it.
    pub scope: Scope,
    /// Only tasks that units in this span are in charge of.
    pub within: Option<Span>,
    pub status: Option<Status>,
    pub overdue: bool,
    pub on: Date,
}

/// Tasks by deadline, those without one last; at most `limit`, from `after` on.
pub fn page(
    tx: &mut Tx<'_>,
    asked: &Asked,
    after: Option<TaskId>,
    limit: i64,
) -> Result<Vec<Task>> {
    let key: Option<(String, TaskId)> = match after {
        Some(task) => tx.find(sql!(SQL, "key"), args![task])?,
        None => None,
    };
    let (deadline, id) =
        key.unwrap_or_else(|| (String::new(), TaskId::from_uuid(uuid::Uuid::nil())));
    let span = asked.within.unwrap_or(Span { lo: -1, hi: i64::MAX });
    let status = asked.status.map_or("", Status::code);
    let (scope, status) = (asked.scope.json(), Arg::Text(status));
    let key = Arg::Text(&deadline);
    tx.list(
        sql!(SQL, "page"),
        args![scope, span.lo, span.hi, status, asked.overdue, asked.on, key, id, limit],
    )
}

/// How many tasks of each state there are, and how many of them are overdue.
pub fn tally(tx: &mut Tx<'_>, asked: &Asked) -> Result<rule::Tally> {
    let span = asked.within.unwrap_or(Span { lo: -1, hi: i64::MAX });
    let scope = asked.scope.json();
    let rows: Vec<(String, i64, i64)> =
        tx.list(sql!(SQL, "tally"), args![scope, span.lo, span.hi, asked.on])?;
    let mut out = rule::Tally::default();
    for (code, count, overdue) in rows {
        out.take(Status::from_code(&code).unwrap_or(Status::NotBegun), count, overdue);
    }
    Ok(out)
}

/// Tasks not ended that units of a scope are in charge of and that are due by a day, the most
/// urgent first.
pub fn list_open(tx: &mut Tx<'_>, scope: &Scope, due_by: Date, most: usize) -> Result<Vec<Task>> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    tx.list(sql!(SQL, "open"), args![scope.json(), due_by, most])
}

/// The units in charge of tasks that a scope has to do with.
pub fn list_units(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Place>> {
    tx.list(sql!(SQL, "units"), args![scope.json()])
}

#[cfg(test)]
mod tests;
