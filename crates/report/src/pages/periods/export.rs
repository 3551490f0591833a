//! `/report/periods/{form}/{period}/export`: a period as .xlsx, one row for each unit, and what
//! the lines mean.

use axum::http::header;
use axum::response::IntoResponse;
use thao_base::{Error, Lang, ReportFormId};
use thao_sheet::{Kind, Table, TableColumn, Value};
use thao_web::{Ask, Reply};

use super::{Shown, load};
use crate::collect::Row;
use crate::figure::Figure;
use crate::form::{Entry, Line};
use crate::pages::at::At;
use crate::pages::words;

pub(crate) async fn download(ask: Ask, At((id, key)): At<(ReportFormId, String)>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, &key, today)).await?;
    let (lang, now) = (ask.lang(&seen.actor), ask.app.clock.now());
    let name = format!("bao-cao-{}.xlsx", seen.it.period.name.key());
    let tables = vec![units(lang, &seen.it), lines(lang, &seen.it)];
    let written = tokio::task::spawn_blocking(move || thao_sheet::write(&tables, now)).await;
    let bytes = written.map_err(Error::internal)??;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// A line's columns: a share has its numerator, denominator and share.
fn columns(lang: Lang, line: &Line, rows: &[Row]) -> Vec<TableColumn> {
    let name = |key: &str| format!("{} {}", line.code, lang.t(key));
    let broken = |n: Option<i64>| n.is_some_and(|n| n % 1000 != 0);
    let figures = rows.iter().filter_map(|row| row.figures.get(&line.id));
    let kind = match figures.into_iter().any(|f| broken(f.part) || broken(f.whole)) {
        true => Kind::Decimal(3),
        false => Kind::Whole,
    };
    match line.entry() {
        Entry::Count => vec![TableColumn::new(line.code.clone(), kind)],
        Entry::Target | Entry::Share => vec![
            TableColumn::new(name("report.export.part"), kind),
            TableColumn::new(name("report.export.whole"), kind),
            TableColumn::new(name("report.export.share"), Kind::Percent),
        ],
    }
}

/// A missing figure is an empty cell.
fn values(line: &Line, figure: &Figure) -> Vec<Value> {
    let number = |n: Option<i64>| match n {
        Some(n) if n % 1000 == 0 => Value::Whole(n / 1000),
        Some(n) => Value::Decimal(n as f64 / 1000.0),
        None => Value::Empty,
    };
    match line.entry() {
        Entry::Count => vec![number(figure.part)],
        Entry::Target | Entry::Share => vec![
            number(figure.part),
            number(figure.whole),
            figure.permille().map_or(Value::Empty, |p| Value::Decimal(p as f64 / 1000.0)),
        ],
    }
}

fn units(lang: Lang, shown: &Shown) -> Table {
    let collected = &shown.collected;
    let text = |key| TableColumn::new(lang.t(key), Kind::Text);
    let mut columns_of = vec![
        TableColumn::new(lang.t("report.export.code"), Kind::Code),
        text("report.column.unit"),
        text("report.column.state"),
        text("report.column.submitted_at"),
    ];
    columns_of.extend(collected.lines.iter().flat_map(|line| columns(lang, line, &collected.rows)));
    let mut rows: Vec<Vec<Value>> = collected
        .rows
        .iter()
        .map(|row| {
            let at = row.standing.as_ref().and_then(|standing| standing.submitted_at);
            let mut cells = vec![
                row.place.code.clone().map_or(Value::Empty, Into::into),
                row.place.name.clone().into(),
                words::state(lang, row.state()).into(),
                at.map_or(Value::Empty, |at| lang.instant(at).into()),
            ];
            for line in &collected.lines {
                cells.extend(values(line, &row.figure(line)));
            }
            cells
        })
        .collect();
    if shown.whole {
        let mut total =
            vec![Value::Empty, lang.t("report.export.total").into(), Value::Empty, Value::Empty];
        for line in &collected.lines {
            total.extend(values(line, &collected.total(line).figure));
        }
        rows.push(total);
    }
    Table {
        name: shown.period.name.key(),
        title: shown.form.title(lang).to_owned(),
        notes: vec![words::period(lang, &shown.period), lang.t("report.export.missing").to_owned()],
        columns: columns_of,
        rows,
    }
}

/// What each code means.
fn lines(lang: Lang, shown: &Shown) -> Table {
    let text = |key| TableColumn::new(lang.t(key), Kind::Text);
    let entry = |line: &Line| match line.entry() {
        Entry::Target => lang.t("report.entry.target"),
        Entry::Share => lang.t("report.entry.share"),
        Entry::Count => lang.t("report.entry.count"),
    };
    let row = |line: &Line| {
        vec![
            line.code.clone().into(),
            line.title(lang).to_owned().into(),
            line.unit(lang).to_owned().into(),
            entry(line).into(),
        ]
    };
    Table {
        name: lang.t("report.export.lines").to_owned(),
        title: lang.t("report.export.lines").to_owned(),
        notes: Vec::new(),
        columns: vec![
            text("report.form.code"),
            text("report.column.line"),
            text("report.form.unit_of"),
            text("report.form.entry"),
        ],
        rows: shown.collected.lines.iter().map(row).collect(),
    }
}
