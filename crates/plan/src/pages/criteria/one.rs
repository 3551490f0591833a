//! `/plan/criteria/{id}?state=&q=&page=`: the units or things it is asked of, and which satisfy it.

use axum::extract::Query;
use axum::response::IntoResponse;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{CriterionId, Lang};
use thao_web::components::{
    Badge, Choice, Column, Empty, Facts, Filters, Icon, LinkButton, Pages, Table, toolbar,
};
use thao_web::{Action, Ask, Chrome, Page, Reply};

use crate::criterion::{self, Criterion};
use crate::finding::{self, Count, Line, State};
use crate::pages::at::At;
use crate::pages::words;

/// Subjects on a page.
const PAGE: usize = 50;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    state: Option<String>,
    q: Option<String>,
    page: Option<usize>,
}

impl Asked {
    fn state(&self) -> State {
        self.state.as_deref().and_then(State::from_code).unwrap_or(State::All)
    }

    fn search(&self) -> &str {
        self.q.as_deref().unwrap_or_default().trim()
    }

    fn page(&self) -> usize {
        self.page.unwrap_or(1).clamp(1, 10_000)
    }
}

struct Shown {
    criterion: Criterion,
    count: Count,
    lines: Vec<Line>,
    more: bool,
    may_set: bool,
}

pub(crate) async fn show(ask: Ask, At(id): At<CriterionId>, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let of = asked.clone();
    let seen = ask
        .read(move |tx, actor| {
            let criterion = criterion::get(tx, id)?;
            let scope = actor.scope(Action::SeeBoards, today);
            let wanted = finding::Asked {
                state: of.state(),
                search: of.search().to_owned(),
                skip: (of.page() - 1) * PAGE,
                limit: PAGE + 1,
            };
            let mut lines = finding::page(tx, &criterion, &scope, &wanted)?;
            let more = PAGE < lines.len();
            lines.truncate(PAGE);
            Ok(Shown {
                count: finding::count(tx, &criterion, &scope)?,
                criterion,
                lines,
                more,
                may_set: actor.may_somewhere(Action::SetTargets, today),
            })
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&chrome, &seen.it, &asked).into_response())
}

fn page(chrome: &Chrome, shown: &Shown, asked: &Asked) -> Markup {
    let lang = chrome.lang;
    let criterion = &shown.criterion;
    let count = &shown.count;
    let lead = lang.f(
        "plan.criteria.one_lead",
        &[
            ("satisfied", &lang.number(count.satisfied)),
            ("all", &lang.number(count.all)),
            ("subject", &words::subject(lang, &criterion.subject)),
        ],
    );
    Page::new(chrome, criterion.title(lang))
        .wide()
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb("/plan/criteria", lang.t("plan.criteria.title"))
        .lead(lead)
        .actions(toolbar(html! {
            @if shown.may_set {
                (LinkButton::quiet(
                    format!("/plan/criteria/{}/edit", criterion.id),
                    lang.t("plan.criteria.edit"),
                ).icon(Icon::Edit))
            }
        }))
        .body(html! {
            (Facts::new().fact(lang.t("plan.form.criterion_source"), criterion.source.as_str()))
            (filters(lang, shown, asked))
            (table(lang, shown, asked))
        })
}

fn state_words(lang: Lang, state: State) -> &'static str {
    lang.t(match state {
        State::All => "plan.people.all",
        State::Satisfied => "plan.criteria.satisfied",
        State::Not => "plan.criteria.not",
        State::Unknown => "plan.criteria.unknown",
    })
}

fn filters(lang: Lang, shown: &Shown, asked: &Asked) -> Markup {
    let here = format!("/plan/criteria/{}", shown.criterion.id);
    let state = Choice::select("state", lang.t("plan.people.state"))
        .options(State::ALL.map(|state| (state.code(), state_words(lang, state))))
        .chosen(asked.state().code());
    let mut filters = Filters::new(lang, here.clone())
        .search("q", lang.t("plan.things.search"), asked.search())
        .field(state);
    if asked.state() != State::All || !asked.search().is_empty() {
        filters = filters.clear(here);
    }
    html! { (filters) }
}

fn table(lang: Lang, shown: &Shown, asked: &Asked) -> Markup {
    let mut pages = Pages::new(lang);
    if shown.more {
        pages = pages.next(address(shown, asked, asked.page() + 1));
    }
    if 1 < asked.page() {
        pages = pages.previous(address(shown, asked, asked.page() - 1));
    }
    let rows = shown.lines.iter().map(|line| {
        let href = format!("/plan/subjects/{}/{}", shown.criterion.id, line.id);
        [
            html! {
                @if shown.may_set { a href=(href) { (line.name) } } @else { (line.name) }
            },
            html! { (line.path) },
            badge(lang, line.satisfied),
            html! { (line.on().map_or_else(|| "–".to_owned(), |on| lang.date(on))) },
        ]
    });
    let narrowed = asked.state() != State::All || !asked.search().is_empty();
    let none = if narrowed { "plan.things.none_found" } else { "plan.criteria.no_subject" };
    html! {
        (Table::new(lang, shown.criterion.title(lang))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.things.name")))
            .column(Column::text(lang.t("plan.people.unit")))
            .column(Column::text(lang.t("plan.people.state")))
            .column(Column::text(lang.t("plan.criteria.since")))
            .rows(rows)
            .empty(Empty::new(lang.t(none), lang.t("plan.criteria.no_subject_words")))
            .pages(pages))
    }
}

pub(super) fn badge(lang: Lang, satisfied: Option<bool>) -> Markup {
    let badge = match satisfied {
        Some(true) => Badge::good(state_words(lang, State::Satisfied)).icon(Icon::Check),
        Some(false) => Badge::plain(state_words(lang, State::Not)).icon(Icon::Dash),
        None => Badge::plain(state_words(lang, State::Unknown)).icon(Icon::Question),
    };
    html! { (badge) }
}

fn address(shown: &Shown, asked: &Asked, page: usize) -> String {
    let id = shown.criterion.id;
    let mut out = format!("/plan/criteria/{id}?state={}&page={page}", asked.state().code());
    if !asked.search().is_empty() {
        out.push_str(&format!("&q={}", words::escaped(asked.search())));
    }
    out
}
