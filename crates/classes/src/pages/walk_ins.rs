//! `POST /classes/meetings/{id}/walk-ins`: somebody came who is not on the list: they are put on
//! it, ticked, and asked whether they agree, in one go.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::locale::local_date;
use thao_base::{Error, Lang, MeetingId, PersonId, Result, Stamp, SubmissionId, Tx};
use thao_people::consent::Manner as ConsentManner;
use thao_people::viewing;
use thao_web::components::{Button, Choice, FieldErrors, Form, Icon, details};
use thao_web::{Action, Ask, Chrome, Reply, Sent, saying};

use super::{attendance as page, people};
use crate::access::{add_scope, visit_meeting};
use crate::class::{self, Class};
use crate::meeting::{self, Meeting};
use crate::newcomer::{self, Typed};
use crate::registration::{self, Manner};
use crate::schedule::State;
use crate::sheet::Mark;
use crate::{attendance, consent, look, submission};

/// How a walk-in answered: agreed in some manner, or was not asked yet.
type Answered = Option<ConsentManner>;

/// The value for "not asked yet".
const NOT_ASKED: &str = "none";

pub(super) async fn add(ask: Ask, Path(id): Path<MeetingId>, sent: Sent) -> Reply {
    let today = ask.today();
    let now = ask.app.clock.now();
    let typed = Typed::of(&sent);
    let answered = answered(&sent);
    let mut faults = Vec::new();
    let newcomer = typed.read(today);
    if let Err(found) = &newcomer {
        faults.extend(found.iter().copied());
    }
    if answered.is_err() {
        faults.push(("consent", "classes.error.consent"));
    }
    let (Ok(newcomer), Ok(answered)) = (newcomer, answered) else {
        let shown = page::load(&ask, id).await?;
        let chrome = ask.chrome(&shown.actor);
        let typed = page::WalkIn { typed, consent: sent.text("consent").to_owned() };
        let page = page::page(&ask, &chrome, &shown.it, &typed, &faults);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    if !people::is_decided(&sent) {
        let (wanted, form) = (newcomer.clone(), sent.form_id);
        let seen = viewing::read(&ask, move |tx, actor, looks| {
            if submission::is_known(tx, form)? {
                return Ok(None);
            }
            let (class, meeting) = visit_meeting(tx, actor, id, Action::TakeAttendance, today)?;
            refuse_unless_open(&class, &meeting, now)?;
            people::may_add(tx, actor, &class, &wanted, today)?;
            let scope = add_scope(actor, &class, today);
            let likely = newcomer::list_likely(tx, &scope, &class, &wanted, today)?;
            looks.push(look::search(&class, likely.known.len()));
            Ok(Some((class, likely)))
        })
        .await?;
        if let Some((class, likely)) = seen.it.as_ref().filter(|(_, likely)| !likely.is_empty()) {
            let chrome = ask.chrome(&seen.actor);
            let here = format!("/classes/meetings/{id}");
            let back = format!("{here}/attendance");
            let mut carried = typed.fields().to_vec();
            carried.push(("consent", sent.text("consent")));
            let question = people::Question {
                class,
                likely,
                action: format!("{here}/walk-ins"),
                back: &back,
                carried,
                named: &newcomer.full_name,
            };
            return Ok(question.page(&ask, &chrome).into_response());
        }
    }
    Ok(ask
        .submit("classes.act.walk_in", &sent, move |tx, actor, stamp, sent| {
            let (class, meeting) = visit_meeting(tx, actor, id, Action::TakeAttendance, today)?;
            refuse_unless_open(&class, &meeting, stamp.at)?;
            let since = local_date(meeting.starts_at);
            let person = people::decided(tx, actor, stamp, sent, &class, &newcomer, since)?;
            registration::add(tx, stamp, class.id, &[person], Manner::WalkIn)?;
            if let Some(manner) = answered {
                consent::note(tx, stamp, &[person], manner, Some(id))?;
            }
            tick(tx, stamp, &class, &meeting, person, sent.form_id)?;
            Ok(saying(&format!("/classes/meetings/{id}/attendance"), "classes.notice.walk_in"))
        })
        .await?)
}

fn tick(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    class: &Class,
    meeting: &Meeting,
    person: PersonId,
    form: Option<SubmissionId>,
) -> Result<()> {
    let roster = registration::roster(tx, class.id, stamp.today())?;
    let form = form.unwrap_or_else(|| stamp.id());
    let mark = Mark { id: attendance::mark_id(form, person, true), person, present: true };
    attendance::mark(tx, stamp, class, meeting, &roster, &[mark], None)?;
    Ok(())
}

fn refuse_unless_open(class: &Class, meeting: &Meeting, now: jiff::Timestamp) -> Result<()> {
    class::refuse_cancelled(class)?;
    match meeting.state(now) {
        State::Planned => Err(meeting::too_early(meeting)),
        State::Closed => Err(Error::conflict("classes.error.meeting_closed")),
        State::Open | State::Over => Ok(()),
    }
}

fn answered(sent: &Sent) -> Result<Answered, ()> {
    match sent.text("consent") {
        NOT_ASKED => Ok(None),
        code => match ConsentManner::from_code(code) {
            Some(manner @ (ConsentManner::SignedRoll | ConsentManner::Oral)) => Ok(Some(manner)),
            Some(ConsentManner::Online) | None => Err(()),
        },
    }
}

/// The form below the tick list.
pub(super) fn form(
    ask: &Ask,
    chrome: &Chrome,
    shown: &page::Shown,
    walk_in: &page::WalkIn,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let action = format!("/classes/meetings/{}/walk-ins", shown.meeting.id);
    let form = Form::post(chrome, action).once(ask.form_id()).body(html! {
        (people::name_and_birth(lang, &walk_in.typed, errors))
        (people::village(lang, &walk_in.typed, &shown.villages, shown.class.area, errors))
        (consent_choice(lang, &walk_in.consent, errors))
        (Button::primary(lang.t("classes.walk_in.do")).icon(Icon::Plus))
    });
    if errors.is_empty() {
        details(lang.t("classes.walk_in.title"), html! { (form) })
    } else {
        html! { section.flow { h2 { (lang.t("classes.walk_in.title")) } (form) } }
    }
}

/// How they agreed; nothing is chosen beforehand.
fn consent_choice<'a>(lang: Lang, chosen: &'a str, errors: &FieldErrors) -> Choice<'a> {
    Choice::one("consent", lang.t("classes.consent.question"))
        .hint(lang.t("classes.consent.sentence"))
        .option(ConsentManner::SignedRoll.code(), lang.t("classes.consent.signed_roll"))
        .option(ConsentManner::Oral.code(), lang.t("classes.consent.oral"))
        .option(NOT_ASKED, lang.t("classes.consent.not_asked"))
        .chosen(chosen)
        .errors(errors)
}
