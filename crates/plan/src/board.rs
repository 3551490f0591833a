//! The board: a target by unit, as of a day. Numerators and computed denominators come out of the
//! readings, official denominators and given numbers out of the figures; a unit's number is a
//! distinct count, so the units below need not add up to it.

mod given;
mod history;
mod lag;
mod standing;
mod weeks;
mod whole;

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{MeasureId, Result, Tx, UnitId, row, sql};
use thao_people::unit::{self, Place};
use thao_record::evidence::day;
use thao_web::Span;
use thao_web::components::Standing;

pub use history::{Point, history};
pub use lag::{Lag, Lags, lags};
pub use standing::{Path, Value, expected, missing, permille, standing};
pub use weeks::weeks;
pub use whole::Whole;

use crate::allotment;
use crate::figure;
use crate::fold::{Delta, reach};
use crate::kind::{Kind, Shape};
use crate::measure::{Denominator, Measure};
use crate::readings;
use crate::target::Target;

const SQL: &str = include_str!("board.sql");

/// How far back the trend looks.
const TREND_DAYS: i32 = 30;

/// A unit's figures for a target.
#[derive(Debug, Clone)]
pub struct Row {
    pub place: Place,
    /// The numerator, the count, or, of a number that was given, its thousandths.
    pub part: i64,
    pub whole: Whole,
    pub value: Value,
    pub standing: Standing,
    /// The goal the unit, or one above it below the target's own, has agreed to in its place.
    pub own: Option<i64>,
    /// Thousandths more than thirty days before, by the denominator of today when it is official.
    pub trend: Option<i64>,
}

impl Row {
    /// The path the unit is held against.
    pub fn path(&self, target: &Target) -> Path {
        Path::own(target, self.own)
    }

    /// Thousandths of the measure's unit, rounded down; none without a denominator, and none when
    /// nobody gave the number.
    pub fn thousandths(&self) -> Option<i64> {
        self.value.thousandths()
    }

    /// How much more would reach the goal it is held against: see [`missing`]. None of a number of
    /// which the unit was given no part.
    pub fn missing(&self, target: &Target, on: Date) -> Option<i64> {
        if self.has_goal(target) { missing(&self.path(target), self.value, on) } else { None }
    }

    /// How much more would be on its way: see [`Path::behind`].
    pub fn behind(&self, target: &Target, on: Date) -> Option<i64> {
        if self.has_goal(target) { self.path(target).behind(self.value, on) } else { None }
    }

    /// What part of a number a unit is to bring nobody knows until it is given one.
    fn has_goal(&self, target: &Target) -> bool {
        has_goal(target, &self.place, self.own)
    }

    /// More people than the denominator has: one of the two is wrong, and it is shown.
    pub fn is_over(&self) -> bool {
        self.whole.value().is_some_and(|whole| whole < self.part)
    }

    /// Whether the unit has anything to do with the target.
    fn is_concerned(&self) -> bool {
        let given = matches!(self.whole, Whole::Given { .. });
        0 < self.part || given || self.whole.value().is_some_and(|whole| 0 < whole)
    }
}

/// A target in a unit and in the units directly below it.
#[derive(Debug, Clone)]
pub struct Board {
    pub day: Date,
    /// The unit itself.
    pub total: Row,
    /// The units directly below, in Vietnamese order; of the kinds (communes, agencies) in which
    /// anybody counts or has a figure.
    pub rows: Vec<Row>,
}

/// The board of a target in `place`, which lies in the target's unit. None until the measure's
/// first book is whole: see [`readings::filling`].
pub fn by_child(
    tx: &mut Tx<'_>,
    target: &Target,
    measure: &Measure,
    place: &Place,
    on: Date,
) -> Result<Option<Board>> {
    let children = unit::list_children(tx, place.unit)?;
    if measure.kind == Kind::Figure {
        return given::by_child(tx, target, place, children, on).map(Some);
    }
    let day = read_on(target, on);
    let Some(sums) = sums(tx, measure.id, Units::Below(place.unit), day)? else { return Ok(None) };
    let computed = |place: &Place| Whole::Computed(sums.of(place.unit).0.base);
    let (whole, wholes) = match measure.denominator {
        Denominator::Computed => (computed(place), children.iter().map(computed).collect()),
        Denominator::Official => official(tx, measure.id, place, &children, day)?,
        Denominator::Unasked => (Whole::Unasked, vec![Whole::Unasked; children.len()]),
    };
    let goals = Goals::of(tx, target, place)?;
    let row = |place: Place, whole: Whole| {
        let (own, found) = (goals.of_unit(place.unit), sums.of(place.unit));
        make_row(target, place, own, on, whole, found)
    };
    let total = row(place.clone(), whole);
    let rows = children.into_iter().zip(wholes).map(|(child, whole)| row(child, whole)).collect();
    Ok(Some(Board { day: on, rows: concerned(&total, rows), total }))
}

/// Only rows of kinds of units that have to do with it: agencies on a board of residents would be
/// a page of nothing.
fn concerned(total: &Row, mut rows: Vec<Row>) -> Vec<Row> {
    let kinds: BTreeSet<String> =
        rows.iter().filter(|row| row.is_concerned()).map(|row| row.place.kind.clone()).collect();
    if !kinds.is_empty() || total.is_concerned() {
        rows.retain(|row| kinds.contains(&row.place.kind));
    }
    rows
}

/// The day whose figures are read: what is counted each year ends with the last of its years.
fn read_on(target: &Target, on: Date) -> Date {
    if target.kind.shape() == Shape::PerYear { on.min(target.due) } else { on }
}

/// The figures of a target in one unit. None until the measure's first book is whole.
pub fn in_unit(
    tx: &mut Tx<'_>,
    target: &Target,
    measure: &Measure,
    place: &Place,
    on: Date,
) -> Result<Option<Row>> {
    if measure.kind == Kind::Figure {
        return given::in_unit(tx, target, place, on).map(Some);
    }
    let day = read_on(target, on);
    let Some(sums) = sums(tx, measure.id, Units::One(place.unit), day)? else { return Ok(None) };
    let found = sums.of(place.unit);
    let whole = match measure.denominator {
        Denominator::Computed => Whole::Computed(found.0.base),
        Denominator::Official => {
            let children = unit::list_children(tx, place.unit)?;
            official(tx, measure.id, place, &children, day)?.0
        }
        Denominator::Unasked => Whole::Unasked,
    };
    let own = Goals::of(tx, target, place)?.of_unit(place.unit);
    Ok(Some(make_row(target, place.clone(), own, on, whole, found)))
}

/// The goals that units have agreed to.
struct Goals {
    agreed: HashMap<UnitId, i64>,
    /// That of the unit looked at, or of the nearest above it that has one: the share asked of a
    /// commune is asked of its villages. A number is not: each would be asked for all of it.
    common: Option<i64>,
}

impl Goals {
    fn of(tx: &mut Tx<'_>, target: &Target, place: &Place) -> Result<Goals> {
        let within = Span { lo: target.pos, hi: target.last };
        let agreed = allotment::agreed(tx, target.id, within)?;
        if agreed.is_empty() || target.kind.shape() != Shape::Share {
            return Ok(Goals { agreed, common: None });
        }
        let above = unit::list_above(tx, place.unit)?;
        let common = above.iter().find_map(|up| agreed.get(&up.unit).copied());
        Ok(Goals { agreed, common })
    }

    fn of_unit(&self, unit: UnitId) -> Option<i64> {
        self.agreed.get(&unit).copied().or(self.common)
    }
}

/// How many of a measure's audience met it in a unit.
#[derive(Debug, Clone)]
pub struct Reached {
    pub place: Place,
    pub met: i64,
    pub base: i64,
}

/// How many met a measure that no target asks for, in a unit and in the units directly below it
/// in which anybody is meant. None until the measure's first book is whole.
pub fn reached(
    tx: &mut Tx<'_>,
    measure: MeasureId,
    place: &Place,
    on: Date,
) -> Result<Option<(Reached, Vec<Reached>)>> {
    let Some(sums) = sums(tx, measure, Units::Below(place.unit), on)? else { return Ok(None) };
    let of = |place: Place| {
        let Delta { met, base } = sums.of(place.unit).0;
        Reached { place, met, base }
    };
    let below = unit::list_children(tx, place.unit)?.into_iter().map(of);
    Ok(Some((of(place.clone()), below.filter(|row| 0 < row.base).collect())))
}

/// The official denominators of a unit and of those directly below it, in their order. A unit
/// without a figure of its own has the sum of those below it.
fn official(
    tx: &mut Tx<'_>,
    measure: MeasureId,
    place: &Place,
    children: &[Place],
    on: Date,
) -> Result<(Whole, Vec<Whole>)> {
    let figures = figure::latest(tx, measure, place.span(), on)?;
    let own = |place: &Place| figures.get(&place.unit).map_or(Whole::Missing, Whole::figure);
    let near =
        |unit: &UnitId| *unit == place.unit || children.iter().any(|child| child.unit == *unit);
    let deeper = figures.keys().any(|unit| !near(unit));
    let mut wholes = Vec::with_capacity(children.len());
    for child in children {
        wholes.push(match own(child) {
            Whole::Missing if deeper => {
                let below = unit::list_children(tx, child.unit)?;
                whole::sum(below.iter().map(|place| (place.kind.as_str(), own(place))))
            }
            whole => whole,
        });
    }
    let total = match own(place) {
        Whole::Missing => {
            whole::sum(children.iter().map(|child| child.kind.as_str()).zip(wholes.iter().cloned()))
        }
        whole => whole,
    };
    Ok((total, wholes))
}

fn make_row(
    target: &Target,
    place: Place,
    own: Option<i64>,
    on: Date,
    whole: Whole,
    (now, before): (Delta, Delta),
) -> Row {
    let earlier = match &whole {
        Whole::Computed(_) => Some(before.base),
        other => other.value(),
    };
    let value = standing::value(target.kind, now.met, whole.value());
    let then = standing::value(target.kind, before.met, earlier);
    // In January what is counted each year has nothing to be compared with.
    let comparable =
        target.kind.shape() != Shape::PerYear || TREND_DAYS < i32::from(on.day_of_year());
    let trend = value
        .thousandths()
        .zip(then.thousandths())
        .filter(|_| comparable)
        .map(|(now, before)| now - before);
    let standing = match has_goal(target, &place, own) {
        true => standing(&Path::own(target, own), value, on),
        false => Standing::Unknown,
    };
    Row { place, part: now.met, whole, value, standing, own, trend }
}

fn has_goal(target: &Target, place: &Place, own: Option<i64>) -> bool {
    let number = matches!(target.kind.shape(), Shape::Count | Shape::PerYear);
    !number || own.is_some() || place.unit == target.unit
}

/// Numerators and bases of some units: at the end of a day, and what they changed by in the
/// thirty days up to it.
pub(crate) struct Sums(HashMap<UnitId, (Delta, Delta)>);

impl Sums {
    /// On the day, and thirty days before.
    pub(crate) fn of(&self, unit: UnitId) -> (Delta, Delta) {
        let (now, recent) = self.0.get(&unit).copied().unwrap_or_default();
        (now, Delta { met: now.met - recent.met, base: now.base - recent.base })
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Units {
    /// A unit and those directly below it.
    Below(UnitId),
    One(UnitId),
}

row! {
    struct Line {
        unit: UnitId,
        recent: bool,
        met: i64,
        base: i64,
    }
}

pub(crate) fn sums(
    tx: &mut Tx<'_>,
    measure: MeasureId,
    units: Units,
    on: Date,
) -> Result<Option<Sums>> {
    let Some(no) = readings::open(tx, measure)? else { return Ok(None) };
    let (unit, sql) = match units {
        Units::Below(unit) => (unit, sql!(SQL, "sums_below")),
        Units::One(unit) => (unit, sql!(SQL, "sums_of")),
    };
    let on = day(on);
    let mut args = vec![no.arg(), unit.arg()];
    let ranges = reach(on).map(|(_, first, last)| [first, last]).into_iter();
    let recent = [on - TREND_DAYS + 1, on];
    args.extend(ranges.chain([recent]).flatten().map(|n| Arg::Int(n.into())));
    let mut out: HashMap<UnitId, (Delta, Delta)> = HashMap::new();
    for Line { unit, recent, met, base } in tx.list(sql, &args)? {
        let entry = out.entry(unit).or_default();
        *(if recent { &mut entry.1 } else { &mut entry.0 }) = Delta { met, base };
    }
    Ok(Some(Sums(out)))
}

#[cfg(test)]
mod tests;
