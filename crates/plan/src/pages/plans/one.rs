//! `/plan/plans/{id}`: a plan with its targets and tasks on one page, to read and to print.

use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, PlanId, Result, Tx};
use thao_people::unit::Place;
use thao_web::components::{
    Column, Empty, Facts, Icon, LinkButton, Notice, Standing, Stat, Table, below, print_button,
    stats, toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply};

use super::list::{period, state};
use super::seen;
use crate::board::{self, Row, Whole};
use crate::measure::{self, Measure};
use crate::pages::at::At;
use crate::pages::view::own_place;
use crate::pages::words;
use crate::pages::{tasks, templates};
use crate::plan::{self, Plan};
use crate::target::{self, Target};
use crate::task::rule::Tally;
use crate::task::{self, Task};
use crate::template;

struct Shown {
    plan: Plan,
    place: Place,
    by: Option<Plan>,
    replaces: Vec<Plan>,
    /// A target in the actor's own unit; without figures while they are counted for the first time.
    targets: Vec<(Target, Place, Measure, Option<Row>)>,
    tasks: Vec<Task>,
    may_keep: bool,
    today: Date,
}

pub(crate) async fn show(ask: Ask, At(id): At<PlanId>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&chrome, &seen.it).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: PlanId, today: Date) -> Result<Shown> {
    let (plan, place) = seen(tx, actor, id, today)?;
    let mut targets = Vec::new();
    for target in target::list(tx, &actor.scope(Action::SeeBoards, today))? {
        if target.plan == id {
            let own = own_place(tx, actor, &target, today)?;
            let measure = measure::get(tx, target.measure)?;
            let row = board::in_unit(tx, &target, &measure, &own, today)?;
            targets.push((target, own, measure, row));
        }
    }
    Ok(Shown {
        by: plan.replaced_by.map(|by| plan::get(tx, by)).transpose()?,
        replaces: plan::list_replaced(tx, id)?,
        tasks: task::list_of_plan(tx, id)?,
        may_keep: actor.scope(Action::SetTargets, today).holds(place.pos),
        targets,
        plan,
        place,
        today,
    })
}

fn page(chrome: &Chrome, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let plan = &shown.plan;
    let here = format!("/plan/plans/{}", plan.id);
    let mut page = Page::new(chrome, plan.title.clone())
        .wide()
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb("/plan/plans", lang.t("plan.plans.title"))
        .actions(toolbar(html! {
            @if shown.may_keep {
                (LinkButton::primary(format!("{here}/tasks/new"), lang.t("plan.plans.add_task"))
                    .icon(Icon::Plus))
                (LinkButton::quiet(format!("{here}/edit"), lang.t("plan.paper.edit")))
            }
            (print_button(lang))
        }));
    if let Some(by) = &shown.by {
        let link = html! { a href={ "/plan/plans/" (by.id) } { (by.title) } };
        page = page.notice(Notice::warn(lang.t("plan.plans.replaced_words")).more(link));
    }
    page.body(html! {
        (facts(lang, shown))
        section.flow {
            h2 { (lang.t("plan.plans.targets")) }
            (targets(lang, shown))
            (left(lang, shown))
        }
        section.flow {
            h2 { (lang.t("plan.plans.tasks")) }
            (tasks_table(lang, shown))
        }
    })
}

fn facts(lang: Lang, shown: &Shown) -> Markup {
    let plan = &shown.plan;
    let mut facts = Facts::new();
    if let Some(number) = &plan.number {
        facts = facts.fact(lang.t("plan.paper.number"), number);
    }
    if let Some(issuer) = &plan.issuer {
        facts = facts.fact(lang.t("plan.paper.issuer"), issuer);
    }
    if let Some(day) = plan.issued_on {
        facts = facts.fact(lang.t("plan.paper.issued_on"), lang.date(day));
    }
    if let Some(basis) = &plan.legal_basis {
        facts = facts.fact(lang.t("plan.paper.legal_basis"), basis);
    }
    facts = facts
        .fact(lang.t("plan.paper.unit"), &shown.place.path)
        .fact(lang.t("plan.plans.period"), period(lang, plan))
        .fact(lang.t("plan.plans.state"), state(lang, plan, shown.today));
    if !shown.replaces.is_empty() {
        let list = html! {
            @for old in &shown.replaces { p { a href={ "/plan/plans/" (old.id) } { (old.title) } } }
        };
        facts = facts.fact(lang.t("plan.plans.replaces"), list);
    }
    html! { (facts) }
}

/// How many targets stand how, in words.
fn standings(lang: Lang, shown: &Shown) -> Markup {
    let count = |standing: Standing| {
        let rows = shown.targets.iter().filter_map(|(.., row)| row.as_ref());
        i64::try_from(rows.filter(|row| row.standing == standing).count()).unwrap_or(i64::MAX)
    };
    let all = i64::try_from(shown.targets.len()).unwrap_or(i64::MAX);
    let known = [Standing::Reached, Standing::OnTrack, Standing::AtRisk, Standing::Missed];
    let unknown = all - known.iter().map(|standing| count(*standing)).sum::<i64>();
    stats(html! {
        @for standing in known {
            (Stat::part(lang, standing.words(lang), count(standing), all))
        }
        @if 0 < unknown { (Stat::count(lang, Standing::Unknown.words(lang), unknown)) }
    })
}

fn targets(lang: Lang, shown: &Shown) -> Markup {
    let rows = shown.targets.iter().map(|(target, place, measure, row)| {
        let href = format!("/plan/targets/{}?unit={}", target.id, place.unit);
        [
            html! { (target.code.as_deref().unwrap_or("–")) },
            html! { a href=(href) { (target.title(lang)) } (below(&place.name)) },
            html! { (words::goal(lang, target)) (below(&lang.date(target.due))) },
            match row {
                Some(row) => reached(lang, measure, row),
                None => html! { span.unknown { (lang.t("plan.plans.counting")) } },
            },
            match row {
                Some(row) => html! { (row.standing.badge(lang)) },
                None => html! { "–" },
            },
        ]
    });
    html! {
        @if !shown.targets.is_empty() { (standings(lang, shown)) }
        (Table::new(lang, lang.t("plan.plans.targets"))
            .caption_only_heard()
            .dense()
            .column(Column::text(lang.t("plan.form.code")))
            .column(Column::text(lang.t("plan.export.target")))
            .column(Column::text(lang.t("plan.export.goal")))
            .column(Column::number(lang.t("plan.board.reached")))
            .column(Column::text(lang.t("plan.board.standing")))
            .rows(rows)
            .empty(Empty::new(lang.t("plan.list.empty"), lang.t("plan.plans.no_targets"))))
    }
}

/// Targets of the template it was taken over from that were not set, and what is to be chosen.
fn left(lang: Lang, shown: &Shown) -> Markup {
    let template = shown.plan.template.as_deref().and_then(template::find);
    let is_set = |id: &str| shown.targets.iter().any(|(t, ..)| t.code.as_deref() == Some(id));
    let rows: Vec<&template::Row> = template
        .iter()
        .flat_map(|template| template.targets())
        .filter(|row| !is_set(&row.id))
        .collect();
    let cells = rows.iter().map(|row| {
        let missing = row.here.iter().flat_map(|here| &here.missing);
        let words: Vec<&str> = missing.map(|what| templates::missing(lang, what)).collect();
        [
            html! { (row.id) },
            html! { (row.title.of(lang)) (below(row.audience.of(lang))) },
            html! { (words.join("; ")) },
        ]
    });
    html! {
        @if !rows.is_empty() {
            h3 { (lang.t("plan.templates.left")) }
            p {
                (lang.t("plan.templates.left_words"))
                @if shown.may_keep {
                    " " a href="/plan/targets/new" { (lang.t("plan.list.add")) }
                }
            }
            (Table::new(lang, lang.t("plan.templates.left"))
                .caption_only_heard()
                .dense()
                .column(Column::text(lang.t("plan.form.code")))
                .column(Column::text(lang.t("plan.export.target")))
                .column(Column::text(lang.t("plan.templates.choose")))
                .rows(cells))
        }
    }
}

fn reached(lang: Lang, measure: &Measure, row: &Row) -> Markup {
    html! {
        (words::have(lang, measure, row))
        @if matches!(row.whole, Whole::Missing) { (below(lang.t("plan.whole.missing"))) }
    }
}

fn tasks_table(lang: Lang, shown: &Shown) -> Markup {
    let mut tally = Tally::default();
    for task in &shown.tasks {
        tally.take(task.status(), 1, i64::from(task.is_overdue(shown.today)));
    }
    let words =
        if shown.may_keep { "plan.plans.no_tasks_words" } else { "plan.plans.no_tasks_see" };
    html! {
        @if !shown.tasks.is_empty() { (tasks::list::tally(lang, &tally)) }
        (tasks::list::table(lang, &shown.tasks, shown.today, tasks::list::Within::Plan)
            .empty(Empty::new(lang.t("plan.plans.no_tasks"), lang.t(words))))
    }
}
