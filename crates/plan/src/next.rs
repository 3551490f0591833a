//! The next best steps of a target in a unit: what is missing, where, and the form that would do
//! it. Everything is counted from readings, figures and assignments; nothing walks the record.

mod covers;
mod sittings;

use jiff::civil::Date;
use thao_base::{AudienceId, CourseId, Result, Tx, UnitId, args, row, sql};
use thao_catalog::course::Course;
use thao_people::UnitKind;
use thao_people::audience::Audience;
use thao_people::unit::{self, Place};
use thao_record::Rung;
use thao_record::evidence::day;
use thao_web::Span;

pub use covers::covers;
pub use sittings::{Sitting, sittings};

use crate::board::{self, Board, Row, Units};
use crate::fold::Rule;
use crate::kind::Kind;
use crate::measure::{self, Denominator, Measure};
use crate::readings;
use crate::target::Target;

const SQL: &str = include_str!("next.sql");

/// Units a step is offered for, of those furthest behind.
const AREAS: usize = 3;
/// Places looked at within one of them, those with most people first.
const PLACES: i64 = 12;
/// Classes offered at once.
const CLASSES: usize = 3;

/// One thing to do. Where somebody may do it is the page's to ask.
#[derive(Debug, Clone)]
pub enum Step {
    /// These units have no denominator.
    Figures { units: Vec<Place> },
    /// So many in a unit have got as far as `rung` and not to the test.
    Test { course: CourseId, place: Place, people: i64, rung: Rung },
    /// So many in a unit were never given the course.
    Assign { course: CourseId, place: Place, people: i64 },
    /// Classes in places of an area: each with how many it can take of the `people` who are there.
    Classes { course: CourseId, area: Place, people: i64, at: Vec<(Place, i64)> },
}

/// What steps are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub target: &'a Target,
    pub measure: &'a Measure,
    pub board: &'a Board,
    /// What the measure counts; the first is what classes are for.
    pub courses: &'a [Course],
    pub on: Date,
    /// Seats of a class.
    pub size: i64,
}

/// The steps, what counts nothing yet first, then what helps most people.
pub fn steps(tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<Vec<Step>> {
    let mut out: Vec<Step> = figures(asked).into_iter().collect();
    let Some(course) = asked.courses.first() else { return Ok(out) };
    let reached = thao_web::components::Standing::Reached;
    if asked.board.total.standing == reached {
        return Ok(out);
    }
    // A class brings people forward, and nothing else.
    if !matches!(asked.measure.kind, Kind::SharePeople | Kind::CountPeople | Kind::PeoplePerYear) {
        return Ok(out);
    }
    let mut more = tests(tx, asked, course)?;
    more.extend(assignments(tx, asked, course)?);
    more.extend(classes(tx, asked, course)?);
    more.sort_by_key(|step| -step.people());
    out.extend(more);
    Ok(out)
}

impl Step {
    pub fn people(&self) -> i64 {
        match self {
            Step::Figures { .. } => 0,
            Step::Test { people, .. }
            | Step::Assign { people, .. }
            | Step::Classes { people, .. } => *people,
        }
    }
}

/// The units without a figure, when others beside them have one; or the unit itself, when nothing
/// is known at all.
fn figures(asked: &Asked<'_>) -> Option<Step> {
    if asked.measure.denominator != Denominator::Official {
        return None;
    }
    let Board { total, rows, .. } = asked.board;
    let has = |row: &&Row| row.whole.value().is_some();
    let given = rows.iter().filter(has).count();
    let units: Vec<Place> =
        rows.iter().filter(|row| !has(row)).map(|row| row.place.clone()).collect();
    match (given, total.whole.value()) {
        (0, None) => Some(Step::Figures { units: vec![total.place.clone()] }),
        (0, Some(_)) => None,
        _ if units.is_empty() => None,
        _ => Some(Step::Figures { units }),
    }
}

/// Where things are organised: the units below, or a unit itself whose parts are villages.
fn areas(board: &Board) -> Vec<&Row> {
    let village = |row: &Row| row.place.kind() == Some(UnitKind::Village);
    match board.rows.iter().all(village) {
        true => vec![&board.total],
        false => board.rows.iter().filter(|row| !village(row)).collect(),
    }
}

/// People who hold a lower rung of the same and not this one. Whoever holds this rung holds the
/// lower one too, so they are the difference of two numbers that are kept anyway.
fn tests(tx: &mut Tx<'_>, asked: &Asked<'_>, course: &Course) -> Result<Vec<Step>> {
    let own = &asked.measure.rule;
    let audience = |rule: &Rule| rule.audience.as_ref().map(|audience| audience.id);
    if own.rung != Rung::Passed {
        return Ok(Vec::new());
    }
    let same = |other: &Measure| {
        let rule = &other.rule;
        rule.kind == own.kind
            && audience(rule) == audience(own)
            && rule.since == own.since
            && rule.activities == own.activities
            && rule.need == own.need
            && rule.valid_months == own.valid_months
            && rule.rung < own.rung
    };
    let below = measure::list_wanted(tx)?.into_iter().filter(same).max_by_key(|m| m.rule.rung);
    let Some(below) = below else { return Ok(Vec::new()) };
    let place = &asked.board.total.place;
    let Some(sums) = board::sums(tx, below.id, Units::Below(place.unit), asked.on)? else {
        return Ok(Vec::new());
    };
    let mut found: Vec<(i64, &Row)> = areas(asked.board)
        .into_iter()
        .map(|row| (sums.of(row.place.unit).0.met - row.part, row))
        .filter(|(people, _)| 0 < *people)
        .collect();
    found.sort_by_key(|(people, row)| (-people, row.place.pos));
    let step = |(people, row): (i64, &Row)| Step::Test {
        course: course.id,
        place: row.place.clone(),
        people,
        rung: below.rule.rung,
    };
    Ok(found.into_iter().take(AREAS).map(step).collect())
}

row! {
    struct Assigned {
        pos: i64,
        last: i64,
        id: AudienceId,
        code: String,
        name_vi: String,
        name_en: String,
        affiliation_kind: String,
        categories: serde_json::Value,
        age_from: Option<i32>,
        age_below: Option<i32>,
    }
}

/// Units whose people of the audience nobody gave the course to. Only where all of them are
/// registered: how many they are is then known without counting.
fn assignments(tx: &mut Tx<'_>, asked: &Asked<'_>, course: &Course) -> Result<Vec<Step>> {
    if asked.measure.denominator != Denominator::Computed {
        return Ok(Vec::new());
    }
    let place = &asked.board.total.place;
    let found: Vec<Assigned> =
        tx.list(sql!(SQL, "assigned"), args![course.id, place.pos, place.last])?;
    let Some(meant) = &asked.measure.rule.audience else { return Ok(Vec::new()) };
    let reaching: Vec<Span> = found
        .into_iter()
        .filter_map(|a| {
            let span = Span { lo: a.pos, hi: a.last };
            let assigned = Audience {
                id: a.id,
                code: a.code,
                name_vi: a.name_vi,
                name_en: a.name_en,
                affiliation_kind: a.affiliation_kind,
                categories: a.categories,
                age_from: a.age_from,
                age_below: a.age_below,
            };
            covers(&assigned, meant).then_some(span)
        })
        .collect();
    let given = |row: &Row| reaching.iter().any(|span| span.holds(row.place.pos));
    let without = |row: &Row| row.whole.value().map_or(0, |whole| (whole - row.part).max(0));
    let step = |row: &Row| Step::Assign {
        course: course.id,
        place: row.place.clone(),
        people: without(row),
    };
    let total = &asked.board.total;
    if given(total) {
        return Ok(Vec::new());
    }
    if reaching.is_empty() {
        return Ok(if 0 < without(total) { vec![step(total)] } else { Vec::new() });
    }
    let mut rows: Vec<&Row> =
        areas(asked.board).into_iter().filter(|row| !given(row) && 0 < without(row)).collect();
    rows.sort_by_key(|row| (-without(row), row.place.pos));
    Ok(rows.into_iter().take(AREAS).map(step).collect())
}

/// Classes in the areas that are furthest behind, in the places where most people are.
fn classes(tx: &mut Tx<'_>, asked: &Asked<'_>, course: &Course) -> Result<Vec<Step>> {
    let Some(no) = readings::open(tx, asked.measure.id)? else { return Ok(Vec::new()) };
    let lacks = |row: &Row| {
        let behind = row.behind(asked.target, asked.on);
        // Whoever has no denominator is behind nothing that is known, and may still have people.
        row.missing(asked.target, asked.on).map_or((0, None), |n| (behind.unwrap_or(0), Some(n)))
    };
    let mut rows = areas(asked.board);
    rows.retain(|row| lacks(row) != (0, Some(0)));
    rows.sort_by_key(|row| (std::cmp::Reverse(lacks(row)), row.place.pos));
    let mut out = Vec::new();
    for row in rows.into_iter().take(AREAS) {
        let Place { pos, last, .. } = row.place;
        let on = day(asked.on);
        let found: Vec<(UnitId, i64)> =
            tx.list(sql!(SQL, "unmet"), args![no, pos, last, on, PLACES])?;
        let people: Vec<i64> = found.iter().map(|(_, people)| *people).collect();
        let mut at = Vec::new();
        let mut there = 0;
        let mut before = None;
        for sitting in sittings(&people, asked.size, CLASSES) {
            let Some((unit, people)) = found.get(sitting.at) else { continue };
            if before != Some(sitting.at) {
                there += people;
                before = Some(sitting.at);
            }
            at.push((unit::place(tx, *unit)?, sitting.people));
        }
        if !at.is_empty() {
            let area = row.place.clone();
            out.push(Step::Classes { course: course.id, area, people: there, at });
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests;
