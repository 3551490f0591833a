//! `/plan/tasks/export`: the list of tasks as .xlsx, filtered as it was looked at.

use axum::extract::Query;
use thao_base::Lang;
use thao_sheet::{Kind, Table, TableColumn, Value};
use thao_web::{Ask, Reply};

use super::list::{Asked, words};
use crate::pages::file::xlsx;
use crate::task::{self, Task};

/// Tasks in one file at most.
const MOST: i64 = 10_000;

pub(crate) async fn download(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let seen = ask
        .read(move |tx, actor| {
            let wanted = asked.of(tx, actor, today)?;
            task::page(tx, &wanted, None, MOST)
        })
        .await?;
    let (lang, now) = (ask.lang(&seen.actor), ask.app.clock.now());
    let table = table(lang, &seen.it, today);
    Ok(xlsx(&format!("nhiem-vu-{today}.xlsx"), vec![table], now).await?)
}

fn table(lang: Lang, tasks: &[Task], today: jiff::civil::Date) -> Table {
    let column = |key, kind| TableColumn::new(lang.t(key), kind);
    let text = |text: &Option<String>| text.clone().map_or(Value::Empty, Into::into);
    let row = |task: &Task| {
        vec![
            text(&task.no),
            task.title.clone().into(),
            task.plan_title.clone().into(),
            task.unit_path.clone().into(),
            text(&task.taking_part),
            task.deadline.map_or(Value::Empty, Into::into),
            text(&task.product),
            words(lang, task.status()).into(),
            task.status_on.map_or(Value::Empty, Into::into),
            if task.is_overdue(today) { lang.t("plan.tasks.overdue").into() } else { Value::Empty },
        ]
    };
    Table {
        name: lang.t("plan.tasks.title").to_owned(),
        title: lang.t("plan.tasks.title").to_owned(),
        notes: vec![lang.f("plan.tasks.as_of", &[("day", &lang.date(today))])],
        columns: vec![
            column("plan.tasks.no", Kind::Code),
            column("plan.tasks.task", Kind::Text),
            column("plan.plans.plan", Kind::Text),
            column("plan.tasks.unit", Kind::Text),
            column("plan.tasks.taking_part", Kind::Text),
            column("plan.tasks.deadline", Kind::Date),
            column("plan.tasks.product", Kind::Text),
            column("plan.tasks.status", Kind::Text),
            column("plan.tasks.status_on", Kind::Date),
            column("plan.tasks.overdue", Kind::Text),
        ],
        rows: tasks.iter().map(row).collect(),
    }
}
