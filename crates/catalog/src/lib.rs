//! Courses, their lessons, questions and media, and who is to learn what by when.
//!
//! Nouns: a course is a folder of files ([`library`]) put into the database; a [`lesson`] is
//! steps of text, pictures, films and questions ([`item`]); an [`assignment`] says that an
//! audience in a unit is to learn a course. Learning and grading are of thao-assess.
//!
//! Invariants: publishing the same folder again changes nothing; a version of a question has one
//! right answer for ever; no HTML of an author reaches a page; a lesson people learnt from is
//! withdrawn, never deleted. This crate must never read the record of
//! a person, but to see whether an imported result ([`results`]) is there already.

pub mod assignment;
pub mod course;
mod flaw;
pub mod item;
pub mod lesson;
pub mod library;
pub mod media;
mod pages;
pub mod results;

pub use library::{publish_starter, starter};
pub use pages::pages;

use thao_base::{ActivityId, Lang, Result, Tx, ids};
use thao_jobs::Handler;
use thao_people::imports;
use thao_record::{Col, Noun};

/// The work this context does while nobody waits.
pub fn jobs() -> Vec<Handler> {
    vec![imports::handler(&results::DESK)]
}

/// The titles of courses and lessons among `activities`; others are left out.
pub fn name_activities(
    tx: &mut Tx<'_>,
    activities: &[ActivityId],
    lang: Lang,
) -> Result<Vec<(ActivityId, String)>> {
    let mut all: Vec<(ActivityId, String)> = Vec::new();
    for course in course::list(tx)? {
        all.push((ids::cast(course.id), course.title(lang).to_owned()));
    }
    for lesson in lesson::list_all(tx)? {
        all.push((ids::cast(lesson.id), lesson.title(lang).to_owned()));
    }
    all.retain(|(id, _)| activities.contains(id));
    Ok(all)
}

pub const ITEM: Noun = Noun {
    table: "item",
    columns: &[
        Col::open("item_id"),
        Col::open("version"),
        Col::open("lesson_id"),
        Col::open("no"),
        Col::open("kind"),
        Col::open("body"),
    ],
};
