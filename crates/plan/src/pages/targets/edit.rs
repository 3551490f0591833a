//! `/plan/targets/{id}/edit`: changes a target; `POST …/withdrawal` takes it back.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::{Result, TargetId, Tx};
use thao_web::components::{Button, Confirm, FieldErrors, Form};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check, saying};

use super::form::{self, Choices};
use super::new::{all_errors, first};
use super::save::save;
use super::typed::Typed;
use crate::measure::{self, Measure};
use crate::pages::at::At;
use crate::target::{self, Target};

struct Shown {
    target: Target,
    measure: Measure,
    choices: Choices,
}

pub(crate) async fn show(ask: Ask, At(id): At<TargetId>) -> Reply {
    let inner = ask.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, &inner, id)).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = Typed::of_target(chrome.lang, &seen.it.target, &seen.it.measure);
    Ok(page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn change(ask: Ask, At(id): At<TargetId>, sent: Sent) -> Reply {
    let typed = Typed::of(&sent);
    let form = typed.clone();
    let inner = ask.clone();
    let done = ask
        .submit("plan.act.edit_target", &sent, move |tx, actor, stamp, _| {
            reach(tx, actor, &inner, id)?;
            let wanted = form.read(inner.lang(actor)).map_err(|wrong| first(&wrong))?;
            save(tx, actor, stamp, &wanted, Some(id))?;
            Ok(saying(&format!("/plan/targets/{id}"), "plan.notice.edited"))
        })
        .await;
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let inner = ask.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, &inner, id)).await?;
    let chrome = ask.chrome(&seen.actor);
    let errors = all_errors(&chrome, &typed, &wrong);
    let page = page(&ask, &chrome, &seen.it, &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(crate) async fn withdraw(ask: Ask, At(id): At<TargetId>, sent: Sent) -> Reply {
    let inner = ask.clone();
    let done = ask.submit("plan.act.withdraw_target", &sent, move |tx, actor, stamp, _| {
        reach(tx, actor, &inner, id)?;
        target::withdraw(tx, stamp, id)?;
        Ok(saying("/plan/targets", "plan.notice.withdrawn"))
    });
    Ok(done.await?)
}

/// The target, for an actor who may change it.
fn reach(tx: &mut Tx<'_>, actor: &Actor, ask: &Ask, id: TargetId) -> Result<Target> {
    let target = target::get(tx, id)?;
    let at = Resource::At(target.pos);
    check(actor, Action::SetTargets, Action::SeeBoards, at, ask.today())?;
    Ok(target)
}

fn load(tx: &mut Tx<'_>, actor: &Actor, ask: &Ask, id: TargetId) -> Result<Shown> {
    let target = reach(tx, actor, ask, id)?;
    Ok(Shown {
        measure: measure::get(tx, target.measure)?,
        choices: form::choices(tx, actor, ask)?,
        target,
    })
}

fn page(ask: &Ask, chrome: &Chrome, shown: &Shown, typed: &Typed, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let target = &shown.target;
    let here = format!("/plan/targets/{}", target.id);
    let withdrawal = Form::post(chrome, format!("{here}/withdrawal"))
        .body(Button::danger(lang.t("plan.form.withdraw_now")));
    let withdraw =
        Confirm::new(lang.t("plan.form.withdraw"), lang.t("plan.form.withdraw_words"), withdrawal);
    Page::new(chrome, lang.t("plan.form.edit"))
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb(here.clone(), target.title(lang))
        .lead(lang.t("plan.form.edit_lead"))
        .errors(errors)
        .narrow()
        .body(html! {
            (form::form(ask, chrome, &format!("{here}/edit"), &shown.choices, typed, errors))
            (withdraw)
        })
}
