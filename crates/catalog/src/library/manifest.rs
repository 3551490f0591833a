//! `course.toml`: what a course is, its lessons in order, what it rests on.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thao_base::{CourseId, Error, Lang, LessonId, Result};

use crate::flaw::At;

const FILE: &str = "course.toml";

/// The same words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    pub vi: String,
    pub en: String,
}

impl Both {
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    fn is_empty(&self) -> bool {
        self.vi.trim().is_empty() || self.en.trim().is_empty()
    }
}

/// What a page says of a course beside its title; kept as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub audience: Both,
    pub review: Review,
    /// Lesson hours of 45 minutes.
    pub tiet: i32,
    /// Rows of the plans it serves.
    pub targets: Vec<String>,
    /// Numbers of Circular 02/2025/TT-BGDĐT.
    pub competences: Vec<String>,
}

/// Who made it and who looked at it: the label that goes with the course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    pub ai_assisted: bool,
    pub date: Date,
    pub vi: String,
    pub en: String,
}

impl Review {
    pub fn words(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// A source of a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cited {
    pub title: String,
    /// Number of a legal document.
    pub legal: Option<String>,
    pub url: Option<String>,
    pub accessed: Date,
}

pub(super) struct Manifest {
    pub id: CourseId,
    pub slug: String,
    pub version: i32,
    pub pass_percent: i32,
    pub minutes: i32,
    pub title: Both,
    pub summary: Both,
    pub about: About,
    pub lessons: Vec<Planned>,
    pub sources: Vec<Cited>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Planned {
    pub id: LessonId,
    pub slug: String,
    pub minutes: i32,
    pub title: Both,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: CourseId,
    slug: String,
    version: i32,
    pass_percent: i32,
    tiet: i32,
    minutes: i32,
    #[serde(default)]
    targets: Vec<String>,
    #[serde(default)]
    competences: Vec<String>,
    title: Both,
    summary: Both,
    audience: Both,
    review: Review,
    lessons: Vec<Planned>,
    sources: Vec<Cited>,
}

impl Manifest {
    pub(super) fn read(text: &str) -> Result<Manifest> {
        let at = At::start(FILE);
        let raw: Raw = at.toml(text)?;
        raw.check(at, text)?;
        Ok(Manifest {
            id: raw.id,
            slug: raw.slug,
            version: raw.version,
            pass_percent: raw.pass_percent,
            minutes: raw.minutes,
            title: raw.title,
            summary: raw.summary,
            about: About {
                audience: raw.audience,
                review: raw.review,
                tiet: raw.tiet,
                targets: raw.targets,
                competences: raw.competences,
            },
            lessons: raw.lessons,
            sources: raw.sources,
        })
    }
}

impl Raw {
    fn check(&self, at: At<'_>, text: &str) -> Result<()> {
        // The line a key stands on; the first line when it is not written as `key = `.
        let wrong = |key: &'static str, field: &str| -> Error {
            let line = text.lines().position(|line| {
                line.strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with('='))
            });
            at.down(line.unwrap_or_default()).wrong(key).with("found", field)
        };
        let slugs = std::iter::once(&self.slug).chain(self.lessons.iter().map(|l| &l.slug));
        for slug in slugs {
            if !is_slug(slug) {
                return Err(wrong("catalog.error.slug", "slug").with("slug", slug));
            }
        }
        for (i, lesson) in self.lessons.iter().enumerate() {
            let earlier = self.lessons.iter().take(i);
            if earlier.clone().any(|e| e.slug == lesson.slug || e.id == lesson.id) {
                return Err(
                    wrong("catalog.error.lesson_twice", "lessons").with("slug", &lesson.slug)
                );
            }
        }
        if self.lessons.is_empty() || self.sources.is_empty() || self.version < 1 {
            return Err(wrong("catalog.error.manifest", "version"));
        }
        if !(1..=100).contains(&self.pass_percent) {
            return Err(wrong("catalog.error.pass_percent", "pass_percent"));
        }
        let minutes: i32 = self.lessons.iter().map(|lesson| lesson.minutes).sum();
        if minutes != self.minutes || self.lessons.iter().any(|lesson| lesson.minutes < 1) {
            return Err(wrong("catalog.error.minutes", "minutes").with("sum", minutes));
        }
        let words = [&self.title, &self.summary, &self.audience];
        let titles = self.lessons.iter().map(|lesson| &lesson.title);
        if words.into_iter().chain(titles).any(Both::is_empty) {
            return Err(wrong("catalog.error.both_languages", "title"));
        }
        Ok(())
    }
}

/// Small letters and digits with single hyphens between: part of addresses.
fn is_slug(slug: &str) -> bool {
    slug.split('-').all(|part| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}
