//! `POST /learn/{course}/{lesson}/answers`: an answer; `…/completion`: a lesson that asks nothing.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use thao_base::{Error, ItemId, Lang, ids};
use thao_web::{Ask, Reply, Sent, saying};

use super::lesson::refused;
use super::step_url;
use crate::attempt::{self, Given, Outcome};
use crate::shuffle::order;

pub(super) async fn add(ask: Ask, Path(at): Path<(String, String)>, sent: Sent) -> Reply {
    let item: ItemId = sent.parse("item").ok_or_else(Error::not_found)?;
    let step = sent.parse("step").unwrap_or(1);
    let ((course, lesson), form) = (at.clone(), sent.clone());
    let done = ask.write("assess.act.answer", move |tx, actor, stamp| {
        let place = attempt::place(tx, &course, &lesson)?;
        let (step, question) =
            place.content.question(Lang::Vi, item).ok_or_else(Error::not_found)?;
        let back = step_url(&place.course, &place.lesson, step);
        let version = form.parse("version").unwrap_or_default();
        if version != question.version {
            return Ok(saying(&back, "assess.notice.changed"));
        }
        let shown = order(actor.person()?, question);
        let response = attempt::read(&form, &question.task, &shown)
            .ok_or_else(|| attempt::no_answer(&question.task))?;
        let given = Given { id: form.form_id.map(ids::cast), item, version, response };
        Ok(match attempt::answer(tx, actor, stamp, &place, &given)? {
            Outcome::Recorded | Outcome::Known => back + "#feedback",
            Outcome::Changed => saying(&back, "assess.notice.changed"),
        })
    });
    match done.await {
        Ok(seen) => Ok(Redirect::to(&seen.it).into_response()),
        Err(error) if error.field_name() == Some("answer") => {
            refused(ask, at, step, sent.fields(), &error).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn complete(
    ask: Ask,
    Path((course, lesson)): Path<(String, String)>,
    sent: Sent,
) -> Reply {
    let done = ask.submit("assess.act.complete", &sent, move |tx, actor, stamp, _| {
        let place = attempt::place(tx, &course, &lesson)?;
        attempt::complete(tx, actor, stamp, &place)?;
        Ok(format!("/learn/{course}/{lesson}/result"))
    });
    Ok(done.await?)
}
