//! Jobs that fail: tried again, each time later, and given up in words.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Span;
use thao_base::{Error, Kind, Lang};
use thao_jobs::{Handler, State};
use thao_testkit::{databases, world};

use crate::steps::{add, job, runner};

/// A handler that fails as `fail` says for its nth run, counted from 1.
fn failing(
    fail: impl Fn(usize) -> Option<Error> + Send + Sync + 'static,
) -> (Handler, Arc<AtomicUsize>) {
    let runs = Arc::new(AtomicUsize::new(0));
    let (counted, fail) = (runs.clone(), Arc::new(fail));
    let handler = Handler::new("test.failing", move |_| {
        let (run, fail) = (counted.fetch_add(1, Ordering::SeqCst) + 1, fail.clone());
        async move { fail(run).map_or(Ok(()), Err) }
    });
    (handler, runs)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_pass_is_tried_again_later_and_later() {
    for db in databases().await {
        let world = world();
        let (handler, runs) =
            failing(|run| (run < 4).then(|| Error::new(Kind::Unavailable, "base.error.disk_full")));
        let runner = runner(&db, &world.clock, [handler]);
        let id = add(&db, &world, "test.failing", ()).await;
        for (run, pause) in [(1, 10), (2, 20), (3, 40)] {
            assert_eq!(runner.drain().await.unwrap(), 1);
            let seen = job(&db, id).await;
            assert_eq!(seen.state(), State::Waiting);
            assert_eq!(seen.failure(Lang::Vi).as_deref(), Some(Lang::Vi.t("base.error.disk_full")));
            world.hand.advance(Span::new().seconds(pause - 1));
            assert_eq!(runner.drain().await.unwrap(), 0, "too early after failure {run}");
            world.hand.advance(Span::new().seconds(1));
        }
        assert_eq!(runner.drain().await.unwrap(), 1);
        let seen = job(&db, id).await;
        assert_eq!((seen.state(), seen.failure(Lang::Vi)), (State::Done, None), "{}", db.name());
        assert_eq!(runs.load(Ordering::SeqCst), 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_eight_failures_it_is_given_up() {
    for db in databases().await {
        let world = world();
        let (handler, runs) =
            failing(|run| Some(Error::internal(format!("a defect at run {run}, made by a test"))));
        let runner = runner(&db, &world.clock, [handler]);
        let id = add(&db, &world, "test.failing", ()).await;
        for _ in 0..20 {
            runner.drain().await.unwrap();
            world.hand.advance(Span::new().hours(1));
        }
        let seen = job(&db, id).await;
        assert_eq!(seen.state(), State::Failed, "{}", db.name());
        assert_eq!(seen.failure(Lang::En).as_deref(), Some(Lang::En.t("base.error.internal")));
        assert_eq!(runs.load(Ordering::SeqCst), 8);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_the_job_itself_is_told_at_once() {
    for db in databases().await {
        let world = world();
        let (handler, runs) = failing(|_| {
            Some(Error::invalid("base.error.schema_newer").with("step", "Nguyễn Văn Thử"))
        });
        let runner = runner(&db, &world.clock, [handler]);
        let id = add(&db, &world, "test.failing", ()).await;
        runner.drain().await.unwrap();
        let seen = job(&db, id).await;
        assert_eq!(seen.state(), State::Failed, "{}", db.name());
        for lang in Lang::ALL {
            assert!(seen.failure(lang).unwrap().contains("Nguyễn Văn Thử"));
        }
        assert_eq!(runs.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payload_that_cannot_be_read_is_told_at_once() {
    for db in databases().await {
        let world = world();
        let id = add(&db, &world, "test.typed", "a text").await;
        let typed = Handler::new("test.typed", |context| async move {
            context.payload::<i64>()?;
            Ok(())
        });
        runner(&db, &world.clock, [typed]).drain().await.unwrap();
        let seen = job(&db, id).await;
        assert_eq!(seen.state(), State::Failed, "{}", db.name());
        assert_eq!(seen.failure(Lang::En).as_deref(), Some(Lang::En.t("jobs.error.payload")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_a_failure_and_the_runner_goes_on() {
    for db in databases().await {
        let world = world();
        let first = add(&db, &world, "test.panic", true).await;
        let second = add(&db, &world, "test.panic", false).await;
        let handler = Handler::new("test.panic", |context| async move {
            assert!(!context.payload::<bool>()?, "a defect, made on purpose by this test");
            Ok(())
        });
        assert_eq!(runner(&db, &world.clock, [handler]).drain().await.unwrap(), 2);
        let (first, second) = (job(&db, first).await, job(&db, second).await);
        assert_eq!((first.state(), second.state()), (State::Waiting, State::Done), "{}", db.name());
        assert!(first.failure(Lang::Vi).is_some());
    }
}
