//! Edits of the register: a dated row and its journal entry, in one transaction.
//!
//! A context declares each table once as a [`Noun`]; [`insert`] and [`update`] write the row,
//! work out what changed, and append the journal entry with the same values. Personal columns go
//! to a side table that can be deleted under the law; the journal keeps their hash.

use serde_json::{Map, Value, json};
use thao_base::db::{Arg, Column, ToArg};
use thao_base::{EntryId, Error, Id, PersonId, Result, Stamp, Tx, args, sql};

use crate::series::{self, Series};

const SQL: &str = include_str!("register.sql");

/// A table of the register.
#[derive(Debug)]
pub struct Noun {
    pub table: &'static str,
    pub columns: &'static [Col],
}

/// A column and what may be kept of its values: one that can name a person is labelled so (basic
/// or sensitive personal data of Law 91/2025/QH15).
#[derive(Debug, Clone, Copy)]
pub struct Col {
    pub name: &'static str,
    pub label: Label,
}

/// What the journal keeps of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// The value.
    Open,
    /// The value in the side table that can be deleted, its hash in the journal.
    Personal,
    /// Only that it changed: password hashes.
    Secret,
}

impl Col {
    pub const fn open(name: &'static str) -> Col {
        Col { name, label: Label::Open }
    }

    pub const fn personal(name: &'static str) -> Col {
        Col { name, label: Label::Personal }
    }

    pub const fn secret(name: &'static str) -> Col {
        Col { name, label: Label::Secret }
    }
}

impl Noun {
    fn column(&self, name: &str) -> Result<Col> {
        self.columns.iter().copied().find(|column| column.name == name).ok_or_else(|| {
            Error::internal(format!("table {} has no declared column {name}", self.table))
        })
    }
}

/// A row about to be inserted: its id, whom it is about, and its values.
pub struct NewRow<'a> {
    pub id: uuid::Uuid,
    pub person: Option<PersonId>,
    pub values: Vec<Arg<'a>>,
}

/// Inserts one row.
pub fn insert<T: Id>(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    noun: &Noun,
    id: T,
    person: Option<PersonId>,
    values: &[(&'static str, Arg<'_>)],
) -> Result<()> {
    let names: Vec<&'static str> = values.iter().map(|(name, _)| *name).collect();
    let row = NewRow {
        id: id.uuid(),
        person,
        values: values.iter().map(|(_, value)| value.clone()).collect(),
    };
    insert_many(tx, stamp, noun, &names, vec![row])
}

/// Inserts many rows with the same columns, each with its journal entry.
pub fn insert_many(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    noun: &Noun,
    names: &[&'static str],
    rows: Vec<NewRow<'_>>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let columns = names.iter().map(|name| noun.column(name)).collect::<Result<Vec<Col>>>()?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut change = Change::default();
        for (column, value) in columns.iter().zip(&row.values) {
            change.add(*column, to_json(value));
        }
        entries.push(Entry { row: row.id, person: row.person, change });
    }
    let text = insert_text(noun.table, names);
    let lists = rows.into_iter().map(|row| {
        let mut list = Vec::with_capacity(row.values.len() + 1);
        list.push(Arg::Id(row.id));
        list.extend(row.values);
        list
    });
    tx.exec_many(&text, lists)?;
    journal(tx, stamp, noun, entries)
}

/// Changes a row; only what differs is written and journaled. Whether anything differed.
///
/// # Errors
/// 404 when there is no such row.
pub fn update<T: Id>(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    noun: &Noun,
    id: T,
    person: Option<PersonId>,
    values: &[(&'static str, Arg<'_>)],
) -> Result<bool> {
    let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
    let select = format!("SELECT {} FROM {} WHERE id = $1", names.join(", "), noun.table);
    let mut before: Option<Vec<Value>> = None;
    tx.each(&select, args![id.uuid()], |row| {
        let mut out = Vec::with_capacity(values.len());
        for (_, like) in values {
            out.push(row.take_raw(|column| as_json(column, like))?);
        }
        before = Some(out);
        Ok(())
    })?;
    let before = before.ok_or_else(Error::not_found)?;
    let mut change = Change::default();
    let mut set = Vec::new();
    let mut changed = vec![Arg::Id(id.uuid())];
    for ((name, value), old) in values.iter().zip(before) {
        let new = to_json(value);
        if new != old {
            change.add(noun.column(name)?, json!([old, new]));
            changed.push(value.clone());
            set.push(format!("{name} = ${}", changed.len()));
        }
    }
    if set.is_empty() {
        return Ok(false);
    }
    tx.exec(&format!("UPDATE {} SET {} WHERE id = $1", noun.table, set.join(", ")), &changed)?;
    journal(tx, stamp, noun, vec![Entry { row: id.uuid(), person, change }])?;
    Ok(true)
}

/// Statements are made of declared names only: tables and columns of a [`Noun`].
fn insert_text(table: &str, names: &[&str]) -> String {
    let places: Vec<String> = (2..names.len() + 2).map(|n| format!("${n}")).collect();
    format!("INSERT INTO {table} (id, {}) VALUES ($1, {})", names.join(", "), places.join(", "))
}

struct Entry {
    row: uuid::Uuid,
    person: Option<PersonId>,
    change: Change,
}

#[derive(Default)]
struct Change {
    open: Map<String, Value>,
    personal: Map<String, Value>,
}

impl Change {
    fn add(&mut self, column: Col, value: Value) {
        let name = column.name.to_owned();
        match column.label {
            _ if value.is_null() => {}
            Label::Open => {
                self.open.insert(name, value);
            }
            Label::Personal => {
                self.open.insert(name.clone(), Value::from("personal"));
                self.personal.insert(name, value);
            }
            Label::Secret => {
                self.open.insert(name, Value::from("secret"));
            }
        }
    }
}

fn journal(tx: &mut Tx<'_>, stamp: &Stamp, noun: &Noun, entries: Vec<Entry>) -> Result<()> {
    let taken = series::take(tx, Series::Journal, entries.len(), stamp.at)?;
    let rows: Vec<_> = entries
        .into_iter()
        .zip(taken.first..)
        .zip(taken.clock..)
        .map(|((entry, seq), clock)| {
            let personal = Value::Object(entry.change.personal);
            let hash =
                (personal != json!({})).then(|| blake3::hash(personal.to_string().as_bytes()));
            let open = Value::Object(entry.change.open);
            let id: EntryId = stamp.id();
            (entry.row, entry.person, seq, clock, id, open, personal, hash)
        })
        .collect();
    tx.exec_many(
        sql!(SQL, "add_entry"),
        rows.iter().map(|(row, person, seq, clock, id, open, _, hash)| {
            vec![
                taken.node.arg(),
                seq.arg(),
                id.arg(),
                stamp.at.arg(),
                clock.arg(),
                stamp.account.as_ref().map_or(Arg::Null, ToArg::arg),
                Arg::Text(stamp.act),
                Arg::Text(noun.table),
                row.arg(),
                person.as_ref().map_or(Arg::Null, ToArg::arg),
                Arg::Json(open),
                hash.as_ref().map_or(Arg::Null, |hash| Arg::Bytes(hash.as_bytes())),
            ]
        }),
    )?;
    tx.exec_many(
        sql!(SQL, "add_personal"),
        rows.iter().filter(|row| row.7.is_some()).map(|(_, person, seq, _, _, _, personal, _)| {
            vec![
                taken.node.arg(),
                seq.arg(),
                person.as_ref().map_or(Arg::Null, ToArg::arg),
                Arg::Json(personal),
            ]
        }),
    )?;
    Ok(())
}

fn to_json(value: &Arg<'_>) -> Value {
    match value {
        Arg::Null => Value::Null,
        Arg::Bool(v) => json!(v),
        Arg::Int(v) => json!(v),
        Arg::Real(v) => json!(v),
        Arg::Text(v) => json!(v),
        Arg::Bytes(v) => json!(hex(v)),
        Arg::Id(v) => json!(v),
        Arg::Time(v) => json!(v.as_microsecond()),
        Arg::Date(v) => json!(v.to_string()),
        Arg::Json(v) => (*v).clone(),
        Arg::Ids(v) => json!(v),
        Arg::Ints(v) => json!(v),
        Arg::Texts(v) => json!(v),
    }
}

/// What a column holds, in the shape of the value it is compared with.
fn as_json(column: Column<'_>, like: &Arg<'_>) -> Value {
    match (column, like) {
        (Column::Null, _) => Value::Null,
        (Column::Bool(v), _) => json!(v),
        (Column::Int(v), Arg::Bool(_)) => json!(v != 0),
        (Column::Int(v), _) => json!(v),
        (Column::Real(v), _) => json!(v),
        (Column::Text(v), Arg::Json(_)) => serde_json::from_str(v).unwrap_or(Value::Null),
        (Column::Text(v), _) => json!(v),
        (Column::Bytes(v), Arg::Bytes(_)) => json!(hex(v)),
        (Column::Bytes(v), _) => {
            uuid::Uuid::from_slice(v).map_or_else(|_| json!(hex(v)), |v| json!(v))
        }
        (Column::Id(v), _) => json!(v),
        (Column::Time(v), _) => json!(v.as_microsecond()),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

thao_base::row! {
    /// A journal entry as the audit page reads it.
    #[derive(Debug, Clone)]
    pub struct Entered {
        pub node: i32,
        pub seq: i64,
        pub at: jiff::Timestamp,
        pub account: Option<thao_base::AccountId>,
        pub act: String,
        pub noun: String,
        pub row: thao_base::RowId,
        pub person: Option<PersonId>,
        pub changes: Value,
    }
}

/// Journal entries after a point of this node's series, oldest first.
pub fn list_since(tx: &mut Tx<'_>, node: i32, after: i64, upto: i64) -> Result<Vec<Entered>> {
    tx.list(sql!(SQL, "since"), args![node, after, upto])
}

/// The history of one row, newest first.
pub fn history<T: Id>(tx: &mut Tx<'_>, row: T) -> Result<Vec<Entered>> {
    tx.list(sql!(SQL, "history"), args![row.uuid()])
}
