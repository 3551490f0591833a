//! `/plan/targets/{id}/export?unit=&day=&names=`: the board as .xlsx with where it comes from;
//! names only for those who may see them and ask for them, and logged.

use axum::extract::Query;
use axum::http::header;
use axum::response::IntoResponse;
use jiff::civil::Date;
use serde::Deserialize;
use thao_base::{Error, Lang, Result, TargetId, Tx, cast};
use thao_people::viewing;
use thao_sheet::{Kind, Table, TableColumn, Value};
use thao_web::{Action, Actor, Ask, Reply, Resource, check};

use crate::board::{self, Board, Path, Row, Whole, expected_permille, missing_people};
use crate::pages::at::At;
use crate::pages::view::{View, day_asked, tree_asked, view_by};
use crate::pages::words;
use crate::roster::{self, Line, Which};

/// Names in one file at most: more are fetched unit by unit.
const MOST_NAMES: i64 = 100_000;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    unit: Option<String>,
    day: Option<String>,
    names: Option<String>,
    view: Option<String>,
    tree: Option<String>,
}

struct Shown {
    view: View,
    on: Date,
    board: Board,
    names: Option<Vec<Line>>,
}

pub(crate) async fn download(ask: Ask, At(id): At<TargetId>, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let names = asked.names.is_some();
    let seen = match names {
        false => ask.read(move |tx, actor| load(tx, actor, id, &asked, today)).await?,
        true => {
            ask.write("plan.act.export", move |tx, actor, stamp| {
                let mut shown = load(tx, actor, id, &asked, today)?;
                let place = &shown.view.place;
                let at = Resource::At(place.pos);
                check(actor, Action::SeeNames, Action::SeeBoards, at, today)?;
                let wanted = roster::Asked {
                    measure: shown.view.measure.id,
                    within: place.span(),
                    on: shown.on,
                    which: Which::All,
                    search: String::new(),
                };
                let lines = roster::page(tx, &wanted, None, MOST_NAMES)?.unwrap_or_default();
                let unit = Some(place.unit);
                viewing::log(tx, stamp, "plan.view.export", Some(cast(id)), unit, lines.len())?;
                shown.names = Some(lines);
                Ok(shown)
            })
            .await?
        }
    };
    let (lang, now) = (ask.lang(&seen.actor), ask.app.clock.now());
    let shown = seen.it;
    let code = shown.view.target.code.clone().unwrap_or_else(|| "chi-tieu".to_owned());
    let name: String = code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let name = format!("{name}-{}.xlsx", shown.on);
    let mut tables = vec![units(lang, &shown), source(lang, &shown)];
    tables.extend(shown.names.as_ref().map(|lines| people(lang, lines)));
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
    let by = tree_asked(asked.view.as_deref(), asked.tree.as_deref());
    let view = view_by(tx, actor, id, unit, Action::SeeBoards, by, today)?;
    let on = day_asked(asked.day.as_deref(), today).unwrap_or(today);
    let board = board::by_child_in(tx, by, &view.target, &view.measure, &view.place, on)?
        .ok_or_else(|| Error::conflict("plan.error.counting"))?;
    Ok(Shown { view, on, board, names: None })
}

/// One line a unit, the unit itself first.
fn units(lang: Lang, shown: &Shown) -> Table {
    let target = &shown.view.target;
    let path = Path::of(target);
    let column = |key, kind| TableColumn::new(lang.t(key), kind);
    let expected = expected_permille(&path, shown.on);
    let row = |row: &Row| {
        let (as_of, source) = match &row.whole {
            Whole::Figure { as_of, source, .. } => (Some(*as_of), source.clone()),
            Whole::Sum { to, .. } | Whole::Apportioned { to, .. } => {
                (Some(*to), words::whole(lang, &row.whole, ""))
            }
            Whole::Computed(_) => (Some(shown.on), lang.t("plan.export.computed").to_owned()),
            Whole::Partial { .. } | Whole::Missing => (None, words::whole(lang, &row.whole, "")),
        };
        let share = row.permille().map(|permille| permille as f64 / 1000.0);
        vec![
            row.place.code.clone().map_or(Value::Empty, Into::into),
            row.place.name.clone().into(),
            Value::Whole(row.part),
            row.whole.value().map_or(Value::Empty, Value::Whole),
            share.map_or(Value::Empty, Value::Decimal),
            Value::Decimal(f64::from(target.goal) / 1000.0),
            Value::Decimal(expected as f64 / 1000.0),
            row.standing.words(lang).into(),
            missing_people(&path, row.part, row.whole.value()).map_or(Value::Empty, Value::Whole),
            as_of.map_or(Value::Empty, Into::into),
            source.into(),
        ]
    };
    let all = std::iter::once(&shown.board.total).chain(&shown.board.rows);
    Table {
        name: lang.t("plan.export.board").to_owned(),
        title: target.title(lang).to_owned(),
        notes: vec![
            lang.f(
                "plan.export.as_of",
                &[("unit", &shown.view.place.path), ("day", &lang.date(shown.on))],
            ),
            lang.t("plan.board.distinct").to_owned(),
            words::tree(lang, shown.view.tree),
        ],
        columns: vec![
            column("plan.export.code", Kind::Code),
            column("plan.export.unit", Kind::Text),
            column("plan.export.part", Kind::Whole),
            column("plan.export.whole", Kind::Whole),
            column("plan.export.share", Kind::Percent),
            column("plan.export.goal", Kind::Percent),
            column("plan.export.expected", Kind::Percent),
            column("plan.export.standing", Kind::Text),
            column("plan.export.missing", Kind::Whole),
            column("plan.export.whole_of", Kind::Date),
            column("plan.export.whole_source", Kind::Text),
        ],
        rows: all.map(row).collect(),
    }
}

/// What the figures mean and where they come from.
fn source(lang: Lang, shown: &Shown) -> Table {
    let View { target, plan, measure, place, .. } = &shown.view;
    let audience = measure.rule.audience.name(lang);
    let percent = |permille: i32| words::percent(lang, permille.into());
    let lines: Vec<(&str, Value)> = vec![
        ("plan.export.target", target.title(lang).into()),
        ("plan.export.target_code", target.code.clone().unwrap_or_default().into()),
        ("plan.board.plan", plan.title.clone().into()),
        ("plan.board.legal", plan.legal_basis.clone().unwrap_or_default().into()),
        ("plan.export.unit", place.path.clone().into()),
        (
            "plan.board.how_part",
            words::definition_of(lang, measure, &shown.view.titles(lang)).into(),
        ),
        ("plan.board.how_whole", words::whole(lang, &shown.board.total.whole, audience).into()),
        ("plan.export.goal", words::goal(lang, target).into()),
        ("plan.export.baseline", percent(target.baseline).into()),
        ("plan.export.starts", lang.date(target.starts).into()),
        ("plan.export.due", lang.date(target.due).into()),
        ("plan.board.how_day", lang.date(shown.on).into()),
        ("plan.view.title", words::tree(lang, shown.view.tree).into()),
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
