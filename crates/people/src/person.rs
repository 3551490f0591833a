//! Persons: who they are, as little of it as the work needs.

use jiff::Timestamp;
use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, Id, PersonId, Result, Stamp, Tx, args, row, sql, text};
use thao_record::register::{self, NewRow};
use thao_record::{Col, Noun};

use crate::cluster;

const SQL: &str = include_str!("person.sql");

pub const PERSON: Noun = Noun {
    table: "person",
    columns: &[
        Col::personal("full_name"),
        Col::personal("name_fold"),
        Col::personal("name_sort"),
        Col::personal("birth_date"),
        Col::personal("birth_year"),
        Col::personal("sex"),
        Col::personal("ethnicity"),
        Col::personal("citizen_id"),
        Col::personal("old_id"),
        Col::personal("phone"),
        Col::personal("email"),
        Col::open("created_at"),
    ],
};

/// A birthday, or only its year: many papers of older people give no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Birth {
    Day(Date),
    Year(i16),
}

impl Birth {
    pub fn year(self) -> i16 {
        match self {
            Birth::Day(date) => date.year(),
            Birth::Year(year) => year,
        }
    }

    /// The day ages are counted from; somebody known by the year only counts from 1 January.
    pub fn day(self) -> Date {
        match self {
            Birth::Day(date) => date,
            Birth::Year(year) => Date::new(year, 1, 1).unwrap_or(Date::MIN),
        }
    }
}

/// A person about to be added. Texts are tidied and keys computed here.
#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    pub full_name: String,
    pub birth: Option<Birth>,
    /// `male`, `female`.
    pub sex: Option<String>,
    pub ethnicity: Option<String>,
    /// Twelve digits (căn cước).
    pub citizen_id: Option<String>,
    /// Nine digits (chứng minh nhân dân).
    pub old_id: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

row! {
    #[derive(Debug, Clone)]
    pub struct Person {
        pub id: PersonId,
        pub full_name: String,
        pub birth_date: Option<Date>,
        pub birth_year: Option<i16>,
        pub sex: Option<String>,
        pub ethnicity: Option<String>,
        pub citizen_id: Option<String>,
        pub old_id: Option<String>,
        pub phone: Option<String>,
        pub email: Option<String>,
        pub created_at: Timestamp,
    }
}

impl Person {
    pub fn birth(&self) -> Option<Birth> {
        self.birth_date.map(Birth::Day).or(self.birth_year.map(Birth::Year))
    }
}

const NAMES: [&str; 12] = [
    "full_name",
    "name_fold",
    "name_sort",
    "birth_date",
    "birth_year",
    "sex",
    "ethnicity",
    "citizen_id",
    "old_id",
    "phone",
    "email",
    "created_at",
];

/// Adds persons with ids made by the caller.
pub fn add_many(tx: &mut Tx<'_>, stamp: &Stamp, people: &[(PersonId, NewPerson)]) -> Result<()> {
    let keys: Vec<[String; 3]> = people
        .iter()
        .map(|(_, person)| {
            let name = text::tidy(&person.full_name);
            [text::fold(&name), text::name_sort_key(&name), name]
        })
        .collect();
    let rows = people.iter().zip(&keys).map(|((id, person), [fold, sort, name])| {
        let date = match person.birth {
            Some(Birth::Day(date)) => Arg::Date(date),
            _ => Arg::Null,
        };
        NewRow {
            id: id.uuid(),
            person: Some(*id),
            values: vec![
                Arg::Text(name),
                Arg::Text(fold),
                Arg::Text(sort),
                date,
                person.birth.map_or(Arg::Null, |birth| Arg::Int(i64::from(birth.year()))),
                person.sex.as_ref().map_or(Arg::Null, ToArg::arg),
                person.ethnicity.as_ref().map_or(Arg::Null, ToArg::arg),
                person.citizen_id.as_ref().map_or(Arg::Null, ToArg::arg),
                person.old_id.as_ref().map_or(Arg::Null, ToArg::arg),
                person.phone.as_ref().map_or(Arg::Null, ToArg::arg),
                person.email.as_ref().map_or(Arg::Null, ToArg::arg),
                Arg::Time(stamp.at),
            ],
        }
    });
    register::insert_many(tx, stamp, &PERSON, &NAMES, rows.collect())
}

/// Adds one person.
pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, person: NewPerson) -> Result<PersonId> {
    let id = stamp.id();
    add_many(tx, stamp, &[(id, person)])?;
    Ok(id)
}

/// Changes a person to what `person` says; fields that are `None` there stay as they are. A year
/// of birth keeps a date of that year and clears one of another. Whether anything differed.
pub fn edit(tx: &mut Tx<'_>, stamp: &Stamp, id: PersonId, person: &NewPerson) -> Result<bool> {
    let name = text::tidy(&person.full_name);
    let (fold, sort) = (text::fold(&name), text::name_sort_key(&name));
    let mut values: Vec<(&'static str, Arg<'_>)> = Vec::new();
    if !name.is_empty() {
        values.push(("full_name", Arg::Text(&name)));
        values.push(("name_fold", Arg::Text(&fold)));
        values.push(("name_sort", Arg::Text(&sort)));
    }
    if let Some(birth) = person.birth {
        match birth {
            Birth::Day(date) => values.push(("birth_date", Arg::Date(date))),
            Birth::Year(year) => {
                let known = get(tx, id)?.birth_date;
                if known.is_some_and(|date| date.year() != year) {
                    values.push(("birth_date", Arg::Null));
                }
            }
        }
        values.push(("birth_year", Arg::Int(i64::from(birth.year()))));
    }
    let texts = [
        ("sex", &person.sex),
        ("ethnicity", &person.ethnicity),
        ("citizen_id", &person.citizen_id),
        ("old_id", &person.old_id),
        ("phone", &person.phone),
        ("email", &person.email),
    ];
    for (column, value) in texts {
        if let Some(value) = value {
            values.push((column, Arg::Text(value)));
        }
    }
    if values.is_empty() {
        return Ok(false);
    }
    register::update(tx, stamp, &PERSON, id, Some(id), &values)
}

/// Changes a person to exactly what `person` says: fields that are `None` there are cleared.
/// Whether anything differed.
pub fn replace(tx: &mut Tx<'_>, stamp: &Stamp, id: PersonId, person: &NewPerson) -> Result<bool> {
    let name = text::tidy(&person.full_name);
    let (fold, sort) = (text::fold(&name), text::name_sort_key(&name));
    let date = match person.birth {
        Some(Birth::Day(date)) => Some(date),
        Some(Birth::Year(_)) | None => None,
    };
    let year = person.birth.map(Birth::year);
    let values = [
        ("full_name", Arg::Text(&name)),
        ("name_fold", Arg::Text(&fold)),
        ("name_sort", Arg::Text(&sort)),
        ("birth_date", date.arg()),
        ("birth_year", year.arg()),
        ("sex", person.sex.arg()),
        ("ethnicity", person.ethnicity.arg()),
        ("citizen_id", person.citizen_id.arg()),
        ("old_id", person.old_id.arg()),
        ("phone", person.phone.arg()),
        ("email", person.email.arg()),
    ];
    register::update(tx, stamp, &PERSON, id, Some(id), &values)
}

/// One person.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: PersonId) -> Result<Person> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// Persons with this citizen number.
pub fn list_by_citizen_id(tx: &mut Tx<'_>, citizen_id: &str) -> Result<Vec<Person>> {
    tx.list(sql!(SQL, "by_citizen_id"), args![citizen_id])
}

/// Persons whose folded name is this, born in this year or with no year known.
pub fn list_by_name(tx: &mut Tx<'_>, name: &str, year: Option<i16>) -> Result<Vec<Person>> {
    tx.list(sql!(SQL, "by_name"), args![text::fold(name), year])
}

/// The positions of the units a person belongs to on a day, for [`thao_web::Resource::Person`]:
/// of all rows that are this person. Somebody who belongs nowhere now is looked after by the unit
/// they belonged to last, and else by the whole province.
pub fn positions(tx: &mut Tx<'_>, id: PersonId, on: Date) -> Result<Vec<i64>> {
    let canonical = cluster::canonical(tx, id)?;
    let rows = cluster::members(tx, canonical)?;
    let now: Vec<i64> = tx.values(sql!(SQL, "positions"), args![rows, on])?;
    if !now.is_empty() {
        return Ok(now);
    }
    let last: Vec<i64> = tx.values(sql!(SQL, "last_position"), args![rows])?;
    Ok(if last.is_empty() { vec![0] } else { last })
}

pub use list::{After, Line, Wanted, list_before, list_page, list_wanted};

mod list;
