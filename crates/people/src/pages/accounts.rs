//! `/people/{id}/accounts` and `/people/{id}/slips`: an account for somebody, and the slip that
//! opens it or gives it a new password. The code is shown once, on the sheet to print.

use axum::http::HeaderMap;
use axum::response::IntoResponse;
use maud::html;
use thao_base::{AccountId, Error, PersonId, Result, Stamp, Tx};
use thao_web::components::{LinkButton, print_button};
use thao_web::{Action, Actor, Ask, Page, Reply, Sent};

use super::kit::At;
use super::reach::{Reached, reach};
use super::slips::{ActivationSlip, activation_url, slip_sheet};
use crate::account::{self, Account};
use crate::appointment;
use crate::viewing::{self, Look};

/// Makes an account when there is none, and a slip for it. The same form again makes a new slip;
/// the one before is void.
pub(crate) async fn open(At(id): At<PersonId>, headers: HeaderMap, ask: Ask, _sent: Sent) -> Reply {
    let at = ask.clone();
    let made = ask
        .write("people.act.open_account", move |tx, actor, stamp| {
            let reached = covered(tx, actor, id, &at)?;
            let open = account::list_of_person(tx, reached.person.id)?;
            let account = match open.into_iter().next() {
                Some(account) => account,
                None => {
                    let login = account::free_login(tx, &reached.person.full_name)?;
                    let id = account::add(tx, stamp, reached.person.id, &login)?;
                    account::get(tx, id)?
                }
            };
            slip(tx, stamp, &reached, &account, &at, &headers)
        })
        .await?;
    sheet(&ask, &made.actor, id, &made.it)
}

/// Makes a slip for an account there is: a new password for who forgot theirs.
pub(crate) async fn renew(At(id): At<PersonId>, headers: HeaderMap, ask: Ask, sent: Sent) -> Reply {
    let at = ask.clone();
    let wanted: Option<AccountId> = sent.parse("account");
    let made = ask
        .write("people.act.make_slip", move |tx, actor, stamp| {
            let reached = covered(tx, actor, id, &at)?;
            let mut open = Vec::new();
            for row in &reached.rows {
                open.extend(account::list_of_person(tx, *row)?);
            }
            let account = open.into_iter().find(|a| wanted.is_none_or(|id| id == a.id));
            let account = account.ok_or_else(Error::not_found)?;
            slip(tx, stamp, &reached, &account, &at, &headers)
        })
        .await?;
    sheet(&ask, &made.actor, id, &made.it)
}

/// A person whose password the actor may renew: theirs to look after, and with no rights the
/// actor does not have.
fn covered(tx: &mut Tx<'_>, actor: &Actor, id: PersonId, ask: &Ask) -> Result<Reached> {
    let today = ask.today();
    let reached = reach(tx, actor, id, Action::ResetPassword, today)?;
    for row in &reached.rows {
        let held = appointment::list_of_person(tx, *row)?;
        if !appointment::covers(actor, &held, today) {
            return Err(Error::new(thao_base::Kind::Forbidden, "people.error.not_covered"));
        }
    }
    Ok(reached)
}

fn slip(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    reached: &Reached,
    account: &Account,
    ask: &Ask,
    headers: &HeaderMap,
) -> Result<ActivationSlip> {
    let today = ask.today();
    let code = account::add_slip(tx, stamp, account.id)?;
    viewing::log(tx, stamp, &Look::file("people.view.slip", 1).about(account.person))?;
    let belongs = super::person::with_units(tx, &reached.rows)?;
    let unit = belongs.into_iter().find(|(a, _)| a.valid_to.is_none_or(|to| today < to));
    Ok(ActivationSlip {
        name: reached.person.full_name.clone(),
        unit: unit.map(|(_, path)| path).unwrap_or_default(),
        login: account.login.clone(),
        url: activation_url(&ask.app.site, headers, &code),
        code,
        expires: account::slip_expiry(stamp.at)?,
    })
}

fn sheet(ask: &Ask, actor: &Actor, person: PersonId, slip: &ActivationSlip) -> Reply {
    let chrome = ask.chrome(actor);
    let lang = chrome.lang;
    let slips = slip_sheet(lang, std::slice::from_ref(slip))?;
    let page = Page::new(&chrome, lang.t("people.slip.title")).paper().body(html! {
        div.toolbar.no-print {
            (LinkButton::quiet(format!("/people/{person}"), lang.t("people.slip.back")))
            (print_button(lang))
        }
        p.no-print { (lang.t("people.slip.once")) }
        (slips)
    });
    Ok(page.into_response())
}
