//! One cell as it stood in the file.

use jiff::civil::{Date, DateTime};
use thao_base::text::{is_blank, tidy};

/// The content of a cell. Numbers stay numbers: whoever reads a code out of one must know that
/// leading zeros, and perhaps digits, were lost before it came here.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    #[default]
    Empty,
    /// Text as it was typed, not yet tidied. All cells of a .csv are text.
    Text(String),
    /// A number; `display` is what the office saw when the cell's format decides that: leading
    /// zeros (`000000000000`) or a percentage.
    Number {
        value: f64,
        display: Option<Box<str>>,
    },
    /// A whole day.
    Date(Date),
    /// A day with a time other than midnight.
    DateTime(DateTime),
    Bool(bool),
    /// An error such as `#N/A`.
    Error(String),
    /// The stored result of a formula.
    Formula(Box<Cell>),
    /// A formula whose result was never stored.
    Uncomputed,
}

impl Cell {
    /// An absent cell, to borrow from.
    pub const EMPTY: Cell = Cell::Empty;

    /// The content, whether typed or computed.
    pub fn value(&self) -> &Cell {
        match self {
            Cell::Formula(result) => result.value(),
            other => other,
        }
    }

    /// Whether nothing can be seen in it.
    pub fn is_empty(&self) -> bool {
        match self.value() {
            Cell::Empty => true,
            Cell::Text(text) => is_blank(text),
            _ => false,
        }
    }

    /// What a person sees, tidied: dates as dd/mm/yyyy, whole numbers without an exponent, errors
    /// and formulas without a result as nothing.
    pub fn text(&self) -> String {
        match self.value() {
            Cell::Text(text) => tidy(text),
            Cell::Number { display: Some(display), .. } => display.to_string(),
            Cell::Number { value, display: None } => number_text(*value),
            Cell::Date(date) => date_text(*date),
            Cell::DateTime(at) => {
                format!("{} {:02}:{:02}", date_text(at.date()), at.hour(), at.minute())
            }
            Cell::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
            Cell::Empty | Cell::Error(_) | Cell::Uncomputed | Cell::Formula(_) => String::new(),
        }
    }

    /// A number without a format of its own.
    pub fn number(value: f64) -> Cell {
        Cell::Number { value, display: None }
    }
}

/// Rust writes floats in full, never with an exponent, and as short as reads back the same.
fn number_text(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { format!("{value}") }
}

fn date_text(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime};

    #[test]
    fn text_is_what_a_person_sees() {
        for (cell, text) in [
            (Cell::Empty, ""),
            (Cell::Text("  Ho\u{61}\u{300} \n Bình".into()), "Hoà Bình"),
            (Cell::number(33_087_012_345.0), "33087012345"),
            (Cell::number(1.2345e11), "123450000000"),
            (Cell::number(7.5), "7.5"),
            (Cell::number(-0.0), "0"),
            (Cell::Number { value: 12.0, display: Some("00012".into()) }, "00012"),
            (Cell::Date(date(1987, 2, 5)), "05/02/1987"),
            (Cell::DateTime(datetime(2026, 3, 1, 19, 5, 0, 0)), "01/03/2026 19:05"),
            (Cell::Formula(Box::new(Cell::Text(" x ".into()))), "x"),
            (Cell::Error("#N/A".into()), ""),
            (Cell::Uncomputed, ""),
        ] {
            assert_eq!(cell.text(), text, "{cell:?}");
        }
        assert!(Cell::Text(" \u{a0}\u{200b}".into()).is_empty());
        assert!(!Cell::Uncomputed.is_empty());
    }
}
