//! Identity numbers as spreadsheets leave them. Only the length is looked at: nothing about a
//! person is derived from the digits, and lost digits are never guessed.

use thao_base::text::{fold, tidy};
use thao_sheet::Cell;

use super::finding::{Flagged, Refused, Taken};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// Twelve digits: số định danh, căn cước.
    Citizen(String),
    /// Nine digits: chứng minh nhân dân.
    Old(String),
}

/// The number in a cell; `None` when it is blank or says that there is none.
pub fn citizen_id(cell: &Cell) -> Result<Option<Taken<Identity>>, Refused> {
    match cell.value() {
        Cell::Empty => Ok(None),
        Cell::Number { value, display } => {
            let digits = of_number(*value)?;
            match display.as_deref().map(bare) {
                // A format of zeros: the office saw all twelve digits.
                Some(seen) if seen.len() == 12 && seen.ends_with(&digits) => {
                    of_digits(&seen, &seen)
                }
                _ => of_digits(&digits, &digits),
            }
            .map(Some)
        }
        Cell::Text(text) => of_text(&tidy(text)),
        _ => Err(Refused::CitizenIdLetters),
    }
}

fn of_number(value: f64) -> Result<String, Refused> {
    if value < 0.0 || value.fract() != 0.0 {
        return Err(Refused::CitizenIdLength);
    }
    let digits = format!("{value:.0}");
    // Excel shows six digits of a long number; saved through a .csv the others are zeros.
    if digits.len() >= 10 && digits.bytes().skip(6).all(|b| b == b'0') {
        return Err(Refused::CitizenIdRounded);
    }
    Ok(digits)
}

fn of_text(text: &str) -> Result<Option<Taken<Identity>>, Refused> {
    if is_none(text) {
        return Ok(None);
    }
    if is_scientific(text) {
        return Err(Refused::CitizenIdScientific);
    }
    // What other programs write for a number: 25087000001.0
    let whole = match text.split_once(['.', ',']) {
        Some((whole, zeros)) if zeros.len() < 3 && zeros.bytes().all(|b| b == b'0') => whole,
        _ => text,
    };
    let numbers = whole.split(['/', ';', ',', '\n']).map(bare).filter(|number| !number.is_empty());
    let long = numbers.filter(|number| number.len() >= 9 && all_digits(number)).count();
    if long > 1 {
        return Err(Refused::CitizenIdSeveral);
    }
    let digits = bare(whole);
    if !all_digits(&digits) {
        return Err(Refused::CitizenIdLetters);
    }
    of_digits(&digits, text).map(Some)
}

fn of_digits(digits: &str, from: &str) -> Result<Taken<Identity>, Refused> {
    let mut rest = digits.bytes();
    let first = rest.next();
    if digits.len() >= 9 && rest.all(|b| Some(b) == first) {
        return Err(Refused::CitizenIdPlaceholder);
    }
    match digits.len() {
        12 => Ok(Taken::plain(Identity::Citizen(digits.to_owned()))),
        10 | 11 => {
            let padded = format!("{digits:0>12}");
            let value = Identity::Citizen(padded.clone());
            Ok(Taken::flagged(value, Flagged::CitizenIdPadded, from, padded))
        }
        9 => Ok(Taken::flagged(Identity::Old(digits.to_owned()), Flagged::OldId, from, digits)),
        _ => Err(Refused::CitizenIdLength),
    }
}

/// Without spaces, dots, dashes and the apostrophe that keeps a number text.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !".,-'’‘`\"".contains(*c)).collect()
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn is_none(text: &str) -> bool {
    matches!(fold(text).as_str(), "" | "khong" | "khong co" | "chua co" | "chua" | "x" | "null")
}

/// `1.2345E+11`, `3,3E10`
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.trim_start_matches(['+', ' ']);
    let mantissa = mantissa.trim_matches(['\'', ' ']).replace(['.', ','], "");
    !exponent.is_empty() && !mantissa.is_empty() && all_digits(exponent) && all_digits(&mantissa)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn numbers_that_are_taken() {
        let citizen = |digits: &str| Identity::Citizen(digits.to_owned());
        let old = |digits: &str| Identity::Old(digits.to_owned());
        let shown = |value, display: &str| Cell::Number { value, display: Some(display.into()) };
        for (cell, value, flag) in [
            (text("025087000001"), citizen("025087000001"), None),
            (text(" 025 087 000 001 "), citizen("025087000001"), None),
            (text("025.087.000.001"), citizen("025087000001"), None),
            (text("'025087000001"), citizen("025087000001"), None),
            (text("025087000001\u{200b}"), citizen("025087000001"), None),
            (text("25087000001"), citizen("025087000001"), Some(Flagged::CitizenIdPadded)),
            (text("1087000001"), citizen("001087000001"), Some(Flagged::CitizenIdPadded)),
            (text("25087000001.0"), citizen("025087000001"), Some(Flagged::CitizenIdPadded)),
            (text("131234567"), old("131234567"), Some(Flagged::OldId)),
            (Cell::number(125_087_000_001.0), citizen("125087000001"), None),
            (
                Cell::number(25_087_000_001.0),
                citizen("025087000001"),
                Some(Flagged::CitizenIdPadded),
            ),
            (Cell::number(131_234_567.0), old("131234567"), Some(Flagged::OldId)),
            (shown(25_087_000_001.0, "025087000001"), citizen("025087000001"), None),
            (Cell::Formula(Box::new(text("025087000001"))), citizen("025087000001"), None),
        ] {
            let taken = citizen_id(&cell).unwrap().unwrap();
            let found = taken.flags.first().map(|flag| flag.kind);
            assert_eq!((taken.value, found), (value, flag), "{cell:?}");
        }
    }

    #[test]
    fn numbers_that_are_refused() {
        for (cell, why) in [
            (text("1.2345E+11"), Refused::CitizenIdScientific),
            (text("1,2345E+11"), Refused::CitizenIdScientific),
            (text("2.5087e10"), Refused::CitizenIdScientific),
            (Cell::number(1.2345e11), Refused::CitizenIdRounded),
            (Cell::number(25_087_000_000.0), Refused::CitizenIdRounded),
            (text("B1234567"), Refused::CitizenIdLetters),
            (text("025087OO0001"), Refused::CitizenIdLetters),
            (text("025087000001 cấp ngày 1/2/2021"), Refused::CitizenIdLetters),
            (text("025087000001/131234567"), Refused::CitizenIdSeveral),
            (text("025087000001; 025087000002"), Refused::CitizenIdSeveral),
            (text("12345678"), Refused::CitizenIdLength),
            (text("0250870000012"), Refused::CitizenIdLength),
            (Cell::number(12.0), Refused::CitizenIdLength),
            (Cell::number(-25_087_000_001.0), Refused::CitizenIdLength),
            (Cell::number(0.5), Refused::CitizenIdLength),
            (text("000000000000"), Refused::CitizenIdPlaceholder),
            (text("999999999"), Refused::CitizenIdPlaceholder),
            (Cell::Bool(true), Refused::CitizenIdLetters),
            (Cell::Error("#N/A".into()), Refused::CitizenIdLetters),
        ] {
            assert_eq!(citizen_id(&cell), Err(why), "{cell:?}");
        }
    }

    #[test]
    fn blanks() {
        for cell in [Cell::Empty, text(" "), text("-"), text("Không có"), text("x")] {
            assert_eq!(citizen_id(&cell), Ok(None), "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn all_digits_of_a_number_are_kept(number in 1_000_000_001_u64..999_999_999_999) {
            let cell = Cell::number(number as f64);
            match citizen_id(&cell) {
                Ok(Some(Taken { value: Identity::Citizen(digits), .. })) => {
                    prop_assert_eq!(digits.len(), 12);
                    prop_assert_eq!(digits.parse::<u64>().unwrap(), number);
                }
                Err(Refused::CitizenIdRounded | Refused::CitizenIdPlaceholder) => {
                    let text = number.to_string();
                    prop_assert!(text.ends_with("0000") || text.bytes().all(|b| text.as_bytes()[0] == b));
                }
                other => prop_assert!(false, "{:?}", other),
            }
        }

        #[test]
        fn only_digits_of_the_text_come_out(text in "\\PC{0,20}|[0-9 .,'E+/-]{0,16}") {
            if let Ok(Some(taken)) = citizen_id(&Cell::Text(text.clone())) {
                let (Identity::Citizen(digits) | Identity::Old(digits)) = taken.value;
                prop_assert!(all_digits(&digits) && [9, 12].contains(&digits.len()));
                let typed: String = text.chars().filter(char::is_ascii_digit).collect();
                prop_assert!(typed.contains(digits.trim_start_matches('0')), "{} {}", typed, digits);
            }
        }
    }
}
