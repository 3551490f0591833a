//! Carrying a change out and taking it back: rows end and begin through the register, in one
//! transaction with the change, and what was done is kept row by row.

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{
    AppointmentId, Error, Id, Lang, PersonId, Result, RowId, Stamp, Tx, UnitChangeId, UnitId, args,
    cast, row, sql,
};
use thao_record::register::NewRow;
use thao_record::{Noun, register};
use thao_web::access::Role;

use super::{
    BEGAN, Deeds, ENDED, NewChange, Picture, SQL, Trace, UNIT_CHANGE, UNIT_CHANGE_ROW,
    UNIT_SUCCESSION, deeds, get, list_traces,
};
use crate::appointment::{self, APPOINTMENT};
use crate::unit::{UNIT, UNIT_CODE, UNIT_NAME, UNIT_PARENT, settle};

row! {
    /// An appointment in a unit that ends.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Held {
        pub id: AppointmentId,
        pub person: PersonId,
        pub role_code: String,
        pub unit: UnitId,
        pub from: Date,
        pub full_name: String,
    }
}

/// The appointments that end when some units end on a day.
pub fn list_held(tx: &mut Tx<'_>, units: &[UnitId], on: Date) -> Result<Vec<Held>> {
    tx.list(sql!(SQL, "appointed"), args![units, on])
}

/// Carries a change out and settles the tree.
///
/// # Errors
/// [`thao_base::Kind::Invalid`] with the field: why it cannot be.
pub fn carry_out(tx: &mut Tx<'_>, stamp: &Stamp, change: &NewChange) -> Result<UnitChangeId> {
    let picture = Picture::load(tx)?;
    let deeds = deeds(&picture, change)?;
    let id: UnitChangeId = stamp.id();
    let values = [
        ("kind", Arg::Text(change.act.kind().code())),
        ("on_day", Arg::Date(change.on)),
        ("title", Arg::Text(&change.title)),
        ("legal_basis", change.legal_basis.arg()),
        ("made_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &UNIT_CHANGE, id, None, &values)?;
    let mut pen = Pen { stamp, on: change.on, change: id, traces: Vec::new() };
    begin(tx, &mut pen, &deeds)?;
    end(tx, &mut pen, &picture, &deeds)?;
    shift(tx, &mut pen, &picture, &deeds)?;
    rename(tx, &mut pen, &picture, &deeds)?;
    follow(tx, &pen, &deeds)?;
    hand_on(tx, &mut pen, &deeds, change)?;
    pen.leave_traces(tx)?;
    settle(tx, stamp.today())?;
    Ok(id)
}

/// Where it is written down what a change did.
struct Pen<'a> {
    stamp: &'a Stamp,
    on: Date,
    change: UnitChangeId,
    traces: Vec<Trace>,
}

impl Pen<'_> {
    fn trace(&mut self, noun: &Noun, row: RowId, unit: UnitId, part: &str) {
        let (noun, part) = (noun.table.to_owned(), part.to_owned());
        self.traces.push(Trace { noun, row, unit, part });
    }

    fn end(&mut self, tx: &mut Tx<'_>, noun: &Noun, row: RowId, unit: UnitId) -> Result<()> {
        let until = [("valid_to", Arg::Date(self.on))];
        register::update(tx, self.stamp, noun, row, None, &until)?;
        self.trace(noun, row, unit, ENDED);
        Ok(())
    }

    /// Rows of a noun that begin on the day: whose, and their values.
    fn begin(
        &mut self,
        tx: &mut Tx<'_>,
        noun: &Noun,
        names: &[&'static str],
        rows: Vec<(UnitId, Vec<Arg<'_>>)>,
    ) -> Result<()> {
        let mut new = Vec::with_capacity(rows.len());
        for (unit, values) in rows {
            // A unit is its own row.
            let own = noun.table == UNIT.table;
            let id: RowId = if own { cast(unit) } else { self.stamp.id() };
            self.trace(noun, id, unit, BEGAN);
            new.push(NewRow { id: id.uuid(), person: None, values });
        }
        register::insert_many(tx, self.stamp, noun, names, new)
    }

    fn leave_traces(&self, tx: &mut Tx<'_>) -> Result<()> {
        let rows = self.traces.iter().map(|trace| NewRow {
            id: self.stamp.id::<RowId>().uuid(),
            person: None,
            values: vec![
                self.change.arg(),
                Arg::Text(&trace.noun),
                trace.row.arg(),
                trace.unit.arg(),
                Arg::Text(&trace.part),
            ],
        });
        let names = ["change_id", "noun", "row_id", "unit_id", "part"];
        register::insert_many(tx, self.stamp, &UNIT_CHANGE_ROW, &names, rows.collect())
    }
}

fn begin(tx: &mut Tx<'_>, pen: &mut Pen<'_>, deeds: &Deeds) -> Result<()> {
    let on = pen.on;
    let fresh = &deeds.begins;
    let units =
        fresh.iter().map(|new| (new.id, vec![Arg::Text(&new.kind), new.form.arg(), Arg::Date(on)]));
    pen.begin(tx, &UNIT, &["kind", "form", "valid_from"], units.collect())?;
    let names =
        fresh.iter().map(|new| (new.id, vec![new.id.arg(), Arg::Text(&new.name), Arg::Date(on)]));
    pen.begin(tx, &UNIT_NAME, &["unit_id", "name", "valid_from"], names.collect())?;
    let parents = fresh.iter().filter_map(|new| {
        let parent = new.parent.as_ref()?;
        Some((new.id, vec![new.id.arg(), parent.arg(), Arg::Date(on)]))
    });
    pen.begin(tx, &UNIT_PARENT, &["unit_id", "parent_id", "valid_from"], parents.collect())?;
    let codes = fresh.iter().filter_map(|new| {
        let code = new.code.as_ref()?;
        Some(NewRow {
            id: pen.stamp.id::<RowId>().uuid(),
            person: None,
            values: vec![new.id.arg(), Arg::Text("gso"), Arg::Text(code), Arg::Bool(false)],
        })
    });
    let codes: Vec<NewRow<'_>> = codes.collect();
    // A code has no days: it is the unit's for as long as the unit is.
    register::insert_many(tx, pen.stamp, &UNIT_CODE, &["unit_id", "scheme", "code", "alias"], codes)
}

fn end(tx: &mut Tx<'_>, pen: &mut Pen<'_>, picture: &Picture, deeds: &Deeds) -> Result<()> {
    for unit in &deeds.ends {
        let known = picture.units.get(unit).ok_or_else(Error::not_found)?;
        pen.end(tx, &UNIT, cast(*unit), *unit)?;
        if let Some(row) = known.name_row(pen.on) {
            pen.end(tx, &UNIT_NAME, row.id, *unit)?;
        }
        if let Some(row) = known.parent_row(pen.on) {
            pen.end(tx, &UNIT_PARENT, row.id, *unit)?;
        }
    }
    Ok(())
}

fn shift(tx: &mut Tx<'_>, pen: &mut Pen<'_>, picture: &Picture, deeds: &Deeds) -> Result<()> {
    for (unit, _) in &deeds.moves {
        let known = picture.units.get(unit).ok_or_else(Error::not_found)?;
        if let Some(row) = known.parent_row(pen.on) {
            pen.end(tx, &UNIT_PARENT, row.id, *unit)?;
        }
    }
    let on = pen.on;
    let rows = deeds
        .moves
        .iter()
        .map(|(unit, parent)| (*unit, vec![unit.arg(), parent.arg(), Arg::Date(on)]));
    pen.begin(tx, &UNIT_PARENT, &["unit_id", "parent_id", "valid_from"], rows.collect())
}

fn rename(tx: &mut Tx<'_>, pen: &mut Pen<'_>, picture: &Picture, deeds: &Deeds) -> Result<()> {
    for (unit, name, form) in &deeds.names {
        let known = picture.units.get(unit).ok_or_else(Error::not_found)?;
        if let Some(row) = known.name_row(pen.on) {
            pen.end(tx, &UNIT_NAME, row.id, *unit)?;
        }
        let form = form.as_ref().or(known.form.as_ref());
        let form = form.map_or(Arg::Null, |form| Arg::Text(form));
        let values = vec![unit.arg(), Arg::Text(name), form, Arg::Date(pen.on)];
        let names = ["unit_id", "name", "form", "valid_from"];
        pen.begin(tx, &UNIT_NAME, &names, vec![(*unit, values)])?;
    }
    Ok(())
}

fn follow(tx: &mut Tx<'_>, pen: &Pen<'_>, deeds: &Deeds) -> Result<()> {
    let rows = deeds.follows.iter().enumerate().map(|(rank, follow)| NewRow {
        id: pen.stamp.id::<RowId>().uuid(),
        person: None,
        values: vec![
            pen.change.arg(),
            follow.from.arg(),
            follow.to.arg(),
            Arg::Int(follow.share.into()),
            Arg::Bool(follow.main),
            Arg::Int(i64::try_from(rank).unwrap_or(i64::MAX)),
        ],
    });
    let names = ["change_id", "from_id", "to_id", "share", "main", "rank"];
    register::insert_many(tx, pen.stamp, &UNIT_SUCCESSION, &names, rows.collect())
}

/// Appointments of units that end, end; those that were ticked go on in the main successor.
fn hand_on(tx: &mut Tx<'_>, pen: &mut Pen<'_>, deeds: &Deeds, change: &NewChange) -> Result<()> {
    for held in list_held(tx, &deeds.ends, pen.on)? {
        appointment::end(tx, pen.stamp, held.id, held.person, pen.on)?;
        pen.trace(&APPOINTMENT, cast(held.id), held.unit, ENDED);
        let role = Role::from_code(&held.role_code);
        let heir = deeds.heir(held.unit).filter(|_| change.go_on.contains(&held.id));
        if let (Some(role), Some(heir)) = (role, heir) {
            let id = appointment::add(tx, pen.stamp, held.person, role, heir, pen.on)?;
            pen.trace(&APPOINTMENT, cast(id), heir, BEGAN);
        }
    }
    Ok(())
}

row! {
    struct Belonging { unit: UnitId, affiliations: i64, appointments: i64, below: i64 }
}

/// Takes a change back: what it ended goes on, what it began ends on the day it began, which is
/// as if it had never been. Settles the tree.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] when it was withdrawn already, another change has built on it, or
/// something belongs to a unit it made.
pub fn withdraw(tx: &mut Tx<'_>, stamp: &Stamp, id: UnitChangeId) -> Result<()> {
    let change = get(tx, id)?;
    if change.withdrawn_at.is_some() {
        return Err(Error::conflict("people.change.refused.withdrawn"));
    }
    let later = tx.find::<(String, Date)>(sql!(SQL, "later"), args![id, change.on])?;
    if let Some((title, on)) = later {
        return Err(Error::conflict("people.change.refused.built_on")
            .with("title", title)
            .with("day", Lang::default().date(on)));
    }
    let traces = list_traces(tx, id)?;
    let made: Vec<UnitId> = traces
        .iter()
        .filter(|trace| trace.began() && trace.noun == UNIT.table)
        .map(|trace| trace.unit)
        .collect();
    let belonging: Vec<Belonging> = tx.list(sql!(SQL, "belonging"), args![made, id])?;
    let things = belonging.iter().map(|b| b.affiliations + b.appointments + b.below).sum::<i64>();
    if 0 < things {
        return Err(Error::conflict("people.change.refused.belongs").with("count", things));
    }
    for trace in &traces {
        take_back(tx, stamp, trace, change.on)?;
    }
    let values = [("withdrawn_at", Arg::Time(stamp.at))];
    register::update(tx, stamp, &UNIT_CHANGE, id, None, &values)?;
    settle(tx, stamp.today())
}

fn take_back(tx: &mut Tx<'_>, stamp: &Stamp, trace: &Trace, on: Date) -> Result<()> {
    let nouns = [&UNIT, &UNIT_NAME, &UNIT_PARENT, &APPOINTMENT];
    let noun = nouns.into_iter().find(|noun| noun.table == trace.noun);
    let noun = noun.ok_or_else(|| Error::internal(format!("a change of {}", trace.noun)))?;
    let to = if trace.began() { Arg::Date(on) } else { Arg::Null };
    let person = match noun.table == APPOINTMENT.table {
        true => Some(tx.value::<PersonId>(sql!(SQL, "appointee"), args![trace.row])?),
        false => None,
    };
    register::update(tx, stamp, noun, trace.row, person, &[("valid_to", to)])?;
    Ok(())
}
