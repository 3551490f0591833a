//! Lists as arguments, many rows at once, rows as they come.

use serde_json::json;
use thao_base::db::Arg;
use thao_base::{Error, PersonId, args, row};
use thao_testkit::{databases, world};

use crate::table::{add, all, make, numbers};

row! {
    #[derive(Debug, PartialEq)]
    pub(crate) struct Person { pub(crate) name: String, pub(crate) year: Option<i32> }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_finds_its_members() {
    let world = world();
    let ids: Vec<PersonId> = (0..5).map(|_| world.stamp("test.act").id()).collect();
    for db in databases().await {
        make(&db, "t", "id {id} NOT NULL PRIMARY KEY, name text NOT NULL, year integer").await;
        let ids = ids.clone();
        let (names, years) = db
            .write(move |tx| {
                for (i, id) in ids.iter().enumerate() {
                    let year = (i < 4).then_some(1990 + i32::try_from(i).unwrap());
                    tx.exec(
                        "INSERT INTO t (id, name, year) VALUES ($1, $2, $3)",
                        args![id, format!("n{i}"), year],
                    )?;
                }
                let wanted = vec![ids[3], ids[1], ids[1]];
                let names: Vec<String> =
                    tx.values("SELECT name FROM t WHERE id {in:$1} ORDER BY name", args![wanted])?;
                let none: Vec<String> = tx
                    .values("SELECT name FROM t WHERE id {in:$1}", args![Vec::<PersonId>::new()])?;
                assert_eq!(none, Vec::<String>::new());
                // The same list twice, among other arguments.
                let years = tx.list::<Person>(
                    "SELECT name, year FROM t WHERE (year {in:$2} OR NOT (name {in:$3})) \
                     AND name <> $1 AND NOT (name {in:$3}) ORDER BY name",
                    &[
                        Arg::Text("n0"),
                        Arg::Ints(&[1991, 1990]),
                        Arg::Texts(&["n2".to_owned(), "n3".to_owned()]),
                    ],
                )?;
                Ok((names, years))
            })
            .await
            .unwrap();
        assert_eq!(names, ["n1", "n3"]);
        let person = |name: &str, year| Person { name: name.to_owned(), year };
        assert_eq!(years, [person("n1", Some(1991)), person("n4", None)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_one_argument() {
    for db in databases().await {
        numbers(&db).await;
        let found = db
            .write(|tx| {
                tx.exec_many(
                    "INSERT INTO number (no) VALUES ($1)",
                    (0..50_000i64).map(|no| vec![Arg::Int(no)]),
                )?;
                let even: Vec<i64> = (0..100_000).step_by(2).collect();
                tx.value::<i64>("SELECT COUNT(*) FROM number WHERE no {in:$1}", &[Arg::Ints(&even)])
            })
            .await
            .unwrap();
        assert_eq!(found, 25_000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn spans_become_rows() {
    for db in databases().await {
        numbers(&db).await;
        let (inside, none) = db
            .write(|tx| {
                for no in 0..30 {
                    add(tx, no)?;
                }
                let sql = "SELECT n.no FROM number n JOIN {spans:$1} s \
                           ON n.no BETWEEN s.lo AND s.hi WHERE n.no <> $2 ORDER BY n.no";
                let inside: Vec<i64> =
                    tx.values(sql, args![json!([[3, 5], [10, 10], [28, 9_000_000_000i64]]), 4i64])?;
                let none: Vec<i64> = tx.values(sql, args![json!([]), 4i64])?;
                Ok((inside, none))
            })
            .await
            .unwrap();
        assert_eq!(inside, [3, 5, 10, 28, 29]);
        assert_eq!(none, Vec::<i64>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_rows_at_once_are_all_or_none() {
    for db in databases().await {
        numbers(&db).await;
        let insert = "INSERT INTO number (no) VALUES ($1)";
        let rows = |from: i64, to: i64| (from..to).map(|no| vec![Arg::Int(no)]);
        let changed = db.write(move |tx| tx.exec_many(insert, rows(0, 1000))).await.unwrap();
        assert_eq!(changed, 1000);
        let nothing = db.write(move |tx| tx.exec_many(insert, rows(5, 5))).await.unwrap();
        assert_eq!(nothing, 0);
        // Row 1000 is new, and then 999 stands in the way, in the second part of the pipeline.
        let error = db
            .write(move |tx| tx.exec_many(insert, rows(1000, 1300).chain(rows(999, 1000))))
            .await
            .unwrap_err();
        assert!(error.is_duplicate(), "{}: {error}", db.name());
        assert_eq!(all(&db).await, (0..1000).collect::<Vec<i64>>());
    }
}

const COUNTING: &str = "WITH RECURSIVE n (no) AS (SELECT CAST(1 AS bigint) UNION ALL \
                        SELECT no + 1 FROM n WHERE no < 200000) SELECT no FROM n";

#[tokio::test(flavor = "multi_thread")]
async fn rows_come_one_after_the_other() {
    for db in databases().await {
        let (count, sum) = db
            .read(|tx| {
                let (mut count, mut sum) = (0, 0);
                tx.each(COUNTING, args![], |row| {
                    count += 1;
                    sum += row.take::<i64>()?;
                    Ok(())
                })?;
                Ok((count, sum))
            })
            .await
            .unwrap();
        assert_eq!((count, sum), (200_000, 200_000 * 200_001 / 2), "{}", db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_that_stops_early_leaves_the_connection_usable() {
    for db in databases().await {
        numbers(&db).await;
        for turn in 0..8 {
            db.write(move |tx| {
                let mut seen = 0;
                let stopped = tx.each(COUNTING, args![], |row| {
                    seen = row.take::<i64>()?;
                    match seen {
                        3 => Err(Error::invalid("base.error.refused")),
                        _ => Ok(()),
                    }
                });
                assert_eq!(stopped.unwrap_err().key(), "base.error.refused");
                assert_eq!(seen, 3);
                // The same transaction goes on, and is kept.
                add(tx, turn)?;
                tx.value::<i64>("SELECT COUNT(*) FROM number", args![])
            })
            .await
            .unwrap();
        }
        assert_eq!(all(&db).await, (0..8).collect::<Vec<i64>>(), "{}", db.name());
    }
}
