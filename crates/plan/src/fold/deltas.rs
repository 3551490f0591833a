//! What changes in the sums when one person's intervals change. Pure.

use std::collections::{BTreeMap, BTreeSet};

use thao_base::UnitId;
use thao_record::evidence::{Days, FOREVER, union};

use super::Interval;

/// A change of numerator and denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delta {
    pub met: i64,
    pub base: i64,
}

impl Delta {
    pub fn is_zero(self) -> bool {
        self == Delta::default()
    }
}

/// The changes by unit and day that turn the sums with `old` in them into the sums with `new`.
///
/// `above` gives a unit itself and all above it. In each of them a person counts once, whatever
/// the number of units below it they belong to.
pub fn deltas<'a>(
    old: &[Interval],
    new: &[Interval],
    above: impl Fn(UnitId) -> &'a [UnitId],
) -> BTreeMap<(UnitId, i32), Delta> {
    let mut out = BTreeMap::new();
    if old == new {
        return out;
    }
    add(old, -1, &above, &mut out);
    add(new, 1, &above, &mut out);
    out.retain(|_, delta| !delta.is_zero());
    out
}

fn add<'a>(
    intervals: &[Interval],
    sign: i64,
    above: &impl Fn(UnitId) -> &'a [UnitId],
    out: &mut BTreeMap<(UnitId, i32), Delta>,
) {
    let units: BTreeSet<UnitId> =
        intervals.iter().flat_map(|interval| above(interval.unit)).copied().collect();
    for unit in units {
        let within = intervals.iter().filter(|interval| above(interval.unit).contains(&unit));
        let (mut met, mut base) = (Vec::new(), Vec::new());
        for interval in within {
            let days = Days { from: interval.from, to: interval.to };
            base.push(days);
            if interval.met {
                met.push(days);
            }
        }
        edges(met, |day, step| out.entry((unit, day)).or_default().met += sign * step);
        edges(base, |day, step| out.entry((unit, day)).or_default().base += sign * step);
    }
}

/// Where a set of days begins (+1) and ends (−1).
pub(super) fn edges(days: Vec<Days>, mut edge: impl FnMut(i32, i64)) {
    for days in union(days) {
        edge(days.from, 1);
        if days.to != FOREVER {
            edge(days.to, -1);
        }
    }
}
