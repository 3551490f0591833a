//! Following the record and the journal, a transaction at a time; and building from scratch.

use std::time::Duration;

use jiff::civil::Date;
use thao_base::locale::local_date;
use thao_base::{Clock, Db, PersonId, Result, Tx, args, sql};
use thao_people::{cluster, unit};
use thao_record::cursor;
use thao_record::series::Series;
use thao_record::statement::persons_between;
use thao_web::App;
use tokio::sync::watch;

use super::{SQL, books, dump, refold, shift, tree, views};
use crate::measure;

/// The name its cursors go by.
const READING: &str = "plan";
/// Entries of a series, and people of a book that is filled, in one transaction: some tens of
/// milliseconds in which other writers wait.
const MOST: i64 = 500;
/// People in one transaction of a rebuild, when nobody is served.
const MOST_AT_ONCE: i64 = 20_000;
/// How long after a write its readings wait for the writes behind it.
const GATHER: Duration = Duration::from_millis(50);
/// How often entries are looked for that another process wrote.
const LOOK: Duration = Duration::from_millis(500);

/// Keeps the readings behind the entries for as long as the server runs.
pub async fn follow(app: App, mut stopping: watch::Receiver<bool>) {
    let mut settled = None;
    loop {
        // Before looking, so that a write in between is not slept through.
        let written = app.written.notified();
        let mut written = std::pin::pin!(written);
        written.as_mut().enable();
        if let Err(error) = turn_day(&app.db, &app.clock, &mut settled).await {
            tracing::error!(%error, "the tree of units was not settled");
        }
        let waits = match catch_up(&app.db).await {
            Ok(()) => LOOK,
            Err(error) => {
                tracing::error!(%error, "readings do not follow; trying again");
                LOOK * 4
            }
        };
        tokio::select! {
            () = written => tokio::time::sleep(GATHER).await,
            () = tokio::time::sleep(waits) => {}
            _ = stopping.changed() => return,
        }
        if *stopping.borrow() {
            return;
        }
    }
}

/// On a day that is not `settled` yet, walks the tree as it stands then: units begin and end on
/// days of their own, and nobody need touch them. What follows is for [`catch_up`].
pub(super) async fn turn_day(db: &Db, clock: &Clock, settled: &mut Option<Date>) -> Result<()> {
    let today = local_date(clock.now());
    if *settled != Some(today) {
        db.write(move |tx| {
            unit::settle(tx, today)?;
            views::forget(tx, today)
        })
        .await?;
        *settled = Some(today);
    }
    Ok(())
}

/// Brings the readings up to the newest entries.
pub async fn catch_up(db: &Db) -> Result<()> {
    while db.read(is_behind).await? {
        while db.note(|tx| step(tx, MOST)).await? {}
    }
    Ok(())
}

/// What a rebuild made.
#[derive(Debug, Clone)]
pub struct Built {
    /// People folded.
    pub subjects: u64,
    /// The digest of all readings: see [`super::digest`].
    pub hash: String,
}

/// Makes every reading from scratch: the tree, the clusters, and the books of all measures beside
/// the ones pages read, which stand until the new ones are whole. Safe beside a running server.
///
/// `progress` is told how many people are done, of how many.
pub async fn rebuild(db: &Db, clock: &Clock, progress: impl Fn(u64, u64)) -> Result<Built> {
    let today = local_date(clock.now());
    db.write(move |tx| {
        unit::settle(tx, today)?;
        cluster::settle_all(tx)
    })
    .await?;
    db.note(|tx| {
        cursor::take_turn(tx, READING)?;
        tree::take(tx)?;
        books::renew(tx)?;
        jump(tx)
    })
    .await?;
    let people = |tx: &mut Tx<'_>| tx.value::<i64>(sql!(SQL, "people"), args![]);
    let total = u64::try_from(db.read(people).await?).unwrap_or_default();
    progress(0, total);
    while db.note(|tx| step(tx, MOST_AT_ONCE)).await? {
        let done = db.read(books::least_filled).await?;
        progress(done.map_or(total, |done| u64::try_from(done).unwrap_or_default()), total);
    }
    progress(total, total);
    let hash = db.read(dump::digest).await?;
    Ok(Built { subjects: total, hash })
}

/// Takes in the next entries, at most `most` of each series, and fills the next `most` people
/// into books that are being filled. Whether there is more to do.
///
/// Call it in a transaction of its own: the cursors move in it, so an entry is taken in once, and
/// of several servers one at a time is at work.
pub fn step(tx: &mut Tx<'_>, most: i64) -> Result<bool> {
    cursor::take_turn(tx, READING)?;
    let moved = tree::follow(tx)?;
    let measures = measure::list_wanted(tx)?;
    let kept = books::settle(tx, measures)?;
    if let Some(change) = moved {
        shift::shift(tx, &kept, &change)?;
    }
    views::settle(tx, &kept)?;
    if kept.iter().all(books::Kept::is_blank) {
        // Whoever is folded later is folded with all there is.
        jump(tx)?;
    } else {
        let mut touched = Vec::new();
        for (node, after, upto) in stretches(tx, Series::Record, most)? {
            touched.extend(persons_between(tx, node, after, upto)?);
        }
        for (node, after, upto) in stretches(tx, Series::Journal, most)? {
            touched.extend(edited_between(tx, node, after, upto)?);
        }
        refold::refold(tx, &kept, &touched)?;
    }
    books::fill(tx, &kept, most)?;
    views::fill(tx, &kept, most)?;
    books::clear(tx)?;
    views::clear(tx)?;
    is_behind(tx)
}

/// The next stretch of a series per node, `(node, after, upto)`; its cursors are moved.
fn stretches(tx: &mut Tx<'_>, series: Series, most: i64) -> Result<Vec<(i32, i64, i64)>> {
    let mut out = Vec::new();
    for (node, tail) in cursor::tails(tx, series)? {
        let after = cursor::at(tx, READING, node, series)?;
        let upto = tail.min(after.saturating_add(most));
        if after < upto {
            cursor::set(tx, READING, node, series, upto)?;
            out.push((node, after, upto));
        }
    }
    Ok(out)
}

fn jump(tx: &mut Tx<'_>) -> Result<()> {
    for series in [Series::Record, Series::Journal] {
        stretches(tx, series, i64::MAX)?;
    }
    Ok(())
}

/// Whom the journal entries of a stretch touch: the people edited, and both ends of merges.
fn edited_between(tx: &mut Tx<'_>, node: i32, after: i64, upto: i64) -> Result<Vec<PersonId>> {
    let mut out: Vec<PersonId> = tx.values(sql!(SQL, "edited"), args![node, after, upto])?;
    for (a, b) in tx.list::<(PersonId, PersonId)>(sql!(SQL, "merged"), args![node, after, upto])? {
        out.extend([a, b]);
    }
    Ok(out)
}

/// How far the readings have come: pages made of them are the same while this is.
pub fn version(tx: &mut Tx<'_>) -> Result<String> {
    let cursors: Vec<(i32, String, i64)> = tx.list(sql!(SQL, "cursors"), args![READING])?;
    let mut out = String::new();
    for (node, series, seq) in cursors {
        out.push_str(&format!("{node}{}{seq}-", series.get(..1).unwrap_or_default()));
    }
    let (newest, filled): (i64, i64) = tx.get(sql!(SQL, "filled_in_all"), args![])?;
    let walk = cursor::changes(tx, unit::TREE)?;
    out.push_str(&format!("{newest}-{filled}-{walk}"));
    Ok(out)
}

fn is_behind(tx: &mut Tx<'_>) -> Result<bool> {
    for series in [Series::Record, Series::Journal] {
        for (node, tail) in cursor::tails(tx, series)? {
            if cursor::at(tx, READING, node, series)? < tail {
                return Ok(true);
            }
        }
    }
    Ok(tree::is_behind(tx)? || books::unfinished(tx)? || views::unfinished(tx)?)
}
