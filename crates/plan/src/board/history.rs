//! How a figure moved: a point at the end of each month.

use jiff::Span;
use jiff::civil::Date;
use thao_base::{Result, Tx, args, sql};
use thao_people::unit::Place;
use thao_record::evidence::{date_of, day};

use super::{SQL, Units, Value, read_on, standing, sums};
use crate::figure::{self, Figure};
use crate::fold::Delta;
use crate::kind::Kind;
use crate::measure::{Denominator, Measure};
use crate::readings;
use crate::target::Target;

/// Months a chart goes back at most.
const MONTHS: usize = 72;

/// A figure at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub on: Date,
    pub value: Value,
}

/// The ends of months from the start of a target, and `on` itself, oldest first.
fn ends(starts: Date, on: Date) -> Vec<Date> {
    let mut out = vec![on];
    let mut end = on.first_of_month();
    while out.len() < MONTHS {
        let Ok(last) = end.checked_sub(Span::new().days(1)) else { break };
        if last < starts {
            break;
        }
        out.push(last);
        end = last.first_of_month();
    }
    out.reverse();
    out
}

/// The points of a target in a unit since it started. None until the measure's first book is
/// whole. `whole`: the official denominator on `on`, which holds all the way: a new census is no
/// progress.
pub fn history(
    tx: &mut Tx<'_>,
    target: &Target,
    measure: &Measure,
    place: &Place,
    whole: Option<i64>,
    on: Date,
) -> Result<Option<Vec<Point>>> {
    let on = read_on(target, on);
    let ends = ends(target.starts, on);
    if measure.kind == Kind::Figure {
        return given(tx, measure, place, ends).map(Some);
    }
    let first = ends.first().copied().unwrap_or(on);
    let Some(no) = readings::open(tx, measure.id)? else { return Ok(None) };
    let Some(at_first) = sums(tx, measure.id, Units::One(place.unit), first)? else {
        return Ok(None);
    };
    let rows: Vec<(i32, i64, i64)> =
        tx.list(sql!(SQL, "changes"), args![no, place.unit, day(first), day(on)])?;
    let mut sum = at_first.of(place.unit).0;
    let mut rows = rows.into_iter().peekable();
    let mut out = Vec::with_capacity(ends.len());
    for end in ends {
        while let Some((_, met, base)) = rows.next_if(|(bucket, ..)| date_of(*bucket) <= end) {
            sum = Delta { met: sum.met + met, base: sum.base + base };
        }
        let whole = match measure.denominator {
            Denominator::Computed => Some(sum.base),
            Denominator::Official | Denominator::Unasked => whole,
        };
        out.push(Point { on: end, value: standing::value(measure.kind, sum.met, whole) });
    }
    Ok(Some(out))
}

/// The figures that stood at the ends of months.
fn given(tx: &mut Tx<'_>, measure: &Measure, place: &Place, ends: Vec<Date>) -> Result<Vec<Point>> {
    let figures = figure::list(tx, measure.id, place.span())?;
    let own: Vec<&Figure> = figures.iter().filter(|f| f.unit == place.unit).collect();
    // In rising order: the last up to a day is the one that stood.
    let on_day = |on: Date| own.iter().rev().find(|f| f.as_of <= on).map(|f| f.value);
    Ok(ends.into_iter().map(|on| Point { on, value: Value::Given(on_day(on)) }).collect())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_history_ends_months_and_ends_today() {
        let found = ends(date(2026, 1, 15), date(2026, 3, 20));
        assert_eq!(found, [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 20)]);
        assert_eq!(ends(date(2026, 3, 1), date(2026, 3, 1)), [date(2026, 3, 1)]);
        assert_eq!(ends(date(2030, 1, 1), date(2026, 3, 1)), [date(2026, 3, 1)]);
        assert_eq!(ends(date(1900, 1, 1), date(2026, 3, 1)).len(), MONTHS);
    }
}
