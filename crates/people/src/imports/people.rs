//! Lists of people: staff of an office, pupils of a school, residents of a village.

mod apply;
mod deed;
mod draft;
mod form;
pub mod known;
mod plan;
mod read;
mod show;
mod twins;
mod undo;

pub use draft::{Draft, birth_of};
pub use read::read_rows;
pub use show::person_line;
pub use twins::Read;

use jiff::civil::Date;
use maud::Markup;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thao_base::{AccountId, Lang, PersonId, Result, Stamp, Tx};
use thao_sheet::{Column, SheetError, Table};
use thao_web::components::FieldErrors;
use thao_web::{Action, Actor, Sent};

use apply::Made;

use super::file::File;
use super::kind::{Desk, Drafted, Ground, Kind, Reading, Words};
use super::row::{Plan, Row};
use crate::{AffiliationKind, affiliation, import_paths, unit};

/// Where lists of people are sent in.
pub static DESK: Desk = Desk {
    code: "people",
    job: "people.import",
    action: Action::ImportPeople,
    act: "people.act.import_people",
    undo_act: "people.act.undo_import",
    view: "people.view.import",
    slips: Some("/people/imports/{id}/slips"),
    paths: import_paths!("/people/imports"),
    words: Words {
        title: "people.imports.title",
        lead: "people.imports.lead",
        empty: "people.imports.empty",
        file_hint: "people.imports.file_hint",
        creates: "people.imports.creates",
        changes: "people.imports.changes",
        undo_question: "people.imports.undo_question",
        refused_name: "people.imports.refused_name",
        template_name: "people.imports.template_name",
    },
    kind: &People,
};

/// The kind of table.
pub struct People;

/// What is chosen for a whole list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// What they are to their unit: `staff`.
    kind: String,
    /// The first day on which it holds.
    pub from: Date,
    /// Staff without an account get one.
    #[serde(default)]
    pub accounts: bool,
}

impl Options {
    pub fn new(kind: AffiliationKind, from: Date, accounts: bool) -> Options {
        Options { kind: kind.code().to_owned(), from, accounts }
    }

    pub fn kind(&self) -> AffiliationKind {
        AffiliationKind::from_code(&self.kind).unwrap_or(AffiliationKind::Staff)
    }

    pub fn json(&self) -> Result<Value> {
        Ok(serde_json::to_value(self)?)
    }
}

/// The account a row made.
pub fn account_of(row: &Row) -> Option<AccountId> {
    let made: Made = serde_json::from_value(row.made.clone()?).ok()?;
    made.account
}

/// The name of the unit a person belongs to on a day, first as staff.
pub fn unit_of(tx: &mut Tx<'_>, person: PersonId, on: Date) -> Result<String> {
    let all = affiliation::list_of_persons(tx, &[person])?;
    let now = all.iter().filter(|a| a.valid_to.is_none_or(|to| on < to));
    let Some(own) = now.max_by_key(|a| (a.kind == "staff", a.valid_from)) else {
        return Ok(String::new());
    };
    Ok(unit::place(tx, own.unit).map(|place| place.path).unwrap_or_default())
}

impl People {
    pub(super) fn options_of(file: &File) -> Result<Options> {
        Ok(serde_json::from_value(file.options.clone())?)
    }
}

impl Kind for People {
    fn columns(&self) -> &'static [Column] {
        read::COLUMNS
    }

    fn draft(&self, reading: Reading<'_>) -> Result<Vec<Drafted>, SheetError> {
        read::draft(reading)
    }

    fn plan(&self, tx: &mut Tx<'_>, ground: Ground<'_>, rows: &[Drafted]) -> Result<Vec<Plan>> {
        plan::plan(tx, ground, rows)
    }

    fn apply(&self, tx: &mut Tx<'_>, stamp: &Stamp, file: &File, rows: &mut [Row]) -> Result<()> {
        apply::apply(tx, stamp, file, rows)
    }

    fn undo(&self, tx: &mut Tx<'_>, stamp: &Stamp, file: &File, rows: &mut [Row]) -> Result<()> {
        undo::undo(tx, stamp, file, rows)
    }

    fn choices(&self, _: &mut Tx<'_>, _: &Actor) -> Result<Value> {
        Ok(Value::Null)
    }

    fn fields(
        &self,
        lang: Lang,
        today: Date,
        _: &Value,
        sent: &Sent,
        errors: &FieldErrors,
    ) -> Markup {
        form::fields(lang, today, sent, errors)
    }

    fn options(
        &self,
        lang: Lang,
        today: Date,
        _: &Value,
        sent: &Sent,
        errors: &mut FieldErrors,
    ) -> Value {
        form::options(lang, today, sent, errors)
    }

    fn chosen(&self, _: &mut Tx<'_>, lang: Lang, file: &File) -> Result<Vec<(String, String)>> {
        Ok(form::chosen(lang, file))
    }

    fn title(&self, lang: Lang, row: &Row) -> Markup {
        show::title(lang, row)
    }

    fn deed(&self, lang: Lang, row: &Row) -> Markup {
        show::deed(lang, row)
    }

    fn line(&self, lang: Lang, row: &Row) -> (String, String) {
        show::line(lang, row)
    }

    fn template(&self, lang: Lang) -> Table {
        form::template(lang)
    }
}
