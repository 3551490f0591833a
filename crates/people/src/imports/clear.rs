//! What rows say is personal, and kept as long as it is needed: to take a file back, and to look
//! something up. After that it is cleared; how many rows there were of each outcome, and what came
//! of them, stays.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use thao_base::{Error, ImportId, Result, Tx, args, sql};

use super::file::About;

const SQL: &str = include_str!("clear.sql");

/// Days a preview waits to be confirmed.
const PREVIEW_DAYS: u32 = 7;
/// Rows cleared in one transaction.
const CHUNK: i64 = 1_000;
/// All rows of a file are cleared.
const ALL: i32 = -1;

/// Clears the next rows of files that were done or taken back `days` before, and of previews
/// nobody confirmed. Whether there may be more.
pub fn clear(tx: &mut Tx<'_>, now: Timestamp, days: u32) -> Result<bool> {
    let (done, preview) = (before(now, days)?, before(now, PREVIEW_DAYS)?);
    let found =
        tx.find::<(ImportId, Option<Timestamp>, i32)>(sql!(SQL, "next"), args![done, preview])?;
    let Some((id, begun, at)) = found else { return Ok(false) };
    if begun.is_none() {
        // Lines that were left out may hold names too.
        let about = serde_json::to_value(About::default())?;
        tx.exec(sql!(SQL, "begin"), args![id, now, about])?;
    }
    let at = if begun.is_some() { at } else { 0 };
    let upto: Option<i32> = tx.value(sql!(SQL, "upto"), args![id, at, CHUNK])?;
    if let Some(upto) = upto {
        let (draft, notes, deed) = (json!({}), json!([]), Value::Null);
        tx.exec(sql!(SQL, "rows"), args![id, at, upto, draft, notes, deed])?;
    }
    tx.exec(sql!(SQL, "reach"), args![id, upto.unwrap_or(ALL)])?;
    Ok(true)
}

/// The last day on which a file can be taken back.
pub fn until(done: Timestamp, days: u32) -> Result<Timestamp> {
    done.checked_add(length(days)).map_err(Error::internal)
}

fn before(now: Timestamp, days: u32) -> Result<Timestamp> {
    now.checked_sub(length(days)).map_err(Error::internal)
}

fn length(days: u32) -> SignedDuration {
    SignedDuration::from_hours(24 * i64::from(days))
}
