//! Official figures in the tree of another day: those of units that ended go to the units that
//! follow, in the shares of the resolution. Pure.
//!
//! A figure speaks of its day. What went from a unit to others after that day, up to the day of
//! the tree, is divided by thousandths, rounded down, and the rest goes to the main part. A unit
//! that has a figure of its own from after it took others on is not given theirs again. Backwards
//! the parts of a unit that was split are added up; what was merged cannot be taken apart, and is
//! missing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use thao_base::UnitId;
use thao_people::unit::{Forest, Succession};

use super::Whole;
use crate::figure::Figure;

/// What of a figure came to a unit.
#[derive(Debug, Clone, Copy)]
struct Piece {
    value: i64,
    as_of: Date,
    /// The unit whose figure it is.
    origin: UnitId,
    /// The day it came here from another; none for the unit's own.
    came: Option<Date>,
}

/// The denominators of the units of a tree, out of the latest figure of each unit.
pub(super) fn apportion(
    figures: &HashMap<UnitId, Figure>,
    forest: &Forest,
    tree_day: Date,
) -> HashMap<UnitId, Whole> {
    let mut pieces: BTreeMap<UnitId, Vec<Piece>> = BTreeMap::new();
    let ordered: BTreeMap<&UnitId, &Figure> = figures.iter().collect();
    for (unit, figure) in ordered {
        let own = Piece { value: figure.value, as_of: figure.as_of, origin: *unit, came: None };
        for (unit, piece) in carried(*unit, own, forest, tree_day) {
            if forest.counts_in(unit, tree_day) == Some(unit) {
                pieces.entry(unit).or_default().push(piece);
            }
        }
    }
    let whole = |(unit, pieces): (UnitId, Vec<Piece>)| {
        let whole = match figures.get(&unit) {
            Some(figure) if pieces.iter().all(|piece| piece.came.is_none()) => {
                joined(unit, &pieces, forest, tree_day, Whole::figure(figure))
            }
            _ => summed(unit, &pieces, figures.get(&unit), forest, tree_day),
        };
        (unit, whole)
    };
    pieces.into_iter().map(whole).collect()
}

/// Where a figure comes to by the day of the tree.
fn carried(unit: UnitId, own: Piece, forest: &Forest, tree_day: Date) -> Vec<(UnitId, Piece)> {
    if let Some(back) = carried_back(unit, own, forest, tree_day) {
        return vec![back];
    }
    let mut here: BTreeMap<UnitId, Piece> = [(unit, own)].into();
    let later = |row: &&Succession| own.as_of < row.on && row.on <= tree_day;
    let days: BTreeSet<Date> =
        forest.successions().iter().filter(later).map(|row| row.on).collect();
    for day in days {
        let mut next: BTreeMap<UnitId, Piece> = BTreeMap::new();
        for (unit, piece) in here {
            let rows: Vec<&Succession> =
                forest.successions().iter().filter(|r| r.on == day && r.from == unit).collect();
            for (to, value) in divided(piece.value, unit, &rows) {
                let came = if rows.is_empty() { piece.came } else { Some(day) };
                let part = next.entry(to).or_insert(Piece { value: 0, came, ..piece });
                part.value += value;
            }
        }
        here = next;
    }
    here.into_iter().collect()
}

/// A figure by thousandths; the rest of rounding down goes to the main part.
fn divided(value: i64, unit: UnitId, rows: &[&Succession]) -> Vec<(UnitId, i64)> {
    if rows.is_empty() {
        return vec![(unit, value)];
    }
    let part = |row: &Succession| {
        let part = i128::from(value) * i128::from(row.share) / 1000;
        i64::try_from(part).unwrap_or_default()
    };
    let rest = value - rows.iter().map(|row| part(row)).sum::<i64>();
    let mut first = true;
    rows.iter()
        .map(|row| {
            let is_main = std::mem::take(&mut first) && row.main;
            (row.to, part(row) + if is_main { rest } else { 0 })
        })
        .collect()
}

/// A unit that began after the day of the tree: to the one it was split off from.
fn carried_back(
    unit: UnitId,
    own: Piece,
    forest: &Forest,
    tree_day: Date,
) -> Option<(UnitId, Piece)> {
    let (mut at, mut came) = (unit, None);
    // As often as a unit can have been split at most.
    for _ in 0..64 {
        let home = forest.counts_in(at, tree_day);
        let began = forest.successions().iter().filter(|row| row.to == at && row.from != at);
        let first = began.clone().map(|row| row.on).min().filter(|on| tree_day < *on);
        let Some(on) = first.filter(|_| home != Some(at)) else { break };
        let from: BTreeSet<UnitId> = began.filter(|row| row.on == on).map(|row| row.from).collect();
        // Of several units merged, nobody knows which part is whose.
        let [one] = from.into_iter().collect::<Vec<_>>()[..] else { return Some((unit, own)) };
        (at, came) = (one, Some(on));
    }
    came.map(|day| (at, Piece { came: Some(day), ..own }))
}

/// A unit's own figure, unless it took others on since and theirs are missing.
fn joined(unit: UnitId, pieces: &[Piece], forest: &Forest, tree_day: Date, own: Whole) -> Whole {
    let as_of = pieces.first().map(|piece| piece.as_of);
    let expected = origins(unit, as_of, forest, tree_day);
    if expected.is_empty() { own } else { Whole::Partial { given: 1, units: expected.len() + 1 } }
}

/// The units of which something came to a unit after a day, up to the day of the tree; or, when
/// the unit was split later, those parts of it.
fn origins(unit: UnitId, after: Option<Date>, forest: &Forest, tree_day: Date) -> BTreeSet<UnitId> {
    let rows = forest.successions().iter();
    let came = rows.filter(|row| row.to == unit && row.from != unit && row.on <= tree_day);
    came.filter(|row| after.is_none_or(|after| after < row.on)).map(|row| row.from).collect()
}

fn summed(
    unit: UnitId,
    pieces: &[Piece],
    own: Option<&Figure>,
    forest: &Forest,
    tree_day: Date,
) -> Whole {
    // A figure of the unit itself holds what it had taken on by then.
    let known = own.map(|figure| figure.as_of);
    let is_new = |piece: &&Piece| match (piece.came, known) {
        (Some(came), Some(known)) => piece.origin == unit || known < came,
        _ => true,
    };
    let counted: Vec<&Piece> = pieces.iter().filter(is_new).collect();
    let given: BTreeSet<UnitId> = counted.iter().map(|piece| piece.origin).collect();
    let expected = origins(unit, known, forest, tree_day);
    // Backwards: all the parts it was split into.
    let parts: BTreeSet<UnitId> = forest
        .successions()
        .iter()
        .filter(|row| row.from == unit && tree_day < row.on && row.to != unit)
        .map(|row| row.to)
        .collect();
    let back = counted.iter().any(|piece| piece.came.is_some_and(|came| tree_day < came));
    let wanted = if back { &parts } else { &expected };
    let missing = wanted.iter().filter(|from| !is_known(**from, &given, forest, tree_day)).count();
    if 0 < missing {
        return Whole::Partial { given: wanted.len() - missing, units: wanted.len() };
    }
    let dates = || counted.iter().map(|piece| piece.as_of);
    match (dates().min(), dates().max()) {
        (Some(from), Some(to)) => Whole::Apportioned {
            value: counted.iter().map(|piece| piece.value).sum(),
            units: given.len(),
            from,
            to,
        },
        _ => Whole::Missing,
    }
}

/// Whether the figures that are given hold all of a unit: its own, or those of all it was made of.
fn is_known(unit: UnitId, given: &BTreeSet<UnitId>, forest: &Forest, by: Date) -> bool {
    if given.contains(&unit) {
        return true;
    }
    let rows = forest.successions().iter();
    let made = rows.filter(|row| row.to == unit && row.from != unit && row.on <= by);
    let mut made: Vec<(UnitId, Date)> = made.map(|row| (row.from, row.on)).collect();
    made.dedup();
    // What it was made of came before it: there is no ring.
    !made.is_empty()
        && made.iter().all(|(from, on)| {
            on.yesterday().is_ok_and(|before| is_known(*from, given, forest, before))
        })
}

#[cfg(test)]
mod tests;
