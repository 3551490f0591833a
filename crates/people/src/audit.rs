//! Who did what and who looked at whom: the journal and the log of looks, read for the audit.
//!
//! Personal values never come out here: the journal's changes hold the word "personal" in their
//! place.

use jiff::Timestamp;
use jiff::civil::Date;
use thao_base::locale::instant_of;
use thao_base::{AccountId, EntryId, PersonId, Result, RowId, Tx, UnitId, args, row, sql};

const SQL: &str = include_str!("audit.sql");

/// What is asked for; nothing set means everything.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub account: Option<AccountId>,
    /// An act of the journal, or a page of the log of looks: keys of words.
    pub act: Option<String>,
    /// A table of the register; looks have none.
    pub noun: Option<String>,
    /// Only this day (Vietnamese time).
    pub day: Option<Date>,
}

row! {
    /// An edit of the register.
    #[derive(Debug, Clone)]
    pub struct Edit {
        pub id: EntryId,
        pub at: Timestamp,
        pub account: Option<AccountId>,
        pub login: Option<String>,
        pub name: Option<String>,
        pub act: String,
        pub noun: String,
        pub row: RowId,
        pub person: Option<PersonId>,
        /// Changed columns; each an old and a new value, or a new one alone.
        pub changes: serde_json::Value,
    }
}

row! {
    /// A look at names, a sign-in or a sign-out.
    #[derive(Debug, Clone)]
    pub struct Look {
        pub id: RowId,
        pub at: Timestamp,
        pub account: AccountId,
        pub login: Option<String>,
        pub name: Option<String>,
        pub page: String,
        pub subject: Option<RowId>,
        pub unit: Option<UnitId>,
        /// Where that unit stands now.
        pub unit_path: Option<String>,
        pub people: i64,
    }
}

/// Edits of the register, newest first, `limit` of them before `before`.
pub fn list_edits(
    tx: &mut Tx<'_>,
    wanted: &Wanted,
    before: Option<EntryId>,
    limit: i64,
) -> Result<Vec<Edit>> {
    let (from, to) = hours(wanted.day)?;
    let place: Option<(Timestamp, i32, i64)> = match before {
        Some(id) => tx.find(sql!(SQL, "edit_place"), args![id])?,
        None => None,
    };
    let (at, node, seq) = (place.map(|p| p.0), place.map(|p| p.1), place.map(|p| p.2));
    let (account, act, noun) = (wanted.account, &wanted.act, &wanted.noun);
    tx.list(sql!(SQL, "edits"), args![from, to, account, act, noun, at, node, seq, limit])
}

/// Looks at names, newest first, `limit` of them before `before`.
pub fn list_looks(
    tx: &mut Tx<'_>,
    wanted: &Wanted,
    before: Option<RowId>,
    limit: i64,
) -> Result<Vec<Look>> {
    let (from, to) = hours(wanted.day)?;
    let at: Option<(Timestamp,)> = match before {
        Some(id) => tx.find(sql!(SQL, "look_place"), args![id])?,
        None => None,
    };
    let (at, account, act) = (at.map(|(at,)| at), wanted.account, &wanted.act);
    tx.list(sql!(SQL, "looks"), args![from, to, account, act, at, before, limit])
}

/// From the first instant of a day to the first of the next.
fn hours(day: Option<Date>) -> Result<(Option<Timestamp>, Option<Timestamp>)> {
    let Some(day) = day else { return Ok((None, None)) };
    let next = day.tomorrow().map_err(thao_base::Error::internal)?;
    Ok((Some(instant_of(day)), Some(instant_of(next))))
}
