//! `/report/templates`: the texts of each form the actor receives.

use axum::response::IntoResponse;
use maud::html;
use thao_web::components::{Empty, Icon, LinkButton, toolbar};
use thao_web::{Action, Ask, Page, Reply, Resource, may};

use crate::{due, form, template};

pub(crate) async fn show(ask: Ask) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| {
        let mut out = Vec::new();
        for form in form::list(tx, &actor.scope(Action::SeeBoards, today))? {
            if !may(actor, Action::SetTargets, Resource::At(form.pos), today) {
                continue;
            }
            let latest = due::ended(tx, &form, today, 1)?.pop();
            out.push((template::list(tx, form.id)?, latest, form));
        }
        Ok(out)
    });
    let seen = seen.await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let page = Page::new(&chrome, lang.t("report.templates.title"))
        .crumb("/report", lang.t("report.home.title"))
        .lead(lang.t("report.templates.lead"))
        .body(html! {
            @if seen.it.is_empty() {
                (Empty::new(lang.t("report.forms.none"), lang.t("report.forms.none_words")))
            }
            @for (templates, latest, form) in &seen.it {
                section.flow {
                    h2 { (form.title(lang)) }
                    @if templates.is_empty() { p { (lang.t("report.templates.none")) } }
                    ul {
                        @for template in templates {
                            li {
                                a href={ "/report/templates/" (template.id) } { (template.title) }
                                @if let Some(period) = latest {
                                    " – "
                                    a href={
                                        "/report/periods/" (form.id) "/" (period.name.key())
                                        "/text?template=" (template.id)
                                    } {
                                        (lang.f("report.templates.preview", &[
                                            ("period", &period.name.words(lang)),
                                        ]))
                                        span.only-heard { " " (template.title) }
                                    }
                                }
                            }
                        }
                    }
                    (toolbar(LinkButton::quiet(
                        format!("/report/templates/new?form={}", form.id),
                        lang.t("report.templates.add"),
                    ).icon(Icon::Plus).context(form.title(lang).to_owned())))
                }
            }
        });
    Ok(page.into_response())
}
