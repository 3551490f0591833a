//! A course's folder into the database.

use serde_json::json;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, ItemId, LessonId, Result, RowId, Stamp, Tx, args, row, sql};
use thao_record::register;

use super::{Lesson, Package};
use crate::course::COURSE;
use crate::item::Question;
use crate::lesson::LESSON;
use crate::{ITEM, course, media};

const SQL: &str = include_str!("publish.sql");

/// What publishing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    New,
    Changed,
    /// The very same was there already.
    Same,
}

row! {
    struct KnownLesson { id: LessonId, withdrawn: bool }
}
row! {
    struct KnownItem { id: RowId, item: ItemId, version: i32, body: serde_json::Value }
}

/// Publishes a course: the same folder again changes nothing; a lesson that is no longer in it
/// is withdrawn, never deleted, because people have learnt from it.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] when a question has another right answer under the same version.
pub fn publish(tx: &mut Tx<'_>, stamp: &Stamp, package: &Package) -> Result<Published> {
    let known = course::find_hash(tx, package.id)?;
    if known.as_ref() == Some(&package.hash) {
        return Ok(Published::Same);
    }
    let about = serde_json::to_value(&package.about)?;
    let sources = serde_json::to_value(&package.sources)?;
    let mut values = vec![
        ("slug", package.slug.arg()),
        ("version", package.version.arg()),
        ("hash", package.hash.arg()),
        ("title_vi", package.title.vi.arg()),
        ("title_en", package.title.en.arg()),
        ("summary_vi", package.summary.vi.arg()),
        ("summary_en", package.summary.en.arg()),
        ("minutes", package.minutes.arg()),
        ("pass_percent", package.pass_percent.arg()),
        ("about", Arg::Json(&about)),
        ("sources", Arg::Json(&sources)),
    ];
    if known.is_some() {
        register::update(tx, stamp, &COURSE, package.id, None, &values)?;
    } else {
        values.push(("published_at", Arg::Time(stamp.at)));
        register::insert(tx, stamp, &COURSE, package.id, None, &values)?;
    }
    lessons(tx, stamp, package)?;
    media::replace(tx, package.id, &package.media)?;
    Ok(if known.is_some() { Published::Changed } else { Published::New })
}

fn lessons(tx: &mut Tx<'_>, stamp: &Stamp, package: &Package) -> Result<()> {
    let known: Vec<KnownLesson> = tx.list(sql!(SQL, "lessons"), args![package.id])?;
    let gone = known.iter().filter(|known| !known.withdrawn);
    for lesson in gone.filter(|known| !package.lessons.iter().any(|l| l.id == known.id)) {
        let values = [("withdrawn_at", Arg::Time(stamp.at))];
        register::update(tx, stamp, &LESSON, lesson.id, None, &values)?;
    }
    for (lesson, no) in package.lessons.iter().zip(1_i32..) {
        let questions = lesson.vi.iter().filter(|step| step.question().is_some()).count();
        let questions = i32::try_from(questions).map_err(Error::internal)?;
        let values = [
            ("course_id", package.id.arg()),
            ("no", no.arg()),
            ("questions", questions.arg()),
            ("slug", lesson.slug.arg()),
            ("title_vi", lesson.title.vi.arg()),
            ("title_en", lesson.title.en.arg()),
            ("minutes", lesson.minutes.arg()),
            ("body_vi", lesson.body.vi.arg()),
            ("body_en", lesson.body.en.arg()),
            ("hash", lesson.hash.arg()),
            ("withdrawn_at", Arg::Null),
        ];
        if known.iter().any(|known| known.id == lesson.id) {
            register::update(tx, stamp, &LESSON, lesson.id, None, &values)?;
        } else {
            register::insert(tx, stamp, &LESSON, lesson.id, None, &values)?;
        }
        items(tx, stamp, lesson)?;
    }
    Ok(())
}

fn items(tx: &mut Tx<'_>, stamp: &Stamp, lesson: &Lesson) -> Result<()> {
    let questions =
        lesson.vi.iter().zip(&lesson.en).filter_map(|(vi, en)| vi.question().zip(en.question()));
    for ((vi, en), no) in questions.zip(1_i32..) {
        let id = vi.row_id();
        let known: Option<KnownItem> = tx.find(sql!(SQL, "item"), args![id])?;
        if let Some(known) = &known {
            same_key(known, vi, en)?;
        }
        let body = json!({ "vi": vi, "en": en });
        let values = [
            ("item_id", vi.id.arg()),
            ("version", vi.version.arg()),
            ("lesson_id", lesson.id.arg()),
            ("no", no.arg()),
            ("kind", Arg::Text(vi.task.kind())),
            ("body", Arg::Json(&body)),
        ];
        if known.is_some() {
            register::update(tx, stamp, &ITEM, id, None, &values)?;
        } else {
            register::insert(tx, stamp, &ITEM, id, None, &values)?;
        }
    }
    Ok(())
}

/// A version stands for one right answer for ever: answers were measured by it.
fn same_key(known: &KnownItem, vi: &Question, en: &Question) -> Result<()> {
    for (lang, now) in [("vi", vi), ("en", en)] {
        let before = known.body.get(lang).cloned().unwrap_or_default();
        let before: Question = serde_json::from_value(before)?;
        if before.task.key() != now.task.key() {
            return Err(Error::conflict("catalog.error.same_version")
                .with("id", known.item)
                .with("row", known.id)
                .with("version", known.version));
        }
    }
    Ok(())
}
