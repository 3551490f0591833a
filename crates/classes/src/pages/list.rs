//! `/classes`: the classes of one's units, one's own first; those to come, or those past.

use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::locale::local_date;
use thao_base::{Error, Lang, Result, Tx};
use thao_web::components::{
    Badge, Column, Empty, Filters, Icon, LinkButton, Pages, Table, Tabs, below,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply};

use super::overview::{seats, state_badge};
use crate::class::{self, After, Asked, Line};
use crate::schedule::{Evening, State, state};
use crate::words;

const ON_A_PAGE: usize = 25;

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Wanted {
    /// `past`, or those to come.
    when: Option<String>,
    q: Option<String>,
    after: Option<String>,
}

impl Wanted {
    fn is_past(&self) -> bool {
        self.when.as_deref() == Some("past")
    }

    fn search(&self) -> &str {
        self.q.as_deref().unwrap_or_default()
    }
}

struct Seen {
    lines: Vec<Line>,
    more: bool,
    may_open: bool,
}

pub(super) async fn show(ask: Ask, Query(query): Query<Wanted>) -> Reply {
    let (asked, today) = (query.clone(), ask.today());
    let seen = ask.read(move |tx, actor| load(tx, actor, &asked, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let now = ask.app.clock.now();
    Ok(page(&chrome, &query, &seen.it, now).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, query: &Wanted, today: Date) -> Result<Seen> {
    let zone = TimeZone::fixed(Offset::constant(7));
    let midnight = today.to_zoned(zone).map_err(Error::internal)?;
    let mut asked = Asked {
        scope: actor.scope(Action::SeeClasses, today),
        from: midnight.timestamp(),
        own: actor.person,
        search: query.search().to_owned(),
        after: query.after.as_deref().and_then(read_after),
        limit: i64::try_from(ON_A_PAGE).unwrap_or(i64::MAX),
    };
    // One more tells whether there is a next page.
    asked.limit += 1;
    let mut lines = match query.is_past() {
        true => class::list_past(tx, &asked)?,
        false => class::list_upcoming(tx, &asked)?,
    };
    let more = ON_A_PAGE < lines.len();
    lines.truncate(ON_A_PAGE);
    Ok(Seen { lines, more, may_open: actor.may_somewhere(Action::RunClasses, today) })
}

/// `rank.microseconds.id`, as [`next_href`] writes it.
fn read_after(text: &str) -> Option<After> {
    let mut parts = text.splitn(3, '.');
    Some(After {
        rank: parts.next()?.parse().ok()?,
        starts_at: Timestamp::from_microsecond(parts.next()?.parse().ok()?).ok()?,
        id: parts.next()?.parse().ok()?,
    })
}

fn next_href(query: &Wanted, line: &Line) -> String {
    let when = if query.is_past() { "when=past&" } else { "" };
    let at = line.starts_at.as_microsecond();
    let q = escaped(query.search());
    format!("/classes?{when}q={q}&after={}.{at}.{}", line.rank, line.id)
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(b).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

fn page(chrome: &Chrome, query: &Wanted, seen: &Seen, now: Timestamp) -> Markup {
    let lang = chrome.lang;
    let past = query.is_past();
    let here = if past { "/classes?when=past" } else { "/classes" };
    let mut filters =
        Filters::new(lang, "/classes").search("q", lang.t("classes.list.search"), query.search());
    if past {
        filters = filters.keep("when", "past");
    }
    if !query.search().is_empty() {
        filters = filters.clear(here);
    }
    let mut page = Page::new(chrome, lang.t("classes.list.title")).wide();
    if seen.may_open {
        page = page.actions(html! {
            (LinkButton::primary("/classes/new", lang.t("classes.list.open")).icon(Icon::Plus))
        });
    }
    page.body(html! {
        (Tabs::new(lang.t("classes.list.tabs"))
            .tab("/classes", lang.t("classes.list.upcoming"))
            .tab("/classes?when=past", lang.t("classes.list.past"))
            .current(here))
        (filters)
        (table(lang, query, seen, now))
    })
}

fn table<'a>(lang: Lang, query: &Wanted, seen: &'a Seen, now: Timestamp) -> Table<'a> {
    let caption = if query.is_past() { "classes.list.past" } else { "classes.list.upcoming" };
    let mut pages = Pages::new(lang);
    if let Some(last) = seen.lines.last().filter(|_| seen.more) {
        pages = pages.next(next_href(query, last));
    }
    Table::new(lang, lang.t(caption))
        .caption_only_heard()
        .column(Column::text(lang.t("classes.list.class")))
        .column(Column::text(lang.t("classes.list.time")))
        .column(Column::text(lang.t("classes.list.registered")))
        .column(Column::text(lang.t("classes.list.state")))
        .column(Column::actions(lang.t("classes.list.action")))
        .rows(seen.lines.iter().map(|line| row(lang, line, now)))
        .empty(empty(lang, query, seen))
        .pages(pages)
}

fn row(lang: Lang, line: &Line, now: Timestamp) -> [Markup; 5] {
    let evening = Evening { starts_at: line.starts_at, ends_at: line.ends_at };
    let state = state(evening, line.closed_at, now);
    let near = words::near(lang, local_date(line.starts_at), local_date(now));
    let class = html! {
        a href={ "/classes/" (line.id) } { (line.title) }
        (below(&format!("{} · {}", line.unit, line.venue)))
        @if line.rank == 0 { (Badge::info(lang.t("classes.list.mine")).icon(Icon::Person)) }
    };
    let hours = words::hours(lang, evening);
    let time = html! {
        span {
            @match near {
                Some(near) => { strong { (near) ", " (hours) } }
                None => (hours),
            }
            (below(&words::day(lang, line.starts_at)))
        }
    };
    let badge = match line.cancelled_at {
        Some(_) => html! { (Badge::bad(lang.t("classes.state.cancelled"))) },
        None => html! { (state_badge(lang, state)) },
    };
    let may_mark = line.cancelled_at.is_none() && matches!(state, State::Open | State::Over);
    let action = html! {
        @if may_mark {
            (LinkButton::quiet(
                format!("/classes/meetings/{}/attendance", line.meeting),
                lang.t("classes.attendance.title"),
            ).icon(Icon::Check).context(line.title.as_str()))
        }
    };
    [class, time, html! { (seats(lang, line.registered, line.capacity)) }, badge, action]
}

fn empty(lang: Lang, query: &Wanted, seen: &Seen) -> Empty<'static> {
    if !query.search().is_empty() {
        return Empty::new(
            lang.t("classes.list.none_found"),
            lang.t("classes.list.none_found_more"),
        );
    }
    let empty = match query.is_past() {
        true => Empty::new(lang.t("classes.list.no_past"), lang.t("classes.list.no_past_more")),
        false => Empty::new(lang.t("classes.list.none"), lang.t("classes.list.none_more")),
    };
    if seen.may_open && !query.is_past() {
        empty.action("/classes/new", lang.t("classes.list.open"))
    } else {
        empty
    }
}
