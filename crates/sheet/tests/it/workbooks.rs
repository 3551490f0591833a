//! Lists as offices make them in Excel.

use jiff::civil::date;
use rust_xlsxwriter::{ExcelDateTime, Formula, Workbook};
use thao_sheet::headings::{FIGURES, PEOPLE, RESULTS};
use thao_sheet::{Cell, Columns, Limits, Sheet, Why, read, read_for};

use crate::make::{number_format, plain, texts, texts_from, xlsx};

fn people(bytes: &[u8]) -> (Sheet, Columns) {
    read_for(bytes, "danh sách.xlsx", &Limits::default(), PEOPLE).unwrap()
}

/// The texts of a column, by its key.
fn column(sheet: &Sheet, columns: &Columns, key: &str) -> Vec<String> {
    sheet.rows.iter().map(|row| columns.text(row, key)).collect()
}

#[test]
fn a_list_of_staff_with_everything_around_it() {
    let bytes = xlsx(|sheet| {
        sheet.merge_range(0, 0, 0, 6, "ỦY BAN NHÂN DÂN XÃ MINH HÒA", &plain()).unwrap();
        sheet.merge_range(1, 0, 1, 6, "DANH SÁCH CÁN BỘ, CÔNG CHỨC", &plain()).unwrap();
        sheet.write_string(2, 0, "(Kèm theo Công văn số 12/UBND ngày 01/3/2026)").unwrap();
        let header =
            ["STT", "HỌ VÀ TÊN", "Ngày, tháng, năm sinh", "Số CCCD", "", "Chức vụ", "Đơn vị"];
        texts_from(sheet, 4, &[&header, &["(1)", "(2)", "(3)", "(4)", "", "(5)", "(6)"]]);
        texts_from(sheet, 6, &[&["I", "Văn phòng HĐND và UBND"]]);
        for (row, name) in [(7, "Nguyễn Thị Hoà"), (8, "Trần Văn Bình")] {
            sheet.write_number(row, 0, f64::from(row - 6)).unwrap();
            sheet.write_string(row, 1, name).unwrap();
            let birth = ExcelDateTime::from_ymd(1987, 2, 5).unwrap();
            sheet.write_datetime_with_format(row, 2, &birth, &number_format("dd/mm/yyyy")).unwrap();
            sheet
                .write_number_with_format(row, 3, 25_087_000_001.0, &number_format("000000000000"))
                .unwrap();
            sheet.write_string(row, 5, "Công chức").unwrap();
        }
        // One unit, written once and merged down.
        sheet.merge_range(7, 6, 8, 6, "Xã Minh Hòa", &plain()).unwrap();
        texts_from(sheet, 9, &[&["II", "Phòng Kinh tế"], &["3", "Lê Thị Cúc", "1990"]]);
        texts_from(sheet, 11, &[&["STT", "HỌ VÀ TÊN", "Ngày, tháng, năm sinh", "Số CCCD"]]);
        texts_from(sheet, 12, &[&["4", "Tống Công Minh", "05/02/1991"]]);
        texts_from(sheet, 13, &[&["", "Tổng cộng: 04 người"]]);
        texts_from(
            sheet,
            15,
            &[
                &["", "", "", "", "", "Minh Hòa, ngày 02 tháng 3 năm 2026"],
                &["", "NGƯỜI LẬP BIỂU", "", "", "", "TM. ỦY BAN NHÂN DÂN"],
                &["", "(Ký, ghi rõ họ tên)", "", "", "", "CHỦ TỊCH"],
                &[],
                &["", "Phạm Văn Dũng", "", "", "", "Hoàng Thị Én"],
            ],
        );
    });
    let (sheet, columns) = people(&bytes);
    assert_eq!(
        column(&sheet, &columns, "full_name"),
        ["Nguyễn Thị Hoà", "Trần Văn Bình", "Lê Thị Cúc", "Tống Công Minh"]
    );
    assert_eq!(
        sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>(),
        [8, 9, 11, 13],
        "rows as Excel counts them"
    );
    assert_eq!(sheet.header_rows, (5, 5));
    assert_eq!(sheet.titles.len(), 3);
    let first = &sheet.rows[0];
    assert_eq!(columns.cell(first, "birth"), &Cell::Date(date(1987, 2, 5)));
    assert_eq!(columns.cell(first, "citizen_id").text(), "025087000001");
    assert_eq!(column(&sheet, &columns, "unit"), ["Xã Minh Hòa", "Xã Minh Hòa", "", ""]);
    let sections: Vec<_> = sheet.rows.iter().map(|row| row.section.as_deref()).collect();
    let (office, economy) = (Some("Văn phòng HĐND và UBND"), Some("Phòng Kinh tế"));
    assert_eq!(sections, [office, office, economy, economy]);
    let left_out: Vec<(u32, Why)> = sheet.left_out.iter().map(|out| (out.row, out.why)).collect();
    assert_eq!(
        left_out,
        [
            (6, Why::ColumnNumbers),
            (7, Why::Section),
            (10, Why::Section),
            (12, Why::RepeatedHeader),
            (14, Why::Total),
            (16, Why::Signature),
            (17, Why::Signature),
            (18, Why::Signature),
            (20, Why::Signature),
        ]
    );
}

#[test]
fn two_rows_of_header_with_births_of_men_and_women() {
    let bytes = xlsx(|sheet| {
        for (column, name) in
            [(0, "TT"), (1, "Họ và tên"), (4, "Chức danh"), (5, "Đơn vị công tác")]
        {
            sheet.merge_range(1, column, 2, column, name, &plain()).unwrap();
        }
        sheet.merge_range(1, 2, 1, 3, "Năm sinh", &plain()).unwrap();
        texts_from(sheet, 2, &[&["", "", "Nam", "Nữ"]]);
        texts_from(
            sheet,
            3,
            &[
                &["1", "Nguyễn Văn An", "1980", "", "Chủ tịch", "Xã Minh Hòa"],
                &["2", "Lê Thị Bích", "", "1985", "Công chức", "Xã Minh Hòa"],
            ],
        );
    });
    let (sheet, columns) = people(&bytes);
    assert_eq!(sheet.header_rows, (2, 3));
    assert_eq!(column(&sheet, &columns, "birth_male"), ["1980", ""]);
    assert_eq!(column(&sheet, &columns, "birth_female"), ["", "1985"]);
    assert_eq!(column(&sheet, &columns, "position"), ["Chủ tịch", "Công chức"]);
}

#[test]
fn a_name_over_two_columns() {
    let bytes = xlsx(|sheet| {
        sheet.write_string(0, 0, "STT").unwrap();
        sheet.merge_range(0, 1, 0, 2, "Họ và tên", &plain()).unwrap();
        texts(sheet, &[&["", "", "", "Đơn vị"]]);
        texts_from(sheet, 1, &[&["1", "Nguyễn Thị", "Hoa", "A"], &["2", "Lê", "Bình", "A"]]);
    });
    let (sheet, columns) = people(&bytes);
    assert_eq!(column(&sheet, &columns, "full_name"), ["Nguyễn Thị Hoa", "Lê Bình"]);
    assert_eq!(column(&sheet, &columns, "unit"), ["A", "A"]);
}

#[test]
fn of_several_worksheets_the_one_with_the_best_header() {
    let mut workbook = Workbook::new();
    texts(workbook.add_worksheet().set_name("Hướng dẫn").unwrap(), &[&["Cách điền"], &["Điền đủ"]]);
    texts(
        workbook.add_worksheet().set_name("Danh mục").unwrap(),
        &[&["Đơn vị", "Chức vụ"], &["Xã A", "Chủ tịch"]],
    );
    texts(
        workbook.add_worksheet().set_name("Nhân sự").unwrap(),
        &[&["Họ tên", "Năm sinh", "Đơn vị"], &["Lê An", "1990", "Xã A"]],
    );
    texts(
        workbook.add_worksheet().set_name("Cũ").unwrap().set_hidden(true),
        &[&["Họ tên", "Ngày sinh", "Đơn vị", "Email"], &["Lê Cũ", "1990", "Xã A", "a@b.vn"]],
    );
    let (sheet, columns) = people(&workbook.save_to_buffer().unwrap());
    assert_eq!(sheet.name, "Nhân sự");
    assert_eq!(sheet.others, ["Danh mục"]);
    assert_eq!(column(&sheet, &columns, "full_name"), ["Lê An"]);
}

#[test]
fn formulas_give_their_stored_results() {
    let bytes = xlsx(|sheet| {
        texts(sheet, &[&["Họ tên", "Điểm", "Kết quả"], &["Lê An"]]);
        sheet.write_formula(1, 1, Formula::new("=4+4.5").set_result("8.5")).unwrap();
        sheet
            .write_formula(1, 2, Formula::new("=IF(B2>5,\"Đạt\",\"\")").set_result("Đạt"))
            .unwrap();
    });
    let (sheet, columns) = read_for(&bytes, "a.xlsx", &Limits::default(), RESULTS).unwrap();
    let row = &sheet.rows[0];
    assert_eq!(columns.cell(row, "score"), &Cell::Formula(Box::new(Cell::number(8.5))));
    assert_eq!(columns.text(row, "result"), "Đạt");
}

#[test]
fn columns_in_any_order_and_decomposed_words() {
    let bytes = xlsx(|sheet| {
        texts(
            sheet,
            &[
                &[
                    "Email",
                    "",
                    "So\u{302}\u{301} CCCD",
                    "Ho\u{323} va\u{300} te\u{302}n",
                    "Màu mắt",
                ],
                &[
                    "an@minhhoa.vn",
                    "",
                    "025087000001",
                    "Nguye\u{302}\u{303}n Thi\u{323} Hoa\u{300}",
                ],
            ],
        );
    });
    let (sheet, columns) = people(&bytes);
    assert_eq!(column(&sheet, &columns, "full_name"), ["Nguyễn Thị Hoà"]);
    assert_eq!(columns.unknown(), ["Màu mắt"]);
    assert_eq!(columns.get("citizen_id").map(|found| found.column), Some(2));
    assert!(!columns.has("phone"));
}

#[test]
fn a_poor_table_of_names_only_is_still_data() {
    let bytes = xlsx(|sheet| {
        texts(sheet, &[&["STT", "Họ tên", "Đơn vị"], &["", "Lê An"], &["", "Trần Bê"]]);
    });
    let (sheet, columns) = people(&bytes);
    assert_eq!(column(&sheet, &columns, "full_name"), ["Lê An", "Trần Bê"]);
    assert!(sheet.left_out.is_empty());
}

#[test]
fn official_figures() {
    let bytes = xlsx(|sheet| {
        texts(
            sheet,
            &[
                &["DÂN SỐ NĂM 2025"],
                &["Mã xã", "Tên đơn vị", "Dân số trong độ tuổi lao động (người)"],
                &["07900", "Xã Minh Hòa"],
                &["07903", "Phường Minh Phú"],
                &["", "Tổng số"],
            ],
        );
        for (row, number) in [(2, 8_123.0), (3, 15_001.0), (4, 23_124.0)] {
            sheet.write_number(row, 2, number).unwrap();
        }
    });
    let (sheet, columns) = read_for(&bytes, "a.xlsx", &Limits::default(), FIGURES).unwrap();
    assert_eq!(column(&sheet, &columns, "unit_code"), ["07900", "07903"]);
    assert_eq!(columns.cell(&sheet.rows[1], "working_age"), &Cell::number(15_001.0));
    assert_eq!(sheet.left_out.len(), 1);
}

#[test]
fn any_known_table_is_read_without_saying_which() {
    let bytes = xlsx(|sheet| texts(sheet, &[&["Mã xã", "Số người"], &["07900", "12"]]));
    let sheet = read(&bytes, "a.xlsx", &Limits::default()).unwrap();
    assert_eq!(sheet.rows.len(), 1);
}
