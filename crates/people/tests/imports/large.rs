//! Many rows: within bounded time, as jobs, interrupted anywhere, and any table at all.

use std::time::Instant;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use thao_base::{Db, ImportId};
use thao_jobs::Runner;
use thao_people::imports::people::DESK;
use thao_people::imports::{self, Came, Outcome, State, direct, handler};

use crate::stage::{Stage, csv, everybody, numbers, stages};

/// A list of so many rows; every tenth is in a village, every fiftieth has no birth.
fn list(rows: usize) -> Vec<u8> {
    const FAMILY: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đỗ", "Bùi"];
    const GIVEN: [&str; 9] = ["An", "Bình", "Cúc", "Dũng", "Hoa", "Lan", "Minh", "Sơn", "Tú"];
    let mut lines = vec!["TT;Họ và tên;Ngày sinh;Số CCCD;Đơn vị;Chức vụ".to_owned()];
    lines.extend((0..rows).map(|n| {
        // Nobody has both the name and the birthday of another.
        let (name, day) = (n % 72, n / 72);
        let name = format!("{} Văn {}", FAMILY[name % 8], GIVEN[name / 8]);
        let birth = match n % 50 {
            0 => String::new(),
            _ => format!("{:02}/{:02}/{}", 1 + day % 28, 1 + day / 28 % 12, 1960 + day / 336),
        };
        let unit = if n % 10 == 0 { "Thôn Hai" } else { "Xã Hòa Bình" };
        format!("{};{name};{birth};0990{:08};{unit};Nhân viên", n + 1, 10_000_000 + n)
    }));
    lines.join("\n").into_bytes()
}

/// Everything an import writes, without what no two runs have alike: ids.
async fn written(db: &Db) -> Vec<String> {
    let mut out: Vec<String> = everybody(db)
        .await
        .into_iter()
        .map(|(person, belongs)| {
            let belongs: Vec<String> = belongs
                .iter()
                .map(|a| format!("{} {:?} {} {:?}", a.kind, a.position, a.valid_from, a.valid_to))
                .collect();
            let who = (&person.full_name, person.birth(), &person.citizen_id, &person.phone);
            format!("{who:?} {belongs:?}")
        })
        .collect();
    out.sort();
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_in_the_middle_it_goes_on_and_ends_the_same() {
    let whole = stages().await;
    for (stage, other) in stages().await.into_iter().zip(whole) {
        let id = stage.send("ds.csv", list(700)).await.unwrap();
        stage.write(move |tx, stamp| direct::confirm(tx, stamp, &DESK, id)).await;
        let stamp = stage.stamp();
        assert_eq!(direct::apply_chunk(&stage.db, &stamp, &DESK, id).await.unwrap(), 200);
        // What a kill leaves: whole chunks, the rest as it was announced.
        let after = stage.db.reopen();
        let counts = after.read(move |tx| imports::counts(tx, id)).await.unwrap();
        assert_eq!((counts.came(Came::Done), counts.waiting()), (200, 500));
        assert_eq!(stage.people().await.len(), 200);
        direct::apply_here(&after, &stamp, &DESK, id, &|_, _| ()).await.unwrap();
        let counts = stage.counts(id).await;
        assert_eq!((counts.came(Came::Done), counts.waiting()), (700, 0));

        let uninterrupted = other.send("ds.csv", list(700)).await.unwrap();
        other.confirm(uninterrupted).await;
        assert_eq!(written(&stage.db).await, written(&other.db).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_is_worked_out_done_and_taken_back_by_jobs() {
    for stage in stages().await {
        let runner = |db: &Db| {
            let (clock, entropy) = (stage.world.clock.clone(), stage.world.entropy.clone());
            Runner::new(db.clone(), clock, entropy, [handler(&DESK)])
        };
        let incoming = stage.incoming("ds.csv", list(2_500));
        let received = imports::receive(&stage.db, &DESK, incoming.clone()).await.unwrap();
        let id = stage
            .write(move |tx, stamp| direct::keep(tx, stamp, &DESK, &incoming, &received))
            .await;
        assert_eq!(state(&stage, id).await, State::Planning);
        assert_eq!(runner(&stage.db).drain().await.unwrap(), 1);
        assert_eq!(state(&stage, id).await, State::Ready);
        assert_eq!(numbers(&stage.counts(id).await), [(Outcome::Create, 2_500)]);

        stage.write(move |tx, stamp| direct::confirm(tx, stamp, &DESK, id)).await;
        assert_eq!(state(&stage, id).await, State::Applying);
        // Cut off while it runs; the lease runs out, another takes the job.
        let db = stage.db.reopen();
        let cut = {
            let runner = runner(&db);
            tokio::spawn(async move { runner.drain().await })
        };
        while stage.counts(id).await.came(Came::Done) < 400 && !cut.is_finished() {
            tokio::task::yield_now().await;
        }
        cut.abort();
        let _ = cut.await;
        let counts = stage.counts(id).await;
        assert_eq!(counts.came(Came::Done) % 200, if counts.waiting() == 0 { 100 } else { 0 });
        // A chunk that was under way may still be saved, and hold the job a little longer.
        for _ in 0..3 {
            stage.world.hand.advance(jiff::Span::new().minutes(5));
            runner(&stage.db).drain().await.unwrap();
        }
        assert_eq!(state(&stage, id).await, State::Applied);
        assert_eq!(stage.counts(id).await.came(Came::Done), 2_500);
        assert_eq!(stage.people().await.len(), 2_500);

        stage.write(move |tx, stamp| direct::take_back(tx, stamp, &DESK, id)).await;
        runner(&stage.db).drain().await.unwrap();
        assert_eq!(state(&stage, id).await, State::Undone);
        assert_eq!(stage.counts(id).await.came(Came::Undone), 2_500);
        assert!(stage.people().await.iter().all(|(_, a)| a[0].valid_to == Some(a[0].valid_from)));
    }
}

async fn state(stage: &Stage, id: ImportId) -> State {
    stage.read(move |tx| Ok(imports::get(tx, "people", id)?.state())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_thousand_rows_take_bounded_time() {
    const ROWS: usize = 100_000;
    let stages = stages().await;
    let incoming = stages[0].incoming("ds.csv", list(ROWS));
    let start = Instant::now();
    // The cast has the same ids everywhere: read once, worked out on each database.
    let received = imports::receive(&stages[0].db, &DESK, incoming.clone()).await.unwrap();
    println!("{ROWS} rows read in {:.1?}", start.elapsed());
    assert!(start.elapsed().as_secs() < 240);
    for stage in stages {
        let (start, stamp, incoming) = (Instant::now(), stage.stamp(), incoming.clone());
        let plan = direct::plan_here(&stage.db, &stamp, &DESK, incoming, &received, &|_, _| ());
        let id = plan.await.unwrap();
        let planned = start.elapsed();
        assert_eq!(numbers(&stage.counts(id).await), [(Outcome::Create, ROWS as i64)]);
        // Doing all of it is a job of minutes; a part tells how long.
        stage.write(move |tx, stamp| direct::confirm(tx, stamp, &DESK, id)).await;
        let start = Instant::now();
        for _ in 0..10 {
            assert_eq!(direct::apply_chunk(&stage.db, &stamp, &DESK, id).await.unwrap(), 200);
        }
        let applied = start.elapsed();
        let name = stage.db.name();
        println!("{name}: {ROWS} rows worked out in {planned:.1?}; 2,000 done in {applied:.1?}");
        assert!(planned.as_secs() < 240 && applied.as_secs() < 60, "{planned:?} {applied:?}");
    }
}

/// A cell of a random table, out of few values so that rows meet.
fn row() -> impl Strategy<Value = [String; 6]> {
    let of = |all: &[&str]| {
        let all: Vec<String> = all.iter().map(|text| (*text).to_owned()).collect();
        prop::sample::select(all)
    };
    (
        of(&[
            "Lê Văn An",
            "LÊ VĂN AN",
            "Le Van An",
            "Lê Văn Ân",
            "Trần Thị Hoà",
            "Trần Thị Hòa",
            "Phạm Thị Xã",
            "Nguyễn Văn An",
            "Bùi Thị Cúc",
            "",
        ]),
        of(&[
            "01/02/1990",
            "1/2/1990",
            "1990",
            "02/02/1990",
            "19/05/1983",
            "19/05/1995",
            "1/1/2030",
        ]),
        of(&[
            "",
            "",
            "099090000301",
            "99090000301",
            "099090000302",
            "131234567",
            "099095000108",
            "1.2E+11",
        ]),
        of(&["", "", "Xã Hòa Bình", "Thôn Một", "Thôn Hai", "Xã Đồng Mẫu", "Xã Nào"]),
        of(&["", "Chuyên viên", "Chủ tịch"]),
        of(&["", "0912345678", "0987654321", "12"]),
    )
        .prop_map(|(a, b, c, d, e, f)| [a, b, c, d, e, f])
}

#[test]
fn any_table_does_what_it_announced_and_is_known_afterwards() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for stage in runtime.block_on(stages()) {
        // The register grows from case to case: later tables meet more people.
        let mut runner = TestRunner::new(Config { cases: 40, ..Config::default() });
        let outcome = runner.run(&prop::collection::vec(row(), 1..14), |rows| {
            runtime.block_on(check(&stage, &rows))
        });
        if let Err(e) = outcome {
            panic!("on {}: {e}", stage.db.name());
        }
    }
}

async fn check(stage: &Stage, rows: &[[String; 6]]) -> Result<(), TestCaseError> {
    let mut lines = vec!["Họ và tên;Ngày sinh;Số CCCD;Đơn vị;Chức vụ;Điện thoại".to_owned()];
    lines.extend(rows.iter().map(|row| row.join(";")));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let Ok(id) = stage.send("ds.csv", csv(&lines)).await else { return Ok(()) };
    let before = everybody(&stage.db).await.len();
    let announced = stage.counts(id).await;
    let unchanged = everybody(&stage.db).await.len();
    prop_assert_eq!(before, unchanged, "looking changes nothing");
    stage.confirm(id).await;
    let counts = stage.counts(id).await;
    prop_assert_eq!(counts.came(Came::Done), announced.acting());
    prop_assert_eq!(counts.came(Came::Left), 0);
    let after = everybody(&stage.db).await.len();
    prop_assert_eq!((after - before) as i64, announced.of(Outcome::Create));

    let again = stage.send("ds.csv", csv(&lines)).await.unwrap();
    let (first, second) = (stage.rows(id).await, stage.rows(again).await);
    for (one, other) in first.iter().zip(&second) {
        if one.outcome.acts() || one.outcome == Outcome::Same {
            let what = format!("row {}: {one:?} then {other:?}", one.no);
            prop_assert_eq!(other.outcome, Outcome::Same, "{}", what);
        }
    }
    Ok(())
}
