//! .xls and .ods, and a comparison with another reader.

use std::io::Cursor;

use calamine::{Data, Reader, Xls as OtherXls, Xlsx as OtherXlsx};
use jiff::civil::date;
use rust_xlsxwriter::ExcelDateTime;
use thao_sheet::headings::PEOPLE;
use thao_sheet::{Cell, Format, Limits, read_for};

use crate::make::{Old, biff, cfb, number_format, ods, texts, xlsx};

fn old_rows() -> Vec<Vec<Old<'static>>> {
    vec![
        vec![Old::Text("DANH SÁCH")],
        vec![
            Old::Text("STT"),
            Old::Text("Họ và tên"),
            Old::Text("Ngày sinh"),
            Old::Text("CCCD"),
            Old::Text("Đơn vị"),
            Old::Text("Ghi chú"),
        ],
        vec![
            Old::Packed(1),
            Old::Text("Nguyễn Thị Hoà"),
            Old::Day(31_813.0),
            Old::Number(25_087_000_001.0),
            Old::Label("Xã Minh Hòa"),
            Old::Bool(true),
        ],
        vec![
            Old::Formula(2.0),
            Old::FormulaText("Lê Văn An"),
            Old::Text("1990"),
            Old::Text("025087000002"),
        ],
    ]
}

#[test]
fn an_excel_97_workbook() {
    for cut in [8000, 40] {
        let bytes = cfb(&[("Workbook", &biff(&old_rows(), &[[2, 3, 4, 4]], cut))]);
        let (sheet, columns) = read_for(&bytes, "a.xls", &Limits::default(), PEOPLE).unwrap();
        assert_eq!((sheet.name.as_str(), &sheet.format), ("S1", &Format::Xls));
        let [first, second] = &sheet.rows[..] else { panic!("{:?}", sheet.rows) };
        assert_eq!(columns.text(first, "full_name"), "Nguyễn Thị Hoà");
        assert_eq!(columns.cell(first, "birth"), &Cell::Date(date(1987, 2, 5)));
        assert_eq!(columns.cell(first, "citizen_id").text(), "25087000001");
        assert_eq!(columns.cell(first, "note"), &Cell::Bool(true));
        assert_eq!(columns.text(second, "full_name"), "Lê Văn An");
        assert_eq!(columns.text(second, "ordinal"), "2");
        assert_eq!(columns.text(second, "unit"), "Xã Minh Hòa", "merged down");
    }
}

#[test]
fn an_opendocument_spreadsheet() {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let empty_rows = "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>";
    let to_the_end = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>";
    let header = row(&["Họ và tên", "Ngày sinh", "CCCD", "Điện thoại"].map(cell));
    let data = row(&[
        "<table:table-cell office:value-type=\"string\"><text:p>Nguyễn<text:s/><text:span>Thị</text:span> Hoà</text:p><office:annotation><text:p>ghi chú</text:p></office:annotation></table:table-cell>".to_owned(),
        "<table:table-cell office:value-type=\"date\" office:date-value=\"1987-02-05\"><text:p>05/02/87</text:p></table:table-cell>".to_owned(),
        "<table:table-cell office:value-type=\"float\" office:value=\"25087000001\"><text:p>025087000001</text:p></table:table-cell>".to_owned(),
        "<table:table-cell table:formula=\"of:=1+1\" office:value-type=\"float\" office:value=\"912345678\"><text:p>912345678</text:p></table:table-cell>".to_owned(),
    ]);
    let bytes = ods(&format!(
        "<table:table table:name=\"Trống\"/><table:table table:name=\"Nhân sự\">{empty_rows}{header}{data}{to_the_end}</table:table>"
    ));
    let (sheet, columns) = read_for(&bytes, "a.ods", &Limits::default(), PEOPLE).unwrap();
    assert_eq!((sheet.name.as_str(), &sheet.format), ("Nhân sự", &Format::Ods));
    assert_eq!(sheet.header_rows, (4, 4));
    let [person] = &sheet.rows[..] else { panic!("{:?}", sheet.rows) };
    assert_eq!(columns.text(person, "full_name"), "Nguyễn Thị Hoà");
    assert_eq!(columns.cell(person, "birth"), &Cell::Date(date(1987, 2, 5)));
    assert_eq!(columns.text(person, "citizen_id"), "025087000001");
    assert_eq!(
        columns.cell(person, "phone"),
        &Cell::Formula(Box::new(Cell::number(912_345_678.0)))
    );
}

/// What another reader makes of a cell, in the words of ours.
fn agrees(ours: &Cell, other: Option<&Data>) -> bool {
    match (ours.value(), other.unwrap_or(&Data::Empty)) {
        (Cell::Empty, Data::Empty) => true,
        (Cell::Text(text), Data::String(other)) => text == other,
        (Cell::Number { value, .. }, Data::Float(other)) => value == other,
        (Cell::Number { value, .. }, Data::Int(other)) => *value == *other as f64,
        (Cell::Bool(value), Data::Bool(other)) => value == other,
        (Cell::Date(day), Data::DateTime(other)) => {
            let (year, month, date, ..) = other.to_ymd_hms_milli();
            (day.year(), day.month(), day.day()) == (year as i16, month as i8, date as i8)
        }
        _ => false,
    }
}

#[test]
fn another_reader_sees_the_same_cells() {
    let new = xlsx(|sheet| {
        texts(
            sheet,
            &[&["Họ tên", "Ngày sinh", "CCCD", "Ghi chú"], &[" Lê  An & <b> ", "", "", "_x000D_"]],
        );
        let day = ExcelDateTime::from_ymd(1999, 12, 31).unwrap();
        sheet.write_datetime_with_format(1, 1, &day, &number_format("d/m/yy")).unwrap();
        sheet
            .write_number_with_format(1, 2, 123_456_789_012.0, &number_format("0.00E+00"))
            .unwrap();
        texts(sheet, &[&[], &[], &["Trần\nBê", "\u{a0}x"]]);
    });
    let mut other: OtherXlsx<_> = OtherXlsx::new(Cursor::new(&new)).unwrap();
    let other = other.worksheet_range_at(0).unwrap().unwrap();
    let (sheet, _) = read_for(&new, "a.xlsx", &Limits::default(), PEOPLE).unwrap();
    assert_eq!(sheet.rows.len(), 2);
    let old = cfb(&[("Workbook", &biff(&old_rows(), &[], 100))]);
    let mut other_old: OtherXls<_> = OtherXls::new(Cursor::new(&old)).unwrap();
    let other_old = other_old.worksheet_range_at(0).unwrap().unwrap();
    let (old_sheet, _) = read_for(&old, "a.xls", &Limits::default(), PEOPLE).unwrap();
    for (sheet, other) in [(sheet, other), (old_sheet, other_old)] {
        for row in &sheet.rows {
            for (column, cell) in (0..).zip(&row.cells) {
                let same = other.get_value((row.number - 1, column));
                assert!(
                    agrees(cell, same),
                    "row {} column {column}: {cell:?} {same:?}",
                    row.number
                );
            }
        }
    }
}
