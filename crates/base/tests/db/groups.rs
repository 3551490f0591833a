//! Many writers at once: a group is committed together, and each stands or falls alone.

use std::sync::Mutex;
use std::sync::mpsc::{Sender, channel};

use futures_util::poll;
use thao_base::{Db, Error, Kind, Result, Tx, args};
use thao_testkit::{TestDb, databases};

use crate::table::{add, all, make, numbers};

/// Holds the writers up until the sender is used, so that what is asked for meanwhile is waiting
/// together.
async fn hold(db: &Db) -> (Sender<()>, tokio::task::JoinHandle<Result<()>>) {
    let (started, starting) = channel();
    let (release, held) = channel();
    let held = Mutex::new(held);
    let holder = tokio::spawn({
        let db = db.clone();
        async move {
            db.write(move |_| {
                let _ = started.send(());
                held.lock().unwrap().recv().map_err(Error::internal)
            })
            .await
        }
    });
    tokio::task::spawn_blocking(move || starting.recv().unwrap()).await.unwrap();
    (release, holder)
}

/// Asks for all of `works` while the writers are held up, then lets them go.
async fn together<F>(db: &Db, works: Vec<F>) -> Vec<Result<u64>>
where
    F: Fn(&mut Tx<'_>) -> Result<u64> + Send + 'static,
{
    let (release, holder) = hold(db).await;
    let mut asked: Vec<_> = works.into_iter().map(|work| Box::pin(db.write(work))).collect();
    for ask in &mut asked {
        assert!(poll!(ask).is_pending());
    }
    release.send(()).unwrap();
    holder.await.unwrap().unwrap();
    futures_util::future::join_all(asked).await
}

/// Checks that exactly the works at `failing` failed, and that the others are saved.
async fn only(db: &TestDb, results: &[Result<u64>], failing: &[usize]) {
    for (i, result) in results.iter().enumerate() {
        assert_eq!(result.is_err(), failing.contains(&i), "{} {i}: {result:?}", db.name());
    }
    let saved: Vec<i64> =
        (0..results.len()).filter(|i| !failing.contains(i)).map(|i| i as i64).collect();
    assert_eq!(all(db).await, saved, "{}", db.name());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_sixty_four_fails_alone() {
    for db in databases().await {
        numbers(&db).await;
        let works = (0..64)
            .map(|no| {
                move |tx: &mut Tx<'_>| {
                    let done = add(tx, no)?;
                    if no == 31 {
                        return Err(Error::invalid("base.error.refused"));
                    }
                    Ok(done)
                }
            })
            .collect();
        let results = together(&db, works).await;
        only(&db, &results, &[31]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_row_takes_only_its_own_transaction_along() {
    for db in databases().await {
        numbers(&db).await;
        let works = (0..64)
            .map(|no| {
                move |tx: &mut Tx<'_>| {
                    let done = add(tx, no)?;
                    if no == 40 {
                        // One of its own group, not yet committed, stands in the way.
                        add(tx, 2)?;
                    }
                    Ok(done)
                }
            })
            .collect();
        let results = together(&db, works).await;
        only(&db, &results, &[40]).await;
        assert!(results[40].as_ref().unwrap_err().is_duplicate());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_stops_neither_its_group_nor_the_writer() {
    for db in databases().await {
        numbers(&db).await;
        let works = (0..64)
            .map(|no| {
                move |tx: &mut Tx<'_>| {
                    let done = add(tx, no)?;
                    assert!(no != 5, "a defect, made on purpose by this test");
                    Ok(done)
                }
            })
            .collect();
        let results = together(&db, works).await;
        only(&db, &results, &[5]).await;
        assert_eq!(results[5].as_ref().unwrap_err().kind(), Kind::Internal);
        let in_a_read = db
            .read(|tx| {
                let one: i64 = tx.value("SELECT COUNT(*) FROM number", args![])?;
                assert!(one == 0, "a defect, made on purpose by this test");
                Ok(())
            })
            .await;
        assert_eq!(in_a_read.unwrap_err().kind(), Kind::Internal);
        db.write(|tx| add(tx, 5)).await.unwrap();
        assert_eq!(all(&db).await.len(), 64);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_the_large_and_saves_the_small() {
    let db = databases().await.swap_remove(0);
    assert_eq!(db.name(), "sqlite");
    numbers(&db).await;
    make(&db, "file", "bytes {bytes} NOT NULL").await;
    let pages = |most: &'static str| {
        db.write(move |tx| {
            let now: i64 = tx.value("PRAGMA page_count", args![])?;
            let most = most.replace("now", &(now + 20).to_string());
            tx.value::<i64>(&format!("PRAGMA max_page_count = {most}"), args![])
        })
    };
    pages("now").await.unwrap();
    let works = (0..64)
        .map(|no| {
            move |tx: &mut Tx<'_>| {
                let done = add(tx, no)?;
                if [3, 50].contains(&no) {
                    tx.exec("INSERT INTO file (bytes) VALUES ($1)", args![vec![1u8; 1_000_000]])?;
                }
                Ok(done)
            }
        })
        .collect();
    let results = together(&db, works).await;
    only(&db, &results, &[3, 50]).await;
    for large in [3, 50] {
        let error = results[large].as_ref().unwrap_err();
        assert_eq!((error.kind(), error.key()), (Kind::Unavailable, "base.error.disk_full"));
    }
    // Space was freed: the same is saved.
    pages("1000000").await.unwrap();
    db.write(|tx| tx.exec("INSERT INTO file (bytes) VALUES ($1)", args![vec![1u8; 1_000_000]]))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_that_is_ignored_saves_nothing_outside_its_transaction() {
    let db = databases().await.swap_remove(0);
    numbers(&db).await;
    make(&db, "file", "bytes {bytes} NOT NULL").await;
    let error = db
        .write(|tx| {
            let now: i64 = tx.value("PRAGMA page_count", args![])?;
            tx.value::<i64>(&format!("PRAGMA max_page_count = {}", now + 20), args![])?;
            add(tx, 1)?;
            let large = "INSERT INTO file (bytes) VALUES ($1)";
            let full = tx.attempt(|tx| tx.exec(large, args![vec![1u8; 1_000_000]]));
            assert_eq!(full.unwrap_err().key(), "base.error.disk_full");
            // SQLite has given the transaction up: this would stand alone.
            let _ = add(tx, 2);
            Ok(())
        })
        .await
        .unwrap_err();
    assert_eq!(error.kind(), Kind::Internal);
    assert_eq!(all(&db).await, Vec::<i64>::new());
}
