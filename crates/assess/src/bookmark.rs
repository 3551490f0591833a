//! Where a learner left off in each lesson: a convenience, kept outside the record.

use jiff::Timestamp;
use thao_base::{LessonId, PersonId, Result, Tx, args, row, sql};

const SQL: &str = include_str!("bookmark.sql");

row! {
    #[derive(Debug, Clone)]
    pub struct Bookmark { pub lesson: LessonId, pub step: i32, pub at: Timestamp }
}

/// Remembers the step somebody is at; in a note of its own, so that it never waits for writers.
pub fn set(
    tx: &mut Tx<'_>,
    person: PersonId,
    lesson: LessonId,
    step: i32,
    at: Timestamp,
) -> Result<()> {
    tx.exec(sql!(SQL, "set"), args![person, lesson, step, at])?;
    Ok(())
}

/// The latest bookmark in a lesson.
pub fn find(tx: &mut Tx<'_>, persons: &[PersonId], lesson: LessonId) -> Result<Option<Bookmark>> {
    tx.find(sql!(SQL, "find"), args![persons, lesson])
}

/// All bookmarks, the latest first.
pub fn list(tx: &mut Tx<'_>, persons: &[PersonId]) -> Result<Vec<Bookmark>> {
    tx.list(sql!(SQL, "list"), args![persons])
}
