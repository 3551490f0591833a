//! The tree the sums were made with. New units change no sum; a unit that moved or no longer
//! stands makes all books stale, because what counts in a unit counts in every unit above it.

use std::collections::{BTreeSet, HashMap};

use thao_base::db::ToArg;
use thao_base::{Result, Tx, UnitId, args, sql};
use thao_people::unit::TREE;
use thao_record::cursor;

use super::SQL;

/// The name of the cursor on the changes of the tree, which are taken in before any entry.
const READING: &str = "plan.tree";

/// Takes in the tree when it changed, by an edit or because its day came; whether sums were made
/// with a tree that is no more.
pub(super) fn follow(tx: &mut Tx<'_>) -> Result<bool> {
    if is_behind(tx)? || !tx.value::<bool>(sql!(SQL, "tree_there"), args![])? {
        take(tx)
    } else {
        Ok(false)
    }
}

pub(super) fn is_behind(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(cursor::taken(tx, READING, TREE)? < cursor::changes(tx, TREE)?)
}

/// Takes the tree as it stands; whether a unit that is in some sum has others above it now.
pub(super) fn take(tx: &mut Tx<'_>) -> Result<bool> {
    let read = |tx: &mut Tx<'_>, sql: &str| -> Result<HashMap<UnitId, Option<UnitId>>> {
        Ok(tx.list::<(UnitId, Option<UnitId>)>(sql, args![])?.into_iter().collect())
    };
    let changes = cursor::changes(tx, TREE)?;
    cursor::set_taken(tx, READING, TREE, changes)?;
    let old = read(tx, sql!(SQL, "tree"))?;
    let new = read(tx, sql!(SQL, "places"))?;
    if old == new {
        return Ok(false);
    }
    let differ: BTreeSet<UnitId> = old
        .keys()
        .chain(new.keys())
        .filter(|unit| old.get(unit) != new.get(unit))
        .copied()
        .collect();
    // A unit that hangs elsewhere takes its things along, however deep they are below it.
    let moves = differ.iter().any(|unit| old.contains_key(unit));
    let mut counted = moves && tx.value::<bool>(sql!(SQL, "things_there"), args![])?;
    for unit in &differ {
        // A unit nobody was counted in yet, as new ones are, changes nothing.
        counted |= tx.value::<bool>(sql!(SQL, "counted"), args![unit])?;
    }
    tx.exec_many(sql!(SQL, "tree_forget"), differ.iter().map(|unit| vec![unit.arg()]))?;
    let standing = differ.iter().filter_map(|unit| new.get(unit).map(|parent| (unit, parent)));
    let rows = standing.map(|(unit, parent)| vec![unit.arg(), parent.arg()]);
    tx.exec_many(sql!(SQL, "tree_add"), rows)?;
    Ok(counted)
}

/// For each unit: itself and all above it. A unit that does not stand is alone.
pub(super) fn above(
    tx: &mut Tx<'_>,
    units: &BTreeSet<UnitId>,
) -> Result<HashMap<UnitId, Vec<UnitId>>> {
    let mut out: HashMap<UnitId, Vec<UnitId>> =
        units.iter().map(|unit| (*unit, vec![*unit])).collect();
    let list: Vec<UnitId> = units.iter().copied().collect();
    for (unit, up) in tx.list::<(UnitId, UnitId)>(sql!(SQL, "above"), args![list])? {
        if let Some(path) = out.get_mut(&unit) {
            path.push(up);
        }
    }
    Ok(out)
}
