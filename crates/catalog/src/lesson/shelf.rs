//! Lessons taken apart once and kept: a page of a lesson is asked for thousands of times a
//! minute, and its text changes once a year.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use thao_base::{ItemId, Lang, Result, Tx, args, sql};

use super::Lesson;
use super::parse::{Step, parse};
use crate::item::Question;
use crate::media;

const SQL: &str = include_str!("../lesson.sql");

/// Lessons kept at once: some 30 KB each.
const MOST: usize = 512;

/// A lesson's text in both languages, and where its media are.
#[derive(Debug)]
pub struct Content {
    vi: Vec<Step>,
    en: Vec<Step>,
    shown: HashMap<String, Shown>,
}

/// A file a lesson shows.
#[derive(Debug, Clone)]
pub struct Shown {
    pub url: String,
    pub mime: String,
    /// Pixels of a drawing; 16 by 9 where nothing is known.
    pub size: (u32, u32),
    /// Bytes.
    pub length: i64,
}

impl Content {
    pub fn steps(&self, lang: Lang) -> &[Step] {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// Where a file is; `None` only when it was withdrawn since the text was taken apart.
    pub fn shown(&self, name: &str) -> Option<&Shown> {
        self.shown.get(name)
    }

    /// All questions in order.
    pub fn questions(&self, lang: Lang) -> impl Iterator<Item = &Question> {
        self.steps(lang).iter().filter_map(Step::question)
    }

    /// The question with this id, and its step, counted from 1.
    pub fn question(&self, lang: Lang, id: ItemId) -> Option<(usize, &Question)> {
        let steps = self.steps(lang).iter().enumerate();
        let mut found = steps.filter_map(|(i, step)| Some((i + 1, step.question()?)));
        found.find(|(_, question)| question.id == id)
    }
}

/// The text of a lesson, taken apart.
///
/// Kept for the process under the hash of all it is made of, so what is kept is never stale and
/// two databases in one process never mix; bounded, and emptied when full, which costs one
/// reading of each lesson in use.
pub fn open(tx: &mut Tx<'_>, lesson: &Lesson) -> Result<Arc<Content>> {
    static SHELF: OnceLock<RwLock<HashMap<String, Arc<Content>>>> = OnceLock::new();
    let shelf = SHELF.get_or_init(RwLock::default);
    let kept = shelf.read().unwrap_or_else(PoisonError::into_inner).get(&lesson.hash).cloned();
    if let Some(kept) = kept {
        return Ok(kept);
    }
    let content = Arc::new(read(tx, lesson)?);
    let mut shelf = shelf.write().unwrap_or_else(PoisonError::into_inner);
    if MOST <= shelf.len() {
        shelf.clear();
    }
    shelf.insert(lesson.hash.clone(), content.clone());
    Ok(content)
}

fn read(tx: &mut Tx<'_>, lesson: &Lesson) -> Result<Content> {
    let (course, vi, en): (String, String, String) = tx.get(sql!(SQL, "text"), args![lesson.id])?;
    let shown = media::list(tx, lesson.course)?.into_iter().map(|facts| {
        let side =
            |side: Option<i32>, or: u32| side.and_then(|s| u32::try_from(s).ok()).unwrap_or(or);
        let shown = Shown {
            url: media::url(&course, &facts.name, &facts.hash),
            mime: facts.mime,
            size: (side(facts.width, 1600), side(facts.height, 900)),
            length: facts.length,
        };
        (facts.name, shown)
    });
    Ok(Content {
        vi: parse(&lesson.slug, &vi)?,
        en: parse(&lesson.slug, &en)?,
        shown: shown.collect(),
    })
}
