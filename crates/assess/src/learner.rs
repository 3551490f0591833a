//! Who learns: all rows of one person, and the unit their learning counts in.

use jiff::civil::Date;
use thao_base::{PersonId, Result, Tx, UnitId, args, sql};
use thao_people::{cluster, unit};
use thao_web::Actor;

const SQL: &str = include_str!("learner.sql");

/// Somebody who learns.
#[derive(Debug, Clone)]
pub struct Learner {
    /// Who is signed in: what is recorded names this row.
    pub person: PersonId,
    /// All rows of the same person: what any of them did counts.
    pub persons: Vec<PersonId>,
}

/// The learner the actor is.
///
/// # Errors
/// [`thao_base::Kind::SignIn`] for nobody.
pub fn of(tx: &mut Tx<'_>, actor: &Actor) -> Result<Learner> {
    let person = actor.person()?;
    let canonical = cluster::canonical(tx, person)?;
    Ok(Learner { person, persons: cluster::members(tx, canonical)? })
}

/// Where the learning counts: the unit they work in first, then where they study, then live;
/// for somebody who belongs nowhere, the unit they are appointed for, at last the whole tree.
pub fn unit(tx: &mut Tx<'_>, actor: &Actor, learner: &Learner, on: Date) -> Result<UnitId> {
    let own: Option<(UnitId,)> = tx.find(sql!(SQL, "unit"), args![learner.persons, on])?;
    match (own, actor.appointments.first()) {
        (Some((unit,)), _) => Ok(unit),
        (None, Some(appointment)) => Ok(appointment.unit_id),
        (None, None) => Ok(unit::root(tx)?.unit),
    }
}
