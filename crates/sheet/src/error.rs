//! Why a file could not be read, and what the person who sent it can do.

use std::fmt;

use thao_base::{Error, Kind, Lang};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetError {
    /// The bytes are something else.
    NotSpreadsheet { file: String, looks_like: Lookalike },
    /// It can only be opened with a password.
    Password,
    /// The container is a spreadsheet but its parts cannot be read.
    Damaged,
    /// More than this many rows of data.
    TooManyRows { limit: usize },
    /// More than this many megabytes once unpacked, or too many cells.
    TooLarge { limit_mb: u64 },
    /// No row looks like a header; these headings would be understood.
    NoHeader { understood: Vec<&'static str> },
    /// The header was found but not these columns; the others in the file are `unknown`.
    MissingColumns { missing: Vec<&'static str>, unknown: Vec<String> },
    /// Formulas whose results were never stored: the first of them, and how many more.
    Uncomputed { cells: Vec<String>, more: usize },
    /// No rows below the header, or nothing at all.
    Empty,
}

/// What a file that is not a spreadsheet seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookalike {
    Pdf,
    Word,
    Picture,
    /// A web page saved as .xls, as many reporting systems do.
    WebPage,
    /// A spreadsheet of a kind that is not read: .xlsb, Excel 95, XML of 2003.
    OldSpreadsheet,
    Unknown,
}

impl SheetError {
    /// What happened and what to do, in words.
    pub fn words(&self, lang: Lang) -> String {
        let (key, values) = self.parts();
        let values: Vec<(&str, String)> = values
            .into_iter()
            .map(|(name, value)| match value.parse::<i64>() {
                Ok(number) => (name, lang.number(number)),
                Err(_) => (name, value),
            })
            .collect();
        let places: Vec<(&str, &dyn fmt::Display)> =
            values.iter().map(|(name, value)| (*name, value as &dyn fmt::Display)).collect();
        lang.f(key, &places)
    }

    /// The key of the words and what goes into their places.
    fn parts(&self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            SheetError::NotSpreadsheet { file, looks_like } => {
                (looks_like.key(), vec![("file", file.clone())])
            }
            SheetError::Password => ("sheet.error.password", vec![]),
            SheetError::Damaged => ("sheet.error.damaged", vec![]),
            SheetError::TooManyRows { limit } => {
                ("sheet.error.too_many_rows", vec![("limit", limit.to_string())])
            }
            SheetError::TooLarge { limit_mb } => {
                ("sheet.error.too_large", vec![("limit", limit_mb.to_string())])
            }
            SheetError::NoHeader { understood } => {
                ("sheet.error.no_header", vec![("headings", quoted(understood))])
            }
            SheetError::MissingColumns { missing, unknown } if unknown.is_empty() => {
                ("sheet.error.missing_columns", vec![("missing", quoted(missing))])
            }
            SheetError::MissingColumns { missing, unknown } => (
                "sheet.error.missing_columns_unknown",
                vec![("missing", quoted(missing)), ("unknown", quoted(unknown))],
            ),
            SheetError::Uncomputed { cells, more: 0 } => {
                ("sheet.error.uncomputed", vec![("cells", cells.join(", "))])
            }
            SheetError::Uncomputed { cells, more } => (
                "sheet.error.uncomputed_more",
                vec![("cells", cells.join(", ")), ("more", more.to_string())],
            ),
            SheetError::Empty => ("sheet.error.empty", vec![]),
        }
    }
}

impl Lookalike {
    fn key(self) -> &'static str {
        match self {
            Lookalike::Pdf => "sheet.error.not_spreadsheet_pdf",
            Lookalike::Word => "sheet.error.not_spreadsheet_word",
            Lookalike::Picture => "sheet.error.not_spreadsheet_picture",
            Lookalike::WebPage => "sheet.error.not_spreadsheet_web_page",
            Lookalike::OldSpreadsheet => "sheet.error.not_spreadsheet_old",
            Lookalike::Unknown => "sheet.error.not_spreadsheet",
        }
    }
}

fn quoted(names: &[impl fmt::Display]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    quoted.join(", ")
}

/// For the log; people get [`SheetError::words`].
impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the sheet cannot be read: {self:?}")
    }
}

impl std::error::Error for SheetError {}

/// As the error of a page or a call, with the same words.
impl From<SheetError> for Error {
    fn from(error: SheetError) -> Error {
        let kind = match error {
            SheetError::TooManyRows { .. } | SheetError::TooLarge { .. } => Kind::TooLarge,
            _ => Kind::Invalid,
        };
        let (key, values) = error.parts();
        let made = values
            .into_iter()
            .fold(Error::new(kind, key), |made, (name, value)| made.with(name, value));
        made.because(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_words_in_both_languages_with_all_places_filled() {
        let file = || "danh sách.xlsx".to_owned();
        let looks = [
            Lookalike::Pdf,
            Lookalike::Word,
            Lookalike::Picture,
            Lookalike::WebPage,
            Lookalike::OldSpreadsheet,
            Lookalike::Unknown,
        ];
        let mut errors: Vec<SheetError> = looks
            .map(|looks_like| SheetError::NotSpreadsheet { file: file(), looks_like })
            .to_vec();
        errors.extend([
            SheetError::Password,
            SheetError::Damaged,
            SheetError::TooManyRows { limit: 20_000 },
            SheetError::TooLarge { limit_mb: 200 },
            SheetError::NoHeader { understood: vec!["Họ và tên", "Ngày sinh"] },
            SheetError::MissingColumns { missing: vec!["Họ và tên"], unknown: vec![] },
            SheetError::MissingColumns {
                missing: vec!["Họ và tên"], unknown: vec!["X".into()]
            },
            SheetError::Uncomputed { cells: vec!["B7".into()], more: 0 },
            SheetError::Uncomputed { cells: vec!["B7".into()], more: 1200 },
            SheetError::Empty,
        ]);
        for error in errors {
            for lang in Lang::ALL {
                let words = error.words(lang);
                assert!(words.len() > 20 && !words.contains(['{', '}', '…']), "{words}");
            }
            let as_page = Error::from(error.clone());
            assert!(lang_has(&as_page), "{as_page}");
        }
        let words = SheetError::TooManyRows { limit: 20_000 }.words(Lang::Vi);
        assert!(words.contains("20.000"), "{words}");
    }

    fn lang_has(error: &Error) -> bool {
        Lang::ALL.iter().all(|lang| lang.has(error.key()))
    }
}
