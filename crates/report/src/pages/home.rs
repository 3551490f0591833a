//! The main page's part for those who file: the reports that are due, the most urgent first.

use maud::{Markup, html};
use thao_base::{Result, Tx};
use thao_web::components::{Card, cards};
use thao_web::{Action, Actor, HomeContext};

use super::{overview, words};
use crate::form;

/// Reports the main page shows.
const MOST: usize = 2;
/// Before the targets: it has a date.
const ORDER: i32 = 25;

pub(super) fn part(
    tx: &mut Tx<'_>,
    context: &HomeContext,
    actor: &Actor,
) -> Result<Option<(i32, Markup)>> {
    let (lang, today) = (context.lang, context.today);
    if !actor.may_somewhere(Action::ImportFigures, today) {
        return Ok(None);
    }
    let forms = form::list(tx, &actor.scope(Action::SeeBoards, today))?;
    let due = overview::due_of(tx, actor, &forms, today)?;
    if due.is_empty() {
        return Ok(None);
    }
    let body = html! {
        section.flow {
            h2 { (lang.t("report.home.due")) }
            (cards(html! {
                @for due in due.iter().take(MOST) {
                    (Card::new(due.period.name.words(lang))
                        .href("/report")
                        .above(due.form.title(lang).to_owned())
                        .mark(words::badge(lang, due.state(), due.is_late(today)))
                        .body(html! {
                            p {
                                (lang.f("report.home.due_on", &[
                                    ("ends", &lang.date(due.period.ends)),
                                    ("due", &lang.date(due.due)),
                                ]))
                            }
                        }))
                }
            }))
            p { a href="/report" { (lang.t("report.home.all")) } }
        }
    };
    Ok(Some((ORDER, body)))
}
