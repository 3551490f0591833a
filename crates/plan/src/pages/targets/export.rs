//! `/plan/targets/{id}/export?unit=&day=&names=`: the board as .xlsx with where it comes from;
//! names only for those who may see them and ask for them, and logged.

use axum::extract::Query;
use axum::http::header;
use axum::response::IntoResponse;
use jiff::civil::Date;
use serde::Deserialize;
use thao_base::{Error, Lang, Result, TargetId, Tx};
use thao_people::export::{Rows, question};
use thao_people::viewing::{self, Look};
use thao_sheet::{Kind, Table, TableColumn, Value};
use thao_web::{Action, Actor, Ask, Reply, Resource, check};

use crate::board::{self, Board, Row, Value as Reached, Whole, expected};
use crate::kind::Shape;
use crate::list;
use crate::pages::at::At;
use crate::pages::view::{View, day_asked, view};
use crate::pages::words;
use crate::roster::{self, Line, Which};

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    unit: Option<String>,
    day: Option<String>,
    names: Option<String>,
    /// The first names all the same, though there are more than a file may have.
    cut: Option<String>,
}

struct Shown {
    view: View,
    on: Date,
    board: Board,
    names: Option<Rows<Line>>,
}

pub(crate) async fn download(ask: Ask, At(id): At<TargetId>, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let (most, anyway) = (ask.app.site.export_rows, asked.cut.is_some());
    let seen = viewing::read(&ask, move |tx, actor, looks| {
        let mut shown = load(tx, actor, id, &asked, today)?;
        if asked.names.is_some() {
            let lines = names(tx, actor, &shown, today, most)?;
            if anyway || !lines.is_cut() {
                let unit = Some(shown.view.place.unit);
                let look = Look::file("plan.view.export", lines.rows.len());
                looks.push(look.about(id).within(unit));
            }
            shown.names = Some(lines);
        }
        Ok(shown)
    })
    .await?;
    let (lang, now) = (ask.lang(&seen.actor), ask.app.clock.now());
    let shown = seen.it;
    if !anyway && shown.names.as_ref().is_some_and(Rows::is_cut) {
        let view = &shown.view;
        let to = |below| view.address(below, view.place.unit, Some(shown.on));
        let cut = format!("{}&names=1&cut=1", to("/export"));
        let page = question(&ask.chrome(&seen.actor), most, &to("/people"), cut);
        return Ok(page.into_response());
    }
    let code = shown.view.target.code.clone().unwrap_or_else(|| "chi-tieu".to_owned());
    let name: String = code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let name = format!("{name}-{}.xlsx", shown.on);
    let mut tables = vec![units(lang, &shown), source(lang, &shown)];
    tables.extend(shown.names.as_ref().map(|lines| {
        let mut table = people(lang, &lines.rows);
        lines.mark(lang, &mut table);
        table
    }));
    let written = tokio::task::spawn_blocking(move || thao_sheet::write(&tables, now)).await;
    let bytes = written.map_err(Error::internal)??;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: TargetId, asked: &Asked, today: Date) -> Result<Shown> {
    let unit = asked.unit.as_deref().and_then(|unit| unit.parse().ok());
    let view = view(tx, actor, id, unit, Action::SeeBoards, today)?;
    let on = day_asked(asked.day.as_deref(), today).unwrap_or(today);
    let board = board::by_child(tx, &view.target, &view.measure, &view.place, on)?
        .ok_or_else(|| Error::conflict("plan.error.counting"))?;
    Ok(Shown { view, on, board, names: None })
}

/// The people behind the numbers, for those who may see names.
fn names(
    tx: &mut Tx<'_>,
    actor: &Actor,
    shown: &Shown,
    today: Date,
    most: usize,
) -> Result<Rows<Line>> {
    let place = &shown.view.place;
    check(actor, Action::SeeNames, Action::SeeBoards, Resource::At(place.pos), today)?;
    let wanted = roster::Asked {
        measure: shown.view.measure.id,
        within: place.span(),
        on: shown.on,
        which: Which::All,
        search: String::new(),
    };
    let limit = i64::try_from(most.saturating_add(1)).unwrap_or(i64::MAX);
    let lines = roster::page(tx, &wanted, None, limit)?;
    Ok(Rows::first(most, lines.unwrap_or_default()))
}

/// One line a unit, the unit itself first. What is no share has no whole and no share.
fn units(lang: Lang, shown: &Shown) -> Table {
    let View { target, measure, place, .. } = &shown.view;
    let column = |key, kind| TableColumn::new(lang.t(key), kind);
    let is_share = matches!(measure.kind.shape(), Shape::Share | Shape::Milestone);
    let figure = |thousandths: i64| Value::Decimal(thousandths as f64 / 1000.0);
    let row = |row: &Row| {
        let path = row.path(target);
        let expected = expected(&path, shown.on);
        let (as_of, source) = whole_source(lang, row, shown.on);
        let mut out = vec![
            row.place.code.clone().map_or(Value::Empty, Into::into),
            row.place.name.clone().into(),
        ];
        match row.value {
            Reached::Share { part, whole } => out.extend([
                Value::Whole(part),
                whole.map_or(Value::Empty, Value::Whole),
                row.thousandths().map_or(Value::Empty, figure),
            ]),
            Reached::Count(n) => out.push(Value::Whole(n)),
            Reached::Given(given) => out.push(given.map_or(Value::Empty, figure)),
        }
        let missing = row.missing(target, shown.on);
        out.extend([
            figure(path.goal_on(shown.on)),
            figure(expected),
            row.standing.words(lang).into(),
            match row.value {
                Reached::Given(_) => missing.map_or(Value::Empty, figure),
                _ => missing.map_or(Value::Empty, Value::Whole),
            },
            as_of.map_or(Value::Empty, Into::into),
            source.into(),
        ]);
        out
    };
    let all = std::iter::once(&shown.board.total).chain(&shown.board.rows);
    let number = match measure.kind.shape() {
        Shape::Share | Shape::Milestone => Kind::Percent,
        Shape::Count | Shape::PerYear | Shape::Figure => Kind::Decimal(2),
    };
    let mut columns =
        vec![column("plan.export.code", Kind::Code), column("plan.export.unit", Kind::Text)];
    if is_share {
        columns.extend([
            column("plan.export.part", Kind::Whole),
            column("plan.export.whole", Kind::Whole),
            column("plan.export.share", Kind::Percent),
        ]);
    } else {
        let unit = list::measure_unit(&measure.unit_code).map_or("", |unit| unit.name.of(lang));
        let kind =
            if measure.kind.shape() == Shape::Figure { Kind::Decimal(2) } else { Kind::Whole };
        columns.push(TableColumn::new(lang.f("plan.board.number_of", &[("unit", &unit)]), kind));
    }
    columns.extend([
        column("plan.export.goal", number),
        column("plan.export.expected", number),
        column("plan.export.standing", Kind::Text),
        column("plan.export.missing", Kind::Decimal(0)),
        column("plan.export.whole_of", Kind::Date),
        column("plan.export.whole_source", Kind::Text),
    ]);
    Table {
        name: lang.t("plan.export.board").to_owned(),
        title: target.title(lang).to_owned(),
        notes: vec![
            lang.f("plan.export.as_of", &[("unit", &place.path), ("day", &lang.date(shown.on))]),
            lang.t("plan.board.distinct").to_owned(),
        ],
        columns,
        rows: all.map(row).collect(),
    }
}

/// When and where the whole, or the number itself, comes from.
fn whole_source(lang: Lang, row: &Row, on: Date) -> (Option<Date>, String) {
    match &row.whole {
        Whole::Figure { as_of, source, .. } | Whole::Given { as_of, source } => {
            (Some(*as_of), source.clone())
        }
        Whole::Sum { to, .. } => (Some(*to), words::whole(lang, &row.whole, "")),
        Whole::Computed(_) | Whole::Unasked => {
            (Some(on), lang.t("plan.export.computed").to_owned())
        }
        Whole::Partial { .. } | Whole::Missing => (None, words::whole(lang, &row.whole, "")),
    }
}

/// What the figures mean and where they come from.
fn source(lang: Lang, shown: &Shown) -> Table {
    let View { target, plan, measure, place, .. } = &shown.view;
    let whole_of = shown.view.whole_of(lang);
    let lines: Vec<(&str, Value)> = vec![
        ("plan.export.target", target.title(lang).into()),
        ("plan.export.target_code", target.code.clone().unwrap_or_default().into()),
        ("plan.board.plan", plan.title.clone().into()),
        ("plan.board.legal", plan.legal_basis.clone().unwrap_or_default().into()),
        ("plan.export.unit", place.path.clone().into()),
        ("plan.board.how_part", shown.view.definition(lang).into()),
        ("plan.board.how_whole", words::whole(lang, &shown.board.total.whole, &whole_of).into()),
        ("plan.export.goal", words::goal(lang, target).into()),
        ("plan.export.baseline", words::value(lang, &measure.unit_code, target.baseline).into()),
        ("plan.export.starts", lang.date(target.starts).into()),
        ("plan.export.due", lang.date(target.due).into()),
        ("plan.board.how_day", lang.date(shown.on).into()),
    ];
    Table {
        name: lang.t("plan.export.source").to_owned(),
        title: lang.t("plan.export.source").to_owned(),
        notes: Vec::new(),
        columns: vec![
            TableColumn::new(lang.t("plan.export.what"), Kind::Text),
            TableColumn::new(lang.t("plan.export.value"), Kind::Text),
        ],
        rows: lines.into_iter().map(|(key, value)| vec![lang.t(key).into(), value]).collect(),
    }
}

fn people(lang: Lang, lines: &[Line]) -> Table {
    let column = |key, kind| TableColumn::new(lang.t(key), kind);
    let met = |met: bool| lang.t(if met { "plan.people.met" } else { "plan.people.not" });
    Table {
        name: lang.t("plan.people.title").to_owned(),
        title: lang.t("plan.people.title").to_owned(),
        notes: vec![lang.t("plan.people.logged").to_owned()],
        columns: vec![
            column("plan.people.name", Kind::Text),
            column("plan.people.born", Kind::Date),
            column("plan.people.year", Kind::Code),
            column("plan.people.unit", Kind::Text),
            column("plan.people.state", Kind::Text),
        ],
        rows: lines
            .iter()
            .map(|line| {
                vec![
                    line.full_name.clone().into(),
                    line.birth_date.map_or(Value::Empty, Into::into),
                    line.birth_year.map_or(Value::Empty, |year| year.to_string().into()),
                    line.unit.clone().into(),
                    met(line.met).into(),
                ]
            })
            .collect(),
    }
}
