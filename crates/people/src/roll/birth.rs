//! Birthdays as they stand in lists: days, years, spreadsheet numbers, either order.

use jiff::civil::{Date, date};
use thao_base::text::{fold, tidy};
use thao_sheet::{Cell, date_of_serial};

use super::category::Sex;
use super::finding::{Flag, Flagged, Refused, Taken};
use crate::Birth;

/// The oldest age that is believed.
const OLDEST: i16 = 120;

/// The birth in a cell; `None` when it is blank.
///
/// Days come first (`05/02/1987`); the other order is only taken, and flagged, where the first
/// cannot be. A year of two digits is the latest one that is not in the future, and flagged.
pub fn birth(cell: &Cell, today: Date) -> Result<Option<Taken<Birth>>, Refused> {
    let taken = match cell.value() {
        Cell::Empty => return Ok(None),
        Cell::Date(day) => of_day_cell(*day, &cell.text(), today),
        Cell::DateTime(at) => of_day_cell(at.date(), &cell.text(), today),
        Cell::Number { value, .. } => of_number(*value, &cell.text(), today)?,
        Cell::Text(text) => match of_text(&tidy(text), today)? {
            Some(taken) => taken,
            None => return Ok(None),
        },
        Cell::Bool(_) | Cell::Error(_) | Cell::Uncomputed | Cell::Formula(_) => {
            return Err(Refused::BirthUnreadable);
        }
    };
    in_range(taken, today).map(Some)
}

/// A birth, where it is told, and the sex its column tells.
pub type BirthAndSex = (Option<Taken<Birth>>, Sex);

/// The birth and the sex out of two columns, one for men and one for women. A cross instead of a
/// birth tells the sex alone.
pub fn birth_of_either(
    men: &Cell,
    women: &Cell,
    today: Date,
) -> Result<Option<BirthAndSex>, Refused> {
    let (cell, sex) = match (men.is_empty(), women.is_empty()) {
        (true, true) => return Ok(None),
        (false, true) => (men, Sex::Male),
        (true, false) => (women, Sex::Female),
        (false, false) => return Err(Refused::BirthTwice),
    };
    if matches!(fold(&cell.text()).as_str(), "x" | "v" | "nam" | "nu") || cell.text() == "✓" {
        return Ok(Some((None, sex)));
    }
    Ok(Some((birth(cell, today)?, sex)))
}

fn in_range(taken: Taken<Birth>, today: Date) -> Result<Taken<Birth>, Refused> {
    let too_late = match taken.value {
        Birth::Day(day) => day > today,
        Birth::Year(year) => year > today.year(),
    };
    if too_late {
        Err(Refused::BirthFuture)
    } else if taken.value.year() < today.year() - OLDEST {
        Err(Refused::BirthTooLongAgo)
    } else {
        Ok(taken)
    }
}

fn of_day_cell(day: Date, from: &str, today: Date) -> Taken<Birth> {
    // 1987 typed into a cell for days is the day 1987 of spreadsheets, 9 June 1905.
    let serial = i16::try_from((day - date(1899, 12, 30)).get_days()).unwrap_or(0);
    if (1930..=today.year()).contains(&serial) {
        let year = Birth::Year(serial);
        return Taken::flagged(year, Flagged::BirthYearInDayCell, from, serial.to_string());
    }
    Taken::plain(Birth::Day(day))
}

fn of_number(value: f64, from: &str, today: Date) -> Result<Taken<Birth>, Refused> {
    // Text of the whole number: a serial may carry a time.
    let whole = format!("{:.0}", value.trunc());
    match whole.len() {
        4 if value.fract() == 0.0 => Ok(year_only(&whole, from)?),
        5 => {
            let day = date_of_serial(value).ok_or(Refused::BirthUnreadable)?;
            Ok(Taken::flagged(Birth::Day(day), Flagged::BirthFromSerial, from, written(day)))
        }
        // 5021987 lost its zero.
        7 | 8 if value.fract() == 0.0 => of_digits(&format!("{whole:0>8}"), from, today),
        _ => Err(Refused::BirthUnreadable),
    }
}

fn of_text(text: &str, today: Date) -> Result<Option<Taken<Birth>>, Refused> {
    // A time behind a day says nothing.
    let bare =
        text.split_once([' ', 'T']).filter(|(_, time)| is_time(time)).map_or(text, |(d, _)| d);
    let words = fold(bare);
    let mut parts: Vec<&str> = Vec::new();
    for word in words.split(' ') {
        match word {
            "" | "ngay" | "thang" | "nam" | "sinh" => {}
            other => parts.push(other),
        }
    }
    match parts.as_slice() {
        [] | ["khong"] | ["khong", "ro"] | ["chua", "ro"] => Ok(None),
        [year] if year.len() == 4 => year_only(year, text).map(Some),
        [digits] if digits.len() == 8 => of_digits(digits, text, today).map(Some),
        [month, year] if year.len() == 4 && number(month).is_some_and(|m| m <= 12) => {
            year_only(year, text).map(Some)
        }
        [year, month, day] if year.len() == 4 => of_parts(day, month, year, text, today).map(Some),
        [day, month, year] => of_parts(day, month, year, text, today).map(Some),
        _ => Err(Refused::BirthUnreadable),
    }
}

fn of_parts(
    day: &str,
    month: &str,
    year: &str,
    from: &str,
    today: Date,
) -> Result<Taken<Birth>, Refused> {
    let (Some(day), Some(month), Some(short)) =
        (number(day), number(month).or_else(|| english_month(month)), number(year))
    else {
        return Err(Refused::BirthUnreadable);
    };
    let mut flags = Vec::new();
    let year = match year.len() {
        4 => short,
        2 => {
            let century = if short > today.year() % 100 { 1900 } else { 2000 };
            flags.push(Flagged::BirthTwoDigitYear);
            century + short
        }
        _ => return Err(Refused::BirthUnreadable),
    };
    // `00/00/1987`: the day is not known.
    if day == 0 || month == 0 {
        flags.push(Flagged::BirthYearOnly);
        return Ok(with_flags(Birth::Year(year), &flags, from));
    }
    let (day, month) = if month > 12 && day <= 12 {
        flags.push(Flagged::BirthMonthFirst);
        (month, day)
    } else {
        (day, month)
    };
    let small = |n: i16| i8::try_from(n).ok();
    let made = small(month).zip(small(day)).and_then(|(m, d)| Date::new(year, m, d).ok());
    let day = made.ok_or(Refused::BirthImpossible)?;
    Ok(with_flags(Birth::Day(day), &flags, from))
}

/// Eight digits without anything between: day first, or year first where only that can be.
fn of_digits(digits: &str, from: &str, today: Date) -> Result<Taken<Birth>, Refused> {
    let read = |d: std::ops::Range<usize>, m, y: std::ops::Range<usize>| {
        let part = |range: std::ops::Range<usize>| digits.get(range).and_then(number);
        let (day, month, year) = (part(d)?, part(m)?, part(y)?);
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        in_range(Taken::plain(Birth::Day(date)), today).ok().map(|_| date)
    };
    let day = match (read(0..2, 2..4, 4..8), read(6..8, 4..6, 0..4)) {
        (Some(day), None) | (None, Some(day)) => day,
        _ => return Err(Refused::BirthUnreadable),
    };
    Ok(Taken::flagged(Birth::Day(day), Flagged::BirthFromDigits, from, written(day)))
}

fn year_only(year: &str, from: &str) -> Result<Taken<Birth>, Refused> {
    let year = number(year).ok_or(Refused::BirthUnreadable)?;
    Ok(with_flags(Birth::Year(year), &[Flagged::BirthYearOnly], from))
}

fn with_flags(value: Birth, flags: &[Flagged], from: &str) -> Taken<Birth> {
    let to = match value {
        Birth::Day(day) => written(day),
        Birth::Year(year) => year.to_string(),
    };
    let flags = flags.iter().map(|kind| Flag::new(*kind, from, to.clone())).collect();
    Taken { value, flags }
}

fn number(text: &str) -> Option<i16> {
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// What Excel writes in a .csv where Windows speaks English.
fn english_month(text: &str) -> Option<i16> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let at = MONTHS.iter().position(|month| *month == text)?;
    i16::try_from(at + 1).ok()
}

fn is_time(text: &str) -> bool {
    text.contains(':') && text.chars().all(|c| c.is_ascii_digit() || ":.Z+".contains(c))
}

fn written(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 21);

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    fn taken(cell: &Cell) -> (Birth, Vec<Flagged>) {
        let taken = birth(cell, TODAY).unwrap().unwrap();
        (taken.value, taken.flags.iter().map(|flag| flag.kind).collect())
    }

    #[test]
    fn births_that_are_taken() {
        use Flagged::*;
        let day = |y, m, d| Birth::Day(date(y, m, d));
        for (cell, value, flags) in [
            (text("05/02/1987"), day(1987, 2, 5), vec![]),
            (text(" 5.2.1987 "), day(1987, 2, 5), vec![]),
            (text("5 - 2 - 1987"), day(1987, 2, 5), vec![]),
            (text("1987-02-05"), day(1987, 2, 5), vec![]),
            (text("1987-02-05T00:00:00"), day(1987, 2, 5), vec![]),
            (text("05/02/1987 00:00"), day(1987, 2, 5), vec![]),
            (text("ngày 05 tháng 02 năm 1987"), day(1987, 2, 5), vec![]),
            (text("5-Feb-1987"), day(1987, 2, 5), vec![]),
            (text("5-2-87"), day(1987, 2, 5), vec![BirthTwoDigitYear]),
            (text("5-2-26"), day(2026, 2, 5), vec![BirthTwoDigitYear]),
            (text("5-2-27"), day(1927, 2, 5), vec![BirthTwoDigitYear]),
            (text("02/25/1987"), day(1987, 2, 25), vec![BirthMonthFirst]),
            (text("2/25/87"), day(1987, 2, 25), vec![BirthTwoDigitYear, BirthMonthFirst]),
            (text("1987"), Birth::Year(1987), vec![BirthYearOnly]),
            (text("Năm 1987"), Birth::Year(1987), vec![BirthYearOnly]),
            (text("02/1987"), Birth::Year(1987), vec![BirthYearOnly]),
            (text("00/00/1987"), Birth::Year(1987), vec![BirthYearOnly]),
            (text("--/--/1987"), Birth::Year(1987), vec![BirthYearOnly]),
            (text("05021987"), day(1987, 2, 5), vec![BirthFromDigits]),
            (text("19870205"), day(1987, 2, 5), vec![BirthFromDigits]),
            (Cell::number(5_021_987.0), day(1987, 2, 5), vec![BirthFromDigits]),
            (Cell::number(1987.0), Birth::Year(1987), vec![BirthYearOnly]),
            (Cell::number(31_813.0), day(1987, 2, 5), vec![BirthFromSerial]),
            (Cell::number(31_813.75), day(1987, 2, 5), vec![BirthFromSerial]),
            (Cell::Date(date(1987, 2, 5)), day(1987, 2, 5), vec![]),
            (Cell::DateTime(date(1987, 2, 5).at(7, 0, 0, 0)), day(1987, 2, 5), vec![]),
            (Cell::Formula(Box::new(text("05/02/1987"))), day(1987, 2, 5), vec![]),
            (Cell::Date(date(1905, 6, 9)), Birth::Year(1987), vec![BirthYearInDayCell]),
            (text("21/11/2026"), day(2026, 11, 21), vec![]),
            (text("29/02/2024"), day(2024, 2, 29), vec![]),
        ] {
            assert_eq!(taken(&cell), (value, flags), "{cell:?}");
        }
    }

    #[test]
    fn births_that_are_refused() {
        for (cell, why) in [
            (text("22/11/2026"), Refused::BirthFuture),
            (text("2027"), Refused::BirthFuture),
            (Cell::Date(date(2087, 2, 5)), Refused::BirthFuture),
            (text("05/02/1887"), Refused::BirthTooLongAgo),
            (text("1905"), Refused::BirthTooLongAgo),
            (text("31/02/1987"), Refused::BirthImpossible),
            (text("29/02/2023"), Refused::BirthImpossible),
            (text("13/13/1987"), Refused::BirthImpossible),
            (text("87"), Refused::BirthUnreadable),
            (text("5/2/187"), Refused::BirthUnreadable),
            (text("Phú Thọ"), Refused::BirthUnreadable),
            (text("05/02/1987 và 06/02/1987"), Refused::BirthUnreadable),
            (text("99999999"), Refused::BirthUnreadable),
            (Cell::number(7.5), Refused::BirthUnreadable),
            (Cell::number(1987.5), Refused::BirthUnreadable),
            (Cell::number(-1.0), Refused::BirthUnreadable),
            (Cell::Bool(true), Refused::BirthUnreadable),
            (Cell::Error("#N/A".into()), Refused::BirthUnreadable),
        ] {
            assert_eq!(birth(&cell, TODAY), Err(why), "{cell:?}");
        }
    }

    #[test]
    fn blanks() {
        for cell in [Cell::Empty, text("  "), text("-"), text("không rõ"), text("../../....")] {
            assert_eq!(birth(&cell, TODAY), Ok(None), "{cell:?}");
        }
    }

    #[test]
    fn a_column_for_men_and_one_for_women() {
        let either = |men: &str, women: &str| {
            let found = birth_of_either(&text(men), &text(women), TODAY);
            found.map(|found| found.map(|(birth, sex)| (birth.map(|b| b.value), sex)))
        };
        assert_eq!(either("1987", ""), Ok(Some((Some(Birth::Year(1987)), Sex::Male))));
        assert_eq!(either("", "1987"), Ok(Some((Some(Birth::Year(1987)), Sex::Female))));
        assert_eq!(either("", "x"), Ok(Some((None, Sex::Female))));
        assert_eq!(either("", ""), Ok(None));
        assert_eq!(either("1987", "1988"), Err(Refused::BirthTwice));
        assert_eq!(either("2030", ""), Err(Refused::BirthFuture));
    }

    proptest! {
        #[test]
        fn a_day_reads_the_same_however_it_stands(y in 1910..2026_i16, m in 1..=12_i8, d in 1..=28_i8) {
            let day = date(y, m, d);
            let serial = f64::from((day - date(1899, 12, 30)).get_days());
            let forms = [
                Cell::Date(day),
                text(&format!("{d:02}/{m:02}/{y}")),
                text(&format!("{d}.{m}.{y}")),
                text(&day.to_string()),
                Cell::number(serial),
            ];
            for form in forms {
                // Numbers of four digits are years, not days of 1910 to 1927.
                if form == Cell::number(serial) && serial < 10_000.0 {
                    continue;
                }
                prop_assert_eq!(taken(&form).0, Birth::Day(day));
            }
        }

        #[test]
        fn no_text_breaks_it_and_nothing_impossible_comes_out(text in "\\PC{0,24}|[0-9/. -]{0,12}") {
            if let Ok(Some(taken)) = birth(&Cell::Text(text), TODAY) {
                prop_assert!((1906..=2026).contains(&taken.value.year()));
            }
        }
    }
}
