//! The rows of a table, without totals, signatures, repeated headers and names of groups.

use std::collections::HashMap;
use std::sync::Arc;

use thao_base::text::{fold, same_spelling};

use super::{Format, Header, Heading, LeftOut, Row, Sheet, Why};
use crate::read::{Grid, Limits, Merge};
use crate::{Cell, SheetError, headings};

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

/// What the rows below a header are compared with.
struct Body<'a> {
    headings: &'a [Heading],
    /// The folded forms of the heading of each column.
    folded: HashMap<usize, Vec<String>>,
    /// The column of `STT`.
    ordinal: Option<usize>,
    merges: &'a [Merge],
}

impl<'a> Body<'a> {
    fn new(headings: &'a [Heading], merges: &'a [Merge]) -> Body<'a> {
        let forms = |heading: &Heading| {
            let forms = [&heading.text, &heading.parts.0, &heading.parts.1];
            forms.into_iter().map(|form| fold(form)).filter(|form| !form.is_empty()).collect()
        };
        let folded: HashMap<usize, Vec<String>> =
            headings.iter().map(|heading| (heading.column, forms(heading))).collect();
        let names: Vec<String> = headings::ORDINAL.names.iter().map(|name| fold(name)).collect();
        let is_ordinal = |heading: &&Heading| names.contains(&fold(&heading.text));
        let ordinal = headings.iter().find(is_ordinal).map(|heading| heading.column);
        Body { headings, folded, ordinal, merges }
    }

    fn why_not(&self, row: u32, cells: &[Cell], data_before: usize) -> Option<Why> {
        let filled: Vec<(usize, &Cell)> =
            cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
        if self.repeats_header(&filled) {
            return Some(Why::RepeatedHeader);
        }
        if data_before == 0 && is_column_numbers(&filled, self.headings.len()) {
            return Some(Why::ColumnNumbers);
        }
        if filled.len() > FEW {
            return None;
        }
        let texts: Vec<String> =
            filled.iter().map(|(_, cell)| same_spelling(&cell.text())).collect();
        if is_total(&texts) {
            Some(Why::Total)
        } else if data_before > 0 && texts.iter().all(|text| is_signature(text)) {
            Some(Why::Signature)
        } else {
            self.is_section(row, &filled, &texts).then_some(Why::Section)
        }
    }

    /// Below the signatures only a row with a number, or with most cells filled, is data again.
    fn looks_like_data(&self, cells: &[Cell]) -> bool {
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        let ordinal = self.ordinal.and_then(|column| cells.get(column));
        let numbered = ordinal.is_some_and(|cell| is_number(&cell.text()));
        filled > 1 && (numbered || filled * 2 > self.headings.len().max(4))
    }

    /// The first filled cell and at least half of them say what the heading above says.
    fn repeats_header(&self, filled: &[(usize, &Cell)]) -> bool {
        let says_heading = |(column, cell): &(usize, &Cell)| {
            matches!(cell, Cell::Text(_))
                && self.folded.get(column).is_some_and(|parts| parts.contains(&fold(&cell.text())))
        };
        filled.first().is_some_and(says_heading)
            && filled.len() >= 2
            && filled.iter().filter(|cell| says_heading(cell)).count() * 2 >= filled.len().max(4)
    }

    /// One text in the row, with a Roman number or a letter before it, or none where others have
    /// one, or over several columns.
    fn is_section(&self, row: u32, filled: &[(usize, &Cell)], texts: &[String]) -> bool {
        if self.headings.len() < 3 {
            return false;
        }
        let (ordinal, others): (Vec<_>, Vec<_>) =
            filled.iter().zip(texts).partition(|((column, _), _)| Some(*column) == self.ordinal);
        match (ordinal.as_slice(), others.as_slice()) {
            ([], [((column, Cell::Text(_)), _)]) => {
                self.ordinal.is_some() || self.is_merged_over(row, *column)
            }
            ([(_, number)], [((_, Cell::Text(_)), _)]) => is_group_number(number),
            ([((column, Cell::Text(_)), text)], []) => {
                !is_number(text) && (text.chars().count() > 3 || self.is_merged_over(row, *column))
            }
            _ => false,
        }
    }

    fn is_merged_over(&self, row: u32, column: usize) -> bool {
        self.merges.iter().any(|merge| {
            merge.top == row && merge.left as usize == column && merge.right >= merge.left + 2
        })
    }

    /// The text of a group's row, without the number before it.
    fn section_name(&self, cells: &[Cell]) -> String {
        let text = cells.iter().rev().map(Cell::text).find(|text| !text.is_empty());
        let text = text.unwrap_or_default();
        match text.split_once(['.', ')', ' ']) {
            Some((number, name))
                if is_group_number(&number.to_lowercase()) && text.contains(". ") =>
            {
                name.trim_start_matches(['.', ')', ' ']).to_owned()
            }
            _ => text,
        }
    }
}

/// A row with more cells than this is no signature, no total and no heading of a group.
const FEW: usize = 6;

/// Its words are the first thing in the row; beside them only amounts and at most one note.
/// Compared with tones: `Tống Công` is a name.
fn is_total(texts: &[String]) -> bool {
    const WHOLE: [&str; 4] = ["cộng", "tổng", "tong cong", "tong so"];
    const STARTS: [&str; 8] = [
        "tổng cộng",
        "tổng số",
        "cộng:",
        "tổng:",
        "danh sách này có",
        "danh sách có",
        "danh sách gồm",
        "ấn định danh sách",
    ];
    let Some(first) = texts.first() else { return false };
    let bare = first.trim_end_matches([':', '.', ' ']);
    (WHOLE.contains(&bare) || STARTS.iter().any(|words| first.starts_with(words)))
        && texts.iter().skip(1).filter(|text| !is_amount(text)).count() <= 1
}

/// `(1) (2) (3)` or `A B 1 2` under most of the headings.
fn is_column_numbers(filled: &[(usize, &Cell)], headings: usize) -> bool {
    let is_number = |(_, cell): &(usize, &Cell)| {
        let text = cell.text();
        let bare = text.trim_matches(['(', ')', '[', ']', ' ']);
        let mut chars = bare.chars();
        let letter = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
        letter || bare.parse::<u8>().is_ok_and(|number| number < 100)
    };
    filled.len() >= headings.clamp(2, 3)
        && filled.len() * 2 >= headings.min(FEW)
        && filled.iter().all(is_number)
}

fn is_signature(text: &str) -> bool {
    const STARTS: [&str; 22] = [
        "người lập",
        "người tổng hợp",
        "người kê khai",
        "người ký",
        "thủ trưởng",
        "chủ tịch",
        "phó chủ tịch",
        "tm.",
        "tm ",
        "kt.",
        "tl.",
        "tuq.",
        "q. chủ tịch",
        "xác nhận",
        "nơi nhận",
        "(ký",
        "ký tên",
        "kế toán",
        "lãnh đạo",
        "giám đốc",
        "hiệu trưởng",
        "trưởng phòng",
    ];
    let dated = text.contains("ngày") && text.contains("tháng") && text.contains("năm 2");
    dated || text.contains("ghi rõ họ tên") || STARTS.iter().any(|start| text.starts_with(start))
}

fn is_number(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ')']);
    !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit())
}

/// A count, perhaps with its unit: `45`, `1.234`, `45 người`.
fn is_amount(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// `I`, `IV.`, `A`, `b)`.
fn is_group_number(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ')', ':', '/']);
    let length = bare.chars().count();
    (length == 1 && bare.chars().all(char::is_alphabetic))
        || ((1..=5).contains(&length) && bare.chars().all(|c| "ivxlIVXL".contains(c)))
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

    #[test]
    fn numbers_of_groups() {
        for (text, is) in
            [("i", true), ("iv.", true), ("a", true), ("b)", true), ("1", false), ("hoa", false)]
        {
            assert_eq!(is_group_number(text), is, "{text}");
        }
    }
}
