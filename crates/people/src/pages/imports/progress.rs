//! A step that is under way: how far it is, and what to do when it stopped.

use maud::{Markup, html};
use thao_base::{Lang, Result, Tx};
use thao_jobs::Job;
use thao_web::components::{
    Button, Form, Icon, LinkButton, Notice, Progress, finished, live_part, refresh,
};
use thao_web::page::Chrome;

use crate::imports::{Desk, File, Paths, State, direct};

/// Seconds between two looks.
const EVERY: u16 = 2;
/// The name of the live part.
pub(super) const PART: &str = "progress";

/// How far a step is.
pub(super) struct Going {
    job: Option<Job>,
    stuck: bool,
}

pub(super) fn load(tx: &mut Tx<'_>, file: &File) -> Result<Going> {
    let job = match file.job {
        Some(id) => thao_jobs::find(tx, id)?,
        None => None,
    };
    Ok(Going { job, stuck: direct::is_stuck(tx, file)? })
}

/// The part of the page that is asked for again and again.
pub(super) fn part(lang: Lang, desk: &Desk, file: &File, going: &Going) -> Markup {
    let href = Paths::of(desk.paths.one, file.id);
    let words = match file.state() {
        State::Planning => lang.t("people.imports.planning"),
        State::Applying => lang.t("people.imports.applying"),
        State::Undoing => lang.t("people.imports.undoing"),
        State::Ready | State::Applied | State::Undone => {
            return html! {
                p { (LinkButton::primary(href, lang.t("people.imports.finished")).icon(Icon::ArrowRight)) }
                (finished())
            };
        }
    };
    let (done, total) = going.job.as_ref().map_or((0, 0), |job| (job.done, job.total));
    html! {
        (Progress::new(lang, words, done, total))
        @if going.stuck { (finished()) } @else { p.quiet { (lang.t("people.imports.leave")) } }
    }
}

/// The whole of it on the page.
pub(super) fn show(
    chrome: &Chrome,
    desk: &Desk,
    file: &File,
    going: &Going,
    form_id: String,
) -> Markup {
    let lang = chrome.lang;
    let href = Paths::of(desk.paths.one, file.id);
    html! {
        (live_part(PART, EVERY, part(lang, desk, file, going)))
        @if going.stuck {
            (stuck(chrome, desk, file, going, form_id))
        } @else {
            (refresh(lang, &href))
        }
    }
}

fn stuck(chrome: &Chrome, desk: &Desk, file: &File, going: &Going, form_id: String) -> Markup {
    let lang = chrome.lang;
    let why = going.job.as_ref().and_then(|job| job.failure(lang));
    let go_on = Form::post(chrome, Paths::of(desk.paths.continuation, file.id))
        .once(form_id)
        .inline()
        .body(Button::primary(lang.t("people.imports.go_on")).icon(Icon::Play));
    html! {
        (Notice::warn(lang.t("people.imports.stuck")).more(html! {
            @if let Some(why) = why { p.quiet { (why) } }
            (go_on)
        }))
    }
}
