//! Telephone numbers and e-mail addresses. One that cannot be read is left out and flagged: it is
//! no reason to refuse a person.

use thao_base::text::tidy;
use thao_sheet::Cell;

use super::finding::{Flagged, Taken};

/// A Vietnamese number as `0` and nine digits (mobile) or ten (land line); `None` when blank.
pub fn phone(cell: &Cell) -> Taken<Option<String>> {
    let from = cell.text();
    let mut numbers = from.split(['/', ';', ',', '|']).flat_map(|part| part.split(" - "));
    let first = numbers.find(|part| part.contains(|c: char| c.is_ascii_digit()));
    let Some(first) = first else {
        return if tidy(&from).contains(char::is_alphanumeric) {
            Taken::flagged(None, Flagged::PhoneUnreadable, &from, "")
        } else {
            Taken::plain(None)
        };
    };
    let several = numbers.any(|part| part.contains(|c: char| c.is_ascii_digit()));
    match of_digits(first) {
        Some((number, _)) if several => {
            Taken::flagged(Some(number.clone()), Flagged::PhoneFirstOfSeveral, &from, number)
        }
        Some((number, true)) => {
            Taken::flagged(Some(number.clone()), Flagged::PhoneZeroAdded, &from, number)
        }
        Some((number, false)) => Taken::plain(Some(number)),
        None => Taken::flagged(None, Flagged::PhoneUnreadable, &from, ""),
    }
}

/// The number, and whether its leading zero was missing.
fn of_digits(text: &str) -> Option<(String, bool)> {
    let filler = |c: &char| c.is_whitespace() || ".-()'’".contains(*c);
    let bare: String = text.chars().filter(|c| !filler(c)).collect();
    let (plus, digits) = match bare.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, bare.as_str()),
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits = digits.strip_prefix("00").filter(|rest| rest.starts_with("84")).unwrap_or(digits);
    // +84 (0) 912 …: the zero is not dialled.
    let abroad = digits.strip_prefix("84").map(|rest| rest.strip_prefix('0').unwrap_or(rest));
    match (plus, abroad) {
        (_, Some(rest)) if matches!(rest.len(), 9 | 10) && !rest.starts_with('0') => {
            whole(format!("0{rest}")).map(|number| (number, false))
        }
        (true, _) => None,
        (false, _) if digits.starts_with('0') => whole(digits.to_owned()).map(|n| (n, false)),
        (false, _) => whole(format!("0{digits}")).map(|number| (number, true)),
    }
}

/// Mobile numbers begin 03, 05, 07, 08, 09 and land lines 02 (Circular 22/2014/TT-BTTTT and the
/// change of numbers of 2018).
fn whole(number: String) -> Option<String> {
    let fits = matches!(
        (number.len(), number.as_bytes().get(1)),
        (10, Some(b'3' | b'5' | b'7' | b'8' | b'9')) | (11, Some(b'2'))
    );
    fits.then_some(number)
}

/// An address in lower case; `None` when blank. Only its shape is checked.
pub fn email(cell: &Cell) -> Taken<Option<String>> {
    let from = cell.text();
    let bare = from.trim_start_matches("mailto:").replace(' ', "").to_lowercase();
    if !bare.contains(char::is_alphanumeric) {
        return Taken::plain(None);
    }
    match bare.split_once('@') {
        Some((name, host)) if is_name(name) && is_host(host) => Taken::plain(Some(bare)),
        _ => Taken::flagged(None, Flagged::EmailUnreadable, &from, ""),
    }
}

fn is_name(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    !text.is_empty() && text.len() <= 64 && text.chars().all(allowed) && !text.starts_with('.')
}

fn is_host(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let steps: Vec<&str> = text.split('.').collect();
    text.len() <= 253
        && steps.len() >= 2
        && steps.iter().all(|step| !step.is_empty() && step.chars().all(allowed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn phones() {
        use Flagged::*;
        for (cell, number, flag) in [
            (text("0912345678"), Some("0912345678"), None),
            (text("0912 345 678"), Some("0912345678"), None),
            (text("0912.345.678"), Some("0912345678"), None),
            (text("+84 912 345 678"), Some("0912345678"), None),
            (text("+84 (0)912 345 678"), Some("0912345678"), None),
            (text("84912345678"), Some("0912345678"), None),
            (text("0084912345678"), Some("0912345678"), None),
            (text("'0912345678"), Some("0912345678"), None),
            (text("0210 3846 647"), Some("02103846647"), None),
            (text("912345678"), Some("0912345678"), Some(PhoneZeroAdded)),
            (Cell::number(912_345_678.0), Some("0912345678"), Some(PhoneZeroAdded)),
            (Cell::number(84_912_345_678.0), Some("0912345678"), None),
            (text("0912345678/0987654321"), Some("0912345678"), Some(PhoneFirstOfSeveral)),
            (text("0912345678 - 0987654321"), Some("0912345678"), Some(PhoneFirstOfSeveral)),
            (text("9.12E+08"), None, Some(PhoneUnreadable)),
            (text("091234567"), None, Some(PhoneUnreadable)),
            (text("01234567890"), None, Some(PhoneUnreadable)),
            (text("12345"), None, Some(PhoneUnreadable)),
            (text("không có"), None, Some(PhoneUnreadable)),
            (text("+1 202 555 0100"), None, Some(PhoneUnreadable)),
            (text("-"), None, None),
            (Cell::Empty, None, None),
        ] {
            let taken = phone(&cell);
            let found = taken.flags.first().map(|flag| flag.kind);
            assert_eq!((taken.value.as_deref(), found), (number, flag), "{cell:?}");
        }
    }

    #[test]
    fn emails() {
        for (from, to, fits) in [
            ("Hoa.NT@minhhoa.gov.vn", Some("hoa.nt@minhhoa.gov.vn"), true),
            (" hoa @gmail.com", Some("hoa@gmail.com"), true),
            ("mailto:hoa@gmail.com", Some("hoa@gmail.com"), true),
            ("", None, true),
            ("-", None, true),
            ("hoa@", None, false),
            ("hoa@gmail", None, false),
            ("hoa@gmail,com", None, false),
            ("hoà@gmail.com", None, false),
            ("hoa@a@b.vn", None, false),
            ("hoa", None, false),
        ] {
            let taken = email(&text(from));
            assert_eq!((taken.value.as_deref(), taken.flags.is_empty()), (to, fits), "{from:?}");
        }
    }

    proptest! {
        #[test]
        fn what_was_taken_is_taken_again(text in "[0-9+ ./-]{0,16}|\\PC{0,16}") {
            if let Some(number) = phone(&Cell::Text(text)).value {
                prop_assert_eq!(phone(&Cell::Text(number.clone())), Taken::plain(Some(number)));
            }
        }
    }
}
