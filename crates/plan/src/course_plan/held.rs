//! What was held of a year's plan, counted from classes, registrations and the record. A class
//! belongs to the year of its first meeting, with all of its meetings.
//!
//! The cost grows with the registrations and attendances of the classes counted, never with the
//! people or the record of the whole province.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::locale::instant_of;
use thao_base::{Id, Result, RowId, Tx, sql};
use thao_web::Scope;

use super::SQL;
use super::rule::Held;

/// What the figures are of. A person counts once in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Row,
    /// The unit in charge.
    Unit,
    Year,
}

impl By {
    fn code(self) -> &'static str {
        match self {
            By::Row => "row",
            By::Unit => "unit",
            By::Year => "year",
        }
    }
}

/// The key of the figures of a whole year.
fn whole() -> RowId {
    RowId::from_uuid(uuid::Uuid::nil())
}

/// What was held of the rows of a year that a scope has to do with, by the id of each row or
/// unit. Rows and units without a class are left out: [`Held::default`].
pub fn held(tx: &mut Tx<'_>, scope: &Scope, year: i32, by: By) -> Result<HashMap<RowId, Held>> {
    let (first, last) = bounds(year);
    let (scope, whole) = (scope.json(), whole());
    let args =
        [scope.arg(), year.arg(), first.arg(), last.arg(), Arg::Text(by.code()), whole.arg()];
    let mut out: HashMap<RowId, Held> = HashMap::new();
    for (of, classes) in tx.list::<(RowId, i64)>(sql!(SQL, "classes"), &args)? {
        out.entry(of).or_default().classes = classes;
    }
    for (of, people) in tx.list::<(RowId, i64)>(sql!(SQL, "registered"), &args)? {
        out.entry(of).or_default().registered = people;
    }
    for (of, people, turns) in tx.list::<(RowId, i64, i64)>(sql!(SQL, "attended"), &args)? {
        let held = out.entry(of).or_default();
        (held.people, held.turns) = (people, turns);
    }
    for (of, finished, passed) in tx.list::<(RowId, i64, i64)>(sql!(SQL, "finished"), &args)? {
        let held = out.entry(of).or_default();
        (held.finished, held.passed) = (finished, passed);
    }
    Ok(out)
}

/// [`held`] of a whole year.
pub fn of_year(found: &HashMap<RowId, Held>) -> Held {
    found.get(&whole()).copied().unwrap_or_default()
}

/// The first and the last instant of a year, in Viet Nam.
fn bounds(year: i32) -> (Timestamp, Timestamp) {
    let day = |year: i32| {
        let year = i16::try_from(year).unwrap_or(i16::MAX);
        instant_of(Date::new(year, 1, 1).unwrap_or(Date::MAX))
    };
    (day(year), day(year + 1) - jiff::SignedDuration::from_micros(1))
}
