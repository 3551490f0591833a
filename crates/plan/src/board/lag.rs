//! Which units hold a target back: who of them is behind their own path, and by how many. Pure.

use jiff::civil::Date;

use super::{Board, Row};
use crate::target::Target;

/// A unit behind its own path.
#[derive(Debug, Clone, Copy)]
pub struct Lag<'b> {
    pub row: &'b Row,
    /// How many more it would take to be on the path today.
    pub missing: i64,
}

/// The units that are behind, the furthest first, of equals in their order.
#[derive(Debug, Clone)]
pub struct Lags<'b> {
    pub units: Vec<Lag<'b>>,
    /// What all of them miss.
    pub missing: i64,
    /// Units of which nobody can say: without a denominator, or without a part of a number.
    pub unknown: usize,
}

/// Ranks the units below by what they miss on a day against their own path: a unit that agreed to
/// a goal of its own is held against that.
pub fn lags<'b>(target: &Target, board: &'b Board, on: Date) -> Lags<'b> {
    let mut out = Lags { units: Vec::new(), missing: 0, unknown: 0 };
    for row in &board.rows {
        match row.behind(target, on) {
            Some(0) => {}
            Some(missing) => {
                out.missing = out.missing.saturating_add(missing);
                out.units.push(Lag { row, missing });
            }
            None => out.unknown += 1,
        }
    }
    out.units.sort_by_key(|lag| -lag.missing);
    out
}
