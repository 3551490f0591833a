//! `POST /report/returns/{id}/entries`: keeps what was typed and, when asked, checks it.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use thao_base::ReturnId;
use thao_web::{Ask, Reply, Sent, saying};

use super::form::{Typed, notes};
use super::show;
use crate::dossier;
use crate::pages::at::At;
use crate::pages::reach;

pub(crate) async fn save(ask: Ask, At(id): At<ReturnId>, sent: Sent) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| {
        reach::file(tx, actor, id, today)?;
        show::load(tx, actor, id, today)
    });
    let seen = seen.await?;
    let lang = ask.lang(&seen.actor);
    let typed = Typed::sent(&seen.it.of, &sent);
    let (_, errors) = typed.read(lang, &seen.it.of);
    if !errors.is_empty() {
        let chrome = ask.chrome(&seen.actor);
        let page = show::page(&ask, &chrome, &seen.it, &typed, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let done = ask.submit("report.act.enter", &sent, move |tx, actor, stamp, sent| {
        let of = reach::file(tx, actor, id, today)?;
        let (figures, _) = Typed::sent(&of, sent).read(lang, &of);
        of.enter(tx, stamp, &figures)?;
        // Findings speak of the figures as they are now.
        let of = dossier::load(tx, id)?;
        of.answer(tx, stamp, &notes(sent))?;
        let here = format!("/report/returns/{id}");
        if sent.text("act") != "check" {
            return Ok(saying(&here, "report.notice.saved"));
        }
        let of = dossier::load(tx, id)?;
        Ok(match of.check(tx, stamp)? {
            true => saying(&here, "report.notice.checked"),
            false => saying(&format!("{here}?findings=1"), "report.notice.saved"),
        })
    });
    Ok(done.await?)
}
