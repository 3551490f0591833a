//! The fold against a count by hand, day by day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use proptest::prelude::*;
use thao_base::{AffiliationId, AudienceId, Id, PersonId, StatementId};
use thao_record::evidence::date_of;

use super::*;
use crate::brute::{belongs_on, met_on};

/// A small id that sorts as its number.
fn id<T: Id>(n: u64) -> T {
    format!("00000000-0000-7000-8000-{n:012x}")
        .parse::<StatementId>()
        .map_or_else(|e| panic!("{e}"), |id| T::from_uuid(id.uuid()))
}

fn rule(need: Need, rung: Rung, valid_months: Option<i32>, ages: [Option<i32>; 2]) -> Rule {
    let audience = Audience {
        id: id::<AudienceId>(1),
        code: "cong-chuc".into(),
        name_vi: "Công chức".into(),
        name_en: "Civil servants".into(),
        affiliation_kind: "staff".into(),
        categories: serde_json::json!(["cong_chuc"]),
        age_from: ages[0],
        age_below: ages[1],
    };
    let audience = Some(audience);
    let activities = [id(1), id(2)].into();
    Rule { audience, activities, rung, need, valid_months, ..Rule::new(Kind::SharePeople) }
}

/// Days around which everything happens: the tests look at each of them.
const FIRST: i32 = FLOOR - 40;
const LAST: i32 = FLOOR + 120;

#[derive(Debug, Clone)]
struct Stay {
    unit: u64,
    civil_servant: bool,
    from: i32,
    to: Option<i32>,
}

fn affiliation(n: usize, stay: &Stay) -> Affiliation {
    Affiliation {
        id: id::<AffiliationId>(n as u64),
        person: id::<PersonId>(1),
        unit: id(stay.unit),
        kind: "staff".into(),
        category: Some(if stay.civil_servant { "cong_chuc" } else { "vien_chuc" }.into()),
        position: None,
        title: None,
        rank_code: None,
        valid_from: date_of(stay.from),
        valid_to: stay.to.map(date_of),
    }
}

fn at(day: i32, hour: i64) -> Timestamp {
    let midnight: Timestamp = "1970-01-01T00:00:00+07:00".parse().unwrap();
    midnight + Span::new().hours(i64::from(day) * 24 + hour)
}

fn stays() -> impl Strategy<Value = Vec<Stay>> {
    let to = prop::option::of(0..60i32);
    let stay = (3..7u64, prop::bool::weighted(0.8), FIRST..LAST, to);
    let stay = stay.prop_map(|(unit, civil_servant, from, days)| Stay {
        unit,
        civil_servant,
        from,
        to: days.map(|days| from + days),
    });
    prop::collection::vec(stay, 0..5)
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let fact = (1..4u64, 1..5i32, any::<bool>(), FIRST..LAST, 0..24i64);
    prop::collection::vec(fact, 0..8).prop_map(|facts| {
        let fact =
            |(n, (activity, rung, success, day, hour)): (usize, (u64, i32, bool, i32, i64))| Fact {
                id: id(n as u64),
                activity: id(activity),
                unit: id(3),
                rung: Rung::from_level(rung).unwrap(),
                success,
                at: at(day, hour),
            };
        facts.into_iter().enumerate().map(fact).collect()
    })
}

fn rules() -> impl Strategy<Value = Rule> {
    let ages = prop_oneof![Just([None, None]), Just([Some(15), Some(60)]), Just([None, Some(20)])];
    (any::<bool>(), 1..5i32, prop_oneof![Just(None), Just(Some(1))], ages).prop_map(
        |(any, rung, months, ages)| {
            let need = if any { Need::Any } else { Need::All };
            rule(need, Rung::from_level(rung).unwrap(), months, ages)
        },
    )
}

fn births() -> impl Strategy<Value = Option<Birth>> {
    prop_oneof![
        Just(None),
        Just(Some(Birth::Year(1940))),
        (1979..1986i16, 1..13i8, 1..29i8)
            .prop_map(|(y, m, d)| Some(Birth::Day(Date::new(y, m, d).unwrap()))),
    ]
}

/// A tree: 1 above 2 and 3; 2 above 4 and 5; 6 stands alone.
fn above() -> BTreeMap<UnitId, Vec<UnitId>> {
    let lists: [&[u64]; 4] = [&[3, 1], &[4, 2, 1], &[5, 2, 1], &[6]];
    lists.iter().map(|list| (id(list[0]), list.iter().map(|n| id(*n)).collect())).collect()
}

proptest! {
    #[test]
    fn a_person_is_folded_as_a_count_by_hand_says(
        rule in rules(), birth in births(), stays in stays(), facts in facts(),
    ) {
        let affiliations: Vec<_> =
            stays.iter().enumerate().map(|(n, stay)| affiliation(n, stay)).collect();
        let intervals = fold(&rule, birth, &affiliations, &facts);
        for pair in intervals.windows(2) {
            prop_assert!((pair[0].unit, pair[0].to) <= (pair[1].unit, pair[1].from)
                || pair[0].unit < pair[1].unit);
        }
        for on in FIRST..LAST {
            let met = met_on(&rule, &facts, on);
            for unit in 3..7u64 {
                let mut own = affiliations.iter().filter(|a| a.unit == id(unit));
                let there = own.any(|a| belongs_on(rule.audience.as_ref().unwrap(), birth, a, on));
                let hand = (there && FLOOR <= on).then_some(met);
                let found = intervals
                    .iter()
                    .find(|i| i.unit == id(unit) && i.from <= on && on < i.to)
                    .map(|i| i.met);
                prop_assert_eq!(found, hand, "unit {} on {}", unit, date_of(on));
            }
        }
    }

    #[test]
    fn changes_carry_sums_from_old_to_new_and_count_a_person_once(
        rule in rules(), birth in births(),
        before in (stays(), facts()), after in (stays(), facts()),
    ) {
        let above = above();
        let run = |(stays, facts): &(Vec<Stay>, Vec<Fact>)| {
            let affiliations: Vec<_> =
                stays.iter().enumerate().map(|(n, stay)| affiliation(n, stay)).collect();
            fold(&rule, birth, &affiliations, facts)
        };
        let (old, new) = (run(&before), run(&after));
        let path = |unit| above.get(&unit).map_or(&[][..], Vec::as_slice);
        let mut sums: BTreeMap<(UnitId, i32), Delta> = BTreeMap::new();
        for changes in [deltas(&[], &old, false, path), deltas(&old, &new, false, path)] {
            for (key, delta) in changes {
                let sum = sums.entry(key).or_default();
                sum.met += delta.met;
                sum.base += delta.base;
            }
        }
        for on in FIRST..LAST {
            for unit in 1..7u64 {
                let below = |i: &Interval| path(i.unit).contains(&id(unit));
                let there: Vec<&Interval> =
                    new.iter().filter(|i| below(i) && i.from <= on && on < i.to).collect();
                let hand = Delta {
                    met: i64::from(there.iter().any(|i| i.met)),
                    base: i64::from(!there.is_empty()),
                };
                let own = sums.iter().filter(|((u, day), _)| *u == id(unit) && *day <= on);
                let found = own.fold(Delta::default(), |sum, (_, delta)| Delta {
                    met: sum.met + delta.met,
                    base: sum.base + delta.base,
                });
                prop_assert_eq!(found, hand, "unit {} on {}", unit, date_of(on));
            }
        }
    }
}

#[test]
fn a_measure_of_no_activity_is_met_by_nobody() {
    let mut rule = rule(Need::All, Rung::Attended, None, [None, None]);
    rule.activities = BTreeSet::new();
    assert_eq!(holds(&rule, &[]), []);
}

#[test]
fn who_is_nowhere_has_no_intervals() {
    let rule = rule(Need::Any, Rung::Attended, None, [None, None]);
    assert_eq!(fold(&rule, None, &[], &[]), []);
}
