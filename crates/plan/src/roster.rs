//! The people behind a number: those of the audience in a unit on a day, met or not, by name.

use jiff::civil::Date;
use thao_base::{MeasureId, PersonId, Result, Tx, args, row, sql, text};
use thao_record::evidence::day;
use thao_web::Span;

use crate::readings;

const SQL: &str = include_str!("roster.sql");

/// More people than this are walked in the order of their names; fewer are fetched and sorted.
const MANY: i64 = 20_000;

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    All,
    Met,
    NotMet,
}

impl Which {
    pub const ALL: [Which; 3] = [Which::All, Which::Met, Which::NotMet];

    pub fn code(self) -> &'static str {
        match self {
            Which::All => "all",
            Which::Met => "met",
            Which::NotMet => "not",
        }
    }

    pub fn from_code(code: &str) -> Option<Which> {
        Which::ALL.into_iter().find(|which| which.code() == code)
    }

    fn met(self) -> Option<bool> {
        match self {
            Which::All => None,
            Which::Met => Some(true),
            Which::NotMet => Some(false),
        }
    }
}

row! {
    /// Somebody behind a number.
    #[derive(Debug, Clone)]
    pub struct Line {
        pub id: PersonId,
        pub full_name: String,
        pub birth_date: Option<Date>,
        pub birth_year: Option<i16>,
        pub sort: String,
        pub met: bool,
        /// Where they belong; of several units the first in the tree.
        pub unit: String,
    }
}

/// After whom a page goes on.
#[derive(Debug, Clone)]
pub struct After {
    pub sort: String,
    pub id: PersonId,
}

impl After {
    /// The place of a person in the order; none when there is no such person.
    pub fn of(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<After>> {
        let found = tx.find::<(String,)>(sql!(SQL, "sort_of"), args![id])?;
        Ok(found.map(|(sort,)| After { sort, id }))
    }
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    pub measure: MeasureId,
    pub within: Span,
    pub on: Date,
    pub which: Which,
    /// Looked for at the start of any word of the name, without accents.
    pub search: String,
}

/// `limit` people after `after`, in Vietnamese order. None until the measure's first book is
/// whole.
pub fn page(
    tx: &mut Tx<'_>,
    asked: &Asked,
    after: Option<&After>,
    limit: i64,
) -> Result<Option<Vec<Line>>> {
    let Some(no) = readings::open(tx, asked.measure)? else { return Ok(None) };
    let on = day(asked.on);
    let Span { lo, hi } = asked.within;
    let some: i64 = tx.value(sql!(SQL, "some"), args![no, lo, hi, MANY + 1])?;
    let search = text::fold(&asked.search);
    let first = (!search.is_empty()).then(|| format!("{search}%"));
    let inner = (!search.is_empty()).then(|| format!("% {search}%"));
    let (sort, id) = (after.map(|after| &after.sort), after.map(|after| after.id));
    let met = asked.which.met();
    let sql = if some <= MANY { sql!(SQL, "page_of_few") } else { sql!(SQL, "page_of_many") };
    Ok(Some(tx.list(sql, args![no, lo, hi, on, met, first, inner, sort, id, limit])?))
}
