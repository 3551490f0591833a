//! `/classes/{id}`: one class: its next evening, who is expected, how to invite, how it went.

use std::collections::HashMap;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::locale::local_date;
use thao_base::{ClassId, Lang, MeetingId, Result, Tx};
use thao_web::components::{
    Badge, Button, Card, Column, Confirm, Facts, Form, Icon, LinkButton, Notice, Stat, Table,
    copy_text, details, stats, toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Sent, saying};

use crate::access::{Rights, rights, visit};
use crate::class::{self, Class};
use crate::meeting::{self, Meeting};
use crate::schedule::{Evening, State, opens_at};
use crate::{attendance, invitation, registration, words};

struct Seen {
    class: Class,
    rights: Rights,
    meetings: Vec<Meeting>,
    present: HashMap<MeetingId, i64>,
    registered: i64,
}

pub(super) async fn show(ask: Ask, Path(id): Path<ClassId>, headers: HeaderMap) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let link = invitation::link(&ask.app.site, &headers, &seen.it.class.code);
    Ok(page(&ask, &chrome, &seen.it, &link).into_response())
}

pub(super) async fn cancel(ask: Ask, Path(id): Path<ClassId>, sent: Sent) -> Reply {
    let today = ask.today();
    Ok(ask
        .submit("classes.act.cancel_class", &sent, move |tx, actor, stamp, _| {
            let class = visit(tx, actor, id, Action::RunClasses, today)?;
            class::cancel(tx, stamp, &class)?;
            Ok(saying(&format!("/classes/{id}"), "classes.notice.cancelled"))
        })
        .await?)
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: ClassId, today: Date) -> Result<Seen> {
    let class = visit(tx, actor, id, Action::SeeClasses, today)?;
    let rights = rights(actor, &class, today);
    let meetings = meeting::list_of_class(tx, id)?;
    let ids: Vec<MeetingId> = meetings.iter().map(|meeting| meeting.id).collect();
    let present = attendance::counts(tx, &ids)?;
    let registered = registration::count(tx, id)?;
    Ok(Seen { class, rights, meetings, present, registered })
}

/// The words of a state.
pub(super) fn state_key(state: State) -> &'static str {
    match state {
        State::Planned => "classes.state.planned",
        State::Open => "classes.state.open",
        State::Over => "classes.state.over",
        State::Closed => "classes.state.closed",
    }
}

pub(super) fn state_badge(lang: Lang, state: State) -> Badge<'static> {
    let words = lang.t(state_key(state));
    match state {
        State::Planned => Badge::plain(words).icon(Icon::Calendar),
        State::Open => Badge::info(words).icon(Icon::Clock),
        State::Over => Badge::warn(words),
        State::Closed => Badge::good(words),
    }
}

/// `32 người`, or `32/40 chỗ`.
pub(super) fn seats(lang: Lang, registered: i64, capacity: Option<i32>) -> String {
    let n = lang.number(registered);
    match capacity {
        Some(seats) => {
            let seats = lang.number(i64::from(seats));
            lang.f("classes.list.seats", &[("n", &n), ("seats", &seats)])
        }
        None => lang.f("classes.list.people", &[("n", &n)]),
    }
}

/// The evening whose attendance comes next: one that may be taken now, else the next one, else
/// the last one.
pub(super) fn next(meetings: &[Meeting], now: Timestamp) -> Option<&Meeting> {
    let open = |meeting: &&Meeting| matches!(meeting.state(now), State::Open | State::Over);
    let planned = |meeting: &&Meeting| meeting.state(now) == State::Planned;
    meetings.iter().find(open).or_else(|| meetings.iter().find(planned)).or(meetings.last())
}

fn page(ask: &Ask, chrome: &Chrome, seen: &Seen, link: &str) -> Markup {
    let lang = chrome.lang;
    let now = ask.app.clock.now();
    let class = &seen.class;
    let mut page = Page::new(chrome, class.title.as_str())
        .crumb("/classes", lang.t("classes.nav"))
        .above(class.course_title(lang))
        .lead(format!("{} · {}", class.place_words(), class.venue));
    let people = format!("/classes/{}/registrations", class.id);
    let state = next(&seen.meetings, now).map(|meeting| meeting.state(now));
    let marking = seen.rights.mark && matches!(state, Some(State::Open | State::Over));
    // One primary action: to register while it is to come, to take attendance when it is time.
    let register = match seen.rights.run && !marking && class.cancelled_at.is_none() {
        true => LinkButton::primary(people, lang.t("classes.registrations.title")),
        false => LinkButton::quiet(people, lang.t("classes.registrations.title")),
    };
    page = page.actions(html! { (register.icon(Icon::People)) });
    if class.cancelled_at.is_some() {
        page = page.notice(Notice::warn(lang.t("classes.overview.cancelled")));
    }
    page.body(html! {
        @if class.cancelled_at.is_none() { (next_evening(lang, seen, now)) }
        (stats(html! { (registered(lang, seen)) (attended(lang, seen)) }))
        (evenings(lang, seen, now))
        @if class.cancelled_at.is_none() { (invite(lang, seen, link, now)) }
        (about(lang, class))
        (manage(ask, chrome, seen))
    })
}

/// The one thing to do next.
fn next_evening(lang: Lang, seen: &Seen, now: Timestamp) -> Markup {
    let Some(meeting) = next(&seen.meetings, now) else { return html! {} };
    let state = meeting.state(now);
    let href = format!("/classes/meetings/{}/attendance", meeting.id);
    let near = words::near(lang, local_date(meeting.starts_at), local_date(now));
    let above = match state {
        State::Closed => lang.t("classes.overview.last"),
        _ => lang.t("classes.overview.next"),
    };
    let opens = lang.instant(opens_at(meeting.evening()));
    let card = Card::new(words::when(lang, meeting.evening()))
        .icon(Icon::Calendar)
        .above(near.map_or(above.to_owned(), |near| format!("{above} · {near}")))
        .mark(state_badge(lang, state))
        .body(html! {
            @if state == State::Planned {
                p { (lang.f("classes.attendance.opens", &[("at", &opens)])) }
            }
        });
    let actions = html! {
        @match state {
            State::Open | State::Over if seen.rights.mark => {
                (LinkButton::primary(href, lang.t("classes.attendance.title")).icon(Icon::Check))
            }
            State::Planned => {
                (LinkButton::quiet(
                    format!("/classes/{}/roll?meeting={}", seen.class.id, meeting.id),
                    lang.t("classes.roll.print"),
                ).icon(Icon::Print))
            }
            _ => (LinkButton::quiet(href, lang.t("classes.attendance.see")).icon(Icon::Check)),
        }
    };
    html! { (card.actions(actions)) }
}

fn registered(lang: Lang, seen: &Seen) -> Stat<'static> {
    let href = format!("/classes/{}/registrations", seen.class.id);
    let words = lang.t("classes.overview.registered");
    match seen.class.capacity {
        Some(seats) => Stat::part(lang, words, seen.registered, i64::from(seats))
            .note(lang.t("classes.overview.of_seats"))
            .href(href),
        None => Stat::count(lang, words, seen.registered).href(href),
    }
}

/// Attendances of the evenings so far, over all who were expected.
fn attended(lang: Lang, seen: &Seen) -> Markup {
    let held: Vec<&Meeting> =
        seen.meetings.iter().filter(|meeting| seen.present.contains_key(&meeting.id)).collect();
    let Some(last) = held.last() else { return html! {} };
    let present = seen.present.get(&last.id).copied().unwrap_or(0);
    let words = lang.t("classes.overview.present");
    html! {
        (Stat::part(lang, words, present, seen.registered.max(present))
            .note(words::day(lang, last.starts_at)))
    }
}

fn evenings(lang: Lang, seen: &Seen, now: Timestamp) -> Markup {
    let rows = seen.meetings.iter().map(|meeting| {
        let state = meeting.state(now);
        let href = format!("/classes/meetings/{}/attendance", meeting.id);
        let present = seen.present.get(&meeting.id).copied();
        [
            html! { (words::when(lang, meeting.evening())) },
            html! { (state_badge(lang, state)) },
            html! {
                @match present {
                    Some(n) => (lang.number(n)),
                    None => "–",
                }
            },
            html! {
                @if state != State::Planned {
                    (LinkButton::quiet(href, lang.t("classes.attendance.title"))
                        .context(words::day(lang, meeting.starts_at)))
                }
                (LinkButton::quiet(
                    format!("/classes/{}/roll?meeting={}", seen.class.id, meeting.id),
                    lang.t("classes.roll.print_short"),
                ).icon(Icon::Print).context(words::day(lang, meeting.starts_at)))
            },
        ]
    });
    let table = Table::new(lang, lang.t("classes.overview.evenings"))
        .column(Column::text(lang.t("classes.list.time")))
        .column(Column::text(lang.t("classes.list.state")))
        .column(Column::number(lang.t("classes.overview.present")))
        .column(Column::actions(lang.t("classes.list.action")))
        .rows(rows);
    html! { (table) }
}

fn invite(lang: Lang, seen: &Seen, link: &str, now: Timestamp) -> Markup {
    let coming: Vec<Evening> = seen
        .meetings
        .iter()
        .map(Meeting::evening)
        .filter(|evening| now <= evening.ends_at)
        .collect();
    if coming.is_empty() {
        return html! {};
    }
    let text = invitation::text(lang, &seen.class, &coming, link);
    html! {
        section.flow {
            h2 { (lang.t("classes.invitation.title")) }
            (copy_text(lang, lang.t("classes.invitation.label"), &text))
            (toolbar(html! {
                (LinkButton::quiet(
                    format!("/classes/{}/invitation", seen.class.id),
                    lang.t("classes.invitation.more"),
                ).icon(Icon::Link))
            }))
        }
    }
}

fn about(lang: Lang, class: &Class) -> Markup {
    let mut facts = Facts::new()
        .fact(lang.t("classes.field.course"), class.course_title(lang))
        .fact(lang.t("classes.field.unit"), class.place_words())
        .fact(lang.t("classes.field.venue"), class.venue.as_str());
    if let Some(bring) = &class.bring {
        facts = facts.fact(lang.t("classes.field.bring"), bring.as_str());
    }
    facts = facts.fact(lang.t("classes.overview.organiser"), class.organiser_name.as_str());
    details(lang.t("classes.overview.about"), html! { (facts) })
}

fn manage(ask: &Ask, chrome: &Chrome, seen: &Seen) -> Markup {
    let lang = chrome.lang;
    let here = format!("/classes/{}", seen.class.id);
    let open = seen.class.cancelled_at.is_none();
    let cancel = Form::post(chrome, format!("{here}/cancellation"))
        .once(ask.form_id())
        .inline()
        .body(html! { (Button::danger(lang.t("classes.overview.cancel_do"))) });
    toolbar(html! {
        @if seen.rights.run && open {
            (LinkButton::quiet(format!("{here}/edit"), lang.t("classes.overview.edit")).icon(Icon::Edit))
        }
        (LinkButton::download(format!("{here}/attendance.xlsx"), lang.t("classes.overview.export")))
        @if seen.rights.run && open {
            (Confirm::new(
                lang.t("classes.overview.cancel"),
                lang.t("classes.overview.cancel_question"),
                html! { (cancel) },
            ))
        }
    })
}

#[cfg(test)]
mod tests {
    use thao_base::Id;

    use super::*;

    fn meeting(day: u8, closed: bool) -> Meeting {
        let at = |hour: u8| format!("2026-11-{day}T{hour}:30:00Z").parse().unwrap();
        Meeting {
            id: MeetingId::from_uuid(uuid::Uuid::from_u128(u128::from(day))),
            class: ClassId::from_uuid(uuid::Uuid::nil()),
            starts_at: at(12),
            ends_at: at(14),
            closed_at: closed.then(|| at(14)),
        }
    }

    #[test]
    fn the_next_evening_is_the_one_that_waits() {
        let now = "2026-11-20T12:00:00Z".parse().unwrap();
        let day = |meetings: &[Meeting]| next(meetings, now).map(|meeting| meeting.id);
        let (last, this, coming) = (meeting(13, true), meeting(20, false), meeting(27, false));
        assert_eq!(day(&[last, this, coming]), Some(this.id));
        assert_eq!(day(&[last, coming]), Some(coming.id));
        // One that nobody closed comes before the next.
        assert_eq!(day(&[meeting(13, false), coming]), Some(last.id));
        assert_eq!(day(&[last]), Some(last.id));
        assert_eq!(day(&[]), None);
    }
}
