//! What an actor may do with a class: asked in one place, where the class lies.

use jiff::civil::Date;
use thao_base::{ClassId, MeetingId, Result, Tx};
use thao_web::{Action, Actor, Resource, Scope, check, may};

use crate::class::{self, Class};
use crate::meeting::{self, Meeting};

/// Changing attendance after its meeting was closed: for those who may also enter results of the
/// past, that is managers.
const CORRECT: Action = Action::ImportResults;

/// What somebody may do with one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// Edit, cancel, register, invite, open a meeting again.
    pub run: bool,
    /// Tick, note consent, close a meeting.
    pub mark: bool,
    /// Add people the system does not know.
    pub add: bool,
    /// Change what was closed.
    pub correct: bool,
}

pub fn rights(actor: &Actor, class: &Class, today: Date) -> Rights {
    let may = |action| may(actor, action, Resource::At(class.pos), today);
    Rights {
        run: may(Action::RunClasses),
        mark: may(Action::TakeAttendance),
        add: may(Action::AddPeople),
        correct: may(CORRECT),
    }
}

/// A class the actor may do `action` with.
///
/// # Errors
/// 404 when there is none or the actor may not know of it, 403 when they may not do this.
pub fn visit(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ClassId,
    action: Action,
    today: Date,
) -> Result<Class> {
    let class = class::get(tx, id)?;
    check(actor, action, Action::SeeClasses, Resource::At(class.pos), today)?;
    Ok(class)
}

/// A meeting and its class, of which the same is asked.
///
/// # Errors
/// As [`visit`].
pub fn visit_meeting(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MeetingId,
    action: Action,
    today: Date,
) -> Result<(Class, Meeting)> {
    let meeting = meeting::get(tx, id)?;
    Ok((visit(tx, actor, meeting.class, action, today)?, meeting))
}

/// Where people may be looked for to be registered: the class's commune, as far as the actor runs
/// classes in it.
pub fn search_scope(actor: &Actor, class: &Class, today: Date) -> Scope {
    actor.scope(Action::RunClasses, today).within(class.area_span())
}

/// Where people may be added: the villages of the class's commune, as far as the actor adds people
/// in them.
pub fn add_scope(actor: &Actor, class: &Class, today: Date) -> Scope {
    actor.scope(Action::AddPeople, today).within(class.area_span())
}
