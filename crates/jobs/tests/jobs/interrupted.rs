//! Jobs that are cut off: by a kill, by a stop, by another node that took over.

use jiff::Span;
use thao_base::{Clock, Db, Lang};
use thao_jobs::{Context, Handler, Running, State};
use thao_testkit::{databases, world};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::steps::{KIND, Steps, add, job, make_table, runner, steps, write_ten};

/// Drops a runner, and waits until the embedded database has done what the runner had already
/// asked of it: with a program that is really killed that is gone, too.
async fn kill(program: &Db, running: Running) {
    drop(running);
    program.write(|_| Ok(())).await.unwrap();
}

/// The handler of [`Steps`] with the gate open, which also tells where it starts.
fn watched_steps() -> (Handler, UnboundedReceiver<i64>, UnboundedReceiver<i64>) {
    let (work, told) = Steps::new(1000);
    let (out, started) = unbounded_channel();
    let handler = Handler::new(KIND, move |context| {
        let (work, out) = (work.clone(), out.clone());
        async move {
            let _ = out.send(context.reached().done);
            work.run(&context).await
        }
    });
    (handler, started, told)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_program_goes_on_where_it_was_and_does_nothing_twice() {
    for db in databases().await {
        let world = world();
        make_table(&db).await;
        let id = add(&db, &world, KIND, 3000).await;
        let mut reached = 0;
        // Killed again and again, each time a chunk or more further, at no point in particular:
        // the gate is open wide, so the next chunk is under way when the runner is dropped.
        for kill_no in 0..6 {
            let (work, mut started, mut told) = watched_steps();
            let program = db.reopen();
            let clock = later(kill_no);
            let running = runner(&program, &clock, [work]).start().await.unwrap();
            let start = started.recv().await.unwrap();
            assert!(start >= reached, "{}: from {reached} back to {start}", db.name());
            reached = told.recv().await.unwrap();
            kill(&program, running).await;
            // What was under way is saved whole or not at all.
            let saved = steps(&db).await;
            assert_eq!(saved, (1..=saved.len() as i64).collect::<Vec<i64>>(), "{}", db.name());
        }
        let (work, _started, mut told) = watched_steps();
        let running = runner(&db, &later(6), [work]).start().await.unwrap();
        while told.recv().await.unwrap() < 3000 {}
        running.stop().await;
        assert_eq!(steps(&db).await, (1..=3000).collect::<Vec<i64>>(), "{}", db.name());
        let seen = job(&db, id).await;
        assert_eq!((seen.state(), seen.done), (State::Done, 3000));
    }
}

/// The clock of the nth start, two minutes after the one before, when every lease of it has run
/// out: nodes on PostgreSQL wait for that. What is under way while a runner
/// is dropped still tells the old time.
fn later(start: i64) -> Clock {
    let world = world();
    world.hand.advance(Span::new().minutes(2 * start));
    world.clock
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_comes_at_the_end_of_a_chunk_and_the_job_goes_on_after_it() {
    for db in databases().await {
        let world = world();
        make_table(&db).await;
        let id = add(&db, &world, KIND, 50).await;
        let (work, mut told) = Steps::new(2);
        let running = runner(&db, &world.clock, [work.handler()]).start().await.unwrap();
        assert_eq!(told.recv().await, Some(10));
        assert_eq!(told.recv().await, Some(20));
        let stopping = tokio::spawn(running.stop());
        work.gate.add_permits(1000);
        stopping.await.unwrap();
        let seen = job(&db, id).await;
        // Given back at once, with no failure to its name, in the same minute.
        assert_eq!((seen.state(), seen.failure(Lang::En)), (State::Waiting, None), "{}", db.name());
        assert_eq!(steps(&db).await.len() as i64, seen.done);
        runner(&db, &world.clock, [work.handler()]).drain().await.unwrap();
        assert_eq!(job(&db, id).await.state(), State::Done);
        assert_eq!(steps(&db).await, (1..=50).collect::<Vec<i64>>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_that_slept_too_long_saves_nothing_more() {
    for db in databases().await {
        let world = world();
        make_table(&db).await;
        let id = add(&db, &world, KIND, 30).await;
        let (out, mut contexts) = unbounded_channel::<Context>();
        let sleepy = Handler::new(KIND, move |context| {
            let out = out.clone();
            async move {
                context.chunk(|tx| write_ten(tx, 0, 30)).await?;
                let _ = out.send(context);
                std::future::pending().await
            }
        });
        let asleep = runner(&db, &world.clock, [sleepy]).start().await.unwrap();
        let sleeper = contexts.recv().await.unwrap();
        // Nobody renews the lease, but the context is still there.
        drop(asleep);
        // Another node takes over, and is in the middle when the first wakes up.
        let (work, mut told) = Steps::new(1);
        let other = runner(&db.reopen(), &later(1), [work.handler()]).start().await.unwrap();
        assert_eq!(told.recv().await, Some(20));
        let late = sleeper.chunk(|tx| write_ten(tx, 10, 30)).await.unwrap_err();
        assert_eq!(late.key(), "jobs.error.lost", "{}", db.name());
        assert_eq!(sleeper.progress(30, 30).await.unwrap_err().key(), "jobs.error.lost");
        work.gate.add_permits(1);
        assert_eq!(told.recv().await, Some(30));
        other.stop().await;
        // After the end, too.
        let late = sleeper.chunk(|tx| write_ten(tx, 10, 30)).await.unwrap_err();
        assert_eq!(late.key(), "jobs.error.lost");
        assert_eq!(steps(&db).await, (1..=30).collect::<Vec<i64>>(), "{}", db.name());
        let seen = job(&db, id).await;
        assert_eq!((seen.state(), seen.done, seen.total), (State::Done, 30, 30));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_brings_the_program_down_is_given_up() {
    for db in databases().await {
        let world = world();
        let id = add(&db, &world, "test.bomb", ()).await;
        for blow in 1..=8 {
            let (out, mut started) = unbounded_channel();
            let bomb = Handler::new("test.bomb", move |_| {
                let out = out.clone();
                async move {
                    let _ = out.send(());
                    std::future::pending().await
                }
            });
            let program = db.reopen();
            let running = runner(&program, &later(blow), [bomb]).start().await.unwrap();
            assert_eq!(started.recv().await, Some(()), "{} blow {blow}", db.name());
            // The program is gone before the job comes to anything.
            kill(&program, running).await;
        }
        let bomb = Handler::new("test.bomb", |_| async { std::future::pending().await });
        let runner = runner(&db, &later(9), [bomb]);
        while job(&db, id).await.state() == State::Running {
            runner.drain().await.unwrap();
        }
        let seen = job(&db, id).await;
        assert_eq!(seen.state(), State::Failed, "{}", db.name());
        assert_eq!(seen.failure(Lang::Vi).as_deref(), Some(Lang::Vi.t("jobs.error.interrupted")));
    }
}
