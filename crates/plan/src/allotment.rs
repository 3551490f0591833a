//! Allotments: what a unit is asked to reach of a target that is set above it. The unit above
//! proposes, the unit itself agrees or returns it with a reason; what was agreed counts until
//! something else is.

mod compare;
mod divide;

use std::collections::HashMap;

use jiff::Timestamp;
use thao_base::db::{Arg, ToArg};
use thao_base::{
    AllotmentId, Error, PersonId, Result, Stamp, TargetId, Tx, UnitId, args, row, sql,
};
use thao_record::{Col, Noun, register};
use thao_web::Span;

pub use compare::{Compared, Verdict, compare};
pub use divide::{Part, divide, fill};

const SQL: &str = include_str!("allotment.sql");

pub const ALLOTMENT: Noun = Noun {
    table: "allotment",
    columns: &[
        Col::open("target_id"),
        Col::open("unit_id"),
        Col::open("goal"),
        Col::open("proposed_at"),
        Col::open("proposed_by"),
        Col::open("agreed_at"),
        Col::open("agreed_by"),
        Col::open("returned_at"),
        Col::open("returned_by"),
        Col::open("reason"),
        Col::open("ended_at"),
    ],
};

/// How parts come together to a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adds {
    /// Shares: by the size of each unit.
    Weighted,
    /// Counts.
    Summed,
}

row! {
    /// A part of a target that stands: proposed, agreed or returned.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Allotment {
        pub id: AllotmentId,
        pub target: TargetId,
        pub unit: UnitId,
        /// Thousandths of the measure's unit.
        pub goal: i64,
        pub proposed_at: Timestamp,
        pub proposed_by: Option<PersonId>,
        pub agreed_at: Option<Timestamp>,
        pub returned_at: Option<Timestamp>,
        pub reason: Option<String>,
    }
}

/// Where an allotment is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Proposed,
    Agreed,
    Returned,
}

impl Allotment {
    pub fn state(&self) -> State {
        match (self.agreed_at, self.returned_at) {
            (Some(_), _) => State::Agreed,
            (None, Some(_)) => State::Returned,
            (None, None) => State::Proposed,
        }
    }
}

/// What stands for one unit: what it agreed to, and what it was asked since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    pub agreed: Option<Allotment>,
    /// Proposed, or returned.
    pub open: Option<Allotment>,
}

impl Standing {
    /// The goal that was named last.
    pub fn goal(&self) -> Option<i64> {
        self.latest().map(|latest| latest.goal)
    }

    pub fn latest(&self) -> Option<&Allotment> {
        self.open.as_ref().or(self.agreed.as_ref())
    }

    fn take(&mut self, allotment: Allotment) {
        match allotment.state() {
            State::Agreed => self.agreed = Some(allotment),
            State::Proposed | State::Returned => self.open = Some(allotment),
        }
    }
}

/// A text that differs when a target's allotments do: each is only ever answered or ended.
pub fn version(tx: &mut Tx<'_>, target: TargetId) -> Result<String> {
    let (all, agreed, returned, ended): (i64, i64, i64, i64) =
        tx.get(sql!(SQL, "version"), args![target])?;
    Ok(format!("{all}.{agreed}.{returned}.{ended}"))
}

/// Asks a unit for `goal`, or takes back what it was asked with `None`. Whether anything changed.
/// What it agreed to before counts until it agrees to something else.
///
/// `again`: proposes a number once more that the unit returned.
pub fn propose(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    target: TargetId,
    unit: UnitId,
    goal: Option<i64>,
    again: Again,
) -> Result<bool> {
    let Standing { agreed, open } = of_unit(tx, target, unit)?;
    let Some(goal) = goal else {
        for allotment in agreed.iter().chain(&open) {
            end(tx, stamp, allotment)?;
        }
        return Ok(agreed.is_some() || open.is_some());
    };
    match &open {
        Some(open) if open.goal == goal => match (open.state(), again) {
            (State::Returned, Again::Yes) => {}
            _ => return Ok(false),
        },
        None if agreed.as_ref().is_some_and(|agreed| agreed.goal == goal) => return Ok(false),
        _ => {}
    }
    if let Some(open) = &open {
        end(tx, stamp, open)?;
    }
    // Back to what was agreed: nobody has to be asked.
    if agreed.is_some_and(|agreed| agreed.goal == goal) {
        return Ok(true);
    }
    let id: AllotmentId = stamp.id();
    let values = [
        ("target_id", target.arg()),
        ("unit_id", unit.arg()),
        ("goal", Arg::Int(goal)),
        ("proposed_at", Arg::Time(stamp.at)),
        ("proposed_by", stamp.person.arg()),
    ];
    register::insert(tx, stamp, &ALLOTMENT, id, None, &values)?;
    Ok(true)
}

/// Whether a number that was returned is proposed once more as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    Yes,
    No,
}

/// The unit takes on what it was asked.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] when it was answered or replaced meanwhile.
pub fn agree(tx: &mut Tx<'_>, stamp: &Stamp, allotment: &Allotment) -> Result<()> {
    let before = still_open(tx, allotment)?;
    if let Some(agreed) = before.agreed {
        end(tx, stamp, &agreed)?;
    }
    answer(
        tx,
        stamp,
        allotment,
        &[("agreed_at", Arg::Time(stamp.at)), ("agreed_by", stamp.person.arg())],
    )
}

/// The unit gives back what it was asked, and says why.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] when it was answered or replaced meanwhile.
pub fn give_back(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    allotment: &Allotment,
    reason: &str,
) -> Result<()> {
    still_open(tx, allotment)?;
    answer(
        tx,
        stamp,
        allotment,
        &[
            ("returned_at", Arg::Time(stamp.at)),
            ("returned_by", stamp.person.arg()),
            ("reason", Arg::Text(reason)),
        ],
    )
}

fn still_open(tx: &mut Tx<'_>, allotment: &Allotment) -> Result<Standing> {
    let now = of_unit(tx, allotment.target, allotment.unit)?;
    match &now.open {
        Some(open) if open.id == allotment.id && open.state() == State::Proposed => Ok(now),
        _ => Err(Error::conflict("plan.error.allotment_answered")),
    }
}

fn answer(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    allotment: &Allotment,
    values: &[(&'static str, Arg<'_>)],
) -> Result<()> {
    register::update(tx, stamp, &ALLOTMENT, allotment.id, None, values)?;
    Ok(())
}

fn end(tx: &mut Tx<'_>, stamp: &Stamp, allotment: &Allotment) -> Result<()> {
    answer(tx, stamp, allotment, &[("ended_at", Arg::Time(stamp.at))])
}

/// What stands for one unit of a target.
pub fn of_unit(tx: &mut Tx<'_>, target: TargetId, unit: UnitId) -> Result<Standing> {
    let rows: Vec<Allotment> = tx.list(sql!(SQL, "of_unit"), args![target, unit])?;
    let mut out = Standing::default();
    rows.into_iter().for_each(|row| out.take(row));
    Ok(out)
}

/// What stands for every unit of a target.
pub fn of_target(tx: &mut Tx<'_>, target: TargetId) -> Result<HashMap<UnitId, Standing>> {
    let rows: Vec<Allotment> = tx.list(sql!(SQL, "of_target"), args![target])?;
    let mut out: HashMap<UnitId, Standing> = HashMap::new();
    for row in rows {
        out.entry(row.unit).or_default().take(row);
    }
    Ok(out)
}

/// What the units of a span have agreed to reach of a target.
pub fn agreed(tx: &mut Tx<'_>, target: TargetId, within: Span) -> Result<HashMap<UnitId, i64>> {
    let rows: Vec<(UnitId, i64)> =
        tx.list(sql!(SQL, "agreed"), args![target, within.lo, within.hi])?;
    Ok(rows.into_iter().collect())
}

/// What units of a span were asked from outside it and have not answered, of targets that stand,
/// oldest first.
pub fn unanswered(tx: &mut Tx<'_>, within: Span) -> Result<Vec<Allotment>> {
    tx.list(sql!(SQL, "unanswered"), args![within.lo, within.hi])
}

#[cfg(test)]
mod tests;
