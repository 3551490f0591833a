//! The form of an affiliation: where somebody belongs, as what, since when.

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Error, Kind, Lang, PersonId, Result, Tx, UnitId, text};
use thao_web::components::{Choice, Field, FieldErrors, beside, date_typed};
use thao_web::{Action, Actor, Sent};

use super::reach::{Offer, reach_unit};
use super::words;
use crate::AffiliationKind;
use crate::affiliation::NewAffiliation;

/// The categories of staff (Law on cadres and civil servants; contracts of Decree 111/2022).
pub(crate) const CATEGORIES: [&str; 5] =
    ["can_bo", "cong_chuc", "vien_chuc", "nguoi_lao_dong", "khong_chuyen_trach"];

/// What stands in the fields.
#[derive(Debug, Clone)]
pub(crate) struct AffiliationForm {
    pub unit: String,
    kind: String,
    category: String,
    position: String,
    from: String,
}

impl AffiliationForm {
    /// A form nobody has typed into yet.
    pub(crate) fn fresh(lang: Lang, unit: Option<UnitId>, today: Date) -> AffiliationForm {
        AffiliationForm {
            unit: unit.map(|unit| unit.to_string()).unwrap_or_default(),
            kind: AffiliationKind::Staff.code().to_owned(),
            category: String::new(),
            position: String::new(),
            from: lang.date(today),
        }
    }

    pub(crate) fn sent(sent: &Sent) -> AffiliationForm {
        let text = |name| sent.text(name).to_owned();
        AffiliationForm {
            unit: text("unit"),
            kind: text("kind"),
            category: text("category"),
            position: text("position"),
            from: text("from"),
        }
    }

    /// The affiliation of a person the form describes; what is wrong with it goes to `errors`.
    /// `None` when something is.
    pub(crate) fn read(
        &self,
        person: PersonId,
        lang: Lang,
        errors: &mut FieldErrors,
    ) -> Option<NewAffiliation> {
        let unit: Option<UnitId> = self.unit.parse().ok();
        let kind = AffiliationKind::from_code(&self.kind);
        let from = date_typed(&self.from);
        if unit.is_none() {
            errors.add("unit", lang.t("people.error.unit_missing"));
        }
        if kind.is_none() {
            errors.add("kind", lang.t("people.error.kind_missing"));
        }
        if from.is_none() {
            errors.add("from", lang.t("people.error.date"));
        }
        let (unit, kind, from) = (unit?, kind?, from?);
        let category = Some(self.category.clone())
            .filter(|code| kind == AffiliationKind::Staff && CATEGORIES.contains(&code.as_str()));
        let position = Some(text::tidy(&self.position)).filter(|position| !position.is_empty());
        Some(NewAffiliation { category, position, ..NewAffiliation::new(person, unit, kind, from) })
    }

    pub(crate) fn fields(&self, lang: Lang, offer: &Offer, errors: &FieldErrors) -> Markup {
        let (label, none) = (lang.t("people.field.unit"), lang.t("people.choose_unit"));
        let unit = offer.choice("unit", label, none, &self.unit, errors);
        let unit = if offer.is_short { unit.hint(lang.t("people.hint.unit")) } else { unit };
        html! {
            (unit)
            (Choice::one("kind", lang.t("people.field.kind"))
                .options(AffiliationKind::ALL.map(|kind| (kind.code(), words::kind(lang, kind.code()))))
                .chosen(&self.kind).errors(errors))
            (beside(html! {
                (Choice::select("category", lang.t("people.field.category"))
                    .option("", lang.t("people.not_known"))
                    .options(CATEGORIES.map(|code| (code, words::category(lang, code))))
                    .chosen(&self.category).optional(lang)
                    .hint(lang.t("people.hint.category")).errors(errors))
                (Field::text("position", lang.t("people.field.position"))
                    .hint(lang.t("people.hint.position"))
                    .value(&self.position).optional(lang).errors(errors))
            }))
            (Field::date(lang, "from", lang.t("people.field.from"))
                .value(&self.from).errors(errors))
        }
    }
}

/// Refuses a unit the actor may not put people into; as an error of the field, because it was
/// chosen in one.
pub(crate) fn check_unit(
    tx: &mut Tx<'_>,
    actor: &Actor,
    unit: UnitId,
    action: Action,
    on: Date,
) -> Result<()> {
    match reach_unit(tx, actor, unit, action, on) {
        Ok(_) => Ok(()),
        Err(e) if matches!(e.kind(), Kind::NotFound | Kind::Forbidden) => {
            Err(Error::invalid("people.error.unit_outside").field("unit"))
        }
        Err(e) => Err(e),
    }
}
