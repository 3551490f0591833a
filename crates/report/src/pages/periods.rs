//! `/report/periods/{form}/{period}`: a period, unit by unit.

pub(super) mod export;
pub(super) mod show;
pub(super) mod text;

use jiff::civil::Date;
use thao_base::{ReportFormId, Result, Tx};
use thao_web::{Action, Actor, Resource, may};

use crate::collect::{self, Collected};
use crate::due;
use crate::form::Form;
use crate::pages::reach;
use crate::period::Period;

/// A period as one actor sees it.
pub(super) struct Shown {
    pub(super) form: Form,
    pub(super) period: Period,
    pub(super) collected: Collected,
    /// Whether the actor sees all of it, and so what it comes to.
    pub(super) whole: bool,
    pub(super) may_decide: bool,
}

/// Loads a period: the units the actor may see, and totals for who sees them all.
pub(super) fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ReportFormId,
    key: &str,
    today: Date,
) -> Result<Shown> {
    let form = reach::form(tx, actor, id, today)?;
    let period = due::period(tx, &form, key)?;
    let mut collected = collect::collect(tx, &form, &period)?;
    let scope = actor.scope(Action::SeeBoards, today);
    collected.rows.retain(|row| scope.holds(row.place.pos));
    Ok(Shown {
        whole: scope.holds(form.pos),
        may_decide: may(actor, Action::SetTargets, Resource::At(form.pos), today),
        form,
        period,
        collected,
    })
}
