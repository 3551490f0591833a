//! `/learn/{course}/{lesson}/result`: the end of a lesson: how it went, and what is next.

use axum::extract::Path;
use axum::response::IntoResponse;
use maud::{Markup, Render, html};
use thao_base::{ActivityId, Lang, ids};
use thao_catalog::lesson::Lesson;
use thao_web::components::{Badge, Icon, LinkButton, toolbar};
use thao_web::{Ask, Page, Reply};

use super::course::{counted_words, right_words};
use super::{course_url, lesson_url, minutes, step_url};
use crate::attempt::{self, Place};
use crate::history::{self, History};
use crate::learner;
use crate::progress::Answers;

struct Ended {
    place: Place,
    history: History,
    whole: Answers,
}

pub(super) async fn show(ask: Ask, Path((course, lesson)): Path<(String, String)>) -> Reply {
    let seen = ask
        .read(move |tx, actor| {
            let place = attempt::place(tx, &course, &lesson)?;
            let learner = learner::of(tx, actor)?;
            let mut all: Vec<ActivityId> = place.lessons.iter().map(|l| ids::cast(l.id)).collect();
            all.push(ids::cast(place.course.id));
            let history = history::of(tx, &learner.persons, &all)?;
            let whole = attempt::of_course(tx, &place.lessons, &history)?;
            Ok(Ended { place, history, whole })
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let (lang, ended) = (chrome.lang, &seen.it);
    let Place { course, lesson, .. } = &ended.place;
    let complete = ended.history.completed(ids::cast(lesson.id));
    let title = lang.t(if complete { "assess.result.done" } else { "assess.result.not_yet" });
    let body = if complete { done(lang, ended) } else { missing(lang, ended) };
    Ok(Page::new(&chrome, title)
        .narrow()
        .focused(course_url(course), lang.t("assess.result.to_course"))
        .above(format!("{}. {}", lesson.no, lesson.title(lang)))
        .body(body)
        .into_response())
}

/// Steps of the lesson whose question is not answered, or answered wrongly.
fn steps(ended: &Ended, lang: Lang, wrong: bool) -> Vec<(usize, &str)> {
    let steps = ended.place.content.steps(lang).iter().enumerate();
    let found = steps.filter_map(|(i, step)| {
        let question = step.question()?;
        let latest = ended.history.latest(question.id, question.version);
        let wanted = match latest {
            Some(answer) => wrong && !answer.success,
            None => !wrong,
        };
        wanted.then_some((i + 1, step.heading.as_str()))
    });
    found.collect()
}

fn missing(lang: Lang, ended: &Ended) -> Markup {
    let Place { course, lesson, .. } = &ended.place;
    let open = steps(ended, lang, false);
    let first = open
        .first()
        .map_or_else(|| lesson_url(course, lesson), |(step, _)| step_url(course, lesson, *step));
    html! {
        p.lead { (lang.f("assess.result.missing", &[("n", &open.len())])) }
        (links(ended, &open))
        (toolbar(LinkButton::primary(first, lang.t("assess.result.answer_them"))))
    }
}

fn done(lang: Lang, ended: &Ended) -> Markup {
    let Place { course, lesson, lessons, content } = &ended.place;
    let answers = Answers::of(content, &ended.history);
    let wrong = steps(ended, lang, true);
    html! {
        @if 0 < answers.questions {
            p.result-mark {
                @if answers.pass(course.pass_percent) { (Icon::Award) }
                strong { (capital(&right_words(lang, answers))) }
            }
        }
        @if !wrong.is_empty() {
            section.flow {
                h2 { (lang.t("assess.result.again")) }
                (links(ended, &wrong))
            }
        }
        @match next(ended, lessons, lesson) {
            Some(next) => {
                section.flow {
                    h2 { (lang.t("assess.result.next")) }
                    p { strong { (next.no) ". " (next.title(lang)) } " · " (minutes(lang, next.minutes)) }
                    (toolbar(html! {
                        (LinkButton::primary(lesson_url(course, next), lang.t("assess.result.go_on")))
                        (LinkButton::quiet(course_url(course), lang.t("assess.result.later")))
                    }))
                }
            }
            None => (whole(lang, ended)),
        }
    }
}

/// The next lesson that is not completed: after this one first, then from the start.
fn next<'a>(ended: &Ended, lessons: &'a [Lesson], lesson: &Lesson) -> Option<&'a Lesson> {
    let open = |l: &&Lesson| !ended.history.completed(ids::cast(l.id));
    let after = lessons.iter().filter(|l| lesson.no < l.no).find(open);
    after.or_else(|| lessons.iter().find(open))
}

/// All lessons are done: how the course ended.
fn whole(lang: Lang, ended: &Ended) -> Markup {
    let course = &ended.place.course;
    let passed = ended.history.test(ids::cast(course.id)).is_some_and(|test| test.success);
    let right = counted_words(lang, ended.whole);
    let finished = passed || ended.whole.questions == 0;
    let (badge, words) = if ended.whole.questions == 0 {
        let words = lang.t("assess.result.completed").to_owned();
        (Badge::good(lang.t("assess.state.completed")), words)
    } else if passed {
        let words = lang.f("assess.result.passed", &[("right", &right)]);
        (Badge::good(lang.t("assess.state.passed")), words)
    } else {
        let need = course.pass_percent;
        let words = lang.f("assess.result.unpassed", &[("right", &right), ("need", &need)]);
        (Badge::warn(lang.t("assess.state.unpassed")), words)
    };
    html! {
        section.flow {
            h2 { (course.title(lang)) }
            p { (badge.render()) }
            p { (words) }
            (toolbar(html! {
                @if finished {
                    (LinkButton::primary("/learn", lang.t("assess.result.to_courses")))
                } @else {
                    (LinkButton::primary(course_url(course), lang.t("assess.learn.repair")))
                }
            }))
        }
    }
}

fn links(ended: &Ended, steps: &[(usize, &str)]) -> Markup {
    let Place { course, lesson, .. } = &ended.place;
    html! {
        ul.step-links {
            @for (step, heading) in steps {
                li { a href=(step_url(course, lesson, *step)) { (heading) } }
            }
        }
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}
