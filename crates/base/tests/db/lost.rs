//! A PostgreSQL server that goes away and comes back.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use thao_base::db::Place;
use thao_base::{Db, Kind, args};
use thao_testkit::{TestDb, databases};

use crate::table::{add, all, numbers};

async fn postgres() -> TestDb {
    let db = databases().await.swap_remove(1);
    assert_eq!(db.name(), "postgres");
    db
}

/// Ends every connection of the pool of `db`, as a restart of the server does.
async fn kill(db: &TestDb) -> usize {
    db.reopen()
        .read(|tx| {
            let ended: Vec<bool> = tx.values(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE application_name = current_setting('application_name') \
                 AND pid <> pg_backend_pid()",
                args![],
            )?;
            Ok(ended.len())
        })
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_whose_connections_were_killed_recovers() {
    let db = postgres().await;
    numbers(&db).await;
    for round in 0..5 {
        // Fill the pool, then end all of it.
        join_all((0..30).map(|_| all(&db))).await;
        assert!(kill(&db).await > 0);
        let after = (0..30).map(|i| db.write(move |tx| add(tx, round * 30 + i)));
        for saved in join_all(after).await {
            saved.unwrap();
        }
        let readers = (0..30).map(|_| db.read(|tx| tx.value::<i64>("SELECT 1::bigint", args![])));
        for read in join_all(readers).await {
            read.unwrap();
        }
    }
    assert_eq!(all(&db).await.len(), 150);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_loses_its_connection_runs_again() {
    let db = postgres().await;
    numbers(&db).await;
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();
    db.write(move |tx| {
        add(tx, 1)?;
        if counted.fetch_add(1, Ordering::SeqCst) == 0 {
            tx.value::<bool>("SELECT pg_terminate_backend(pg_backend_pid())", args![])?;
        }
        add(tx, 2)
    })
    .await
    .unwrap();
    assert_eq!(runs.load(Ordering::SeqCst), 2);
    assert_eq!(all(&db).await, [1, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_without_an_answer_is_not_repeated() {
    let db = postgres().await;
    numbers(&db).await;
    // Refused while it commits, as if the server stopped there.
    db.write(|tx| {
        tx.exec(
            "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$",
            args![],
        )?;
        tx.exec(
            "CREATE CONSTRAINT TRIGGER stop AFTER INSERT ON number DEFERRABLE INITIALLY DEFERRED \
             FOR EACH ROW EXECUTE FUNCTION stop()",
            args![],
        )
    })
    .await
    .unwrap();
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();
    let error = db
        .write(move |tx| {
            counted.fetch_add(1, Ordering::SeqCst);
            add(tx, 1)
        })
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.key()), (Kind::Unavailable, "base.error.database_unreachable"));
    assert_eq!(runs.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_is_told_as_such() {
    let url = "postgres://nobody@127.0.0.1:1/none?sslmode=disable".to_owned();
    let db = Db::open(&Place::Postgres { url, connections: 2 }).unwrap();
    for error in [
        db.read(|tx| tx.value::<i64>("SELECT 1", args![])).await.unwrap_err(),
        db.write(|tx| tx.exec("SELECT 1", args![])).await.unwrap_err(),
    ] {
        assert_eq!(
            (error.kind(), error.key()),
            (Kind::Unavailable, "base.error.database_unreachable")
        );
    }
}
