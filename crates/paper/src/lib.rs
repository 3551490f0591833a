//! Administrative papers as offices send them: reports and their annexes, as .docx and as .pdf.
//!
//! Nouns: a [`Document`] is what a paper says, without how it looks; a [`Layout`] is how the law
//! wants it laid out (data, with its source and date); a [`Press`] has a layout and [`Fonts`] and
//! makes files of documents.
//!
//! Invariants: text is only ever text, whatever signs stand in it; the same document gives the
//! same bytes; nothing is read from disk or network while writing; a table too wide for its page
//! is divided into groups of columns, each with the leading columns repeated; papers are drafts:
//! number, signature and seal are given elsewhere. Writing blocks its thread: from async code
//! call it in `spawn_blocking`.

mod columns;
mod document;
mod docx;
mod error;
mod fonts;
mod heading;
mod layout;
mod numbering;
mod pdf;
mod phrases;

use jiff::Timestamp;
use thao_base::Result;

use fonts::Style;

pub use document::{
    Align, Annex, Block, Column, Document, Letterhead, Level, Orientation, Row, RowKind, Run,
    Signature, Stage, Table,
};
pub use error::{MOST_CELLS, MOST_COLUMNS, MOST_TEXT};
pub use fonts::{Family, Fonts};
pub use layout::Layout;

/// A layout and letters, ready to make files. Made once and kept.
pub struct Press {
    pub layout: Layout,
    pub fonts: Fonts,
}

impl Press {
    /// The layout in force and the letters that come with the program.
    pub fn built_in() -> Result<Press> {
        Ok(Press { layout: Layout::built_in()?, fonts: Fonts::built_in()? })
    }

    /// The document for a word processor.
    pub fn docx(&self, document: &Document, made_at: Timestamp) -> Result<Vec<u8>> {
        error::check(document)?;
        docx::write(self, document, made_at)
    }

    /// The document for reading and printing, tagged for screen readers.
    pub fn pdf(&self, document: &Document, made_at: Timestamp) -> Result<Vec<u8>> {
        error::check(document)?;
        pdf::write(self, document, made_at)
    }

    /// How wide the right side of the head is: the nation's name on one line.
    fn head_right(&self) -> f32 {
        let Layout { words, sizes, page, .. } = &self.layout;
        let name = self.fonts.width(Style::BOLD, &words.nation) * sizes.national;
        (name + 6.0).clamp(page.room() * 0.5, page.room() * 0.75)
    }

    /// How long the rule under the name of an office is.
    fn agency_rule(&self, agency: &str, room: f32) -> f32 {
        let last = agency.lines().last().unwrap_or_default();
        let width = self.fonts.width(Style::BOLD, last) * self.layout.sizes.agency;
        width.min(room) * self.layout.rules.agency
    }

    /// How long the rule under the subject is.
    fn subject_rule(&self, subject: &str) -> f32 {
        let width = self.fonts.width(Style::BOLD, subject) * self.layout.sizes.subject;
        width.min(self.layout.page.room()) * self.layout.rules.subject
    }
}
