//! `/plan/plans`: the plans that concern the actor's units.

use std::collections::HashMap;

use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, PlanId, Result, Tx, UnitId};
use thao_people::unit;
use thao_web::components::{Badge, Column, Empty, Icon, LinkButton, Table, below, toolbar};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply};

use crate::plan::{self, Counts, Plan};

struct Shown {
    plans: Vec<(Plan, String)>,
    counts: HashMap<PlanId, Counts>,
    may_set: bool,
    today: Date,
}

pub(crate) async fn show(ask: Ask) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&chrome, &seen.it).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Shown> {
    let plans = plan::list_concerning(tx, &actor.scope(Action::SeeBoards, today))?;
    let mut names: HashMap<UnitId, String> = HashMap::new();
    let mut out = Vec::with_capacity(plans.len());
    for plan in plans {
        let name = match names.get(&plan.unit) {
            Some(name) => name.clone(),
            None => unit::place(tx, plan.unit)?.path,
        };
        names.insert(plan.unit, name.clone());
        out.push((plan, name));
    }
    Ok(Shown {
        plans: out,
        counts: plan::counts(tx)?,
        may_set: actor.may_somewhere(Action::SetTargets, today),
        today,
    })
}

fn page(chrome: &Chrome, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    Page::new(chrome, lang.t("plan.plans.title"))
        .wide()
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .lead(lang.t("plan.plans.lead"))
        .actions(toolbar(html! {
            @if shown.may_set {
                (LinkButton::primary("/plan/plans/new", lang.t("plan.plans.add")).icon(Icon::Plus))
                (LinkButton::quiet("/plan/templates", lang.t("plan.templates.title"))
                    .icon(Icon::Copy))
            }
            (LinkButton::quiet("/plan/tasks", lang.t("plan.tasks.title")).icon(Icon::Check))
            (LinkButton::quiet("/plan/training", lang.t("plan.training.link")).icon(Icon::Class))
            (LinkButton::quiet("/plan/minimum", lang.t("plan.minimum.link")).icon(Icon::Clock))
        }))
        .body(table(lang, shown))
}

fn table(lang: Lang, shown: &Shown) -> Markup {
    let rows = shown.plans.iter().map(|(plan, unit)| {
        let counts = shown.counts.get(&plan.id).copied().unwrap_or_default();
        [
            html! {
                a href={ "/plan/plans/" (plan.id) } { (plan.title) }
                @if let Some(number) = &plan.number { (below(number)) }
            },
            html! { (unit) },
            html! { (period(lang, plan)) },
            html! { (lang.number(counts.targets)) },
            html! { (lang.number(counts.tasks)) },
            state(lang, plan, shown.today),
        ]
    });
    let words = if shown.may_set { "plan.plans.none_words" } else { "plan.plans.none_see" };
    html! {
        (Table::new(lang, lang.t("plan.plans.title"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.plans.plan")))
            .column(Column::text(lang.t("plan.paper.unit")))
            .column(Column::text(lang.t("plan.plans.period")))
            .column(Column::number(lang.t("plan.plans.targets")))
            .column(Column::number(lang.t("plan.plans.tasks")))
            .column(Column::text(lang.t("plan.plans.state")))
            .rows(rows)
            .empty(Empty::new(lang.t("plan.plans.none"), lang.t(words))))
    }
}

/// "01/01/2026 – 31/12/2030": the days it holds.
pub(super) fn period(lang: Lang, plan: &Plan) -> String {
    let from = lang.date(plan.valid_from);
    match plan.valid_to.and_then(|day| day.yesterday().ok()) {
        Some(last) => lang.f("plan.plans.from_to", &[("from", &from), ("to", &lang.date(last))]),
        None => lang.f("plan.plans.from", &[("from", &from)]),
    }
}

pub(super) fn state(lang: Lang, plan: &Plan, today: Date) -> Markup {
    let badge = if plan.replaced_by.is_some() {
        Badge::plain(lang.t("plan.plans.replaced"))
    } else if !plan.stands(today) {
        Badge::plain(lang.t("plan.plans.ended"))
    } else if today < plan.valid_from {
        Badge::info(lang.t("plan.plans.to_come"))
    } else {
        Badge::good(lang.t("plan.plans.stands"))
    };
    html! { (badge) }
}
