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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::args;

    /// A group of three whose COMMITs are refused where `refuse` says so, counted from 0: what
    /// each was told, what was saved, and how often each ran.
    fn group_of_three(refuse: fn(usize) -> bool) -> (Vec<bool>, Vec<i64>, usize) {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE number (no INTEGER) STRICT").unwrap();
        let mut commits = 0;
        let hook = move || {
            commits += 1;
            refuse(commits - 1)
        };
        connection.commit_hook(Some(hook)).unwrap();
        let runs = Arc::new(AtomicUsize::new(0));
        let (mut group, mut answers) = (Vec::new(), Vec::new());
        for no in 0..3i64 {
            let (reply, answer) = tokio::sync::oneshot::channel();
            let runs = runs.clone();
            let run = move |tx: &mut Tx<'_>| {
                runs.fetch_add(1, Ordering::SeqCst);
                tx.exec("INSERT INTO number (no) VALUES ($1)", args![no])
            };
            let work: Box<dyn Pending> = Box::new(Work::new(TxKind::Write, run, reply));
            group.push(work);
            answers.push(answer);
        }
        commit(&connection, group);
        let told =
            answers.into_iter().map(|mut answer| answer.try_recv().unwrap().is_ok()).collect();
        let mut saved = connection.prepare("SELECT no FROM number ORDER BY no").unwrap();
        let saved = saved.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>();
        (told, saved.unwrap(), runs.load(Ordering::SeqCst))
    }

    #[test]
    fn a_group_that_cannot_be_committed_is_saved_one_by_one() {
        assert_eq!(group_of_three(|_| false), (vec![true; 3], vec![0, 1, 2], 3));
        assert_eq!(group_of_three(|commit| commit == 0), (vec![true; 3], vec![0, 1, 2], 6));
        // The second of the three, by itself, cannot be committed either.
        assert_eq!(
            group_of_three(|commit| commit == 0 || commit == 2),
            (vec![true, false, true], vec![0, 2], 6)
        );
        assert_eq!(group_of_three(|_| true), (vec![false; 3], vec![], 6));
    }
}
