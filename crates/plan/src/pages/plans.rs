//! `/plan/plans` and what lies below it.

pub(super) mod edit;
mod form;
pub(super) mod list;
pub(super) mod one;

use jiff::civil::Date;
use thao_base::{Error, PlanId, Result, Tx};
use thao_people::unit::{self, Place};
use thao_web::{Action, Actor, Resource, Scope, check};

use crate::plan::{self, Plan};

/// A plan that concerns the actor, and where it holds.
///
/// # Errors
/// 404 when none of the actor's units lies in the plan's or above it.
pub(crate) fn seen(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: PlanId,
    today: Date,
) -> Result<(Plan, Place)> {
    let plan = plan::get(tx, id)?;
    let place = unit::place(tx, plan.unit)?;
    match concerns(&actor.scope(Action::SeeBoards, today), &place) {
        true => Ok((plan, place)),
        false => Err(Error::not_found()),
    }
}

/// A plan the actor may change.
///
/// # Errors
/// 404 when it does not concern the actor, 403 when they may only read it.
pub(crate) fn kept(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: PlanId,
    today: Date,
) -> Result<(Plan, Place)> {
    let (plan, place) = seen(tx, actor, id, today)?;
    may_keep(actor, &place, today)?;
    Ok((plan, place))
}

/// Whoever sees a plan knows of it: what they may not change is forbidden, not hidden.
fn may_keep(actor: &Actor, place: &Place, today: Date) -> Result<()> {
    check(actor, Action::SetTargets, Action::SetTargets, Resource::At(place.pos), today)
        .map_err(|_| Error::forbidden())
}

/// Whether a scope lies in a unit, or above it.
fn concerns(scope: &Scope, place: &Place) -> bool {
    scope.spans().iter().any(|span| place.pos <= span.hi && span.lo <= place.last)
}
