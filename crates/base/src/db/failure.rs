//! What a database refused, and what that means for the person who waits.

use tokio_postgres::error::SqlState;

use crate::error::{Error, Kind};

/// An error of either database, or of reading what it gave.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("sqlite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("postgres: {}", postgres_words(.0))]
    Postgres(#[from] tokio_postgres::Error),
    #[error("postgres pool: {0}")]
    Pool(String),
    #[error("column {column}: cannot read {found} as {wanted}")]
    Column { column: usize, found: String, wanted: &'static str },
    #[error("expected one row, found {0}")]
    RowCount(usize),
    /// PostgreSQL keeps no NUL in a text, so neither database is given one.
    #[error("argument ${0} holds the character NUL")]
    Nul(usize),
    #[error("{0}")]
    Use(String),
}

/// What it means outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    DiskFull,
    Unreachable,
    Busy,
    /// The file is no database, or what is in it no longer fits together.
    Damaged,
    /// A constraint or trigger refused the row.
    Refused,
    /// A text that cannot be stored was sent.
    BadText,
    Defect,
}

impl Trouble {
    /// The error a person is told.
    pub(super) fn error(self) -> Error {
        let (kind, key) = match self {
            Trouble::DiskFull => (Kind::Unavailable, "base.error.disk_full"),
            Trouble::Unreachable => (Kind::Unavailable, "base.error.database_unreachable"),
            Trouble::Busy => (Kind::Unavailable, "base.error.database_busy"),
            Trouble::Damaged => (Kind::Unavailable, "base.error.database_damaged"),
            Trouble::Refused => (Kind::Conflict, "base.error.refused"),
            Trouble::BadText => (Kind::Invalid, "base.error.bad_text"),
            Trouble::Defect => (Kind::Internal, "base.error.internal"),
        };
        Error::new(kind, key)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Error {
        failure.trouble().error().because(failure)
    }
}

impl Failure {
    pub fn trouble(&self) -> Trouble {
        use rusqlite::ErrorCode as Code;
        match self {
            Failure::Sqlite(e) => match e.sqlite_error_code() {
                Some(Code::DiskFull) => Trouble::DiskFull,
                Some(Code::DatabaseBusy | Code::DatabaseLocked) => Trouble::Busy,
                Some(Code::CannotOpen | Code::ReadOnly | Code::SystemIoFailure) => {
                    Trouble::Unreachable
                }
                Some(Code::NotADatabase | Code::DatabaseCorrupt) => Trouble::Damaged,
                // A value of the wrong type is a mistake of the statement, not of the data.
                Some(Code::ConstraintViolation) if extended(e) != CONSTRAINT_DATATYPE => {
                    Trouble::Refused
                }
                _ => Trouble::Defect,
            },
            Failure::Postgres(e) => match e.code() {
                None if is_lost(e) => Trouble::Unreachable,
                None => Trouble::Defect,
                Some(code) if *code == SqlState::DISK_FULL => Trouble::DiskFull,
                Some(code) if is_conflict(code) => Trouble::Busy,
                Some(code) if ["XX001", "XX002"].contains(&code.code()) => Trouble::Damaged,
                Some(code) => match code.code().get(..2) {
                    Some("23") => Trouble::Refused,
                    Some("08" | "57") => Trouble::Unreachable,
                    Some("53" | "55") => Trouble::Busy,
                    _ => Trouble::Defect,
                },
            },
            Failure::Pool(_) => Trouble::Unreachable,
            Failure::Nul(_) => Trouble::BadText,
            Failure::Column { .. } | Failure::RowCount(_) | Failure::Use(_) => Trouble::Defect,
        }
    }

    /// Whether a unique constraint refused the row.
    pub fn is_duplicate(&self) -> bool {
        match self {
            Failure::Sqlite(e) => {
                [CONSTRAINT_UNIQUE, CONSTRAINT_PRIMARY_KEY].contains(&extended(e))
            }
            Failure::Postgres(e) => e.code() == Some(&SqlState::UNIQUE_VIOLATION),
            _ => false,
        }
    }

    /// Whether the same transaction may succeed when it is run once more.
    pub(super) fn is_retryable(&self) -> bool {
        match self {
            Failure::Postgres(e) => e.code().is_some_and(is_conflict) || is_lost(e),
            _ => false,
        }
    }

    /// Whether the connection is gone, so that a COMMIT under way may or may not have happened.
    pub(super) fn is_lost(&self) -> bool {
        matches!(self, Failure::Postgres(e) if is_lost(e))
    }
}

const CONSTRAINT_DATATYPE: i32 = rusqlite::ffi::SQLITE_CONSTRAINT_DATATYPE;
const CONSTRAINT_UNIQUE: i32 = rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE;
const CONSTRAINT_PRIMARY_KEY: i32 = rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY;

fn extended(e: &rusqlite::Error) -> i32 {
    e.sqlite_error().map_or(0, |e| e.extended_code)
}

fn is_conflict(code: &SqlState) -> bool {
    *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED
}

fn is_lost(e: &tokio_postgres::Error) -> bool {
    match e.code() {
        Some(code) => ["57P01", "57P02", "57P03"].contains(&code.code()),
        // The library tells these apart only in words; a test holds each.
        None => {
            let words = e.to_string();
            e.is_closed()
                || words.starts_with("error communicating with the server")
                || words.starts_with("error connecting to server")
                || words.starts_with("error performing TLS handshake")
        }
    }
}

fn postgres_words(e: &tokio_postgres::Error) -> String {
    match e.as_db_error() {
        Some(db) => format!("{} {}", db.code().code(), db.message()),
        None => match std::error::Error::source(e) {
            Some(source) => format!("{e}: {source}"),
            None => e.to_string(),
        },
    }
}
