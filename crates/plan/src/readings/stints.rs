//! Loading training as it adds up: time at meetings, and the stated length of courses completed.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use thao_base::{ActivityId, PersonId, Result, RowId, Tx, args, row, sql};
use thao_record::evidence::day_of;

use super::load;
use crate::fold::Stint;

const SQL: &str = include_str!("stints.sql");

/// Somebody's training by the id that stands for their cluster.
pub type Stints = HashMap<PersonId, Vec<Stint>>;

row! {
    struct Sat {
        person: PersonId,
        activity: ActivityId,
        at: Timestamp,
        meeting: RowId,
        starts_at: Timestamp,
        ends_at: Timestamp,
    }
}

row! {
    struct Completed {
        person: PersonId,
        activity: ActivityId,
        at: Timestamp,
        minutes: i32,
    }
}

/// The training of some people, whole: of every row of their clusters.
pub fn stints(tx: &mut Tx<'_>, standing: &[PersonId]) -> Result<Stints> {
    let members = load::members(tx, &standing.iter().copied().collect())?;
    of(tx, &members)
}

/// The training of some rows: person → the id that stands for them.
fn of(tx: &mut Tx<'_>, members: &BTreeMap<PersonId, PersonId>) -> Result<Stints> {
    let all: Vec<PersonId> = members.keys().copied().collect();
    let sat = tx.list(sql!(SQL, "sat"), args![all])?;
    let completed = tx.list(sql!(SQL, "completed"), args![all])?;
    Ok(gather(members, sat, completed))
}

/// Who was at a meeting that the journal says was edited: its length may be another.
pub(super) fn met_in(tx: &mut Tx<'_>, node: i32, after: i64, upto: i64) -> Result<Vec<PersonId>> {
    tx.values(sql!(SQL, "met_in"), args![node, after, upto])
}

fn gather(
    members: &BTreeMap<PersonId, PersonId>,
    sat: Vec<Sat>,
    completed: Vec<Completed>,
) -> Stints {
    let mut out = Stints::new();
    let mut add = |person: PersonId, stint: Stint| {
        if let Some(standing) = members.get(&person) {
            out.entry(*standing).or_default().push(stint);
        }
    };
    for sat in sat {
        let length = sat.ends_at.duration_since(sat.starts_at).as_mins();
        let stint = Stint {
            day: day_of(sat.at),
            activity: sat.activity,
            minutes: i32::try_from(length).unwrap_or(0),
            meeting: Some(sat.meeting),
        };
        add(sat.person, stint);
    }
    for done in completed {
        let Completed { person, activity, at, minutes } = done;
        add(person, Stint { day: day_of(at), activity, minutes, meeting: None });
    }
    out
}
