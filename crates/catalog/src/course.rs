//! Courses as pages read them.

use jiff::Timestamp;
use thao_base::{CourseId, Error, Lang, Result, Tx, args, row, sql};
use thao_record::{Col, Noun};

use crate::library::{About, Cited};

const SQL: &str = include_str!("course.sql");

pub const COURSE: Noun = Noun {
    table: "course",
    columns: &[
        Col::open("slug"),
        Col::open("version"),
        Col::open("hash"),
        Col::open("title_vi"),
        Col::open("title_en"),
        Col::open("summary_vi"),
        Col::open("summary_en"),
        Col::open("minutes"),
        Col::open("pass_percent"),
        Col::open("about"),
        Col::open("sources"),
        Col::open("published_at"),
        Col::open("withdrawn_at"),
    ],
};

row! {
    /// A course without what only its own page shows.
    #[derive(Debug, Clone)]
    pub struct Course {
        pub id: CourseId,
        pub slug: String,
        pub version: i32,
        pub title_vi: String,
        pub title_en: String,
        pub summary_vi: String,
        pub summary_en: String,
        pub minutes: i32,
        /// The share of questions answered rightly that passes.
        pub pass_percent: i32,
        pub withdrawn_at: Option<Timestamp>,
    }
}

impl Course {
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.title_vi,
            Lang::En => &self.title_en,
        }
    }

    pub fn summary(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.summary_vi,
            Lang::En => &self.summary_en,
        }
    }
}

/// All published courses, the first published first.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Course>> {
    tx.list(sql!(SQL, "all"), args![])
}

/// The course at an address.
///
/// # Errors
/// 404 when there is none.
pub fn get_by_slug(tx: &mut Tx<'_>, slug: &str) -> Result<Course> {
    tx.find(sql!(SQL, "by_slug"), args![slug])?.ok_or_else(Error::not_found)
}

/// One course.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: CourseId) -> Result<Course> {
    tx.find(sql!(SQL, "by_id"), args![id])?.ok_or_else(Error::not_found)
}

/// What a course's own page says of it: its label, audience and sources.
pub fn about(tx: &mut Tx<'_>, id: CourseId) -> Result<(About, Vec<Cited>)> {
    let (about, sources) = tx.get(sql!(SQL, "about"), args![id])?;
    let (about, sources): (serde_json::Value, serde_json::Value) = (about, sources);
    Ok((serde_json::from_value(about)?, serde_json::from_value(sources)?))
}

/// The hash of the folder it was published from.
pub(crate) fn find_hash(tx: &mut Tx<'_>, id: CourseId) -> Result<Option<String>> {
    Ok(tx.find::<(String,)>(sql!(SQL, "hash"), args![id])?.map(|(hash,)| hash))
}
