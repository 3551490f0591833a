//! The form of a target: what is counted, of whom or what, how much by when, in which plan. It asks
//! only for what its kind needs.

mod subject;

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, MeasureId, Result, Tx, UnitId};
use thao_catalog::course::{self, Course};
use thao_people::audience::{self, Audience};
use thao_people::unit::{self, Place};
use thao_people::{AffiliationKind, UnitKind};
use thao_web::components::{
    Button, Choice, Field, FieldErrors, Form, Icon, beside, details, fieldset, hidden,
};
use thao_web::{Action, Actor, Ask, Chrome, Scope};

use super::asks::{Asks, asks};
use super::typed::{NEW, Typed};
use super::wanted::Wrong;
use crate::criterion::{self, Criterion};
use crate::kind::{Kind, Shape};
use crate::list;
use crate::measure::Better;
use crate::pages::words;
use crate::plan::{self, Plan};
use crate::target::{self, Qualifier};

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
    pub(super) criteria: Vec<Criterion>,
    /// Measures of targets that a share can be taken of, with the titles of their targets.
    pub(super) bases: Vec<(MeasureId, [String; 2])>,
}

/// The units an actor may set targets for, and register things in.
pub(crate) fn set_in(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Vec<Place>> {
    let scope = actor.scope(Action::SetTargets, today);
    let mut units = Vec::new();
    for span in scope.spans() {
        for kind in KINDS {
            units.extend(unit::list_within(tx, *span, kind)?);
        }
    }
    units.sort_by_key(|place| place.pos);
    Ok(units)
}

pub(super) fn choices(tx: &mut Tx<'_>, actor: &Actor, ask: &Ask) -> Result<Choices> {
    let scope: Scope = actor.scope(Action::SetTargets, ask.today());
    Ok(Choices {
        units: set_in(tx, actor, ask.today())?,
        audiences: audience::list(tx)?,
        courses: course::list(tx)?,
        plans: plan::list(tx, &scope)?,
        criteria: criterion::list(tx)?,
        bases: bases(tx, actor, ask)?,
    })
}

fn bases(tx: &mut Tx<'_>, actor: &Actor, ask: &Ask) -> Result<Vec<(MeasureId, [String; 2])>> {
    let seen = actor.scope(Action::SeeBoards, ask.today());
    let mut out: Vec<(MeasureId, [String; 2])> = Vec::new();
    for target in target::list(tx, &seen)? {
        let known = out.iter().any(|(measure, _)| *measure == target.measure);
        if target.kind.can_be_base() && !known {
            let titles = Lang::ALL.map(|lang| match &target.code {
                Some(code) => format!("{code} · {}", target.title(lang)),
                None => target.title(lang).to_owned(),
            });
            out.push((target.measure, titles));
        }
    }
    Ok(out)
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
    let asks = asks(typed.kind());
    html! {
        (Form::post(chrome, action).once(ask.form_id()).body(html! {
            (hidden("kind", typed.kind().code()))
            (fieldset(lang.t("plan.form.where"), place(lang, choices, typed, errors)))
            (fieldset(
                lang.t("plan.form.what"),
                subject::fields(lang, asks, choices, typed, errors),
            ))
            (fieldset(lang.t("plan.form.goal"), goal(lang, asks, typed, errors)))
            (fieldset(lang.t("plan.form.plan"), plan_fields(lang, asks, choices, typed, errors)))
            (Button::primary(lang.t("plan.form.save")).icon(Icon::Check))
        }))
    }
}

fn place(lang: Lang, choices: &Choices, typed: &Typed, errors: &FieldErrors) -> Markup {
    let units = choices.units.iter().map(|place| (place.unit.to_string(), place.path.clone()));
    let hint = match typed.kind() {
        Kind::Milestone => "plan.form.unit_hint_milestone",
        Kind::Figure => "plan.form.unit_hint_figure",
        _ => "plan.form.unit_hint",
    };
    html! {
        (Choice::select("unit", lang.t("plan.form.unit"))
            .options(units).chosen(typed.unit.as_str())
            .hint(lang.t(hint)).errors(errors))
    }
}

fn goal(lang: Lang, asks: Asks, typed: &Typed, errors: &FieldErrors) -> Markup {
    let shape = typed.kind().shape();
    let label = match shape {
        Shape::Share | Shape::Milestone => "plan.form.goal_percent",
        Shape::Count => "plan.form.goal_count",
        Shape::PerYear => "plan.form.goal_per_year",
        Shape::Figure => "plan.form.goal_figure",
    };
    let baseline = match shape {
        Shape::Share | Shape::Milestone => "plan.form.baseline",
        _ => "plan.form.baseline_number",
    };
    let baseline_hint = match shape {
        Shape::Figure => "plan.form.baseline_hint_figure",
        _ => "plan.form.baseline_hint",
    };
    html! {
        @if asks.goal {
            (beside(html! {
                (Choice::select("qualifier", lang.t("plan.form.qualifier"))
                    .options(Qualifier::ALL
                        .map(|q| (q.code(), words::qualifier(lang, q, Better::More))))
                    .chosen(typed.qualifier.as_str()).errors(errors))
                (Field::number("goal", lang.t(label)).value(typed.goal.as_str()).errors(errors))
                @if asks.baseline {
                    (Field::number("baseline", lang.t(baseline))
                        .value(typed.baseline.as_str())
                        .hint(lang.t(baseline_hint)).errors(errors))
                }
            }))
        }
        @if asks.unit_code {
            (Choice::select("unit_code", lang.t("plan.form.unit_code"))
                .option("", lang.t("plan.form.choose"))
                .options(list::measure_units().iter()
                    .map(|unit| (unit.key.as_str(), unit.name.of(lang))))
                .chosen(typed.unit_code.as_str())
                .hint(lang.t("plan.form.unit_code_hint")).errors(errors))
        }
        (beside(html! {
            (Field::date(lang, "starts", lang.t("plan.form.starts"))
                .value(typed.starts.as_str()).errors(errors))
            (Field::date(lang, "due", lang.t("plan.form.due"))
                .value(typed.due.as_str()).errors(errors))
        }))
        @if asks.goal {
            @let years = html! {
                (Field::long("years", lang.t("plan.form.years"))
                    .value(typed.years.as_str()).lines(4)
                    .hint(lang.t("plan.form.years_hint")).optional(lang).errors(errors))
            };
            (opened(lang.t("plan.form.years_describe"), !typed.years.is_empty(), &years))
        }
    }
}

fn plan_fields(
    lang: Lang,
    asks: Asks,
    choices: &Choices,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let title = Field::text("title_vi", lang.t("plan.form.title_vi"))
        .value(typed.title_vi.as_str())
        .errors(errors);
    let title = match asks.title {
        super::asks::Ask::Must => title.hint(lang.t("plan.form.title_hint_figure")),
        _ => title.hint(lang.t("plan.form.title_hint")).optional(lang),
    };
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
        (title)
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
