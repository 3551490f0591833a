//! What a change has to do with: people, accounts, names that would be borne twice.

use std::collections::BTreeMap;

use jiff::civil::Date;
use thao_base::{Result, Tx, UnitId, args, row, sql, text};

use super::{Deeds, SQL};

/// How many of each belong to units that end or move, or to units below them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reach {
    pub people: i64,
    pub accounts: i64,
    /// Units that come to lie beside one of the same name.
    pub same_names: usize,
}

row! {
    struct Sister { parent: UnitId, name: String, unit: UnitId }
}

/// Counts what belongs to the units of a change as they stand now.
pub fn reach(tx: &mut Tx<'_>, deeds: &Deeds, on: Date) -> Result<Reach> {
    let units = touched(deeds);
    let people = tx.value(sql!(SQL, "people"), args![units, on])?;
    let accounts = tx.value(sql!(SQL, "accounts"), args![units, on])?;
    Ok(Reach { people, accounts, same_names: same_names(tx, deeds)? })
}

/// The units a change ends, moves or names, apart from those it makes.
pub fn touched(deeds: &Deeds) -> Vec<UnitId> {
    let moved = deeds.moves.iter().map(|(unit, _)| *unit);
    let named = deeds.names.iter().map(|(unit, ..)| *unit);
    let mut units: Vec<UnitId> = deeds.ends.iter().copied().chain(moved).chain(named).collect();
    units.sort_unstable();
    units.dedup();
    units
}

fn same_names(tx: &mut Tx<'_>, deeds: &Deeds) -> Result<usize> {
    let moved: Vec<UnitId> = deeds.moves.iter().map(|(unit, _)| *unit).collect();
    let homes: BTreeMap<UnitId, UnitId> = deeds.moves.iter().copied().collect();
    let above: Vec<UnitId> = homes.values().copied().collect();
    let mut borne: BTreeMap<(UnitId, String), usize> = BTreeMap::new();
    for sister in tx.list::<Sister>(sql!(SQL, "sisters"), args![above, moved])? {
        let home = homes.get(&sister.unit).copied().unwrap_or(sister.parent);
        *borne.entry((home, text::same_spelling(&sister.name))).or_default() += 1;
    }
    Ok(borne.values().filter(|n| 1 < **n).sum())
}
