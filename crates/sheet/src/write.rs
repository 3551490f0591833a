//! Writing tables as .xlsx that Excel opens cleanly: dates as dates, codes as text, no formulas.

mod style;
mod value;

pub use value::{Kind, Value};

use std::collections::HashSet;

use jiff::Timestamp;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use thao_base::error::{Error, Kind as ErrorKind};

use style::Styles;

/// One worksheet to write.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The name of the worksheet; what Excel forbids in it is left out, and it is cut to 31
    /// characters.
    pub name: String,
    /// The line above the table; none when empty.
    pub title: String,
    /// Lines under the title: source, time, filters.
    pub notes: Vec<String>,
    pub columns: Vec<TableColumn>,
    /// One value for each column, in order.
    pub rows: Vec<Vec<Value>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    pub heading: String,
    pub kind: Kind,
}

impl TableColumn {
    pub fn new(heading: impl Into<String>, kind: Kind) -> TableColumn {
        TableColumn { heading: heading.into(), kind }
    }
}

/// The rows Excel has, less what stands above a table.
const MOST_ROWS: usize = 1_048_000;

/// Writes a workbook with one worksheet per table. The same tables and time give the same bytes.
///
/// # Errors
/// [`ErrorKind::TooLarge`] when a table has more rows than a worksheet; else a defect.
pub fn write(tables: &[Table], made_at: Timestamp) -> Result<Vec<u8>, Error> {
    if tables.iter().any(|table| table.rows.len() > MOST_ROWS) {
        let error = Error::new(ErrorKind::TooLarge, "sheet.error.too_many_rows");
        return Err(error.with("limit", MOST_ROWS));
    }
    workbook(tables, made_at).map_err(Error::internal)
}

fn workbook(tables: &[Table], made_at: Timestamp) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_timestamp(made_at.as_second())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let styles = Styles::new();
    let mut names = HashSet::new();
    for table in tables {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(worksheet_name(&table.name, &mut names))?;
        write_table(worksheet, table, &styles)?;
    }
    if tables.is_empty() {
        // A workbook without a worksheet does not open.
        workbook.add_worksheet();
    }
    workbook.save_to_buffer()
}

fn write_table(worksheet: &mut Worksheet, table: &Table, styles: &Styles) -> Result<(), XlsxError> {
    let mut row = 0;
    if !table.title.is_empty() {
        worksheet.write_string_with_format(row, 0, cut(&table.title), &styles.title)?;
        row += 1;
    }
    for note in &table.notes {
        worksheet.write_string_with_format(row, 0, cut(note), &styles.note)?;
        row += 1;
    }
    if row > 0 {
        row += 1;
    }
    let header = row;
    for (column, TableColumn { heading, .. }) in (0..).zip(&table.columns) {
        worksheet.write_string_with_format(header, column, cut(heading), &styles.header)?;
    }
    for values in &table.rows {
        row += 1;
        for ((column, spec), value) in (0..).zip(&table.columns).zip(values) {
            value.write(worksheet, row, column, spec.kind, styles)?;
        }
    }
    set_widths(worksheet, table)?;
    let last_column = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    if !table.columns.is_empty() {
        worksheet.autofilter(header, 0, row, last_column)?;
    }
    worksheet.set_freeze_panes(header + 1, 0)?;
    // Printed: A4, as wide as the page, the header on each.
    worksheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    worksheet.set_repeat_rows(header, header)?;
    if table.columns.len() > 6 {
        worksheet.set_landscape();
    }
    Ok(())
}

/// As wide as the longest of the first rows, between six and sixty characters.
fn set_widths(worksheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    for (at, (column, spec)) in (0..).zip(&table.columns).enumerate() {
        let values = table.rows.iter().take(200).filter_map(|row| row.get(at));
        let widest = values.map(Value::width).max().unwrap_or(0);
        // Headings wrap: half of a long one is enough.
        let heading = spec.heading.chars().count();
        let width = widest.max(heading.div_ceil(2)).max(heading.min(12)).clamp(5, 58) + 2;
        worksheet.set_column_width(column, f64::from(u32::try_from(width).unwrap_or(60)))?;
    }
    Ok(())
}

/// What Excel takes in one cell, in UTF-16 units.
const MOST_TEXT: usize = 32_767;

/// The text, cut with an ellipsis where Excel would refuse it.
fn cut(text: &str) -> String {
    if text.encode_utf16().count() <= MOST_TEXT {
        return text.to_owned();
    }
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units < MOST_TEXT
    });
    kept.chain(['…']).collect()
}

/// A name Excel takes and no other worksheet has.
fn worksheet_name(name: &str, taken: &mut HashSet<String>) -> String {
    let allowed = |c: &char| !c.is_control() && !r"[]:*?/\".contains(*c);
    let bare: String = name.chars().filter(allowed).collect();
    let bare = bare.trim_matches(['\'', ' ']);
    let bare = if bare.is_empty() { "Sheet" } else { bare };
    let mut number = 1;
    loop {
        let suffix = if number == 1 { String::new() } else { format!(" ({number})") };
        let mut units = suffix.len();
        let kept = bare.chars().take_while(|c| {
            units += c.len_utf16();
            units <= 31
        });
        let kept: String = kept.collect();
        let name = format!("{}{suffix}", kept.trim_end_matches(['\'', ' ']));
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cell;
    use crate::read::first_grid;
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    fn made_at() -> Timestamp {
        "2026-03-01T02:00:00Z".parse().unwrap()
    }

    #[test]
    fn names_of_worksheets() {
        let mut taken = HashSet::new();
        for (name, made) in [
            ("Xã Minh Hòa", "Xã Minh Hòa"),
            ("XÃ MINH HÒA", "XÃ MINH HÒA (2)"),
            ("[a]:*?/\\", "a"),
            ("'", "Sheet"),
            ("", "Sheet (2)"),
            (&"dài ".repeat(20), "dài dài dài dài dài dài dài dài"),
            (&"dài ".repeat(20), "dài dài dài dài dài dài dài (2)"),
        ] {
            assert_eq!(worksheet_name(name, &mut taken), made);
        }
    }

    #[test]
    fn titles_and_notes_stand_above_and_the_bytes_are_the_same_again() {
        let table = Table {
            name: "Bảng".into(),
            title: "Tỷ lệ hoàn thành".into(),
            notes: vec!["Nguồn: Thạo".into()],
            columns: vec![
                TableColumn::new("Mã", Kind::Code),
                TableColumn::new("Ngày", Kind::Date),
                TableColumn::new("Tỷ lệ", Kind::Percent),
            ],
            rows: vec![vec!["00123".into(), date(2030, 12, 31).into(), Value::Decimal(0.625)]],
        };
        let bytes = write(std::slice::from_ref(&table), made_at()).unwrap();
        let grid = first_grid(&bytes);
        let texts: Vec<(u32, Vec<String>)> = grid
            .rows
            .iter()
            .map(|(row, cells)| (*row, cells.iter().map(Cell::text).collect()))
            .collect();
        assert_eq!(
            texts,
            [
                (0, vec!["Tỷ lệ hoàn thành".to_owned()]),
                (1, vec!["Nguồn: Thạo".to_owned()]),
                (3, vec!["Mã".to_owned(), "Ngày".to_owned(), "Tỷ lệ".to_owned()]),
                (4, vec!["00123".to_owned(), "31/12/2030".to_owned(), "62.5%".to_owned()]),
            ]
        );
        assert_eq!(bytes, write(&[table], made_at()).unwrap());
        assert!(write(&[], made_at()).is_ok());
    }

    #[test]
    fn text_that_looks_like_a_formula_stays_text() {
        let formulas = ["=1+1", "+84912345678", "-1", "@SUM(A1)", "=HYPERLINK(\"x\")", "\t=1"];
        let table = Table {
            columns: vec![TableColumn::new("x", Kind::Text)],
            rows: formulas.iter().map(|text| vec![(*text).into()]).collect(),
            ..Table::default()
        };
        let grid = first_grid(&write(&[table], made_at()).unwrap());
        let cells: Vec<Cell> = grid.rows.values().skip(1).map(|cells| cells[0].clone()).collect();
        assert_eq!(cells, formulas.map(|text| Cell::Text(text.to_owned())));
    }

    #[test]
    fn too_much_text_is_cut_and_too_many_rows_are_refused() {
        assert_eq!(cut(&"ă".repeat(40_000)).chars().count(), MOST_TEXT);
        let table = Table { rows: vec![vec![]; MOST_ROWS + 1], ..Table::default() };
        let error = write(&[table], made_at()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
    }

    fn any_date() -> impl Strategy<Value = Date> {
        (1900..=9999_i16, 1..=12_i8, 1..=28_i8).prop_map(|(y, m, d)| date(y, m, d))
    }

    fn any_value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Empty),
            "\\PC{0,40}|[=+@_x0-9A-F\r\n\t\u{0}-\u{20}-]{0,12}".prop_map(Value::Text),
            any_date().prop_map(Value::Date),
            (any_date(), 0..24_i8, 0..60_i8)
                .prop_map(|(day, h, m)| Value::DateTime(day.at(h, m, 0, 0))),
            any::<i64>().prop_map(Value::Whole),
            (-1e9..1e9_f64).prop_map(Value::Decimal),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_is_written_reads_back_the_same(
            rows in prop::collection::vec(prop::collection::vec(any_value(), 4), 0..12)
        ) {
            let kinds = [Kind::Text, Kind::Whole, Kind::Date, Kind::Decimal(2)];
            let columns: Vec<TableColumn> =
                kinds.iter().map(|kind| TableColumn::new("cột", *kind)).collect();
            let table = Table { columns, rows: rows.clone(), ..Table::default() };
            let grid = first_grid(&write(&[table], made_at()).unwrap());
            for (number, values) in (1..).zip(&rows) {
                let read = grid.rows.get(&number).cloned().unwrap_or_default();
                for (column, value) in values.iter().enumerate() {
                    let cell = read.get(column).cloned().unwrap_or_default();
                    prop_assert!(reads_back(value, &cell), "{:?} came back as {:?}", value, cell);
                }
            }
        }
    }

    fn reads_back(value: &Value, cell: &Cell) -> bool {
        match (value, cell) {
            (Value::Empty, Cell::Empty) => true,
            (Value::Text(text), Cell::Empty) => text.trim().is_empty(),
            (Value::Text(text), Cell::Text(read)) => text == read,
            (Value::Date(day), Cell::Date(read)) => day == read,
            (Value::DateTime(at), Cell::DateTime(read)) => at == read,
            (Value::DateTime(at), Cell::Date(read)) => *at == read.at(0, 0, 0, 0),
            (Value::Whole(number), Cell::Number { value, .. }) => *number as f64 == *value,
            // Beyond 2^53 a number would lose digits.
            (Value::Whole(number), Cell::Text(text)) => number.to_string() == *text,
            (Value::Decimal(number), Cell::Number { value, .. }) => number == value,
            _ => false,
        }
    }
}
