//! The embedded database: one writer with group commit, several readers.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::{panic, thread};

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OpenFlags, Statement};

use super::sql::{Dialect, render};
use super::tx::{On, Tx, TxKind};
use super::value::{Arg, Column};
use super::{Failure, Outcome};
use crate::error::{Error, Kind};

/// How many transactions are committed together at most.
const GROUP: usize = 64;
/// Pages of 4 KiB each connection may keep: 8 MiB.
const CACHE: &str = "-8192";

#[derive(Clone)]
pub(super) struct Sqlite {
    path: Arc<PathBuf>,
    writer: Sender<Box<dyn Pending>>,
    readers: Arc<Mutex<Vec<Connection>>>,
}

/// A transaction that waits for the writer.
pub(super) trait Pending: Send {
    /// Runs it, keeping what came out; `true` when that may be committed.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Hands over what came out of [`Pending::run`].
    fn deliver(self: Box<Self>);
    /// Hands over an error instead.
    fn fail(self: Box<Self>, error: Error);
}

impl Sqlite {
    pub(super) fn open(path: &Path) -> Result<Sqlite, Failure> {
        let connection = connect(path, OpenFlags::default())?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A box loses power: what was acknowledged is on the disk.
        connection.pragma_update(None, "synchronous", "FULL")?;
        let (writer, queue) = channel();
        thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || write_loop(&connection, &queue))
            .map_err(|e| Failure::Use(format!("cannot start the writer: {e}")))?;
        Ok(Sqlite { path: Arc::new(path.to_owned()), writer, readers: Arc::default() })
    }

    pub(super) fn enqueue(&self, work: Box<dyn Pending>) {
        if let Err(unsent) = self.writer.send(work) {
            unsent.0.fail(Failure::Use("the writer has stopped".to_owned()).into());
        }
    }

    /// Runs `work` on a snapshot. Blocks.
    pub(super) fn read<T>(&self, work: &dyn Fn(&mut Tx<'_>) -> Outcome<T>) -> Outcome<T> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&self.path, OpenFlags::default())?,
        };
        connection
            .prepare_cached("BEGIN")
            .and_then(|mut s| s.execute([]))
            .map_err(Failure::from)?;
        let mut tx = Tx { on: On::Sqlite(&connection), kind: TxKind::Read, retry: false };
        let result = work(&mut tx);
        let ended = connection.prepare_cached("ROLLBACK").and_then(|mut s| s.execute([]));
        if ended.is_ok() {
            self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
        result
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, Failure> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "cache_size", CACHE)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(512);
    rusqlite::vtab::array::load_module(&connection)?;
    Ok(connection)
}

fn write_loop(connection: &Connection, queue: &Receiver<Box<dyn Pending>>) {
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

/// Runs a group in one transaction, a savepoint each, and answers after COMMIT. When one error
/// undid the whole transaction (disk full, for one), that one fails and the rest run again.
fn commit(connection: &Connection, mut group: Vec<Box<dyn Pending>>) {
    while !group.is_empty() {
        match attempt(connection, &mut group) {
            Ok(()) => {
                for work in group {
                    work.deliver();
                }
                return;
            }
            Err(Undone::By(index)) => {
                let culprit = group.remove(index);
                culprit.deliver();
            }
            Err(Undone::All(failure)) => {
                let trouble = failure.trouble();
                tracing::error!(error = %failure, waiting = group.len(), "commit failed");
                let _ = connection.execute_batch("ROLLBACK");
                for work in group {
                    let kind = match trouble {
                        super::Trouble::DiskFull => "base.error.disk_full",
                        _ => "base.error.database_unreachable",
                    };
                    work.fail(Error::new(Kind::Unavailable, kind));
                }
                return;
            }
        }
    }
}

enum Undone {
    /// The transaction at this index took the group down with it.
    By(usize),
    All(Failure),
}

fn attempt(connection: &Connection, group: &mut [Box<dyn Pending>]) -> Result<(), Undone> {
    let all = |e: rusqlite::Error| Undone::All(e.into());
    let run = |sql| connection.prepare_cached(sql).and_then(|mut s| s.execute([]));
    run("BEGIN IMMEDIATE").map_err(all)?;
    for (index, work) in group.iter_mut().enumerate() {
        run("SAVEPOINT one").map_err(all)?;
        let mut tx = Tx { on: On::Sqlite(connection), kind: TxKind::Write, retry: false };
        let good = work.run(&mut tx);
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

/// A repeatable closure and the place its answer goes to.
pub(super) struct Work<T, F> {
    pub(super) run: F,
    pub(super) outcome: Option<Outcome<T>>,
    pub(super) reply: tokio::sync::oneshot::Sender<Outcome<T>>,
}

impl<T: Send, F: Fn(&mut Tx<'_>) -> Outcome<T> + Send> Pending for Work<T, F> {
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        // A defect in one transaction must not stop the writer of all.
        let run = panic::AssertUnwindSafe(|| (self.run)(tx));
        let outcome = panic::catch_unwind(run)
            .unwrap_or_else(|_| Err(Error::internal("a transaction panicked")));
        let good = outcome.is_ok();
        self.outcome = Some(outcome);
        good
    }

    fn deliver(self: Box<Self>) {
        let outcome =
            self.outcome.unwrap_or_else(|| Err(Error::internal("a transaction never ran")));
        let _ = self.reply.send(outcome);
    }

    fn fail(self: Box<Self>, error: Error) {
        let _ = self.reply.send(Err(error));
    }
}

pub(super) fn exec(connection: &Connection, sql: &str, args: &[Arg<'_>]) -> Result<u64, Failure> {
    let mut statement = connection.prepare_cached(&render(sql, Dialect::Sqlite))?;
    bind(&mut statement, args)?;
    Ok(statement.raw_execute()? as u64)
}

pub(super) fn exec_many<'a>(
    connection: &Connection,
    sql: &str,
    lists: impl IntoIterator<Item = Vec<Arg<'a>>>,
) -> Result<u64, Failure> {
    let mut statement = connection.prepare_cached(&render(sql, Dialect::Sqlite))?;
    let mut changed = 0;
    for args in lists {
        bind(&mut statement, &args)?;
        changed += statement.raw_execute()? as u64;
    }
    Ok(changed)
}

/// SQLite numbers `$2` by where it first appears, so each argument is bound by its name.
pub(super) fn bind(statement: &mut Statement<'_>, args: &[Arg<'_>]) -> Result<(), Failure> {
    for i in 1..=statement.parameter_count() {
        let named = statement.parameter_name(i).and_then(|name| name.get(1..)?.parse().ok());
        let place: usize = named.unwrap_or(i);
        let arg = place.checked_sub(1).and_then(|p| args.get(p)).ok_or_else(|| {
            Failure::Use(format!("the statement asks for argument ${place}, {} given", args.len()))
        })?;
        statement.raw_bind_parameter(i, Bound(arg))?;
    }
    Ok(())
}

struct Bound<'a>(&'a Arg<'a>);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        fn list(values: impl Iterator<Item = Value>) -> ToSqlOutput<'static> {
            ToSqlOutput::from_rc(std::rc::Rc::new(values.collect::<Vec<Value>>()), c"rarray")
        }
        Ok(match self.0 {
            Arg::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Arg::Bool(v) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*v))),
            Arg::Int(v) => ToSqlOutput::Borrowed(ValueRef::Integer(*v)),
            Arg::Real(v) => ToSqlOutput::Borrowed(ValueRef::Real(*v)),
            Arg::Text(v) => ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())),
            Arg::Bytes(v) => ToSqlOutput::Borrowed(ValueRef::Blob(v)),
            Arg::Id(v) => ToSqlOutput::Borrowed(ValueRef::Blob(v.as_bytes())),
            Arg::Time(v) => ToSqlOutput::Borrowed(ValueRef::Integer(v.as_microsecond())),
            Arg::Date(v) => ToSqlOutput::Owned(Value::Text(v.to_string())),
            Arg::Json(v) => ToSqlOutput::Owned(Value::Text(v.to_string())),
            Arg::Ids(ids) => list(ids.iter().map(|id| Value::Blob(id.as_bytes().to_vec()))),
            Arg::Ints(ints) => list(ints.iter().map(|int| Value::Integer(*int))),
            Arg::Texts(texts) => list(texts.iter().map(|text| Value::Text(text.clone()))),
        })
    }
}

pub(super) fn column<'r>(row: &'r rusqlite::Row<'_>, i: usize) -> Result<Column<'r>, Failure> {
    Ok(match row.get_ref(i)? {
        ValueRef::Null => Column::Null,
        ValueRef::Integer(v) => Column::Int(v),
        ValueRef::Real(v) => Column::Real(v),
        ValueRef::Text(v) => Column::Text(std::str::from_utf8(v).map_err(|_| Failure::Column {
            column: i,
            found: "bytes that are no text".into(),
            wanted: "text",
        })?),
        ValueRef::Blob(v) => Column::Bytes(v),
    })
}
