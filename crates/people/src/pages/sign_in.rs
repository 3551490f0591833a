//! `/sign-in` and `/sign-out`: the way in with login and password, and the way out.

use axum::extract::Extension;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use thao_base::{Error, Kind, Lang, Stamp};
use thao_web::components::{Button, Field, FieldErrors, Form, Icon, Notice, hidden};
use thao_web::language::inside;
use thao_web::{Actor, Ask, Chrome, Credential, Page, Reply, SESSION_COOKIE, Sent, saying};

use super::gate::{Gate, Tried};
use super::kit::{self, Address, Query};
use crate::account::{self, Account};
use crate::{session, viewing};

/// Longer logins than any that is given out are not looked for.
const LOGIN_MOST: usize = 100;

/// The form as it was sent.
#[derive(Default)]
struct Typed {
    login: String,
    back: String,
}

pub(crate) async fn show(ask: Ask) -> Reply {
    let seen = ask.read(|_, _| Ok(())).await?;
    let query = Query::of(&ask);
    let back = back(query.text("back")).to_owned();
    if seen.actor.is_signed_in() {
        return Ok(Redirect::to(&back).into_response());
    }
    let lang = ask.lang(&seen.actor);
    let ended = !query.text("ended").is_empty();
    let notice = ended.then(|| Notice::warn(lang.t("people.sign_in.ended")));
    let typed = Typed { back, ..Typed::default() };
    let mut response = page(&ask, &seen.actor, &typed, &FieldErrors::new(), notice);
    if matches!(ask.credential, Credential::Session(_)) {
        kit::forget(&mut response, SESSION_COOKIE);
    }
    Ok(response)
}

pub(crate) async fn submit(
    Extension(gate): Extension<Gate>,
    from: Address,
    ask: Ask,
    sent: Sent,
) -> Reply {
    let typed = Typed {
        login: sent.text("login").to_lowercase(),
        back: back(sent.text("back")).to_owned(),
    };
    let password = sent.text("password").to_owned();
    let login = typed.login.clone();
    let seen = ask.read(move |tx, _| account::find_by_login(tx, &login)).await?;
    let lang = ask.lang(&seen.actor);
    let errors = missing(&typed, &password, lang);
    if !errors.is_empty() {
        let page = page(&ask, &seen.actor, &typed, &errors, None);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let turn = match gate.begin(Tried::Login(&typed.login), &from, ask.app.clock.now()) {
        Ok(turn) => turn,
        Err(e) if e.kind() == Kind::TooMany => {
            let notice = Notice::bad(e.words(lang));
            let page = page(&ask, &seen.actor, &typed, &errors, Some(notice));
            return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
        }
        Err(e) => return Err(e.into()),
    };
    let account = seen.it.filter(|account| account.closed_at.is_none());
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = gate.verify(hash, &password).await?;
    let Some(account) = account.filter(|_| right) else {
        let notice = Notice::bad(lang.t("people.sign_in.wrong"));
        let page = page(&ask, &seen.actor, &typed, &errors, Some(notice));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    gate.give_back(&turn);
    enter(&ask, account, &typed.back).await
}

/// Starts a session and goes on.
async fn enter(ask: &Ask, account: Account, back: &str) -> Reply {
    let (credential, days) = (ask.credential, ask.app.site.session_days);
    let started = ask
        .write("people.act.sign_in", move |tx, _, stamp| {
            // What was read before the slow check may have changed meanwhile.
            let now = account::get(tx, account.id)?;
            if now.closed_at.is_some() || now.password_hash != account.password_hash {
                return Err(Error::new(Kind::SignIn, "web.error.sign_in"));
            }
            session::end(tx, &credential)?;
            let token = session::start(tx, account.id, stamp.at, days, &stamp.entropy)?;
            viewing::log(
                tx,
                &stamp_of(stamp, &account),
                &viewing::Look::page(viewing::SIGN_IN, 0),
            )?;
            Ok(token)
        })
        .await?;
    let mut response = Redirect::to(back).into_response();
    kit::remember(&mut response, &started.it, &ask.app.site);
    Ok(response)
}

/// The circumstances, for somebody who is only now known.
pub(super) fn stamp_of(stamp: &Stamp, account: &Account) -> Stamp {
    Stamp { account: Some(account.id), person: Some(account.person), ..stamp.clone() }
}

pub(crate) async fn leave(ask: Ask, _sent: Sent) -> Reply {
    let credential = ask.credential;
    ask.write("people.act.sign_out", move |tx, _, stamp| {
        viewing::log(tx, stamp, &viewing::Look::page(viewing::SIGN_OUT, 0))?;
        session::end(tx, &credential)
    })
    .await?;
    let mut response =
        Redirect::to(&saying("/sign-in", "people.notice.signed_out")).into_response();
    kit::forget(&mut response, SESSION_COOKIE);
    Ok(response)
}

/// Where to go afterwards: inside the program, and not back to the door.
fn back(path: &str) -> &str {
    let path = inside(path);
    if path.starts_with("/sign-in") || path.starts_with("/activate") { "/" } else { path }
}

fn missing(typed: &Typed, password: &str, lang: Lang) -> FieldErrors {
    let mut errors = FieldErrors::new();
    if typed.login.is_empty() || LOGIN_MOST < typed.login.chars().count() {
        errors.add("login", lang.t("people.sign_in.login_missing"));
    }
    if password.is_empty() {
        errors.add("password", lang.t("people.sign_in.password_missing"));
    }
    errors
}

fn page(
    ask: &Ask,
    actor: &Actor,
    typed: &Typed,
    errors: &FieldErrors,
    notice: Option<Notice>,
) -> Response {
    let chrome = ask.chrome(actor);
    let mut page = Page::new(&chrome, chrome.lang.t("people.sign_in.title"))
        .lead(chrome.lang.t("people.sign_in.lead"))
        .narrow()
        .errors(errors);
    if let Some(notice) = notice {
        page = page.notice(notice);
    }
    page.body(form(&chrome, typed, errors)).into_response()
}

fn form(chrome: &Chrome, typed: &Typed, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let fields = html! {
        (hidden("back", &typed.back))
        (Field::text("login", lang.t("people.sign_in.login"))
            .hint(lang.t("people.sign_in.login_hint"))
            .value(&typed.login).fills("username").errors(errors))
        (Field::password("password", lang.t("people.sign_in.password")).errors(errors))
        (Button::primary(lang.t("people.sign_in.do")))
    };
    html! {
        (Form::post(chrome, "/sign-in").body(fields))
        div.flow {
            h2 { (lang.t("people.sign_in.first_time")) }
            p { (lang.t("people.sign_in.first_time_words")) }
            p {
                a.button.button-quiet href="/activate" {
                    (Icon::Lock) span { (lang.t("people.sign_in.activate")) }
                }
            }
        }
        div.flow {
            h2 { (lang.t("people.sign_in.forgotten")) }
            p { (lang.t("people.sign_in.forgotten_words")) }
        }
    }
}
