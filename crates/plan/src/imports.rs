//! Tables of official figures: one number for each unit, for a measure, as of a day, from a source.

mod form;
mod read;
mod work;

use jiff::civil::Date;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thao_base::{Lang, MeasureId, Result, Stamp, Tx, UnitId};
use thao_people::imports::{Desk, Drafted, File, Ground, Kind, Plan, Reading, Row, Words};
use thao_sheet::{Column, SheetError, Table, headings};
use thao_web::components::FieldErrors;
use thao_web::{Action, Actor, Sent};

/// Where tables of figures are sent in.
pub static DESK: Desk = Desk {
    code: "figures",
    job: "plan.figures",
    action: Action::ImportFigures,
    act: "plan.act.import_figures",
    undo_act: "plan.act.undo_figures",
    view: "plan.view.figures",
    slips: None,
    paths: thao_people::import_paths!("/plan/figures/imports"),
    words: Words {
        title: "plan.import.title",
        lead: "plan.import.lead",
        empty: "plan.import.empty",
        file_hint: "plan.import.file_hint",
        creates: "plan.import.creates",
        changes: "plan.import.changes",
        undo_question: "plan.import.undo_question",
        refused_name: "plan.import.refused_name",
        template_name: "plan.import.template_name",
    },
    kind: &Figures,
};

pub(crate) use form::source_and_day;

/// A figure as it is typed into a field; none when it is no whole number from 0 up.
pub(crate) fn read_number(text: &str) -> Option<i64> {
    read::whole_number(&thao_sheet::Cell::Text(text.to_owned())).ok()
}

/// The kind of table.
pub struct Figures;

/// What is chosen for a whole table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    pub measure: MeasureId,
    /// The measure's title when the file was sent in.
    pub title: String,
    /// Its audience has ages: the column of people of working age goes before all people.
    pub aged: bool,
    pub as_of: Date,
    pub source: String,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub unit: Option<UnitId>,
    pub name: String,
    pub value: Option<i64>,
}

/// What a row would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    pub value: i64,
    /// The figure of the same day it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<i64>,
}

impl Figures {
    fn options_of(file: &File) -> Result<Options> {
        Ok(serde_json::from_value(file.options.clone())?)
    }
}

impl Kind for Figures {
    fn columns(&self) -> &'static [Column] {
        headings::FIGURES
    }

    fn draft(&self, reading: Reading<'_>) -> Result<Vec<Drafted>, SheetError> {
        read::draft(reading)
    }

    fn plan(&self, tx: &mut Tx<'_>, ground: Ground<'_>, rows: &[Drafted]) -> Result<Vec<Plan>> {
        work::plan(tx, ground, rows)
    }

    fn apply(&self, tx: &mut Tx<'_>, stamp: &Stamp, file: &File, rows: &mut [Row]) -> Result<()> {
        work::apply(tx, stamp, file, rows)
    }

    fn undo(&self, tx: &mut Tx<'_>, stamp: &Stamp, _: &File, rows: &mut [Row]) -> Result<()> {
        work::undo(tx, stamp, rows)
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
        today: Date,
        choices: &Value,
        sent: &Sent,
        errors: &mut FieldErrors,
    ) -> Value {
        form::options(lang, today, choices, sent, errors)
    }

    fn chosen(&self, _: &mut Tx<'_>, lang: Lang, file: &File) -> Result<Vec<(String, String)>> {
        Ok(form::chosen(lang, file))
    }

    fn title(&self, _: Lang, row: &Row) -> Markup {
        html! { (name(row)) }
    }

    fn deed(&self, lang: Lang, row: &Row) -> Markup {
        html! { (deed_words(lang, row)) }
    }

    fn line(&self, lang: Lang, row: &Row) -> (String, String) {
        (name(row), deed_words(lang, row))
    }

    fn template(&self, lang: Lang) -> Table {
        form::template(lang)
    }
}

fn name(row: &Row) -> String {
    serde_json::from_value::<Draft>(row.draft.clone()).map(|draft| draft.name).unwrap_or_default()
}

/// "1.234", or "1.200 → 1.234".
fn deed_words(lang: Lang, row: &Row) -> String {
    let Ok(deed) = serde_json::from_value::<Deed>(row.deed.clone()) else { return String::new() };
    match deed.was {
        Some(was) => format!("{} → {}", lang.number(was), lang.number(deed.value)),
        None => lang.number(deed.value),
    }
}
