//! What is done with a file of boundaries: `POST …/confirmation`, `POST …/withdrawal`.

use thao_base::{BoundaryFileId, Error};
use thao_web::{Action, Ask, Reply, Resource, Sent, check, saying, saying_n};

use super::one;
use crate::boundary;
use crate::pages::at::At;

pub(crate) async fn confirm(ask: Ask, At(id): At<BoundaryFileId>, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask
        .submit("plan.act.use_boundaries", &sent, move |tx, actor, stamp, sent| {
            let shown = one::load(tx, actor, id, sent.some("by"), today)?;
            if shown.matching.shapes.is_empty() {
                return Err(Error::conflict("plan.boundary.error.none_matched"));
            }
            boundary::put_to_use(tx, stamp, &shown.file, &shown.by, &shown.matching.shapes)?;
            let n = shown.matching.shapes.len();
            Ok(saying_n(&format!("/plan/boundaries/{id}"), "plan.notice.boundaries_used", n))
        })
        .await;
    Ok(done?)
}

pub(crate) async fn withdraw(ask: Ask, At(id): At<BoundaryFileId>, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask
        .submit("plan.act.withdraw_boundaries", &sent, move |tx, actor, stamp, _| {
            let file = boundary::get(tx, id)?;
            let at = Resource::At(file.pos);
            check(actor, Action::SetTargets, Action::SetTargets, at, today)?;
            boundary::withdraw(tx, stamp, id)?;
            Ok(saying("/plan/boundaries", "plan.notice.boundaries_withdrawn"))
        })
        .await;
    Ok(done?)
}
