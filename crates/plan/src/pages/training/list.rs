//! `/plan/training?year=&unit=&pace=`: the rows of a year, totals, by unit in charge, by year.

use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Lang, Result, Tx, UnitId};
use thao_web::components::{
    Choice, Column, Empty, Filters, Icon, LinkButton, Stat, Table, below, stats, toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply};

use super::load::{self, Item, Sum, Year};
use super::{dong, pace_badge};
use crate::course_plan::rule::Pace;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    year: Option<String>,
    unit: Option<String>,
    behind: Option<String>,
}

impl Asked {
    pub(super) fn year(&self, today: Date) -> i32 {
        let year = self.year.as_deref().and_then(|year| year.parse().ok());
        year.filter(|year| (2000..2200).contains(year)).unwrap_or_else(|| today.year().into())
    }

    fn unit(&self) -> Option<UnitId> {
        self.unit.as_deref().and_then(|id| id.parse().ok())
    }

    fn behind(&self) -> bool {
        self.behind.as_deref().is_some_and(|value| !value.is_empty())
    }

    fn fits(&self, item: &Item) -> bool {
        self.unit().is_none_or(|unit| item.row.unit == unit)
            && (!self.behind() || matches!(item.pace, Pace::Behind | Pace::Late))
    }
}

struct Shown {
    year: Year,
    years: Vec<Sum>,
    may_set: bool,
    today: Date,
}

pub(crate) async fn show(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let of = asked.year(today);
    let seen = ask.read(move |tx, actor| load(tx, actor, of, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&chrome, &seen.it, &asked).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, year: i32, today: Date) -> Result<Shown> {
    let scope = actor.scope(Action::SeeBoards, today);
    Ok(Shown {
        year: load::year(tx, &scope, year, today)?,
        years: load::years(tx, &scope, today)?,
        may_set: actor.may_somewhere(Action::SetTargets, today),
        today,
    })
}

fn page(chrome: &Chrome, shown: &Shown, asked: &Asked) -> Markup {
    let lang = chrome.lang;
    let year = &shown.year;
    let export = format!("/plan/training/export?year={}", year.year);
    Page::new(chrome, lang.f("plan.training.title", &[("year", &year.year)]))
        .wide()
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .lead(lang.f("plan.training.lead", &[("day", &lang.date(shown.today))]))
        .actions(toolbar(html! {
            @if shown.may_set {
                (LinkButton::primary(format!("/plan/training/new?year={}", year.year),
                    lang.t("plan.training.add")).icon(Icon::Plus))
            }
            (LinkButton::download(export, lang.t("plan.board.export")))
        }))
        .body(html! {
            (filters(lang, shown, asked))
            @if !year.items.is_empty() { (totals(lang, &year.total)) }
            (table(lang, shown, asked))
            @if 1 < year.units.len() {
                section.flow {
                    h2 { (lang.t("plan.training.by_unit")) }
                    (sums(lang, lang.t("plan.tasks.unit"), year.units.iter().map(|(_, sum)| sum)))
                }
            }
            @if 1 < shown.years.len() {
                section.flow {
                    h2 { (lang.t("plan.training.by_year")) }
                    (sums(lang, lang.t("plan.training.year"), shown.years.iter()))
                }
            }
            p.quiet { (lang.t("plan.training.how")) }
        })
}

fn filters(lang: Lang, shown: &Shown, asked: &Asked) -> Markup {
    let now = shown.year.year.to_string();
    let mut years: Vec<String> = shown.years.iter().map(|sum| sum.name.clone()).collect();
    if !years.contains(&now) {
        years.push(now.clone());
    }
    years.sort_by(|a, b| b.cmp(a));
    let year = Choice::select("year", lang.t("plan.training.year"))
        .options(years.into_iter().map(|year| (year.clone(), year)))
        .chosen(now.clone());
    let units = shown.year.units.iter().map(|(unit, sum)| (unit.to_string(), sum.name.clone()));
    let unit = Choice::select("unit", lang.t("plan.tasks.unit"))
        .option("", lang.t("plan.tasks.all_units"))
        .options(units)
        .chosen(asked.unit().map(|unit| unit.to_string()).unwrap_or_default());
    let behind = Choice::select("behind", lang.t("plan.training.pace"))
        .option("", lang.t("plan.tasks.all"))
        .option("1", lang.t("plan.training.only_behind"))
        .chosen(if asked.behind() { "1" } else { "" });
    let mut filters = Filters::new(lang, "/plan/training").field(year).field(unit).field(behind);
    if asked.unit().is_some() || asked.behind() {
        filters = filters.clear(format!("/plan/training?year={now}"));
    }
    html! { (filters) }
}

fn totals(lang: Lang, sum: &Sum) -> Markup {
    let part = |key, part, whole: Option<i64>| match whole {
        Some(whole) => Stat::part(lang, lang.t(key), part, whole),
        None => Stat::count(lang, lang.t(key), part),
    };
    let people = lang.f(
        "plan.training.people_turns",
        &[("people", &lang.number(sum.held.people)), ("turns", &lang.number(sum.held.turns))],
    );
    stats(html! {
        (part("plan.training.classes", sum.held.classes, sum.planned.classes))
        (part("plan.training.places", sum.held.registered, sum.planned.places).note(people))
        (Stat::count(lang, lang.t("plan.training.finished"), sum.held.finished)
            .note(lang.f("plan.training.passed_note", &[("n", &lang.number(sum.held.passed))])))
        (part("plan.training.paid", sum.paid, sum.planned.budget)
            .note(lang.t("plan.training.in_dong")))
        (Stat::part(lang, lang.t("plan.training.behind"), sum.behind, sum.rows))
    })
}

fn table(lang: Lang, shown: &Shown, asked: &Asked) -> Markup {
    let items: Vec<&Item> = shown.year.items.iter().filter(|item| asked.fits(item)).collect();
    let rows = items.iter().map(|item| cells(lang, item));
    let none = match shown.year.items.is_empty() {
        true => "plan.training.none",
        false => "plan.training.none_found",
    };
    let words = if shown.may_set { "plan.training.none_words" } else { "plan.training.none_see" };
    html! {
        (Table::new(lang, lang.t("plan.training.rows"))
            .caption_only_heard()
            .dense()
            .column(Column::text(lang.t("plan.training.course")))
            .column(Column::text(lang.t("plan.tasks.unit")))
            .column(Column::number(lang.t("plan.training.classes")))
            .column(Column::number(lang.t("plan.training.places")))
            .column(Column::number(lang.t("plan.training.came")))
            .column(Column::number(lang.t("plan.training.finished")))
            .column(Column::number(lang.t("plan.training.paid")))
            .column(Column::text(lang.t("plan.training.due")))
            .column(Column::text(lang.t("plan.training.pace")))
            .rows(rows)
            .empty(Empty::new(lang.t(none), lang.t(words))))
    }
}

fn cells(lang: Lang, item: &Item) -> [Markup; 9] {
    let row = &item.row;
    let held = item.held.as_ref();
    [
        html! {
            a href={ "/plan/training/" (row.id) } { (row.title) }
            @if let Some(audience) = &row.audience { (below(audience)) }
        },
        html! { (row.unit_name) },
        of(lang, held.map(|held| held.classes), row.classes),
        of(lang, held.map(|held| held.registered), row.places),
        match held {
            Some(held) => html! {
                (lang.number(held.people))
                (below(&lang.f("plan.training.turns", &[("n", &lang.number(held.turns))])))
            },
            None => html! { "–" },
        },
        match held {
            Some(held) => html! {
                (lang.number(held.finished))
                (below(&lang.f("plan.training.passed_note", &[("n", &lang.number(held.passed))])))
            },
            None => html! { "–" },
        },
        html! {
            (dong(lang, item.paid))
            @if let Some(budget) = row.budget {
                (below(&lang.f("plan.training.of_budget", &[
                    ("budget", &dong(lang, budget)),
                    ("share", &lang.percent(item.paid, budget)),
                ])))
            }
        },
        html! { (row.due.map_or_else(|| "–".to_owned(), |day| lang.date(day))) },
        html! { (pace_badge(lang, item.pace)) },
    ]
}

/// "3/4": what was held of what was planned; a dash for what nobody knows.
pub(super) fn of(lang: Lang, part: Option<i64>, whole: Option<i64>) -> Markup {
    let words = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), |n| lang.number(n));
    html! {
        (words(part)) "/" (words(whole))
        @if let (Some(part), Some(whole)) = (part, whole.filter(|whole| 0 < *whole)) {
            (below(&lang.percent(part, whole)))
        }
    }
}

fn sums<'a>(lang: Lang, what: &'static str, sums: impl Iterator<Item = &'a Sum>) -> Markup {
    let rows = sums.map(|sum| {
        [
            html! { (sum.name) },
            html! { (lang.number(sum.rows)) },
            of(lang, Some(sum.held.classes), sum.planned.classes),
            of(lang, Some(sum.held.registered), sum.planned.places),
            html! {
                (lang.number(sum.held.people))
                (below(&lang.f("plan.training.turns", &[("n", &lang.number(sum.held.turns))])))
            },
            html! { (lang.number(sum.held.finished)) },
            html! {
                (dong(lang, sum.paid))
                @if let Some(budget) = sum.planned.budget {
                    (below(&lang.f("plan.training.of_budget", &[
                        ("budget", &dong(lang, budget)),
                        ("share", &lang.percent(sum.paid, budget)),
                    ])))
                }
            },
            html! { (lang.number(sum.behind)) },
        ]
    });
    html! {
        (Table::new(lang, what)
            .caption_only_heard()
            .dense()
            .column(Column::text(what))
            .column(Column::number(lang.t("plan.training.rows")))
            .column(Column::number(lang.t("plan.training.classes")))
            .column(Column::number(lang.t("plan.training.places")))
            .column(Column::number(lang.t("plan.training.came")))
            .column(Column::number(lang.t("plan.training.finished")))
            .column(Column::number(lang.t("plan.training.paid")))
            .column(Column::number(lang.t("plan.training.behind")))
            .rows(rows))
    }
}
