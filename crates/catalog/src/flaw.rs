//! Where in a course's files something is wrong, so that an author finds it.

use thao_base::{Error, Kind};

/// A place in a file of a course; lines count from 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a> {
    pub file: &'a str,
    pub line: usize,
}

impl<'a> At<'a> {
    pub fn start(file: &'a str) -> At<'a> {
        At { file, line: 1 }
    }

    /// `lines` further down.
    pub fn down(self, lines: usize) -> At<'a> {
        At { line: self.line + lines, ..self }
    }

    /// What is wrong here; the words have places for `{file}` and `{line}`.
    pub fn wrong(self, key: &'static str) -> Error {
        Error::new(Kind::Invalid, key).with("file", self.file).with("line", self.line)
    }

    /// Reads a TOML text that starts here.
    ///
    /// # Errors
    /// Names the line the mistake is in.
    pub fn toml<T: serde::de::DeserializeOwned>(self, text: &str) -> thao_base::Result<T> {
        toml::from_str(text).map_err(|e| {
            let before = e.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count();
            self.down(line).wrong("catalog.error.toml").with("why", e.message())
        })
    }
}
