//! Standings in tables, and what is said against what is counted.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn path(qualifier: Qualifier) -> Path {
    Path {
        baseline: 200,
        goal: 800,
        starts: date(2026, 1, 1),
        due: date(2028, 12, 31),
        years: Years::new(),
        qualifier,
        better: Better::More,
        shape: Shape::Share,
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
        let found = standing(&path(Qualifier::AtLeast), Value::Share { part, whole }, on);
        assert_eq!(found, expected, "{part} of {whole:?} on {on}");
    }
}

#[test]
fn a_goal_is_reached_as_its_source_says_it() {
    let on = date(2028, 1, 1);
    let reached = |qualifier, part| {
        let value = Value::Share { part, whole: Some(1000) };
        standing(&path(qualifier), value, on) == Standing::Reached
    };
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
    assert_eq!(expected(&path, date(2026, 1, 1)), 800);
    assert_eq!(
        standing(&path, Value::Share { part: 1, whole: Some(2) }, date(2026, 1, 1)),
        Standing::AtRisk
    );
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
        part in 0..300i64, whole in 1..300i64, goal in 0..1001i64, n in 0..Qualifier::ALL.len(),
    ) {
        let path = Path { goal, qualifier: Qualifier::ALL[n], ..path(Qualifier::AtLeast) };
        let on = date(2028, 1, 1);
        let value = |part| Value::Share { part, whole: Some(whole) };
        let missing = missing(&path, value(part), on).unwrap();
        let reached = |part| path.is_reached(value(part).fraction().unwrap(), on);
        prop_assert!(reached(part + missing));
        prop_assert!(missing == 0 || !reached(part + missing - 1));
    }

    #[test]
    fn who_is_behind_is_on_track_with_as_many_more_and_not_with_fewer(
        part in 0..2000i64, whole in 1..2000i64, days in -50..1095i32, goal in 0..1001i64,
        counts in any::<bool>(),
    ) {
        let shape = if counts { Shape::Count } else { Shape::Share };
        let goal = if counts { goal * 1000 } else { goal };
        let path = Path { goal, shape, ..path(Qualifier::AtLeast) };
        let on = thao_record::evidence::date_of(day(path.starts) + days);
        let value = |part| match shape {
            Shape::Count => Value::Count(part),
            _ => Value::Share { part, whole: Some(whole) },
        };
        let fine = |part| {
            matches!(standing(&path, value(part), on), Standing::OnTrack | Standing::Reached)
        };
        let missing = path.behind(value(part), on).unwrap();
        prop_assert!(fine(part + missing));
        prop_assert!(missing == 0 || !fine(part + missing - 1));
    }

    #[test]
    fn on_track_is_on_or_above_the_line_that_is_shown(
        part in 0..2000i64, whole in 1..2000i64, days in -50..1200i32, goal in 0..1001i64,
    ) {
        let path = Path { goal, ..path(Qualifier::AtLeast) };
        let on = thao_record::evidence::date_of(day(path.starts) + days);
        let expected = expected(&path, on);
        match standing(&path, Value::Share { part, whole: Some(whole) }, on) {
            Standing::OnTrack => prop_assert!((expected - 1) * whole < part * 1000),
            Standing::AtRisk => prop_assert!(part * 1000 < expected * whole),
            _ => {}
        }
    }
}

#[test]
fn a_way_with_yearly_goals_goes_from_point_to_point() {
    let years = Years::from([(2026, 300), (2027, 700), (2028, 999), (2031, 5)]);
    let path = Path { years, ..path(Qualifier::AtLeast) };
    for (on, thousandths) in [
        (date(2025, 1, 1), 200),
        (date(2026, 1, 1), 200),
        (date(2026, 7, 2), 250),
        (date(2026, 12, 31), 300),
        (date(2027, 7, 1), 500),
        (date(2027, 12, 31), 700),
        // The goal on the due day is the target's own, whatever its year says.
        (date(2028, 12, 31), 800),
        (date(2030, 1, 1), 800),
    ] {
        let found = expected(&path, on);
        assert!((found - thousandths).abs() <= 1, "{found} on {on}");
    }
}

#[test]
fn what_is_counted_needs_no_half_ones() {
    use Standing::{AtRisk, Missed, OnTrack, Reached};
    let path = Path {
        baseline: 0,
        goal: 12_000,
        due: date(2026, 12, 31),
        shape: Shape::Count,
        ..path(Qualifier::AtLeast)
    };
    for (n, on, expected_there, there, left) in [
        (0, date(2026, 1, 20), 0, OnTrack, 12),
        (0, date(2026, 2, 20), 1_000, AtRisk, 12),
        (1, date(2026, 2, 20), 1_000, OnTrack, 11),
        (11, date(2026, 12, 31), 12_000, AtRisk, 1),
        (11, date(2027, 1, 1), 12_000, Missed, 1),
        (12, date(2026, 3, 1), 1_000, Reached, 0),
        (15, date(2027, 3, 1), 12_000, Reached, 0),
    ] {
        assert_eq!(expected(&path, on), expected_there, "{n} on {on}");
        assert_eq!(standing(&path, Value::Count(n), on), there, "{n} on {on}");
        assert_eq!(missing(&path, Value::Count(n), on), Some(left), "{n} on {on}");
    }
}

#[test]
fn what_is_counted_each_year_begins_anew_and_has_goals_of_its_own() {
    use Standing::{AtRisk, Missed, OnTrack, Reached};
    let path = Path {
        baseline: 0,
        goal: 300_000,
        years: Years::from([(2027, 400_000)]),
        shape: Shape::PerYear,
        ..path(Qualifier::About)
    };
    for (n, on, there, left) in [
        (0, date(2026, 1, 1), OnTrack, 285),
        (149, date(2026, 7, 2), AtRisk, 136),
        (150, date(2026, 7, 2), OnTrack, 135),
        (285, date(2026, 7, 2), Reached, 0),
        (0, date(2027, 1, 1), OnTrack, 380),
        (285, date(2027, 12, 31), AtRisk, 95),
        (380, date(2027, 12, 31), Reached, 0),
        (284, date(2029, 1, 1), Missed, 1),
        (285, date(2029, 1, 1), Reached, 0),
    ] {
        assert_eq!(standing(&path, Value::Count(n), on), there, "{n} on {on}");
        assert_eq!(missing(&path, Value::Count(n), on), Some(left), "{n} on {on}");
    }
}

#[test]
fn of_ranks_less_is_better() {
    use Standing::{AtRisk, Missed, OnTrack, Reached, Unknown};
    let path = Path {
        baseline: 10_000,
        goal: 4_000,
        better: Better::Less,
        shape: Shape::Figure,
        ..path(Qualifier::Exactly)
    };
    for (rank, on, there, left) in [
        (None, date(2027, 7, 2), Unknown, None),
        (Some(7), date(2027, 7, 2), OnTrack, Some(3_000)),
        (Some(8), date(2027, 7, 2), AtRisk, Some(4_000)),
        (Some(4), date(2027, 7, 2), Reached, Some(0)),
        (Some(3), date(2029, 7, 2), Reached, Some(0)),
        (Some(5), date(2029, 7, 2), Missed, Some(1_000)),
    ] {
        let value = Value::Given(rank.map(|rank| rank * 1000));
        assert_eq!(standing(&path, value, on), there, "{rank:?} on {on}");
        assert_eq!(missing(&path, value, on), left, "{rank:?} on {on}");
    }
    let more = Path { qualifier: Qualifier::MoreThan, ..path.clone() };
    assert_eq!(standing(&more, Value::Given(Some(4_000)), date(2029, 7, 2)), Missed);
    let about = Path { qualifier: Qualifier::About, ..path };
    assert_eq!(standing(&about, Value::Given(Some(4_200)), date(2029, 7, 2)), Reached);
}

#[test]
fn a_milestone_is_not_late_before_it_is_due() {
    let path =
        Path { baseline: 0, goal: 1000, shape: Shape::Milestone, ..path(Qualifier::Exactly) };
    let done = |part| Value::Share { part, whole: Some(1) };
    assert_eq!(standing(&path, done(0), date(2028, 12, 30)), Standing::OnTrack);
    assert_eq!(standing(&path, done(0), date(2028, 12, 31)), Standing::AtRisk);
    assert_eq!(standing(&path, done(0), date(2029, 1, 1)), Standing::Missed);
    assert_eq!(standing(&path, done(1), date(2026, 2, 1)), Standing::Reached);
}
