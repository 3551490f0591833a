//! What is done with a return: opening, submitting, approving, sending back, correcting.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use thao_base::{Error, ReportFormId, ReportLineId, ReturnId, UnitId};
use thao_people::unit;
use thao_web::components::FieldErrors;
use thao_web::{Action, Ask, Reply, Resource, Sent, check, saying};

use super::form::Typed;
use super::show;
use crate::figure::{self, Figure, NoNumber};
use crate::form;
use crate::pages::at::At;
use crate::pages::reach;
use crate::{due, filing};

/// `POST /report/returns`: opens the return of a unit for a period.
pub(crate) async fn open(ask: Ask, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("report.act.open", &sent, move |tx, actor, stamp, sent| {
        let form: ReportFormId = sent.parse("form").ok_or_else(Error::not_found)?;
        let unit: UnitId = sent.parse("unit").ok_or_else(Error::not_found)?;
        let place = unit::place(tx, unit)?;
        let at = Resource::At(place.pos);
        check(actor, Action::ImportFigures, Action::SeeBoards, at, today)?;
        let form = form::get(tx, form)?;
        let period = due::period(tx, &form, sent.text("period"))?;
        let id = filing::open(tx, stamp, &form, &period, &place)?;
        Ok(format!("/report/returns/{id}"))
    });
    Ok(done.await?)
}

pub(crate) async fn submit(ask: Ask, At(id): At<ReturnId>, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("report.act.submit", &sent, move |tx, actor, stamp, _| {
        reach::file(tx, actor, id, today)?.submit(tx, stamp)?;
        Ok(saying(&format!("/report/returns/{id}"), "report.notice.submitted"))
    });
    Ok(done.await?)
}

pub(crate) async fn approve(ask: Ask, At(id): At<ReturnId>, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("report.act.approve", &sent, move |tx, actor, stamp, _| {
        reach::decide(tx, actor, id, today)?.approve(tx, stamp)?;
        Ok(saying(&format!("/report/returns/{id}"), "report.notice.approved"))
    });
    Ok(done.await?)
}

pub(crate) async fn send_back(ask: Ask, At(id): At<ReturnId>, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("report.act.send_back", &sent, move |tx, actor, stamp, sent| {
        reach::decide(tx, actor, id, today)?.send_back(tx, stamp, sent.text("reason"))?;
        Ok(saying(&format!("/report/returns/{id}"), "report.notice.sent_back"))
    });
    let wrong = match done.await {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let seen = ask.read(move |tx, actor| show::load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let mut errors = FieldErrors::new();
    errors.add(wrong.field_name().unwrap_or_default(), wrong.words(chrome.lang));
    let typed = Typed::of(chrome.lang, &seen.it.of);
    let page = show::page(&ask, &chrome, &seen.it, &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /report/returns/{id}/corrections`: a corrected number beside one that was approved.
pub(crate) async fn correct(ask: Ask, At(id): At<ReturnId>, sent: Sent) -> Reply {
    let today = ask.today();
    let inner = ask.clone();
    let done = ask.submit("report.act.correct", &sent, move |tx, actor, stamp, sent| {
        let lang = inner.lang(actor);
        let of = reach::file(tx, actor, id, today)?;
        let line: ReportLineId = sent.parse("line").ok_or_else(Error::not_found)?;
        let number = |name: &'static str| {
            let wrong =
                |NoNumber| Error::invalid("report.error.number").with("line", "").field(name);
            figure::read(lang, sent.text(name)).map_err(wrong)
        };
        let figure = Figure { part: number("part")?, whole: number("whole")?, source: None };
        of.correct(tx, stamp, line, &figure, sent.text("reason"))?;
        Ok(saying(&format!("/report/returns/{id}"), "report.notice.corrected"))
    });
    Ok(done.await?)
}
