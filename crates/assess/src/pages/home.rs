//! The learner's part of the main page: the one next thing.

use maud::{Markup, html};
use thao_base::{Result, Tx};
use thao_web::components::{Icon, LinkButton, cards};
use thao_web::{Actor, HomeContext};

use super::learn::{is_open, load, open_card};
use crate::progress::{Entry, Urgency, urgency};

/// Courses shown; the first is the one to go on with.
const SHOWN: usize = 3;

/// What to learn next; for somebody who is to learn nothing and began nothing, nothing.
pub(super) fn next(
    tx: &mut Tx<'_>,
    context: &HomeContext,
    actor: &Actor,
) -> Result<Option<(i32, Markup)>> {
    if actor.person.is_none() {
        return Ok(None);
    }
    let lang = context.lang;
    let entries = load(tx, actor, context.today)?;
    let open: Vec<&Entry> = entries.iter().filter(|entry| is_open(entry)).collect();
    let Some(first) = open.first() else {
        if !entries.iter().any(|entry| entry.duty.is_some()) {
            return Ok(None);
        }
        let done = html! {
            section.flow {
                h2 { (lang.t("assess.home.title")) }
                p.all-done { (Icon::Check) span { (lang.t("assess.home.all_done")) } }
                (LinkButton::quiet("/learn", lang.t("assess.home.all")))
            }
        };
        return Ok(Some((80, done)));
    };
    let due = first.duty.and_then(|duty| duty.due);
    let rank = match due.map(|due| urgency(due, context.today)) {
        Some(Urgency::Overdue | Urgency::Today) => 10,
        Some(Urgency::Soon(_)) => 20,
        _ => 40,
    };
    let more = open.len().saturating_sub(SHOWN);
    let shown = open.iter().take(SHOWN).enumerate();
    let part = html! {
        section.flow {
            h2 { (lang.t("assess.home.title")) }
            (cards(html! {
                @for (i, entry) in shown { (open_card(lang, entry, context.today, i == 0)) }
            }))
            @if 0 < more {
                p { a href="/learn" { (lang.f("assess.home.more", &[("n", &more)])) } }
            }
        }
    };
    Ok(Some((rank, part)))
}
