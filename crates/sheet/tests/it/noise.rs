//! Bytes of strangers: nothing panics or hangs, whatever is sent.

use proptest::prelude::*;
use proptest::sample::Index;
use thao_sheet::{Limits, read};

use crate::make::{Old, biff, cfb, ods, parts, rezipped, texts, xlsx};

/// Small limits: a case must not take long either.
fn try_to_read(bytes: &[u8]) {
    let limits = Limits { rows: 1000, columns: 50, cells: 20_000, unpacked: 2 << 20 };
    // Whether it can be read does not matter, only that the answer comes.
    let _ = read(bytes, "x", &limits);
}

fn changed(mut bytes: Vec<u8>, changes: &[(Index, u8)], cut: Option<Index>) -> Vec<u8> {
    for (at, byte) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *byte;
    }
    if let Some(cut) = cut {
        bytes.truncate(cut.index(bytes.len()));
    }
    bytes
}

fn changes() -> impl Strategy<Value = (Vec<(Index, u8)>, Option<Index>)> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b"<>/\"&;019= \x00\xFF".to_vec())];
    (
        prop::collection::vec((any::<Index>(), byte), 0..6),
        proptest::option::weighted(0.2, any::<Index>()),
    )
}

fn some_xlsx() -> Vec<u8> {
    xlsx(|sheet| {
        texts(sheet, &[&["Họ tên", "Đơn vị", "CCCD"], &["Lê An", "Xã A"], &["Trần Bê", "Xã B"]]);
        sheet.merge_range(3, 0, 4, 0, "x", &crate::make::number_format("dd/mm/yyyy")).unwrap();
        sheet.write_number(1, 2, 7).unwrap();
    })
}

fn some_xls() -> Vec<u8> {
    let rows = vec![
        vec![Old::Text("Họ tên"), Old::Text("Đơn vị")],
        vec![Old::Text("Lê An"), Old::FormulaText("Xã A"), Old::Packed(3), Old::Bool(false)],
    ];
    cfb(&[("Workbook", &biff(&rows, &[[0, 1, 0, 0]], 30))])
}

fn some_ods() -> Vec<u8> {
    let cell = "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"2\"><text:p>Họ tên</text:p></table:table-cell>";
    ods(&format!(
        "<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"2\">{cell}</table:table-row></table:table>"
    ))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        try_to_read(&bytes);
    }

    #[test]
    fn any_bytes_after_a_known_beginning(
        start in prop::sample::select(vec![
            &b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE", b"\xEF\xBB\xBF", b"sep=;\n",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..1600),
    ) {
        try_to_read(&[start, &bytes].concat());
    }

    #[test]
    fn any_text(text in "([^\"]|\"){0,200}|(Họ tên|Đơn vị|CCCD|[\",;\t|\r\n]){0,60}") {
        try_to_read(text.as_bytes());
    }

    #[test]
    fn a_damaged_container((changes, cut) in changes(), which in 0..3_usize) {
        let bytes = [some_xlsx, some_xls, some_ods][which]();
        try_to_read(&changed(bytes, &changes, cut));
    }

    #[test]
    fn damaged_parts_in_a_sound_container(
        (changes, cut) in changes(), part in any::<Index>(), which in 0..2_usize,
    ) {
        let mut parts = parts(&[some_xlsx, some_ods][which]());
        let at = part.index(parts.len());
        let content = std::mem::take(&mut parts[at].1);
        parts[at].1 = if content.is_empty() { content } else { changed(content, &changes, cut) };
        try_to_read(&rezipped(&parts));
    }

    #[test]
    fn records_with_any_numbers(changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..30)) {
        let rows = vec![vec![Old::Text("Họ tên"), Old::Text("Đơn vị")], vec![Old::Label("Lê An"), Old::Number(1.0)]];
        let stream = changed(biff(&rows, &[[0, 1, 0, 0]], 20), &changes, None);
        try_to_read(&cfb(&[("Workbook", &stream)]));
    }
}
