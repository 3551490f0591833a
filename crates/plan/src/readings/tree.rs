//! The tree the sums were made with. When units move, no person is folded again: the sums above
//! them are made anew out of old ones ([`super::shift`]).

use std::collections::{BTreeSet, HashMap};

use thao_base::db::ToArg;
use thao_base::{Result, Tx, UnitId, args, sql};
use thao_people::unit::TREE;
use thao_record::cursor;

use super::SQL;
use crate::fold::Ups;

/// The name of the cursor on the changes of the tree, which are taken in before any entry.
const READING: &str = "plan.tree";

/// A tree that is another than the sums were made with.
pub(super) struct Change {
    pub(super) old: Ups,
    pub(super) new: Ups,
}

/// Takes in the tree when it changed, by an edit or because its day came.
pub(super) fn follow(tx: &mut Tx<'_>) -> Result<Option<Change>> {
    if is_behind(tx)? || !tx.value::<bool>(sql!(SQL, "tree_there"), args![])? {
        take(tx)
    } else {
        Ok(None)
    }
}

pub(super) fn is_behind(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(cursor::taken(tx, READING, TREE)? < cursor::changes(tx, TREE)?)
}

/// Takes the tree as it stands; what it was, when it was another.
pub(super) fn take(tx: &mut Tx<'_>) -> Result<Option<Change>> {
    let changes = cursor::changes(tx, TREE)?;
    cursor::set_taken(tx, READING, TREE, changes)?;
    let old = kept(tx)?;
    let new: Vec<(UnitId, Option<UnitId>)> = tx.list(sql!(SQL, "places"), args![])?;
    let new: Ups = new.into_iter().collect();
    if old == new {
        return Ok(None);
    }
    let differ: BTreeSet<UnitId> = old
        .keys()
        .chain(new.keys())
        .filter(|unit| old.get(unit) != new.get(unit))
        .copied()
        .collect();
    tx.exec_many(sql!(SQL, "tree_forget"), differ.iter().map(|unit| vec![unit.arg()]))?;
    let standing = differ.iter().filter_map(|unit| new.get(unit).map(|parent| (unit, parent)));
    let rows = standing.map(|(unit, parent)| vec![unit.arg(), parent.arg()]);
    tx.exec_many(sql!(SQL, "tree_add"), rows)?;
    Ok(Some(Change { old, new }))
}

/// The tree the sums were made with.
pub(super) fn kept(tx: &mut Tx<'_>) -> Result<Ups> {
    let rows: Vec<(UnitId, Option<UnitId>)> = tx.list(sql!(SQL, "tree"), args![])?;
    Ok(rows.into_iter().collect())
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
