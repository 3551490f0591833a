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
use crate::board::{self, Cell, Kept, Matrix, Path, expected_permille, permille};
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
    of: impl Fn(Option<Cell>) -> Vec<Value>,
) -> Table {
    let places = matrix.places.iter().enumerate().map(|(n, place)| (Some(n), place));
    let rows = places.chain([(None, &matrix.place)]).map(|(n, place)| {
        let mut row = vec![
            place.code.clone().map_or(Value::Empty, Into::into),
            Value::from(place.name.clone()),
        ];
        for column in &matrix.columns {
            row.extend(of(column.figures.as_ref().and_then(|figures| match n {
                Some(n) => figures.cells.get(n).copied(),
                None => Some(figures.total),
            })));
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

fn shares(lang: Lang, matrix: &Matrix) -> Table {
    let heads = matrix.columns.iter().enumerate();
    let heads = heads.map(|(n, column)| TableColumn::new(short(n, column), Kind::Percent));
    table(lang, matrix, lang.t("plan.overview.sheet_shares"), heads.collect(), |cell| {
        let share = cell.and_then(|cell| permille(cell.part, cell.whole));
        vec![share.map_or(Value::Empty, |permille| Value::Decimal(permille as f64 / 1000.0))]
    })
}

fn counts(lang: Lang, matrix: &Matrix) -> Table {
    let heads = matrix.columns.iter().enumerate().flat_map(|(n, column)| {
        let head = |key| format!("{} · {}", short(n, column), lang.t(key));
        [head("plan.export.part"), head("plan.export.whole")]
    });
    let heads = heads.map(|head| TableColumn::new(head, Kind::Whole)).collect();
    table(lang, matrix, lang.t("plan.overview.sheet_counts"), heads, |cell| {
        let whole = cell.and_then(|cell| cell.whole).map_or(Value::Empty, Value::Whole);
        vec![cell.map_or(Value::Empty, |cell| Value::Whole(cell.part)), whole]
    })
}

/// What the short heads stand for.
fn targets(lang: Lang, matrix: &Matrix) -> Table {
    let column = |key, kind| TableColumn::new(lang.t(key), kind);
    let rows = matrix.columns.iter().enumerate().map(|(n, column)| {
        let target = &column.target;
        let expected = expected_permille(&Path::of(target), matrix.day);
        let standing = column.figures.as_ref().map(|figures| figures.total.standing.words(lang));
        vec![
            Value::from(short(n, column)),
            target.title(lang).into(),
            words::goal(lang, target).into(),
            target.due.into(),
            Value::Decimal(expected as f64 / 1000.0),
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
            column("plan.export.expected", Kind::Percent),
            column("plan.export.standing", Kind::Text),
        ],
        rows: rows.collect(),
    }
}
