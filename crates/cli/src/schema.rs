//! The tables there are, read out of the migrations: what backup, restore and doctor go by.

use thao_base::db::migrate::STEPS;
use thao_base::{Error, Result};

/// A column's type word, the same in both databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    Id,
    Bool,
    Time,
    Json,
    Bytes,
    Int,
    Text,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<(String, Word)>,
}

/// All tables up to a step, parents before children, as the migrations list them.
pub(crate) fn tables(upto: i32) -> Result<Vec<Table>> {
    let mut out: Vec<Table> = Vec::new();
    for step in STEPS.iter().filter(|step| step.no <= upto) {
        let mut open: Option<Table> = None;
        for line in step.sql.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                let name = rest.trim_end_matches(" (").to_owned();
                open = Some(Table { name, columns: Vec::new() });
            } else if let Some(rest) = line.strip_prefix("ALTER TABLE ") {
                add_column(&mut out, rest)?;
            } else if line.starts_with(')') {
                out.extend(open.take());
            } else if let Some(table) = &mut open
                && let Some(column) = column(line)
            {
                table.columns.push(column);
            }
        }
    }
    Ok(out)
}

/// `name ADD COLUMN column type …`.
fn add_column(tables: &mut [Table], rest: &str) -> Result<()> {
    let parts: Option<(&str, &str)> = rest.split_once(" ADD COLUMN ");
    let found = parts.and_then(|(name, text)| {
        let table = tables.iter_mut().find(|table| table.name == name)?;
        table.columns.push(column(text)?);
        Some(())
    });
    found.ok_or_else(|| Error::internal(format!("migration not understood: ALTER TABLE {rest}")))
}

fn column(line: &str) -> Option<(String, Word)> {
    let mut words = line.split_whitespace();
    let name =
        words.next().filter(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))?;
    let word = match words.next()?.trim_end_matches([',', ';']) {
        "{id}" => Word::Id,
        "{bool}" => Word::Bool,
        "{time}" => Word::Time,
        "{json}" => Word::Json,
        "{bytes}" => Word::Bytes,
        "integer" | "bigint" => Word::Int,
        "text" => Word::Text,
        _ => return None,
    };
    Some((name.to_owned(), word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn every_table_and_column_of_the_databases_is_known() {
        let tables = tables(i32::MAX).unwrap();
        for db in thao_testkit::databases().await {
            let tables = tables.clone();
            let sqlite = db.name() == "sqlite";
            db.read(move |tx| {
                let sql = if sqlite {
                    "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c \
                     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
                } else {
                    "SELECT CAST(table_name AS text), CAST(column_name AS text) \
                     FROM information_schema.columns \
                     WHERE table_schema = current_schema() ORDER BY 1, 2"
                };
                let found: Vec<(String, String)> = tx.list(sql, &[])?;
                let mut known: Vec<(String, String)> = tables
                    .iter()
                    .flat_map(|t| t.columns.iter().map(|(c, _)| (t.name.clone(), c.clone())))
                    .collect();
                known.sort();
                let mut found: Vec<_> =
                    found.into_iter().filter(|(t, _)| t != "migration").collect();
                found.sort();
                assert_eq!(found, known);
                Ok(())
            })
            .await
            .unwrap();
        }
    }
}
