//! `/report/forms/new?from=`, and `POST /report/forms`: a form from nothing, or from the five
//! ratios the program brings along.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Error, Lang, ReportFormId, Result, Stamp, TargetId, Tx};
use thao_plan::measure;
use thao_plan::target::{self, Target};
use thao_web::components::{
    Button, Choice, FieldErrors, Form as Sending, Icon, LinkButton, Notice, fieldset, hidden,
    toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check, saying};

use super::fields::{self, Choices, Typed};
use crate::calendar;
use crate::form::{self, Entry, NewForm, NewLine};
use crate::starter::{self, Starter};

const FIVE_RATIOS: &str = "five_ratios";

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    from: Option<String>,
}

struct Shown {
    choices: Choices,
    /// Targets a line of the starter can be computed by, with the kind of people they count.
    targets: Vec<(Target, String)>,
}

pub(crate) async fn show(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let five = asked.from.as_deref() == Some(FIVE_RATIOS);
    let mut typed = Typed {
        unit: seen.it.choices.units.first().map(|place| place.unit.to_string()).unwrap_or_default(),
        calendar: "nd09/month".to_owned(),
        kinds: vec!["commune".to_owned()],
        due_days: "3".to_owned(),
        change_percent: "50".to_owned(),
        valid_from: chrome.lang.date(today.first_of_month()),
        ..Typed::default()
    };
    if five {
        let starter = starter::five_ratios()?;
        let [vi, en] = starter.titles();
        typed.title_vi = vi.to_owned();
        typed.title_en = en.to_owned();
        typed.legal_basis = starter.source.clone();
        typed.calendar = format!("{}/{}", starter.calendar, starter.kind);
    }
    Ok(page(&ask, &chrome, &seen.it, &typed, five, &FieldErrors::new())?.into_response())
}

pub(crate) async fn add(ask: Ask, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("report.act.add_form", &sent, move |tx, actor, stamp, sent| {
        let new = Typed::of(sent).read()?;
        let place = thao_people::unit::place(tx, new.unit)?;
        let at = Resource::At(place.pos);
        check(actor, Action::SetTargets, Action::SeeBoards, at, today)?;
        let id = form::add(tx, stamp, &new)?;
        if sent.text("from") == FIVE_RATIOS {
            add_lines(tx, stamp, id, &new, &starter::five_ratios()?, sent)?;
        }
        Ok(saying(&format!("/report/forms/{id}"), "report.notice.form_added"))
    });
    let wrong = match done.await {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let seen = ask.read(move |tx, actor| load(tx, actor, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let mut errors = FieldErrors::new();
    errors.add(wrong.field_name().unwrap_or_default(), wrong.words(chrome.lang));
    let five = sent.text("from") == FIVE_RATIOS;
    let page = page(&ask, &chrome, &seen.it, &Typed::of(&sent), five, &errors)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Shown> {
    let mut targets = Vec::new();
    for target in target::list(tx, &actor.scope(Action::SeeBoards, today))? {
        // A target of a kind that counts no people has no audience.
        if let Some(audience) = measure::get(tx, target.measure)?.rule.audience {
            targets.push((target, audience.affiliation_kind));
        }
    }
    let choices =
        Choices { units: fields::units(tx, actor, today)?, calendars: calendar::offered(tx)? };
    Ok(Shown { choices, targets })
}

/// The lines of a starter: computed where a target was chosen, else typed.
fn add_lines(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    id: ReportFormId,
    new: &NewForm,
    starter: &Starter,
    sent: &Sent,
) -> Result<()> {
    for line in &starter.lines {
        let target: Option<TargetId> = sent.parse(&format!("target.{}", line.code));
        let [title_vi, title_en] = line.titles().map(str::to_owned);
        let [unit_vi, unit_en] = line.units().map(str::to_owned);
        let typed = Entry::from_code(&line.entry).unwrap_or(Entry::Share);
        let new = NewLine {
            code: line.code.clone(),
            entry: if target.is_some() { Entry::Target } else { typed },
            target,
            title_vi,
            title_en,
            unit_vi,
            unit_en,
            note: line.note().map(str::to_owned),
            required: true,
            sourced: line.sourced,
            sum_of: Vec::new(),
            valid_from: new.valid_from,
        };
        if let Some(target) = new.target {
            target::get(tx, target)
                .map_err(|_| Error::invalid("report.error.target").field("title_vi"))?;
        }
        form::add_line(tx, stamp, id, &new)?;
    }
    Ok(())
}

fn page(
    ask: &Ask,
    chrome: &Chrome,
    shown: &Shown,
    typed: &Typed,
    five: bool,
    errors: &FieldErrors,
) -> Result<Markup> {
    let lang = chrome.lang;
    let starter = if five { Some(starter::five_ratios()?) } else { None };
    let form = Sending::post(chrome, "/report/forms").once(ask.form_id()).body(html! {
        @if let Some(starter) = &starter {
            (hidden("from", FIVE_RATIOS))
            (fieldset(lang.t("report.form.five_lines"), lines(lang, starter, shown)))
        }
        (fields::fields(lang, &shown.choices, typed, errors))
        (Button::primary(lang.t("report.form.save")).icon(Icon::Check))
    });
    Ok(Page::new(chrome, lang.t("report.forms.add"))
        .crumb("/report", lang.t("report.home.title"))
        .crumb("/report/forms", lang.t("report.forms.title"))
        .lead(lang.t("report.form.lead"))
        .errors(errors)
        .narrow()
        .body(html! {
            @if starter.is_none() {
                (Notice::info(lang.t("report.form.five_words")).more(toolbar(
                    LinkButton::quiet("/report/forms/new?from=five_ratios",
                        lang.t("report.form.five")))))
            }
            (form)
        }))
}

/// Each line of the starter with the targets that could compute it.
fn lines(lang: Lang, starter: &Starter, shown: &Shown) -> Markup {
    html! {
        p { (lang.t("report.form.five_hint")) }
        @for line in &starter.lines {
            @let [vi, en] = line.titles();
            @let title = match lang { Lang::Vi => vi, Lang::En => en };
            @let fits = |kind: &str| line.audience.as_deref() == Some(kind);
            @if line.audience.is_some() {
                (Choice::select(format!("target.{}", line.code), format!("{}. {title}", line.code))
                    .option("", lang.t("report.form.typed"))
                    .options(shown.targets.iter().filter(|(_, kind)| fits(kind)).map(|(target, _)| {
                        (target.id.to_string(), target.title(lang).to_owned())
                    })))
            } @else {
                p { (line.code) ". " (title) " – " (lang.t("report.form.typed")) }
            }
        }
    }
}
