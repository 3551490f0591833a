//! Letters: which there are and how wide they are. Four faces of one serif family.

use std::collections::HashMap;
use std::path::Path;

use krilla::text::{Font, GlyphId};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use thao_base::{Error, Result};

use crate::document::Run;

/// Every letter of Vietnamese that has a code of its own, small; capitals follow.
const VIETNAMESE: &str =
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ";
/// What else papers are made of.
const SIGNS: &str = "0123456789 .,;:!?()[]{}<>/\\|-–—−+=*#%&@_'\"“”‘’…°±×≤≥\u{a0}fjwzFJWZ$^~`";

/// The faces of a family, each with the widths of its letters.
pub struct Fonts {
    faces: [Face; 4],
}

struct Face {
    font: Font,
    /// The glyph of a letter and its width, as a share of the height of the font.
    glyphs: HashMap<char, (GlyphId, f32)>,
    ascent: f32,
    /// From the top of the highest letter to the bottom of the lowest.
    height: f32,
}

/// Which face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Style {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
}

impl Style {
    pub(crate) const PLAIN: Style = Style { bold: false, italic: false };
    pub(crate) const BOLD: Style = Style { bold: true, italic: false };

    pub(crate) fn of(run: &Run) -> Style {
        Style { bold: run.bold, italic: run.italic }
    }
}

/// The bytes of the four faces of a family.
pub struct Family {
    pub regular: Vec<u8>,
    pub bold: Vec<u8>,
    pub italic: Vec<u8>,
    pub bold_italic: Vec<u8>,
}

/// Names of the files of Times New Roman on Windows, and as distributions install them.
const TIMES: [[&str; 4]; 2] = [
    ["times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"],
    [
        "Times_New_Roman.ttf",
        "Times_New_Roman_Bold.ttf",
        "Times_New_Roman_Italic.ttf",
        "Times_New_Roman_Bold_Italic.ttf",
    ],
];

impl Fonts {
    /// Liberation Serif, as wide as Times New Roman letter by letter, so that lines and pages
    /// break alike in both.
    pub fn built_in() -> Result<Fonts> {
        let data: [&'static [u8]; 4] = [
            include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
            include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
            include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
            include_bytes!("../fonts/LiberationSerif-BoldItalic.ttf"),
        ];
        let [regular, bold, italic, bold_italic] = data;
        Ok(Fonts {
            faces: [
                Face::new(regular, regular.into())?,
                Face::new(bold, bold.into())?,
                Face::new(italic, italic.into())?,
                Face::new(bold_italic, bold_italic.into())?,
            ],
        })
    }

    /// A family of the office's own.
    ///
    /// # Errors
    /// When a face cannot be read, or lacks a Vietnamese letter or a common sign.
    pub fn of(family: Family) -> Result<Fonts> {
        let face = |data: Vec<u8>| Face::new(&data.clone(), data.into());
        let Family { regular, bold, italic, bold_italic } = family;
        Ok(Fonts { faces: [face(regular)?, face(bold)?, face(italic)?, face(bold_italic)?] })
    }

    /// Times New Roman where one of the folders has it, else the built-in letters.
    pub fn found_in(folders: &[&Path]) -> Result<Fonts> {
        for folder in folders {
            for [regular, bold, italic, bold_italic] in TIMES {
                let read = |name: &str| std::fs::read(folder.join(name)).ok();
                let faces = (read(regular), read(bold), read(italic), read(bold_italic));
                let (Some(regular), Some(bold), Some(italic), Some(bold_italic)) = faces else {
                    continue;
                };
                let family = Family { regular, bold, italic, bold_italic };
                if let Ok(fonts) = Fonts::of(family) {
                    return Ok(fonts);
                }
            }
        }
        Fonts::built_in()
    }

    fn face(&self, style: Style) -> &Face {
        let [regular, bold, italic, bold_italic] = &self.faces;
        match (style.bold, style.italic) {
            (false, false) => regular,
            (true, false) => bold,
            (false, true) => italic,
            (true, true) => bold_italic,
        }
    }

    pub(crate) fn font(&self, style: Style) -> Font {
        self.face(style).font.clone()
    }

    /// The glyph of a letter and its width; a letter the face lacks shows as an empty box.
    pub(crate) fn glyph(&self, style: Style, letter: char) -> (GlyphId, f32) {
        let glyphs = &self.face(style).glyphs;
        let boxed = || glyphs.get(&'□').copied().unwrap_or((GlyphId::new(0), 0.5));
        glyphs.get(&letter).copied().unwrap_or_else(boxed)
    }

    /// How wide a text is in letters one point high.
    pub(crate) fn width(&self, style: Style, text: &str) -> f32 {
        text.chars().map(|letter| self.glyph(style, letter).1).sum()
    }

    /// From the top of a line to where its letters stand, in letters one point high.
    pub(crate) fn ascent(&self) -> f32 {
        self.face(Style::PLAIN).ascent
    }

    /// The height of a line, in letters one point high.
    pub(crate) fn height(&self) -> f32 {
        self.face(Style::PLAIN).height
    }
}

impl Face {
    fn new(bytes: &[u8], data: krilla::Data) -> Result<Face> {
        let read = FontRef::new(bytes).map_err(|e| unusable().because(e))?;
        let font = Font::new(data, 0).ok_or_else(unusable)?;
        let metrics = read.metrics(Size::unscaled(), LocationRef::default());
        let widths = read.glyph_metrics(Size::unscaled(), LocationRef::default());
        let em = f32::from(metrics.units_per_em.max(1));
        let glyphs: HashMap<char, (GlyphId, f32)> = read
            .charmap()
            .mappings()
            .filter_map(|(code, glyph)| {
                let letter = char::from_u32(code)?;
                let width = widths.advance_width(glyph)?;
                Some((letter, (GlyphId::new(glyph.to_u32()), width / em)))
            })
            .collect();
        let capitals = VIETNAMESE.chars().flat_map(char::to_uppercase);
        let needed = VIETNAMESE.chars().chain(capitals).chain(SIGNS.chars());
        if let Some(missing) = needed.into_iter().find(|letter| !glyphs.contains_key(letter)) {
            return Err(unusable().because(format!("no glyph for {missing}")));
        }
        let height = metrics.ascent - metrics.descent + metrics.leading;
        Ok(Face { font, glyphs, ascent: metrics.ascent / em, height: height / em })
    }
}

fn unusable() -> Error {
    Error::invalid("paper.error.font")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_that_come_with_the_program_have_all_of_vietnamese() {
        // 12 vowels with 6 tones, 17 consonants; `Face::new` refuses a face without one of them.
        assert_eq!(VIETNAMESE.chars().count(), 12 * 6 + 17);
        let fonts = Fonts::built_in().unwrap();
        let box_ = fonts.glyph(Style::PLAIN, '□');
        let faces = [(false, false), (true, false), (false, true), (true, true)];
        for style in faces.map(|(bold, italic)| Style { bold, italic }) {
            for small in VIETNAMESE.chars() {
                for letter in [small].into_iter().chain(small.to_uppercase()) {
                    let (glyph, width) = fonts.glyph(style, letter);
                    assert!(glyph != box_.0 && width > 0.2, "{letter}");
                }
            }
        }
        // As wide as Times New Roman: its digits are half as wide as high.
        assert_eq!(fonts.width(Style::PLAIN, "0123456789"), 5.0);
        assert_eq!(fonts.glyph(Style::PLAIN, '漢'), box_);
    }

    #[test]
    fn a_font_without_vietnamese_is_refused() {
        let family = Family { regular: vec![], bold: vec![], italic: vec![], bold_italic: vec![1] };
        assert_eq!(Fonts::of(family).err().map(|e| e.key()), Some("paper.error.font"));
        assert!(Fonts::found_in(&[Path::new("nowhere")]).is_ok());
    }
}
