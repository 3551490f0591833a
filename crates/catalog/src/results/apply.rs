//! Writing results to the record, and taking them back.

use thao_base::{Error, Result, Stamp, StatementId, Tx};
use thao_people::imports::{Came, File, Row};
use thao_record::statement;

use super::deed::Draft;
use super::plan::deed;

/// Appends a statement for each row.
pub(super) fn apply(tx: &mut Tx<'_>, stamp: &Stamp, file: &File, rows: &mut [Row]) -> Result<()> {
    let mut drafts = Vec::with_capacity(rows.len());
    for row in rows.iter_mut() {
        let said: Draft = serde_json::from_value(row.draft.clone())?;
        let draft = deed(&row.deed)?
            .statement(file.id, row.no, &said.word, stamp.at)
            .ok_or_else(|| Error::internal("a row of results has no verb"))?;
        row.made = Some(serde_json::json!({ "statement": draft.id }));
        drafts.push(draft);
    }
    statement::append(tx, stamp, &drafts)?;
    Ok(())
}

/// Voids what the rows wrote.
pub(super) fn undo(tx: &mut Tx<'_>, stamp: &Stamp, rows: &mut [Row]) -> Result<()> {
    for row in rows {
        let made = row.made.as_ref().and_then(|made| made.get("statement")).cloned();
        let id: StatementId = serde_json::from_value(made.unwrap_or_default())?;
        statement::void(tx, stamp, id)?;
        row.came = Some(Came::Undone);
    }
    Ok(())
}
