//! One closure, one transaction: kept whole or not at all, seen whole or not at all.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use thao_base::db::TxKind;
use thao_base::{Error, Kind, args};
use thao_testkit::databases;

use crate::table::{add, all, make, numbers};

#[tokio::test(flavor = "multi_thread")]
async fn an_error_of_the_closure_undoes_everything() {
    for db in databases().await {
        numbers(&db).await;
        let refused = db
            .write(|tx| {
                add(tx, 1)?;
                add(tx, 2)?;
                Err::<(), _>(Error::invalid("base.error.refused").field("no"))
            })
            .await
            .unwrap_err();
        assert_eq!((refused.kind(), refused.field_name()), (Kind::Invalid, Some("no")));
        let noted = db
            .note(|tx| {
                add(tx, 3)?;
                Err::<(), _>(Error::not_found())
            })
            .await;
        assert_eq!(noted.unwrap_err().kind(), Kind::NotFound);
        assert_eq!(all(&db).await, Vec::<i64>::new(), "{}", db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_knows_its_kind() {
    for db in databases().await {
        assert_eq!(db.read(|tx| Ok(tx.kind())).await.unwrap(), TxKind::Read);
        assert_eq!(db.write(|tx| Ok(tx.kind())).await.unwrap(), TxKind::Write);
        assert_eq!(db.note(|tx| Ok(tx.kind())).await.unwrap(), TxKind::Note);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_transaction_changes_nothing() {
    for db in databases().await {
        numbers(&db).await;
        let executed = db.read(|tx| add(tx, 1)).await;
        assert_eq!(executed.unwrap_err().kind(), Kind::Internal);
        let returned = db
            .read(|tx| {
                tx.values::<i64>("INSERT INTO number (no) VALUES ($1) RETURNING no", args![2i64])
            })
            .await;
        assert!(returned.is_err());
        assert_eq!(all(&db).await, Vec::<i64>::new(), "{}", db.name());
        db.write(|tx| add(tx, 3)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_sees_one_moment() {
    for db in databases().await {
        numbers(&db).await;
        db.write(|tx| add(tx, 1)).await.unwrap();
        let (read_once, reading) = channel();
        let (written, go_on) = channel();
        let go_on = Mutex::new(go_on);
        let reader = tokio::spawn({
            let db = db.clone();
            async move {
                db.read(move |tx| {
                    let count = "SELECT COUNT(*) FROM number";
                    let before: i64 = tx.value(count, args![])?;
                    read_once.send(()).unwrap();
                    go_on.lock().unwrap().recv().unwrap();
                    Ok((before, tx.value::<i64>(count, args![])?))
                })
                .await
            }
        });
        tokio::task::spawn_blocking(move || reading.recv().unwrap()).await.unwrap();
        db.write(|tx| add(tx, 2)).await.unwrap();
        written.send(()).unwrap();
        assert_eq!(reader.await.unwrap().unwrap(), (1, 1), "{}", db.name());
        assert_eq!(all(&db).await, [1, 2]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_readers_than_connections_all_get_their_turn() {
    for db in databases().await {
        numbers(&db).await;
        db.write(|tx| add(tx, 7)).await.unwrap();
        let readers = (0..200).map(|_| all(&db));
        for found in futures_util::future::join_all(readers).await {
            assert_eq!(found, [7]);
        }
        if db.name() == "postgres" {
            let connections: i64 = db
                .read(|tx| {
                    tx.value(
                        "SELECT COUNT(*) FROM pg_stat_activity \
                         WHERE application_name = current_setting('application_name')",
                        args![],
                    )
                })
                .await
                .unwrap();
            assert!((1..=8).contains(&connections), "{connections} connections");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_statement_that_is_ignored_saves_nothing() {
    for db in databases().await {
        numbers(&db).await;
        db.write(|tx| add(tx, 1)).await.unwrap();
        let error = db
            .write(|tx| {
                add(tx, 2)?;
                assert!(add(tx, 1).unwrap_err().is_duplicate());
                // No statement goes on after it, and the Ok below is no Ok.
                assert_eq!(add(tx, 3).unwrap_err().kind(), Kind::Internal);
                Ok(())
            })
            .await
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Internal);
        assert_eq!(all(&db).await, [1], "{}", db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_undoes_only_itself() {
    for db in databases().await {
        numbers(&db).await;
        let seen = db
            .write(|tx| {
                add(tx, 1)?;
                let refused = tx.attempt(|tx| {
                    add(tx, 2)?;
                    tx.attempt(|tx| add(tx, 3))?;
                    add(tx, 1)
                });
                assert!(refused.unwrap_err().is_duplicate());
                let nested = tx.attempt(|tx| {
                    add(tx, 4)?;
                    let inner = tx.attempt(|tx| {
                        add(tx, 5)?;
                        Err::<(), _>(Error::not_found())
                    });
                    assert_eq!(inner.unwrap_err().kind(), Kind::NotFound);
                    add(tx, 6)
                });
                assert_eq!(nested.unwrap(), 1);
                tx.values::<i64>("SELECT no FROM number ORDER BY no", args![])
            })
            .await
            .unwrap();
        assert_eq!(seen, [1, 4, 6], "{}", db.name());
        assert_eq!(all(&db).await, [1, 4, 6]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_rule_refuses_is_told_apart() {
    for db in databases().await {
        make(&db, "parent", "id bigint NOT NULL PRIMARY KEY, name text NOT NULL UNIQUE").await;
        make(&db, "child", "parent_id bigint NOT NULL REFERENCES parent (id)").await;
        let parent = "INSERT INTO parent (id, name) VALUES ($1, $2)";
        db.write(move |tx| tx.exec(parent, args![1i64, "a"])).await.unwrap();
        for (id, name, duplicate) in
            [(1i64, Some("b"), true), (2, Some("a"), true), (3, None, false)]
        {
            let error = db.write(move |tx| tx.exec(parent, args![id, name])).await.unwrap_err();
            assert_eq!((error.kind(), error.key()), (Kind::Conflict, "base.error.refused"));
            assert_eq!(error.is_duplicate(), duplicate, "{} {id}: {error}", db.name());
        }
        for sql in
            ["INSERT INTO child (parent_id) VALUES ($1)", "DELETE FROM parent WHERE id <> $1"]
        {
            let error = db
                .write(move |tx| {
                    tx.exec("INSERT INTO child (parent_id) VALUES (1)", args![])?;
                    tx.exec(sql, args![9i64])
                })
                .await
                .unwrap_err();
            assert_eq!(error.kind(), Kind::Conflict, "{sql}: {error}");
            assert!(!error.is_duplicate());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_asker_who_leaves_undoes_nothing() {
    for db in databases().await {
        numbers(&db).await;
        let runs = Arc::new(AtomicUsize::new(0));
        {
            let runs = runs.clone();
            let mut leaving = Box::pin(db.write(move |tx| {
                runs.fetch_add(1, Ordering::SeqCst);
                add(tx, 1)
            }));
            // Started, and dropped before the answer.
            let _ = futures_util::poll!(&mut leaving);
        }
        // Writers take turns: when this one is done, so is the one before.
        db.write(|tx| add(tx, 2)).await.unwrap();
        let found = all(&db).await;
        assert!(found == [1, 2] || (found == [2] && runs.load(Ordering::SeqCst) == 0));
    }
}
