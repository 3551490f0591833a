//! Spreadsheets to take away: the empty template, and the rows to mend with their reasons.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use thao_base::{Error, ImportId, Lang};
use thao_sheet::{Kind, Table, TableColumn, Value};
use thao_web::{Ask, Reply};

use super::files::reach_file;
use crate::imports::{Desk, File, Row, rows};
use crate::viewing::{self, Look};

pub(super) async fn template(ask: Ask, desk: &'static Desk) -> Reply {
    let seen = ask.read(|_, _| Ok(())).await?;
    let lang = ask.lang(&seen.actor);
    let bytes = thao_sheet::write(&[desk.kind.template(lang)], ask.app.clock.now())?;
    Ok(workbook(bytes, lang.t(desk.words.template_name)))
}

pub(super) async fn refused(ask: Ask, id: ImportId, desk: &'static Desk) -> Reply {
    let today = ask.today();
    let seen = viewing::read(&ask, move |tx, actor, looks| {
        let file = reach_file(tx, actor, desk, id, today)?;
        let rows = rows::list_to_mend(tx, id, 0, i64::MAX)?;
        looks.push(Look::file(desk.view, rows.len()).about(id).within(Some(file.unit)));
        Ok((file, rows))
    })
    .await?;
    let lang = ask.lang(&seen.actor);
    let now = ask.app.clock.now();
    let bytes = tokio::task::spawn_blocking(move || {
        let (file, rows) = &seen.it;
        thao_sheet::write(&[to_mend(lang, file, rows)], now)
    });
    let bytes = bytes.await.map_err(Error::internal)??;
    Ok(workbook(bytes, lang.t(desk.words.refused_name)))
}

/// The rows as they stood in the file, with the reason at the end.
fn to_mend(lang: Lang, file: &File, rows: &[Row]) -> Table {
    let headings = file.about().headings;
    let width = headings.len();
    let mut columns: Vec<TableColumn> =
        headings.into_iter().map(|heading| TableColumn::new(heading, Kind::Code)).collect();
    columns.push(TableColumn::new(lang.t("people.imports.reason"), Kind::Text));
    columns.push(TableColumn::new(lang.t("people.imports.row_no"), Kind::Whole));
    let values = rows.iter().map(|row| {
        let cells = row.cells.clone().unwrap_or_default();
        let mut out: Vec<Value> = cells
            .into_iter()
            .map(|text| if text.is_empty() { Value::Empty } else { Value::Text(text) })
            .collect();
        out.resize(width, Value::Empty);
        let notes: Vec<String> = row.notes.iter().map(|note| note.words(lang)).collect();
        out.push(Value::Text(notes.join(" ")));
        out.push(Value::Whole(i64::from(row.no)));
        out
    });
    Table {
        name: lang.t("people.imports.template.sheet").to_owned(),
        title: lang.f("people.imports.mend_title", &[("file", &file.name)]),
        notes: Vec::new(),
        columns,
        rows: values.collect(),
    }
}

fn workbook(bytes: Vec<u8>, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}.xlsx\"");
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}
