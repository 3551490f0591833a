//! `/activate`: the code of a slip, then one's own password, then in.

use axum::extract::Extension;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use thao_base::{Error, Kind, Lang, Result};
use thao_web::components::{Button, Facts, Field, FieldErrors, Form, Notice, Steps, hidden};
use thao_web::{Actor, Ask, Page, Reply, Sent, saying};

use super::gate::{Gate, Tried};
use super::kit::{self, Address, Query, field_error};
use super::sign_in::stamp_of;
use crate::account::{self, PASSWORD_LEAST, Slip};
use crate::{session, viewing};

/// What is known so far.
enum Step {
    /// Which code?
    Code(String),
    /// The slip is good: which password?
    Password(String, Slip),
}

pub(crate) async fn show(Extension(gate): Extension<Gate>, from: Address, ask: Ask) -> Reply {
    let code = Query::of(&ask).text("code").to_owned();
    if code.is_empty() {
        let seen = ask.read(|_, _| Ok(())).await?;
        return Ok(page(&ask, &seen.actor, &Step::Code(code), &FieldErrors::new()));
    }
    look_up(&gate, &from, &ask, code).await
}

pub(crate) async fn submit(
    Extension(gate): Extension<Gate>,
    from: Address,
    ask: Ask,
    sent: Sent,
) -> Reply {
    let code = sent.text("code").to_owned();
    if code.is_empty() {
        let seen = ask.read(|_, _| Ok(())).await?;
        let mut errors = FieldErrors::new();
        errors.add("code", ask.lang(&seen.actor).t("people.activate.code_missing"));
        return Ok(refused(page(&ask, &seen.actor, &Step::Code(code), &errors)));
    }
    match sent.some("password") {
        None if sent.fields().iter().any(|(name, _)| name == "password") => {
            choose(&gate, &from, &ask, code, "").await
        }
        None => look_up(&gate, &from, &ask, code).await,
        Some(password) => choose(&gate, &from, &ask, code, password).await,
    }
}

/// From the code to the choice of a password.
async fn look_up(gate: &Gate, from: &Address, ask: &Ask, code: String) -> Reply {
    let (actor, found) = find(gate, from, ask, &code).await?;
    let lang = ask.lang(&actor);
    let mut errors = FieldErrors::new();
    match found {
        Ok(slip) => Ok(page(ask, &actor, &Step::Password(code, slip), &errors)),
        Err(error) => {
            let status = thao_web::fault::status(error.kind());
            errors.add("code", error.words(lang));
            Ok((status, page(ask, &actor, &Step::Code(code), &errors)).into_response())
        }
    }
}

/// From the chosen password to a session.
async fn choose(gate: &Gate, from: &Address, ask: &Ask, code: String, password: &str) -> Reply {
    let (actor, found) = find(gate, from, ask, &code).await?;
    let lang = ask.lang(&actor);
    let mut errors = FieldErrors::new();
    let slip = match found {
        Ok(slip) => slip,
        Err(error) => {
            let status = thao_web::fault::status(error.kind());
            errors.add("code", error.words(lang));
            return Ok((status, page(ask, &actor, &Step::Code(code), &errors)).into_response());
        }
    };
    let hash = match gate.hash(&slip.login, password, &ask.app.entropy).await {
        Ok(hash) => hash,
        Err(error) => {
            field_error(&mut errors, error, lang)?;
            return Ok(refused(page(ask, &actor, &Step::Password(code, slip), &errors)));
        }
    };
    let days = ask.app.site.session_days;
    let started = ask
        .write("people.act.activate", move |tx, _, stamp| {
            let slip = account::open_slip(tx, &code, stamp.at)?;
            let account = account::get(tx, slip.account)?;
            let stamp = stamp_of(stamp, &account);
            account::use_slip(tx, &stamp, &slip, &hash)?;
            let token = session::start(tx, account.id, stamp.at, days, &stamp.entropy)?;
            viewing::log(tx, &stamp, &viewing::Look::page(viewing::SIGN_IN, 0))?;
            Ok(token)
        })
        .await?;
    let mut response = Redirect::to(&saying("/", "people.notice.activated")).into_response();
    kit::remember(&mut response, &started.it, &ask.app.site);
    Ok(response)
}

/// The slip of a code, or why there is none; a wrong code counts as a wrong try.
async fn find(gate: &Gate, from: &Address, ask: &Ask, code: &str) -> Result<(Actor, Result<Slip>)> {
    let now = ask.app.clock.now();
    let turn = match gate.begin(Tried::Code(code), from, now) {
        Ok(turn) => turn,
        Err(error) if error.kind() == Kind::TooMany => {
            let seen = ask.read(|_, _| Ok(())).await?;
            return Ok((seen.actor, Err(error)));
        }
        Err(error) => return Err(error),
    };
    let code = code.to_owned();
    let seen = ask
        .read(move |tx, _| match account::open_slip(tx, &code, now) {
            Ok(slip) => Ok(Some(slip)),
            Err(error) if error.kind() == Kind::Invalid => Ok(None),
            Err(error) => Err(error),
        })
        .await?;
    let found = match seen.it {
        Some(slip) => {
            gate.give_back(&turn);
            Ok(slip)
        }
        None => Err(Error::invalid("people.error.slip").field("code")),
    };
    Ok((seen.actor, found))
}

fn refused(page: Response) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

fn page(ask: &Ask, actor: &Actor, step: &Step, errors: &FieldErrors) -> Response {
    let chrome = ask.chrome(actor);
    let lang = chrome.lang;
    let mut page = Page::new(&chrome, lang.t("people.activate.title"))
        .crumb("/sign-in", lang.t("people.sign_in.title"))
        .narrow()
        .errors(errors);
    if actor.is_signed_in() {
        let words = lang.f("people.activate.signed_in_as", &[("name", &actor.name)]);
        page = page.notice(Notice::warn(words));
    }
    let body = match step {
        Step::Code(code) => html! {
            (steps(lang, 1))
            (Form::post(&chrome, "/activate").body(html! {
                (Field::text("code", lang.t("people.activate.code"))
                    .hint(lang.t("people.activate.code_hint"))
                    .value(code).fills("one-time-code").short().errors(errors))
                (Button::primary(lang.t("people.activate.next")))
            }))
        },
        Step::Password(code, slip) => html! {
            (steps(lang, 2))
            (Facts::new()
                .fact(lang.t("people.field.full_name"), html! { b { (slip.name) } })
                .fact(lang.t("people.field.login"), html! { code { (slip.login) } }))
            p { (lang.t("people.activate.not_me")) }
            (Form::post(&chrome, "/activate").body(html! {
                (hidden("code", code))
                // Shown as it is typed: it is chosen once, often by somebody new to a keyboard.
                (Field::text("password", lang.t("people.activate.password"))
                    .hint(lang.f("people.activate.password_hint", &[("least", &PASSWORD_LEAST)]))
                    .fills("new-password").errors(errors))
                (Button::primary(lang.t("people.activate.do")))
            }))
        },
    };
    page.body(body).into_response()
}

fn steps(lang: Lang, now: usize) -> Steps<'static> {
    Steps::new(lang, now)
        .step(lang.t("people.activate.step_code"))
        .step(lang.t("people.activate.step_password"))
        .step(lang.t("people.activate.step_in"))
}
