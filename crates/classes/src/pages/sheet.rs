//! How the sheet of one evening looks: before its time, while it is open, when it is cancelled.

use maud::{Markup, html};
use thao_base::Lang;
use thao_people::consent::Manner as ConsentManner;
use thao_web::components::{
    Badge, Button, Check, Choice, Empty, FieldErrors, Form, Icon, LinkButton, Notice, Tick,
    TickList, details, hidden,
};
use thao_web::{Ask, Chrome, Page};

use super::attendance::{Shown, WalkIn};
use super::form::errors;
use super::{closed, walk_ins};
use crate::newcomer::Fault;
use crate::registration::{Entry, Manner};
use crate::schedule::{State, opens_at};
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
        State::Closed => page.body(closed::show(ask, chrome, shown, &errors)),
        _ if class.cancelled_at.is_some() => page.body(cancelled(ask, chrome, shown)),
        State::Planned => page.body(early(lang, shown)),
        State::Open | State::Over if shown.rights.mark => {
            page.body(open(ask, chrome, shown, walk_in, &errors))
        }
        State::Open | State::Over => page.body(html! { (closed::result(lang, shown)) }),
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
            (closed::result(lang, shown))
        }
    }
}

pub(super) fn ticks<'a>(
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
        .ticked(shown.is_ticked(entry));
    if entry.manner() == Some(Manner::WalkIn) {
        tick = tick.mark(match entry.consented {
            true => Badge::info(lang.t("classes.manner.walk_in")),
            false => Badge::warn(lang.t("classes.consent.missing")),
        });
    }
    tick
}

/// Who was ticked when the page was shown: the form changes only what somebody changed.
pub(super) fn was(shown: &Shown) -> Markup {
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
