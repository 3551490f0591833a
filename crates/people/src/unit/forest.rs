//! The tree of units on any day, out of all dated rows and of who followed whom. Pure.
//!
//! A unit that no longer stands counts in its main successor; one that does not stand yet counts
//! in its main predecessor, or, when none is known, where it first stood. What ended and was
//! followed by nobody counts nowhere from then on.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use thao_base::{UnitId, row};

row! {
    /// The days on which a unit stands; `to` is the first it does not.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Standing {
        pub unit: UnitId,
        pub from: Date,
        pub to: Option<Date>,
    }
}
row! {
    /// The days on which a unit lies directly below another.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Lying {
        pub unit: UnitId,
        pub parent: UnitId,
        pub from: Date,
        pub to: Option<Date>,
    }
}
row! {
    /// What went from one unit to another on a day, of a change that was not withdrawn.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Succession {
        pub from: UnitId,
        pub to: UnitId,
        pub on: Date,
        /// Thousandths of what `from` had.
        pub share: i32,
        /// Whether `from` counts in `to` when it no longer stands.
        pub main: bool,
        pub rank: i32,
    }
}

/// All dated rows of all units.
#[derive(Debug, Clone, Default)]
pub struct Forest {
    standing: BTreeMap<UnitId, (Date, Option<Date>)>,
    lying: HashMap<UnitId, Vec<Lying>>,
    successions: Vec<Succession>,
    /// Main successors by who ended, others than itself, in the order of days.
    heirs: HashMap<UnitId, Vec<(Date, UnitId)>>,
    /// Main predecessors by who began.
    forebears: HashMap<UnitId, UnitId>,
}

fn holds(from: Date, to: Option<Date>, on: Date) -> bool {
    from <= on && to.is_none_or(|to| on < to)
}

impl Forest {
    /// `lying`: of rows of one unit that hold on one day, the last given counts.
    pub fn new(
        standing: Vec<Standing>,
        lying: Vec<Lying>,
        mut successions: Vec<Succession>,
    ) -> Forest {
        // What ended on the day it began never was.
        let was = |from: Date, to: Option<Date>| to.is_none_or(|to| from < to);
        let mut forest = Forest::default();
        for row in standing.into_iter().filter(|row| was(row.from, row.to)) {
            forest.standing.insert(row.unit, (row.from, row.to));
        }
        for row in lying.into_iter().filter(|row| was(row.from, row.to)) {
            forest.lying.entry(row.unit).or_default().push(row);
        }
        for rows in forest.lying.values_mut() {
            rows.sort_by_key(|row| row.from);
        }
        successions.sort_by_key(|row| (row.on, row.rank, row.from, row.to));
        let mut shares: HashMap<UnitId, (Date, i32)> = HashMap::new();
        for row in successions.iter().filter(|row| row.from != row.to) {
            if row.main {
                forest.heirs.entry(row.from).or_default().push((row.on, row.to));
            }
            // The first day it was made of others; of those the largest share, the first named.
            let better =
                shares.get(&row.to).is_none_or(|(on, share)| row.on == *on && *share < row.share);
            let begins = forest.standing.get(&row.to).is_some_and(|(from, _)| *from == row.on);
            if better && begins {
                shares.insert(row.to, (row.on, row.share));
                forest.forebears.insert(row.to, row.from);
            }
        }
        forest.successions = successions;
        forest
    }

    /// All units that ever stood or will.
    pub fn units(&self) -> impl Iterator<Item = UnitId> {
        self.standing.keys().copied()
    }

    pub fn successions(&self) -> &[Succession] {
        &self.successions
    }

    pub fn stands(&self, unit: UnitId, on: Date) -> bool {
        self.standing.get(&unit).is_some_and(|(from, to)| holds(*from, *to, on))
    }

    /// The unit a unit counts in on a day: itself while it stands. None when it counts nowhere.
    pub fn counts_in(&self, unit: UnitId, on: Date) -> Option<UnitId> {
        let mut seen = HashSet::new();
        let mut at = unit;
        while seen.insert(at) {
            let (from, to) = *self.standing.get(&at)?;
            if holds(from, to, on) {
                return Some(at);
            }
            if on < from {
                match self.forebears.get(&at) {
                    Some(forebear) => at = *forebear,
                    // Nobody knows of an earlier one: as if it had always stood.
                    None => return Some(at),
                }
            } else {
                let heirs = self.heirs.get(&at)?;
                at = heirs.iter().rev().find(|(day, _)| *day <= on).map(|(_, heir)| *heir)?;
            }
        }
        None
    }

    /// All units that stand on a day and have anything of a unit, by way of whatever was between.
    pub fn successors(&self, unit: UnitId, on: Date) -> BTreeSet<UnitId> {
        let (mut out, mut seen) = (BTreeSet::new(), HashSet::new());
        let mut next = vec![unit];
        while let Some(unit) = next.pop() {
            if !seen.insert(unit) {
                continue;
            }
            if self.stands(unit, on) {
                out.insert(unit);
                continue;
            }
            let rows = self.successions.iter().filter(|row| row.from == unit && row.on <= on);
            next.extend(rows.map(|row| row.to));
        }
        out
    }

    /// The unit directly above one that stands, or is taken to stand, on a day.
    fn parent(&self, unit: UnitId, on: Date) -> Option<UnitId> {
        let rows = self.lying.get(&unit)?;
        let row = rows.iter().rev().find(|row| holds(row.from, row.to, on));
        row.or_else(|| rows.first().filter(|row| on < row.from)).map(|row| row.parent)
    }

    /// The tree of a day.
    pub fn at(&self, on: Date) -> Tree {
        let mut up = BTreeMap::new();
        for unit in self.units() {
            let Some(place) = self.counts_in(unit, on) else { continue };
            if place == unit {
                let parent = self.parent(unit, on);
                // A unit above that ended hands on what lies below it.
                up.insert(unit, parent.map(|up| self.counts_in(up, on).unwrap_or(up)));
            } else {
                up.insert(unit, Some(place));
            }
        }
        let gone = up.keys().copied().filter(|unit| !self.stands(*unit, on)).collect();
        Tree { up, gone }
    }

    /// The days from which the tree may not be that of the day before, in order. What begins
    /// with nothing known before it counts as if it had always stood: its first day is none.
    pub fn days(&self) -> BTreeSet<Date> {
        let begins = self.standing.iter().filter(|(unit, _)| self.forebears.contains_key(unit));
        let begins = begins.map(|(_, (from, _))| *from);
        let ends = self.standing.values().filter_map(|(_, to)| *to);
        let moves = self.lying.values().flat_map(|rows| {
            let later = rows.iter().skip(1).map(|row| row.from);
            later.chain(rows.iter().filter_map(|row| row.to))
        });
        let followed = self.successions.iter().map(|row| row.on);
        begins.chain(ends).chain(moves).chain(followed).collect()
    }
}

/// Every unit with what it lies below or counts in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    pub up: BTreeMap<UnitId, Option<UnitId>>,
    /// Those that do not stand.
    pub gone: BTreeSet<UnitId>,
}

impl Tree {
    /// A unit and all above it, nearest first. A unit that counts nowhere is alone.
    pub fn above(&self, unit: UnitId) -> Vec<UnitId> {
        let mut out = vec![unit];
        let mut at = self.up.get(&unit).copied().flatten();
        while let Some(up) = at.filter(|up| !out.contains(up)) {
            out.push(up);
            at = self.up.get(&up).copied().flatten();
        }
        out
    }

    /// Whether `upper` is `lower` or lies above it.
    pub fn holds(&self, upper: UnitId, lower: UnitId) -> bool {
        self.above(lower).contains(&upper)
    }

    /// The units directly below one that stand.
    pub fn children(&self, unit: UnitId) -> Vec<UnitId> {
        let below =
            self.up.iter().filter(|(child, up)| **up == Some(unit) && !self.gone.contains(child));
        below.map(|(child, _)| *child).collect()
    }
}

#[cfg(test)]
mod tests;
