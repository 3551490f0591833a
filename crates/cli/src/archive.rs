//! A backup: one zstd-compressed file of JSON lines, the same for both databases, so that a box
//! can also move from one to the other.
//!
//! First line: the head (format, release, schema step, when). Then per table a line with its name
//! and columns, followed by its rows as arrays. Last line: how many rows, and a hash of all lines
//! before it. Taken from one snapshot while the program runs; put back in one transaction.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use data_encoding::BASE64;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thao_base::db::migrate::version;
use thao_base::db::{Arg, Column};
use thao_base::{Error, Kind, Result, Tx};

use crate::schema::{Table, Word, tables};

const FORMAT: u32 = 1;
/// Rows given to the database at once.
const CHUNK: usize = 500;

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) thao_backup: u32,
    pub(crate) release: String,
    pub(crate) schema: i32,
    pub(crate) made_at: Timestamp,
}

#[derive(Debug, Serialize, Deserialize)]
struct TableHead {
    table: String,
    columns: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct End {
    rows: u64,
    hash: String,
}

/// Writes everything the transaction sees. The number of rows.
pub(crate) fn write(
    tx: &mut Tx<'_>,
    path: &Path,
    now: Timestamp,
    mut progress: impl FnMut(&str, u64),
) -> Result<u64> {
    let schema = version(tx)?;
    // A backup that was cut off must not look like one.
    let part = path.with_extension("part");
    let file = zstd::Encoder::new(BufWriter::new(private(&part)?), 3)?;
    let mut out = Lines { file, hash: blake3::Hasher::new() };
    let release = env!("CARGO_PKG_VERSION").to_owned();
    out.line(&serde_json::to_string(&Head {
        thao_backup: FORMAT,
        release,
        schema,
        made_at: now,
    })?)?;
    let mut rows = 0;
    for table in tables(schema)? {
        let columns: Vec<String> = table.columns.iter().map(|(name, _)| name.clone()).collect();
        let select = format!("SELECT {} FROM {}", columns.join(", "), table.name);
        let head = TableHead { table: table.name.clone(), columns };
        out.line(&serde_json::to_string(&head)?)?;
        tx.each(&select, &[], |row| {
            let mut values = Vec::with_capacity(table.columns.len());
            for (_, word) in &table.columns {
                values.push(row.take_raw(|column| encode(column, *word))??);
            }
            out.line(&Value::Array(values).to_string())?;
            rows += 1;
            if rows % 10_000 == 0 {
                progress(&table.name, rows);
            }
            Ok(())
        })?;
        progress(&table.name, rows);
    }
    let hash = out.hash.finalize().to_hex().to_string();
    out.line(&serde_json::to_string(&End { rows, hash })?)?;
    let mut file = out.file.finish()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    std::fs::rename(&part, path)?;
    Ok(rows)
}

/// A new file that only its owner reads: a backup holds everybody's data.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

struct Lines<'a> {
    file: zstd::Encoder<'a, BufWriter<File>>,
    hash: blake3::Hasher,
}

impl Lines<'_> {
    fn line(&mut self, text: &str) -> Result<()> {
        self.hash.update(text.as_bytes());
        self.file.write_all(text.as_bytes())?;
        self.file.write_all(b"\n")?;
        Ok(())
    }
}

fn encode(column: Column<'_>, word: Word) -> Result<Value> {
    Ok(match (column, word) {
        (Column::Null, _) => Value::Null,
        (Column::Bool(v), _) => Value::from(v),
        (Column::Int(v), Word::Bool) => Value::from(v != 0),
        (Column::Int(v), _) => Value::from(v),
        (Column::Real(v), _) => Value::from(v),
        (Column::Text(v), Word::Json) => serde_json::from_str(v)?,
        (Column::Text(v), _) => Value::from(v),
        (Column::Bytes(v), Word::Id) => {
            Value::from(uuid::Uuid::from_slice(v).map_err(Error::internal)?.to_string())
        }
        (Column::Bytes(v), _) => Value::from(BASE64.encode(v)),
        (Column::Id(v), _) => Value::from(v.to_string()),
        (Column::Time(v), _) => Value::from(v.as_microsecond()),
    })
}

/// What a backup says of itself.
pub(crate) fn head(path: &Path) -> Result<Head> {
    let mut reader = open(path)?;
    let mut line = String::new();
    reader.read_line(&mut line).map_err(|e| not_one(path, e))?;
    let head: Head = serde_json::from_str(&line).map_err(|e| not_one(path, e))?;
    if head.thao_backup != FORMAT {
        return Err(
            Error::new(Kind::Invalid, "cli.restore.other_format").with("found", head.thao_backup)
        );
    }
    Ok(head)
}

fn open(path: &Path) -> Result<BufReader<zstd::Decoder<'static, BufReader<File>>>> {
    let file = File::open(path).map_err(|e| not_one(path, e))?;
    Ok(BufReader::new(zstd::Decoder::new(file).map_err(|e| not_one(path, e))?))
}

fn not_one(path: &Path, e: impl std::fmt::Display) -> Error {
    Error::new(Kind::Invalid, "cli.restore.not_a_backup")
        .with("file", path.display())
        .because(e.to_string())
}

/// Puts a backup into an empty database whose schema stands at the backup's step. All or nothing:
/// a damaged backup leaves the database as it was.
pub(crate) fn read(tx: &mut Tx<'_>, path: &Path, mut progress: impl FnMut(u64)) -> Result<u64> {
    let schema = version(tx)?;
    let known = tables(schema)?;
    let mut loading: Option<Loading> = None;
    let mut hash = blake3::Hasher::new();
    let mut rows = 0;
    let mut ended = false;
    for (no, line) in open(path)?.lines().enumerate() {
        let line = line.map_err(|e| not_one(path, e))?;
        if no == 0 {
            hash.update(line.as_bytes());
        } else if line.starts_with('[') {
            hash.update(line.as_bytes());
            let values: Vec<Value> = serde_json::from_str(&line).map_err(|e| not_one(path, e))?;
            let into = loading.as_mut().ok_or_else(|| not_one(path, "a row without a table"))?;
            into.add(tx, values)?;
            rows += 1;
            if rows % 10_000 == 0 {
                progress(rows);
            }
        } else if let Ok(end) = serde_json::from_str::<End>(&line) {
            if end.rows != rows || end.hash != hash.finalize().to_hex().to_string() {
                return Err(not_one(path, "rows or hash differ from what was written"));
            }
            ended = true;
        } else {
            hash.update(line.as_bytes());
            let head: TableHead = serde_json::from_str(&line).map_err(|e| not_one(path, e))?;
            if let Some(mut last) = loading.take() {
                last.flush(tx)?;
            }
            loading = Some(Loading::new(&known, &head)?);
        }
    }
    if let Some(mut last) = loading {
        last.flush(tx)?;
    }
    if !ended {
        return Err(not_one(path, "the end is missing"));
    }
    Ok(rows)
}

struct Loading {
    insert: String,
    words: Vec<Word>,
    waiting: Vec<Vec<Value>>,
}

impl Loading {
    fn new(known: &[Table], head: &TableHead) -> Result<Loading> {
        let odd = || Error::internal(format!("the backup's table {} is not known", head.table));
        let table = known.iter().find(|table| table.name == head.table).ok_or_else(odd)?;
        let mut words = Vec::new();
        for name in &head.columns {
            let (_, word) =
                table.columns.iter().find(|(known, _)| known == name).ok_or_else(odd)?;
            words.push(*word);
        }
        let places: Vec<String> = (1..=words.len()).map(|n| format!("${n}")).collect();
        let insert = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            table.name,
            head.columns.join(", "),
            places.join(", ")
        );
        Ok(Loading { insert, words, waiting: Vec::new() })
    }

    fn add(&mut self, tx: &mut Tx<'_>, values: Vec<Value>) -> Result<()> {
        self.waiting.push(values);
        if self.waiting.len() < CHUNK { Ok(()) } else { self.flush(tx) }
    }

    fn flush(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let mut owned = Vec::with_capacity(waiting.len());
        for values in &waiting {
            let row: Result<Vec<Owned<'_>>> =
                values.iter().zip(&self.words).map(|(value, word)| decode(value, *word)).collect();
            owned.push(row?);
        }
        tx.exec_many(&self.insert, owned.iter().map(|row| row.iter().map(Owned::arg).collect()))?;
        Ok(())
    }
}

enum Owned<'a> {
    Plain(Arg<'a>),
    Bytes(Vec<u8>),
}

impl Owned<'_> {
    fn arg(&self) -> Arg<'_> {
        match self {
            Owned::Plain(arg) => arg.clone(),
            Owned::Bytes(bytes) => Arg::Bytes(bytes),
        }
    }
}

fn decode(value: &Value, word: Word) -> Result<Owned<'_>> {
    let wrong = || Error::internal(format!("the backup holds {value} where {word:?} belongs"));
    Ok(Owned::Plain(match (value, word) {
        (Value::Null, _) => Arg::Null,
        (value, Word::Json) => Arg::Json(value),
        (Value::Bool(v), Word::Bool) => Arg::Bool(*v),
        (Value::Number(v), Word::Int) => Arg::Int(v.as_i64().ok_or_else(wrong)?),
        (Value::Number(v), Word::Time) => {
            let micros = v.as_i64().ok_or_else(wrong)?;
            Arg::Time(Timestamp::from_microsecond(micros).map_err(Error::internal)?)
        }
        (Value::String(v), Word::Text) => Arg::Text(v),
        (Value::String(v), Word::Id) => Arg::Id(v.parse().map_err(Error::internal)?),
        (Value::String(v), Word::Bytes) => {
            return Ok(Owned::Bytes(BASE64.decode(v.as_bytes()).map_err(Error::internal)?));
        }
        _ => return Err(wrong()),
    }))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use thao_base::{Db, Stamp, UnitId, args};
    use thao_record::statement::{Draft, Verb, append};
    use thao_testkit::{databases, empty_databases, world};
    use tokio::runtime::Handle;

    use super::*;
    use crate::commands::restore;

    fn file(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("thao-archive-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder.join(name)
    }

    async fn back_up(db: &Db, path: &Path, now: Timestamp) -> u64 {
        let (db, path, runtime) = (db.clone(), path.to_owned(), Handle::current());
        tokio::task::spawn_blocking(move || {
            db.read_blocking(&runtime, |tx| write(tx, &path, now, |_, _| ())).unwrap()
        })
        .await
        .unwrap()
    }

    /// All rows of a backup, in an order that does not depend on the database.
    fn rows(path: &Path) -> Vec<String> {
        let mut table = String::new();
        let mut out = Vec::new();
        for line in open(path).unwrap().lines().skip(1) {
            let line = line.unwrap();
            match serde_json::from_str::<TableHead>(&line) {
                Ok(head) => table = head.table,
                Err(_) if line.starts_with('[') => {
                    let mut value: Value = serde_json::from_str(&line).unwrap();
                    value.sort_all_objects();
                    out.push(format!("{table} {value}"));
                }
                Err(_) => {}
            }
        }
        out.sort();
        out
    }

    fn attended(stamp: &Stamp, unit: UnitId) -> Draft {
        Draft { success: Some(true), ..Draft::new(stamp, Verb::Attended, stamp.id(), unit) }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_backup_of_either_database_restores_into_either() {
        for source in databases().await {
            let world = world();
            thao_cast::cast(&source, &world).await;
            let path = file(&format!("from-{}.backup", source.name()));
            let count = back_up(&source, &path, world.now()).await;
            assert!(100 < count, "the cast is more than {count} rows");
            let head = head(&path).unwrap();
            for target in empty_databases().await {
                let bar = indicatif::ProgressBar::hidden();
                let read = restore::into(&target, path.clone(), head.schema, bar).await.unwrap();
                assert_eq!(read, count, "{} to {}", source.name(), target.name());
                let again = file(&format!("{}-{}.backup", source.name(), target.name()));
                back_up(&target, &again, world.now()).await;
                assert_eq!(rows(&again), rows(&path), "{} to {}", source.name(), target.name());
                // A database that holds data is left alone.
                let bar = indicatif::ProgressBar::hidden();
                let refused =
                    restore::into(&target, path.clone(), head.schema, bar).await.unwrap_err();
                assert_eq!(refused.key(), "cli.restore.not_empty");
            }
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_backup_under_load_is_one_moment() {
        for source in databases().await {
            let world = world();
            let cast = thao_cast::cast(&source, &world).await;
            let unit: UnitId = cast.commune();
            let (stop, stopping) = tokio::sync::watch::channel(false);
            let mut writers = tokio::task::JoinSet::new();
            for _ in 0..4 {
                let (db, stamp, stopping) =
                    (Db::clone(&source), world.stamp("record.act.append"), stopping.clone());
                writers.spawn(async move {
                    let mut written = 0_i64;
                    while !*stopping.borrow() {
                        let drafts = vec![attended(&stamp, unit), attended(&stamp, unit)];
                        let stamp = stamp.clone();
                        db.write(move |tx| append(tx, &stamp, &drafts)).await.unwrap();
                        written += 2;
                    }
                    written
                });
            }
            let path = file(&format!("load-{}.backup", source.name()));
            back_up(&source, &path, world.now()).await;
            stop.send(true).unwrap();
            let mut written = 0;
            while let Some(done) = writers.join_next().await {
                written += done.unwrap();
            }
            assert!(0 < written, "nothing was written beside the backup");
            let schema = head(&path).unwrap().schema;
            for target in empty_databases().await {
                let bar = indicatif::ProgressBar::hidden();
                restore::into(&target, path.clone(), schema, bar).await.unwrap();
                let (count, last, seq): (i64, i64, i64) = target
                    .read(|tx| {
                        tx.get(
                            "SELECT COUNT(*), COALESCE(MAX(e.seq), 0), MAX(s.seq) FROM series s \
                             LEFT JOIN statement e ON e.node = s.node WHERE s.name = 'record'",
                            args![],
                        )
                    })
                    .await
                    .unwrap();
                let rows = if last == 0 { 0 } else { count };
                assert_eq!((rows, last), (seq, seq), "{} to {}", source.name(), target.name());
                // And it goes on from there.
                let stamp = world.stamp("record.act.append");
                let draft = attended(&stamp, unit);
                target
                    .write(move |tx| append(tx, &stamp, std::slice::from_ref(&draft)))
                    .await
                    .unwrap();
            }
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_damaged_backup_restores_nothing() {
        let world = world();
        let source = databases().await.swap_remove(0);
        thao_cast::cast(&source, &world).await;
        let whole = file("whole.backup");
        back_up(&source, &whole, world.now()).await;
        let schema = head(&whole).unwrap().schema;
        let bytes = std::fs::read(&whole).unwrap();
        let cut = file("cut.backup");
        std::fs::write(&cut, &bytes[..bytes.len() * 2 / 3]).unwrap();
        let bent = file("bent.backup");
        bend(&whole, &bent);
        for broken in [cut, bent] {
            for target in empty_databases().await {
                let bar = indicatif::ProgressBar::hidden();
                let refused =
                    restore::into(&target, broken.clone(), schema, bar).await.unwrap_err();
                assert_eq!(refused.key(), "cli.restore.not_a_backup", "{}", target.name());
                let left: i64 = target
                    .read(|tx| tx.value("SELECT COUNT(*) FROM person", args![]))
                    .await
                    .unwrap();
                assert_eq!(left, 0, "{}", target.name());
            }
        }
        let other = file("other.txt");
        std::fs::write(&other, "không phải bản sao lưu").unwrap();
        assert_eq!(head(&other).unwrap_err().key(), "cli.restore.not_a_backup");
    }

    /// The same backup with one letter of one row changed.
    fn bend(from: &Path, to: &Path) {
        let mut out = zstd::Encoder::new(File::create(to).unwrap(), 1).unwrap();
        let mut bent = false;
        for line in open(from).unwrap().lines() {
            let mut line = line.unwrap();
            if !bent && line.starts_with('[') && line.contains("Xã") {
                line = line.replacen("Xã", "Xạ", 1);
                bent = true;
            }
            writeln!(out, "{line}").unwrap();
        }
        assert!(bent, "no row was changed");
        out.finish().unwrap();
    }
}
