//! `/plan/minimum`: who has reached the least training of the year, rule by rule.

pub(super) mod export;
mod load;
pub(super) mod people;
pub(super) mod rules;
pub(super) mod units;

use maud::{Markup, html};
use serde::Deserialize;
use thao_base::Lang;
use thao_web::components::{Badge, below};

use crate::training_rule::{AmountUnit, TrainingRule};

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    unit: Option<String>,
    day: Option<String>,
}

/// "40 tiết mỗi năm".
fn amount(lang: Lang, rule: &TrainingRule) -> String {
    let key = match rule.unit() {
        AmountUnit::Period => "plan.minimum.periods",
        AmountUnit::Day => "plan.minimum.days",
    };
    lang.f(key, &[("n", &lang.number(rule.amount.into()))])
}

/// Minutes as what the rule counts in, with one decimal: "12,5 tiết".
fn learnt(lang: Lang, rule: &TrainingRule, minutes: i64) -> String {
    let n = minutes as f64 / f64::from(rule.minutes.max(1));
    let n = lang.decimal(n, usize::from(minutes % i64::from(rule.minutes.max(1)) != 0));
    let key = match rule.unit() {
        AmountUnit::Period => "plan.minimum.learnt_periods",
        AmountUnit::Day => "plan.minimum.learnt_days",
    };
    lang.f(key, &[("n", &n)])
}

/// Where a rule comes from, and that nobody has confirmed it.
fn source(lang: Lang, rule: &TrainingRule) -> Markup {
    html! {
        p.quiet { (lang.f("plan.minimum.source", &[("source", &rule.source)])) }
        @if !rule.established {
            p { (Badge::warn(lang.t("plan.minimum.not_established"))) }
        }
        @if let Some(note) = rule.note(lang) { (below(note)) }
    }
}
