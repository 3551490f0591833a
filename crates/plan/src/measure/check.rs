//! What a measure of a kind needs, and what it may not be made of.

use std::collections::BTreeSet;

use thao_base::{Error, MeasureId, Result, Tx, args, sql};
use thao_people::UnitKind;

use super::{Definition, Denominator, SQL};
use crate::kind::{Family, Kind};
use crate::list;

/// Refuses a definition that misses what its kind needs, in words and with the field.
pub(super) fn definition(tx: &mut Tx<'_>, definition: &Definition) -> Result<()> {
    match wrong(definition) {
        Some((field, key)) => Err(Error::invalid(key).field(field)),
        None if definition.kind == Kind::ShareOf => bases(tx, definition),
        None => Ok(()),
    }
}

/// The first thing that is missing or does not fit. Pure.
fn wrong(definition: &Definition) -> Option<(&'static str, &'static str)> {
    let kind = definition.kind;
    // A share of nothing cannot be; what is counted is a share of nothing.
    if kind.has_whole() == (definition.denominator == Denominator::Unasked) {
        return Some(match kind.has_whole() {
            true => ("denominator", "plan.error.denominator"),
            false => ("denominator", "plan.error.no_denominator"),
        });
    }
    let no_course = definition.activities.is_empty();
    let unit_kind = definition.unit_kind.as_deref();
    let thing_kind = definition.thing_kind.as_deref();
    let no_unit_kind = unit_kind.and_then(UnitKind::from_code).is_none();
    let no_thing_kind = thing_kind.and_then(list::thing_kind).is_none();
    match kind {
        Kind::SharePeople | Kind::CountPeople | Kind::PeoplePerYear | Kind::LeastTraining
            if definition.audience.is_none() =>
        {
            Some(("audience", "plan.error.audience"))
        }
        Kind::SharePeople
        | Kind::CountPeople
        | Kind::PeoplePerYear
        | Kind::Turns
        | Kind::TurnsPerYear
        | Kind::Classes
        | Kind::ClassesPerYear
            if no_course =>
        {
            Some(("courses", "plan.error.courses"))
        }
        Kind::ShareUnits | Kind::CountUnits | Kind::PerUnit | Kind::Milestone if no_unit_kind => {
            Some(("unit_kind", "plan.error.unit_kind"))
        }
        Kind::ShareThings | Kind::CountThings | Kind::PerUnit if no_thing_kind => {
            Some(("thing_kind", "plan.error.thing_kind"))
        }
        Kind::ShareUnits | Kind::ShareThings | Kind::Milestone
            if definition.criterion.is_none() =>
        {
            Some(("criterion", "plan.error.criterion"))
        }
        Kind::PerUnit | Kind::LeastTraining if definition.at_least.is_none_or(|n| n < 1) => {
            Some(("at_least", "plan.error.at_least"))
        }
        Kind::Figure if list::measure_unit(&definition.unit_code).is_none() => {
            Some(("unit_code", "plan.error.unit_code"))
        }
        Kind::ShareOf if definition.bases.is_empty() => Some(("bases", "plan.error.bases")),
        Kind::ShareOf
            if no_course && definition.audience.is_none() && definition.criterion.is_none() =>
        {
            Some(("courses", "plan.error.share_of_what"))
        }
        _ => None,
    }
}

/// The bases of a share must be there, count subjects once each, and all the same sort of them.
fn bases(tx: &mut Tx<'_>, definition: &Definition) -> Result<()> {
    let mut families = BTreeSet::new();
    for base in &definition.bases {
        families.insert(family(tx, *base, &mut Vec::new())?);
    }
    let refuse = |key| Err(Error::invalid(key).field("bases"));
    match families.into_iter().collect::<Vec<Family>>().as_slice() {
        [Family::People] => Ok(()),
        [_] if definition.criterion.is_none() => {
            Err(Error::invalid("plan.error.criterion").field("criterion"))
        }
        [_] => Ok(()),
        _ => refuse("plan.error.bases_differ"),
    }
}

fn family(tx: &mut Tx<'_>, id: MeasureId, above: &mut Vec<MeasureId>) -> Result<Family> {
    if above.contains(&id) {
        return Err(Error::conflict("plan.error.cycle").field("bases"));
    }
    let unfit = || Error::invalid("plan.error.base").field("bases");
    let code: String = tx.value(sql!(SQL, "kind"), args![id]).map_err(|_| unfit())?;
    let kind = Kind::from_code(&code).filter(|kind| kind.can_be_base()).ok_or_else(unfit)?;
    if let Some(family) = kind.family() {
        return Ok(family);
    }
    above.push(id);
    let own: Vec<MeasureId> = tx.values(sql!(SQL, "bases"), args![id])?;
    let mut found = None;
    for base in own {
        found = Some(family(tx, base, above)?);
    }
    above.pop();
    found.ok_or_else(unfit)
}

/// Refuses bases that are, through whatever others, shares of `measure` itself.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] at the field `bases`.
pub fn refuse_cycle(
    tx: &mut Tx<'_>,
    measure: MeasureId,
    bases: &BTreeSet<MeasureId>,
) -> Result<()> {
    let mut seen = BTreeSet::new();
    let mut left: Vec<MeasureId> = bases.iter().copied().collect();
    while let Some(next) = left.pop() {
        if next == measure {
            return Err(Error::conflict("plan.error.cycle").field("bases"));
        }
        if seen.insert(next) {
            left.extend(tx.values::<MeasureId>(sql!(SQL, "bases"), args![next])?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::small_id;

    #[test]
    fn each_kind_says_what_it_misses() {
        let course = [small_id(2)].into();
        let people = |kind| Definition {
            audience: Some(small_id(1)),
            activities: [small_id(2)].into(),
            ..Definition::new(kind)
        };
        let of = |kind| {
            let unit_kind =
                (kind != Kind::ShareThings && kind != Kind::CountThings).then_some("commune");
            Definition {
                criterion: Some(small_id(3)),
                at_least: Some(1),
                ..Definition::subjects(kind, unit_kind, Some("core_team"))
            }
        };
        let official = Denominator::Official;
        let none = Denominator::Unasked;
        let cases: Vec<(Definition, Option<&str>)> = vec![
            (people(Kind::SharePeople), None),
            (Definition { denominator: official, ..people(Kind::SharePeople) }, None),
            (Definition { denominator: none, ..people(Kind::SharePeople) }, Some("denominator")),
            (Definition { denominator: official, ..people(Kind::Turns) }, Some("denominator")),
            (Definition { audience: None, ..people(Kind::SharePeople) }, Some("audience")),
            (Definition { audience: None, ..people(Kind::PeoplePerYear) }, Some("audience")),
            (Definition { audience: None, ..people(Kind::Turns) }, None),
            (Definition { activities: BTreeSet::new(), ..people(Kind::Turns) }, Some("courses")),
            (Definition { activities: course, ..Definition::new(Kind::Classes) }, None),
            (Definition::new(Kind::ClassesPerYear), Some("courses")),
            (of(Kind::ShareUnits), None),
            (Definition { criterion: None, ..of(Kind::ShareUnits) }, Some("criterion")),
            (Definition { criterion: None, ..of(Kind::CountUnits) }, None),
            (Definition { unit_kind: Some("x".into()), ..of(Kind::CountUnits) }, Some("unit_kind")),
            (of(Kind::CountThings), None),
            (Definition { thing_kind: None, ..of(Kind::ShareThings) }, Some("thing_kind")),
            (of(Kind::PerUnit), None),
            (Definition { at_least: Some(0), ..of(Kind::PerUnit) }, Some("at_least")),
            (of(Kind::Milestone), None),
            (Definition { criterion: None, ..of(Kind::Milestone) }, Some("criterion")),
            (Definition::new(Kind::Figure), None),
            (
                Definition { unit_code: "x".into(), ..Definition::new(Kind::Figure) },
                Some("unit_code"),
            ),
            (Definition::new(Kind::ShareOf), Some("bases")),
            (
                Definition { bases: [small_id(4)].into(), ..Definition::new(Kind::ShareOf) },
                Some("courses"),
            ),
        ];
        for (definition, field) in cases {
            let found = wrong(&definition).map(|(field, _)| field);
            assert_eq!(found, field, "{definition:?}");
        }
    }
}
