use jiff::civil::date;
use thao_people::unit::Standing;

use super::*;
use crate::world::small_id;

fn d(month: i8) -> Date {
    date(2026, month, 1)
}

/// 11 and 12 became 14 in March; 14 was split into 15 (700) and 16 (300) in June; 13 took 17 on in
/// June.
fn forest() -> Forest {
    let stood = |n, from, to| Standing { unit: small_id(n), from, to };
    let went = |from, to, on, share, main| Succession {
        from: small_id(from),
        to: small_id(to),
        on,
        share,
        main,
        rank: i32::from(!main),
    };
    let start = date(2020, 1, 1);
    Forest::new(
        vec![
            stood(11, start, Some(d(3))),
            stood(12, start, Some(d(3))),
            stood(13, start, None),
            stood(14, d(3), Some(d(6))),
            stood(15, d(6), None),
            stood(16, d(6), None),
            stood(17, start, Some(d(6))),
        ],
        Vec::new(),
        vec![
            went(11, 14, d(3), 1000, true),
            went(12, 14, d(3), 1000, true),
            went(14, 15, d(6), 700, true),
            went(14, 16, d(6), 300, false),
            went(17, 13, d(6), 1000, true),
        ],
    )
}

fn figures(list: &[(u64, i64, Date)]) -> HashMap<UnitId, Figure> {
    let figure = |(unit, value, as_of): &(u64, i64, Date)| Figure {
        id: small_id(900 + unit),
        unit: small_id(*unit),
        value: *value,
        as_of: *as_of,
        source: "Niên giám".into(),
        import: None,
        made_at: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    list.iter().map(|line| (small_id(line.0), figure(line))).collect()
}

fn found(list: &[(u64, i64, Date)], on: Date) -> Vec<(u64, Option<i64>)> {
    let found = apportion(&figures(list), &forest(), on);
    let number = |unit: &UnitId| (10..20).find(|n| small_id::<UnitId>(*n) == *unit).unwrap();
    let mut out: Vec<_> = found.iter().map(|(unit, whole)| (number(unit), whole.value())).collect();
    out.sort_unstable();
    out
}

#[test]
fn figures_go_where_the_units_went() {
    let jan = d(1);
    // As it was: each its own.
    assert_eq!(
        found(&[(11, 1000, jan), (12, 501, jan)], d(2)),
        [(11, Some(1000)), (12, Some(501))]
    );
    assert_eq!(found(&[(11, 1000, jan), (12, 501, jan)], d(4)), [(14, Some(1501))]);
    // Divided in two steps, the rest of rounding to the main part.
    let two = [(15, Some(700 + 351)), (16, Some(300 + 150))];
    assert_eq!(found(&[(11, 1000, jan), (12, 501, jan)], d(7)), two);
    // Not all of it is known.
    assert_eq!(found(&[(11, 1000, jan)], d(4)), [(14, None)]);
    assert_eq!(found(&[(11, 1000, jan)], d(7)), [(15, None), (16, None)]);
    // A figure of its own holds what it took on before.
    assert_eq!(
        found(&[(11, 1000, jan), (12, 501, jan), (14, 1600, d(4))], d(5)),
        [(14, Some(1600))]
    );
    // One from before is added to.
    assert_eq!(found(&[(13, 200, jan), (17, 50, jan)], d(7)), [(13, Some(250))]);
    assert_eq!(found(&[(13, 240, d(7)), (17, 50, jan)], d(8)), [(13, Some(240))]);
    assert_eq!(found(&[(13, 200, jan)], d(7)), [(13, None)]);
    // Backwards: parts of a split add up, what was merged is not taken apart.
    assert_eq!(found(&[(15, 70, d(7)), (16, 40, d(7))], d(4)), [(14, Some(110))]);
    assert_eq!(found(&[(15, 70, d(7))], d(4)), [(14, None)]);
    assert_eq!(found(&[(14, 90, d(4))], d(2)), []);
}

#[test]
fn nothing_is_lost_in_dividing() {
    for value in [0, 1, 7, 999, 1000, 1001, 123_457] {
        let all = found(&[(14, value, d(4))], d(7));
        assert_eq!(all.iter().filter_map(|(_, value)| *value).sum::<i64>(), value);
    }
}
