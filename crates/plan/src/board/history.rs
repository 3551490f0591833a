//! How a share moved: a point at the end of each month.

use jiff::Span;
use jiff::civil::Date;
use thao_base::{Result, Tx, args, sql};
use thao_people::unit::Place;
use thao_record::evidence::{date_of, day};

use super::{SQL, Units, sums_in};
use crate::fold::Delta;
use crate::measure::{Denominator, Measure};
use crate::readings;
use crate::target::Target;

/// Months a chart goes back at most.
const MONTHS: usize = 72;

/// A share at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub on: Date,
    pub part: i64,
    pub whole: Option<i64>,
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
    let Some(no) = readings::open(tx, measure.id)? else { return Ok(None) };
    points(tx, no, target, measure, place, whole, on).map(Some)
}

/// The same out of a book or a view by its number.
pub(super) fn points(
    tx: &mut Tx<'_>,
    no: i32,
    target: &Target,
    measure: &Measure,
    place: &Place,
    whole: Option<i64>,
    on: Date,
) -> Result<Vec<Point>> {
    let ends = ends(target.starts, on);
    let first = ends.first().copied().unwrap_or(on);
    let at_first = sums_in(tx, no, Units::One(place.unit), first)?;
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
            Denominator::Official => whole,
        };
        out.push(Point { on: end, part: sum.met, whole });
    }
    Ok(out)
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
