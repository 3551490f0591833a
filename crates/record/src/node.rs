//! The program that writes: the province's server or a box. Every entry names its node.

use thao_base::{NodeId, Result, Stamp, Tx, args, sql};

const SQL: &str = include_str!("node.sql");

/// Makes this database's own node when it has none.
pub fn ensure(tx: &mut Tx<'_>, stamp: &Stamp, name: &str) -> Result<()> {
    if tx.find::<(i32,)>(sql!(SQL, "here"), args![])?.is_some() {
        return Ok(());
    }
    let id: NodeId = stamp.id();
    tx.exec(sql!(SQL, "add"), args![1, id, name, true])?;
    for series in ["record", "journal"] {
        tx.exec(sql!(SQL, "add_series"), args![1, series])?;
    }
    Ok(())
}
