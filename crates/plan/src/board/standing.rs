//! Where a unit stands on its way to a target. Pure; whole numbers only, so that the same facts
//! give the same word everywhere.

use jiff::civil::Date;
use thao_record::evidence::day;
use thao_web::components::Standing;

use crate::target::{Qualifier, Target};

/// "About" and "nearly" are kept from this part of the goal on, in thousandths of it: what a
/// plan's own "about" leaves open is five per cent.
const ABOUT: i128 = 950;

/// The straight line from the baseline to the goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Path {
    pub baseline: i32,
    pub goal: i32,
    pub starts: Date,
    pub due: Date,
    pub qualifier: Qualifier,
}

impl Path {
    pub fn of(target: &Target) -> Path {
        Path {
            baseline: target.baseline,
            goal: target.goal,
            starts: target.starts,
            due: target.due,
            qualifier: target.qualifier(),
        }
    }

    /// The path of a unit that has agreed to a goal of its own.
    pub fn own(target: &Target, goal: Option<i64>) -> Path {
        let own = goal.and_then(|goal| i32::try_from(goal).ok());
        Path { goal: own.unwrap_or(target.goal), ..Path::of(target) }
    }

    /// How many people more would be on the line on a day; 0 on it, above it, and where the goal
    /// is reached. None without a denominator.
    pub fn behind(&self, part: i64, whole: Option<i64>, on: Date) -> Option<i64> {
        let whole = whole.filter(|whole| 0 < *whole)?;
        if self.is_reached(part, whole) {
            return Some(0);
        }
        let (line, length) = self.line(on);
        let wanted = (line * i128::from(whole) + 1000 * length - 1).div_euclid(1000 * length);
        let missing = i64::try_from(wanted - i128::from(part)).ok()?.max(0);
        // A line that comes down from a baseline above the goal asks for no more than the goal.
        Some(missing.min(missing_people(self, part, Some(whole))?))
    }

    /// Where the line is on a day, as thousandths over a whole number: `(numerator, denominator)`.
    fn line(&self, on: Date) -> (i128, i128) {
        let length = i128::from(day(self.due)) - i128::from(day(self.starts));
        if length <= 0 {
            return (self.goal.into(), 1);
        }
        let gone = (i128::from(day(on)) - i128::from(day(self.starts))).clamp(0, length);
        let rise = i128::from(self.goal) - i128::from(self.baseline);
        (i128::from(self.baseline) * length + rise * gone, length)
    }

    /// Whether `part` of `whole` satisfies the goal.
    fn is_reached(&self, part: i64, whole: i64) -> bool {
        let (part, goal) = (i128::from(part) * 1000, i128::from(whole) * i128::from(self.goal));
        match self.qualifier {
            Qualifier::AtLeast | Qualifier::Exactly => goal <= part,
            Qualifier::MoreThan => goal < part,
            Qualifier::About | Qualifier::Nearly => goal * ABOUT <= part * 1000,
        }
    }
}

/// How many people more would reach the goal; 0 when it is. None without a denominator.
pub fn missing_people(path: &Path, part: i64, whole: Option<i64>) -> Option<i64> {
    let whole = whole.filter(|whole| 0 < *whole)?;
    let goal = i128::from(whole) * i128::from(path.goal);
    let least = match path.qualifier {
        Qualifier::AtLeast | Qualifier::Exactly => (goal + 999) / 1000,
        Qualifier::MoreThan => goal / 1000 + 1,
        Qualifier::About | Qualifier::Nearly => (goal * ABOUT + 999_999) / 1_000_000,
    };
    i64::try_from(least - i128::from(part)).ok().map(|missing| missing.max(0))
}

/// Thousandths, rounded down so that 1000 means all; none without a denominator.
pub fn permille(part: i64, whole: Option<i64>) -> Option<i64> {
    let whole = whole.filter(|whole| 0 < *whole)?;
    i64::try_from(i128::from(part) * 1000 / i128::from(whole)).ok()
}

/// What the share should be on a day to be on the line, rounded up.
pub fn expected_permille(path: &Path, on: Date) -> i64 {
    let (line, length) = path.line(on);
    i64::try_from((line + length - 1).div_euclid(length)).unwrap_or_default()
}

/// Where `part` of `whole` stands on a day. Without a denominator nobody knows: that is said, not
/// taken for zero.
pub fn standing(path: &Path, part: i64, whole: Option<i64>, on: Date) -> Standing {
    let Some(whole) = whole.filter(|whole| 0 < *whole) else { return Standing::Unknown };
    if path.is_reached(part, whole) {
        return Standing::Reached;
    }
    if path.due < on {
        return Standing::Missed;
    }
    let (line, length) = path.line(on);
    if line * i128::from(whole) <= i128::from(part) * 1000 * length {
        Standing::OnTrack
    } else {
        Standing::AtRisk
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn path(qualifier: Qualifier) -> Path {
        Path {
            baseline: 200,
            goal: 800,
            starts: date(2026, 1, 1),
            due: date(2028, 12, 31),
            qualifier,
        }
    }

    #[test]
    fn a_share_is_held_against_the_line_of_the_day() {
        use Standing::{AtRisk, Missed, OnTrack, Reached, Unknown};
        // Halfway (02/07/2027) the line is at 500 thousandths.
        for (part, whole, on, expected) in [
            (0, None, date(2026, 6, 1), Unknown),
            (5, Some(0), date(2026, 6, 1), Unknown),
            (200, Some(1000), date(2025, 6, 1), OnTrack),
            (199, Some(1000), date(2025, 6, 1), AtRisk),
            (200, Some(1000), date(2026, 1, 1), OnTrack),
            (200, Some(1000), date(2026, 1, 2), AtRisk),
            (500, Some(1000), date(2027, 7, 2), OnTrack),
            (499, Some(1000), date(2027, 7, 2), AtRisk),
            (799, Some(1000), date(2028, 12, 31), AtRisk),
            (799, Some(1000), date(2029, 1, 1), Missed),
            (800, Some(1000), date(2026, 1, 1), Reached),
            (1200, Some(1000), date(2029, 1, 1), Reached),
        ] {
            let found = standing(&path(Qualifier::AtLeast), part, whole, on);
            assert_eq!(found, expected, "{part} of {whole:?} on {on}");
        }
    }

    #[test]
    fn a_goal_is_reached_as_its_source_says_it() {
        let on = date(2028, 1, 1);
        let reached =
            |qualifier, part| standing(&path(qualifier), part, Some(1000), on) == Standing::Reached;
        for (qualifier, least) in [
            (Qualifier::AtLeast, 800),
            (Qualifier::Exactly, 800),
            (Qualifier::MoreThan, 801),
            (Qualifier::About, 760),
            (Qualifier::Nearly, 760),
        ] {
            assert!(reached(qualifier, least), "{qualifier:?}");
            assert!(!reached(qualifier, least - 1), "{qualifier:?}");
        }
    }

    #[test]
    fn a_target_due_on_the_day_it_starts_asks_for_all_of_it() {
        let path = Path { due: date(2026, 1, 1), ..path(Qualifier::AtLeast) };
        assert_eq!(expected_permille(&path, date(2026, 1, 1)), 800);
        assert_eq!(standing(&path, 1, Some(2), date(2026, 1, 1)), Standing::AtRisk);
    }

    #[test]
    fn shares_round_down() {
        assert_eq!(permille(9999, Some(10_000)), Some(999));
        assert_eq!(permille(3, Some(2)), Some(1500));
        assert_eq!(permille(0, Some(0)), None);
        assert_eq!(permille(i64::MAX, Some(i64::MAX)), Some(1000));
    }

    proptest! {
        #[test]
        fn the_missing_people_are_as_many_as_it_takes_and_not_one_more(
            part in 0..300i64, whole in 1..300i64, goal in 0..1001i32, n in 0..Qualifier::ALL.len(),
        ) {
            let path = Path { goal, qualifier: Qualifier::ALL[n], ..path(Qualifier::AtLeast) };
            let missing = missing_people(&path, part, Some(whole)).unwrap();
            prop_assert!(path.is_reached(part + missing, whole));
            prop_assert!(missing == 0 || !path.is_reached(part + missing - 1, whole));
        }

        #[test]
        fn who_is_behind_is_on_track_with_as_many_more_and_not_with_fewer(
            part in 0..2000i64, whole in 1..2000i64, days in -50..1095i32, goal in 0..1001i32,
        ) {
            let path = Path { goal, ..path(Qualifier::AtLeast) };
            let on = thao_record::evidence::date_of(day(path.starts) + days);
            let fine = |part| matches!(
                standing(&path, part, Some(whole), on), Standing::OnTrack | Standing::Reached
            );
            let missing = path.behind(part, Some(whole), on).unwrap();
            prop_assert!(fine(part + missing));
            prop_assert!(missing == 0 || !fine(part + missing - 1));
        }

        #[test]
        fn on_track_is_on_or_above_the_line_that_is_shown(
            part in 0..2000i64, whole in 1..2000i64, days in -50..1200i32, goal in 0..1001i32,
        ) {
            let path = Path { goal, ..path(Qualifier::AtLeast) };
            let on = thao_record::evidence::date_of(day(path.starts) + days);
            let expected = expected_permille(&path, on);
            match standing(&path, part, Some(whole), on) {
                Standing::OnTrack => prop_assert!((expected - 1) * whole < part * 1000),
                Standing::AtRisk => prop_assert!(part * 1000 < expected * whole),
                _ => {}
            }
        }
    }
}
