//! Days as spreadsheets count them.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, date};

use crate::Cell;

/// The day of a serial number of the 1900 system (1 is 1 January 1900), for a date whose cell
/// lost its format. `None` outside 1900–9999 and for 60, the 29 February 1900 that never was.
pub fn date_of_serial(serial: f64) -> Option<Date> {
    Some(moment(serial, false)?.date())
}

/// The cell of a serial in a date format; times without a day stay numbers.
pub(crate) fn date_cell(serial: f64, is_1904: bool) -> Cell {
    match moment(serial, is_1904) {
        Some(at) if at == at.date().to_datetime(jiff::civil::Time::midnight()) => {
            Cell::Date(at.date())
        }
        Some(at) => Cell::DateTime(at),
        None => Cell::number(serial),
    }
}

/// A date written out, as strict writers and OpenDocument do.
pub(crate) fn iso_date(text: &str) -> Option<Cell> {
    let text = text.trim_end_matches('Z');
    if let Ok(date) = text.parse::<Date>()
        && !text.contains('T')
    {
        return Some(Cell::Date(date));
    }
    let at = text.parse::<DateTime>().ok()?;
    let midnight = at.time() == jiff::civil::Time::midnight();
    Some(if midnight { Cell::Date(at.date()) } else { Cell::DateTime(at) })
}

fn moment(serial: f64, is_1904: bool) -> Option<DateTime> {
    // To the second: spreadsheets store 19:30 as a fraction that is a little off.
    let seconds = (serial * 86_400.0).round();
    if !(86_400.0..2_958_466.0 * 86_400.0).contains(&seconds) {
        return None;
    }
    let seconds = seconds as i64;
    let (days, seconds) = (seconds / 86_400, seconds % 86_400);
    let day_zero = match (is_1904, days) {
        (true, _) => date(1904, 1, 1),
        (false, 60) => return None,
        (false, ..60) => date(1899, 12, 31),
        // One day less: Excel believes that 1900 was a leap year.
        (false, _) => date(1899, 12, 30),
    };
    let day = day_zero.checked_add(days.days()).ok()?;
    day.to_datetime(jiff::civil::Time::midnight()).checked_add(seconds.seconds()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_excel_counts_them() {
        for (serial, want) in [
            (1.0, Some(date(1900, 1, 1))),
            (59.0, Some(date(1900, 2, 28))),
            (60.0, None),
            (61.0, Some(date(1900, 3, 1))),
            (31_813.0, Some(date(1987, 2, 5))),
            (47_848.0, Some(date(2030, 12, 31))),
            (2_958_465.0, Some(date(9999, 12, 31))),
            (2_958_466.0, None),
            (0.5, None),
            (-3.0, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(date_of_serial(serial), want, "{serial}");
        }
    }

    #[test]
    fn a_time_is_kept_to_the_second() {
        let cell = date_cell(46_082.812_5, false);
        assert_eq!(cell, Cell::DateTime(date(2026, 3, 1).at(19, 30, 0, 0)));
        assert_eq!(date_cell(30_351.0, true), Cell::Date(date(1987, 2, 5)));
        assert_eq!(date_cell(0.25, false), Cell::number(0.25));
        assert_eq!(date_cell(46_081.999_999_9, false), Cell::Date(date(2026, 3, 1)));
    }
}
