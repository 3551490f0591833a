//! Excel 97–2003 workbooks (.xls): cells out of the records of the workbook stream.

use super::biff::{self, Record, records};
use super::cfb::{u16_at, u32_at};
use super::filling::{Filling, Merge};
use super::format::Shape;
use super::{Limits, Workbook, Worksheet};
use crate::table::Format;
use crate::{Cell, Lookalike, SheetError};

pub(super) struct Xls {
    stream: Vec<u8>,
    worksheets: Vec<Worksheet>,
    starts: Vec<usize>,
    strings: Vec<String>,
    shapes: Vec<Shape>,
    is_1904: bool,
}

impl Xls {
    pub(super) fn open(stream: Vec<u8>, file: &str, limits: &Limits) -> Result<Xls, SheetError> {
        let first = records(&stream, 0).next().ok_or(SheetError::Damaged)?;
        if first.kind != biff::BOF || u16_at(first.data, 0) != Some(0x0600) {
            let looks_like = Lookalike::OldSpreadsheet;
            return Err(SheetError::NotSpreadsheet { file: file.to_owned(), looks_like });
        }
        let mut xls = Xls {
            stream: Vec::new(),
            worksheets: Vec::new(),
            starts: Vec::new(),
            strings: Vec::new(),
            shapes: Vec::new(),
            is_1904: false,
        };
        xls.read_globals(&stream)?;
        let text: u64 = xls.strings.iter().map(|string| string.len() as u64).sum();
        if text > limits.unpacked {
            return Err(limits.too_large());
        }
        xls.stream = stream;
        Ok(xls)
    }

    fn read_globals(&mut self, stream: &[u8]) -> Result<(), SheetError> {
        let mut codes = Vec::new();
        let mut formats = Vec::new();
        let mut string_parts: Vec<&[u8]> = Vec::new();
        let mut in_strings = false;
        for Record { kind, data } in records(stream, 0) {
            in_strings = kind == 0x00FC || (in_strings && kind == biff::CONTINUE);
            match kind {
                biff::EOF => break,
                // FilePass: everything after it is encrypted.
                0x002F => return Err(SheetError::Password),
                0x0022 => self.is_1904 = u16_at(data, 0) == Some(1),
                0x041E => {
                    if let (Some(id), Some(code)) = (u16_at(data, 0), biff::string(data, 2)) {
                        codes.push((id, Shape::of_code(&code)));
                    }
                }
                0x00E0 => formats.push(u16_at(data, 2).unwrap_or(0)),
                // BoundSheet: only worksheets, not charts and macros.
                0x0085 if data.get(5) == Some(&0) => {
                    let start = u32_at(data, 0).and_then(|at| usize::try_from(at).ok());
                    let (Some(start), Some(name)) = (start, biff::short_string(data, 6)) else {
                        continue;
                    };
                    let hidden = data.get(4).is_some_and(|state| state & 3 != 0);
                    self.starts.push(start);
                    self.worksheets.push(Worksheet { name, hidden, format: Format::Xls });
                }
                _ if in_strings => string_parts.push(data),
                _ => {}
            }
        }
        self.strings = biff::shared_strings(&string_parts);
        let shape_of = |id: &u16| {
            let own = codes.iter().find(|(code, _)| code == id);
            own.map_or_else(|| Shape::builtin(u32::from(*id)), |(_, shape)| *shape)
        };
        self.shapes = formats.iter().map(shape_of).collect();
        Ok(())
    }

    fn number(&self, value: f64, style: u16) -> Cell {
        if !value.is_finite() {
            return Cell::Empty;
        }
        let shape = self.shapes.get(usize::from(style)).copied().unwrap_or_default();
        shape.cell(value, self.is_1904)
    }

    /// The cells of one record, and whether the string of a formula follows in a later one.
    fn read_record(
        &self,
        record: Record<'_>,
        filling: &mut Filling<'_>,
    ) -> Result<Option<(u32, u32)>, SheetError> {
        let data = record.data;
        let at = |offset| u16_at(data, offset);
        let (Some(row), Some(column)) = (at(0), at(2)) else { return Ok(None) };
        let (row, column, style) = (u32::from(row), u32::from(column), at(4).unwrap_or(0));
        let cell = match record.kind {
            0x0203 => f64_at(data, 6).map(|value| self.number(value, style)),
            0x027E => biff::packed_number(data, 6).map(|value| self.number(value, style)),
            0x00BD => {
                // MulRk: from a column on, six bytes each, the last column behind them.
                let packed = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
                for (column, six) in (column..).zip(packed.chunks_exact(6)) {
                    let style = u16_at(six, 0).unwrap_or(0);
                    if let Some(value) = biff::packed_number(six, 2) {
                        filling.put(row, column, self.number(value, style))?;
                    }
                }
                None
            }
            0x00FD => {
                let index = u32_at(data, 6).and_then(|at| usize::try_from(at).ok());
                let string = index.and_then(|at| self.strings.get(at));
                string.map(|string| Cell::Text(string.clone()))
            }
            0x0204 | 0x00D6 => biff::string(data, 6).map(Cell::Text),
            0x0205 => match (data.get(6), data.get(7)) {
                (Some(value), Some(0)) => Some(Cell::Bool(*value != 0)),
                (Some(code), Some(_)) => Some(Cell::Error(error_name(*code).to_owned())),
                _ => None,
            },
            0x0006 => match data.get(6..14) {
                Some([0, .., 0xFF, 0xFF]) => return Ok(Some((row, column))),
                Some([1, _, value, .., 0xFF, 0xFF]) => Some(computed(Cell::Bool(*value != 0))),
                Some([2, _, code, .., 0xFF, 0xFF]) => {
                    Some(computed(Cell::Error(error_name(*code).to_owned())))
                }
                Some([_, .., 0xFF, 0xFF]) => None,
                _ => f64_at(data, 6).map(|value| computed(self.number(value, style))),
            },
            _ => None,
        };
        if let Some(cell) = cell {
            filling.put(row, column, cell)?;
        }
        Ok(None)
    }
}

impl Workbook for Xls {
    fn worksheets(&self) -> Vec<Worksheet> {
        self.worksheets.clone()
    }

    fn fill(&mut self, index: usize, filling: &mut Filling<'_>) -> Result<(), SheetError> {
        let Some(start) = self.starts.get(index).copied() else { return Ok(()) };
        let mut awaited = None;
        // Charts stand inside a worksheet with cells of their own.
        let mut depth = 0_usize;
        for record in records(&self.stream, start) {
            match record.kind {
                biff::BOF => depth += 1,
                biff::EOF if depth <= 1 => break,
                biff::EOF => depth -= 1,
                _ if depth > 1 => {}
                0x0207 => {
                    let text = biff::string(record.data, 0).map(Cell::Text);
                    if let (Some((row, column)), Some(text)) = (awaited.take(), text) {
                        filling.put(row, column, computed(text))?;
                    }
                }
                0x00E5 => merges(record.data).into_iter().for_each(|merge| filling.merge(merge)),
                _ => awaited = self.read_record(record, filling)?.or(awaited),
            }
            if filling.is_full() {
                break;
            }
        }
        Ok(())
    }
}

fn computed(result: Cell) -> Cell {
    Cell::Formula(Box::new(result))
}

fn merges(data: &[u8]) -> Vec<Merge> {
    let ranges = data.get(2..).unwrap_or_default().chunks_exact(8);
    let merge = |range: &[u8]| {
        Some(Merge {
            top: u32::from(u16_at(range, 0)?),
            bottom: u32::from(u16_at(range, 2)?),
            left: u32::from(u16_at(range, 4)?),
            right: u32::from(u16_at(range, 6)?),
        })
    };
    ranges.filter_map(merge).collect()
}

fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?))
}

fn error_name(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
