//! The fold: one person's register rows and facts, whole, into day intervals of one measure.
//! Pure. Whatever changes a reading (a late fact, a voided one, a merge, an affiliation that
//! ends, an edited audience) is taken in by folding again and comparing: see [`deltas`].

mod deltas;
mod radix;
mod shift;
mod ways;

use std::collections::BTreeSet;

use thao_base::{ActivityId, UnitId};
use thao_people::Birth;
use thao_people::affiliation::Affiliation;
use thao_people::audience::Audience;
use thao_record::evidence::{Days, FOREVER, held, intersection, union};
use thao_record::{Fact, Rung};

pub use deltas::{Delta, deltas};
pub use radix::{Level, buckets, reach};
pub use shift::{Recipe, Ups, chain, moved, shift, swept};
pub use ways::{Way, deltas_by, ways};

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

/// What a measure asks: who is meant, and what they must hold.
#[derive(Debug, Clone)]
pub struct Rule {
    pub audience: Audience,
    pub activities: BTreeSet<ActivityId>,
    pub rung: Rung,
    pub need: Need,
    /// How long evidence counts, when not for ever.
    pub valid_months: Option<i32>,
}

/// A stretch of days a person belongs to the audience in a unit, met or not all through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    pub unit: UnitId,
    pub from: i32,
    /// The first day it no longer holds; [`FOREVER`] when no end is known.
    pub to: i32,
    pub met: bool,
}

/// One person's intervals, by unit and day; within a unit they do not overlap.
///
/// `facts`: those of the whole cluster that count (not voided), of any activity.
pub fn fold(
    rule: &Rule,
    birth: Option<Birth>,
    affiliations: &[Affiliation],
    facts: &[Fact],
) -> Vec<Interval> {
    let mut belongs = rule.audience.membership(birth, affiliations);
    for (_, days) in &mut belongs {
        *days = intersection(days, &[Days { from: FLOOR, to: FOREVER }]);
    }
    belongs.retain(|(_, days)| !days.is_empty());
    if belongs.is_empty() {
        return Vec::new();
    }
    let holds = holds(rule, facts);
    let mut out = Vec::new();
    for (unit, days) in belongs {
        split(unit, &days, &holds, &mut out);
    }
    out
}

/// The days on which a person holds what the measure asks, whoever they are.
pub fn holds(rule: &Rule, facts: &[Fact]) -> Vec<Days> {
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
    for own in days {
        let mut from = own.from;
        for met in intersection(std::slice::from_ref(own), holds) {
            if from < met.from {
                out.push(Interval { unit, from, to: met.from, met: false });
            }
            out.push(Interval { unit, from: met.from, to: met.to, met: true });
            from = met.to;
        }
        if from < own.to {
            out.push(Interval { unit, from, to: own.to, met: false });
        }
    }
}

#[cfg(test)]
mod tests;
