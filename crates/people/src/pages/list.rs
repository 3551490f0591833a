//! `/people`: the people of one's units, found by name, unit, kind and category; and the same as
//! a spreadsheet.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use thao_base::{Error, Lang, PersonId, Result, Tx, UnitId};
use thao_sheet::{Kind, Table as Sheet, TableColumn, Value};
use thao_web::components::{Choice, Column, Empty, Filters, Icon, LinkButton, Pages, Table, below};
use thao_web::{Action, Actor, Ask, Page, Reply};

use super::affiliation_form::CATEGORIES;
use super::kit::Query;
use super::reach::Offer;
use super::words;
use crate::export::{Rows, question};
use crate::person::{After, Line, Wanted, list_before, list_wanted};
use crate::unit::{self, Place};
use crate::viewing::{self, Look};
use crate::{AffiliationKind, duplicate};

/// Lines of a page.
const PAGE: usize = 50;

/// What the address asks for.
struct Asked {
    search: String,
    unit: Option<UnitId>,
    kind: Option<AffiliationKind>,
    category: Option<String>,
    after: Option<PersonId>,
    before: Option<PersonId>,
}

impl Asked {
    fn of(query: &Query) -> Asked {
        let category = query.some("category").filter(|code| CATEGORIES.contains(code));
        Asked {
            search: query.text("q").to_owned(),
            unit: query.parse("unit"),
            kind: query.some("kind").and_then(AffiliationKind::from_code),
            category: category.map(str::to_owned),
            after: query.parse("after"),
            before: query.parse("before"),
        }
    }

    fn is_narrowed(&self) -> bool {
        !self.search.is_empty()
            || self.unit.is_some()
            || self.kind.is_some()
            || self.category.is_some()
    }
}

struct Found {
    lines: Vec<Line>,
    /// Whether there are people before these, and after.
    earlier: bool,
    later: bool,
    unit: Option<Place>,
    offer: Offer,
    waiting: i64,
}

pub(crate) async fn show(ask: Ask) -> Reply {
    let today = ask.today();
    let query = Query::of(&ask);
    let asked = Asked::of(&query);
    let unit = asked.unit;
    let seen = viewing::read(&ask, move |tx, actor, looks| {
        let (mut lines, place) = find(tx, actor, &asked, today, PAGE + 1)?;
        let more = PAGE < lines.len();
        let (earlier, later) = match asked.before {
            Some(_) => (more, true),
            None => (asked.after.is_some(), more),
        };
        if more && asked.before.is_some() {
            lines.remove(0);
        }
        lines.truncate(PAGE);
        let at = place.as_ref().map(|place| place.unit);
        looks.push(Look::page("people.view.list", lines.len()).within(at));
        let offer = Offer::load(tx, actor, Action::SeePeople, asked.unit, today)?;
        let scope = actor.scope(Action::DecideDuplicates, today);
        let waiting = duplicate::count_open(tx, &scope)?;
        Ok(Found { lines, earlier, later, unit: place, offer, waiting })
    })
    .await?;
    let may_add = seen.actor.may_somewhere(Action::AddPeople, today);
    let may_import = seen.actor.may_somewhere(Action::ImportPeople, today);
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let found = seen.it;
    let add = match unit {
        Some(unit) => format!("/people/new?unit={unit}"),
        None => "/people/new".to_owned(),
    };
    let actions = html! {
        @if may_add {
            (LinkButton::primary(add, lang.t("people.list.add")).icon(Icon::Plus))
        }
        @if may_import {
            (LinkButton::quiet("/people/imports", lang.t("people.list.import")).icon(Icon::Upload))
        }
        // No link of a file: a list too long for one is asked about first.
        (LinkButton::quiet(query.with("/people/export", "as", "xlsx"), lang.t("people.list.export"))
            .icon(Icon::Download))
    };
    let asked = Asked::of(&query);
    let lead = match &found.unit {
        Some(place) => lang.f("people.list.lead_unit", &[("unit", &place.path)]),
        None => lang.t("people.list.lead").to_owned(),
    };
    let page =
        Page::new(&chrome, lang.t("people.list.title")).lead(lead).actions(actions).wide().body(
            html! {
                (links(lang, found.waiting))
                (filters(lang, &asked, &found.offer))
                (table(lang, &query, &asked, &found))
            },
        );
    Ok(page.into_response())
}

/// The people asked for, and the unit they are narrowed to when the actor may see it.
fn find(
    tx: &mut Tx<'_>,
    actor: &Actor,
    asked: &Asked,
    today: jiff::civil::Date,
    limit: usize,
) -> Result<(Vec<Line>, Option<Place>)> {
    let mut scope = actor.scope(Action::SeePeople, today);
    let mut place = None;
    if let Some(unit) = asked.unit {
        let found = unit::place(tx, unit)?;
        if !scope.holds(found.pos) {
            return Err(Error::not_found());
        }
        scope = scope.within(found.span());
        place = Some(found);
    }
    let turn = match asked.before.or(asked.after) {
        Some(person) => After::person(tx, person)?,
        None => None,
    };
    let wanted = Wanted {
        scope: &scope,
        search: &asked.search,
        kind: asked.kind,
        category: asked.category.as_deref(),
        on: today,
    };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let lines = match (&turn, asked.before) {
        (Some(turn), Some(_)) => list_before(tx, &wanted, turn, limit)?,
        (turn, _) => list_wanted(tx, &wanted, turn.as_ref(), limit)?,
    };
    Ok((lines, place))
}

/// The other ways into the register.
fn links(lang: Lang, waiting: i64) -> Markup {
    html! {
        nav.tabs aria-label=(lang.t("people.list.parts")) {
            ul {
                li { a href="/people" aria-current="page" { (lang.t("people.list.title")) } }
                li { a href="/people/units" { (lang.t("people.units.title")) } }
                li {
                    a href="/people/duplicates" {
                        (lang.t("people.duplicates.short"))
                        @if 0 < waiting { " " span.tab-count { (lang.number(waiting)) } }
                    }
                }
            }
        }
    }
}

fn filters<'a>(lang: Lang, asked: &'a Asked, offer: &'a Offer) -> Filters<'a> {
    let unit = asked.unit.map(|unit| unit.to_string()).unwrap_or_default();
    let none = thao_web::components::FieldErrors::new();
    let kinds = AffiliationKind::ALL.map(|kind| (kind.code(), words::kind(lang, kind.code())));
    let filters = Filters::new(lang, "/people")
        .search("q", lang.t("people.list.search"), &asked.search)
        .field(offer.choice(
            "unit",
            lang.t("people.field.unit"),
            lang.t("people.list.all_units"),
            &unit,
            &none,
        ))
        .field(
            Choice::select("kind", lang.t("people.field.kind"))
                .option("", lang.t("people.list.all_kinds"))
                .options(kinds)
                .chosen(asked.kind.map_or("", AffiliationKind::code)),
        )
        .field(
            Choice::select("category", lang.t("people.field.category"))
                .option("", lang.t("people.list.all_categories"))
                .options(CATEGORIES.map(|code| (code, words::category(lang, code))))
                .chosen(asked.category.as_deref().unwrap_or_default()),
        );
    if asked.is_narrowed() { filters.clear("/people") } else { filters }
}

fn table<'a>(lang: Lang, query: &Query, asked: &Asked, found: &'a Found) -> Table<'a> {
    let rows = found.lines.iter().map(|line| {
        let name = html! { a href={ "/people/" (line.id) } { (line.full_name) } };
        let born = match (line.birth_date, line.birth_year) {
            (Some(date), _) => lang.date(date),
            (None, Some(year)) => year.to_string(),
            (None, None) => String::new(),
        };
        vec![
            name,
            html! { (born) },
            html! { (line.unit) },
            html! {
                @match &line.position {
                    Some(position) => div {
                        (position)
                        @if let Some(category) = &line.category {
                            (below(&words::category(lang, category)))
                        }
                    },
                    None => (words::kind(lang, &line.kind)),
                }
            },
            html! { @if let Some(login) = &line.login { code { (login) } } },
        ]
    });
    let empty = if asked.is_narrowed() {
        Empty::new(lang.t("people.list.none_found"), lang.t("people.list.none_found_words"))
            .action("/people", lang.t("people.list.show_all"))
    } else {
        Empty::new(lang.t("people.list.none"), lang.t("people.list.none_words"))
            .action("/people/new", lang.t("people.list.add"))
    };
    let shown = i64::try_from(found.lines.len()).unwrap_or(i64::MAX);
    let all = (!found.earlier && !found.later).then_some(shown);
    let mut pages = Pages::new(lang).shown(shown, all);
    if let Some(first) = found.lines.first().filter(|_| found.earlier) {
        pages = pages.previous(query.with("/people", "before", &first.id.to_string()));
    }
    if let Some(last) = found.lines.last().filter(|_| found.later) {
        pages = pages.next(query.with("/people", "after", &last.id.to_string()));
    }
    Table::new(lang, lang.t("people.list.title"))
        .caption_only_heard()
        .column(Column::text(lang.t("people.field.full_name")))
        .column(Column::text(lang.t("people.field.birth")))
        .column(Column::text(lang.t("people.field.unit")))
        .column(Column::text(lang.t("people.field.position")))
        .column(Column::text(lang.t("people.field.login")))
        .rows(rows)
        .empty(empty)
        .pages(pages)
}

pub(crate) async fn export(ask: Ask) -> Reply {
    let today = ask.today();
    let query = Query::of(&ask);
    let asked = Asked { after: None, before: None, ..Asked::of(&query) };
    let (most, anyway) = (ask.app.site.export_rows, query.some("cut").is_some());
    let seen = viewing::read(&ask, move |tx, actor, looks| {
        let (lines, place) = find(tx, actor, &asked, today, most.saturating_add(1))?;
        let lines = Rows::first(most, lines);
        if anyway || !lines.is_cut() {
            let at = place.as_ref().map(|place| place.unit);
            looks.push(Look::file("people.view.export", lines.rows.len()).within(at));
        }
        Ok((lines, place))
    })
    .await?;
    let (lines, place) = seen.it;
    if lines.is_cut() && !anyway {
        let chrome = ask.chrome(&seen.actor);
        let cut = query.with("/people/export", "cut", "1");
        return Ok(question(&chrome, most, "/people", cut).into_response());
    }
    let lang = ask.lang(&seen.actor);
    let now = ask.app.clock.now();
    let bytes = tokio::task::spawn_blocking(move || {
        let mut table = sheet(lang, &lines.rows, place.as_ref(), now);
        lines.mark(lang, &mut table);
        thao_sheet::write(&[table], now)
    })
    .await
    .map_err(Error::internal)??;
    Ok(file(bytes, "danh-sach-nguoi.xlsx"))
}

fn sheet(lang: Lang, lines: &[Line], place: Option<&Place>, now: jiff::Timestamp) -> Sheet {
    let column = |key, kind| TableColumn::new(lang.t(key), kind);
    let born = |line: &Line| match (line.birth_date, line.birth_year) {
        (Some(date), _) => Value::Date(date),
        (None, Some(year)) => Value::Text(year.to_string()),
        (None, None) => Value::Empty,
    };
    let text = |text: &str| if text.is_empty() { Value::Empty } else { Value::Text(text.into()) };
    let rows = lines.iter().map(|line| {
        vec![
            text(&line.full_name),
            born(line),
            text(&line.unit),
            text(line.code.as_deref().unwrap_or_default()),
            text(&words::kind(lang, &line.kind)),
            text(&line.category.as_deref().map_or("".into(), |c| words::category(lang, c))),
            text(line.position.as_deref().unwrap_or_default()),
            text(line.login.as_deref().unwrap_or_default()),
        ]
    });
    let unit = place.map_or(lang.t("people.list.all_units"), |place| &place.path);
    Sheet {
        name: lang.t("people.list.title").to_owned(),
        title: lang.t("people.list.title").to_owned(),
        notes: vec![
            lang.f("people.list.sheet_unit", &[("unit", &unit)]),
            lang.f("people.list.sheet_time", &[("time", &lang.instant(now))]),
        ],
        columns: vec![
            column("people.field.full_name", Kind::Text),
            column("people.field.birth", Kind::Date),
            column("people.field.unit", Kind::Text),
            column("people.field.unit_code", Kind::Code),
            column("people.field.kind", Kind::Text),
            column("people.field.category", Kind::Text),
            column("people.field.position", Kind::Text),
            column("people.field.login", Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// A workbook to keep.
fn file(bytes: Vec<u8>, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}
