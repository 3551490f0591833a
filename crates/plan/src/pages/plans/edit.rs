//! `/plan/plans/new` and `/plan/plans/{id}/edit`: writes a plan down; `POST …/replacement` says
//! which plan stands in its place.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Error, PlanId, Result, Tx, UnitId};
use thao_people::unit::{self, Place};
use thao_web::components::{Button, Choice, FieldErrors, Form};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check, saying};

use super::form::{self, FIELDS};
use super::kept;
use crate::pages::at::At;
use crate::pages::typed::{Fields, errors, first};
use crate::plan::{self, Plan};

struct Shown {
    plan: Plan,
    units: Vec<Place>,
    /// Plans that may stand in its place.
    others: Vec<Plan>,
}

pub(crate) async fn new(ask: Ask) -> Reply {
    let inner = ask.clone();
    let seen = ask.read(move |tx, actor| form::units(tx, actor, &inner)).await?;
    let chrome = ask.chrome(&seen.actor);
    let first = seen.it.iter().min_by_key(|place| place.depth);
    let typed = Fields::default()
        .maybe("unit", first.map(|place| place.unit.to_string()))
        .set("valid_from", chrome.lang.date(ask.today()));
    Ok(new_page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn add(ask: Ask, sent: Sent) -> Reply {
    let typed = Fields::of(&sent, &FIELDS);
    let form = typed.clone();
    let done = ask
        .submit("plan.act.add_plan", &sent, move |tx, actor, stamp, _| {
            let paper = form::read(&form).map_err(|wrong| first(&wrong))?;
            may_be_of(tx, actor, paper.unit, stamp.today())?;
            let id = plan::add_paper(tx, stamp, &paper)?;
            Ok(saying(&format!("/plan/plans/{id}"), "plan.notice.plan_added"))
        })
        .await;
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let inner = ask.clone();
    let seen = ask.read(move |tx, actor| form::units(tx, actor, &inner)).await?;
    let chrome = ask.chrome(&seen.actor);
    let errors = errors(chrome.lang, form::read(&typed), &wrong);
    let page = new_page(&ask, &chrome, &seen.it, &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(crate) async fn show(ask: Ask, At(id): At<PlanId>) -> Reply {
    let inner = ask.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, &inner, id)).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = form::typed(chrome.lang, &seen.it.plan);
    Ok(page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn change(ask: Ask, At(id): At<PlanId>, sent: Sent) -> Reply {
    let typed = Fields::of(&sent, &FIELDS);
    let form = typed.clone();
    let done = ask
        .submit("plan.act.edit_plan", &sent, move |tx, actor, stamp, _| {
            let (known, _) = kept(tx, actor, id, stamp.today())?;
            let mut paper = form::read(&form).map_err(|wrong| first(&wrong))?;
            may_be_of(tx, actor, paper.unit, stamp.today())?;
            paper.template = known.template;
            plan::edit(tx, stamp, id, &paper)?;
            Ok(saying(&format!("/plan/plans/{id}"), "plan.notice.plan_edited"))
        })
        .await;
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let inner = ask.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, &inner, id)).await?;
    let chrome = ask.chrome(&seen.actor);
    let errors = errors(chrome.lang, form::read(&typed), &wrong);
    let page = page(&ask, &chrome, &seen.it, &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /plan/plans/{id}/replacement`: `replaced_by` names a plan, or nothing.
pub(crate) async fn replace(ask: Ask, At(id): At<PlanId>, sent: Sent) -> Reply {
    let by: Option<PlanId> = match sent.some("replaced_by") {
        None => None,
        Some(text) => Some(text.parse().map_err(|_| Error::invalid("plan.error.plan"))?),
    };
    let done = ask.submit("plan.act.replace_plan", &sent, move |tx, actor, stamp, _| {
        kept(tx, actor, id, stamp.today())?;
        if let Some(by) = by {
            super::seen(tx, actor, by, stamp.today())?;
        }
        plan::replace(tx, stamp, id, by)?;
        let said = match by {
            Some(_) => "plan.notice.plan_replaced",
            None => "plan.notice.plan_stands",
        };
        Ok(saying(&format!("/plan/plans/{id}"), said))
    });
    Ok(done.await?)
}

fn may_be_of(tx: &mut Tx<'_>, actor: &Actor, unit: UnitId, today: Date) -> Result<()> {
    let place = unit::place(tx, unit)?;
    check(actor, Action::SetTargets, Action::SeeBoards, Resource::At(place.pos), today)
}

fn load(tx: &mut Tx<'_>, actor: &Actor, ask: &Ask, id: PlanId) -> Result<Shown> {
    let (plan, _) = kept(tx, actor, id, ask.today())?;
    let mut others = plan::list_concerning(tx, &actor.scope(Action::SeeBoards, ask.today()))?;
    others.retain(|other| other.id != id);
    Ok(Shown { plan, units: form::units(tx, actor, ask)?, others })
}

fn new_page(
    ask: &Ask,
    chrome: &Chrome,
    units: &[Place],
    typed: &Fields,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    Page::new(chrome, lang.t("plan.paper.new"))
        .crumb("/plan/plans", lang.t("plan.plans.title"))
        .lead(lang.t("plan.paper.lead"))
        .errors(errors)
        .narrow()
        .body(form::form(ask, chrome, "/plan/plans", units, typed, errors))
}

fn page(ask: &Ask, chrome: &Chrome, shown: &Shown, typed: &Fields, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let here = format!("/plan/plans/{}", shown.plan.id);
    let others = shown.others.iter().map(|plan| (plan.id.to_string(), plan.title.clone()));
    let replaced = shown.plan.replaced_by.map(|id| id.to_string()).unwrap_or_default();
    let replacement = Form::post(chrome, format!("{here}/replacement")).body(html! {
        (Choice::select("replaced_by", lang.t("plan.paper.replaced_by"))
            .option("", lang.t("plan.paper.replaced_by_none"))
            .options(others).chosen(replaced)
            .hint(lang.t("plan.paper.replaced_by_hint")))
        (Button::quiet(lang.t("plan.paper.replace")))
    });
    Page::new(chrome, lang.t("plan.paper.edit"))
        .crumb("/plan/plans", lang.t("plan.plans.title"))
        .crumb(here.clone(), shown.plan.title.clone())
        .lead(lang.t("plan.paper.edit_lead"))
        .errors(errors)
        .narrow()
        .body(html! {
            (form::form(ask, chrome, &format!("{here}/edit"), &shown.units, typed, errors))
            @if !shown.others.is_empty() {
                h2 { (lang.t("plan.paper.replacement")) }
                (replacement)
            }
        })
}
