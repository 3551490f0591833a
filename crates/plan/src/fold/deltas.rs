//! What changes in the sums when one subject's intervals change. Pure.

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
/// `above` gives a unit itself and all above it. In each of them a subject counts once, whatever
/// the number of units below it they belong to; `each`: every occurrence counts.
pub fn deltas<'a>(
    old: &[Interval],
    new: &[Interval],
    each: bool,
    above: impl Fn(UnitId) -> &'a [UnitId],
) -> BTreeMap<(UnitId, i32), Delta> {
    let mut out = BTreeMap::new();
    if old == new {
        return out;
    }
    let add = if each { add_each } else { add_once };
    add(old, -1, &above, &mut out);
    add(new, 1, &above, &mut out);
    out.retain(|_, delta| !delta.is_zero());
    out
}

type Above<'f, 'a> = &'f dyn Fn(UnitId) -> &'a [UnitId];

fn add_once<'a>(
    intervals: &[Interval],
    sign: i64,
    above: Above<'_, 'a>,
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

fn add_each<'a>(
    intervals: &[Interval],
    sign: i64,
    above: Above<'_, 'a>,
    out: &mut BTreeMap<(UnitId, i32), Delta>,
) {
    for Interval { unit, from, to, n, .. } in intervals {
        for up in above(*unit) {
            let mut edge = |day, step| {
                let delta = out.entry((*up, day)).or_default();
                delta.met += step;
                delta.base += step;
            };
            edge(*from, sign * i64::from(*n));
            if *to != FOREVER {
                edge(*to, -sign * i64::from(*n));
            }
        }
    }
}

/// Where a set of days begins (+1) and ends (−1).
fn edges(days: Vec<Days>, mut edge: impl FnMut(i32, i64)) {
    for days in union(days) {
        edge(days.from, 1);
        if days.to != FOREVER {
            edge(days.to, -1);
        }
    }
}
