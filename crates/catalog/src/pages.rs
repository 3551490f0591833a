//! The pages of courses for those who manage them, and the media every lesson shows.

mod assignments;
mod courses;
mod media;
mod results;

use maud::{Markup, Render};
use thao_base::Lang;
use thao_web::components::{Icon, Tabs};
use thao_web::{Action, Nav, Need, Pages};

use crate::course::Course;

pub fn pages() -> Pages {
    let meant = assignments::Meant::default();
    let shown = meant.clone();
    Pages::new()
        .get("/catalog/courses", Need::Can(Action::SeeCourses), courses::list)
        .get("/catalog/courses/{slug}", Need::Can(Action::SeeCourses), courses::show)
        .get(
            "/catalog/courses/{slug}/assignments",
            Need::Can(Action::SeeCourses),
            move |ask, path, query| assignments::list(shown.clone(), ask, path, query),
        )
        .post(
            "/catalog/courses/{slug}/assignments",
            Need::Can(Action::AssignCourses),
            move |ask, path, sent| assignments::add(meant.clone(), ask, path, sent),
        )
        .post(
            "/catalog/assignments/{id}/withdrawal",
            Need::Can(Action::AssignCourses),
            assignments::withdraw,
        )
        // Starter media hold no personal data and stand in the program's own source: whoever has
        // the address may load them, so that a browser and any cache on the way may keep them.
        .get("/catalog/media/{course}/{name}", Need::Public, media::serve)
        .nav(Nav {
            href: "/catalog/courses",
            key: "catalog.nav.courses",
            icon: Icon::Journal,
            action: Action::SeeCourses,
        })
        .and(results::pages())
}

/// The address of a course for managers.
fn course_url(course: &Course) -> String {
    format!("/catalog/courses/{}", course.slug)
}

fn assignments_url(course: &Course) -> String {
    format!("/catalog/courses/{}/assignments", course.slug)
}

/// The two parts of a course; `assigned`: how many assignments hold.
fn tabs(lang: Lang, course: &Course, current: &str, assigned: i64) -> Markup {
    Tabs::new(lang.t("catalog.course.parts"))
        .tab(course_url(course), lang.t("catalog.course.overview"))
        .counted(assignments_url(course), lang.t("catalog.assignment.title"), lang.number(assigned))
        .current(current.to_owned())
        .render()
}
