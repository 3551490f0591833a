//! `/people/new` and `/people/{id}/edit`: adding a person, changing what is known about one.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Error, Kind, PersonId, Result, Stamp, Tx, UnitId};
use thao_web::components::{Button, Check, FieldErrors, Form, LinkButton, Notice, below, toolbar};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Seen, Sent, saying};

use super::affiliation_form::{AffiliationForm, check_unit};
use super::kit::{At, Query, field_error};
use super::person::PERSON;
use super::person_form::{PersonForm, birth_words};
use super::reach::{Offer, reach};
use crate::affiliation::{self, NewAffiliation};
use crate::duplicate::{self, Reason};
use crate::person::{self, NewPerson, Person};
use crate::viewing::{self, Look};

/// Somebody like this is there already, and nobody said that it is somebody else.
const ALIKE: &str = "people.error.alike";

/// What both forms of a new person hold, and who there already is that may be the same.
struct New {
    person: PersonForm,
    belongs: AffiliationForm,
    alike: Vec<(Person, Reason)>,
    form_id: String,
}

pub(crate) async fn new(ask: Ask) -> Reply {
    let today = ask.today();
    let unit: Option<UnitId> = Query::of(&ask).parse("unit");
    let seen =
        ask.read(move |tx, actor| Offer::load(tx, actor, Action::AddPeople, unit, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let new = New {
        person: PersonForm::default(),
        belongs: AffiliationForm::fresh(chrome.lang, unit, today),
        alike: Vec::new(),
        form_id: ask.form_id(),
    };
    Ok(new_page(&chrome, &new, &seen.it, &FieldErrors::new()).into_response())
}

pub(crate) async fn add(ask: Ask, sent: Sent) -> Reply {
    let today = ask.today();
    let mut new = New {
        person: PersonForm::sent(&sent),
        belongs: AffiliationForm::sent(&sent),
        alike: Vec::new(),
        form_id: sent.form_id.map_or_else(|| ask.form_id(), |id| id.to_string()),
    };
    let chosen: Option<UnitId> = new.belongs.unit.parse().ok();
    let seen =
        ask.read(move |tx, actor| Offer::load(tx, actor, Action::AddPeople, chosen, today)).await?;
    let lang = ask.lang(&seen.actor);
    let mut errors = FieldErrors::new();
    let person = new.person.read(lang, today, &mut errors);
    // The id of a person nobody is yet: the form only says where.
    let nobody: PersonId = thao_base::Id::new(ask.app.clock.now(), &ask.app.entropy);
    let belongs = new.belongs.read(nobody, lang, &mut errors);
    if let (true, Some(belongs)) = (errors.is_empty(), belongs) {
        let sure = !sent.text("sure").is_empty();
        let (like, unit) = (unsaved(nobody, &person, &ask), belongs.unit);
        match carry_out(&ask, &sent, person, like.clone(), belongs, sure).await {
            Ok(response) => return Ok(response),
            Err(error) => {
                if error.key() == ALIKE {
                    let found = viewing::read(&ask, move |tx, actor, looks| {
                        let found = alike(tx, actor, &like, unit, today)?;
                        looks.push(Look::page("people.view.alike", found.len()));
                        Ok(found)
                    });
                    new.alike = found.await?.it;
                }
                field_error(&mut errors, error, lang)?;
            }
        }
    }
    let chrome = ask.chrome(&seen.actor);
    let page = new_page(&chrome, &new, &seen.it, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn carry_out(
    ask: &Ask,
    sent: &Sent,
    person: NewPerson,
    like: Person,
    belongs: NewAffiliation,
    sure: bool,
) -> Result<Response> {
    let today = ask.today();
    let work = move |tx: &mut Tx<'_>, actor: &Actor, stamp: &Stamp, _: &Sent| {
        check_unit(tx, actor, belongs.unit, Action::AddPeople, today)?;
        if !sure && !alike(tx, actor, &like, belongs.unit, today)?.is_empty() {
            return Err(Error::conflict(ALIKE).field("sure"));
        }
        let id = person::add(tx, stamp, person.clone())?;
        affiliation::add_many(tx, stamp, &[NewAffiliation { person: id, ..belongs.clone() }])?;
        let key = match duplicate::look(tx, stamp, &[id])? {
            0 => "people.notice.added",
            _ => "people.notice.added_alike",
        };
        let to = match reach(tx, actor, id, Action::SeePeople, today) {
            Ok(_) => format!("/people/{id}"),
            Err(e) if is_hidden(&e) => format!("/people/new?unit={}", belongs.unit),
            Err(e) => return Err(e),
        };
        Ok(saying(&to, key))
    };
    ask.submit("people.act.add_person", sent, work).await
}

/// A person nobody has saved yet, to be compared with those there are.
fn unsaved(id: PersonId, person: &NewPerson, ask: &Ask) -> Person {
    let date = match person.birth {
        Some(crate::Birth::Day(date)) => Some(date),
        Some(crate::Birth::Year(_)) | None => None,
    };
    Person {
        id,
        full_name: person.full_name.clone(),
        birth_date: date,
        birth_year: person.birth.map(crate::Birth::year),
        sex: person.sex.clone(),
        ethnicity: None,
        citizen_id: person.citizen_id.clone(),
        old_id: person.old_id.clone(),
        phone: person.phone.clone(),
        email: person.email.clone(),
        created_at: ask.app.clock.now(),
    }
}

/// Who there is that may be this person: only those the actor may see anyway, because a form is
/// no way to look somebody up.
fn alike(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: &Person,
    unit: UnitId,
    today: Date,
) -> Result<Vec<(Person, Reason)>> {
    let mut out = Vec::new();
    for (found, reason) in duplicate::list_candidates(tx, person, &[unit])? {
        match reach(tx, actor, found.id, Action::SeePeople, today) {
            Ok(_) => out.push((found, reason)),
            Err(e) if is_hidden(&e) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(out)
}

fn is_hidden(error: &Error) -> bool {
    matches!(error.kind(), Kind::NotFound | Kind::Forbidden)
}

fn new_page(chrome: &Chrome, new: &New, offer: &Offer, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let page = Page::new(chrome, lang.t("people.new.title"))
        .crumb("/people", lang.t("people.list.title"))
        .lead(lang.t("people.new.lead"))
        .narrow()
        .errors(errors);
    page.body(html! {
        (Form::post(chrome, "/people").once(new.form_id.as_str()).body(html! {
            @if !new.alike.is_empty() { (alike_notice(chrome, &new.alike, errors)) }
            (new.person.fields(lang, errors))
            (new.belongs.fields(lang, offer, errors))
            (toolbar(html! {
                (Button::primary(lang.t("people.new.do")))
                (LinkButton::quiet("/people", lang.t("people.cancel")))
            }))
        }))
    })
}

fn alike_notice(chrome: &Chrome, alike: &[(Person, Reason)], errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    html! {
        (Notice::warn(lang.t("people.new.alike")).more(html! {
            ul {
                @for (person, reason) in alike {
                    li {
                        a href={ "/people/" (person.id) } { (person.full_name) }
                        @let birth = birth_words(lang, person);
                        @if !birth.is_empty() { ", " (birth) }
                        (below(&super::words::of(lang, "people.reason", reason.code())))
                    }
                }
            }
        }))
        (Check::new("sure", lang.t("people.new.sure")).errors(errors))
    }
}

pub(crate) async fn show(At(id): At<PersonId>, ask: Ask) -> Reply {
    let today = ask.today();
    let seen = known(&ask, id, today).await?;
    let chrome = ask.chrome(&seen.actor);
    let form = PersonForm::of(&seen.it, chrome.lang);
    let page = edit_page(&chrome, &seen.it, &form, &ask.form_id(), &FieldErrors::new());
    Ok(page.into_response())
}

pub(crate) async fn save(At(id): At<PersonId>, ask: Ask, sent: Sent) -> Reply {
    let today = ask.today();
    let may = move |tx: &mut Tx<'_>, actor: &Actor| {
        reach(tx, actor, id, Action::EditPeople, today).map(|_| ())
    };
    let lang = ask.lang(&ask.read(may).await?.actor);
    let form = PersonForm::sent(&sent);
    let mut errors = FieldErrors::new();
    let read = form.read(lang, today, &mut errors);
    if !errors.is_empty() {
        let seen = known(&ask, id, today).await?;
        let chrome = ask.chrome(&seen.actor);
        let form_id = sent.form_id.map_or_else(|| ask.form_id(), |id| id.to_string());
        let page = edit_page(&chrome, &seen.it, &form, &form_id, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let work = move |tx: &mut Tx<'_>, actor: &Actor, stamp: &Stamp, _: &Sent| {
        let known = reach(tx, actor, id, Action::EditPeople, today)?.person;
        let new = NewPerson {
            ethnicity: known.ethnicity.clone(),
            // The form has one field for both numbers: the old one stays beside a new one.
            old_id: read.old_id.clone().or_else(|| known.old_id.clone()),
            citizen_id: match read.old_id {
                Some(_) => known.citizen_id.clone(),
                None => read.citizen_id.clone(),
            },
            ..read.clone()
        };
        let changed = person::replace(tx, stamp, known.id, &new)?;
        let found = if changed { duplicate::look(tx, stamp, &[known.id])? } else { 0 };
        let key = match (changed, found) {
            (false, _) => "people.notice.unchanged",
            (true, 0) => "people.notice.saved",
            (true, _) => "people.notice.added_alike",
        };
        Ok(saying(&format!("/people/{}", known.id), key))
    };
    Ok(ask.submit("people.act.edit_person", &sent, work).await?)
}

/// The person the form is about: the form shows as much of them as their page.
async fn known(ask: &Ask, id: PersonId, today: Date) -> Result<Seen<Person>> {
    viewing::read(ask, move |tx, actor, looks| {
        let person = reach(tx, actor, id, Action::EditPeople, today)?.person;
        looks.push(Look::page(PERSON, 1).about(person.id));
        Ok(person)
    })
    .await
}

fn edit_page(
    chrome: &Chrome,
    person: &Person,
    form: &PersonForm,
    form_id: &str,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let here = format!("/people/{}", person.id);
    Page::new(chrome, lang.t("people.edit.title"))
        .crumb("/people", lang.t("people.list.title"))
        .crumb(here.clone(), &person.full_name)
        .lead(lang.t("people.edit.lead"))
        .narrow()
        .errors(errors)
        .body(html! {
            (Form::post(chrome, here.clone()).once(form_id).body(html! {
                (form.fields(lang, errors))
                (toolbar(html! {
                    (Button::primary(lang.t("people.save")))
                    (LinkButton::quiet(here.clone(), lang.t("people.cancel")))
                }))
            }))
        })
}
