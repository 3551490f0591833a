//! The denominator of a unit, and where it comes from. Pure.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::figure::Figure;

/// What a share is taken of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whole {
    /// People of the audience who are registered in the unit.
    Computed(i64),
    /// The unit's own official figure.
    Figure { value: i64, as_of: Date, source: String },
    /// The official figures of all units of a kind directly below, added up: oldest and newest.
    Sum { value: i64, units: usize, from: Date, to: Date },
    /// Some units below have figures and some have not: their sum would be too small.
    Partial { given: usize, units: usize },
    /// Nobody gave one.
    Missing,
    /// There is none: it is counted, not a share.
    Unasked,
    /// There is none: the number itself is somebody's figure.
    Given { as_of: Date, source: String },
}

impl Whole {
    pub(super) fn figure(figure: &Figure) -> Whole {
        Whole::Figure { value: figure.value, as_of: figure.as_of, source: figure.source.clone() }
    }

    /// The number, when there is one to divide by.
    pub fn value(&self) -> Option<i64> {
        match self {
            Whole::Computed(value) | Whole::Figure { value, .. } | Whole::Sum { value, .. } => {
                Some(*value)
            }
            Whole::Partial { .. } | Whole::Missing | Whole::Unasked | Whole::Given { .. } => None,
        }
    }
}

/// The figures of the units below added up, `(kind of unit, its own)`: of the kinds that have any
/// (communes beside agencies, say), all must have one.
pub(super) fn sum<'a>(below: impl Iterator<Item = (&'a str, Whole)>) -> Whole {
    let below: Vec<(&str, Whole)> = below.collect();
    let has = |whole: &Whole| whole.value().is_some();
    let kinds: BTreeSet<&str> =
        below.iter().filter(|(_, whole)| has(whole)).map(|(kind, _)| *kind).collect();
    let asked: Vec<&Whole> =
        below.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, whole)| whole).collect();
    let units = asked.len();
    let given = asked.iter().filter(|whole| has(whole)).count();
    if given < units {
        return Whole::Partial { given, units };
    }
    let dates = || {
        asked.iter().filter_map(|whole| match whole {
            Whole::Figure { as_of, .. } => Some([*as_of; 2]),
            Whole::Sum { from, to, .. } => Some([*from, *to]),
            _ => None,
        })
    };
    let value = asked.iter().filter_map(|whole| whole.value()).sum();
    match (dates().flatten().min(), dates().flatten().max()) {
        (Some(from), Some(to)) => Whole::Sum { value, units, from, to },
        _ => Whole::Missing,
    }
}
