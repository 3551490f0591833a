//! Units, things and classes, whole, into day intervals of one measure. Pure.

use std::collections::BTreeMap;

use thao_base::{ActivityId, CriterionId, UnitId, cast};
use thao_record::Fact;
use thao_record::evidence::{Days, FOREVER, day_of, decided, intersection, union};

use super::{FLOOR, Interval, Rule, met_by_unit, since_floor, split, year_after};
use crate::kind::Kind;

/// A unit: its kind, the days it stands, what was found of it, the things in it and below it.
#[derive(Debug, Clone)]
pub struct Unit {
    pub id: UnitId,
    pub kind: String,
    pub stands: Days,
    pub found: Vec<Fact>,
    pub things: Vec<Thing>,
}

/// A thing: its kind, where and when it is, what was found of it.
#[derive(Debug, Clone)]
pub struct Thing {
    pub unit: UnitId,
    pub kind: String,
    pub there: Days,
    pub found: Vec<Fact>,
}

/// A class: where, of which course, the day of its first meeting that was held and closed.
#[derive(Debug, Clone)]
pub struct Class {
    pub unit: UnitId,
    pub course: ActivityId,
    pub held: Option<i32>,
}

/// A unit's intervals: in itself.
pub fn fold_unit(rule: &Rule, unit: &Unit) -> Vec<Interval> {
    if rule.kind == Kind::ShareOf {
        let bases = rule.bases.iter().flat_map(|base| fold_unit(base, unit));
        return share_of(rule, bases, &unit.found);
    }
    if rule.unit_kind.as_deref() != Some(unit.kind.as_str()) {
        return Vec::new();
    }
    let met = match rule.kind {
        Kind::PerUnit => enough(rule, &unit.things),
        _ => satisfied(rule, unit.stands, &unit.found),
    };
    let mut out = Vec::new();
    split(unit.id, &since_floor(&[unit.stands]), &met, &mut out);
    out
}

/// A thing's intervals: in its unit.
pub fn fold_thing(rule: &Rule, thing: &Thing) -> Vec<Interval> {
    if rule.kind == Kind::ShareOf {
        let bases = rule.bases.iter().flat_map(|base| fold_thing(base, thing));
        return share_of(rule, bases, &thing.found);
    }
    if rule.thing_kind.as_deref() != Some(thing.kind.as_str()) {
        return Vec::new();
    }
    let met = satisfied(rule, thing.there, &thing.found);
    let mut out = Vec::new();
    split(thing.unit, &since_floor(&[thing.there]), &met, &mut out);
    out
}

/// A class counts from the day it was first held.
pub fn fold_class(rule: &Rule, class: &Class) -> Vec<Interval> {
    let counted = class
        .held
        .filter(|on| rule.counts_from() <= *on && rule.activities.contains(&class.course));
    let Some(on) = counted else { return Vec::new() };
    let to = if rule.kind == Kind::ClassesPerYear { year_after(on) } else { FOREVER };
    let from = on.max(FLOOR);
    if to <= from {
        return Vec::new();
    }
    vec![Interval { unit: class.unit, from, to, met: true, n: 1 }]
}

fn share_of(rule: &Rule, bases: impl Iterator<Item = Interval>, found: &[Fact]) -> Vec<Interval> {
    let holds = rule.criterion.map_or_else(Vec::new, |own| criterion(rule, own, found));
    let mut out = Vec::new();
    for (unit, days) in met_by_unit(bases) {
        split(unit, &days, &holds, &mut out);
    }
    out
}

/// The days something satisfies the rule's criterion; where it has none, all the days it is
/// there, when it is not older than what counts.
fn satisfied(rule: &Rule, there: Days, found: &[Fact]) -> Vec<Days> {
    match rule.criterion {
        Some(own) => criterion(rule, own, found),
        None if there.from < rule.counts_from() => Vec::new(),
        None => vec![there],
    }
}

fn criterion(rule: &Rule, own: CriterionId, found: &[Fact]) -> Vec<Days> {
    let own: ActivityId = cast(own);
    let counts = |fact: &&Fact| fact.activity == own && rule.counts_from() <= day_of(fact.at);
    decided(&found.iter().filter(counts).cloned().collect::<Vec<Fact>>(), rule.valid_months)
}

/// The days on which there are so many things of the kind (that satisfy the criterion).
fn enough(rule: &Rule, things: &[Thing]) -> Vec<Days> {
    let mut changes: BTreeMap<i32, i32> = BTreeMap::new();
    for thing in things.iter().filter(|t| rule.thing_kind.as_deref() == Some(t.kind.as_str())) {
        for days in intersection(&satisfied(rule, thing.there, &thing.found), &[thing.there]) {
            *changes.entry(days.from).or_default() += 1;
            *changes.entry(days.to).or_default() -= 1;
        }
    }
    let mut out = Vec::new();
    let (mut count, mut from) = (0, None);
    for (on, change) in changes {
        count += change;
        match (from, rule.at_least <= count) {
            (None, true) => from = Some(on),
            (Some(start), false) => {
                out.push(Days { from: start, to: on });
                from = None;
            }
            _ => {}
        }
    }
    out.extend(from.map(|from| Days { from, to: FOREVER }));
    union(out)
}
