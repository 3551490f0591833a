//! One file: how it was understood, what its rows would do or did, and what to do next.

use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::locale::local_date;
use thao_base::{ImportId, Lang, Result, Tx};
use thao_web::components::{
    Button, Confirm, Facts, Form, Icon, LinkButton, Notice, Stat, below, details, stats, toolbar,
};
use thao_web::page::Chrome;
use thao_web::{Ask, Page, Reply};

use super::files::{reach_file, sender, state_badge};
use super::progress::{self, Going};
use super::rows::{self, PAGE, Shown};
use super::slips;
use crate::imports::{
    self, About, Came, Counts, Desk, File, Outcome, Paths, Row, Show, State, find_same,
};
use crate::pages::kit::Query;
use crate::unit;
use crate::viewing::{self, Look};

/// What the page shows.
struct Seen {
    file: File,
    unit: String,
    sender: Option<String>,
    counts: Counts,
    rows: Vec<Row>,
    more: bool,
    going: Going,
    same: Option<File>,
    chosen: Vec<(String, String)>,
    /// Accounts this file made that nobody uses yet.
    slips: usize,
}

impl Seen {
    /// Whether there is anything to do next, or to say about what was done.
    fn can_go_on(&self) -> bool {
        let over = matches!(self.file.state(), State::Applied | State::Undone);
        over || self.file.cleared_at.is_none()
    }
}

pub(super) async fn show(ask: Ask, id: ImportId, desk: &'static Desk) -> Reply {
    let today = ask.today();
    let query = Query::of(&ask);
    if query.text("part") == progress::PART {
        let seen = ask
            .read(move |tx, actor| {
                let file = reach_file(tx, actor, desk, id, today)?;
                Ok((progress::load(tx, &file)?, file))
            })
            .await?;
        let (going, file) = seen.it;
        return Ok(progress::part(ask.lang(&seen.actor), desk, &file, &going).into_response());
    }
    let show = rows::asked(query.text("show"));
    let after = query.parse("after").unwrap_or(0);
    let lang_of = ask.clone();
    let seen = viewing::read(&ask, move |tx, actor, looks| {
        let file = reach_file(tx, actor, desk, id, today)?;
        let seen = load(tx, lang_of.lang(actor), desk, file, (show, after))?;
        let people = seen.rows.len();
        looks.push(Look::page(desk.view, people).about(id).within(Some(seen.file.unit)));
        Ok(seen)
    })
    .await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let found = seen.it;
    let all = match show {
        Show::All => found.counts.all(),
        Show::Outcome(outcome) => found.counts.of(outcome),
        Show::Came(came) => found.counts.came(came),
    };
    let shown = Shown { rows: &found.rows, show, all, more: found.more };
    let form_id = || ask.form_id();
    let page = Page::new(&chrome, found.file.name.clone())
        .wide()
        .crumb(desk.paths.list, lang.t(desk.words.title))
        .body(html! {
            (notices(lang, &found))
            (head(lang, &found))
            @if found.can_go_on() { (next(&chrome, desk, &found, &form_id)) }
            @if found.counts.all() > 0 && found.file.cleared_at.is_none() {
                section.flow aria-labelledby="rows-heading" {
                    h2 id="rows-heading" { (lang.t("people.imports.rows")) }
                    (rows::tabs(lang, desk, &found.file, &found.counts, show))
                    (rows::table(&chrome, desk, &found.file, &shown, form_id()))
                }
            }
            (after_rows(&chrome, desk, &found, ask.app.site.import_days, &form_id))
        });
    Ok(page.into_response())
}

fn load(
    tx: &mut Tx<'_>,
    lang: Lang,
    desk: &Desk,
    file: File,
    (show, after): (Show, i32),
) -> Result<Seen> {
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut rows = imports::rows::list(tx, file.id, show, after, limit)?;
    let more = PAGE < rows.len();
    rows.truncate(PAGE);
    let same = match file.state() {
        State::Ready => find_same(tx, &file)?,
        _ => None,
    };
    let slips = match (desk.slips, file.state()) {
        (Some(_), State::Applied) => slips::count(tx, &file)?,
        _ => 0,
    };
    Ok(Seen {
        unit: unit::place(tx, file.unit)?.path,
        sender: sender(tx, file.account)?,
        counts: imports::counts(tx, file.id)?,
        going: progress::load(tx, &file)?,
        rows,
        more,
        chosen: desk.kind.chosen(tx, lang, &file)?,
        same,
        slips,
        file,
    })
}

fn notices(lang: Lang, found: &Seen) -> Markup {
    let about = found.file.about();
    let cleared = found.file.cleared_at.map(|at| lang.date(local_date(at)));
    html! {
        @if let Some(day) = cleared {
            (Notice::info(lang.f("people.imports.cleared", &[("day", &day)])))
        }
        @if let Some(same) = &found.same {
            (Notice::info(lang.f("people.imports.same_file", &[("at", &lang.instant(same.read_at))])))
        }
        @if !about.others.is_empty() && found.file.state() == State::Ready {
            (Notice::warn(lang.f("people.imports.more_sheets", &[("names", &about.others.join(", "))])))
        }
    }
}

/// Where it stands, whose it is, how it was understood.
fn head(lang: Lang, found: &Seen) -> Markup {
    let file = &found.file;
    let sender = found.sender.as_deref().unwrap_or(lang.t("people.imports.by_program"));
    let mut facts = Facts::new()
        .fact(lang.t("people.imports.state_of"), state_badge(lang, file.state()))
        .fact(lang.t("people.imports.for_unit"), &found.unit)
        .fact(
            lang.t("people.imports.sent_at"),
            html! { (lang.instant(file.read_at)) ", " (sender) },
        );
    for (name, value) in &found.chosen {
        facts = facts.fact(name.as_str(), value);
    }
    html! {
        (facts)
        (details(lang.t("people.imports.about"), understood(lang, &file.about())))
    }
}

fn understood(lang: Lang, about: &About) -> Markup {
    let mut facts = Facts::new()
        .fact(lang.t("people.imports.sheet"), &about.sheet)
        .fact(
            lang.t("people.imports.header"),
            lang.f("people.imports.header_row", &[("row", &about.header)]),
        )
        .fact(lang.t("people.imports.read_columns"), about.headings.join("; "));
    if !about.unknown.is_empty() {
        facts = facts.fact(lang.t("people.imports.unknown_columns"), about.unknown.join("; "));
    }
    if !about.left_out.is_empty() {
        facts = facts.fact(
            lang.t("people.imports.left_out"),
            html! {
                ul {
                    @for (row, why, text) in &about.left_out {
                        li {
                            (lang.f("people.imports.left_out_one", &[
                                ("row", row),
                                ("why", &lang.t(why)),
                                ("text", text),
                            ]))
                        }
                    }
                }
            },
        );
    }
    if !about.others.is_empty() {
        facts = facts.fact(lang.t("people.imports.other_sheets"), about.others.join("; "));
    }
    html! { (facts) }
}

/// The one thing to do next.
fn next(chrome: &Chrome, desk: &Desk, found: &Seen, form_id: &dyn Fn() -> String) -> Markup {
    let lang = chrome.lang;
    match found.file.state() {
        State::Planning | State::Applying | State::Undoing => {
            progress::show(chrome, desk, &found.file, &found.going, form_id())
        }
        State::Ready if found.counts.acting() == 0 => html! {
            (Notice::info(lang.t("people.imports.nothing_to_do")))
        },
        State::Ready => {
            let action = Paths::of(desk.paths.confirmation, found.file.id);
            let words = lang
                .f("people.imports.confirm", &[("what", &announced(lang, desk, &found.counts))]);
            let waits = found.counts.of(Outcome::Refuse) + found.counts.of(Outcome::Ask) > 0;
            html! {
                div.flow {
                    (Form::post(chrome, action).once(form_id()).inline().body(
                        Button::primary(words).icon(Icon::Check)
                    ))
                    @if waits { p.quiet { (lang.t("people.imports.confirm_hint")) } }
                }
            }
        }
        State::Applied => html! {
            (stats(html! {
                (stat(lang, "people.imports.done_stat", found, Came::Done))
                @if found.counts.came(Came::Left) > 0 {
                    (stat(lang, "people.imports.left_stat", found, Came::Left))
                }
            }))
            @if let Some(path) = desk.slips.filter(|_| found.slips > 0) {
                (slips_form(chrome, &Paths::of(path, found.file.id), found.slips))
            }
        },
        State::Undone => stats(html! {
            (stat(lang, "people.imports.undone_stat", found, Came::Undone))
            @if found.counts.came(Came::Kept) > 0 {
                (stat(lang, "people.imports.kept_stat", found, Came::Kept))
            }
        }),
    }
}

fn stat<'a>(lang: Lang, key: &str, found: &Seen, came: Came) -> Stat<'a> {
    Stat::part(lang, lang.t(key), found.counts.came(came), found.counts.acting())
}

fn slips_form(chrome: &Chrome, path: &str, n: usize) -> Markup {
    let lang = chrome.lang;
    html! {
        div.flow {
            (Form::post(chrome, path).inline().body(
                Button::primary(lang.t("people.imports.slips")).icon(Icon::Print)
            ))
            p.quiet { (lang.f("people.imports.slips_hint", &[("n", &n)])) }
        }
    }
}

/// "thêm mới 35 người và sửa 3 người".
fn announced(lang: Lang, desk: &Desk, counts: &Counts) -> String {
    let number = |n: i64| lang.number(n);
    let (create, change) = (counts.of(Outcome::Create), counts.of(Outcome::Change));
    let mut parts = Vec::new();
    if create > 0 {
        parts.push(lang.f(desk.words.creates, &[("n", &number(create))]));
    }
    if change > 0 {
        parts.push(lang.f(desk.words.changes, &[("n", &number(change))]));
    }
    parts.join(lang.t("people.imports.confirm_and"))
}

/// What else can be done: mend rows, discard, undo.
fn after_rows(
    chrome: &Chrome,
    desk: &Desk,
    found: &Seen,
    days: u32,
    form_id: &dyn Fn() -> String,
) -> Markup {
    let lang = chrome.lang;
    let id = found.file.id;
    let kept = found.file.cleared_at.is_none();
    let until = found.file.applied_at.and_then(|at| imports::until(at, days).ok());
    let counts = &found.counts;
    let to_mend =
        counts.of(Outcome::Refuse) + counts.of(Outcome::Ask) + counts.came(Came::Left) > 0;
    let state = found.file.state();
    let going = state.step().is_some();
    html! {
        @if to_mend && !going && kept {
            div.flow {
                (toolbar(html! {
                    (LinkButton::download(Paths::of(desk.paths.refused, id), lang.t("people.imports.mend")))
                }))
                (below(lang.t("people.imports.mend_hint")))
            }
        }
        @if state == State::Ready || state == State::Planning {
            (Confirm::new(
                lang.t("people.imports.discard"),
                lang.t("people.imports.discard_question"),
                Form::post(chrome, Paths::of(desk.paths.removal, id)).once(form_id()).inline().body(
                    Button::danger(lang.t("people.imports.discard_now")).icon(Icon::Trash)
                ),
            ))
        }
        @if state == State::Applied && counts.came(Came::Done) > 0 && kept {
            (Confirm::new(
                lang.t("people.imports.undo"),
                lang.t(desk.words.undo_question),
                Form::post(chrome, Paths::of(desk.paths.undoing, id)).once(form_id()).inline().body(
                    Button::danger(lang.t("people.imports.undo_now"))
                ),
            ))
            @if let Some(until) = until {
                (below(&lang.f(
                    "people.imports.undo_until", &[("day", &lang.date(local_date(until)))],
                )))
            }
        }
    }
}
