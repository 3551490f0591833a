//! The matrix: every target of a unit × the unit and those directly below it, as of a day, in a
//! few queries whatever their number. Each figure is what the target's own board shows.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{MeasureId, Result, Tx, UnitId, row, sql};
use thao_people::unit::{self, Place};
use thao_record::evidence::day;
use thao_web::components::Standing;

use super::kept::{Kept, Key};
use super::{Goals, Path, Row, SQL, Value, Whole, has_goal, read_on, standing, whole};
use crate::fold::{Delta, reach};
use crate::kind::{Kind, Shape};
use crate::measure::{self, Denominator, Measure};
use crate::target::{self, Target};
use crate::{allotment, figure, readings};

/// A target in one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// As in [`Row::part`].
    pub part: i64,
    /// None without a denominator: missing is not zero.
    pub whole: Option<i64>,
    pub value: Value,
    pub standing: Standing,
    /// The goal the unit has agreed to in place of the target's.
    pub own: Option<i64>,
}

impl Cell {
    /// Whether there is anybody to speak of.
    fn is_of_somebody(&self) -> bool {
        let given = matches!(self.value, Value::Given(Some(_)));
        0 < self.part || given || self.whole.is_some_and(|whole| 0 < whole)
    }

    /// The same as a row of the target's own board; without its trend, and without where its
    /// denominator comes from.
    pub fn row(&self, place: &Place) -> Row {
        let whole = match (self.value, self.whole) {
            (_, Some(whole)) => Whole::Computed(whole),
            (Value::Count(_), None) => Whole::Unasked,
            (_, None) => Whole::Missing,
        };
        let Cell { part, value, standing, own, .. } = *self;
        Row { place: place.clone(), part, whole, value, standing, own, trend: None }
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
    let mut measures: HashMap<MeasureId, Measure> =
        measure::list_wanted(tx)?.into_iter().map(|measure| (measure.id, measure)).collect();
    measures.retain(|id, _| wanted.contains(id));
    let sums = all_sums(tx, kept, &targets, place, &places, on)?;
    let given = |measure: &&Measure| {
        measure.denominator == Denominator::Official || measure.kind == Kind::Figure
    };
    let official: Vec<MeasureId> =
        measures.values().filter(given).map(|measure| measure.id).collect();
    let figures = given_figures(tx, &official, place, &places, on)?;
    let above = unit::list_above(tx, place.unit)?;
    let mut agreed = allotment::agreed_of_many(tx, &targets)?;
    let mut columns: Vec<Column> = Vec::with_capacity(targets.len());
    for target in targets {
        let Some(measure) = measures.get(&target.measure) else { continue };
        let goals = Goals::among(agreed.remove(&target.id).unwrap_or_default(), &target, &above);
        let reader = Reader { target: &target, measure, goals, on };
        let given = figures.get(&measure.id);
        let figures = match measure.kind {
            Kind::Figure => Some(reader.figures(place, &places, |unit, _| {
                let value = given.and_then(|given| given.own.get(&unit).copied());
                (value.unwrap_or_default(), None, Value::Given(value))
            })),
            kind => sums.get(&(measure.id, read_on(&target, on))).map(|sums| {
                reader.figures(place, &places, |unit, n| {
                    let sum = sums.get(&unit).copied().unwrap_or_default();
                    let whole = match measure.denominator {
                        Denominator::Computed => Some(sum.base),
                        Denominator::Official => given.and_then(|given| given.whole(n)),
                        Denominator::Unasked => None,
                    };
                    (sum.met, whole, standing::value(kind, sum.met, whole))
                })
            }),
        };
        columns.push(Column { measure: measure.clone(), target, figures });
    }
    Ok(concerned(Matrix { day: on, place: place.clone(), places, columns }))
}

/// What a column's cells are held against.
struct Reader<'a> {
    target: &'a Target,
    measure: &'a Measure,
    goals: Goals,
    on: Date,
}

impl Reader<'_> {
    /// `read` gives part, whole and value of a unit: the n-th below, or the unit itself.
    fn figures(
        &self,
        place: &Place,
        places: &[Place],
        read: impl Fn(UnitId, Option<usize>) -> (i64, Option<i64>, Value),
    ) -> Figures {
        let common = Path::of(self.target);
        // A number that was given has no goals but the common one.
        let is_given = self.measure.kind == Kind::Figure;
        let cell = |place: &Place, n: Option<usize>| {
            let (part, whole, value) = read(place.unit, n);
            let own = if is_given { None } else { self.goals.of_unit(place.unit) };
            let standing = match own {
                Some(_) => super::standing(&Path::own(self.target, own), value, self.on),
                None if is_given || has_goal(self.target, place, own) => {
                    super::standing(&common, value, self.on)
                }
                None => Standing::Unknown,
            };
            Cell { part, whole, value, standing, own }
        };
        let cells: Vec<Cell> =
            places.iter().enumerate().map(|(n, place)| cell(place, Some(n))).collect();
        Figures { total: cell(place, None), kinds: kinds(places, &cells), cells }
    }
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

/// The sums of the measures of targets, each on the day its target is read on.
fn all_sums(
    tx: &mut Tx<'_>,
    kept: &Kept,
    targets: &[Target],
    place: &Place,
    places: &[Place],
    on: Date,
) -> Result<HashMap<(MeasureId, Date), Arc<Sums>>> {
    let books = readings::list_open(tx)?;
    let mut days: BTreeMap<Date, HashMap<MeasureId, (i32, i64)>> = BTreeMap::new();
    for target in targets {
        if let Some(book) = books.get(&target.measure) {
            days.entry(read_on(target, on)).or_default().insert(target.measure, *book);
        }
    }
    let mut out = HashMap::new();
    for (day, books) in days {
        let found = sums(tx, kept, &books, place, places, day)?;
        out.extend(found.into_iter().map(|(measure, sums)| ((measure, day), sums)));
    }
    Ok(out)
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

/// What somebody gave of a measure: each unit's own figure, and of denominators the whole of the
/// unit and of those directly below it.
#[derive(Default)]
struct Given {
    own: HashMap<UnitId, i64>,
    total: Option<i64>,
    below: Vec<Option<i64>>,
}

impl Given {
    fn whole(&self, n: Option<usize>) -> Option<i64> {
        match n {
            Some(n) => self.below.get(n).copied().flatten(),
            None => self.total,
        }
    }
}

/// The figures of many measures. As denominators, a unit without one of its own has the sum of
/// those below it, as on the board of one target.
fn given_figures(
    tx: &mut Tx<'_>,
    measures: &[MeasureId],
    place: &Place,
    places: &[Place],
    on: Date,
) -> Result<HashMap<MeasureId, Given>> {
    if measures.is_empty() {
        return Ok(HashMap::new());
    }
    let mut out: HashMap<MeasureId, Given> = HashMap::new();
    let near: HashSet<UnitId> = places.iter().map(|p| p.unit).chain([place.unit]).collect();
    let mut deeper = false;
    for (measure, unit, value) in figure::latest_of_many(tx, measures, place, on)? {
        deeper |= !near.contains(&unit);
        out.entry(measure).or_default().own.insert(unit, value);
    }
    let mut below: HashMap<UnitId, Vec<(UnitId, String)>> = HashMap::new();
    if deeper {
        let sql = sql!(SQL, "below_children");
        let found: Vec<(UnitId, UnitId, String)> = tx.list(sql, &[place.unit.arg()])?;
        for (parent, unit, kind) in found {
            below.entry(parent).or_default().push((unit, kind));
        }
    }
    for given in out.values_mut() {
        let own = |unit: UnitId| match given.own.get(&unit) {
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
        (given.total, given.below) = (total.value(), wholes.iter().map(Whole::value).collect());
    }
    Ok(out)
}

#[cfg(test)]
mod tests;
