//! A small table that tests fill as they like, and questions about it.

use thao_base::db::sql::render_ddl;
use thao_base::{Db, Result, Tx, args};

/// Makes a table from portable SQL: `column type, …`.
pub(crate) async fn make(db: &Db, name: &str, columns: &str) {
    let sql = format!("CREATE TABLE {name} (\n{columns}\n);");
    db.write(move |tx| tx.exec(&render_ddl(&sql, tx.dialect()), args![])).await.unwrap();
}

/// The table `number (no bigint PRIMARY KEY)`.
pub(crate) async fn numbers(db: &Db) {
    make(db, "number", "no bigint NOT NULL PRIMARY KEY").await;
}

pub(crate) fn add(tx: &mut Tx<'_>, no: i64) -> Result<u64> {
    tx.exec("INSERT INTO number (no) VALUES ($1)", args![no])
}

/// All numbers, in order.
pub(crate) async fn all(db: &Db) -> Vec<i64> {
    db.read(|tx| tx.values("SELECT no FROM number ORDER BY no", args![])).await.unwrap()
}
