//! `/plan/criteria`: all criteria, with how many satisfy each in the actor's units.

use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::Lang;
use thao_web::components::{Column, Empty, Icon, LinkButton, Table, below, toolbar};
use thao_web::{Action, Ask, Page, Reply};

use crate::criterion::{self, Criterion};
use crate::finding;
use crate::pages::words;

struct Shown {
    rows: Vec<(Criterion, finding::Count)>,
    may_set: bool,
}

pub(crate) async fn show(ask: Ask) -> Reply {
    let today = ask.today();
    let seen = ask
        .read(move |tx, actor| {
            let scope = actor.scope(Action::SeeBoards, today);
            let mut rows = Vec::new();
            for criterion in criterion::list(tx)? {
                let count = finding::count(tx, &criterion, &scope)?;
                rows.push((criterion, count));
            }
            Ok(Shown { rows, may_set: actor.may_somewhere(Action::SetTargets, today) })
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let shown = seen.it;
    let page = Page::new(&chrome, lang.t("plan.criteria.title"))
        .wide()
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .lead(lang.t("plan.criteria.lead"))
        .actions(toolbar(html! {
            @if shown.may_set {
                (LinkButton::primary("/plan/criteria/new", lang.t("plan.criteria.add"))
                    .icon(Icon::Plus))
            }
            (LinkButton::quiet("/plan/things", lang.t("plan.things.title")))
        }))
        .body(table(lang, &shown));
    Ok(page.into_response())
}

fn table(lang: Lang, shown: &Shown) -> Markup {
    let rows = shown.rows.iter().map(|(criterion, count)| {
        [
            html! {
                a href={ "/plan/criteria/" (criterion.id) } { (criterion.title(lang)) }
                @if let Some(code) = &criterion.code { (below(code)) }
            },
            html! { (words::subject(lang, &criterion.subject)) },
            html! { (lang.number(count.satisfied)) " / " (lang.number(count.all)) },
            html! { (criterion.source) },
        ]
    });
    let empty = Empty::new(lang.t("plan.criteria.none"), lang.t("plan.criteria.none_words"));
    html! {
        (Table::new(lang, lang.t("plan.criteria.title"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.criteria.name")))
            .column(Column::text(lang.t("plan.criteria.subject")))
            .column(Column::number(lang.t("plan.criteria.count")))
            .column(Column::text(lang.t("plan.figures.source")))
            .rows(rows)
            .empty(empty))
    }
}
