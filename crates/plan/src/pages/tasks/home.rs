//! The main page's part for units in charge of tasks: what is overdue, and what is due soon.

use jiff::Span;
use maud::{Markup, html};
use thao_base::{Result, Tx};
use thao_web::components::{Card, cards};
use thao_web::{Action, Actor, HomeContext};

use super::list::state;
use crate::task::{self, Task};

/// Tasks the main page shows.
const MOST: usize = 3;
/// A task is due soon for so many days.
const SOON_DAYS: i64 = 30;
/// After what is due today, before the targets.
const ORDER: i32 = 28;

pub(in crate::pages) fn part(
    tx: &mut Tx<'_>,
    context: &HomeContext,
    actor: &Actor,
) -> Result<Option<(i32, Markup)>> {
    let today = context.today;
    if !actor.may_somewhere(Action::SetTargets, today) {
        return Ok(None);
    }
    let asked = task::Asked {
        scope: actor.scope(Action::SetTargets, today),
        within: None,
        status: None,
        overdue: false,
        on: today,
    };
    let soon = today.saturating_add(Span::new().days(SOON_DAYS));
    let open = task::list_open(tx, &asked.scope, soon, MOST)?;
    if open.is_empty() {
        return Ok(None);
    }
    let tally = task::tally(tx, &asked)?;
    let lang = context.lang;
    let card = |task: &Task| {
        let deadline = task.deadline.map(|day| lang.date(day)).unwrap_or_default();
        let above = lang.f("plan.list.due", &[("unit", &task.unit_path), ("due", &deadline)]);
        html! {
            (Card::new(task.title.clone()).href(format!("/plan/tasks/{}", task.id)).above(above)
                .body(html! { p { (state(lang, task, today)) } }))
        }
    };
    let body = html! {
        section.flow {
            h2 { (lang.t("plan.tasks.home")) }
            (cards(html! { @for task in &open { (card(task)) } }))
            p {
                a href="/plan/tasks" { (lang.t("plan.tasks.home_all")) }
                @if 0 < tally.overdue {
                    " · "
                    a href="/plan/tasks?overdue=1" {
                        (lang.f("plan.tasks.home_overdue", &[("n", &lang.number(tally.overdue))]))
                    }
                }
            }
        }
    };
    Ok(Some((ORDER, body)))
}
