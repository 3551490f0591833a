//! Single cases of following, on both databases.

use std::time::{Duration, Instant};

use jiff::civil::date;
use thao_base::db::{Arg, ToArg};
use thao_base::{Db, RowId, UnitId, args};
use thao_cast::{Cast, Who, cast};
use thao_people::affiliation::{NewAffiliation, add_many};
use thao_people::person::{self, NewPerson};
use thao_people::unit::{UNIT, UNIT_PARENT};
use thao_people::{AffiliationKind, unit};
use thao_record::{Verb, register};
use thao_testkit::{TestDb, World, databases, world};
use thao_web::app::Parts;
use thao_web::{App, Site};

use crate::board;
use crate::measure::{self, MEASURE};
use crate::readings::follow::turn_day;
use crate::readings::{catch_up, digest, filling, follow, rebuild, step, version};
use crate::target;
use crate::world::{Scene, scene};

struct Stage {
    db: TestDb,
    world: World,
    cast: Cast,
    scene: Scene,
}

async fn stages() -> Vec<Stage> {
    let mut out = Vec::new();
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let scene = scene(&db, &world, &cast).await;
        out.push(Stage { db, world, cast, scene });
    }
    out
}

impl Stage {
    /// Numerator and denominator of the target in a unit today; none before the first count.
    async fn figures(&self, unit: UnitId) -> Option<(i64, Option<i64>)> {
        let id = self.scene.target;
        let row = self
            .db
            .read(move |tx| {
                let target = target::get(tx, id)?;
                let measure = measure::get(tx, target.measure)?;
                let place = unit::place(tx, unit)?;
                board::in_unit(tx, &target, &measure, &place, date(2026, 11, 20))
            })
            .await
            .unwrap();
        row.map(|row| (row.part, row.whole.value()))
    }

    async fn set_rung(&self, rung: i64) {
        let (stamp, id) = (self.world.stamp("plan.act.edit_target"), self.scene.measure);
        self.db
            .write(move |tx| {
                register::update(tx, &stamp, &MEASURE, id, None, &[("rung", Arg::Int(rung))])
            })
            .await
            .unwrap();
    }

    async fn outcome(&self, who: Who, verb: Verb) {
        let (person, unit) = (self.cast.person(who), self.cast.commune());
        let day = date(2026, 11, 2);
        self.scene.outcome(&self.db, &self.world, person, unit, verb, day).await;
    }

    async fn add_people(&self, count: usize) {
        let (stamp, unit) = (self.world.stamp("people.act.add_person"), self.cast.commune());
        self.db
            .write(move |tx| {
                let people: Vec<_> = (0..count)
                    .map(|n| {
                        (
                            stamp.id(),
                            NewPerson { full_name: format!("Mẫu {n}"), ..NewPerson::default() },
                        )
                    })
                    .collect();
                person::add_many(tx, &stamp, &people)?;
                let stays: Vec<NewAffiliation> = people
                    .iter()
                    .map(|(id, _)| NewAffiliation {
                        category: Some("cong_chuc".into()),
                        ..NewAffiliation::new(*id, unit, AffiliationKind::Staff, date(2026, 1, 1))
                    })
                    .collect();
                add_many(tx, &stamp, &stays).map(|_| ())
            })
            .await
            .unwrap();
    }

    async fn step(&self, most: i64) -> bool {
        self.db.note(move |tx| step(tx, most)).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_read_the_old_book_until_the_new_one_is_whole() {
    for stage in stages().await {
        let (province, measure) = (stage.cast.units.province, stage.scene.measure);
        stage.outcome(Who::An, Verb::Attended).await;
        catch_up(&stage.db).await.unwrap();
        assert_eq!(stage.figures(province).await, Some((0, Some(8))));
        stage.set_rung(1).await;
        // Nine people, three at a step: the figures are the old ones for two steps.
        for filled in [3, 6, 9] {
            assert_eq!(stage.figures(province).await, Some((0, Some(8))));
            assert!(stage.step(3).await);
            let seen = stage.db.read(move |tx| filling(tx, measure)).await.unwrap();
            let seen = seen.unwrap_or_else(|| panic!("not filling at {filled}"));
            assert_eq!((seen.filled, seen.people), (filled, 9), "{}", stage.db.name());
        }
        catch_up(&stage.db).await.unwrap();
        assert_eq!(stage.figures(province).await, Some((1, Some(8))));
        let seen = stage.db.read(move |tx| filling(tx, measure)).await.unwrap();
        assert_eq!(seen, None);
        let left: i64 = stage
            .db
            .read(|tx| tx.value("SELECT COUNT(DISTINCT no) FROM reading_sum", args![]))
            .await
            .unwrap();
        assert_eq!(left, 1, "the old book is gone, the other measure has no rows");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_goes_there_and_back_misses_nothing() {
    for stage in stages().await {
        let province = stage.cast.units.province;
        stage.set_rung(1).await;
        assert!(stage.step(2).await);
        // Comes while the first book is left as it is, and the second half filled.
        stage.outcome(Who::An, Verb::Passed).await;
        stage.outcome(Who::OtherLearner, Verb::Attended).await;
        assert!(stage.step(2).await);
        stage.set_rung(3).await;
        catch_up(&stage.db).await.unwrap();
        assert_eq!(stage.figures(province).await, Some((1, Some(8))), "{}", stage.db.name());
        let followed = stage.db.read(digest).await.unwrap();
        let built = rebuild(&stage.db, &stage.world.clock, |_, _| {}).await.unwrap();
        assert_eq!((followed, 9), (built.hash, built.subjects));
    }
}

/// A village that goes to another commune tomorrow, and one that is no more then.
async fn announce_tomorrow(stage: &Stage) {
    let (stamp, units) = (stage.world.stamp("people.act.edit_unit"), stage.cast.units.clone());
    let [[_, goes, ends], ..] = units.villages;
    stage
        .db
        .write(move |tx| {
            let today = stamp.today();
            let tomorrow = today.tomorrow().unwrap();
            let row: RowId =
                tx.value("SELECT id FROM unit_parent WHERE unit_id = $1", args![goes])?;
            let until = [("valid_to", Arg::Date(tomorrow))];
            register::update(tx, &stamp, &UNIT_PARENT, row, None, &until)?;
            let values = [
                ("unit_id", goes.arg()),
                ("parent_id", units.communes[1].arg()),
                ("valid_from", Arg::Date(tomorrow)),
            ];
            register::insert(tx, &stamp, &UNIT_PARENT, stamp.id::<RowId>(), None, &values)?;
            register::update(tx, &stamp, &UNIT, ends, None, &until)?;
            unit::settle(tx, today)
        })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_comes_into_force_by_the_calendar_moves_the_figures() {
    for stage in stages().await {
        let [[_, goes, ends], ..] = stage.cast.units.villages;
        let [from, to, _] = stage.cast.units.communes;
        for (name, unit) in [("Mẫu Văn Đi", goes), ("Mẫu Văn Hết", ends)] {
            let staff = AffiliationKind::Staff;
            stage.scene.person(&stage.db, &stage.world, name, 1990, unit, staff).await;
        }
        announce_tomorrow(&stage).await;
        let mut settled = None;
        turn_day(&stage.db, &stage.world.clock, &mut settled).await.unwrap();
        catch_up(&stage.db).await.unwrap();
        assert_eq!(stage.figures(from).await, Some((0, Some(5))), "{}", stage.db.name());
        assert_eq!(stage.figures(to).await, Some((0, Some(2))));
        let measure = stage.scene.measure;
        let before = stage.db.read(move |tx| version(tx, measure)).await.unwrap();

        // Nobody touches the register; the day comes.
        stage.world.hand.advance(jiff::Span::new().hours(24));
        turn_day(&stage.db, &stage.world.clock, &mut settled).await.unwrap();
        catch_up(&stage.db).await.unwrap();
        assert_eq!(stage.figures(from).await, Some((0, Some(3))), "{}", stage.db.name());
        assert_eq!(stage.figures(to).await, Some((0, Some(3))));
        assert_ne!(stage.db.read(move |tx| version(tx, measure)).await.unwrap(), before);
        let followed = stage.db.read(digest).await.unwrap();
        let built = rebuild(&stage.db, &stage.world.clock, |_, _| {}).await.unwrap();
        assert_eq!(followed, built.hash, "{}", stage.db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_take_each_entry_in_once() {
    for stage in stages().await {
        stage.add_people(60).await;
        let handles: Vec<Db> = (0..3).map(|_| stage.db.reopen()).collect();
        let work = handles.into_iter().map(|db| {
            tokio::spawn(async move {
                loop {
                    match db.note(|tx| step(tx, 7)).await {
                        Ok(true) => {}
                        Ok(false) => return,
                        // Another process held the database for long; the follower tries again.
                        Err(e) if e.kind() == thao_base::Kind::Unavailable => {}
                        Err(e) => panic!("{e}"),
                    }
                }
            })
        });
        for done in work.collect::<Vec<_>>() {
            done.await.unwrap();
        }
        let province = stage.cast.units.province;
        assert_eq!(stage.figures(province).await, Some((0, Some(68))), "{}", stage.db.name());
        let followed = stage.db.read(digest).await.unwrap();
        let built = rebuild(&stage.db, &stage.world.clock, |_, _| {}).await.unwrap();
        assert_eq!(followed, built.hash);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_fails_leaves_the_cursors_where_they_were() {
    for stage in stages().await {
        stage.outcome(Who::An, Verb::Passed).await;
        let failed = stage
            .db
            .note(|tx| {
                step(tx, 100)?;
                Err::<(), _>(thao_base::Error::internal("the power went off"))
            })
            .await;
        assert!(failed.is_err());
        let province = stage.cast.units.province;
        assert_eq!(stage.figures(province).await, Some((0, Some(8))));
        catch_up(&stage.db).await.unwrap();
        assert_eq!(stage.figures(province).await, Some((1, Some(8))), "{}", stage.db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_that_was_broken_off_goes_on() {
    for stage in stages().await {
        stage.add_people(20).await;
        stage.outcome(Who::An, Verb::Passed).await;
        catch_up(&stage.db).await.unwrap();
        let followed = stage.db.read(digest).await.unwrap();
        let db = stage.db.reopen();
        let clock = stage.world.clock.clone();
        // Broken off at the first word of progress; what was begun stays.
        let broken =
            tokio::spawn(
                async move { rebuild(&db, &clock, |_, _| panic!("killed")).await.map(|_| ()) },
            );
        assert!(broken.await.is_err());
        assert_eq!(stage.figures(stage.cast.units.province).await, Some((1, Some(28))));
        catch_up(&stage.db).await.unwrap();
        assert_eq!(stage.db.read(digest).await.unwrap(), followed, "{}", stage.db.name());
    }
}

fn app(stage: &Stage) -> App {
    App::new(Parts {
        db: stage.db.reopen(),
        clock: stage.world.clock.clone(),
        entropy: stage.world.entropy.clone(),
        site: Site {
            public_url: None,
            upload_limit: 1 << 20,
            trust_proxy: false,
            session_days: 30,
            import_days: 90,
            export_rows: 100,
            class_size: 40,
            demo: false,
        },
        load_actor: thao_people::session::load_actor,
        nav: Vec::new(),
        home: Vec::new(),
        written: tokio::sync::Notify::new(),
        kept: thao_web::Kept::default(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_shows_within_a_second_and_the_follower_stops_when_told() {
    for stage in stages().await {
        let app = app(&stage);
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let follower = tokio::spawn(follow(app.clone(), stopping));
        let province = stage.cast.units.province;
        for (n, who) in [Who::An, Who::Organiser, Who::OtherLearner].into_iter().enumerate() {
            stage.outcome(who, Verb::Passed).await;
            app.written.notify_waiters();
            let written = Instant::now();
            let expected = Some((n as i64 + 1, Some(8)));
            while stage.figures(province).await != expected {
                let waited = written.elapsed();
                assert!(waited < Duration::from_secs(1), "{} after {waited:?}", stage.db.name());
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        stop.send(true).unwrap();
        follower.await.unwrap();
    }
}
