//! What people type into fields, read the way they write it: dates and numbers.

use jiff::civil::Date;
use thao_base::Lang;

/// The date somebody typed into [`Field::date`](super::Field::date): `31/12/1990`, `31-12-1990`,
/// `31.12.1990`, `1/2/1990`, `31121990` (a phone's digits have no slash), `1990-12-31`.
///
/// A year has four digits: two would have to be guessed.
pub fn date_typed(text: &str) -> Option<Date> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|p| !p.is_empty()).collect();
    let (day, month, year) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (*day, *month, *year),
        [day, month, year] => (*day, *month, *year),
        [digits] if digits.len() == 8 => (digits.get(..2)?, digits.get(2..4)?, digits.get(4..)?),
        _ => return None,
    };
    let number = |text: &str, most: usize| {
        let digits = text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
        if digits { text.parse::<i16>().ok() } else { None }
    };
    if year.len() != 4 {
        return None;
    }
    let (day, month) = (number(day, 2)?, number(month, 2)?);
    Date::new(number(year, 4)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The number somebody typed: `1.234,5` in Vietnamese, `1,234.5` in English; `1234,5` and
/// `1234.5` in both, unless the mark can only part thousands (`1.234` in Vietnamese is 1234).
pub fn number_typed(lang: Lang, text: &str) -> Option<f64> {
    let text: String = text.trim().replace('−', "-").split_whitespace().collect();
    let (thousands, decimal) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.as_str()),
    };
    let plain = if grouped(digits, thousands, decimal) {
        digits.replace(thousands, "").replace(decimal, ".")
    } else if digits.matches(['.', ',']).count() <= 1 {
        digits.replace(',', ".")
    } else {
        return None;
    };
    let only_digits = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let starts_and_ends = plain.starts_with(|c: char| c.is_ascii_digit())
        && plain.ends_with(|c: char| c.is_ascii_digit());
    if only_digits && starts_and_ends { Some(sign * plain.parse::<f64>().ok()?) } else { None }
}

/// Whether the marks part whole groups of three before at most one decimal mark.
fn grouped(digits: &str, thousands: char, decimal: char) -> bool {
    let (whole, rest) = digits.split_once(decimal).unwrap_or((digits, ""));
    let mut groups = whole.split(thousands);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && groups.all(|group| group.len() == 3)
        && !rest.contains([thousands, decimal])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_date_is_read_as_people_type_it() {
        let new_year = Some(date(1990, 12, 31));
        for text in
            ["31/12/1990", " 31-12-1990 ", "31.12.1990", "31121990", "1990-12-31", "31 12 1990"]
        {
            assert_eq!(date_typed(text), new_year, "{text}");
        }
        assert_eq!(date_typed("1/2/2026"), Some(date(2026, 2, 1)));
    }

    #[test]
    fn what_would_have_to_be_guessed_is_no_date() {
        for text in [
            "",
            "31/12/90",
            "31/02/2026",
            "12/31/2026",
            "311290",
            "3112199",
            "1/2",
            "a/b/cccc",
            "+1/1/2026",
            "１/1/2026",
        ] {
            assert_eq!(date_typed(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_read_in_the_page_s_language() {
        for (lang, text, number) in [
            (Lang::Vi, "1.234,5", 1234.5),
            (Lang::Vi, "1.234", 1234.0),
            (Lang::Vi, "12,5", 12.5),
            (Lang::Vi, "12.5", 12.5),
            (Lang::Vi, "1234,5", 1234.5),
            (Lang::Vi, "1 234 567", 1_234_567.0),
            (Lang::Vi, "-0,5", -0.5),
            (Lang::En, "1,234.5", 1234.5),
            (Lang::En, "12.5", 12.5),
        ] {
            assert_eq!(number_typed(lang, text), Some(number), "{text}");
        }
        for text in ["", "-", ",", "1,2,3", "1.23.456,7,8", "12a", "1e5", "inf"] {
            assert_eq!(number_typed(Lang::Vi, text), None, "{text}");
        }
    }
}
