//! The borders of periods, leap years, the turn of the year; and that periods tile time.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// The 15th to the 14th, as the decree has it, and calendar periods.
fn rules(first_day: i8, months_before: i8) -> Vec<Rule> {
    let rule = |length| Rule {
        length,
        first_day,
        months_before,
        valid_from: date(1990, 1, 1),
        valid_to: None,
    };
    Length::ALL.map(rule).to_vec()
}

fn decree() -> Vec<Rule> {
    rules(15, 1)
}

#[test]
fn periods_of_the_decree_run_from_the_15th_to_the_14th() {
    for (key, starts, ends) in [
        ("2026-m01", date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-m03", date(2026, 2, 15), date(2026, 3, 14)),
        ("2028-m03", date(2028, 2, 15), date(2028, 3, 14)),
        ("2026-m12", date(2026, 11, 15), date(2026, 12, 14)),
        ("2026-q1", date(2025, 12, 15), date(2026, 3, 14)),
        ("2026-q2", date(2026, 3, 15), date(2026, 6, 14)),
        ("2026-q4", date(2026, 9, 15), date(2026, 12, 14)),
        ("2026-h1", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026-h2", date(2026, 6, 15), date(2026, 12, 14)),
        ("2026-n1", date(2025, 12, 15), date(2026, 9, 14)),
        ("2026-y1", date(2025, 12, 15), date(2026, 12, 14)),
    ] {
        let name = Name::from_key(key).unwrap();
        assert_eq!(named(&decree(), name), Some(Period { name, starts, ends }), "{key}");
    }
}

#[test]
fn calendar_periods_are_those_of_the_calendar() {
    for (key, starts, ends) in [
        ("2026-m02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2028-m02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2100-m02", date(2100, 2, 1), date(2100, 2, 28)),
        ("2026-q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-h2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-n1", date(2026, 1, 1), date(2026, 9, 30)),
        ("2026-y1", date(2026, 1, 1), date(2026, 12, 31)),
    ] {
        let name = Name::from_key(key).unwrap();
        assert_eq!(named(&rules(1, 0), name), Some(Period { name, starts, ends }), "{key}");
    }
}

#[test]
fn a_day_lies_in_the_period_that_holds_it() {
    use Length::{Half, Month, NineMonths, Quarter, Year};
    for (day, length, key) in [
        (date(2026, 1, 14), Month, Some("2026-m01")),
        (date(2026, 1, 15), Month, Some("2026-m02")),
        (date(2026, 12, 14), Month, Some("2026-m12")),
        (date(2026, 12, 15), Month, Some("2027-m01")),
        (date(2028, 2, 29), Month, Some("2028-m03")),
        (date(2026, 12, 15), Quarter, Some("2027-q1")),
        (date(2026, 12, 14), Year, Some("2026-y1")),
        (date(2026, 12, 31), Year, Some("2027-y1")),
        (date(2026, 6, 14), Half, Some("2026-h1")),
        (date(2026, 6, 15), Half, Some("2026-h2")),
        (date(2026, 9, 14), NineMonths, Some("2026-n1")),
        (date(2026, 9, 15), NineMonths, None),
    ] {
        let found = containing(&decree(), length, day).map(|period| period.name.key());
        assert_eq!(found.as_deref(), key, "{day} {length:?}");
    }
}

#[test]
fn the_turn_of_the_year_is_passed_both_ways() {
    let name = |key| Name::from_key(key).unwrap();
    let key = |period: Option<Period>| period.unwrap().name.key();
    assert_eq!(key(next(&decree(), name("2026-m12"))), "2027-m01");
    assert_eq!(key(previous(&decree(), name("2026-m01"))), "2025-m12");
    assert_eq!(key(previous(&decree(), name("2026-n1"))), "2025-n1");
    assert_eq!(key(next(&decree(), name("2026-h1"))), "2026-h2");
}

#[test]
fn a_rule_that_changed_holds_from_its_day_on() {
    let mut rules = rules(1, 0);
    let change = date(2026, 6, 15);
    for rule in &mut rules {
        rule.valid_to = Some(change);
    }
    rules.push(Rule {
        length: Length::Month,
        first_day: 15,
        months_before: 1,
        valid_from: change,
        valid_to: None,
    });
    let starts = |key| named(&rules, Name::from_key(key).unwrap()).map(|period| period.starts);
    assert_eq!(starts("2026-m06"), Some(date(2026, 6, 1)));
    assert_eq!(starts("2026-m07"), Some(date(2026, 6, 15)));
    assert_eq!(starts("2026-q4"), None, "nothing says how long a quarter is any more");
}

#[test]
fn ended_periods_come_newest_first() {
    let keys = |until, most| -> Vec<String> {
        let found = ended(&decree(), Length::Month, date(2025, 12, 15), until, most);
        found.into_iter().map(|period| period.name.key()).collect()
    };
    assert_eq!(keys(date(2026, 3, 15), 9), ["2026-m03", "2026-m02", "2026-m01"]);
    // On its last day a period has not ended.
    assert_eq!(keys(date(2026, 3, 14), 9), ["2026-m02", "2026-m01"]);
    assert_eq!(keys(date(2026, 3, 15), 1), ["2026-m03"]);
    assert!(keys(date(2025, 12, 31), 9).is_empty());
    assert!(ended(&[], Length::Month, date(2025, 1, 1), date(2026, 1, 1), 5).is_empty());
}

#[test]
fn what_is_no_name_is_none() {
    for key in [
        "",
        "2026",
        "2026-m13",
        "2026-m00",
        "2026-m1",
        "2026-q5",
        "2026-h3",
        "2026-n2",
        "2026-y2",
        "26-m01",
        "2026-x1",
        "+026-m01",
        "2026-m+1",
        "2026-m01 ",
        "0000-m01",
    ] {
        assert_eq!(Name::from_key(key), None, "{key}");
    }
}

fn any_name() -> impl Strategy<Value = Name> {
    (1900_i16..2200, 0_usize..5, 1_i8..=12).prop_filter_map("no such period", |(year, i, no)| {
        Name::new(year, *Length::ALL.get(i)?, no)
    })
}

proptest! {
    /// One period ends the day before the next begins, and each of its days lies in it.
    #[test]
    fn periods_tile_time(name in any_name(), first_day in 1_i8..=28, before in 0_i8..3, n in 0_i32..400) {
        let all: Vec<Rule> = rules(first_day, before)
            .into_iter()
            .map(|rule| Rule { valid_from: date(1800, 1, 1), ..rule })
            .collect();
        let period = named(&all, name).unwrap();
        prop_assert!(period.starts <= period.ends);
        prop_assert_eq!(Name::from_key(&name.key()), Some(name));
        if name.length != Length::NineMonths {
            let next = next(&all, name).unwrap();
            prop_assert_eq!(period.ends.tomorrow().unwrap(), next.starts);
        }
        let day = period.starts.checked_add(Span::new().days(n)).unwrap();
        if day <= period.ends {
            prop_assert_eq!(containing(&all, name.length, day), Some(period));
        }
    }
}
