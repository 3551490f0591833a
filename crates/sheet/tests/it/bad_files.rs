//! Files that cannot be read, each with its own answer.

use rust_xlsxwriter::Formula;
use thao_sheet::headings::{FIGURES, PEOPLE};
use thao_sheet::{Column, Limits, Lookalike, SheetError, read, read_for};

use crate::make::{cfb, parts, rezipped, texts, xlsx, xlsx_of_xml, zipped};

fn refusal(bytes: &[u8]) -> SheetError {
    read(bytes, "tệp.xlsx", &Limits::default()).unwrap_err()
}

fn looks_like(bytes: &[u8]) -> Lookalike {
    match refusal(bytes) {
        SheetError::NotSpreadsheet { looks_like, file } => {
            assert_eq!(file, "tệp.xlsx");
            looks_like
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_not_a_spreadsheet_is_named() {
    let word = zipped(&[("_rels/.rels", b"<a/>"), ("word/document.xml", b"<a/>")]);
    for (bytes, want) in [
        (b"%PDF-1.7 ...".to_vec(), Lookalike::Pdf),
        (vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10], Lookalike::Picture),
        (vec![0xFF, 0xD8, 0xFF, 0xE0], Lookalike::Picture),
        (word, Lookalike::Word),
        (cfb(&[("WordDocument", b"x")]), Lookalike::Word),
        (cfb(&[("Book", b"x")]), Lookalike::OldSpreadsheet),
        (zipped(&[("xl/workbook.bin", b"x")]), Lookalike::OldSpreadsheet),
        (zipped(&[("photo.jpg", b"x")]), Lookalike::Unknown),
        (zipped(&[("_rels/.rels", b"<a/>")]), Lookalike::Unknown),
        (b"<html><body><table><tr><td>STT</td></tr></table>".to_vec(), Lookalike::WebPage),
        (b"<meta charset=utf-8><table border=1>".to_vec(), Lookalike::WebPage),
        (
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(),
            Lookalike::OldSpreadsheet,
        ),
        ((0..200_u8).collect(), Lookalike::Unknown),
    ] {
        assert_eq!(looks_like(&bytes), want, "{:?}", &bytes[..8.min(bytes.len())]);
    }
}

#[test]
fn protected_by_a_password() {
    assert_eq!(
        refusal(&cfb(&[("EncryptionInfo", b"x"), ("EncryptedPackage", b"x")])),
        SheetError::Password
    );
    let manifest =
        b"<m:manifest xmlns:m=\"m\"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>";
    let ods = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"garbage"),
    ]);
    assert_eq!(refusal(&ods), SheetError::Password);
    let mut stream = vec![0x09, 0x08, 8, 0, 0, 6, 5, 0, 0, 0, 0, 0];
    stream.extend([0x2F, 0, 2, 0, 1, 0]);
    assert_eq!(refusal(&cfb(&[("Workbook", &stream)])), SheetError::Password);
}

#[test]
fn damaged() {
    let whole = xlsx(|sheet| texts(sheet, &[&["Họ tên", "Đơn vị"], &["Lê An", "Xã A"]]));
    assert_eq!(refusal(&whole[..whole.len() / 2]), SheetError::Damaged);
    let mut broken = parts(&whole);
    for (name, content) in &mut broken {
        if name.contains("sheet1.xml") {
            *content =
                content.iter().map(|byte| if *byte == b'>' { b'<' } else { *byte }).collect();
        }
    }
    assert_eq!(refusal(&rezipped(&broken)), SheetError::Damaged);
}

#[test]
fn more_rows_than_allowed() {
    let bytes = xlsx(|sheet| {
        texts(sheet, &[&["Họ tên", "Đơn vị"]]);
        for row in 1..=400 {
            sheet.write_string(row, 0, "Lê An").unwrap();
            sheet.write_string(row, 1, "Xã A").unwrap();
        }
    });
    let limits = |rows| Limits { rows, ..Limits::default() };
    let refused = |rows| read(&bytes, "a.xlsx", &limits(rows)).map(|sheet| sheet.rows.len());
    assert_eq!(refused(399), Err(SheetError::TooManyRows { limit: 399 }));
    assert_eq!(refused(10), Err(SheetError::TooManyRows { limit: 10 }), "while reading");
    assert_eq!(refused(400), Ok(400));
}

#[test]
fn a_small_file_that_unpacks_to_a_large_one() {
    let limits = Limits { unpacked: 4 << 20, ..Limits::default() };
    let refused = |bytes: &[u8]| read(bytes, "a.xlsx", &limits).unwrap_err();
    let spaces = format!("<row>{}</row>", " ".repeat(20 << 20));
    let bomb = xlsx_of_xml(&spaces);
    assert!(bomb.len() < 100_000);
    assert_eq!(refused(&bomb), SheetError::TooLarge { limit_mb: 4 });
    // One long text, pointed at from everywhere.
    let long = xlsx(|sheet| {
        texts(sheet, &[&["Họ tên", "Đơn vị"]]);
        let long = "ă".repeat(30_000);
        for row in 1..500 {
            sheet.write_string(row, 0, long.as_str()).unwrap();
        }
    });
    assert!(long.len() < 100_000);
    assert_eq!(refused(&long), SheetError::TooLarge { limit_mb: 4 });
    let many = Limits { cells: 1000, ..Limits::default() };
    let wide = xlsx_of_xml(
        &(1..100)
            .map(|row| format!("<row r=\"{row}\"><c r=\"CA{row}\"><v>1</v></c></row>"))
            .collect::<String>(),
    );
    assert!(matches!(read(&wide, "a.xlsx", &many), Err(SheetError::TooLarge { .. })));
}

#[test]
fn cells_at_the_far_corner_take_no_memory() {
    let bytes = xlsx_of_xml(
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Họ tên</t></is></c><c r="B1" t="inlineStr"><is><t>Đơn vị</t></is></c></row>
           <row r="2"><c r="A2" t="inlineStr"><is><t>Lê An</t></is></c></row>
           <row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
    );
    assert_eq!(read(&bytes, "a.xlsx", &Limits::default()).unwrap().rows.len(), 1);
}

#[test]
fn no_header() {
    let bytes = xlsx(|sheet| texts(sheet, &[&["1", "Lê An"], &["2", "Trần Bê"]]));
    let error = read_for(&bytes, "a.xlsx", &Limits::default(), FIGURES).unwrap_err();
    match &error {
        SheetError::NoHeader { understood } => assert!(understood.contains(&"Mã xã")),
        other => panic!("{other:?}"),
    }
    assert!(error.words(thao_base::Lang::Vi).contains("“Mã xã”, “Tên đơn vị”"));
}

#[test]
fn a_column_that_must_be_there() {
    const WANTED: &[Column] = &[
        thao_sheet::headings::FULL_NAME.required(),
        thao_sheet::headings::UNIT,
        thao_sheet::headings::POSITION,
    ];
    let bytes =
        xlsx(|sheet| texts(sheet, &[&["Người", "Đơn vị", "Chức vụ"], &["Lê An", "Xã A", "X"]]));
    assert_eq!(
        read_for(&bytes, "a.xlsx", &Limits::default(), WANTED).unwrap_err(),
        SheetError::MissingColumns {
            missing: vec!["Họ và tên"], unknown: vec!["Người".into()]
        }
    );
}

#[test]
fn formulas_that_were_never_computed_are_named() {
    let cell = |place: &str, inner: &str| format!("<c r=\"{place}\">{inner}</c>");
    let text = |place: &str, text: &str| {
        format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let mut rows = format!(
        "<row r=\"1\">{}{}{}</row>",
        text("A1", "STT"),
        text("B1", "Họ tên"),
        text("C1", "Đơn vị")
    );
    for row in 2..=15 {
        rows += &format!(
            "<row r=\"{row}\">{}{}{}</row>",
            // The number of a row matters to nobody.
            cell(&format!("A{row}"), "<f>ROW()</f>"),
            cell(&format!("B{row}"), "<f>D1&amp;E1</f><v></v>"),
            text(&format!("C{row}"), "Xã A"),
        );
    }
    match refusal(&xlsx_of_xml(&rows)) {
        SheetError::Uncomputed { cells, more } => {
            assert_eq!((cells[0].as_str(), cells.len(), more), ("B2", 10, 4));
        }
        other => panic!("{other:?}"),
    }
    // A formula whose result is an empty text was computed.
    let fine = xlsx(|sheet| {
        texts(sheet, &[&["Họ tên", "Đơn vị", "Ghi chú"], &["Lê An", "Xã A"]]);
        sheet.write_formula(1, 2, Formula::new("=IF(1,\"\",\"\")").set_result("")).unwrap();
    });
    assert!(read(&fine, "a.xlsx", &Limits::default()).is_ok());
}

#[test]
fn empty() {
    for bytes in [
        Vec::new(),
        b" \r\n \n".to_vec(),
        xlsx(|_| {}),
        xlsx(|sheet| texts(sheet, &[&["Họ tên", "Đơn vị"]])),
        xlsx(|sheet| texts(sheet, &[&["Họ tên", "Đơn vị"], &["", "Tổng cộng: 0 người"]])),
        "Họ tên,Đơn vị\r\n".as_bytes().to_vec(),
    ] {
        assert_eq!(refusal(&bytes), SheetError::Empty, "{}", bytes.len());
    }
    let hint = read_for(b"a", "a.csv", &Limits::default(), PEOPLE).unwrap_err();
    assert!(matches!(hint, SheetError::NoHeader { .. }));
}
