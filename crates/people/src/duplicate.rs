//! Rows that may be one person: found when a person is added or changed, decided by somebody.

use jiff::Timestamp;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, Id, PersonId, Result, RowId, Stamp, Tx, UnitId, args, row, sql, text};
use thao_record::register::{self, NewRow};
use thao_record::{Col, Noun};
use thao_web::Scope;

use crate::person::Person;
use crate::{affiliation, cluster};

const SQL: &str = include_str!("duplicate.sql");

pub const DUPLICATE: Noun = Noun {
    table: "duplicate",
    columns: &[
        Col::open("person_a"),
        Col::open("person_b"),
        Col::open("reason"),
        Col::open("found_at"),
        Col::open("decision"),
        Col::open("decided_at"),
    ],
};

/// Why two rows may be one person, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The same identity number.
    CitizenId,
    /// The same name and the same birth, as far as both are known.
    NameBirth,
    /// The same name and the same telephone.
    PhoneName,
}

impl Reason {
    pub const ALL: [Reason; 3] = [Reason::CitizenId, Reason::NameBirth, Reason::PhoneName];

    pub fn code(self) -> &'static str {
        match self {
            Reason::CitizenId => "citizen_id",
            Reason::NameBirth => "name_birth",
            Reason::PhoneName => "phone_name",
        }
    }

    pub fn from_code(code: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// What somebody decided about a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Same,
    Different,
}

impl Decision {
    pub fn code(self) -> &'static str {
        match self {
            Decision::Same => "same",
            Decision::Different => "different",
        }
    }

    pub fn from_code(code: &str) -> Option<Decision> {
        [Decision::Same, Decision::Different].into_iter().find(|d| d.code() == code)
    }
}

/// Why two rows may be one person; `None` when nothing says so. Pure.
///
/// Two different full identity numbers are two persons, whatever else is equal. A birth known by
/// its year only agrees with any day of that year.
pub fn likeness(a: &Person, b: &Person) -> Option<Reason> {
    if let (Some(one), Some(other)) = (&a.citizen_id, &b.citizen_id) {
        return (one == other).then_some(Reason::CitizenId);
    }
    if a.old_id.is_some() && a.old_id == b.old_id {
        return Some(Reason::CitizenId);
    }
    if text::fold(&a.full_name) != text::fold(&b.full_name) {
        return None;
    }
    let births_agree = match (a.birth_date, b.birth_date) {
        (Some(one), Some(other)) => Some(one == other),
        _ => match (a.birth_year, b.birth_year) {
            (Some(one), Some(other)) => Some(one == other),
            _ => None,
        },
    };
    match births_agree {
        Some(true) => Some(Reason::NameBirth),
        Some(false) => None,
        None => (a.phone.is_some() && a.phone == b.phone).then_some(Reason::PhoneName),
    }
}

/// Other rows that may be this person, with why; rows known to be the same are left out. Names
/// are few and birth years fewer: who is known by the year only must share a commune with one of
/// `units`.
pub fn list_candidates(
    tx: &mut Tx<'_>,
    person: &Person,
    units: &[UnitId],
) -> Result<Vec<(Person, Reason)>> {
    let fold = text::fold(&person.full_name);
    let near: Vec<Person> =
        tx.list(sql!(SQL, "near"), args![person.id, person.citizen_id, person.old_id, fold])?;
    let own = cluster::canonical(tx, person.id)?;
    let mut out = Vec::new();
    for other in near {
        let Some(reason) = likeness(person, &other) else { continue };
        let by_year = person.birth_date.is_none() || other.birth_date.is_none();
        let far = reason == Reason::NameBirth && by_year && !is_near(tx, other.id, units)?;
        if !far && cluster::canonical(tx, other.id)? != own {
            out.push((other, reason));
        }
    }
    out.sort_by_key(|(other, reason)| (*reason, other.id));
    Ok(out)
}

fn is_near(tx: &mut Tx<'_>, person: PersonId, units: &[UnitId]) -> Result<bool> {
    let found: Option<(PersonId,)> = tx.find(sql!(SQL, "shares_commune"), args![person, units])?;
    Ok(found.is_some())
}

/// Looks for rows that may be one of these persons and puts the pairs on the list to decide.
/// Pairs on it already, decided or not, stay as they are. How many are new.
pub fn look(tx: &mut Tx<'_>, stamp: &Stamp, persons: &[PersonId]) -> Result<usize> {
    let mut pairs: Vec<(PersonId, PersonId, Reason)> = Vec::new();
    for id in persons {
        let person = crate::person::get(tx, *id)?;
        let belongs = affiliation::list_of_persons(tx, &[*id])?;
        let units: Vec<UnitId> = belongs.iter().map(|a| a.unit).collect();
        for (other, reason) in list_candidates(tx, &person, &units)? {
            let pair = (other.id.min(*id), other.id.max(*id), reason);
            let listed = pairs.iter().any(|(a, b, _)| (*a, *b) == (pair.0, pair.1));
            if !listed && find(tx, pair.0, pair.1)?.is_none() {
                pairs.push(pair);
            }
        }
    }
    let rows = pairs.iter().map(|(a, b, reason)| NewRow {
        id: stamp.id::<RowId>().uuid(),
        person: Some(*a),
        values: vec![a.arg(), b.arg(), Arg::Text(reason.code()), Arg::Time(stamp.at)],
    });
    let names = ["person_a", "person_b", "reason", "found_at"];
    register::insert_many(tx, stamp, &DUPLICATE, &names, rows.collect())?;
    Ok(pairs.len())
}

row! {
    /// A pair on the list.
    #[derive(Debug, Clone)]
    pub struct Pair {
        pub id: RowId,
        pub a: PersonId,
        pub b: PersonId,
        pub reason: String,
        pub found_at: Timestamp,
        pub decision: Option<String>,
        pub decided_at: Option<Timestamp>,
    }
}

impl Pair {
    pub fn reason(&self) -> Option<Reason> {
        Reason::from_code(&self.reason)
    }

    pub fn decision(&self) -> Option<Decision> {
        self.decision.as_deref().and_then(Decision::from_code)
    }
}

/// One pair.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: RowId) -> Result<Pair> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// The pair of two rows, when it is on the list.
pub fn find(tx: &mut Tx<'_>, a: PersonId, b: PersonId) -> Result<Option<Pair>> {
    tx.find(sql!(SQL, "find"), args![a.min(b), a.max(b)])
}

/// Pairs that wait, both of whose persons have ever belonged to a scope; `limit` of them, oldest
/// first.
pub fn list_open(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Pair>> {
    tx.list(sql!(SQL, "open"), args![scope.json(), limit])
}

/// Pairs decided, both of whose persons have ever belonged to a scope; `limit` of them, newest
/// first.
pub fn list_decided(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Pair>> {
    tx.list(sql!(SQL, "decided"), args![scope.json(), limit])
}

/// How many pairs of a scope wait for a decision.
pub fn count_open(tx: &mut Tx<'_>, scope: &Scope) -> Result<i64> {
    tx.value(sql!(SQL, "count_open"), args![scope.json()])
}

/// Decides about a pair: the same person joins the two rows, different ones are taken apart.
///
/// # Errors
/// 404 when there is no such pair.
pub fn decide(tx: &mut Tx<'_>, stamp: &Stamp, id: RowId, decision: Decision) -> Result<()> {
    let pair = get(tx, id)?;
    match decision {
        Decision::Same => {
            cluster::merge(tx, stamp, pair.a, pair.b)?;
        }
        Decision::Different => part(tx, stamp, &pair)?,
    }
    let values = [("decision", Arg::Text(decision.code())), ("decided_at", Arg::Time(stamp.at))];
    if pair.decision() != Some(decision) {
        register::update(tx, stamp, &DUPLICATE, id, Some(pair.a), &values)?;
    }
    Ok(())
}

/// Takes a decision back: the pair waits again, rows joined by it are two again.
pub fn undo(tx: &mut Tx<'_>, stamp: &Stamp, id: RowId) -> Result<()> {
    let pair = get(tx, id)?;
    if pair.decision.is_none() {
        return Ok(());
    }
    part(tx, stamp, &pair)?;
    let values = [("decision", Arg::Null), ("decided_at", Arg::Null)];
    register::update(tx, stamp, &DUPLICATE, id, Some(pair.a), &values)?;
    Ok(())
}

fn part(tx: &mut Tx<'_>, stamp: &Stamp, pair: &Pair) -> Result<()> {
    match cluster::find_merge(tx, pair.a, pair.b)? {
        Some(merge) => cluster::unmerge(tx, stamp, merge),
        None => Ok(()),
    }
}
