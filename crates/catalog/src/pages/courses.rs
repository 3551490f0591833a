//! `/catalog/courses`: the courses there are; `/catalog/courses/{slug}`: what is in one of them.

use axum::extract::Path;
use axum::response::IntoResponse;
use maud::{Markup, Render, html};
use thao_base::Lang;
use thao_web::components::{
    Badge, Card, Column, Empty, Facts, LinkButton, Notice, Table, below, cards,
};
use thao_web::{Action, Ask, Page, Reply};

use super::{assignments_url, course_url, tabs};
use crate::assignment;
use crate::course::{self, Course};
use crate::lesson::{self, Lesson};
use crate::library::{About, Cited};

struct Entry {
    course: Course,
    lessons: usize,
    assigned: i64,
}

pub(super) async fn list(ask: Ask) -> Reply {
    let today = ask.today();
    let seen = ask
        .read(move |tx, actor| {
            let counts = assignment::counts(tx, &actor.scope(Action::SeeCourses, today))?;
            let lessons = lesson::list_all(tx)?;
            let entries = course::list(tx)?.into_iter().map(|course| {
                let of = |id| counts.iter().find(|(course, _)| *course == id);
                Entry {
                    assigned: of(course.id).map_or(0, |(_, count)| *count),
                    lessons: lessons.iter().filter(|lesson| lesson.course == course.id).count(),
                    course,
                }
            });
            Ok(entries.collect::<Vec<Entry>>())
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let body = html! {
        @if seen.it.is_empty() {
            (Empty::new(lang.t("catalog.list.none"), lang.t("catalog.list.none_words")))
        } @else {
            (cards(html! { @for entry in &seen.it { (card(lang, entry)) } }))
        }
    };
    let page = Page::new(&chrome, lang.t("catalog.list.title"));
    Ok(page.lead(lang.t("catalog.list.lead")).body(body).into_response())
}

fn card(lang: Lang, entry: &Entry) -> Markup {
    let course = &entry.course;
    let above =
        lang.f("catalog.list.size", &[("lessons", &entry.lessons), ("minutes", &course.minutes)]);
    let mark = match entry.assigned {
        0 => Badge::plain(lang.t("catalog.list.unassigned")),
        n => Badge::good(lang.f("catalog.list.assigned", &[("n", &lang.number(n))])),
    };
    Card::new(course.title(lang))
        .href(course_url(course))
        .above(above)
        .body(html! { p { (course.summary(lang)) } p { (mark) } })
        .render()
}

struct Whole {
    course: Course,
    about: About,
    sources: Vec<Cited>,
    lessons: Vec<Row>,
    assigned: i64,
    may_assign: bool,
}

struct Row {
    lesson: Lesson,
    steps: usize,
}

pub(super) async fn show(ask: Ask, Path(slug): Path<String>) -> Reply {
    let today = ask.today();
    let seen = ask
        .read(move |tx, actor| {
            let course = course::get_by_slug(tx, &slug)?;
            let (about, sources) = course::about(tx, course.id)?;
            let mut lessons = Vec::new();
            for lesson in lesson::list_of_course(tx, course.id)? {
                let steps = lesson::open(tx, &lesson)?.steps(Lang::Vi).len();
                lessons.push(Row { steps, lesson });
            }
            let scope = actor.scope(Action::SeeCourses, today);
            let assigned = assignment::counts(tx, &scope)?;
            let assigned = assigned.iter().find(|(id, _)| *id == course.id);
            Ok(Whole {
                assigned: assigned.map_or(0, |(_, n)| *n),
                may_assign: actor.may_somewhere(Action::AssignCourses, today),
                course,
                about,
                sources,
                lessons,
            })
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let (lang, whole) = (chrome.lang, &seen.it);
    let course = &whole.course;
    let learn = format!("/learn/{}", course.slug);
    let actions = html! {
        @if whole.may_assign {
            (LinkButton::primary(
                assignments_url(course) + "#assign",
                lang.t("catalog.assignment.add"),
            ))
        }
        (LinkButton::quiet(learn, lang.t("catalog.course.as_learner")))
    };
    let body = html! {
        (tabs(lang, course, &course_url(course), whole.assigned))
        @if course.withdrawn_at.is_some() {
            (Notice::warn(lang.t("catalog.course.withdrawn")))
        }
        div.columns {
            div.flow {
                (lessons(lang, &whole.lessons))
                (sources(lang, &whole.sources))
            }
            div.flow {
                (label(lang, &whole.about))
                (facts(lang, whole))
            }
        }
    };
    Ok(Page::new(&chrome, course.title(lang))
        .crumb("/catalog/courses", lang.t("catalog.list.title"))
        .lead(course.summary(lang))
        .actions(actions)
        .body(body)
        .into_response())
}

fn label(lang: Lang, about: &About) -> Markup {
    let date = lang.f("catalog.course.reviewed", &[("date", &lang.date(about.review.date))]);
    let words = about.review.words(lang);
    let title =
        if about.review.ai_assisted { "catalog.course.ai" } else { "catalog.course.review" };
    let notice = Notice::info(words).title(lang.t(title)).more(html! { p.quiet { (date) } });
    notice.render()
}

fn facts(lang: Lang, whole: &Whole) -> Markup {
    let (course, about) = (&whole.course, &whole.about);
    let hours = lang.f(
        "catalog.course.hours",
        &[("tiet", &lang.number(about.tiet.into())), ("minutes", &course.minutes)],
    );
    let pass = lang.f("catalog.course.pass_words", &[("percent", &course.pass_percent)]);
    let questions: i32 = whole.lessons.iter().map(|row| row.lesson.questions).sum();
    Facts::new()
        .fact(lang.t("catalog.course.audience"), about.audience.of(lang))
        .fact(lang.t("catalog.course.length"), hours)
        .fact(lang.t("catalog.course.pass"), pass)
        .fact(lang.t("catalog.course.questions"), questions)
        .fact(lang.t("catalog.course.languages"), lang.t("catalog.course.both_languages"))
        .fact(lang.t("catalog.course.version"), course.version)
        .render()
}

fn lessons(lang: Lang, rows: &[Row]) -> Markup {
    Table::new(lang, lang.t("catalog.course.lessons"))
        .column(Column::text(lang.t("catalog.course.lesson")))
        .column(Column::number(lang.t("catalog.course.steps")))
        .column(Column::number(lang.t("catalog.course.questions")))
        .column(Column::number(lang.t("catalog.course.minutes")))
        .rows(rows.iter().map(|row| {
            [
                html! { (row.lesson.no) ". " (row.lesson.title(lang)) },
                html! { (row.steps) },
                html! { (row.lesson.questions) },
                html! { (row.lesson.minutes) },
            ]
        }))
        .render()
}

fn sources(lang: Lang, sources: &[Cited]) -> Markup {
    html! {
        section.flow {
            h2 { (lang.t("catalog.course.sources")) }
            ol.sources {
                @for source in sources {
                    li {
                        @match &source.url {
                            Some(url) => a href=(url) rel="noopener noreferrer" { (source.title) },
                            None => (source.title),
                        }
                        @if let Some(legal) = &source.legal { " (" (legal) ")" }
                        (below(&lang.f(
                            "catalog.course.accessed",
                            &[("date", &lang.date(source.accessed))],
                        )))
                    }
                }
            }
        }
    }
}
