//! The table within a worksheet: its header, its rows, and what around them is not part of it.

mod header;
mod rows;

mod beside;

pub(crate) use header::{Header, find_header};
pub(crate) use rows::cut;

use std::sync::Arc;

use crate::Cell;

/// A table as it was read. Row numbers are those a person sees in the file, from 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The worksheet it was found in; for a .csv the name of the file.
    pub name: String,
    pub format: Format,
    /// The lines above the header, such as the office and the title.
    pub titles: Vec<String>,
    /// The first and the last row of the header.
    pub header_rows: (u32, u32),
    pub headings: Vec<Heading>,
    pub rows: Vec<Row>,
    /// Rows below the header that are not data, with the reason.
    pub left_out: Vec<LeftOut>,
    /// Other worksheets that have a header of their own and were not read.
    pub others: Vec<String>,
}

/// The kind of file a sheet came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Xls,
    Ods,
    Csv { delimiter: char, encoding: &'static str },
}

/// The name of a column, in one cell or in two rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The column from 0.
    pub column: usize,
    /// How many columns it stands over; those after the first have no heading of their own.
    pub span: usize,
    /// The whole heading: `Ngày sinh` over `Nam` is `Ngày sinh Nam`.
    pub text: String,
    /// The upper and the lower part where there are two rows, else the heading and nothing.
    pub parts: (String, String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub number: u32,
    pub cells: Vec<Cell>,
    /// The heading of the group it stands in (`I. Phòng Kinh tế`), without its number.
    pub section: Option<Arc<str>>,
}

impl Row {
    /// The cell of a column; an absent one is empty.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::EMPTY)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub row: u32,
    pub why: Why,
    /// What stood there, shortened.
    pub text: String,
}

/// Why a row is not data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// `Tổng cộng: 45 người`
    Total,
    /// Who made and who confirmed the list, and everything below.
    Signature,
    /// The name of a group; the rows below carry it.
    Section,
    /// `(1) (2) (3)` under the header.
    ColumnNumbers,
    /// The header again, at the top of a printed page.
    RepeatedHeader,
}

impl Why {
    /// The key of the words for it.
    pub fn key(self) -> &'static str {
        match self {
            Why::Total => "sheet.left_out.total",
            Why::Signature => "sheet.left_out.signature",
            Why::Section => "sheet.left_out.section",
            Why::ColumnNumbers => "sheet.left_out.column_numbers",
            Why::RepeatedHeader => "sheet.left_out.repeated_header",
        }
    }
}

impl Format {
    /// The key of the words for it; those of a .csv have a place for `{encoding}`.
    pub fn key(&self) -> &'static str {
        match self {
            Format::Xlsx => "sheet.format.xlsx",
            Format::Xls => "sheet.format.xls",
            Format::Ods => "sheet.format.ods",
            Format::Csv { .. } => "sheet.format.csv",
        }
    }
}
