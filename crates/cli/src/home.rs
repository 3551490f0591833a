//! `/`: the main page. Each context adds what is next for whoever comes; the most urgent first.

use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use thao_web::components::Empty;
use thao_web::{Ask, Credential, HomeContext, Need, Page, Pages, Reply, secret};

pub(crate) fn pages() -> Pages {
    Pages::new().get("/", Need::Public, show)
}

async fn show(ask: Ask) -> Reply {
    let inner = ask.clone();
    let seen = ask
        .read(move |tx, actor| {
            if !actor.is_signed_in() {
                return Ok(None);
            }
            let now = inner.app.clock.now();
            let context = HomeContext {
                lang: inner.lang(actor),
                now,
                today: inner.today(),
                class_size: inner.app.site.class_size,
                csrf: match &inner.credential {
                    Credential::Session(hash) => Some(secret::csrf(hash)),
                    _ => None,
                },
            };
            let mut parts: Vec<(i32, Markup)> = Vec::new();
            for part in &inner.app.home {
                parts.extend(part(tx, &context, actor)?);
            }
            parts.sort_by_key(|(order, _)| *order);
            Ok(Some(parts))
        })
        .await?;
    let Some(parts) = seen.it else { return Ok(Redirect::to("/sign-in").into_response()) };
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let title = lang.f("cli.home.greeting", &[("name", &seen.actor.name)]);
    let body = html! {
        @if parts.is_empty() {
            (Empty::new(lang.t("cli.home.nothing"), lang.t("cli.home.nothing_more")))
        }
        @for (_, part) in &parts { (part) }
    };
    Ok(Page::new(&chrome, title).body(body).into_response())
}
