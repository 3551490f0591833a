//! Looks at names are logged: who, which page, whose unit, how many people.

use thao_base::{Result, RowId, Stamp, Tx, UnitId, args, sql};

const SQL: &str = include_str!("viewing.sql");

/// The page of somebody who signs in or out: who and when, nothing else.
pub const SIGN_IN: &str = "people.view.sign_in";
pub const SIGN_OUT: &str = "people.view.sign_out";

/// Logs that the actor of `stamp` is shown `people` names. Without an account nothing is shown,
/// so nothing is logged. `page` is a key of words, such as `people.view.list`: the audit page
/// shows them.
pub fn log(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    page: &str,
    subject: Option<RowId>,
    unit: Option<UnitId>,
    people: usize,
) -> Result<()> {
    let Some(account) = stamp.account else { return Ok(()) };
    let id: RowId = stamp.id();
    let people = i64::try_from(people).unwrap_or(i64::MAX);
    tx.exec(sql!(SQL, "add"), args![id, stamp.at, account, page, subject, unit, people])?;
    Ok(())
}
