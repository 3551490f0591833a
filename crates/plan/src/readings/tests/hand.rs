//! Every figure of every unit and day, counted by hand out of the tables and compared.

use std::collections::{BTreeMap, BTreeSet};

use thao_base::{Db, PersonId, Tx, UnitId, args};
use thao_people::affiliation;
use thao_people::person;
use thao_record::evidence::{date_of, day};
use thao_record::{Fact, statement};
use thao_testkit::world;

use super::story::PAST;
use crate::brute::{Somebody, count_on};
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
pub(super) fn below(tx: &mut Tx<'_>) -> BTreeMap<UnitId, BTreeSet<UnitId>> {
    let places: Vec<(UnitId, i64, i64)> =
        tx.list("SELECT unit_id, pos, last FROM unit_place", args![]).unwrap();
    let under = |pos, last| {
        let within = places.iter().filter(move |(_, p, _)| pos <= *p && *p <= last);
        within.map(|(unit, ..)| *unit).collect()
    };
    places.iter().map(|(unit, pos, last)| (*unit, under(*pos, *last))).collect()
}

/// Rows of the sums: level, bucket, numerator, base.
pub(super) type Rows = BTreeMap<UnitId, Vec<(i32, i32, i64, i64)>>;

pub(super) fn rows(tx: &mut Tx<'_>, no: i32) -> Rows {
    let sql = "SELECT unit_id, level, bucket, met, base FROM reading_sum WHERE no = $1";
    let mut out = Rows::new();
    for (unit, level, bucket, met, base) in tx.list(sql, args![no]).unwrap() {
        out.entry(unit).or_default().push((level, bucket, met, base));
    }
    out
}

pub(super) fn figure(rows: &Rows, unit: UnitId, on: i32) -> Delta {
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
        let people: Vec<Somebody> = everybody(tx)
            .into_iter()
            .map(|members| {
                let members: Vec<PersonId> = members.into_iter().collect();
                Somebody {
                    birth: members.iter().find_map(|id| person::get(tx, *id).unwrap().birth()),
                    stays: affiliation::list_of_persons(tx, &members).unwrap(),
                    facts: facts(tx, &members),
                }
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
            let has_base = measure.denominator == Denominator::Computed;
            // Every day but the dull ones, and some in the future.
            let days = (today - PAST - 2..today + 3).chain([40, 60, 4000].map(|n| today + n));
            for on in days {
                for (unit, under) in &below {
                    let mut hand = Delta::default();
                    for who in &people {
                        let (met, base) = count_on(&measure.rule, who, under, on);
                        hand.met += met;
                        hand.base += if has_base { base } else { 0 };
                    }
                    let kind = measure.kind;
                    let found = figure(&rows, *unit, on);
                    assert_eq!(found, hand, "{name}, {kind:?} in {unit} on {}", date_of(on));
                }
            }
        }
        Ok(())
    })
    .await
    .unwrap();
}

fn facts(tx: &mut Tx<'_>, members: &[PersonId]) -> Vec<Fact> {
    statement::facts(tx, members).unwrap().into_iter().map(|(_, fact)| fact).collect()
}
