//! The board: a target by unit, as of a day. Numerators and computed denominators come out of the
//! readings, official denominators out of the figures; a unit's number is a distinct count of
//! people, so the units below need not add up to it.

mod history;
mod kept;
mod matrix;
mod standing;
mod whole;

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{MeasureId, Result, Tx, UnitId, row, sql};
use thao_people::unit::{self, Place};
use thao_record::evidence::day;
use thao_web::components::Standing;

pub use history::{Point, history};
pub use kept::Kept;
pub use matrix::{Cell, Column, Figures, Matrix, matrix};
pub use standing::{Path, expected_permille, missing_people, permille, standing};
pub use whole::Whole;

use crate::figure;
use crate::fold::{Delta, reach};
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
    pub part: i64,
    pub whole: Whole,
    pub standing: Standing,
    /// Thousandths more than thirty days before, by the denominator of today when it is official.
    pub trend: Option<i64>,
}

impl Row {
    /// Thousandths, rounded down; none without a denominator.
    pub fn permille(&self) -> Option<i64> {
        permille(self.part, self.whole.value())
    }

    /// More people than the denominator has: one of the two is wrong, and it is shown.
    pub fn is_over(&self) -> bool {
        self.whole.value().is_some_and(|whole| whole < self.part)
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
    let Some(sums) = sums(tx, measure.id, Units::Below(place.unit), on)? else { return Ok(None) };
    let children = unit::list_children(tx, place.unit)?;
    let computed = |place: &Place| Whole::Computed(sums.of(place.unit).0.base);
    let (whole, wholes) = match measure.denominator {
        Denominator::Computed => (computed(place), children.iter().map(computed).collect()),
        Denominator::Official => official(tx, measure.id, place, &children, on)?,
    };
    let row = |place: Place, whole: Whole| {
        let (now, before) = sums.of(place.unit);
        make_row(target, place, on, whole, now, before)
    };
    let total = row(place.clone(), whole);
    let mut rows: Vec<Row> =
        children.into_iter().zip(wholes).map(|(child, whole)| row(child, whole)).collect();
    // Agencies on a board of residents would be a page of nothing.
    let concerned: BTreeSet<String> = rows
        .iter()
        .filter(|row| 0 < row.part || row.whole.value().is_some_and(|whole| 0 < whole))
        .map(|row| row.place.kind.clone())
        .collect();
    if !concerned.is_empty() || total.whole.value().is_some_and(|whole| 0 < whole) {
        rows.retain(|row| concerned.contains(&row.place.kind));
    }
    Ok(Some(Board { day: on, total, rows }))
}

/// The figures of a target in one unit. None until the measure's first book is whole.
pub fn in_unit(
    tx: &mut Tx<'_>,
    target: &Target,
    measure: &Measure,
    place: &Place,
    on: Date,
) -> Result<Option<Row>> {
    let Some(sums) = sums(tx, measure.id, Units::One(place.unit), on)? else { return Ok(None) };
    let (now, before) = sums.of(place.unit);
    let whole = match measure.denominator {
        Denominator::Computed => Whole::Computed(now.base),
        Denominator::Official => {
            let children = unit::list_children(tx, place.unit)?;
            official(tx, measure.id, place, &children, on)?.0
        }
    };
    Ok(Some(make_row(target, place.clone(), on, whole, now, before)))
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
    on: Date,
    whole: Whole,
    now: Delta,
    before: Delta,
) -> Row {
    let earlier = match &whole {
        Whole::Computed(_) => Some(before.base),
        other => other.value(),
    };
    let trend = permille(now.met, whole.value())
        .zip(permille(before.met, earlier))
        .map(|(now, before)| now - before);
    let standing = standing(&Path::of(target), now.met, whole.value(), on);
    Row { place, part: now.met, whole, standing, trend }
}

/// Numerators and bases of some units: at the end of a day, and what they changed by in the
/// thirty days up to it.
struct Sums(HashMap<UnitId, (Delta, Delta)>);

impl Sums {
    /// On the day, and thirty days before.
    fn of(&self, unit: UnitId) -> (Delta, Delta) {
        let (now, recent) = self.0.get(&unit).copied().unwrap_or_default();
        (now, Delta { met: now.met - recent.met, base: now.base - recent.base })
    }
}

#[derive(Clone, Copy)]
enum Units {
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

fn sums(tx: &mut Tx<'_>, measure: MeasureId, units: Units, on: Date) -> Result<Option<Sums>> {
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
