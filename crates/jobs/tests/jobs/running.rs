//! Jobs that go well: enqueued, taken in turn, seen while they run, shared among nodes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use thao_base::ids::Id;
use thao_base::{AccountId, Error, JobId, Stamp};
use thao_jobs::{Handler, State, enqueue, enqueue_at, find, of_account};
use thao_testkit::{databases, world};
use tokio::sync::mpsc::unbounded_channel;

use crate::steps::{KIND, Steps, add, job, make_table, runner, steps};

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_done_in_chunks_and_says_how_far_it_is() {
    for db in databases().await {
        let world = world();
        make_table(&db).await;
        let (work, mut told) = Steps::new(2);
        let id = add(&db, &world, KIND, 25).await;
        assert_eq!(job(&db, id).await.state(), State::Waiting);
        let running = runner(&db, &world.clock, [work.handler()]).start().await.unwrap();
        assert_eq!(told.recv().await, Some(10));
        assert_eq!(told.recv().await, Some(20));
        let seen = job(&db, id).await;
        assert_eq!((seen.state(), seen.done, seen.total), (State::Running, 20, 25));
        work.gate.add_permits(1);
        assert_eq!(told.recv().await, Some(25));
        running.stop().await;
        let seen = job(&db, id).await;
        assert_eq!((seen.state(), seen.done, seen.total), (State::Done, 25, 25));
        assert_eq!(seen.failure(thao_base::Lang::En), None);
        assert_eq!(seen.ended_at, Some(world.now()));
        assert_eq!(steps(&db).await, (1..=25).collect::<Vec<i64>>(), "{}", db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_belongs_to_the_transaction_that_enqueued_it() {
    for db in databases().await {
        let world = world();
        make_table(&db).await;
        let stamp = world.stamp("test.act");
        let undone = db
            .write(move |tx| {
                enqueue(tx, &stamp, KIND, &10)?;
                Err::<(), _>(Error::not_found())
            })
            .await;
        assert!(undone.is_err());
        let (work, _told) = Steps::new(9);
        let runner = runner(&db, &world.clock, [work.handler()]);
        assert_eq!(runner.drain().await.unwrap(), 0);
        add(&db, &world, KIND, 10).await;
        assert_eq!(runner.drain().await.unwrap(), 1);
        assert_eq!(runner.drain().await.unwrap(), 0);
        assert_eq!(steps(&db).await.len(), 10, "{}", db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_gets_what_was_given_and_who_asked() {
    for db in databases().await {
        let world = world();
        let account: AccountId = world.stamp("test.act").id();
        let stamp = Stamp { account: Some(account), ..world.stamp("test.act") };
        let (first, second) = db
            .write(move |tx| {
                let first = enqueue(tx, &stamp, "test.echo", &("xã Hòa Bình", [1, 2]))?;
                Ok((first, enqueue(tx, &stamp, "test.echo", &("b", [3, 4]))?))
            })
            .await
            .unwrap();
        let (out, mut got) = unbounded_channel();
        let echo = Handler::new("test.echo", move |context| {
            let out = out.clone();
            async move {
                let payload: (String, [i32; 2]) = context.payload()?;
                out.send((context.id(), payload, context.account())).map_err(Error::internal)?;
                assert_eq!(context.stamp("test.echo").account, context.account());
                Ok(())
            }
        });
        assert_eq!(runner(&db, &world.clock, [echo]).drain().await.unwrap(), 2);
        let mut wanted = [
            (first, ("xã Hòa Bình".to_owned(), [1, 2]), Some(account)),
            (second, ("b".to_owned(), [3, 4]), Some(account)),
        ];
        // Of jobs that are equally old the smaller id comes first.
        wanted.sort();
        for wanted in wanted {
            assert_eq!(got.recv().await, Some(wanted));
        }
        let newest = db.read(move |tx| of_account(tx, account, 1)).await.unwrap();
        assert_eq!(newest.iter().map(|job| job.id).collect::<Vec<_>>(), [first.max(second)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_waits_for_its_time_and_for_somebody_who_can() {
    for db in databases().await {
        let world = world();
        make_table(&db).await;
        let stamp = world.stamp("test.act");
        let tomorrow = "2026-11-21T01:30:00Z".parse().unwrap();
        let later = db.write(move |tx| enqueue_at(tx, &stamp, KIND, &10, tomorrow)).await.unwrap();
        let strange = add(&db, &world, "test.of_a_later_release", 1).await;
        let (work, _told) = Steps::new(9);
        let runner = runner(&db, &world.clock, [work.handler()]);
        assert_eq!(runner.drain().await.unwrap(), 0);
        world.hand.set(tomorrow);
        assert_eq!(runner.drain().await.unwrap(), 1);
        assert_eq!(job(&db, later).await.state(), State::Done, "{}", db.name());
        assert_eq!(job(&db, strange).await.state(), State::Waiting);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_share_the_jobs_and_each_is_done_once() {
    for db in databases().await {
        let world = world();
        make_table(&db).await;
        for _ in 0..30 {
            add(&db, &world, KIND, 10).await;
        }
        let (work, mut told) = Steps::new(1000);
        let mut nodes = Vec::new();
        for _ in 0..3 {
            let node = runner(&db.reopen(), &world.clock, [work.handler()]);
            nodes.push(node.start().await.unwrap());
        }
        for _ in 0..30 {
            assert_eq!(told.recv().await, Some(10));
        }
        for node in nodes {
            node.stop().await;
        }
        let mut wanted: Vec<i64> = (1..=10).cycle().take(300).collect();
        wanted.sort_unstable();
        assert_eq!(steps(&db).await, wanted, "{}", db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_runner_that_is_woken_does_not_wait_for_its_next_look() {
    for db in databases().await {
        let world = world();
        let (out, mut done) = unbounded_channel();
        let quick = Handler::new("test.quick", move |context| {
            let out = out.clone();
            async move { out.send(context.id()).map_err(Error::internal) }
        });
        let runner = runner(&db, &world.clock, [quick]);
        let running = runner.start().await.unwrap();
        let start = Instant::now();
        for _ in 0..15 {
            let id = add(&db, &world, "test.quick", ()).await;
            runner.wake().now();
            assert_eq!(done.recv().await, Some(id));
        }
        // Looking every two seconds only would take about a second each time.
        assert!(start.elapsed() < Duration::from_secs(6), "{:?}", start.elapsed());
        running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_watches_sees_progress_that_costs_little() {
    for db in databases().await {
        let world = world();
        let id = add(&db, &world, "test.count", ()).await;
        let (count, seen) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (counted, watched) = (count.clone(), seen.clone());
        let handler = Handler::new("test.count", move |context| {
            let (counted, watched) = (counted.clone(), watched.clone());
            async move {
                let mut last = -1;
                for step in 0..20_000 {
                    context.progress(step, 20_000).await?;
                    counted.fetch_add(1, Ordering::Relaxed);
                    if step % 2_000 == 0 {
                        let id: JobId = JobId::from_uuid(context.id().uuid());
                        let job = context.db().read(move |tx| find(tx, id)).await?;
                        let done = job.map_or(-1, |job| job.done);
                        assert!(done >= last, "progress goes back from {last} to {done}");
                        watched.fetch_add(usize::from(done > last), Ordering::Relaxed);
                        last = done;
                    }
                }
                Ok(())
            }
        });
        runner(&db, &world.clock, [handler]).drain().await.unwrap();
        assert_eq!(count.load(Ordering::Relaxed), 20_000);
        assert!((1..=10).contains(&seen.load(Ordering::Relaxed)));
        assert_eq!(job(&db, id).await.state(), State::Done, "{}", db.name());
    }
}
