//! `/classes/{id}/edit`: what a class is called, where and when it meets.

use std::collections::HashMap;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::locale::local_date;
use thao_base::{ClassId, Error, Lang, MeetingId, Result, Stamp, Tx};
use thao_web::components::{
    Badge, Button, Check, Field, FieldErrors, Form, Icon, beside, fieldset,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Sent, saying};

use super::form::{self, Fault, Typed};
use crate::access::visit;
use crate::class::{self, Class, Details};
use crate::meeting::{self, Meeting};
use crate::schedule::{self, Evening, State};
use crate::{attendance, words};

/// The key of the error for a form that was right when it was judged and no longer is.
const OVERTAKEN: &str = "classes.error.overtaken";
/// The evening to be added, beside those there are.
const NEW: &str = "new";

struct Seen {
    class: Class,
    evenings: Vec<Row>,
}

/// An evening and whether anybody attended it: then its day stands.
#[derive(Debug, Clone)]
struct Row {
    meeting: Meeting,
    attended: bool,
}

/// The times of one evening as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Times {
    date: String,
    starts: String,
    ends: String,
    off: bool,
}

type Plan = (Vec<(Meeting, Evening)>, Vec<Meeting>, Option<Evening>);

pub(super) async fn show(ask: Ask, Path(id): Path<ClassId>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = Typed::of_class(&seen.it.class);
    let times = standing(chrome.lang, &seen.it.evenings);
    let page = page(&ask, &chrome, &seen.it, &typed, &times, &FieldErrors::new());
    Ok(page.into_response())
}

pub(super) async fn save(ask: Ask, Path(id): Path<ClassId>, sent: Sent) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    let typed = Typed::of(&sent);
    let times = typed_times(&sent, &seen.it.evenings);
    let mut faults: Vec<Fault> = Vec::new();
    let class = &seen.it.class;
    let details = typed.details(class.course, class.unit, &mut faults);
    if details.title.is_empty() {
        faults.push(("title", "classes.error.title_missing"));
    }
    let mut errors = form::errors(ask.lang(&seen.actor), &faults);
    let lang = ask.lang(&seen.actor);
    plan(lang, &seen.it.evenings, &times, today, &mut errors);
    if !errors.is_empty() {
        let chrome = ask.chrome(&seen.actor);
        let page = page(&ask, &chrome, &seen.it, &typed, &times, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let typed_now = times.clone();
    let act = move |tx: &mut Tx<'_>, actor: &Actor, stamp: &Stamp, _: &Sent| {
        let seen = load(tx, actor, id, today)?;
        apply(tx, stamp, &seen, &details, &typed_now, lang)?;
        Ok(saying(&format!("/classes/{id}"), "classes.notice.edited"))
    };
    match ask.submit("classes.act.edit_class", &sent, act).await {
        Err(error) if error.key() == OVERTAKEN => {}
        done => return Ok(done?),
    }
    // Somebody was quicker: the same form, judged by what stands now.
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    plan(lang, &seen.it.evenings, &times, today, &mut errors);
    let chrome = ask.chrome(&seen.actor);
    let page = page(&ask, &chrome, &seen.it, &typed, &times, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Does what was typed with the class as it stands in the transaction: somebody may have been
/// ticked, or an evening closed, since the form was judged.
fn apply(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    seen: &Seen,
    details: &Details,
    times: &HashMap<String, Times>,
    lang: Lang,
) -> Result<()> {
    let mut errors = FieldErrors::new();
    let (moved, off, new) = plan(lang, &seen.evenings, times, stamp.today(), &mut errors);
    if !errors.is_empty() {
        return Err(Error::conflict(OVERTAKEN));
    }
    class::edit(tx, stamp, seen.class.id, details)?;
    for (meeting, evening) in moved {
        meeting::move_to(tx, stamp, &meeting, evening)?;
    }
    for meeting in off {
        meeting::cancel(tx, stamp, &meeting)?;
    }
    if let Some(evening) = new {
        meeting::add_many(tx, stamp, seen.class.id, &[evening])?;
    }
    Ok(())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: ClassId, today: Date) -> Result<Seen> {
    let class = visit(tx, actor, id, Action::RunClasses, today)?;
    let meetings = meeting::list_of_class(tx, id)?;
    let ids: Vec<MeetingId> = meetings.iter().map(|meeting| meeting.id).collect();
    let counts = attendance::counts(tx, &ids)?;
    let evenings = meetings
        .into_iter()
        .map(|meeting| Row { meeting, attended: counts.contains_key(&meeting.id) })
        .collect();
    Ok(Seen { class, evenings })
}

/// The times as they stand.
fn standing(lang: Lang, evenings: &[Row]) -> HashMap<String, Times> {
    evenings.iter().map(|row| (row.meeting.id.to_string(), times_of(lang, &row.meeting))).collect()
}

fn times_of(lang: Lang, meeting: &Meeting) -> Times {
    Times {
        date: lang.date(local_date(meeting.starts_at)),
        starts: lang.time(meeting.starts_at),
        ends: lang.time(meeting.ends_at),
        off: false,
    }
}

fn typed_times(sent: &Sent, evenings: &[Row]) -> HashMap<String, Times> {
    let keys = evenings.iter().map(|row| row.meeting.id.to_string()).chain([NEW.to_owned()]);
    // A closed evening has no fields.
    let is_sent = |key: &String| {
        let field = format!("date-{key}");
        sent.fields().iter().any(|(name, _)| *name == field)
    };
    keys.filter(is_sent)
        .map(|key| {
            let text = |field: &str| sent.text(&format!("{field}-{key}")).to_owned();
            let times = Times {
                date: text("date"),
                starts: text("starts"),
                ends: text("ends"),
                off: text("off") == "on",
            };
            (key, times)
        })
        .collect()
}

/// What is to happen with the evenings; what is wrong goes to `errors`.
fn plan(
    lang: Lang,
    evenings: &[Row],
    typed: &HashMap<String, Times>,
    today: Date,
    errors: &mut FieldErrors,
) -> Plan {
    let (mut moved, mut off, mut all) = (Vec::new(), Vec::new(), Vec::new());
    for row in evenings {
        let key = row.meeting.id.to_string();
        let Some(times) = typed.get(&key) else {
            // Added since the form was shown.
            all.push(row.meeting.evening());
            continue;
        };
        if row.meeting.closed_at.is_some() {
            if *times != times_of(lang, &row.meeting) {
                errors.add(format!("date-{key}"), lang.t("classes.error.meeting_closed"));
            }
            all.push(row.meeting.evening());
            continue;
        }
        if times.off && row.attended {
            errors.add(format!("off-{key}"), lang.t("classes.error.meeting_attended"));
        } else if times.off {
            off.push(row.meeting);
        } else if let Some(evening) = read(lang, times, &key, today, Some(row), errors) {
            all.push(evening);
            moved.push((row.meeting, evening));
        }
    }
    let new = typed.get(NEW).filter(|times| !times.date.is_empty());
    let new = new.and_then(|times| read(lang, times, NEW, today, None, errors));
    all.extend(new);
    if schedule::overlap(&all) {
        errors.add(format!("date-{NEW}"), lang.t("classes.error.overlap"));
    }
    if all.is_empty() && errors.is_empty() {
        errors.add(format!("date-{NEW}"), lang.t("classes.error.no_evening"));
    }
    (moved, off, new)
}

fn read(
    lang: Lang,
    times: &Times,
    key: &str,
    today: Date,
    row: Option<&Row>,
    errors: &mut FieldErrors,
) -> Option<Evening> {
    let mut faults = Vec::new();
    let found = form::times(&times.date, &times.starts, &times.ends, &mut faults);
    let evening = found.and_then(|(date, starts, ends)| schedule::evening(date, starts, ends));
    let before = row.map(|row| row.meeting.evening());
    if let Some((date, starts, ends)) = found.filter(|_| evening != before) {
        faults.extend(schedule::fault(date, starts, ends, today));
        // What was recorded is dated by the evening.
        let other_day = before.is_some_and(|before| local_date(before.starts_at) != date);
        if other_day && row.is_some_and(|row| row.attended) {
            faults.push(("date", "classes.error.meeting_attended"));
        }
    }
    for (field, words) in &faults {
        errors.add(format!("{field}-{key}"), lang.t(words));
    }
    evening.filter(|_| faults.is_empty())
}

fn page(
    ask: &Ask,
    chrome: &Chrome,
    seen: &Seen,
    typed: &Typed,
    times: &HashMap<String, Times>,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let class = &seen.class;
    let here = format!("/classes/{}", class.id);
    let fresh = Times {
        starts: seen
            .evenings
            .last()
            .map(|row| lang.time(row.meeting.starts_at))
            .unwrap_or_default(),
        ends: seen.evenings.last().map(|row| lang.time(row.meeting.ends_at)).unwrap_or_default(),
        ..Times::default()
    };
    Page::new(chrome, lang.t("classes.edit.title"))
        .crumb("/classes", lang.t("classes.nav"))
        .crumb(here.clone(), class.title.as_str())
        .errors(errors)
        .narrow()
        .body(html! {
            (Form::post(chrome, format!("{here}/edit")).once(ask.form_id()).body(html! {
                (form::details(chrome, typed, errors, false))
                @for (i, row) in seen.evenings.iter().enumerate() {
                    (evening(lang, i + 1, row, times.get(&row.meeting.id.to_string()), errors))
                }
                (fieldset(lang.t("classes.edit.one_more"), html! {
                    p.hint { (lang.t("classes.edit.one_more_hint")) }
                    (fields(lang, NEW, times.get(NEW).unwrap_or(&fresh), errors))
                }))
                (Button::primary(lang.t("classes.edit.do")).icon(Icon::Check))
            }))
        })
}

fn evening(
    lang: Lang,
    no: usize,
    row: &Row,
    times: Option<&Times>,
    errors: &FieldErrors,
) -> Markup {
    let legend = lang.f("classes.edit.evening", &[("no", &no)]);
    let key = row.meeting.id.to_string();
    let off = format!("off-{key}");
    match times {
        Some(times) if row.meeting.closed_at.is_none() => fieldset(
            &legend,
            html! {
                (fields(lang, &key, times, errors))
                @if !row.attended {
                    (Check::new(off, lang.t("classes.edit.off")).checked(times.off).errors(errors))
                }
            },
        ),
        _ => fieldset(
            &legend,
            html! {
                p {
                    (words::when(lang, row.meeting.evening())) " "
                    (Badge::plain(lang.t(super::overview::state_key(State::Closed))))
                }
            },
        ),
    }
}

fn fields(lang: Lang, key: &str, times: &Times, errors: &FieldErrors) -> Markup {
    html! {
        (Field::date(lang, format!("date-{key}"), lang.t("classes.field.date"))
            .value(times.date.as_str()).errors(errors))
        (beside(html! {
            (Field::text(format!("starts-{key}"), lang.t("classes.field.starts")).short()
                .value(times.starts.as_str()).errors(errors))
            (Field::text(format!("ends-{key}"), lang.t("classes.field.ends")).short()
                .value(times.ends.as_str()).errors(errors))
        }))
    }
}

#[cfg(test)]
mod tests;
