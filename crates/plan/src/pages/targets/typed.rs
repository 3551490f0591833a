//! What was typed into the form of a target, or stands in it at first.

use jiff::civil::Date;
use thao_base::{Lang, UnitId};
use thao_people::AffiliationKind;
use thao_record::Rung;
use thao_web::Sent;

use super::asks::asks;
use crate::fold::Need;
use crate::kind::Kind;
use crate::measure::{Denominator, Measure};
use crate::pages::words;
use crate::target::{Qualifier, Target, Years};

/// The choice that means: the one described below it.
pub(super) const NEW: &str = "new";
/// Categories of staff an audience may be made of.
pub(super) const CATEGORIES: [&str; 5] =
    ["can_bo", "cong_chuc", "vien_chuc", "nguoi_lao_dong", "khong_chuyen_trach"];
/// Rungs that can be reached so far.
pub(super) const RUNGS: [Rung; 3] = [Rung::Attended, Rung::Completed, Rung::Passed];

/// What stands in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) kind: String,
    pub(super) unit: String,
    pub(super) audience: String,
    pub(super) audience_name: String,
    pub(super) audience_kind: String,
    pub(super) categories: Vec<String>,
    pub(super) age_from: String,
    pub(super) age_to: String,
    pub(super) denominator: String,
    pub(super) courses: Vec<String>,
    pub(super) need: String,
    pub(super) rung: String,
    pub(super) valid_months: String,
    pub(super) since: String,
    pub(super) unit_kind: String,
    pub(super) thing_kind: String,
    pub(super) criterion: String,
    pub(super) criterion_title: String,
    pub(super) criterion_source: String,
    pub(super) at_least: String,
    pub(super) bases: Vec<String>,
    pub(super) unit_code: String,
    pub(super) qualifier: String,
    pub(super) goal: String,
    pub(super) baseline: String,
    pub(super) years: String,
    pub(super) starts: String,
    pub(super) due: String,
    pub(super) plan: String,
    pub(super) plan_title: String,
    pub(super) plan_basis: String,
    pub(super) title_vi: String,
    pub(super) title_en: String,
    pub(super) code: String,
}

impl Typed {
    /// The kind of what is measured; a form that names none measures a share of people.
    pub(super) fn kind(&self) -> Kind {
        Kind::from_code(&self.kind).unwrap_or(Kind::SharePeople)
    }

    /// A form nobody has filled in yet: all of the audience, from today to the end of 2030.
    pub(super) fn fresh(lang: Lang, kind: Kind, today: Date, unit: Option<UnitId>) -> Typed {
        let end = Date::new(today.year().max(2030), 12, 31).unwrap_or(today);
        let asks = asks(kind);
        Typed {
            kind: kind.code().into(),
            unit: unit.map(|unit| unit.to_string()).unwrap_or_default(),
            audience_kind: AffiliationKind::Staff.code().into(),
            denominator: Denominator::Computed.code().into(),
            need: Need::All.code().into(),
            rung: Rung::Passed.code().into(),
            since: if asks.since { lang.date(today) } else { String::new() },
            at_least: if asks.at_least { "1".into() } else { String::new() },
            qualifier: Qualifier::AtLeast.code().into(),
            baseline: if asks.baseline && kind != Kind::Figure {
                "0".into()
            } else {
                String::new()
            },
            starts: lang.date(today),
            due: lang.date(end),
            ..Typed::default()
        }
    }

    /// A target as its form shows it.
    pub(super) fn of_target(lang: Lang, target: &Target, measure: &Measure) -> Typed {
        let rule = &measure.rule;
        let figure = |thousandths: i64| words::typed(lang, &target.unit_code, thousandths);
        let asks = asks(measure.kind);
        let years = |years: &Years| {
            let line = |(year, goal): (&i16, &i64)| format!("{year}: {}", figure(*goal));
            years.iter().map(line).collect::<Vec<String>>().join("\n")
        };
        Typed {
            kind: measure.kind.code().into(),
            unit: target.unit.to_string(),
            audience: rule.audience.as_ref().map(|a| a.id.to_string()).unwrap_or_default(),
            audience_kind: AffiliationKind::Staff.code().into(),
            denominator: measure.denominator.code().into(),
            courses: rule.activities.iter().map(ToString::to_string).collect(),
            need: rule.need.code().into(),
            rung: rule.rung.code().into(),
            valid_months: rule.valid_months.map(|n| n.to_string()).unwrap_or_default(),
            since: rule.since.map(|since| lang.date(since)).unwrap_or_default(),
            unit_kind: rule.unit_kind.clone().unwrap_or_default(),
            thing_kind: rule.thing_kind.clone().unwrap_or_default(),
            criterion: rule.criterion.map(|id| id.to_string()).unwrap_or_default(),
            at_least: if asks.at_least { rule.at_least.to_string() } else { String::new() },
            bases: measure.bases.iter().map(ToString::to_string).collect(),
            unit_code: measure.unit_code.clone(),
            qualifier: target.qualifier.code().into(),
            goal: if asks.goal { figure(target.goal) } else { String::new() },
            baseline: if asks.baseline { figure(target.baseline) } else { String::new() },
            years: years(&target.years),
            starts: lang.date(target.starts),
            due: lang.date(target.due),
            plan: target.plan.to_string(),
            title_vi: target.title_vi.clone(),
            title_en: target.title_en.clone(),
            code: target.code.clone().unwrap_or_default(),
            ..Typed::default()
        }
    }

    pub(super) fn of(sent: &Sent) -> Typed {
        let text = |name| sent.text(name).to_owned();
        let all = |name| sent.all(name).map(str::to_owned).collect();
        Typed {
            kind: text("kind"),
            unit: text("unit"),
            audience: text("audience"),
            audience_name: text("audience_name"),
            audience_kind: text("audience_kind"),
            categories: all("categories"),
            age_from: text("age_from"),
            age_to: text("age_to"),
            denominator: text("denominator"),
            courses: all("courses"),
            need: text("need"),
            rung: text("rung"),
            valid_months: text("valid_months"),
            since: text("since"),
            unit_kind: text("unit_kind"),
            thing_kind: text("thing_kind"),
            criterion: text("criterion"),
            criterion_title: text("criterion_title"),
            criterion_source: text("criterion_source"),
            at_least: text("at_least"),
            bases: all("bases"),
            unit_code: text("unit_code"),
            qualifier: text("qualifier"),
            goal: text("goal"),
            baseline: text("baseline"),
            years: text("years"),
            starts: text("starts"),
            due: text("due"),
            plan: text("plan"),
            plan_title: text("plan_title"),
            plan_basis: text("plan_basis"),
            title_vi: text("title_vi"),
            title_en: text("title_en"),
            code: text("code"),
        }
    }
}
