//! Who may do what with a return: the unit files it, the unit it is filed to decides.

use jiff::civil::Date;
use thao_base::{Error, ReportFormId, Result, ReturnId, Tx};
use thao_people::unit;
use thao_web::{Action, Actor, Resource, check, may};

use crate::dossier::{self, Dossier};
use crate::filing;
use crate::form::{self, Form};

/// Loads a return for somebody who may see its unit.
///
/// # Errors
/// 404 when they may not know of it.
pub(super) fn see(tx: &mut Tx<'_>, actor: &Actor, id: ReturnId, today: Date) -> Result<Dossier> {
    // Before anything is computed for somebody who may not see it.
    let filed = filing::get(tx, id)?;
    let place = unit::place(tx, filed.unit)?;
    check(actor, Action::SeeBoards, Action::SeeBoards, Resource::At(place.pos), today)?;
    dossier::load(tx, id)
}

pub(super) fn may_file(actor: &Actor, of: &Dossier, today: Date) -> bool {
    may(actor, Action::ImportFigures, Resource::At(of.place.pos), today)
}

pub(super) fn may_decide(actor: &Actor, of: &Dossier, today: Date) -> bool {
    may(actor, Action::SetTargets, Resource::At(of.form.pos), today)
}

/// Loads a return for somebody who may file it.
///
/// # Errors
/// 404 when they may not know of it, 403 when they may only see it.
pub(super) fn file(tx: &mut Tx<'_>, actor: &Actor, id: ReturnId, today: Date) -> Result<Dossier> {
    let found = see(tx, actor, id, today)?;
    if may_file(actor, &found, today) { Ok(found) } else { Err(Error::forbidden()) }
}

/// Loads a return for somebody of the unit above, who decides.
///
/// # Errors
/// 404 when they may not know of it, 403 when they may only see it.
pub(super) fn decide(tx: &mut Tx<'_>, actor: &Actor, id: ReturnId, today: Date) -> Result<Dossier> {
    let found = see(tx, actor, id, today)?;
    if may_decide(actor, &found, today) { Ok(found) } else { Err(Error::forbidden()) }
}

/// A form that concerns the actor: filed to a unit of theirs, or by one.
///
/// # Errors
/// 404 when it does not.
pub(super) fn form(tx: &mut Tx<'_>, actor: &Actor, id: ReportFormId, today: Date) -> Result<Form> {
    let found = form::get(tx, id)?;
    let scope = actor.scope(Action::SeeBoards, today);
    let within = scope.within(found.span());
    if within.is_empty() { Err(Error::not_found()) } else { Ok(found) }
}

/// A form the actor may edit.
///
/// # Errors
/// 404 when it does not concern them, 403 when they may only read it.
pub(super) fn own_form(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ReportFormId,
    today: Date,
) -> Result<Form> {
    let found = form(tx, actor, id, today)?;
    let may = may(actor, Action::SetTargets, Resource::At(found.pos), today);
    if may { Ok(found) } else { Err(Error::forbidden()) }
}
