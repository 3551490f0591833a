//! Reading what was sent in: a file of bytes becomes rows that say something.

use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value;
use thao_base::{Db, Error, Result, UnitId};
use thao_sheet::{Columns, Limits, Sheet, SheetError, read_for};

use super::file::About;
use super::kind::{Desk, Drafted, Reading};
use super::units::UnitBook;

/// A file that was sent in.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub name: String,
    pub bytes: Vec<u8>,
    pub unit: UnitId,
    pub options: Value,
    pub today: Date,
}

/// A file that was understood.
#[derive(Debug, Clone)]
pub struct Received {
    pub about: About,
    pub rows: Arc<Vec<Drafted>>,
}

/// Reads a file on a thread where it may take its time.
///
/// # Errors
/// What is wrong with the file, in words for whoever sent it ([`SheetError`]).
pub async fn receive(db: &Db, desk: &'static Desk, incoming: Incoming) -> Result<Received> {
    let units = db.read(UnitBook::load).await?;
    let read = move || {
        let columns = desk.kind.columns();
        let (sheet, columns) =
            read_for(&incoming.bytes, &incoming.name, &Limits::default(), columns)?;
        let rows = desk.kind.draft(Reading {
            sheet: &sheet,
            columns: &columns,
            units: &units,
            unit: incoming.unit,
            options: &incoming.options,
            today: incoming.today,
        })?;
        let about = about(&sheet, &columns);
        Ok::<Received, SheetError>(Received { about, rows: Arc::new(rows) })
    };
    Ok(tokio::task::spawn_blocking(read).await.map_err(Error::internal)??)
}

/// Rows left out and headings not understood that are told; a list of thousands helps nobody.
const TOLD: usize = 50;

fn about(sheet: &Sheet, columns: &Columns) -> About {
    let left_out = sheet.left_out.iter().take(TOLD);
    About {
        sheet: sheet.name.clone(),
        header: sheet.header_rows.1,
        headings: sheet.headings.iter().map(|heading| heading.text.clone()).collect(),
        unknown: columns.unknown().iter().take(TOLD).cloned().collect(),
        left_out: left_out
            .map(|left| (left.row, left.why.key().to_owned(), left.text.clone()))
            .collect(),
        others: sheet.others.iter().take(TOLD).cloned().collect(),
    }
}

/// The cells of a row under the headings, as they read.
pub fn cells(sheet: &Sheet, row: &thao_sheet::Row) -> Vec<String> {
    let text = |heading: &thao_sheet::Heading| {
        let texts: Vec<String> = (heading.column..heading.column + heading.span)
            .map(|column| row.cell(column).text())
            .filter(|text| !text.is_empty())
            .collect();
        texts.join(" ")
    };
    sheet.headings.iter().map(text).collect()
}
