//! What is chosen for a table of figures as a whole, and the empty table to fill in.

use jiff::civil::Date;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thao_base::{Lang, MeasureId, Result, Tx, text};
use thao_people::imports::File;
use thao_sheet::{Kind, Table, TableColumn, headings};
use thao_web::Sent;
use thao_web::components::{Choice, Field, FieldErrors, Notice, beside, date_typed};

use super::{Figures, Options};
use crate::measure;

const LONGEST: usize = 300;

/// A measure figures can be given for.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Offer {
    id: MeasureId,
    vi: String,
    en: String,
    aged: bool,
}

impl Offer {
    fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

pub(super) fn choices(tx: &mut Tx<'_>) -> Result<Value> {
    let offers = measure::list_official(tx)?.into_iter().map(|measure| {
        let audience = &measure.rule.audience;
        Offer {
            id: measure.id,
            aged: audience.as_ref().is_some_and(|a| a.age_from.is_some() || a.age_below.is_some()),
            vi: measure.title_vi,
            en: measure.title_en,
        }
    });
    Ok(serde_json::to_value(offers.collect::<Vec<Offer>>())?)
}

fn offers(choices: &Value) -> Vec<Offer> {
    serde_json::from_value(choices.clone()).unwrap_or_default()
}

pub(super) fn fields(lang: Lang, choices: &Value, sent: &Sent, errors: &FieldErrors) -> Markup {
    let offers = offers(choices);
    if offers.is_empty() {
        return html! { (Notice::warn(lang.t("plan.import.no_measure"))) };
    }
    let first = offers.first().map(|offer| offer.id.to_string()).unwrap_or_default();
    let chosen = sent.some("measure").map_or(first, str::to_owned);
    html! {
        (Choice::select("measure", lang.t("plan.import.measure"))
            .options(offers.iter().map(|offer| (offer.id.to_string(), offer.title(lang).to_owned())))
            .chosen(chosen)
            .hint(lang.t("plan.import.measure_hint"))
            .errors(errors))
        (beside(html! {
            (Field::text("source", lang.t("plan.import.source"))
                .value(sent.text("source"))
                .hint(lang.t("plan.import.source_hint"))
                .errors(errors))
            (Field::date(lang, "as_of", lang.t("plan.import.as_of"))
                .value(sent.text("as_of"))
                .errors(errors))
        }))
    }
}

pub(super) fn options(
    lang: Lang,
    today: Date,
    choices: &Value,
    sent: &Sent,
    errors: &mut FieldErrors,
) -> Value {
    let measure: Option<MeasureId> = sent.parse("measure");
    let offer = offers(choices).into_iter().find(|offer| Some(offer.id) == measure);
    if offer.is_none() {
        errors.add("measure", lang.t("plan.import.error.measure"));
    }
    let (source, as_of) = source_and_day(lang, today, sent, errors);
    let options = offer.zip(as_of).map(|(offer, as_of)| Options {
        measure: offer.id,
        title: offer.title(lang).to_owned(),
        aged: offer.aged,
        as_of,
        source,
    });
    serde_json::to_value(options).unwrap_or(Value::Null)
}

/// Source and day of a figure, with what is wrong with them.
pub(crate) fn source_and_day(
    lang: Lang,
    today: Date,
    sent: &Sent,
    errors: &mut FieldErrors,
) -> (String, Option<Date>) {
    let source = text::tidy(sent.text("source"));
    if source.is_empty() || LONGEST < source.chars().count() {
        errors.add("source", lang.t("plan.import.error.source"));
    }
    let as_of = date_typed(sent.text("as_of"));
    match as_of {
        None => {
            errors.add("as_of", lang.t("plan.import.error.as_of"));
        }
        Some(day) if today < day => {
            errors.add("as_of", lang.t("plan.import.error.as_of_future"));
        }
        Some(_) => {}
    }
    (source, as_of.filter(|day| *day <= today))
}

pub(super) fn chosen(lang: Lang, file: &File) -> Vec<(String, String)> {
    let Ok(options) = Figures::options_of(file) else { return Vec::new() };
    let words = |key| lang.t(key).to_owned();
    vec![
        (words("plan.import.measure"), options.title),
        (words("plan.import.source"), options.source),
        (words("plan.import.as_of"), lang.date(options.as_of)),
    ]
}

pub(super) fn template(lang: Lang) -> Table {
    let column = |column: thao_sheet::Column, kind| {
        TableColumn::new(column.title().unwrap_or(column.key), kind)
    };
    Table {
        name: lang.t("plan.import.template_sheet").to_owned(),
        title: lang.t("plan.import.template_title").to_owned(),
        notes: vec![lang.t("plan.import.template_note").to_owned()],
        columns: vec![
            column(headings::ORDINAL, Kind::Whole),
            column(headings::UNIT_CODE, Kind::Code),
            column(headings::UNIT_NAME, Kind::Text),
            column(headings::PEOPLE_COUNT, Kind::Whole),
            column(headings::NOTE, Kind::Text),
        ],
        rows: vec![vec![1.into(), "00991".into(), "Xã Mẫu".into(), 12_345.into(), "".into()]],
    }
}
