//! Assignments: an audience in a unit, and all below it, is to learn a course, by a day or not.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use thao_base::db::{Arg, ToArg};
use thao_base::{
    AssignmentId, AudienceId, CourseId, Error, Lang, PersonId, Result, Stamp, Tx, UnitId, args,
    row, sql,
};
use thao_people::audience::Audience;
use thao_people::{Birth, affiliation, person};
use thao_record::evidence::day;
use thao_record::{Col, Noun, register};
use thao_web::Scope;

const SQL: &str = include_str!("assignment.sql");

pub const ASSIGNMENT: Noun = Noun {
    table: "assignment",
    columns: &[
        Col::open("course_id"),
        Col::open("audience_id"),
        Col::open("unit_id"),
        Col::open("due"),
        Col::open("made_at"),
        Col::open("withdrawn_at"),
    ],
};

/// An assignment about to be made.
#[derive(Debug, Clone)]
pub struct NewAssignment {
    pub course: CourseId,
    pub audience: AudienceId,
    pub unit: UnitId,
    /// The last day in time.
    pub due: Option<Date>,
}

row! {
    #[derive(Debug, Clone)]
    pub struct Assignment {
        pub id: AssignmentId,
        pub course: CourseId,
        pub audience: AudienceId,
        pub audience_vi: String,
        pub audience_en: String,
        pub unit: UnitId,
        pub unit_path: String,
        pub pos: i64,
        pub last: i64,
        pub due: Option<Date>,
        pub made_at: Timestamp,
        pub withdrawn_at: Option<Timestamp>,
    }
}

impl Assignment {
    pub fn audience_name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.audience_vi,
            Lang::En => &self.audience_en,
        }
    }
}

/// Assigns a course.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] when the audience has it in this unit already.
pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewAssignment) -> Result<AssignmentId> {
    let same = args![new.course, new.audience, new.unit];
    if tx.find::<(AssignmentId,)>(sql!(SQL, "same"), same)?.is_some() {
        return Err(Error::conflict("catalog.error.assigned_already").field("audience"));
    }
    let id: AssignmentId = stamp.id();
    let values = [
        ("course_id", new.course.arg()),
        ("audience_id", new.audience.arg()),
        ("unit_id", new.unit.arg()),
        ("due", new.due.arg()),
        ("made_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &ASSIGNMENT, id, None, &values)?;
    Ok(id)
}

/// Takes an assignment back: what was learnt stays. Whether it held before.
pub fn withdraw(tx: &mut Tx<'_>, stamp: &Stamp, id: AssignmentId) -> Result<bool> {
    if get(tx, id)?.withdrawn_at.is_some() {
        return Ok(false);
    }
    register::update(tx, stamp, &ASSIGNMENT, id, None, &[("withdrawn_at", Arg::Time(stamp.at))])
}

/// One assignment, withdrawn or not.
///
/// # Errors
/// 404 when there is none, or its unit no longer stands.
pub fn get(tx: &mut Tx<'_>, id: AssignmentId) -> Result<Assignment> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// Where a page of a list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    pub pos: i64,
    pub id: AssignmentId,
}

impl After {
    pub fn of(row: &Assignment) -> After {
        After { pos: row.pos, id: row.id }
    }

    /// As it stands in an address.
    pub fn write(self) -> String {
        format!("{}.{}", self.pos, self.id)
    }

    pub fn read(text: &str) -> Option<After> {
        let (pos, id) = text.split_once('.')?;
        Some(After { pos: pos.parse().ok()?, id: id.parse().ok()? })
    }
}

/// The assignments of a course that hold, in a scope, in the order of the tree; `limit` of them
/// after `after`.
pub fn list_of_course(
    tx: &mut Tx<'_>,
    course: CourseId,
    scope: &Scope,
    after: Option<After>,
    limit: usize,
) -> Result<Vec<Assignment>> {
    let spans = scope.json();
    let (pos, id) = after.map(|after| (after.pos, after.id)).unzip();
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.list(sql!(SQL, "of_course"), args![course, spans, pos, id, limit])
}

/// How many assignments of each course hold in a scope.
pub fn counts(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<(CourseId, i64)>> {
    let spans = scope.json();
    tx.list(sql!(SQL, "counts"), args![spans])
}

/// How many people an audience has in a unit and all below it on a day, each counted once.
pub fn count_meant(
    tx: &mut Tx<'_>,
    audience: &Audience,
    unit: thao_web::Span,
    on: Date,
) -> Result<i64> {
    let categories: Vec<String> = audience
        .categories
        .as_array()
        .map(|all| all.iter().filter_map(|c| c.as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    let aged = audience.age_from.is_some() || audience.age_below.is_some();
    // Who is old enough was born on this day or before; who is too old, on that day or before.
    let latest = audience.age_from.map_or(Date::MAX, |age| born_by(on, age));
    let too_old = audience.age_below.map_or(Date::MIN, |age| born_by(on, age));
    tx.value(
        sql!(SQL, "count_meant"),
        args![
            unit.lo,
            unit.hi,
            audience.affiliation_kind,
            on,
            categories.is_empty(),
            Arg::Texts(&categories),
            !aged,
            latest,
            too_old,
        ],
    )
}

/// The last day to be born on for having reached `age` by `on`.
fn born_by(on: Date, age: i32) -> Date {
    let years = Span::new().years(age);
    let Ok(born) = on.checked_sub(years) else { return Date::MIN };
    // Who is born on 29 February has their birthday on the 28th of a short year.
    let next = born.tomorrow().ok().filter(|next| next.checked_add(years).is_ok_and(|d| d <= on));
    next.unwrap_or(born)
}

/// A course somebody is to learn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty {
    pub assignment: AssignmentId,
    pub course: CourseId,
    pub due: Option<Date>,
}

row! {
    struct Reaching {
        start: UnitId,
        assignment: AssignmentId,
        course: CourseId,
        due: Option<Date>,
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

/// The courses one person is to learn on a day, one duty for each course: the one due first.
/// `persons`: all rows of their cluster.
pub fn duties(tx: &mut Tx<'_>, persons: &[PersonId], on: Date) -> Result<Vec<Duty>> {
    let affiliations = affiliation::list_of_persons(tx, persons)?;
    let holds = |from: Date, to: Option<Date>| from <= on && to.is_none_or(|to| on < to);
    let mut units: Vec<UnitId> =
        affiliations.iter().filter(|a| holds(a.valid_from, a.valid_to)).map(|a| a.unit).collect();
    units.sort_unstable();
    units.dedup();
    let reaching: Vec<Reaching> = tx.list(sql!(SQL, "reaching"), args![units])?;
    if reaching.is_empty() {
        return Ok(Vec::new());
    }
    let birth = birth(tx, persons)?;
    let mut out: Vec<Duty> = Vec::new();
    for r in reaching {
        let duty = Duty { assignment: r.assignment, course: r.course, due: r.due };
        let audience = Audience {
            id: r.id,
            code: r.code,
            name_vi: r.name_vi,
            name_en: r.name_en,
            affiliation_kind: r.affiliation_kind,
            categories: r.categories,
            age_from: r.age_from,
            age_below: r.age_below,
        };
        let member = audience.membership(birth, &affiliations).into_iter().any(|(unit, days)| {
            unit == r.start && days.iter().any(|d| d.from <= day(on) && day(on) < d.to)
        });
        if member {
            keep_earliest(&mut out, duty);
        }
    }
    Ok(out)
}

fn keep_earliest(duties: &mut Vec<Duty>, duty: Duty) {
    let sooner = |a: Option<Date>, b: Option<Date>| match (a, b) {
        (Some(a), Some(b)) => a < b,
        (Some(_), None) => true,
        (None, _) => false,
    };
    match duties.iter_mut().find(|known| known.course == duty.course) {
        Some(known) if sooner(duty.due, known.due) => *known = duty,
        Some(_) => {}
        None => duties.push(duty),
    }
}

/// When a person was born: as the first of their rows that knows says.
fn birth(tx: &mut Tx<'_>, persons: &[PersonId]) -> Result<Option<Birth>> {
    for person in persons {
        if let Some(birth) = person::get(tx, *person)?.birth() {
            return Ok(Some(birth));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
