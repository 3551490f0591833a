//! `/report/forms/{id}`: a form with its lines; whoever receives it can change it.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{ReportFormId, Result, Tx};
use thao_plan::target::Target;
use thao_web::components::{
    Button, Empty, Facts, FieldErrors, Form as Sending, Icon, LinkButton, details, toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check, may, saying};

use super::fields::{self, Choices, Typed, calendar_name};
use super::lines;
use crate::calendar;
use crate::form::{self, Form, Line};
use crate::pages::at::At;
use crate::pages::reach;

pub(super) struct Shown {
    pub(super) form: Form,
    pub(super) lines: Vec<Line>,
    pub(super) targets: Vec<Target>,
    choices: Choices,
    /// The unit it is filed to.
    to: String,
    filers: usize,
    pub(super) may_edit: bool,
}

pub(crate) async fn show(ask: Ask, At(id): At<ReportFormId>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = Typed::of_form(chrome.lang, &seen.it.form);
    let line = lines::Typed::fresh();
    let page = page(&ask, &chrome, &seen.it, &typed, &line, &FieldErrors::new());
    Ok(page.into_response())
}

pub(crate) async fn change(ask: Ask, At(id): At<ReportFormId>, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("report.act.edit_form", &sent, move |tx, actor, stamp, sent| {
        let old = reach::own_form(tx, actor, id, today)?;
        let mut new = Typed::of(sent).read()?;
        // What it is filed to and its periods stay: returns were opened under them.
        new.unit = old.unit;
        new.calendar = old.calendar.clone();
        new.length = old.length();
        let at = Resource::At(old.pos);
        check(actor, Action::SetTargets, Action::SeeBoards, at, today)?;
        form::edit(tx, stamp, id, &new)?;
        Ok(saying(&format!("/report/forms/{id}"), "report.notice.form_edited"))
    });
    let wrong = match done.await {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let mut errors = FieldErrors::new();
    errors.add(wrong.field_name().unwrap_or_default(), wrong.words(chrome.lang));
    let line = lines::Typed::fresh();
    let page = page(&ask, &chrome, &seen.it, &Typed::of(&sent), &line, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(super) fn load(tx: &mut Tx<'_>, actor: &Actor, id: ReportFormId, today: Date) -> Result<Shown> {
    let form = reach::form(tx, actor, id, today)?;
    let may_edit = may(actor, Action::SetTargets, Resource::At(form.pos), today);
    // A form that starts later already shows its lines.
    let on = today.max(form.valid_from);
    Ok(Shown {
        lines: form::list_lines(tx, form.id, on)?,
        targets: match may_edit {
            true => fields::targets(tx, actor, &form, today)?,
            false => Vec::new(),
        },
        choices: Choices {
            units: fields::units(tx, actor, today)?,
            calendars: calendar::list(tx)?,
        },
        to: thao_people::unit::place(tx, form.unit)?.name,
        filers: form::filers(tx, &form)?.len(),
        may_edit,
        form,
    })
}

pub(super) fn page(
    ask: &Ask,
    chrome: &Chrome,
    shown: &Shown,
    typed: &Typed,
    line: &lines::Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let form = &shown.form;
    let valid_to = form.valid_to.map_or_else(|| "–".to_owned(), |to| lang.date(to));
    let mut facts = Facts::new()
        .fact(lang.t("report.form.unit"), shown.to.as_str())
        .fact(lang.t("report.form.filers"), lang.number(i64::try_from(shown.filers).unwrap_or(0)))
        .fact(lang.t("report.form.calendar"), calendar_name(lang, &shown.choices.calendars, form))
        .fact(lang.t("report.form.due_days"), form.due_days.to_string())
        .fact(lang.t("report.form.change_percent"), format!("{}%", form.change_percent))
        .fact(lang.t("report.form.valid_from"), lang.date(form.valid_from))
        .fact(lang.t("report.form.valid_to"), valid_to);
    if let Some(legal) = &form.legal_basis {
        facts = facts.fact(lang.t("report.form.legal_basis"), legal.as_str());
    }
    let edit = Sending::post(chrome, format!("/report/forms/{}", form.id))
        .once(ask.form_id())
        .body(html! {
            p { (lang.t("report.form.edit_words")) }
            (fields::fields(lang, &shown.choices, typed, errors))
            (Button::quiet(lang.t("report.form.save")).icon(Icon::Check))
        });
    Page::new(chrome, form.title(lang).to_owned())
        .crumb("/report", lang.t("report.home.title"))
        .crumb("/report/forms", lang.t("report.forms.title"))
        .errors(errors)
        .body(html! {
            (facts)
            section.flow {
                h2 { (lang.t("report.form.lines")) }
                @if shown.lines.is_empty() {
                    (Empty::new(lang.t("report.form.no_lines"), lang.t("report.form.no_lines_words")))
                } @else {
                    (lines::table(ask, chrome, shown))
                }
                @if shown.may_edit { (lines::form(ask, chrome, shown, line, errors)) }
            }
            @if shown.may_edit { (details(lang.t("report.form.edit"), edit)) }
            (toolbar(LinkButton::quiet("/report", lang.t("report.home.title"))))
        })
}
