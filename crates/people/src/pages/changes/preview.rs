//! A change before it happens: what begins, ends and moves, what it has to do with, which roles
//! end, and what other contexts foresee.

use maud::{Markup, html};
use thao_base::{Lang, Result, Tx, UnitId};
use thao_web::components::{
    Button, Choice, Column, Facts, Form, LinkButton, Notice, Table, hidden, toolbar,
};
use thao_web::{Ask, Chrome};

use super::typed::Typed;
use super::{HERE, framed};
use crate::pages::Outside;
use crate::pages::kit::{escape, section};
use crate::pages::words;
use crate::unit::change::{self, Deeds, Held, NewChange, Picture, Reach};

/// Lines of a kind shown at most; the rest is counted.
const SHOWN: usize = 60;

/// What another context has to say about a change.
#[derive(Debug, Clone)]
pub enum Foreseen {
    /// How many of something belong to units that end or move.
    Count(String, i64),
    /// A table: its heading, its columns, its rows.
    Table(String, Vec<String>, Vec<Vec<String>>),
}

/// What other contexts foresee: see [`Foreseen`].
pub type Foresee = fn(&mut Tx<'_>, &NewChange, &Deeds, Lang) -> Result<Vec<Foreseen>>;

pub(crate) struct Shown {
    new: NewChange,
    deeds: Deeds,
    picture: Picture,
    reach: Reach,
    held: Vec<Held>,
    foreseen: Vec<Foreseen>,
}

pub(crate) fn load(
    tx: &mut Tx<'_>,
    new: &NewChange,
    lang: Lang,
    outside: Outside,
) -> Result<Shown> {
    let picture = Picture::load(tx)?;
    let deeds = change::deeds(&picture, new)?;
    let held = change::list_held(tx, &deeds.ends, new.on)?;
    let reach = change::reach(tx, &deeds, new.on)?;
    let foreseen = (outside.foresee)(tx, new, &deeds, lang)?;
    Ok(Shown { new: new.clone(), deeds, picture, reach, held, foreseen })
}

impl Shown {
    fn name(&self, unit: UnitId) -> &str {
        let fresh = self.deeds.begins.iter().find(|fresh| fresh.id == unit);
        fresh.map_or_else(|| self.picture.name(unit, self.new.on), |fresh| &fresh.name)
    }
}

pub(crate) fn followed(lang: Lang, name: &str, heir: &str, share: i32, main: bool) -> String {
    match (share, main) {
        (1000, _) => lang.f("people.change.follows_all", &[("name", &name), ("heir", &heir)]),
        (share, main) => {
            let key = match main {
                true => "people.change.follows_main",
                false => "people.change.follows_part",
            };
            lang.f(key, &[("name", &name), ("heir", &heir), ("share", &share)])
        }
    }
}

pub(crate) fn page(chrome: &Chrome, ask: &Ask, typed: &Typed, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let again: Vec<String> =
        typed.kept().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    let back = format!("{HERE}/new?{}", again.join("&"));
    let day = lang.date(shown.new.on);
    framed(chrome, lang.t("people.change.preview_title"))
        .crumb(HERE, lang.t("people.change.title"))
        .lead(&shown.new.title)
        .body(html! {
            (what_changes(lang, shown))
            (what_is_touched(lang, shown))
            @for foreseen in &shown.foreseen {
                @if let Foreseen::Table(title, columns, rows) = foreseen {
                    (table(lang, title, columns, rows))
                }
            }
            (Form::post(chrome, HERE).once(ask.form_id()).body(html! {
                @for (name, value) in typed.kept() { (hidden(name, value)) }
                @if !shown.held.is_empty() { (appointments(lang, shown)) }
                (Notice::info(lang.f("people.change.do_ask", &[("day", &day)])))
                (Button::primary(lang.t("people.change.do")))
            }))
            (toolbar(LinkButton::quiet(back, lang.t("people.change.back"))))
        })
}

fn what_changes(lang: Lang, shown: &Shown) -> Markup {
    let deeds = &shown.deeds;
    let begins = deeds.begins.iter().map(|fresh| match &fresh.code {
        Some(code) => format!("{} ({code})", fresh.name),
        None => fresh.name.clone(),
    });
    let ends = deeds.ends.iter().map(|unit| shown.name(*unit).to_owned());
    let moves = deeds.moves.iter().map(|(unit, above)| {
        let (name, above) = (shown.name(*unit), shown.name(*above));
        lang.f("people.change.moves_to", &[("name", &name), ("above", &above)])
    });
    let renames = deeds.names.iter().map(|(unit, new, _)| {
        lang.f("people.change.renames_to", &[("name", &shown.name(*unit)), ("new", new)])
    });
    let follows = deeds
        .follows
        .iter()
        .map(|f| followed(lang, shown.name(f.from), shown.name(f.to), f.share, f.main));
    let lists: [(&str, Vec<String>); 5] = [
        (lang.t("people.change.begins"), begins.collect()),
        (lang.t("people.change.ends"), ends.collect()),
        (lang.t("people.change.renames"), renames.collect()),
        (lang.t("people.change.moves"), moves.collect()),
        (lang.t("people.change.follows"), follows.collect()),
    ];
    let mut facts = Facts::new();
    for (name, lines) in lists {
        if !lines.is_empty() {
            facts = facts.fact(name, list(lang, &lines));
        }
    }
    html! {
        (facts)
        p { (lang.t("people.change.rule")) }
    }
}

fn list(lang: Lang, lines: &[String]) -> Markup {
    html! {
        @for line in lines.iter().take(SHOWN) { p { (line) } }
        @if SHOWN < lines.len() {
            p { (lang.f("people.change.more", &[("n", &(lines.len() - SHOWN))])) }
        }
    }
}

fn what_is_touched(lang: Lang, shown: &Shown) -> Markup {
    let Reach { people, accounts, same_names, .. } = shown.reach;
    let moved = i64::try_from(shown.deeds.moves.len()).unwrap_or(i64::MAX);
    let held = i64::try_from(shown.held.len()).unwrap_or(i64::MAX);
    let mut facts = Facts::new()
        .fact(lang.t("people.change.people"), lang.number(people))
        .fact(lang.t("people.change.accounts"), lang.number(accounts))
        .fact(lang.t("people.change.appointments"), lang.number(held))
        .fact(lang.t("people.change.units_moved"), lang.number(moved));
    for foreseen in &shown.foreseen {
        if let Foreseen::Count(name, n) = foreseen {
            facts = facts.fact(name.as_str(), lang.number(*n));
        }
    }
    section(
        "touched",
        lang.t("people.change.touched"),
        &html! {
            p { (lang.t("people.change.touched_lead")) }
            (facts)
            @if 0 < same_names {
                (Notice::warn(lang.f("people.change.same_names", &[("n", &same_names)])))
            }
        },
    )
}

fn table(lang: Lang, title: &str, columns: &[String], rows: &[Vec<String>]) -> Markup {
    let mut out = Table::new(lang, title);
    for (n, column) in columns.iter().enumerate() {
        let column = column.as_str();
        out = out.column(if n == 0 { Column::text(column) } else { Column::number(column) });
    }
    let cells = |row: &Vec<String>| row.iter().map(|cell| html! { (cell) }).collect::<Vec<_>>();
    html! { (out.rows(rows.iter().map(cells).collect::<Vec<_>>())) }
}

fn appointments(lang: Lang, shown: &Shown) -> Markup {
    let mut choice = Choice::many("go_on", lang.t("people.change.appointments_end"))
        .hint(lang.t("people.change.appointments_lead"));
    for held in &shown.held {
        let role = words::role(lang, &held.role_code);
        let unit = shown.name(held.unit);
        let words = lang.f(
            "people.change.go_on",
            &[("name", &held.full_name), ("role", &role), ("unit", &unit)],
        );
        choice = choice.option(held.id.to_string(), words);
    }
    html! { (choice) }
}
