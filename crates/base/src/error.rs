//! What can go wrong, as a person would be told it.
//!
//! An [`Error`] is a kind (which decides the HTTP status and who must act), a key into the words
//! (`locales/`), the values for its places, the field it belongs to, and the cause for the log.
//! Store functions, rules and handlers all return it; a domain enum exists only where a caller
//! branches on the case.

use std::fmt;

use crate::Lang;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Who must do something about it, and the HTTP status that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing is there, or the actor may not know that it is (404).
    NotFound,
    /// The actor may know of it but not do this (403).
    Forbidden,
    /// Nobody is signed in (401, or the sign-in page).
    SignIn,
    /// What was sent is not right; the person can mend it (422).
    Invalid,
    /// Somebody else was faster, or it was done already (409).
    Conflict,
    /// More was sent than is taken (413).
    TooLarge,
    /// Too often in too short a time (429).
    TooMany,
    /// It will work later: database unreachable, disk full (503).
    Unavailable,
    /// A defect of ours (500).
    Internal,
}

pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    key: &'static str,
    args: Vec<(&'static str, String)>,
    field: Option<&'static str>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error told by the words under `key`.
    pub fn new(kind: Kind, key: &'static str) -> Error {
        Error(Box::new(Inner { kind, key, args: Vec::new(), field: None, cause: None }))
    }

    pub fn not_found() -> Error {
        Error::new(Kind::NotFound, "base.error.not_found")
    }

    pub fn forbidden() -> Error {
        Error::new(Kind::Forbidden, "base.error.forbidden")
    }

    pub fn invalid(key: &'static str) -> Error {
        Error::new(Kind::Invalid, key)
    }

    pub fn conflict(key: &'static str) -> Error {
        Error::new(Kind::Conflict, key)
    }

    /// A defect: `what` goes to the log, the person is told that it is ours.
    pub fn internal(what: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error::new(Kind::Internal, "base.error.internal").because(what)
    }

    /// Fills the place `{name}` of the words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Error {
        self.0.args.push((name, value.to_string()));
        self
    }

    /// Names the form field that must be mended.
    #[must_use]
    pub fn field(mut self, field: &'static str) -> Error {
        self.0.field = Some(field);
        self
    }

    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        self.0.cause = Some(cause.into());
        self
    }

    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    pub fn key(&self) -> &'static str {
        self.0.key
    }

    /// The values for the places of the words.
    pub fn args(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.args.iter().map(|(name, value)| (*name, value.as_str()))
    }

    pub fn field_name(&self) -> Option<&'static str> {
        self.0.field
    }

    /// The sentence for the person.
    pub fn words(&self, lang: Lang) -> String {
        let args: Vec<(&str, &dyn fmt::Display)> =
            self.0.args.iter().map(|(name, value)| (*name, value as &dyn fmt::Display)).collect();
        lang.f(self.0.key, &args)
    }

    /// The database error underneath, if one is.
    pub fn db(&self) -> Option<&crate::db::Failure> {
        self.0.cause.as_deref()?.downcast_ref()
    }

    /// Whether a unique constraint refused the row, so that the caller can name the field.
    pub fn is_duplicate(&self) -> bool {
        self.db().is_some_and(crate::db::Failure::is_duplicate)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.0.kind, self.0.key)?;
        for (name, value) in &self.0.args {
            write!(f, " {name}={value}")?;
        }
        if let Some(cause) = &self.0.cause {
            write!(f, ": {cause}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Error {
        match e.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                Error::new(Kind::Unavailable, "base.error.disk_full").because(e)
            }
            _ => Error::internal(e),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(e: serde_json::Error) -> Error {
        Error::internal(e)
    }
}
