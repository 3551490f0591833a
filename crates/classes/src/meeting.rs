//! Meetings: the evenings of a class. A meeting is closed when its attendance is settled.

use jiff::Timestamp;
use thao_base::db::{Arg, ToArg};
use thao_base::{ClassId, Error, Id, MeetingId, PersonId, Result, Stamp, Tx, args, row, sql};
use thao_record::register::{self, NewRow};
use thao_record::{Col, Noun};
use thao_web::Scope;

use crate::schedule::{self, Evening, State};

const SQL: &str = include_str!("meeting.sql");

pub const MEETING: Noun = Noun {
    table: "meeting",
    columns: &[
        Col::open("class_id"),
        Col::open("starts_at"),
        Col::open("ends_at"),
        Col::open("closed_at"),
        Col::open("cancelled_at"),
    ],
};

row! {
    /// An evening of a class.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Meeting {
        pub id: MeetingId,
        pub class: ClassId,
        pub starts_at: Timestamp,
        pub ends_at: Timestamp,
        pub closed_at: Option<Timestamp>,
    }
}

impl Meeting {
    pub fn evening(&self) -> Evening {
        Evening { starts_at: self.starts_at, ends_at: self.ends_at }
    }

    pub fn state(&self, now: Timestamp) -> State {
        schedule::state(self.evening(), self.closed_at, now)
    }
}

pub fn add_many(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    class: ClassId,
    evenings: &[Evening],
) -> Result<Vec<MeetingId>> {
    let ids: Vec<MeetingId> = evenings.iter().map(|_| stamp.id()).collect();
    let rows = evenings.iter().zip(&ids).map(|(evening, id)| NewRow {
        id: id.uuid(),
        person: None,
        values: vec![class.arg(), Arg::Time(evening.starts_at), Arg::Time(evening.ends_at)],
    });
    let names = ["class_id", "starts_at", "ends_at"];
    register::insert_many(tx, stamp, &MEETING, &names, rows.collect())?;
    Ok(ids)
}

/// Moves a meeting. Whether anything differed.
pub fn move_to(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    meeting: &Meeting,
    evening: Evening,
) -> Result<bool> {
    refuse_when_closed(meeting)?;
    let values =
        [("starts_at", Arg::Time(evening.starts_at)), ("ends_at", Arg::Time(evening.ends_at))];
    register::update(tx, stamp, &MEETING, meeting.id, None, &values)
}

/// Takes a meeting off the class; what was recorded in it stays.
pub fn cancel(tx: &mut Tx<'_>, stamp: &Stamp, meeting: &Meeting) -> Result<()> {
    refuse_when_closed(meeting)?;
    let values = [("cancelled_at", Arg::Time(stamp.at))];
    register::update(tx, stamp, &MEETING, meeting.id, None, &values)?;
    Ok(())
}

/// Closes a meeting: its attendance is settled. Whether it was open.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] before attendance could be taken.
pub fn close(tx: &mut Tx<'_>, stamp: &Stamp, meeting: &Meeting) -> Result<bool> {
    match meeting.state(stamp.at) {
        State::Closed => Ok(false),
        State::Planned => Err(too_early(meeting)),
        State::Open | State::Over => {
            let values = [("closed_at", Arg::Time(stamp.at))];
            register::update(tx, stamp, &MEETING, meeting.id, None, &values)
        }
    }
}

/// Opens a closed meeting again. Whether it was closed.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] when it was closed too long ago.
pub fn reopen(tx: &mut Tx<'_>, stamp: &Stamp, meeting: &Meeting) -> Result<bool> {
    let Some(closed_at) = meeting.closed_at else { return Ok(false) };
    if !schedule::may_reopen(closed_at, stamp.at) {
        return Err(Error::conflict("classes.error.reopen_late"));
    }
    register::update(tx, stamp, &MEETING, meeting.id, None, &[("closed_at", Arg::Null)])
}

/// One meeting.
///
/// # Errors
/// 404 when there is none or it was taken off.
pub fn get(tx: &mut Tx<'_>, id: MeetingId) -> Result<Meeting> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// The meetings of a class, in order.
pub fn list_of_class(tx: &mut Tx<'_>, class: ClassId) -> Result<Vec<Meeting>> {
    tx.list(sql!(SQL, "of_class"), args![class])
}

/// The error for attendance before a meeting's time.
pub fn too_early(meeting: &Meeting) -> Error {
    let opens = schedule::opens_at(meeting.evening());
    Error::conflict("classes.error.too_early").with("at", thao_base::Lang::Vi.instant(opens))
}

fn refuse_when_closed(meeting: &Meeting) -> Result<()> {
    match meeting.closed_at {
        Some(_) => Err(Error::conflict("classes.error.meeting_closed")),
        None => Ok(()),
    }
}

row! {
    /// A meeting as the main page shows it.
    #[derive(Debug, Clone)]
    pub struct Near {
        pub id: MeetingId,
        pub class: ClassId,
        pub title: String,
        pub venue: String,
        pub unit: String,
        pub starts_at: Timestamp,
        pub ends_at: Timestamp,
        pub closed_at: Option<Timestamp>,
        /// 0 for the actor's own.
        pub rank: i32,
        pub registered: i64,
    }
}

/// Open meetings that start in `from..to`, of a scope or of one's own classes, soonest first.
pub fn list_near(
    tx: &mut Tx<'_>,
    scope: &Scope,
    own: Option<PersonId>,
    from: Timestamp,
    to: Timestamp,
    limit: i64,
) -> Result<Vec<Near>> {
    tx.list(sql!(SQL, "near"), args![scope.json(), own, from, to, limit])
}

/// Meetings some rows of a person are registered for that start in `from..to`, soonest first.
pub fn list_of_person(
    tx: &mut Tx<'_>,
    persons: &[PersonId],
    from: Timestamp,
    to: Timestamp,
    limit: i64,
) -> Result<Vec<Near>> {
    tx.list(sql!(SQL, "of_person"), args![persons, from, to, limit])
}
