//! A transaction, the same to its user on both databases.

use std::pin::pin;

use futures_util::TryStreamExt;
use tokio::runtime::Handle;

use super::sql::{Dialect, render};
use super::value::{Arg, Column, FromColumn};
use super::{Failure, postgres, sqlite};
use crate::error::Error;

type Result<T, E = Error> = std::result::Result<T, E>;

/// A transaction. It ends when the closure given to [`super::Db`] returns: committed on `Ok`,
/// undone on `Err`. The closure may run more than once, so it has no effects outside.
pub struct Tx<'c> {
    pub(super) on: On<'c>,
    kind: TxKind,
    /// The database asked to run the whole transaction once more.
    pub(super) retry: bool,
    /// A statement failed and was not undone by [`Tx::attempt`].
    failed: bool,
}

pub(super) enum On<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c deadpool_postgres::Transaction<'c>, Handle),
}

/// What a transaction may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TxKind {
    Read,
    /// Takes its turn among all writers; may append to the record and the journal.
    Write,
    /// Writes what no series carries (a session's last use, a bookmark, the progress of a job):
    /// does not wait for the writers' turn on PostgreSQL, and may not append.
    Note,
}

/// One row, borrowed; columns are read in the order the query names them.
pub struct Row<'r> {
    of: Of<'r>,
    next: usize,
}

enum Of<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

impl Row<'_> {
    /// The next column.
    pub fn take<T: FromColumn>(&mut self) -> Result<T> {
        let column = self.next;
        self.next += 1;
        let found = match self.of {
            Of::Sqlite(row) => sqlite::column(row, column)?,
            Of::Postgres(row) => postgres::column(row, column)?,
        };
        T::from_column(found).ok_or_else(|| {
            Failure::Column { column, found: describe(found), wanted: T::WANTED }.into()
        })
    }

    /// How many columns the row has.
    pub fn width(&self) -> usize {
        match self.of {
            Of::Sqlite(row) => row.as_ref().column_count(),
            Of::Postgres(row) => row.len(),
        }
    }

    /// The next column as it is, for what copies rows without knowing them.
    pub fn take_raw<T>(&mut self, read: impl FnOnce(Column<'_>) -> T) -> Result<T> {
        let column = self.next;
        self.next += 1;
        Ok(match self.of {
            Of::Sqlite(row) => read(sqlite::column(row, column)?),
            Of::Postgres(row) => read(postgres::column(row, column)?),
        })
    }
}

/// Says what was found without showing it: it may be personal.
fn describe(column: Column<'_>) -> String {
    match column {
        Column::Null => "NULL",
        Column::Bool(_) => "a boolean",
        Column::Int(_) => "an integer",
        Column::Real(_) => "a real",
        Column::Text(_) => "a text",
        Column::Bytes(_) => "bytes",
        Column::Id(_) => "an id",
        Column::Time(_) => "a time",
    }
    .to_owned()
}

/// A type that is read from a row, column after column.
pub trait FromRow: Sized {
    fn from_row(row: &mut Row<'_>) -> Result<Self>;
}

macro_rules! tuples { ($(($($name:ident)*))*) => {$(
    impl<$($name: FromColumn),*> FromRow for ($($name,)*) {
        fn from_row(row: &mut Row<'_>) -> Result<Self> { Ok(($(row.take::<$name>()?,)*)) }
    }
)*} }
tuples! { (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) }

/// `row! { pub struct Name { pub a: A, pub b: B } }`: a struct read from a row in this order.
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty),* $(,)?
    }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $type),* }
        impl $crate::db::FromRow for $name {
            fn from_row(row: &mut $crate::db::Row<'_>) -> $crate::Result<Self> {
                Ok($name { $($field: row.take()?),* })
            }
        }
    };
}

impl<'c> Tx<'c> {
    pub(super) fn new(on: On<'c>, kind: TxKind) -> Tx<'c> {
        Tx { on, kind, retry: false, failed: false }
    }

    /// What the closure returned, unless it kept a failed statement to itself: PostgreSQL would
    /// answer the COMMIT after it with a silent ROLLBACK.
    pub(super) fn outcome<T>(&self, result: Result<T>) -> Result<T> {
        match result {
            Ok(_) if self.failed => Err(Failure::Use(
                "a statement failed and the transaction went on without Tx::attempt".to_owned(),
            )
            .into()),
            other => other,
        }
    }
}

impl Tx<'_> {
    pub fn kind(&self) -> TxKind {
        self.kind
    }

    pub fn dialect(&self) -> Dialect {
        match self.on {
            On::Sqlite(_) => Dialect::Sqlite,
            On::Postgres(..) => Dialect::Postgres,
        }
    }

    /// Runs a statement; the number of rows it changed.
    pub fn exec(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<u64> {
        self.may_go_on(true)?;
        let done = match &self.on {
            On::Sqlite(connection) => sqlite::exec(connection, sql, args),
            On::Postgres(tx, runtime) => postgres::exec(tx, runtime, sql, args),
        };
        self.noticing(done)
    }

    /// Runs one statement for many lists of arguments: prepared once, and on PostgreSQL sent
    /// without waiting for each answer.
    pub fn exec_many<'a>(
        &mut self,
        sql: &str,
        lists: impl IntoIterator<Item = Vec<Arg<'a>>>,
    ) -> Result<u64> {
        self.may_go_on(true)?;
        let done = match &self.on {
            On::Sqlite(connection) => sqlite::exec_many(connection, sql, lists),
            On::Postgres(tx, runtime) => postgres::exec_many(tx, runtime, sql, lists),
        };
        self.noticing(done)
    }

    /// All rows.
    pub fn list<T: FromRow>(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<Vec<T>> {
        let mut out = Vec::new();
        self.each(sql, args, |row| {
            out.push(T::from_row(row)?);
            Ok(())
        })?;
        Ok(out)
    }

    /// The first row, when there is one.
    pub fn find<T: FromRow>(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<Option<T>> {
        Ok(self.list(sql, args)?.into_iter().next())
    }

    /// The only row.
    pub fn get<T: FromRow>(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<T> {
        let mut rows = self.list(sql, args)?;
        match (rows.pop(), rows.len()) {
            (Some(row), 0) => Ok(row),
            (found, more) => Err(Failure::RowCount(more + usize::from(found.is_some())).into()),
        }
    }

    /// The only column of the only row.
    pub fn value<T: FromColumn>(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<T> {
        self.get::<(T,)>(sql, args).map(|(value,)| value)
    }

    /// The only column of all rows.
    pub fn values<T: FromColumn>(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<Vec<T>> {
        let mut out = Vec::new();
        self.each(sql, args, |row| {
            out.push(row.take()?);
            Ok(())
        })?;
        Ok(out)
    }

    /// Gives each row to `with` as it comes; a long answer is never held whole.
    pub fn each(
        &mut self,
        sql: &str,
        args: &[Arg<'_>],
        mut with: impl FnMut(&mut Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.may_go_on(false)?;
        match &self.on {
            On::Sqlite(connection) => {
                let sql = render(sql, Dialect::Sqlite);
                let mut outcome = Ok(());
                let streamed = (|| {
                    let mut statement = connection.prepare_cached(&sql)?;
                    sqlite::bind(&mut statement, args)?;
                    let mut rows = statement.raw_query();
                    while let (Ok(()), Some(row)) = (&outcome, rows.next()?) {
                        outcome = with(&mut Row { of: Of::Sqlite(row), next: 0 });
                    }
                    Ok::<(), Failure>(())
                })();
                self.noticing(streamed)?;
                outcome
            }
            On::Postgres(tx, runtime) => {
                let mut outcome = Ok(());
                let streamed = runtime.block_on(async {
                    let statement = postgres::prepare(tx, sql).await?;
                    let rows = tx.query_raw(&statement, postgres::params(args)?).await?;
                    let mut rows = pin!(rows);
                    while let (Ok(()), Some(row)) = (&outcome, rows.try_next().await?) {
                        outcome = with(&mut Row { of: Of::Postgres(&row), next: 0 });
                    }
                    Ok::<(), Failure>(())
                });
                self.noticing(streamed)?;
                outcome
            }
        }
    }

    /// Runs `work` so that its failure undoes only itself: what the transaction did before stays,
    /// and it may go on. For what may be refused and is then done another way.
    pub fn attempt<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let failed_before = self.failed;
        self.batch("SAVEPOINT attempt")?;
        let result = work(self);
        match self.outcome(result) {
            Ok(value) => {
                self.batch("RELEASE SAVEPOINT attempt")?;
                Ok(value)
            }
            // The whole transaction runs once more, or is already undone (disk full).
            Err(error) if self.retry || self.is_undone() => Err(error),
            Err(error) => {
                self.batch("ROLLBACK TO SAVEPOINT attempt")?;
                self.batch("RELEASE SAVEPOINT attempt")?;
                self.failed = failed_before;
                Err(error)
            }
        }
    }

    /// Runs a text of several statements as it stands: definitions only.
    pub(super) fn batch(&mut self, sql: &str) -> Result<()> {
        let done = match &self.on {
            On::Sqlite(connection) => connection.execute_batch(sql).map_err(Failure::from),
            On::Postgres(tx, runtime) => {
                runtime.block_on(tx.batch_execute(sql)).map_err(Failure::from)
            }
        };
        self.noticing(done)
    }

    /// Checks that a statement is one, for the sweep over every SQL block.
    pub fn check(&mut self, sql: &str) -> Result<()> {
        let done = match &self.on {
            On::Sqlite(connection) => {
                connection.prepare(&render(sql, Dialect::Sqlite)).map(|_| ()).map_err(Failure::from)
            }
            On::Postgres(tx, runtime) => runtime.block_on(postgres::prepare(tx, sql)).map(|_| ()),
        };
        self.noticing(done)
    }

    /// Whether SQLite gave the whole transaction up on its own.
    fn is_undone(&self) -> bool {
        matches!(self.on, On::Sqlite(connection) if connection.is_autocommit())
    }

    /// After a failure PostgreSQL refuses every statement, and SQLite may have given up the
    /// transaction, so that a statement would stand alone: neither goes on.
    fn may_go_on(&mut self, changes: bool) -> Result<()> {
        if self.failed {
            return Err(Failure::Use("an earlier statement failed".to_owned()).into());
        }
        match (changes, self.kind) {
            (true, TxKind::Read) => {
                self.noticing(Err(Failure::Use("a reading transaction changes nothing".to_owned())))
            }
            _ => Ok(()),
        }
    }

    /// Remembers that a statement failed, and that the database asked to run the whole transaction once more, whatever the
    /// closure makes of the error.
    fn noticing<T>(&mut self, done: Result<T, Failure>) -> Result<T> {
        done.map_err(|failure| {
            self.failed = true;
            self.retry |= failure.is_retryable();
            failure.into()
        })
    }
}
