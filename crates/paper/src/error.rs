//! What is refused before anything is written, in words.

use thao_base::{Error, Kind, Result};

use crate::document::{Block, Document, RowKind, Run, Table};

/// Cells of all tables together.
pub const MOST_CELLS: usize = 300_000;
/// Columns of one table.
pub const MOST_COLUMNS: usize = 250;
/// Characters of all texts together, those in tables included.
pub const MOST_TEXT: usize = 8_000_000;

/// Whether the document can be written.
///
/// # Errors
/// [`Kind::TooLarge`] beyond the limits; [`Kind::Invalid`] when a row has other cells than its
/// table has columns, or a table has no columns, or nothing but leading ones.
pub(crate) fn check(document: &Document) -> Result<()> {
    let annexes = document.annexes.iter().flat_map(|annex| &annex.blocks);
    let (mut cells, mut text) = (0, 0);
    for block in document.body.iter().chain(annexes) {
        match block {
            Block::Table(table) => {
                check_table(table)?;
                cells += table.rows.len() * table.columns.len();
                let rows = table.rows.iter().flat_map(|row| &row.cells);
                text += rows.map(String::len).sum::<usize>();
            }
            Block::Paragraph(runs) => text += length(runs),
            Block::List(items) => text += items.iter().map(|runs| length(runs)).sum::<usize>(),
            Block::Heading(_, words) => text += words.len(),
            Block::PageBreak => {}
        }
    }
    if MOST_CELLS < cells {
        return Err(Error::new(Kind::TooLarge, "paper.error.too_many_cells")
            .with("cells", cells)
            .with("limit", MOST_CELLS));
    }
    if MOST_TEXT < text {
        return Err(
            Error::new(Kind::TooLarge, "paper.error.too_much_text").with("limit", MOST_TEXT)
        );
    }
    Ok(())
}

fn length(runs: &[Run]) -> usize {
    runs.iter().map(|run| run.text.len()).sum()
}

fn check_table(table: &Table) -> Result<()> {
    let columns = table.columns.len();
    let name = table.title.clone().unwrap_or_default();
    if MOST_COLUMNS < columns {
        return Err(Error::new(Kind::TooLarge, "paper.error.too_many_columns")
            .with("table", name)
            .with("columns", columns)
            .with("limit", MOST_COLUMNS));
    }
    if columns <= table.leading {
        return Err(Error::invalid("paper.error.no_columns").with("table", name));
    }
    for (number, row) in (1..).zip(&table.rows) {
        let wanted = if row.kind == RowKind::Section { 1 } else { columns };
        if row.cells.len() != wanted {
            let number: usize = number;
            return Err(Error::invalid("paper.error.uneven_row")
                .with("table", name)
                .with("row", number)
                .with("cells", row.cells.len())
                .with("columns", wanted));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Align, Column, Row};
    use thao_base::Lang;

    fn table(columns: usize, leading: usize, cells: usize) -> Document {
        let column = Column::new("Cột", Align::Left);
        let row = Row { kind: RowKind::Plain, cells: vec!["x".into(); cells] };
        let table = Table {
            title: Some("Bảng 1".into()),
            columns: vec![column; columns],
            leading,
            rows: vec![row],
            ..Table::default()
        };
        Document { body: vec![Block::Table(table)], ..Document::default() }
    }

    #[test]
    fn what_cannot_be_written_is_refused_in_words() {
        let text =
            Document { body: vec![Block::text("x".repeat(MOST_TEXT + 1))], ..table(2, 1, 2) };
        let mut many = table(2, 1, 2);
        if let Some(Block::Table(table)) = many.body.first_mut() {
            table.rows = vec![table.rows[0].clone(); MOST_CELLS / 2 + 1];
        }
        for (document, kind, key) in [
            (table(2, 1, 3), Kind::Invalid, "paper.error.uneven_row"),
            (table(0, 0, 0), Kind::Invalid, "paper.error.no_columns"),
            (table(2, 2, 2), Kind::Invalid, "paper.error.no_columns"),
            (table(300, 1, 300), Kind::TooLarge, "paper.error.too_many_columns"),
            (text, Kind::TooLarge, "paper.error.too_much_text"),
            (many, Kind::TooLarge, "paper.error.too_many_cells"),
        ] {
            let error = check(&document).unwrap_err();
            assert_eq!((error.kind(), error.key()), (kind, key));
            for lang in Lang::ALL {
                let words = error.words(lang);
                assert!(words.len() > 20 && !words.contains(['{', '}', '…']), "{words}");
            }
        }
        assert!(check(&table(2, 1, 2)).is_ok());
    }
}
