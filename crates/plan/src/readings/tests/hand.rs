//! Every figure of every unit and day, counted by hand out of the tables and compared.

use std::collections::{BTreeMap, BTreeSet};

use thao_base::{Db, PersonId, Tx, UnitId, args};
use thao_people::affiliation::{self, Affiliation};
use thao_people::person;
use thao_record::evidence::day;
use thao_record::{Fact, statement};
use thao_testkit::world;

use super::story::PAST;
use crate::brute::{belongs_on, met_on};
use crate::fold::{Delta, reach};
use crate::measure::{self, Denominator};

/// Everybody by who they are: merged rows together, worked out by joining again and again.
fn everybody(tx: &mut Tx<'_>) -> Vec<BTreeSet<PersonId>> {
    let ids: Vec<PersonId> = tx.values("SELECT id FROM person", args![]).unwrap();
    let edges: Vec<(PersonId, PersonId)> = tx
        .list("SELECT person_a, person_b FROM person_merge WHERE ended_at IS NULL", args![])
        .unwrap();
    let mut all: Vec<BTreeSet<PersonId>> = ids.into_iter().map(|id| [id].into()).collect();
    for (a, b) in edges {
        let (joined, mut apart): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|set| set.contains(&a) || set.contains(&b));
        apart.push(joined.into_iter().flatten().collect());
        all = apart;
    }
    all
}

/// Each unit with all below it, itself included.
fn below(tx: &mut Tx<'_>) -> BTreeMap<UnitId, BTreeSet<UnitId>> {
    let places: Vec<(UnitId, i64, i64)> =
        tx.list("SELECT unit_id, pos, last FROM unit_place", args![]).unwrap();
    let under = |pos, last| {
        let within = places.iter().filter(move |(_, p, _)| pos <= *p && *p <= last);
        within.map(|(unit, ..)| *unit).collect()
    };
    places.iter().map(|(unit, pos, last)| (*unit, under(*pos, *last))).collect()
}

/// Rows of the sums: level, bucket, numerator, base.
type Rows = BTreeMap<UnitId, Vec<(i32, i32, i64, i64)>>;

fn rows(tx: &mut Tx<'_>, no: i32) -> Rows {
    let sql = "SELECT unit_id, level, bucket, met, base FROM reading_sum WHERE no = $1";
    let mut out = Rows::new();
    for (unit, level, bucket, met, base) in tx.list(sql, args![no]).unwrap() {
        out.entry(unit).or_default().push((level, bucket, met, base));
    }
    out
}

fn figure(rows: &Rows, unit: UnitId, on: i32) -> Delta {
    let mut sum = Delta::default();
    for (level, first, last) in reach(on) {
        let own = rows.get(&unit).into_iter().flatten();
        for (.., met, base) in
            own.filter(|(l, b, ..)| *l == level.no() && first <= *b && *b <= last)
        {
            sum.met += met;
            sum.base += base;
        }
    }
    sum
}

pub(super) async fn check(db: &Db, name: &str) {
    let name = name.to_owned();
    db.read(move |tx| {
        let clusters: Vec<_> = everybody(tx)
            .into_iter()
            .map(|members| {
                let members: Vec<PersonId> = members.into_iter().collect();
                let birth = members.iter().find_map(|id| person::get(tx, *id).unwrap().birth());
                let stays: Vec<Affiliation> = affiliation::list_of_persons(tx, &members).unwrap();
                let facts: Vec<Fact> =
                    statement::facts(tx, &members).unwrap().into_iter().map(|(_, f)| f).collect();
                (members[0], birth, stays, facts)
            })
            .collect();
        let below = below(tx);
        let today = day(world().stamp("plan.act.set_target").today());
        for measure in measure::list_wanted(tx)? {
            let no: i32 = tx.value(
                "SELECT no FROM reading_book WHERE measure_id = $1 AND state = 'open'",
                args![measure.id],
            )?;
            let rows = rows(tx, no);
            // Every day but the dull ones, and some in the future.
            for on in (today - PAST - 2..today + 3).chain([today + 40, today + 4000]) {
                let on_day: Vec<(bool, BTreeSet<UnitId>)> = clusters
                    .iter()
                    .map(|(_, birth, stays, facts)| {
                        let audience = measure.rule.audience.as_ref().unwrap();
                        let there =
                            stays.iter().filter(|stay| belongs_on(audience, *birth, stay, on));
                        (met_on(&measure.rule, facts, on), there.map(|stay| stay.unit).collect())
                    })
                    .collect();
                for (unit, under) in &below {
                    let there = on_day.iter().filter(|(_, units)| !units.is_disjoint(under));
                    let (mut met, mut base) = (0, 0);
                    for (is_met, _) in there {
                        met += i64::from(*is_met);
                        base += i64::from(measure.denominator == Denominator::Computed);
                    }
                    let found = figure(&rows, *unit, on);
                    assert_eq!(found, Delta { met, base }, "{name}, unit {unit}, day {on}");
                }
            }
        }
        Ok(())
    })
    .await
    .unwrap();
}
