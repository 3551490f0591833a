//! `/people/duplicates`: pairs of rows that may be one person, side by side, for somebody to
//! decide; and the decisions, to be taken back.

use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::{Error, Kind, Lang, Result, RowId, Tx};
use thao_record::statement;
use thao_web::components::{Badge, Button, Column, Confirm, Empty, Form, Table, Tabs, toolbar};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Sent, saying};

use super::kit::{At, Query};
use super::person::with_units;
use super::person_form::birth_words;
use super::reach::reach;
use super::words;
use crate::account;
use crate::affiliation::Affiliation;
use crate::duplicate::{self, Decision, Pair};
use crate::person::{self, Person};
use crate::viewing::{self, Look};

/// Pairs of a page: each is read with care.
const PAGE: i64 = 20;

/// One of the two rows, with what tells it from the other.
struct Side {
    person: Person,
    belongs: Vec<(Affiliation, String)>,
    logins: Vec<String>,
    statements: usize,
}

struct Shown {
    pair: Pair,
    a: Side,
    b: Side,
}

pub(crate) async fn show(ask: Ask) -> Reply {
    let today = ask.today();
    let decided = !Query::of(&ask).text("decided").is_empty();
    let seen = viewing::read(&ask, move |tx, actor, looks| {
        let scope = actor.scope(Action::DecideDuplicates, today);
        let pairs = match decided {
            true => duplicate::list_decided(tx, &scope, PAGE)?,
            false => duplicate::list_open(tx, &scope, PAGE)?,
        };
        let mut shown = Vec::new();
        for pair in pairs {
            match check_both(tx, actor, &pair, today) {
                Ok(()) => {}
                // The list is by where they ever belonged; now one of them is elsewhere.
                Err(e) if matches!(e.kind(), Kind::NotFound | Kind::Forbidden) => continue,
                Err(e) => return Err(e),
            }
            let (a, b) = (side(tx, pair.a)?, side(tx, pair.b)?);
            shown.push(Shown { pair, a, b });
        }
        looks.push(Look::page("people.view.duplicates", 2 * shown.len()));
        let waiting = duplicate::count_open(tx, &scope)?;
        Ok((shown, waiting))
    })
    .await?;
    let chrome = ask.chrome(&seen.actor);
    let (shown, waiting) = seen.it;
    Ok(page(&chrome, &ask, &shown, waiting, decided).into_response())
}

/// Both persons of a pair must be the actor's to decide about.
fn check_both(tx: &mut Tx<'_>, actor: &Actor, pair: &Pair, today: jiff::civil::Date) -> Result<()> {
    reach(tx, actor, pair.a, Action::DecideDuplicates, today)?;
    reach(tx, actor, pair.b, Action::DecideDuplicates, today)?;
    Ok(())
}

fn side(tx: &mut Tx<'_>, id: thao_base::PersonId) -> Result<Side> {
    let belongs = with_units(tx, &[id])?;
    let accounts = account::list_of_person(tx, id)?;
    Ok(Side {
        person: person::get(tx, id)?,
        belongs,
        logins: accounts.into_iter().map(|account| account.login).collect(),
        statements: statement::list_of_persons(tx, &[id])?.len(),
    })
}

pub(crate) async fn decide(At(id): At<RowId>, ask: Ask, sent: Sent) -> Reply {
    let today = ask.today();
    let decision = Decision::from_code(sent.text("decision"))
        .ok_or_else(|| Error::invalid("people.error.decision").field("decision"))?;
    let done = ask
        .submit("people.act.decide_duplicate", &sent, move |tx, actor, stamp, _| {
            let pair = duplicate::get(tx, id)?;
            check_both(tx, actor, &pair, today)?;
            duplicate::decide(tx, stamp, id, decision)?;
            let key = match decision {
                Decision::Same => "people.notice.joined",
                Decision::Different => "people.notice.kept_apart",
            };
            Ok(saying("/people/duplicates", key))
        })
        .await?;
    Ok(done)
}

pub(crate) async fn undo(At(id): At<RowId>, ask: Ask, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask
        .submit("people.act.undo_duplicate", &sent, move |tx, actor, stamp, _| {
            let pair = duplicate::get(tx, id)?;
            check_both(tx, actor, &pair, today)?;
            duplicate::undo(tx, stamp, id)?;
            Ok(saying("/people/duplicates", "people.notice.undone"))
        })
        .await?;
    Ok(done)
}

fn page(chrome: &Chrome, ask: &Ask, shown: &[Shown], waiting: i64, decided: bool) -> Markup {
    let lang = chrome.lang;
    let tabs = Tabs::new(lang.t("people.duplicates.title"))
        .counted("/people/duplicates", lang.t("people.duplicates.waiting"), lang.number(waiting))
        .tab("/people/duplicates?decided=1", lang.t("people.duplicates.decided"))
        .current(if decided { "/people/duplicates?decided=1" } else { "/people/duplicates" });
    let empty = match decided {
        true => Empty::new(
            lang.t("people.duplicates.none_decided"),
            lang.t("people.duplicates.none_decided_words"),
        ),
        false => {
            Empty::new(lang.t("people.duplicates.none"), lang.t("people.duplicates.none_words"))
                .action("/people", lang.t("people.list.title"))
        }
    };
    Page::new(chrome, lang.t("people.duplicates.title"))
        .crumb("/people", lang.t("people.list.title"))
        .lead(lang.t("people.duplicates.lead"))
        .body(html! {
            (tabs)
            @if shown.is_empty() { (empty) }
            @for shown in shown { (compared(chrome, ask, shown)) }
        })
}

/// The two side by side, and what to do.
fn compared(chrome: &Chrome, ask: &Ask, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let (a, b) = (&shown.a, &shown.b);
    let rows: Vec<(&str, Markup, Markup)> = [
        ("people.field.full_name", name(a), name(b)),
        ("people.field.birth", birth(lang, a), birth(lang, b)),
        ("people.field.citizen_id", text(number(a)), text(number(b))),
        ("people.field.phone", text(a.person.phone.as_deref()), text(b.person.phone.as_deref())),
        ("people.field.units", units(lang, a), units(lang, b)),
        ("people.field.login", logins(a), logins(b)),
        ("people.duplicates.statements", statements(lang, a), statements(lang, b)),
    ]
    .into();
    let table = Table::new(lang, words::of(lang, "people.reason", &shown.pair.reason))
        .always_table()
        .column(Column::text(lang.t("people.duplicates.what")))
        .column(Column::text(lang.t("people.duplicates.first")))
        .column(Column::text(lang.t("people.duplicates.second")))
        .rows(rows.into_iter().map(|(key, a, b)| [html! { (lang.t(key)) }, a, b]));
    html! {
        article.flow id={ "pair-" (shown.pair.id) } {
            (table)
            @match shown.pair.decision() {
                None => (choice(chrome, ask, shown)),
                Some(decision) => (taken(chrome, ask, shown, decision)),
            }
        }
    }
}

fn choice(chrome: &Chrome, ask: &Ask, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let path = format!("/people/duplicates/{}", shown.pair.id);
    let who = format!("{}, {}", shown.a.person.full_name, shown.b.person.full_name);
    html! {
        (Form::post(chrome, path).once(ask.form_id()).inline().body(toolbar(html! {
            (Button::primary(lang.t("people.duplicates.same"))
                .sends("decision", Decision::Same.code()).context(who.clone()))
            (Button::quiet(lang.t("people.duplicates.different"))
                .sends("decision", Decision::Different.code()).context(who))
        })))
    }
}

fn taken(chrome: &Chrome, ask: &Ask, shown: &Shown, decision: Decision) -> Markup {
    let lang = chrome.lang;
    let path = format!("/people/duplicates/{}/undo", shown.pair.id);
    let when = shown.pair.decided_at.map(|at| lang.instant(at)).unwrap_or_default();
    html! {
        p {
            @match decision {
                Decision::Same => (Badge::info(lang.t("people.duplicates.is_same"))),
                Decision::Different => (Badge::plain(lang.t("people.duplicates.is_different"))),
            }
            " " (when)
        }
        (Confirm::new(
            lang.t("people.duplicates.undo"),
            lang.t("people.duplicates.undo_question"),
            Form::post(chrome, path).once(ask.form_id()).inline()
                .body(Button::danger(lang.t("people.duplicates.undo_do")))))
    }
}

fn name(side: &Side) -> Markup {
    html! { a href={ "/people/" (side.person.id) } { (side.person.full_name) } }
}

fn birth(lang: Lang, side: &Side) -> Markup {
    html! { (birth_words(lang, &side.person)) }
}

fn number(side: &Side) -> Option<&str> {
    side.person.citizen_id.as_deref().or(side.person.old_id.as_deref())
}

fn text(value: Option<&str>) -> Markup {
    html! { (value.unwrap_or("–")) }
}

fn units(lang: Lang, side: &Side) -> Markup {
    html! {
        @for (a, path) in &side.belongs {
            p { (path) " – " (words::kind(lang, &a.kind)) }
        }
    }
}

fn logins(side: &Side) -> Markup {
    html! {
        @if side.logins.is_empty() { "–" }
        @for login in &side.logins { code { (login) } " " }
    }
}

fn statements(lang: Lang, side: &Side) -> Markup {
    html! { (lang.number(i64::try_from(side.statements).unwrap_or(i64::MAX))) }
}
