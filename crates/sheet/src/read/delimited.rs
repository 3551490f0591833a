//! Text with cells between commas, semicolons or tabs (.csv, .tsv, .txt).

use csv::{ReaderBuilder, StringRecord};

use super::filling::Filling;
use super::{Workbook, Worksheet, encoding};
use crate::table::Format;
use crate::{Cell, SheetError};

/// Each way to cut the lines stands as a worksheet, so that the one with the best header wins.
pub(super) struct Delimited {
    text: String,
    encoding: &'static str,
    delimiters: Vec<u8>,
    name: String,
}

impl Delimited {
    pub(super) fn open(bytes: &[u8], file_name: &str) -> Result<Delimited, SheetError> {
        let (mut text, encoding) = encoding::decode(bytes);
        let mut delimiters = b",;\t|".to_vec();
        // Excel's own first line, "sep=;".
        let line_end = text.find(['\r', '\n']).unwrap_or(text.len());
        let declared = text.get(..line_end).and_then(|line| line.strip_prefix("sep="));
        if let Some([delimiter]) = declared.map(str::as_bytes) {
            delimiters = vec![*delimiter];
            // The line stays empty, so that row numbers are those of the file.
            text.replace_range(..line_end, "");
        }
        let name = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem).to_owned();
        Ok(Delimited { text, encoding, delimiters, name })
    }
}

impl Workbook for Delimited {
    fn worksheets(&self) -> Vec<Worksheet> {
        let worksheet = |delimiter: &u8| Worksheet {
            name: self.name.clone(),
            hidden: false,
            format: Format::Csv { delimiter: char::from(*delimiter), encoding: self.encoding },
        };
        self.delimiters.iter().map(worksheet).collect()
    }

    fn fill(&mut self, index: usize, filling: &mut Filling<'_>) -> Result<(), SheetError> {
        let Some(delimiter) = self.delimiters.get(index) else { return Ok(()) };
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(*delimiter)
            .from_reader(self.text.as_bytes());
        let mut record = StringRecord::new();
        let mut lines = Lines { text: self.text.as_bytes(), at: 0, line: 0 };
        while reader.read_record(&mut record).map_err(|_| SheetError::Damaged)? {
            let start = record.position().map_or(0, csv::Position::byte);
            let row = lines.line_at(usize::try_from(start).unwrap_or(usize::MAX));
            for (column, field) in (0..).zip(&record) {
                filling.put(row, column, Cell::Text(unwrap_formula(field).to_owned()))?;
            }
            if filling.is_full() {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// Counts lines from 0 up to places that only move on.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of the record that starts at a byte, blank lines before it passed over.
    fn line_at(&mut self, byte: usize) -> u32 {
        while let Some(c) = self.text.get(self.at) {
            if self.at >= byte && !matches!(c, b'\r' | b'\n') {
                break;
            }
            let is_end = *c == b'\n' || (*c == b'\r' && self.text.get(self.at + 1) != Some(&b'\n'));
            self.line = self.line.saturating_add(u32::from(is_end));
            self.at += 1;
        }
        self.line
    }
}

/// Exports write `="033087000001"` so that Excel keeps the zero.
fn unwrap_formula(field: &str) -> &str {
    field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(field)
}
