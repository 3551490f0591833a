//! The rows of a file: who, what would happen, and why.

use maud::{Markup, html};
use thao_base::Lang;
use thao_web::components::{Badge, Button, Column, Empty, Form, Icon, Pages, Table, Tabs, below};
use thao_web::page::Chrome;

use crate::imports::{Came, Counts, Decision, Desk, File, Outcome, Paths, Row, Show, State};

/// Rows of a page.
pub(super) const PAGE: usize = 50;

/// The parts of a file one may look at, by the word in the address.
const PARTS: [(&str, Show); 8] = [
    ("all", Show::All),
    ("ask", Show::Outcome(Outcome::Ask)),
    ("create", Show::Outcome(Outcome::Create)),
    ("change", Show::Outcome(Outcome::Change)),
    ("same", Show::Outcome(Outcome::Same)),
    ("refuse", Show::Outcome(Outcome::Refuse)),
    ("left", Show::Came(Came::Left)),
    ("kept", Show::Came(Came::Kept)),
];

/// The part the address asks for; all when it asks for none.
pub(super) fn asked(word: &str) -> Show {
    PARTS.iter().find(|(code, _)| *code == word).map_or(Show::All, |(_, show)| *show)
}

/// The numbers of a file, each leading to its rows.
pub(super) fn tabs(lang: Lang, desk: &Desk, file: &File, counts: &Counts, show: Show) -> Markup {
    let base = Paths::of(desk.paths.one, file.id);
    let mut tabs = Tabs::new(lang.t("people.imports.tabs"));
    for (code, part) in PARTS {
        let n = match part {
            Show::All => counts.all(),
            Show::Outcome(outcome) => counts.of(outcome),
            Show::Came(came) => counts.came(came),
        };
        let href = format!("{base}?show={code}");
        if n > 0 || part == show {
            tabs = tabs.counted(href.clone(), part_words(lang, part), lang.number(n));
        }
        if part == show {
            tabs = tabs.current(href);
        }
    }
    html! { (tabs) }
}

fn part_words(lang: Lang, part: Show) -> &'static str {
    match part {
        Show::All => lang.t("people.imports.all"),
        Show::Outcome(outcome) => outcome_words(lang, outcome),
        Show::Came(came) => came_words(lang, came),
    }
}

pub(super) fn outcome_words(lang: Lang, outcome: Outcome) -> &'static str {
    lang.t(match outcome {
        Outcome::Create => "people.imports.outcome.create",
        Outcome::Change => "people.imports.outcome.change",
        Outcome::Same => "people.imports.outcome.same",
        Outcome::Refuse => "people.imports.outcome.refuse",
        Outcome::Ask => "people.imports.outcome.ask",
    })
}

fn came_words(lang: Lang, came: Came) -> &'static str {
    lang.t(match came {
        Came::Done => "people.imports.came.done",
        Came::Left => "people.imports.came.left",
        Came::Undone => "people.imports.came.undone",
        Came::Kept => "people.imports.came.kept",
    })
}

/// A page of rows.
pub(super) struct Shown<'a> {
    pub rows: &'a [Row],
    pub show: Show,
    /// How many rows this part has.
    pub all: i64,
    pub more: bool,
}

pub(super) fn table(
    chrome: &Chrome,
    desk: &Desk,
    file: &File,
    shown: &Shown<'_>,
    form_id: String,
) -> Markup {
    let lang = chrome.lang;
    let open = |row: &Row| row.outcome == Outcome::Ask || row.decision.is_some();
    let deciding = file.state() == State::Ready && shown.rows.iter().any(open);
    let mut table = Table::new(lang, lang.t("people.imports.rows"))
        .caption_only_heard()
        .column(Column::text(lang.t("people.imports.who")))
        .column(Column::text(lang.t("people.imports.outcome_of")))
        .column(Column::text(lang.t("people.imports.what")))
        .empty(Empty::new(lang.t("people.imports.none_here"), ""))
        .pages(pages(lang, desk, file, shown));
    if deciding {
        table = table.column(Column::text(lang.t("people.imports.decide")));
    }
    for row in shown.rows {
        let mut cells = vec![
            html! {
                span.import-no { (lang.f("people.imports.header_row", &[("row", &row.no)])) }
                (desk.kind.title(lang, row))
            },
            html! { (badge(lang, row)) },
            html! { div.row-text { (desk.kind.deed(lang, row)) (notes(lang, row)) } },
        ];
        if deciding {
            cells.push(html! { @if open(row) { (decision(lang, desk, row)) } });
        }
        table = table.row(cells);
    }
    if !deciding {
        return html! { (table) };
    }
    let action = Paths::of(desk.paths.decisions, file.id);
    html! {
        (Form::post(chrome, action).once(form_id).body(html! {
            (table)
            (Button::quiet(lang.t("people.imports.decide_save")).icon(Icon::Check))
        }))
    }
}

fn pages<'a>(lang: Lang, desk: &Desk, file: &File, shown: &Shown<'_>) -> Pages<'a> {
    let base = Paths::of(desk.paths.one, file.id);
    let code = PARTS.iter().find(|(_, part)| *part == shown.show).map_or("all", |(code, _)| code);
    let rows = i64::try_from(shown.rows.len()).unwrap_or(i64::MAX);
    let mut pages = Pages::new(lang).shown(rows, Some(shown.all));
    if let Some(last) = shown.rows.last().filter(|_| shown.more) {
        pages = pages.next(format!("{base}?show={code}&after={}", last.no));
    }
    pages
}

/// What would happen, or what came of it.
fn badge(lang: Lang, row: &Row) -> Badge<'static> {
    let words = outcome_words(lang, row.outcome);
    match (row.came, row.outcome) {
        (Some(Came::Done), _) => Badge::good(words),
        (Some(came @ (Came::Left | Came::Kept)), _) => Badge::warn(came_words(lang, came)),
        (Some(Came::Undone), _) => Badge::plain(came_words(lang, Came::Undone)),
        (None, Outcome::Create) => Badge::good(words).icon(Icon::Plus),
        (None, Outcome::Change) => Badge::info(words).icon(Icon::Edit),
        (None, Outcome::Same) => Badge::plain(words),
        (None, Outcome::Refuse) => Badge::bad(words),
        (None, Outcome::Ask) => Badge::warn(words).icon(Icon::Question),
    }
}

fn notes(lang: Lang, row: &Row) -> Markup {
    let decided = match (row.outcome, row.decision) {
        (Outcome::Ask, _) | (_, None) => None,
        (_, Some(Decision::Same)) => Some(lang.t("people.imports.decided_same")),
        (_, Some(Decision::New)) => Some(lang.t("people.imports.decided_new")),
    };
    html! {
        @for note in &row.notes { p { (note.words(lang)) } }
        @if let Some(words) = decided { (below(words)) }
    }
}

/// The choice about a row; the person who was found is only offered to those in charge of them.
fn decision(lang: Lang, desk: &Desk, row: &Row) -> Markup {
    let found = row.deed.get("ours").is_some_and(|ours| ours == true)
        || row.decision == Some(Decision::Same);
    let mut options = Vec::with_capacity(3);
    if found {
        options.push((Decision::Same.code(), lang.t("people.imports.decide_same")));
    }
    if desk.kind.may_be_new() {
        options.push((Decision::New.code(), lang.t("people.imports.decide_new")));
    }
    options.push(("", lang.t("people.imports.decide_later")));
    let name = format!("row_{}", row.no);
    let chosen = row.decision.map_or("", Decision::code);
    html! {
        fieldset.choices {
            legend.only-heard {
                (lang.t("people.imports.decide")) ", "
                (lang.f("people.imports.header_row", &[("row", &row.no)]))
            }
            @for (value, words) in options {
                label.choice {
                    input type="radio" name=(name) value=(value) checked[value == chosen];
                    span { (words) }
                }
            }
        }
    }
}
