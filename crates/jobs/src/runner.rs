//! Takes jobs and runs them, until it is asked to stop.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use thao_base::{Clock, Db, Entropy, Error, Kind, Result};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, interval_at, sleep, sleep_until};

use crate::context::Context;
use crate::handler::Handler;
use crate::queue::{self, Held, LEASE, LOST, STOPPING};

/// How often somebody looks for jobs without being told.
const POLL: Duration = Duration::from_secs(2);
/// How long a job that was asked to stop may take to come to the end of its chunk.
const GRACE: Duration = Duration::from_secs(10);
/// How many jobs one node runs at once.
const AT_ONCE: usize = 2;

/// Runs jobs with the handlers of all contexts; cheap to clone.
#[derive(Clone)]
pub struct Runner {
    db: Db,
    clock: Clock,
    entropy: Entropy,
    handlers: Arc<HashMap<&'static str, Handler>>,
    kinds: Arc<Vec<String>>,
    wake: Wake,
}

/// Tells the runner that a job was enqueued, so that it need not wait for its next look.
#[derive(Clone, Default)]
pub struct Wake(Arc<Notify>);

impl Wake {
    /// After the transaction that enqueued was committed.
    pub fn now(&self) {
        self.0.notify_one();
    }
}

/// A runner at work. Dropping it ends its jobs where they are; [`Running::stop`] lets them come to
/// the end of a chunk.
pub struct Running {
    stop: watch::Sender<bool>,
    workers: JoinSet<()>,
}

impl Runner {
    pub fn new(
        db: Db,
        clock: Clock,
        entropy: Entropy,
        handlers: impl IntoIterator<Item = Handler>,
    ) -> Runner {
        let handlers: HashMap<_, _> =
            handlers.into_iter().map(|handler| (handler.kind, handler)).collect();
        let kinds = handlers.keys().map(|kind| (*kind).to_owned()).collect();
        let (handlers, kinds) = (Arc::new(handlers), Arc::new(kinds));
        Runner { db, clock, entropy, handlers, kinds, wake: Wake::default() }
    }

    pub fn wake(&self) -> Wake {
        self.wake.clone()
    }

    /// Starts working beside the rest of the program. What an earlier run of the program left
    /// unfinished is taken up first.
    pub async fn start(&self) -> Result<Running> {
        queue::take_back(&self.db).await?;
        let (stop, stopping) = watch::channel(false);
        let mut workers = JoinSet::new();
        for _ in 0..AT_ONCE {
            let (runner, stopping) = (self.clone(), stopping.clone());
            workers.spawn(async move { runner.work(stopping).await });
        }
        Ok(Running { stop, workers })
    }

    /// Runs jobs here and now until none is due; how many were run. For the command line.
    pub async fn drain(&self) -> Result<usize> {
        let (_never, stopping) = watch::channel(false);
        let mut run = 0;
        while let Some(job) = queue::take(&self.db, &self.kinds, self.clock.now()).await? {
            self.run(job, &stopping).await?;
            run += 1;
        }
        Ok(run)
    }

    async fn work(&self, mut stopping: watch::Receiver<bool>) {
        let mut forgotten = None;
        while !*stopping.borrow() {
            match queue::take(&self.db, &self.kinds, self.clock.now()).await {
                Ok(Some(job)) => {
                    // There may be more: somebody else has a look meanwhile.
                    self.wake.now();
                    let id = job.id;
                    if let Err(error) = self.run(job, &stopping).await {
                        // It is taken again when its lease has run out.
                        tracing::error!(%id, %error, "what came of a job could not be saved");
                    }
                    continue;
                }
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "no job could be taken"),
            }
            if forgotten.is_none_or(|at: Instant| at.elapsed() > Duration::from_secs(3600)) {
                forgotten = Some(Instant::now());
                if let Err(error) = queue::forget(&self.db, self.clock.now()).await {
                    tracing::error!(%error, "old jobs could not be forgotten");
                }
            }
            tokio::select! {
                () = self.wake.0.notified() => {}
                () = sleep(POLL) => {}
                () = asked(&mut stopping) => {}
            }
        }
    }

    /// Runs one job to its end, to its failure, or to the end of a chunk when asked to stop.
    async fn run(&self, job: Held, stopping: &watch::Receiver<bool>) -> Result<()> {
        let job = Arc::new(job);
        tracing::info!(id = %job.id, kind = job.kind, tries = job.tries, "job taken");
        let outcome = match self.handlers.get(job.kind.as_str()) {
            Some(handler) => self.attend(handler, &job, stopping).await,
            None => Err(Error::internal(format!("no handler for {}", job.kind))),
        };
        match &outcome {
            Ok(()) => tracing::info!(id = %job.id, kind = job.kind, "job done"),
            Err(e) if [LOST, STOPPING].contains(&e.key()) => {
                tracing::info!(id = %job.id, kind = job.kind, reason = e.key(), "job left");
            }
            Err(error) => {
                tracing::error!(id = %job.id, kind = job.kind, %error, "job failed");
            }
        }
        queue::settle(&self.db, &job, outcome, self.clock.now()).await
    }

    /// Lets the handler work and holds the job meanwhile.
    async fn attend(
        &self,
        handler: &Handler,
        job: &Arc<Held>,
        stopping: &watch::Receiver<bool>,
    ) -> Result<()> {
        let context = Context {
            job: job.clone(),
            db: self.db.clone(),
            clock: self.clock.clone(),
            entropy: self.entropy.clone(),
            stopping: stopping.clone(),
            told: Arc::default(),
        };
        let run = handler.run.clone();
        let mut work = Box::pin(AssertUnwindSafe(async move { run(context).await }).catch_unwind());
        let third = LEASE.unsigned_abs() / 3;
        let mut renewal = interval_at(Instant::now() + third, third);
        let mut stop = stopping.clone();
        let mut patience = None;
        loop {
            tokio::select! {
                outcome = &mut work => {
                    return outcome.unwrap_or_else(|_| Err(Error::internal("a job panicked")));
                }
                _ = renewal.tick() => self.renew(job).await?,
                () = asked(&mut stop), if patience.is_none() => {
                    patience = Some(Instant::now() + GRACE);
                }
                () = sleep_until(patience.unwrap_or_else(Instant::now)), if patience.is_some() => {
                    return Err(Error::new(Kind::Unavailable, STOPPING));
                }
            }
        }
    }

    async fn renew(&self, job: &Held) -> Result<()> {
        match queue::renew(&self.db, job, self.clock.now()).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::conflict(LOST)),
            Err(error) => {
                // The next chunk finds out whether the job is still ours.
                tracing::warn!(id = %job.id, %error, "lease not renewed");
                Ok(())
            }
        }
    }
}

/// Waits until somebody wants the runner to stop.
async fn asked(stopping: &mut watch::Receiver<bool>) {
    // An error means that nobody is left to ask.
    let _ = stopping.wait_for(|stop| *stop).await;
}

impl Running {
    /// Asks every job to stop at the end of its chunk and waits for it; a job that does not come
    /// to one is left after ten seconds. What was saved stays; the rest goes on after the next
    /// start.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        while let Some(ended) = self.workers.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a worker ended badly");
            }
        }
    }
}
