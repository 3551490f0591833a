//! The steps of a file: working out what its rows would do, doing it, taking it back. Each goes
//! through the rows in chunks; a chunk is one transaction that also says how far it came, so an
//! interruption anywhere leaves whole chunks and the next run goes on after them.

use jiff::civil::Date;
use thao_base::{AccountId, Result, Stamp, Tx};

use super::file::{self, File, State};
use super::kind::{Desk, Drafted, Ground, Reach};
use super::note::Note;
use super::row::{self, Came, Decision, NewRow, Outcome, Plan, Row};
use crate::account;

/// Rows worked out in one transaction.
pub const PLAN_CHUNK: usize = 1000;
/// Rows done, or taken back, in one transaction.
pub const CHUNK: usize = 200;

/// Works out the rows of a chunk and keeps them.
pub(super) fn plan(
    tx: &mut Tx<'_>,
    desk: &Desk,
    file: &File,
    rows: &[Drafted],
    today: Date,
) -> Result<()> {
    let Some(last) = rows.last() else { return Ok(()) };
    let reach = Reach::of(tx, file.account, desk.action, today)?;
    let ground = Ground { file, reach: &reach, today, applying: false };
    let plans = work_out(tx, desk, ground, rows)?;
    let kept = rows.iter().zip(&plans).map(|(row, plan)| {
        let to_mend = !plan.outcome.acts() && plan.outcome != Outcome::Same;
        // A row that acts may still be left when its ground changes: its cells are kept too.
        let cells = to_mend || plan.outcome.acts();
        NewRow {
            no: row.no,
            draft: &row.draft,
            cells: cells.then(|| row.cells.iter().map(String::as_str).collect()),
            plan,
        }
    });
    row::add_many(tx, file.id, &kept.collect::<Vec<_>>())?;
    file::reach(tx, file.id, last.no)
}

/// All rows are worked out.
pub(super) fn end_plan(tx: &mut Tx<'_>, stamp: &Stamp, file: &File) -> Result<()> {
    file::enter(tx, file.id, State::Ready, stamp.at)
}

/// Plans for rows; those that cannot be understood are refused without looking anything up.
pub(super) fn work_out(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ground: Ground<'_>,
    rows: &[Drafted],
) -> Result<Vec<Plan>> {
    let clear: Vec<Drafted> = rows.iter().filter(|row| !row.refused).cloned().collect();
    let mut plans = desk.kind.plan(tx, ground, &clear)?.into_iter();
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let mut plan = match row.refused {
            true => Plan {
                outcome: Outcome::Refuse,
                notes: Vec::new(),
                person: None,
                deed: serde_json::Value::Null,
            },
            false => plans
                .next()
                .ok_or_else(|| thao_base::Error::internal("a row was not worked out"))?,
        };
        let mut notes = row.notes.clone();
        notes.extend(plan.notes.drain(..).map(|note| Note { looked_up: true, ..note }));
        out.push(Plan { notes, ..plan });
    }
    Ok(out)
}

/// Works a row out anew with a decision; whether it was one to decide about.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    desk: &Desk,
    file: &File,
    (no, decision): (i32, Option<Decision>),
) -> Result<bool> {
    let row = row::get(tx, file.id, no)?;
    if row.decision == decision || (row.outcome != Outcome::Ask && row.decision.is_none()) {
        return Ok(false);
    }
    let reach = Reach::of(tx, stamp.account, desk.action, stamp.today())?;
    let ground = Ground { file, reach: &reach, today: stamp.today(), applying: false };
    let again = Drafted { decision, ..Drafted::again(&row) };
    let Some(plan) = work_out(tx, desk, ground, &[again])?.pop() else { return Ok(false) };
    let read = row.notes.into_iter().filter(|note| !note.looked_up);
    let plan = Plan { notes: read.chain(plan.notes).collect(), ..plan };
    row::set_plan(tx, file.id, no, &plan, decision)?;
    Ok(true)
}

/// Does the next chunk of what was announced. How many rows it went through; 0 at the end, when
/// the step is over.
pub(super) fn apply(tx: &mut Tx<'_>, stamp: &Stamp, desk: &Desk, file: &File) -> Result<usize> {
    let rows = row::list_to_apply(tx, file.id, file.at_row, most(CHUNK))?;
    let Some(last) = rows.last().map(|row| row.no) else {
        file::enter(tx, file.id, State::Applied, stamp.at)?;
        return Ok(0);
    };
    let count = rows.len();
    let today = stamp.today();
    let reach = Reach::of(tx, stamp.account, desk.action, today)?;
    let ground = Ground { file, reach: &reach, today, applying: true };
    let again: Vec<Drafted> = rows.iter().map(Drafted::again).collect();
    let plans = work_out(tx, desk, ground, &again)?;
    let (mut doing, mut left) = (Vec::with_capacity(count), Vec::new());
    for (mut row, plan) in rows.into_iter().zip(plans) {
        if plan.does_same(&row) {
            row.came = Some(Came::Done);
            doing.push(row);
        } else {
            row.came = Some(Came::Left);
            row.notes.push(Note::new("people.imports.note.ground_changed"));
            row.notes.extend(plan.notes.into_iter().filter(|_| !plan.outcome.acts()));
            left.push(row);
        }
    }
    desk.kind.apply(tx, stamp, file, &mut doing)?;
    row::settle(tx, file.id, &doing)?;
    row::settle(tx, file.id, &left)?;
    file::reach(tx, file.id, last)?;
    Ok(count)
}

/// Takes the next chunk of what was done back. How many rows it went through; 0 at the end.
pub(super) fn undo(tx: &mut Tx<'_>, stamp: &Stamp, desk: &Desk, file: &File) -> Result<usize> {
    let mut rows = row::list_to_undo(tx, file.id, file.at_row, most(CHUNK))?;
    let Some(last) = rows.last().map(|row| row.no) else {
        file::enter(tx, file.id, State::Undone, stamp.at)?;
        return Ok(0);
    };
    let count = rows.len();
    desk.kind.undo(tx, stamp, file, &mut rows)?;
    row::settle(tx, file.id, &rows)?;
    file::reach(tx, file.id, last)?;
    Ok(count)
}

/// The rest of a step in one transaction, when it is a chunk or less; `false` when it is more.
pub(super) fn finish_small(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    desk: &Desk,
    id: thao_base::ImportId,
) -> Result<bool> {
    let file = file::get(tx, desk.code, id)?;
    let rows: Vec<Row> = match file.state() {
        State::Applying => row::list_to_apply(tx, id, file.at_row, most(CHUNK + 1))?,
        State::Undoing => row::list_to_undo(tx, id, file.at_row, most(CHUNK + 1))?,
        State::Planning | State::Ready | State::Applied | State::Undone => return Ok(true),
    };
    if CHUNK < rows.len() {
        return Ok(false);
    }
    loop {
        let file = file::get(tx, desk.code, id)?;
        let gone = match file.state() {
            State::Applying => apply(tx, stamp, desk, &file)?,
            State::Undoing => undo(tx, stamp, desk, &file)?,
            State::Planning | State::Ready | State::Applied | State::Undone => return Ok(true),
        };
        if gone == 0 {
            return Ok(true);
        }
    }
}

/// The circumstances of an act of an account, with its person.
pub(super) fn by(tx: &mut Tx<'_>, stamp: Stamp, who: Option<AccountId>) -> Result<Stamp> {
    let Some(id) = who else { return Ok(stamp) };
    Ok(Stamp { person: Some(account::get(tx, id)?.person), account: who, ..stamp })
}

fn most(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
