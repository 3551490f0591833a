//! Pictures, films and captions of a course: kept whole, told apart by their hash.
//!
//! They stand beside the register, not in its journal: a lesson names them, and its hash covers
//! theirs.

use thao_base::{CourseId, Result, Tx, args, row, sql};

use crate::flaw::At;
use crate::lesson::parse::is_media_name;

const SQL: &str = include_str!("media.sql");

/// A file of a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    pub name: String,
    pub mime: &'static str,
    /// 16 hexadecimal digits of BLAKE3: enough to tell versions of one file apart.
    pub hash: String,
    /// Of a picture, in pixels, so that nothing jumps while it loads.
    pub size: Option<(i32, i32)>,
    pub bytes: Vec<u8>,
}

row! {
    /// What is known of a file without its bytes.
    #[derive(Debug, Clone)]
    pub struct Facts {
        pub name: String,
        pub mime: String,
        pub hash: String,
        pub width: Option<i32>,
        pub height: Option<i32>,
        pub length: i64,
    }
}

/// The address of a file: it changes with the file, so a browser keeps it for ever.
pub fn url(course: &str, name: &str, hash: &str) -> String {
    format!("/catalog/media/{course}/{name}?v={hash}")
}

/// All files of a course.
pub fn list(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<Facts>> {
    tx.list(sql!(SQL, "of_course"), args![course])
}

/// A file of a course that is or was published.
pub fn find(tx: &mut Tx<'_>, course: &str, name: &str) -> Result<Option<Facts>> {
    tx.find(sql!(SQL, "find"), args![course, name])
}

/// `length` bytes of a file from `from` on.
pub fn bytes(tx: &mut Tx<'_>, course: &str, name: &str, from: i64, length: i64) -> Result<Vec<u8>> {
    // Both databases count from 1 here.
    tx.value(sql!(SQL, "bytes"), args![course, name, from + 1, length])
}

/// Makes the course's files these; whether anything differed.
pub(crate) fn replace(tx: &mut Tx<'_>, course: CourseId, media: &[Media]) -> Result<bool> {
    let before = list(tx, course)?;
    let mut changed = false;
    for old in &before {
        if !media.iter().any(|new| new.name == old.name && new.hash == old.hash) {
            tx.exec(sql!(SQL, "remove"), args![course, old.name])?;
            changed = true;
        }
    }
    for new in media {
        if before.iter().any(|old| old.name == new.name && old.hash == new.hash) {
            continue;
        }
        let (width, height) = new.size.unzip();
        let values = args![course, new.name, new.mime, new.hash, width, height, new.bytes];
        tx.exec(sql!(SQL, "add"), values)?;
        changed = true;
    }
    Ok(changed)
}

/// A file of a folder, with what its name and first bytes tell.
pub(crate) fn file_of(path: &str, name: &str, bytes: &[u8]) -> Result<Media> {
    let at = At::start(path);
    let mime = match name.rsplit_once('.').filter(|_| is_media_name(name)) {
        Some((_, "svg")) => "image/svg+xml",
        Some((_, "png")) => "image/png",
        Some((_, "jpg")) => "image/jpeg",
        Some((_, "webp")) => "image/webp",
        Some((_, "webm")) => "video/webm",
        Some((_, "mp4")) => "video/mp4",
        Some((_, "vtt")) => "text/vtt; charset=utf-8",
        _ => return Err(at.wrong("catalog.error.media_type")),
    };
    if mime.starts_with("text/vtt") && !bytes.starts_with(b"WEBVTT") {
        return Err(at.wrong("catalog.error.captions"));
    }
    let hash: String = blake3::hash(bytes).to_hex().chars().take(16).collect();
    let size = if mime == "image/svg+xml" { svg_size(bytes) } else { None };
    if mime == "image/svg+xml" && size.is_none() {
        return Err(at.wrong("catalog.error.svg_size"));
    }
    Ok(Media { name: name.to_owned(), mime, hash, size, bytes: bytes.to_vec() })
}

/// Width and height of a drawing, from its first tag.
fn svg_size(bytes: &[u8]) -> Option<(i32, i32)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (_, tag) = text.split_once("<svg")?;
    let (tag, _) = tag.split_once('>')?;
    let value = |name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        rest.split_once('"').map(|(value, _)| value)
    };
    let pixels = |text: &str| {
        let size: f64 = text.trim_end_matches("px").parse().ok()?;
        // At most a few thousand.
        (1.0..10_000.0).contains(&size).then_some(size.round() as i32)
    };
    let named = value("width").and_then(pixels).zip(value("height").and_then(pixels));
    named.or_else(|| {
        let mut sides = value("viewBox")?.split([' ', ',']).filter(|side| !side.is_empty()).skip(2);
        sides.next().and_then(pixels).zip(sides.next().and_then(pixels))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_says_how_large_it_is() {
        for (text, size) in [
            ("<svg width=\"480\" height=\"270\">", Some((480, 270))),
            ("<?xml version=\"1.0\"?>\n<svg viewBox=\"0 0 480.4 270\">", Some((480, 270))),
            ("<svg width=\"100%\" height=\"100%\" viewBox=\"0,0,48,27\">", Some((48, 27))),
            ("<svg stroke-width=\"5\">", None),
            ("no drawing", None),
        ] {
            assert_eq!(svg_size(text.as_bytes()), size, "{text}");
        }
    }

    #[test]
    fn a_file_of_an_unknown_kind_is_refused() {
        let key = |name: &str, bytes: &[u8]| {
            file_of(&format!("media/{name}"), name, bytes).unwrap_err().key()
        };
        assert_eq!(key("a.exe", b""), "catalog.error.media_type");
        assert_eq!(key("Ảnh.svg", b"<svg width=\"1\" height=\"1\">"), "catalog.error.media_type");
        assert_eq!(key("a.vtt", b"1\n"), "catalog.error.captions");
        assert_eq!(key("a.svg", b"<svg>"), "catalog.error.svg_size");
        assert_eq!(file_of("media/a.webm", "a.webm", b"x").unwrap().mime, "video/webm");
    }
}
