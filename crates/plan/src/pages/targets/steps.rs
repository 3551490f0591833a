//! The next best steps of a target, each with the form that does it, filled in.

use jiff::Span;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, Result, Tx};
use thao_catalog::course::Course;
use thao_people::unit::Place;
use thao_web::components::{Card, LinkButton, cards};
use thao_web::{Action, Actor, Resource, may};

use crate::board::Board;
use crate::measure::Measure;
use crate::next::{self, Step};
use crate::pages::words;
use crate::target::Target;

/// Units named in a step.
const NAMED: usize = 3;
/// Weeks somebody has for a course that is assigned.
const WEEKS_FOR_A_COURSE: i64 = 8;

/// What steps are about.
pub(in crate::pages) struct About<'a> {
    pub(in crate::pages) target: &'a Target,
    pub(in crate::pages) measure: &'a Measure,
    pub(in crate::pages) courses: &'a [Course],
    pub(in crate::pages) board: &'a Board,
    pub(in crate::pages) today: Date,
    /// Seats of a class.
    pub(in crate::pages) size: u32,
}

/// The steps the actor may take.
pub(in crate::pages) fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    about: &About<'_>,
) -> Result<Vec<Step>> {
    let today = about.today;
    let asked = next::Asked {
        target: about.target,
        measure: about.measure,
        board: about.board,
        courses: about.courses,
        on: today,
        size: about.size.into(),
    };
    // Nobody who may do nothing about it waits for the counting.
    let doing = [Action::RunClasses, Action::AssignCourses, Action::ImportFigures];
    if !doing.iter().any(|action| actor.may_somewhere(*action, today)) {
        return Ok(Vec::new());
    }
    let may_at = |action, place: &Place| may(actor, action, Resource::At(place.pos), today);
    let mut steps = next::steps(tx, &asked)?;
    steps.retain(|step| match step {
        Step::Figures { units } => units.iter().all(|place| may_at(Action::ImportFigures, place)),
        Step::Assign { place, .. } => may_at(Action::AssignCourses, place),
        Step::Test { place, .. } => may_at(Action::RunClasses, place),
        Step::Classes { area, .. } => may_at(Action::RunClasses, area),
    });
    Ok(steps)
}

/// All of them under a heading.
pub(super) fn steps(lang: Lang, about: &About<'_>, steps: &[Step]) -> Markup {
    html! {
        @if !steps.is_empty() {
            section.flow.no-print #steps {
                h2 { (lang.t("plan.steps.title")) }
                (cards(html! { @for step in steps { (card(lang, about, step, None)) } }))
            }
        }
    }
}

/// One step; `above`: which target it is about, where that is not clear.
pub(in crate::pages) fn card(
    lang: Lang,
    about: &About<'_>,
    step: &Step,
    above: Option<&str>,
) -> Markup {
    let mut card = Card::new(title(lang, about, step)).actions(links(lang, about, step));
    if let Some(above) = above {
        card = card.above(above.to_owned());
    }
    html! { (card) }
}

fn title(lang: Lang, about: &About<'_>, step: &Step) -> String {
    let people = lang.number(step.people());
    let audience = about.measure.rule.audience.as_ref().map_or("", |all| all.name(lang));
    match step {
        Step::Figures { units } => {
            let key = if units.len() == 1 { "plan.steps.figure" } else { "plan.steps.figures" };
            let names = names(lang, units.iter().map(|place| place.name.as_str()));
            lang.f(key, &[("n", &lang.number(units.len() as i64)), ("units", &names)])
        }
        Step::Test { place, rung, .. } => lang.f(
            "plan.steps.test",
            &[("n", &people), ("unit", &place.name), ("rung", &words::rung(lang, *rung))],
        ),
        Step::Assign { course, place, .. } => lang.f(
            "plan.steps.assign",
            &[
                ("n", &people),
                ("unit", &place.name),
                ("course", &course_title(lang, about, *course)),
                ("audience", &audience),
            ],
        ),
        Step::Classes { area, at, .. } => {
            let mut places: Vec<&str> = at.iter().map(|(place, _)| place.name.as_str()).collect();
            places.dedup();
            let own = matches!(at.as_slice(), [(only, _), ..] if only.unit == area.unit);
            let places = match own {
                true => area.name.clone(),
                false => format!("{} ({})", names(lang, places.into_iter()), area.name),
            };
            let key = if at.len() == 1 { "plan.steps.class" } else { "plan.steps.classes" };
            let classes = lang.number(at.len() as i64);
            lang.f(
                key,
                &[
                    ("classes", &classes),
                    ("places", &places),
                    ("n", &people),
                    ("audience", &audience),
                ],
            )
        }
    }
}

/// Some names, and how many more.
fn names<'a>(lang: Lang, names: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<&str> = names.collect();
    let named: Vec<&str> = all.iter().take(NAMED).copied().collect();
    let named = named.join(", ");
    match all.len().saturating_sub(NAMED) {
        0 => named,
        more => lang.f("plan.steps.and_more", &[("names", &named), ("n", &more)]),
    }
}

fn course_title(lang: Lang, about: &About<'_>, id: thao_base::CourseId) -> String {
    let found = about.courses.iter().find(|course| course.id == id);
    found.map(|course| course.title(lang).to_owned()).unwrap_or_default()
}

/// A link for each thing to do: the form with everything in it that is known.
fn links(lang: Lang, about: &About<'_>, step: &Step) -> Markup {
    match step {
        Step::Figures { units } => html! {
            @for place in units.iter().take(NAMED) {
                @let href = format!("/plan/figures/new?measure={}&unit={}", about.measure.id, place.unit);
                (LinkButton::quiet(href, lang.f("plan.steps.figure_do", &[("unit", &place.name)])))
            }
            @if NAMED < units.len() {
                @let href = format!("/plan/figures?measure={}", about.measure.id);
                (LinkButton::quiet(href, lang.t("plan.steps.figures_all")))
            }
        },
        Step::Test { course, place, .. } => {
            let course_name = course_title(lang, about, *course);
            let name = lang.f("plan.steps.test_title", &[("course", &course_name)]);
            let title = words::escaped(&name);
            let href = format!("{}&title={title}", class_form(about, *course, place));
            let words = lang.f("plan.steps.test_do", &[("unit", &place.name)]);
            html! { (LinkButton::quiet(href, words)) }
        }
        Step::Assign { course, place, .. } => {
            let Some(found) = about.courses.iter().find(|found| found.id == *course) else {
                return html! {};
            };
            let Some(audience) = &about.measure.rule.audience else { return html! {} };
            let due = about.today.saturating_add(Span::new().weeks(WEEKS_FOR_A_COURSE));
            let href = format!(
                "/catalog/courses/{}/assignments?audience={}&unit={}&due={}#assign",
                found.slug,
                audience.id,
                place.unit,
                words::escaped(&lang.date(due.min(about.target.due.max(about.today)))),
            );
            html! { (LinkButton::quiet(href, lang.t("plan.steps.assign_do"))) }
        }
        Step::Classes { course, at, .. } => html! {
            @for (place, people) in at {
                @let n = lang.number(*people);
                @let words = lang.f("plan.steps.class_do", &[("unit", &place.name), ("n", &n)]);
                (LinkButton::quiet(class_form(about, *course, place), words))
            }
        },
    }
}

/// The form of a class in a place, with course and seats.
fn class_form(about: &About<'_>, course: thao_base::CourseId, place: &Place) -> String {
    let area = place.commune.unwrap_or(place.unit);
    format!("/classes/new?area={area}&unit={}&course={course}&capacity={}", place.unit, about.size)
}
