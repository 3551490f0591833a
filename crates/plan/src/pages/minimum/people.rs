//! `/plan/minimum/{rule}/people?unit=&state=`: who is behind, with what they have learnt so far.
//! Every look is logged.

use std::collections::HashMap;

use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Lang, PersonId, Result, TrainingRuleId, Tx};
use thao_people::unit::Place;
use thao_people::viewing::{self, Look};
use thao_record::evidence::day;
use thao_web::components::{Badge, Choice, Column, Empty, Filters, Icon, Notice, Pages, Table};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply};

use super::{amount, learnt, load};
use crate::fold::minutes_on;
use crate::pages::at::At;
use crate::pages::view::day_asked;
use crate::readings;
use crate::roster::{self, After, Line, Which};
use crate::training_rule::TrainingRule;

/// People on a page.
const PAGE: usize = 50;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    unit: Option<String>,
    day: Option<String>,
    state: Option<String>,
    after: Option<String>,
}

impl Asked {
    fn which(&self) -> Which {
        self.state.as_deref().and_then(Which::from_code).unwrap_or(Which::NotMet)
    }
}

struct Shown {
    rule: TrainingRule,
    place: Place,
    on: Date,
    lines: Option<Vec<Line>>,
    minutes: HashMap<PersonId, i64>,
    more: bool,
}

pub(crate) async fn show(
    ask: Ask,
    At(id): At<TrainingRuleId>,
    Query(asked): Query<Asked>,
) -> Reply {
    let today = ask.today();
    let of = asked.clone();
    let seen = viewing::read(&ask, move |tx, actor, looks| {
        let shown = load(tx, actor, id, &of, today)?;
        let people = shown.lines.as_ref().map_or(0, Vec::len);
        let unit = Some(shown.place.unit);
        looks.push(Look::page("plan.view.minimum", people).about(id).within(unit));
        Ok(shown)
    })
    .await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&chrome, &seen.it, &asked).into_response())
}

fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TrainingRuleId,
    asked: &Asked,
    today: Date,
) -> Result<Shown> {
    let unit = super::Asked { unit: asked.unit.clone(), day: None };
    let place = load::place(tx, actor, &unit, Action::SeeNames, today)?;
    let rule = load::rule(tx, id)?;
    let on = day_asked(asked.day.as_deref(), today).unwrap_or(today);
    let wanted = roster::Asked {
        measure: rule.measure,
        within: place.span(),
        on,
        which: asked.which(),
        search: String::new(),
    };
    let after = match asked.after.as_deref().and_then(|id| id.parse().ok()) {
        Some(person) => After::of(tx, person)?,
        None => None,
    };
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut lines = roster::page(tx, &wanted, after.as_ref(), limit)?;
    let mut more = false;
    if let Some(lines) = &mut lines {
        more = PAGE < lines.len();
        lines.truncate(PAGE);
    }
    let people: Vec<PersonId> = lines.iter().flatten().map(|line| line.id).collect();
    let minutes = minutes(tx, &people, on)?;
    Ok(Shown { rule, place, on, lines, minutes, more })
}

/// What some people have learnt in the year up to a day, minutes.
pub(super) fn minutes(
    tx: &mut Tx<'_>,
    people: &[PersonId],
    on: Date,
) -> Result<HashMap<PersonId, i64>> {
    let stints = readings::stints(tx, people)?;
    let sum = |person: &PersonId| {
        let own = stints.get(person).map_or(&[][..], Vec::as_slice);
        (*person, minutes_on(own, day(on)))
    };
    Ok(people.iter().map(sum).collect())
}

fn page(chrome: &Chrome, shown: &Shown, asked: &Asked) -> Markup {
    let lang = chrome.lang;
    let rule = &shown.rule;
    let back = format!("/plan/minimum?unit={}", shown.place.unit);
    Page::new(chrome, lang.t("plan.minimum.people"))
        .wide()
        .crumb(back, lang.t("plan.minimum.title"))
        .above(shown.place.path.clone())
        .lead(lang.f(
            "plan.minimum.people_lead",
            &[
                ("rule", &rule.title(lang)),
                ("amount", &amount(lang, rule)),
                ("day", &lang.date(shown.on)),
            ],
        ))
        .body(html! {
            (filters(lang, shown, asked))
            @match &shown.lines {
                Some(lines) => (table(lang, shown, asked, lines)),
                None => (Notice::info(lang.t("plan.people.counting"))),
            }
            p.quiet { (lang.t("plan.people.logged")) }
        })
}

fn filters(lang: Lang, shown: &Shown, asked: &Asked) -> Markup {
    let words = |which| {
        lang.t(match which {
            Which::All => "plan.people.all",
            Which::Met => "plan.minimum.reached",
            Which::NotMet => "plan.minimum.not_reached",
        })
    };
    let state = Choice::select("state", lang.t("plan.people.state"))
        .options(Which::ALL.map(|which| (which.code(), words(which))))
        .chosen(asked.which().code());
    html! {
        (Filters::new(lang, format!("/plan/minimum/{}/people", shown.rule.id))
            .field(state)
            .keep("unit", &shown.place.unit.to_string())
            .keep("day", &shown.on.to_string()))
    }
}

fn table(lang: Lang, shown: &Shown, asked: &Asked, lines: &[Line]) -> Markup {
    let here = format!(
        "/plan/minimum/{}/people?unit={}&day={}&state={}",
        shown.rule.id,
        shown.place.unit,
        shown.on,
        asked.which().code()
    );
    let mut pages = Pages::new(lang);
    if shown.more
        && let Some(last) = lines.last()
    {
        pages = pages.next(format!("{here}&after={}", last.id));
    }
    if asked.after.is_some() {
        pages = pages.previous(here);
    }
    let rows = lines.iter().map(|line| {
        let minutes = shown.minutes.get(&line.id).copied().unwrap_or(0);
        [
            html! { (line.full_name) },
            html! { (line.unit) },
            html! { (learnt(lang, &shown.rule, minutes)) },
            match line.met {
                true => html! { (Badge::good(lang.t("plan.minimum.reached"))) },
                false => html! {
                    (Badge::plain(lang.t("plan.minimum.not_reached")).icon(Icon::Dash))
                },
            },
        ]
    });
    html! {
        (Table::new(lang, lang.t("plan.minimum.people"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.people.name")))
            .column(Column::text(lang.t("plan.people.unit")))
            .column(Column::number(lang.t("plan.minimum.so_far")))
            .column(Column::text(lang.t("plan.people.state")))
            .rows(rows)
            .empty(Empty::new(lang.t("plan.minimum.nobody"), lang.t("plan.minimum.nobody_words")))
            .pages(pages))
    }
}
