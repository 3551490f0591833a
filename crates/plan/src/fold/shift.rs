//! What becomes of sums when the tree of units is another. Pure.
//!
//! For people who are in one unit only, a sum is additive over the tree: what moves is taken from
//! all that was above it and given to all that is above it now. So each unit's new sums are old
//! sums added and taken away, whatever the number of people; the few who are in several units,
//! and count once above them, are put right one by one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use thao_base::UnitId;

/// What each unit lies below or counts in; one that is not named is alone.
pub type Ups = HashMap<UnitId, Option<UnitId>>;

/// The old sums a unit's new ones are made of, each so many times.
pub type Recipe = BTreeMap<UnitId, i64>;

/// The units whose sums change, and of what the new ones are made.
pub fn shift(old: &Ups, new: &Ups) -> BTreeMap<UnitId, Recipe> {
    let moved = moved(old, new);
    let mut up = old.clone();
    let mut recipes: BTreeMap<UnitId, Recipe> = BTreeMap::new();
    // All that moves is taken out first, so that nothing is ever below itself.
    for unit in &moved {
        give(*unit, -1, &up, &mut recipes);
        up.insert(*unit, None);
    }
    for unit in &moved {
        up.insert(*unit, new.get(unit).copied().flatten());
        give(*unit, 1, &up, &mut recipes);
    }
    recipes.retain(|unit, recipe| *recipe != own(*unit));
    recipes
}

/// The units that lie below or count in another than before.
pub fn moved(old: &Ups, new: &Ups) -> BTreeSet<UnitId> {
    let above = |tree: &Ups, unit: &UnitId| tree.get(unit).copied().flatten();
    let both = old.keys().chain(new.keys()).copied();
    both.filter(|unit| above(old, unit) != above(new, unit)).collect()
}

/// The units that moved and all below them: those with others above them than before.
pub fn swept(old: &Ups, moved: &BTreeSet<UnitId>) -> BTreeSet<UnitId> {
    let mut out = moved.clone();
    out.extend(
        old.keys().filter(|unit| chain(**unit, old).iter().any(|up| moved.contains(up))).copied(),
    );
    out
}

fn own(unit: UnitId) -> Recipe {
    [(unit, 1)].into()
}

/// A unit and all above it, nearest first.
pub fn chain(unit: UnitId, tree: &Ups) -> Vec<UnitId> {
    let mut out = vec![unit];
    let mut at = tree.get(&unit).copied().flatten();
    while let Some(up) = at.filter(|up| !out.contains(up)) {
        out.push(up);
        at = tree.get(&up).copied().flatten();
    }
    out
}

/// Adds what a unit has, so many times, to all above it.
fn give(unit: UnitId, times: i64, tree: &Ups, recipes: &mut BTreeMap<UnitId, Recipe>) {
    let what = recipes.get(&unit).cloned().unwrap_or_else(|| own(unit));
    for up in chain(unit, tree).into_iter().skip(1) {
        let recipe = recipes.entry(up).or_insert_with(|| own(up));
        for (part, n) in &what {
            let sum = recipe.entry(*part).or_default();
            *sum += n * times;
            if *sum == 0 {
                recipe.remove(part);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::world::small_id;

    /// A tree of units 1 … n: each lies below one of smaller rank or of none; ranks are given.
    fn trees(n: usize) -> impl Strategy<Value = Ups> {
        let one = (prop::collection::vec(0..n + 2, n), any::<prop::sample::Index>());
        one.prop_map(move |(ups, turn)| {
            let turn = turn.index(n);
            let id = |k: usize| small_id(((k + turn) % n + 1) as u64);
            let up = |k: usize, up: usize| (up < k).then(|| id(up));
            // A unit with the highest number is not named at all.
            ups.iter()
                .enumerate()
                .filter(|(_, u)| **u <= n)
                .map(|(k, u)| (id(k), up(k, *u)))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn old_sums_added_and_taken_away_are_the_new_ones(
            old in trees(9), new in trees(9), held in prop::collection::vec(0..50i64, 9),
        ) {
            let units: Vec<UnitId> = (1..10).map(small_id).collect();
            let sums = |tree: &Ups| -> HashMap<UnitId, i64> {
                let mut out = HashMap::new();
                for (unit, n) in units.iter().zip(&held) {
                    for up in chain(*unit, tree) {
                        *out.entry(up).or_default() += n;
                    }
                }
                out
            };
            let (before, after) = (sums(&old), sums(&new));
            let recipes = shift(&old, &new);
            for unit in &units {
                let plain = own(*unit);
                let recipe = recipes.get(unit).unwrap_or(&plain);
                let made: i64 = recipe.iter().map(|(part, n)| before[part] * n).sum();
                prop_assert_eq!(made, after[unit]);
            }
            let swept = swept(&old, &moved(&old, &new));
            for unit in &units {
                let same = chain(*unit, &old).into_iter().collect::<BTreeSet<_>>()
                    == chain(*unit, &new).into_iter().collect();
                prop_assert!(same || swept.contains(unit));
            }
        }
    }

    #[test]
    fn a_merge_adds_what_was_whole() {
        let [p, x1, x2, y, v1, v2] = [1, 2, 3, 4, 5, 6].map(small_id::<UnitId>);
        let old: Ups =
            [(p, None), (x1, Some(p)), (x2, Some(p)), (v1, Some(x1)), (v2, Some(x2))].into();
        let mut new = old.clone();
        new.extend([(y, Some(p)), (x1, Some(y)), (x2, Some(y)), (v1, Some(y)), (v2, Some(y))]);
        let found = shift(&old, &new);
        // Nobody is in what only begins.
        assert_eq!(found.get(&p), Some(&[(p, 1), (y, 1)].into()));
        assert_eq!(found.get(&y), Some(&[(y, 1), (x1, 1), (x2, 1)].into()));
        assert_eq!(found.get(&x1), Some(&[(x1, 1), (v1, -1)].into()));
    }
}
