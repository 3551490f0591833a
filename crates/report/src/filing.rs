//! Returns: one unit's answer to a form for one period, what it typed and answered, and the steps
//! it took. What may happen when is decided in [`crate::state`].

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{
    Error, PersonId, ReportFormId, ReportLineId, Result, ReturnId, RowId, Stamp, Tx, UnitId, args,
    row, sql,
};
use thao_people::unit::Place;
use thao_record::{Col, Noun, register};

use crate::figure::Figure;
use crate::form::{Form, is_filer};
use crate::period::{Name, Period};
use crate::state::State;

const SQL: &str = include_str!("filing.sql");

pub const RETURN: Noun = Noun {
    table: "report_return",
    columns: &[
        Col::open("form_id"),
        Col::open("period"),
        Col::open("unit_id"),
        Col::open("starts"),
        Col::open("ends"),
        Col::open("due"),
        Col::open("made_at"),
    ],
};
pub const STEP: Noun = Noun {
    table: "report_step",
    columns: &[
        Col::open("return_id"),
        Col::open("no"),
        Col::open("state"),
        Col::personal("reason"),
        Col::open("person_id"),
        Col::open("made_at"),
    ],
};
pub const ENTRY: Noun = Noun {
    table: "report_entry",
    columns: &[
        Col::open("return_id"),
        Col::open("line_id"),
        Col::open("part"),
        Col::open("whole"),
        Col::personal("source"),
        Col::open("made_at"),
    ],
};
pub const ANSWER: Noun = Noun {
    table: "report_answer",
    columns: &[
        Col::open("return_id"),
        Col::open("about"),
        Col::personal("note"),
        Col::open("made_at"),
    ],
};

row! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Return {
        pub id: ReturnId,
        pub form: ReportFormId,
        pub period: String,
        pub unit: UnitId,
        pub starts: Date,
        /// The last day: figures are taken as of it.
        pub ends: Date,
        pub due: Date,
    }
}

impl Return {
    /// The period with the days it had when the return was opened.
    pub fn period(&self) -> Result<Period> {
        let name = Name::from_key(&self.period);
        let name = name.ok_or_else(|| Error::internal(format!("no period: {}", self.period)))?;
        Ok(Period { name, starts: self.starts, ends: self.ends })
    }
}

row! {
    /// Something that happened to a return.
    #[derive(Debug, Clone)]
    pub struct Step {
        pub no: i32,
        pub state_code: String,
        pub reason: Option<String>,
        pub person: Option<PersonId>,
        pub at: Timestamp,
    }
}

impl Step {
    pub fn state(&self) -> State {
        State::from_code(&self.state_code).unwrap_or(State::Open)
    }
}

/// Opens the return of a unit for a period, or gives the one that is open already.
///
/// # Errors
/// 404 when the unit does not file the form or the period is not asked for.
pub fn open(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    form: &Form,
    period: &Period,
    place: &Place,
) -> Result<ReturnId> {
    if !is_filer(form, place) || !form.asks_for(period) {
        return Err(Error::not_found());
    }
    if let Some(found) = find(tx, form.id, &period.name.key(), place.unit)? {
        return Ok(found.id);
    }
    let id: ReturnId = stamp.id();
    let (key, due) = (period.name.key(), form.due(period));
    let values = [
        ("form_id", form.id.arg()),
        ("period", Arg::Text(&key)),
        ("unit_id", place.unit.arg()),
        ("starts", period.starts.arg()),
        ("ends", period.ends.arg()),
        ("due", due.arg()),
        ("made_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &RETURN, id, None, &values)?;
    Ok(id)
}

/// One return.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: ReturnId) -> Result<Return> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// The return of a unit for a period, when it was opened.
pub fn find(
    tx: &mut Tx<'_>,
    form: ReportFormId,
    period: &str,
    unit: UnitId,
) -> Result<Option<Return>> {
    tx.find(sql!(SQL, "find"), args![form, period, unit])
}

/// The steps of a return, the first first.
pub fn steps(tx: &mut Tx<'_>, id: ReturnId) -> Result<Vec<Step>> {
    tx.list(sql!(SQL, "steps"), args![id])
}

/// Adds the step that follows `steps`.
pub(crate) fn add_step(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    id: ReturnId,
    no: i32,
    state: State,
    reason: Option<&str>,
) -> Result<()> {
    let values = [
        ("return_id", id.arg()),
        ("no", no.arg()),
        ("state", Arg::Text(state.code())),
        ("reason", reason.map_or(Arg::Null, Arg::Text)),
        ("person_id", stamp.person.arg()),
        ("made_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &STEP, stamp.id::<RowId>(), None, &values)
}

row! {
    /// Where the return of a unit stands, for lists.
    #[derive(Debug, Clone)]
    pub struct Standing {
        pub id: ReturnId,
        pub form: ReportFormId,
        pub period: String,
        pub unit: UnitId,
        pub due: Date,
        state_code: Option<String>,
        /// When it came to stand so.
        pub since: Timestamp,
        /// When it was last submitted.
        pub submitted_at: Option<Timestamp>,
    }
}

impl Standing {
    pub fn state(&self) -> State {
        self.state_code.as_deref().and_then(State::from_code).unwrap_or(State::Open)
    }
}

/// Every return of a form for a period.
pub fn of_period(tx: &mut Tx<'_>, form: ReportFormId, period: &str) -> Result<Vec<Standing>> {
    tx.list(sql!(SQL, "of_period"), args![form, period])
}

/// Every return of a unit to a form.
pub fn of_unit(tx: &mut Tx<'_>, form: ReportFormId, unit: UnitId) -> Result<Vec<Standing>> {
    tx.list(sql!(SQL, "of_unit"), args![form, unit])
}

/// The returns to a form that wait for a decision, oldest first, at most `most`.
pub fn waiting(tx: &mut Tx<'_>, form: ReportFormId, most: i64) -> Result<Vec<Standing>> {
    tx.list(sql!(SQL, "waiting"), args![form, most])
}

row! {
    struct Typed {
        id: RowId,
        line: ReportLineId,
        part: Option<i64>,
        whole: Option<i64>,
        source: Option<String>,
    }
}

/// What a unit typed, by line.
pub fn entries(tx: &mut Tx<'_>, id: ReturnId) -> Result<HashMap<ReportLineId, Figure>> {
    let rows: Vec<Typed> = tx.list(sql!(SQL, "entries"), args![id])?;
    let figure =
        |row: Typed| (row.line, Figure { part: row.part, whole: row.whole, source: row.source });
    Ok(rows.into_iter().map(figure).collect())
}

/// Keeps what was typed; a line that holds nothing is kept as missing. Whether anything differed.
pub(crate) fn save(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    id: ReturnId,
    typed: &[(ReportLineId, Figure)],
) -> Result<bool> {
    let rows: Vec<Typed> = tx.list(sql!(SQL, "entries"), args![id])?;
    let known: HashMap<ReportLineId, RowId> =
        rows.into_iter().map(|row| (row.line, row.id)).collect();
    let mut differs = false;
    for (line, figure) in typed {
        let mut values = vec![
            ("part", figure.part.arg()),
            ("whole", figure.whole.arg()),
            ("source", figure.source.arg()),
        ];
        match known.get(line) {
            Some(row) => differs |= register::update(tx, stamp, &ENTRY, *row, None, &values)?,
            None if *figure == Figure::default() => {}
            None => {
                values.extend([
                    ("return_id", id.arg()),
                    ("line_id", line.arg()),
                    ("made_at", Arg::Time(stamp.at)),
                ]);
                register::insert(tx, stamp, &ENTRY, stamp.id::<RowId>(), None, &values)?;
                differs = true;
            }
        }
    }
    Ok(differs)
}

/// The notes with which findings were answered, by what they are about.
pub fn answers(tx: &mut Tx<'_>, id: ReturnId) -> Result<HashMap<String, String>> {
    let rows: Vec<(RowId, String, String)> = tx.list(sql!(SQL, "answers"), args![id])?;
    Ok(rows.into_iter().map(|(_, about, note)| (about, note)).collect())
}

/// Answers a finding, or changes the answer.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    id: ReturnId,
    about: &str,
    note: &str,
) -> Result<()> {
    let rows: Vec<(RowId, String, String)> = tx.list(sql!(SQL, "answers"), args![id])?;
    match rows.iter().find(|(_, known, _)| known == about) {
        Some((row, ..)) => {
            register::update(tx, stamp, &ANSWER, *row, None, &[("note", Arg::Text(note))])?;
        }
        None => {
            let values = [
                ("return_id", id.arg()),
                ("about", Arg::Text(about)),
                ("note", Arg::Text(note)),
                ("made_at", Arg::Time(stamp.at)),
            ];
            register::insert(tx, stamp, &ANSWER, stamp.id::<RowId>(), None, &values)?;
        }
    }
    Ok(())
}
