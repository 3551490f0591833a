//! `/plan/board?unit=&day=&target=&sort=`: a province, a department or a commune at a glance. All
//! its targets as cards, units × targets as a heat table, and one target as map, list and lines.

pub(super) mod export;
mod heat;
mod one;
mod order;

use std::collections::HashMap;

use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Lang, Result, TargetId, Tx, UnitId};
use thao_people::unit::{self, Place};
use thao_web::components::{
    Card, Choice, Empty, Field, Filters, Icon, LinkButton, Notice, Standing, cards, details,
    print_button, toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, may};

use self::order::Order;
use super::targets::fragment;
use super::view::{day_asked, place_asked};
use super::words;
use crate::board::{self, Column, Kept, Matrix, Point, expected};
use crate::boundary::{self, Shape};

/// Cards in sight at first.
const MOST_CARDS: usize = 8;

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    unit: Option<String>,
    day: Option<String>,
    target: Option<String>,
    sort: Option<String>,
}

struct Shown {
    matrix: Matrix,
    /// The units above this one as far as the actor may see, nearest first.
    above: Vec<Place>,
    /// Units that can be chosen instead.
    choices: Vec<Place>,
    /// The target that is looked at closely.
    chosen: Option<usize>,
    history: Vec<Point>,
    shapes: HashMap<UnitId, Shape>,
    /// Where the shapes come from.
    source: String,
    order: Order,
    /// None for today.
    day: Option<Date>,
    may_load: bool,
}

pub(crate) async fn show(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let kept = ask.app.kept::<Kept>();
    let seen = ask.read(move |tx, actor| load(tx, actor, &kept, &asked, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&chrome, &seen.it).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, kept: &Kept, asked: &Asked, today: Date) -> Result<Shown> {
    let unit = asked.unit.as_deref().and_then(|unit| unit.parse().ok());
    let place = place_asked(tx, actor, unit, Action::SeeBoards, today)?;
    let day = day_asked(asked.day.as_deref(), today);
    let matrix = board::matrix(tx, kept, &place, day.unwrap_or(today))?;
    let scope = actor.scope(Action::SeeBoards, today);
    let mut above = unit::list_above(tx, place.unit)?;
    above.retain(|up| up.unit != place.unit && scope.holds(up.pos));
    // Up, here, and one step down; without any below, those beside it.
    let mut choices: Vec<Place> = above.iter().rev().cloned().collect();
    match above.first() {
        Some(up) if matrix.places.is_empty() => choices.extend(unit::list_children(tx, up.unit)?),
        _ => choices.extend([place.clone()].into_iter().chain(matrix.places.iter().cloned())),
    }
    let chosen = chosen(&matrix, asked.target.as_deref().and_then(|id| id.parse().ok()));
    let history = match chosen.and_then(|n| matrix.columns.get(n)) {
        Some(Column { target, measure, figures: Some(figures) }) => {
            let whole = figures.total.whole;
            board::history(tx, target, measure, &place, whole, matrix.day)?.unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let is_map = matrix.places.iter().any(|place| place.kind == "commune");
    let (shapes, source) = match is_map {
        true => boundary::list_below(tx, place.unit)?,
        false => Default::default(),
    };
    let order = Order::read(asked.sort.as_deref().unwrap_or_default(), &matrix);
    let may_load = is_map && may(actor, Action::SetTargets, Resource::At(place.pos), today);
    Ok(Shown { matrix, above, choices, chosen, history, shapes, source, order, day, may_load })
}

/// The target asked for, or else the first of those that need most looking at.
fn chosen(matrix: &Matrix, asked: Option<TargetId>) -> Option<usize> {
    let columns = || matrix.columns.iter().enumerate();
    let found = columns().find(|(_, column)| Some(column.target.id) == asked);
    let urgent = || columns().min_by_key(|(n, column)| (urgency(column), *n));
    found.or_else(urgent).map(|(n, _)| n)
}

impl Shown {
    /// This page in a unit, of the same day and order.
    fn address(&self, unit: UnitId) -> String {
        match self.day {
            Some(day) => format!("?unit={unit}&day={day}"),
            None => format!("?unit={unit}"),
        }
    }

    /// This page of another target or in another order.
    fn turned(&self, target: Option<TargetId>, sort: &str) -> String {
        let mut out = self.address(self.matrix.place.unit);
        let chosen = || self.chosen.and_then(|n| Some(self.matrix.columns.get(n)?.target.id));
        if let Some(target) = target.or_else(chosen) {
            out.push_str(&format!("&target={target}"));
        }
        if !sort.is_empty() {
            out.push_str(&format!("&sort={sort}"));
        }
        out
    }
}

fn page(chrome: &Chrome, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let matrix = &shown.matrix;
    let place = &matrix.place;
    let title = lang.f("plan.overview.title", &[("unit", &place.name)]);
    let mut page = Page::new(chrome, title)
        .wide()
        .script("charts.js")
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .lead(lang.f("plan.list.lead", &[("day", &lang.date(matrix.day))]))
        .actions(actions(lang, shown));
    for up in shown.above.iter().rev() {
        page = page.crumb(format!("/plan/board{}", shown.address(up.unit)), up.name.clone());
    }
    page.body(html! {
        (choosers(lang, shown))
        @if matrix.columns.is_empty() {
            (Empty::new(lang.t("plan.overview.empty"), lang.t("plan.overview.empty_words")))
        } @else {
            (counting(lang, matrix))
            p { (summary(lang, matrix)) }
            (all_cards(lang, shown))
            (heat::table(lang, shown))
            (one::section(lang, shown))
        }
    })
}

fn actions(lang: Lang, shown: &Shown) -> Markup {
    let export = format!("/plan/board/export{}", shown.address(shown.matrix.place.unit));
    toolbar(html! {
        @if !shown.matrix.columns.is_empty() {
            (LinkButton::download(export, lang.t("plan.board.export")))
        }
        (print_button(lang))
        @if shown.may_load {
            (LinkButton::quiet("/plan/boundaries", lang.t("plan.overview.boundaries"))
                .icon(Icon::Upload))
        }
    })
}

/// The unit and the day.
fn choosers(lang: Lang, shown: &Shown) -> Markup {
    let unit = shown.matrix.place.unit;
    let options = shown.choices.iter().map(|place| (place.unit.to_string(), place.name.as_str()));
    let mut filters = Filters::new(lang, "/plan/board")
        .field(
            Choice::select("unit", lang.t("plan.overview.unit"))
                .options(options)
                .chosen(unit.to_string()),
        )
        .field(
            Field::date(lang, "day", lang.t("plan.board.day")).value(lang.date(shown.matrix.day)),
        );
    if shown.day.is_some() {
        filters = filters.clear(format!("/plan/board?unit={unit}"));
    }
    html! { div.no-print { (filters) } }
}

/// Targets that are being counted for the first time.
fn counting(lang: Lang, matrix: &Matrix) -> Markup {
    let waiting = matrix.columns.iter().filter(|column| column.figures.is_none()).count();
    html! {
        @if 0 < waiting { (Notice::info(lang.f("plan.overview.counting", &[("n", &waiting)]))) }
    }
}

/// "Trong 12 chỉ tiêu: 3 đã đạt, 5 đúng tiến độ, 4 có nguy cơ."
fn summary(lang: Lang, matrix: &Matrix) -> String {
    let standings = || matrix.columns.iter().filter_map(|column| column.figures.as_ref());
    use Standing::{AtRisk, Missed, OnTrack, Reached, Unknown};
    let parts: Vec<String> = [Reached, OnTrack, AtRisk, Missed, Unknown]
        .into_iter()
        .filter_map(|standing| {
            let n = standings().filter(|it| it.total.standing == standing).count();
            let words = standing.words(lang).to_lowercase();
            (0 < n).then(|| format!("{n} {words}"))
        })
        .collect();
    let all = standings().count();
    lang.f("plan.overview.summary", &[("all", &all), ("parts", &parts.join(", "))])
}

/// The targets as cards, those that need most looking at first; beyond so many the rest open when
/// asked for, because the heat table shows all of them.
fn all_cards(lang: Lang, shown: &Shown) -> Markup {
    let mut columns: Vec<&Column> = shown.matrix.columns.iter().collect();
    if MOST_CARDS < columns.len() {
        columns.sort_by_key(|column| urgency(column));
    }
    let some = |columns: &[&Column]| {
        cards(html! { @for column in columns { (card(lang, shown, column)) } })
    };
    let (first, rest) = columns.split_at(MOST_CARDS.min(columns.len()));
    html! {
        div.board-cards {
            (some(first))
            @if !rest.is_empty() {
                (details(&lang.f("plan.overview.more", &[("n", &rest.len())]), some(rest)))
            }
        }
    }
}

/// Which targets need most looking at: the lowest.
fn urgency(column: &Column) -> u8 {
    match column.figures.as_ref().map(|figures| figures.total.standing) {
        Some(Standing::Missed) => 0,
        Some(Standing::AtRisk) => 1,
        Some(Standing::OnTrack) => 2,
        Some(Standing::Reached) => 3,
        Some(Standing::Unknown) => 4,
        None => 5,
    }
}

fn card(lang: Lang, shown: &Shown, column: &Column) -> Markup {
    let matrix = &shown.matrix;
    let target = &column.target;
    let due = lang.date(target.due);
    let above = match &target.code {
        Some(code) => lang.f("plan.overview.due_code", &[("code", code), ("due", &due)]),
        None => lang.f("plan.overview.due", &[("due", &due)]),
    };
    let href = format!("/plan/targets/{}?unit={}", target.id, matrix.place.unit);
    let card = Card::new(target.title(lang)).href(href).above(above);
    let Some(figures) = &column.figures else { return html! { (card) } };
    let row = figures.total.row(&matrix.place);
    let measure = &column.measure;
    let have = fragment::have(lang, measure, &row, matrix.day);
    let expected = expected(&row.path(target), matrix.day);
    let expected = words::expected(lang, target, expected, shown.day);
    let missing = words::missing(lang, measure, row.missing(target, matrix.day));
    let more: Vec<String> = expected.into_iter().chain(missing).collect();
    html! {
        (card.body(html! {
            p { (row.standing.badge(lang)) }
            (have)
            p.stat-note {
                (words::goal_of_row(lang, target, &row)) "."
                @if !more.is_empty() { " " (more.join(", ")) "." }
            }
        }))
    }
}
