//! What a handler is given: the job, the database, how far it came, and whether to stop.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use thao_base::{AccountId, Clock, Db, Entropy, Error, JobId, Kind, Result, Stamp, Tx};
use tokio::sync::watch;

use crate::queue::{self, Held, STOPPING};

/// Progress for watchers only is written at most this often.
const SPARSE: Duration = Duration::from_millis(200);

/// How far a job is, in steps of the handler's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    pub done: i64,
    /// 0 while it is not known.
    pub total: i64,
}

/// A job in the hands of its handler.
#[derive(Clone)]
pub struct Context {
    pub(crate) job: Arc<Held>,
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) entropy: Entropy,
    pub(crate) stopping: watch::Receiver<bool>,
    pub(crate) told: Arc<Mutex<Option<Instant>>>,
}

impl Context {
    pub fn id(&self) -> JobId {
        self.job.id
    }

    /// Who asked for it; `None`: the program itself.
    pub fn account(&self) -> Option<AccountId> {
        self.job.account_id
    }

    /// What was given to [`crate::enqueue`].
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_value(self.job.payload.clone())
            .map_err(|e| Error::new(Kind::Invalid, "jobs.error.payload").because(e))
    }

    pub fn db(&self) -> &Db {
        &self.db
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The circumstances of an act of this job, now.
    pub fn stamp(&self, act: &'static str) -> Stamp {
        let stamp = Stamp::program(act, self.clock.now(), self.entropy.clone());
        Stamp { account: self.job.account_id, ..stamp }
    }

    /// How far an earlier holder came: where to start.
    pub fn reached(&self) -> Progress {
        Progress { done: self.job.done, total: self.job.total }
    }

    /// Whether the program wants to stop: [`Context::chunk`] and [`Context::progress`] then return
    /// an error that a handler passes on, and the job goes on after the next start.
    pub fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Does one chunk: one transaction, and how far the job is after it is saved with it. Like
    /// every transaction, `work` may run more than once and has no effects outside.
    ///
    /// # Errors
    /// What `work` returns; that the program is stopping; that another node holds the job now, in
    /// which case nothing of the chunk is saved.
    pub async fn chunk<F>(&self, work: F) -> Result<Progress>
    where
        F: Fn(&mut Tx<'_>) -> Result<Progress> + Send + 'static,
    {
        self.go_on()?;
        let (id, tries, clock) = (self.job.id, self.job.tries, self.clock.clone());
        self.db
            .write(move |tx| {
                let at = work(tx)?;
                queue::reach(tx, id, tries, at, clock.now())?;
                Ok(at)
            })
            .await
    }

    /// Tells who watches how far the job is, now and then. It is only a number to look at: where
    /// to start after an interruption is what [`Context::chunk`] saves, so a handler uses either
    /// this or that.
    pub async fn progress(&self, done: i64, total: i64) -> Result<()> {
        self.go_on()?;
        if !is_due(&self.told, Instant::now()) {
            return Ok(());
        }
        let (id, tries, now) = (self.job.id, self.job.tries, self.clock.now());
        self.db.note(move |tx| queue::reach(tx, id, tries, Progress { done, total }, now)).await
    }

    fn go_on(&self) -> Result<()> {
        if self.is_stopping() {
            return Err(Error::new(Kind::Unavailable, STOPPING));
        }
        Ok(())
    }
}

fn is_due(told: &Mutex<Option<Instant>>, now: Instant) -> bool {
    let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
    let due = told.is_none_or(|told| now.duration_since(told) >= SPARSE);
    if due {
        *told = Some(now);
    }
    due
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watchers_are_told_five_times_a_second_at_most() {
        let told = Mutex::new(None);
        let start = Instant::now();
        let dues: Vec<u64> =
            (0..1000).filter(|ms| is_due(&told, start + Duration::from_millis(*ms))).collect();
        assert_eq!(dues, [0, 200, 400, 600, 800]);
    }
}
