//! The main page's part for those who see boards: what their units are asked to take on, targets at
//! risk first, and what to do next about them.

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, Result, Tx};
use thao_people::unit;
use thao_web::components::{Card, LinkButton, Standing, cards};
use thao_web::{Action, Actor, HomeContext};

use super::targets::steps::{self, About};
use super::view::{courses, own_place};
use super::words;
use crate::allotment;
use crate::board::{self, Row, Whole, expected};
use crate::kind::Shape;
use crate::measure::{self, Measure};
use crate::target::{self, Target};

/// Targets the main page shows.
const MOST: usize = 3;
/// Steps it shows of each, and in all.
const OF_EACH: usize = 2;
const STEPS: usize = 4;
/// Questions of the unit above that it shows.
const ASKED: usize = 6;
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
    let lang = context.lang;
    let asked = asked(tx, actor, lang, today)?;
    if found.is_empty() && asked.is_empty() {
        return Ok(None);
    }
    found.sort_by_key(|(target, _, row)| (rank(row.standing), target.due));
    found.truncate(MOST);
    let steps = next_steps(tx, context, actor, &found)?;
    let body = html! {
        @if !asked.is_empty() {
            section.flow {
                h2 { (lang.t("plan.home.asked")) }
                (cards(html! { @for card in &asked { (card) } }))
            }
        }
        @if !steps.is_empty() {
            section.flow {
                h2 { (lang.t("plan.steps.title")) }
                (cards(html! { @for step in &steps { (step) } }))
            }
        }
        @if !found.is_empty() {
            section.flow {
                h2 { (lang.t("plan.home.title")) }
                (cards(html! {
                    @for (target, measure, row) in &found {
                        (card(lang, target, measure, row, today))
                    }
                }))
                p { a href="/plan/targets" { (lang.t("plan.home.all")) } }
            }
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

/// What units of the actor's are asked to take on by units above them, and have not answered.
fn asked(tx: &mut Tx<'_>, actor: &Actor, lang: Lang, today: Date) -> Result<Vec<Markup>> {
    let mut out = Vec::new();
    for span in actor.scope(Action::SetTargets, today).spans() {
        for open in allotment::unanswered(tx, *span)?.into_iter().take(ASKED) {
            let target = target::get(tx, open.target)?;
            let place = unit::place(tx, open.unit)?;
            let goal = words::value(lang, &target.unit_code, open.goal);
            let href = format!("/plan/targets/{}/allotments/{}", target.id, place.unit);
            let due = lang.date(target.due);
            let above = lang.f("plan.list.due", &[("unit", &place.name), ("due", &due)]);
            let words = lang.f("plan.agree.asked_words", &[("goal", &goal)]);
            let card = Card::new(target.title(lang))
                .above(above)
                .body(html! { p { (words) } })
                .actions(LinkButton::quiet(href, lang.t("plan.agree.answer")));
            out.push(html! { (card) });
        }
    }
    out.truncate(ASKED);
    Ok(out)
}

/// What to do next about the targets shown, the most urgent target first.
fn next_steps(
    tx: &mut Tx<'_>,
    context: &HomeContext,
    actor: &Actor,
    found: &[(Target, Measure, Row)],
) -> Result<Vec<Markup>> {
    let (lang, today) = (context.lang, context.today);
    let mut out = Vec::new();
    for (target, measure, row) in found {
        let behind =
            matches!(row.standing, Standing::AtRisk | Standing::Missed | Standing::Unknown);
        if !behind || STEPS <= out.len() {
            continue;
        }
        let Some(board) = board::by_child(tx, target, measure, &row.place, today)? else {
            continue;
        };
        let courses = courses(tx, measure)?;
        let about = About {
            target,
            measure,
            courses: &courses,
            board: &board,
            today,
            size: context.class_size,
        };
        for step in steps::load(tx, actor, &about)?.iter().take(OF_EACH) {
            out.push(steps::card(lang, &about, step, Some(target.title(lang))));
        }
    }
    out.truncate(STEPS);
    Ok(out)
}

fn card(lang: Lang, target: &Target, measure: &Measure, row: &Row, today: Date) -> Markup {
    let href = format!("/plan/targets/{}?unit={}", target.id, row.place.unit);
    let due = lang.date(target.due);
    let above = lang.f("plan.list.due", &[("unit", &row.place.name), ("due", &due)]);
    let card = Card::new(target.title(lang)).href(href).above(above).body(html! {
        p { (row.standing.badge(lang)) }
        p { (figures(lang, target, measure, row, today)) }
    });
    html! { (card) }
}

/// "1.234/5.678 người, 21,7%. Theo tiến độ hôm nay cần 40%."
fn figures(lang: Lang, target: &Target, measure: &Measure, row: &Row, today: Date) -> String {
    let expected = words::value(lang, &target.unit_code, expected(&row.path(target), today));
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
