//! Whatever happens in whatever order, the readings that followed it equal the readings built
//! from scratch, to the byte, and both equal a count by hand, per unit and day.

mod cases;
mod deeds;
mod hand;
mod others;
mod plain;
mod story;

use std::fmt::Debug;
use std::panic::AssertUnwindSafe;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use thao_base::Db;
use thao_testkit::{TestDb, World, databases};

use self::deeds::{Deed, deeds};
use self::story::{Act, Plot, Scene, acts};
use super::*;

/// Stories of one run; each is played on both databases.
const STORIES: u32 = 8;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

async fn text(db: &Db) -> Vec<String> {
    db.read(|tx| {
        let mut lines = Vec::new();
        dump(tx, |line| lines.push(line.to_owned()))?;
        Ok(lines)
    })
    .await
    .unwrap()
}

fn same(followed: &[String], rebuilt: &[String], name: &str) {
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|line| !those.contains(line)).cloned().collect()
    };
    let differ = (only(followed, rebuilt), only(rebuilt, followed));
    assert_eq!(differ, (Vec::new(), Vec::new()), "followed and rebuilt differ on {name}");
    assert_eq!(followed, rebuilt);
}

/// What followed equals what is built anew; `check` counts both by hand.
async fn settle<F: Future<Output = ()>>(db: &TestDb, world: &World, check: impl Fn() -> F) {
    catch_up(db).await.unwrap();
    let followed = text(db).await;
    check().await;
    let built = rebuild(db, &world.clock, |_, _| {}).await.unwrap();
    same(&followed, &text(db).await, db.name());
    assert_eq!(built.hash, db.read(digest).await.unwrap());
    check().await;
    assert!(!db.read(books::unfinished).await.unwrap(), "old books are left on {}", db.name());
}

async fn play(plot: Plot, acts: &[Act]) {
    for db in databases().await {
        let mut scene = Scene::set(&db, plot).await;
        catch_up(&db).await.unwrap();
        for act in acts {
            scene.play(&db, *act).await;
        }
        settle(&db, &scene.world, || hand::check(&db, db.name())).await;
    }
}

async fn play_others(deeds: &[Deed]) {
    for db in databases().await {
        let mut scene = others::Scene::set(&db).await;
        catch_up(&db).await.unwrap();
        for deed in deeds {
            scene.play(&db, *deed).await;
        }
        settle(&db, &scene.world, || plain::check(&db, db.name())).await;
    }
}

/// Plays random stories; one that fails is told as short as it can be.
fn told<T: Debug + Copy, F: Future<Output = ()>>(
    acts: impl Strategy<Value = T>,
    play: impl Fn(Vec<T>) -> F,
) {
    let runtime = runtime();
    let config = Config { cases: STORIES, max_shrink_iters: 40, ..Config::default() };
    let stories = prop::collection::vec(acts, 60..140);
    let outcome = TestRunner::new(config).run(&stories, |acts| {
        let played = std::panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(play(acts))));
        prop_assert!(played.is_ok());
        Ok(())
    });
    if let Err(e) = outcome {
        panic!("{e}");
    }
}

#[test]
fn following_rebuilding_and_counting_by_hand_agree() {
    told(acts(), |acts| async move { play(Plot::Shares, &acts).await });
}

#[test]
fn what_is_counted_of_people_agrees_too() {
    told(acts(), |acts| async move { play(Plot::Counts, &acts).await });
}

#[test]
fn units_things_and_classes_agree_too() {
    told(deeds(), |deeds| async move { play_others(&deeds).await });
}
