//! `/classes/{id}/registrations`: who is expected; looking for people and putting them down.

use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{ClassId, Error, PersonId, RegistrationId, Result, Tx};
use thao_people::viewing;
use thao_web::components::{
    Badge, Button, Choice, Column, Empty, Field, Form, Icon, LinkButton, Notice, Table, below,
    details, toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Sent, saying, saying_n};

use super::{overview, people};
use crate::access::{Rights, rights, search_scope, visit};
use crate::class::Class;
use crate::look;
use crate::newcomer::{self, Known, Typed};
use crate::registration::{self, Entry, Manner};
use crate::words;

/// People shown at once to choose from.
const SHOWN: i64 = 60;

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Wanted {
    q: Option<String>,
    /// `unit`: the people of the class's own village, without a name.
    people: Option<String>,
    /// Who was just taken off, to be put back at once.
    removed: Option<String>,
}

pub(super) struct Seen {
    pub class: Class,
    pub rights: Rights,
    pub roster: Vec<Entry>,
    off: Vec<Entry>,
    /// `None` when nothing was looked for.
    found: Option<Vec<Known>>,
    pub villages: Vec<thao_people::Place>,
    searched: bool,
}

pub(super) async fn show(ask: Ask, Path(id): Path<ClassId>, Query(wanted): Query<Wanted>) -> Reply {
    let seen = load(&ask, id, wanted.clone()).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = Typed { village: people::default_village(&seen.it), ..Typed::default() };
    let page = page(&ask, &chrome, &seen.it, &wanted, &typed, &[]);
    Ok(page.into_response())
}

/// Puts people down who were found.
pub(super) async fn add(ask: Ask, Path(id): Path<ClassId>, sent: Sent) -> Reply {
    let today = ask.today();
    Ok(ask
        .submit("classes.act.register", &sent, move |tx, actor, stamp, sent| {
            let class = visit_open(tx, actor, id, today)?;
            let persons: Vec<PersonId> =
                sent.all("person").filter_map(|person| person.parse().ok()).collect();
            let scope = search_scope(actor, &class, today);
            newcomer::refuse_strangers(tx, &scope, &persons, today)?;
            let new = registration::add(tx, stamp, id, &persons, Manner::Organiser)?;
            told(tx, &class, new)
        })
        .await?)
}

/// Where to go after people were put down, and what to say: also that seats have run out.
pub(super) fn told(tx: &mut Tx<'_>, class: &Class, new: usize) -> Result<String> {
    let here = format!("/classes/{}/registrations", class.id);
    let registered = registration::count(tx, class.id)?;
    let over = class.capacity.map_or(0, |seats| registered - i64::from(seats));
    Ok(match (new, over) {
        (0, _) => saying(&here, "classes.notice.nobody_new"),
        (_, over) if over > 0 => saying_n(&here, "classes.notice.over_capacity", over),
        (new, _) => saying_n(&here, "classes.notice.registered", new),
    })
}

pub(super) async fn cancel(
    ask: Ask,
    Path((id, registration)): Path<(ClassId, RegistrationId)>,
    sent: Sent,
) -> Reply {
    let today = ask.today();
    Ok(ask
        .submit("classes.act.unregister", &sent, move |tx, actor, stamp, _| {
            let class = visit(tx, actor, id, Action::RunClasses, today)?;
            let row = registration::get(tx, class.id, registration)?;
            registration::cancel(tx, stamp, class.id, &row)?;
            Ok(format!("/classes/{id}/registrations?removed={registration}"))
        })
        .await?)
}

pub(super) async fn restore(
    ask: Ask,
    Path((id, registration)): Path<(ClassId, RegistrationId)>,
    sent: Sent,
) -> Reply {
    let today = ask.today();
    Ok(ask
        .submit("classes.act.restore_registration", &sent, move |tx, actor, stamp, _| {
            let class = visit_open(tx, actor, id, today)?;
            let row = registration::get(tx, class.id, registration)?;
            registration::add(tx, stamp, id, &[row.person], Manner::Organiser)?;
            let here = format!("/classes/{id}/registrations");
            Ok(saying(&here, "classes.notice.restored"))
        })
        .await?)
}

/// A class people can still be put down for.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] when it was cancelled.
pub(super) fn visit_open(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ClassId,
    today: Date,
) -> Result<Class> {
    let class = visit(tx, actor, id, Action::RunClasses, today)?;
    match class.cancelled_at {
        Some(_) => Err(Error::conflict("classes.error.class_cancelled")),
        None => Ok(class),
    }
}

/// Everything the page shows; the look at the names is logged before they leave.
pub(super) async fn load(ask: &Ask, id: ClassId, wanted: Wanted) -> Result<thao_web::Seen<Seen>> {
    let today = ask.today();
    viewing::read(ask, move |tx, actor, looks| {
        let class = visit(tx, actor, id, Action::SeeClasses, today)?;
        let rights = rights(actor, &class, today);
        let found = match rights.run && class.cancelled_at.is_none() {
            true => look_for(tx, actor, &class, &wanted, today)?,
            false => None,
        };
        let roster = registration::roster(tx, id, today)?;
        let off = registration::list_cancelled(tx, id)?;
        let names = roster.len() + off.len();
        looks.push(look::page("classes.view.registrations", &class, names));
        looks.extend(found.as_ref().map(|found| look::search(&class, found.len())));
        Ok(Seen {
            villages: people::villages(tx, actor, &class, today)?,
            searched: found.is_some(),
            class,
            rights,
            roster,
            off,
            found,
        })
    })
    .await
}

/// People by name in the commune, or those of the class's own village.
fn look_for(
    tx: &mut Tx<'_>,
    actor: &Actor,
    class: &Class,
    wanted: &Wanted,
    today: Date,
) -> Result<Option<Vec<Known>>> {
    let scope = search_scope(actor, class, today);
    let name = wanted.q.as_deref().unwrap_or_default().trim();
    let found = match (name, wanted.people.as_deref()) {
        ("", Some("unit")) => {
            newcomer::search(tx, &scope.within(class.span()), class.id, "", today, SHOWN)?
        }
        ("", _) => return Ok(None),
        (name, _) => newcomer::search(tx, &scope, class.id, name, today, SHOWN)?,
    };
    Ok(Some(found))
}

pub(super) fn page(
    ask: &Ask,
    chrome: &Chrome,
    seen: &Seen,
    wanted: &Wanted,
    typed: &Typed,
    faults: &[newcomer::Fault],
) -> Markup {
    let lang = chrome.lang;
    let class = &seen.class;
    let here = format!("/classes/{}", class.id);
    let errors = super::form::errors(lang, faults);
    let open = seen.rights.run && class.cancelled_at.is_none();
    let registered = i64::try_from(seen.roster.len()).unwrap_or(i64::MAX);
    let mut page = Page::new(chrome, lang.t("classes.registrations.title"))
        .crumb("/classes", lang.t("classes.nav"))
        .crumb(here, class.title.as_str())
        .lead(overview::seats(lang, registered, class.capacity))
        .errors(&errors);
    if let Some(notice) = removed(ask, chrome, seen, wanted) {
        page = page.notice(notice);
    }
    page.body(html! {
        @if open {
            (search(chrome, seen, wanted))
            @if let Some(found) = &seen.found { (choose(ask, chrome, seen, found)) }
            @if seen.rights.add { (people::form(ask, chrome, seen, typed, &errors)) }
        }
        (roster(ask, chrome, seen, open))
        @if open && !seen.off.is_empty() { (off(ask, chrome, seen)) }
    })
}

fn search(chrome: &Chrome, seen: &Seen, wanted: &Wanted) -> Markup {
    let lang = chrome.lang;
    let class = &seen.class;
    let here = format!("/classes/{}/registrations", class.id);
    let label = lang.f("classes.registrations.search", &[("area", &class.area_name)]);
    let name = wanted.q.as_deref().unwrap_or_default();
    let form = Form::get(here.clone()).body(html! {
        (Field::search("q", label).value(name))
        (toolbar(html! {
            (Button::quiet(lang.t("classes.registrations.find")).icon(Icon::Search))
            @if seen.searched { a href=(here) { (lang.t("web.filters.clear")) } }
        }))
    });
    let all = lang.f("classes.registrations.of_unit", &[("unit", &class.unit_name)]);
    html! {
        (form)
        @if class.unit != class.area && !seen.searched {
            div.toolbar {
                (LinkButton::quiet(format!("{here}?people=unit"), all).icon(Icon::People))
            }
        }
    }
}

/// People found, to be ticked and put down together.
fn choose(ask: &Ask, chrome: &Chrome, seen: &Seen, found: &[Known]) -> Markup {
    let lang = chrome.lang;
    let (on, off): (Vec<&Known>, Vec<&Known>) = found.iter().partition(|known| known.registered);
    if found.is_empty() {
        return html! {
            (Empty::new(lang.t("classes.registrations.none_found"), lang.t("classes.registrations.none_found_more")))
        };
    }
    let mut choice = Choice::many("person", lang.t("classes.registrations.found"));
    for known in &off {
        let hint = words::apart(Some(&known.village), known.birth());
        choice = choice.option_with_hint(known.id.to_string(), known.full_name.as_str(), hint);
    }
    let action = format!("/classes/{}/registrations", seen.class.id);
    html! {
        @if !off.is_empty() {
            (Form::post(chrome, action).once(ask.form_id()).body(html! {
                (choice)
                (Button::primary(lang.t("classes.registrations.do")).icon(Icon::Plus))
            }))
        }
        @if !on.is_empty() {
            p.quiet {
                (lang.t("classes.registrations.already")) " "
                (on.iter().map(|known| known.full_name.as_str()).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

fn roster(ask: &Ask, chrome: &Chrome, seen: &Seen, open: bool) -> Markup {
    let lang = chrome.lang;
    let rows = seen.roster.iter().map(|entry| {
        let off = Form::post(chrome, registration_path(seen, entry.id, "cancellation"))
            .once(ask.form_id())
            .inline()
            .body(html! {
                (Button::quiet(lang.t("classes.registrations.remove")).context(entry.full_name.as_str()))
            });
        [
            html! {
                (entry.full_name)
                (below(&words::apart(entry.village.as_deref(), entry.birth())))
                (manner(chrome, entry))
            },
            html! { @if open { (off) } },
        ]
    });
    let empty =
        Empty::new(lang.t("classes.registrations.none"), lang.t("classes.registrations.none_more"));
    html! {
        (Table::new(lang, lang.t("classes.registrations.list"))
            .always_table()
            .column(Column::text(lang.t("classes.person.name")))
            .column(Column::actions(lang.t("classes.list.action")))
            .rows(rows)
            .empty(empty))
        @if !seen.roster.is_empty() {
            div.toolbar {
                (LinkButton::quiet(
                    format!("/classes/{}/roll", seen.class.id), lang.t("classes.roll.print"),
                ).icon(Icon::Print))
            }
        }
    }
}

fn manner(chrome: &Chrome, entry: &Entry) -> Markup {
    let lang = chrome.lang;
    html! {
        @match entry.manner() {
            Some(Manner::WalkIn) => (Badge::info(lang.t("classes.manner.walk_in"))),
            Some(Manner::Online) => (Badge::plain(lang.t("classes.manner.online")).icon(Icon::Phone)),
            Some(Manner::Organiser) | None => {}
        }
    }
}

fn registration_path(seen: &Seen, id: RegistrationId, noun: &str) -> String {
    format!("/classes/{}/registrations/{id}/{noun}", seen.class.id)
}

/// "Taken off", with the way back.
fn removed(ask: &Ask, chrome: &Chrome, seen: &Seen, wanted: &Wanted) -> Option<Notice> {
    let id: RegistrationId = wanted.removed.as_deref()?.parse().ok()?;
    let entry = seen.off.iter().find(|entry| entry.id == id)?;
    let lang = chrome.lang;
    let words = lang.f("classes.registrations.removed", &[("name", &entry.full_name)]);
    let back = Form::post(chrome, registration_path(seen, id, "restoration"))
        .once(ask.form_id())
        .inline()
        .body(html! { (Button::quiet(lang.t("classes.registrations.undo"))) });
    Some(Notice::good(words).more(html! { (back) }))
}

fn off(ask: &Ask, chrome: &Chrome, seen: &Seen) -> Markup {
    let lang = chrome.lang;
    let summary = lang.f("classes.registrations.off", &[("n", &seen.off.len())]);
    details(
        &summary,
        html! {
            ul {
                @for entry in &seen.off {
                    li {
                        (entry.full_name) " "
                        (Form::post(chrome, registration_path(seen, entry.id, "restoration"))
                            .once(ask.form_id()).inline()
                            .body(html! {
                                (Button::quiet(lang.t("classes.registrations.put_back"))
                                    .context(entry.full_name.as_str()))
                            }))
                    }
                }
            }
        },
    )
}
