//! `/report/returns/{id}`: the form while the unit may type, its figures afterwards.

use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Result, ReturnId, Tx};
use thao_web::components::{
    Button, Field, FieldErrors, Form as Sending, Icon, Notice, details, toolbar,
};
use thao_web::{Actor, Ask, Chrome, Page, Reply};

use super::form::Typed;
use super::{figures, form, history};
use crate::dossier::{self, Dossier};
use crate::pages::at::At;
use crate::pages::{reach, words};
use crate::state::State;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    /// Somebody has just asked what is wrong, even with an empty form.
    findings: Option<String>,
}

/// A return as one actor sees it.
pub(super) struct Shown {
    pub(super) of: Dossier,
    /// Who took each step.
    pub(super) names: Vec<Option<String>>,
    pub(super) approver: Option<String>,
    pub(super) may_file: bool,
    pub(super) may_decide: bool,
    /// Whether findings are shown though nothing was typed.
    pub(super) asked: bool,
}

pub(crate) async fn show(ask: Ask, At(id): At<ReturnId>, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let mut seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    seen.it.asked = asked.findings.is_some();
    let chrome = ask.chrome(&seen.actor);
    let typed = Typed::of(chrome.lang, &seen.it.of);
    let page = page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new());
    Ok(page.into_response())
}

pub(super) fn load(tx: &mut Tx<'_>, actor: &Actor, id: ReturnId, today: Date) -> Result<Shown> {
    let of = reach::see(tx, actor, id, today)?;
    let mut names = Vec::with_capacity(of.steps.len());
    for step in &of.steps {
        names.push(dossier::name(tx, step.person)?);
    }
    let approver = match &of.lock {
        Some(lock) => dossier::name(tx, lock.person)?,
        None => None,
    };
    Ok(Shown {
        names,
        approver,
        may_file: reach::may_file(actor, &of, today),
        may_decide: reach::may_decide(actor, &of, today),
        asked: false,
        of,
    })
}

pub(super) fn page(
    ask: &Ask,
    chrome: &Chrome,
    shown: &Shown,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let of = &shown.of;
    let today = ask.today();
    let state = of.state();
    let period = of.period.name.words(lang);
    let matrix = format!("/report/periods/{}/{}", of.form.id, of.period.name.key());
    let mut page = Page::new(chrome, format!("{period} – {}", of.place.name))
        .crumb("/report", lang.t("report.home.title"))
        .crumb(matrix, period.clone())
        .above(of.form.title(lang).to_owned())
        .lead(lang.f(
            "report.return.lead",
            &[
                ("starts", &lang.date(of.period.starts)),
                ("ends", &lang.date(of.period.ends)),
                ("due", &lang.date(of.filed.due)),
            ],
        ))
        .errors(errors)
        .actions(words::badge(lang, state, of.is_late(today)));
    let returned = of.steps.iter().rev().find(|step| step.state() == State::Returned);
    if let (State::Returned | State::Open | State::Checked, Some(step)) = (state, returned) {
        let reason = step.reason.clone().unwrap_or_default();
        let title = lang.t("report.return.sent_back");
        page = page.notice(Notice::warn(reason).title(title));
    }
    if of.filed.ends >= today && state.takes_entries() {
        let day = lang.date(of.filed.ends);
        page = page.notice(Notice::info(lang.f("report.error.not_ended", &[("day", &day)])));
    }
    let enters = state.takes_entries() && shown.may_file;
    page.body(html! {
        @if enters {
            (form::form(ask, chrome, shown, typed, errors))
        } @else {
            (figures::table(lang, of))
            @if state == State::Submitted && shown.may_decide { (decision(ask, chrome, of, errors)) }
            @if state == State::Submitted && !shown.may_decide {
                p { (lang.t("report.return.waits")) }
            }
            @if let Some(lock) = &of.lock { (figures::lock(lang, shown, lock)) }
            @if of.lock.is_some() && shown.may_file { (figures::correction(ask, chrome, of)) }
        }
        (history::steps(lang, shown))
    })
}

/// Approve, or send back with a reason.
fn decision(ask: &Ask, chrome: &Chrome, of: &Dossier, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let to = |noun: &str| format!("/report/returns/{}/{noun}", of.filed.id);
    let approve = Sending::post(chrome, to("approval"))
        .once(ask.form_id())
        .body(Button::primary(lang.t("report.return.approve")).icon(Icon::Lock));
    let back = Sending::post(chrome, to("objection")).once(ask.form_id()).body(html! {
        (Field::long("reason", lang.t("report.return.reason")).lines(3)
            .hint(lang.t("report.return.reason_hint")).errors(errors))
        (Button::danger(lang.t("report.return.send_back")))
    });
    html! {
        div.no-print.flow {
            p { (lang.t("report.return.approve_words")) }
            (toolbar(approve))
            (details(lang.t("report.return.send_back"), back))
        }
    }
}
