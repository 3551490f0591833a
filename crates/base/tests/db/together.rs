//! Two programs on one database: numbers without gaps, no lost update, no skew.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use futures_util::future::join_all;
use thao_base::{Db, Error, Result, Tx, args};
use thao_testkit::databases;

use crate::table::{add, all, make, numbers};

/// Takes the next number of the counter and keeps it.
fn take_number(tx: &mut Tx<'_>) -> Result<i64> {
    tx.exec("UPDATE counter SET last = last + 1", args![])?;
    let no = tx.value("SELECT last FROM counter", args![])?;
    add(tx, no)?;
    Ok(no)
}

async fn counter(db: &Db) {
    numbers(db).await;
    make(db, "counter", "last bigint NOT NULL").await;
    db.write(|tx| tx.exec("INSERT INTO counter (last) VALUES (0)", args![])).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_have_no_gap_whoever_takes_them() {
    for db in databases().await {
        counter(&db).await;
        let other = db.reopen();
        let takers = (0..100).flat_map(|i| {
            [&*db, &other].map(|db| {
                db.write(move |tx| {
                    let no = take_number(tx)?;
                    if i % 10 == 9 {
                        return Err(Error::not_found());
                    }
                    Ok(no)
                })
            })
        });
        let mut taken: Vec<i64> = join_all(takers).await.into_iter().flatten().collect();
        taken.sort_unstable();
        assert_eq!(taken, (1..=180).collect::<Vec<i64>>(), "{}", db.name());
        assert_eq!(all(&db).await, taken);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_of_two_programs_lose_no_update() {
    for db in databases().await {
        counter(&db).await;
        let other = db.reopen();
        let notes = (0..100).flat_map(|_| {
            [&*db, &other]
                .map(|db| db.note(|tx| tx.exec("UPDATE counter SET last = last + 1", args![])))
        });
        for done in join_all(notes).await {
            assert_eq!(done.unwrap(), 1);
        }
        let last: i64 = db.read(|tx| tx.value("SELECT last FROM counter", args![])).await.unwrap();
        assert_eq!(last, 200, "{}", db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_stays_on_duty() {
    for db in databases().await {
        make(&db, "duty", "doctor bigint NOT NULL PRIMARY KEY, on_duty {bool} NOT NULL").await;
        db.write(|tx| {
            for doctor in 0..10i64 {
                tx.exec("INSERT INTO duty (doctor, on_duty) VALUES ($1, $2)", args![doctor, true])?;
            }
            Ok(())
        })
        .await
        .unwrap();
        let other = db.reopen();
        // Each reads that another is on duty and leaves: all at once nobody would be left.
        let leave = |doctor: i64| {
            move |tx: &mut Tx<'_>| {
                let on_duty: i64 =
                    tx.value("SELECT COUNT(*) FROM duty WHERE on_duty = $1", args![true])?;
                if on_duty < 2 {
                    return Ok(0);
                }
                tx.exec("UPDATE duty SET on_duty = $1 WHERE doctor = $2", args![false, doctor])
            }
        };
        let leaving =
            (0..10).map(|doctor| if doctor % 2 == 0 { &db } else { &other }.write(leave(doctor)));
        let left: u64 = join_all(leaving).await.into_iter().map(|left| left.unwrap()).sum();
        assert_eq!(left, 9, "{}", db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_could_not_put_in_order_runs_again() {
    let db = databases().await.swap_remove(1);
    assert_eq!(db.name(), "postgres");
    counter(&db).await;
    let runs = Arc::new(AtomicUsize::new(0));
    let (snapshot, taken) = channel();
    let (noted, go_on) = channel();
    let go_on = Mutex::new(go_on);
    let writer = tokio::spawn({
        let (db, runs) = (db.clone(), runs.clone());
        async move {
            db.write(move |tx| {
                let _: i64 = tx.value("SELECT last FROM counter", args![])?;
                if runs.fetch_add(1, Ordering::SeqCst) == 0 {
                    snapshot.send(()).unwrap();
                    go_on.lock().unwrap().recv().unwrap();
                }
                tx.exec("UPDATE counter SET last = last + 1", args![])
            })
            .await
        }
    });
    tokio::task::spawn_blocking(move || taken.recv().unwrap()).await.unwrap();
    // After the writer's snapshot, before its update.
    db.note(|tx| tx.exec("UPDATE counter SET last = last + 10", args![])).await.unwrap();
    noted.send(()).unwrap();
    assert_eq!(writer.await.unwrap().unwrap(), 1);
    assert_eq!(runs.load(Ordering::SeqCst), 2);
    let last: i64 = db.read(|tx| tx.value("SELECT last FROM counter", args![])).await.unwrap();
    assert_eq!(last, 11);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_the_server_asked_to_repeat_is_repeated_whatever_the_closure_makes_of_it() {
    let db = databases().await.swap_remove(1);
    numbers(&db).await;
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();
    db.write(move |tx| {
        if counted.fetch_add(1, Ordering::SeqCst) < 3 {
            let refused =
                tx.exec("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$", args![]);
            // Somebody maps the error to words of their own.
            refused.map_err(|_| Error::invalid("base.error.refused"))?;
        }
        add(tx, 1)
    })
    .await
    .unwrap();
    assert_eq!(runs.load(Ordering::SeqCst), 4);
    let tired = Arc::new(AtomicUsize::new(0));
    let counted = tired.clone();
    let error = db
        .write(move |tx| {
            counted.fetch_add(1, Ordering::SeqCst);
            tx.exec("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$", args![])
        })
        .await
        .unwrap_err();
    assert_eq!(error.key(), "base.error.database_busy");
    assert_eq!(tired.load(Ordering::SeqCst), 8);
}
