//! `/classes/{id}/roll`: the list to print and sign, with lines for those who just come.

use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::locale::local_date;
use thao_base::{ClassId, Lang, MeetingId, Result, Tx};
use thao_people::viewing;
use thao_web::components::{Column, Icon, LinkButton, Table, paper_head, print_button, signatures};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply};

use super::overview;
use crate::access::visit;
use crate::class::Class;
use crate::meeting::{self, Meeting};
use crate::registration::{self, Entry};
use crate::{look, words};

/// Lines for people who are not on the list.
const EMPTY_LINES: usize = 10;

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Wanted {
    /// The evening it is for; the next one when it is not said.
    meeting: Option<String>,
}

struct Seen {
    class: Class,
    meetings: Vec<Meeting>,
    roster: Vec<Entry>,
}

pub(super) async fn show(ask: Ask, Path(id): Path<ClassId>, Query(wanted): Query<Wanted>) -> Reply {
    let (today, now) = (ask.today(), ask.app.clock.now());
    let seen = viewing::read(&ask, move |tx, actor, looks| {
        let seen = load(tx, actor, id, today)?;
        looks.push(look::page("classes.view.roll", &seen.class, seen.roster.len()));
        Ok(seen)
    })
    .await?;
    let it = &seen.it;
    let chrome = ask.chrome(&seen.actor);
    let meeting = wanted.meeting.and_then(|id| id.parse::<MeetingId>().ok());
    Ok(page(&chrome, it, meeting, now).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: ClassId, today: Date) -> Result<Seen> {
    let class = visit(tx, actor, id, Action::SeeClasses, today)?;
    Ok(Seen {
        meetings: meeting::list_of_class(tx, id)?,
        roster: registration::roster(tx, id, today)?,
        class,
    })
}

fn page(chrome: &Chrome, seen: &Seen, wanted: Option<MeetingId>, now: Timestamp) -> Markup {
    let lang = chrome.lang;
    let class = &seen.class;
    let wanted = seen.meetings.iter().find(|meeting| Some(meeting.id) == wanted);
    let meeting = wanted.or_else(|| overview::next(&seen.meetings, now));
    Page::new(chrome, format!("{}: {}", lang.t("classes.roll.heading"), class.title))
        .paper()
        .own_heading()
        .body(html! {
            (tools(lang, seen, meeting))
            (head(lang, class, meeting))
            h1.roll-title { (lang.t("classes.roll.heading")) }
            (about(lang, class, meeting))
            (table(lang, seen))
            p.roll-consent { (lang.t("classes.roll.consent")) " " (lang.t("classes.consent.sentence")) }
            (signatures(lang, &[lang.t("classes.roll.instructor"), lang.t("classes.roll.organiser")]))
        })
}

/// What is not printed: the way back, the other evenings, the button.
fn tools(lang: Lang, seen: &Seen, meeting: Option<&Meeting>) -> Markup {
    let here = format!("/classes/{}", seen.class.id);
    html! {
        div.toolbar.no-print {
            (LinkButton::quiet(here.clone(), lang.t("classes.roll.back")).icon(Icon::ArrowLeft))
            (print_button(lang))
            @for other in seen.meetings.iter().filter(|other| meeting.map(|m| m.id) != Some(other.id)) {
                (LinkButton::quiet(
                    format!("{here}/roll?meeting={}", other.id),
                    words::day(lang, other.starts_at),
                ).icon(Icon::Calendar))
            }
        }
    }
}

/// Of a commune its people's committee, else the office itself.
fn head(lang: Lang, class: &Class, meeting: Option<&Meeting>) -> Markup {
    let place = words::bare_name(&class.area_name);
    let date = meeting.map(|meeting| local_date(meeting.starts_at));
    let dated = match date {
        Some(date) => lang.f(
            "classes.roll.dated",
            &[
                ("place", &place),
                ("day", &format!("{:02}", date.day())),
                ("month", &format!("{:02}", date.month())),
                ("year", &date.year()),
            ],
        ),
        None => place.to_owned(),
    };
    let of_commune = place.len() < class.area_name.len();
    let above = of_commune.then(|| lang.t("classes.roll.committee"));
    paper_head(lang, above, &class.area_name.to_uppercase(), &dated)
}

fn about(lang: Lang, class: &Class, meeting: Option<&Meeting>) -> Markup {
    html! {
        p.roll-about {
            strong { (class.title) }
            br;
            (lang.f("classes.roll.course", &[("course", &class.course_title(lang))]))
            @if let Some(meeting) = meeting {
                br;
                (lang.f("classes.roll.time", &[("time", &words::when(lang, meeting.evening()))]))
            }
            br;
            (lang.f("classes.roll.venue", &[
                ("venue", &class.venue), ("place", &class.place_words()),
            ]))
        }
    }
}

fn table<'a>(lang: Lang, seen: &'a Seen) -> Markup {
    let expected = seen.roster.iter().enumerate().map(|(i, entry): (usize, &'a Entry)| {
        [
            html! { (i + 1) },
            html! { (entry.full_name) },
            html! { @if let Some(birth) = entry.birth() { (birth.year()) } },
            html! { (entry.village.as_deref().unwrap_or_default()) },
            html! {},
        ]
    });
    let empty = (0..EMPTY_LINES)
        .map(|i| [html! { (seen.roster.len() + i + 1) }, html! {}, html! {}, html! {}, html! {}]);
    let table = Table::new(lang, lang.t("classes.roll.heading"))
        .caption_only_heard()
        .always_table()
        .column(Column::text(lang.t("classes.roll.no")))
        .column(Column::text(lang.t("classes.person.name")))
        .column(Column::text(lang.t("classes.person.year")))
        .column(Column::text(lang.t("classes.person.village")))
        .column(Column::text(lang.t("classes.roll.signature")))
        .rows(expected.chain(empty));
    html! { div.roll { (table) } }
}
