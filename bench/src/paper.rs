//! The report of a province: 148 communes with 40 measures, as a spreadsheet and as papers.

use std::time::Instant;

use jiff::Timestamp;
use thao_paper::{
    Align, Annex, Block, Column, Document, Letterhead, Orientation, Press, Row, RowKind,
};
use thao_sheet::{Kind, TableColumn, Value};

use crate::Result;
use crate::report::{Bar, Report, median};

const COMMUNES: i64 = 148;
const MEASURES: i64 = 40;
/// The middle of so many runs counts.
const RUNS: usize = 5;

pub fn measure(report: &mut Report) -> Result<()> {
    let at = Timestamp::UNIX_EPOCH;
    let began = Instant::now();
    let press = Press::built_in()?;
    report.add("letters and layout of papers, read once", began.elapsed().as_secs_f64(), "s", None);
    let sheet = sheet();
    let seconds = timed(|| Ok(thao_sheet::write(std::slice::from_ref(&sheet), at)?))?;
    report.add("148 communes × 40 measures, .xlsx", seconds, "s", Some(Bar::AtMost(1.0)));
    let document = document();
    let seconds = timed(|| Ok(press.pdf(&document, at)?))?;
    report.add("148 communes × 40 measures, .pdf", seconds, "s", Some(Bar::AtMost(3.0)));
    let seconds = timed(|| Ok(press.docx(&document, at)?))?;
    report.add("148 communes × 40 measures, .docx", seconds, "s", None);
    Ok(())
}

fn timed(write: impl Fn() -> Result<Vec<u8>>) -> Result<f64> {
    let mut seconds = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        let bytes = write()?;
        seconds.push(began.elapsed().as_secs_f64());
        if bytes.is_empty() {
            return Err("nothing was written".into());
        }
    }
    Ok(median(seconds))
}

/// Figures that differ, in tenths of a per cent.
fn figure(commune: i64, measure: i64) -> i64 {
    (commune * 37 + measure * 113) % 1001
}

fn sheet() -> thao_sheet::Table {
    let mut columns =
        vec![TableColumn::new("TT", Kind::Whole), TableColumn::new("Xã, phường", Kind::Text)];
    columns.extend(
        (1..=MEASURES)
            .map(|n| TableColumn::new(format!("Tỷ lệ đạt chỉ tiêu số {n}"), Kind::Percent)),
    );
    let rows = (1..=COMMUNES).map(|commune| {
        let mut row: Vec<Value> = vec![commune.into(), format!("Xã Minh Hòa {commune}").into()];
        row.extend((0..MEASURES).map(|n| Value::Decimal(figure(commune, n) as f64 / 1000.0)));
        row
    });
    thao_sheet::Table { columns, rows: rows.collect(), ..thao_sheet::Table::default() }
}

fn document() -> Document {
    let mut columns =
        vec![Column::new("TT", Align::Center), Column::new("Xã, phường", Align::Left)];
    columns.extend(
        (1..=MEASURES).map(|n| Column::new(format!("Tỷ lệ đạt chỉ tiêu số {n}"), Align::Right)),
    );
    let rows = (1..=COMMUNES).map(|commune| {
        let mut cells = vec![commune.to_string(), format!("Xã Minh Hòa {commune}")];
        cells.extend((0..MEASURES).map(|n| {
            let tenths = figure(commune, n);
            format!("{},{}%", tenths / 10, tenths % 10)
        }));
        Row { kind: RowKind::Plain, cells }
    });
    let table =
        thao_paper::Table { columns, leading: 2, rows: rows.collect(), ..Default::default() };
    let annex = Annex {
        title: "KẾT QUẢ THEO XÃ, PHƯỜNG".into(),
        orientation: Orientation::Landscape,
        blocks: vec![Block::Table(table)],
    };
    Document {
        head: Letterhead {
            kind: Some("BÁO CÁO".into()),
            subject: "Kết quả thực hiện phong trào".into(),
            ..Letterhead::default()
        },
        annexes: vec![annex],
        ..Document::default()
    }
}
