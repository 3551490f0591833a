//! The form of a target: who, what they must hold, how many of them by when, in which plan.

use maud::{Markup, html};
use thao_base::{Lang, Result, Tx, UnitId};
use thao_catalog::course::{self, Course};
use thao_people::audience::{self, Audience};
use thao_people::unit::{self, Place};
use thao_people::{AffiliationKind, UnitKind};
use thao_record::Rung;
use thao_web::components::{
    Button, Choice, Field, FieldErrors, Form, Icon, beside, details, fieldset,
};
use thao_web::{Action, Actor, Ask, Chrome, Scope};

use super::typed::{CATEGORIES, NEW, RUNGS, Typed};
use super::wanted::Wrong;
use crate::fold::Need;
use crate::measure::{Better, Denominator};
use crate::pages::words;
use crate::plan::{self, Plan};
use crate::target::Qualifier;

/// Units targets are set for; villages are part of their commune's board.
const KINDS: [UnitKind; 6] = [
    UnitKind::Province,
    UnitKind::Commune,
    UnitKind::Agency,
    UnitKind::School,
    UnitKind::Enterprise,
    UnitKind::Centre,
];

/// What can be chosen.
pub(super) struct Choices {
    pub(super) units: Vec<Place>,
    pub(super) audiences: Vec<Audience>,
    pub(super) courses: Vec<Course>,
    pub(super) plans: Vec<Plan>,
}

pub(super) fn choices(tx: &mut Tx<'_>, actor: &Actor, ask: &Ask) -> Result<Choices> {
    let scope: Scope = actor.scope(Action::SetTargets, ask.today());
    let mut units = Vec::new();
    for span in scope.spans() {
        for kind in KINDS {
            units.extend(unit::list_within(tx, *span, kind)?);
        }
    }
    units.sort_by_key(|place| place.pos);
    Ok(Choices {
        units,
        audiences: audience::list(tx)?,
        courses: course::list(tx)?,
        plans: plan::list(tx, &scope)?,
    })
}

impl Choices {
    /// The unit a new target is for when nobody says otherwise: the highest.
    pub(super) fn first_unit(&self) -> Option<UnitId> {
        self.units.iter().min_by_key(|place| place.depth).map(|place| place.unit)
    }
}

pub(super) fn errors(lang: Lang, wrong: &[Wrong]) -> FieldErrors {
    let mut errors = FieldErrors::new();
    for (field, key) in wrong {
        errors.add(*field, lang.t(key));
    }
    errors
}

pub(super) fn form(
    ask: &Ask,
    chrome: &Chrome,
    action: &str,
    choices: &Choices,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    html! {
        (Form::post(chrome, action).once(ask.form_id()).body(html! {
            (fieldset(lang.t("plan.form.who"), who(lang, choices, typed, errors)))
            (fieldset(lang.t("plan.form.what"), what(lang, choices, typed, errors)))
            (fieldset(lang.t("plan.form.goal"), goal(lang, typed, errors)))
            (fieldset(lang.t("plan.form.plan"), plan_fields(lang, choices, typed, errors)))
            (Button::primary(lang.t("plan.form.save")).icon(Icon::Check))
        }))
    }
}

fn who(lang: Lang, choices: &Choices, typed: &Typed, errors: &FieldErrors) -> Markup {
    let units = choices.units.iter().map(|place| (place.unit.to_string(), place.path.clone()));
    let audiences = choices.audiences.iter().map(|a| (a.id.to_string(), a.name(lang).to_owned()));
    let new = html! {
        (Field::text("audience_name", lang.t("plan.form.audience_name"))
            .value(typed.audience_name.as_str()).errors(errors))
        (Choice::one("audience_kind", lang.t("plan.form.audience_kind"))
            .options(AffiliationKind::ALL.map(|kind| (kind.code(), kind_words(lang, kind))))
            .chosen(typed.audience_kind.as_str()).errors(errors))
        (chosen_all(
            Choice::many("categories", lang.t("plan.form.categories"))
                .options(CATEGORIES.map(|code| (code, category_words(lang, code))))
                .hint(lang.t("plan.form.categories_hint")),
            &typed.categories,
        ).errors(errors))
        (beside(html! {
            (Field::number("age_from", lang.t("plan.form.age_from"))
                .value(typed.age_from.as_str()).optional(lang).errors(errors))
            (Field::number("age_to", lang.t("plan.form.age_to"))
                .value(typed.age_to.as_str()).optional(lang).errors(errors))
        }))
    };
    html! {
        (Choice::select("unit", lang.t("plan.form.unit"))
            .options(units).chosen(typed.unit.as_str())
            .hint(lang.t("plan.form.unit_hint")).errors(errors))
        (Choice::select("audience", lang.t("plan.form.audience"))
            .option("", lang.t("plan.form.choose"))
            .options(audiences)
            .option(NEW, lang.t("plan.form.audience_new"))
            .chosen(typed.audience.as_str()).errors(errors))
        (opened(lang.t("plan.form.audience_describe"), typed.audience == NEW, &new))
        (Choice::one("denominator", lang.t("plan.form.denominator"))
            .option_with_hint(Denominator::Computed.code(),
                lang.t("plan.form.computed"), lang.t("plan.form.computed_hint"))
            .option_with_hint(Denominator::Official.code(),
                lang.t("plan.form.official"), lang.t("plan.form.official_hint"))
            .chosen(typed.denominator.as_str()).errors(errors))
    }
}

fn what(lang: Lang, choices: &Choices, typed: &Typed, errors: &FieldErrors) -> Markup {
    let courses = choices.courses.iter().map(|c| (c.id.to_string(), c.title(lang).to_owned()));
    let mut rungs = Choice::one("rung", lang.t("plan.form.rung"));
    for rung in RUNGS {
        let key = match rung {
            Rung::Attended => "plan.form.rung_attended",
            Rung::Completed => "plan.form.rung_completed",
            _ => "plan.form.rung_passed",
        };
        rungs = rungs.option(rung.code(), lang.t(key));
    }
    html! {
        (chosen_all(
            Choice::many("courses", lang.t("plan.form.courses")).options(courses),
            &typed.courses,
        ).errors(errors))
        (rungs.chosen(typed.rung.as_str()).errors(errors))
        @if 1 < choices.courses.len() {
            (Choice::one("need", lang.t("plan.form.need"))
                .option(Need::All.code(), lang.t("plan.form.need_all"))
                .option(Need::Any.code(), lang.t("plan.form.need_any"))
                .chosen(typed.need.as_str()).errors(errors))
        }
        (Field::number("valid_months", lang.t("plan.form.valid_months"))
            .value(typed.valid_months.as_str())
            .hint(lang.t("plan.form.valid_months_hint")).optional(lang).errors(errors))
    }
}

fn goal(lang: Lang, typed: &Typed, errors: &FieldErrors) -> Markup {
    html! {
        (beside(html! {
            (Choice::select("qualifier", lang.t("plan.form.qualifier"))
                .options(Qualifier::ALL.map(|q| (q.code(), words::qualifier(lang, q, Better::More))))
                .chosen(typed.qualifier.as_str()).errors(errors))
            (Field::number("goal", lang.t("plan.form.goal_percent"))
                .value(typed.goal.as_str()).errors(errors))
            (Field::number("baseline", lang.t("plan.form.baseline"))
                .value(typed.baseline.as_str())
                .hint(lang.t("plan.form.baseline_hint")).errors(errors))
        }))
        (beside(html! {
            (Field::date(lang, "starts", lang.t("plan.form.starts"))
                .value(typed.starts.as_str()).errors(errors))
            (Field::date(lang, "due", lang.t("plan.form.due"))
                .value(typed.due.as_str()).errors(errors))
        }))
    }
}

fn plan_fields(lang: Lang, choices: &Choices, typed: &Typed, errors: &FieldErrors) -> Markup {
    let plans = choices.plans.iter().map(|plan| (plan.id.to_string(), plan.title.clone()));
    let none = choices.plans.is_empty();
    let new = html! {
        (Field::text("plan_title", lang.t("plan.form.plan_title"))
            .value(typed.plan_title.as_str())
            .hint(lang.t("plan.form.plan_title_hint")).errors(errors))
        (Field::text("plan_basis", lang.t("plan.form.plan_basis"))
            .value(typed.plan_basis.as_str()).optional(lang).errors(errors))
    };
    html! {
        @if none {
            (new)
        } @else {
            (Choice::select("plan", lang.t("plan.form.plan_choose"))
                .options(plans)
                .option(NEW, lang.t("plan.form.plan_new"))
                .chosen(typed.plan.as_str()).errors(errors))
            (opened(lang.t("plan.form.plan_describe"), typed.plan == NEW, &new))
        }
        (Field::text("title_vi", lang.t("plan.form.title_vi"))
            .value(typed.title_vi.as_str())
            .hint(lang.t("plan.form.title_hint")).optional(lang).errors(errors))
        (Field::text("title_en", lang.t("plan.form.title_en"))
            .value(typed.title_en.as_str()).optional(lang).errors(errors))
        (Field::text("code", lang.t("plan.form.code"))
            .value(typed.code.as_str()).short()
            .hint(lang.t("plan.form.code_hint")).optional(lang).errors(errors))
    }
}

/// Fields that are seen once they are needed; open when they hold something.
fn opened(summary: &str, open: bool, body: &Markup) -> Markup {
    if open {
        return html! { div.flow { h3 { (summary) } (body) } };
    }
    details(summary, html! { div.flow { (body) } })
}

fn chosen_all<'a>(mut choice: Choice<'a>, values: &[String]) -> Choice<'a> {
    for value in values {
        choice = choice.chosen(value.clone());
    }
    choice
}

pub(super) fn kind_words(lang: Lang, kind: AffiliationKind) -> &'static str {
    lang.t(match kind {
        AffiliationKind::Resident => "people.kind.resident",
        AffiliationKind::Staff => "people.kind.staff",
        AffiliationKind::Pupil => "people.kind.pupil",
        AffiliationKind::Worker => "people.kind.worker",
    })
}

pub(super) fn category_words(lang: Lang, code: &str) -> &'static str {
    lang.t(match code {
        "can_bo" => "people.category.can_bo",
        "cong_chuc" => "people.category.cong_chuc",
        "vien_chuc" => "people.category.vien_chuc",
        "nguoi_lao_dong" => "people.category.nguoi_lao_dong",
        _ => "people.category.khong_chuyen_trach",
    })
}
