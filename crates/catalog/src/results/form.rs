//! What is chosen for a table of results as a whole, and the empty table to fill in.

use jiff::civil::date;
use maud::{Markup, Render};
use serde_json::{Value, json};
use thao_base::{CourseId, Lang, Result, Tx};
use thao_people::imports::File;
use thao_sheet::{Kind, Table, TableColumn, headings};
use thao_web::Sent;
use thao_web::components::{Choice, FieldErrors};

use super::Options;
use crate::course;

/// The courses there are: `[[id, title, title in English], …]`.
pub(super) fn choices(tx: &mut Tx<'_>) -> Result<Value> {
    let courses = course::list(tx)?.into_iter();
    Ok(courses.map(|course| json!([course.id, course.title_vi, course.title_en])).collect())
}

fn courses(choices: &Value) -> Vec<(CourseId, String, String)> {
    serde_json::from_value(choices.clone()).unwrap_or_default()
}

pub(super) fn fields(lang: Lang, choices: &Value, sent: &Sent, errors: &FieldErrors) -> Markup {
    let titles = courses(choices).into_iter().map(|(id, vi, en)| {
        let title = match lang {
            Lang::Vi => vi,
            Lang::En => en,
        };
        (id.to_string(), title)
    });
    Choice::select("course", lang.t("catalog.results.form.course"))
        .hint(lang.t("catalog.results.form.course_hint"))
        .option("", lang.t("catalog.results.form.course_named"))
        .options(titles)
        .chosen(sent.text("course"))
        .errors(errors)
        .render()
}

pub(super) fn options(lang: Lang, choices: &Value, sent: &Sent, errors: &mut FieldErrors) -> Value {
    let course: Option<CourseId> = sent.parse("course");
    let known = courses(choices).iter().any(|(id, ..)| Some(*id) == course);
    if sent.some("course").is_some() && !known {
        errors.add("course", lang.t("catalog.results.error.course"));
    }
    Options { course }.json().unwrap_or_default()
}

pub(super) fn chosen(tx: &mut Tx<'_>, lang: Lang, file: &File) -> Result<Vec<(String, String)>> {
    let title = match Options::of(file).course {
        Some(id) => course::get(tx, id)?.title(lang).to_owned(),
        None => lang.t("catalog.results.form.course_named").to_owned(),
    };
    Ok(vec![(lang.t("catalog.results.form.course").to_owned(), title)])
}

pub(super) fn template(lang: Lang) -> Table {
    let column = |column: thao_sheet::Column, kind| {
        TableColumn::new(column.title().unwrap_or(column.key), kind)
    };
    Table {
        name: lang.t("catalog.results.template.sheet").to_owned(),
        title: lang.t("catalog.results.template.title").to_owned(),
        notes: vec![lang.t("catalog.results.template.note").to_owned()],
        columns: vec![
            column(headings::ORDINAL, Kind::Whole),
            column(headings::FULL_NAME, Kind::Text),
            column(headings::BIRTH, Kind::Date),
            column(headings::CITIZEN_ID, Kind::Code),
            column(headings::UNIT, Kind::Text),
            column(headings::COURSE, Kind::Text),
            column(headings::DATE, Kind::Date),
            column(headings::RESULT, Kind::Text),
        ],
        rows: vec![vec![
            1.into(),
            "Nguyễn Văn Mẫu".into(),
            date(1990, 5, 19).into(),
            "000090000000".into(),
            "".into(),
            "An toàn thông tin cơ bản".into(),
            date(2026, 6, 15).into(),
            "Đạt".into(),
        ]],
    }
}
