//! Whatever happens in whatever order, the readings that followed it equal the readings built
//! from scratch, to the byte, and both equal a count by hand, per unit, day and view.

mod cases;
mod hand;
mod story;
mod trees;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use thao_base::Db;
use thao_testkit::databases;

use self::story::{Act, Scene, acts};
use super::*;

/// Stories of one run; each is played on both databases.
const STORIES: u32 = 10;

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

async fn play(acts: &[Act]) {
    for db in databases().await {
        let mut scene = Scene::set(&db).await;
        catch_up(&db).await.unwrap();
        for act in acts {
            scene.play(&db, *act).await;
        }
        catch_up(&db).await.unwrap();
        let followed = text(&db).await;
        hand::check(&db, db.name()).await;
        let built = rebuild(&db, &scene.world.clock, |_, _| {}).await.unwrap();
        same(&followed, &text(&db).await, db.name());
        assert_eq!(built.hash, db.read(digest).await.unwrap());
        hand::check(&db, db.name()).await;
        assert!(!db.read(books::unfinished).await.unwrap(), "old books are left on {}", db.name());
    }
}

#[test]
fn following_rebuilding_and_counting_by_hand_agree() {
    let runtime = runtime();
    let config = Config { cases: STORIES, max_shrink_iters: 40, ..Config::default() };
    let stories = prop::collection::vec(acts(), 60..140);
    let outcome = TestRunner::new(config).run(&stories, |acts| {
        let played = std::panic::catch_unwind(|| runtime.block_on(play(&acts)));
        prop_assert!(played.is_ok());
        Ok(())
    });
    if let Err(e) = outcome {
        panic!("{e}");
    }
}
