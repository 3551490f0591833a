//! Evidence: facts about a person folded into the days on which a rung holds. Pure.
//!
//! Rungs climb: attended < completed < passed < observed < confirmed at work < still able. Each
//! rung is decided by the latest valid outcome of its own kind, failures included: a later
//! attendance never undoes a passed test, a failed re-test does. A measure that counts rung R is
//! met when R or any rung above it holds.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use thao_base::locale::local_date;
use thao_base::{ActivityId, StatementId, UnitId};

/// How strong the evidence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    None,
    Attended,
    Completed,
    Passed,
    Observed,
    Confirmed,
    StillAble,
}

impl Rung {
    pub const ALL: [Rung; 7] = [
        Rung::None,
        Rung::Attended,
        Rung::Completed,
        Rung::Passed,
        Rung::Observed,
        Rung::Confirmed,
        Rung::StillAble,
    ];

    /// As the database keeps it: 0 to 6.
    pub fn level(self) -> i32 {
        self as i32
    }

    pub fn from_level(level: i32) -> Option<Rung> {
        Rung::ALL.into_iter().find(|rung| rung.level() == level)
    }

    pub fn code(self) -> &'static str {
        match self {
            Rung::None => "none",
            Rung::Attended => "attended",
            Rung::Completed => "completed",
            Rung::Passed => "passed",
            Rung::Observed => "observed",
            Rung::Confirmed => "confirmed",
            Rung::StillAble => "still_able",
        }
    }
}

/// An outcome, as the fold needs it: not voided. A person's is of a rung above [`Rung::None`], what
/// was found of a unit or thing is of none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub id: StatementId,
    pub activity: ActivityId,
    /// Where it happened.
    pub unit: UnitId,
    pub rung: Rung,
    pub success: bool,
    pub at: Timestamp,
}

/// A stretch of days, `to` excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    pub from: i32,
    pub to: i32,
}

/// The day after the last there is.
pub const FOREVER: i32 = i32::MAX;

/// Days since 1970-01-01.
pub fn day(date: Date) -> i32 {
    // A civil date is at most some three million days away from 1970.
    (date - Date::constant(1970, 1, 1)).get_days()
}

/// The local day of an instant.
pub fn day_of(at: Timestamp) -> i32 {
    day(local_date(at))
}

/// The date of a day.
pub fn date_of(day: i32) -> Date {
    Date::constant(1970, 1, 1).checked_add(Span::new().days(day)).unwrap_or(Date::MAX)
}

/// The days on which `rung` or one above it holds in one activity, in order and apart.
///
/// `valid_months`: how long an outcome counts, when not for ever.
pub fn held(facts: &[Fact], rung: Rung, valid_months: Option<i32>) -> Vec<Days> {
    let mut all = Vec::new();
    for own in Rung::ALL.into_iter().filter(|own| *own >= rung && *own > Rung::None) {
        let mut outcomes: Vec<&Fact> = facts.iter().filter(|fact| fact.rung == own).collect();
        outcomes.sort_by_key(|fact| (fact.at, fact.id));
        own_days(&outcomes, valid_months, &mut all);
    }
    union(all)
}

/// The days on which the latest of these outcomes, of whatever kind, is a success, in order and
/// apart.
pub fn decided(facts: &[Fact], valid_months: Option<i32>) -> Vec<Days> {
    let mut outcomes: Vec<&Fact> = facts.iter().collect();
    outcomes.sort_by_key(|fact| (fact.at, fact.id));
    let mut all = Vec::new();
    own_days(&outcomes, valid_months, &mut all);
    union(all)
}

/// Each outcome decides from its day until the next outcome of its kind, or until it runs out.
fn own_days(outcomes: &[&Fact], valid_months: Option<i32>, out: &mut Vec<Days>) {
    for (i, fact) in outcomes.iter().enumerate() {
        if !fact.success {
            continue;
        }
        let from = day_of(fact.at);
        let next = outcomes.get(i + 1).map_or(FOREVER, |next| day_of(next.at));
        let end = valid_months.map_or(FOREVER, |months| {
            let start = local_date(fact.at);
            start.checked_add(Span::new().months(months)).map_or(FOREVER, day)
        });
        let to = next.min(end);
        if from < to {
            out.push(Days { from, to });
        }
    }
}

/// Stretches in order, overlapping and touching ones made one.
pub fn union(mut days: Vec<Days>) -> Vec<Days> {
    days.sort_unstable();
    let mut out: Vec<Days> = Vec::with_capacity(days.len());
    for next in days.into_iter().filter(|days| days.from < days.to) {
        match out.last_mut() {
            Some(last) if next.from <= last.to => last.to = last.to.max(next.to),
            _ => out.push(next),
        }
    }
    out
}

/// The days in both; both in order and apart.
pub fn intersection(a: &[Days], b: &[Days]) -> Vec<Days> {
    let mut out = Vec::new();
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        let both = Days { from: x.from.max(y.from), to: x.to.min(y.to) };
        if both.from < both.to {
            out.push(both);
        }
        if x.to <= y.to {
            a.next();
        } else {
            b.next();
        }
    }
    out
}

/// The days of `a` that are not in `b`; both in order and apart.
pub fn difference(a: &[Days], b: &[Days]) -> Vec<Days> {
    let mut out = Vec::new();
    for days in a {
        let mut from = days.from;
        for gap in b.iter().filter(|gap| gap.from < days.to && days.from < gap.to) {
            if from < gap.from {
                out.push(Days { from, to: gap.from });
            }
            from = from.max(gap.to);
        }
        if from < days.to {
            out.push(Days { from, to: days.to });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use thao_base::{Entropy, Id};

    use super::*;

    fn fact(rung: Rung, success: bool, at: &str) -> Fact {
        let at: Timestamp = format!("{at}T05:00:00Z").parse().unwrap();
        let entropy = Entropy::seeded(at.as_second() as u64);
        Fact {
            id: StatementId::new(at, &entropy),
            activity: ActivityId::new(at, &entropy),
            unit: UnitId::new(at, &entropy),
            rung,
            success,
            at,
        }
    }

    fn check(facts: &[Fact], rung: Rung, months: Option<i32>, expected: &[(&str, &str)]) {
        let words: Vec<(String, String)> = held(facts, rung, months)
            .iter()
            .map(|days| {
                let to =
                    if days.to == FOREVER { "…".into() } else { date_of(days.to).to_string() };
                (date_of(days.from).to_string(), to)
            })
            .collect();
        let words: Vec<(&str, &str)> =
            words.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn a_later_attendance_never_undoes_a_passed_test_and_a_failed_retest_does() {
        let passed = fact(Rung::Passed, true, "2026-01-10");
        let attended = fact(Rung::Attended, true, "2026-02-01");
        let failed = fact(Rung::Passed, false, "2026-03-01");
        check(&[passed.clone(), attended.clone()], Rung::Passed, None, &[("2026-01-10", "…")]);
        check(
            &[passed.clone(), attended.clone(), failed.clone()],
            Rung::Passed,
            None,
            &[("2026-01-10", "2026-03-01")],
        );
        // Whoever passed has at least attended, until the pass is lost; the attendance stays.
        check(&[failed, attended, passed], Rung::Attended, None, &[("2026-01-10", "…")]);
    }

    #[test]
    fn outcomes_run_out_after_their_months() {
        let first = fact(Rung::Completed, true, "2026-01-31");
        check(
            std::slice::from_ref(&first),
            Rung::Completed,
            Some(1),
            &[("2026-01-31", "2026-02-28")],
        );
        let again = fact(Rung::Completed, true, "2026-02-10");
        check(&[first, again], Rung::Completed, Some(1), &[("2026-01-31", "2026-03-10")]);
    }

    #[test]
    fn the_last_outcome_of_a_day_decides_the_day() {
        let mut failed = fact(Rung::Passed, false, "2026-01-10");
        let passed = fact(Rung::Passed, true, "2026-01-10");
        failed.at = passed.at + Span::new().hours(1);
        check(&[passed.clone(), failed.clone()], Rung::Passed, None, &[]);
        failed.at = passed.at - Span::new().hours(1);
        check(&[passed, failed], Rung::Passed, None, &[("2026-01-10", "…")]);
    }

    fn stretches() -> impl Strategy<Value = Vec<Days>> {
        prop::collection::vec((0..40i32, 1..9i32), 0..6).prop_map(|v| {
            union(v.into_iter().map(|(from, n)| Days { from, to: from + n }).collect())
        })
    }

    proptest! {
        #[test]
        fn sets_of_days_behave_like_sets(a in stretches(), b in stretches()) {
            let holds = |set: &[Days], day: i32| set.iter().any(|d| d.from <= day && day < d.to);
            let both = intersection(&a, &b);
            let only = difference(&a, &b);
            for day in -1..60 {
                prop_assert_eq!(holds(&both, day), holds(&a, day) && holds(&b, day));
                prop_assert_eq!(holds(&only, day), holds(&a, day) && !holds(&b, day));
            }
        }
    }
}
