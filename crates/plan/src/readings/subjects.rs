//! Subjects of every family: who they are, loaded by id or one after the other, and folded.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use thao_base::{ActivityId, ClassId, PersonId, Result, RowId, ThingId, Tx, UnitId};
use thao_base::{args, cast, row, sql};
use thao_record::evidence::{Days, FOREVER, day, day_of};
use thao_record::{Fact, statement};

use super::{SQL, load};
use crate::fold::{Class, Interval, Rule, Thing, Unit};
use crate::fold::{fold, fold_class, fold_thing, fold_training, fold_unit};
use crate::kind::{Family, Kind};

/// A subject with all it is folded from, under the id its readings stand under.
pub(super) enum Subject {
    Person(load::Person),
    Unit(Unit),
    Thing(ThingId, Thing),
    Class(ClassId, Class),
}

impl Subject {
    pub(super) fn id(&self) -> RowId {
        match self {
            Subject::Person(person) => cast(person.id),
            Subject::Unit(unit) => cast(unit.id),
            Subject::Thing(id, _) => cast(*id),
            Subject::Class(id, _) => cast(*id),
        }
    }

    pub(super) fn fold(&self, rule: &Rule) -> Vec<Interval> {
        match self {
            Subject::Person(p) if rule.kind == Kind::LeastTraining => {
                fold_training(rule, p.birth, &p.affiliations, &p.stints)
            }
            Subject::Person(p) => fold(rule, p.birth, &p.affiliations, &p.facts),
            Subject::Unit(unit) => fold_unit(rule, unit),
            Subject::Thing(_, thing) => fold_thing(rule, thing),
            Subject::Class(_, class) => fold_class(rule, class),
        }
    }
}

/// The subjects behind some ids, and the ids under which nobody stands (any more).
pub(super) fn of(
    tx: &mut Tx<'_>,
    family: Family,
    ids: &[RowId],
    things: bool,
) -> Result<(Vec<Subject>, Vec<RowId>)> {
    if family == Family::People {
        let persons: Vec<PersonId> = ids.iter().copied().map(cast).collect();
        let (standing, others) = load::clusters(tx, &persons)?;
        let mut people = load::of(tx, &standing)?;
        if things {
            load::train(tx, &mut people)?;
        }
        let people = people.into_iter().map(Subject::Person).collect();
        return Ok((people, others.into_iter().map(cast).collect()));
    }
    let subjects = match family {
        Family::Units => units(tx, ids, things)?,
        Family::Things => self::things(tx, ids)?,
        _ => classes(tx, ids)?,
    };
    let found: BTreeSet<RowId> = subjects.iter().map(Subject::id).collect();
    let gone = ids.iter().copied().filter(|id| !found.contains(id)).collect();
    Ok((subjects, gone))
}

/// The next ids of a family after one, in their order.
pub(super) fn next(tx: &mut Tx<'_>, family: Family, after: RowId, most: i64) -> Result<Vec<RowId>> {
    let sql = match family {
        Family::People => sql!(SQL, "next_people"),
        Family::Units => sql!(SQL, "next_units"),
        Family::Things => sql!(SQL, "next_things"),
        Family::Classes => sql!(SQL, "next_classes"),
    };
    tx.values(sql, args![after, most])
}

/// How many there are of a family.
pub(super) fn count(tx: &mut Tx<'_>, family: Family) -> Result<i64> {
    let sql = match family {
        Family::People => sql!(SQL, "people"),
        Family::Units => sql!(SQL, "units"),
        Family::Things => sql!(SQL, "things"),
        Family::Classes => sql!(SQL, "classes"),
    };
    tx.value(sql, args![])
}

/// The subjects of a chunk that [`next`] gave, after one id and up to the last.
pub(super) fn between(
    tx: &mut Tx<'_>,
    family: Family,
    after: RowId,
    chunk: &[RowId],
    things: bool,
) -> Result<Vec<Subject>> {
    let Some(last) = chunk.last() else { return Ok(Vec::new()) };
    if family == Family::People {
        let mut people = load::between(tx, cast(after), cast(*last))?;
        if things {
            load::train(tx, &mut people)?;
        }
        return Ok(people.into_iter().map(Subject::Person).collect());
    }
    Ok(of(tx, family, chunk, things)?.0)
}

fn days(from: Date, to: Option<Date>) -> Days {
    Days { from: day(from), to: to.map_or(FOREVER, day) }
}

fn by_subject(facts: Vec<(RowId, Fact)>) -> HashMap<RowId, Vec<Fact>> {
    let mut out: HashMap<RowId, Vec<Fact>> = HashMap::new();
    for (id, fact) in facts {
        out.entry(id).or_default().push(fact);
    }
    out
}

row! {
    struct UnitLine { id: UnitId, kind: String, from: Date, to: Option<Date> }
}

fn units(tx: &mut Tx<'_>, ids: &[RowId], things: bool) -> Result<Vec<Subject>> {
    let lines: Vec<UnitLine> = tx.list(sql!(SQL, "units_of"), args![ids])?;
    let list: Vec<UnitId> = lines.iter().map(|line| line.id).collect();
    let mut found = by_subject(statement::findings_of_units(tx, &list)?);
    let mut below = if things { things_below(tx, ids)? } else { HashMap::new() };
    let unit = |line: UnitLine| {
        let id = cast(line.id);
        Subject::Unit(Unit {
            id: line.id,
            kind: line.kind,
            stands: days(line.from, line.to),
            found: found.remove(&id).unwrap_or_default(),
            things: below.remove(&id).unwrap_or_default(),
        })
    };
    Ok(lines.into_iter().map(unit).collect())
}

row! {
    struct ThingLine {
        id: ThingId,
        unit: UnitId,
        kind: String,
        from: Date,
        to: Option<Date>,
        /// The unit it is looked for from.
        top: RowId,
    }
}

fn things(tx: &mut Tx<'_>, ids: &[RowId]) -> Result<Vec<Subject>> {
    let lines: Vec<ThingLine> = tx.list(sql!(SQL, "things_of"), args![ids])?;
    let things = with_findings(tx, lines)?;
    Ok(things.into_iter().map(|(_, id, thing)| Subject::Thing(id, thing)).collect())
}

/// The things in some units and below them, by the tree that the sums are made with.
fn things_below(tx: &mut Tx<'_>, units: &[RowId]) -> Result<HashMap<RowId, Vec<Thing>>> {
    let lines: Vec<ThingLine> = tx.list(sql!(SQL, "things_below"), args![units])?;
    let mut out: HashMap<RowId, Vec<Thing>> = HashMap::new();
    for (top, _, thing) in with_findings(tx, lines)? {
        out.entry(top).or_default().push(thing);
    }
    Ok(out)
}

fn with_findings(tx: &mut Tx<'_>, lines: Vec<ThingLine>) -> Result<Vec<(RowId, ThingId, Thing)>> {
    let ids: BTreeSet<RowId> = lines.iter().map(|line| cast(line.id)).collect();
    let ids: Vec<RowId> = ids.into_iter().collect();
    let found = by_subject(statement::findings_of_contexts(tx, &ids)?);
    let thing = |line: ThingLine| {
        let found = found.get(&cast(line.id)).cloned().unwrap_or_default();
        let there = days(line.from, line.to);
        (line.top, line.id, Thing { unit: line.unit, kind: line.kind, there, found })
    };
    Ok(lines.into_iter().map(thing).collect())
}

row! {
    struct ClassLine {
        id: ClassId,
        unit: UnitId,
        course: ActivityId,
        /// When its first meeting began that was held and closed.
        held: Option<Timestamp>,
    }
}

fn classes(tx: &mut Tx<'_>, ids: &[RowId]) -> Result<Vec<Subject>> {
    let lines: Vec<ClassLine> = tx.list(sql!(SQL, "classes_of"), args![ids])?;
    let class = |line: ClassLine| {
        let held = line.held.map(day_of);
        Subject::Class(line.id, Class { unit: line.unit, course: line.course, held })
    };
    Ok(lines.into_iter().map(class).collect())
}

/// Whom some entries touch, by family.
#[derive(Debug, Default)]
pub(super) struct Touched(BTreeMap<Family, BTreeSet<RowId>>);

impl Touched {
    pub(super) fn add<T: thao_base::Id>(
        &mut self,
        family: Family,
        ids: impl IntoIterator<Item = T>,
    ) {
        self.0.entry(family).or_default().extend(ids.into_iter().map(cast::<T, RowId>));
    }

    pub(super) fn of(&self, family: Family) -> Vec<RowId> {
        self.0.get(&family).into_iter().flatten().copied().collect()
    }
}
