//! `/report/templates/new?form=` and `/report/templates/{id}`: writing a text, changing it, taking
//! it back.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::html;
use serde::Deserialize;
use thao_base::{Error, ReportFormId, Result, RowId, Tx};
use thao_web::components::{Button, Confirm, FieldErrors, Form as Sending};
use thao_web::{Actor, Ask, Page, Reply, Seen, Sent, saying};

use super::form::{self as fields, Typed};
use crate::form::{self, Form, Line};
use crate::pages::at::At;
use crate::pages::reach;
use crate::template;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    form: Option<String>,
}

struct Shown {
    form: Form,
    lines: Vec<Line>,
    /// The text that is edited; none for a new one.
    id: Option<RowId>,
    typed: Typed,
}

pub(crate) async fn new(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let form: Option<ReportFormId> = asked.form.and_then(|id| id.parse().ok());
    let seen = ask.read(move |tx, actor| {
        let mut shown = load(tx, actor, form.ok_or_else(Error::not_found)?, today)?;
        shown.typed =
            Typed { title: shown.form.title_vi.clone(), body: template::starter(&shown.lines) };
        Ok(shown)
    });
    Ok(page(&ask, &seen.await?, &FieldErrors::new()))
}

pub(crate) async fn show(ask: Ask, At(id): At<RowId>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load_one(tx, actor, id, today)).await?;
    Ok(page(&ask, &seen, &FieldErrors::new()))
}

pub(crate) async fn add(ask: Ask, sent: Sent) -> Reply {
    let today = ask.today();
    let form: Option<ReportFormId> = sent.parse("form");
    let done = ask.submit("report.act.add_template", &sent, move |tx, actor, stamp, sent| {
        let form = reach::own_form(tx, actor, form.ok_or_else(Error::not_found)?, today)?;
        let id = template::add(tx, stamp, form.id, sent.text("title"), sent.text("body"))?;
        Ok(saying(&format!("/report/templates/{id}"), "report.notice.template_saved"))
    });
    let wrong = match done.await {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let seen = ask
        .read(move |tx, actor| load(tx, actor, form.ok_or_else(Error::not_found)?, today))
        .await?;
    Ok(again(&ask, seen, &sent, &wrong))
}

pub(crate) async fn change(ask: Ask, At(id): At<RowId>, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("report.act.edit_template", &sent, move |tx, actor, stamp, sent| {
        load_one(tx, actor, id, today)?;
        template::edit(tx, stamp, id, sent.text("title"), sent.text("body"))?;
        Ok(saying(&format!("/report/templates/{id}"), "report.notice.template_saved"))
    });
    let wrong = match done.await {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let seen = ask.read(move |tx, actor| load_one(tx, actor, id, today)).await?;
    Ok(again(&ask, seen, &sent, &wrong))
}

pub(crate) async fn withdraw(ask: Ask, At(id): At<RowId>, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("report.act.withdraw_template", &sent, move |tx, actor, stamp, _| {
        load_one(tx, actor, id, today)?;
        template::withdraw(tx, stamp, id)?;
        Ok(saying("/report/templates", "report.notice.template_withdrawn"))
    });
    Ok(done.await?)
}

fn load(tx: &mut Tx<'_>, actor: &Actor, form: ReportFormId, today: Date) -> Result<Shown> {
    let form = reach::own_form(tx, actor, form, today)?;
    let lines = form::list_lines(tx, form.id, today.max(form.valid_from))?;
    Ok(Shown { form, lines, id: None, typed: Typed::default() })
}

fn load_one(tx: &mut Tx<'_>, actor: &Actor, id: RowId, today: Date) -> Result<Shown> {
    let found = template::get(tx, id)?;
    let typed = Typed { title: found.title, body: found.body };
    Ok(Shown { id: Some(id), typed, ..load(tx, actor, found.form, today)? })
}

fn again(ask: &Ask, mut seen: Seen<Shown>, sent: &Sent, wrong: &Error) -> Response {
    let text = |name| sent.text(name).to_owned();
    seen.it.typed = Typed { title: text("title"), body: text("body") };
    let mut errors = FieldErrors::new();
    errors.add(wrong.field_name().unwrap_or_default(), wrong.words(ask.lang(&seen.actor)));
    (StatusCode::UNPROCESSABLE_ENTITY, page(ask, &seen, &errors)).into_response()
}

fn page(ask: &Ask, seen: &Seen<Shown>, errors: &FieldErrors) -> Response {
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let shown = &seen.it;
    let (title, action) = match shown.id {
        Some(id) => ("report.templates.edit", format!("/report/templates/{id}")),
        None => ("report.templates.add", "/report/templates".to_owned()),
    };
    let form =
        fields::fields(ask, &chrome, &action, &shown.form, &shown.lines, &shown.typed, errors);
    let page = Page::new(&chrome, lang.t(title))
        .crumb("/report", lang.t("report.home.title"))
        .crumb("/report/templates", lang.t("report.templates.title"))
        .above(shown.form.title(lang).to_owned())
        .errors(errors)
        .body(html! {
            (form)
            @if let Some(id) = shown.id {
                @let gone = Sending::post(&chrome, format!("/report/templates/{id}/withdrawal"))
                    .once(ask.form_id())
                    .body(Button::danger(lang.t("report.templates.withdraw")));
                (Confirm::new(lang.t("report.templates.withdraw"),
                    lang.t("report.templates.withdraw_words"), gone))
            }
        });
    page.into_response()
}
