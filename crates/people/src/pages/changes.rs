//! `/people/units/changes`: changes of the tree by a resolution; prepared, looked at before they
//! happen, carried out, and taken back.

mod form;
mod preview;
mod typed;

use axum::extract::Extension;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::{Lang, Result, Tx, UnitChangeId};
use thao_web::components::{
    Badge, Button, Column, Confirm, Empty, Facts, FieldErrors, Form, LinkButton, Table, toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Sent, saying};

pub use preview::{Foresee, Foreseen};
use typed::Typed;

use super::Outside;
use super::kit::{At, field_error, section};
use super::words;
use crate::unit::change::{self, Change, ChangeKind, Followed};

const HERE: &str = "/people/units/changes";

pub(crate) async fn list(ask: Ask) -> Reply {
    let today = ask.today();
    let seen = ask
        .read(move |tx, actor| change::list_in_scope(tx, &actor.scope(Action::EditUnits, today)))
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let page = framed(&chrome, lang.t("people.change.title"))
        .lead(lang.t("people.change.lead"))
        .body(html! {
            (section("new", lang.t("people.change.new"), &toolbar(html! {
                @for kind in ChangeKind::ALL {
                    (LinkButton::quiet(format!("{HERE}/new?kind={}", kind.code()),
                        words::of(lang, "people.change.kind_of", kind.code())))
                }
            })))
            (changes(lang, &ask, &seen.it))
        });
    Ok(page.into_response())
}

fn framed<'a>(chrome: &'a Chrome, title: &'a str) -> Page<'a> {
    let lang = chrome.lang;
    Page::new(chrome, title)
        .crumb("/people", lang.t("people.list.title"))
        .crumb("/people/units", lang.t("people.units.title"))
}

fn changes<'a>(lang: Lang, ask: &Ask, all: &[Change]) -> Table<'a> {
    let rows = all.iter().map(|change| {
        vec![
            html! { a href={ (HERE) "/" (change.id) } { (change.title) } },
            html! { (words::of(lang, "people.change.kind_of", &change.kind_code)) },
            html! { (lang.date(change.on)) },
            state(lang, ask, change),
        ]
    });
    Table::new(lang, lang.t("people.change.title"))
        .column(Column::text(lang.t("people.change.what")))
        .column(Column::text(lang.t("people.change.kind")))
        .column(Column::text(lang.t("people.change.when")))
        .column(Column::text(lang.t("people.change.state")))
        .rows(rows.collect::<Vec<_>>())
        .empty(Empty::new(lang.t("people.change.none"), lang.t("people.change.none_words")))
}

fn state(lang: Lang, ask: &Ask, change: &Change) -> Markup {
    match change.withdrawn_at {
        Some(at) => {
            let day = lang.date(thao_base::locale::local_date(at));
            html! { (Badge::plain(lang.f("people.change.withdrawn", &[("day", &day)]))) }
        }
        None if ask.today() < change.on => {
            html! { (Badge::info(lang.t("people.change.to_come"))) }
        }
        None => html! { (Badge::good(lang.t("people.change.in_force"))) },
    }
}

/// The form; with `preview` in its address, what would change, when that can be.
pub(crate) async fn new(Extension(outside): Extension<Outside>, ask: Ask) -> Reply {
    let at = ask.clone();
    let seen = ask
        .read(move |tx, actor| {
            let mut typed = Typed::of_query(&at);
            let lang = at.lang(actor);
            let mut errors = FieldErrors::new();
            let offer = form::Offered::load(tx, actor, &mut typed, &at)?;
            let mut shown = None;
            if typed.wants_preview() {
                match look_ahead(tx, actor, &typed, &at, outside) {
                    Ok(found) => shown = Some(found),
                    Err(error) => field_error(&mut errors, error, lang)?,
                }
            }
            Ok((typed, offer, errors, shown))
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let (typed, offer, errors, shown) = &seen.it;
    let page = match shown {
        Some(shown) => preview::page(&chrome, &ask, typed, shown),
        None => form::page(&chrome, typed, offer, errors),
    };
    Ok(page.into_response())
}

fn look_ahead(
    tx: &mut Tx<'_>,
    actor: &Actor,
    typed: &Typed,
    ask: &Ask,
    outside: Outside,
) -> Result<preview::Shown> {
    let new = typed.read(&mut typed::unborn())?;
    typed::check_scope(tx, actor, &new.act, ask.today())?;
    preview::load(tx, &new, ask.lang(actor), outside)
}

pub(crate) async fn add(ask: Ask, sent: Sent) -> Reply {
    let today = ask.today();
    let typed = Typed::of_sent(&sent);
    let done = ask
        .submit("people.act.change_unit", &sent, move |tx, actor, stamp, sent| {
            let typed = Typed::of_sent(sent);
            let new = typed.read(&mut || stamp.id())?;
            typed::check_scope(tx, actor, &new.act, today)?;
            let id = change::carry_out(tx, stamp, &new)?;
            Ok(saying(&format!("{HERE}/{id}"), "people.notice.unit_changed"))
        })
        .await;
    let error = match done {
        Ok(response) => return Ok(response),
        Err(error) => error,
    };
    let at = ask.clone();
    let seen = ask
        .read(move |tx, actor| {
            let mut typed = typed.clone();
            let offer = form::Offered::load(tx, actor, &mut typed, &at)?;
            Ok((typed, offer))
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let mut errors = FieldErrors::new();
    field_error(&mut errors, error, chrome.lang)?;
    let page = form::page(&chrome, &seen.it.0, &seen.it.1, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// A change as it was carried out.
struct Done {
    change: Change,
    followed: Vec<Followed>,
    traces: usize,
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: UnitChangeId, ask: &Ask) -> Result<Done> {
    let change = change::get(tx, id)?;
    let seen = change::list_in_scope(tx, &actor.scope(Action::EditUnits, ask.today()))?;
    if !seen.iter().any(|change| change.id == id) {
        return Err(thao_base::Error::not_found());
    }
    let traces = change::list_traces(tx, id)?.len();
    Ok(Done { followed: change::list_followed(tx, id)?, traces, change })
}

pub(crate) async fn show(At(id): At<UnitChangeId>, ask: Ask) -> Reply {
    let at = ask.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, &at)).await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let Done { change, followed, traces } = &seen.it;
    let kind = words::of(lang, "people.change.kind_of", &change.kind_code);
    let mut facts = Facts::new()
        .fact(lang.t("people.change.kind"), kind)
        .fact(lang.t("people.change.when"), lang.date(change.on))
        .fact(lang.t("people.change.state"), state(lang, &ask, change));
    if let Some(legal) = &change.legal_basis {
        facts = facts.fact(lang.t("people.change.legal"), legal);
    }
    if !followed.is_empty() {
        facts = facts.fact(lang.t("people.change.follows"), lines(lang, followed));
    }
    let traces = i64::try_from(*traces).unwrap_or(i64::MAX);
    facts = facts.fact(lang.t("people.change.done_rows"), lang.number(traces));
    let page = framed(&chrome, &change.title)
        .crumb(HERE, lang.t("people.change.title"))
        .body(html! {
            (facts)
            p { (lang.t("people.change.rule")) }
            @if change.withdrawn_at.is_none() {
                (Confirm::new(lang.t("people.change.withdraw"), lang.t("people.change.withdraw_ask"),
                    Form::post(&chrome, format!("{HERE}/{id}/withdrawal")).once(ask.form_id())
                        .body(Button::danger(lang.t("people.change.withdraw_do")))))
            }
        });
    Ok(page.into_response())
}

fn lines(lang: Lang, followed: &[Followed]) -> Markup {
    html! {
        @for f in followed {
            @let name = f.from_name.as_deref().unwrap_or_default();
            @let heir = f.to_name.as_deref().unwrap_or_default();
            p { (preview::followed(lang, name, heir, f.share, f.main)) }
        }
    }
}

pub(crate) async fn withdraw(At(id): At<UnitChangeId>, ask: Ask, sent: Sent) -> Reply {
    let at = ask.clone();
    let done = ask
        .submit("people.act.withdraw_change", &sent, move |tx, actor, stamp, _| {
            load(tx, actor, id, &at)?;
            change::withdraw(tx, stamp, id)?;
            Ok(saying(&format!("{HERE}/{id}"), "people.notice.change_withdrawn"))
        })
        .await?;
    Ok(done)
}
