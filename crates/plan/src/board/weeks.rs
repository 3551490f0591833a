//! The numerator at the end of each of the last weeks: one statement, however many people.

use std::collections::VecDeque;

use jiff::civil::Date;
use thao_base::{MeasureId, Result, Tx, UnitId, args, sql};
use thao_record::evidence::day;

use super::SQL;
use crate::readings;

/// The numerators of a unit at the end of `on` and of each of the `count` weeks before, oldest
/// first. `now`: that of `on`, which the board knows; the others follow from what changed since.
/// None until the measure's first book is whole.
pub fn weeks(
    tx: &mut Tx<'_>,
    measure: MeasureId,
    unit: UnitId,
    now: i64,
    on: Date,
    count: usize,
) -> Result<Option<Vec<i64>>> {
    let Some(no) = readings::open(tx, measure)? else { return Ok(None) };
    let on = day(on);
    let back = i32::try_from(count).unwrap_or(i32::MAX).saturating_mul(7);
    let changes: Vec<(i32, i64, i64)> =
        tx.list(sql!(SQL, "changes"), args![no, unit, on.saturating_sub(back), on])?;
    Ok(Some(walk_back(now, on, count, &changes)))
}

/// `changes`: bucket and change of the numerator, oldest first.
fn walk_back(now: i64, on: i32, count: usize, changes: &[(i32, i64, i64)]) -> Vec<i64> {
    let mut out = VecDeque::from([now]);
    let mut rest = changes.iter().rev().peekable();
    let (mut figure, mut end) = (now, on);
    for _ in 0..count {
        end = end.saturating_sub(7);
        while let Some((_, met, _)) = rest.next_if(|(bucket, ..)| end < *bucket) {
            figure -= met;
        }
        out.push_front(figure);
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_belongs_to_the_week_that_ends_on_its_day_or_after() {
        let changes = [(80, 5, 0), (86, 1, 0), (87, 2, 0), (93, 4, 0), (94, 8, 0), (100, 16, 0)];
        // Weeks end on 79, 86, 93, 100.
        assert_eq!(walk_back(40, 100, 3, &changes), [4, 10, 16, 40]);
        assert_eq!(walk_back(40, 100, 0, &changes), [40]);
        assert_eq!(walk_back(7, 100, 2, &[]), [7, 7, 7]);
    }
}
