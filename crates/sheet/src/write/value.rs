//! One value of a written table.

use jiff::civil::{Date, DateTime};
use rust_xlsxwriter::{ExcelDateTime, Worksheet, XlsxError};

use super::cut;
use super::style::Styles;

/// What a column holds; it decides the format of numbers in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Digits that are no number: codes, phones, identity numbers. Give them as [`Value::Text`].
    Code,
    Date,
    DateTime,
    Whole,
    /// With this many decimals.
    Decimal(u8),
    /// A share of one, shown in per cent with one decimal.
    Percent,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Empty,
    Text(String),
    Date(Date),
    /// Local time, without a zone, as spreadsheets have it.
    DateTime(DateTime),
    Whole(i64),
    /// Also a share for [`Kind::Percent`].
    Decimal(f64),
}

/// Whole numbers that a float holds exactly.
const EXACT: u64 = 1 << 53;

impl Value {
    pub(super) fn write(
        &self,
        worksheet: &mut Worksheet,
        row: u32,
        column: u16,
        kind: Kind,
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        match self {
            Value::Empty => {
                worksheet.write_blank(row, column, &styles.text)?;
            }
            Value::Text(text) => write_text(worksheet, row, column, text, styles)?,
            Value::Date(date) => match excel_date(*date) {
                Some(day) => {
                    worksheet.write_datetime_with_format(row, column, &day, &styles.date)?;
                }
                None => write_text(worksheet, row, column, &date.to_string(), styles)?,
            },
            Value::DateTime(at) => match excel_date_time(*at) {
                Some(moment) => {
                    worksheet.write_datetime_with_format(
                        row,
                        column,
                        &moment,
                        &styles.date_time,
                    )?;
                }
                None => write_text(worksheet, row, column, &at.to_string(), styles)?,
            },
            Value::Whole(number) if number.unsigned_abs() > EXACT => {
                write_text(worksheet, row, column, &number.to_string(), styles)?;
            }
            Value::Whole(number) => {
                write_number(worksheet, row, column, *number as f64, kind, styles)?;
            }
            Value::Decimal(number) if number.is_finite() => {
                write_number(worksheet, row, column, *number, kind, styles)?;
            }
            Value::Decimal(_) => {
                worksheet.write_blank(row, column, &styles.text)?;
            }
        }
        Ok(())
    }

    /// How many characters it takes.
    pub(super) fn width(&self) -> usize {
        match self {
            Value::Empty => 0,
            Value::Text(text) => text.lines().map(|line| line.chars().count()).max().unwrap_or(0),
            Value::Date(_) => 10,
            Value::DateTime(_) => 16,
            Value::Whole(number) => number.to_string().len() * 4 / 3,
            Value::Decimal(_) => 8,
        }
    }
}

fn write_text(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let style = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        &styles.guarded
    } else {
        &styles.text
    };
    worksheet.write_string_with_format(row, column, cut(text), style)?;
    Ok(())
}

fn write_number(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    number: f64,
    kind: Kind,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let style = match kind {
        Kind::Percent => styles.percent.clone(),
        Kind::Decimal(places) => styles.decimal(places),
        _ => styles.whole.clone(),
    };
    worksheet.write_number_with_format(row, column, number, &style)?;
    Ok(())
}

/// `None` before 1900, where spreadsheets have no days.
fn excel_date(date: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs()).ok()
}

fn excel_date_time(at: DateTime) -> Option<ExcelDateTime> {
    let day = excel_date(at.date())?;
    day.and_hms(
        u16::from(at.hour().unsigned_abs()),
        at.minute().unsigned_abs(),
        f64::from(at.second()),
    )
    .ok()
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Value {
        Value::Date(date)
    }
}

impl From<DateTime> for Value {
    fn from(at: DateTime) -> Value {
        Value::DateTime(at)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Whole(number)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Empty, Into::into)
    }
}
