//! `/plan/things?kind=&q=&after=`: the things of the actor's units.

use axum::extract::Query;
use axum::response::IntoResponse;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::Lang;
use thao_web::components::{
    Choice, Column, Empty, Filters, Icon, LinkButton, Pages, Table, below, toolbar,
};
use thao_web::{Action, Ask, Page, Reply};

use crate::list;
use crate::pages::words;
use crate::thing::{self, Thing};

/// Things on a page.
const PAGE: usize = 50;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    kind: Option<String>,
    q: Option<String>,
    after: Option<String>,
}

impl Asked {
    fn kind(&self) -> Option<&str> {
        self.kind.as_deref().filter(|kind| list::thing_kind(kind).is_some())
    }

    fn search(&self) -> &str {
        self.q.as_deref().unwrap_or_default().trim()
    }
}

struct Shown {
    things: Vec<Thing>,
    more: bool,
    may_set: bool,
}

pub(crate) async fn show(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let wanted = thing::Asked {
        kind: asked.kind().map(str::to_owned),
        search: asked.search().to_owned(),
        after: asked.after.as_deref().and_then(|id| id.parse().ok()),
    };
    let seen = ask
        .read(move |tx, actor| {
            let scope = actor.scope(Action::SeeBoards, today);
            let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
            let mut things = thing::page(tx, &scope, &wanted, limit)?;
            let more = PAGE < things.len();
            things.truncate(PAGE);
            let may_set = actor.may_somewhere(Action::SetTargets, today);
            Ok(Shown { things, more, may_set })
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let shown = seen.it;
    let page = Page::new(&chrome, lang.t("plan.things.title"))
        .wide()
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .lead(lang.t("plan.things.lead"))
        .actions(toolbar(html! {
            @if shown.may_set {
                (LinkButton::primary("/plan/things/new", lang.t("plan.things.add")).icon(Icon::Plus))
            }
            (LinkButton::quiet("/plan/criteria", lang.t("plan.criteria.title")).icon(Icon::Check))
        }))
        .body(html! {
            (filters(lang, &asked))
            (table(lang, &shown, &asked))
        });
    Ok(page.into_response())
}

fn filters(lang: Lang, asked: &Asked) -> Markup {
    let kinds = list::thing_kinds().iter().map(|kind| (kind.key.as_str(), kind.name.of(lang)));
    let kind = Choice::select("kind", lang.t("plan.things.kind"))
        .option("", lang.t("plan.things.any_kind"))
        .options(kinds)
        .chosen(asked.kind().unwrap_or_default());
    let mut filters = Filters::new(lang, "/plan/things")
        .search("q", lang.t("plan.things.search"), asked.search())
        .field(kind);
    if asked.kind().is_some() || !asked.search().is_empty() {
        filters = filters.clear("/plan/things");
    }
    html! { (filters) }
}

fn table(lang: Lang, shown: &Shown, asked: &Asked) -> Markup {
    let narrowed = asked.kind().is_some() || !asked.search().is_empty();
    let none = if narrowed { "plan.things.none_found" } else { "plan.things.none" };
    let mut pages = Pages::new(lang);
    if shown.more
        && let Some(last) = shown.things.last()
    {
        pages = pages.next(address(asked, &last.id.to_string()));
    }
    if asked.after.is_some() {
        pages = pages.previous(address(asked, ""));
    }
    let rows = shown.things.iter().map(|thing| {
        [
            html! {
                @if shown.may_set { a href={ "/plan/things/" (thing.id) "/edit" } { (thing.name) } }
                @else { (thing.name) }
                @if let Some(code) = &thing.code { (below(code)) }
            },
            html! { (words::thing_kind(lang, &thing.kind)) },
            html! { (thing.path) },
            html! { (period(lang, thing)) },
        ]
    });
    html! {
        (Table::new(lang, lang.t("plan.things.title"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.things.name")))
            .column(Column::text(lang.t("plan.things.kind")))
            .column(Column::text(lang.t("plan.people.unit")))
            .column(Column::text(lang.t("plan.person.period")))
            .rows(rows)
            .empty(Empty::new(lang.t(none), lang.t("plan.things.none_words")))
            .pages(pages))
    }
}

fn period(lang: Lang, thing: &Thing) -> String {
    let from = lang.date(thing.valid_from);
    match thing.valid_to.and_then(|to| to.yesterday().ok()) {
        Some(last) => lang.f("plan.person.from_to", &[("from", &from), ("to", &lang.date(last))]),
        None => lang.f("plan.person.from", &[("from", &from)]),
    }
}

fn address(asked: &Asked, after: &str) -> String {
    let mut out = format!("/plan/things?kind={}", asked.kind().unwrap_or_default());
    if !asked.search().is_empty() {
        out.push_str(&format!("&q={}", words::escaped(asked.search())));
    }
    if !after.is_empty() {
        out.push_str(&format!("&after={after}"));
    }
    out
}
