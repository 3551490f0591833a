//! How the sheet of one evening looks: before its time, while it is open, after it was closed.

use maud::{Markup, html};
use thao_base::Lang;
use thao_people::consent::Manner as ConsentManner;
use thao_web::components::{
    Badge, Button, Check, Choice, Column, Empty, Field, FieldErrors, Form, Icon, LinkButton,
    Notice, Stat, Table, Tick, TickList, below, details, hidden, stats,
};
use thao_web::{Ask, Chrome, Page};

use super::attendance::{Shown, WalkIn};
use super::form::errors;
use super::walk_ins;
use crate::newcomer::Fault;
use crate::registration::{Entry, Manner};
use crate::schedule::{State, may_reopen, opens_at};
use crate::{consent, words};

pub(super) fn page(
    ask: &Ask,
    chrome: &Chrome,
    shown: &Shown,
    walk_in: &WalkIn,
    faults: &[Fault],
) -> Markup {
    let lang = chrome.lang;
    let errors = errors(lang, faults);
    let class = &shown.class;
    let state = shown.meeting.state(ask.app.clock.now());
    let page = Page::new(chrome, lang.t("classes.attendance.title"))
        .focused(format!("/classes/{}", class.id), class.title.as_str())
        .above(words::when(lang, shown.meeting.evening()))
        .lead(format!("{} · {}", class.place_words(), class.venue))
        .errors(&errors)
        .narrow();
    match state {
        State::Closed => page.body(closed(ask, chrome, shown)),
        _ if class.cancelled_at.is_some() => page.body(cancelled(ask, chrome, shown)),
        State::Planned => page.body(early(lang, shown)),
        State::Open | State::Over if shown.rights.mark => {
            page.body(open(ask, chrome, shown, walk_in, &errors))
        }
        State::Open | State::Over => page.body(html! { (result(lang, shown)) }),
    }
}

/// Too early: when it opens, and who is expected.
fn early(lang: Lang, shown: &Shown) -> Markup {
    let at = lang.instant(opens_at(shown.meeting.evening()));
    let roll = format!("/classes/{}/roll?meeting={}", shown.class.id, shown.meeting.id);
    html! {
        (Notice::info(lang.f("classes.attendance.opens", &[("at", &at)])))
        div.toolbar {
            (LinkButton::primary(roll, lang.t("classes.roll.print")).icon(Icon::Print))
            (LinkButton::quiet(
                format!("/classes/{}/registrations", shown.class.id),
                lang.t("classes.registrations.title"),
            ).icon(Icon::People))
        }
    }
}

fn open(
    ask: &Ask,
    chrome: &Chrome,
    shown: &Shown,
    walk_in: &WalkIn,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let adds = shown.rights.add && !shown.villages.is_empty();
    html! {
        @if shown.roster.is_empty() {
            (Empty::new(lang.t("classes.attendance.nobody"), lang.t("classes.attendance.nobody_more")))
        } @else {
            (ticks(ask, chrome, shown, Some(format!("/classes/meetings/{}/ticks", shown.meeting.id)))
                .more(was(shown)))
        }
        @if adds { (walk_ins::form(ask, chrome, shown, walk_in, errors)) }
        (consents(ask, chrome, shown))
        (closing(ask, chrome, shown))
    }
}

/// A cancelled class: who was ticked can still be taken back, nobody is added.
fn cancelled(ask: &Ask, chrome: &Chrome, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let anybody = shown.roster.iter().any(|entry| shown.sheet.is_present(entry.canonical));
    html! {
        (Notice::warn(lang.t("classes.attendance.cancelled")))
        @if anybody && shown.rights.mark {
            (ticks(ask, chrome, shown, None).more(was(shown)))
        } @else if anybody {
            (result(lang, shown))
        }
    }
}

fn ticks<'a>(
    ask: &Ask,
    chrome: &'a Chrome,
    shown: &'a Shown,
    save: Option<String>,
) -> TickList<'a> {
    let lang = chrome.lang;
    let action = format!("/classes/meetings/{}/attendance", shown.meeting.id);
    let on = shown.class.cancelled_at.is_none();
    let here = |entry: &&Entry| on || shown.sheet.is_present(entry.canonical);
    let rows = shown.roster.iter().filter(here);
    let list = TickList::new(chrome, action, lang.t("classes.attendance.save"))
        .once(ask.form_id())
        .owner(shown.owner.as_str())
        .ticks(rows.map(|entry| row(lang, shown, entry)));
    match save {
        Some(save) => list.save(save),
        None => list,
    }
}

fn row<'a>(lang: Lang, shown: &Shown, entry: &'a Entry) -> Tick<'a> {
    let mut tick = Tick::new(entry.person.to_string(), entry.full_name.as_str())
        .below(words::apart(entry.village.as_deref(), entry.birth()))
        .ticked(shown.sheet.is_present(entry.canonical));
    if entry.manner() == Some(Manner::WalkIn) {
        tick = tick.mark(match entry.consented {
            true => Badge::info(lang.t("classes.manner.walk_in")),
            false => Badge::warn(lang.t("classes.consent.missing")),
        });
    }
    tick
}

/// Who was ticked when the page was shown: the form changes only what somebody changed.
fn was(shown: &Shown) -> Markup {
    html! {
        @for entry in shown.roster.iter().filter(|entry| shown.sheet.is_present(entry.canonical)) {
            (hidden("was", &entry.person.to_string()))
        }
    }
}

/// Those who have not been asked yet; nobody is ticked beforehand.
fn consents(ask: &Ask, chrome: &Chrome, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let open: Vec<&Entry> = shown.roster.iter().filter(|entry| !entry.consented).collect();
    if open.is_empty() {
        return html! {};
    }
    let action = format!("/classes/meetings/{}/consents", shown.meeting.id);
    let today = ask.today();
    let mut choice = Choice::many("agreed", lang.t("classes.consent.who"));
    for entry in &open {
        let mut hint = words::apart(entry.village.as_deref(), entry.birth());
        if consent::needs_guardian(entry.birth(), today) {
            hint = format!("{hint}. {}", lang.t("classes.consent.guardian"));
        }
        choice = choice.option_with_hint(entry.person.to_string(), entry.full_name.as_str(), hint);
    }
    let manner = Choice::one("manner", lang.t("classes.consent.how"))
        .option(ConsentManner::SignedRoll.code(), lang.t("classes.consent.signed_roll"))
        .option(ConsentManner::Oral.code(), lang.t("classes.consent.oral"));
    let form = Form::post(chrome, action).once(ask.form_id()).body(html! {
        p { (lang.t("classes.consent.sentence")) }
        (choice)
        (manner)
        (Button::quiet(lang.t("classes.consent.do")).icon(Icon::Check))
    });
    details(&lang.f("classes.consent.title", &[("n", &open.len())]), html! { (form) })
}

fn closing(ask: &Ask, chrome: &Chrome, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let action = format!("/classes/meetings/{}/closure", shown.meeting.id);
    let asked = shown.roster.iter().any(|entry| !entry.consented);
    html! {
        section.flow {
            h2 { (lang.t("classes.closure.title")) }
            p { (lang.t("classes.closure.lead")) }
            (Form::post(chrome, action).once(ask.form_id()).body(html! {
                @if asked { (Check::new("signed", lang.t("classes.closure.signed"))) }
                (Button::quiet(lang.t("classes.closure.do")).icon(Icon::Lock))
            }))
        }
    }
}

fn closed(ask: &Ask, chrome: &Chrome, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let now = ask.app.clock.now();
    let closed_at = shown.meeting.closed_at.unwrap_or(now);
    let at = lang.instant(closed_at);
    let reopening = format!("/classes/meetings/{}/reopening", shown.meeting.id);
    html! {
        (Notice::info(lang.f("classes.closure.closed", &[("at", &at)])))
        (result(lang, shown))
        (corrections(lang, shown))
        @if shown.rights.run && may_reopen(closed_at, now) {
            (Form::post(chrome, reopening).once(ask.form_id()).body(html! {
                p.hint { (lang.t("classes.closure.reopen_hint")) }
                (Button::quiet(lang.t("classes.closure.reopen")).icon(Icon::Edit))
            }))
        }
        @if shown.rights.correct {
            (details(lang.t("classes.closure.correct"), html! {
                p { (lang.t("classes.closure.correct_hint")) }
                (ticks(ask, chrome, shown, None).more(html! {
                    (was(shown))
                    (Field::text("reason", lang.t("classes.closure.reason")))
                }))
            }))
        }
    }
}

/// Who came and who did not, to read.
fn result(lang: Lang, shown: &Shown) -> Markup {
    let present = shown.roster.iter().filter(|e| shown.sheet.is_present(e.canonical)).count();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let rows = shown.roster.iter().map(|entry| {
        [
            html! {
                (entry.full_name)
                (below(&words::apart(entry.village.as_deref(), entry.birth())))
            },
            html! {
                @if shown.sheet.is_present(entry.canonical) {
                    (Badge::good(lang.t("classes.attendance.present")))
                } @else {
                    (Badge::plain(lang.t("classes.attendance.absent")))
                }
            },
        ]
    });
    html! {
        (stats(html! {
            (Stat::part(lang, lang.t("classes.attendance.present"), number(present), number(shown.roster.len())))
        }))
        (Table::new(lang, lang.t("classes.attendance.result"))
            .always_table()
            .column(Column::text(lang.t("classes.person.name")))
            .column(Column::text(lang.t("classes.list.state")))
            .rows(rows)
            .empty(Empty::new(
                lang.t("classes.attendance.nobody"),
                lang.t("classes.attendance.nobody_more"),
            )))
    }
}

fn corrections(lang: Lang, shown: &Shown) -> Markup {
    html! {
        @if !shown.corrections.is_empty() {
            section.flow {
                h2 { (lang.t("classes.closure.corrections")) }
                ul {
                    @for correction in &shown.corrections {
                        @let at = lang.instant(correction.made_at);
                        li {
                            (lang.f("classes.closure.corrected", &[("at", &at), ("n", &correction.people)]))
                            " " (correction.reason)
                        }
                    }
                }
            }
        }
    }
}
