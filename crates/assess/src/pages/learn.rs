//! `/learn`: my courses; what is due first, what is done last, and what else there is.

use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, Render, html};
use thao_base::{Lang, Result, Tx};
use thao_catalog::{assignment, course, lesson};
use thao_web::components::{Card, Empty, LinkButton, Progress, cards};
use thao_web::{Actor, Ask, Page, Reply};

use super::{badges, course_url, due_badge, lesson_url, minutes, state_badge};
use crate::progress::{self, Entry, State};
use crate::{bookmark, history, learner};

pub(super) async fn list(ask: Ask) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let (open, rest): (Vec<&Entry>, Vec<&Entry>) = seen.it.iter().partition(|entry| is_open(entry));
    let (done, other): (Vec<&Entry>, Vec<&Entry>) =
        rest.into_iter().partition(|entry| entry.state.is_done());
    let body = html! {
        @if seen.it.is_empty() {
            (Empty::new(lang.t("assess.learn.none"), lang.t("assess.learn.none_words")))
        } @else if open.is_empty() {
            p.lead { (lang.t("assess.learn.all_done")) }
        }
        @for (i, entry) in open.iter().enumerate() { (open_card(lang, entry, today, i == 0)) }
        @if !done.is_empty() {
            section.flow {
                h2 { (lang.t("assess.learn.done")) }
                (cards(html! { @for entry in &done { (quiet_card(lang, entry)) } }))
            }
        }
        @if !other.is_empty() {
            section.flow {
                h2 { (lang.t("assess.learn.other")) }
                (cards(html! { @for entry in &other { (quiet_card(lang, entry)) } }))
            }
        }
    };
    Ok(Page::new(&chrome, lang.t("assess.learn.title")).narrow().body(body).into_response())
}

/// All courses as the actor sees them.
pub(super) fn load(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Vec<Entry>> {
    let learner = learner::of(tx, actor)?;
    let duties = assignment::duties(tx, &learner.persons, today)?;
    let outcomes = history::outcomes(tx, &learner.persons)?;
    let bookmarks = bookmark::list(tx, &learner.persons)?;
    let lessons = lesson::list_all(tx)?;
    Ok(progress::entries(course::list(tx)?, &lessons, &duties, &outcomes, &bookmarks))
}

/// Something to go on with: assigned or begun, and not done.
pub(super) fn is_open(entry: &Entry) -> bool {
    let wanted = entry.duty.is_some() || entry.state != State::New;
    wanted && !entry.state.is_done()
}

/// A course to go on with; the first one carries the page's one button.
pub(super) fn open_card(lang: Lang, entry: &Entry, today: Date, first: bool) -> Markup {
    let course = &entry.course;
    let body = html! {
        (badges([
            due_badge(lang, entry.state, entry.duty.as_ref(), today),
            state_badge(lang, entry.state),
        ]))
        (progress(lang, entry))
        @if let Some(next) = &entry.next {
            p { (lang.t("assess.learn.next")) " " strong { (next.title(lang)) }
                " · " (minutes(lang, next.minutes)) }
        }
    };
    let href = go_on(entry);
    let card = Card::new(course.title(lang)).href(course_url(course)).body(body);
    if first {
        let words = lang.t(match entry.state {
            State::New => "assess.learn.begin",
            State::Unpassed => "assess.learn.repair",
            _ => "assess.learn.continue",
        });
        card.actions(LinkButton::primary(href, words).context(course.title(lang))).render()
    } else {
        card.render()
    }
}

/// Where going on leads: the lesson at its bookmark, or the course when all lessons are done.
pub(super) fn go_on(entry: &Entry) -> String {
    match &entry.next {
        Some(lesson) => lesson_url(&entry.course, lesson),
        None => course_url(&entry.course),
    }
}

fn progress(lang: Lang, entry: &Entry) -> Markup {
    let count = |n: usize| i64::try_from(n).unwrap_or_default();
    let (done, all) = (count(entry.lessons_done), count(entry.lessons));
    Progress::new(lang, lang.t("assess.learn.lessons_done"), done, all).render()
}

fn quiet_card(lang: Lang, entry: &Entry) -> Markup {
    let course = &entry.course;
    let card = Card::new(course.title(lang)).href(course_url(course));
    match state_badge(lang, entry.state) {
        Some(badge) => card.mark(badge).render(),
        None => {
            let body = html! { p { (course.summary(lang)) } };
            card.above(minutes(lang, course.minutes)).body(body).render()
        }
    }
}
