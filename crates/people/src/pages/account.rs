//! `/account`: one's own page. Who one is here, the password, the language, the devices, and what
//! is kept about one: the rights of a data subject in their simplest form (Law 91/2025/QH15).

use axum::extract::Extension;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use thao_base::{ConsentId, Error, Kind, Lang, PersonId, Result, Tx};
use thao_web::components::{
    Badge, Button, Choice, Column, Confirm, Empty, Facts, Field, FieldErrors, Form, Table,
};
use thao_web::{Actor, Ask, Chrome, LANG_COOKIE, Page, Reply, Sent, saying, saying_n};

use super::evidence::{self, Evidence};
use super::gate::{Gate, Tried};
use super::kit::{self, At, field_error, section};
use super::{Outside, words};
use crate::account::{self, Account, PASSWORD_LEAST};
use crate::affiliation::Affiliation;
use crate::appointment::{self, Appointed};
use crate::cluster;
use crate::consent::{self, Consent};
use crate::person::{self, Person};
use crate::session::{self, Session};

/// What the page shows.
struct Own {
    person: Person,
    account: Account,
    belongs: Vec<(Affiliation, String)>,
    roles: Vec<Appointed>,
    sessions: Vec<Session>,
    consents: Vec<Consent>,
    evidence: Evidence,
}

pub(crate) async fn show(Extension(outside): Extension<Outside>, ask: Ask) -> Reply {
    let at = ask.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, &at, outside)).await?;
    Ok(page(&ask, &seen.actor, &seen.it, &FieldErrors::new()))
}

fn load(tx: &mut Tx<'_>, actor: &Actor, ask: &Ask, outside: Outside) -> Result<Own> {
    let me = actor.person()?;
    let rows = rows_of(tx, me)?;
    let account = actor.account.ok_or_else(Error::not_found)?;
    let belongs = super::person::with_units(tx, &rows)?;
    let now = ask.app.clock.now();
    Ok(Own {
        person: person::get(tx, me)?,
        account: account::get(tx, account)?,
        belongs,
        roles: appointment::list_of_persons(tx, &[me])?,
        sessions: session::list_of_account(tx, account, &ask.credential, now)?,
        consents: consent::list_of_persons(tx, &rows)?,
        evidence: evidence::load(tx, &rows, outside, ask.lang(actor))?,
    })
}

/// All rows that are this person.
fn rows_of(tx: &mut Tx<'_>, me: PersonId) -> Result<Vec<PersonId>> {
    let canonical = cluster::canonical(tx, me)?;
    cluster::members(tx, canonical)
}

pub(crate) async fn password(
    Extension(gate): Extension<Gate>,
    Extension(outside): Extension<Outside>,
    from: kit::Address,
    ask: Ask,
    sent: Sent,
) -> Reply {
    let at = ask.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, &at, outside)).await?;
    let lang = ask.lang(&seen.actor);
    let account = seen.it.account.clone();
    let (old, new) = (sent.text("old_password").to_owned(), sent.text("password").to_owned());
    let again = |errors: &FieldErrors, status: StatusCode| {
        Ok((status, page(&ask, &seen.actor, &seen.it, errors)).into_response())
    };
    let mut errors = FieldErrors::new();
    let turn = match gate.begin(Tried::Own(account.id), &from, ask.app.clock.now()) {
        Ok(turn) => turn,
        Err(e) if e.kind() == Kind::TooMany => {
            errors.add("old_password", e.words(lang));
            return again(&errors, StatusCode::TOO_MANY_REQUESTS);
        }
        Err(e) => return Err(e.into()),
    };
    if !gate.verify(account.password_hash.clone(), &old).await? {
        // A form sent twice: what it asks for is done already.
        if !new.is_empty() && gate.verify(account.password_hash.clone(), &new).await? {
            gate.give_back(&turn);
            return Ok(done("people.notice.password_changed"));
        }
        errors.add("old_password", lang.t("people.account.old_wrong"));
        return again(&errors, StatusCode::UNPROCESSABLE_ENTITY);
    }
    gate.give_back(&turn);
    let hash = match gate.hash(&account.login, &new, &ask.app.entropy).await {
        Ok(hash) => hash,
        Err(e) => {
            field_error(&mut errors, e, lang)?;
            return again(&errors, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let credential = ask.credential;
    ask.write("people.act.change_password", move |tx, _, stamp| {
        if account::get(tx, account.id)?.password_hash != account.password_hash {
            return Err(Error::conflict("people.error.password_changed_meanwhile"));
        }
        account::change_password(tx, stamp, account.id, &hash, &credential)
    })
    .await?;
    Ok(done("people.notice.password_changed"))
}

pub(crate) async fn language(ask: Ask, sent: Sent) -> Reply {
    let lang = Lang::from_code(sent.text("lang"))
        .ok_or_else(|| Error::invalid("web.error.language").with("found", sent.text("lang")))?;
    ask.write("people.act.choose_language", move |tx, actor, stamp| {
        let account = actor.account.ok_or_else(Error::not_found)?;
        account::set_lang(tx, stamp, account, lang)
    })
    .await?;
    let mut response = done("people.notice.language_saved");
    // What was chosen in this browser before would stand in its way.
    kit::forget(&mut response, LANG_COOKIE);
    Ok(response)
}

pub(crate) async fn sessions(ask: Ask, _sent: Sent) -> Reply {
    let credential = ask.credential;
    let ended = ask
        .write("people.act.end_sessions", move |tx, actor, _| {
            let account = actor.account.ok_or_else(Error::not_found)?;
            session::end_others(tx, account, &credential)
        })
        .await?;
    let path = saying_n("/account", "people.notice.sessions_ended", ended.it);
    Ok(Redirect::to(&path).into_response())
}

pub(crate) async fn withdraw(At(id): At<ConsentId>, ask: Ask, _sent: Sent) -> Reply {
    ask.write("people.act.withdraw_consent", move |tx, actor, stamp| {
        let rows = rows_of(tx, actor.person()?)?;
        consent::withdraw(tx, stamp, id, &rows)
    })
    .await?;
    Ok(done("people.notice.consent_withdrawn"))
}

fn done(key: &str) -> Response {
    Redirect::to(&saying("/account", key)).into_response()
}

fn page(ask: &Ask, actor: &Actor, own: &Own, errors: &FieldErrors) -> Response {
    let chrome = ask.chrome(actor);
    let lang = chrome.lang;
    let today = ask.today();
    let roles: Vec<&Appointed> = own.roles.iter().filter(|role| role.is_open(today)).collect();
    let current = own.belongs.iter().filter(|(a, _)| a.valid_to.is_none_or(|to| today < to));
    let facts = Facts::new()
        .fact(lang.t("people.field.full_name"), &own.person.full_name)
        .fact(lang.t("people.field.login"), html! { code { (own.account.login) } })
        .fact(
            lang.t("people.field.units"),
            html! {
                @for (affiliation, path) in current {
                    p { (path) " – " (words::kind(lang, &affiliation.kind)) }
                }
            },
        )
        .fact(
            lang.t("people.field.roles"),
            html! {
                p { (lang.t("people.role.learner")) }
                @for role in roles {
                    p { (words::role(lang, &role.role)) " – " (role.unit_path) }
                }
            },
        );
    let body = html! {
        (facts)
        div.columns {
            (section("password-part", lang.t("people.account.password"), &password_form(&chrome, errors)))
            div.flow {
                (section("language-part", lang.t("people.account.language"), &language_form(&chrome, &own.account)))
                (section("sessions-part", lang.t("people.account.sessions"), &sessions_part(&chrome, &own.sessions)))
            }
        }
        (section("data-part", lang.t("people.account.data"), &data_part(&chrome, own)))
    };
    Page::new(&chrome, lang.t("people.account.title"))
        .lead(lang.t("people.account.lead"))
        .errors(errors)
        .body(body)
        .into_response()
}

fn password_form(chrome: &Chrome, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    html! {
        (Form::post(chrome, "/account/password").body(html! {
            (Field::password("old_password", lang.t("people.account.old_password")).errors(errors))
            (Field::password("password", lang.t("people.account.new_password"))
                .hint(lang.f("people.activate.password_hint", &[("least", &PASSWORD_LEAST)]))
                .fills("new-password").errors(errors))
            (Button::primary(lang.t("people.account.change_password")))
        }))
    }
}

fn language_form(chrome: &Chrome, account: &Account) -> Markup {
    let lang = chrome.lang;
    html! {
        (Form::post(chrome, "/account/language").body(html! {
            (Choice::one("lang", lang.t("people.account.language_choice"))
                .options(Lang::ALL.map(|lang| (lang.code(), lang.t("web.page.language"))))
                .chosen(account.lang.as_str()))
            (Button::quiet(lang.t("people.save")))
        }))
    }
}

fn sessions_part(chrome: &Chrome, sessions: &[Session]) -> Markup {
    let lang = chrome.lang;
    let elsewhere = sessions.iter().filter(|session| !session.here).count();
    html! {
        ul {
            @for session in sessions {
                li {
                    (lang.f("people.account.since", &[("time", &lang.instant(session.made_at))]))
                    @if session.here { " " (Badge::info(lang.t("people.account.here"))) }
                }
            }
        }
        @if 0 < elsewhere {
            (Form::post(chrome, "/account/sessions").inline().body(
                Button::quiet(lang.t("people.account.end_sessions"))))
        }
    }
}

fn data_part(chrome: &Chrome, own: &Own) -> Markup {
    let lang = chrome.lang;
    html! {
        p { (lang.t("people.account.data_words")) }
        h3 { (lang.t("people.person.details")) }
        (super::person::details(lang, &own.person))
        p { (lang.t("people.account.data_wrong")) }
        h3 { (lang.t("people.consent.title")) }
        (consents(chrome, &own.consents))
        h3 { (lang.t("people.evidence.title")) }
        (own.evidence.table(lang))
    }
}

fn consents(chrome: &Chrome, consents: &[Consent]) -> Markup {
    let lang = chrome.lang;
    let rows = consents.iter().map(|consent| {
        let purpose = words::of(lang, "people.consent.purpose", &consent.purpose);
        vec![
            html! { (purpose) },
            html! {
                span {
                    (lang.instant(consent.given_at)) ", "
                    (words::of(lang, "people.consent.manner", &consent.manner))
                }
            },
            html! {
                @match consent.withdrawn_at {
                    Some(at) => (Badge::plain(
                        lang.f("people.consent.withdrawn", &[("time", &lang.instant(at))]))),
                    None => {
                        @let path = format!("/account/consents/{}/withdrawal", consent.id);
                        (Confirm::new(
                            lang.t("people.consent.withdraw"),
                            lang.t("people.consent.withdraw_question"),
                            Form::post(chrome, path).inline().body(
                                Button::danger(lang.t("people.consent.withdraw_do"))
                                    .context(purpose.clone()))))
                    }
                }
            },
        ]
    });
    html! {
        (Table::new(lang, lang.t("people.consent.title"))
            .caption_only_heard()
            .column(Column::text(lang.t("people.consent.for")))
            .column(Column::text(lang.t("people.consent.given")))
            .column(Column::text(lang.t("people.consent.now")))
            .rows(rows)
            .empty(Empty::new(
                lang.t("people.consent.none"), lang.t("people.consent.none_words"))))
    }
}
