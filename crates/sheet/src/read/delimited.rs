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
        let mut next_row = 0;
        while reader.read_record(&mut record).map_err(|_| SheetError::Damaged)? {
            // Lines from 1; a record may be longer than a line.
            let line = record.position().map_or(0, csv::Position::line);
            let row = u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX).max(next_row);
            for (column, field) in (0..).zip(&record) {
                filling.put(row, column, Cell::Text(unwrap_formula(field).to_owned()))?;
            }
            if filling.is_full() {
                return Ok(());
            }
            next_row = row.saturating_add(1);
        }
        Ok(())
    }
}

/// Exports write `="033087000001"` so that Excel keeps the zero.
fn unwrap_formula(field: &str) -> &str {
    field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(field)
}
