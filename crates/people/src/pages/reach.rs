//! Who and what an actor may reach: a person in their units, a unit to put somebody into.

use jiff::civil::Date;
use thao_base::{PersonId, Result, Tx, UnitId};
use thao_web::components::{Choice, FieldErrors};
use thao_web::{Action, Actor, Resource, check, may};

use crate::person::Person;
use crate::unit::{self, Place};
use crate::{cluster, person};

/// Units offered in one list at most; beyond, villages are left out.
const OFFERED: i64 = 150;

/// A person somebody may do something with.
pub(crate) struct Reached {
    /// The row that stands for all.
    pub person: Person,
    /// All rows that are this person.
    pub rows: Vec<PersonId>,
    /// Where they belong in the tree.
    pub positions: Vec<i64>,
}

impl Reached {
    pub(crate) fn resource(&self) -> Resource<'_> {
        Resource::Person(self.person.id, &self.positions)
    }

    pub(crate) fn allows(&self, actor: &Actor, action: Action, on: Date) -> bool {
        may(actor, action, self.resource(), on)
    }
}

/// The person of a row, for an actor who may do this with them.
///
/// # Errors
/// 404 when the actor may not even see them, 403 when they may see but not do this.
pub(crate) fn reach(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: PersonId,
    action: Action,
    on: Date,
) -> Result<Reached> {
    let canonical = cluster::canonical(tx, id)?;
    let person = person::get(tx, canonical)?;
    let rows = cluster::members(tx, canonical)?;
    let positions = person::positions(tx, canonical, on)?;
    let reached = Reached { person, rows, positions };
    check(actor, action, Action::SeePeople, reached.resource(), on)?;
    Ok(reached)
}

/// The units an actor may choose from for an action.
pub(crate) struct Offer {
    pub places: Vec<Place>,
    /// Villages are left out.
    pub is_short: bool,
}

impl Offer {
    /// All units of the scope when they are few; else those above villages, and the villages of
    /// the commune of the one that is chosen already.
    pub(crate) fn load(
        tx: &mut Tx<'_>,
        actor: &Actor,
        action: Action,
        chosen: Option<UnitId>,
        on: Date,
    ) -> Result<Offer> {
        let scope = actor.scope(action, on);
        if unit::count_in_scope(tx, &scope)? <= OFFERED {
            return Ok(Offer { places: unit::list_in_scope(tx, &scope)?, is_short: false });
        }
        let mut places = unit::list_above_villages(tx, &scope)?;
        if let Some(place) = chosen_place(tx, chosen)?
            && let Some(commune) = place.commune
        {
            let beside = unit::list_children(tx, commune)?;
            let missing = |new: &Place| !places.iter().any(|old| old.unit == new.unit);
            let beside: Vec<Place> =
                beside.into_iter().filter(missing).filter(|p| scope.holds(p.pos)).collect();
            places.extend(beside);
            places.sort_by_key(|place| place.pos);
        }
        Ok(Offer { places, is_short: true })
    }

    /// A choice among them, in the order of the tree.
    pub(crate) fn choice<'a>(
        &'a self,
        name: &'a str,
        label: &'a str,
        none: &'a str,
        chosen: &'a str,
        errors: &FieldErrors,
    ) -> Choice<'a> {
        Choice::select(name, label)
            .option("", none)
            .options(self.places.iter().map(|p| (p.unit.to_string(), p.path.as_str())))
            .chosen(chosen)
            .errors(errors)
    }
}

/// A unit an actor may do something in.
///
/// # Errors
/// 404 when there is no such unit or it lies outside their units.
pub(crate) fn reach_unit(
    tx: &mut Tx<'_>,
    actor: &Actor,
    unit: UnitId,
    action: Action,
    on: Date,
) -> Result<Place> {
    let place = unit::place(tx, unit)?;
    check(actor, action, Action::SeePeople, Resource::At(place.pos), on)?;
    Ok(place)
}

fn chosen_place(tx: &mut Tx<'_>, chosen: Option<UnitId>) -> Result<Option<Place>> {
    let Some(unit) = chosen else { return Ok(None) };
    match unit::place(tx, unit) {
        Ok(place) => Ok(Some(place)),
        Err(e) if e.kind() == thao_base::Kind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}
