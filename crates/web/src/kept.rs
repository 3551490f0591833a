//! Parts of pages that are the same for everybody who asks until something changes.
//!
//! A part is kept under a key that names the version of all it is made of, so nothing here is ever
//! stale: what changed has another key, and what nobody asks for any more makes room.

use std::sync::Arc;

use maud::PreEscaped;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

/// Bytes of parts kept at most.
const ROOM: u64 = 16 * 1024 * 1024;
/// About so many parts are expected, for the size of the index.
const PARTS: usize = 512;

/// A finished part of a page; cheap to clone.
pub type Part = PreEscaped<Arc<str>>;

/// The parts of pages kept in this process.
#[derive(Clone)]
pub struct Kept(Arc<Cache<String, Part, Bytes>>);

#[derive(Clone)]
struct Bytes;

impl Weighter<String, Part> for Bytes {
    fn weight(&self, key: &String, part: &Part) -> u64 {
        (key.len() + part.0.len()) as u64
    }
}

impl Default for Kept {
    fn default() -> Kept {
        Kept(Arc::new(Cache::with_weighter(PARTS, ROOM, Bytes)))
    }
}

impl Kept {
    /// The part kept under `key`.
    pub fn find(&self, key: &str) -> Option<Part> {
        self.0.get(key)
    }

    /// Keeps a part, and gives it back.
    pub fn keep(&self, key: String, part: PreEscaped<String>) -> Part {
        let part: Part = PreEscaped(part.0.into());
        self.0.insert(key, part.clone());
        part
    }
}

#[cfg(test)]
mod tests {
    use maud::{Render, html};

    use super::*;

    #[test]
    fn what_is_kept_is_given_back_and_room_is_bounded() {
        let kept = Kept::default();
        assert!(kept.find("a").is_none());
        kept.keep("a".into(), html! { p { "<" } });
        assert_eq!(kept.find("a").unwrap().render().0, "<p>&lt;</p>");
        let large = "x".repeat(1024 * 1024);
        for n in 0..64 {
            kept.keep(format!("large {n}"), html! { (large) });
        }
        assert!(kept.0.weight() <= ROOM, "{} bytes are kept", kept.0.weight());
    }
}
