//! All above a unit, from day to day: the tree of a view as sums need it. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use thao_base::UnitId;
use thao_people::unit::{Forest, Tree};
use thao_record::evidence::{Days, FOREVER, date_of, day};

use super::deltas::edges;
use super::{Delta, FLOOR, Interval};
use crate::view::TreeView;

/// From a day to another, a unit and all above it, itself first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    pub from: i32,
    pub to: i32,
    pub up: Vec<UnitId>,
    /// Whether the unit is itself one of the tree: not when it counts in another.
    pub stands: bool,
}

/// The ways of all units in a view; of each unit in order and without gaps. The view of now is
/// the tree that is kept, and has none.
pub fn ways(forest: &Forest, view: TreeView) -> BTreeMap<UnitId, Vec<Way>> {
    let floor = date_of(FLOOR);
    let starts: Vec<Date> = match view {
        TreeView::Then => {
            let later = forest.days().into_iter().filter(|day| floor < *day);
            std::iter::once(floor).chain(later).collect()
        }
        TreeView::Now => Vec::new(),
        TreeView::At(day) => vec![day],
    };
    let mut out: BTreeMap<UnitId, Vec<Way>> = BTreeMap::new();
    for (n, start) in starts.iter().enumerate() {
        let from = if n == 0 { FLOOR } else { day(*start) };
        let to = starts.get(n + 1).map_or(FOREVER, |next| day(*next));
        let tree = forest.at(*start);
        for unit in forest.units() {
            let (up, stands) = (tree.above(unit), is_of(&tree, forest, unit, *start));
            let ways = out.entry(unit).or_default();
            match ways.last_mut() {
                Some(last) if last.up == up && last.stands == stands => last.to = to,
                _ => ways.push(Way { from, to, up, stands }),
            }
        }
    }
    out
}

fn is_of(tree: &Tree, forest: &Forest, unit: UnitId, on: Date) -> bool {
    tree.up.contains_key(&unit) && forest.counts_in(unit, on) == Some(unit)
}

/// The changes by unit and day that turn a view's sums with `old` in them into those with `new`.
/// In each unit of each day's tree a person counts once.
pub fn deltas_by<'a>(
    old: &[Interval],
    new: &[Interval],
    ways: impl Fn(UnitId) -> &'a [Way],
) -> BTreeMap<(UnitId, i32), Delta> {
    let mut out = BTreeMap::new();
    if old == new {
        return out;
    }
    for (intervals, sign) in [(old, -1), (new, 1)] {
        let mut there: BTreeMap<UnitId, [Vec<Days>; 2]> = BTreeMap::new();
        for interval in intervals {
            for way in ways(interval.unit) {
                let days = Days { from: interval.from.max(way.from), to: interval.to.min(way.to) };
                if days.to <= days.from {
                    continue;
                }
                for up in way.up.iter().collect::<BTreeSet<_>>() {
                    let [base, met] = there.entry(*up).or_default();
                    base.push(days);
                    if interval.met {
                        met.push(days);
                    }
                }
            }
        }
        for (unit, [base, met]) in there {
            edges(base, |day, step| out.entry((unit, day)).or_default().base += sign * step);
            edges(met, |day, step| out.entry((unit, day)).or_default().met += sign * step);
        }
    }
    out.retain(|_, delta: &mut Delta| !delta.is_zero());
    out
}
