//! What was recorded stays as it was: no way in leads to a change.

use thao_base::ids::Id;
use thao_base::{EntryId, Kind, Result, Tx, args};
use thao_testkit::{databases, world};
use uuid::Uuid;

const TABLES: [&str; 3] = ["statement", "journal", "viewing"];

fn fill(tx: &mut Tx<'_>) -> Result<()> {
    let (world, id) = (world(), Uuid::max());
    let at = world.now();
    tx.exec(
        "INSERT INTO statement (id, node, seq, kind, unit_id, rung, at, recorded_at) \
         VALUES ($1, 1, 1, 'attended', $1, 1, $2, $2)",
        args![id, at],
    )?;
    tx.exec(
        "INSERT INTO journal (node, seq, id, at, clock, act, noun, row_id, changes) \
         VALUES (1, 1, $1, $2, 1, 'test.act', 'person', $1, $3)",
        args![id, at, serde_json::json!({})],
    )?;
    tx.exec(
        "INSERT INTO viewing (id, at, account_id, page, people) VALUES ($1, $2, $1, 'people', 3)",
        args![id, at],
    )?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_row_of_the_record_is_changed_or_deleted() {
    for db in databases().await {
        db.write(fill).await.unwrap();
        let other: EntryId = EntryId::from_uuid(Uuid::nil());
        for table in TABLES {
            let mut ways = vec![
                format!("UPDATE {table} SET id = $1"),
                format!("UPDATE {table} SET at = at WHERE id <> $1"),
                format!("DELETE FROM {table} WHERE id <> $1"),
            ];
            if table == "viewing" {
                let row = "INTO viewing (id, at, account_id, page, people) \
                           SELECT id, at, account_id, page, 0 FROM viewing WHERE id <> $1";
                ways.push(format!("INSERT {row} ON CONFLICT (id) DO UPDATE SET people = 0"));
                if db.name() == "sqlite" {
                    ways.push(format!("INSERT OR REPLACE {row}"));
                }
            }
            for sql in ways {
                let told = format!("{} {sql}", db.name());
                let error = db.write(move |tx| tx.exec(&sql, args![other])).await.unwrap_err();
                assert_eq!(error.kind(), Kind::Conflict, "{told}: {error}");
                assert!(error.to_string().contains("is append-only"), "{told}: {error}");
            }
            if db.name() == "postgres" {
                let sql = format!("TRUNCATE {table} CASCADE");
                let error = db.write(move |tx| tx.exec(&sql, args![])).await.unwrap_err();
                assert!(error.to_string().contains("is append-only"), "{error}");
            }
            let people = "SELECT COUNT(*) FROM viewing WHERE people = 3";
            assert_eq!(db.read(move |tx| tx.value::<i64>(people, args![])).await.unwrap(), 1);
            let count = format!("SELECT COUNT(*) FROM {table} WHERE id <> $1");
            let rows = db.read(move |tx| tx.value::<i64>(&count, args![other])).await.unwrap();
            assert_eq!(rows, 1, "{} {table}", db.name());
        }
    }
}
