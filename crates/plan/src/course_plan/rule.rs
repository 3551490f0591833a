//! Whether a row of the year's plan keeps up. Pure.

use jiff::civil::Date;

/// What a row says it means to hold; missing is not zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Planned {
    pub classes: Option<i64>,
    pub places: Option<i64>,
    pub budget: Option<i64>,
}

impl Planned {
    /// Both together; what one of them does not say counts as nothing only beside the other.
    #[must_use]
    pub fn and(self, other: Planned) -> Planned {
        let sum = |a: Option<i64>, b: Option<i64>| match (a, b) {
            (None, None) => None,
            (a, b) => Some(a.unwrap_or(0).saturating_add(b.unwrap_or(0))),
        };
        Planned {
            classes: sum(self.classes, other.classes),
            places: sum(self.places, other.places),
            budget: sum(self.budget, other.budget),
        }
    }
}

/// What was held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    pub classes: i64,
    /// Distinct people registered.
    pub registered: i64,
    /// Distinct people who came, and how often they came.
    pub people: i64,
    pub turns: i64,
    /// Of those registered, who completed the course or more, and who passed its test or more.
    pub finished: i64,
    pub passed: i64,
}

/// How a row keeps up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pace {
    /// Everything planned was held.
    Held,
    OnTrack,
    /// Less than the share of its time that has gone.
    Behind,
    /// Its time is over.
    Late,
    /// No number was planned, or nothing can be counted without a course.
    Unknown,
}

impl Pace {
    pub const ALL: [Pace; 5] = [Pace::Late, Pace::Behind, Pace::OnTrack, Pace::Held, Pace::Unknown];
}

/// Thousandths of a plan that were held: of classes and places the one that is further behind.
pub fn share(planned: &Planned, held: &Held) -> Option<i64> {
    // Somebody who came was given a place, whether or not they had registered.
    let filled = held.registered.max(held.people);
    let parts = [(planned.classes, held.classes), (planned.places, filled)];
    let shares = parts.into_iter().filter_map(|(whole, part)| {
        let whole = whole.filter(|whole| 0 < *whole)?;
        Some(part.saturating_mul(1000) / whole)
    });
    shares.min()
}

/// How a row of `year` keeps up on a day: its time runs evenly from 1 January to `due`, or to the
/// end of the year. `held`: none when the row names no course to count by.
pub fn pace(
    planned: &Planned,
    held: Option<&Held>,
    year: i32,
    due: Option<Date>,
    today: Date,
) -> Pace {
    let Some(share) = held.and_then(|held| share(planned, held)) else { return Pace::Unknown };
    if 1000 <= share {
        return Pace::Held;
    }
    let year = i16::try_from(year).unwrap_or(i16::MAX);
    let first = Date::new(year, 1, 1).unwrap_or(Date::MAX);
    let due = due.or(Date::new(year, 12, 31).ok()).unwrap_or(Date::MAX);
    if due < today {
        return Pace::Late;
    }
    let days = |from: Date, to: Date| i64::from((to - from).get_days());
    let (gone, all) = (days(first, today).max(0), days(first, due).max(1));
    if share < gone * 1000 / all { Pace::Behind } else { Pace::OnTrack }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn planned(classes: i64, places: i64) -> Planned {
        let some = |n: i64| (0 < n).then_some(n);
        Planned { classes: some(classes), places: some(places), budget: None }
    }

    fn held(classes: i64, registered: i64) -> Held {
        Held { classes, registered, ..Held::default() }
    }

    #[test]
    fn the_one_further_behind_decides_and_missing_is_not_zero() {
        assert_eq!(share(&planned(4, 160), &held(4, 80)), Some(500));
        assert_eq!(share(&planned(4, 0), &held(1, 80)), Some(250));
        assert_eq!(share(&planned(0, 160), &held(9, 40)), Some(250));
        assert_eq!(share(&planned(0, 0), &held(9, 40)), None);
        let walked_in = Held { people: 120, ..held(4, 80) };
        assert_eq!(share(&planned(4, 160), &walked_in), Some(750));
    }

    #[test]
    fn time_runs_evenly_to_the_day_due() {
        let half = held(2, 0);
        let cases = [
            (None, date(2026, 1, 1), Pace::OnTrack),
            (None, date(2026, 7, 2), Pace::OnTrack),
            (None, date(2026, 7, 4), Pace::Behind),
            (None, date(2027, 1, 1), Pace::Late),
            (None, date(2025, 6, 1), Pace::OnTrack),
            (Some(date(2026, 6, 30)), date(2026, 6, 30), Pace::Behind),
            (Some(date(2026, 6, 30)), date(2026, 7, 1), Pace::Late),
        ];
        for (due, today, expected) in cases {
            let found = pace(&planned(4, 0), Some(&half), 2026, due, today);
            assert_eq!(found, expected, "{due:?} {today}");
        }
        let all = held(4, 0);
        assert_eq!(pace(&planned(4, 0), Some(&all), 2026, None, date(2027, 5, 1)), Pace::Held);
        assert_eq!(pace(&planned(4, 0), None, 2026, None, date(2026, 5, 1)), Pace::Unknown);
        assert_eq!(pace(&planned(0, 0), Some(&all), 2026, None, date(2026, 5, 1)), Pace::Unknown);
    }

    #[test]
    fn sums_stay_missing_only_when_nobody_says_anything() {
        let both = planned(3, 0).and(planned(0, 40));
        assert_eq!((both.classes, both.places, both.budget), (Some(3), Some(40), None));
    }
}
