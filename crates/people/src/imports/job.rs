//! The steps of large files as jobs: they go on while nobody waits, and after a restart.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thao_base::locale::local_date;
use thao_base::{Error, ImportId, JobId, Result, Stamp, Tx};
use thao_jobs::{Context, Handler, Progress};

use super::file::{self, File, State, Step};
use super::kind::Desk;
use super::receive::{Incoming, Received, receive};
use super::row::Came;
use super::{row, step};

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Payload {
    import: ImportId,
    step: Step,
}

/// Enqueues the step a file is at.
pub(super) fn enqueue(tx: &mut Tx<'_>, stamp: &Stamp, desk: &Desk, file: &File) -> Result<()> {
    let Some(step) = file.state().step() else { return Ok(()) };
    let job: JobId = thao_jobs::enqueue(tx, stamp, desk.job, &Payload { import: file.id, step })?;
    file::set_job(tx, file.id, job)
}

/// Does the jobs of a desk.
pub fn handler(desk: &'static Desk) -> Handler {
    Handler::new(desk.job, move |context| run(context, desk))
}

async fn run(context: Context, desk: &'static Desk) -> Result<()> {
    let Payload { import, step } = context.payload()?;
    match step {
        Step::Plan => plan(&context, desk, import).await,
        Step::Apply | Step::Undo => go_on(&context, desk, import, step).await,
    }
}

async fn plan(context: &Context, desk: &'static Desk, id: ImportId) -> Result<()> {
    let found = context.db().read(move |tx| {
        let file = file::get(tx, desk.code, id)?;
        Ok((file::content(tx, id)?, file))
    });
    let (Some(content), file) = found.await? else { return Ok(()) };
    let incoming = Incoming {
        name: file.name.clone(),
        bytes: content,
        unit: file.unit,
        options: file.options.clone(),
        today: local_date(file.read_at),
    };
    let received = receive(context.db(), desk, incoming).await?;
    plan_all(context, desk, &file, &received).await
}

async fn plan_all(
    context: &Context,
    desk: &'static Desk,
    file: &File,
    received: &Received,
) -> Result<()> {
    let total = received.rows.len();
    let mut from = received.rows.partition_point(|row| row.no <= file.at_row);
    while from < total {
        let to = total.min(from + step::PLAN_CHUNK);
        let (rows, id, own) = (Arc::clone(&received.rows), file.id, context.clone());
        context
            .chunk(move |tx| {
                let file = file::get(tx, desk.code, id)?;
                let today = local_date(own.clock().now());
                step::plan(tx, desk, &file, rows.get(from..to).unwrap_or_default(), today)?;
                progress(to, total)
            })
            .await?;
        from = to;
    }
    let (file, own) = (file.clone(), context.clone());
    context
        .chunk(move |tx| {
            step::end_plan(tx, &own.stamp(desk.act), &file)?;
            progress(total, total)
        })
        .await?;
    Ok(())
}

async fn go_on(context: &Context, desk: &'static Desk, id: ImportId, step: Step) -> Result<()> {
    let mut at = context.reached();
    if at.total == 0 {
        let counts = context.db().read(move |tx| row::counts(tx, id)).await?;
        let total = match step {
            Step::Undo => counts.came(Came::Done),
            Step::Plan | Step::Apply => counts.waiting(),
        };
        // One more: to say that it is over.
        at = Progress { done: 0, total: total + 1 };
    }
    while at.done < at.total {
        let (own, before) = (context.clone(), at);
        at = context
            .chunk(move |tx| {
                let file = file::get(tx, desk.code, id)?;
                let gone = match file.state() {
                    _ if file.cleared_at.is_some() => 0,
                    State::Applying if step == Step::Apply => {
                        let stamp = step::by(tx, own.stamp(desk.act), own.account())?;
                        step::apply(tx, &stamp, desk, &file)?
                    }
                    State::Undoing if step == Step::Undo => {
                        let stamp = step::by(tx, own.stamp(desk.undo_act), own.account())?;
                        step::undo(tx, &stamp, desk, &file)?
                    }
                    _ => 0,
                };
                let done = match i64::try_from(gone).map_err(Error::internal)? {
                    0 => before.total,
                    gone => (before.done + gone).min(before.total - 1),
                };
                Ok(Progress { done, ..before })
            })
            .await?;
    }
    Ok(())
}

fn progress(done: usize, total: usize) -> Result<Progress> {
    let number = |n: usize| i64::try_from(n).map_err(Error::internal);
    Ok(Progress { done: number(done)?, total: number(total)? })
}
