//! What the facts say: the figures of computed lines as of the last day of a period, out of the
//! boards of `plan`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::civil::Date;
use thao_base::{Error, Kind, Result, Tx, UnitId};
use thao_people::unit::Place;
use thao_plan::board::{self, Row};
use thao_plan::measure;
use thao_plan::target::{self, Target};

use crate::figure::{Figure, ONE};
use crate::form::{self, Line};

/// A computed figure, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Live {
    Figure(Figure),
    /// The readings of its measure are being made.
    Counting,
    /// Its target was withdrawn.
    Gone,
}

impl Live {
    pub fn figure(self) -> Figure {
        match self {
            Live::Figure(figure) => figure,
            Live::Counting | Live::Gone => Figure::default(),
        }
    }
}

fn figure(row: &Row) -> Figure {
    Figure {
        part: Some(row.part.saturating_mul(ONE)),
        whole: row.whole.value().map(|whole| whole.saturating_mul(ONE)),
        source: None,
    }
}

/// The target behind a line; none when the line is typed, or the target was withdrawn.
fn target_of(tx: &mut Tx<'_>, line: &Line) -> Result<Option<Target>> {
    let Some(id) = line.target.filter(|_| line.entry() == form::Entry::Target) else {
        return Ok(None);
    };
    match target::get(tx, id) {
        Ok(target) => Ok(Some(target)),
        Err(error) if error.kind() == Kind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A computed line in one unit as of a day.
pub fn in_unit(tx: &mut Tx<'_>, line: &Line, place: &Place, on: Date) -> Result<Live> {
    let Some(target) = target_of(tx, line)? else { return Ok(Live::Gone) };
    let measure = measure::get(tx, target.measure)?;
    let row = board::in_unit(tx, &target, &measure, place, on)?;
    Ok(row.map_or(Live::Counting, |row| Live::Figure(figure(&row))))
}

/// A computed line in a unit and in those directly below it.
#[derive(Debug, Clone, Default)]
pub struct Below {
    pub own: Figure,
    pub below: HashMap<UnitId, Figure>,
    /// Whether the readings are there.
    pub known: bool,
}

/// A computed line in `place` and in `units` directly below it, as of a day.
pub fn below(
    tx: &mut Tx<'_>,
    line: &Line,
    place: &Place,
    units: &[Place],
    on: Date,
) -> Result<Below> {
    let Some(target) = target_of(tx, line)? else { return Ok(Below::default()) };
    let measure = measure::get(tx, target.measure)?;
    let Some(found) = board::by_child(tx, &target, &measure, place, on)? else {
        return Ok(Below::default());
    };
    let mut out = Below { own: figure(&found.total), known: true, ..Below::default() };
    out.below.extend(found.rows.iter().map(|row| (row.place.unit, figure(row))));
    for unit in units {
        // The board leaves out kinds of units in which nobody counts.
        if let Entry::Vacant(place) = out.below.entry(unit.unit) {
            let row = board::in_unit(tx, &target, &measure, unit, on)?;
            let row = row.ok_or_else(|| Error::internal("a board lost its readings"))?;
            place.insert(figure(&row));
        }
    }
    Ok(out)
}
