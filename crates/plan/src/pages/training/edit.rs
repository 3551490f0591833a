//! `/plan/training/new` and `/plan/training/{id}/edit`: writes a row of the year's plan down;
//! `POST …/withdrawal` takes it off.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::{CoursePlanId, Error, Lang, Result, Stamp, Tx};
use thao_catalog::course;
use thao_people::unit;
use thao_web::components::{Button, Confirm, FieldErrors, Form};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check, saying};

use super::form::{self, Choices, FIELDS};
use super::kept;
use super::list::Asked;
use crate::course_plan::{self, CoursePlan, NewCoursePlan};
use crate::pages::at::At;
use crate::pages::typed::{Fields, errors, first};

pub(crate) async fn new(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| form::choices(tx, actor, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = form::fresh(&seen.it, asked.year(today));
    Ok(page(&ask, &chrome, &seen.it, None, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn add(ask: Ask, sent: Sent) -> Reply {
    let typed = Fields::of(&sent, &FIELDS);
    let form = typed.clone();
    let inner = ask.clone();
    let done = ask
        .submit("plan.act.add_course_plan", &sent, move |tx, actor, stamp, _| {
            let new = meant(tx, actor, stamp, &form, inner.lang(actor))?;
            course_plan::add(tx, stamp, &new)?;
            let back = format!("/plan/training?year={}", new.year);
            Ok(saying(&back, "plan.notice.course_plan_added"))
        })
        .await;
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let today = ask.today();
    let seen = ask.read(move |tx, actor| form::choices(tx, actor, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let errors = errors(chrome.lang, form::read(&typed), &wrong);
    let page = page(&ask, &chrome, &seen.it, None, &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(crate) async fn show(ask: Ask, At(id): At<CoursePlanId>) -> Reply {
    let today = ask.today();
    let seen = ask
        .read(move |tx, actor| Ok((kept(tx, actor, id, today)?, form::choices(tx, actor, today)?)))
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let (row, choices) = seen.it;
    let typed = form::typed(chrome.lang, &row);
    Ok(page(&ask, &chrome, &choices, Some(&row), &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn change(ask: Ask, At(id): At<CoursePlanId>, sent: Sent) -> Reply {
    let typed = Fields::of(&sent, &FIELDS);
    let form = typed.clone();
    let inner = ask.clone();
    let done = ask
        .submit("plan.act.edit_course_plan", &sent, move |tx, actor, stamp, _| {
            kept(tx, actor, id, stamp.today())?;
            let new = meant(tx, actor, stamp, &form, inner.lang(actor))?;
            course_plan::edit(tx, stamp, id, &new)?;
            Ok(saying(&format!("/plan/training/{id}"), "plan.notice.course_plan_edited"))
        })
        .await;
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let today = ask.today();
    let seen = ask
        .read(move |tx, actor| Ok((kept(tx, actor, id, today)?, form::choices(tx, actor, today)?)))
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let errors = errors(chrome.lang, form::read(&typed), &wrong);
    let (row, choices) = seen.it;
    let page = page(&ask, &chrome, &choices, Some(&row), &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(crate) async fn withdraw(ask: Ask, At(id): At<CoursePlanId>, sent: Sent) -> Reply {
    let done = ask.submit("plan.act.withdraw_course_plan", &sent, move |tx, actor, stamp, _| {
        let row = kept(tx, actor, id, stamp.today())?;
        course_plan::withdraw(tx, stamp, id)?;
        let back = format!("/plan/training?year={}", row.year);
        Ok(saying(&back, "plan.notice.course_plan_withdrawn"))
    });
    Ok(done.await?)
}

/// The row that was meant, of units the actor may plan for.
fn meant(
    tx: &mut Tx<'_>,
    actor: &Actor,
    stamp: &Stamp,
    form: &Fields,
    lang: Lang,
) -> Result<NewCoursePlan> {
    let mut new = form::read(form).map_err(|wrong| first(&wrong))?;
    for unit in [new.unit, new.area] {
        let at = Resource::At(unit::place(tx, unit)?.pos);
        check(actor, Action::SetTargets, Action::SeeBoards, at, stamp.today())?;
    }
    if let Some(id) = new.course {
        let course =
            course::get(tx, id).map_err(|_| Error::invalid("plan.error.course").field("course"))?;
        if new.title.is_empty() {
            new.title = course.title(lang).to_owned();
        }
    }
    Ok(new)
}

fn page(
    ask: &Ask,
    chrome: &Chrome,
    choices: &Choices,
    row: Option<&CoursePlan>,
    typed: &Fields,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let year = typed.text("year").to_owned();
    let list = format!("/plan/training?year={year}");
    let (title, action) = match row {
        None => ("plan.training.new", "/plan/training".to_owned()),
        Some(row) => ("plan.training.edit", format!("/plan/training/{}/edit", row.id)),
    };
    let mut page = Page::new(chrome, lang.t(title))
        .crumb(list, lang.f("plan.training.title", &[("year", &year)]));
    if let Some(row) = row {
        page = page.crumb(format!("/plan/training/{}", row.id), row.title.clone());
    }
    page.errors(errors).narrow().body(html! {
        (form::form(ask, chrome, &action, choices, typed, errors))
        @if let Some(row) = row { (withdrawal(chrome, row)) }
    })
}

fn withdrawal(chrome: &Chrome, row: &CoursePlan) -> Markup {
    let lang = chrome.lang;
    let form = Form::post(chrome, format!("/plan/training/{}/withdrawal", row.id))
        .body(Button::danger(lang.t("plan.training.withdraw_now")));
    let words = lang.t("plan.training.withdraw_words");
    html! { (Confirm::new(lang.t("plan.training.withdraw"), words, form)) }
}
