//! What can happen to units, things and classes, in any order.

use proptest::prelude::*;

use super::story::PAST;

#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    FindUnit { unit: usize, criterion: usize, satisfied: bool, ago: i32 },
    FindThing { thing: usize, criterion: usize, satisfied: bool, ago: i32 },
    Void(usize),
    Thing { unit: usize, kind: usize, ago: i32, days: Option<i32> },
    MoveThing { thing: usize, unit: usize },
    EndThing { thing: usize, ago: i32 },
    WithdrawThing(usize),
    NewUnit(usize),
    MoveUnit { unit: usize, parent: usize },
    EndUnit { unit: usize, ahead: i32 },
    Class { unit: usize, course: usize },
    Meeting { class: usize, ago: i32, closed: bool },
    Close(usize),
    Cancel(usize),
    AtLeast { measure: usize, n: i32 },
    Valid { measure: usize, months: Option<i32> },
    Withdraw(usize),
    Target(usize),
    Step(i64),
}

pub(super) fn deeds() -> impl Strategy<Value = Deed> {
    let n = || 0..64usize;
    let ago = || 0..PAST;
    let yes = || prop::bool::weighted(0.75);
    prop_oneof![
        6 => (n(), n(), yes(), ago()).prop_map(
            |(unit, criterion, satisfied, ago)| Deed::FindUnit { unit, criterion, satisfied, ago }),
        8 => (n(), n(), yes(), ago()).prop_map(
            |(thing, criterion, satisfied, ago)| Deed::FindThing { thing, criterion, satisfied, ago }),
        3 => n().prop_map(Deed::Void),
        8 => (n(), n(), ago(), prop::option::of(1..90i32)).prop_map(
            |(unit, kind, ago, days)| Deed::Thing { unit, kind, ago, days }),
        3 => (n(), n()).prop_map(|(thing, unit)| Deed::MoveThing { thing, unit }),
        2 => (n(), ago()).prop_map(|(thing, ago)| Deed::EndThing { thing, ago }),
        1 => n().prop_map(Deed::WithdrawThing),
        2 => n().prop_map(Deed::NewUnit),
        3 => (n(), n()).prop_map(|(unit, parent)| Deed::MoveUnit { unit, parent }),
        1 => (n(), 4..90i32).prop_map(|(unit, ahead)| Deed::EndUnit { unit, ahead }),
        3 => (n(), n()).prop_map(|(unit, course)| Deed::Class { unit, course }),
        6 => (n(), ago(), yes()).prop_map(
            |(class, ago, closed)| Deed::Meeting { class, ago, closed }),
        2 => n().prop_map(Deed::Close),
        2 => n().prop_map(Deed::Cancel),
        1 => (n(), 1..3i32).prop_map(|(measure, n)| Deed::AtLeast { measure, n }),
        1 => (n(), prop::option::of(1..3i32)).prop_map(
            |(measure, months)| Deed::Valid { measure, months }),
        1 => n().prop_map(Deed::Withdraw),
        1 => n().prop_map(Deed::Target),
        14 => prop_oneof![1..4i64, 1..60i64].prop_map(Deed::Step),
    ]
}
