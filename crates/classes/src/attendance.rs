//! Attendance: who was at a meeting, kept as statements of the record.
//!
//! A tick appends a statement (attended, the meeting as its context, the course as its activity,
//! the class's unit); an un-tick voids it. What happened is dated by the meeting, not by when
//! somebody found the time to tick.

use std::collections::HashMap;

use jiff::Timestamp;
use thao_base::db::{Arg, ToArg};
use thao_base::{
    Error, Id, MeetingId, PersonId, Result, RowId, Stamp, StatementId, SubmissionId, Tx, args,
    cast, row, sql,
};
use thao_people::cluster;
use thao_record::statement::{self, Draft};
use thao_record::{Col, Noun, Verb, register};

use crate::class::{self, Class};
use crate::meeting::{self, Meeting};
use crate::registration::Entry;
use crate::schedule::State;
use crate::sheet::{Mark, Sheet, Step, Stranger};
use crate::submission;

const SQL: &str = include_str!("attendance.sql");

/// Why attendance was changed after its meeting was closed.
pub const CORRECTION: Noun = Noun {
    table: "attendance_correction",
    columns: &[
        Col::open("meeting_id"),
        Col::open("people"),
        Col::personal("reason"),
        Col::open("made_at"),
    ],
};

/// How many are present, of how many on the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub present: usize,
    pub all: usize,
}

/// What marks did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Marks that changed something.
    pub changed: usize,
    pub count: Count,
    /// Who was named and is not registered: nothing was recorded of them.
    pub skipped: Vec<PersonId>,
}

/// The sheet of a meeting as it stands, for a roster.
pub fn sheet(tx: &mut Tx<'_>, meeting: MeetingId, roster: &[Entry]) -> Result<Sheet> {
    let mut sheet = Sheet::default();
    let mut canonical: HashMap<PersonId, PersonId> = HashMap::with_capacity(roster.len() * 2);
    for entry in roster {
        canonical.insert(entry.person, entry.canonical);
        canonical.insert(entry.canonical, entry.canonical);
    }
    for (person, stands) in &canonical {
        sheet.expect(*person, *stands);
    }
    for statement in statement::list_of_context(tx, cast(meeting))? {
        sheet.see(statement.id);
        let stands = statement.voided_by.is_none() && statement.verb() == Some(Verb::Attended);
        let Some(person) = statement.person.filter(|_| stands) else { continue };
        let known = match canonical.get(&person) {
            Some(known) => *known,
            // A row of the person that was not registered itself.
            None => cluster::canonical(tx, person)?,
        };
        sheet.attended(statement.id, known);
    }
    Ok(sheet)
}

/// Takes ticks and un-ticks in, but for people who are not registered: one who was taken off the
/// list meanwhile must not cost the ticks of the others. `reason` is what a correction after
/// closing was made for.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] before a meeting's time, for ticks in a class that was cancelled
/// (un-ticks are welcome), and after closing when there is no reason. Marks that were seen before
/// are no error at any time: their answer was lost on the way.
pub fn mark(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    class: &Class,
    meeting: &Meeting,
    roster: &[Entry],
    marks: &[Mark],
    reason: Option<&str>,
) -> Result<Marked> {
    let mut sheet = sheet(tx, meeting.id, roster)?;
    remembered(tx, &mut sheet, marks)?;
    let mut steps = Vec::with_capacity(marks.len());
    let mut skipped = Vec::new();
    for mark in marks {
        let mut mark = *mark;
        if !sheet.is_expected(mark.person) && !sheet.has_seen(mark.id) {
            // Named by a row that was joined with a registered one since the page was shown.
            let canonical = cluster::canonical(tx, mark.person)?;
            if let Some(entry) = roster.iter().find(|entry| entry.canonical == canonical) {
                mark.person = entry.person;
            }
        }
        match sheet.take(mark) {
            Ok(Step::Again) => {}
            Ok(step) => steps.push(step),
            Err(Stranger) => skipped.push(mark.person),
        }
    }
    if !steps.is_empty() {
        may_mark(meeting, stamp.at, reason)?;
    }
    if steps.iter().any(|step| matches!(step, Step::Attend { .. })) {
        class::refuse_cancelled(class)?;
    }
    let changed = steps.iter().filter(|step| !matches!(step, Step::Same { .. })).count();
    if let Some(reason) = reason.filter(|_| changed > 0) {
        correct(tx, stamp, meeting.id, changed, reason)?;
    }
    let same: Vec<StatementId> = steps
        .iter()
        .filter_map(|step| match step {
            Step::Same { id } => Some(*id),
            _ => None,
        })
        .collect();
    submission::remember(tx, stamp, &same)?;
    let attended: Vec<Draft> =
        steps.iter().filter_map(|step| attended(stamp, class, meeting, step)).collect();
    statement::append(tx, stamp, &attended)?;
    // A tick may be taken back in the batch that made it: what is taken back must stand first.
    let mut taken_back = Vec::new();
    for step in &steps {
        taken_back.extend(voidings(tx, stamp, class, meeting, step)?);
    }
    statement::append(tx, stamp, &taken_back)?;
    let present = roster.iter().filter(|entry| sheet.is_present(entry.canonical)).count();
    Ok(Marked { changed, count: Count { present, all: roster.len() }, skipped })
}

/// The id of a mark that came with a whole form: the same form sent again gives the same ids.
pub fn mark_id(form: SubmissionId, person: PersonId, present: bool) -> StatementId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(form.uuid().as_bytes());
    hasher.update(person.uuid().as_bytes());
    hasher.update(&[u8::from(present)]);
    let digest = hasher.finalize();
    // The form's time stays in front, so that ids sort by when they were made.
    let mut bytes = *form.uuid().as_bytes();
    for (byte, other) in bytes.iter_mut().skip(6).zip(digest.as_bytes()) {
        *byte = *other;
    }
    StatementId::from_uuid(
        uuid::Builder::from_bytes(bytes)
            .with_variant(uuid::Variant::RFC4122)
            .with_version(uuid::Version::SortRand)
            .into_uuid(),
    )
}

/// How many were present in each of some meetings; those nobody attended are left out.
pub fn counts(tx: &mut Tx<'_>, meetings: &[MeetingId]) -> Result<HashMap<MeetingId, i64>> {
    let found: Vec<(MeetingId, i64)> = tx.list(sql!(SQL, "present_counts"), args![meetings])?;
    Ok(found.into_iter().collect())
}

/// Who was present in which of some meetings, by the id that stands for the person.
pub fn list_present(tx: &mut Tx<'_>, meetings: &[MeetingId]) -> Result<Vec<(MeetingId, PersonId)>> {
    tx.list(sql!(SQL, "present_in"), args![meetings])
}

row! {
    /// A correction made after a meeting was closed.
    #[derive(Debug, Clone)]
    pub struct Correction { pub made_at: Timestamp, pub people: i32, pub reason: String }
}

pub fn list_corrections(tx: &mut Tx<'_>, meeting: MeetingId) -> Result<Vec<Correction>> {
    tx.list(sql!(SQL, "corrections"), args![meeting])
}

fn may_mark(meeting: &Meeting, now: Timestamp, reason: Option<&str>) -> Result<()> {
    match meeting.state(now) {
        State::Planned => Err(meeting::too_early(meeting)),
        State::Closed if reason.is_none() => Err(Error::conflict("classes.error.meeting_closed")),
        State::Open | State::Over | State::Closed => Ok(()),
    }
}

/// Marks that changed nothing when they came leave no statement, only their id.
fn remembered(tx: &mut Tx<'_>, sheet: &mut Sheet, marks: &[Mark]) -> Result<()> {
    let ids: Vec<StatementId> = marks.iter().map(|mark| mark.id).collect();
    for id in submission::list_known(tx, &ids)? {
        sheet.see(cast(id));
    }
    Ok(())
}

fn correct(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    meeting: MeetingId,
    people: usize,
    reason: &str,
) -> Result<()> {
    let id: RowId = stamp.id();
    let people = i64::try_from(people).map_err(Error::internal)?;
    let values = [
        ("meeting_id", meeting.arg()),
        ("people", Arg::Int(people)),
        ("reason", Arg::Text(reason)),
        ("made_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &CORRECTION, id, None, &values)
}

fn draft(
    stamp: &Stamp,
    class: &Class,
    meeting: &Meeting,
    id: StatementId,
    verb: Verb,
    person: PersonId,
) -> Draft {
    Draft {
        id,
        activity: Some(cast(class.course)),
        context: Some(cast(meeting.id)),
        ..Draft::new(stamp, verb, person, class.unit)
    }
}

fn attended(stamp: &Stamp, class: &Class, meeting: &Meeting, step: &Step) -> Option<Draft> {
    let Step::Attend { id, person } = step else { return None };
    Some(Draft {
        success: Some(true),
        at: meeting.starts_at.min(stamp.at),
        ..draft(stamp, class, meeting, *id, Verb::Attended, *person)
    })
}

/// What a step takes back, each in the name of the row of the person it was recorded for.
fn voidings(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    class: &Class,
    meeting: &Meeting,
    step: &Step,
) -> Result<Vec<Draft>> {
    let Step::Void { id, person, taken_back } = step else { return Ok(Vec::new()) };
    let mut out = Vec::with_capacity(taken_back.len());
    for (i, voids) in taken_back.iter().enumerate() {
        let id = if i == 0 { *id } else { stamp.id() };
        let person = statement::get(tx, *voids)?.person.unwrap_or(*person);
        let draft = draft(stamp, class, meeting, id, Verb::Voided, person);
        out.push(Draft { voids: Some(*voids), ..draft });
    }
    Ok(out)
}
