//! Bad input: each gets a clear answer, and nothing is written.

use jiff::civil::date;
use rust_xlsxwriter::{Formula, Workbook};
use thao_base::db::Arg;
use thao_base::{Error, Lang, RowId, UnitId};
use thao_people::imports::Outcome::{Create, Refuse};
use thao_people::unit::{self, NewUnit, UNIT, UnitKind};
use thao_record::register;
use thao_sheet::Value;

use crate::stage::{Stage, TODAY, cell, csv, numbers, stages, workbook};

async fn refusal(stage: &Stage, name: &str, bytes: Vec<u8>) -> Error {
    let error = stage.send(name, bytes).await.unwrap_err();
    for lang in Lang::ALL {
        let words = error.words(lang);
        assert!(words.len() > 30 && !words.contains(['{', '…']), "{words}");
    }
    let files =
        stage.read(|tx| tx.value::<i64>("SELECT COUNT(*) FROM import_file", thao_base::args![]));
    assert_eq!(files.await, 0, "a file that cannot be read leaves nothing");
    error
}

#[tokio::test(flavor = "multi_thread")]
async fn no_spreadsheet_a_password_and_formulas() {
    for stage in stages().await {
        let key = async |name, bytes| refusal(&stage, name, bytes).await.key();
        assert_eq!(
            key("ds.xlsx", b"%PDF-1.7 ...".to_vec()).await,
            "sheet.error.not_spreadsheet_pdf"
        );
        assert_eq!(key("ds.xlsx", vec![0; 600]).await, "sheet.error.not_spreadsheet");
        assert_eq!(key("ds.xlsx", b"PK\x03\x04 cut off".to_vec()).await, "sheet.error.damaged");
        assert_eq!(key("ds.xlsx", encrypted()).await, "sheet.error.password");
        assert_eq!(key("ds.csv", Vec::new()).await, "sheet.error.empty");
        assert_eq!(key("ds.csv", csv(&["Mã;Số lượng", "1;2"])).await, "sheet.error.no_header");

        // Formulas are read as what they came to when the file was saved.
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Họ và tên", "Ngày sinh"]).unwrap();
        let name = Formula::new("=UPPER(\"lê văn an\")").set_result("LÊ VĂN AN");
        sheet.write_formula(1, 0, name).unwrap();
        sheet.write_formula(1, 1, Formula::new("=1989+1").set_result("1990")).unwrap();
        let id = stage.send("ds.xlsx", book.save_to_buffer().unwrap()).await.unwrap();
        stage.confirm(id).await;
        assert_eq!(stage.people().await[0].0.full_name, "Lê Văn An");
        assert_eq!(stage.people().await[0].0.birth_year, Some(1990));
    }
}

/// A container with an encrypted workbook in it (MS-OFFCRYPTO), as far as it is looked at.
fn encrypted() -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    file.resize(24, 0);
    for short in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        file.extend(short.to_le_bytes());
    }
    file.resize(44, 0);
    for long in [1, 1, 0, 4096, END, 0, END, 0, 0] {
        file.extend(u32::to_le_bytes(long));
    }
    file.resize(512, 0xFF);
    // The allocation table: itself, and the directory of one sector.
    for next in [0xFFFF_FFFD, END] {
        file.extend(u32::to_le_bytes(next));
    }
    file.resize(1024, 0xFF);
    for (name, kind) in [("Root Entry", 5_u8), ("EncryptedPackage", 2)] {
        let start = file.len();
        for unit in name.encode_utf16() {
            file.extend(unit.to_le_bytes());
        }
        file.resize(start + 64, 0);
        file.extend(u16::try_from(2 * name.len() + 2).unwrap().to_le_bytes());
        file.extend([kind, 1]);
        for link in [0xFFFF_FFFF, 0xFFFF_FFFF, if kind == 5 { 1 } else { 0xFFFF_FFFF }] {
            file.extend(u32::to_le_bytes(link));
        }
        file.resize(start + 116, 0);
        file.extend(END.to_le_bytes());
        file.resize(start + 128, 0);
    }
    // The directory is the second sector after the header.
    file.resize(512 * 4, 0);
    let table = file[512..1024].to_vec();
    let directory = file[1024..1536].to_vec();
    let mut out = file[..512].to_vec();
    out.extend(table);
    out.extend(directory);
    out.resize(512 * 4, 0);
    out[48..52].copy_from_slice(&1_u32.to_le_bytes());
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_excel_changed_are_mended_or_refused_never_guessed() {
    for stage in stages().await {
        let row = |name: &str, id: Value| vec![cell(name), cell("1/1/1990"), id];
        let file = workbook(
            &["Họ và tên", "Ngày sinh", "Số CCCD"],
            vec![
                row("Lê Văn Một", Value::Whole(99_090_000_201)),
                row("Lê Văn Hai", Value::Whole(1_090_000_202)),
                row("Lê Văn Ba", cell("1.2345E+11")),
                row("Lê Văn Bốn", Value::Decimal(1.2345e11)),
                row("Lê Văn Năm", cell("131234567")),
                row("Lê Văn Sáu", cell("09909000020")),
                row("Lê Văn Bảy", cell("0990900002011")),
                row("Lê Văn Tám", cell("'099090000208")),
            ],
        );
        let id = stage.send("ds.xlsx", file).await.unwrap();
        let found = stage.outcomes(id).await;
        let notes: Vec<(_, &str)> = found
            .iter()
            .map(|(outcome, notes)| (*outcome, notes.first().map_or("", String::as_str)))
            .collect();
        assert_eq!(
            notes,
            [
                (Create, "citizen_id_padded"),
                (Create, "citizen_id_padded"),
                (Refuse, "citizen_id_scientific"),
                (Refuse, "citizen_id_rounded"),
                (Create, "old_id"),
                (Create, "citizen_id_padded"),
                (Refuse, "citizen_id_length"),
                (Create, ""),
            ]
        );
        stage.confirm(id).await;
        let mut ids: Vec<_> =
            stage.people().await.into_iter().filter_map(|(person, _)| person.citizen_id).collect();
        ids.sort();
        assert_eq!(ids, ["001090000202", "009909000020", "099090000201", "099090000208"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn births_units_and_people_that_cannot_be() {
    for stage in stages().await {
        let id = stage
            .send_rows(
                &["Họ và tên", "Ngày sinh", "Số CCCD", "Đơn vị"],
                &[
                    &["Lê Văn Một", "20/11/2027", "", ""],
                    &["Lê Văn Hai", "31/2/1990", "", ""],
                    &["Lê Văn Ba", "", "", ""],
                    &["", "1/1/1990", "", ""],
                    &["Lê Văn Bốn", "1/1/1990", "", "Xã Không Có"],
                    &["Lê Văn Năm", "1/1/1990", "", "Xã Đồng Mẫu"],
                    &["Lê Văn Sáu", "1/1/1990", "", "Thôn Hai, xã Hoà Bình"],
                ],
            )
            .await;
        let found = stage.outcomes(id).await;
        let keys: Vec<&str> =
            found.iter().map(|(_, notes)| notes.last().map_or("", String::as_str)).collect();
        assert_eq!(
            keys,
            [
                "birth_future",
                "birth_impossible",
                "unidentified",
                "name_missing",
                "unit_unknown",
                "unit_outside",
                "no_identifier",
            ]
        );
        assert_eq!(numbers(&stage.counts(id).await), [(Create, 1), (Refuse, 6)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_was_merged_away_is_refused_with_the_one_it_went_into() {
    for stage in stages().await {
        let (commune, province) = (stage.cast.commune(), stage.cast.units.province);
        stage
            .write(move |tx, stamp| {
                let old = |name: &str, code: &str| NewUnit {
                    id: stamp.id::<UnitId>(),
                    kind: UnitKind::Commune,
                    form: Some("xa".into()),
                    name: name.into(),
                    code: Some(code.into()),
                    aliases: Vec::new(),
                    parent: Some(province),
                    valid_from: date(2020, 1, 1),
                };
                let units = [old("Xã Cũ Một", "00901"), old("Xã Cũ Hai", "00902")];
                unit::add_many(tx, stamp, &units)?;
                for unit in &units {
                    let end = [("valid_to", Arg::Date(date(2025, 7, 1)))];
                    register::update(tx, stamp, &UNIT, unit.id, None, &end)?;
                }
                // The code of the first means the commune now.
                let values = [
                    ("unit_id", Arg::Id(thao_base::Id::uuid(commune))),
                    ("scheme", Arg::Text("gso")),
                    ("code", Arg::Text("00901")),
                    ("alias", Arg::Bool(true)),
                ];
                let id: RowId = stamp.id();
                register::insert(tx, stamp, &unit::UNIT_CODE, id, None, &values)?;
                unit::settle(tx, TODAY)
            })
            .await;
        let id = stage
            .send_rows(
                &["Họ và tên", "Ngày sinh", "Đơn vị"],
                &[
                    &["Lê Văn Một", "1/1/1990", "Xã Cũ Một"],
                    &["Lê Văn Hai", "1/1/1990", "UBND xã Cũ Hai"],
                    &["Lê Văn Ba", "1/1/1990", "00901"],
                ],
            )
            .await;
        let rows = stage.rows(id).await;
        let words = |at: usize| rows[at].notes.last().map(|note| note.words(Lang::Vi)).unwrap();
        assert_eq!(
            words(0),
            "Đơn vị “Xã Cũ Một” đã sáp nhập vào “Xã Hòa Bình”. Hãy ghi tên đơn vị mới rồi gửi lại."
        );
        assert!(words(1).contains("“Xã Cũ Hai” không còn hoạt động"), "{}", words(1));
        assert_eq!(numbers(&stage.counts(id).await), [(Create, 1), (Refuse, 2)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_list_of_more_rows_than_are_taken_says_how_many() {
    let stage = stages().await.into_iter().next().unwrap();
    let mut lines = vec!["Họ và tên;Năm sinh".to_owned()];
    lines.extend((0..100_001).map(|n| format!("Lê Văn {n};1990")));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let error = refusal(&stage, "ds.csv", csv(&lines)).await;
    assert_eq!(error.key(), "sheet.error.too_many_rows");
    assert!(error.words(Lang::Vi).contains("100"), "{error}");
}
