//! Projections held against sums by hand.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const ON: Date = date(2026, 11, 20);

fn asked(weeks: &[i64], wanted: i64) -> Asked<'_> {
    // Ten weeks on.
    Asked { weeks, on: ON, due: date(2027, 1, 29), wanted, most: Some(1_000) }
}

fn to(asked: &Asked<'_>) -> Projection {
    match project(asked) {
        Heading::To(projection) => projection,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_steady_pace_goes_on_and_says_when_it_arrives() {
    let weeks: Vec<i64> = (0..27).map(|n| 100 + 5 * n).collect();
    let found = to(&asked(&weeks, 430));
    // 230 today, five a week, ten weeks.
    assert_eq!((found.low, found.middle, found.high), (280, 280, 280));
    assert_eq!((found.last_4, found.last_12), (5_000, Some(5_000)));
    assert_eq!(found.needed, 20_000);
    // 200 at five a week: forty weeks.
    assert_eq!(found.reached_on, Some(date(2027, 8, 27)));
    assert_eq!(found.outlook(430), Outlook::Unlikely);
    assert_eq!(found.outlook(280), Outlook::Likely);
}

#[test]
fn an_uneven_pace_has_a_range() {
    // Sixty every third week: the range of ten weeks is wider than nothing and holds the middle.
    let weeks: Vec<i64> = (0..27).map(|n| n / 3 * 60).collect();
    let found = to(&asked(&weeks, 700));
    assert!(found.low < found.middle && found.middle < found.high, "{found:?}");
    assert_eq!(found.middle, 680);
    // The first two weeks are none of it. Twenty-four steps 60, 0, 0 about a slope of 20: variance
    // 834.8, root 28.9; ten weeks on times √(10 (1 + 10/24)) = 3.76, times 1.282: 139.4.
    assert_eq!((found.low, found.high), (540, 820));
    assert_eq!(found.outlook(700), Outlook::Open);
    let short = Asked { due: date(2026, 11, 27), ..asked(&weeks, 700) };
    let near = to(&short);
    assert!(near.high - near.low < found.high - found.low, "further away is less certain");
}

#[test]
fn what_never_fell_is_not_expected_to_and_nobody_counts_more_than_all() {
    let mut weeks = vec![500; 26];
    weeks.extend([980]);
    let found = to(&asked(&weeks, 1_000));
    assert_eq!((found.low, found.high), (980, 1_000));
    let falling: Vec<i64> = (0..27).map(|n| 700 - 10 * n).collect();
    let found = to(&asked(&falling, 800));
    assert_eq!((found.middle, found.last_4, found.reached_on), (340, -10_000, None));
    let falling: Vec<i64> = (0..27).map(|n| 270 - 10 * n).collect();
    assert_eq!(to(&asked(&falling, 800)).low, 0);
}

#[test]
fn too_little_history_is_said() {
    assert_eq!(project(&asked(&[], 5)), Heading::TooShort(0));
    assert_eq!(project(&asked(&[0; 27], 5)), Heading::TooShort(0));
    // Nothing was counted before: three weeks are no half year, whatever the noughts before them.
    let mut weeks = vec![0; 24];
    weeks.extend([3, 5, 9]);
    assert_eq!(project(&asked(&weeks, 50)), Heading::TooShort(3));
    let weeks: Vec<i64> = (1..=9).collect();
    assert!(matches!(project(&asked(&weeks, 50)), Heading::To(found) if found.last_12.is_none()));
}

#[test]
fn what_is_reached_or_past_is_not_projected() {
    let weeks: Vec<i64> = (0..27).collect();
    assert_eq!(project(&asked(&weeks, 26)), Heading::Reached);
    let past = Asked { due: date(2026, 11, 19), ..asked(&weeks, 50) };
    assert_eq!(project(&past), Heading::Past);
    // Due today: all that is missing is needed at once.
    let today = Asked { due: ON, ..asked(&weeks, 27) };
    assert_eq!(to(&today).needed, 7_000);
    let unmoved = [40; 27];
    let found = to(&asked(&unmoved, 50));
    assert_eq!((found.low, found.high, found.reached_on), (40, 40, None));
}

proptest! {
    #[test]
    fn the_needed_pace_arrives_in_time_and_a_slower_one_does_not(
        now in 10..500i64, missing in 1..5_000i64, days in 1..2_000i32,
    ) {
        let weeks = vec![now; 27];
        let due = date_of(day(ON) + days);
        let found = to(&Asked { weeks: &weeks, on: ON, due, wanted: now + missing, most: None });
        let arrives = |rate: i64| reached_on(ON, missing, rate).is_some_and(|day| day <= due);
        prop_assert!(arrives(found.needed));
        prop_assert!(!arrives(found.needed - 1));
    }

    #[test]
    fn the_range_is_in_order_and_within_what_can_be(
        steps in prop::collection::vec(-20..60i64, 26), days in 0..1_500i32, wanted in 1..900i64,
    ) {
        let mut sum = 300;
        let weeks: Vec<i64> = std::iter::once(300).chain(steps.into_iter().map(|step| {
            sum = (sum + step).clamp(0, 1_000);
            sum
        })).collect();
        let due = date_of(day(ON) + days);
        let asked = Asked { weeks: &weeks, on: ON, due, wanted, most: Some(1_000) };
        if let Heading::To(found) = project(&asked) {
            prop_assert!(0 <= found.low && found.low <= found.middle);
            prop_assert!(found.middle <= found.high && found.high <= 1_000);
        }
    }
}
