//! `/report/forms`: the forms that concern the actor's units.

use axum::response::IntoResponse;
use maud::html;
use thao_web::components::{Badge, Card, Empty, Icon, LinkButton, cards, toolbar};
use thao_web::{Action, Ask, Page, Reply};

use crate::calendar;
use crate::form;
use crate::pages::forms::fields::calendar_name;

pub(crate) async fn show(ask: Ask) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| {
        let forms = form::list(tx, &actor.scope(Action::SeeBoards, today))?;
        let may_set = actor.may_somewhere(Action::SetTargets, today);
        Ok((forms, calendar::list(tx)?, may_set))
    });
    let seen = seen.await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let (forms, calendars, may_set) = &seen.it;
    let page = Page::new(&chrome, lang.t("report.forms.title"))
        .crumb("/report", lang.t("report.home.title"))
        .lead(lang.t("report.forms.lead"))
        .actions(toolbar(html! {
            @if *may_set {
                (LinkButton::primary("/report/forms/new", lang.t("report.forms.add"))
                    .icon(Icon::Plus))
            }
        }))
        .body(html! {
            @if forms.is_empty() {
                (Empty::new(lang.t("report.forms.none"), lang.t("report.forms.none_words")))
            }
            (cards(html! {
                @for form in forms {
                    @let over = form.valid_to.is_some_and(|to| to <= today);
                    @let card = Card::new(form.title(lang).to_owned())
                        .href(format!("/report/forms/{}", form.id))
                        .body(html! {
                            p { (calendar_name(lang, calendars, form)) }
                            @if let Some(legal) = &form.legal_basis { p.quiet { (legal) } }
                        });
                    @if over { (card.mark(Badge::plain(lang.t("report.forms.over")))) }
                    @else { (card) }
                }
            }))
        });
    Ok(page.into_response())
}
