//! What a row below the header is, when it is not data: a total, a signature, the name of a group.

use std::collections::HashMap;

use thao_base::text::{fold, same_spelling};

use super::{Heading, Why};
use crate::read::Merge;
use crate::{Cell, headings};

/// What the rows below a header are compared with.
pub(super) struct Body<'a> {
    headings: &'a [Heading],
    /// The folded forms of the heading of each column.
    folded: HashMap<usize, Vec<String>>,
    /// The column of `STT`.
    pub(super) ordinal: Option<usize>,
    merges: &'a [Merge],
}

impl<'a> Body<'a> {
    pub(super) fn new(headings: &'a [Heading], merges: &'a [Merge]) -> Body<'a> {
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

    pub(super) fn why_not(&self, row: u32, cells: &[Cell], data_before: usize) -> Option<Why> {
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
    pub(super) fn looks_like_data(&self, cells: &[Cell]) -> bool {
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
    pub(super) fn section_name(&self, cells: &[Cell]) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_groups() {
        for (text, is) in
            [("i", true), ("iv.", true), ("a", true), ("b)", true), ("1", false), ("hoa", false)]
        {
            assert_eq!(is_group_number(text), is, "{text}");
        }
    }
}
