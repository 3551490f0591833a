//! `/people/{id}/appointments`: what somebody may do and where; given and taken by administrators.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{AppointmentId, Error, PersonId, Result, UnitId};
use thao_web::components::{Button, Choice, Confirm, Field, FieldErrors, Form, date_typed};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Role, Seen, Sent, saying};

use super::affiliation_form::check_unit;
use super::kit::{At, field_error, section};
use super::person::{PERSON, may_at, roles};
use super::reach::{Offer, Reached, reach};
use super::words;
use crate::appointment::{self, Appointed};
use crate::viewing::{self, Look};

/// Roles that are given; everybody is a learner anyway.
const GIVEN: [Role; 4] = [Role::Organiser, Role::Instructor, Role::Manager, Role::Administrator];

struct Shown {
    reached: Reached,
    roles: Vec<Appointed>,
    offer: Offer,
}

#[derive(Default)]
struct Typed {
    role: String,
    unit: String,
    from: String,
}

impl Typed {
    fn read(
        &self,
        lang: thao_base::Lang,
        errors: &mut FieldErrors,
    ) -> Option<(Role, UnitId, Date)> {
        let role = Role::from_code(&self.role).filter(|role| GIVEN.contains(role));
        let unit: Option<UnitId> = self.unit.parse().ok();
        let from = date_typed(&self.from);
        if role.is_none() {
            errors.add("role", lang.t("people.error.role_missing"));
        }
        if unit.is_none() {
            errors.add("unit", lang.t("people.error.unit_missing"));
        }
        if from.is_none() {
            errors.add("from", lang.t("people.error.date"));
        }
        Some((role?, unit?, from?))
    }
}

async fn load(ask: &Ask, id: PersonId, unit: Option<UnitId>) -> Result<Seen<Shown>> {
    let today = ask.today();
    viewing::read(ask, move |tx, actor, looks| {
        let reached = reach(tx, actor, id, Action::Appoint, today)?;
        looks.push(Look::page(PERSON, 1).about(reached.person.id));
        let roles = appointment::list_of_persons(tx, &reached.rows)?;
        let offer = Offer::load(tx, actor, Action::Appoint, unit, today)?;
        Ok(Shown { reached, roles, offer })
    })
    .await
}

pub(crate) async fn show(At(id): At<PersonId>, ask: Ask) -> Reply {
    let seen = load(&ask, id, None).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = Typed { from: chrome.lang.date(ask.today()), ..Typed::default() };
    Ok(page(&chrome, &seen.actor, &ask, &seen.it, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn add(At(id): At<PersonId>, ask: Ask, sent: Sent) -> Reply {
    let text = |name| sent.text(name).to_owned();
    let typed = Typed { role: text("role"), unit: text("unit"), from: text("from") };
    let seen = load(&ask, id, typed.unit.parse().ok()).await?;
    let lang = ask.lang(&seen.actor);
    let today = ask.today();
    let mut errors = FieldErrors::new();
    if let Some((role, unit, from)) = typed.read(lang, &mut errors) {
        let done = ask
            .submit("people.act.appoint", &sent, move |tx, actor, stamp, _| {
                let reached = reach(tx, actor, id, Action::Appoint, today)?;
                check_unit(tx, actor, unit, Action::Appoint, today)?;
                let held = appointment::list_of_persons(tx, &reached.rows)?;
                let same =
                    |a: &Appointed| a.role() == Some(role) && a.unit == unit && a.is_open(today);
                if held.iter().any(same) {
                    return Err(Error::conflict("people.error.role_twice").field("role"));
                }
                let person = reached.person.id;
                appointment::add(tx, stamp, person, role, unit, from)?;
                Ok(saying(&format!("/people/{person}/appointments"), "people.notice.appointed"))
            })
            .await;
        match done {
            Ok(response) => return Ok(response),
            Err(error) => field_error(&mut errors, error, lang)?,
        }
    }
    let chrome = ask.chrome(&seen.actor);
    let page = page(&chrome, &seen.actor, &ask, &seen.it, &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(crate) async fn end(
    At((id, row)): At<(PersonId, AppointmentId)>,
    ask: Ask,
    sent: Sent,
) -> Reply {
    let today = ask.today();
    let done = ask
        .submit("people.act.end_appointment", &sent, move |tx, actor, stamp, _| {
            let reached = reach(tx, actor, id, Action::Appoint, today)?;
            let all = appointment::list_of_persons(tx, &reached.rows)?;
            let found = all.into_iter().find(|a| a.id == row).ok_or_else(Error::not_found)?;
            check_unit(tx, actor, found.unit, Action::Appoint, today)?;
            if found.role() == Some(Role::Administrator) && actor.person == Some(found.person) {
                // Somebody must be left who can give roles.
                return Err(Error::conflict("people.error.own_role"));
            }
            // An appointment of the same day never held.
            let to = today.max(found.valid_from);
            appointment::end(tx, stamp, row, found.person, to)?;
            let path = format!("/people/{}/appointments", reached.person.id);
            Ok(saying(&path, "people.notice.appointment_ended"))
        })
        .await?;
    Ok(done)
}

fn page(
    chrome: &Chrome,
    actor: &Actor,
    ask: &Ask,
    shown: &Shown,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let today = ask.today();
    let person = &shown.reached.person;
    let here = format!("/people/{}/appointments", person.id);
    let own =
        |a: &Appointed| a.role() == Some(Role::Administrator) && actor.person == Some(a.person);
    let open = shown
        .roles
        .iter()
        .filter(|a| a.is_open(today) && !own(a) && may_at(actor, Action::Appoint, a.pos, today));
    Page::new(chrome, lang.t("people.appointments.title"))
        .crumb("/people", lang.t("people.list.title"))
        .crumb(format!("/people/{}", person.id), &person.full_name)
        .errors(errors)
        .body(html! {
            (roles(lang, today, &shown.roles))
            @for a in open {
                @let role = words::role(lang, &a.role);
                (Confirm::new(
                    lang.f("people.appointments.end", &[("role", &role), ("unit", &a.unit_path)]),
                    lang.f("people.appointments.end_question", &[
                        ("name", &person.full_name), ("role", &role), ("unit", &a.unit_path),
                    ]),
                    Form::post(chrome, format!("{here}/{}/end", a.id)).once(ask.form_id())
                        .body(Button::danger(lang.t("people.appointments.end_do"))
                            .context(a.unit_path.as_str()))))
            }
            (section("add-part", lang.t("people.appointments.add"), &html! {
                (Form::post(chrome, here.clone()).once(ask.form_id()).body(html! {
                    (role_choice(lang, typed, errors))
                    (shown.offer.choice("unit", lang.t("people.appointments.unit"),
                        lang.t("people.choose_unit"), &typed.unit, errors)
                        .hint(lang.t("people.appointments.unit_hint")))
                    (Field::date(lang, "from", lang.t("people.field.from"))
                        .value(&typed.from).errors(errors))
                    (Button::primary(lang.t("people.appointments.add_do")))
                }))
            }))
        })
}

fn role_choice<'a>(lang: thao_base::Lang, typed: &'a Typed, errors: &FieldErrors) -> Choice<'a> {
    let mut choice = Choice::one("role", lang.t("people.field.role"));
    for role in GIVEN {
        let hint = words::of(lang, "people.role_hint", role.code()).into_owned();
        choice = choice.option_with_hint(role.code(), words::role(lang, role.code()), hint);
    }
    choice.chosen(&typed.role).errors(errors)
}
