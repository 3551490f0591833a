//! `/plan/figures/new`: typing in the figure of one unit, and taking one back.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Error, FigureId, Lang, Result, Tx};
use thao_people::unit::{self, Place};
use thao_web::components::{
    Button, Column, Confirm, Field, FieldErrors, Form, Icon, Table, below, beside, hidden,
    number_typed,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check, saying};

use super::Asked;
use crate::figure::{self, Figure, NewFigure};
use crate::imports::{read_number, source_and_day};
use crate::kind::Kind;
use crate::list;
use crate::measure::{self, Measure};
use crate::pages::at::At;

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

pub(crate) async fn new(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load_one(tx, actor, &asked, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let page = one_page(&ask, &chrome, &seen.it, &Typed::default(), &FieldErrors::new());
    Ok(page.into_response())
}

pub(crate) async fn add(ask: Ask, sent: Sent) -> Reply {
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
    let value = read_value(lang, &seen.it.measure, sent.text("value"));
    if value.is_none() {
        let key = match seen.it.measure.kind {
            Kind::Figure => "plan.error.figure_number",
            _ => "plan.error.figure_value",
        };
        errors.add("value", lang.t(key));
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

pub(crate) async fn withdraw(ask: Ask, At(id): At<FigureId>, sent: Sent) -> Reply {
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

/// What was typed: a whole number of a denominator; of a number that is a figure itself its
/// thousandths, in the unit it is counted in.
fn read_value(lang: Lang, measure: &Measure, typed: &str) -> Option<i64> {
    if measure.kind != Kind::Figure {
        return read_number(typed);
    }
    let one = if measure.unit_code == "percent" { 10.0 } else { 1000.0 };
    let typed = typed.trim().trim_end_matches(['%', ' ']);
    let number = number_typed(lang, typed).filter(|n| (0.0..=1e12).contains(n))?;
    Some((number * one).round() as i64)
}

/// The measure and the unit of a figure, for an actor who may enter it there.
fn load_one(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked, today: Date) -> Result<One> {
    let measure = asked.measure().ok_or_else(Error::not_found)?;
    let measure = measure::list_given(tx)?
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
        (Field::number("value", value_words(lang, &one.measure))
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
                (history(chrome, one))
            }
        })
}

/// What a figure counts: people, or whatever the measure is counted in.
pub(super) fn value_words(lang: Lang, measure: &Measure) -> String {
    match list::measure_unit(&measure.unit_code) {
        Some(unit) if measure.kind == Kind::Figure => {
            lang.f("plan.figures.value_of", &[("unit", &unit.name.of(lang))])
        }
        _ => lang.t("plan.figures.value").to_owned(),
    }
}

/// The figures of a unit that stand; the first counts.
fn history(chrome: &Chrome, one: &One) -> Markup {
    let lang = chrome.lang;
    let value = |figure: &Figure| super::value(lang, &one.measure, figure.value);
    let rows = one.figures.iter().map(|figure| {
        let form = Form::post(chrome, format!("/plan/figures/{}/withdrawal", figure.id))
            .body(Button::danger(lang.t("plan.figures.withdraw_now")));
        let question = lang.f(
            "plan.figures.withdraw_words",
            &[("value", &value(figure)), ("day", &lang.date(figure.as_of))],
        );
        let manner = match figure.import {
            Some(_) => "plan.figures.by_file",
            None => "plan.figures.by_hand",
        };
        [
            html! { (value(figure)) },
            html! { (lang.date(figure.as_of)) },
            html! { div { (figure.source) (below(lang.t(manner))) } },
            html! { (Confirm::new(lang.t("plan.figures.withdraw"), question, form)) },
        ]
    });
    html! {
        p { (lang.t("plan.figures.history_words")) }
        (Table::new(lang, lang.t("plan.figures.history"))
            .caption_only_heard()
            .column(Column::number(value_words(lang, &one.measure)))
            .column(Column::text(lang.t("plan.figures.as_of")))
            .column(Column::text(lang.t("plan.figures.source")))
            .column(Column::actions(lang.t("plan.figures.actions")))
            .rows(rows))
    }
}
