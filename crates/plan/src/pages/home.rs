//! The main page's part for those who see boards: targets at risk first, each with one next step.

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, Result, Tx};
use thao_web::components::{Badge, Card, LinkButton, Standing, cards};
use thao_web::{Action, Actor, HomeContext};

use super::view::own_place;
use super::words;
use crate::board::{self, Board, Path, expected_permille, missing_people};
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
    let mut found: Vec<(Target, Board)> = Vec::new();
    for target in target::list(tx, &scope)? {
        let place = own_place(tx, actor, &target, today)?;
        let measure = measure::get(tx, target.measure)?;
        if let Some(board) = board::by_child(tx, &target, &measure, &place, today)? {
            found.push((target, board));
        }
    }
    if found.is_empty() {
        return Ok(None);
    }
    found.sort_by_key(|(target, board)| (rank(board.total.standing), target.due));
    found.truncate(MOST);
    let may_open = actor.may_somewhere(Action::RunClasses, today);
    let lang = context.lang;
    let body = html! {
        section.flow {
            h2 { (lang.t("plan.home.title")) }
            (cards(html! {
                @for (target, board) in &found { (card(lang, target, board, may_open, today)) }
            }))
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

fn card(lang: Lang, target: &Target, board: &Board, may_open: bool, today: Date) -> Markup {
    let total = &board.total;
    let path = Path::of(target);
    let href = format!("/plan/targets/{}?unit={}", target.id, total.place.unit);
    let expected = words::percent(lang, expected_permille(&path, today));
    let badge: Badge<'_> = total.standing.badge(lang);
    let card = Card::new(target.title(lang)).href(href).above(
        lang.f("plan.list.due", &[("unit", &total.place.name), ("due", &lang.date(target.due))]),
    );
    let card = card.body(html! {
        p { (badge) }
        @match total.whole.value() {
            Some(whole) => p {
                (lang.f("plan.home.share", &[
                    ("part", &lang.number(total.part)),
                    ("whole", &lang.number(whole)),
                    ("share", &lang.percent(total.part, whole)),
                    ("expected", &expected),
                ]))
            },
            None => p { (lang.t("plan.whole.missing")) },
        }
    });
    match next_step(lang, &path, board, may_open) {
        Some(step) => html! { (card.actions(step)) },
        None => html! { (card) },
    }
}

/// Where most people are missing, and what to do there.
fn next_step(lang: Lang, path: &Path, board: &Board, may_open: bool) -> Option<Markup> {
    let behind = matches!(board.total.standing, Standing::AtRisk | Standing::Missed);
    let gaps = board.rows.iter().filter_map(|row| {
        let missing = missing_people(path, row.part, row.whole.value())?;
        (behind && 0 < missing).then_some((missing, row))
    });
    let (missing, row) =
        gaps.max_by_key(|(missing, row)| (*missing, std::cmp::Reverse(row.place.pos)))?;
    let (unit, n) = (&row.place.name, lang.number(missing));
    let words = lang.f("plan.home.open_class", &[("unit", unit), ("n", &n)]);
    may_open.then(|| {
        let href = format!("/classes/new?area={}", row.place.unit);
        html! { (LinkButton::quiet(href, words)) }
    })
}
