//! Every figure of every unit and day, counted by hand out of the tables and compared.

use std::collections::{BTreeMap, BTreeSet};

use thao_base::{Db, PersonId, Tx, UnitId, args};
use thao_people::affiliation::{self, Affiliation};
use thao_people::person;
use thao_record::evidence::{date_of, day};
use thao_record::{Fact, statement};
use thao_testkit::world;

use super::story::PAST;
use super::trees::Rows as TreeRows;
use crate::brute::{belongs_on, met_on};
use crate::fold::{Delta, reach};
use crate::measure::{self, Denominator};
use crate::readings::open_view;
use crate::view::TreeView;

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
        let trees = TreeRows::load(tx);
        let today = day(world().stamp("plan.act.set_target").today());
        for measure in measure::list_wanted(tx)? {
            let mut views = vec![TreeView::Now];
            let wanted = "SELECT view FROM view_wanted WHERE measure_id = $1";
            let codes: Vec<String> = tx.values(wanted, args![measure.id])?;
            views.extend(codes.iter().map(|code| TreeView::from_code(code).unwrap()));
            let mut books = Vec::new();
            for view in views {
                let no = open_view(tx, measure.id, view)?;
                let no = no.unwrap_or_else(|| panic!("{view:?} is not whole on {name}"));
                books.push((view, rows(tx, no)));
            }
            // Every day but the dull ones, and some in the future.
            for on in (today - PAST - 2..today + 3).chain([today + 40, today + 4000]) {
                let on_day: Vec<(bool, BTreeSet<UnitId>)> = clusters
                    .iter()
                    .map(|(_, birth, stays, facts)| {
                        let audience = &measure.rule.audience;
                        let there =
                            stays.iter().filter(|stay| belongs_on(audience, *birth, stay, on));
                        (met_on(&measure.rule, facts, on), there.map(|stay| stay.unit).collect())
                    })
                    .collect();
                for (view, rows) in &books {
                    let tree = match view {
                        TreeView::Now => today,
                        TreeView::Then => on,
                        TreeView::At(tree) => day(*tree),
                    };
                    for (unit, under) in &trees.below(date_of(tree)) {
                        let there = on_day.iter().filter(|(_, units)| !units.is_disjoint(under));
                        let (mut met, mut base) = (0, 0);
                        for (is_met, _) in there {
                            met += i64::from(*is_met);
                            base += i64::from(measure.denominator == Denominator::Computed);
                        }
                        let found = figure(rows, *unit, on);
                        assert_eq!(
                            found,
                            Delta { met, base },
                            "{name}, {view:?}, unit {unit}, day {}",
                            date_of(on)
                        );
                    }
                }
            }
        }
        Ok(())
    })
    .await
    .unwrap();
}
