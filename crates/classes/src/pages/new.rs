//! `/classes/new`: opens a class; `POST /classes` does it.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{CourseId, Error, Lang, Result, Tx, UnitId};
use thao_catalog::course::Course;
use thao_people::{Place, UnitKind, unit};
use thao_web::components::{Button, Choice, Empty, FieldErrors, Form, Icon, hidden};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check, saying};

use super::form::{self, Fault, Typed};
use crate::class::{self, Details};

/// More units than this are chosen in two steps: the commune, then the village.
const IN_ONE_LIST: i64 = 60;
/// Villages of one commune; the largest have some eighty.
const OF_ONE_AREA: i64 = 400;

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    /// The commune whose villages are offered.
    area: Option<String>,
    /// What stands in the form already: a link from a board knows it.
    unit: Option<String>,
    course: Option<String>,
    title: Option<String>,
    capacity: Option<String>,
}

impl Asked {
    /// A fresh form with what was asked for, as far as it can be chosen.
    fn fill(&self, mut typed: Typed, choices: &Choices) -> Typed {
        let known = |wanted: &Option<String>, all: &[String]| {
            wanted.clone().filter(|wanted| all.contains(wanted))
        };
        let units: Vec<String> = choices.units.iter().map(|place| place.unit.to_string()).collect();
        let courses: Vec<String> = choices.courses.iter().map(|c| c.id.to_string()).collect();
        typed.unit = known(&self.unit, &units).unwrap_or(typed.unit);
        typed.course = known(&self.course, &courses).unwrap_or(typed.course);
        typed.title = self.title.clone().unwrap_or_default();
        typed.capacity = self.capacity.clone().unwrap_or_default();
        typed
    }
}

/// What can be chosen.
struct Choices {
    courses: Vec<Course>,
    /// Empty when all units fit into one list.
    areas: Vec<Place>,
    area: Option<UnitId>,
    units: Vec<Place>,
}

pub(super) async fn show(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let area = asked.area.as_deref().and_then(|area| area.parse().ok());
    let inner = ask.clone();
    let seen = ask.read(move |tx, actor| choices(tx, actor, &inner, area)).await?;
    let chrome = ask.chrome(&seen.actor);
    let own = seen.it.units.first().map(|unit| unit.unit);
    let typed = asked.fill(Typed::fresh(chrome.lang, ask.today(), own), &seen.it);
    let page = page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new());
    Ok(page.into_response())
}

pub(super) async fn open(ask: Ask, sent: Sent) -> Reply {
    let typed = Typed::of(&sent);
    let today = ask.today();
    let mut faults: Vec<Fault> = Vec::new();
    let course = typed.course.parse::<CourseId>().ok();
    if course.is_none() {
        faults.push(("course", "classes.error.course"));
    }
    let unit = typed.unit.parse::<UnitId>().ok();
    if unit.is_none() {
        faults.push(("unit", "classes.error.unit"));
    }
    let (Some(course), Some(unit)) = (course, unit) else {
        return again(&ask, &sent, typed, faults).await;
    };
    let details = typed.details(course, unit, &mut faults);
    let evenings = typed.evenings(today, &mut faults);
    if !faults.is_empty() {
        return again(&ask, &sent, typed, faults).await;
    }
    let inner = ask.clone();
    let done = ask
        .submit("classes.act.open_class", &sent, move |tx, actor, stamp, _| {
            let place = unit::place(tx, unit)?;
            let at = Resource::At(place.pos);
            check(actor, Action::RunClasses, Action::SeeClasses, at, today)?;
            let lang = inner.lang(actor);
            let courses = class::list_courses(tx, lang)?;
            let course = courses
                .iter()
                .find(|choice| choice.id == course)
                .ok_or_else(|| Error::invalid("classes.error.course").field("course"))?;
            let details = titled(lang, &details, course, &place);
            let id = class::open(tx, stamp, actor.person()?, &details, &evenings)?;
            Ok(saying(&format!("/classes/{id}"), "classes.notice.opened"))
        })
        .await;
    match done {
        Err(error) if error.field_name() == Some("course") => {
            again(&ask, &sent, typed, vec![("course", "classes.error.course")]).await
        }
        done => Ok(done?),
    }
}

/// A class without a title is called after its course and its unit.
fn titled(lang: Lang, details: &Details, course: &Course, place: &Place) -> Details {
    let mut out = details.clone();
    if out.title.is_empty() {
        let names: [(&str, &dyn std::fmt::Display); 2] =
            [("course", &course.title(lang)), ("unit", &place.name)];
        out.title = lang.f("classes.title_suggested", &names);
    }
    out
}

/// The form once more, with what was typed and what is wrong with it.
async fn again(ask: &Ask, sent: &Sent, typed: Typed, faults: Vec<Fault>) -> Reply {
    let inner = ask.clone();
    let area = sent.parse("area");
    let seen = ask.read(move |tx, actor| choices(tx, actor, &inner, area)).await?;
    let chrome = ask.chrome(&seen.actor);
    let errors = form::errors(chrome.lang, &faults);
    let page = page(ask, &chrome, &seen.it, &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn choices(tx: &mut Tx<'_>, actor: &Actor, ask: &Ask, area: Option<UnitId>) -> Result<Choices> {
    let today = ask.today();
    let scope = actor.scope(Action::RunClasses, today);
    let courses = class::list_courses(tx, ask.lang(actor))?;
    let units = class::list_units(tx, &scope, IN_ONE_LIST + 1)?;
    if i64::try_from(units.len()).is_ok_and(|n| n <= IN_ONE_LIST) {
        return Ok(Choices { courses, areas: Vec::new(), area: None, units });
    }
    let areas = class::list_areas(tx, &scope)?;
    let chosen = areas.iter().find(|place| Some(place.unit) == area).cloned();
    let units = match &chosen {
        Some(place) => {
            let below = class::list_units(tx, &scope.within(place.span()), OF_ONE_AREA)?;
            let mine =
                |unit: &Place| unit.unit == place.unit || unit.kind() == Some(UnitKind::Village);
            // Villages of a whole province belong to its communes.
            match place.kind() {
                Some(UnitKind::Province) => vec![place.clone()],
                _ => below.into_iter().filter(mine).collect(),
            }
        }
        None => Vec::new(),
    };
    Ok(Choices { courses, areas, area: chosen.map(|place| place.unit), units })
}

fn page(
    ask: &Ask,
    chrome: &Chrome,
    choices: &Choices,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let page = Page::new(chrome, lang.t("classes.new.title"))
        .crumb("/classes", lang.t("classes.nav"))
        .errors(errors)
        .narrow();
    if choices.courses.is_empty() {
        let empty =
            Empty::new(lang.t("classes.new.no_course"), lang.t("classes.new.no_course_more"));
        return page.body(html! { (empty) });
    }
    page.body(html! {
        @if !choices.areas.is_empty() { (area_form(lang, choices, typed)) }
        @if !choices.units.is_empty() {
            (Form::post(chrome, "/classes").once(ask.form_id()).body(html! {
                @if let Some(area) = choices.area { (hidden("area", &area.to_string())) }
                (form::course_and_unit(chrome, typed, &choices.courses, &choices.units, errors))
                (form::evenings(chrome, typed, errors))
                (form::details(chrome, typed, errors, true))
                (Button::primary(lang.t("classes.new.do")).icon(Icon::Check))
            }))
        }
    })
}

/// Which commune, before its villages can be offered.
fn area_form(lang: Lang, choices: &Choices, typed: &Typed) -> Markup {
    let chosen = choices.area.map(|area| area.to_string()).unwrap_or_default();
    let choice = Choice::select("area", lang.t("classes.field.area"))
        .option("", lang.t("classes.field.choose"))
        .options(choices.areas.iter().map(|area| (area.unit.to_string(), area.name.as_str())))
        .chosen(chosen);
    html! {
        auto-submit {
            (Form::get("/classes/new").body(html! {
                (choice)
                @for (name, value) in
                    [("course", &typed.course), ("title", &typed.title), ("capacity", &typed.capacity)]
                {
                    @if !value.is_empty() { (hidden(name, value)) }
                }
                (Button::quiet(lang.t("classes.new.area_do")).icon(Icon::ArrowRight))
            }))
        }
    }
}
