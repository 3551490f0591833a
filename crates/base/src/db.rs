//! One small door to two databases.
//!
//! Store functions are synchronous and take a [`Tx`]; handlers run them with
//! `db.read(|tx| …)` or `db.write(|tx| …)`, one closure one transaction. A closure may run more
//! than once and has no effects outside. Decision: docs/decisions/0001-two-databases-one-sql.md.

mod failure;
pub mod migrate;
mod postgres;
pub mod sql;
mod sqlite;
mod tx;
mod value;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub use self::failure::{Failure, Trouble};
pub use self::sql::Dialect;
pub use self::tx::{FromRow, Row, Tx, TxKind};
pub use self::value::{Arg, Column, FromColumn, ToArg};
use crate::error::Error;

pub(crate) type Outcome<T> = Result<T, Error>;

/// Where the data is.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A file of the embedded database.
    Sqlite(PathBuf),
    /// `postgres://user@host/database`.
    Postgres { url: String, connections: usize },
}

impl fmt::Debug for Place {
    /// Without the password: it may stand in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Sqlite(path) => write!(f, "{}", path.display()),
            Place::Postgres { url, .. } => write!(f, "{}", without_password(url)),
        }
    }
}

/// `postgres://user:…@host/database`.
pub fn without_password(url: &str) -> String {
    let parts = url.split_once("://").and_then(|(scheme, rest)| {
        let (login, place) = rest.rsplit_once('@')?;
        let (user, _) = login.split_once(':')?;
        Some((scheme, user, place))
    });
    match parts {
        Some((scheme, user, place)) => format!("{scheme}://{user}:…@{place}"),
        None => url.to_owned(),
    }
}

/// A handle to the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    on: OnDb,
    /// One turn per connection, so that who waits for one holds no thread meanwhile.
    turns: Arc<Semaphore>,
}

#[derive(Clone)]
enum OnDb {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Db {
    /// Opens the database without changing it; see [`migrate::up`].
    pub fn open(place: &Place) -> Result<Db, Error> {
        let (on, turns) = match place {
            Place::Sqlite(path) => {
                let cores = std::thread::available_parallelism().map_or(4, usize::from);
                (OnDb::Sqlite(sqlite::Sqlite::open(path)?), cores.saturating_mul(2).max(8))
            }
            Place::Postgres { url, connections } => {
                let connections = (*connections).max(1);
                (OnDb::Postgres(postgres::Postgres::open(url, connections)?), connections)
            }
        };
        Ok(Db { on, turns: Arc::new(Semaphore::new(turns)) })
    }

    /// For commands that write a great many rows while nobody is served: the embedded database
    /// keeps more in memory and folds its log back less often, until this handle is dropped.
    pub async fn expect_many_writes(&self) -> Result<(), Error> {
        match self.on {
            OnDb::Sqlite(_) => self.note(|tx| tx.batch(sqlite::MANY_WRITES)).await,
            OnDb::Postgres(_) => Ok(()),
        }
    }

    pub fn dialect(&self) -> Dialect {
        match self.on {
            OnDb::Sqlite(_) => Dialect::Sqlite,
            OnDb::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Reads from one snapshot.
    pub async fn read<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    {
        let (on, runtime) = (self.on.clone(), Handle::current());
        blocking(self.turn().await?, move || match on {
            OnDb::Sqlite(db) => db.read(&work),
            OnDb::Postgres(db) => db.run(&runtime, TxKind::Read, &work),
        })
        .await
    }

    /// Writes, in turn with all other writers; acknowledged when it is on the disk.
    pub async fn write<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    {
        self.change(TxKind::Write, work).await
    }

    /// Writes what no series carries; see [`TxKind::Note`].
    pub async fn note<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    {
        self.change(TxKind::Note, work).await
    }

    async fn change<T, F>(&self, kind: TxKind, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    {
        match &self.on {
            OnDb::Sqlite(db) => {
                let (reply, answer) = tokio::sync::oneshot::channel();
                db.enqueue(sqlite::Work::new(kind, work, reply));
                answer.await.unwrap_or_else(|_| {
                    Err(Failure::Use("the writer stopped before answering".into()).into())
                })
            }
            OnDb::Postgres(db) => {
                let (db, runtime) = (db.clone(), Handle::current());
                blocking(self.turn().await?, move || db.run(&runtime, kind, &work)).await
            }
        }
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, Error> {
        self.turns.clone().acquire_owned().await.map_err(Error::internal)
    }

    /// Reads on the calling thread, for threads of their own (fold worker, backup, imports).
    pub fn read_blocking<T>(
        &self,
        runtime: &Handle,
        work: impl Fn(&mut Tx<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match &self.on {
            OnDb::Sqlite(db) => db.read(&work),
            OnDb::Postgres(db) => db.run(runtime, TxKind::Read, &work),
        }
    }
}

/// Runs `work` where it may block, and gives the turn back when it has ended, whoever waits.
async fn blocking<T: Send + 'static>(
    turn: OwnedSemaphorePermit,
    work: impl FnOnce() -> Outcome<T> + Send + 'static,
) -> Outcome<T> {
    let work = move || {
        let _turn = turn;
        work()
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(e) => Err(Error::internal(e)),
    }
}
