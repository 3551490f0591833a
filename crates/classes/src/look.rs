//! Looks at the names of a class are logged; the same page again within a quarter of an hour is
//! the same look, so that a page that is reloaded on a weak network stays a mere read.

use jiff::{SignedDuration, Timestamp};
use thao_base::{ClassId, Result, RowId, Tx, UnitId, args, cast, sql};
use thao_people::viewing;
use thao_web::{Actor, Ask};

const SQL: &str = include_str!("look.sql");
const ONE_LOOK: SignedDuration = SignedDuration::from_mins(15);

/// A page with names of a class; the key is what the audit page shows.
#[derive(Debug, Clone, Copy)]
pub enum Page {
    Registrations,
    Search,
    Roll,
    Attendance,
    Export,
}

impl Page {
    fn key(self) -> &'static str {
        match self {
            Page::Registrations => "classes.view.registrations",
            Page::Search => "classes.view.search",
            Page::Roll => "classes.view.roll",
            Page::Attendance => "classes.view.attendance",
            Page::Export => "classes.view.export",
        }
    }
}

/// Whether the actor looked at this page of the class a moment ago.
pub fn is_recent(
    tx: &mut Tx<'_>,
    actor: &Actor,
    page: Page,
    class: ClassId,
    now: Timestamp,
) -> Result<bool> {
    let Some(account) = actor.account else { return Ok(true) };
    let since = now.checked_sub(ONE_LOOK).unwrap_or(now);
    let subject: RowId = cast(class);
    let found: i64 = tx.value(sql!(SQL, "recent"), args![account, since, page.key(), subject])?;
    Ok(found > 0)
}

/// Logs a look, before the names are shown.
pub async fn log(
    ask: &Ask,
    actor: &Actor,
    page: Page,
    class: ClassId,
    unit: UnitId,
    people: usize,
) -> Result<()> {
    let stamp = ask.app.stamp("classes.act.look", actor);
    ask.app
        .db
        .note(move |tx| viewing::log(tx, &stamp, page.key(), Some(cast(class)), Some(unit), people))
        .await
}
