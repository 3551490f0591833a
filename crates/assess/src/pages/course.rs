//! `/learn/{course}`: the lessons of a course, how far one is, and how it ended.

use axum::extract::Path;
use axum::response::IntoResponse;
use maud::{Markup, Render, html};
use thao_base::{ActivityId, Lang, Result, Tx, ids};
use thao_catalog::assignment::{self, Duty};
use thao_catalog::course::{self, Course};
use thao_catalog::lesson::{self, Lesson};
use thao_catalog::library::{About, Cited};
use thao_record::Verb;
use thao_web::components::{Icon, LinkButton, Notice, Progress, details, toolbar};
use thao_web::{Actor, Ask, Page, Reply};

use super::{badges, due_badge, lesson_url, minutes, state_badge, step_url};
use crate::history::{self, History};
use crate::progress::{self, Answers, State};
use crate::{bookmark, learner};

struct Whole {
    course: Course,
    about: About,
    sources: Vec<Cited>,
    duty: Option<Duty>,
    state: State,
    next: Option<Lesson>,
    lessons: Vec<Row>,
    history: History,
}

/// A lesson and how far one is in it.
struct Row {
    lesson: Lesson,
    answers: Answers,
    completed: bool,
    /// The step one left off at, of how many.
    at: Option<(i32, usize)>,
    /// Steps with a question of which no right answer counts.
    open: Vec<(usize, String)>,
}

pub(super) async fn show(ask: Ask, Path(slug): Path<String>) -> Reply {
    let today = ask.today();
    let lang = ask.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, &slug, today, lang.lang(actor))).await?;
    let chrome = ask.chrome(&seen.actor);
    let (lang, whole) = (chrome.lang, &seen.it);
    let course = &whole.course;
    let done = whole.lessons.iter().filter(|row| row.completed).count();
    let count = |n: usize| i64::try_from(n).unwrap_or_default();
    let body = html! {
        (badges([
            due_badge(lang, whole.state, whole.duty.as_ref(), today),
            state_badge(lang, whole.state),
        ]))
        (result(lang, whole))
        (Progress::new(
            lang,
            lang.t("assess.learn.lessons_done"),
            count(done),
            count(whole.lessons.len()),
        ))
        @if let Some(next) = &whole.next {
            (toolbar(LinkButton::primary(
                lesson_url(course, next),
                lang.t(if whole.state == State::New {
                    "assess.learn.begin"
                } else {
                    "assess.learn.continue"
                }),
            ).context(next.title(lang))))
        }
        (lessons(lang, whole))
        (about(lang, whole))
    };
    Ok(Page::new(&chrome, course.title(lang))
        .narrow()
        .crumb("/learn", lang.t("assess.learn.title"))
        .lead(course.summary(lang))
        .body(body)
        .into_response())
}

fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    slug: &str,
    today: jiff::civil::Date,
    lang: Lang,
) -> Result<Whole> {
    let course = course::get_by_slug(tx, slug)?;
    let learner = learner::of(tx, actor)?;
    let lessons = lesson::list_of_course(tx, course.id)?;
    let mut activities: Vec<ActivityId> = lessons.iter().map(|l| ids::cast(l.id)).collect();
    activities.push(ids::cast(course.id));
    let history = history::of(tx, &learner.persons, &activities)?;
    let bookmarks = bookmark::list(tx, &learner.persons)?;
    let duties = assignment::duties(tx, &learner.persons, today)?;
    let entries =
        progress::entries(vec![course.clone()], &lessons, &duties, &history.outcomes, &bookmarks);
    let entry = progress::find_course(&entries, course.id);
    let (duty, state, next) = match entry {
        Some(entry) => (entry.duty, entry.state, entry.next.clone()),
        None => (None, State::New, None),
    };
    let mut rows = Vec::with_capacity(lessons.len());
    for lesson in lessons {
        let content = lesson::open(tx, &lesson)?;
        let steps = content.steps(lang);
        let open = steps.iter().enumerate().filter_map(|(i, step)| {
            let question = step.question()?;
            let counting = history.counting(question.id, question.version)?;
            (!counting.success).then(|| (i + 1, step.heading.clone()))
        });
        rows.push(Row {
            answers: Answers::of(&content, &history),
            completed: history.completed(ids::cast(lesson.id)),
            at: bookmarks.iter().find(|b| b.lesson == lesson.id).map(|b| (b.step, steps.len())),
            open: open.collect(),
            lesson,
        });
    }
    let (about, sources) = course::about(tx, course.id)?;
    Ok(Whole { course, about, sources, duty, state, next, lessons: rows, history })
}

fn lessons(lang: Lang, whole: &Whole) -> Markup {
    html! {
        section.flow {
            h2 { (lang.t("assess.course.lessons")) }
            ol.lessons {
                @for row in &whole.lessons {
                    li {
                        a href=(lesson_url(&whole.course, &row.lesson)) {
                            span.lesson-no aria-hidden="true" {
                                @if row.completed { (Icon::Check) } @else { (row.lesson.no) }
                            }
                            span.lesson-words {
                                span.lesson-title { (row.lesson.title(lang)) }
                                span.lesson-state { (row_words(lang, row)) }
                            }
                            (Icon::ArrowRight)
                        }
                    }
                }
            }
        }
    }
}

/// "Đã xong · đúng 3/4 câu", "Đang học · bước 3/7", "Chưa học · 9 phút".
fn row_words(lang: Lang, row: &Row) -> String {
    let right = || right_words(lang, row.answers);
    match (row.completed, row.at) {
        (true, _) if 0 < row.answers.questions => {
            lang.f("assess.course.lesson_done_of", &[("right", &right())])
        }
        (true, _) => lang.t("assess.course.lesson_done").to_owned(),
        (false, Some((step, steps))) => {
            lang.f("assess.course.lesson_begun", &[("at", &step), ("of", &steps)])
        }
        (false, None) => {
            let minutes = minutes(lang, row.lesson.minutes);
            lang.f("assess.course.lesson_new", &[("minutes", &minutes)])
        }
    }
}

/// "đúng 3/4 câu", of the answers that count towards passing.
pub(super) fn counted_words(lang: Lang, answers: Answers) -> String {
    lang.f("assess.right_of", &[("right", &answers.counted), ("all", &answers.questions)])
}

/// "đúng 3/4 câu", by the last answers.
pub(super) fn right_words(lang: Lang, answers: Answers) -> String {
    lang.f("assess.right_of", &[("right", &answers.right), ("all", &answers.questions)])
}

/// How the course ended, and what to do when it was not passed.
fn result(lang: Lang, whole: &Whole) -> Markup {
    let all = whole.lessons.iter().fold(Answers::default(), |sum, row| sum + row.answers);
    let words = counted_words(lang, all);
    match whole.state {
        State::New | State::Started => html! {},
        State::Completed => Notice::good(lang.t("assess.course.completed_elsewhere")).render(),
        State::Passed => {
            let passed =
                history::find(&whole.history.outcomes, Verb::Passed, ids::cast(whole.course.id));
            let date = passed.map(|outcome| thao_base::locale::local_date(outcome.at));
            let date = date.map_or_else(String::new, |date| lang.date(date));
            let words = lang.f("assess.course.passed", &[("date", &date), ("right", &words)]);
            Notice::good(words).title(lang.t("assess.state.passed")).render()
        }
        State::Unpassed => {
            let need = whole.course.pass_percent;
            let words = lang.f("assess.course.unpassed", &[("right", &words), ("need", &need)]);
            Notice::warn(words)
                .title(lang.t("assess.state.unpassed"))
                .more(html! {
                    ul {
                        @for row in &whole.lessons {
                            @for (step, heading) in &row.open {
                                li {
                                    a href=(step_url(&whole.course, &row.lesson, *step)) {
                                        (row.lesson.no) ". " (row.lesson.title(lang)) ": " (heading)
                                    }
                                }
                            }
                        }
                    }
                })
                .render()
        }
    }
}

/// Who made it and what it rests on, for those who want to know.
fn about(lang: Lang, whole: &Whole) -> Markup {
    let review = &whole.about.review;
    let label = if review.ai_assisted { "assess.course.ai" } else { "assess.course.review" };
    let sources = html! {
        p { (review.words(lang)) }
        ol {
            @for source in &whole.sources {
                li {
                    @match &source.url {
                        Some(url) => a href=(url) rel="noopener noreferrer" { (source.title) },
                        None => (source.title),
                    }
                    @if let Some(legal) = &source.legal { " (" (legal) ")" }
                }
            }
        }
    };
    html! {
        section.flow {
            h2 { (lang.t("assess.course.about")) }
            p { (lang.f("assess.course.length", &[
                ("tiet", &lang.number(whole.about.tiet.into())),
                ("minutes", &whole.course.minutes),
                ("percent", &whole.course.pass_percent),
            ])) }
            p { (lang.t("assess.course.counts")) }
            p { (lang.t(label)) }
            (details(lang.t("assess.course.sources"), sources))
        }
    }
}
