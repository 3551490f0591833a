//! `/learn/{course}/{lesson}?step=n`: one step of a lesson.
//!
//! Without a step it goes on where the learner left off.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, Render, html};
use serde::Deserialize;
use thao_base::locale::local_date;
use thao_base::{ActivityId, Error, Lang, LessonId, PersonId, ids};
use thao_catalog::item::Question;
use thao_catalog::lesson::parse::{Block, Step};
use thao_catalog::lesson::{Content, Shown};
use thao_web::components::{
    Button, FieldErrors, Form, Icon, LinkButton, Notice, Picture, Video, details, hidden, step_bar,
    step_head,
};
use thao_web::{Ask, Chrome, Page, Reply};

use super::question::{Look, feedback, render};
use super::{course_url, lesson_url, step_url};
use crate::attempt::{self, Place};
use crate::history::{self, Answer, History};
use crate::shuffle::order;
use crate::{bookmark, learner};

#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(super) struct Asked {
    step: Option<usize>,
    /// Answer a question again that was answered wrongly.
    again: Option<u8>,
}

/// A step with what the learner did so far.
pub(super) struct View {
    pub place: Place,
    pub person: PersonId,
    pub history: History,
    /// Counted from 1.
    pub at: usize,
    marked: Option<i32>,
}

pub(super) async fn show(
    ask: Ask,
    Path((course, lesson)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Reply {
    let seen = load(&ask, course, lesson, asked.step).await?;
    let shown = &seen.it;
    remember(&ask, shown.person, shown.place.lesson.id, shown.at, shown.marked).await;
    let chrome = ask.chrome(&seen.actor);
    let again = asked.again.is_some();
    Ok(page(&ask, &chrome, shown, again, &[], None)?.into_response())
}

/// The step again, with what is wrong about the answer that was sent and the answer kept.
pub(super) async fn refused(
    ask: Ask,
    (course, lesson): (String, String),
    step: usize,
    typed: &[(String, String)],
    error: &Error,
) -> Result<Response, thao_web::Fault> {
    let seen = load(&ask, course, lesson, Some(step)).await?;
    let chrome = ask.chrome(&seen.actor);
    let page = page(&ask, &chrome, &seen.it, true, typed, Some(error))?;
    Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn load(
    ask: &Ask,
    course: String,
    lesson: String,
    step: Option<usize>,
) -> thao_base::Result<thao_web::Seen<View>> {
    ask.read(move |tx, actor| {
        let place = attempt::place(tx, &course, &lesson)?;
        let learner = learner::of(tx, actor)?;
        let activity: ActivityId = ids::cast(place.lesson.id);
        let history = history::of(tx, &learner.persons, &[activity, ids::cast(place.course.id)])?;
        let marked = bookmark::find(tx, &learner.persons, place.lesson.id)?.map(|mark| mark.step);
        let steps = place.content.steps(Lang::Vi).len();
        let at = match step {
            Some(step) if (1..=steps).contains(&step) => step,
            Some(_) => return Err(Error::not_found()),
            // The text may have grown shorter since.
            None => {
                marked.and_then(|m| usize::try_from(m).ok()).unwrap_or(1).clamp(1, steps.max(1))
            }
        };
        Ok(View { place, person: learner.person, history, at, marked })
    })
    .await
}

/// Keeps where the learner is, when they have moved. The page is shown all the same when it
/// cannot be kept: it is a convenience.
async fn remember(ask: &Ask, person: PersonId, lesson: LessonId, at: usize, marked: Option<i32>) {
    let Ok(step) = i32::try_from(at) else { return };
    if marked == Some(step) {
        return;
    }
    let now = ask.app.clock.now();
    let kept = ask.app.db.note(move |tx| bookmark::set(tx, person, lesson, step, now)).await;
    if let Err(error) = kept {
        tracing::warn!(%error, "a bookmark could not be kept");
    }
}

fn page(
    ask: &Ask,
    chrome: &Chrome,
    shown: &View,
    again: bool,
    typed: &[(String, String)],
    error: Option<&Error>,
) -> thao_base::Result<Markup> {
    let lang = chrome.lang;
    let Place { course, lesson, content, .. } = &shown.place;
    let steps = content.steps(lang);
    let step = steps.get(shown.at - 1).ok_or_else(Error::not_found)?;
    let (at, of) = (signed(shown.at), signed(steps.len()));
    let latest = step.question().and_then(|q| shown.history.latest(q.id, q.version));
    // What was answered rightly and counts stays answered.
    let open = |a: &&Answer| {
        attempt::may_answer(&shown.history, a.detail.item, a.detail.version, ask.today())
    };
    let latest = latest.filter(|answer| !again || !open(answer));
    let asks = Asks { ask, chrome, shown, typed, error, latest };
    let title = format!("{} · {}", step.heading, lesson.title(lang));
    let mut errors = FieldErrors::new();
    if let Some(error) = error {
        errors.add("answer", error.words(lang));
    }
    let body = html! {
        (step_head(lang, lesson.title(lang), &step.heading, at, of))
        @for block in &step.blocks { (asks.block(block)) }
        (asks.skip(step, steps.len()))
        (overview(lang, shown, steps))
        (asks.bar(step, steps.len()))
    };
    Ok(Page::new(chrome, title)
        .narrow()
        .own_heading()
        .focused(course_url(course), lang.t("assess.lesson.leave"))
        .errors(&errors)
        .body(body))
}

fn signed(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// What the parts of a step are drawn from.
struct Asks<'a> {
    ask: &'a Ask,
    chrome: &'a Chrome,
    shown: &'a View,
    typed: &'a [(String, String)],
    error: Option<&'a Error>,
    latest: Option<&'a Answer>,
}

impl Asks<'_> {
    fn block(&self, block: &Block) -> Markup {
        let lang = self.chrome.lang;
        let content = &self.shown.place.content;
        match block {
            // Made by our own parser, which refuses HTML.
            Block::Text(text) => html! { div.prose { (PreEscaped(text)) } },
            Block::Picture(picture) => match content.shown(&picture.name) {
                Some(file) => Picture::new(&*file.url, picture.alt.as_str(), file.size).render(),
                None => html! { p { (picture.alt) } },
            },
            Block::Video(film) => match content.shown(&film.name) {
                Some(file) => video(lang, content, film, file),
                None => html! { p { (film.transcript) } },
            },
            Block::Question(question) => self.question(question),
        }
    }

    fn question(&self, question: &Question) -> Markup {
        let lang = self.chrome.lang;
        let order = order(self.shown.person, question);
        if let Some(answer) = self.latest {
            let again = step_url(&self.shown.place.course, &self.shown.place.lesson, self.shown.at);
            let response = answer.detail.response.as_ref();
            return html! {
                (render(lang, question, &order, Look::Answered(response)))
                (feedback(lang, question, answer, &format!("{again}&again=1")))
                (self.counts(question, answer, &format!("{again}&again=1")))
            };
        }
        let error = self.error.map(|error| error.words(lang));
        let look = Look::Open { typed: self.typed, error };
        let Place { course, lesson, .. } = &self.shown.place;
        let action = format!("{}/answers", lesson_url(course, lesson));
        let fields = html! {
            (hidden("step", &self.shown.at.to_string()))
            (hidden("item", &question.id.to_string()))
            (hidden("version", &question.version.to_string()))
            (render(lang, question, &order, look))
        };
        Form::post(self.chrome, action).id("answer").once(self.ask.form_id()).body(fields).render()
    }

    /// Says when an answer does not count towards passing, and when the next one will.
    fn counts(&self, question: &Question, answer: &Answer, again: &str) -> Markup {
        let lang = self.chrome.lang;
        let View { history, place, .. } = self.shown;
        let counts = history.counting(question.id, question.version).is_some_and(|a| a.success);
        let passed = history.test(ids::cast(place.course.id)).is_some_and(|test| test.success);
        if counts || passed {
            return html! {};
        }
        if local_date(answer.at) == self.ask.today() {
            return Notice::info(lang.t("assess.lesson.tomorrow")).render();
        }
        let link = LinkButton::quiet(again, lang.t("assess.lesson.count_again"));
        // A wrong answer offers the way itself.
        let link = html! { @if answer.success { (link) } };
        Notice::info(lang.t("assess.lesson.today")).more(link).render()
    }

    /// Leaves a question for later.
    fn skip(&self, step: &Step, steps: usize) -> Markup {
        let lang = self.chrome.lang;
        html! {
            @if self.is_open(step) {
                p.skip-question { a href=(self.on(steps)) { (lang.t("assess.lesson.skip")) } }
            }
        }
    }

    /// The way back and the one way on.
    fn bar(&self, step: &Step, steps: usize) -> Markup {
        let lang = self.chrome.lang;
        let Place { course, lesson, content, .. } = &self.shown.place;
        let at = self.shown.at;
        let back = (1 < at).then(|| step_url(course, lesson, at - 1));
        let asks_nothing = content.questions(lang).next().is_none();
        let next = if self.is_open(step) {
            Button::primary(lang.t("assess.lesson.answer")).form("answer").render()
        } else if at < steps {
            LinkButton::primary(self.on(steps), lang.t("assess.lesson.on")).render()
        } else if asks_nothing {
            let action = format!("{}/completion", lesson_url(course, lesson));
            let button = Button::primary(lang.t("assess.lesson.finish")).icon(Icon::Check);
            Form::post(self.chrome, action).inline().body(button).render()
        } else {
            let words = lang.t("assess.lesson.finish");
            LinkButton::primary(self.on(steps), words).icon(Icon::Check).render()
        };
        step_bar(lang, back.as_deref(), next)
    }

    /// A question that waits for its answer.
    fn is_open(&self, step: &Step) -> bool {
        step.question().is_some() && self.latest.is_none()
    }

    /// The next step, or the end of the lesson.
    fn on(&self, steps: usize) -> String {
        let Place { course, lesson, .. } = &self.shown.place;
        if self.shown.at < steps {
            step_url(course, lesson, self.shown.at + 1)
        } else {
            format!("{}/result", lesson_url(course, lesson))
        }
    }
}

fn video(
    lang: Lang,
    content: &Content,
    film: &thao_catalog::lesson::parse::Video,
    file: &Shown,
) -> Markup {
    let kilobytes = lang.number((file.length + 512) / 1024);
    let weight = lang.f("assess.lesson.film", &[("size", &kilobytes)]);
    let mut video = Video::new(lang, &*file.url, &*file.mime)
        .weight(weight)
        .transcript(html! { p { (film.transcript) } });
    if let Some(poster) = film.poster.as_deref().and_then(|name| content.shown(name)) {
        video = video.poster(&*poster.url);
    }
    for (spoken, name) in &film.captions {
        if let Some(captions) = content.shown(name) {
            video = video.captions(*spoken, &*captions.url);
        }
    }
    video.render()
}

/// All steps, for whoever wants to go back to one.
fn overview(lang: Lang, shown: &View, steps: &[Step]) -> Markup {
    let Place { course, lesson, .. } = &shown.place;
    let list = html! {
        ol.step-list {
            @for (i, step) in steps.iter().enumerate() {
                @let here = i + 1 == shown.at;
                li {
                    a href=(step_url(course, lesson, i + 1)) aria-current=[here.then_some("step")] {
                        (step.heading)
                    }
                    @if let Some(question) = step.question() {
                        " · " (answered(lang, shown, question))
                    }
                }
            }
        }
    };
    details(lang.t("assess.lesson.steps"), list)
}

fn answered(lang: Lang, shown: &View, question: &Question) -> &'static str {
    lang.t(match shown.history.latest(question.id, question.version) {
        Some(answer) if answer.success => "assess.lesson.step_right",
        Some(_) => "assess.lesson.step_wrong",
        None => "assess.lesson.step_open",
    })
}
