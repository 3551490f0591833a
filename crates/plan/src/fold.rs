//! The fold: one subject's register rows and facts, whole, into day intervals of one measure.
//! Pure. Whatever changes a reading (a late fact, a voided one, a merge, an affiliation that
//! ends, an edited audience) is taken in by folding again and comparing: see [`deltas`].
//!
//! Here people are folded; [`others`] folds units, things and classes.

mod deltas;
mod least;
mod others;
mod radix;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use thao_base::{ActivityId, CriterionId, UnitId};
use thao_people::Birth;
use thao_people::affiliation::Affiliation;
use thao_people::audience::Audience;
use thao_record::evidence::{Days, FOREVER, date_of, day, day_of, held, intersection, union};
use thao_record::{Fact, Rung};

use crate::kind::{Family, Kind};

pub use deltas::{Delta, deltas};
pub use least::{Stint, minutes_on, reached};
pub use others::{Class, Thing, Unit, fold_class, fold_thing, fold_unit};
pub use radix::{Level, buckets, reach};

/// 2000-01-01, the first day of all readings. What holds before it counts from it: nobody asks
/// for a figure of an earlier day, and readings stay small.
pub const FLOOR: i32 = 10_957;

/// How many of a measure's activities must be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Any,
    All,
}

impl Need {
    pub const ALL: [Need; 2] = [Need::Any, Need::All];

    pub fn code(self) -> &'static str {
        match self {
            Need::Any => "any",
            Need::All => "all",
        }
    }

    pub fn from_code(code: &str) -> Option<Need> {
        Need::ALL.into_iter().find(|need| need.code() == code)
    }
}

/// What a measure asks: who or what is meant, and what must hold.
#[derive(Debug, Clone)]
pub struct Rule {
    pub kind: Kind,
    pub audience: Option<Audience>,
    pub activities: BTreeSet<ActivityId>,
    pub rung: Rung,
    pub need: Need,
    /// How long evidence counts, when not for ever.
    pub valid_months: Option<i32>,
    /// What happened before this day does not count.
    pub since: Option<Date>,
    pub unit_kind: Option<String>,
    pub thing_kind: Option<String>,
    pub criterion: Option<CriterionId>,
    /// How many things a unit must have, or minutes somebody must learn in a year.
    pub at_least: i32,
    /// How long courses are said to be: another length is another rule.
    pub lengths: BTreeMap<ActivityId, i32>,
    /// The rules whose numerators a share is taken of.
    pub bases: Vec<Rule>,
}

impl Rule {
    /// A rule of a kind that asks for nothing yet, to be filled in by struct update.
    pub fn new(kind: Kind) -> Rule {
        Rule {
            kind,
            audience: None,
            activities: BTreeSet::new(),
            rung: Rung::Attended,
            need: Need::Any,
            valid_months: None,
            since: None,
            unit_kind: None,
            thing_kind: None,
            criterion: None,
            at_least: 1,
            lengths: BTreeMap::new(),
            bases: Vec::new(),
        }
    }

    /// Whose days it is folded from; none for what nothing is folded for.
    pub fn family(&self) -> Option<Family> {
        match self.kind {
            Kind::ShareOf => self.bases.first().and_then(Rule::family),
            kind => kind.family(),
        }
    }

    /// Whether more than its facts is needed to fold a subject: the things of a unit, somebody's
    /// training.
    pub fn needs_things(&self) -> bool {
        matches!(self.kind, Kind::PerUnit | Kind::LeastTraining)
            || self.bases.iter().any(Rule::needs_things)
    }

    /// The first day whose evidence counts.
    pub(crate) fn counts_from(&self) -> i32 {
        self.since.map_or(i32::MIN, day)
    }
}

/// A stretch of days a subject belongs to a unit, met or not all through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    pub unit: UnitId,
    pub from: i32,
    /// The first day it no longer holds; [`FOREVER`] when no end is known.
    pub to: i32,
    pub met: bool,
    /// How often it counts; once but for turns.
    pub n: i32,
}

/// One person's intervals, by unit and day; within a unit they do not overlap, but for turns.
///
/// `facts`: those of the whole cluster that count (not voided), of any activity.
pub fn fold(
    rule: &Rule,
    birth: Option<Birth>,
    affiliations: &[Affiliation],
    facts: &[Fact],
) -> Vec<Interval> {
    match rule.kind {
        Kind::Turns | Kind::TurnsPerYear => turns(rule, birth, affiliations, facts),
        Kind::ShareOf => share_of(rule, birth, affiliations, facts),
        _ => stays(rule, birth, affiliations, facts),
    }
}

/// The days of the audience, cut where the measure begins and ceases to be met.
fn stays(
    rule: &Rule,
    birth: Option<Birth>,
    affiliations: &[Affiliation],
    facts: &[Fact],
) -> Vec<Interval> {
    cut(rule, birth, affiliations, || holds(rule, facts))
}

/// One person's intervals of a training rule: met from the day the year's sum reached the minimum
/// until 1 January.
pub fn fold_training(
    rule: &Rule,
    birth: Option<Birth>,
    affiliations: &[Affiliation],
    stints: &[Stint],
) -> Vec<Interval> {
    cut(rule, birth, affiliations, || reached(stints, rule.at_least.into()))
}

fn cut(
    rule: &Rule,
    birth: Option<Birth>,
    affiliations: &[Affiliation],
    holds: impl FnOnce() -> Vec<Days>,
) -> Vec<Interval> {
    let Some(audience) = &rule.audience else { return Vec::new() };
    let mut belongs = audience.membership(birth, affiliations);
    for (_, days) in &mut belongs {
        *days = since_floor(days);
    }
    belongs.retain(|(_, days)| !days.is_empty());
    if belongs.is_empty() {
        return Vec::new();
    }
    let holds = holds();
    let mut out = Vec::new();
    for (unit, days) in belongs {
        split(unit, &days, &holds, &mut out);
    }
    out
}

/// Each attendance where it happened, from its day on: on one day in one unit, so many.
fn turns(
    rule: &Rule,
    birth: Option<Birth>,
    affiliations: &[Affiliation],
    facts: &[Fact],
) -> Vec<Interval> {
    let belongs = rule.audience.as_ref().map(|audience| anywhere(audience, birth, affiliations));
    let mut found: BTreeMap<(UnitId, i32, i32), i32> = BTreeMap::new();
    for fact in facts {
        let on = day_of(fact.at);
        let counts = fact.success
            && fact.rung == rule.rung
            && rule.activities.contains(&fact.activity)
            && rule.counts_from() <= on
            && belongs.as_ref().is_none_or(|days| days.iter().any(|d| d.from <= on && on < d.to));
        let to = if rule.kind == Kind::TurnsPerYear { year_after(on) } else { FOREVER };
        let from = on.max(FLOOR);
        if counts && from < to {
            *found.entry((fact.unit, from, to)).or_default() += 1;
        }
    }
    let interval = |((unit, from, to), n)| Interval { unit, from, to, met: true, n };
    found.into_iter().map(interval).collect()
}

/// The days on which some base is met, cut where the rule's own begins and ceases to hold too.
fn share_of(
    rule: &Rule,
    birth: Option<Birth>,
    affiliations: &[Affiliation],
    facts: &[Fact],
) -> Vec<Interval> {
    let bases = rule.bases.iter().flat_map(|base| fold(base, birth, affiliations, facts));
    let base = met_by_unit(bases);
    let mut holds = match rule.activities.is_empty() {
        true => vec![Days { from: i32::MIN, to: FOREVER }],
        false => holds(rule, facts),
    };
    if let Some(audience) = &rule.audience {
        holds = intersection(&holds, &anywhere(audience, birth, affiliations));
    }
    let mut out = Vec::new();
    for (unit, days) in base {
        split(unit, &days, &holds, &mut out);
    }
    out
}

/// The days of met intervals, by unit.
fn met_by_unit(intervals: impl Iterator<Item = Interval>) -> BTreeMap<UnitId, Vec<Days>> {
    let mut out: BTreeMap<UnitId, Vec<Days>> = BTreeMap::new();
    for interval in intervals.filter(|interval| interval.met) {
        let days = Days { from: interval.from, to: interval.to };
        out.entry(interval.unit).or_default().push(days);
    }
    for days in out.values_mut() {
        *days = union(std::mem::take(days));
    }
    out
}

/// The days somebody belongs to an audience, wherever that is.
fn anywhere(audience: &Audience, birth: Option<Birth>, affiliations: &[Affiliation]) -> Vec<Days> {
    let belongs = audience.membership(birth, affiliations);
    union(belongs.into_iter().flat_map(|(_, days)| days).collect())
}

fn since_floor(days: &[Days]) -> Vec<Days> {
    intersection(days, &[Days { from: FLOOR, to: FOREVER }])
}

/// The first day of the year after a day's.
pub(crate) fn year_after(on: i32) -> i32 {
    Date::new(date_of(on).year() + 1, 1, 1).map_or(FOREVER, day)
}

/// The days on which a person holds what the measure asks, whoever they are.
pub fn holds(rule: &Rule, facts: &[Fact]) -> Vec<Days> {
    let from = rule.counts_from();
    let facts = facts.iter().filter(|fact| from <= day_of(fact.at));
    if rule.kind != Kind::PeoplePerYear {
        return holds_of(rule, &facts.cloned().collect::<Vec<Fact>>());
    }
    // Each year is decided by what happened in it, and ends with it.
    let mut years: BTreeMap<i32, Vec<Fact>> = BTreeMap::new();
    for fact in facts {
        years.entry(year_after(day_of(fact.at))).or_default().push(fact.clone());
    }
    let within = |(end, facts): (i32, Vec<Fact>)| {
        intersection(&holds_of(rule, &facts), &[Days { from: i32::MIN, to: end }])
    };
    union(years.into_iter().flat_map(within).collect())
}

fn holds_of(rule: &Rule, facts: &[Fact]) -> Vec<Days> {
    let mut each = rule.activities.iter().map(|activity| {
        let own: Vec<Fact> = facts.iter().filter(|f| f.activity == *activity).cloned().collect();
        held(&own, rule.rung, rule.valid_months)
    });
    match rule.need {
        Need::Any => union(each.flatten().collect()),
        // A measure of no activity at all is met by nobody.
        Need::All => each.next().map_or_else(Vec::new, |first| {
            each.fold(first, |held, next| intersection(&held, &next))
        }),
    }
}

/// Cuts `days` where `holds` begins and ends; both in order and apart.
fn split(unit: UnitId, days: &[Days], holds: &[Days], out: &mut Vec<Interval>) {
    let mut add = |from, to, met| out.push(Interval { unit, from, to, met, n: 1 });
    for own in days {
        let mut from = own.from;
        for met in intersection(std::slice::from_ref(own), holds) {
            if from < met.from {
                add(from, met.from, false);
            }
            add(met.from, met.to, true);
            from = met.to;
        }
        if from < own.to {
            add(from, own.to, false);
        }
    }
}

#[cfg(test)]
mod tests;
