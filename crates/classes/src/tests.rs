//! The stores of classes on both databases.

use jiff::SignedDuration;
use proptest::test_runner::{Config, TestRunner};
use thao_base::{Id, Kind, PersonId, Result, StatementId, Tx, cast as same};
use thao_people::cluster;

use crate::attendance::{self, Marked};
use crate::class::{self, Asked, Details};
use crate::meeting;
use crate::registration::{self, Manner};
use crate::schedule::{Evening, State};
use crate::sheet::Mark;
use crate::world::{DURING, Scene, THE_DAY_BEFORE, nowhere, scenes, tonight};
use crate::{consent, newcomer};

fn fixed(no: u128) -> StatementId {
    StatementId::from_uuid(uuid::Uuid::from_u128((0x0193_7000 << 96) | no))
}

async fn mark(scene: &Scene, marks: Vec<Mark>, reason: Option<&'static str>) -> Result<Marked> {
    let (class, meeting) = scene.loaded().await;
    scene
        .write(move |tx, stamp| {
            let roster = registration::roster(tx, class.id, stamp.today())?;
            attendance::mark(tx, stamp, &class, &meeting, &roster, &marks, reason)
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_class_is_opened_with_its_evenings_and_found_again() {
    for scene in scenes(0).await {
        let (class, found) = scene.loaded().await;
        assert_eq!(class.title, "Kỹ năng số – Thôn Một");
        assert_eq!(class.place_words(), "Thôn Một, Xã Hòa Bình");
        assert_eq!(class.organiser_name, "Hoàng Văn Tổ");
        assert_eq!((class.code.len(), found.evening()), (6, tonight()));
        let code = class.code.to_uppercase();
        let by_code = scene.db.read(move |tx| class::get_by_code(tx, &code)).await.unwrap();
        assert_eq!(by_code.id, class.id);
        let missing = scene.db.read(|tx| class::get_by_code(tx, "zzzzzz")).await.unwrap_err();
        assert_eq!(missing.kind(), Kind::NotFound);
        // The edit and its journal entry are one transaction.
        let entries = "SELECT COUNT(*) FROM journal WHERE noun = 'class'";
        let before = scene.count(entries).await;
        let details = Details {
            course: class.course,
            unit: class.unit,
            title: "Lớp khác".into(),
            venue: class.venue.clone(),
            bring: None,
            capacity: None,
        };
        let id = class.id;
        let edited =
            scene.write(move |tx, stamp| class::edit(tx, stamp, id, &details)).await.unwrap();
        assert!(edited);
        assert_eq!(scene.count(entries).await, before + 1);
        assert_eq!(scene.loaded().await.0.bring, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_of_the_scope_by_time_without_accents_and_go_on_page_after_page() {
    for scene in scenes(0).await {
        let (class, _) = scene.loaded().await;
        let other = scene.cast.units.villages[1][0];
        let organiser = scene.cast.person(thao_cast::Who::Organiser);
        let manager = scene.cast.person(thao_cast::Who::CommuneManager);
        scene
            .write(move |tx, stamp| {
                let evening = |days: i64| {
                    let by = SignedDuration::from_hours(24 * days);
                    Evening { starts_at: tonight().starts_at + by, ends_at: tonight().ends_at + by }
                };
                let details = |unit, title: &str| Details {
                    course: class.course,
                    unit,
                    title: title.into(),
                    venue: "Sân đình".into(),
                    bring: None,
                    capacity: None,
                };
                let mut open = |by, unit, title, days| {
                    class::open(tx, stamp, by, &details(unit, title), &[evening(days)])
                };
                open(manager, class.unit, "Lớp của quản lý", -1)?;
                open(manager, class.unit, "Lớp sáng nay", 0)?;
                open(organiser, class.unit, "Lớp tuần sau", 7)?;
                open(organiser, other, "Lớp xã khác", 1)?;
                Ok(())
            })
            .await
            .unwrap();
        let scope = scope_of_commune(&scene).await;
        let asked = move |search: &str, limit| Asked {
            scope: scope.clone(),
            from: "2026-11-19T17:00:00Z".parse().unwrap(),
            own: Some(organiser),
            search: search.into(),
            after: None,
            limit,
        };
        let titles = |lines: &[class::Line]| -> Vec<String> {
            lines.iter().map(|line| line.title.clone()).collect()
        };
        let (all, few) = (asked("", 10), asked("", 2));
        let (upcoming, first) = scene
            .db
            .read(move |tx| Ok((class::list_upcoming(tx, &all)?, class::list_upcoming(tx, &few)?)))
            .await
            .unwrap();
        // One's own first, then by time; none of another commune.
        let expected = ["Kỹ năng số – Thôn Một", "Lớp tuần sau", "Lớp sáng nay"];
        assert_eq!(titles(&upcoming), expected);
        assert_eq!(titles(&first), expected[..2]);
        let last = first[1].clone();
        let after = Some(class::After { rank: last.rank, starts_at: last.starts_at, id: last.id });
        let rest = Asked { after, ..asked("", 2) };
        let (past, found) = (asked("", 10), asked("TUAN  sau", 10));
        let (rest, past, found) = scene
            .db
            .read(move |tx| {
                let rest = class::list_upcoming(tx, &rest)?;
                Ok((rest, class::list_past(tx, &past)?, class::list_upcoming(tx, &found)?))
            })
            .await
            .unwrap();
        assert_eq!(titles(&rest), expected[2..]);
        assert_eq!(titles(&past), ["Lớp của quản lý"]);
        assert_eq!(titles(&found), ["Lớp tuần sau"]);
    }
}

async fn scope_of_commune(scene: &Scene) -> thao_web::Scope {
    let hash = thao_web::secret::hash(&scene.cast.member(thao_cast::Who::Organiser).token);
    let (now, today) = (scene.world.now(), scene.stamp().today());
    scene
        .db
        .read(move |tx| {
            let credential = thao_web::Credential::Session(hash);
            let actor = thao_people::session::load_actor(tx, &credential, now)?.unwrap();
            Ok(actor.scope(thao_web::Action::SeeClasses, today))
        })
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_registered_once_also_through_joined_rows() {
    for scene in scenes(2).await {
        let class = scene.class;
        let [an, buoi] = scene.people[..] else { panic!() };
        let again = scene
            .write(move |tx, stamp| {
                registration::add(tx, stamp, class, &[an, an, buoi], Manner::Organiser)
            })
            .await
            .unwrap();
        assert_eq!(again, 0);
        let today = scene.stamp().today();
        let roster = move |tx: &mut Tx<'_>| registration::roster(tx, class, today);
        assert_eq!(scene.db.read(roster).await.unwrap().len(), 2);
        // Both rows turn out to be one person.
        scene.write(move |tx, stamp| cluster::merge(tx, stamp, an, buoi)).await.unwrap();
        let joined = scene.db.read(roster).await.unwrap();
        assert_eq!(joined.len(), 1);
        assert_eq!(scene.db.read(move |tx| registration::count(tx, class)).await.unwrap(), 1);
        // Taking one off takes both off; putting back puts back.
        let id = joined[0].id;
        let off = scene
            .write(move |tx, stamp| {
                let row = registration::get(tx, class, id)?;
                registration::cancel(tx, stamp, class, &row)
            })
            .await
            .unwrap();
        assert!(off);
        assert!(scene.db.read(roster).await.unwrap().is_empty());
        let back = scene
            .write(move |tx, stamp| registration::add(tx, stamp, class, &[buoi], Manner::Online))
            .await
            .unwrap();
        assert_eq!(back, 1);
        assert_eq!(scene.db.read(roster).await.unwrap().len(), 1);
        let stranger = scene
            .write(move |tx, stamp| {
                registration::add(tx, stamp, class, &[nowhere()], Manner::Organiser)
            })
            .await
            .unwrap_err();
        assert_eq!(stranger.key(), "classes.error.no_person");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_attended_stays_on_the_list() {
    for scene in scenes(1).await {
        scene.at(DURING);
        let tick = Mark { id: fixed(1), person: scene.people[0], present: true };
        mark(&scene, vec![tick], None).await.unwrap();
        let (class, today) = (scene.class, scene.stamp().today());
        let refused = scene
            .write(move |tx, stamp| {
                let id = registration::roster(tx, class, today)?[0].id;
                let row = registration::get(tx, class, id)?;
                registration::cancel(tx, stamp, class, &row)
            })
            .await
            .unwrap_err();
        assert_eq!(refused.key(), "classes.error.attended_already");
    }
}

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

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_without_accents_and_likely_ones_by_name_and_year() {
    for scene in scenes(6).await {
        let (class, _) = scene.loaded().await;
        let today = scene.stamp().today();
        let scope = scope_of_commune(&scene).await;
        let newcomer = |name: &str, year| newcomer::Newcomer {
            full_name: name.into(),
            birth: thao_people::Birth::Year(year),
            sex: None,
            phone: None,
            village: class.unit,
        };
        // Registered people come too, told apart by a flag.
        let wanted = [
            newcomer("Mau thi BUOI", 1952),
            newcomer("Mẫu Thị Bưởi", 1953),
            newcomer("Ai Đó", 1951),
        ];
        let id = class.id;
        let (found, likely) = scene
            .db
            .read(move |tx| {
                let found = newcomer::search(tx, &scope, id, "buoi", today, 10)?;
                let mut likely = Vec::new();
                for newcomer in &wanted {
                    likely.push(newcomer::list_likely(tx, &scope, &class, newcomer, today)?);
                }
                Ok((found, likely))
            })
            .await
            .unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].full_name.as_str(), found[0].registered), ("Mẫu Thị Bưởi", true));
        assert_eq!(found[0].village, "Thôn Một");
        let named: Vec<usize> = likely.iter().map(|likely| likely.known.len()).collect();
        assert_eq!((named, likely[0].elsewhere), (vec![1, 0, 0], 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_number_tells_no_name_outside_one_s_own_villages() {
    for scene in scenes(0).await {
        let (class, _) = scene.loaded().await;
        let (own, other) = (scene.cast.units.villages[0][0], scene.cast.units.villages[0][1]);
        let (scope, today) = (scope_of_commune(&scene).await, scene.stamp().today());
        let likely = scene
            .write(move |tx, stamp| {
                let newcomer = |name: &str, village| newcomer::Newcomer {
                    full_name: name.into(),
                    birth: thao_people::Birth::Year(1951),
                    sex: None,
                    phone: Some("0912345678".into()),
                    village,
                };
                newcomer::add(tx, stamp, &newcomer("Mẫu Thị Xa", other), today)?;
                let asked = newcomer("Ai Đó Khác", own);
                let span = thao_people::unit::place(tx, own)?.span();
                let village = scope.within(span);
                let narrow = newcomer::list_likely(tx, &village, &class, &asked, today)?;
                Ok((narrow, newcomer::list_likely(tx, &scope, &class, &asked, today)?))
            })
            .await
            .unwrap();
        let (narrow, wide) = likely;
        assert_eq!((narrow.known.len(), narrow.elsewhere), (0, 1));
        assert!(!narrow.is_empty(), "the question is asked all the same");
        assert_eq!((wide.known.len(), wide.elsewhere), (1, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_is_noted_with_its_words_and_manner() {
    for scene in scenes(2).await {
        let (person, meeting, class) = (scene.people[0], scene.meeting, scene.class);
        let manner = thao_people::consent::Manner::Oral;
        scene
            .write(move |tx, stamp| consent::note(tx, stamp, &[person], manner, Some(meeting)))
            .await
            .unwrap();
        let today = scene.stamp().today();
        let roster = scene.db.read(move |tx| registration::roster(tx, class, today)).await.unwrap();
        assert_eq!(roster.iter().filter(|entry| entry.consented).count(), 1);
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
