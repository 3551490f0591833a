//! `/plan/targets/new?kind=`, and `POST /plan/targets`: sets a target. Without a kind the page asks
//! for it first.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::Error;
use thao_web::components::{Empty, FieldErrors};
use thao_web::{Ask, Chrome, Page, Reply, Sent, saying};

use super::asks::{self, asks};
use super::form::{self, Choices};
use super::kinds;
use super::save::save;
use super::typed::Typed;
use crate::kind::Kind;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    kind: Option<String>,
}

pub(crate) async fn show(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let inner = ask.clone();
    let seen = ask.read(move |tx, actor| form::choices(tx, actor, &inner)).await?;
    let chrome = ask.chrome(&seen.actor);
    let kind = asked.kind.as_deref().and_then(Kind::from_code);
    let Some(kind) = kind.filter(|kind| kinds::can_be_set(*kind)) else {
        return Ok(first_step(&chrome).into_response());
    };
    let mut typed = Typed::fresh(chrome.lang, kind, ask.today(), seen.it.first_unit());
    if let Some(plan) = seen.it.plans.first() {
        typed.plan = plan.id.to_string();
    }
    Ok(page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn add(ask: Ask, sent: Sent) -> Reply {
    let typed = Typed::of(&sent);
    let form = typed.clone();
    let inner = ask.clone();
    let done = ask
        .submit("plan.act.set_target", &sent, move |tx, actor, stamp, _| {
            let wanted = form.read(inner.lang(actor)).map_err(|wrong| first(&wrong))?;
            let id = save(tx, actor, stamp, &wanted, None)?;
            Ok(saying(&format!("/plan/targets/{id}"), "plan.notice.set"))
        })
        .await;
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let inner = ask.clone();
    let seen = ask.read(move |tx, actor| form::choices(tx, actor, &inner)).await?;
    let chrome = ask.chrome(&seen.actor);
    let errors = all_errors(&chrome, &typed, &wrong);
    let page = page(&ask, &chrome, &seen.it, &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The first thing that is wrong, to leave the transaction with.
pub(super) fn first(wrong: &[super::wanted::Wrong]) -> Error {
    match wrong.first() {
        Some((field, key)) => Error::invalid(key).field(field),
        None => Error::internal("a form was refused without a reason"),
    }
}

/// Everything that is wrong: with what was typed, or with what it was checked against.
pub(super) fn all_errors(chrome: &Chrome, typed: &Typed, error: &Error) -> FieldErrors {
    let lang = chrome.lang;
    match typed.read(lang) {
        Err(wrong) => form::errors(lang, &wrong),
        Ok(_) => {
            let mut errors = FieldErrors::new();
            errors.add(error.field_name().unwrap_or_default(), error.words(lang));
            errors
        }
    }
}

/// Which kind of target.
fn first_step(chrome: &Chrome) -> Markup {
    let lang = chrome.lang;
    Page::new(chrome, lang.t("plan.form.new"))
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .lead(lang.t("plan.kinds.lead"))
        .wide()
        .body(kinds::choose(lang))
}

fn page(
    ask: &Ask,
    chrome: &Chrome,
    choices: &Choices,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let [name, _] = kinds::words(lang, typed.kind());
    let page = Page::new(chrome, name)
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb("/plan/targets/new", lang.t("plan.form.new"))
        .lead(lang.t("plan.form.lead"))
        .errors(errors)
        .narrow();
    if choices.courses.is_empty() && asks(typed.kind()).courses == asks::Ask::Must {
        let empty = Empty::new(lang.t("plan.form.no_course"), lang.t("plan.form.no_course_words"));
        return page
            .body(html! { (empty.action("/catalog/courses", lang.t("plan.form.courses"))) });
    }
    page.body(form::form(ask, chrome, "/plan/targets", choices, typed, errors))
}
