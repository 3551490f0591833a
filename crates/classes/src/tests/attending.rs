//! Attendance as statements: ticks, retries, the times they are taken at, corrections.

use proptest::test_runner::{Config, TestRunner};
use thao_base::{Kind, PersonId, cast as same};

use super::{fixed, mark};
use crate::schedule::State;
use crate::sheet::Mark;
use crate::world::{DURING, THE_DAY_BEFORE, scenes, tonight};
use crate::{attendance, class, meeting};

#[tokio::test(flavor = "multi_thread")]
async fn a_tick_is_a_statement_of_the_meeting_and_an_untick_voids_it() {
    for scene in scenes(2).await {
        scene.at(DURING);
        let person = scene.people[0];
        let tick = Mark { id: fixed(1), person, present: true };
        let done = mark(&scene, vec![tick, tick], None).await.unwrap();
        assert_eq!((done.changed, done.count.present, done.count.all), (1, 1, 2));
        let [statement] = &scene.statements().await[..] else { panic!() };
        assert_eq!((statement.id, statement.kind.as_str()), (fixed(1), "attended"));
        assert_eq!(statement.activity, Some(same(scene.course)));
        assert_eq!(statement.unit, scene.cast.units.villages[0][0]);
        assert_eq!((statement.success, statement.person), (Some(true), Some(person)));
        assert_eq!(statement.at, tonight().starts_at);
        let untick = Mark { id: fixed(2), person, present: false };
        let done = mark(&scene, vec![untick], None).await.unwrap();
        assert_eq!((done.changed, done.count.present), (1, 0));
        // The answer of the first was lost: it comes again, after it was taken back.
        let late = mark(&scene, vec![tick], None).await.unwrap();
        assert_eq!((late.changed, late.count.present), (0, 0));
        assert_eq!(scene.statements().await.len(), 2);
        assert_eq!(scene.standing().await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_changed_nothing_stays_known() {
    for scene in scenes(1).await {
        scene.at(DURING);
        let person = scene.people[0];
        let on = |no| Mark { id: fixed(no), person, present: true };
        mark(&scene, vec![on(1)], None).await.unwrap();
        // A second phone ticks the same person, then somebody takes it back.
        mark(&scene, vec![on(2)], None).await.unwrap();
        let off = Mark { id: fixed(3), person, present: false };
        mark(&scene, vec![off], None).await.unwrap();
        mark(&scene, vec![on(2)], None).await.unwrap();
        assert_eq!(scene.standing().await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attendance_has_its_time() {
    for scene in scenes(1).await {
        let person = scene.people[0];
        let tick = |no| vec![Mark { id: fixed(no), person, present: true }];
        scene.at(THE_DAY_BEFORE);
        let early = mark(&scene, tick(1), None).await.unwrap_err();
        assert_eq!((early.kind(), early.key()), (Kind::Conflict, "classes.error.too_early"));
        // People come early: what they did is dated by when it was.
        scene.at("2026-11-20T12:00:00Z");
        mark(&scene, tick(2), None).await.unwrap();
        assert_eq!(scene.statements().await[0].at.to_string(), "2026-11-20T12:00:00Z");
        let (_, open) = scene.loaded().await;
        assert_eq!(open.state(scene.world.now()), State::Open);
        let closed = scene.write(move |tx, stamp| meeting::close(tx, stamp, &open)).await.unwrap();
        assert!(closed);
        let (_, shut) = scene.loaded().await;
        assert!(!scene.write(move |tx, stamp| meeting::close(tx, stamp, &shut)).await.unwrap());
        let untick = || vec![Mark { id: fixed(3), person, present: false }];
        let refused = mark(&scene, untick(), None).await.unwrap_err();
        assert_eq!(refused.key(), "classes.error.meeting_closed");
        // What arrived before is no error: its answer was lost.
        assert_eq!(mark(&scene, tick(2), None).await.unwrap().changed, 0);
        let corrected = mark(&scene, untick(), Some("Ghi nhầm người")).await.unwrap();
        assert_eq!(corrected.count.present, 0);
        let meeting = scene.meeting;
        let told =
            scene.db.read(move |tx| attendance::list_corrections(tx, meeting)).await.unwrap();
        assert_eq!((told.len(), told[0].reason.as_str()), (1, "Ghi nhầm người"));
        // The reason may name people: the journal keeps it apart.
        let named = "SELECT COUNT(*) FROM journal WHERE CAST(changes AS text) LIKE '%nhầm%'";
        assert_eq!(scene.count(named).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_meeting_opens_again_for_a_week() {
    for scene in scenes(0).await {
        scene.at(DURING);
        let (_, open) = scene.loaded().await;
        scene.write(move |tx, stamp| meeting::close(tx, stamp, &open)).await.unwrap();
        scene.at("2026-11-27T12:40:01Z");
        let (_, shut) = scene.loaded().await;
        let late =
            scene.write(move |tx, stamp| meeting::reopen(tx, stamp, &shut)).await.unwrap_err();
        assert_eq!(late.key(), "classes.error.reopen_late");
        scene.at("2026-11-27T12:40:00Z");
        assert!(scene.write(move |tx, stamp| meeting::reopen(tx, stamp, &shut)).await.unwrap());
        assert_eq!(scene.loaded().await.1.closed_at, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_not_registered_is_left_out_and_the_others_are_ticked() {
    for scene in scenes(1).await {
        scene.at(DURING);
        let person: PersonId = scene.cast.person(thao_cast::Who::Binh);
        let known = scene.people[0];
        let on = |no, person| Mark { id: fixed(no), person, present: true };
        let done = mark(&scene, vec![on(1, person), on(2, known)], None).await.unwrap();
        assert_eq!((done.changed, done.skipped), (1, vec![person]));
        assert_eq!(scene.statements().await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_attends_a_cancelled_class() {
    for scene in scenes(2).await {
        scene.at(DURING);
        let [a, b] = scene.people[..] else { panic!() };
        let tick = |no, person| vec![Mark { id: fixed(no), person, present: true }];
        mark(&scene, tick(1, a), None).await.unwrap();
        let (class, _) = scene.loaded().await;
        scene.write(move |tx, stamp| class::cancel(tx, stamp, &class)).await.unwrap();
        let refused = mark(&scene, tick(2, b), None).await.unwrap_err();
        assert_eq!(refused.key(), "classes.error.cancelled_class");
        // The answer to the first was lost: it comes again.
        assert_eq!(mark(&scene, tick(1, a), None).await.unwrap().changed, 0);
        let untick = vec![Mark { id: fixed(3), person: a, present: false }];
        assert_eq!(mark(&scene, untick, None).await.unwrap().count.present, 0);
    }
}

/// What a phone may do with tonight's list: tick or un-tick somebody, or send an earlier mark again.
#[derive(Debug, Clone)]
enum Sent {
    New(usize, bool),
    Again(proptest::sample::Index),
}

#[tokio::test(flavor = "multi_thread")]
async fn any_ticks_unticks_and_retries_end_in_the_last_tick() {
    use proptest::prelude::*;
    let sent = prop_oneof![
        3 => (0..3usize, any::<bool>()).prop_map(|(who, on)| Sent::New(who, on)),
        1 => any::<proptest::sample::Index>().prop_map(Sent::Again),
    ];
    let batches = prop::collection::vec(prop::collection::vec(sent, 1..6), 1..8);
    for scene in scenes(3).await {
        scene.at(DURING);
        let scene = &scene;
        let next = std::cell::Cell::new(1u128);
        let runtime = tokio::runtime::Handle::current();
        let mut runner =
            TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(12) });
        // Each case goes on where the one before ended: the state is what the last marks said.
        let state = std::cell::RefCell::new([false; 3]);
        let all = std::cell::RefCell::new(Vec::<Mark>::new());
        runner
            .run(&batches, |batches| {
                for batch in batches {
                    let mut marks = Vec::new();
                    for sent in batch {
                        match sent {
                            Sent::New(who, present) => {
                                next.set(next.get() + 1);
                                let person = scene.people[who];
                                let mark = Mark { id: fixed(next.get()), person, present };
                                state.borrow_mut()[who] = present;
                                all.borrow_mut().push(mark);
                                marks.push(mark);
                            }
                            Sent::Again(index) if !all.borrow().is_empty() => {
                                let again = *index.get(&all.borrow());
                                marks.push(again);
                            }
                            Sent::Again(_) => {}
                        }
                    }
                    let work = mark(scene, marks, None);
                    let done = tokio::task::block_in_place(|| runtime.block_on(work)).unwrap();
                    let present = state.borrow().iter().filter(|present| **present).count();
                    prop_assert_eq!(done.count.present, present);
                    let standing =
                        tokio::task::block_in_place(|| runtime.block_on(scene.standing()));
                    prop_assert_eq!(standing, present);
                }
                Ok(())
            })
            .unwrap();
    }
}
