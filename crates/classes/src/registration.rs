//! Registrations: who is expected in a class. A person counts once, whatever the number of rows:
//! rows that are one person (a cluster) are one line of the roster.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{ClassId, Error, Id, PersonId, RegistrationId, Result, Stamp, Tx, args, row, sql};
use thao_people::Birth;
use thao_record::register::{self, NewRow};
use thao_record::{Col, Noun};

use crate::consent;

const SQL: &str = include_str!("registration.sql");

pub const REGISTRATION: Noun = Noun {
    table: "registration",
    columns: &[
        Col::open("class_id"),
        Col::open("person_id"),
        Col::open("manner"),
        Col::open("made_at"),
        Col::open("cancelled_at"),
    ],
};

/// How somebody came onto the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Put down by whoever runs the class.
    Organiser,
    /// By themselves, over the link.
    Online,
    /// Came to the meeting without being on the list.
    WalkIn,
}

impl Manner {
    pub fn code(self) -> &'static str {
        match self {
            Manner::Organiser => "organiser",
            Manner::Online => "online",
            Manner::WalkIn => "walk_in",
        }
    }

    pub fn from_code(code: &str) -> Option<Manner> {
        [Manner::Organiser, Manner::Online, Manner::WalkIn].into_iter().find(|m| m.code() == code)
    }
}

row! {
    /// A person of the roster.
    #[derive(Debug, Clone)]
    pub struct Entry {
        pub id: RegistrationId,
        pub person: PersonId,
        /// Stands for all rows that are this person.
        pub canonical: PersonId,
        pub full_name: String,
        pub birth_date: Option<Date>,
        pub birth_year: Option<i16>,
        pub sex: Option<String>,
        /// Where they live or work.
        pub village: Option<String>,
        pub manner: String,
        pub made_at: Timestamp,
        /// Whether they agreed to their training being recorded.
        pub consented: bool,
    }
}

impl Entry {
    pub fn birth(&self) -> Option<Birth> {
        self.birth_date.map(Birth::Day).or(self.birth_year.map(Birth::Year))
    }

    pub fn manner(&self) -> Option<Manner> {
        Manner::from_code(&self.manner)
    }
}

/// Everybody registered for a class, in the order of class rolls (given name first).
pub fn roster(tx: &mut Tx<'_>, class: ClassId, on: Date) -> Result<Vec<Entry>> {
    let rows = tx.list(sql!(SQL, "roster"), args![class, on, consent::PURPOSE])?;
    Ok(once_each(rows))
}

/// Those taken off the list, the last first: to be put back.
pub fn list_cancelled(tx: &mut Tx<'_>, class: ClassId) -> Result<Vec<Entry>> {
    let rows = tx.list(sql!(SQL, "cancelled"), args![class])?;
    Ok(once_each(rows))
}

/// The first row of each person; agreed when any of their rows did.
fn once_each(rows: Vec<Entry>) -> Vec<Entry> {
    let agreed: HashSet<PersonId> =
        rows.iter().filter(|row| row.consented).map(|row| row.canonical).collect();
    let mut seen = HashSet::with_capacity(rows.len());
    let mut out: Vec<Entry> = rows.into_iter().filter(|row| seen.insert(row.canonical)).collect();
    for entry in &mut out {
        entry.consented = agreed.contains(&entry.canonical);
    }
    out
}

/// How many people are registered.
pub fn count(tx: &mut Tx<'_>, class: ClassId) -> Result<i64> {
    tx.value(sql!(SQL, "count"), args![class])
}

row! {
    /// A registration by itself.
    #[derive(Debug, Clone, Copy)]
    pub struct Registration {
        pub id: RegistrationId,
        pub person: PersonId,
        pub canonical: PersonId,
        pub cancelled_at: Option<Timestamp>,
    }
}

/// Registers people; whoever is registered already stays as they are, whoever was taken off is
/// put back. How many were new.
pub fn add(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    class: ClassId,
    persons: &[PersonId],
    manner: Manner,
) -> Result<usize> {
    let canonical: HashMap<PersonId, PersonId> =
        tx.list(sql!(SQL, "canonical"), args![persons])?.into_iter().collect();
    if persons.iter().any(|person| !canonical.contains_key(person)) {
        return Err(Error::invalid("classes.error.no_person"));
    }
    let clusters: Vec<PersonId> =
        canonical.values().copied().collect::<BTreeSet<PersonId>>().into_iter().collect();
    let known: Vec<Registration> = tx.list(sql!(SQL, "of_clusters"), args![class, clusters])?;
    let mut new: Vec<PersonId> = Vec::new();
    let mut back = 0;
    let mut seen = HashSet::new();
    for person in persons {
        let cluster = canonical.get(person).copied().unwrap_or(*person);
        if !seen.insert(cluster) {
            continue;
        }
        match known.iter().find(|known| known.canonical == cluster) {
            None => new.push(*person),
            Some(known) => back += usize::from(restore(tx, stamp, known)?),
        }
    }
    let ids: Vec<RegistrationId> = new.iter().map(|_| stamp.id()).collect();
    let rows = new.iter().zip(&ids).map(|(person, id)| NewRow {
        id: id.uuid(),
        person: Some(*person),
        values: vec![class.arg(), person.arg(), Arg::Text(manner.code()), Arg::Time(stamp.at)],
    });
    let names = ["class_id", "person_id", "manner", "made_at"];
    register::insert_many(tx, stamp, &REGISTRATION, &names, rows.collect())?;
    Ok(new.len() + back)
}

/// Takes a person off the list. Whether they were on it.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] when they attended: their attendance must be taken back first.
pub fn cancel(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    class: ClassId,
    registration: &Registration,
) -> Result<bool> {
    let attended: i64 = tx.value(sql!(SQL, "attended"), args![class, registration.canonical])?;
    if attended > 0 {
        return Err(Error::conflict("classes.error.attended_already"));
    }
    // Every row of the person, or they would still stand on the list.
    let all = list_of_person(tx, class, registration.canonical)?;
    let mut any = false;
    for row in all.iter().filter(|row| row.cancelled_at.is_none()) {
        let values = [("cancelled_at", Arg::Time(stamp.at))];
        any |= register::update(tx, stamp, &REGISTRATION, row.id, Some(row.person), &values)?;
    }
    Ok(any)
}

/// Puts a person back on the list. Whether they were off it.
pub fn restore(tx: &mut Tx<'_>, stamp: &Stamp, registration: &Registration) -> Result<bool> {
    if registration.cancelled_at.is_none() {
        return Ok(false);
    }
    let values = [("cancelled_at", Arg::Null)];
    let person = Some(registration.person);
    register::update(tx, stamp, &REGISTRATION, registration.id, person, &values)
}

/// One registration of a class.
///
/// # Errors
/// 404 when the class has none such.
pub fn get(tx: &mut Tx<'_>, class: ClassId, id: RegistrationId) -> Result<Registration> {
    tx.find(sql!(SQL, "get"), args![class, id])?.ok_or_else(Error::not_found)
}

/// The registrations of one person (by the id that stands for them), those that hold first.
pub fn list_of_person(
    tx: &mut Tx<'_>,
    class: ClassId,
    canonical: PersonId,
) -> Result<Vec<Registration>> {
    tx.list(sql!(SQL, "of_clusters"), args![class, vec![canonical]])
}
