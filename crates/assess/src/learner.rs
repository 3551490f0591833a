//! Who learns: all rows of one person, and the unit their learning counts in.

use jiff::civil::Date;
use thao_base::{PersonId, Result, Tx, UnitId, args, sql};
use thao_people::{cluster, unit};
use thao_web::Actor;
use thao_web::access::Appointment;

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
/// for somebody who belongs nowhere, the unit they are appointed for on that day, at last the whole
/// tree.
pub fn unit(tx: &mut Tx<'_>, actor: &Actor, learner: &Learner, on: Date) -> Result<UnitId> {
    let own: Option<(UnitId,)> = tx.find(sql!(SQL, "unit"), args![learner.persons, on])?;
    let holds =
        |a: &&Appointment| a.valid_from <= on && a.valid_to.is_none_or(|first_not| on < first_not);
    match (own, actor.appointments.iter().find(holds)) {
        (Some((unit,)), _) => Ok(unit),
        (None, Some(appointment)) => Ok(appointment.unit_id),
        (None, None) => Ok(unit::root(tx)?.unit),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use thao_web::{Role, Span};

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn an_appointment_counts_on_the_days_it_holds() {
        for stage in crate::world::stages().await {
            let (past, now) = (stage.cast.units.villages[0][0], stage.cast.commune());
            let appointed = |unit_id, from, to| Appointment {
                role: Role::Organiser,
                unit_id,
                span: Span { lo: 0, hi: 0 },
                valid_from: from,
                valid_to: to,
            };
            let mut actor = Actor::nobody();
            actor.appointments = vec![
                appointed(past, date(2025, 1, 1), Some(date(2026, 7, 1))),
                appointed(now, date(2026, 7, 1), None),
            ];
            // Nobody the register knows: they belong nowhere.
            let person: PersonId = stage.world.stamp("test.act").id();
            let learner = Learner { person, persons: vec![person] };
            let units = stage
                .db
                .read(move |tx| {
                    let mut on = |day| unit(tx, &actor, &learner, day);
                    let days = [date(2026, 6, 30), date(2026, 7, 1), date(2024, 12, 31)];
                    Ok((on(days[0])?, on(days[1])?, on(days[2])?, unit::root(tx)?.unit))
                })
                .await
                .unwrap();
            assert_eq!((units.0, units.1, units.2), (past, now, units.3));
        }
    }
}
