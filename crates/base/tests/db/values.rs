//! Every type of value comes back as it went in.

use std::fmt::Debug;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use thao_base::db::{FromColumn, ToArg};
use thao_base::{Db, PersonId, args};
use thao_testkit::{databases, world};
use uuid::Uuid;

use crate::table::make;

/// Writes each value into a column of the type, and NULL, and reads all of them back.
async fn round<T>(db: &Db, column: &str, values: Vec<T>)
where
    T: ToArg + FromColumn + PartialEq + Debug + Clone + Send + Sync + 'static,
{
    let table = format!("t_{}", column.trim_matches(['{', '}']));
    make(db, &table, &format!("no integer NOT NULL PRIMARY KEY, v {column}")).await;
    let (sent, name) = (values.clone(), table.clone());
    db.write(move |tx| {
        let sql = format!("INSERT INTO {name} (no, v) VALUES ($1, $2)");
        for (no, value) in sent.iter().enumerate() {
            tx.exec(&sql, args![i32::try_from(no).unwrap(), value])?;
        }
        tx.exec(&sql, args![-1i32, None::<T>])
    })
    .await
    .unwrap();
    let found: Vec<Option<T>> = db
        .read(move |tx| tx.values(&format!("SELECT v FROM {table} ORDER BY no"), args![]))
        .await
        .unwrap();
    let mut wanted = vec![None];
    wanted.extend(values.into_iter().map(Some));
    assert_eq!(found, wanted, "a column of type {column}");
    let drop = format!("DROP TABLE t_{}", column.trim_matches(['{', '}']));
    db.write(move |tx| tx.exec(&drop, args![])).await.unwrap();
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_and_truth() {
    for db in databases().await {
        round(&db, "{bool}", vec![true, false]).await;
        round(&db, "bigint", vec![0, 1, -1, i64::MAX, i64::MIN]).await;
        round(&db, "integer", vec![0, i32::MAX, i32::MIN]).await;
        round(&db, "integer", vec![i16::MAX, i16::MIN]).await;
        round(&db, "bigint", vec![u32::MAX, 0]).await;
        let reals = vec![0.0, 0.1, -1.5, 1e300, f64::MAX, f64::MIN_POSITIVE, 1.0 / 3.0];
        round(&db, "{real}", reals).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_and_bytes() {
    let texts = [
        "",
        " ",
        "Nguyễn Thị Ánh Tuyết",
        // The same letters taken apart: what is stored is what was sent.
        "Nguye\u{302}\u{303}n Thi\u{323} A\u{301}nh",
        "xã Hoà Bình / xã Hòa Bình",
        "O'Brien; DROP TABLE x; -- \"quoted\" \\ $1 ?1 {in:$1}",
        "hai\ndòng\tvà tab",
        "😀 \u{10FFFF} \u{FEFF}",
    ];
    let mut texts: Vec<String> = texts.map(String::from).into();
    texts.push("ữ".repeat(400_000));
    let bytes: Vec<Vec<u8>> = vec![vec![], vec![0], (0..=255).collect(), vec![0xFF; 1_000_000]];
    for db in databases().await {
        round(&db, "text", texts.clone()).await;
        round(&db, "{bytes}", bytes.clone()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_times_and_dates() {
    let world = world();
    let ids: Vec<PersonId> = (0..3).map(|_| world.stamp("test.act").id()).collect();
    let times = [
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "2026-11-20T01:30:00.123456Z",
        "2000-01-01T00:00:00Z",
        "1999-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z",
        "9999-12-30T21:59:59.999999Z",
    ];
    let dates = vec![date(1, 1, 1), date(1945, 9, 2), date(2024, 2, 29), date(9999, 12, 31)];
    for db in databases().await {
        round(&db, "{id}", ids.clone()).await;
        round(&db, "{id}", vec![Uuid::nil(), Uuid::max()]).await;
        round(&db, "{time}", times.map(instant).into()).await;
        round(&db, "text", dates.clone()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_below_a_microsecond_is_dropped_the_same_way() {
    for db in databases().await {
        make(&db, "t", "v {time} NOT NULL").await;
        for (sent, kept) in [
            ("2026-11-20T01:30:00.123456789Z", "2026-11-20T01:30:00.123456Z"),
            ("1969-12-31T23:59:59.999999999Z", "1970-01-01T00:00:00Z"),
        ] {
            let sent = instant(sent);
            let found: Timestamp = db
                .write(move |tx| {
                    tx.exec("DELETE FROM t", args![])?;
                    tx.exec("INSERT INTO t (v) VALUES ($1)", args![sent])?;
                    tx.value("SELECT v FROM t", args![])
                })
                .await
                .unwrap();
            assert_eq!(found, instant(kept), "{}", db.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn json_of_every_shape() {
    let values: Vec<Value> = vec![
        json!({}),
        json!([]),
        json!("chữ"),
        json!(null),
        json!(true),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(0.1),
        json!({"b": 1, "a": {"á": [1, 2.5, "x\"y\\z\n\u{1}", null]}, "": false}),
        json!("\\u0000 is not NUL"),
    ];
    for db in databases().await {
        round(&db, "{json}", values.clone()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn text_sorts_by_its_bytes_everywhere() {
    let names = ["Đào", "an", "An", "Ấn", "a b", "a-b", "ab", "Ân", "", "~", "đào"];
    let mut wanted: Vec<String> = names.map(String::from).into();
    wanted.sort();
    for db in databases().await {
        make(&db, "t", "v text NOT NULL").await;
        let found: Vec<String> = db
            .write(move |tx| {
                tx.exec_many("INSERT INTO t (v) VALUES ($1)", names.iter().map(|v| vec![v.arg()]))?;
                tx.values("SELECT v FROM t ORDER BY v", args![])
            })
            .await
            .unwrap();
        assert_eq!(found, wanted, "{}", db.name());
        let dates: Vec<Date> = db
            .write(|tx| {
                tx.exec("DELETE FROM t", args![])?;
                let dates = [date(2026, 10, 1), date(2026, 9, 30), date(999, 1, 1)];
                tx.exec_many("INSERT INTO t (v) VALUES ($1)", dates.iter().map(|v| vec![v.arg()]))?;
                tx.values("SELECT v FROM t WHERE v < $1 ORDER BY v", args![date(2026, 10, 1)])
            })
            .await
            .unwrap();
        assert_eq!(dates, [date(999, 1, 1), date(2026, 9, 30)]);
    }
}
