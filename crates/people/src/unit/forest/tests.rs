use jiff::civil::date;
use thao_base::{Id, RowId};

use super::*;

fn id(n: u64) -> UnitId {
    let text = format!("00000000-0000-7000-8000-{n:012x}");
    UnitId::from_uuid(text.parse::<RowId>().unwrap().uuid())
}

const PROVINCE: u64 = 1;

fn d(month: i8, day: i8) -> Date {
    date(2026, month, day)
}

/// Communes 11, 12, 13 of a province with a village each (21, 22, 23); on 1 March 11 and 12 became
/// 14; on 1 June 14 was split into 15 (700) and 16 (300); on 1 August 13 ended, followed by nobody.
fn forest() -> Forest {
    let (start, march, june, august) = (date(2020, 1, 1), d(3, 1), d(6, 1), d(8, 1));
    let stood = |n, from, to| Standing { unit: id(n), from, to };
    let lay = |n, parent, from, to| Lying { unit: id(n), parent: id(parent), from, to };
    let went = |from, to, on, share, main, rank| Succession {
        from: id(from),
        to: id(to),
        on,
        share,
        main,
        rank,
    };
    Forest::new(
        vec![
            stood(1, start, None),
            stood(11, start, Some(march)),
            stood(12, start, Some(march)),
            stood(13, start, Some(august)),
            stood(14, march, Some(june)),
            stood(15, june, None),
            stood(16, june, None),
            stood(21, start, None),
            stood(22, start, None),
            stood(23, start, None),
            // Taken back on the day it began.
            stood(17, march, Some(march)),
        ],
        vec![
            lay(11, PROVINCE, start, Some(march)),
            lay(12, PROVINCE, start, Some(march)),
            lay(13, PROVINCE, start, None),
            lay(14, PROVINCE, march, None),
            lay(15, PROVINCE, june, None),
            lay(16, PROVINCE, june, None),
            lay(21, 11, start, Some(march)),
            lay(21, 14, march, Some(june)),
            lay(21, 15, june, None),
            lay(22, 12, start, Some(march)),
            lay(22, 14, march, Some(june)),
            lay(22, 16, june, None),
            lay(23, 13, start, None),
        ],
        vec![
            went(11, 14, march, 1000, true, 0),
            went(12, 14, march, 1000, true, 1),
            went(14, 15, june, 700, true, 0),
            went(14, 16, june, 300, false, 1),
        ],
    )
}

#[test]
fn a_unit_counts_in_what_follows_it_and_in_what_it_came_from() {
    let forest = forest();
    let table: [(u64, Date, Option<u64>); 13] = [
        (11, d(2, 28), Some(11)),
        (11, d(3, 1), Some(14)),
        (11, d(6, 1), Some(15)),
        (12, d(7, 1), Some(15)),
        (14, d(5, 31), Some(14)),
        // Before it was, it was of two: the first named counts.
        (14, d(2, 1), Some(11)),
        (15, d(5, 1), Some(14)),
        (16, d(5, 1), Some(14)),
        (16, d(1, 1), Some(11)),
        (13, d(8, 1), None),
        // Nobody knows what was before: as if it had always stood.
        (13, date(2001, 1, 1), Some(13)),
        (17, d(2, 1), None),
        (17, d(9, 1), None),
    ];
    for (unit, on, wanted) in table {
        assert_eq!(forest.counts_in(id(unit), on), wanted.map(id), "{unit} on {on}");
    }
}

#[test]
fn the_tree_of_a_day_holds_every_unit_that_counts() {
    let forest = forest();
    let path = |unit, on| -> Vec<u64> {
        let above = forest.at(on).above(id(unit));
        (1..30)
            .flat_map(|n| above.iter().position(|u| *u == id(n)).map(|at| (at, n)))
            .collect::<BTreeMap<_, _>>()
            .into_values()
            .collect()
    };
    assert_eq!(path(21, d(1, 1)), [21, 11, 1]);
    assert_eq!(path(21, d(4, 1)), [21, 14, 1]);
    assert_eq!(path(21, d(7, 1)), [21, 15, 1]);
    assert_eq!(path(11, d(7, 1)), [11, 15, 1]);
    assert_eq!(path(16, d(1, 1)), [16, 11, 1]);
    assert_eq!(path(22, date(2001, 1, 1)), [22, 12, 1]);
    let tree = forest.at(d(7, 1));
    assert_eq!(tree.children(id(PROVINCE)), [13, 15, 16].map(id));
    assert!(tree.holds(id(15), id(12)) && !tree.holds(id(16), id(12)));
    // What hung below 13 hangs below nothing that stands.
    assert_eq!(forest.at(d(8, 1)).above(id(23)), [23, 13].map(id));
    let days: Vec<Date> = forest.days().into_iter().collect();
    assert_eq!(days, [d(3, 1), d(6, 1), d(8, 1)]);
}

#[test]
fn all_that_have_anything_of_a_unit_are_its_successors() {
    let forest = forest();
    let of = |unit, on| forest.successors(id(unit), on).into_iter().collect::<Vec<_>>();
    assert_eq!(of(11, d(4, 1)), [id(14)]);
    assert_eq!(of(11, d(7, 1)), [15, 16].map(id));
    assert_eq!(of(13, d(9, 1)), []);
}

#[test]
fn what_follows_itself_in_a_ring_counts_nowhere() {
    let (a, b, c) = (d(1, 1), d(2, 1), d(3, 1));
    let forest = Forest::new(
        vec![
            Standing { unit: id(1), from: a, to: Some(b) },
            Standing { unit: id(2), from: a, to: Some(b) },
        ],
        Vec::new(),
        vec![
            Succession { from: id(1), to: id(2), on: b, share: 1000, main: true, rank: 0 },
            Succession { from: id(2), to: id(1), on: b, share: 1000, main: true, rank: 0 },
        ],
    );
    assert_eq!(forest.counts_in(id(1), c), None);
    assert_eq!(forest.counts_in(id(1), a), Some(id(1)));
}
