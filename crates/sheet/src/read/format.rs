//! Number formats: whether a number is a day, and what of its format a reader must know.

use crate::Cell;
use crate::serial::date_cell;

/// What a number format does to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shape {
    #[default]
    Plain,
    Date,
    /// At least this many digits, zeros in front.
    Zeros(usize),
    /// A share of a hundred with this many decimals.
    Percent(usize),
}

impl Shape {
    /// The format with a number of its own (ECMA-376 part 1, 18.8.30).
    pub(super) fn builtin(id: u32) -> Shape {
        match id {
            9 => Shape::Percent(0),
            10 => Shape::Percent(2),
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Shape::Date,
            _ => Shape::Plain,
        }
    }

    /// A format written by a person, such as `dd/mm/yyyy` or `000000000000`.
    pub(super) fn of_code(code: &str) -> Shape {
        let bare = bare(code);
        if bare.eq_ignore_ascii_case("general") {
            return Shape::Plain;
        }
        if bare.chars().any(|c| "dDyY".contains(c))
            || (bare.contains(['h', 'H', 'm', 'M']) && !bare.contains(['0', '#']))
        {
            return Shape::Date;
        }
        let decimals = bare.split_once('.').map_or(0, |(_, after)| after.matches('0').count());
        if bare.contains('%') {
            return Shape::Percent(decimals.min(15));
        }
        let zeros = bare.matches('0').count();
        if (2..=32).contains(&zeros) && bare.chars().all(|c| "0 -".contains(c)) {
            return Shape::Zeros(zeros);
        }
        Shape::Plain
    }

    /// The cell of a number in this format.
    pub(super) fn cell(self, value: f64, is_1904: bool) -> Cell {
        match self {
            Shape::Plain => Cell::number(value),
            Shape::Date => date_cell(value, is_1904),
            Shape::Zeros(width) if value >= 0.0 && value.fract() == 0.0 && value < 1e15 => {
                Cell::Number { value, display: Some(format!("{value:0width$}").into()) }
            }
            Shape::Zeros(_) => Cell::number(value),
            Shape::Percent(decimals) => {
                // Through text: 0.29 × 100 is 28.999999999999996.
                let text = format!("{:.decimals$}%", value * 100.0);
                Cell::Number { value, display: Some(text.into()) }
            }
        }
    }
}

/// The first section of a format without quoted words, escapes, colours and locales.
fn bare(code: &str) -> String {
    let mut out = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '"' => {
                chars.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // [h]:mm is a length of time, not a day.
                if matches!(inside.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s") {
                    return String::new();
                }
            }
            other => out.push(other),
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_matter() {
        for (code, shape) in [
            ("General", Shape::Plain),
            ("0", Shape::Plain),
            ("#,##0.00", Shape::Plain),
            ("0.00E+00", Shape::Plain),
            ("@", Shape::Plain),
            ("dd/mm/yyyy", Shape::Date),
            ("[$-42A]dd\\ mmmm\\ yyyy;@", Shape::Date),
            ("d-mmm-yy", Shape::Date),
            ("mm/yyyy", Shape::Date),
            ("h:mm AM/PM", Shape::Date),
            ("[h]:mm:ss", Shape::Plain),
            ("000000000000", Shape::Zeros(12)),
            ("000\\ 000\\ 000\\ 000", Shape::Zeros(12)),
            ("000 000 000", Shape::Zeros(9)),
            ("0%", Shape::Percent(0)),
            ("0.0%", Shape::Percent(1)),
            ("#,##0\\ \"đồng\"", Shape::Plain),
            ("_(* #,##0_);_(* \\(#,##0\\)", Shape::Plain),
            ("[Red]0.0", Shape::Plain),
            ("", Shape::Plain),
        ] {
            assert_eq!(Shape::of_code(code), shape, "{code}");
        }
    }

    #[test]
    fn zeros_and_percents_are_shown_as_seen() {
        assert_eq!(Shape::Zeros(12).cell(33_087_012_345.0, false).text(), "033087012345");
        assert_eq!(Shape::Zeros(3).cell(1.5, false).text(), "1.5");
        assert_eq!(Shape::Percent(0).cell(0.29, false).text(), "29%");
        assert_eq!(Shape::Date.cell(31_813.0, false).text(), "05/02/1987");
    }
}
