//! Numbers in a series: gap-free, in commit order, because writers take turns.

use jiff::Timestamp;
use thao_base::db::TxKind;
use thao_base::{Error, Result, Tx, args, sql};

const SQL: &str = include_str!("series.sql");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    Record,
    Journal,
}

impl Series {
    pub fn name(self) -> &'static str {
        match self {
            Series::Record => "record",
            Series::Journal => "journal",
        }
    }
}

/// Numbers taken for entries about to be written.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    pub node: i32,
    /// The number of the first entry.
    pub first: i64,
    /// The hybrid clock of the first entry: microseconds, pushed on so that it only ever grows.
    pub clock: i64,
}

/// Takes the next `count` numbers of this node's series.
pub fn take(tx: &mut Tx<'_>, series: Series, count: usize, now: Timestamp) -> Result<Taken> {
    if tx.kind() != TxKind::Write {
        return Err(Error::internal("only a writing transaction may append to a series"));
    }
    let count = i64::try_from(count).map_err(Error::internal)?;
    let (node, last, clock): (i32, i64, i64) =
        tx.get(sql!(SQL, "take"), args![series.name(), count, now.as_microsecond()])?;
    Ok(Taken { node, first: last - count + 1, clock: clock - count + 1 })
}
