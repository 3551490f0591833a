//! What does not fit is an error, never a default, and the error does not show the value.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use thao_base::db::{Arg, FromColumn};
use thao_base::{Db, Kind, PersonId, args};
use thao_testkit::{databases, each_database};
use uuid::Uuid;

use crate::table::make;

/// Reads what `sql` gives as a `T` and wants it refused as a defect of the program.
async fn refused<T: FromColumn + Send + std::fmt::Debug + 'static>(db: &Db, sql: &'static str) {
    let wanted = std::any::type_name::<T>();
    let error = db.read(move |tx| tx.value::<T>(sql, args![])).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Internal, "{sql} as {wanted}: {error}");
    assert!(!error.to_string().contains("secret"), "the value is told: {error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_of_another_type_is_refused() {
    each_database(|db| async move {
        refused::<i64>(&db, "SELECT '12'").await;
        refused::<i64>(&db, "SELECT CAST(1.5 AS {real})").await;
        refused::<String>(&db, "SELECT CAST(12 AS bigint)").await;
        refused::<String>(&db, "SELECT CAST('secret' AS {bytes})").await;
        refused::<bool>(&db, "SELECT 'true'").await;
        refused::<bool>(&db, "SELECT CAST(2 AS bigint)").await;
        refused::<f64>(&db, "SELECT '1.5'").await;
        refused::<Vec<u8>>(&db, "SELECT 'secret'").await;
        refused::<Uuid>(&db, "SELECT '01930000-0000-7000-8000-000000000000'").await;
        refused::<Uuid>(&db, "SELECT CAST('15 bytes, short' AS {bytes})").await;
        refused::<PersonId>(&db, "SELECT CAST('secret' AS {bytes})").await;
        refused::<Timestamp>(&db, "SELECT '2026-11-20T01:30:00Z'").await;
        refused::<Date>(&db, "SELECT CAST(20261120 AS bigint)").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_out_of_range_is_refused() {
    each_database(|db| async move {
        refused::<i32>(&db, "SELECT CAST(2147483648 AS bigint)").await;
        refused::<i16>(&db, "SELECT CAST(-32769 AS bigint)").await;
        refused::<u32>(&db, "SELECT CAST(-1 AS bigint)").await;
        refused::<u32>(&db, "SELECT CAST(4294967296 AS bigint)").await;
        refused::<Timestamp>(&db, "SELECT CAST(9223372036854775807 AS bigint)").await;
        if db.name() == "postgres" {
            refused::<Timestamp>(&db, "SELECT CAST('infinity' AS timestamptz)").await;
            refused::<Timestamp>(&db, "SELECT CAST('20000-01-01' AS timestamptz)").await;
            refused::<i64>(&db, "SELECT CAST(1 AS numeric)").await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_is_no_date_or_no_json_is_refused() {
    each_database(|db| async move {
        refused::<Date>(&db, "SELECT 'secret'").await;
        refused::<Date>(&db, "SELECT ''").await;
        refused::<Date>(&db, "SELECT '2026-02-30'").await;
        refused::<Date>(&db, "SELECT '20261120'").await;
        refused::<Date>(&db, "SELECT '2026-11-20T00:00:00'").await;
        refused::<Date>(&db, "SELECT '20/11/2026'").await;
        refused::<Value>(&db, "SELECT '{\"a\": secret'").await;
        refused::<Value>(&db, "SELECT ''").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn null_is_refused_where_a_value_is_wanted() {
    each_database(|db| async move {
        refused::<i64>(&db, "SELECT CAST(NULL AS bigint)").await;
        refused::<String>(&db, "SELECT CAST(NULL AS text)").await;
        refused::<Timestamp>(&db, "SELECT CAST(NULL AS {time})").await;
        refused::<Value>(&db, "SELECT CAST(NULL AS {json})").await;
        let nothing: Option<String> =
            db.read(|tx| tx.value("SELECT CAST(NULL AS text)", args![])).await.unwrap();
        assert_eq!(nothing, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_and_columns_are_counted() {
    each_database(|db| async move {
        refused::<i64>(&db, "SELECT CAST(1 AS bigint) WHERE 1 = 0").await;
        refused::<i64>(&db, "SELECT CAST(1 AS bigint) UNION ALL SELECT 2").await;
        let narrow = db.read(|tx| tx.get::<(i64, i64)>("SELECT CAST(1 AS bigint)", args![])).await;
        assert_eq!(narrow.unwrap_err().kind(), Kind::Internal);
        let none: Option<(i64,)> =
            db.read(|tx| tx.find("SELECT CAST(1 AS bigint) WHERE 1 = 0", args![])).await.unwrap();
        assert_eq!(none, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_argument_that_does_not_fit_is_refused() {
    for db in databases().await {
        make(&db, "t", "n bigint, b {bytes}, x text, r {real}").await;
        let cases: [(&'static str, Vec<Arg<'static>>); 9] = [
            ("INSERT INTO t (n) VALUES ($1)", vec![Arg::Text("secret")]),
            ("INSERT INTO t (n) VALUES ($1)", vec![Arg::Real(1.5)]),
            ("INSERT INTO t (n) VALUES ($1)", vec![Arg::Bytes(b"secret")]),
            ("INSERT INTO t (b) VALUES ($1)", vec![Arg::Text("secret")]),
            ("INSERT INTO t (x) VALUES ($1)", vec![Arg::Bytes(b"secret")]),
            ("INSERT INTO t (r) VALUES ($1)", vec![Arg::Real(f64::NAN)]),
            ("INSERT INTO t (r) VALUES ($1)", vec![Arg::Real(f64::INFINITY)]),
            ("INSERT INTO t (n, x) VALUES ($1, $2)", vec![Arg::Int(1)]),
            ("INSERT INTO t (n) VALUES ($1)", vec![Arg::Int(1), Arg::Int(2)]),
        ];
        for (sql, args) in cases {
            let told = format!("{sql} {args:?} on {}", db.name());
            let error = db.write(move |tx| tx.exec(sql, &args)).await.unwrap_err();
            assert_eq!(error.kind(), Kind::Internal, "{told}: {error}");
            assert!(!error.to_string().contains("secret"), "the value is told: {error}");
        }
        let rows: i64 = db.read(|tx| tx.value("SELECT COUNT(*) FROM t", args![])).await.unwrap();
        assert_eq!(rows, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_with_nul_is_refused_in_words() {
    for db in databases().await {
        make(&db, "t", "x text, j {json}").await;
        for (column, arg) in [
            ("x", serde_json::json!(null)),
            ("j", serde_json::json!({"a": ["b\u{0}c"]})),
            ("j", serde_json::json!({"a\u{0}": 1})),
        ] {
            let error = db
                .write(move |tx| {
                    let sql = format!("INSERT INTO t ({column}) VALUES ($1)");
                    match column {
                        "x" => tx.exec(&sql, args!["a\u{0}b"]),
                        _ => tx.exec(&sql, args![arg]),
                    }
                })
                .await
                .unwrap_err();
            assert_eq!((error.kind(), error.key()), (Kind::Invalid, "base.error.bad_text"));
        }
        let listed = ["a\u{0}".to_owned()];
        let error = db
            .read(move |tx| {
                tx.values::<String>("SELECT x FROM t WHERE x {in:$1}", &[Arg::Texts(&listed)])
            })
            .await
            .unwrap_err();
        assert_eq!(error.key(), "base.error.bad_text");
    }
}
