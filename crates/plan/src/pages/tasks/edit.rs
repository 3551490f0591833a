//! `/plan/plans/{id}/tasks/new` and `/plan/tasks/{id}/edit`: writes a task down;
//! `POST …/withdrawal` takes it off its plan.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Error, PlanId, Result, TaskId, Tx, UnitId};
use thao_people::unit::{self, Place};
use thao_web::components::{Button, Confirm, FieldErrors, Form};
use thao_web::{Actor, Ask, Chrome, Page, Reply, Sent, saying};

use super::form::{self, FIELDS};
use crate::pages::at::At;
use crate::pages::plans::kept;
use crate::pages::typed::{Fields, errors, first};
use crate::plan::Plan;
use crate::task::{self, Task};

struct Shown {
    plan: Plan,
    units: Vec<Place>,
    task: Option<Task>,
}

pub(crate) async fn new(ask: Ask, At(id): At<PlanId>) -> Reply {
    let inner = ask.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, &inner, id, None)).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = Fields::default();
    Ok(page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn add(ask: Ask, At(id): At<PlanId>, sent: Sent) -> Reply {
    let typed = Fields::of(&sent, &FIELDS);
    let form = typed.clone();
    let done = ask
        .submit("plan.act.add_task", &sent, move |tx, actor, stamp, _| {
            let (_, place) = kept(tx, actor, id, stamp.today())?;
            let new = form::read(&form, id).map_err(|wrong| first(&wrong))?;
            in_charge(tx, new.unit, &place)?;
            task::add(tx, stamp, &new)?;
            Ok(saying(&format!("/plan/plans/{id}"), "plan.notice.task_added"))
        })
        .await;
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    again(&ask, id, None, &typed, &wrong).await
}

pub(crate) async fn show(ask: Ask, At(id): At<TaskId>) -> Reply {
    let inner = ask.clone();
    let seen = ask.read(move |tx, actor| load_task(tx, actor, &inner, id)).await?;
    let chrome = ask.chrome(&seen.actor);
    let task = seen.it.task.as_ref();
    let typed = task.map(|task| form::typed(chrome.lang, task)).unwrap_or_default();
    Ok(page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn change(ask: Ask, At(id): At<TaskId>, sent: Sent) -> Reply {
    let typed = Fields::of(&sent, &FIELDS);
    let form = typed.clone();
    let done = ask
        .submit("plan.act.edit_task", &sent, move |tx, actor, stamp, _| {
            let (task, place) = reach(tx, actor, id, stamp.today())?;
            let new = form::read(&form, task.plan).map_err(|wrong| first(&wrong))?;
            if new.unit != task.unit {
                in_charge(tx, new.unit, &place)?;
            }
            task::edit(tx, stamp, id, &new)?;
            Ok(saying(&format!("/plan/tasks/{id}"), "plan.notice.task_edited"))
        })
        .await;
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let inner = ask.clone();
    let seen = ask.read(move |tx, actor| load_task(tx, actor, &inner, id)).await?;
    again(&ask, seen.it.plan.id, Some(id), &typed, &wrong).await
}

pub(crate) async fn withdraw(ask: Ask, At(id): At<TaskId>, sent: Sent) -> Reply {
    let done = ask.submit("plan.act.withdraw_task", &sent, move |tx, actor, stamp, _| {
        let (task, _) = reach(tx, actor, id, stamp.today())?;
        task::withdraw(tx, stamp, id)?;
        Ok(saying(&format!("/plan/plans/{}", task.plan), "plan.notice.task_withdrawn"))
    });
    Ok(done.await?)
}

/// A task whose plan the actor keeps.
fn reach(tx: &mut Tx<'_>, actor: &Actor, id: TaskId, today: Date) -> Result<(Task, Place)> {
    let task = task::get(tx, id)?;
    let (_, place) = kept(tx, actor, task.plan, today)?;
    Ok((task, place))
}

/// Only a unit the plan holds in can be charged with its tasks.
fn in_charge(tx: &mut Tx<'_>, unit: UnitId, plan: &Place) -> Result<()> {
    let stranger = || Error::invalid("plan.error.task_unit").field("unit");
    let place = unit::place(tx, unit).map_err(|_| stranger())?;
    if plan.span().holds(place.pos) { Ok(()) } else { Err(stranger()) }
}

fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ask: &Ask,
    id: PlanId,
    task: Option<TaskId>,
) -> Result<Shown> {
    let (plan, place) = kept(tx, actor, id, ask.today())?;
    let units = form::units(tx, actor, ask, &place)?;
    Ok(Shown { plan, units, task: task.map(|task| task::get(tx, task)).transpose()? })
}

fn load_task(tx: &mut Tx<'_>, actor: &Actor, ask: &Ask, id: TaskId) -> Result<Shown> {
    let (task, _) = reach(tx, actor, id, ask.today())?;
    load(tx, actor, ask, task.plan, Some(id))
}

/// The form again with what was typed and what is wrong with it.
async fn again(
    ask: &Ask,
    plan: PlanId,
    task: Option<TaskId>,
    typed: &Fields,
    wrong: &Error,
) -> Reply {
    let inner = ask.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, &inner, plan, task)).await?;
    let chrome = ask.chrome(&seen.actor);
    let errors = errors(chrome.lang, form::read(typed, plan), wrong);
    let page = page(ask, &chrome, &seen.it, typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn page(ask: &Ask, chrome: &Chrome, shown: &Shown, typed: &Fields, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let plan = format!("/plan/plans/{}", shown.plan.id);
    let (title, action) = match &shown.task {
        None => ("plan.tasks.new", format!("{plan}/tasks")),
        Some(task) => ("plan.tasks.edit", format!("/plan/tasks/{}/edit", task.id)),
    };
    let mut page = Page::new(chrome, lang.t(title))
        .crumb("/plan/plans", lang.t("plan.plans.title"))
        .crumb(plan, shown.plan.title.clone());
    if let Some(task) = &shown.task {
        page = page.crumb(format!("/plan/tasks/{}", task.id), task.title.clone());
    }
    page.errors(errors).narrow().body(html! {
        (form::form(ask, chrome, &action, &shown.units, typed, errors))
        @if let Some(task) = &shown.task { (withdrawal(chrome, task.id)) }
    })
}

fn withdrawal(chrome: &Chrome, id: TaskId) -> Markup {
    let lang = chrome.lang;
    let form = Form::post(chrome, format!("/plan/tasks/{id}/withdrawal"))
        .body(Button::danger(lang.t("plan.tasks.withdraw_now")));
    let words = lang.t("plan.tasks.withdraw_words");
    html! { (Confirm::new(lang.t("plan.tasks.withdraw"), words, form)) }
}
