//! The rules of a day in one unit, as one actor sees them.

use jiff::civil::Date;
use thao_base::{Error, Result, TrainingRuleId, Tx};
use thao_people::unit::{self, Place};
use thao_web::{Action, Actor, Resource, check};

use super::Asked;
use crate::board::{self, Reached};
use crate::pages::view::day_asked;
use crate::readings::{self, Filling};
use crate::training_rule::{self, TrainingRule};

/// A rule in a unit and the units directly below it.
pub(super) struct OfRule {
    pub(super) rule: TrainingRule,
    /// None until everybody was counted once.
    pub(super) reached: Option<(Reached, Vec<Reached>)>,
    pub(super) filling: Option<Filling>,
}

pub(super) struct Shown {
    pub(super) place: Place,
    /// The units above it that the actor may see, the highest first.
    pub(super) above: Vec<Place>,
    pub(super) on: Date,
    pub(super) rules: Vec<OfRule>,
    pub(super) may_see_names: bool,
}

/// The unit asked for, or the actor's own, when they may do `action` there.
pub(super) fn place(
    tx: &mut Tx<'_>,
    actor: &Actor,
    asked: &Asked,
    action: Action,
    today: Date,
) -> Result<Place> {
    let asked = asked.unit.as_deref().and_then(|id| id.parse().ok());
    let place = match asked {
        Some(unit) => unit::place(tx, unit)?,
        None => {
            let scope = actor.scope(action, today);
            let lo = scope.spans().first().map(|span| span.lo).ok_or_else(Error::not_found)?;
            unit::find_at(tx, lo)?.ok_or_else(Error::not_found)?
        }
    };
    check(actor, action, Action::SeeBoards, Resource::At(place.pos), today)?;
    Ok(place)
}

pub(super) fn shown(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked, today: Date) -> Result<Shown> {
    let place = place(tx, actor, asked, Action::SeeBoards, today)?;
    let on = day_asked(asked.day.as_deref(), today).unwrap_or(today);
    let mut rules = Vec::new();
    for rule in training_rule::list(tx)?.into_iter().filter(|rule| rule.holds(on)) {
        rules.push(OfRule {
            reached: board::reached(tx, rule.measure, &place, on)?,
            filling: readings::filling(tx, rule.measure)?,
            rule,
        });
    }
    rules.sort_by(|a, b| a.rule.code.cmp(&b.rule.code));
    let scope = actor.scope(Action::SeeBoards, today);
    let mut above = unit::list_above(tx, place.unit)?;
    above.retain(|up| up.unit != place.unit && scope.holds(up.pos));
    above.reverse();
    Ok(Shown {
        above,
        on,
        rules,
        may_see_names: actor.scope(Action::SeeNames, today).holds(place.pos),
        place,
    })
}

/// A rule that holds or held.
pub(super) fn rule(tx: &mut Tx<'_>, id: TrainingRuleId) -> Result<TrainingRule> {
    training_rule::get(tx, id)
}
