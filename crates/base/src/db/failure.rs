//! What a database refused, and what that means for the person who waits.

use tokio_postgres::error::SqlState;

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
    #[error("{0}")]
    Use(String),
}

/// What it means outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    DiskFull,
    Unreachable,
    Busy,
    /// A constraint or trigger refused the row.
    Refused,
    Defect,
}

impl Failure {
    pub fn trouble(&self) -> Trouble {
        use rusqlite::ErrorCode as Code;
        match self {
            Failure::Sqlite(e) => match e.sqlite_error_code() {
                Some(Code::DiskFull | Code::SystemIoFailure) => Trouble::DiskFull,
                Some(Code::DatabaseBusy | Code::DatabaseLocked) => Trouble::Busy,
                Some(Code::CannotOpen | Code::ReadOnly) => Trouble::Unreachable,
                Some(Code::ConstraintViolation) => Trouble::Refused,
                _ => Trouble::Defect,
            },
            Failure::Postgres(e) => match e.code() {
                None => Trouble::Unreachable,
                Some(code) if *code == SqlState::DISK_FULL => Trouble::DiskFull,
                Some(code) if is_retryable(code) => Trouble::Busy,
                Some(code) => match code.code().get(..2) {
                    Some("23") => Trouble::Refused,
                    Some("08" | "57") => Trouble::Unreachable,
                    Some("53") => Trouble::Busy,
                    _ => Trouble::Defect,
                },
            },
            Failure::Pool(_) => Trouble::Unreachable,
            Failure::Column { .. } | Failure::RowCount(_) | Failure::Use(_) => Trouble::Defect,
        }
    }

    /// Whether a unique constraint refused the row.
    pub fn is_duplicate(&self) -> bool {
        match self {
            Failure::Sqlite(e) => e.sqlite_error().is_some_and(|e| {
                e.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
                    || e.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            }),
            Failure::Postgres(e) => e.code() == Some(&SqlState::UNIQUE_VIOLATION),
            _ => false,
        }
    }

    /// Whether the same transaction may succeed when it is run once more.
    pub(super) fn is_retryable(&self) -> bool {
        matches!(self, Failure::Postgres(e) if e.code().is_some_and(is_retryable))
    }
}

fn is_retryable(code: &SqlState) -> bool {
    *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED
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
