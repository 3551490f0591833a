//! The main page's part for those who see boards: targets at risk first, each with one next step.

use std::cmp::Reverse;

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, Result, Tx};
use thao_web::components::{Card, LinkButton, Standing, cards};
use thao_web::{Action, Actor, HomeContext};

use super::view::own_place;
use super::words;
use crate::board::{self, Path, Row, expected_permille, missing_people};
use crate::measure;
use crate::target::{self, Target};

/// Targets the main page shows.
const MOST: usize = 3;
/// After what is due today, before what can wait.
const ORDER: i32 = 30;

pub(super) fn part(
    tx: &mut Tx<'_>,
    context: &HomeContext,
    actor: &Actor,
) -> Result<Option<(i32, Markup)>> {
    let today = context.today;
    if !actor.may_somewhere(Action::SeeBoards, today) {
        return Ok(None);
    }
    let scope = actor.scope(Action::SeeBoards, today);
    let mut found: Vec<(Target, Row)> = Vec::new();
    for target in target::list(tx, &scope)? {
        let place = own_place(tx, actor, &target, today)?;
        let measure = measure::get(tx, target.measure)?;
        if let Some(row) = board::in_unit(tx, &target, &measure, &place, today)? {
            found.push((target, row));
        }
    }
    if found.is_empty() {
        return Ok(None);
    }
    found.sort_by_key(|(target, row)| (rank(row.standing), target.due));
    found.truncate(MOST);
    let may_open = actor.may_somewhere(Action::RunClasses, today);
    let lang = context.lang;
    let mut cards_of = Vec::new();
    for (target, row) in &found {
        let step = match may_open && is_behind(row) {
            true => next_step(tx, lang, target, row, today)?,
            false => None,
        };
        cards_of.push(card(lang, target, row, step, today));
    }
    let body = html! {
        section.flow {
            h2 { (lang.t("plan.home.title")) }
            (cards(html! { @for card in &cards_of { (card) } }))
            p { a href="/plan/board" { (lang.t("plan.overview.to")) } }
            p { a href="/plan/targets" { (lang.t("plan.home.all")) } }
        }
    };
    Ok(Some((ORDER, body)))
}

/// The most urgent first.
fn rank(standing: Standing) -> u8 {
    match standing {
        Standing::Missed => 0,
        Standing::AtRisk => 1,
        Standing::Unknown => 2,
        Standing::OnTrack => 3,
        Standing::Reached => 4,
    }
}

fn is_behind(row: &Row) -> bool {
    matches!(row.standing, Standing::AtRisk | Standing::Missed)
}

fn card(lang: Lang, target: &Target, row: &Row, step: Option<Markup>, today: Date) -> Markup {
    let href = format!("/plan/targets/{}?unit={}", target.id, row.place.unit);
    let expected = words::percent(lang, expected_permille(&Path::of(target), today));
    let due = lang.date(target.due);
    let above = lang.f("plan.list.due", &[("unit", &row.place.name), ("due", &due)]);
    let mut card = Card::new(target.title(lang)).href(href).above(above).body(html! {
        p { (row.standing.badge(lang)) }
        @match row.whole.value() {
            Some(whole) => p {
                (lang.f("plan.home.share", &[
                    ("part", &lang.number(row.part)),
                    ("whole", &lang.number(whole)),
                    ("share", &lang.percent(row.part, whole)),
                    ("expected", &expected),
                ]))
            },
            None => p { (lang.t("plan.whole.missing")) },
        }
    });
    if let Some(step) = step {
        card = card.actions(step);
    }
    html! { (card) }
}

/// Where most people are missing, and what to do there.
fn next_step(
    tx: &mut Tx<'_>,
    lang: Lang,
    target: &Target,
    row: &Row,
    today: Date,
) -> Result<Option<Markup>> {
    let measure = measure::get(tx, target.measure)?;
    let Some(board) = board::by_child(tx, target, &measure, &row.place, today)? else {
        return Ok(None);
    };
    let path = Path::of(target);
    let gaps = board.rows.iter().filter_map(|row| {
        let missing = missing_people(&path, row.part, row.whole.value())?;
        (0 < missing).then_some((missing, row))
    });
    let most = gaps.max_by_key(|(missing, row)| (*missing, Reverse(row.place.pos)));
    Ok(most.map(|(missing, row)| {
        let n = lang.number(missing);
        let words = lang.f("plan.home.open_class", &[("unit", &row.place.name), ("n", &n)]);
        let href = format!("/classes/new?area={}", row.place.unit);
        html! { (LinkButton::quiet(href, words)) }
    }))
}
