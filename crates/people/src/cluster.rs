//! Rows that are one person. A merge is an edge; a cluster is a connected component of the edges
//! that hold; its canonical id is the smallest. Ending the edge takes the rows apart again.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use thao_base::db::{Arg, ToArg};
use thao_base::{Error, MergeId, PersonId, Result, Stamp, Tx, args, row, sql};
use thao_record::{Col, Noun, register};

const SQL: &str = include_str!("cluster.sql");

pub const MERGE: Noun = Noun {
    table: "person_merge",
    columns: &[
        Col::open("person_a"),
        Col::open("person_b"),
        Col::open("made_at"),
        Col::open("ended_at"),
    ],
};

row! {
    #[derive(Debug, Clone)]
    pub struct Merge {
        pub id: MergeId,
        pub a: PersonId,
        pub b: PersonId,
    }
}

/// The id that stands for a person's cluster.
pub fn canonical(tx: &mut Tx<'_>, person: PersonId) -> Result<PersonId> {
    let found = tx.find::<(PersonId,)>(sql!(SQL, "canonical"), args![person])?;
    Ok(found.map_or(person, |(canonical,)| canonical))
}

/// All rows of the cluster a canonical id stands for; a person alone is their own cluster.
pub fn members(tx: &mut Tx<'_>, canonical: PersonId) -> Result<Vec<PersonId>> {
    let members: Vec<PersonId> = tx.values(sql!(SQL, "members"), args![canonical])?;
    Ok(if members.is_empty() { vec![canonical] } else { members })
}

/// Clusters of more than one row: `(person, canonical)`.
pub fn list_all(tx: &mut Tx<'_>) -> Result<Vec<(PersonId, PersonId)>> {
    tx.list(sql!(SQL, "all"), args![])
}

/// Says that two rows are one person.
pub fn merge(tx: &mut Tx<'_>, stamp: &Stamp, a: PersonId, b: PersonId) -> Result<MergeId> {
    if a == b {
        return Err(Error::invalid("people.error.merge_self"));
    }
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    if let Some(id) = find_merge(tx, a, b)? {
        return Ok(id);
    }
    let id: MergeId = stamp.id();
    let values = [("person_a", a.arg()), ("person_b", b.arg()), ("made_at", Arg::Time(stamp.at))];
    register::insert(tx, stamp, &MERGE, id, Some(a), &values)?;
    settle(tx, &[a, b])?;
    Ok(id)
}

/// The edge between two rows, while it holds.
pub fn find_merge(tx: &mut Tx<'_>, a: PersonId, b: PersonId) -> Result<Option<MergeId>> {
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    Ok(tx.find::<(MergeId,)>(sql!(SQL, "edge"), args![a, b])?.map(|(id,)| id))
}

/// The edges that hold between rows of some persons.
pub fn list_merges(tx: &mut Tx<'_>, persons: &[PersonId]) -> Result<Vec<Merge>> {
    tx.list(sql!(SQL, "list_of"), args![persons])
}

/// Takes two rows apart again; nothing when they already are.
pub fn unmerge(tx: &mut Tx<'_>, stamp: &Stamp, id: MergeId) -> Result<()> {
    let Some(edge) = tx.find::<Merge>(sql!(SQL, "get"), args![id])? else { return Ok(()) };
    register::update(tx, stamp, &MERGE, id, Some(edge.a), &[("ended_at", Arg::Time(stamp.at))])?;
    settle(tx, &[edge.a, edge.b])
}

/// Works out the components around some persons anew.
pub fn settle(tx: &mut Tx<'_>, around: &[PersonId]) -> Result<()> {
    let mut left: BTreeSet<PersonId> = BTreeSet::new();
    for person in around {
        let canonical = canonical(tx, *person)?;
        left.extend(members(tx, canonical)?);
        left.insert(*person);
    }
    while let Some(start) = left.pop_first() {
        let component = reach(tx, start)?;
        let stands = component.first().copied().unwrap_or(start);
        for member in &component {
            left.remove(member);
            tx.exec(sql!(SQL, "forget"), args![member])?;
            if component.len() > 1 {
                tx.exec(sql!(SQL, "remember"), args![member, stands])?;
            }
        }
    }
    Ok(())
}

/// Works out all components from scratch, in one pass over the edges that hold.
pub fn settle_all(tx: &mut Tx<'_>) -> Result<()> {
    let edges: Vec<(PersonId, PersonId)> = tx.list(sql!(SQL, "edges"), args![])?;
    let mut beside: BTreeMap<PersonId, Vec<PersonId>> = BTreeMap::new();
    for (a, b) in edges {
        beside.entry(a).or_default().push(b);
        beside.entry(b).or_default().push(a);
    }
    let mut stands: BTreeMap<PersonId, PersonId> = BTreeMap::new();
    // In rising order: whoever is first to reach a component is its smallest.
    for first in beside.keys() {
        let mut next = vec![*first];
        while let Some(person) = next.pop() {
            if let Entry::Vacant(free) = stands.entry(person) {
                free.insert(*first);
                next.extend(beside.get(&person).into_iter().flatten());
            }
        }
    }
    tx.exec(sql!(SQL, "forget_all"), args![])?;
    let rows = stands.iter().map(|(person, canonical)| vec![person.arg(), canonical.arg()]);
    tx.exec_many(sql!(SQL, "remember"), rows)?;
    Ok(())
}

fn reach(tx: &mut Tx<'_>, start: PersonId) -> Result<BTreeSet<PersonId>> {
    let mut found = BTreeSet::from([start]);
    let mut next = vec![start];
    while let Some(person) = next.pop() {
        let beside: Vec<PersonId> = tx.values(sql!(SQL, "beside"), args![person])?;
        next.extend(beside.into_iter().filter(|other| found.insert(*other)));
    }
    Ok(found)
}
