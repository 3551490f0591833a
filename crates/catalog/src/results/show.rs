//! A row of results in words.

use maud::{Markup, html};
use thao_base::Lang;
use thao_people::imports::people::person_line;
use thao_people::imports::{Outcome, Row};
use thao_record::Verb;
use thao_web::components::below;

use super::deed::{Deed, Draft};

pub(super) fn title(lang: Lang, row: &Row) -> Markup {
    let (name, about) = person_line(lang, &draft(row).person);
    html! { (name) @if !about.is_empty() { (below(&about)) } }
}

pub(super) fn deed(lang: Lang, row: &Row) -> Markup {
    match said(lang, row) {
        Some((course, what)) => html! { p { (course) ": " ins { (what) } } },
        None => html! {},
    }
}

pub(super) fn line(lang: Lang, row: &Row) -> (String, String) {
    let (name, about) = person_line(lang, &draft(row).person);
    let who = if about.is_empty() { name } else { format!("{name} ({about})") };
    let what = said(lang, row).map(|(course, what)| format!("{course}: {what}"));
    (who, what.unwrap_or_default())
}

/// The course, and what is written: `Đạt, 15/06/2026`.
fn said(lang: Lang, row: &Row) -> Option<(String, String)> {
    if !row.outcome.acts() && row.outcome != Outcome::Same {
        return None;
    }
    let deed: Deed = serde_json::from_value(row.deed.clone()).ok()?;
    let key = match (deed.verb()?, deed.success) {
        (Verb::Passed, Some(false)) => "catalog.results.verb.failed",
        (Verb::Passed, _) => "catalog.results.verb.passed",
        (Verb::Completed, Some(false)) => "catalog.results.verb.not_completed",
        (Verb::Completed, _) => "catalog.results.verb.completed",
        _ => "catalog.results.verb.attended",
    };
    let course = match lang {
        Lang::Vi => deed.title_vi,
        Lang::En => deed.title_en,
    };
    Some((course, format!("{}, {}", lang.t(key), lang.date(deed.date))))
}

fn draft(row: &Row) -> Draft {
    serde_json::from_value(row.draft.clone()).unwrap_or_default()
}
