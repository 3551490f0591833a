//! `/plan/tasks?unit=&status=&overdue=`: the tasks of the actor's units and plans, by deadline.

use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Lang, Result, Tx, UnitId};
use thao_people::unit::{self, Place};
use thao_web::components::{
    Badge, Choice, Column, Empty, Filters, Icon, LinkButton, Pages, Stat, Table, below, stats,
    toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply};

use crate::task::rule::{Status, Tally};
use crate::task::{self, Task};

/// Tasks on a page.
const PAGE: usize = 50;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    unit: Option<String>,
    status: Option<String>,
    overdue: Option<String>,
    /// The task after which the page goes on.
    after: Option<String>,
}

impl Asked {
    fn unit(&self) -> Option<UnitId> {
        self.unit.as_deref().and_then(|id| id.parse().ok())
    }

    fn status(&self) -> Option<Status> {
        self.status.as_deref().and_then(Status::from_code)
    }

    fn overdue(&self) -> bool {
        self.overdue.as_deref().is_some_and(|value| !value.is_empty())
    }

    fn is_narrow(&self) -> bool {
        self.unit().is_some() || self.status().is_some() || self.overdue()
    }

    /// This list's address, or that of its export.
    fn address(&self, path: &str) -> String {
        let mut out = format!("{path}?status={}", self.status().map_or("", Status::code));
        if let Some(unit) = self.unit() {
            out.push_str(&format!("&unit={unit}"));
        }
        if self.overdue() {
            out.push_str("&overdue=1");
        }
        out
    }

    /// What the store is asked, for an actor. A unit that is none of theirs narrows to nothing.
    pub(super) fn of(&self, tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<task::Asked> {
        let scope = actor.scope(Action::SeeBoards, today);
        let within = match self.unit() {
            Some(unit) => Some(unit::place(tx, unit)?.span()),
            None => None,
        };
        Ok(task::Asked { scope, within, status: self.status(), overdue: self.overdue(), on: today })
    }
}

struct Shown {
    tasks: Vec<Task>,
    more: bool,
    tally: Tally,
    units: Vec<Place>,
    today: Date,
}

pub(crate) async fn show(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let of = asked.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, &of, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&chrome, &seen.it, &asked).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked, today: Date) -> Result<Shown> {
    let wanted = asked.of(tx, actor, today)?;
    let after = asked.after.as_deref().and_then(|id| id.parse().ok());
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut tasks = task::page(tx, &wanted, after, limit)?;
    let more = PAGE < tasks.len();
    tasks.truncate(PAGE);
    Ok(Shown {
        tasks,
        more,
        tally: task::tally(tx, &wanted)?,
        units: task::list_units(tx, &wanted.scope)?,
        today,
    })
}

fn page(chrome: &Chrome, shown: &Shown, asked: &Asked) -> Markup {
    let lang = chrome.lang;
    let none = if asked.is_narrow() { "plan.tasks.none_found" } else { "plan.tasks.none" };
    let mut pages = Pages::new(lang);
    if shown.more
        && let Some(last) = shown.tasks.last()
    {
        pages = pages.next(format!("{}&after={}", asked.address("/plan/tasks"), last.id));
    }
    if asked.after.is_some() {
        pages = pages.previous(asked.address("/plan/tasks"));
    }
    Page::new(chrome, lang.t("plan.tasks.title"))
        .wide()
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .lead(lang.f("plan.tasks.lead", &[("day", &lang.date(shown.today))]))
        .actions(toolbar(html! {
            (LinkButton::download(asked.address("/plan/tasks/export"),
                lang.t("plan.board.export")))
            (LinkButton::quiet("/plan/plans", lang.t("plan.plans.title")).icon(Icon::Report))
        }))
        .body(html! {
            (filters(lang, shown, asked))
            (tally(lang, &shown.tally))
            (table(lang, &shown.tasks, shown.today, Within::Everything)
                .empty(Empty::new(lang.t(none), lang.t("plan.tasks.none_words")))
                .pages(pages))
        })
}

fn filters(lang: Lang, shown: &Shown, asked: &Asked) -> Markup {
    let units = shown.units.iter().map(|place| (place.unit.to_string(), place.path.clone()));
    let unit = Choice::select("unit", lang.t("plan.tasks.unit"))
        .option("", lang.t("plan.tasks.all_units"))
        .options(units)
        .chosen(asked.unit().map(|unit| unit.to_string()).unwrap_or_default());
    let status = Choice::select("status", lang.t("plan.tasks.status"))
        .option("", lang.t("plan.tasks.all"))
        .options(Status::ALL.map(|status| (status.code(), words(lang, status))))
        .chosen(asked.status().map_or("", Status::code));
    let overdue = Choice::select("overdue", lang.t("plan.tasks.deadline"))
        .option("", lang.t("plan.tasks.all"))
        .option("1", lang.t("plan.tasks.overdue"))
        .chosen(if asked.overdue() { "1" } else { "" });
    let mut filters = Filters::new(lang, "/plan/tasks").field(unit).field(status).field(overdue);
    if asked.is_narrow() {
        filters = filters.clear("/plan/tasks");
    }
    html! { (filters) }
}

/// How many are done, under way, not begun, overdue.
pub(crate) fn tally(lang: Lang, tally: &Tally) -> Markup {
    let all = tally.all();
    stats(html! {
        (Stat::part(lang, words(lang, Status::Done), tally.done, all))
        (Stat::count(lang, words(lang, Status::UnderWay), tally.under_way))
        (Stat::count(lang, words(lang, Status::NotBegun), tally.not_begun))
        (Stat::count(lang, lang.t("plan.tasks.overdue"), tally.overdue))
        @if 0 < tally.stopped {
            (Stat::count(lang, words(lang, Status::Stopped), tally.stopped))
        }
    })
}

/// What a table of tasks says besides: their plan, when they are not all of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    Plan,
    Everything,
}

pub(crate) fn table<'a>(lang: Lang, tasks: &[Task], today: Date, within: Within) -> Table<'a> {
    let rows = tasks.iter().map(|task| {
        [
            html! {
                a href={ "/plan/tasks/" (task.id) } {
                    @if let Some(no) = &task.no { (no) ". " }
                    (task.title)
                }
                @if within == Within::Everything { (below(&task.plan_title)) }
            },
            html! {
                (task.unit_path)
                @if let Some(others) = &task.taking_part {
                    (below(&lang.f("plan.tasks.with", &[("others", others)])))
                }
            },
            html! { (task.deadline.map_or_else(|| "–".to_owned(), |day| lang.date(day))) },
            html! { (task.product.as_deref().unwrap_or("–")) },
            state(lang, task, today),
        ]
    });
    Table::new(lang, lang.t("plan.tasks.title"))
        .caption_only_heard()
        .column(Column::text(lang.t("plan.tasks.task")))
        .column(Column::text(lang.t("plan.tasks.unit")))
        .column(Column::text(lang.t("plan.tasks.deadline")))
        .column(Column::text(lang.t("plan.tasks.product")))
        .column(Column::text(lang.t("plan.tasks.status")))
        .rows(rows)
}

/// How far a task is, and that it is overdue.
pub(crate) fn state(lang: Lang, task: &Task, today: Date) -> Markup {
    html! {
        (badge(lang, task.status()))
        @if task.is_overdue(today) { " " (Badge::bad(lang.t("plan.tasks.overdue"))) }
        @if let Some(on) = task.status_on { (below(&lang.date(on))) }
    }
}

pub(crate) fn badge(lang: Lang, status: Status) -> Badge<'static> {
    let words = words(lang, status);
    match status {
        Status::NotBegun => Badge::plain(words),
        Status::UnderWay => Badge::info(words),
        Status::Done => Badge::good(words),
        Status::Stopped => Badge::warn(words),
    }
}

pub(crate) fn words(lang: Lang, status: Status) -> &'static str {
    lang.t(match status {
        Status::NotBegun => "plan.tasks.not_begun",
        Status::UnderWay => "plan.tasks.under_way",
        Status::Done => "plan.tasks.done",
        Status::Stopped => "plan.tasks.stopped",
    })
}
