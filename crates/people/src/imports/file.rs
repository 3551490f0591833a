//! Files that were sent in, and where each stands.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thao_base::locale::local_date;
use thao_base::{AccountId, Error, ImportId, JobId, Result, Stamp, Tx, UnitId, args, row, sql};
use thao_web::Scope;

const SQL: &str = include_str!("file.sql");

row! {
    /// A file that was sent in.
    #[derive(Debug, Clone)]
    pub struct File {
        pub id: ImportId,
        /// The code of its kind: `people`, `results`.
        pub kind: String,
        /// As the sender named it.
        pub name: String,
        /// The unit it was sent in for: rows that name none belong there.
        pub unit: UnitId,
        /// What was chosen in the form; the kind's own.
        pub options: serde_json::Value,
        about: serde_json::Value,
        pub rows: i32,
        pub account: Option<AccountId>,
        /// The job of the step under way, when it is one.
        pub job: Option<JobId>,
        /// The row up to which the step under way has come.
        pub at_row: i32,
        pub read_at: Timestamp,
        pub planned_at: Option<Timestamp>,
        pub confirmed_at: Option<Timestamp>,
        pub applied_at: Option<Timestamp>,
        pub undoing_at: Option<Timestamp>,
        pub undone_at: Option<Timestamp>,
        /// What its rows say is no longer kept.
        pub cleared_at: Option<Timestamp>,
    }
}

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// What each row would do is being worked out.
    Planning,
    /// It waits to be confirmed.
    Ready,
    Applying,
    Applied,
    Undoing,
    Undone,
}

impl State {
    pub fn code(self) -> &'static str {
        match self {
            State::Planning => "planning",
            State::Ready => "ready",
            State::Applying => "applying",
            State::Applied => "applied",
            State::Undoing => "undoing",
            State::Undone => "undone",
        }
    }

    /// The step that is under way.
    pub fn step(self) -> Option<Step> {
        match self {
            State::Planning => Some(Step::Plan),
            State::Applying => Some(Step::Apply),
            State::Undoing => Some(Step::Undo),
            State::Ready | State::Applied | State::Undone => None,
        }
    }
}

/// What is done to a file, row after row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Plan,
    Apply,
    Undo,
}

/// How the file was understood, for whoever sent it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The worksheet that was read; for a .csv the name of the file.
    pub sheet: String,
    /// The row of the header.
    pub header: u32,
    /// All headings, from left to right.
    pub headings: Vec<String>,
    /// Headings nobody asked for.
    pub unknown: Vec<String>,
    /// Rows that are no data: `(row, key of the reason, what stood there)`.
    pub left_out: Vec<(u32, String, String)>,
    /// Other worksheets with a table, which were not read.
    pub others: Vec<String>,
}

impl File {
    pub fn state(&self) -> State {
        if self.undone_at.is_some() {
            State::Undone
        } else if self.undoing_at.is_some() {
            State::Undoing
        } else if self.applied_at.is_some() {
            State::Applied
        } else if self.confirmed_at.is_some() {
            State::Applying
        } else if self.planned_at.is_some() {
            State::Ready
        } else {
            State::Planning
        }
    }

    /// # Errors
    /// [`thao_base::Kind::Conflict`] when what its rows say is no longer kept: nothing can be
    /// done with it any more.
    pub fn check_kept(&self) -> Result<()> {
        let Some(at) = self.cleared_at else { return Ok(()) };
        let day = thao_base::Lang::default().date(local_date(at));
        Err(Error::conflict("people.imports.error.cleared").with("day", day))
    }

    pub fn about(&self) -> About {
        serde_json::from_value(self.about.clone()).unwrap_or_default()
    }
}

/// A file about to be kept.
#[derive(Debug, Clone)]
pub struct NewFile {
    pub id: ImportId,
    pub kind: &'static str,
    pub name: String,
    pub content: Vec<u8>,
    pub unit: UnitId,
    pub options: serde_json::Value,
    pub about: About,
    pub rows: i32,
}

/// Keeps a file with its content; [`super::step`] works out what its rows would do.
pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewFile) -> Result<()> {
    let hash = *blake3::hash(&new.content).as_bytes();
    let about = serde_json::to_value(&new.about)?;
    tx.exec(
        sql!(SQL, "add"),
        args![
            new.id,
            new.kind,
            new.name,
            hash,
            new.content,
            new.unit,
            new.options,
            about,
            new.rows,
            stamp.account,
            None::<JobId>,
            stamp.at
        ],
    )?;
    Ok(())
}

/// A file of a kind.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, kind: &str, id: ImportId) -> Result<File> {
    let found: Option<File> = tx.find(sql!(SQL, "get"), args![id])?;
    found.filter(|file| file.kind == kind).ok_or_else(Error::not_found)
}

/// The file itself, while its rows are not all worked out.
pub(super) fn content(tx: &mut Tx<'_>, id: ImportId) -> Result<Option<Vec<u8>>> {
    Ok(tx.values(sql!(SQL, "content"), args![id])?.into_iter().next())
}

/// Files of a kind sent in for units of a scope, newest first, `limit` of them after one.
pub fn list(
    tx: &mut Tx<'_>,
    kind: &str,
    scope: &Scope,
    after: Option<&File>,
    limit: i64,
) -> Result<Vec<File>> {
    let (at, id) = (after.map(|file| file.read_at), after.map(|file| file.id));
    tx.list(sql!(SQL, "list"), args![kind, scope.json(), at, id, limit])
}

/// An earlier file with the same bytes that was confirmed and not taken back.
pub fn find_same(tx: &mut Tx<'_>, file: &File) -> Result<Option<File>> {
    let hash: Vec<u8> = tx.value(sql!(SQL, "hash"), args![file.id])?;
    tx.find(sql!(SQL, "same"), args![file.kind, hash, file.id])
}

/// Says how far the step under way has come.
pub(super) fn reach(tx: &mut Tx<'_>, id: ImportId, row: i32) -> Result<()> {
    tx.exec(sql!(SQL, "reach"), args![id, row])?;
    Ok(())
}

/// Says which job does the step under way.
pub(super) fn set_job(tx: &mut Tx<'_>, id: ImportId, job: JobId) -> Result<()> {
    tx.exec(sql!(SQL, "set_job"), args![id, job])?;
    Ok(())
}

/// A step begins (apply, undo) or ends (plan, apply, undo).
pub(super) fn enter(tx: &mut Tx<'_>, id: ImportId, state: State, at: Timestamp) -> Result<()> {
    let sql = match state {
        State::Planning => return Ok(()),
        State::Ready => sql!(SQL, "planned"),
        State::Applying => sql!(SQL, "confirmed"),
        State::Applied => sql!(SQL, "applied"),
        State::Undoing => sql!(SQL, "undoing"),
        State::Undone => sql!(SQL, "undone"),
    };
    tx.exec(sql, args![id, at])?;
    Ok(())
}

/// Forgets a file that was never confirmed, with all its rows.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] once it was confirmed: what it did refers to it.
pub fn forget(tx: &mut Tx<'_>, file: &File) -> Result<()> {
    if file.confirmed_at.is_some() {
        return Err(Error::conflict("people.imports.error.confirmed_already"));
    }
    tx.exec(sql!(SQL, "forget_rows"), args![file.id])?;
    tx.exec(sql!(SQL, "forget"), args![file.id])?;
    Ok(())
}
