//! The two series on both databases: append-only, gap-free, idempotent; edits and their journal.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use thao_base::db::{Arg, Db};
use thao_base::{ActivityId, Kind, PersonId, Result, RowId, Stamp, StatementId, UnitId, args};
use thao_record::register::{self, Col, Noun};
use thao_record::series::{Series, take};
use thao_record::statement::{self, Draft, Verb};
use thao_record::{cursor, node};
use thao_testkit::{World, databases, world};

async fn ready(db: &Db, world: &World) {
    let stamp = world.stamp("record.act.append");
    db.write(move |tx| node::ensure(tx, &stamp, "thử")).await.unwrap();
}

fn attended(stamp: &Stamp, person: PersonId, unit: UnitId, activity: ActivityId) -> Draft {
    Draft {
        activity: Some(activity),
        success: Some(true),
        ..Draft::new(stamp, Verb::Attended, person, unit)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_batch_again_is_the_same_and_other_content_is_refused() {
    for db in databases().await {
        let world = world();
        ready(&db, &world).await;
        let stamp = world.stamp("record.act.append");
        let (person, unit, activity) = (stamp.id(), stamp.id(), stamp.id());
        let batch: Vec<Draft> = (0..5).map(|_| attended(&stamp, person, unit, activity)).collect();
        let send = |batch: Vec<Draft>| {
            let stamp = stamp.clone();
            db.write(move |tx| statement::append(tx, &stamp, &batch))
        };
        let first = send(batch.clone()).await.unwrap();
        assert_eq!((first.new, first.known), (5, 0), "{}", db.name());
        let mut again = batch.clone();
        again.push(attended(&stamp, person, unit, activity));
        again.push(again[0].clone());
        let second = send(again).await.unwrap();
        assert_eq!((second.new, second.known), (1, 6), "{}", db.name());
        let mut other = batch[0].clone();
        other.verb = Verb::Completed;
        let fresh = attended(&stamp, person, unit, activity);
        let refused = send(vec![fresh.clone(), other]).await.unwrap_err();
        assert_eq!(refused.kind(), Kind::Conflict);
        // All or nothing: the fresh one of the refused batch is not there, and no number is lost.
        let missing = db.read(move |tx| statement::get(tx, fresh.id)).await.unwrap_err();
        assert_eq!(missing.kind(), Kind::NotFound);
        let tails = db.read(|tx| cursor::tails(tx, Series::Record)).await.unwrap();
        assert_eq!(tails, [(1, 6)], "{}", db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_writers_at_once_leave_no_gap() {
    for db in databases().await {
        let world = world();
        ready(&db, &world).await;
        let stamp = world.stamp("record.act.append");
        let (unit, activity): (UnitId, ActivityId) = (stamp.id(), stamp.id());
        let mut writers = tokio::task::JoinSet::new();
        for n in 0..40_usize {
            let (db, stamp) = (Db::clone(&db), stamp.clone());
            writers.spawn(async move {
                let drafts: Vec<Draft> =
                    (0..=n % 3).map(|_| attended(&stamp, stamp.id(), unit, activity)).collect();
                let fail = n % 7 == 3;
                let written: Result<usize> = db
                    .write(move |tx| {
                        let new = statement::append(tx, &stamp, &drafts)?.new;
                        if fail { Err(thao_base::Error::forbidden()) } else { Ok(new) }
                    })
                    .await;
                assert_eq!(written.is_err(), fail);
                written.unwrap_or(0)
            });
        }
        let mut total = 0;
        while let Some(written) = writers.join_next().await {
            total += written.unwrap() as i64;
        }
        let seqs: Vec<i64> = db
            .read(|tx| tx.values("SELECT seq FROM statement ORDER BY seq", args![]))
            .await
            .unwrap();
        assert_eq!(seqs, (1..=total).collect::<Vec<i64>>(), "{}", db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voided_fact_no_longer_counts_and_stays_to_be_seen() {
    for db in databases().await {
        let world = world();
        ready(&db, &world).await;
        let stamp = world.stamp("record.act.append");
        let (person, unit, activity): (PersonId, UnitId, ActivityId) =
            (stamp.id(), stamp.id(), stamp.id());
        let wrong = attended(&stamp, person, unit, activity);
        let right = attended(&stamp, person, unit, activity);
        let (wrong_id, right_id) = (wrong.id, right.id);
        db.write(move |tx| {
            statement::append(tx, &stamp, &[wrong.clone(), right.clone()])?;
            statement::void(tx, &stamp, wrong_id)?;
            // Voiding twice is voiding once.
            statement::void(tx, &stamp, wrong_id)
        })
        .await
        .unwrap();
        let facts = db.read(move |tx| statement::facts(tx, &[person])).await.unwrap();
        assert_eq!(facts.iter().map(|(_, fact)| fact.id).collect::<Vec<_>>(), [right_id]);
        let all = db.read(move |tx| statement::list_of_persons(tx, &[person])).await.unwrap();
        assert_eq!(all.len(), 3, "{}", db.name());
        assert!(all.iter().any(|s| s.id == wrong_id && s.voided_by.is_some()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_wrong_statement_is_refused_in_words() {
    type Spoil = fn(&mut Draft);
    let cases: [(&str, Spoil); 5] = [
        ("record.error.future", |d| d.at += jiff::SignedDuration::from_mins(6)),
        ("record.error.score", |d| d.score = Some(1001)),
        ("record.error.nobody", |d| d.person = None),
        ("record.error.voids", |d| d.voids = Some(d.id)),
        ("record.error.voids", |d| d.verb = Verb::Voided),
    ];
    for db in databases().await {
        let world = world();
        ready(&db, &world).await;
        for (key, spoil) in cases {
            let stamp = world.stamp("record.act.append");
            let mut draft = attended(&stamp, stamp.id(), stamp.id(), stamp.id());
            spoil(&mut draft);
            let refused = db
                .write(move |tx| statement::append(tx, &stamp, std::slice::from_ref(&draft)))
                .await
                .unwrap_err();
            assert_eq!((refused.key(), refused.kind()), (key, Kind::Invalid), "{}", db.name());
        }
    }
}

const UNIT: Noun = Noun {
    table: "unit",
    columns: &[
        Col::open("kind"),
        Col::personal("form"),
        Col::open("valid_from"),
        Col::open("valid_to"),
    ],
};

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_writes_the_row_and_its_journal_entry_and_personal_values_stand_apart() {
    for db in databases().await {
        let world = world();
        ready(&db, &world).await;
        let stamp = world.stamp("record.act.append");
        let id: UnitId = stamp.id();
        let changed = db
            .write(move |tx| {
                let values = [
                    ("kind", Arg::Text("village")),
                    ("form", Arg::Text("riêng tư")),
                    ("valid_from", Arg::Text("2026-01-01")),
                ];
                register::insert(tx, &stamp, &UNIT, id, None, &values)?;
                let same = register::update(tx, &stamp, &UNIT, id, None, &values)?;
                let to = [("kind", Arg::Text("village")), ("valid_to", Arg::Text("2026-02-01"))];
                let other = register::update(tx, &stamp, &UNIT, id, None, &to)?;
                Ok((same, other))
            })
            .await
            .unwrap();
        assert_eq!(changed, (false, true), "{}", db.name());
        let history = db.read(move |tx| register::history(tx, id)).await.unwrap();
        let changes: Vec<_> = history.iter().map(|entry| entry.changes.clone()).collect();
        assert_eq!(
            changes,
            [
                serde_json::json!({ "valid_to": [null, "2026-02-01"] }),
                serde_json::json!({
                    "kind": "village", "form": "personal", "valid_from": "2026-01-01",
                }),
            ],
            "{}",
            db.name()
        );
        let personal: Vec<serde_json::Value> =
            db.read(|tx| tx.values("SELECT changes FROM journal_personal", args![])).await.unwrap();
        assert_eq!(personal, [serde_json::json!({ "form": "riêng tư" })], "{}", db.name());
        let clocks: Vec<i64> = db
            .read(|tx| tx.values("SELECT clock FROM journal ORDER BY seq", args![]))
            .await
            .unwrap();
        assert!(clocks.windows(2).all(|pair| pair[0] < pair[1]), "the clock only grows");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_a_row_that_is_not_there_is_not_found_and_leaves_no_entry() {
    for db in databases().await {
        let world = world();
        ready(&db, &world).await;
        let stamp = world.stamp("record.act.append");
        let id: UnitId = stamp.id();
        let missing = db
            .write(move |tx| {
                register::update(tx, &stamp, &UNIT, id, None, &[("kind", Arg::Text("village"))])
            })
            .await
            .unwrap_err();
        assert_eq!(missing.kind(), Kind::NotFound);
        assert!(db.read(move |tx| register::history(tx, id)).await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_takes_no_turn_may_not_append() {
    for db in databases().await {
        let world = world();
        ready(&db, &world).await;
        let now = world.now();
        let refused = db.note(move |tx| take(tx, Series::Record, 1, now)).await.unwrap_err();
        assert_eq!(refused.kind(), Kind::Internal, "{}", db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn context_lists_what_happened_there_in_order() {
    for db in databases().await {
        let world = world();
        ready(&db, &world).await;
        let stamp = world.stamp("record.act.append");
        let meeting: RowId = stamp.id();
        let (unit, activity) = (stamp.id(), stamp.id());
        let drafts: Vec<Draft> = (0..3)
            .map(|n| {
                let mut draft = attended(&stamp, stamp.id(), unit, activity);
                draft.context = Some(meeting);
                draft.at -= jiff::SignedDuration::from_mins(n);
                draft
            })
            .collect();
        let wanted: BTreeSet<StatementId> = drafts.iter().map(|draft| draft.id).collect();
        db.write(move |tx| statement::append(tx, &stamp, &drafts)).await.unwrap();
        let found = db.read(move |tx| statement::list_of_context(tx, meeting)).await.unwrap();
        assert_eq!(found.iter().map(|s| s.id).collect::<BTreeSet<_>>(), wanted);
        assert!(found.windows(2).all(|pair| pair[0].at <= pair[1].at));
    }
}
