//! `/plan/subjects/{criterion}/{subject}`: what was found of one unit or thing, and recording it;
//! `POST /plan/findings/{id}/voiding` takes a finding back.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{CriterionId, Lang, Result, RowId, StatementId, Tx, cast, text};
use thao_people::unit;
use thao_web::components::{
    Badge, Button, Choice, Column, Confirm, Field, FieldErrors, Form, Icon, Table, beside,
    date_typed,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check, saying};

use super::one::badge;
use crate::criterion::{self, Criterion};
use crate::finding::{self, Finding, NewFinding, Subject};
use crate::pages::at::At;
use crate::thing;

const LONGEST: usize = 300;

struct Shown {
    criterion: Criterion,
    subject: Subject,
    name: String,
    path: String,
    findings: Vec<Finding>,
}

/// What stands in the form.
#[derive(Debug, Clone, Default)]
struct Typed {
    satisfied: String,
    on: String,
    source: String,
}

impl Typed {
    fn of(sent: &Sent) -> Typed {
        let text = |name| sent.text(name).to_owned();
        Typed { satisfied: text("satisfied"), on: text("on"), source: text("source") }
    }

    /// Outcome, day and source, or everything that is wrong.
    fn read(&self, today: Date) -> Result<(bool, Date, String), FieldWrongs> {
        let mut wrong = Vec::new();
        let satisfied = match self.satisfied.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        if satisfied.is_none() {
            wrong.push(("satisfied", "plan.error.satisfied"));
        }
        let on = date_typed(&self.on);
        match on {
            None => wrong.push(("on", "plan.error.date")),
            Some(on) if today < on => wrong.push(("on", "plan.error.finding_future")),
            Some(_) => {}
        }
        let source = text::tidy(&self.source);
        if source.is_empty() || LONGEST < source.chars().count() {
            wrong.push(("source", "plan.error.finding_source"));
        }
        match (satisfied, on, wrong.is_empty()) {
            (Some(satisfied), Some(on), true) => Ok((satisfied, on, source)),
            _ => Err(wrong),
        }
    }
}

type FieldWrongs = Vec<(&'static str, &'static str)>;

pub(crate) async fn show(ask: Ask, At((id, subject)): At<(CriterionId, RowId)>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, subject, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = Typed { on: chrome.lang.date(today), ..Typed::default() };
    Ok(page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn add(
    ask: Ask,
    At((id, subject)): At<(CriterionId, RowId)>,
    sent: Sent,
) -> Reply {
    let today = ask.today();
    let typed = Typed::of(&sent);
    let read = typed.read(today);
    let Ok((satisfied, on, source)) = read else {
        let seen = ask.read(move |tx, actor| load(tx, actor, id, subject, today)).await?;
        let chrome = ask.chrome(&seen.actor);
        let mut errors = FieldErrors::new();
        for (field, key) in read.err().unwrap_or_default() {
            errors.add(field, chrome.lang.t(key));
        }
        let page = page(&ask, &chrome, &seen.it, &typed, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let done = ask.submit("plan.act.find", &sent, move |tx, actor, stamp, _| {
        let shown = load(tx, actor, id, subject, today)?;
        let new = NewFinding {
            id: stamp.id(),
            criterion: id,
            subject: shown.subject,
            satisfied,
            on,
            source: source.clone(),
        };
        finding::add_many(tx, stamp, &[new])?;
        let back = format!("/plan/subjects/{id}/{subject}");
        Ok(saying(&back, "plan.notice.found"))
    });
    Ok(done.await?)
}

pub(crate) async fn void(ask: Ask, At(id): At<StatementId>, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("plan.act.void_finding", &sent, move |tx, actor, stamp, _| {
        let found = finding::get(tx, id)?;
        let subject: RowId = found.thing.map_or_else(|| cast(found.unit), cast);
        load(tx, actor, found.criterion, subject, today)?;
        finding::void(tx, stamp, id)?;
        let back = format!("/plan/subjects/{}/{subject}", found.criterion);
        Ok(saying(&back, "plan.notice.finding_voided"))
    });
    Ok(done.await?)
}

/// A unit or thing a criterion is asked of, for an actor who may record there.
fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CriterionId,
    subject: RowId,
    today: Date,
) -> Result<Shown> {
    let criterion = criterion::get(tx, id)?;
    let may = |pos| check(actor, Action::SetTargets, Action::SeeBoards, Resource::At(pos), today);
    match criterion.unit_kind() {
        Some(_) => {
            let place = unit::place(tx, cast(subject))?;
            may(place.pos)?;
            Ok(Shown {
                findings: finding::list_of_unit(tx, place.unit, id)?,
                subject: Subject::Unit(place.unit),
                name: place.name,
                path: place.path,
                criterion,
            })
        }
        None => {
            let thing = thing::get(tx, cast(subject))?;
            may(thing.pos)?;
            let mut findings = finding::list_of_thing(tx, thing.id)?;
            findings.retain(|finding| finding.criterion == id);
            Ok(Shown {
                findings,
                subject: Subject::Thing(thing.id),
                name: thing.name,
                path: thing.path,
                criterion,
            })
        }
    }
}

fn page(ask: &Ask, chrome: &Chrome, shown: &Shown, typed: &Typed, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let criterion = &shown.criterion;
    let subject: RowId = match shown.subject {
        Subject::Unit(id) => cast(id),
        Subject::Thing(id) => cast(id),
    };
    let here = format!("/plan/criteria/{}", criterion.id);
    let action = format!("/plan/subjects/{}/{subject}", criterion.id);
    let form = Form::post(chrome, action).once(ask.form_id()).body(html! {
        (Choice::one("satisfied", lang.t("plan.criteria.found"))
            .option("yes", lang.t("plan.criteria.satisfied"))
            .option("no", lang.t("plan.criteria.not"))
            .chosen(typed.satisfied.as_str()).errors(errors))
        (beside(html! {
            (Field::date(lang, "on", lang.t("plan.criteria.since"))
                .value(typed.on.as_str()).errors(errors))
            (Field::text("source", lang.t("plan.figures.source"))
                .value(typed.source.as_str())
                .hint(lang.t("plan.criteria.source_hint")).errors(errors))
        }))
        (Button::primary(lang.t("plan.criteria.record")).icon(Icon::Check))
    });
    Page::new(chrome, shown.name.as_str())
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb("/plan/criteria", lang.t("plan.criteria.title"))
        .crumb(here, criterion.title(lang))
        .above(shown.path.clone())
        .lead(lang.f("plan.criteria.subject_lead", &[("criterion", &criterion.title(lang))]))
        .errors(errors)
        .narrow()
        .body(html! {
            (form)
            @if !shown.findings.is_empty() {
                h2 { (lang.t("plan.criteria.history")) }
                (history(chrome, &shown.findings))
            }
        })
}

/// What was found, newest first; the first that was not taken back counts.
fn history(chrome: &Chrome, findings: &[Finding]) -> Markup {
    let lang: Lang = chrome.lang;
    let rows = findings.iter().map(|finding| {
        let form = Form::post(chrome, format!("/plan/findings/{}/voiding", finding.id))
            .body(Button::danger(lang.t("plan.criteria.void_now")));
        let question = lang.f("plan.criteria.void_words", &[("day", &lang.date(finding.on()))]);
        [
            html! { (lang.date(finding.on())) },
            badge(lang, Some(finding.satisfied)),
            html! { (finding.source()) },
            html! {
                @if finding.voided_by.is_some() {
                    (Badge::plain(lang.t("plan.criteria.voided")).icon(Icon::Cross))
                } @else {
                    (Confirm::new(lang.t("plan.criteria.void"), question, form))
                }
            },
        ]
    });
    html! {
        p { (lang.t("plan.criteria.history_words")) }
        (Table::new(lang, lang.t("plan.criteria.history"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.criteria.since")))
            .column(Column::text(lang.t("plan.people.state")))
            .column(Column::text(lang.t("plan.figures.source")))
            .column(Column::actions(lang.t("plan.figures.actions")))
            .rows(rows))
    }
}
