//! The library: courses as folders of files, read, checked and put into the database.
//!
//! A folder is a list of paths and bytes, wherever it comes from: the program itself
//! ([`starter`]), an upload, a disk. The format: content/README.md.

mod manifest;
mod publish;
mod starter;

pub use manifest::{About, Both, Cited, Review};
pub use publish::{Published, publish};
pub use starter::{publish_starter, starter};

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use thao_base::{CourseId, Error, ItemId, LessonId, Result};

use crate::flaw::At;
use crate::lesson::parse::{Step, parse};
use crate::media::{Media, file_of};
use manifest::Manifest;

/// A file of a course's folder; the path starts inside the folder.
#[derive(Debug, Clone)]
pub struct File {
    pub path: String,
    pub bytes: Cow<'static, [u8]>,
}

/// A course as its folder has it, checked.
#[derive(Debug, Clone)]
pub struct Package {
    pub id: CourseId,
    pub slug: String,
    pub version: i32,
    pub pass_percent: i32,
    pub minutes: i32,
    pub title: Both,
    pub summary: Both,
    pub about: About,
    pub sources: Vec<Cited>,
    pub lessons: Vec<Lesson>,
    pub media: Vec<Media>,
    /// Of all files: the same hash is the same course.
    pub hash: String,
}

/// A lesson in both languages.
#[derive(Debug, Clone)]
pub struct Lesson {
    pub id: LessonId,
    pub slug: String,
    pub title: Both,
    pub minutes: i32,
    /// Markdown.
    pub body: Both,
    pub vi: Vec<Step>,
    pub en: Vec<Step>,
    /// Of the text and of all it shows.
    pub hash: String,
}

impl Package {
    /// Reads a course's folder.
    ///
    /// # Errors
    /// [`thao_base::Kind::Invalid`] with the file and the line of the first mistake.
    pub fn read(files: &[File]) -> Result<Package> {
        let folder = Folder::new(files)?;
        let manifest = Manifest::read(folder.text("course.toml")?)?;
        let mut used = BTreeSet::from(["course.toml".to_owned()]);
        let media = folder.media()?;
        let mut items = BTreeSet::new();
        let mut lessons = Vec::with_capacity(manifest.lessons.len());
        for (planned, no) in manifest.lessons.into_iter().zip(1..) {
            let stem = format!("{no:02}-{}", planned.slug);
            let (vi, en) = (format!("{stem}.md"), format!("{stem}.en.md"));
            let body = Both { vi: folder.text(&vi)?.to_owned(), en: folder.text(&en)?.to_owned() };
            let (vi_steps, en_steps) = (parse(&vi, &body.vi)?, parse(&en, &body.en)?);
            same_shape(&en, &vi_steps, &en_steps)?;
            own_items(&vi, &vi_steps, &mut items)?;
            let hash = lesson_hash(&manifest.slug, &body, &vi_steps, &en_steps, &media)?;
            used.extend([vi, en]);
            lessons.push(Lesson {
                id: planned.id,
                slug: planned.slug,
                title: planned.title,
                minutes: planned.minutes,
                body,
                vi: vi_steps,
                en: en_steps,
                hash,
            });
        }
        let unused =
            folder.0.keys().find(|path| !path.starts_with("media/") && !used.contains(**path));
        if let Some(path) = unused {
            return Err(At::start(path).wrong("catalog.error.unused_file"));
        }
        Ok(Package {
            id: manifest.id,
            slug: manifest.slug,
            version: manifest.version,
            pass_percent: manifest.pass_percent,
            minutes: manifest.minutes,
            title: manifest.title,
            summary: manifest.summary,
            about: manifest.about,
            sources: manifest.sources,
            lessons,
            media: media.into_values().collect(),
            hash: folder.hash(),
        })
    }
}

struct Folder<'f>(BTreeMap<&'f str, &'f [u8]>);

impl<'f> Folder<'f> {
    fn new(files: &'f [File]) -> Result<Folder<'f>> {
        let mut out = BTreeMap::new();
        for file in files {
            if out.insert(file.path.as_str(), file.bytes.as_ref()).is_some() {
                return Err(At::start(&file.path).wrong("catalog.error.twice"));
            }
        }
        Ok(Folder(out))
    }

    fn text(&self, path: &str) -> Result<&'f str> {
        let bytes = self
            .0
            .get(path)
            .ok_or_else(|| Error::invalid("catalog.error.missing_file").with("file", path))?;
        let text = std::str::from_utf8(bytes)
            .map_err(|_| At::start(path).wrong("catalog.error.not_utf8"))?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    fn media(&self) -> Result<BTreeMap<String, Media>> {
        let mut out = BTreeMap::new();
        for (path, bytes) in &self.0 {
            if let Some(name) = path.strip_prefix("media/") {
                out.insert(name.to_owned(), file_of(path, name, bytes)?);
            }
        }
        Ok(out)
    }

    fn hash(&self) -> String {
        let mut hash = blake3::Hasher::new();
        for (path, bytes) in &self.0 {
            part(&mut hash, path.as_bytes());
            part(&mut hash, bytes);
        }
        hash.finalize().to_hex().to_string()
    }
}

/// Each part with its length, so that no two lists of parts run together to the same bytes.
fn part(hash: &mut blake3::Hasher, bytes: &[u8]) {
    hash.update(&u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
    hash.update(bytes);
}

/// Changes whenever anything the learner is shown changes, so that a parsed lesson can be kept
/// under it.
fn lesson_hash(
    course: &str,
    body: &Both,
    vi: &[Step],
    en: &[Step],
    media: &BTreeMap<String, Media>,
) -> Result<String> {
    let mut hash = blake3::Hasher::new();
    for text in [course, &body.vi, &body.en] {
        part(&mut hash, text.as_bytes());
    }
    for name in vi.iter().chain(en).flat_map(Step::media) {
        let found = media.get(name).ok_or_else(|| {
            Error::invalid("catalog.error.missing_file").with("file", format!("media/{name}"))
        })?;
        part(&mut hash, name.as_bytes());
        part(&mut hash, found.hash.as_bytes());
    }
    Ok(hash.finalize().to_hex().to_string())
}

/// Both languages ask the same questions in the same steps.
fn same_shape(file: &str, vi: &[Step], en: &[Step]) -> Result<()> {
    let at = At::start(file);
    if vi.len() != en.len() {
        return Err(at
            .wrong("catalog.error.other_steps")
            .with("vi", vi.len())
            .with("en", en.len()));
    }
    for (vi, en) in vi.iter().zip(en) {
        let same = match (vi.question(), en.question()) {
            (Some(vi), Some(en)) => vi.same_shape(en),
            (None, None) => true,
            _ => false,
        };
        if !same {
            return Err(at.wrong("catalog.error.other_question").with("step", &en.heading));
        }
    }
    Ok(())
}

fn own_items(file: &str, steps: &[Step], seen: &mut BTreeSet<ItemId>) -> Result<()> {
    for question in steps.iter().filter_map(Step::question) {
        if !seen.insert(question.id) {
            return Err(At::start(file).wrong("catalog.error.item_twice").with("id", question.id));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
