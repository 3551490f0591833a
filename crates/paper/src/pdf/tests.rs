//! What stands on the pages, and whether the file is fit for screen readers and archives.

use std::collections::BTreeMap;

use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};

use super::book::Leaf;
use super::*;
use crate::document::{Align, Annex, Block, Column, Level, Row, RowKind, Run, Table};
use crate::layout::MM;

fn press() -> Press {
    Press::built_in().unwrap()
}

fn column(name: &str, group: Option<&str>, align: Align) -> Column {
    Column { group: group.map(str::to_owned), ..Column::new(name, align) }
}

/// The writer's own check of PDF/UA-1 (screen readers) and of PDF/A-2a (archives).
#[test]
fn the_file_is_fit_for_screen_readers_and_archives() {
    let table = Table {
        columns: vec![
            column("TT", None, Align::Center),
            column("Nam", Some("Người"), Align::Left),
            column("Nữ", Some("Người"), Align::Left),
        ],
        leading: 1,
        rows: vec![
            Row { kind: RowKind::Section, cells: vec!["I. Xã".into()] },
            Row { kind: RowKind::Plain, cells: vec!["1".into(), String::new(), "7".into()] },
        ],
        ..Table::default()
    };
    let body = vec![
        Block::Heading(Level::Roman, "Kết quả".into()),
        Block::List(vec![vec![Run::new("Một"), Run::new("hai").bold()]]),
        Block::Table(table.clone()),
    ];
    let annex = Annex { blocks: vec![Block::Table(table)], ..Annex::default() };
    let mut document = Document { body, annexes: vec![annex], ..Document::default() };
    document.head.subject = "Kết quả".into();
    let at = "2026-03-01T02:00:00Z".parse().unwrap();
    let strict = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .with_archival_validator(Archival::A2_A)
        .finish()
        .unwrap();
    let bytes = write_as(&press(), &document, at, strict).unwrap();
    assert_eq!(bytes, write_as(&press(), &document, at, strict).unwrap());
}

/// 148 communes with 40 measures: names and headings with each group, each figure once.
fn annex() -> Document {
    let mut columns = vec![column("TT", None, Align::Center), column("Xã", None, Align::Left)];
    columns.extend((0..40).map(|n| column(&format!("Chỉ tiêu số {n:02}"), None, Align::Right)));
    let row = |at: usize| {
        let mut cells = vec![(at + 1).to_string(), format!("Xã_#{at}*")];
        cells.extend((0..40).map(|n| format!("{at}.{n:03},5")));
        Row { kind: RowKind::Plain, cells }
    };
    let rows = (0..148).map(row).collect();
    let table = Table { columns, leading: 2, rows, ..Table::default() };
    let blocks = vec![Block::Table(table)];
    let annex = Annex { title: "Kết quả".into(), orientation: Orientation::Landscape, blocks };
    Document { annexes: vec![annex], ..Document::default() }
}

#[test]
fn a_wide_annex_loses_nothing_and_names_its_rows_in_each_part() {
    let press = press();
    let book = lay_out(&press, &annex());
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for text in book.sheets.iter().flat_map(|sheet| &sheet.texts) {
        if text.leaf != Leaf::Skipped {
            *seen.entry(text.span.text.trim()).or_default() += 1;
        }
    }
    let parts = seen["Xã_#0*"];
    assert!((3..=4).contains(&parts), "{parts}");
    for at in 0..148 {
        assert_eq!(seen[format!("Xã_#{at}*").as_str()], parts);
        for n in 0..40 {
            assert_eq!(seen[format!("{at}.{n:03},5").as_str()], 1);
        }
    }
    // Headings are on every page of the annex, and read once in each part.
    let pages = book.sheets.iter().filter(|sheet| sheet.page.height < sheet.page.width);
    for (at, sheet) in pages.enumerate() {
        let headed = sheet.texts.iter().any(|text| text.span.text == "TT");
        assert!(headed, "page {at} of the annex");
    }
    assert_eq!(seen["TT"], parts);
}

#[test]
fn nothing_stands_outside_the_margins() {
    let press = press();
    let long = "Người dân trong độ tuổi lao động biết kỹ năng số cơ bản. ".repeat(60);
    let mut document = annex();
    document.body = vec![
        Block::text(&long),
        Block::text("dài".repeat(100)),
        Block::Heading(Level::Number, long.clone()),
        Block::Table(Table {
            columns: vec![column("Tên", None, Align::Left), column("Số", None, Align::Right)],
            // A row higher than a page.
            rows: vec![Row { kind: RowKind::Total, cells: vec![long.repeat(8), "1".into()] }],
            ..Table::default()
        }),
    ];
    document.recipients = vec!["Như trên".into(), "Lưu: VT".into()];
    document.signature.titles = vec!["TM. ỦY BAN NHÂN DÂN".into()];
    let book = lay_out(&press, &document);
    for (at, sheet) in book.sheets.iter().enumerate() {
        let page = sheet.page;
        let (left, right) = (page.left * MM, (page.width - page.right) * MM);
        let (top, bottom) = (page.top * MM, (page.height - page.bottom) * MM);
        for text in &sheet.texts {
            let spaces = text.span.text.trim_end().matches(' ').count() as f32;
            let own = press.fonts.width(text.span.style, text.span.text.trim_end()) * text.size;
            let end = text.x + own + spaces * text.stretch;
            let number = text.leaf == Leaf::Skipped && text.y < top;
            assert!(left - 0.1 <= text.x && end <= right + 0.1, "{at}: {:?}", text.span.text);
            assert!(number || (top..=bottom).contains(&text.y), "{at}: {:?}", text.span.text);
        }
    }
    // No number on the first page of a section, one on every other.
    for sheet in &book.sheets {
        let top = sheet.page.top * MM;
        let number = sheet.texts.iter().find(|text| text.y < top).map(|text| &text.span.text);
        let wanted = (1 < sheet.number).then(|| sheet.number.to_string());
        assert_eq!(number, wanted.as_ref());
    }
}
