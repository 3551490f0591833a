//! `/plan/figures`: official figures by measure and unit, with source and day; and typing one in.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Error, FigureId, Lang, MeasureId, Result, Tx, UnitId};
use thao_people::unit::{self, Place};
use thao_web::components::{
    Button, Choice, Column, Confirm, Empty, Field, FieldErrors, Filters, Form, Icon, LinkButton,
    Table, below, beside, hidden, toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check, saying};

use super::at::At;
use crate::figure::{self, Figure, NewFigure};
use crate::imports::{read_number, source_and_day};
use crate::measure::{self, Measure};

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    measure: Option<String>,
    unit: Option<String>,
}

impl Asked {
    fn measure(&self) -> Option<MeasureId> {
        self.measure.as_deref().and_then(|id| id.parse().ok())
    }

    fn unit(&self) -> Option<UnitId> {
        self.unit.as_deref().and_then(|id| id.parse().ok())
    }
}

struct Shown {
    measures: Vec<Measure>,
    measure: Option<Measure>,
    /// The unit and those directly below it, each with its latest figure.
    rows: Vec<(Place, Option<Figure>)>,
    may_import: bool,
}

pub(super) async fn list(ask: Ask, Query(asked): Query<Asked>) -> Reply {
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
    let measures = measure::list_official(tx)?;
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
                Some(figure) => html! { (lang.number(figure.value)) },
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
        p {
            (lang.f("plan.figures.given", &[
                ("unit", &own),
                ("given", &count(given)),
                ("units", &count(below_it().count())),
                ("sum", &lang.number(sum)),
            ]))
        }
        (Table::new(lang, measure.title(lang))
            .caption_only_heard()
            .dense()
            .column(Column::text(lang.t("plan.figures.unit")))
            .column(Column::number(lang.t("plan.figures.value")))
            .column(Column::text(lang.t("plan.figures.as_of")))
            .column(Column::text(lang.t("plan.figures.source")))
            .column(Column::actions(lang.t("plan.figures.actions")))
            .rows(rows))
    }
}

/// What stands in the form of one figure.
#[derive(Debug, Clone, Default)]
struct Typed {
    value: String,
    source: String,
    as_of: String,
}

struct One {
    measure: Measure,
    place: Place,
    figures: Vec<Figure>,
}

pub(super) async fn new(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load_one(tx, actor, &asked, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let page = one_page(&ask, &chrome, &seen.it, &Typed::default(), &FieldErrors::new());
    Ok(page.into_response())
}

pub(super) async fn add(ask: Ask, sent: Sent) -> Reply {
    let today = ask.today();
    let asked = Asked {
        measure: sent.some("measure").map(str::to_owned),
        unit: sent.some("unit").map(str::to_owned),
    };
    let of = asked.clone();
    let seen = ask.read(move |tx, actor| load_one(tx, actor, &of, today)).await?;
    let lang = ask.lang(&seen.actor);
    let mut errors = FieldErrors::new();
    let (source, as_of) = source_and_day(lang, today, &sent, &mut errors);
    let value = read_number(sent.text("value"));
    if value.is_none() {
        errors.add("value", lang.t("plan.error.figure_value"));
    }
    let (Some(value), Some(as_of), true) = (value, as_of, errors.is_empty()) else {
        let text = |name| sent.text(name).to_owned();
        let typed = Typed { value: text("value"), source: text("source"), as_of: text("as_of") };
        let chrome = ask.chrome(&seen.actor);
        let page = one_page(&ask, &chrome, &seen.it, &typed, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let done = ask.submit("plan.act.add_figure", &sent, move |tx, actor, stamp, _| {
        let one = load_one(tx, actor, &asked, today)?;
        let new = NewFigure {
            measure: one.measure.id,
            unit: one.place.unit,
            value,
            as_of,
            source: source.clone(),
            import: None,
        };
        figure::add_many(tx, stamp, &[new])?;
        let back = format!("/plan/figures?measure={}", one.measure.id);
        Ok(saying(&back, "plan.notice.figure_added"))
    });
    Ok(done.await?)
}

pub(super) async fn withdraw(ask: Ask, At(id): At<FigureId>, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("plan.act.withdraw_figure", &sent, move |tx, actor, stamp, _| {
        let (measure, figure) = figure::get(tx, id)?;
        let place = unit::place(tx, figure.unit)?;
        let at = Resource::At(place.pos);
        check(actor, Action::ImportFigures, Action::SeeBoards, at, today)?;
        figure::withdraw(tx, stamp, id)?;
        let back = format!("/plan/figures/new?measure={measure}&unit={}", figure.unit);
        Ok(saying(&back, "plan.notice.figure_withdrawn"))
    });
    Ok(done.await?)
}

/// The measure and the unit of a figure, for an actor who may enter it there.
fn load_one(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked, today: Date) -> Result<One> {
    let measure = asked.measure().ok_or_else(Error::not_found)?;
    let measure = measure::list_official(tx)?
        .into_iter()
        .find(|known| known.id == measure)
        .ok_or_else(Error::not_found)?;
    let place = unit::place(tx, asked.unit().ok_or_else(Error::not_found)?)?;
    let at = Resource::At(place.pos);
    check(actor, Action::ImportFigures, Action::SeeBoards, at, today)?;
    let mut figures = figure::list(tx, measure.id, place.span())?;
    figures.retain(|figure| figure.unit == place.unit);
    figures.reverse();
    Ok(One { measure, place, figures })
}

fn one_page(ask: &Ask, chrome: &Chrome, one: &One, typed: &Typed, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let back = format!("/plan/figures?measure={}", one.measure.id);
    let form = Form::post(chrome, "/plan/figures").once(ask.form_id()).body(html! {
        (hidden("measure", &one.measure.id.to_string()))
        (hidden("unit", &one.place.unit.to_string()))
        (Field::number("value", lang.t("plan.figures.value"))
            .value(typed.value.as_str()).errors(errors))
        (beside(html! {
            (Field::text("source", lang.t("plan.import.source"))
                .value(typed.source.as_str())
                .hint(lang.t("plan.import.source_hint")).errors(errors))
            (Field::date(lang, "as_of", lang.t("plan.import.as_of"))
                .value(typed.as_of.as_str()).errors(errors))
        }))
        (Button::primary(lang.t("plan.figures.save")).icon(Icon::Check))
    });
    Page::new(chrome, lang.t("plan.figures.new"))
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb(back, lang.t("plan.figures.title"))
        .above(one.place.path.clone())
        .lead(one.measure.title(lang).to_owned())
        .errors(errors)
        .narrow()
        .body(html! {
            (form)
            @if !one.figures.is_empty() {
                h2 { (lang.t("plan.figures.history")) }
                (history(chrome, &one.figures))
            }
        })
}

/// The figures of a unit that stand; the first counts.
fn history(chrome: &Chrome, figures: &[Figure]) -> Markup {
    let lang = chrome.lang;
    let rows = figures.iter().map(|figure| {
        let form = Form::post(chrome, format!("/plan/figures/{}/withdrawal", figure.id))
            .body(Button::danger(lang.t("plan.figures.withdraw_now")));
        let question = lang.f(
            "plan.figures.withdraw_words",
            &[("value", &lang.number(figure.value)), ("day", &lang.date(figure.as_of))],
        );
        let manner = match figure.import {
            Some(_) => "plan.figures.by_file",
            None => "plan.figures.by_hand",
        };
        [
            html! { (lang.number(figure.value)) },
            html! { (lang.date(figure.as_of)) },
            html! { div { (figure.source) (below(lang.t(manner))) } },
            html! { (Confirm::new(lang.t("plan.figures.withdraw"), question, form)) },
        ]
    });
    html! {
        p { (lang.t("plan.figures.history_words")) }
        (Table::new(lang, lang.t("plan.figures.history"))
            .caption_only_heard()
            .column(Column::number(lang.t("plan.figures.value")))
            .column(Column::text(lang.t("plan.figures.as_of")))
            .column(Column::text(lang.t("plan.figures.source")))
            .column(Column::actions(lang.t("plan.figures.actions")))
            .rows(rows))
    }
}
