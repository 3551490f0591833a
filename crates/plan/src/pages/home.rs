//! The main page's part for those who see boards: targets at risk first, each with one next step.

use std::cmp::Reverse;

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, Result, Tx};
use thao_web::components::{Card, LinkButton, Standing, cards};
use thao_web::{Action, Actor, HomeContext};

use super::view::own_place;
use super::words;
use crate::board::{self, Path, Row, Whole, expected};
use crate::kind::{Family, Shape};
use crate::measure::{self, Measure};
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
    let mut found: Vec<(Target, Measure, Row)> = Vec::new();
    for target in target::list(tx, &scope)? {
        let place = own_place(tx, actor, &target, today)?;
        let measure = measure::get(tx, target.measure)?;
        if let Some(row) = board::in_unit(tx, &target, &measure, &place, today)? {
            found.push((target, measure, row));
        }
    }
    if found.is_empty() {
        return Ok(None);
    }
    found.sort_by_key(|(target, _, row)| (rank(row.standing), target.due));
    found.truncate(MOST);
    let may_open = actor.may_somewhere(Action::RunClasses, today);
    let lang = context.lang;
    let mut cards_of = Vec::new();
    for (target, measure, row) in &found {
        // A class brings forward people and classes, nothing else.
        let by_class = matches!(measure.rule.family(), Some(Family::People | Family::Classes));
        let step = match may_open && by_class && is_behind(row) {
            true => next_step(tx, lang, target, measure, row, today)?,
            false => None,
        };
        cards_of.push(card(lang, target, measure, row, step, today));
    }
    let body = html! {
        section.flow {
            h2 { (lang.t("plan.home.title")) }
            (cards(html! { @for card in &cards_of { (card) } }))
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

fn card(
    lang: Lang,
    target: &Target,
    measure: &Measure,
    row: &Row,
    step: Option<Markup>,
    today: Date,
) -> Markup {
    let href = format!("/plan/targets/{}?unit={}", target.id, row.place.unit);
    let due = lang.date(target.due);
    let above = lang.f("plan.list.due", &[("unit", &row.place.name), ("due", &due)]);
    let mut card = Card::new(target.title(lang)).href(href).above(above).body(html! {
        p { (row.standing.badge(lang)) }
        p { (figures(lang, target, measure, row, today)) }
    });
    if let Some(step) = step {
        card = card.actions(step);
    }
    html! { (card) }
}

/// "1.234/5.678 người, 21,7%. Theo tiến độ hôm nay cần 40%."
fn figures(lang: Lang, target: &Target, measure: &Measure, row: &Row, today: Date) -> String {
    let expected = words::value(lang, &target.unit_code, expected(&Path::of(target), today));
    match (row.whole.value(), measure.kind.shape()) {
        (Some(whole), Shape::Share) => lang.f(
            "plan.home.share",
            &[
                ("part", &lang.number(row.part)),
                ("whole", &words::counted(lang, measure, whole)),
                ("share", &lang.percent(row.part, whole)),
                ("expected", &expected),
            ],
        ),
        (_, Shape::Share) => lang.t("plan.whole.missing").to_owned(),
        (_, Shape::Milestone) => words::have(lang, measure, row) + ".",
        _ if row.whole == Whole::Missing => lang.t("plan.whole.no_figure").to_owned(),
        _ => lang.f(
            "plan.home.count",
            &[("have", &words::have(lang, measure, row)), ("expected", &expected)],
        ),
    }
}

/// Where most people are missing, and what to do there.
fn next_step(
    tx: &mut Tx<'_>,
    lang: Lang,
    target: &Target,
    measure: &Measure,
    row: &Row,
    today: Date,
) -> Result<Option<Markup>> {
    let Some(board) = board::by_child(tx, target, measure, &row.place, today)? else {
        return Ok(None);
    };
    let path = Path::of(target);
    let gaps = board.rows.iter().filter_map(|row| {
        let missing = row.missing(&path, today)?;
        (0 < missing).then_some((missing, row))
    });
    let most = gaps.max_by_key(|(missing, row)| (*missing, Reverse(row.place.pos)));
    Ok(most.map(|(missing, row)| {
        let n = words::counted(lang, measure, missing);
        let words = lang.f("plan.home.open_class", &[("unit", &row.place.name), ("n", &n)]);
        let href = format!("/classes/new?area={}", row.place.unit);
        html! { (LinkButton::quiet(href, words)) }
    }))
}
