//! Counting by hand, day by day, as slowly and plainly as can be: what the fold and the readings
//! are held against in tests.

use std::collections::BTreeSet;

use jiff::Span;
use thao_base::{ActivityId, UnitId};
use thao_people::Birth;
use thao_people::affiliation::Affiliation;
use thao_people::audience::Audience;
use thao_record::evidence::{date_of, day, day_of};
use thao_record::{Fact, Rung};

use crate::fold::{Need, Rule};
use crate::kind::{Kind, Shape};

/// Whether a rung is held in an activity on a day: of each kind of evidence at or above the rung,
/// the latest outcome up to that day decides.
fn held_on(rule: &Rule, facts: &[Fact], activity: ActivityId, on: i32) -> bool {
    let kinds = Rung::ALL.into_iter().filter(|kind| *kind >= rule.rung && *kind > Rung::None);
    kinds.into_iter().any(|kind| {
        let own = facts.iter().filter(|f| f.activity == activity && f.rung == kind);
        let latest = own.filter(|f| day_of(f.at) <= on).max_by_key(|f| (f.at, f.id));
        latest.is_some_and(|f| {
            let gone = rule.valid_months.map(|months| {
                day(date_of(day_of(f.at)).checked_add(Span::new().months(months)).unwrap())
            });
            f.success && gone.is_none_or(|gone| on < gone)
        })
    })
}

pub(crate) fn met_on(rule: &Rule, facts: &[Fact], on: i32) -> bool {
    let year = |on: i32| date_of(on).year();
    let counts = |fact: &&Fact| {
        let at = day_of(fact.at);
        let yearly = rule.kind.shape() == Shape::PerYear;
        rule.since.is_none_or(|since| day(since) <= at) && (!yearly || year(at) == year(on))
    };
    let facts: Vec<Fact> = facts.iter().filter(counts).cloned().collect();
    let facts = &facts;
    let mut each = rule.activities.iter().map(|activity| held_on(rule, facts, *activity, on));
    match rule.need {
        Need::Any => each.any(|held| held),
        Need::All => !rule.activities.is_empty() && each.all(|held| held),
    }
}

/// A person as they are counted by hand.
pub(crate) struct Somebody {
    pub(crate) birth: Option<Birth>,
    pub(crate) stays: Vec<Affiliation>,
    pub(crate) facts: Vec<Fact>,
}

/// How often a person counts on a day in some units: numerator, base.
pub(crate) fn count_on(
    rule: &Rule,
    who: &Somebody,
    units: &BTreeSet<UnitId>,
    on: i32,
) -> (i64, i64) {
    let within = |audience: &Audience, units: Option<&BTreeSet<UnitId>>, on: i32| {
        let there = who.stays.iter().filter(|stay| belongs_on(audience, who.birth, stay, on));
        there.map(|stay| stay.unit).any(|unit| units.is_none_or(|units| units.contains(&unit)))
    };
    let audience = rule.audience.as_ref();
    match rule.kind {
        Kind::Turns | Kind::TurnsPerYear => {
            let yearly = rule.kind == Kind::TurnsPerYear;
            let turn = |fact: &&Fact| {
                let at = day_of(fact.at);
                fact.success
                    && fact.rung == rule.rung
                    && rule.activities.contains(&fact.activity)
                    && units.contains(&fact.unit)
                    && at <= on
                    && rule.since.is_none_or(|since| day(since) <= at)
                    && (!yearly || date_of(at).year() == date_of(on).year())
                    && audience.is_none_or(|audience| within(audience, None, at))
            };
            (who.facts.iter().filter(turn).count() as i64, 0)
        }
        Kind::ShareOf => {
            let base = rule.bases.iter().any(|base| 0 < count_on(base, who, units, on).0);
            let held = rule.activities.is_empty() || met_on(rule, &who.facts, on);
            let meant = audience.is_none_or(|audience| within(audience, None, on));
            (i64::from(base && held && meant), i64::from(base))
        }
        _ => {
            let there = within(audience.unwrap(), Some(units), on);
            (i64::from(there && met_on(rule, &who.facts, on)), i64::from(there))
        }
    }
}

pub(crate) fn belongs_on(
    audience: &Audience,
    birth: Option<Birth>,
    affiliation: &Affiliation,
    on: i32,
) -> bool {
    let birthday =
        |years: i32| birth.map(|b| day(b.day().checked_add(Span::new().years(years)).unwrap()));
    let old_enough = audience.age_from.is_none_or(|a| birthday(a).is_some_and(|b| b <= on));
    let young_enough = audience.age_below.is_none_or(|a| birthday(a).is_some_and(|b| on < b));
    let listed = audience.categories.as_array().unwrap();
    let category =
        listed.is_empty() || listed.iter().any(|c| c.as_str() == affiliation.category.as_deref());
    affiliation.kind == audience.affiliation_kind
        && category
        && day(affiliation.valid_from) <= on
        && affiliation.valid_to.is_none_or(|to| on < day(to))
        && old_enough
        && young_enough
}
