//! `/plan/training/export?year=`: the year's plan beside what was held, as .xlsx: rows, units in
//! charge, payments.

use std::collections::HashMap;

use axum::extract::Query;
use thao_base::{CoursePlanId, Lang};
use thao_sheet::{Kind, Table, TableColumn, Value};
use thao_web::{Action, Ask, Reply};

use super::list::Asked;
use super::load::{self, Item, Sum, Year};
use super::pace_words;
use crate::course_plan::{self, Payment};
use crate::pages::file::xlsx;

pub(crate) async fn download(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let of = asked.year(today);
    let seen = ask
        .read(move |tx, actor| {
            let scope = actor.scope(Action::SeeBoards, today);
            let year = load::year(tx, &scope, of, today)?;
            let years = load::years(tx, &scope, today)?;
            let payments = course_plan::list_payments_of_year(tx, &scope, of)?;
            Ok((year, years, payments))
        })
        .await?;
    let (lang, now) = (ask.lang(&seen.actor), ask.app.clock.now());
    let (year, years, payments) = seen.it;
    let day = lang.date(today);
    let tables = vec![
        rows(lang, &year, &day),
        sums(lang, "plan.training.by_unit", year.units.iter().map(|(_, sum)| sum)),
        sums(lang, "plan.training.by_year", years.iter()),
        paid(lang, &year, &payments),
    ];
    Ok(xlsx(&format!("ke-hoach-dao-tao-{of}.xlsx"), tables, now).await?)
}

fn columns(lang: Lang, of: &[(&str, Kind)]) -> Vec<TableColumn> {
    of.iter().map(|(key, kind)| TableColumn::new(lang.t(key), *kind)).collect()
}

fn whole(n: Option<i64>) -> Value {
    n.map_or(Value::Empty, Value::Whole)
}

fn text(text: Option<&String>) -> Value {
    text.map_or(Value::Empty, |text| text.clone().into())
}

fn rows(lang: Lang, year: &Year, day: &str) -> Table {
    let row = |item: &Item| {
        let (row, held) = (&item.row, item.held.as_ref());
        vec![
            row.title.clone().into(),
            text(row.audience.as_ref()),
            row.unit_name.clone().into(),
            row.area_name.clone().into(),
            whole(row.classes),
            whole(held.map(|held| held.classes)),
            whole(row.places),
            whole(held.map(|held| held.registered)),
            whole(held.map(|held| held.people)),
            whole(held.map(|held| held.turns)),
            whole(held.map(|held| held.finished)),
            whole(held.map(|held| held.passed)),
            whole(row.budget),
            Value::Whole(item.paid),
            text(row.funds.as_ref()),
            row.due.map_or(Value::Empty, Into::into),
            pace_words(lang, item.pace).into(),
        ]
    };
    Table {
        name: lang.t("plan.training.rows").to_owned(),
        title: lang.f("plan.training.title", &[("year", &year.year)]),
        notes: vec![
            lang.f("plan.tasks.as_of", &[("day", &day)]),
            lang.t("plan.training.how").to_owned(),
        ],
        columns: columns(
            lang,
            &[
                ("plan.training.course", Kind::Text),
                ("plan.training.audience", Kind::Text),
                ("plan.tasks.unit", Kind::Text),
                ("plan.training.area", Kind::Text),
                ("plan.training.classes_planned", Kind::Whole),
                ("plan.training.classes", Kind::Whole),
                ("plan.training.places_planned", Kind::Whole),
                ("plan.training.places", Kind::Whole),
                ("plan.training.came", Kind::Whole),
                ("plan.training.turns_came", Kind::Whole),
                ("plan.training.finished", Kind::Whole),
                ("plan.training.passed", Kind::Whole),
                ("plan.training.budget", Kind::Whole),
                ("plan.training.paid", Kind::Whole),
                ("plan.training.funds", Kind::Text),
                ("plan.training.due", Kind::Date),
                ("plan.training.pace", Kind::Text),
            ],
        ),
        rows: year.items.iter().map(row).collect(),
    }
}

fn sums<'a>(lang: Lang, title: &'static str, sums: impl Iterator<Item = &'a Sum>) -> Table {
    let row = |sum: &Sum| {
        vec![
            sum.name.clone().into(),
            Value::Whole(sum.rows),
            whole(sum.planned.classes),
            Value::Whole(sum.held.classes),
            whole(sum.planned.places),
            Value::Whole(sum.held.registered),
            Value::Whole(sum.held.people),
            Value::Whole(sum.held.turns),
            Value::Whole(sum.held.finished),
            Value::Whole(sum.held.passed),
            whole(sum.planned.budget),
            Value::Whole(sum.paid),
            Value::Whole(sum.behind),
        ]
    };
    Table {
        name: lang.t(title).to_owned(),
        title: lang.t(title).to_owned(),
        notes: vec![lang.t("plan.board.distinct").to_owned()],
        columns: columns(
            lang,
            &[
                (title, Kind::Text),
                ("plan.training.rows", Kind::Whole),
                ("plan.training.classes_planned", Kind::Whole),
                ("plan.training.classes", Kind::Whole),
                ("plan.training.places_planned", Kind::Whole),
                ("plan.training.places", Kind::Whole),
                ("plan.training.came", Kind::Whole),
                ("plan.training.turns_came", Kind::Whole),
                ("plan.training.finished", Kind::Whole),
                ("plan.training.passed", Kind::Whole),
                ("plan.training.budget", Kind::Whole),
                ("plan.training.paid", Kind::Whole),
                ("plan.training.behind", Kind::Whole),
            ],
        ),
        rows: sums.map(row).collect(),
    }
}

fn paid(lang: Lang, year: &Year, payments: &[Payment]) -> Table {
    let titles: HashMap<CoursePlanId, &str> =
        year.items.iter().map(|item| (item.row.id, item.row.title.as_str())).collect();
    let row = |payment: &Payment| {
        vec![
            titles.get(&payment.plan).copied().unwrap_or_default().into(),
            payment.on.into(),
            payment.document.clone().into(),
            Value::Whole(payment.amount),
        ]
    };
    Table {
        name: lang.t("plan.training.payments").to_owned(),
        title: lang.t("plan.training.payments").to_owned(),
        notes: Vec::new(),
        columns: columns(
            lang,
            &[
                ("plan.training.course", Kind::Text),
                ("plan.training.paid_on", Kind::Date),
                ("plan.training.document", Kind::Text),
                ("plan.training.amount", Kind::Whole),
            ],
        ),
        rows: payments.iter().map(row).collect(),
    }
}
