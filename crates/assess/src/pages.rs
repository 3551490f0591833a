//! The pages of learners: light, one thing at a time, on a phone first.

mod answers;
mod course;
mod home;
mod learn;
mod lesson;
mod question;
mod result;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use maud::{Markup, Render, html};
use thao_base::Lang;
use thao_catalog::assignment::Duty;
use thao_catalog::course::Course;
use thao_catalog::lesson::Lesson;
use thao_web::components::{Badge, Icon};
use thao_web::{Action, Nav, Need, Pages};

use crate::progress::{State, Urgency, urgency};

pub fn pages() -> Pages {
    let learn = Need::Can(Action::Learn);
    Pages::new()
        .get("/learn", learn, learn::list)
        .get("/learn/{course}", learn, course::show)
        .get("/learn/{course}/{lesson}", learn, lesson::show)
        .post("/learn/{course}/{lesson}/answers", learn, answers::add)
        .post("/learn/{course}/{lesson}/completion", learn, answers::complete)
        .get("/learn/{course}/{lesson}/result", learn, result::show)
        .nav(Nav {
            href: "/learn",
            key: "assess.nav.learn",
            icon: Icon::Lesson,
            action: Action::Learn,
        })
        .home(home::next)
}

fn course_url(course: &Course) -> String {
    format!("/learn/{}", course.slug)
}

fn lesson_url(course: &Course, lesson: &Lesson) -> String {
    format!("/learn/{}/{}", course.slug, lesson.slug)
}

fn step_url(course: &Course, lesson: &Lesson, step: usize) -> String {
    format!("/learn/{}/{}?step={step}", course.slug, lesson.slug)
}

/// When a course is due, in words; nothing when it is done or has no due date.
fn due_badge(lang: Lang, state: State, duty: Option<&Duty>, today: Date) -> Option<Markup> {
    let due = duty?.due.filter(|_| !state.is_done())?;
    let date = lang.date(due);
    let badge = match urgency(due, today) {
        Urgency::Overdue => Badge::bad(lang.f("assess.due.overdue", &[("date", &date)])),
        Urgency::Today => Badge::warn(lang.t("assess.due.today")).icon(Icon::Clock),
        Urgency::Soon(days) => {
            let days = lang.number(days.into());
            let words = lang.f("assess.due.soon", &[("days", &days), ("date", &date)]);
            Badge::warn(words).icon(Icon::Clock)
        }
        Urgency::Later => {
            Badge::plain(lang.f("assess.due.later", &[("date", &date)])).icon(Icon::Calendar)
        }
    };
    Some(badge.render())
}

/// How somebody stands in a course, in words.
fn state_badge(lang: Lang, state: State) -> Option<Markup> {
    let badge = match state {
        State::New | State::Started => return None,
        State::Unpassed => Badge::warn(lang.t("assess.state.unpassed")),
        State::Passed => Badge::good(lang.t("assess.state.passed")),
        State::Completed => Badge::good(lang.t("assess.state.completed")),
    };
    Some(badge.render())
}

/// Minutes, in words.
fn minutes(lang: Lang, minutes: i32) -> String {
    lang.f("assess.minutes", &[("minutes", &minutes)])
}

/// Badges in a row; nothing when there is none.
fn badges(badges: impl IntoIterator<Item = Option<Markup>>) -> Markup {
    let badges: Vec<Markup> = badges.into_iter().flatten().collect();
    html! { @if !badges.is_empty() { p.badges { @for badge in badges { (badge) } } } }
}
