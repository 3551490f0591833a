//! OpenDocument spreadsheets (.ods, ODF 1.2 part 1, chapter 9).

use quick_xml::events::{BytesStart, Event};

use super::filling::{Filling, Merge};
use super::package::{Package, Part, attribute, push_text};
use super::{Workbook, Worksheet};
use crate::serial::iso_date;
use crate::table::Format;
use crate::{Cell, SheetError};

pub(super) struct Ods<'a> {
    package: Package<'a>,
    worksheets: Vec<Worksheet>,
}

impl<'a> Ods<'a> {
    pub(super) fn open(mut package: Package<'a>) -> Result<Ods<'a>, SheetError> {
        if let Some(mut manifest) = package.part("META-INF/manifest.xml")? {
            loop {
                match manifest.next()? {
                    Event::Start(e) if e.local_name().as_ref() == "encryption-data" => {
                        return Err(SheetError::Password);
                    }
                    Event::Eof => break,
                    _ => {}
                }
            }
        }
        let mut worksheets = Vec::new();
        let mut part = package.part("content.xml")?.ok_or(SheetError::Damaged)?;
        loop {
            match part.next()? {
                Event::Start(e) if e.local_name().as_ref() == "table" => {
                    let name = attribute(&e, "name").unwrap_or_default();
                    worksheets.push(Worksheet { name, hidden: false, format: Format::Ods });
                }
                Event::Eof => break,
                _ => {}
            }
        }
        drop(part);
        Ok(Ods { package, worksheets })
    }
}

impl Workbook for Ods<'_> {
    fn worksheets(&self) -> Vec<Worksheet> {
        self.worksheets.clone()
    }

    fn fill(&mut self, index: usize, filling: &mut Filling<'_>) -> Result<(), SheetError> {
        if !filling.is_head() {
            self.package.refill();
        }
        let Some(mut part) = self.package.part("content.xml")? else { return Ok(()) };
        let mut seen = 0;
        loop {
            match part.next()? {
                Event::Start(e) if e.local_name().as_ref() == "table" => {
                    if seen == index {
                        return fill(part, filling);
                    }
                    seen += 1;
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

fn fill(mut part: Part<'_>, filling: &mut Filling<'_>) -> Result<(), SheetError> {
    let mut row = 0_u32;
    let mut row_repeats = 1;
    let mut cells: Vec<(u32, Cell)> = Vec::new();
    let mut column = 0_u32;
    let mut open = Open::default();
    let (mut in_text, mut in_note) = (false, false);
    loop {
        let event = part.next()?;
        match &event {
            Event::Start(e) => match e.local_name().as_ref() {
                "table-row" => {
                    row_repeats = repeats(e, "number-rows-repeated");
                    column = 0;
                    cells.clear();
                }
                "table-cell" | "covered-table-cell" => {
                    open = Open::start(e);
                    if let Some(merge) = open.merge(row, column) {
                        filling.merge(merge);
                    }
                }
                "annotation" => in_note = true,
                "p" if !in_note => {
                    if !open.text.is_empty() {
                        open.text.push('\n');
                    }
                    in_text = true;
                }
                "s" | "tab" | "line-break" if in_text => open.text.push(' '),
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "annotation" => in_note = false,
                "p" => in_text = false,
                "table-cell" | "covered-table-cell" => {
                    let cell = open.cell();
                    if !matches!(cell, Cell::Empty) {
                        // A value repeated to the edge of the sheet is formatting gone wrong.
                        for at in (column..column.saturating_add(open.repeats)).take(1000) {
                            cells.push((at, cell.clone()));
                        }
                    }
                    column = column.saturating_add(open.repeats);
                }
                "table-row" => {
                    if !cells.is_empty() {
                        for at in row..row.saturating_add(row_repeats) {
                            for (column, cell) in &cells {
                                filling.put(at, *column, cell.clone())?;
                            }
                            if filling.is_full() {
                                return Ok(());
                            }
                        }
                    }
                    row = row.saturating_add(row_repeats);
                }
                "table" => return Ok(()),
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ if in_text => push_text(&event, &mut open.text),
            _ => {}
        }
    }
}

fn repeats(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

#[derive(Default)]
struct Open {
    kind: String,
    value: String,
    is_formula: bool,
    repeats: u32,
    spans: (u32, u32),
    text: String,
}

impl Open {
    fn start(element: &BytesStart<'_>) -> Open {
        let value = ["value", "date-value", "boolean-value", "string-value"]
            .into_iter()
            .find_map(|name| attribute(element, name));
        Open {
            kind: attribute(element, "value-type").unwrap_or_default(),
            value: value.unwrap_or_default(),
            is_formula: attribute(element, "formula").is_some(),
            repeats: repeats(element, "number-columns-repeated"),
            spans: (
                repeats(element, "number-rows-spanned"),
                repeats(element, "number-columns-spanned"),
            ),
            text: String::new(),
        }
    }

    fn merge(&self, row: u32, column: u32) -> Option<Merge> {
        let (rows, columns) = self.spans;
        (rows > 1 || columns > 1).then(|| Merge {
            top: row,
            left: column,
            bottom: row.saturating_add(rows - 1),
            right: column.saturating_add(columns - 1),
        })
    }

    fn cell(&mut self) -> Cell {
        let text = std::mem::take(&mut self.text);
        let value = match self.kind.as_str() {
            "float" | "currency" | "percentage" => match self.value.parse::<f64>() {
                Ok(value) if value.is_finite() => Cell::Number { value, display: shown(&text) },
                _ => Cell::Text(text),
            },
            "date" => iso_date(&self.value).unwrap_or(Cell::Text(text)),
            "boolean" => Cell::Bool(self.value == "true"),
            "string" if text.is_empty() => Cell::Text(std::mem::take(&mut self.value)),
            "" if text.is_empty() => Cell::Empty,
            _ => Cell::Text(text),
        };
        match (self.is_formula, value) {
            (true, Cell::Empty) => Cell::Uncomputed,
            (true, value) => Cell::Formula(Box::new(value)),
            (false, value) => value,
        }
    }
}

/// The written form, when it tells more than the number: leading zeros or a percentage.
fn shown(text: &str) -> Option<Box<str>> {
    let padded =
        text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    (padded || text.ends_with('%')).then(|| text.into())
}
