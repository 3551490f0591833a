//! `POST /classes/{id}/registrations/people`: somebody the system may not know; and the question
//! "is it this person?", so that nobody is made twice.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{ClassId, Error, Lang, PersonId, Result, Stamp, Tx, UnitId};
use thao_people::{Place, UnitKind, viewing};
use thao_web::components::{
    Badge, Button, Card, Choice, Field, FieldErrors, Form, Icon, LinkButton, Notice, beside, cards,
    details, hidden,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check};

use super::registrations::{self, Seen};
use crate::access::add_scope;
use crate::class::{self, Class};
use crate::look;
use crate::newcomer::{self, Known, Likely, Newcomer, Typed};
use crate::registration::{self, Manner};
use crate::{submission, words};

/// More villages than any commune has.
const VILLAGES: i64 = 400;

pub(super) async fn add(ask: Ask, Path(id): Path<ClassId>, sent: Sent) -> Reply {
    let today = ask.today();
    let typed = Typed::of(&sent);
    let newcomer = match typed.read(today) {
        Ok(newcomer) => newcomer,
        Err(faults) => {
            let seen = registrations::load(&ask, id, Default::default()).await?;
            let chrome = ask.chrome(&seen.actor);
            let wanted = Default::default();
            let page = registrations::page(&ask, &chrome, &seen.it, &wanted, &typed, &faults);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if !is_decided(&sent) {
        let (wanted, form) = (newcomer.clone(), sent.form_id);
        let seen = viewing::read(&ask, move |tx, actor, looks| {
            if submission::is_known(tx, form)? {
                return Ok(None);
            }
            let class = registrations::visit_open(tx, actor, id, today)?;
            may_add(tx, actor, &class, &wanted, today)?;
            let scope = add_scope(actor, &class, today);
            let likely = newcomer::list_likely(tx, &scope, &class, &wanted, today)?;
            looks.push(look::search(&class, likely.known.len()));
            Ok(Some((class, likely)))
        })
        .await?;
        if let Some((class, likely)) = seen.it.as_ref().filter(|(_, likely)| !likely.is_empty()) {
            let chrome = ask.chrome(&seen.actor);
            let back = format!("/classes/{id}/registrations");
            let question = Question {
                class,
                likely,
                action: format!("{back}/people"),
                back: &back,
                carried: typed.fields().to_vec(),
                named: &newcomer.full_name,
            };
            return Ok(question.page(&ask, &chrome).into_response());
        }
    }
    Ok(ask
        .submit("classes.act.add_person", &sent, move |tx, actor, stamp, sent| {
            let class = registrations::visit_open(tx, actor, id, today)?;
            let person = decided(tx, actor, stamp, sent, &class, &newcomer, today)?;
            let new = registration::add(tx, stamp, id, &[person], Manner::Organiser)?;
            registrations::told(tx, &class, new)
        })
        .await?)
}

/// Whether somebody answered the question.
pub(super) fn is_decided(sent: &Sent) -> bool {
    sent.some("person").is_some() || sent.some("new").is_some()
}

/// The person the answer names, or a new one.
pub(super) fn decided(
    tx: &mut Tx<'_>,
    actor: &Actor,
    stamp: &Stamp,
    sent: &Sent,
    class: &Class,
    newcomer: &Newcomer,
    since: Date,
) -> Result<PersonId> {
    let today = stamp.today();
    match sent.parse::<PersonId>("person") {
        Some(person) => {
            newcomer::refuse_strangers(tx, &add_scope(actor, class, today), &[person], today)?;
            Ok(person)
        }
        None => {
            may_add(tx, actor, class, newcomer, today)?;
            newcomer::add(tx, stamp, newcomer, since.min(today))
        }
    }
}

/// People are added where they live, in the class's commune.
///
/// # Errors
/// 403 or 404 outside the actor's units; [`thao_base::Kind::Invalid`] outside the commune.
pub(super) fn may_add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    class: &Class,
    newcomer: &Newcomer,
    today: Date,
) -> Result<()> {
    let village = thao_people::unit::place(tx, newcomer.village)?;
    let at = Resource::At(village.pos);
    check(actor, Action::AddPeople, Action::SeeClasses, at, today)?;
    match class.area_span().holds(village.pos) {
        true => Ok(()),
        false => Err(Error::invalid("classes.error.village").field("village")),
    }
}

/// Where the people of a class may live: the commune's villages, and the commune for those whose
/// village is not known.
pub(super) fn villages(
    tx: &mut Tx<'_>,
    actor: &Actor,
    class: &Class,
    today: Date,
) -> Result<Vec<Place>> {
    let mut units = class::list_units(tx, &add_scope(actor, class, today), VILLAGES)?;
    units.retain(|unit| unit.unit == class.area || unit.kind() == Some(UnitKind::Village));
    // Villages first: few people belong to a commune and to none of its villages.
    units.sort_by_key(|unit| unit.kind() != Some(UnitKind::Village));
    Ok(units)
}

/// The class's own village, where it is one that can be chosen.
pub(super) fn default_village(seen: &Seen) -> String {
    let own = seen.villages.iter().find(|village| village.unit == seen.class.unit);
    own.or(seen.villages.first()).map(|village| village.unit.to_string()).unwrap_or_default()
}

/// The form for somebody who is not known, folded away until it is wanted.
pub(super) fn form(
    ask: &Ask,
    chrome: &Chrome,
    seen: &Seen,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let action = format!("/classes/{}/registrations/people", seen.class.id);
    let form = Form::post(chrome, action).once(ask.form_id()).body(html! {
        p.hint { (lang.t("classes.person.new_hint")) }
        (name_and_birth(lang, typed, errors))
        (Choice::one("sex", lang.t("classes.person.sex"))
            .option("female", lang.t("classes.person.female"))
            .option("male", lang.t("classes.person.male"))
            .chosen(typed.sex.as_str()).errors(errors).optional(lang))
        (village(lang, typed, &seen.villages, seen.class.area, errors))
        (Field::phone("phone", lang.t("classes.person.phone")).optional(lang)
            .value(typed.phone.as_str()).errors(errors))
        (Button::primary(lang.t("classes.person.add")).icon(Icon::Plus))
    });
    if errors.is_empty() {
        details(lang.t("classes.person.new"), html! { (form) })
    } else {
        html! { section.flow { h2 { (lang.t("classes.person.new")) } (form) } }
    }
}

pub(super) fn name_and_birth(lang: Lang, typed: &Typed, errors: &FieldErrors) -> Markup {
    beside(html! {
        (Field::text("full_name", lang.t("classes.person.name"))
            .value(typed.full_name.as_str()).errors(errors))
        (Field::digits("birth", lang.t("classes.person.birth_or_year"))
            .hint(lang.t("classes.person.birth_hint"))
            .value(typed.birth.as_str()).errors(errors))
    })
}

pub(super) fn village<'a>(
    lang: Lang,
    typed: &'a Typed,
    villages: &'a [Place],
    area: UnitId,
    errors: &FieldErrors,
) -> Choice<'a> {
    let words = |place: &Place| match place.unit == area {
        true => lang.f("classes.person.other_village", &[("area", &place.name)]),
        false => place.name.clone(),
    };
    Choice::select("village", lang.t("classes.person.village"))
        .options(villages.iter().map(|place| (place.unit.to_string(), words(place))))
        .chosen(typed.village.as_str())
        .errors(errors)
}

/// "Is it this person?"
pub(super) struct Question<'a> {
    pub class: &'a Class,
    pub likely: &'a Likely,
    pub action: String,
    pub back: &'a str,
    /// What was typed, to be carried along.
    pub carried: Vec<(&'static str, &'a str)>,
    pub named: &'a str,
}

impl Question<'_> {
    pub(super) fn page(&self, ask: &Ask, chrome: &Chrome) -> Markup {
        let lang = chrome.lang;
        Page::new(chrome, lang.t("classes.likely.title"))
            .focused(self.back, self.class.title.as_str())
            .narrow()
            .lead(lang.f("classes.likely.lead", &[("name", &self.named)]))
            .body(html! {
                @if !self.likely.known.is_empty() {
                    (cards(html! {
                        @for known in &self.likely.known { (self.card(ask, chrome, known)) }
                    }))
                }
                @if 0 < self.likely.elsewhere {
                    (Notice::info(lang.f("classes.likely.elsewhere", &[("n", &self.likely.elsewhere)])))
                }
                (self.answer(ask, chrome, ("new", "1"), html! {
                    (Button::quiet(lang.t("classes.likely.other")).icon(Icon::Plus))
                }))
                (LinkButton::quiet(self.back, lang.t("classes.likely.back")).icon(Icon::ArrowLeft))
            })
    }

    fn card<'k>(&self, ask: &Ask, chrome: &Chrome, known: &'k Known) -> Card<'k> {
        let lang = chrome.lang;
        let born = words::born(lang, known.birth());
        let mut card = Card::new(known.full_name.as_str()).icon(Icon::Person).body(html! {
            p { (lang.f("classes.likely.person", &[("birth", &born), ("village", &known.village)])) }
        });
        if known.registered {
            card = card.mark(Badge::info(lang.t("classes.likely.registered")));
        }
        let id = known.id.to_string();
        card.actions(self.answer(
            ask,
            chrome,
            ("person", &id),
            html! {
                (Button::primary(lang.t("classes.likely.this")).icon(Icon::Check)
                    .context(known.full_name.as_str()))
            },
        ))
    }

    fn answer(
        &self,
        ask: &Ask,
        chrome: &Chrome,
        (name, value): (&str, &str),
        button: impl maud::Render,
    ) -> Markup {
        let form = Form::post(chrome, self.action.as_str()).once(ask.form_id()).inline();
        html! {
            (form.body(html! {
                @for (name, value) in &self.carried { (hidden(name, value)) }
                (hidden(name, value))
                (button)
            }))
        }
    }
}
