//! A row of a list of people in words: who, and what becomes of them.

use maud::{Markup, html};
use thao_base::Lang;
use thao_web::components::below;

use super::deed::{Belonging, Deed, Set};
use super::draft::{Draft, Field};
use super::plan::{birth_shown, masked};
use crate::imports::row::Row;

/// Name, with birth and number below it.
pub(super) fn title(lang: Lang, row: &Row) -> Markup {
    let draft = draft(row);
    let (name, about) = person_line(lang, &draft);
    html! { (name) @if !about.is_empty() { (below(&about)) } }
}

/// Who a row is about: the name, and birth and number in one line.
pub fn person_line(lang: Lang, draft: &Draft) -> (String, String) {
    let name = match draft.name.as_str() {
        "" => lang.t("people.imports.no_name").to_owned(),
        name => name.to_owned(),
    };
    let birth = draft.birth.as_deref().map(birth_shown);
    let number = draft.citizen_id.as_deref().or(draft.old_id.as_deref()).map(masked);
    (name, [birth, number].into_iter().flatten().collect::<Vec<String>>().join(" · "))
}

/// What becomes of them, a line for each change.
pub(super) fn deed(lang: Lang, row: &Row) -> Markup {
    let lines = lines(lang, row);
    html! {
        @if !lines.is_empty() {
            ul.plain-list {
                @for line in lines {
                    li {
                        (line.name) ": "
                        @if let Some(old) = line.old { del { (old) } " → " }
                        ins { (line.new) }
                    }
                }
            }
        }
    }
}

pub(super) fn line(lang: Lang, row: &Row) -> (String, String) {
    let (name, about) = person_line(lang, &draft(row));
    let who = if about.is_empty() { name } else { format!("{name} ({about})") };
    let what: Vec<String> = lines(lang, row)
        .into_iter()
        .map(|line| match line.old {
            Some(old) => format!("{}: {old} → {}", line.name, line.new),
            None => format!("{}: {}", line.name, line.new),
        })
        .collect();
    (who, what.join("; "))
}

struct Line {
    name: &'static str,
    old: Option<String>,
    new: String,
}

fn lines(lang: Lang, row: &Row) -> Vec<Line> {
    if !row.outcome.acts() {
        return Vec::new();
    }
    let deed: Deed = serde_json::from_value(row.deed.clone()).unwrap_or_default();
    let mut out: Vec<Line> = deed.sets.iter().map(|set| of_set(lang, set)).collect();
    let unit = lang.t(Field::Unit.key());
    match &deed.belonging {
        Belonging::Stay => {}
        Belonging::Edit { sets, .. } => out.extend(sets.iter().map(|set| of_set(lang, set))),
        Belonging::Start { name, .. } => {
            out.push(Line { name: unit, old: None, new: name.clone() });
            out.extend(office(lang, row));
        }
        Belonging::Move { from_name, name, .. } => {
            let old = match from_name.as_str() {
                "" => lang.t("people.imports.unit_no_more"),
                name => name,
            };
            out.push(Line { name: unit, old: Some(old.to_owned()), new: name.clone() });
            out.extend(office(lang, row));
        }
    }
    if deed.account {
        let new = lang.t("people.imports.account_made").to_owned();
        out.push(Line { name: lang.t(Field::Account.key()), old: None, new });
    }
    out
}

/// The position with which somebody starts in a unit.
fn office(lang: Lang, row: &Row) -> Vec<Line> {
    let draft = draft(row);
    let fields = [Field::Position, Field::Category];
    let said = fields.into_iter().filter_map(|field| Some((field, draft.get(field)?)));
    said.map(|(field, value)| Line {
        name: lang.t(field.key()),
        old: None,
        new: shown(lang, field, value),
    })
    .collect()
}

fn of_set(lang: Lang, set: &Set) -> Line {
    Line {
        name: lang.t(set.field.key()),
        old: set.old.as_deref().map(|old| shown(lang, set.field, old)),
        new: shown(lang, set.field, &set.new),
    }
}

/// A value as people read it.
fn shown(lang: Lang, field: Field, value: &str) -> String {
    let known =
        |key: String| if lang.has(&key) { lang.t(&key).to_owned() } else { value.to_owned() };
    match field {
        Field::Birth => birth_shown(value),
        Field::Sex => known(format!("people.sex.{value}")),
        Field::Category => known(format!("people.category.{value}")),
        _ => value.to_owned(),
    }
}

fn draft(row: &Row) -> Draft {
    serde_json::from_value(row.draft.clone()).unwrap_or_default()
}
