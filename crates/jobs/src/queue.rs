//! The queue in the table `job`: taking, holding, giving back.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use thao_base::db::{Arg, Dialect};
use thao_base::{AccountId, Db, Error, JobId, Kind, Result, Tx, args, row, sql};

use crate::context::Progress;
use crate::job::Failure;

const SQL: &str = include_str!("queue.sql");

/// After this many failures a job is given up.
pub(crate) const FAILURES: i32 = 8;
/// How long a job is held without a sign of life.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How long ended jobs are kept for people to look at.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);

row! {
    /// A job that somebody holds.
    #[derive(Debug, Clone)]
    pub(crate) struct Held {
        pub(crate) id: JobId,
        pub(crate) kind: String,
        pub(crate) payload: Value,
        pub(crate) account_id: Option<AccountId>,
        /// Which taking this is; no other holder has the same number.
        pub(crate) tries: i32,
        pub(crate) failures: i32,
        pub(crate) done: i64,
        pub(crate) total: i64,
        taken_until: Option<Timestamp>,
    }
}

/// Takes the job that has waited longest, of a kind somebody here can do.
pub(crate) async fn take(db: &Db, kinds: &[String], now: Timestamp) -> Result<Option<Held>> {
    let kinds = kinds.to_vec();
    db.note(move |tx| {
        loop {
            let next = tx.find::<Held>(sql!(SQL, "next"), &[Arg::Time(now), Arg::Texts(&kinds)])?;
            let Some(mut job) = next else { return Ok(None) };
            // Held until now and never given back: its holder is gone.
            job.failures += i32::from(job.taken_until.is_some());
            job.tries += 1;
            tx.exec(sql!(SQL, "take"), args![job.id, job.failures, later(now, LEASE)])?;
            if job.failures < FAILURES {
                return Ok(Some(job));
            }
            let cut_off = Error::new(Kind::Internal, "jobs.error.interrupted");
            end(tx, (job.id, job.tries), now, job.failures, Some(&cut_off))?;
        }
    })
    .await
}

/// When the program starts on the embedded database, nobody else can be holding a job: what is
/// still held was interrupted. Nodes on PostgreSQL wait for the end of the lease instead.
pub(crate) async fn take_back(db: &Db) -> Result<()> {
    if db.dialect() == Dialect::Sqlite {
        db.note(|tx| tx.exec(sql!(SQL, "interrupted"), args![])).await?;
    }
    Ok(())
}

/// Holds the job on; `false` when another holds it or it has ended.
pub(crate) async fn renew(db: &Db, job: &Held, now: Timestamp) -> Result<bool> {
    let (id, tries) = (job.id, job.tries);
    db.note(move |tx| Ok(tx.exec(sql!(SQL, "renew"), args![id, tries, later(now, LEASE)])? == 1))
        .await
}

/// Says how far the job is, in the transaction that took it there, unless another holds it now.
pub(crate) fn reach(
    tx: &mut Tx<'_>,
    id: JobId,
    tries: i32,
    at: Progress,
    now: Timestamp,
) -> Result<()> {
    let held = later(now, LEASE);
    match tx.exec(sql!(SQL, "reach"), args![id, tries, held, at.done, at.total])? {
        1 => Ok(()),
        _ => Err(Error::conflict(LOST)),
    }
}

/// The job goes to another holder, or has ended meanwhile: what this one does no longer counts.
pub(crate) const LOST: &str = "jobs.error.lost";
/// The program is stopping; the job goes on after the next start.
pub(crate) const STOPPING: &str = "jobs.error.stopping";

/// What came of a job, written down.
pub(crate) async fn settle(db: &Db, job: &Held, outcome: Result<()>, now: Timestamp) -> Result<()> {
    let (id, tries) = (job.id, job.tries);
    let error = outcome.err();
    db.note(move |tx| {
        let held: Option<(i32,)> = tx.find(sql!(SQL, "failures"), args![id, tries])?;
        let Some((failures,)) = held else { return Ok(()) };
        match &error {
            None => end(tx, (id, tries), now, failures, None),
            Some(e) if e.key() == LOST => Ok(()),
            Some(e) if e.key() == STOPPING => {
                tx.exec(sql!(SQL, "release"), args![id, tries]).map(|_| ())
            }
            Some(e) if failures + 1 >= FAILURES || !may_pass(e.kind()) => {
                end(tx, (id, tries), now, failures + 1, Some(e))
            }
            Some(e) => {
                let run_at = later(now, pause(failures + 1));
                let failure = Failure::of(e).text()?;
                let sql = sql!(SQL, "give_back");
                tx.exec(sql, args![id, tries, run_at, failure, failures + 1]).map(|_| ())
            }
        }
    })
    .await
}

/// Forgets jobs that ended long ago.
pub(crate) async fn forget(db: &Db, now: Timestamp) -> Result<u64> {
    let before = later(now, -KEPT);
    db.note(move |tx| tx.exec(sql!(SQL, "forget"), args![before])).await
}

fn end(
    tx: &mut Tx<'_>,
    (id, tries): (JobId, i32),
    now: Timestamp,
    failures: i32,
    error: Option<&Error>,
) -> Result<()> {
    let failure = error.map(|e| Failure::of(e).text()).transpose()?;
    tx.exec(sql!(SQL, "end"), args![id, tries, now, failure, failures]).map(|_| ())
}

/// Whether an error may be gone next time. What is wrong with the job itself stays wrong.
fn may_pass(kind: Kind) -> bool {
    match kind {
        Kind::Unavailable | Kind::Internal | Kind::TooMany => true,
        Kind::NotFound
        | Kind::Forbidden
        | Kind::SignIn
        | Kind::Invalid
        | Kind::Conflict
        | Kind::TooLarge => false,
    }
}

/// How long to wait after so many failures: 10 seconds, then twice as long each time, an hour at
/// most.
fn pause(failures: i32) -> SignedDuration {
    let doublings = u32::try_from(failures - 1).unwrap_or_default().min(16);
    SignedDuration::from_secs((10_i64 << doublings).min(3600))
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn what_ended_long_ago_is_forgotten() {
        use crate::job::{enqueue, find};
        for db in thao_testkit::databases().await {
            let world = thao_testkit::world();
            let stamp = world.stamp("test.act");
            let (ended, open) = db
                .write(move |tx| {
                    Ok((enqueue(tx, &stamp, "a", &())?, enqueue(tx, &stamp, "b", &())?))
                })
                .await
                .unwrap();
            let held = take(&db, &["a".to_owned()], world.now()).await.unwrap().unwrap();
            settle(&db, &held, Ok(()), world.now()).await.unwrap();
            world.hand.advance(jiff::Span::new().hours(24 * 90));
            assert_eq!(forget(&db, world.now()).await.unwrap(), 0);
            world.hand.advance(jiff::Span::new().seconds(1));
            assert_eq!(forget(&db, world.now()).await.unwrap(), 1);
            assert_eq!(db.read(move |tx| find(tx, ended)).await.unwrap(), None);
            assert!(db.read(move |tx| find(tx, open)).await.unwrap().is_some());
        }
    }

    #[test]
    fn each_pause_is_longer_until_an_hour() {
        let pauses: Vec<i64> = (1..=11).map(|failures| pause(failures).as_secs()).collect();
        assert_eq!(pauses, [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
        assert_eq!(pause(i32::MAX).as_secs(), 3600);
        assert_eq!(pause(0).as_secs(), 10);
    }
}
