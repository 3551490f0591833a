//! What the main page shows of people: pairs that wait for somebody to decide.

use maud::{Markup, html};
use thao_base::{Result, Tx};
use thao_web::components::{Card, Icon, cards};
use thao_web::{Action, Actor, HomeContext};

use crate::duplicate;

/// After what is due today: it waits well, but not for ever.
const ORDER: i32 = 70;

pub(super) fn waiting(
    tx: &mut Tx<'_>,
    context: &HomeContext,
    actor: &Actor,
) -> Result<Option<(i32, Markup)>> {
    let scope = actor.scope(Action::DecideDuplicates, context.today);
    if scope.is_empty() {
        return Ok(None);
    }
    let pairs = duplicate::count_open(tx, &scope)?;
    if pairs == 0 {
        return Ok(None);
    }
    let lang = context.lang;
    let body = html! {
        section.flow {
            h2 { (lang.t("people.list.title")) }
            (cards(
                Card::new(lang.f("people.home.pairs", &[("n", &lang.number(pairs))]))
                    .href("/people/duplicates")
                    .icon(Icon::People)
                    .body(html! { p { (lang.t("people.home.pairs_words")) } })
            ))
        }
    };
    Ok(Some((ORDER, body)))
}
