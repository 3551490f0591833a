//! `/plan/minimum/export?unit=&day=`: how many have reached each rule, by unit, as .xlsx.

use axum::extract::Query;
use thao_base::{Error, Lang};
use thao_sheet::{Kind, Table, TableColumn, Value};
use thao_web::{Ask, Reply};

use super::load::{OfRule, Shown, shown};
use super::{Asked, amount};
use crate::board::Reached;
use crate::pages::file::xlsx;

pub(crate) async fn download(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| shown(tx, actor, &asked, today)).await?;
    let (lang, now) = (ask.lang(&seen.actor), ask.app.clock.now());
    let shown = seen.it;
    if shown.rules.iter().any(|of| of.reached.is_none()) {
        return Err(Error::conflict("plan.error.counting").into());
    }
    let table = table(lang, &shown);
    Ok(xlsx(&format!("dao-tao-toi-thieu-{}.xlsx", shown.on), vec![table], now).await?)
}

fn table(lang: Lang, shown: &Shown) -> Table {
    let column = |key, kind| TableColumn::new(lang.t(key), kind);
    let share = |row: &Reached| match row.base {
        0 => Value::Empty,
        base => Value::Decimal(row.met as f64 / base as f64),
    };
    let row = |of: &OfRule, row: &Reached| {
        vec![
            of.rule.title(lang).into(),
            amount(lang, &of.rule).into(),
            row.place.code.clone().map_or(Value::Empty, Into::into),
            row.place.name.clone().into(),
            Value::Whole(row.met),
            Value::Whole(row.base),
            share(row),
            Value::Whole(row.base - row.met),
            of.rule.source.clone().into(),
        ]
    };
    let rows = shown.rules.iter().flat_map(|of| {
        let (own, below) = of.reached.as_ref().map_or((None, &[][..]), |(o, b)| (Some(o), b));
        own.into_iter().chain(below).map(move |reached| row(of, reached))
    });
    Table {
        name: lang.t("plan.minimum.title").to_owned(),
        title: lang.t("plan.minimum.title").to_owned(),
        notes: vec![
            lang.f(
                "plan.export.as_of",
                &[("unit", &shown.place.path), ("day", &lang.date(shown.on))],
            ),
            lang.t("plan.minimum.how").to_owned(),
        ],
        columns: vec![
            column("plan.minimum.rule", Kind::Text),
            column("plan.minimum.amount", Kind::Text),
            column("plan.export.code", Kind::Code),
            column("plan.export.unit", Kind::Text),
            column("plan.minimum.reached", Kind::Whole),
            column("plan.minimum.all", Kind::Whole),
            column("plan.export.share", Kind::Percent),
            column("plan.minimum.not_reached", Kind::Whole),
            column("plan.figures.source", Kind::Text),
        ],
        rows: rows.collect(),
    }
}
