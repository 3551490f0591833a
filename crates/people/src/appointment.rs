//! Appointments: who may act, as what, for which unit and all below it, from when to when.

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{AppointmentId, Error, PersonId, Result, Stamp, Tx, UnitId, args, row, sql};
use thao_record::{Col, Noun, register};
use thao_web::access::{Action, Actor, Appointment, Resource, Role, Span, may};

const SQL: &str = include_str!("appointment.sql");

pub const APPOINTMENT: Noun = Noun {
    table: "appointment",
    columns: &[
        Col::open("person_id"),
        Col::open("role"),
        Col::open("unit_id"),
        Col::open("valid_from"),
        Col::open("valid_to"),
    ],
};

pub fn add(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    person: PersonId,
    role: Role,
    unit: UnitId,
    from: Date,
) -> Result<AppointmentId> {
    let id: AppointmentId = stamp.id();
    let values = [
        ("person_id", person.arg()),
        ("role", Arg::Text(role.code())),
        ("unit_id", unit.arg()),
        ("valid_from", Arg::Date(from)),
    ];
    register::insert(tx, stamp, &APPOINTMENT, id, Some(person), &values)?;
    Ok(id)
}

/// Ends an appointment: `to` is the first day it no longer holds. An end that is to come may be
/// drawn nearer; one that came stays.
///
/// # Errors
/// 404 when there is none; [`thao_base::Kind::Conflict`] when it has ended by then.
pub fn end(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    id: AppointmentId,
    person: PersonId,
    to: Date,
) -> Result<bool> {
    let found = tx.find::<(Option<Date>,)>(sql!(SQL, "end_of"), args![id])?;
    let (known,) = found.ok_or_else(Error::not_found)?;
    if let Some(known) = known.filter(|known| *known <= to) {
        let day = thao_base::Lang::default().date(known);
        return Err(Error::conflict("people.error.appointment_over").with("day", day));
    }
    register::update(tx, stamp, &APPOINTMENT, id, Some(person), &[("valid_to", Arg::Date(to))])
}

row! {
    struct Line {
        role: String,
        unit: UnitId,
        pos: i64,
        last: i64,
        valid_from: Date,
        valid_to: Option<Date>,
    }
}

/// All appointments of a person, with where the units stand in the tree now.
pub fn list_of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Appointment>> {
    let lines: Vec<Line> = tx.list(sql!(SQL, "of_person"), args![person])?;
    Ok(lines
        .into_iter()
        .filter_map(|line| {
            Some(Appointment {
                role: Role::from_code(&line.role)?,
                unit_id: line.unit,
                span: Span { lo: line.pos, hi: line.last },
                valid_from: line.valid_from,
                valid_to: line.valid_to,
            })
        })
        .collect())
}

row! {
    /// An appointment as pages show it: the unit as it stands now.
    #[derive(Debug, Clone)]
    pub struct Appointed {
        pub id: AppointmentId,
        pub person: PersonId,
        pub role: String,
        pub unit: UnitId,
        pub unit_path: String,
        pub pos: i64,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
    }
}

impl Appointed {
    pub fn role(&self) -> Option<Role> {
        Role::from_code(&self.role)
    }

    /// Whether it holds on a day, or will.
    pub fn is_open(&self, on: Date) -> bool {
        self.valid_to.is_none_or(|to| on < to)
    }
}

/// All appointments of some persons, past ones included, by unit.
pub fn list_of_persons(tx: &mut Tx<'_>, persons: &[PersonId]) -> Result<Vec<Appointed>> {
    tx.list(sql!(SQL, "of_persons"), args![persons])
}

/// Whether the actor holds all that these appointments allow, over all their units, on a day.
/// Who hands out a new password could act as its owner: so only to those who may do no more.
pub fn covers(actor: &Actor, appointments: &[Appointment], on: Date) -> bool {
    let open = appointments.iter().filter(|a| a.valid_to.is_none_or(|to| on < to));
    open.flat_map(|a| Action::ALL.into_iter().filter(|x| a.role.allows(*x)).map(move |x| (a, x)))
        .filter(|(_, action)| *action != Action::Learn)
        // A unit's span starts at the unit, and spans lie inside or apart: who may act at the
        // unit may act in all below it.
        .all(|(a, action)| may(actor, action, Resource::At(a.span.lo), on))
}
