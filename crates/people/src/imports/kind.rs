//! What one kind of table brings: how its rows are read, worked out, done and taken back.

use jiff::civil::Date;
use maud::Markup;
use serde_json::Value;
use thao_base::{AccountId, Lang, Result, Stamp, Tx, UnitId};
use thao_sheet::{Column, Columns, Sheet, SheetError, Table};
use thao_web::components::FieldErrors;
use thao_web::{Action, Actor, Scope, Sent};

use super::file::File;
use super::note::Note;
use super::row::{Decision, Plan, Row};
use super::units::UnitBook;
use crate::{account, appointment};

/// A row of a file, read and not yet looked up.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// Its number in the file, as spreadsheets show it.
    pub no: i32,
    /// What it says; the kind's own.
    pub draft: Value,
    /// Its cells as they stand in the file.
    pub cells: Vec<String>,
    /// What was mended, or why it is refused.
    pub notes: Vec<Note>,
    /// It cannot be understood: nothing is looked up.
    pub refused: bool,
    pub decision: Option<Decision>,
}

impl Drafted {
    /// A kept row, to be worked out anew. Notes of the reading are worked out anew too, from the
    /// draft, or are none.
    pub fn again(row: &Row) -> Drafted {
        Drafted {
            no: row.no,
            draft: row.draft.clone(),
            cells: Vec::new(),
            notes: Vec::new(),
            refused: false,
            decision: row.decision,
        }
    }
}

/// What rows are read from, and with.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub sheet: &'a Sheet,
    pub columns: &'a Columns,
    pub units: &'a UnitBook,
    /// The unit the file is for.
    pub unit: UnitId,
    pub options: &'a Value,
    pub today: Date,
}

/// What rows are worked out against, besides the database.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    pub file: &'a File,
    pub reach: &'a Reach,
    pub today: Date,
    /// The rows were announced and are about to be done: what this file itself did before them
    /// does not count.
    pub applying: bool,
}

/// Where whoever imports may do so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere: the command line.
    All,
    Within(Scope),
}

impl Reach {
    /// Of an account on a day; without one it is the program itself.
    pub fn of(
        tx: &mut Tx<'_>,
        account: Option<AccountId>,
        action: Action,
        on: Date,
    ) -> Result<Reach> {
        let Some(id) = account else { return Ok(Reach::All) };
        let person = account::get(tx, id)?.person;
        let appointments = appointment::list_of_person(tx, person)?;
        let actor = Actor { account, person: Some(person), appointments, ..Actor::nobody() };
        Ok(Reach::Within(actor.scope(action, on)))
    }

    /// Whether a position of the tree lies within.
    pub fn holds(&self, pos: i64) -> bool {
        match self {
            Reach::All => true,
            Reach::Within(scope) => scope.holds(pos),
        }
    }
}

/// A kind of table that can be imported. Rows are given and answered in the same order.
pub trait Kind: Send + Sync {
    /// The columns that are looked for.
    fn columns(&self) -> &'static [Column];

    /// What each row says. Pure; slow for many rows.
    fn draft(&self, reading: Reading<'_>) -> Result<Vec<Drafted>, SheetError>;

    /// What each row would do; changes nothing.
    fn plan(&self, tx: &mut Tx<'_>, ground: Ground<'_>, rows: &[Drafted]) -> Result<Vec<Plan>>;

    /// Does what the rows announce; they were worked out anew in the same transaction. Fills in
    /// [`Row::person`] and [`Row::made`].
    fn apply(&self, tx: &mut Tx<'_>, stamp: &Stamp, file: &File, rows: &mut [Row]) -> Result<()>;

    /// Takes back what rows made, as far as nothing else came of it since. Says in [`Row::came`]
    /// whether it could, and in the notes why not.
    fn undo(&self, tx: &mut Tx<'_>, stamp: &Stamp, file: &File, rows: &mut [Row]) -> Result<()>;

    /// Whether a row that was asked about may be said to be about somebody new.
    fn may_be_new(&self) -> bool {
        true
    }

    /// What the form of a new file needs of the database.
    fn choices(&self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Value>;

    /// The fields of its own in that form, with what was typed.
    fn fields(
        &self,
        lang: Lang,
        today: Date,
        choices: &Value,
        sent: &Sent,
        errors: &FieldErrors,
    ) -> Markup;

    /// What was chosen there, with what is wrong with it.
    fn options(
        &self,
        lang: Lang,
        today: Date,
        choices: &Value,
        sent: &Sent,
        errors: &mut FieldErrors,
    ) -> Value;

    /// What was chosen, in words: `(name, value)`.
    fn chosen(&self, tx: &mut Tx<'_>, lang: Lang, file: &File) -> Result<Vec<(String, String)>>;

    /// Who or what a row is about.
    fn title(&self, lang: Lang, row: &Row) -> Markup;

    /// What a row would do, or did.
    fn deed(&self, lang: Lang, row: &Row) -> Markup;

    /// The same on one line, for a terminal: who, and what.
    fn line(&self, lang: Lang, row: &Row) -> (String, String);

    /// An empty table with an example, to be filled in.
    fn template(&self, lang: Lang) -> Table;
}

/// A kind of table with its place in the program.
pub struct Desk {
    /// In the database: `people`, `results`.
    pub code: &'static str,
    /// The kind of its jobs: `people.import`.
    pub job: &'static str,
    pub action: Action,
    /// The acts of the journal: doing and taking back.
    pub act: &'static str,
    pub undo_act: &'static str,
    /// The page in the log of looks at names.
    pub view: &'static str,
    /// Where activation slips for the accounts it made are printed.
    pub slips: Option<&'static str>,
    pub paths: Paths,
    pub words: Words,
    pub kind: &'static dyn Kind,
}

/// The addresses of the pages; `{id}` stands for the file's.
#[derive(Debug, Clone, Copy)]
pub struct Paths {
    pub list: &'static str,
    pub template: &'static str,
    pub one: &'static str,
    pub decisions: &'static str,
    pub confirmation: &'static str,
    pub continuation: &'static str,
    pub undoing: &'static str,
    pub removal: &'static str,
    pub refused: &'static str,
}

/// `paths!("/people/imports")`: the addresses below one.
#[macro_export]
macro_rules! import_paths {
    ($base:literal) => {
        $crate::imports::Paths {
            list: $base,
            template: concat!($base, "/template.xlsx"),
            one: concat!($base, "/{id}"),
            decisions: concat!($base, "/{id}/decisions"),
            confirmation: concat!($base, "/{id}/confirmation"),
            continuation: concat!($base, "/{id}/continuation"),
            undoing: concat!($base, "/{id}/undoing"),
            removal: concat!($base, "/{id}/removal"),
            refused: concat!($base, "/{id}/refused.xlsx"),
        }
    };
}

/// The words in which kinds differ, as keys.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// The list of files, as a heading and as a step of the way.
    pub title: &'static str,
    pub lead: &'static str,
    /// What stands where there is no file yet.
    pub empty: &'static str,
    pub file_hint: &'static str,
    /// Rows that would create something, with `{n}`.
    pub creates: &'static str,
    /// Rows that would change something, with `{n}`.
    pub changes: &'static str,
    /// The question before it is taken back.
    pub undo_question: &'static str,
    /// The name of the file with rows to mend, and of the template.
    pub refused_name: &'static str,
    pub template_name: &'static str,
}

impl Paths {
    /// One of the addresses with the file's id in its place.
    pub fn of(path: &str, file: thao_base::ImportId) -> String {
        path.replace("{id}", &file.to_string())
    }
}
