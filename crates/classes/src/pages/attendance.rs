//! `/classes/meetings/{id}/attendance`: the sheet of one evening; ticks, consent, closing it.

use std::collections::HashSet;

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::Markup;
use serde::Deserialize;
use thao_base::{Error, MeetingId, PersonId, Result, Stamp, SubmissionId, Tx};
use thao_people::consent::Manner as ConsentManner;
use thao_people::{Place, viewing};
use thao_web::{Action, Actor, Ask, Chrome, Reply, Sent, saying, saying_n};

use super::{people, sheet};
use crate::access::{Rights, rights, visit_meeting};
use crate::attendance::{self, Correction, Marked, mark_id};
use crate::class::Class;
use crate::meeting::{self, Meeting};
use crate::newcomer::{Fault, Typed};
use crate::registration::{self, Entry};
use crate::sheet::{Mark, Sheet};
use crate::{consent, look};

/// Everything the page shows.
pub(super) struct Shown {
    pub class: Class,
    pub meeting: Meeting,
    pub rights: Rights,
    pub roster: Vec<Entry>,
    pub sheet: Sheet,
    pub corrections: Vec<Correction>,
    pub villages: Vec<Place>,
    /// A tag of the account that looks: no other on this device sends what it left unsent.
    pub owner: String,
    /// A manager is about to correct what was closed.
    pub correcting: bool,
    /// Whom somebody ticked in a form that is shown again.
    ticked: Option<HashSet<PersonId>>,
}

impl Shown {
    /// Whether the box of a person is ticked.
    pub fn is_ticked(&self, entry: &Entry) -> bool {
        match &self.ticked {
            Some(ticked) => ticked.contains(&entry.person),
            None => self.sheet.is_present(entry.canonical),
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Wanted {
    /// `1`: to correct what was closed.
    correct: Option<String>,
}

/// What stands in the form for walk-ins.
#[derive(Debug, Clone, Default)]
pub(super) struct WalkIn {
    pub typed: Typed,
    pub consent: String,
}

pub(super) async fn show(
    ask: Ask,
    Path(id): Path<MeetingId>,
    Query(wanted): Query<Wanted>,
) -> Reply {
    let mut seen = load(&ask, id).await?;
    seen.it.correcting = wanted.correct.is_some();
    let chrome = ask.chrome(&seen.actor);
    let own = seen.it.class.unit.to_string();
    let walk_in =
        WalkIn { typed: Typed { village: own, ..Typed::default() }, consent: String::new() };
    Ok(page(&ask, &chrome, &seen.it, &walk_in, &[]).into_response())
}

/// The whole list at once: what differs from what was shown is what somebody meant.
pub(super) async fn save(ask: Ask, Path(id): Path<MeetingId>, sent: Sent) -> Reply {
    let today = ask.today();
    let form = sent.form_id.unwrap_or_else(|| ask.app.stamp("", &Actor::nobody()).id());
    let marks = whole_form(&sent, form);
    let reason = reason(&sent);
    let done = ask
        .write("classes.act.save_attendance", move |tx, actor, stamp| {
            record(tx, actor, stamp, id, &marks, reason.as_deref(), today)
        })
        .await;
    let done = match done {
        Err(error) if error.field_name() == Some("reason") => {
            return without_reason(&ask, id, &sent).await;
        }
        done => done?,
    };
    let here = format!("/classes/meetings/{id}/attendance");
    let to = match done.it.skipped.len() {
        0 => saying_n(&here, "classes.notice.saved", done.it.count.present),
        n => saying_n(&here, "classes.notice.saved_without", n),
    };
    Ok(axum::response::Redirect::to(&to).into_response())
}

/// The form once more, with the ticks as they were sent: the reason is missing.
async fn without_reason(ask: &Ask, id: MeetingId, sent: &Sent) -> Reply {
    let mut seen = load(ask, id).await?;
    seen.it.correcting = true;
    seen.it.ticked = Some(sent.all("present").filter_map(|who| who.parse().ok()).collect());
    let chrome = ask.chrome(&seen.actor);
    let faults = [("reason", "classes.error.reason_missing")];
    let page = page(ask, &chrome, &seen.it, &WalkIn::default(), &faults);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Ticks as they are made: `form_id` names the batch, `on` and `off` the people. Who is not
/// registered is named in `skipped` of the answer; everybody else is stored.
pub(super) async fn tick(ask: Ask, Path(id): Path<MeetingId>, sent: Sent) -> Reply {
    let today = ask.today();
    let Some(batch) = sent.form_id else {
        return Err(Error::invalid("classes.error.batch").field("form_id").into());
    };
    let read = |who: &str| {
        who.parse::<PersonId>().map_err(|_| Error::invalid("classes.error.not_registered"))
    };
    let mut marks = Vec::new();
    for (field, who) in sent.fields() {
        let present = match field.as_str() {
            "on" => true,
            "off" => false,
            _ => continue,
        };
        let person = read(who)?;
        marks.push(Mark { id: mark_id(batch, person, present), person, present });
    }
    let done = ask
        .write("classes.act.tick", move |tx, actor, stamp| {
            record(tx, actor, stamp, id, &marks, None, today)
        })
        .await?;
    if done.it.skipped.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let skipped: Vec<String> = done.it.skipped.iter().map(ToString::to_string).collect();
    Ok(Json(serde_json::json!({ "skipped": skipped })).into_response())
}

/// Closes the evening; who signed the printed roll agreed by that.
pub(super) async fn close(ask: Ask, Path(id): Path<MeetingId>, sent: Sent) -> Reply {
    let today = ask.today();
    Ok(ask
        .submit("classes.act.close_meeting", &sent, move |tx, actor, stamp, sent| {
            let (class, meeting) = visit_meeting(tx, actor, id, Action::TakeAttendance, today)?;
            let closed = meeting::close(tx, stamp, &meeting)?;
            if closed && sent.text("signed") == "on" {
                let roster = registration::roster(tx, class.id, today)?;
                let sheet = attendance::sheet(tx, id, &roster)?;
                let signed: Vec<PersonId> = roster
                    .iter()
                    .filter(|entry| !entry.consented && sheet.is_present(entry.canonical))
                    .map(|entry| entry.person)
                    .collect();
                consent::note(tx, stamp, &signed, ConsentManner::SignedRoll, Some(id))?;
            }
            let key =
                if closed { "classes.notice.closed" } else { "classes.notice.closed_already" };
            Ok(saying(&format!("/classes/meetings/{id}/attendance"), key))
        })
        .await?)
}

pub(super) async fn reopen(ask: Ask, Path(id): Path<MeetingId>, sent: Sent) -> Reply {
    let today = ask.today();
    Ok(ask
        .submit("classes.act.reopen_meeting", &sent, move |tx, actor, stamp, _| {
            let (_, meeting) = visit_meeting(tx, actor, id, Action::RunClasses, today)?;
            meeting::reopen(tx, stamp, &meeting)?;
            Ok(saying(&format!("/classes/meetings/{id}/attendance"), "classes.notice.reopened"))
        })
        .await?)
}

/// Notes who agreed, and how.
pub(super) async fn note_consents(ask: Ask, Path(id): Path<MeetingId>, sent: Sent) -> Reply {
    let today = ask.today();
    Ok(ask
        .submit("classes.act.note_consent", &sent, move |tx, actor, stamp, sent| {
            let (class, _) = visit_meeting(tx, actor, id, Action::TakeAttendance, today)?;
            let manner = ConsentManner::from_code(sent.text("manner"))
                .filter(|manner| *manner != ConsentManner::Online)
                .ok_or_else(|| Error::invalid("classes.error.consent").field("manner"))?;
            let roster = registration::roster(tx, class.id, today)?;
            let ticked: Vec<&str> = sent.all("agreed").collect();
            let agreed: Vec<PersonId> = roster
                .iter()
                .filter(|entry| !entry.consented)
                .map(|entry| entry.person)
                .filter(|person| ticked.contains(&person.to_string().as_str()))
                .collect();
            consent::note(tx, stamp, &agreed, manner, Some(id))?;
            let here = format!("/classes/meetings/{id}/attendance");
            Ok(saying_n(&here, "classes.notice.consents", agreed.len()))
        })
        .await?)
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    stamp: &Stamp,
    id: MeetingId,
    marks: &[Mark],
    reason: Option<&str>,
    today: Date,
) -> Result<Marked> {
    let (class, meeting) = visit_meeting(tx, actor, id, Action::TakeAttendance, today)?;
    // Only a manager's reason opens what is closed.
    let corrects = meeting.closed_at.is_some() && rights(actor, &class, today).correct;
    let reason = reason.filter(|_| corrects);
    let roster = registration::roster(tx, class.id, today)?;
    match attendance::mark(tx, stamp, &class, &meeting, &roster, marks, reason) {
        Err(error) if corrects && error.key() == "classes.error.meeting_closed" => {
            Err(Error::invalid("classes.error.reason_missing").field("reason"))
        }
        done => done,
    }
}

/// Who was ticked and is not, and the other way round, since the page was shown: what another
/// phone did meanwhile stays.
fn whole_form(sent: &Sent, form: SubmissionId) -> Vec<Mark> {
    let people = |field: &'static str| -> Vec<PersonId> {
        sent.all(field).filter_map(|who| who.parse().ok()).collect()
    };
    let (shown, now) = (people("was"), people("present"));
    let mark = |person: &PersonId, present: bool| Mark {
        id: mark_id(form, *person, present),
        person: *person,
        present,
    };
    let on = now.iter().filter(|person| !shown.contains(person)).map(|person| mark(person, true));
    let off = shown.iter().filter(|person| !now.contains(person)).map(|person| mark(person, false));
    on.chain(off).collect()
}

fn reason(sent: &Sent) -> Option<String> {
    const MOST: usize = 500;
    let reason = thao_base::text::tidy(sent.text("reason"));
    (!reason.is_empty()).then(|| reason.chars().take(MOST).collect())
}

/// Reads everything the page shows; the look at the names is logged before they leave.
pub(super) async fn load(ask: &Ask, id: MeetingId) -> Result<thao_web::Seen<Shown>> {
    let today = ask.today();
    viewing::read(ask, move |tx, actor, looks| {
        let (class, meeting) = visit_meeting(tx, actor, id, Action::SeeClasses, today)?;
        let rights = rights(actor, &class, today);
        let roster = registration::roster(tx, class.id, today)?;
        looks.push(look::page("classes.view.attendance", &class, roster.len()));
        let closed = meeting.closed_at.is_some();
        let on = !closed && class.cancelled_at.is_none();
        let villages = match rights.mark && rights.add && on {
            true => people::villages(tx, actor, &class, today)?,
            false => Vec::new(),
        };
        Ok(Shown {
            sheet: attendance::sheet(tx, id, &roster)?,
            corrections: match closed {
                true => attendance::list_corrections(tx, id)?,
                false => Vec::new(),
            },
            owner: owner(actor),
            correcting: false,
            ticked: None,
            class,
            meeting,
            rights,
            roster,
            villages,
        })
    })
    .await
}

/// Tells accounts apart without naming them.
fn owner(actor: &Actor) -> String {
    let account = actor.account.map(|account| account.to_string()).unwrap_or_default();
    blake3::hash(account.as_bytes()).to_hex().chars().take(8).collect()
}

pub(super) fn page(
    ask: &Ask,
    chrome: &Chrome,
    shown: &Shown,
    walk_in: &WalkIn,
    faults: &[Fault],
) -> Markup {
    sheet::page(ask, chrome, shown, walk_in, faults)
}
