//! The rows of a table, without totals, signatures, repeated headers and names of groups.

use std::sync::Arc;

use super::beside::Body;
use super::{Format, Header, Heading, LeftOut, Row, Sheet, Why};
use crate::read::{Grid, Limits};
use crate::{Cell, SheetError};

/// Cuts the table out of a worksheet whose header was found.
pub(crate) fn cut(mut grid: Grid, header: &Header, limits: &Limits) -> Result<Sheet, SheetError> {
    fill_merged_down(&mut grid, header.last);
    let headings = spanned(header, &grid);
    let merges = std::mem::take(&mut grid.merges);
    let body = Body::new(&headings, &merges);
    let mut sheet = Sheet {
        name: String::new(),
        format: Format::Xlsx,
        titles: Vec::new(),
        header_rows: (header.first + 1, header.last + 1),
        headings: Vec::new(),
        rows: Vec::new(),
        left_out: Vec::new(),
        others: Vec::new(),
    };
    let kinds = classify(&grid, header, &body);
    let mut section: Option<Arc<str>> = None;
    for ((number, cells), kind) in grid.rows.into_iter().zip(kinds) {
        let number = number.saturating_add(1);
        match kind {
            Kind::Title => sheet.titles.push(joined(&cells)),
            Kind::Header | Kind::Blank => {}
            Kind::Data => sheet.rows.push(Row { number, cells, section: section.clone() }),
            Kind::Not(why) => {
                let text = joined(&cells);
                if why == Why::Section {
                    section = Some(body.section_name(&cells).into());
                }
                let text = text.chars().take(120).collect();
                sheet.left_out.push(LeftOut { row: number, why, text });
            }
        }
    }
    if sheet.rows.len() > limits.rows {
        return Err(SheetError::TooManyRows { limit: limits.rows });
    }
    if sheet.rows.is_empty() {
        return Err(SheetError::Empty);
    }
    refuse_uncomputed(&sheet.rows, &headings, body.ordinal)?;
    sheet.headings = headings;
    Ok(sheet)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Title,
    Header,
    Blank,
    Data,
    Not(Why),
}

fn classify(grid: &Grid, header: &Header, body: &Body<'_>) -> Vec<Kind> {
    let mut kinds = Vec::with_capacity(grid.rows.len());
    let (mut data, mut signed) = (0_usize, false);
    for (number, cells) in &grid.rows {
        let kind = if *number < header.first {
            Kind::Title
        } else if *number <= header.last {
            Kind::Header
        } else if cells.iter().all(Cell::is_empty) {
            Kind::Blank
        } else if let Some(why) = body.why_not(*number, cells, data) {
            signed |= why == Why::Signature;
            Kind::Not(why)
        } else if signed && !body.looks_like_data(cells) {
            Kind::Not(Why::Signature)
        } else {
            data += 1;
            Kind::Data
        };
        kinds.push(kind);
    }
    // Where most rows hold one cell, they are no names of groups but a poor table.
    let sections = kinds.iter().filter(|kind| **kind == Kind::Not(Why::Section)).count();
    if sections > data {
        for kind in &mut kinds {
            if *kind == Kind::Not(Why::Section) {
                *kind = Kind::Data;
            }
        }
    }
    kinds
}

/// Cells joined downwards: a unit written once for all its people.
fn fill_merged_down(grid: &mut Grid, header_last: u32) {
    for merge in &grid.merges {
        if merge.top <= header_last || merge.left != merge.right || merge.bottom <= merge.top {
            continue;
        }
        let column = merge.left as usize;
        let Some(value) = grid.rows.get(&merge.top).and_then(|cells| cells.get(column)) else {
            continue;
        };
        let value = value.clone();
        for (_, cells) in grid.rows.range_mut(merge.top.saturating_add(1)..=merge.bottom) {
            // A row that is not as wide ends before this column.
            if cells.len() <= column {
                cells.resize(column + 1, Cell::Empty);
            }
            if let Some(cell) = cells.get_mut(column)
                && cell.is_empty()
            {
                *cell = value.clone();
            }
        }
    }
}

/// The headings, each with the columns without a heading that follow it and hold data: the family
/// name and the given name under one `Họ và tên`.
fn spanned(header: &Header, grid: &Grid) -> Vec<Heading> {
    let mut headings = header.headings.clone();
    let below = || grid.rows.range(header.last.saturating_add(1)..).take(1000);
    let rows = below().count();
    let ends: Vec<usize> = headings.iter().skip(1).map(|heading| heading.column).collect();
    for (at, heading) in headings.iter_mut().enumerate() {
        let end = ends.get(at).copied().unwrap_or(heading.column + 3);
        for column in heading.column + 1..end {
            let holds = below()
                .filter(|(_, cells)| {
                    cells.get(column).is_some_and(|cell| matches!(cell, Cell::Text(_)))
                })
                .count();
            if holds * 2 < rows.max(1) {
                break;
            }
            heading.span += 1;
        }
    }
    headings
}

fn refuse_uncomputed(
    rows: &[Row],
    headings: &[Heading],
    ordinal: Option<usize>,
) -> Result<(), SheetError> {
    const NAMED: usize = 10;
    let mut cells = Vec::new();
    let mut more = 0;
    for row in rows {
        for (column, cell) in row.cells.iter().enumerate() {
            let under_heading = headings
                .iter()
                .any(|heading| (heading.column..heading.column + heading.span).contains(&column));
            if !matches!(cell, Cell::Uncomputed) || Some(column) == ordinal || !under_heading {
                continue;
            }
            if cells.len() < NAMED {
                cells.push(format!("{}{}", column_letters(column), row.number));
            } else {
                more += 1;
            }
        }
    }
    if cells.is_empty() { Ok(()) } else { Err(SheetError::Uncomputed { cells, more }) }
}

/// `A`, `Z`, `AA` for 0, 25, 26.
fn column_letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + u8::try_from(column % 26).unwrap_or_default());
        match (column / 26).checked_sub(1) {
            Some(next) => column = next,
            None => break,
        }
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

fn joined(cells: &[Cell]) -> String {
    let texts: Vec<String> = cells.iter().map(Cell::text).filter(|text| !text.is_empty()).collect();
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_columns() {
        for (column, letters) in
            [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(column_letters(column), letters);
        }
    }
}
