//! Activation slips for the accounts a file made: new codes each time, printed at once.

use axum::http::HeaderMap;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::html;
use thao_base::{AccountId, ImportId, Result, Tx};
use thao_web::components::{Button, Form, Icon, Notice, hidden, print_button};
use thao_web::{Action, Actor, Ask, Page, Reply, Resource, Sent, may};

use super::files::reach_file;
use crate::imports::people::{DESK, account_of};
use crate::imports::{Came, File, Paths, Show, rows};
use crate::pages::kit::At;
use crate::pages::slips::{ActivationSlip, activation_url, slip_sheet};
use crate::viewing::{self, Look};
use crate::{account, appointment, person};

/// Slips of a sheet: a ream of paper is printed in turns.
const SHEET: usize = 200;
/// Where they are printed.
pub(super) const PATH: &str = "/people/imports/{id}/slips";

/// Accounts of a file that nobody uses yet, after a row: `(row, account)`.
fn waiting(tx: &mut Tx<'_>, file: &File, after: i32, most: usize) -> Result<Vec<(i32, AccountId)>> {
    let mut out = Vec::new();
    let mut after = after;
    loop {
        let some = rows::list(tx, file.id, Show::Came(Came::Done), after, 500)?;
        let Some(last) = some.last() else { return Ok(out) };
        after = last.no;
        for row in &some {
            let Some(id) = account_of(row) else { continue };
            let known = account::get(tx, id)?;
            if known.password_hash.is_none() && known.closed_at.is_none() {
                out.push((row.no, id));
            }
            if out.len() == most {
                return Ok(out);
            }
        }
    }
}

/// A slip is a new password: the actor must reach the person, and whoever was appointed since the
/// import may hold no more than the actor does.
fn may_print(tx: &mut Tx<'_>, actor: &Actor, id: AccountId, today: Date) -> Result<bool> {
    let known = account::get(tx, id)?;
    let places = person::positions(tx, known.person, today)?;
    let resource = Resource::Person(known.person, &places);
    let held = appointment::list_of_person(tx, known.person)?;
    Ok(may(actor, Action::ResetPassword, resource, today)
        && appointment::covers(actor, &held, today))
}

/// How many accounts of a file nobody uses yet; counted up to two thousand.
pub(super) fn count(tx: &mut Tx<'_>, file: &File) -> Result<usize> {
    Ok(waiting(tx, file, 0, 2_000)?.len())
}

pub(super) async fn print(ask: Ask, At(id): At<ImportId>, headers: HeaderMap, sent: Sent) -> Reply {
    let today = ask.today();
    let after = sent.parse("after").unwrap_or(0);
    let site = ask.app.site.clone();
    let seen = ask
        .write("people.act.print_slips", move |tx, actor, stamp| {
            let file = reach_file(tx, actor, &DESK, id, today)?;
            let mut found = waiting(tx, &file, after, SHEET + 1)?;
            let more = SHEET < found.len();
            found.truncate(SHEET);
            let last = found.last().map(|(no, _)| *no);
            let mut reached = Vec::with_capacity(found.len());
            for (no, id) in found {
                if may_print(tx, actor, id, today)? {
                    reached.push((no, id));
                }
            }
            let expires = account::slip_expiry(stamp.at)?;
            let mut slips = Vec::with_capacity(reached.len());
            for (_, id) in &reached {
                let known = account::get(tx, *id)?;
                let code = account::add_slip(tx, stamp, *id)?;
                slips.push(ActivationSlip {
                    name: person::get(tx, known.person)?.full_name,
                    unit: crate::imports::people::unit_of(tx, known.person, today)?,
                    login: known.login,
                    url: activation_url(&site, &headers, &code),
                    code,
                    expires,
                });
            }
            let look = Look::file(DESK.view, slips.len()).about(id).within(Some(file.unit));
            viewing::log(tx, stamp, &look)?;
            let next = last.filter(|_| more);
            Ok((slips, next))
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let (slips, next) = seen.it;
    let sheet = slip_sheet(lang, &slips)?;
    let page = Page::new(&chrome, lang.t("people.imports.slips_title")).paper().body(html! {
        div.no-print {
            p { a href=(Paths::of(DESK.paths.one, id)) { (lang.t("people.imports.finished")) } }
            @if slips.is_empty() {
                (Notice::info(lang.t("people.imports.slips_none")))
            } @else {
                (print_button(lang))
            }
            @if let Some(next) = next {
                (Form::post(&chrome, Paths::of(PATH, id)).inline().body(html! {
                    (hidden("after", &next.to_string()))
                    (Button::quiet(lang.t("people.imports.slips_more")).icon(Icon::Print))
                }))
            }
        }
        (sheet)
    });
    Ok(page.into_response())
}
