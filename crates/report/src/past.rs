//! Returns that were filed before: many at once, each with its steps and figures as they were.

use jiff::Timestamp;
use thao_base::db::{Arg, ToArg};
use thao_base::{Id, PersonId, Result, ReturnId, RowId, Stamp, Tx, UnitId};
use thao_record::register::{self, NewRow};

use crate::figure::Figure;
use crate::filing::{ENTRY, RETURN, Return, STEP};
use crate::form::{Entry, Form, Line};
use crate::lock::{FIGURE, LOCK, hash};
use crate::period::Period;
use crate::state::State;

/// A step that was taken.
#[derive(Debug, Clone)]
pub struct PastStep {
    pub state: State,
    pub reason: Option<String>,
    pub person: Option<PersonId>,
    pub at: Timestamp,
}

/// A return that was filed.
#[derive(Debug, Clone)]
pub struct Past {
    pub unit: UnitId,
    pub opened: Timestamp,
    pub steps: Vec<PastStep>,
    /// The figure of each line, typed or computed.
    pub figures: Vec<(Line, Figure)>,
}

/// Adds the returns of a period; those whose last step is [`State::Locked`] with their locks.
pub fn add_many(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    form: &Form,
    period: &Period,
    all: &[Past],
) -> Result<()> {
    let id = || stamp.id::<RowId>().uuid();
    let key = period.name.key();
    let due = form.due(period);
    let filed: Vec<Return> = all
        .iter()
        .map(|past| Return {
            id: stamp.id::<ReturnId>(),
            form: form.id,
            period: key.clone(),
            unit: past.unit,
            starts: period.starts,
            ends: period.ends,
            due,
        })
        .collect();
    let rows = all.iter().zip(&filed).map(|(past, filed)| NewRow {
        id: filed.id.uuid(),
        person: None,
        values: vec![
            form.id.arg(),
            Arg::Text(&key),
            past.unit.arg(),
            period.starts.arg(),
            period.ends.arg(),
            due.arg(),
            Arg::Time(past.opened),
        ],
    });
    let names = ["form_id", "period", "unit_id", "starts", "ends", "due", "made_at"];
    register::insert_many(tx, stamp, &RETURN, &names, rows.collect())?;

    let steps = all.iter().zip(&filed).flat_map(|(past, filed)| {
        past.steps.iter().zip(1_i32..).map(|(step, no)| (filed.id, step, no))
    });
    let steps: Vec<(ReturnId, &PastStep, i32)> = steps.collect();
    let rows = steps.iter().map(|(of, step, no)| NewRow {
        id: id(),
        person: None,
        values: vec![
            of.arg(),
            no.arg(),
            Arg::Text(step.state.code()),
            step.reason.as_deref().map_or(Arg::Null, Arg::Text),
            step.person.as_ref().map_or(Arg::Null, ToArg::arg),
            Arg::Time(step.at),
        ],
    });
    let names = ["return_id", "no", "state", "reason", "person_id", "made_at"];
    register::insert_many(tx, stamp, &STEP, &names, rows.collect())?;

    let mut entries = Vec::new();
    let mut locks = Vec::new();
    let mut figures = Vec::new();
    for (past, filed) in all.iter().zip(&filed) {
        let typed = past.figures.iter().filter(|(line, _)| line.entry() != Entry::Target);
        entries.extend(typed.map(|(line, figure)| (filed.id, line, figure, past.opened)));
        if let Some(last) = past.steps.last().filter(|step| step.state == State::Locked) {
            let lines = past.figures.iter().map(|(line, figure)| (line.code.as_str(), figure));
            locks.push((filed.id, hash(filed, lines), last));
            figures.extend(past.figures.iter().map(|(line, figure)| (filed.id, line, figure)));
        }
    }
    let rows = entries.iter().map(|(of, line, figure, at)| NewRow {
        id: id(),
        person: None,
        values: vec![
            of.arg(),
            line.id.arg(),
            figure.part.arg(),
            figure.whole.arg(),
            figure.source.as_deref().map_or(Arg::Null, Arg::Text),
            Arg::Time(*at),
        ],
    });
    let names = ["return_id", "line_id", "part", "whole", "source", "made_at"];
    register::insert_many(tx, stamp, &ENTRY, &names, rows.collect())?;
    let rows = locks.iter().map(|(of, hash, step)| NewRow {
        id: id(),
        person: None,
        values: vec![
            of.arg(),
            Arg::Text(hash),
            step.person.as_ref().map_or(Arg::Null, ToArg::arg),
            Arg::Time(step.at),
        ],
    });
    let names = ["return_id", "hash", "person_id", "made_at"];
    register::insert_many(tx, stamp, &LOCK, &names, rows.collect())?;
    let rows = figures.iter().map(|(of, line, figure)| NewRow {
        id: id(),
        person: None,
        values: vec![of.arg(), line.id.arg(), figure.part.arg(), figure.whole.arg()],
    });
    register::insert_many(
        tx,
        stamp,
        &FIGURE,
        &["return_id", "line_id", "part", "whole"],
        rows.collect(),
    )
}
