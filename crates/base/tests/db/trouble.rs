//! What a person is told when the database refuses.

use thao_base::db::Place;
use thao_base::{Db, Kind, Lang, args};
use thao_testkit::{databases, empty_databases};

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_says_becomes_a_sentence() {
    let db = databases().await.swap_remove(1);
    for (code, kind, key) in [
        ("53100", Kind::Unavailable, "base.error.disk_full"),
        ("53300", Kind::Unavailable, "base.error.database_busy"),
        ("55P03", Kind::Unavailable, "base.error.database_busy"),
        ("57P03", Kind::Unavailable, "base.error.database_unreachable"),
        ("08006", Kind::Unavailable, "base.error.database_unreachable"),
        ("XX001", Kind::Unavailable, "base.error.database_damaged"),
        ("23514", Kind::Conflict, "base.error.refused"),
        ("XX000", Kind::Internal, "base.error.internal"),
        ("42P01", Kind::Internal, "base.error.internal"),
    ] {
        let sql = format!("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$");
        let error = db.note(move |tx| tx.exec(&sql, args![])).await.unwrap_err();
        assert_eq!((error.kind(), error.key()), (kind, key), "{code}");
        for lang in Lang::ALL {
            assert!(lang.has(error.key()), "no words for {key}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_database_is_told_as_such_and_left_alone() {
    let db = empty_databases().await.swap_remove(0);
    let Place::Sqlite(file) = db.place() else { panic!("not a file: {:?}", db.place()) };
    let letter = file.with_file_name("letter.txt");
    let words = "Kính gửi: Ủy ban nhân dân xã. ".repeat(100);
    std::fs::write(&letter, &words).unwrap();
    let error = Db::open(&Place::Sqlite(letter.clone())).err().unwrap();
    assert_eq!((error.kind(), error.key()), (Kind::Unavailable, "base.error.database_damaged"));
    assert_eq!(std::fs::read_to_string(&letter).unwrap(), words);

    let nowhere = file.with_file_name("no such folder").join("thao.db");
    let error = Db::open(&Place::Sqlite(nowhere)).err().unwrap();
    assert_eq!(error.key(), "base.error.database_unreachable");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_statement_is_a_defect_and_the_connection_goes_on() {
    for db in databases().await {
        for sql in ["SELEC 1", "SELECT nothing FROM nowhere", "SELECT 1; SELECT 2"] {
            let error = db.read(move |tx| tx.values::<i64>(sql, args![])).await.unwrap_err();
            assert_eq!(error.kind(), Kind::Internal, "{} {sql}", db.name());
            assert!(db.read(move |tx| tx.check(sql)).await.is_err(), "{} {sql}", db.name());
        }
        db.read(|tx| tx.check("SELECT no FROM node WHERE no = $1")).await.unwrap();
        let one: i64 = db.read(|tx| tx.value("SELECT CAST(1 AS bigint)", args![])).await.unwrap();
        assert_eq!(one, 1);
    }
}
