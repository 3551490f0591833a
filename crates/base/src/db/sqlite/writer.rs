//! The one writer of the embedded database: what waits is committed together, a savepoint each.

use std::panic;
use std::sync::mpsc::{Receiver, TryRecvError};

use rusqlite::Connection;

use crate::db::tx::{On, Tx, TxKind};
use crate::db::{Failure, Outcome, Trouble};
use crate::error::Error;

/// How many transactions are committed together at most.
const GROUP: usize = 64;

/// A transaction that waits for the writer.
pub(in crate::db) trait Pending: Send {
    fn kind(&self) -> TxKind;
    /// Runs it, keeping what came out; `true` when that may be committed.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Hands over what came out of [`Pending::run`].
    fn deliver(self: Box<Self>);
    /// Hands over an error instead.
    fn fail(self: Box<Self>, error: Error);
}

/// A repeatable closure and the place its answer goes to.
pub(in crate::db) struct Work<T, F> {
    kind: TxKind,
    run: F,
    outcome: Option<Outcome<T>>,
    reply: tokio::sync::oneshot::Sender<Outcome<T>>,
}

impl<T, F> Work<T, F> {
    pub(in crate::db) fn new(
        kind: TxKind,
        run: F,
        reply: tokio::sync::oneshot::Sender<Outcome<T>>,
    ) -> Work<T, F> {
        Work { kind, run, outcome: None, reply }
    }
}

impl<T: Send, F: Fn(&mut Tx<'_>) -> Outcome<T> + Send> Pending for Work<T, F> {
    fn kind(&self) -> TxKind {
        self.kind
    }

    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        // A defect in one transaction must not stop the writer of all.
        let run = panic::AssertUnwindSafe(|| (self.run)(tx));
        let result = panic::catch_unwind(run)
            .unwrap_or_else(|_| Err(Error::internal("a transaction panicked")));
        let outcome = tx.outcome(result);
        let good = outcome.is_ok();
        self.outcome = Some(outcome);
        good
    }

    fn deliver(self: Box<Self>) {
        let outcome =
            self.outcome.unwrap_or_else(|| Err(Error::internal("a transaction never ran")));
        // Whoever asked may have gone; what was saved stays saved.
        let _ = self.reply.send(outcome);
    }

    fn fail(self: Box<Self>, error: Error) {
        let _ = self.reply.send(Err(error));
    }
}

/// Works until every handle to the database is gone.
pub(super) fn run(connection: &Connection, queue: &Receiver<Box<dyn Pending>>) {
    while let Ok(first) = queue.recv() {
        let mut group = vec![first];
        while group.len() < GROUP {
            match queue.try_recv() {
                Ok(next) => group.push(next),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
            }
        }
        commit(connection, group);
    }
}

/// Runs a group in one transaction and answers after COMMIT. When one error undid the whole
/// transaction (disk full, for one), the one that caused it fails and the rest run again.
fn commit(connection: &Connection, mut group: Vec<Box<dyn Pending>>) {
    while !group.is_empty() {
        match attempt(connection, &mut group) {
            Ok(()) => {
                for work in group {
                    work.deliver();
                }
                return;
            }
            Err(Undone::By(index)) => group.remove(index).deliver(),
            Err(Undone::All(failure)) => {
                tracing::error!(error = %failure, waiting = group.len(), "commit failed");
                let _ = connection.execute_batch("ROLLBACK");
                let trouble = failure.trouble();
                // One large one may be what does not fit: each by itself. When another process
                // holds the database, they have waited long enough.
                let again = group.len() > 1 && trouble != Trouble::Busy;
                for work in group {
                    match again {
                        true => commit(connection, vec![work]),
                        false => work.fail(trouble.error()),
                    }
                }
                return;
            }
        }
    }
}

enum Undone {
    /// The transaction at this index took the group down with it.
    By(usize),
    /// BEGIN or COMMIT failed.
    All(Failure),
}

fn attempt(connection: &Connection, group: &mut [Box<dyn Pending>]) -> Result<(), Undone> {
    let all = |e: rusqlite::Error| Undone::All(e.into());
    let run = |sql| connection.prepare_cached(sql).and_then(|mut s| s.execute([]));
    run("BEGIN IMMEDIATE").map_err(all)?;
    for (index, work) in group.iter_mut().enumerate() {
        run("SAVEPOINT one").map_err(all)?;
        let good = work.run(&mut Tx::new(On::Sqlite(connection), work.kind()));
        if connection.is_autocommit() {
            return Err(Undone::By(index));
        }
        if !good {
            run("ROLLBACK TO one").map_err(all)?;
        }
        run("RELEASE one").map_err(all)?;
    }
    run("COMMIT").map_err(all)?;
    Ok(())
}
