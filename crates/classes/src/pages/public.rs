//! `/c/{code}`: a class as everybody may see it, without any person; who has an account puts
//! themselves on the list with one tap.

use axum::extract::Path;
use axum::response::IntoResponse;
use jiff::Timestamp;
use maud::{Markup, html};
use thao_base::{Error, PersonId, Result, Tx};
use thao_people::cluster;
use thao_people::consent::Manner as ConsentManner;
use thao_web::components::{Badge, Button, Check, Facts, Form, Icon, LinkButton, Notice, details};
use thao_web::{Actor, Ask, Chrome, Page, Reply, Sent, saying};

use crate::class::{self, Class};
use crate::meeting::{self, Meeting};
use crate::registration::{self, Manner};
use crate::{consent, words};

struct Seen {
    class: Class,
    /// Evenings that are not over.
    coming: Vec<Meeting>,
    registered: i64,
    mine: Option<bool>,
}

impl Seen {
    fn is_full(&self) -> bool {
        self.class.capacity.is_some_and(|seats| i64::from(seats) <= self.registered)
    }
}

pub(super) async fn show(ask: Ask, Path(code): Path<String>) -> Reply {
    let now = ask.app.clock.now();
    let seen = ask.read(move |tx, actor| load(tx, actor, &code, now)).await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&ask, &chrome, &seen.it).into_response())
}

pub(super) async fn register(ask: Ask, Path(code): Path<String>, sent: Sent) -> Reply {
    Ok(ask
        .submit("classes.act.register_oneself", &sent, move |tx, actor, stamp, sent| {
            let person = actor.person()?;
            let seen = load(tx, actor, &code, stamp.at)?;
            let here = format!("/c/{}", seen.class.code);
            if seen.mine == Some(true) {
                return Ok(here);
            }
            if seen.class.cancelled_at.is_some() {
                return Err(Error::conflict("classes.error.class_cancelled"));
            }
            if seen.coming.is_empty() {
                return Err(Error::conflict("classes.error.class_over"));
            }
            if seen.is_full() {
                return Err(Error::conflict("classes.error.class_full"));
            }
            registration::add(tx, stamp, seen.class.id, &[person], Manner::Online)?;
            if sent.text("consent") == "on" {
                consent::note(tx, stamp, &[person], ConsentManner::Online, None)?;
            }
            Ok(saying(&here, "classes.notice.registered_oneself"))
        })
        .await?)
}

pub(super) async fn cancel(ask: Ask, Path(code): Path<String>, sent: Sent) -> Reply {
    Ok(ask
        .submit("classes.act.unregister_oneself", &sent, move |tx, actor, stamp, _| {
            let canonical = cluster::canonical(tx, actor.person()?)?;
            let class = class::get_by_code(tx, &code)?;
            let own = registration::list_of_person(tx, class.id, canonical)?;
            if let Some(row) = own.first().filter(|row| row.cancelled_at.is_none()) {
                registration::cancel(tx, stamp, class.id, row)?;
            }
            Ok(saying(&format!("/c/{}", class.code), "classes.notice.unregistered_oneself"))
        })
        .await?)
}

fn load(tx: &mut Tx<'_>, actor: &Actor, code: &str, now: Timestamp) -> Result<Seen> {
    let class = class::get_by_code(tx, code)?;
    let mut coming = meeting::list_of_class(tx, class.id)?;
    coming.retain(|meeting| now <= meeting.ends_at);
    let mine = match actor.person {
        Some(person) => Some(is_mine(tx, &class, person)?),
        None => None,
    };
    let registered = registration::count(tx, class.id)?;
    Ok(Seen { class, coming, registered, mine })
}

fn is_mine(tx: &mut Tx<'_>, class: &Class, person: PersonId) -> Result<bool> {
    let canonical = cluster::canonical(tx, person)?;
    let own = registration::list_of_person(tx, class.id, canonical)?;
    Ok(own.iter().any(|row| row.cancelled_at.is_none()))
}

fn page(ask: &Ask, chrome: &Chrome, seen: &Seen) -> Markup {
    let lang = chrome.lang;
    let class = &seen.class;
    let mut facts = Facts::new();
    if !seen.coming.is_empty() {
        let times = html! {
            @for (i, meeting) in seen.coming.iter().enumerate() {
                @if i > 0 { br; }
                (words::when(lang, meeting.evening()))
            }
        };
        facts = facts.fact(lang.t("classes.list.time"), times);
    }
    facts = facts
        .fact(lang.t("classes.field.venue"), format!("{}, {}", class.venue, class.place_words()))
        .fact(lang.t("classes.field.course"), class.course_title(lang));
    if let Some(bring) = &class.bring {
        facts = facts.fact(lang.t("classes.field.bring"), bring.as_str());
    }
    Page::new(chrome, class.title.as_str()).above(lang.t("classes.public.above")).narrow().body(
        html! {
            @if class.cancelled_at.is_some() {
                (Notice::warn(lang.t("classes.public.cancelled")))
            } @else if seen.coming.is_empty() {
                (Notice::info(lang.t("classes.public.over")))
            }
            (facts)
            @if class.cancelled_at.is_none() && !seen.coming.is_empty() {
                (joining(ask, chrome, seen))
            }
        },
    )
}

fn joining(ask: &Ask, chrome: &Chrome, seen: &Seen) -> Markup {
    let lang = chrome.lang;
    let here = format!("/c/{}", seen.class.code);
    match seen.mine {
        Some(true) => {
            let off = Form::post(chrome, format!("{here}/registrations/cancellation"))
                .once(ask.form_id())
                .body(html! { (Button::quiet(lang.t("classes.public.leave"))) });
            html! {
                p { (Badge::good(lang.t("classes.public.mine"))) }
                p { (lang.t("classes.public.mine_more")) }
                (details(lang.t("classes.public.leave_question"), html! { (off) }))
            }
        }
        _ if seen.is_full() => html! { (Notice::info(lang.t("classes.public.full"))) },
        Some(false) => {
            let form = Form::post(chrome, format!("{here}/registrations")).once(ask.form_id());
            html! {
                (form.body(html! {
                    (Check::new("consent", lang.t("classes.consent.sentence"))
                        .hint(lang.t("classes.public.consent_hint")))
                    (Button::primary(lang.t("classes.public.join")).icon(Icon::Check))
                }))
            }
        }
        None => html! {
            div.toolbar {
                (LinkButton::primary(
                    format!("/sign-in?back={here}"), lang.t("classes.public.sign_in"),
                ).icon(Icon::Person))
            }
            p.quiet { (lang.t("classes.public.no_account")) }
        },
    }
}
