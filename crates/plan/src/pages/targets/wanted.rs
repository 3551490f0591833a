//! What the form of a target means. Pure: a form as it was typed in, what was meant or everything
//! that is wrong out.

mod audience;
mod figure;

use std::collections::BTreeSet;

use jiff::civil::Date;
use thao_base::{ActivityId, CriterionId, Lang, MeasureId, PlanId, UnitId, text};
use thao_people::UnitKind;
use thao_record::Rung;
use thao_web::components::date_typed;

use super::asks::{Ask, Asks, asks};
use super::typed::{NEW, RUNGS, Typed};
use crate::fold::Need;
use crate::kind::Kind;
use crate::list;
use crate::measure::{Better, Denominator};
use crate::target::{Qualifier, Years};

pub(super) use audience::WantedAudience;

const LONGEST: usize = 300;

/// Field and key of the words.
pub(super) type Wrong = (&'static str, &'static str);

#[derive(Debug, Clone)]
pub(super) enum WantedPlan {
    Known(PlanId),
    New { title: String, legal_basis: Option<String> },
}

/// A criterion that is there, or one to be added.
#[derive(Debug, Clone)]
pub(super) enum WantedCriterion {
    Known(CriterionId),
    New { title: String, source: String },
}

/// What was meant. What a kind does not ask for is not there.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) kind: Kind,
    pub(super) unit: UnitId,
    pub(super) audience: Option<WantedAudience>,
    pub(super) denominator: Denominator,
    pub(super) courses: BTreeSet<ActivityId>,
    pub(super) need: Need,
    pub(super) rung: Rung,
    pub(super) valid_months: Option<i32>,
    pub(super) since: Option<Date>,
    pub(super) unit_kind: Option<String>,
    pub(super) thing_kind: Option<String>,
    pub(super) criterion: Option<WantedCriterion>,
    pub(super) at_least: Option<i32>,
    pub(super) bases: BTreeSet<MeasureId>,
    pub(super) unit_code: Option<String>,
    pub(super) better: Better,
    pub(super) qualifier: Qualifier,
    pub(super) goal: i64,
    pub(super) baseline: i64,
    pub(super) years: Years,
    pub(super) starts: Date,
    pub(super) due: Date,
    pub(super) plan: WantedPlan,
    pub(super) title_vi: Option<String>,
    pub(super) title_en: Option<String>,
    pub(super) code: Option<String>,
}

impl Typed {
    /// What was meant, or everything that is wrong with it.
    pub(super) fn read(&self, lang: Lang) -> Result<Wanted, Vec<Wrong>> {
        let mut wrong: Vec<Wrong> = Vec::new();
        let kind = self.kind();
        let asks = asks(kind);
        let unit = self.unit.parse().ok();
        if unit.is_none() {
            wrong.push(("unit", "plan.error.unit"));
        }
        let audience = match (asks.audience, self.audience.as_str()) {
            (Ask::No, _) | (Ask::May, "") => None,
            _ => self.read_audience(&mut wrong),
        };
        let courses = self.read_courses(asks, &mut wrong);
        let rung = self.read_rung(asks, &mut wrong);
        let unit_kind =
            chosen(&self.unit_kind, asks.unit_kind, |code| UnitKind::from_code(code).is_some())
                .unwrap_or_else(|()| note(&mut wrong, ("unit_kind", "plan.error.unit_kind")));
        let thing_kind =
            chosen(&self.thing_kind, asks.thing_kind, |code| list::thing_kind(code).is_some())
                .unwrap_or_else(|()| note(&mut wrong, ("thing_kind", "plan.error.thing_kind")));
        let unit_code =
            chosen(&self.unit_code, asks.unit_code, |code| list::measure_unit(code).is_some())
                .unwrap_or_else(|()| note(&mut wrong, ("unit_code", "plan.error.unit_code")));
        let criterion = self.read_criterion(asks.criterion, &mut wrong);
        let at_least = match asks.at_least.then(|| self.at_least.parse().ok().filter(|n| 0 < *n)) {
            Some(None) => note(&mut wrong, ("at_least", "plan.error.at_least")),
            known => known.flatten(),
        };
        let bases: BTreeSet<MeasureId> = match asks.bases {
            true => self.bases.iter().filter_map(|base| base.parse().ok()).collect(),
            false => BTreeSet::new(),
        };
        if asks.bases && bases.is_empty() {
            wrong.push(("bases", "plan.error.bases"));
        }
        let valid_months = match asks.valid_months {
            true => whole(&self.valid_months, 1, 600)
                .unwrap_or_else(|| note(&mut wrong, ("valid_months", "plan.error.valid_months"))),
            false => None,
        };
        let since = match (asks.since, self.since.as_str()) {
            (false, _) | (_, "") => None,
            (true, typed) => {
                date_typed(typed).or_else(|| note(&mut wrong, ("since", "plan.error.date")))
            }
        };
        let figures = self.read_figures(lang, kind, &mut wrong);
        let period = self.read_period(&mut wrong);
        let plan = self.read_plan(&mut wrong);
        self.read_titles(asks, &mut wrong);
        let (Some(unit), Some(figures), Some((starts, due)), Some(plan), true) =
            (unit, figures, period, plan, wrong.is_empty())
        else {
            return Err(wrong);
        };
        let denominator = match (asks.denominator, kind.has_whole()) {
            (true, _) if self.denominator == Denominator::Official.code() => Denominator::Official,
            (_, true) => Denominator::Computed,
            (_, false) => Denominator::Unasked,
        };
        let title = |typed: &str| Some(text::tidy(typed)).filter(|title| !title.is_empty());
        let less = unit_code
            .as_deref()
            .and_then(list::measure_unit)
            .is_some_and(|unit| unit.less_is_better);
        Ok(Wanted {
            kind,
            unit,
            audience,
            denominator,
            courses,
            need: Need::from_code(&self.need).filter(|_| asks.rung).unwrap_or(Need::All),
            rung,
            valid_months,
            since,
            unit_kind,
            thing_kind,
            criterion,
            at_least,
            bases,
            unit_code,
            better: if less { Better::Less } else { Better::More },
            qualifier: match asks.goal {
                true => Qualifier::from_code(&self.qualifier).unwrap_or(Qualifier::AtLeast),
                false => Qualifier::Exactly,
            },
            goal: figures.goal,
            baseline: figures.baseline,
            years: figures.years,
            starts,
            due,
            plan,
            title_vi: title(&self.title_vi),
            title_en: title(&self.title_en),
            code: title(&self.code),
        })
    }

    fn read_courses(&self, asks: Asks, wrong: &mut Vec<Wrong>) -> BTreeSet<ActivityId> {
        if !asks.courses.asked() {
            return BTreeSet::new();
        }
        let courses: BTreeSet<ActivityId> =
            self.courses.iter().filter_map(|course| course.parse().ok()).collect();
        let of_what = self.audience.is_empty() && self.criterion.is_empty();
        match asks.courses {
            Ask::Must if courses.is_empty() => wrong.push(("courses", "plan.error.courses")),
            // A share of others' numerators must say which part of them.
            Ask::May if courses.is_empty() && of_what => {
                wrong.push(("courses", "plan.error.share_of_what"));
            }
            _ => {}
        }
        courses
    }

    fn read_rung(&self, asks: Asks, wrong: &mut Vec<Wrong>) -> Rung {
        if !asks.rung {
            return Rung::Attended;
        }
        let rung = RUNGS.into_iter().find(|rung| rung.code() == self.rung);
        if rung.is_none() {
            wrong.push(("rung", "plan.error.rung"));
        }
        rung.unwrap_or(Rung::Attended)
    }

    fn read_criterion(&self, ask: Ask, wrong: &mut Vec<Wrong>) -> Option<WantedCriterion> {
        match (ask, self.criterion.as_str()) {
            (Ask::No, _) | (Ask::May, "") => None,
            (_, NEW) => {
                let (title, source) =
                    (text::tidy(&self.criterion_title), text::tidy(&self.criterion_source));
                if title.is_empty() || LONGEST < title.chars().count() {
                    wrong.push(("criterion_title", "plan.error.criterion_title"));
                }
                if source.is_empty() || LONGEST < source.chars().count() {
                    wrong.push(("criterion_source", "plan.error.criterion_source"));
                }
                Some(WantedCriterion::New { title, source })
            }
            (_, id) => match id.parse() {
                Ok(id) => Some(WantedCriterion::Known(id)),
                Err(_) => note(wrong, ("criterion", "plan.error.criterion")),
            },
        }
    }

    /// The first day and the last.
    fn read_period(&self, wrong: &mut Vec<Wrong>) -> Option<(Date, Date)> {
        let (starts, due) = (date_typed(&self.starts), date_typed(&self.due));
        if starts.is_none() {
            wrong.push(("starts", "plan.error.date"));
        }
        match (starts, due) {
            (_, None) => wrong.push(("due", "plan.error.date")),
            (Some(starts), Some(due)) if due <= starts => {
                wrong.push(("due", "plan.error.due_before"));
            }
            _ => {}
        }
        starts.zip(due)
    }

    fn read_titles(&self, asks: Asks, wrong: &mut Vec<Wrong>) {
        for (field, typed) in
            [("title_vi", &self.title_vi), ("title_en", &self.title_en), ("code", &self.code)]
        {
            if LONGEST < typed.chars().count() {
                wrong.push((field, "plan.error.too_long"));
            }
        }
        if asks.title == Ask::Must && text::tidy(&self.title_vi).is_empty() {
            wrong.push(("title_vi", "plan.error.title"));
        }
    }

    fn read_plan(&self, wrong: &mut Vec<Wrong>) -> Option<WantedPlan> {
        if self.plan != NEW && !self.plan.is_empty() {
            let known = self.plan.parse().ok().map(WantedPlan::Known);
            if known.is_none() {
                wrong.push(("plan", "plan.error.plan"));
            }
            return known;
        }
        let title = text::tidy(&self.plan_title);
        if title.is_empty() || LONGEST < title.chars().count() {
            wrong.push(("plan_title", "plan.error.plan_title"));
            return None;
        }
        let basis = text::tidy(&self.plan_basis);
        Some(WantedPlan::New { title, legal_basis: Some(basis).filter(|b| !b.is_empty()) })
    }
}

fn note<T>(wrong: &mut Vec<Wrong>, what: Wrong) -> Option<T> {
    wrong.push(what);
    None
}

/// What was chosen of what can be; nothing where it is not asked for.
fn chosen(typed: &str, asked: bool, known: impl Fn(&str) -> bool) -> Result<Option<String>, ()> {
    match (asked, known(typed)) {
        (false, _) => Ok(None),
        (true, true) => Ok(Some(typed.to_owned())),
        (true, false) => Err(()),
    }
}

/// A whole number, or none when nothing was typed; `None` when it is no number between.
fn whole(typed: &str, least: i32, most: i32) -> Option<Option<i32>> {
    if typed.is_empty() {
        return Some(None);
    }
    typed.parse().ok().filter(|n| (least..=most).contains(n)).map(Some)
}

#[cfg(test)]
mod tests;
