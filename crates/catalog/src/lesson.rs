//! Lessons: rows of a course in order, and their text taken apart ([`open`]).

pub mod parse;
mod shelf;

pub use shelf::{Content, Shown, open};

use thao_base::{CourseId, Error, ItemId, Lang, LessonId, Result, Tx, args, row, sql};
use thao_record::{Col, Noun};

const SQL: &str = include_str!("lesson.sql");

pub const LESSON: Noun = Noun {
    table: "lesson",
    columns: &[
        Col::open("course_id"),
        Col::open("no"),
        Col::open("slug"),
        Col::open("title_vi"),
        Col::open("title_en"),
        Col::open("minutes"),
        Col::open("questions"),
        Col::open("body_vi"),
        Col::open("body_en"),
        Col::open("hash"),
        Col::open("withdrawn_at"),
    ],
};

row! {
    /// A lesson without its text.
    #[derive(Debug, Clone)]
    pub struct Lesson {
        pub id: LessonId,
        pub course: CourseId,
        pub no: i32,
        pub slug: String,
        pub title_vi: String,
        pub title_en: String,
        pub minutes: i32,
        pub questions: i32,
        pub hash: String,
    }
}

impl Lesson {
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.title_vi,
            Lang::En => &self.title_en,
        }
    }
}

/// The lessons of a course in order, withdrawn ones left out.
pub fn list_of_course(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<Lesson>> {
    tx.list(sql!(SQL, "of_course"), args![course])
}

/// The questions of a lesson in order, each in its newest version: `(item, version)`.
pub fn list_items(tx: &mut Tx<'_>, lesson: LessonId) -> Result<Vec<(ItemId, i32)>> {
    tx.list(sql!(SQL, "items"), args![lesson])
}

/// The lessons of all courses, by course and in order.
pub fn list_all(tx: &mut Tx<'_>) -> Result<Vec<Lesson>> {
    tx.list(sql!(SQL, "all"), args![])
}

/// One lesson, withdrawn or not.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: LessonId) -> Result<Lesson> {
    tx.find(sql!(SQL, "by_id"), args![id])?.ok_or_else(Error::not_found)
}
