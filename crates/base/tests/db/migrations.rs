//! The schema: one order of steps, the same on both databases, taken once.

use futures_util::future::join_all;
use thao_base::db::Place;
use thao_base::db::migrate::{STEPS, up, version};
use thao_base::{Clock, Db, Kind, NodeId, Tx, args};
use thao_testkit::{databases, empty_databases, world};

const NEWEST: i32 = STEPS[STEPS.len() - 1].no;

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_database_is_brought_to_the_newest_step_once() {
    for db in empty_databases().await {
        let clock = Clock::system();
        assert_eq!(db.read(version).await.unwrap(), 0, "{}", db.name());
        assert_eq!(up(&db, None, &clock).await.unwrap(), STEPS.len());
        assert_eq!(db.read(version).await.unwrap(), NEWEST);
        assert_eq!(up(&db, None, &clock).await.unwrap(), 0);
        assert_eq!(up(&db.reopen(), None, &clock).await.unwrap(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_keeps_its_data() {
    for db in empty_databases().await {
        let clock = world().clock;
        let id: NodeId = world().stamp("test.act").id();
        for step in STEPS.iter().map(|step| step.no) {
            assert_eq!(up(&db, Some(step), &clock).await.unwrap(), 1);
            assert_eq!(db.read(version).await.unwrap(), step);
            if step == 1 {
                db.write(move |tx| {
                    let sql = "INSERT INTO node (no, id, name, here) VALUES (1, $1, 'máy chủ', $2)";
                    tx.exec(sql, args![id, true])
                })
                .await
                .unwrap();
            }
        }
        let node: (i32, NodeId, String, bool) =
            db.read(|tx| tx.get("SELECT no, id, name, here FROM node", args![])).await.unwrap();
        assert_eq!(node, (1, id, "máy chủ".to_owned(), true), "{}", db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_release_is_left_alone() {
    for db in databases().await {
        db.write(|tx| {
            let sql =
                "INSERT INTO migration (no, name, hash, at) VALUES (999, '0999_later', 'x', $1)";
            tx.exec(sql, args![world().now()])
        })
        .await
        .unwrap();
        let error = up(&db, None, &Clock::system()).await.unwrap_err();
        assert_eq!((error.kind(), error.key()), (Kind::Unavailable, "base.error.schema_newer"));
        assert!(error.words(thao_base::Lang::Vi).contains("0999_later"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_was_changed_after_it_was_taken_is_refused() {
    for db in databases().await {
        db.write(|tx| tx.exec("UPDATE migration SET hash = 'x' WHERE no = 2", args![]))
            .await
            .unwrap();
        let error = up(&db, None, &Clock::system()).await.unwrap_err();
        assert_eq!((error.kind(), error.key()), (Kind::Unavailable, "base.error.schema_differs"));
        assert!(error.words(thao_base::Lang::En).contains(STEPS[1].name));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_fails_leaves_the_database_as_it_was() {
    for db in empty_databases().await {
        // Something stands in the way of the second step.
        db.note(|tx| tx.exec("CREATE TABLE unit (id bigint)", args![])).await.unwrap();
        assert!(up(&db, None, &Clock::system()).await.is_err());
        assert_eq!(db.read(version).await.unwrap(), 0);
        let first = db.read(|tx| tx.value::<i64>("SELECT COUNT(*) FROM node", args![])).await;
        assert!(first.is_err(), "the first step stayed behind on {}", db.name());
        db.note(|tx| tx.exec("DROP TABLE unit", args![])).await.unwrap();
        assert_eq!(up(&db, None, &Clock::system()).await.unwrap(), STEPS.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_together_take_each_step_once() {
    for db in empty_databases().await {
        let nodes: Vec<Db> = (0..6).map(|_| db.reopen()).collect();
        let clock = Clock::system();
        let taken: usize = join_all(nodes.iter().map(|node| up(node, None, &clock)))
            .await
            .into_iter()
            .map(|taken| taken.unwrap())
            .sum();
        assert_eq!(taken, STEPS.len(), "{}", db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_file_may_be_opened_by_many_at_once() {
    let db = empty_databases().await.swap_remove(0);
    let Place::Sqlite(file) = db.place() else { panic!("not a file: {:?}", db.place()) };
    for round in 0..10 {
        let place = Place::Sqlite(file.with_file_name(format!("new{round}.db")));
        let openers: Vec<_> = (0..8)
            .map(|_| {
                let place = place.clone();
                std::thread::spawn(move || Db::open(&place).map(|_| ()))
            })
            .collect();
        for opener in openers {
            opener.join().unwrap().unwrap();
        }
    }
}

/// Table, column, whether it may be NULL.
type Shape = Vec<(String, String, bool)>;

fn shape(tx: &mut Tx<'_>, sqlite: bool) -> thao_base::Result<Shape> {
    if sqlite {
        return tx.list(
            "SELECT t.name, c.name, c.\"notnull\" = 0 FROM sqlite_schema t \
             JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' \
             ORDER BY t.name, c.cid",
            args![],
        );
    }
    tx.list(
        "SELECT CAST(table_name AS text), CAST(column_name AS text), is_nullable = 'YES' \
         FROM information_schema.columns WHERE table_schema = current_schema() \
         ORDER BY CAST(table_name AS text) COLLATE \"C\", ordinal_position",
        args![],
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn both_databases_have_the_same_tables_and_columns() {
    let mut shapes = Vec::new();
    for db in databases().await {
        let sqlite = db.name() == "sqlite";
        shapes.push(db.read(move |tx| shape(tx, sqlite)).await.unwrap());
    }
    assert_eq!(shapes[0], shapes[1]);
    assert!(shapes[0].len() > 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_is_strict_and_every_text_sorts_by_bytes() {
    for db in databases().await {
        let (loose, tables): (&str, &str) = match db.name() {
            "sqlite" => (
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict \
                 AND name NOT LIKE 'sqlite%'",
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict",
            ),
            _ => (
                "SELECT CAST(table_name || '.' || column_name AS text) \
                 FROM information_schema.columns WHERE table_schema = current_schema() \
                 AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'",
                "SELECT CAST(table_name AS text) FROM information_schema.tables \
                 WHERE table_schema = current_schema()",
            ),
        };
        let (loose, tables) = db
            .read(move |tx| {
                Ok((tx.values::<String>(loose, args![])?, tx.values::<String>(tables, args![])?))
            })
            .await
            .unwrap();
        assert_eq!(loose, Vec::<String>::new(), "{}", db.name());
        assert!(tables.len() > 30);
    }
}
