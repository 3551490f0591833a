//! Rolls as offices send them, made with another program's writer.

use jiff::civil::date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use thao_sheet::{Limits, read_for};

use super::*;
use crate::roll::Entry;

const TODAY: Date = date(2026, 11, 21);
const MINH_HOA: u32 = 1;
const MINH_PHU: u32 = 2;
const HOA_LAC: u32 = 3;
const DONG: u32 = 4;
const DONG_PHU: u32 = 5;
const OFFICE: u32 = 6;

fn units() -> UnitMatcher<u32> {
    let unit = |key, name: &str, parent| Entry {
        key,
        name: name.to_owned(),
        code: Some(format!("0790{key}")),
        aliases: Vec::new(),
        parent,
        merged_into: None,
        split_into: Vec::new(),
    };
    UnitMatcher::new([
        unit(MINH_HOA, "Xã Minh Hòa", None),
        unit(MINH_PHU, "Phường Minh Phú", None),
        Entry { merged_into: Some(MINH_HOA), ..unit(HOA_LAC, "Xã Hòa Lạc", None) },
        unit(DONG, "Thôn Đông", Some(MINH_HOA)),
        unit(DONG_PHU, "Thôn Đông", Some(MINH_PHU)),
        unit(OFFICE, "Văn phòng HĐND và UBND", Some(MINH_HOA)),
    ])
}

fn read_roll(file: &str, bytes: &[u8]) -> Vec<Outcome<u32>> {
    let (sheet, columns) = read_for(bytes, file, &Limits::default(), headings::PEOPLE).unwrap();
    let units = units();
    let roll = Roll::new(&columns, &units, None, TODAY).unwrap();
    roll.read_all(&sheet).collect()
}

fn xlsx(fill: impl Fn(&mut Worksheet)) -> Vec<Outcome<u32>> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    read_roll("danh sách.xlsx", &workbook.save_to_buffer().unwrap())
}

fn texts(sheet: &mut Worksheet, first: u32, rows: &[&[&str]]) {
    for (row, cells) in (first..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
}

fn draft(outcome: &Outcome<u32>) -> &Draft<u32> {
    match outcome {
        Outcome::Draft(draft) => draft,
        Outcome::Refused { refusals, .. } => panic!("{refusals:?}"),
    }
}

fn flags(outcome: &Outcome<u32>) -> Vec<Flagged> {
    draft(outcome).flags.iter().map(|flag| flag.kind).collect()
}

fn refused(outcome: &Outcome<u32>) -> Vec<Refused> {
    match outcome {
        Outcome::Refused { refusals, .. } => refusals.iter().map(|refusal| refusal.kind).collect(),
        Outcome::Draft(draft) => panic!("{draft:?}"),
    }
}

#[test]
fn a_roll_with_two_rows_of_header_and_columns_in_their_own_order() {
    let people = xlsx(|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 7, "UBND XÃ MINH HÒA", &plain).unwrap();
        sheet.merge_range(1, 0, 1, 7, "DANH SÁCH CÁN BỘ, CÔNG CHỨC", &plain).unwrap();
        for (column, name) in [
            (0, "TT"),
            (1, "Đơn vị"),
            (2, "HỌ VÀ TÊN"),
            (5, "Số CCCD"),
            (6, "SĐT"),
            (7, "Đối tượng"),
        ] {
            sheet.merge_range(3, column, 4, column, name, &plain).unwrap();
        }
        sheet.merge_range(3, 3, 3, 4, "Ngày, tháng, năm sinh", &plain).unwrap();
        texts(sheet, 4, &[&["", "", "", "Nam", "Nữ"]]);
        sheet.write_number(5, 0, 1).unwrap();
        // Decomposed, with the tone on the other vowel.
        texts(
            sheet,
            5,
            &[&["", "Xa\u{303} Minh Hoa\u{300}", "NGUYỄN THỊ HOÀ", "", "", "", "", "CC"]],
        );
        let day = ExcelDateTime::from_ymd(1987, 2, 5).unwrap();
        let dates = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_datetime_with_format(5, 4, &day, &dates).unwrap();
        sheet.write_number(5, 5, 25_087_000_001.0).unwrap();
        sheet.write_number(5, 6, 912_345_678.0).unwrap();
        texts(
            sheet,
            6,
            &[&[
                "2",
                "07901",
                "Lê Văn An",
                "5-2-80",
                "",
                "025080000002",
                "+84 987 654 321",
                "Viên chức",
            ]],
        );
        texts(sheet, 7, &[&["", "Tổng cộng: 02 người"]]);
        texts(sheet, 9, &[&["", "", "", "", "", "Minh Hòa, ngày 01 tháng 11 năm 2026"]]);
    });
    let [hoa, an] = &people[..] else { panic!("{people:?}") };
    let expected = Draft {
        row: 6,
        full_name: "Nguyễn Thị Hoà".to_owned(),
        birth: Some(Birth::Day(date(1987, 2, 5))),
        sex: Some(Sex::Female),
        citizen_id: Some("025087000001".to_owned()),
        old_id: None,
        phone: Some("0912345678".to_owned()),
        email: None,
        ethnicity: None,
        unit: Some(MINH_HOA),
        position: None,
        job_position: None,
        category: Some(Category::CongChuc),
        rank_code: None,
        rank: None,
        address: None,
        note: None,
        flags: vec![
            Flag::new(Flagged::CitizenIdPadded, "25087000001", "025087000001"),
            Flag::new(Flagged::PhoneZeroAdded, "912345678", "0912345678"),
        ],
    };
    assert_eq!(draft(hoa), &expected);
    assert_eq!(flags(an), [Flagged::BirthTwoDigitYear]);
    assert_eq!((draft(an).sex, draft(an).unit), (Some(Sex::Male), Some(MINH_HOA)));
}

#[test]
fn identity_numbers_a_spreadsheet_broke() {
    let people = xlsx(|sheet| {
        texts(
            sheet,
            0,
            &[
                &["Họ tên", "CCCD", "Năm sinh"],
                &["Lê Thị Một", "1.2345E+11", "1990"],
                &["Lê Thị Hai", "131234567", "1990"],
                &["Lê Thị Ba", "", "1990"],
                &["Lê Thị Bốn", "", ""],
                &["Lê Thị Năm", "25087000009", "1990"],
            ],
        );
        sheet.write_number(6, 1, 1.2345e11).unwrap();
        texts(sheet, 6, &[&["Lê Thị Sáu"]]);
    });
    assert_eq!(refused(&people[0]), [Refused::CitizenIdScientific]);
    assert_eq!(draft(&people[1]).old_id.as_deref(), Some("131234567"));
    assert_eq!(draft(&people[1]).citizen_id, None);
    assert_eq!(flags(&people[1]), [Flagged::BirthYearOnly, Flagged::OldId]);
    assert_eq!(flags(&people[2]), [Flagged::BirthYearOnly, Flagged::NoIdentifier]);
    assert_eq!(flags(&people[3]), [Flagged::NameOnly]);
    assert_eq!(draft(&people[4]).citizen_id.as_deref(), Some("025087000009"));
    assert_eq!(refused(&people[5]), [Refused::CitizenIdRounded]);
}

#[test]
fn everything_wrong_with_a_row_is_told_at_once() {
    let people = xlsx(|sheet| {
        texts(
            sheet,
            0,
            &[
                &["Họ tên", "Ngày sinh", "CCCD", "Đơn vị", "Email"],
                &["", "22/11/2026", "12345", "Xã Mnih Hòa", "x"],
                &["Lê An", "31/02/1990", "025087000001", "Thôn Đông", ""],
            ],
        );
    });
    let Outcome::Refused { row, name, refusals } = &people[0] else { panic!("{people:?}") };
    assert_eq!((*row, name.as_str()), (2, ""));
    let refusal = |kind, found: &str| Refusal { kind, found: found.to_owned(), units: vec![] };
    let unknown =
        Refusal { units: vec![MINH_HOA], ..refusal(Refused::UnitUnknown, "Xã Mnih Hòa") };
    assert_eq!(
        *refusals,
        [
            refusal(Refused::NameMissing, ""),
            refusal(Refused::BirthFuture, "22/11/2026"),
            refusal(Refused::CitizenIdLength, "12345"),
            unknown,
        ]
    );
    assert_eq!(refused(&people[1]), [Refused::BirthImpossible, Refused::UnitSeveral]);
}

#[test]
fn units_out_of_other_columns_and_headings_of_groups() {
    let people = xlsx(|sheet| {
        texts(
            sheet,
            0,
            &[
                &["STT", "Họ tên", "Ngày sinh", "Thôn/Tổ", "Xã/phường"],
                &["1", "Lê Một", "1990", "Đông", "Minh Phú"],
                &["2", "Lê Hai", "1990", "", "Xã Hòa Lạc"],
                &["3", "Lê Ba", "1990", "Đông", ""],
                &["I", "Văn phòng HĐND và UBND"],
                &["4", "Lê Bốn", "1990"],
                &["II", "Những người nghỉ hưu"],
                &["5", "Lê Năm", "1990"],
                &["6", "Lê Sáu", "1990", "Tây", "Minh Phú"],
                &["7", "Lê Bảy", "1990", "Đông", "Xã Nào Đó"],
            ],
        );
    });
    let unit = |at: usize| draft(&people[at]).unit;
    assert_eq!(unit(0), Some(DONG_PHU));
    assert_eq!(unit(1), Some(MINH_HOA));
    let merged = Flag::new(Flagged::UnitMerged, "Xã Hòa Lạc", "Xã Minh Hòa");
    assert!(draft(&people[1]).flags.contains(&merged));
    assert_eq!(refused(&people[2]), [Refused::UnitSeveral]);
    assert_eq!(unit(3), Some(OFFICE));
    assert!(flags(&people[3]).contains(&Flagged::UnitFromSection));
    assert_eq!(unit(4), None);
    assert_eq!(refused(&people[5]), [Refused::UnitUnknown]);
    assert_eq!(refused(&people[6]), [Refused::UnitUnknown]);
}

#[test]
fn sex_out_of_crosses_and_contradictions() {
    let people = xlsx(|sheet| {
        let plain = Format::new();
        for (column, name) in [(0, "Họ tên"), (1, "Email"), (4, "CCCD")] {
            sheet.merge_range(0, column, 1, column, name, &plain).unwrap();
        }
        sheet.merge_range(0, 2, 0, 3, "Giới tính", &plain).unwrap();
        texts(sheet, 1, &[&["", "", "Nam", "Nữ"]]);
        texts(
            sheet,
            2,
            &[
                &["Lê An", "AN@minhhoa.vn", "x", "", "025087000001"],
                &["Lê Bê", "bê", "", "x", "025087000002"],
            ],
        );
    });
    assert_eq!(draft(&people[0]).sex, Some(Sex::Male));
    assert_eq!(draft(&people[0]).email.as_deref(), Some("an@minhhoa.vn"));
    assert_eq!(draft(&people[1]).sex, Some(Sex::Female));
    assert_eq!(flags(&people[1]), [Flagged::EmailUnreadable]);
    let csv = "Họ tên;Nam;Nữ;Giới tính;CCCD\nLê An;1990;;Nữ;025087000001\nLê Bê;x;;;025087000002\n";
    let people = read_roll("a.csv", csv.as_bytes());
    assert_eq!(draft(&people[0]).sex, None);
    assert_eq!(flags(&people[0]), [Flagged::BirthYearOnly, Flagged::SexContradicts]);
    assert_eq!((draft(&people[1]).sex, draft(&people[1]).birth), (Some(Sex::Male), None));
}

#[test]
fn a_name_in_two_columns_and_a_list_without_names() {
    let people = read_roll(
        "a.csv",
        "Họ, chữ đệm,Tên,CCCD,Mã ngạch\nNguyễn Thị,Hoa,025087000001,01.003\n"
            .replace("Họ, chữ đệm", "\"Họ, chữ đệm\"")
            .as_bytes(),
    );
    assert_eq!(draft(&people[0]).full_name, "Nguyễn Thị Hoa");
    assert_eq!(draft(&people[0]).rank_code.as_deref(), Some("01.003"));
    let bytes = "CCCD,Đơn vị,Người\n025087000001,Xã Minh Hòa,Lê An\n".as_bytes();
    let (_, columns) = read_for(bytes, "a.csv", &Limits::default(), headings::PEOPLE).unwrap();
    assert_eq!(
        Roll::new(&columns, &units(), None, TODAY).err(),
        Some(SheetError::MissingColumns {
            missing: vec!["Họ và tên"],
            unknown: vec!["Người".into()]
        })
    );
}
