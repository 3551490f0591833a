//! How long the largest usual report takes: 148 communes with 40 measures.

use std::time::{Duration, Instant};

use thao_paper::{Align, Annex, Block, Column, Document, Orientation, Press, Row, RowKind, Table};

/// The bar of the release build; an unoptimised one may take ten times as long.
const BAR: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 3 });

#[test]
fn a_report_of_148_communes_with_40_measures() {
    let mut columns = vec![Column::new("TT", Align::Center), Column::new("Xã", Align::Left)];
    columns.extend((1..=40).map(|n| Column::new(format!("Tỷ lệ đạt số {n}"), Align::Right)));
    let row = |at: usize| {
        let mut cells = vec![at.to_string(), format!("Xã Minh Hòa {at}")];
        cells.extend((0..40).map(|n| format!("{},{}%", (at * 7 + n) % 101, n % 10)));
        Row { kind: RowKind::Plain, cells }
    };
    let table =
        Table { columns, leading: 2, rows: (1..=148).map(row).collect(), ..Table::default() };
    let blocks = vec![Block::Table(table)];
    let annex = Annex { title: "KẾT QUẢ".into(), orientation: Orientation::Landscape, blocks };
    let document = Document { annexes: vec![annex], ..Document::default() };
    let press = Press::built_in().unwrap();
    let at = "2026-03-01T02:00:00Z".parse().unwrap();
    let began = Instant::now();
    let pdf = press.pdf(&document, at).unwrap();
    let (pdf_took, began) = (began.elapsed(), Instant::now());
    let docx = press.docx(&document, at).unwrap();
    let docx_took = began.elapsed();
    println!(".pdf {pdf_took:?}, {} bytes; .docx {docx_took:?}, {} bytes", pdf.len(), docx.len());
    assert!(pdf.starts_with(b"%PDF-") && docx.starts_with(b"PK"));
    assert!(pdf_took < BAR && docx_took < BAR, "{pdf_took:?} {docx_took:?}");
}
