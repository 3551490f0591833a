//! Names of people, in one column or two.

use thao_base::text::{fold, proper_name, tidy};

use super::finding::{Flagged, Refused, Taken};

/// The longest name that is believed, in characters.
const LONGEST: usize = 100;

/// The full name out of `Họ và tên`, `Họ, chữ đệm` and `Tên`, whichever a list has; in capitals it
/// is written as a name.
pub fn full_name(full: &str, family: &str, given: &str) -> Result<Taken<String>, Refused> {
    let (full, family, given) = (tidy(full), tidy(family), tidy(given));
    let joined = if !family.is_empty() {
        format!("{family} {given}")
    } else if format!(" {}", fold(&full)).ends_with(&format!(" {}", fold(&given))) {
        full
    } else {
        format!("{full} {given}")
    };
    let name = proper_name(&joined);
    if name.is_empty() {
        return Err(Refused::NameMissing);
    }
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    if letters < 2 || digits > 0 || name.contains(['@', ':']) || name.chars().count() > LONGEST {
        return Err(Refused::NameNotAName);
    }
    if name.contains(' ') {
        Ok(Taken::plain(name))
    } else {
        Ok(Taken::flagged(name.clone(), Flagged::NameOneWord, &joined, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (full, family, given, name) in [
            ("NGUYỄN THỊ HOÀ", "", "", "Nguyễn Thị Hoà"),
            ("Nguye\u{302}\u{303}n  Thị Hoa", "", "", "Nguyễn Thị Hoa"),
            ("", "Nguyễn Thị", "Hoa", "Nguyễn Thị Hoa"),
            ("", "NGUYỄN THỊ", "HOA", "Nguyễn Thị Hoa"),
            ("Nguyễn Thị", "", "Hoa", "Nguyễn Thị Hoa"),
            ("Nguyễn Thị Hoa", "", "Hoa", "Nguyễn Thị Hoa"),
            ("H'Hoa Niê", "", "", "H'Hoa Niê"),
        ] {
            assert_eq!(full_name(full, family, given), Ok(Taken::plain(name.to_owned())));
        }
        assert_eq!(full_name("Hoa", "", "").unwrap().flags.len(), 1);
    }

    #[test]
    fn what_is_no_name() {
        for (text, why) in [
            ("", Refused::NameMissing),
            (" \u{200b}", Refused::NameMissing),
            ("...", Refused::NameNotAName),
            ("A", Refused::NameNotAName),
            ("025087000001", Refused::NameNotAName),
            ("Nguyễn Văn A1", Refused::NameNotAName),
            ("hoa@gmail.com", Refused::NameNotAName),
            ("Đơn vị: Xã Minh Hòa", Refused::NameNotAName),
            (&"Hoa ".repeat(40), Refused::NameNotAName),
        ] {
            assert_eq!(full_name(text, "", ""), Err(why), "{text}");
        }
    }
}
