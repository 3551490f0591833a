//! The embedded database: one writer with group commit, several readers.

mod writer;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, Statement};

use self::writer::Pending;
pub(super) use self::writer::Work;
use super::sql::{Dialect, render};
use super::tx::{On, Tx, TxKind};
use super::value::{Arg, Column, storable};
use super::{Failure, Outcome, Trouble};

/// How long another process (a backup, an import from the command line) may hold the database.
const BUSY: Duration = Duration::from_secs(10);
/// Pages of 4 KiB each connection may keep: 8 MiB.
const CACHE: &str = "-8192";

/// 256 MiB for the writer, and a log of up to 128 MiB: rows with random ids touch pages all over.
pub(super) const MANY_WRITES: &str =
    "PRAGMA cache_size = -262144; PRAGMA wal_autocheckpoint = 32768;";

#[derive(Clone)]
pub(super) struct Sqlite {
    path: Arc<PathBuf>,
    writer: Sender<Box<dyn Pending>>,
    readers: Arc<Mutex<Vec<Connection>>>,
}

impl Sqlite {
    pub(super) fn open(path: &Path) -> Result<Sqlite, Failure> {
        let connection = connect(path)?;
        write_ahead(&connection)?;
        // A box loses power: what was acknowledged is on the disk.
        connection.pragma_update(None, "synchronous", "FULL")?;
        let (writer, queue) = channel();
        thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || writer::run(&connection, &queue))
            .map_err(|e| Failure::Use(format!("cannot start the writer: {e}")))?;
        Ok(Sqlite { path: Arc::new(path.to_owned()), writer, readers: Arc::default() })
    }

    pub(super) fn enqueue<T, F>(&self, work: Work<T, F>)
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Outcome<T> + Send + 'static,
    {
        if let Err(unsent) = self.writer.send(Box::new(work)) {
            unsent.0.fail(Failure::Use("the writer has stopped".to_owned()).into());
        }
    }

    /// Runs `work` on a snapshot. Blocks.
    pub(super) fn read<T>(&self, work: &dyn Fn(&mut Tx<'_>) -> Outcome<T>) -> Outcome<T> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => {
                let connection = connect(&self.path)?;
                connection.pragma_update(None, "query_only", "ON").map_err(Failure::from)?;
                connection
            }
        };
        connection
            .prepare_cached("BEGIN")
            .and_then(|mut s| s.execute([]))
            .map_err(Failure::from)?;
        let mut tx = Tx::new(On::Sqlite(&connection), TxKind::Read);
        let result = work(&mut tx);
        let result = tx.outcome(result);
        let ended = connection.prepare_cached("ROLLBACK").and_then(|mut s| s.execute([]));
        if ended.is_ok() {
            self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
        result
    }
}

fn connect(path: &Path) -> Result<Connection, Failure> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    // So that REPLACE, which deletes, meets the triggers of append-only tables.
    connection.pragma_update(None, "recursive_triggers", "ON")?;
    connection.pragma_update(None, "cache_size", CACHE)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(512);
    rusqlite::vtab::array::load_module(&connection)?;
    Ok(connection)
}

/// Readers do not wait for the writer. The first to open a new file switches it, and while it
/// does so SQLite turns others away without waiting.
fn write_ahead(connection: &Connection) -> Result<(), Failure> {
    let mut waited = Duration::ZERO;
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL").map_err(Failure::from) {
            Err(failure) if failure.trouble() == Trouble::Busy && waited < BUSY => {
                let pause = Duration::from_millis(10);
                thread::sleep(pause);
                waited += pause;
            }
            done => return done,
        }
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
    storable(args)?;
    let mut asked = 0;
    for i in 1..=statement.parameter_count() {
        let named = statement.parameter_name(i).and_then(|name| name.get(1..)?.parse().ok());
        let place: usize = named.unwrap_or(i);
        let arg = place.checked_sub(1).and_then(|p| args.get(p)).ok_or_else(|| {
            Failure::Use(format!("the statement asks for argument ${place}, {} given", args.len()))
        })?;
        statement.raw_bind_parameter(i, Bound(arg))?;
        asked = asked.max(place);
    }
    if asked == args.len() {
        return Ok(());
    }
    Err(Failure::Use(format!("the statement asks for {asked} arguments, {} given", args.len())))
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
