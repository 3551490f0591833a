//! A job whose work can be counted: it writes the numbers from 1 to its payload into a table
//! without any key, a chunk of ten at a time, so that work done twice shows.

use std::sync::Arc;

use serde::Serialize;
use thao_base::db::{Arg, sql::render_ddl};
use thao_base::{Clock, Db, Entropy, JobId, Result, Tx, args};
use thao_jobs::{Context, Handler, Job, Progress, Runner, enqueue, find};
use thao_testkit::World;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

pub(crate) const KIND: &str = "test.steps";

/// A door before each chunk, and news after it.
#[derive(Clone)]
pub(crate) struct Steps {
    pub(crate) gate: Arc<Semaphore>,
    news: UnboundedSender<i64>,
}

impl Steps {
    /// A handler that needs a permit of the gate for each chunk and tells how far it is.
    pub(crate) fn new(permits: usize) -> (Steps, UnboundedReceiver<i64>) {
        let (news, told) = unbounded_channel();
        (Steps { gate: Arc::new(Semaphore::new(permits)), news }, told)
    }

    pub(crate) fn handler(&self) -> Handler {
        let steps = self.clone();
        Handler::new(KIND, move |context| {
            let steps = steps.clone();
            async move { steps.run(&context).await }
        })
    }

    pub(crate) async fn run(&self, context: &Context) -> Result<()> {
        let total: i64 = context.payload()?;
        let mut at = context.reached();
        while at.done < total {
            self.gate.acquire().await.unwrap().forget();
            at = context.chunk(move |tx| write_ten(tx, at.done, total)).await?;
            let _ = self.news.send(at.done);
        }
        Ok(())
    }
}

pub(crate) fn write_ten(tx: &mut Tx<'_>, done: i64, total: i64) -> Result<Progress> {
    let last = (done + 10).min(total);
    let rows = (done + 1..=last).map(|no| vec![Arg::Int(no)]);
    tx.exec_many("INSERT INTO step (no) VALUES ($1)", rows)?;
    Ok(Progress { done: last, total })
}

pub(crate) async fn make_table(db: &Db) {
    let sql = "CREATE TABLE step (\nno bigint NOT NULL\n);";
    db.write(move |tx| tx.exec(&render_ddl(sql, tx.dialect()), args![])).await.unwrap();
}

pub(crate) async fn steps(db: &Db) -> Vec<i64> {
    db.read(|tx| tx.values("SELECT no FROM step ORDER BY no", args![])).await.unwrap()
}

pub(crate) async fn add<P>(db: &Db, world: &World, kind: &'static str, payload: P) -> JobId
where
    P: Serialize + Send + Sync + 'static,
{
    let stamp = world.stamp("test.act");
    db.write(move |tx| enqueue(tx, &stamp, kind, &payload)).await.unwrap()
}

pub(crate) async fn job(db: &Db, id: JobId) -> Job {
    db.read(move |tx| find(tx, id)).await.unwrap().unwrap()
}

pub(crate) fn runner(
    db: &Db,
    clock: &Clock,
    handlers: impl IntoIterator<Item = Handler>,
) -> Runner {
    Runner::new(db.clone(), clock.clone(), Entropy::seeded(7), handlers)
}
