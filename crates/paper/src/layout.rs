//! How the law wants papers laid out: data with a source and a date, never numbers in code.

use jiff::civil::Date;
use serde::Deserialize;
use thao_base::{Error, Result};

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    pub source: String,
    /// The day from which it holds.
    pub from: Date,
    /// The font a word processor is asked for.
    pub font: String,
    pub page: Page,
    pub sizes: Sizes,
    pub spacing: Spacing,
    pub rules: Rules,
    pub words: Words,
}

/// A page and its margins in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    pub width: f32,
    pub height: f32,
    pub top: f32,
    pub bottom: f32,
    pub left: f32,
    pub right: f32,
}

/// Heights of letters in points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    pub national: f32,
    pub motto: f32,
    pub agency: f32,
    pub number: f32,
    pub place: f32,
    pub kind: f32,
    pub subject: f32,
    pub body: f32,
    pub signature: f32,
    pub recipients_title: f32,
    pub recipients: f32,
    pub page_number: f32,
    pub annex: f32,
    /// From large to small.
    pub table: Vec<f32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spacing {
    /// Of lines, as a multiple of the letters' own height.
    pub line: f32,
    /// Between paragraphs, in points.
    pub paragraph: f32,
    /// Of the first line, in millimetres.
    pub first_line: f32,
    /// Within the cells of tables, in points.
    pub cell: f32,
}

/// Drawn lines, as a share of the text they stand under.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub motto: f32,
    pub agency: f32,
    pub subject: f32,
    /// In points.
    pub thickness: f32,
    /// How far they are from the text above, in points.
    pub below: f32,
}

/// Words that every paper has.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub nation: String,
    pub motto: String,
    pub number: String,
    pub date: String,
    /// What a paper without a kind is called.
    pub letter: String,
    pub about: String,
    pub to: String,
    pub recipients: String,
    pub end: String,
    pub draft: String,
    pub annex: String,
    pub attached: String,
    pub part: String,
}

impl Layout {
    /// The layout in force.
    pub fn built_in() -> Result<Layout> {
        Layout::parse(include_str!("../layouts/nd30-2020.toml"))
    }

    /// A layout as text, of the shape of `layouts/nd30-2020.toml`.
    pub fn parse(text: &str) -> Result<Layout> {
        let layout: Layout = toml::from_str(text).map_err(wrong)?;
        let page = layout.page;
        let wide = page.left + page.right + 50.0 <= page.width;
        let high = page.top + page.bottom + 50.0 <= page.height;
        if wide && high && !layout.sizes.table.is_empty() {
            return Ok(layout);
        }
        Err(wrong("the page leaves no room, or there is no size for tables"))
    }
}

fn wrong(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::invalid("paper.error.layout").because(cause)
}

impl Page {
    /// The same sheet turned by a quarter: what was its left margin is at the top.
    pub(crate) fn turned(self) -> Page {
        Page {
            width: self.height,
            height: self.width,
            top: self.left,
            bottom: self.right,
            left: self.bottom,
            right: self.top,
        }
    }

    /// The width between the margins, in points.
    pub(crate) fn room(self) -> f32 {
        (self.width - self.left - self.right) * MM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_keeps_within_what_the_decree_allows() {
        let layout = Layout::built_in().unwrap();
        let Page { width, height, top, bottom, left, right } = layout.page;
        assert_eq!((width, height), (210.0, 297.0));
        for (margin, least, most) in
            [(top, 20.0, 25.0), (bottom, 20.0, 25.0), (left, 30.0, 35.0), (right, 15.0, 20.0)]
        {
            assert!((least..=most).contains(&margin), "{margin}");
        }
        assert!((13.0..=14.0).contains(&layout.sizes.body));
        assert!((10.0..=12.7).contains(&layout.spacing.first_line));
        assert!(layout.spacing.paragraph >= 6.0);
        assert!(layout.sizes.table.iter().all(|size| (10.0..=12.0).contains(size)));
    }

    #[test]
    fn a_layout_without_room_is_refused_in_words() {
        let text = include_str!("../layouts/nd30-2020.toml");
        for wrong in [
            text.replace("left = 30.0", "left = 190.0"),
            text.replace("[12.0, 11.0, 10.0]", "[]"),
            text.replace("font =", "fount ="),
            String::new(),
        ] {
            let error = Layout::parse(&wrong).unwrap_err();
            assert_eq!(error.key(), "paper.error.layout");
        }
    }
}
