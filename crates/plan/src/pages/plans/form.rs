//! The form of a plan: the document as it reads.

use maud::{Markup, html};
use thao_base::{Lang, Result, Tx};
use thao_people::unit::{self, Place};
use thao_web::components::{Button, Choice, Field, FieldErrors, Form, Icon, beside, fieldset};
use thao_web::{Action, Actor, Ask, Chrome};

use crate::pages::typed::{Fields, Reading, Wrong};
use crate::plan::{Paper, Plan};

pub(super) const FIELDS: [&str; 8] =
    ["unit", "number", "title", "legal_basis", "issuer", "issued_on", "valid_from", "valid_to"];

/// The units a plan may be of.
pub(super) fn units(tx: &mut Tx<'_>, actor: &Actor, ask: &Ask) -> Result<Vec<Place>> {
    unit::list_above_villages(tx, &actor.scope(Action::SetTargets, ask.today()))
}

/// A plan as its form shows it. The day it ends is typed as the last it holds.
pub(super) fn typed(lang: Lang, plan: &Plan) -> Fields {
    Fields::default()
        .set("unit", plan.unit.to_string())
        .maybe("number", plan.number.clone())
        .set("title", plan.title.clone())
        .maybe("legal_basis", plan.legal_basis.clone())
        .maybe("issuer", plan.issuer.clone())
        .maybe("issued_on", plan.issued_on.map(|day| lang.date(day)))
        .set("valid_from", lang.date(plan.valid_from))
        .maybe("valid_to", plan.valid_to.and_then(|day| day.yesterday().ok()).map(|d| lang.date(d)))
}

/// What was meant, or everything that is wrong with it.
pub(super) fn read(fields: &Fields) -> Result<Paper, Vec<Wrong>> {
    let mut reading = Reading::new(fields);
    let unit = reading.chosen("unit", "plan.error.unit");
    let number = reading.maybe_line("number");
    let title = reading.line("title", "plan.error.plan_title");
    let legal_basis = reading.maybe_lines("legal_basis");
    let issuer = reading.maybe_line("issuer");
    let issued_on = reading.maybe_date("issued_on");
    let valid_from = reading.date("valid_from");
    let last = reading.maybe_date("valid_to");
    if let (Some(from), Some(last)) = (valid_from, last)
        && last < from
    {
        reading.wrong("valid_to", "plan.error.ends_before");
    }
    let valid_to = last.and_then(|day| day.tomorrow().ok());
    let meant = unit.zip(valid_from).map(|(unit, valid_from)| Paper {
        unit,
        number,
        title,
        legal_basis,
        issuer,
        issued_on,
        valid_from,
        valid_to,
        template: None,
    });
    reading.end(meant)
}

pub(super) fn form(
    ask: &Ask,
    chrome: &Chrome,
    action: &str,
    units: &[Place],
    typed: &Fields,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let text = |name, key| Field::text(name, lang.t(key)).value(typed.text(name)).errors(errors);
    let date =
        |name, key| Field::date(lang, name, lang.t(key)).value(typed.text(name)).errors(errors);
    let units = units.iter().map(|place| (place.unit.to_string(), place.path.clone()));
    let document = html! {
        (beside(html! {
            (text("number", "plan.paper.number").hint(lang.t("plan.paper.number_hint"))
                .optional(lang))
            (date("issued_on", "plan.paper.issued_on").optional(lang))
        }))
        (text("title", "plan.paper.title"))
        (text("issuer", "plan.paper.issuer").hint(lang.t("plan.paper.issuer_hint"))
            .optional(lang))
        (Field::long("legal_basis", lang.t("plan.paper.legal_basis"))
            .value(typed.text("legal_basis")).lines(3).optional(lang).errors(errors))
    };
    let holds = html! {
        (Choice::select("unit", lang.t("plan.paper.unit")).options(units)
            .chosen(typed.text("unit")).hint(lang.t("plan.paper.unit_hint")).errors(errors))
        (beside(html! {
            (date("valid_from", "plan.paper.valid_from"))
            (date("valid_to", "plan.paper.valid_to").optional(lang))
        }))
    };
    html! {
        (Form::post(chrome, action).once(ask.form_id()).body(html! {
            (fieldset(lang.t("plan.paper.document"), document))
            (fieldset(lang.t("plan.paper.holds"), holds))
            (Button::primary(lang.t("plan.paper.save")).icon(Icon::Check))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::small_id;
    use thao_base::UnitId;

    fn good() -> Fields {
        Fields::default()
            .set("unit", small_id::<UnitId>(1).to_string())
            .set("number", "15/KH-UBND")
            .set("title", "Kế hoạch  phổ cập")
            .set("valid_from", "01/01/2026")
            .set("valid_to", "31/12/2030")
    }

    #[test]
    fn the_last_day_is_typed_and_the_first_day_after_it_is_kept() {
        let paper = read(&good()).unwrap();
        assert_eq!(paper.title, "Kế hoạch phổ cập");
        assert_eq!(paper.valid_to.unwrap().to_string(), "2031-01-01");
        assert_eq!(paper.issued_on, None);
    }

    #[test]
    fn each_field_that_is_wrong_is_named() {
        for (field, value, key) in [
            ("unit", "x", "plan.error.unit"),
            ("title", " ", "plan.error.plan_title"),
            ("valid_from", "", "plan.error.date"),
            ("issued_on", "40/01/2026", "plan.error.date"),
            ("valid_to", "31/12/2025", "plan.error.ends_before"),
        ] {
            assert_eq!(read(&good().set(field, value)).unwrap_err(), [(field, key)]);
        }
    }
}
