//! Loading what people are folded from, many at a time: a person is their whole cluster.
//! [`super::subjects`] loads what is not people.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use thao_base::{PersonId, Result, Tx, args, sql};
use thao_people::affiliation::{self, Affiliation};
use thao_people::{AffiliationKind, Birth};
use thao_record::{Fact, statement};

use super::{SQL, stints};
use crate::fold::Stint;

/// A person as the fold takes them, under the id that stands for their cluster.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: PersonId,
    pub(super) birth: Option<Birth>,
    pub(super) affiliations: Vec<Affiliation>,
    pub(super) facts: Vec<Fact>,
    /// Only loaded for those whom a training rule may mean.
    pub(super) stints: Vec<Stint>,
}

impl Person {
    fn nobody(id: PersonId) -> Person {
        Person { id, birth: None, affiliations: Vec::new(), facts: Vec::new(), stints: Vec::new() }
    }
}

/// The ids that stand for the clusters some persons are in, and the ids that do not (any more):
/// `(standing, others)`.
pub(super) fn clusters(
    tx: &mut Tx<'_>,
    persons: &[PersonId],
) -> Result<(BTreeSet<PersonId>, BTreeSet<PersonId>)> {
    let found: Vec<(PersonId, PersonId)> = tx.list(sql!(SQL, "clusters_of"), args![persons])?;
    let stands: HashMap<PersonId, PersonId> = found.into_iter().collect();
    let standing: BTreeSet<PersonId> =
        persons.iter().map(|person| stands.get(person).copied().unwrap_or(*person)).collect();
    let others = members(tx, &standing)?.into_keys().filter(|id| !standing.contains(id)).collect();
    Ok((standing, others))
}

/// All rows of some clusters: person → the id that stands for them.
pub(super) fn members(
    tx: &mut Tx<'_>,
    standing: &BTreeSet<PersonId>,
) -> Result<BTreeMap<PersonId, PersonId>> {
    let list: Vec<PersonId> = standing.iter().copied().collect();
    let mut out: BTreeMap<PersonId, PersonId> = list.iter().map(|id| (*id, *id)).collect();
    out.extend(tx.list::<(PersonId, PersonId)>(sql!(SQL, "members_of"), args![list])?);
    Ok(out)
}

/// The people of some clusters, by the ids that stand for them.
pub(super) fn of(tx: &mut Tx<'_>, standing: &BTreeSet<PersonId>) -> Result<Vec<Person>> {
    let members = members(tx, standing)?;
    let all: Vec<PersonId> = members.keys().copied().collect();
    let births: Vec<Born> = tx.list(sql!(SQL, "births"), args![all])?;
    let affiliations = affiliation::list_of_persons(tx, &all)?;
    let facts = statement::facts(tx, &all)?;
    Ok(gather(&members, births, affiliations, facts))
}

/// All people after one and up to another; rows that another stands for are left out.
pub(super) fn between(tx: &mut Tx<'_>, after: PersonId, upto: PersonId) -> Result<Vec<Person>> {
    let births: Vec<Born> = tx.list(sql!(SQL, "births_between"), args![after, upto])?;
    let clustered: BTreeMap<PersonId, PersonId> =
        tx.list(sql!(SQL, "clusters_between"), args![after, upto])?.into_iter().collect();
    let affiliations: Vec<Affiliation> =
        tx.list(sql!(SQL, "affiliations_between"), args![after, upto])?;
    let facts = statement::facts_between(tx, after, upto)?;
    let alone = births.iter().map(|born| born.0).filter(|id| !clustered.contains_key(id));
    let mut out = gather(&alone.map(|id| (id, id)).collect(), births, affiliations, facts);
    let standing: BTreeSet<PersonId> = clustered
        .iter()
        .filter(|(person, standing)| person == standing)
        .map(|(person, _)| *person)
        .collect();
    if !standing.is_empty() {
        out.extend(of(tx, &standing)?);
        out.sort_by_key(|subject| subject.id);
    }
    Ok(out)
}

/// Loads the training of those who are staff: nobody else has a minimum to reach.
pub(super) fn train(tx: &mut Tx<'_>, people: &mut [Person]) -> Result<()> {
    let is_staff = |person: &&Person| {
        let kind = AffiliationKind::Staff.code();
        person.affiliations.iter().any(|affiliation| affiliation.kind == kind)
    };
    let staff: Vec<PersonId> = people.iter().filter(is_staff).map(|person| person.id).collect();
    if staff.is_empty() {
        return Ok(());
    }
    let mut found = stints::stints(tx, &staff)?;
    for person in people {
        person.stints = found.remove(&person.id).unwrap_or_default();
    }
    Ok(())
}

/// Id, birthday, year of birth.
type Born = (PersonId, Option<Date>, Option<i16>);

/// What belongs to the same cluster, together. The birth is that of the id that stands for it,
/// else of the first member that has one.
fn gather(
    members: &BTreeMap<PersonId, PersonId>,
    births: Vec<Born>,
    affiliations: Vec<Affiliation>,
    facts: Vec<(PersonId, Fact)>,
) -> Vec<Person> {
    let mut out: BTreeMap<PersonId, Person> = BTreeMap::new();
    let mut births = births;
    births.sort_by_key(|born| born.0);
    for (id, date, year) in births {
        let Some(standing) = members.get(&id) else { continue };
        let subject = out.entry(*standing).or_insert_with(|| Person::nobody(*standing));
        let own = date.map(Birth::Day).or(year.map(Birth::Year));
        subject.birth = subject.birth.or(own);
    }
    for affiliation in affiliations {
        let subject = members.get(&affiliation.person).and_then(|id| out.get_mut(id));
        if let Some(subject) = subject {
            subject.affiliations.push(affiliation);
        }
    }
    for (person, fact) in facts {
        if let Some(subject) = members.get(&person).and_then(|id| out.get_mut(id)) {
            subject.facts.push(fact);
        }
    }
    out.into_values().collect()
}
