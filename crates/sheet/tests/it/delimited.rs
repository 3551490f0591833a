//! Lists saved as text.

use thao_base::text::nfc;
use thao_sheet::headings::PEOPLE;
use thao_sheet::{Cell, Columns, Format, Limits, Sheet, read_for};

fn people(bytes: &[u8]) -> (Sheet, Columns) {
    read_for(bytes, "danh sách.csv", &Limits::default(), PEOPLE).unwrap()
}

const LIST: &str = "DANH SÁCH CÁN BỘ\r\n\r\nSTT;Họ, chữ đệm;Tên;Ngày, tháng, năm sinh;CCCD\r\n\
    1;Nguyễn Thị;Hòa;05/02/1987;025087000001\r\n2;\"Lê; \"\"Văn\"\"\";An;1990;=\"025087000002\"\r\n";

#[test]
fn delimiters_are_found_by_the_header() {
    for (delimiter, name) in [(';', ";"), ('\t', "tab"), ('|', "|")] {
        let text = LIST.replace(';', &delimiter.to_string());
        let (sheet, columns) = people(text.as_bytes());
        assert_eq!(sheet.format, Format::Csv { delimiter, encoding: "UTF-8" }, "{name}");
        assert_eq!(sheet.name, "danh sách");
        assert_eq!(sheet.others, [""; 0]);
        let rows: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
        assert_eq!(rows, [4, 5]);
        assert_eq!(columns.text(&sheet.rows[0], "given_name"), "Hòa");
        assert_eq!(columns.cell(&sheet.rows[1], "citizen_id"), &Cell::Text("025087000002".into()));
    }
    let (sheet, columns) = people("Họ tên,Đơn vị\n\"Lê, An\",Xã A\n".as_bytes());
    assert_eq!(columns.text(&sheet.rows[0], "full_name"), "Lê, An");
}

#[test]
fn the_delimiter_excel_declares() {
    let (sheet, columns) = people("sep=;\r\nHọ tên;Đơn vị\r\nLê An;Xã A\r\n".as_bytes());
    assert_eq!((sheet.rows[0].number, columns.text(&sheet.rows[0], "unit").as_str()), (3, "Xã A"));
}

#[test]
fn encodings() {
    let utf16: Vec<u8> = LIST.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // Windows-1258 has no letter for every vowel with its tone: tones stand behind.
    let apart: String = LIST
        .chars()
        .flat_map(|c| match c {
            'ọ' => vec!['o', '\u{323}'],
            'ữ' => vec!['ư', '\u{303}'],
            'ễ' => vec!['ê', '\u{303}'],
            'ị' => vec!['i', '\u{323}'],
            'ò' => vec!['o', '\u{300}'],
            'Ộ' => vec!['Ô', '\u{323}'],
            'ệ' => vec!['ê', '\u{323}'],
            other => vec![other],
        })
        .collect();
    let (old, _, lost) = encoding_rs::WINDOWS_1258.encode(&apart);
    assert!(!lost);
    for (bytes, encoding) in [
        (LIST.as_bytes().to_vec(), "UTF-8"),
        ([&[0xEF, 0xBB, 0xBF], LIST.as_bytes()].concat(), "UTF-8"),
        ([&[0xFF, 0xFE], &utf16[..]].concat(), "UTF-16LE"),
        (utf16, "UTF-16LE"),
        (old.into_owned(), "windows-1258"),
    ] {
        let (sheet, columns) = people(&bytes);
        assert_eq!(sheet.format, Format::Csv { delimiter: ';', encoding });
        assert_eq!(nfc(&columns.text(&sheet.rows[0], "family_name")), "Nguyễn Thị");
        assert_eq!(columns.text(&sheet.rows[0], "given_name"), "Hòa");
    }
}
