//! The form of a change: its document and day, and what the kind of change asks for.

use maud::{Markup, html};
use thao_base::{Result, Tx, UnitId};
use thao_web::components::{Button, Check, Choice, Field, FieldErrors, Form, fieldset, hidden};
use thao_web::{Action, Actor, Ask, Chrome};

use super::typed::{NEW, PARTS, Typed};
use super::{HERE, framed};
use crate::pages::reach::Offer;
use crate::pages::words;
use crate::unit::change::ChangeKind;
use crate::unit::{self, Place};

/// What the form offers to choose from.
pub(crate) struct Offered {
    offer: Offer,
    /// Of a merge: the units of the one above. Of a split: what lies below the unit.
    children: Vec<Place>,
    /// The unit that is split.
    unit: Option<Place>,
}

impl Offered {
    pub(crate) fn load(
        tx: &mut Tx<'_>,
        actor: &Actor,
        typed: &mut Typed,
        ask: &Ask,
    ) -> Result<Offered> {
        let today = ask.today();
        let offer = Offer::load(tx, actor, Action::EditUnits, typed.unit("unit"), today)?;
        let held = |unit: UnitId| offer.places.iter().find(|place| place.unit == unit).cloned();
        if typed.text("on").is_empty() {
            typed.set("on", ask.lang(actor).date(today));
        }
        let (mut children, mut split) = (Vec::new(), None);
        match typed.kind() {
            ChangeKind::Merge => {
                let above = typed.unit("above").and_then(held);
                let above = above.or_else(|| offer.places.first().cloned());
                if let Some(above) = above {
                    typed.set("above", above.unit.to_string());
                    children = unit::list_children(tx, above.unit)?;
                }
            }
            ChangeKind::Split => {
                split = typed.unit("unit").and_then(held);
                if let Some(place) = &split {
                    children = unit::list_children(tx, place.unit)?;
                }
            }
            _ => {}
        }
        Ok(Offered { offer, children, unit: split })
    }
}

pub(crate) fn page(
    chrome: &Chrome,
    typed: &Typed,
    offered: &Offered,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let kind = typed.kind();
    let title = words::of(lang, "people.change.kind_of", kind.code());
    let form = Form::get(format!("{HERE}/new")).body(html! {
        (hidden("kind", kind.code()))
        @match kind {
            ChangeKind::Merge => (merge(chrome, typed, offered, errors)),
            ChangeKind::Split => (split(chrome, typed, offered, errors)),
            ChangeKind::Rename | ChangeKind::Form => {
                (units(chrome, "unit", lang.t("people.change.unit"), typed, offered, errors))
                (Field::text("name", lang.t("people.units.new_name"))
                    .value(typed.text("name")).errors(errors))
            }
            ChangeKind::Move => {
                (units(chrome, "unit", lang.t("people.change.unit"), typed, offered, errors))
                (units(chrome, "parent", lang.t("people.change.parent"), typed, offered, errors))
            }
            ChangeKind::Abolish => {
                (units(chrome, "unit", lang.t("people.change.unit"), typed, offered, errors))
                (offered.offer.choice("into", lang.t("people.change.into_taker"),
                    lang.t("people.change.into_above"), typed.text("into"), errors))
            }
        }
        (Field::text("title", lang.t("people.change.document"))
            .hint(lang.t("people.change.document_hint"))
            .value(typed.text("title")).errors(errors))
        (Field::text("legal", lang.t("people.change.legal"))
            .value(typed.text("legal")).optional(lang).errors(errors))
        (Field::date(lang, "on", lang.t("people.change.on"))
            .hint(lang.t("people.change.on_hint")).value(typed.text("on")).errors(errors))
        (Button::primary(lang.t("people.change.preview")).sends("preview", "1"))
    });
    framed(chrome, &title)
        .crumb(HERE, lang.t("people.change.title"))
        .narrow()
        .errors(errors)
        .body(html! { (form) })
}

fn units<'a>(
    chrome: &Chrome,
    name: &'a str,
    label: &'a str,
    typed: &'a Typed,
    offered: &'a Offered,
    errors: &FieldErrors,
) -> Choice<'a> {
    let none = chrome.lang.t("people.choose_unit");
    offered.offer.choice(name, label, none, typed.text(name), errors)
}

fn merge(chrome: &Chrome, typed: &Typed, offered: &Offered, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let mut from = Choice::many("from", lang.t("people.change.from")).errors(errors);
    for place in &offered.children {
        from = from.option(place.unit.to_string(), place.name.as_str());
    }
    for unit in typed.all("from") {
        from = from.chosen(unit);
    }
    let mut into = Choice::select("into", lang.t("people.change.into"))
        .option(NEW, lang.t("people.change.into_new"))
        .errors(errors);
    for place in &offered.children {
        into = into.option(place.unit.to_string(), place.name.as_str());
    }
    html! {
        (units(chrome, "above", lang.t("people.change.above"), typed, offered, errors))
        (Button::quiet(lang.t("people.change.above_do")))
        (from)
        (into.chosen(typed.text("into")))
        (Field::text("name", lang.t("people.change.name"))
            .value(typed.text("name")).optional(lang).errors(errors))
        (Field::digits("code", lang.t("people.change.code"))
            .hint(lang.t("people.units.code_hint"))
            .value(typed.text("code")).optional(lang).errors(errors))
    }
}

fn split(chrome: &Chrome, typed: &Typed, offered: &Offered, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    html! {
        (units(chrome, "unit", lang.t("people.change.unit"), typed, offered, errors))
        (Button::quiet(lang.t("people.change.above_do")))
        @if let Some(unit) = &offered.unit {
            (Check::new("goes_on", lang.f("people.change.part_goes_on", &[("name", &unit.name)]))
                .checked(!typed.text("goes_on").is_empty()).hint(lang.t("people.change.part_first_hint")))
            @for n in 1..=PARTS {
                (fieldset(&lang.f("people.change.part", &[("n", &n)]),
                    part(chrome, n, typed, offered, errors)))
            }
        }
    }
}

fn part(
    chrome: &Chrome,
    n: usize,
    typed: &Typed,
    offered: &Offered,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let field = |what: &str| format!("{what}_{n}");
    // A mistake is told at the first part.
    let none = FieldErrors::new();
    let mut own = FieldErrors::new();
    for what in ["name", "share", "below", "code"] {
        if let Some(words) = errors.of(what).filter(|_| n == 1) {
            own.add(field(what), words);
        }
    }
    let own = if n == 1 { &own } else { &none };
    let mut below = Choice::many(field("below"), lang.t("people.change.below")).errors(own);
    for place in &offered.children {
        below = below.option(place.unit.to_string(), place.name.as_str());
    }
    for unit in typed.all(&field("below")) {
        below = below.chosen(unit.to_owned());
    }
    html! {
        (Field::text(field("name"), lang.t("people.change.name"))
            .value(typed.text(&field("name")).to_owned()).optional(lang).errors(own))
        (Field::digits(field("code"), lang.t("people.change.code"))
            .value(typed.text(&field("code")).to_owned()).optional(lang).errors(own))
        (Field::number(field("share"), lang.t("people.change.share"))
            .hint(lang.t("people.change.share_hint"))
            .value(typed.text(&field("share")).to_owned()).optional(lang).errors(own))
        @if !offered.children.is_empty() { (below.optional(lang)) }
    }
}
