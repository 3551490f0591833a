//! Whether somebody's training of a year has reached its minimum: the days from the one it was
//! reached on until 1 January. Pure.
//!
//! What adds up: time at meetings, and the stated length of courses completed. Who sat in the
//! classes of a course and then completed it learnt it once: of each course in a year the longer
//! of the two counts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use thao_base::{ActivityId, RowId};
use thao_record::evidence::{Days, FOREVER, date_of, day};

/// Training on one day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stint {
    pub day: i32,
    pub activity: ActivityId,
    pub minutes: i32,
    /// The meeting somebody was at; none for a course that was completed.
    pub meeting: Option<RowId>,
}

/// One course in one year.
#[derive(Debug, Default)]
struct Learnt {
    meetings: BTreeSet<RowId>,
    at_meetings: i64,
    completed: i64,
}

impl Learnt {
    fn minutes(&self) -> i64 {
        self.at_meetings.max(self.completed)
    }

    fn take(&mut self, stint: &Stint) {
        let minutes = i64::from(stint.minutes.max(0));
        match stint.meeting {
            // Ticked twice, or under two rows of one person: one meeting all the same.
            Some(meeting) if self.meetings.insert(meeting) => self.at_meetings += minutes,
            Some(_) => {}
            None => self.completed = self.completed.max(minutes),
        }
    }
}

/// The days on which the year's sum has reached `least` minutes, in order and apart.
pub fn reached(stints: &[Stint], least: i64) -> Vec<Days> {
    let mut sorted: Vec<&Stint> = stints.iter().collect();
    sorted.sort();
    let mut years: BTreeMap<i16, Vec<&Stint>> = BTreeMap::new();
    for stint in sorted {
        years.entry(date_of(stint.day).year()).or_default().push(stint);
    }
    let mut out = Vec::new();
    for (year, stints) in years {
        let mut learnt: BTreeMap<ActivityId, Learnt> = BTreeMap::new();
        for stint in stints {
            learnt.entry(stint.activity).or_default().take(stint);
            if least <= learnt.values().map(Learnt::minutes).sum() {
                let to = Date::new(year.saturating_add(1), 1, 1).map_or(FOREVER, day);
                out.push(Days { from: stint.day, to });
                break;
            }
        }
    }
    out
}

/// The minutes of a day's year up to and with that day.
pub fn minutes_on(stints: &[Stint], on: i32) -> i64 {
    let year = date_of(on).year();
    let mut learnt: BTreeMap<ActivityId, Learnt> = BTreeMap::new();
    for stint in stints.iter().filter(|s| s.day <= on && date_of(s.day).year() == year) {
        learnt.entry(stint.activity).or_default().take(stint);
    }
    learnt.values().map(Learnt::minutes).sum()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::world::small_id;

    fn at_meeting(on: Date, course: u64, meeting: u64, minutes: i32) -> Stint {
        let (activity, meeting) = (small_id(course), Some(small_id(meeting)));
        Stint { day: day(on), activity, minutes, meeting }
    }

    fn completed(on: Date, course: u64, minutes: i32) -> Stint {
        Stint { day: day(on), activity: small_id(course), minutes, meeting: None }
    }

    fn words(days: &[Days]) -> Vec<String> {
        days.iter().map(|d| format!("{}–{}", date_of(d.from), date_of(d.to))).collect()
    }

    #[test]
    fn the_sum_begins_anew_each_january() {
        let stints = [
            at_meeting(date(2025, 12, 30), 1, 1, 120),
            at_meeting(date(2026, 2, 1), 1, 2, 120),
            completed(date(2026, 5, 1), 2, 60),
            at_meeting(date(2027, 3, 1), 1, 3, 200),
        ];
        assert_eq!(
            words(&reached(&stints, 180)),
            ["2026-05-01–2027-01-01", "2027-03-01–2028-01-01"]
        );
        assert_eq!(reached(&stints, 201), []);
    }

    #[test]
    fn a_course_counts_once_a_year_however_it_was_learnt() {
        let (first, last) = (date(2026, 2, 1), date(2026, 6, 1));
        let both = [at_meeting(first, 1, 1, 90), completed(last, 1, 120)];
        assert_eq!(minutes_on(&both, day(first)), 90);
        assert_eq!(minutes_on(&both, day(last)), 120, "the longer of the two");
        let twice = [completed(first, 1, 45), completed(last, 1, 45)];
        assert_eq!(minutes_on(&twice, day(last)), 45);
        let ticked_twice = [at_meeting(first, 1, 1, 90), at_meeting(first, 1, 1, 90)];
        assert_eq!(minutes_on(&ticked_twice, day(last)), 90);
        let evenings = [at_meeting(first, 1, 1, 90), at_meeting(last, 1, 2, 90)];
        assert_eq!(minutes_on(&evenings, day(last)), 180);
    }

    proptest! {
        #[test]
        fn days_reached_are_those_whose_sum_is_enough(
            all in prop::collection::vec((0..800i32, 0..3u64, 0..4u64, 0..200i32, any::<bool>()), 0..12),
            least in 1..400i64,
        ) {
            let start = day(date(2025, 6, 1));
            // One meeting is on one day and as long for everybody.
            let stints: Vec<Stint> = all.iter().enumerate().map(|(i, (on, course, _, minutes, sat))| Stint {
                day: start + on,
                activity: small_id(*course + 1),
                minutes: *minutes,
                meeting: sat.then(|| small_id(i as u64 + 100)),
            }).collect();
            let days = reached(&stints, least);
            for on in start - 5..start + 1_200 {
                let holds = days.iter().any(|d| d.from <= on && on < d.to);
                prop_assert_eq!(holds, least <= minutes_on(&stints, on), "{}", date_of(on));
            }
        }
    }
}
