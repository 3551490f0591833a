//! `/classes/{id}/invitation`: the text for the village's chat group, and a slip to hang up.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::{ClassId, Result};
use thao_web::components::{Empty, Slip, copy_text, print_button, slips};
use thao_web::{Action, Ask, Chrome, Page, Reply};

use crate::access::visit;
use crate::class::Class;
use crate::meeting::{self, Meeting};
use crate::schedule::Evening;
use crate::{invitation, words};

pub(super) async fn show(ask: Ask, Path(id): Path<ClassId>, headers: HeaderMap) -> Reply {
    let today = ask.today();
    let seen = ask
        .read(move |tx, actor| {
            let class = visit(tx, actor, id, Action::SeeClasses, today)?;
            Ok((class, meeting::list_of_class(tx, id)?))
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let (class, meetings) = &seen.it;
    let now = ask.app.clock.now();
    let coming: Vec<Evening> =
        meetings.iter().map(Meeting::evening).filter(|evening| now <= evening.ends_at).collect();
    let link = invitation::link(&ask.app.site, &headers, &class.code);
    Ok(page(&chrome, class, &coming, &link)?.into_response())
}

fn page(chrome: &Chrome, class: &Class, coming: &[Evening], link: &str) -> Result<Markup> {
    let lang = chrome.lang;
    let page = Page::new(chrome, lang.t("classes.invitation.title"))
        .crumb("/classes", lang.t("classes.nav"))
        .crumb(format!("/classes/{}", class.id), class.title.as_str())
        .lead(lang.t("classes.invitation.lead"));
    if coming.is_empty() || class.cancelled_at.is_some() {
        let empty =
            Empty::new(lang.t("classes.invitation.over"), lang.t("classes.invitation.over_more"));
        return Ok(page.body(html! { (empty) }));
    }
    let text = invitation::text(lang, class, coming, link);
    let slip = Slip::new(
        class.title.as_str(),
        html! {
            @for evening in coming { p { (words::when(lang, *evening)) } }
            p { (class.venue) ", " (class.place_words()) }
            @if let Some(bring) = &class.bring {
                p { (lang.f("classes.invitation.text.bring", &[("bring", bring)])) }
            }
            p.quiet { (lang.t("classes.invitation.scan")) }
        },
    )
    .picture(invitation::picture(lang, link)?);
    Ok(page.body(html! {
        div.flow.no-print {
            (copy_text(lang, lang.t("classes.invitation.label"), &text))
            (copy_text(lang, lang.t("classes.invitation.link"), link))
        }
        section.flow {
            h2 { (lang.t("classes.invitation.slip")) }
            (slips([slip]))
            (print_button(lang))
        }
    }))
}
