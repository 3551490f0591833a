//! What the main page shows of classes: the evening whose attendance is next, one's own classes.

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use thao_base::locale::local_date;
use thao_base::{Lang, Result, Tx};
use thao_people::cluster;
use thao_web::components::{Badge, Card, Icon, LinkButton, cards};
use thao_web::{Action, Actor, HomeContext, Role, Scope};

use super::overview::state_badge;
use crate::meeting::{self, Near};
use crate::schedule::{Evening, State, state};
use crate::words;

/// An evening nobody closed is shown for so long.
const BACK: SignedDuration = SignedDuration::from_hours(24 * 3);
const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 14);
const SHOWN: i64 = 3;

/// For those who take attendance: today's evening first, with the button.
pub(super) fn organiser(
    tx: &mut Tx<'_>,
    context: &HomeContext,
    actor: &Actor,
) -> Result<Option<(i32, Markup)>> {
    if !actor.may_somewhere(Action::TakeAttendance, context.today) {
        return Ok(None);
    }
    let (from, to) = span(context.now);
    let near = meeting::list_near(tx, &taught(actor, context), actor.person, from, to, SHOWN)?;
    if near.is_empty() {
        return Ok(None);
    }
    let lang = context.lang;
    let body = html! {
        section.flow {
            h2 { (lang.t("classes.home.title")) }
            (cards(html! { @for (i, near) in near.iter().enumerate() {
                (card(lang, near, context.now, i == 0))
            } }))
        }
    };
    Ok(Some((10, body)))
}

/// For everybody: the classes they are registered for.
pub(super) fn learner(
    tx: &mut Tx<'_>,
    context: &HomeContext,
    actor: &Actor,
) -> Result<Option<(i32, Markup)>> {
    let Some(person) = actor.person else { return Ok(None) };
    let canonical = cluster::canonical(tx, person)?;
    let persons = cluster::members(tx, canonical)?;
    let from = context.now.checked_sub(SignedDuration::from_hours(3)).unwrap_or(context.now);
    let mine = meeting::list_of_person(tx, &persons, from, span(context.now).1, SHOWN)?;
    if mine.is_empty() {
        return Ok(None);
    }
    let lang = context.lang;
    let body = html! {
        section.flow {
            h2 { (lang.t("classes.home.mine")) }
            (cards(html! { @for near in &mine { (place_and_time(lang, near, context.now)) } }))
        }
    };
    Ok(Some((40, body)))
}

fn span(now: Timestamp) -> (Timestamp, Timestamp) {
    (now.checked_sub(BACK).unwrap_or(now), now.checked_add(AHEAD).unwrap_or(now))
}

/// The units where the actor holds classes themselves; a manager of a province would else be shown
/// those of every village.
fn taught(actor: &Actor, context: &HomeContext) -> Scope {
    let mut own = actor.clone();
    own.appointments
        .retain(|appointment| matches!(appointment.role, Role::Organiser | Role::Instructor));
    own.scope(Action::TakeAttendance, context.today)
}

fn place_and_time<'a>(lang: Lang, near: &'a Near, now: Timestamp) -> Card<'a> {
    let evening = Evening { starts_at: near.starts_at, ends_at: near.ends_at };
    let day = words::near(lang, local_date(near.starts_at), local_date(now));
    Card::new(near.title.as_str())
        .above(day.unwrap_or_default())
        .icon(Icon::Class)
        .body(html! { p { (words::when(lang, evening)) br; (near.venue) ", " (near.unit) } })
}

fn card<'a>(lang: Lang, near: &'a Near, now: Timestamp, first: bool) -> Card<'a> {
    let evening = Evening { starts_at: near.starts_at, ends_at: near.ends_at };
    let state = state(evening, near.closed_at, now);
    let href = format!("/classes/meetings/{}/attendance", near.id);
    let day = words::near(lang, local_date(near.starts_at), local_date(now));
    let n = lang.number(near.registered);
    Card::new(near.title.as_str())
        .href(format!("/classes/{}", near.class))
        .icon(Icon::Class)
        .above(day.unwrap_or_default())
        .mark(state_badge(lang, state))
        .body(html! {
            p { (words::when(lang, evening)) br; (near.venue) ", " (near.unit) }
            p { (lang.f("classes.list.people", &[("n", &n)])) }
            @if near.rank == 0 {
                p { (Badge::info(lang.t("classes.list.mine")).icon(Icon::Person)) }
            }
        })
        .actions(html! {
            @if matches!(state, State::Open | State::Over) {
                @let words = lang.t("classes.attendance.title");
                @if first {
                    (LinkButton::primary(href, words).icon(Icon::Check).context(near.title.as_str()))
                } @else {
                    (LinkButton::quiet(href, words).icon(Icon::Check).context(near.title.as_str()))
                }
            }
        })
}
