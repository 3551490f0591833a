//! The matrix: every target of a unit × the unit and those directly below it, as of a day, in a
//! few queries whatever their number. Each figure is what the target's own board shows.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{MeasureId, Result, Tx, UnitId, row, sql};
use thao_people::unit::{self, Place};
use thao_record::evidence::day;
use thao_web::components::Standing;

use super::kept::{Kept, Key};
use super::{Path, SQL, Whole, standing, whole};
use crate::fold::{Delta, reach};
use crate::measure::{self, Denominator, Measure};
use crate::target::{self, Target};
use crate::{figure, readings};

/// A target in one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub part: i64,
    /// None without a denominator: missing is not zero.
    pub whole: Option<i64>,
    pub standing: Standing,
}

impl Cell {
    /// Whether there is anybody to speak of.
    fn is_of_somebody(&self) -> bool {
        0 < self.part || self.whole.is_some_and(|whole| 0 < whole)
    }
}

/// A target over all units of the matrix.
#[derive(Debug, Clone)]
pub struct Column {
    pub target: Target,
    pub measure: Measure,
    /// None until the measure's first book is whole.
    pub figures: Option<Figures>,
}

#[derive(Debug, Clone)]
pub struct Figures {
    /// The unit itself.
    pub total: Cell,
    /// The units directly below, in the order of [`Matrix::places`].
    pub cells: Vec<Cell>,
    /// The kinds of units below in which the target counts anybody.
    kinds: BTreeSet<String>,
}

impl Figures {
    /// Whether the target is about units of this kind: one of residents is not about agencies.
    pub fn is_about(&self, place: &Place) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&place.kind)
    }
}

#[derive(Debug, Clone)]
pub struct Matrix {
    pub day: Date,
    pub place: Place,
    /// The units directly below, in Vietnamese order; of the kinds (communes, agencies) in which
    /// anybody counts for any target.
    pub places: Vec<Place>,
    /// By plan and code; targets of nobody in a unit without territory are left out.
    pub columns: Vec<Column>,
}

/// The matrix of a unit: targets set for it or for a unit above it.
pub fn matrix(tx: &mut Tx<'_>, kept: &Kept, place: &Place, on: Date) -> Result<Matrix> {
    let targets = target::list_over(tx, place.pos)?;
    let places = unit::list_children(tx, place.unit)?;
    let wanted: HashSet<MeasureId> = targets.iter().map(|target| target.measure).collect();
    let measures: HashMap<MeasureId, Measure> = measure::list_wanted(tx)?
        .into_iter()
        .filter(|measure| wanted.contains(&measure.id))
        .map(|measure| (measure.id, measure))
        .collect();
    let mut books = readings::list_open(tx)?;
    books.retain(|measure, _| wanted.contains(measure));
    let sums = sums(tx, kept, &books, place, &places, on)?;
    let official: Vec<MeasureId> = measures
        .values()
        .filter(|measure| measure.denominator == Denominator::Official)
        .map(|measure| measure.id)
        .collect();
    let wholes = official_wholes(tx, &official, place, &places, on)?;
    let mut columns: Vec<Column> = Vec::with_capacity(targets.len());
    for target in targets {
        let Some(measure) = measures.get(&target.measure) else { continue };
        let figures = sums.get(&measure.id).map(|sums| {
            let path = Path::of(&target);
            let wholes = wholes.get(&measure.id);
            let cell = |unit: UnitId, given: Option<i64>| {
                let sum = sums.get(&unit).copied().unwrap_or_default();
                let whole = match measure.denominator {
                    Denominator::Computed => Some(sum.base),
                    Denominator::Official => given,
                };
                let standing = standing(&path, sum.met, whole, on);
                Cell { part: sum.met, whole, standing }
            };
            let given = |n: usize| wholes.and_then(|(_, below)| below.get(n).copied().flatten());
            let cells: Vec<Cell> =
                places.iter().enumerate().map(|(n, p)| cell(p.unit, given(n))).collect();
            let total = cell(place.unit, wholes.and_then(|(total, _)| *total));
            Figures { total, kinds: kinds(&places, &cells), cells }
        });
        columns.push(Column { measure: measure.clone(), target, figures });
    }
    Ok(concerned(Matrix { day: on, place: place.clone(), places, columns }))
}

/// Leaves out what is nobody's business: kinds of units in which no target counts anybody, and,
/// in a unit without territory, targets of nobody there that were set elsewhere.
fn concerned(mut matrix: Matrix) -> Matrix {
    let territory = matches!(matrix.place.kind.as_str(), "province" | "commune" | "village");
    let unit = matrix.place.unit;
    matrix.columns.retain(|column| {
        territory
            || column.target.unit == unit
            || column.figures.as_ref().is_some_and(|figures| figures.total.is_of_somebody())
    });
    let figures = matrix.columns.iter().filter_map(|column| column.figures.as_ref());
    let kinds: BTreeSet<String> =
        figures.flat_map(|figures| figures.kinds.iter().cloned()).collect();
    if kinds.is_empty() {
        return matrix;
    }
    let keep: Vec<bool> = matrix.places.iter().map(|place| kinds.contains(&place.kind)).collect();
    for figures in matrix.columns.iter_mut().filter_map(|column| column.figures.as_mut()) {
        let mut marks = keep.iter();
        figures.cells.retain(|_| marks.next().copied().unwrap_or(true));
    }
    let mut marks = keep.iter();
    matrix.places.retain(|_| marks.next().copied().unwrap_or(true));
    matrix
}

fn kinds(places: &[Place], cells: &[Cell]) -> BTreeSet<String> {
    let mut kinds: BTreeSet<String> = BTreeSet::new();
    for (place, cell) in places.iter().zip(cells) {
        if cell.is_of_somebody() && !kinds.contains(&place.kind) {
            kinds.insert(place.kind.clone());
        }
    }
    kinds
}

type Sums = HashMap<UnitId, Delta>;

row! {
    struct Line {
        no: i32,
        unit: UnitId,
        met: i64,
        base: i64,
    }
}

/// Numerators and bases at the end of a day, by measure: those kept of books in which nothing
/// changed since, and the others read at once.
fn sums(
    tx: &mut Tx<'_>,
    kept: &Kept,
    books: &HashMap<MeasureId, (i32, i64)>,
    place: &Place,
    places: &[Place],
    on: Date,
) -> Result<HashMap<MeasureId, Arc<Sums>>> {
    let below = places.iter().map(|place| place.unit);
    let key = |(no, change): (i32, i64)| Key::new(no, change, place.unit, below.clone(), on);
    let mut out: HashMap<MeasureId, Arc<Sums>> = HashMap::new();
    let mut missing: Vec<(MeasureId, i32, Key)> = Vec::new();
    for (measure, book) in books {
        let key = key(*book);
        match kept.find(&key) {
            Some(sums) => {
                out.insert(*measure, sums);
            }
            None => missing.push((*measure, book.0, key)),
        }
    }
    if missing.is_empty() {
        return Ok(out);
    }
    let mut nos: Vec<i64> = missing.iter().map(|(_, no, _)| (*no).into()).collect();
    nos.sort_unstable();
    let mut args = vec![Arg::Ints(&nos), place.unit.arg()];
    let ranges = reach(day(on)).map(|(_, first, last)| [first, last]).into_iter();
    args.extend(ranges.flatten().map(|n| Arg::Int(n.into())));
    let mut read: HashMap<i32, Sums> = HashMap::new();
    for Line { no, unit, met, base } in tx.list(sql!(SQL, "matrix"), &args)? {
        read.entry(no).or_default().insert(unit, Delta { met, base });
    }
    for (measure, no, key) in missing {
        let sums = Arc::new(read.remove(&no).unwrap_or_default());
        kept.put(key, Arc::clone(&sums));
        out.insert(measure, sums);
    }
    Ok(out)
}

/// Of a unit, and of those directly below it.
type Wholes = (Option<i64>, Vec<Option<i64>>);

/// The official denominators of many measures. A unit without a figure of its own has the sum of
/// those below it, as on the board of one target.
fn official_wholes(
    tx: &mut Tx<'_>,
    measures: &[MeasureId],
    place: &Place,
    places: &[Place],
    on: Date,
) -> Result<HashMap<MeasureId, Wholes>> {
    if measures.is_empty() {
        return Ok(HashMap::new());
    }
    let mut given: HashMap<MeasureId, HashMap<UnitId, i64>> = HashMap::new();
    let near: HashSet<UnitId> = places.iter().map(|p| p.unit).chain([place.unit]).collect();
    let mut deeper = false;
    for (measure, unit, value) in figure::latest_of_many(tx, measures, place, on)? {
        deeper |= !near.contains(&unit);
        given.entry(measure).or_default().insert(unit, value);
    }
    let mut below: HashMap<UnitId, Vec<(UnitId, String)>> = HashMap::new();
    if deeper {
        let sql = sql!(SQL, "below_children");
        let found: Vec<(UnitId, UnitId, String)> = tx.list(sql, &[place.unit.arg()])?;
        for (parent, unit, kind) in found {
            below.entry(parent).or_default().push((unit, kind));
        }
    }
    let none = HashMap::new();
    let of_measure = |measure: &MeasureId| {
        let given = given.get(measure).unwrap_or(&none);
        let own = |unit: UnitId| match given.get(&unit) {
            Some(value) => Whole::Figure { value: *value, as_of: on, source: String::new() },
            None => Whole::Missing,
        };
        let wholes: Vec<Whole> = places
            .iter()
            .map(|child| match (own(child.unit), below.get(&child.unit)) {
                (Whole::Missing, Some(below)) => {
                    whole::sum(below.iter().map(|(unit, kind)| (kind.as_str(), own(*unit))))
                }
                (whole, _) => whole,
            })
            .collect();
        let total = match own(place.unit) {
            Whole::Missing => {
                let kinds = places.iter().map(|child| child.kind.as_str());
                whole::sum(kinds.zip(wholes.iter().cloned()))
            }
            whole => whole,
        };
        (*measure, (total.value(), wholes.iter().map(Whole::value).collect()))
    };
    Ok(measures.iter().map(of_measure).collect())
}

#[cfg(test)]
mod tests;
