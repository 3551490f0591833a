//! A period of a form put together: each unit's figures line by line, and what they come to.
//! Computed figures of the unit above are its own distinct counts, never the sum of those below;
//! typed figures are added up over the units that filed, and it is said how many those are.

use std::collections::HashMap;

use thao_base::{ReportLineId, Result, Tx, UnitId, args, row, sql};
use thao_people::unit::{self, Place};

use crate::due;
use crate::figure::Figure;
use crate::filing::Standing;
use crate::form::{self, Entry, Form, Line};
use crate::period::Period;
use crate::state::State;
use crate::{live, lock};

const SQL: &str = include_str!("collect.sql");

/// A unit with its return and its figures.
#[derive(Debug, Clone)]
pub struct Row {
    pub place: Place,
    pub standing: Option<Standing>,
    pub figures: HashMap<ReportLineId, Figure>,
}

impl Row {
    pub fn state(&self) -> State {
        self.standing.as_ref().map_or(State::Open, Standing::state)
    }

    pub fn figure(&self, line: &Line) -> Figure {
        self.figures.get(&line.id).cloned().unwrap_or_default()
    }
}

/// What a line comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Total {
    pub figure: Figure,
    /// Units whose figures are in it, of `units`; all of them for what is computed.
    pub given: usize,
    pub units: usize,
}

#[derive(Debug, Clone)]
pub struct Collected {
    pub lines: Vec<Line>,
    pub rows: Vec<Row>,
    pub totals: HashMap<ReportLineId, Total>,
}

impl Collected {
    pub fn total(&self, line: &Line) -> Total {
        self.totals.get(&line.id).cloned().unwrap_or_default()
    }
}

row! {
    struct Typed {
        unit: UnitId,
        line: ReportLineId,
        part: Option<i64>,
        whole: Option<i64>,
        source: Option<String>,
    }
}

/// Puts a period together.
pub fn collect(tx: &mut Tx<'_>, form: &Form, period: &Period) -> Result<Collected> {
    let place = unit::place(tx, form.unit)?;
    let lines = form::list_lines(tx, form.id, period.ends)?;
    let key = period.name.key();
    let mut figures: HashMap<(UnitId, ReportLineId), Figure> = HashMap::new();
    for typed in tx.list::<Typed>(sql!(SQL, "entries"), args![form.id, key])? {
        let figure = Figure { part: typed.part, whole: typed.whole, source: typed.source };
        figures.insert((typed.unit, typed.line), figure);
    }
    let matrix = due::matrix(tx, form, period)?;
    let filers: Vec<Place> = matrix.iter().map(|(place, _)| place.clone()).collect();
    let mut totals = HashMap::new();
    for line in lines.iter().filter(|line| line.entry() == Entry::Target) {
        let found = live::below(tx, line, &place, &filers, period.ends)?;
        let units = filers.len();
        totals.insert(line.id, Total { figure: found.own, given: units, units });
        for (unit, figure) in found.below {
            figures.insert((unit, line.id), figure);
        }
    }
    // What was approved counts as it was approved.
    for known in lock::of_period(tx, form.id, &key)? {
        let place = (known.unit, known.line);
        let source = figures.get(&place).and_then(|figure| figure.source.clone());
        figures.insert(place, Figure { source, ..known.was() });
    }
    let rows: Vec<Row> = matrix
        .into_iter()
        .map(|(place, standing)| {
            let own = lines.iter().filter_map(|line| {
                figures.remove(&(place.unit, line.id)).map(|figure| (line.id, figure))
            });
            Row { figures: own.collect(), place, standing }
        })
        .collect();
    for line in lines.iter().filter(|line| line.entry() != Entry::Target) {
        totals.insert(line.id, sum(line, &rows));
    }
    Ok(Collected { lines, rows, totals })
}

/// The typed figures of the units that filed, added up; a share needs both its halves.
fn sum(line: &Line, rows: &[Row]) -> Total {
    let mut out = Total { units: rows.len(), ..Total::default() };
    let (mut part, mut whole) = (0_i64, 0_i64);
    for row in rows.iter().filter(|row| row.state().is_filed()) {
        let figure = row.figure(line);
        let halves = match line.entry() {
            Entry::Share => figure.part.zip(figure.whole),
            Entry::Target | Entry::Count => figure.part.map(|part| (part, 0)),
        };
        if let Some((own_part, own_whole)) = halves {
            part = part.saturating_add(own_part);
            whole = whole.saturating_add(own_whole);
            out.given += 1;
        }
    }
    if 0 < out.given {
        out.figure.part = Some(part);
        out.figure.whole = (line.entry() == Entry::Share).then_some(whole);
    }
    out
}
