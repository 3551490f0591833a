//! `/people/audit`: who changed what, who looked at whom. Personal values are not shown, only
//! which fields changed.

use axum::response::IntoResponse;
use maud::{Markup, html};
use serde_json::Value;
use thao_base::{AccountId, EntryId, Error, Lang, Result, RowId, Tx, text};
use thao_web::components::{
    Choice, Column, Empty, Field, FieldErrors, Filters, Pages, Table, Tabs, below, date_typed,
};
use thao_web::{Action, Ask, Page, Reply, Resource, may};

use super::kit::Query;
use super::words;
use crate::account;
use crate::audit::{self, Edit, Look, Wanted};

/// Entries of a page.
const PAGE: usize = 50;
/// Contexts whose tables the journal may speak of.
const CONTEXTS: [&str; 7] = ["people", "catalog", "assess", "classes", "plan", "report", "record"];

enum Found {
    Edits(Vec<Edit>),
    Looks(Vec<Look>),
}

/// What the address asks for, as it was typed.
struct Asked {
    looks: bool,
    login: String,
    act: String,
    noun: String,
    day: String,
    before: String,
}

impl Asked {
    fn of(query: &Query) -> Asked {
        let text = |name| query.text(name).to_owned();
        Asked {
            looks: query.text("log") == "looks",
            login: text("login"),
            act: text("act"),
            noun: text("noun"),
            day: text("day"),
            before: text("before"),
        }
    }

    fn is_narrowed(&self) -> bool {
        [&self.login, &self.act, &self.noun, &self.day].iter().any(|text| !text.is_empty())
    }
}

pub(crate) async fn show(ask: Ask) -> Reply {
    let today = ask.today();
    let query = Query::of(&ask);
    let asked = Asked::of(&query);
    let seen = ask
        .read(move |tx, actor| {
            // The journal is the whole installation's, not a unit's.
            if !may(actor, Action::SeeAudit, Resource::Everything, today) {
                return Err(Error::forbidden());
            }
            load(tx, &asked)
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let asked = Asked::of(&query);
    let mut errors = FieldErrors::new();
    if seen.it.is_none() {
        errors.add("login", lang.f("people.audit.no_login", &[("login", &asked.login)]));
    }
    if !asked.day.is_empty() && date_typed(&asked.day).is_none() {
        errors.add("day", lang.t("people.error.date"));
    }
    let table = match seen.it.unwrap_or(Found::Edits(Vec::new())) {
        Found::Edits(edits) => edit_table(lang, &query, edits),
        Found::Looks(looks) => look_table(lang, &query, looks),
    };
    let path = if asked.looks { "/people/audit?log=looks" } else { "/people/audit" };
    let page = Page::new(&chrome, lang.t("people.audit.title"))
        .lead(lang.t("people.audit.lead"))
        .wide()
        .errors(&errors)
        .body(html! {
            (Tabs::new(lang.t("people.audit.title"))
                .tab("/people/audit", lang.t("people.audit.edits"))
                .tab("/people/audit?log=looks", lang.t("people.audit.looks"))
                .current(path))
            (filters(lang, &asked, path, &errors))
            (table)
        });
    Ok(page.into_response())
}

/// `None` when the login that is asked for is nobody's.
fn load(tx: &mut Tx<'_>, asked: &Asked) -> Result<Option<Found>> {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let account: Option<AccountId> = match some(&asked.login) {
        None => None,
        Some(login) => match account::find_by_login(tx, &login)? {
            Some(account) => Some(account.id),
            None => return Ok(None),
        },
    };
    let wanted = Wanted {
        account,
        act: some(&asked.act),
        noun: some(&asked.noun),
        day: date_typed(&asked.day),
    };
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    Ok(Some(if asked.looks {
        let before: Option<RowId> = asked.before.parse().ok();
        Found::Looks(audit::list_looks(tx, &wanted, before, limit)?)
    } else {
        let before: Option<EntryId> = asked.before.parse().ok();
        Found::Edits(audit::list_edits(tx, &wanted, before, limit)?)
    }))
}

fn filters<'a>(lang: Lang, asked: &'a Asked, path: &'a str, errors: &FieldErrors) -> Filters<'a> {
    let table = if asked.looks { ".view." } else { ".act." };
    let mut acts: Vec<(&str, &str)> =
        lang.keys().filter(|key| key.contains(table)).map(|key| (key, lang.t(key))).collect();
    acts.sort_by_key(|(_, words)| text::sort_key(words));
    let mut filters = Filters::new(lang, "/people/audit")
        .field(
            Field::text("login", lang.t("people.field.login")).value(&asked.login).errors(errors),
        )
        .field(
            Field::text("day", lang.t("people.audit.day"))
                .placeholder("31/12/2026")
                .short()
                .value(&asked.day)
                .errors(errors),
        )
        .field(
            Choice::select("act", lang.t("people.audit.act"))
                .option("", lang.t("people.audit.all_acts"))
                .options(acts)
                .chosen(&asked.act),
        );
    if asked.looks {
        filters = filters.keep("log", "looks");
    } else {
        let mut nouns = noun_words(lang);
        nouns.sort_by_key(|(_, words)| text::sort_key(words));
        filters = filters.field(
            Choice::select("noun", lang.t("people.audit.noun"))
                .option("", lang.t("people.audit.all_nouns"))
                .options(nouns)
                .chosen(&asked.noun),
        );
    }
    if asked.is_narrowed() { filters.clear(path) } else { filters }
}

/// Every table that has words: `(table, words)`.
fn noun_words(lang: Lang) -> Vec<(&'static str, &'static str)> {
    lang.keys()
        .filter_map(|key| {
            let (context, table) = key.split_once(".noun.")?;
            CONTEXTS.contains(&context).then(|| (table, lang.t(key)))
        })
        .collect()
}

/// The words of a table, whichever context it belongs to.
fn noun(lang: Lang, table: &str) -> String {
    let keys = CONTEXTS.iter().map(|context| format!("{context}.noun.{table}"));
    let found = keys.into_iter().find(|key| lang.has(key)).map(|key| lang.t(&key));
    found.unwrap_or(table).to_owned()
}

/// The words of an act or a page, which are kept as their key.
fn act(lang: Lang, key: &str) -> &str {
    if lang.has(key) { lang.t(key) } else { key }
}

fn edit_table<'a>(lang: Lang, query: &Query, mut edits: Vec<Edit>) -> Table<'a> {
    let more = PAGE < edits.len();
    edits.truncate(PAGE);
    let last = edits.last().filter(|_| more).map(|edit| edit.id.to_string());
    let rows: Vec<Vec<Markup>> = edits
        .iter()
        .map(|edit| {
            vec![
                html! { (lang.instant(edit.at)) },
                who(lang, edit.name.as_deref(), edit.login.as_deref()),
                html! { (act(lang, &edit.act)) },
                html! {
                    div {
                        (noun(lang, &edit.noun))
                        @if let Some(person) = edit.person {
                            " " a href={ "/people/" (person) } { (lang.t("people.audit.person")) }
                        }
                    }
                },
                html! { (columns(lang, &edit.changes)) },
            ]
        })
        .collect();
    table(lang, query, rows, last)
        .column(Column::text(lang.t("people.audit.when")))
        .column(Column::text(lang.t("people.audit.who")))
        .column(Column::text(lang.t("people.audit.act")))
        .column(Column::text(lang.t("people.audit.noun")))
        .column(Column::text(lang.t("people.audit.changed")))
}

fn look_table<'a>(lang: Lang, query: &Query, mut looks: Vec<Look>) -> Table<'a> {
    let more = PAGE < looks.len();
    looks.truncate(PAGE);
    let last = looks.last().filter(|_| more).map(|look| look.id.to_string());
    let rows: Vec<Vec<Markup>> = looks
        .iter()
        .map(|look| {
            vec![
                html! { (lang.instant(look.at)) },
                who(lang, look.name.as_deref(), look.login.as_deref()),
                html! { (act(lang, &look.page)) },
                html! { (look.unit_path.as_deref().unwrap_or_default()) },
                html! { @if 0 < look.people { (lang.number(look.people)) } },
            ]
        })
        .collect();
    table(lang, query, rows, last)
        .column(Column::text(lang.t("people.audit.when")))
        .column(Column::text(lang.t("people.audit.who")))
        .column(Column::text(lang.t("people.audit.page")))
        .column(Column::text(lang.t("people.field.unit")))
        .column(Column::number(lang.t("people.audit.people")))
}

fn table<'a>(lang: Lang, query: &Query, rows: Vec<Vec<Markup>>, last: Option<String>) -> Table<'a> {
    let shown = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let mut pages = Pages::new(lang).shown(shown, None);
    if let Some(last) = last {
        pages = pages.next(query.with("/people/audit", "before", &last));
    }
    Table::new(lang, lang.t("people.audit.title"))
        .caption_only_heard()
        .dense()
        .rows(rows)
        .empty(Empty::new(lang.t("people.audit.none"), lang.t("people.audit.none_words")))
        .pages(pages)
}

fn who(lang: Lang, name: Option<&str>, login: Option<&str>) -> Markup {
    html! {
        @match (name, login) {
            (Some(name), Some(login)) => div { (name) (below(login)) },
            _ => (lang.t("people.audit.program")),
        }
    }
}

/// Which fields changed, never what they held.
fn columns(lang: Lang, changes: &Value) -> String {
    // Keys made of others: a name is searched and sorted by keys of its own.
    const MADE: [&str; 2] = ["name_fold", "name_sort"];
    let Some(changes) = changes.as_object() else { return String::new() };
    let names = changes.keys().filter(|name| !MADE.contains(&name.as_str()));
    let mut words: Vec<String> =
        names.map(|name| words::of(lang, "people.column", name).into_owned()).collect();
    // The databases keep the fields in orders of their own.
    words.sort_by_key(|words| text::sort_key(words));
    words.join(", ")
}
