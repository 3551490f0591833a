//! Consents: active, verifiable, for one purpose, withdrawable (Law 91/2025/QH15).

use jiff::Timestamp;
use thao_base::db::{Arg, ToArg};
use thao_base::{ConsentId, Error, PersonId, Result, RowId, Stamp, Tx, args, row, sql};
use thao_record::{Col, Noun, register};

const SQL: &str = include_str!("consent.sql");

pub const CONSENT: Noun = Noun {
    table: "consent",
    columns: &[
        Col::open("person_id"),
        Col::open("purpose"),
        Col::open("words_version"),
        Col::open("manner"),
        Col::open("context_id"),
        Col::open("witness_id"),
        Col::open("given_at"),
        Col::open("withdrawn_at"),
    ],
};

/// How it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Signed on the printed roll, kept by the unit.
    SignedRoll,
    /// Said before the organiser, who notes it.
    Oral,
    /// Ticked by the person themselves.
    Online,
}

impl Manner {
    pub fn code(self) -> &'static str {
        match self {
            Manner::SignedRoll => "signed_roll",
            Manner::Oral => "oral",
            Manner::Online => "online",
        }
    }

    pub fn from_code(code: &str) -> Option<Manner> {
        [Manner::SignedRoll, Manner::Oral, Manner::Online].into_iter().find(|m| m.code() == code)
    }
}

/// Notes a consent for `purpose` (`training_record`), given to `words_version` of its text.
pub fn add(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    person: PersonId,
    purpose: &str,
    words_version: &str,
    manner: Manner,
    context: Option<RowId>,
) -> Result<ConsentId> {
    let id: ConsentId = stamp.id();
    let values = [
        ("person_id", person.arg()),
        ("purpose", Arg::Text(purpose)),
        ("words_version", Arg::Text(words_version)),
        ("manner", Arg::Text(manner.code())),
        ("context_id", context.arg()),
        ("witness_id", stamp.person.arg()),
        ("given_at", Arg::Time(stamp.at)),
    ];
    let values = values.map(|(name, value)| (name, value.clone()));
    register::insert(tx, stamp, &CONSENT, id, Some(person), &values)?;
    Ok(id)
}

row! {
    #[derive(Debug, Clone)]
    pub struct Consent {
        pub id: ConsentId,
        pub person: PersonId,
        pub purpose: String,
        pub words_version: String,
        pub manner: String,
        pub given_at: Timestamp,
        pub withdrawn_at: Option<Timestamp>,
    }
}

/// All consents of some persons, newest first.
pub fn list_of_persons(tx: &mut Tx<'_>, persons: &[PersonId]) -> Result<Vec<Consent>> {
    tx.list(sql!(SQL, "of_persons"), args![persons])
}

/// Withdraws a consent of one of `persons`; nothing when it is withdrawn already.
///
/// # Errors
/// 404 when there is no such consent, or it is somebody else's.
pub fn withdraw(tx: &mut Tx<'_>, stamp: &Stamp, id: ConsentId, persons: &[PersonId]) -> Result<()> {
    let all = list_of_persons(tx, persons)?;
    let consent = all.into_iter().find(|c| c.id == id).ok_or_else(Error::not_found)?;
    if consent.withdrawn_at.is_none() {
        let values = [("withdrawn_at", Arg::Time(stamp.at))];
        register::update(tx, stamp, &CONSENT, id, Some(consent.person), &values)?;
    }
    Ok(())
}
