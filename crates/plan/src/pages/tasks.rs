//! `/plan/tasks` and what lies below it.

pub(super) mod edit;
pub(super) mod export;
mod form;
pub(super) mod home;
pub(super) mod list;
pub(super) mod one;

use jiff::civil::Date;
use thao_base::{Result, TaskId, Tx};
use thao_web::{Action, Actor};

use super::plans;
use crate::task::{self, Task};

/// What an actor may do with a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rights {
    /// Say how far it is: the unit in charge, and whoever keeps the plan.
    pub(crate) say: bool,
    /// Change or withdraw it: whoever keeps the plan.
    pub(crate) edit: bool,
}

/// A task of a plan that concerns the actor.
///
/// # Errors
/// 404 when the plan does not concern the actor.
pub(crate) fn seen(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TaskId,
    today: Date,
) -> Result<(Task, Rights)> {
    let task = task::get(tx, id)?;
    let (_, place) = plans::seen(tx, actor, task.plan, today)?;
    let scope = actor.scope(Action::SetTargets, today);
    let edit = scope.holds(place.pos);
    let say = edit || task.pos.is_some_and(|pos| scope.holds(pos));
    Ok((task, Rights { say, edit }))
}
