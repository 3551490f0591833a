//! `/plan/figures?measure=`: the figures of a measure by unit, and what is missing.

use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Error, Lang, Result, Tx};
use thao_people::unit::{self, Place};
use thao_web::components::{
    Choice, Column, Empty, Filters, Icon, LinkButton, Table, below, toolbar,
};
use thao_web::{Action, Actor, Ask, Page, Reply, Resource, check};

use super::Asked;
use super::one::value_words;
use crate::figure::{self, Figure};
use crate::kind::Kind;
use crate::measure::{self, Measure};

struct Shown {
    measures: Vec<Measure>,
    measure: Option<Measure>,
    /// The unit and those directly below it, each with its latest figure.
    rows: Vec<(Place, Option<Figure>)>,
    may_import: bool,
}

pub(crate) async fn show(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, &asked, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let shown = seen.it;
    let page = Page::new(&chrome, lang.t("plan.figures.title"))
        .wide()
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .lead(lang.t("plan.figures.lead"))
        .actions(toolbar(html! {
            @if shown.may_import && !shown.measures.is_empty() {
                (LinkButton::primary("/plan/figures/imports", lang.t("plan.figures.import"))
                    .icon(Icon::Upload))
            }
        }))
        .body(html! {
            @if shown.measures.is_empty() {
                (Empty::new(lang.t("plan.figures.none"), lang.t("plan.figures.none_words")))
            }
            @if 1 < shown.measures.len() { (choose(lang, &shown)) }
            @if let Some(measure) = &shown.measure { (table(lang, measure, &shown)) }
        });
    Ok(page.into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked, today: Date) -> Result<Shown> {
    let measures = measure::list_given(tx)?;
    let measure = match asked.measure() {
        Some(id) => measures.iter().find(|measure| measure.id == id),
        None => measures.first(),
    };
    let measure = measure.cloned();
    let place = match asked.unit() {
        Some(unit) => unit::place(tx, unit)?,
        None => {
            let scope = actor.scope(Action::SeeBoards, today);
            let lo = scope.spans().first().map(|span| span.lo);
            let own = actor.appointments.iter().find(|own| Some(own.span.lo) == lo);
            unit::place(tx, own.ok_or_else(Error::not_found)?.unit_id)?
        }
    };
    let at = Resource::At(place.pos);
    check(actor, Action::SeeBoards, Action::SeeBoards, at, today)?;
    let mut rows = Vec::new();
    if let Some(measure) = &measure {
        let mut figures = figure::latest(tx, measure.id, place.span(), today)?;
        let mut places = vec![place.clone()];
        let inhabited = |kind: &str| matches!(kind, "commune" | "village");
        let children = unit::list_children(tx, place.unit)?;
        places.extend(
            children
                .into_iter()
                .filter(|child| inhabited(&child.kind) || figures.contains_key(&child.unit)),
        );
        rows = places
            .into_iter()
            .map(|place| {
                let figure = figures.remove(&place.unit);
                (place, figure)
            })
            .collect();
    }
    let may_import = actor.may_somewhere(Action::ImportFigures, today);
    Ok(Shown { measures, measure, rows, may_import })
}

fn choose(lang: Lang, shown: &Shown) -> Markup {
    let chosen = shown.measure.as_ref().map(|m| m.id.to_string()).unwrap_or_default();
    let options = shown.measures.iter().map(|m| (m.id.to_string(), m.title(lang).to_owned()));
    let choice =
        Choice::select("measure", lang.t("plan.figures.measure")).options(options).chosen(chosen);
    html! { (Filters::new(lang, "/plan/figures").field(choice)) }
}

fn table(lang: Lang, measure: &Measure, shown: &Shown) -> Markup {
    let own = shown.rows.first().map(|(place, _)| place.name.as_str()).unwrap_or_default();
    let below_it = || shown.rows.iter().skip(1);
    let given = below_it().filter(|(_, figure)| figure.is_some()).count();
    let sum: i64 = below_it().filter_map(|(_, figure)| figure.as_ref()).map(|f| f.value).sum();
    let edit =
        |place: &Place| format!("/plan/figures/new?measure={}&unit={}", measure.id, place.unit);
    let rows = shown.rows.iter().map(|(place, figure)| {
        [
            html! { (place.name) @if let Some(code) = &place.code { (below(code)) } },
            match figure {
                Some(figure) => html! { (super::value(lang, measure, figure.value)) },
                None => html! { span.unknown { (lang.t("plan.figures.missing")) } },
            },
            html! { (figure.as_ref().map_or_else(|| "–".to_owned(), |f| lang.date(f.as_of))) },
            html! { (figure.as_ref().map_or("–", |figure| figure.source.as_str())) },
            html! {
                @if shown.may_import {
                    a href=(edit(place)) {
                        (lang.t("plan.figures.edit"))
                        span.only-heard { " " (place.name) }
                    }
                }
            },
        ]
    });
    let count = |n: usize| lang.number(i64::try_from(n).unwrap_or(i64::MAX));
    html! {
        h2 { (measure.title(lang)) }
        @if measure.kind != Kind::Figure {
            p {
                (lang.f("plan.figures.given", &[
                    ("unit", &own),
                    ("given", &count(given)),
                    ("units", &count(below_it().count())),
                    ("sum", &lang.number(sum)),
                ]))
            }
        }
        (Table::new(lang, measure.title(lang))
            .caption_only_heard()
            .dense()
            .column(Column::text(lang.t("plan.figures.unit")))
            .column(Column::number(value_words(lang, measure)))
            .column(Column::text(lang.t("plan.figures.as_of")))
            .column(Column::text(lang.t("plan.figures.source")))
            .column(Column::actions(lang.t("plan.figures.actions")))
            .rows(rows))
    }
}
