//! What is chosen for a list of people as a whole, and the empty list to fill in.

use jiff::civil::{Date, date};
use maud::{Markup, html};
use serde_json::Value;
use thao_base::Lang;
use thao_sheet::{Kind, Table, TableColumn, headings};
use thao_web::Sent;
use thao_web::components::{Check, Choice, Field, FieldErrors, beside, date_typed};

use super::Options;
use crate::AffiliationKind;
use crate::imports::file::File;

/// The key of the words for a kind of affiliation.
fn kind_key(kind: AffiliationKind) -> &'static str {
    match kind {
        AffiliationKind::Resident => "people.imports.kind.resident",
        AffiliationKind::Staff => "people.imports.kind.staff",
        AffiliationKind::Pupil => "people.imports.kind.pupil",
        AffiliationKind::Worker => "people.imports.kind.worker",
    }
}

const KINDS: [AffiliationKind; 4] = [
    AffiliationKind::Staff,
    AffiliationKind::Resident,
    AffiliationKind::Pupil,
    AffiliationKind::Worker,
];

pub(super) fn fields(lang: Lang, today: Date, sent: &Sent, errors: &FieldErrors) -> Markup {
    let fresh = sent.some("kind").is_none();
    let kind = sent.some("kind").unwrap_or(AffiliationKind::Staff.code());
    let from = if fresh { lang.date(today) } else { sent.text("from").to_owned() };
    html! {
        (beside(html! {
            (Choice::select("kind", lang.t("people.imports.form.kind"))
                .hint(lang.t("people.imports.form.kind_hint"))
                .options(KINDS.map(|kind| (kind.code(), lang.t(kind_key(kind)))))
                .chosen(kind)
                .errors(errors))
            (Field::date(lang, "from", lang.t("people.imports.form.from"))
                .hint(lang.t("people.imports.form.from_hint"))
                .value(from)
                .errors(errors))
        }))
        (Check::new("accounts", lang.t("people.imports.form.accounts"))
            .hint(lang.t("people.imports.form.accounts_hint"))
            .checked(fresh || sent.some("accounts").is_some()))
    }
}

/// The earliest and the latest day a list may hold from, in years around today.
const YEARS: (i16, i16) = (60, 1);

pub(super) fn options(lang: Lang, today: Date, sent: &Sent, errors: &mut FieldErrors) -> Value {
    let kind = sent.some("kind").map_or(Some(AffiliationKind::Staff), AffiliationKind::from_code);
    if kind.is_none() {
        errors.add("kind", lang.t("people.imports.error.kind"));
    }
    let from = match sent.some("from") {
        None => Some(today),
        Some(text) => date_typed(text).filter(|from| {
            (today.year() - YEARS.0..=today.year() + YEARS.1).contains(&from.year())
        }),
    };
    if from.is_none() {
        errors.add("from", lang.t("people.imports.error.from"));
    }
    let kind = kind.unwrap_or(AffiliationKind::Staff);
    let accounts = sent.some("accounts").is_some();
    Options::new(kind, from.unwrap_or(today), accounts).json().unwrap_or_default()
}

pub(super) fn chosen(lang: Lang, file: &File) -> Vec<(String, String)> {
    let Ok(options) = super::People::options_of(file) else { return Vec::new() };
    let words = |key| lang.t(key).to_owned();
    let accounts = match options.accounts && options.kind() == AffiliationKind::Staff {
        true => "people.imports.form.accounts_yes",
        false => "people.imports.form.accounts_no",
    };
    vec![
        (words("people.imports.form.kind"), words(kind_key(options.kind()))),
        (words("people.imports.form.from"), lang.date(options.from)),
        (words("people.imports.field.account"), words(accounts)),
    ]
}

pub(super) fn template(lang: Lang) -> Table {
    let column = |column: thao_sheet::Column, kind| {
        TableColumn::new(column.title().unwrap_or(column.key), kind)
    };
    Table {
        name: lang.t("people.imports.template.sheet").to_owned(),
        title: lang.t("people.imports.template.title").to_owned(),
        notes: vec![lang.t("people.imports.template.note").to_owned()],
        columns: vec![
            column(headings::ORDINAL, Kind::Whole),
            column(headings::FULL_NAME, Kind::Text),
            column(headings::BIRTH, Kind::Date),
            column(headings::SEX, Kind::Text),
            column(headings::CITIZEN_ID, Kind::Code),
            column(headings::UNIT, Kind::Text),
            column(headings::POSITION, Kind::Text),
            column(headings::CATEGORY, Kind::Text),
            column(headings::PHONE, Kind::Code),
            column(headings::EMAIL, Kind::Text),
        ],
        rows: vec![vec![
            1.into(),
            "Nguyễn Văn Mẫu".into(),
            date(1990, 5, 19).into(),
            "Nam".into(),
            "000090000000".into(),
            "".into(),
            "Chuyên viên".into(),
            "Công chức".into(),
            "0900000000".into(),
            "".into(),
        ]],
    }
}
