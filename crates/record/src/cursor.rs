//! How far a reading has followed a series. Cursors follow `seq`, never ids or times.

use thao_base::{Result, Tx, args, sql};

use crate::series::Series;

const SQL: &str = include_str!("cursor.sql");
const SERIES: &str = include_str!("series.sql");
/// Where the changes of a reading are counted.
const CHANGES: &str = "changes";

/// The newest entry of a series on each node: `(node, seq)`.
pub fn tails(tx: &mut Tx<'_>, series: Series) -> Result<Vec<(i32, i64)>> {
    tx.list(sql!(SERIES, "tails"), args![series.name()])
}

/// How far `reading` has followed `series` of `node`; 0 before the first entry.
pub fn at(tx: &mut Tx<'_>, reading: &str, node: i32, series: Series) -> Result<i64> {
    let found = tx.find::<(i64,)>(sql!(SQL, "at"), args![reading, node, series.name()])?;
    Ok(found.map_or(0, |(seq,)| seq))
}

/// Moves the cursor, in the transaction that changes the reading.
pub fn set(tx: &mut Tx<'_>, reading: &str, node: i32, series: Series, seq: i64) -> Result<()> {
    tx.exec(sql!(SQL, "set"), args![reading, node, series.name(), seq])?;
    Ok(())
}

/// Takes turns: until the transaction ends, nobody else who follows for `reading` gets past this
/// call, so that a stretch of a series is read into the reading once. The first thing in the
/// transaction, before the cursors are read.
pub fn take_turn(tx: &mut Tx<'_>, reading: &str) -> Result<()> {
    tx.exec(sql!(SQL, "take_turn"), args![reading])?;
    Ok(())
}

/// Says that `reading`, which other readings are made of, changed; in the transaction that
/// changed it. For readings that change without an entry, as on a day somebody named before.
pub fn changed(tx: &mut Tx<'_>, reading: &str) -> Result<()> {
    tx.exec(sql!(SQL, "changed"), args![reading])?;
    Ok(())
}

/// How often `reading` changed: see [`changed`].
pub fn changes(tx: &mut Tx<'_>, reading: &str) -> Result<i64> {
    taken(tx, reading, CHANGES)
}

/// Which of the changes of another reading, `of`, `reading` has taken in.
pub fn taken(tx: &mut Tx<'_>, reading: &str, of: &str) -> Result<i64> {
    let found = tx.find::<(i64,)>(sql!(SQL, "at"), args![reading, 0, of])?;
    Ok(found.map_or(0, |(change,)| change))
}

/// Moves the cursor on another reading, in the transaction that takes its change in.
pub fn set_taken(tx: &mut Tx<'_>, reading: &str, of: &str, change: i64) -> Result<()> {
    tx.exec(sql!(SQL, "set"), args![reading, 0, of, change])?;
    Ok(())
}

/// Back to the start, for a rebuild.
pub fn reset(tx: &mut Tx<'_>, reading: &str) -> Result<()> {
    tx.exec(sql!(SQL, "reset"), args![reading])?;
    Ok(())
}
