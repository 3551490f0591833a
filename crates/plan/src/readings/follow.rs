//! Following the record and the journal, a transaction at a time; and building from scratch.

use std::time::Duration;

use jiff::civil::Date;
use thao_base::locale::local_date;
use thao_base::{Clock, Db, MeasureId, Result, Tx, args, sql};
use thao_people::{cluster, unit};
use thao_record::cursor;
use thao_record::series::Series;
use thao_web::App;
use tokio::sync::watch;

use super::{SQL, books, dump, refold, touched, tree};
use crate::measure;

/// The name its cursors go by.
const READING: &str = "plan";
/// Counts the steps that met an edit of what boards show besides people: names, goals, figures.
const REGISTER: &str = "plan.register";
/// Entries of a series, and subjects of a book that is filled, in one transaction: some tens of
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
        db.write(move |tx| unit::settle(tx, today)).await?;
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

/// Takes in the next entries, at most `most` of each series, and fills the next `most` subjects
/// into books that are being filled. Whether there is more to do.
///
/// Call it in a transaction of its own: the cursors move in it, so an entry is taken in once, and
/// of several servers one at a time is at work.
pub fn step(tx: &mut Tx<'_>, most: i64) -> Result<bool> {
    cursor::take_turn(tx, READING)?;
    let moved = tree::follow(tx)?;
    let measures = measure::list_wanted(tx)?;
    let kept = books::settle(tx, measures, moved)?;
    if kept.iter().all(books::Kept::is_blank) {
        // Whoever is folded later is folded with all there is.
        jump(tx)?;
        cursor::changed(tx, REGISTER)?;
    } else {
        let record = stretches(tx, Series::Record, most)?;
        let journal = stretches(tx, Series::Journal, most)?;
        for (node, after, upto) in &journal {
            let found = args![*node, *after, *upto];
            if tx.value::<bool>(sql!(SQL, "register_touched"), found)? {
                cursor::changed(tx, REGISTER)?;
            }
        }
        let touched = touched::between(tx, &record, &journal)?;
        refold::refold(tx, &kept, &touched)?;
    }
    books::fill(tx, &kept, most)?;
    books::clear(tx)?;
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

/// How far all readings have come: nothing made of them changed while this is the same.
pub fn version_of_all(tx: &mut Tx<'_>) -> Result<String> {
    let (edits, walk) = (cursor::changes(tx, REGISTER)?, cursor::changes(tx, unit::TREE)?);
    let (newest, moved): (i64, i64) = tx.get(sql!(SQL, "all_books"), args![])?;
    Ok(format!("{edits}-{walk}-{newest}-{moved}"))
}

/// Which readings of a measure there are: boards made of them are the same while this is. Other
/// measures' facts do not move it.
pub fn version(tx: &mut Tx<'_>, measure: MeasureId) -> Result<String> {
    let (edits, walk) = (cursor::changes(tx, REGISTER)?, cursor::changes(tx, unit::TREE)?);
    let mut out = format!("{edits}-{walk}");
    let books: Vec<(i32, i64, i64)> = tx.list(sql!(SQL, "books_of"), args![measure])?;
    for (no, moved, filled) in books {
        out.push_str(&format!("-{no}.{moved}.{filled}"));
    }
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
    Ok(tree::is_behind(tx)? || books::unfinished(tx)?)
}
