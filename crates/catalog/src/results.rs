//! Results of past training that offices kept in spreadsheets: who, which course, when, how it
//! ended. Each becomes a statement of the record; the file can be taken back, which voids them.
//!
//! Rules: a person is recognised as in imports of people, and never made here; a course is one
//! that is published; a word for a result is one of a list ([`word`]), never guessed; the same
//! result of the same day is written once, whatever the number of files.

mod apply;
mod deed;
mod form;
mod plan;
mod read;
mod show;
mod word;

pub use word::{Said, said};

use jiff::civil::Date;
use maud::Markup;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thao_base::{CourseId, Lang, Result, Stamp, Tx};
use thao_people::import_paths;
use thao_people::imports::{Desk, Drafted, File, Ground, Kind, Plan, Reading, Row, Words};
use thao_sheet::{Column, SheetError, Table};
use thao_web::components::FieldErrors;
use thao_web::{Action, Actor, Sent};

/// Where results are sent in.
pub static DESK: Desk = Desk {
    code: "results",
    job: "catalog.import",
    action: Action::ImportResults,
    act: "catalog.act.import_results",
    undo_act: "catalog.act.undo_results",
    view: "catalog.view.results",
    slips: None,
    paths: import_paths!("/catalog/results"),
    words: Words {
        title: "catalog.results.title",
        lead: "catalog.results.lead",
        empty: "catalog.results.empty",
        file_hint: "catalog.results.file_hint",
        creates: "catalog.results.creates",
        changes: "catalog.results.creates",
        undo_question: "catalog.results.undo_question",
        refused_name: "catalog.results.refused_name",
        template_name: "catalog.results.template_name",
    },
    kind: &Results,
};

/// The kind of table.
pub struct Results;

/// What is chosen for a whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// All rows are about this course; without it each row names its own.
    #[serde(default)]
    pub course: Option<CourseId>,
}

impl Options {
    pub fn json(&self) -> Result<Value> {
        Ok(serde_json::to_value(self)?)
    }

    fn of(file: &File) -> Options {
        serde_json::from_value(file.options.clone()).unwrap_or_default()
    }
}

impl Kind for Results {
    fn columns(&self) -> &'static [Column] {
        read::COLUMNS
    }

    fn draft(&self, reading: Reading<'_>) -> std::result::Result<Vec<Drafted>, SheetError> {
        read::draft(reading)
    }

    fn plan(&self, tx: &mut Tx<'_>, ground: Ground<'_>, rows: &[Drafted]) -> Result<Vec<Plan>> {
        plan::plan(tx, ground, rows)
    }

    fn apply(&self, tx: &mut Tx<'_>, stamp: &Stamp, file: &File, rows: &mut [Row]) -> Result<()> {
        apply::apply(tx, stamp, file, rows)
    }

    fn undo(&self, tx: &mut Tx<'_>, stamp: &Stamp, _: &File, rows: &mut [Row]) -> Result<()> {
        apply::undo(tx, stamp, rows)
    }

    fn may_be_new(&self) -> bool {
        false
    }

    fn choices(&self, tx: &mut Tx<'_>, _: &Actor) -> Result<Value> {
        form::choices(tx)
    }

    fn fields(
        &self,
        lang: Lang,
        _: Date,
        choices: &Value,
        sent: &Sent,
        errors: &FieldErrors,
    ) -> Markup {
        form::fields(lang, choices, sent, errors)
    }

    fn options(
        &self,
        lang: Lang,
        _: Date,
        choices: &Value,
        sent: &Sent,
        errors: &mut FieldErrors,
    ) -> Value {
        form::options(lang, choices, sent, errors)
    }

    fn chosen(&self, tx: &mut Tx<'_>, lang: Lang, file: &File) -> Result<Vec<(String, String)>> {
        form::chosen(tx, lang, file)
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
