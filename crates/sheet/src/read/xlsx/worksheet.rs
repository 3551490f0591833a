//! The cells of one worksheet of an Excel workbook, read in one pass.

use quick_xml::events::{BytesStart, Event};

use super::super::filling::{Filling, Merge};
use super::super::package::{Part, attribute, push_text};
use super::{Shared, unescape};
use crate::serial::iso_date;
use crate::{Cell, SheetError};

pub(super) fn fill(
    mut part: Part<'_>,
    shared: &Shared,
    filling: &mut Filling<'_>,
) -> Result<(), SheetError> {
    let mut next_row = 0;
    let mut next_column = 0;
    let mut open = Open::default();
    let mut collecting = false;
    loop {
        let event = part.next()?;
        match &event {
            Event::Start(e) => match e.local_name().as_ref() {
                "row" => {
                    let number = attribute(e, "r").and_then(|r| r.parse::<u32>().ok());
                    next_row = number.and_then(|r| r.checked_sub(1)).unwrap_or(next_row);
                    next_column = 0;
                }
                "c" => {
                    open = Open::start(e, (next_row, next_column));
                    (next_row, next_column) = (open.row, open.column);
                }
                "f" => open.is_formula = true,
                "v" => collecting = open.kind != Kind::Inline,
                "t" => collecting = open.kind == Kind::Inline,
                "mergeCell" => {
                    if let Some(merge) = attribute(e, "ref").as_deref().and_then(range) {
                        filling.merge(merge);
                    }
                }
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "v" | "t" => collecting = false,
                "c" => {
                    filling.put(open.row, open.column, open.cell(shared))?;
                    next_column = open.column.saturating_add(1);
                    if filling.is_full() {
                        return Ok(());
                    }
                }
                "row" => next_row = next_row.saturating_add(1),
                // Only the table itself is asked for at first; merges stand after it.
                "sheetData" if filling.is_head() => return Ok(()),
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ if collecting => push_text(&event, &mut open.text),
            _ => {}
        }
    }
}

/// The type of a cell (ECMA-376 part 1, 18.18.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Number,
    Shared,
    Inline,
    Text,
    Bool,
    Error,
    IsoDate,
}

/// A cell whose end was not seen yet.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    kind: Kind,
    style: usize,
    is_formula: bool,
    text: String,
}

impl Open {
    fn start(element: &BytesStart<'_>, place: (u32, u32)) -> Open {
        let mut open = Open { row: place.0, column: place.1, ..Open::default() };
        for attribute in element.attributes().with_checks(false).flatten() {
            match (attribute.key.local_name().as_ref(), attribute.value.as_ref()) {
                ("r", reference) => {
                    if let Some((row, column)) = place_of(reference) {
                        (open.row, open.column) = (row, column);
                    }
                }
                ("s", style) => open.style = style.parse().unwrap_or(0),
                ("t", "s") => open.kind = Kind::Shared,
                ("t", "inlineStr") => open.kind = Kind::Inline,
                ("t", "str") => open.kind = Kind::Text,
                ("t", "b") => open.kind = Kind::Bool,
                ("t", "e") => open.kind = Kind::Error,
                ("t", "d") => open.kind = Kind::IsoDate,
                _ => {}
            }
        }
        open
    }

    fn cell(&mut self, shared: &Shared) -> Cell {
        let value = self.value(shared);
        match (self.is_formula, value) {
            (false, value) => value,
            (true, Cell::Empty) if self.kind == Kind::Number => Cell::Uncomputed,
            (true, Cell::Empty) => Cell::Empty,
            (true, value) => Cell::Formula(Box::new(value)),
        }
    }

    fn value(&mut self, shared: &Shared) -> Cell {
        let text = std::mem::take(&mut self.text);
        let bare = text.trim();
        if bare.is_empty() {
            return Cell::Empty;
        }
        match self.kind {
            Kind::Number => match bare.parse::<f64>() {
                Ok(value) if value.is_finite() => {
                    let shape = shared.shapes.get(self.style).copied().unwrap_or_default();
                    shape.cell(value, shared.is_1904)
                }
                _ => Cell::Text(text),
            },
            Kind::Shared => {
                let string = bare.parse().ok().and_then(|at: usize| shared.strings.get(at));
                string.map_or(Cell::Empty, |string| Cell::Text(string.clone()))
            }
            Kind::Inline | Kind::Text => Cell::Text(unescape(&text)),
            Kind::Bool => Cell::Bool(bare == "1" || bare == "true"),
            Kind::Error => Cell::Error(bare.to_owned()),
            Kind::IsoDate => iso_date(bare).unwrap_or(Cell::Text(text)),
        }
    }
}

/// `B7` as row and column from 0.
fn place_of(reference: &str) -> Option<(u32, u32)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = reference.split_at(digits);
    let mut column = 0_u32;
    for letter in letters.bytes() {
        if !letter.is_ascii_alphabetic() {
            return None;
        }
        let value = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

fn range(reference: &str) -> Option<Merge> {
    let (from, to) = reference.split_once(':')?;
    let ((top, left), (bottom, right)) = (place_of(from)?, place_of(to)?);
    Some(Merge { top, left, bottom, right })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        for (reference, place) in [
            ("A1", Some((0, 0))),
            ("AB12", Some((11, 27))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("a0", None),
            ("7", None),
            ("ZZZZZZZZZZ1", None),
            ("A99999999999", None),
            ("Ă1", None),
        ] {
            assert_eq!(place_of(reference), place, "{reference}");
        }
        assert_eq!(range("A1:C2"), Some(Merge { top: 0, left: 0, bottom: 1, right: 2 }));
    }
}
