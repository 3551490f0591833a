//! Brings a database to the newest schema, one numbered step at a time, never back.

use super::sql::render_ddl;
use super::{Db, Dialect, Tx};
use crate::error::{Error, Kind, Result};
use crate::{args, clock};

/// A step: its number, its name and its text in portable SQL.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub no: i32,
    pub name: &'static str,
    pub sql: &'static str,
}

macro_rules! steps {
    ($($no:literal $name:literal),* $(,)?) => {
        /// Every step there is, in order. A step that was released is never changed.
        pub const STEPS: &[Step] = &[$(Step {
            no: $no,
            name: $name,
            sql: include_str!(concat!("../../../../migrations/", $name, ".sql")),
        }),*];
    };
}
steps! {
    1 "0001_series",
    2 "0002_people",
    3 "0003_learning",
    4 "0004_plan",
    5 "0005_measures",
    7 "0007_plans",
    8 "0008_report",
    9 "0009_steering",
    11 "0011_imports",
}

const CREATE: &str = "CREATE TABLE IF NOT EXISTS migration (
  no integer NOT NULL PRIMARY KEY,
  name text NOT NULL,
  hash text NOT NULL,
  at {time} NOT NULL
);";

/// Brings the database to `to` (or the newest step); how many steps were taken.
///
/// # Errors
/// A database that a newer release has written, or whose steps are not ours, is left alone.
pub async fn up(db: &Db, to: Option<i32>, clock: &clock::Clock) -> Result<usize> {
    let at = clock.now();
    db.note(move |tx| {
        if tx.dialect() == Dialect::Postgres {
            // Two nodes that start together take turns, per schema. On SQLite all writers do.
            tx.batch("SELECT pg_advisory_xact_lock(20261120, hashtext(current_schema()))")?;
        }
        tx.batch(&render_ddl(CREATE, tx.dialect()))?;
        let done = done(tx)?;
        let mut taken = 0;
        for step in STEPS.iter().filter(|step| to.is_none_or(|to| step.no <= to)) {
            if done.iter().any(|(no, ..)| *no == step.no) {
                continue;
            }
            tx.batch(&render_ddl(step.sql, tx.dialect()))?;
            tx.exec(
                "INSERT INTO migration (no, name, hash, at) VALUES ($1, $2, $3, $4)",
                args![step.no, step.name, hash(step), at],
            )?;
            taken += 1;
        }
        Ok(taken)
    })
    .await
}

/// The newest step a database has; 0 when it is empty.
pub fn version(tx: &mut Tx<'_>) -> Result<i32> {
    let there = match tx.dialect() {
        Dialect::Sqlite => "SELECT COUNT(*) > 0 FROM sqlite_schema WHERE name = 'migration'",
        Dialect::Postgres => "SELECT to_regclass('migration') IS NOT NULL",
    };
    if !tx.value::<bool>(there, args![])? {
        return Ok(0);
    }
    tx.value("SELECT COALESCE(MAX(no), 0) FROM migration", args![])
}

fn done(tx: &mut Tx<'_>) -> Result<Vec<(i32, String, String)>> {
    let done: Vec<(i32, String, String)> =
        tx.list("SELECT no, name, hash FROM migration ORDER BY no", args![])?;
    for (no, name, found) in &done {
        match STEPS.iter().find(|step| step.no == *no) {
            Some(step) if hash(step) == *found => {}
            Some(_) => {
                return Err(
                    Error::new(Kind::Unavailable, "base.error.schema_differs").with("step", name)
                );
            }
            None => {
                return Err(
                    Error::new(Kind::Unavailable, "base.error.schema_newer").with("step", name)
                );
            }
        }
    }
    Ok(done)
}

fn hash(step: &Step) -> String {
    blake3::hash(step.sql.as_bytes()).to_hex().to_string()
}
