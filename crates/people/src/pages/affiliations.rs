//! `/people/{id}/affiliations`: where somebody belongs, a new unit, the end of an old one.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::{AffiliationId, Error, PersonId, Result, Tx, UnitId};
use thao_web::components::{Button, Confirm, Field, FieldErrors, Form, date_typed};
use thao_web::{Action, Ask, Chrome, Page, Reply, Seen, Sent, saying};

use super::affiliation_form::{AffiliationForm, check_unit};
use super::kit::{At, field_error, section};
use super::person::{self, PERSON, span_words, with_units};
use super::reach::{Offer, Reached, reach};
use super::words;
use crate::affiliation::{self, Affiliation, NewAffiliation};
use crate::viewing::{self, Look};

struct Shown {
    reached: Reached,
    belongs: Vec<(Affiliation, String)>,
    offer: Offer,
}

async fn load(ask: &Ask, id: PersonId, unit: Option<UnitId>) -> Result<Seen<Shown>> {
    let today = ask.today();
    viewing::read(ask, move |tx, actor, looks| {
        let reached = reach(tx, actor, id, Action::EditPeople, today)?;
        looks.push(Look::page(PERSON, 1).about(reached.person.id));
        let belongs = with_units(tx, &reached.rows)?;
        let offer = Offer::load(tx, actor, Action::EditPeople, unit, today)?;
        Ok(Shown { reached, belongs, offer })
    })
    .await
}

pub(crate) async fn show(At(id): At<PersonId>, ask: Ask) -> Reply {
    let seen = load(&ask, id, None).await?;
    let chrome = ask.chrome(&seen.actor);
    let form = AffiliationForm::fresh(chrome.lang, None, ask.today());
    Ok(page(&chrome, &ask, &seen.it, &form, &FieldErrors::new()).into_response())
}

pub(crate) async fn add(At(id): At<PersonId>, ask: Ask, sent: Sent) -> Reply {
    let form = AffiliationForm::sent(&sent);
    let seen = load(&ask, id, form.unit.parse().ok()).await?;
    let lang = ask.lang(&seen.actor);
    let today = ask.today();
    let mut errors = FieldErrors::new();
    if let Some(new) = form.read(seen.it.reached.person.id, lang, &mut errors) {
        let done = ask
            .submit("people.act.add_affiliation", &sent, move |tx, actor, stamp, _| {
                let person = reach(tx, actor, id, Action::EditPeople, today)?.person.id;
                check_unit(tx, actor, new.unit, Action::EditPeople, today)?;
                let new = NewAffiliation { person, ..new.clone() };
                refuse_twice(tx, &new)?;
                affiliation::add_many(tx, stamp, &[new])?;
                Ok(saying(&format!("/people/{person}"), "people.notice.affiliation_added"))
            })
            .await;
        match done {
            Ok(response) => return Ok(response),
            Err(error) => field_error(&mut errors, error, lang)?,
        }
    }
    let chrome = ask.chrome(&seen.actor);
    let page = page(&chrome, &ask, &seen.it, &form, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Nobody is the same thing in the same unit twice at once.
fn refuse_twice(tx: &mut Tx<'_>, new: &NewAffiliation) -> Result<()> {
    let all = affiliation::list_of_persons(tx, &[new.person])?;
    let overlaps = |a: &Affiliation| a.valid_to.is_none_or(|to| new.valid_from < to);
    let same = |a: &Affiliation| a.unit == new.unit && a.kind == new.kind.code() && overlaps(a);
    if all.iter().any(same) {
        return Err(Error::conflict("people.error.affiliation_twice").field("unit"));
    }
    Ok(())
}

pub(crate) async fn end(
    At((id, row)): At<(PersonId, AffiliationId)>,
    ask: Ask,
    sent: Sent,
) -> Reply {
    let today = ask.today();
    let to = date_typed(sent.text("to"))
        .ok_or_else(|| Error::invalid("people.error.date").field("to"))?;
    let done = ask
        .submit("people.act.end_affiliation", &sent, move |tx, actor, stamp, _| {
            let reached = reach(tx, actor, id, Action::EditPeople, today)?;
            let all = affiliation::list_of_persons(tx, &reached.rows)?;
            let found = all.into_iter().find(|a| a.id == row).ok_or_else(Error::not_found)?;
            check_unit(tx, actor, found.unit, Action::EditPeople, today)?;
            if to < found.valid_from {
                return Err(Error::invalid("people.error.end_before").field("to"));
            }
            affiliation::end(tx, stamp, row, found.person, to)?;
            let path = format!("/people/{}/affiliations", reached.person.id);
            Ok(saying(&path, "people.notice.affiliation_ended"))
        })
        .await?;
    Ok(done)
}

fn page(
    chrome: &Chrome,
    ask: &Ask,
    shown: &Shown,
    form: &AffiliationForm,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let person = &shown.reached.person;
    let here = format!("/people/{}/affiliations", person.id);
    let today = ask.today();
    let open = shown.belongs.iter().filter(|(a, _)| a.valid_to.is_none());
    Page::new(chrome, lang.t("people.affiliations.title"))
        .crumb("/people", lang.t("people.list.title"))
        .crumb(format!("/people/{}", person.id), &person.full_name)
        .errors(errors)
        .body(html! {
            (person::timeline(lang, today, &shown.belongs))
            @for (a, path) in open {
                (Confirm::new(
                    lang.f("people.affiliations.end", &[("unit", path)]),
                    lang.f("people.affiliations.end_question", &[
                        ("name", &person.full_name),
                        ("kind", &words::kind(lang, &a.kind)),
                        ("unit", path),
                        ("since", &span_words(lang, a.valid_from, None)),
                    ]),
                    Form::post(chrome, format!("{here}/{}/end", a.id)).once(ask.form_id())
                        .body(html! {
                            (Field::date(lang, "to", lang.t("people.affiliations.end_day"))
                                .id(format!("to-{}", a.id))
                                .value(lang.date(today)))
                            (Button::danger(lang.t("people.affiliations.end_do"))
                                .context(path.as_str()))
                        })))
            }
            (section("add-part", lang.t("people.affiliations.add"), &html! {
                (Form::post(chrome, here.clone()).once(ask.form_id()).body(html! {
                    (form.fields(lang, &shown.offer, errors))
                    (Button::primary(lang.t("people.affiliations.add_do")))
                }))
            }))
        })
}
