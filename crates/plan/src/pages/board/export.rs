//! `/plan/board/export?unit=&day=`: the heat table as .xlsx, with numerators, denominators and
//! what each target is.

use axum::extract::Query;
use axum::http::header;
use axum::response::IntoResponse;
use jiff::civil::Date;
use thao_base::{Error, Lang};
use thao_sheet::{Kind, Table, TableColumn, Value};
use thao_web::{Action, Ask, Reply};

use super::heat::short;
use super::{Asked, day_asked, place_asked};
use crate::board::{self, Cell, Column, Kept, Matrix, Path, expected};
use crate::kind::Shape;
use crate::pages::words;

pub(crate) async fn download(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let kept = ask.app.kept::<Kept>();
    let seen = ask
        .read(move |tx, actor| {
            let unit = asked.unit.as_deref().and_then(|unit| unit.parse().ok());
            let place = place_asked(tx, actor, unit, Action::SeeBoards, today)?;
            let on = day_asked(asked.day.as_deref(), today).unwrap_or(today);
            board::matrix(tx, &kept, &place, on)
        })
        .await?;
    let (lang, now) = (ask.lang(&seen.actor), ask.app.clock.now());
    let matrix = seen.it;
    let tables = [shares(lang, &matrix), counts(lang, &matrix), targets(lang, &matrix)];
    let name = format!("{}-{}.xlsx", lang.t("plan.overview.file"), matrix.day);
    let written = tokio::task::spawn_blocking(move || thao_sheet::write(&tables, now)).await;
    let bytes = written.map_err(Error::internal)??;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// The units in order, this one last, with what `of` makes of each cell.
fn table(
    lang: Lang,
    matrix: &Matrix,
    name: &str,
    headings: Vec<TableColumn>,
    of: impl Fn(&Column, Option<Cell>) -> Vec<Value>,
) -> Table {
    let places = matrix.places.iter().enumerate().map(|(n, place)| (Some(n), place));
    let rows = places.chain([(None, &matrix.place)]).map(|(n, place)| {
        let mut row = vec![
            place.code.clone().map_or(Value::Empty, Into::into),
            Value::from(place.name.clone()),
        ];
        for column in &matrix.columns {
            let cell = column.figures.as_ref().and_then(|figures| match n {
                Some(n) => figures.cells.get(n).copied(),
                None => Some(figures.total),
            });
            row.extend(of(column, cell));
        }
        row
    });
    let mut columns = vec![
        TableColumn::new(lang.t("plan.export.code"), Kind::Code),
        TableColumn::new(lang.t("plan.export.unit"), Kind::Text),
    ];
    columns.extend(headings);
    Table {
        name: name.to_owned(),
        title: lang.f("plan.overview.title", &[("unit", &matrix.place.name)]),
        notes: vec![
            as_of(lang, matrix.day, &matrix.place.path),
            lang.t("plan.board.distinct").to_owned(),
        ],
        columns,
        rows: rows.collect(),
    }
}

fn as_of(lang: Lang, day: Date, unit: &str) -> String {
    lang.f("plan.export.as_of", &[("unit", &unit), ("day", &lang.date(day))])
}

/// Shares as percentages, all else in the target's own unit.
fn shares(lang: Lang, matrix: &Matrix) -> Table {
    let heads = matrix.columns.iter().enumerate();
    let heads = heads.map(|(n, column)| TableColumn::new(short(n, column), kind_of(column)));
    table(lang, matrix, lang.t("plan.overview.sheet_shares"), heads.collect(), |_, cell| {
        let value = cell.and_then(|cell| cell.value.thousandths());
        vec![value.map_or(Value::Empty, |n| Value::Decimal(n as f64 / 1000.0))]
    })
}

fn kind_of(column: &Column) -> Kind {
    match column.target.unit_code.as_str() {
        "percent" => Kind::Percent,
        _ => Kind::Decimal(2),
    }
}

fn is_share(column: &Column) -> bool {
    matches!(column.measure.kind.shape(), Shape::Share | Shape::Milestone)
}

/// Numerators and denominators of what is a share.
fn counts(lang: Lang, matrix: &Matrix) -> Table {
    let columns = matrix.columns.iter().enumerate().filter(|(_, column)| is_share(column));
    let heads = columns.flat_map(|(n, column)| {
        let head = |key| format!("{} · {}", short(n, column), lang.t(key));
        [head("plan.export.part"), head("plan.export.whole")]
    });
    let heads = heads.map(|head| TableColumn::new(head, Kind::Whole)).collect();
    table(lang, matrix, lang.t("plan.overview.sheet_counts"), heads, |column, cell| {
        if !is_share(column) {
            return Vec::new();
        }
        let whole = cell.and_then(|cell| cell.whole).map_or(Value::Empty, Value::Whole);
        vec![cell.map_or(Value::Empty, |cell| Value::Whole(cell.part)), whole]
    })
}

/// What the short heads stand for.
fn targets(lang: Lang, matrix: &Matrix) -> Table {
    let column = |key, kind| TableColumn::new(lang.t(key), kind);
    let rows = matrix.columns.iter().enumerate().map(|(n, column)| {
        let target = &column.target;
        let path = match &column.figures {
            Some(figures) => Path::own(target, figures.total.own),
            None => Path::of(target),
        };
        let expected = words::value(lang, &target.unit_code, expected(&path, matrix.day));
        let standing = column.figures.as_ref().map(|figures| figures.total.standing.words(lang));
        vec![
            Value::from(short(n, column)),
            target.title(lang).into(),
            words::goal(lang, target).into(),
            target.due.into(),
            expected.into(),
            standing.map_or(Value::Empty, Into::into),
        ]
    });
    Table {
        name: lang.t("plan.overview.sheet_targets").to_owned(),
        title: lang.f("plan.overview.title", &[("unit", &matrix.place.name)]),
        notes: vec![as_of(lang, matrix.day, &matrix.place.path)],
        columns: vec![
            column("plan.export.code", Kind::Text),
            column("plan.overview.target", Kind::Text),
            column("plan.export.goal", Kind::Text),
            column("plan.overview.due_head", Kind::Date),
            column("plan.export.expected", Kind::Text),
            column("plan.export.standing", Kind::Text),
        ],
        rows: rows.collect(),
    }
}
