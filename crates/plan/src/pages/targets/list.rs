//! `/plan/targets`: the targets that concern the actor's units, plan by plan.

use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, Result, Tx};
use thao_people::unit::Place;
use thao_web::components::{Card, Empty, Icon, LinkButton, Progress, cards, toolbar};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply};

use super::fragment;
use crate::board::{self, Point, Row, Whole, expected};
use crate::kind::Kind;
use crate::measure::{self, Measure};
use crate::pages::view::own_place;
use crate::pages::words;
use crate::plan::{self, Plan};
use crate::readings::{self, Filling};
use crate::target::{self, Target};

/// Months of the small charts.
const MONTHS: usize = 12;

/// A target as its card shows it.
struct Item {
    target: Target,
    measure: Measure,
    place: Place,
    row: Option<Row>,
    history: Vec<Point>,
    filling: Option<Filling>,
}

struct Shown {
    plans: Vec<(Plan, Vec<Item>)>,
    may_set: bool,
    today: Date,
}

pub(crate) async fn show(ask: Ask) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&chrome, &seen.it).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Shown> {
    let scope = actor.scope(Action::SeeBoards, today);
    let mut plans: Vec<(Plan, Vec<Item>)> = Vec::new();
    for target in target::list(tx, &scope)? {
        let item = item(tx, actor, target, today)?;
        match plans.last_mut() {
            Some((plan, items)) if plan.id == item.target.plan => items.push(item),
            _ => plans.push((plan::get(tx, item.target.plan)?, vec![item])),
        }
    }
    Ok(Shown { plans, may_set: actor.may_somewhere(Action::SetTargets, today), today })
}

fn item(tx: &mut Tx<'_>, actor: &Actor, target: Target, today: Date) -> Result<Item> {
    let place = own_place(tx, actor, &target, today)?;
    let measure = measure::get(tx, target.measure)?;
    let row = board::in_unit(tx, &target, &measure, &place, today)?;
    let history = match &row {
        Some(row) => {
            let whole = row.whole.value();
            board::history(tx, &target, &measure, &place, whole, today)?.unwrap_or_default()
        }
        None => Vec::new(),
    };
    let latest = history.len().saturating_sub(MONTHS);
    Ok(Item {
        filling: readings::filling(tx, measure.id)?,
        history: history.into_iter().skip(latest).collect(),
        target,
        measure,
        place,
        row,
    })
}

fn page(chrome: &Chrome, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let day = lang.date(shown.today);
    Page::new(chrome, lang.t("plan.list.title"))
        .wide()
        .lead(lang.f("plan.list.lead", &[("day", &day)]))
        .actions(toolbar(html! {
            @if shown.may_set {
                (LinkButton::primary("/plan/targets/new", lang.t("plan.list.add")).icon(Icon::Plus))
            }
            (LinkButton::quiet("/plan/plans", lang.t("plan.plans.title")).icon(Icon::Report))
            (LinkButton::quiet("/plan/tasks", lang.t("plan.tasks.title")).icon(Icon::Check))
            (LinkButton::quiet("/plan/training", lang.t("plan.training.link")).icon(Icon::Class))
            (LinkButton::quiet("/plan/figures", lang.t("plan.list.figures")).icon(Icon::Report))
            (LinkButton::quiet("/plan/things", lang.t("plan.things.title")))
            (LinkButton::quiet("/plan/criteria", lang.t("plan.criteria.title")))
        }))
        .body(html! {
            @if shown.plans.is_empty() { (empty(lang, shown.may_set)) }
            @for (plan, items) in &shown.plans {
                section.flow {
                    h2 { (plan.title) }
                    @if let Some(legal) = &plan.legal_basis { p.quiet { (legal) } }
                    (cards(html! { @for item in items { (card(lang, item, shown.today)) } }))
                }
            }
        })
}

fn empty(lang: Lang, may_set: bool) -> Markup {
    let words = if may_set { "plan.list.empty_words" } else { "plan.list.empty_see" };
    let empty = Empty::new(lang.t("plan.list.empty"), lang.t(words));
    html! {
        @if may_set { (empty.action("/plan/targets/new", lang.t("plan.list.add"))) }
        @else { (empty) }
    }
}

fn card(lang: Lang, item: &Item, today: Date) -> Markup {
    let Item { target, place, row, .. } = item;
    let due = lang.date(target.due);
    let above = match &target.code {
        Some(code) => {
            lang.f("plan.list.due_code", &[("code", code), ("unit", &place.name), ("due", &due)])
        }
        None => lang.f("plan.list.due", &[("unit", &place.name), ("due", &due)]),
    };
    let href = format!("/plan/targets/{}?unit={}", target.id, place.unit);
    let card = Card::new(target.title(lang)).href(href).above(above);
    match row {
        Some(row) => html! {
            (card.body(figures(lang, item, row, today)))
        },
        None => {
            let (done, all) = item.filling.map_or((0, 0), |f| (f.filled, f.people));
            html! { (card.body(Progress::new(lang, lang.t("plan.list.counting"), done, all))) }
        }
    }
}

fn figures(lang: Lang, item: &Item, row: &Row, today: Date) -> Markup {
    let Item { target, measure, .. } = item;
    let path = row.path(target);
    let have = fragment::have(lang, measure, row, today);
    let have = match &row.whole {
        Whole::Missing | Whole::Partial { .. } => have.note(words::whole(lang, &row.whole, "")),
        Whole::Given { .. } => have.note(words::whole(lang, &row.whole, "")),
        _ => have,
    };
    let expected = words::expected(lang, target, expected(&path, today), None);
    let missing = words::missing(lang, measure, row.missing(target, today));
    let more: Vec<String> = expected.into_iter().chain(missing).collect();
    html! {
        p { (row.standing.badge(lang)) }
        (have)
        p {
            (words::goal_of_row(lang, target, row)) "."
            @if !more.is_empty() { " " (more.join(", ")) "." }
        }
        @if 1 < item.history.len() && measure.kind != Kind::Milestone {
            (fragment::chart(lang, target, row, &item.history, lang.t("plan.list.chart")))
        }
    }
}
