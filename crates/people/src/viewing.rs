//! Looks at names are logged: who, which page, whose unit, how many people.
//!
//! A page with names reads on a snapshot like any other, by [`read`], and says what names it read;
//! the one small row about it is written before they leave. The same page again within a quarter
//! of an hour is the same look, so that a page that is reloaded on a weak network, or turned, stays
//! a mere read.

use jiff::{SignedDuration, Timestamp};
use thao_base::{Id, Result, RowId, Stamp, Tx, UnitId, args, cast, sql};
use thao_web::{Actor, Ask, Seen};

const SQL: &str = include_str!("viewing.sql");

/// The page of somebody who signs in or out: who and when, nothing else.
pub const SIGN_IN: &str = "people.view.sign_in";
pub const SIGN_OUT: &str = "people.view.sign_out";

const ONE_LOOK: SignedDuration = SignedDuration::from_mins(15);

/// Names that are about to be shown. `page` is a key of words, such as `people.view.list`: the
/// audit page shows them.
#[derive(Debug, Clone)]
pub struct Look {
    page: &'static str,
    subject: Option<RowId>,
    unit: Option<UnitId>,
    people: usize,
    repeats: Repeats,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Repeats {
    OneLook,
    Each,
}

impl Look {
    /// A page with so many people.
    pub fn page(page: &'static str, people: usize) -> Look {
        Look { page, subject: None, unit: None, people, repeats: Repeats::OneLook }
    }

    /// A file with so many people: each one that leaves is a look of its own.
    pub fn file(page: &'static str, people: usize) -> Look {
        Look { repeats: Repeats::Each, ..Look::page(page, people) }
    }

    /// What the page is about: a person, a class, a target.
    #[must_use]
    pub fn about<T: Id>(self, subject: T) -> Look {
        Look { subject: Some(cast(subject)), ..self }
    }

    #[must_use]
    pub fn within(self, unit: Option<UnitId>) -> Look {
        Look { unit, ..self }
    }
}

/// Reads what holds names on a snapshot, as [`Ask::read`]; `work` pushes what is to be logged to
/// its last argument. It is logged when this returns, before anything is shown.
pub async fn read<T, F>(ask: &Ask, work: F) -> Result<Seen<T>>
where
    T: Send + 'static,
    F: Fn(&mut Tx<'_>, &Actor, &mut Vec<Look>) -> Result<T> + Send + 'static,
{
    let now = ask.app.clock.now();
    let Seen { actor, it: (it, looks) } = ask
        .read(move |tx, actor| {
            let mut looks = Vec::new();
            let it = work(tx, actor, &mut looks)?;
            let mut new = Vec::new();
            for look in looks {
                if 0 < look.people && !is_known(tx, actor, &look, now)? {
                    new.push(look);
                }
            }
            Ok((it, new))
        })
        .await?;
    if !looks.is_empty() {
        let stamp = ask.app.stamp("people.act.look", &actor);
        let note = move |tx: &mut Tx<'_>| looks.iter().try_for_each(|look| log(tx, &stamp, look));
        ask.app.db.note(note).await?;
    }
    Ok(Seen { actor, it })
}

/// Whether the actor looked at this page a moment ago, and at no fewer people.
fn is_known(tx: &mut Tx<'_>, actor: &Actor, look: &Look, now: Timestamp) -> Result<bool> {
    let Some(account) = actor.account else { return Ok(true) };
    if look.repeats == Repeats::Each {
        return Ok(false);
    }
    let since = now.checked_sub(ONE_LOOK).unwrap_or(now);
    let Look { page, subject, unit, .. } = *look;
    tx.value(sql!(SQL, "is_known"), args![account, since, page, subject, unit, count(look)])
}

/// Logs that the actor of `stamp` is shown names, for acts that write anyway and show some: a
/// slip that is made and printed. Without an account nothing is shown, so nothing is logged.
pub fn log(tx: &mut Tx<'_>, stamp: &Stamp, look: &Look) -> Result<()> {
    let Some(account) = stamp.account else { return Ok(()) };
    let id: RowId = stamp.id();
    let Look { page, subject, unit, .. } = *look;
    tx.exec(sql!(SQL, "add"), args![id, stamp.at, account, page, subject, unit, count(look)])?;
    Ok(())
}

fn count(look: &Look) -> i64 {
    i64::try_from(look.people).unwrap_or(i64::MAX)
}
