//! Classes: a course held somewhere, on one evening or several, run by an organiser.

use jiff::Timestamp;
use thao_base::db::{Arg, ToArg};
use thao_base::{
    ClassId, CourseId, Entropy, Error, Lang, MeetingId, PersonId, Result, Stamp, Tx, UnitId, args,
    row, sql, text,
};
use thao_catalog::course::{self, Course};
use thao_people::Place;
use thao_record::{Col, Noun, register};
use thao_web::{Scope, Span};

use crate::meeting;
use crate::schedule::Evening;

const SQL: &str = include_str!("class.sql");

pub const CLASS: Noun = Noun {
    table: "class",
    columns: &[
        Col::open("course_id"),
        Col::open("unit_id"),
        Col::open("title"),
        Col::open("venue"),
        Col::open("bring"),
        Col::open("organiser_id"),
        Col::open("capacity"),
        Col::open("code"),
        Col::open("search"),
        Col::open("made_at"),
        Col::open("cancelled_at"),
    ],
};

/// What can be said about a class by whoever opens or edits it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    pub course: CourseId,
    pub unit: UnitId,
    pub title: String,
    pub venue: String,
    /// What to bring along.
    pub bring: Option<String>,
    /// People who find a seat; may be exceeded by whoever runs the class.
    pub capacity: Option<i32>,
}

row! {
    /// A class with what every page about it shows.
    #[derive(Debug, Clone)]
    pub struct Class {
        pub id: ClassId,
        pub course: CourseId,
        pub course_vi: String,
        pub course_en: String,
        pub unit: UnitId,
        pub unit_name: String,
        /// Where the unit stands; the top of the tree for a unit that no longer stands.
        pub pos: i64,
        pub last: i64,
        /// The commune the unit lies in, or the unit itself.
        pub area: UnitId,
        pub area_name: String,
        pub area_pos: i64,
        pub area_last: i64,
        pub title: String,
        pub venue: String,
        pub bring: Option<String>,
        pub organiser: PersonId,
        pub organiser_name: String,
        pub capacity: Option<i32>,
        /// What the public address ends in.
        pub code: String,
        pub made_at: Timestamp,
        pub cancelled_at: Option<Timestamp>,
    }
}

impl Class {
    pub fn course_title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.course_vi,
            Lang::En => &self.course_en,
        }
    }

    /// The commune (or other unit) whose people are looked for first.
    pub fn area_span(&self) -> Span {
        Span { lo: self.area_pos, hi: self.area_last }
    }

    pub fn span(&self) -> Span {
        Span { lo: self.pos, hi: self.last }
    }

    /// The village and its commune, or the commune alone.
    pub fn place_words(&self) -> String {
        if self.unit == self.area {
            self.unit_name.clone()
        } else {
            format!("{}, {}", self.unit_name, self.area_name)
        }
    }
}

/// Opens a class with its evenings, run by `organiser`.
pub fn open(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    organiser: PersonId,
    details: &Details,
    evenings: &[Evening],
) -> Result<ClassId> {
    let id: ClassId = stamp.id();
    let code = free_code(tx, &stamp.entropy)?;
    let search = search_key(tx, details)?;
    let values = [
        ("course_id", details.course.arg()),
        ("unit_id", details.unit.arg()),
        ("title", Arg::Text(&details.title)),
        ("venue", Arg::Text(&details.venue)),
        ("bring", details.bring.arg()),
        ("organiser_id", organiser.arg()),
        ("capacity", details.capacity.arg()),
        ("code", Arg::Text(&code)),
        ("search", Arg::Text(&search)),
        ("made_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &CLASS, id, None, &values)?;
    meeting::add_many(tx, stamp, id, evenings)?;
    Ok(id)
}

/// Changes a class. Its course and unit stay: what was recorded speaks of them.
pub fn edit(tx: &mut Tx<'_>, stamp: &Stamp, id: ClassId, details: &Details) -> Result<bool> {
    let search = search_key(tx, details)?;
    let values = [
        ("title", Arg::Text(&details.title)),
        ("venue", Arg::Text(&details.venue)),
        ("bring", details.bring.arg()),
        ("capacity", details.capacity.arg()),
        ("search", Arg::Text(&search)),
    ];
    register::update(tx, stamp, &CLASS, id, None, &values)
}

/// Cancels a class; what was recorded stays. Whether it was still on.
pub fn cancel(tx: &mut Tx<'_>, stamp: &Stamp, class: &Class) -> Result<bool> {
    if class.cancelled_at.is_some() {
        return Ok(false);
    }
    let values = [("cancelled_at", Arg::Time(stamp.at))];
    register::update(tx, stamp, &CLASS, class.id, None, &values)
}

/// Refuses attendance in a class that was cancelled: nobody learnt anything there.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] when it was cancelled.
pub fn refuse_cancelled(class: &Class) -> Result<()> {
    match class.cancelled_at {
        Some(_) => Err(Error::conflict("classes.error.cancelled_class")),
        None => Ok(()),
    }
}

/// One class.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: ClassId) -> Result<Class> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// The class behind a public address; capitals and spaces are forgiven.
///
/// # Errors
/// 404 when there is none.
pub fn get_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Class> {
    let code: String =
        code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let found = tx.find::<(ClassId,)>(sql!(SQL, "by_code"), args![code])?;
    let (id,) = found.ok_or_else(Error::not_found)?;
    get(tx, id)
}

/// How many classes, past ones included, were set up in some units themselves.
pub fn count_in_units(tx: &mut Tx<'_>, units: &[UnitId]) -> Result<i64> {
    tx.value(sql!(SQL, "in_units"), args![units])
}

/// The courses that are out, in the order of their titles.
pub fn list_courses(tx: &mut Tx<'_>, lang: Lang) -> Result<Vec<Course>> {
    let mut courses = course::list(tx)?;
    courses.sort_by_cached_key(|course| text::sort_key(course.title(lang)));
    Ok(courses)
}

/// The units of a scope that are no villages, the highest first: communes, agencies, schools.
pub fn list_areas(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Place>> {
    tx.list(sql!(SQL, "areas"), args![scope.json()])
}

/// The first units of a scope in the order of the walk.
pub fn list_units(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Place>> {
    tx.list(sql!(SQL, "within"), args![scope.json(), limit])
}

row! {
    /// A line of the list of classes, with the meeting it is listed by.
    #[derive(Debug, Clone)]
    pub struct Line {
        pub id: ClassId,
        pub title: String,
        /// The unit's path, `Xã A › Thôn B`.
        pub unit: String,
        pub venue: String,
        pub capacity: Option<i32>,
        pub cancelled_at: Option<Timestamp>,
        pub meeting: MeetingId,
        pub starts_at: Timestamp,
        pub ends_at: Timestamp,
        pub closed_at: Option<Timestamp>,
        /// 0 for the actor's own.
        pub rank: i32,
        pub registered: i64,
    }
}

/// Where a page of a list goes on.
#[derive(Debug, Clone, Copy)]
pub struct After {
    pub rank: i32,
    pub starts_at: Timestamp,
    pub id: ClassId,
}

/// What is asked of a list of classes.
#[derive(Debug, Clone)]
pub struct Asked {
    pub scope: Scope,
    /// The first instant of the day.
    pub from: Timestamp,
    /// Whose classes come first.
    pub own: Option<PersonId>,
    pub search: String,
    pub after: Option<After>,
    pub limit: i64,
}

/// Classes that meet on that day or later, one's own first, then the soonest.
pub fn list_upcoming(tx: &mut Tx<'_>, asked: &Asked) -> Result<Vec<Line>> {
    let (like, after) = (asked.like(), asked.after);
    tx.list(
        sql!(SQL, "upcoming"),
        args![
            asked.scope.json(),
            asked.from,
            asked.own,
            like,
            after.map(|after| after.rank),
            after.map(|after| after.starts_at),
            after.map(|after| after.id),
            asked.limit
        ],
    )
}

/// Classes that are over or were cancelled, the latest first.
pub fn list_past(tx: &mut Tx<'_>, asked: &Asked) -> Result<Vec<Line>> {
    let (like, after) = (asked.like(), asked.after);
    tx.list(
        sql!(SQL, "past"),
        args![
            asked.scope.json(),
            asked.from,
            asked.own,
            like,
            after.map(|after| after.starts_at),
            after.map(|after| after.id),
            asked.limit
        ],
    )
}

impl Asked {
    fn like(&self) -> Option<String> {
        let key = text::fold(&self.search);
        (!key.is_empty()).then(|| format!("%{key}%"))
    }
}

fn search_key(tx: &mut Tx<'_>, details: &Details) -> Result<String> {
    let place = thao_people::unit::place(tx, details.unit)?;
    Ok(text::fold(&format!("{} {} {}", details.title, details.venue, place.path)))
}

/// Six letters and digits without those that look alike, so that a code can be read out.
fn free_code(tx: &mut Tx<'_>, entropy: &Entropy) -> Result<String> {
    const LETTERS: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";
    for _ in 0..16 {
        let code: String = (0..6)
            .filter_map(|_| LETTERS.get(usize::try_from(entropy.below(31)).ok()?))
            .map(|letter| char::from(*letter))
            .collect();
        if tx.find::<(ClassId,)>(sql!(SQL, "by_code"), args![code])?.is_none() {
            return Ok(code);
        }
    }
    Err(Error::internal("no code of a class is free"))
}
