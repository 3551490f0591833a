//! New sums after a change of the tree, out of the old ones. What is read grows with the sums of
//! the units that moved, not with people; only those who are in several units, one of which
//! moved, are looked at one by one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use thao_base::db::{Arg, ToArg};
use thao_base::{Id, PersonId, Result, Tx, UnitId, args, row, sql};

use super::SQL;
use super::books::Kept;
use super::refold::counts_base;
use super::tree::Change;
use crate::fold::{self, Delta, Interval, Recipe, Ups, buckets, chain, deltas, reach, swept};

/// People looked at in one statement.
const AT_ONCE: usize = 2_000;

/// Sums of a unit: level, bucket.
type Rows = BTreeMap<(i32, i32), Delta>;

/// Makes the sums of all books those of the new tree.
pub(super) fn shift(tx: &mut Tx<'_>, kept: &[Kept], change: &Change) -> Result<()> {
    let plan = Plan::of(change);
    if plan.recipes.is_empty() {
        return Ok(());
    }
    for book in kept {
        let (no, based) = (book.no, counts_base(book));
        let (mut sums, others) = plan.added_up(tx, no)?;
        plan.put_right(tx, no, based, &mut sums)?;
        let gone = sums.keys().chain(&others).map(|unit| vec![no.arg(), unit.arg()]);
        tx.exec_many(sql!(SQL, "forget_sums"), gone)?;
        write(tx, no, &sums)?;
    }
    Ok(())
}

/// Figures of some units in a book at the end of a day, as they are and as they would be when
/// units lay elsewhere.
pub(crate) fn ahead(
    tx: &mut Tx<'_>,
    no: i32,
    based: bool,
    turn: &[(UnitId, Option<UnitId>)],
    wanted: &BTreeSet<UnitId>,
    on: i32,
) -> Result<BTreeMap<UnitId, [Delta; 2]>> {
    let old = super::tree::kept(tx)?;
    let mut new = old.clone();
    new.extend(turn.iter().copied());
    let change = Change { old, new };
    let mut plan = Plan::of(&change);
    plan.recipes.retain(|unit, _| wanted.contains(unit));
    let (mut sums, others) = plan.added_up(tx, no)?;
    plan.put_right(tx, no, based, &mut sums)?;
    let mut out = BTreeMap::new();
    for unit in wanted {
        let rows: Vec<(i32, i32, i64, i64)> =
            tx.list(sql!(SQL, "summed"), args![no, [*unit].as_slice()])?;
        let rows: Rows = rows
            .into_iter()
            .map(|(level, bucket, met, base)| ((level, bucket), Delta { met, base }))
            .collect();
        let before = figure(&rows, on);
        let after = match sums.get(unit) {
            Some(rows) => figure(rows, on),
            None if others.contains(unit) => Delta::default(),
            None => before,
        };
        out.insert(*unit, [before, after]);
    }
    Ok(out)
}

/// The figure at the end of a day out of a unit's sums.
fn figure(rows: &Rows, on: i32) -> Delta {
    let mut sum = Delta::default();
    for (level, first, last) in reach(on) {
        if first <= last {
            for delta in rows.range((level.no(), first)..=(level.no(), last)).map(|(_, d)| d) {
                sum.met += delta.met;
                sum.base += delta.base;
            }
        }
    }
    sum
}

struct Plan<'a> {
    change: &'a Change,
    recipes: BTreeMap<UnitId, Recipe>,
    /// Which new sums an old one goes into, and how often.
    uses: HashMap<UnitId, Vec<(UnitId, i64)>>,
    swept: Vec<UnitId>,
    /// What is below a unit, itself included, before and after; of units that may change.
    below: HashMap<UnitId, [BTreeSet<UnitId>; 2]>,
}

impl Plan<'_> {
    fn of(change: &Change) -> Plan<'_> {
        let recipes = fold::shift(&change.old, &change.new);
        let mut uses: HashMap<UnitId, Vec<(UnitId, i64)>> = HashMap::new();
        for (unit, recipe) in &recipes {
            for (part, times) in recipe {
                uses.entry(*part).or_default().push((*unit, *times));
            }
        }
        let moved = fold::moved(&change.old, &change.new);
        let own = |unit: &UnitId| (*unit, [BTreeSet::from([*unit]), BTreeSet::from([*unit])]);
        let mut below: HashMap<UnitId, [BTreeSet<UnitId>; 2]> = recipes.keys().map(own).collect();
        for (n, tree) in [&change.old, &change.new].into_iter().enumerate() {
            for unit in tree.keys() {
                for up in chain(*unit, tree).into_iter().skip(1) {
                    if let Some(set) = below.get_mut(&up).and_then(|sets| sets.get_mut(n)) {
                        set.insert(*unit);
                    }
                }
            }
        }
        let swept = swept(&change.old, &moved).into_iter().collect();
        Plan { change, recipes, uses, swept, below }
    }

    /// The new sums by the recipes, right but for people in several units; and the units nobody
    /// is below any more. Units below which nobody came or went are in neither.
    fn added_up(&self, tx: &mut Tx<'_>, no: i32) -> Result<(BTreeMap<UnitId, Rows>, Vec<UnitId>)> {
        let (mut out, mut others) = (BTreeMap::new(), Vec::new());
        let mut known: HashMap<UnitId, bool> = HashMap::new();
        for (unit, recipe) in &self.recipes {
            let Some([old, new]) = self.below.get(unit) else { continue };
            if !any_people(tx, no, old.symmetric_difference(new), &mut known)? {
                continue;
            }
            // Most units that end have nobody of their own: what lay below them moved on.
            if !any_people(tx, no, new.iter(), &mut known)? {
                others.push(*unit);
                continue;
            }
            let mut rows = Rows::new();
            let times: BTreeSet<i64> = recipe.values().copied().collect();
            for times in times {
                let same = recipe.iter().filter(|(_, n)| **n == times);
                let parts: Vec<UnitId> = same.map(|(part, _)| *part).collect();
                let sums: Vec<(i32, i32, i64, i64)> =
                    tx.list(sql!(SQL, "summed"), args![no, parts])?;
                for (level, bucket, met, base) in sums {
                    let row = rows.entry((level, bucket)).or_default();
                    row.met += times * met;
                    row.base += times * base;
                }
            }
            out.insert(*unit, rows);
        }
        Ok((out, others))
    }

    /// Somebody in several units counted in each of the sums that were added; once is right.
    fn put_right(
        &self,
        tx: &mut Tx<'_>,
        no: i32,
        based: bool,
        sums: &mut BTreeMap<UnitId, Rows>,
    ) -> Result<()> {
        let several: Vec<PersonId> = tx.values(sql!(SQL, "several_in"), args![no, self.swept])?;
        let mut paths = Paths::default();
        for some in several.chunks(AT_ONCE) {
            let mut people: BTreeMap<PersonId, Vec<Interval>> = BTreeMap::new();
            for held in tx.list::<Held>(sql!(SQL, "held"), args![no, some])? {
                let Held { unit, from, to, met, .. } = held;
                people.entry(held.subject).or_default().push(Interval { unit, from, to, met });
            }
            for intervals in people.values() {
                paths.learn(intervals, self.change);
                for ((unit, day), delta) in deltas(&[], intervals, |u| paths.old(u)) {
                    for (into, times) in self.uses.get(&unit).into_iter().flatten() {
                        add(sums, *into, day, delta, -times, based);
                    }
                }
                for ((unit, day), delta) in deltas(&[], intervals, |u| paths.new(u)) {
                    add(sums, unit, day, delta, 1, based);
                }
            }
        }
        Ok(())
    }
}

row! {
    struct Held { no: i32, subject: PersonId, unit: UnitId, from: i32, to: i32, met: bool }
}

/// Whether a book holds anybody in one of some units.
fn any_people<'u>(
    tx: &mut Tx<'_>,
    no: i32,
    units: impl Iterator<Item = &'u UnitId>,
    known: &mut HashMap<UnitId, bool>,
) -> Result<bool> {
    for unit in units {
        let found = match known.get(unit) {
            Some(found) => *found,
            None => tx.value(sql!(SQL, "any_in"), args![no, unit])?,
        };
        known.insert(*unit, found);
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}

/// All above a unit, before and after; found once.
#[derive(Default)]
struct Paths {
    old: HashMap<UnitId, Vec<UnitId>>,
    new: HashMap<UnitId, Vec<UnitId>>,
}

impl Paths {
    fn learn(&mut self, intervals: &[Interval], change: &Change) {
        let path = |tree: &Ups, unit| chain(unit, tree);
        for interval in intervals {
            let unit = interval.unit;
            self.old.entry(unit).or_insert_with(|| path(&change.old, unit));
            self.new.entry(unit).or_insert_with(|| path(&change.new, unit));
        }
    }

    fn old(&self, unit: UnitId) -> &[UnitId] {
        self.old.get(&unit).map_or(&[], Vec::as_slice)
    }

    fn new(&self, unit: UnitId) -> &[UnitId] {
        self.new.get(&unit).map_or(&[], Vec::as_slice)
    }
}

fn add(
    sums: &mut BTreeMap<UnitId, Rows>,
    unit: UnitId,
    day: i32,
    delta: Delta,
    times: i64,
    based: bool,
) {
    let Some(rows) = sums.get_mut(&unit) else { return };
    for (level, bucket) in buckets(day) {
        let row = rows.entry((level.no(), bucket)).or_default();
        row.met += times * delta.met;
        row.base += if based { times * delta.base } else { 0 };
    }
}

fn write(tx: &mut Tx<'_>, no: i32, sums: &BTreeMap<UnitId, Rows>) -> Result<()> {
    let rows = sums.iter().flat_map(|(unit, rows)| {
        let rows = rows.iter().filter(|(_, delta)| !delta.is_zero());
        rows.map(move |((level, bucket), delta)| {
            vec![
                Arg::Int(no.into()),
                Arg::Id(unit.uuid()),
                Arg::Int((*level).into()),
                Arg::Int((*bucket).into()),
                Arg::Int(delta.met),
                Arg::Int(delta.base),
            ]
        })
    });
    tx.exec_many(sql!(SQL, "set_sum"), rows)?;
    Ok(())
}
