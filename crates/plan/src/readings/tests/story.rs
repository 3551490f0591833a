//! What can happen to people, units and measures, in any order.

use jiff::Span;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use thao_base::db::{Arg, ToArg};
use thao_base::{
    ActivityId, AffiliationId, AudienceId, Db, MeasureId, MergeId, PersonId, RowId, StatementId,
    TargetId, UnitId, args,
};
use thao_people::affiliation::{self, NewAffiliation};
use thao_people::audience::{self, AUDIENCE, Audience};
use thao_people::person::{self, NewPerson};
use thao_people::unit::{self, NewUnit, UNIT_PARENT};
use thao_people::{AffiliationKind, Birth, UnitKind, cluster};
use thao_record::register;
use thao_record::statement::{Draft, append, void};
use thao_record::{Rung, Verb};
use thao_testkit::{World, world};

use crate::fold::Need;
use crate::kind::Kind;
use crate::measure::{self, Definition, Denominator, MEASURE};
use crate::plan::{self, NewPlan};
use crate::readings::step;
use crate::target::{self, NewTarget, Qualifier, Years};

/// Days before today on which things happen or begin.
pub(super) const PAST: i32 = 140;

#[derive(Debug, Clone, Copy)]
pub(super) enum Act {
    Append {
        person: usize,
        activity: usize,
        verb: usize,
        success: bool,
        ago: i32,
    },
    Void(usize),
    Join {
        person: usize,
        unit: usize,
        kind: usize,
        ago: i32,
        days: Option<i32>,
    },
    Leave {
        which: usize,
        ago: i32,
    },
    Move {
        which: usize,
        unit: usize,
    },
    Born {
        person: usize,
        year: i16,
    },
    Merge(usize, usize),
    Unmerge(usize),
    NewPerson,
    Rung {
        measure: usize,
        rung: i32,
    },
    Valid {
        measure: usize,
        months: Option<i32>,
    },
    Denominator {
        measure: usize,
        official: bool,
    },
    Ages {
        audience: usize,
        from: Option<i32>,
        below: Option<i32>,
    },
    Withdraw(usize),
    Target(usize),
    NewUnit(usize),
    MoveUnit {
        unit: usize,
        parent: usize,
    },
    /// One transaction of the follower, with at most so many entries.
    Step(i64),
}

pub(super) fn acts() -> impl Strategy<Value = Act> {
    let n = || 0..64usize;
    let ago = || 0..PAST;
    prop_oneof![
        12 => (n(), n(), n(), prop::bool::weighted(0.75), ago()).prop_map(
            |(person, activity, verb, success, ago)| Act::Append { person, activity, verb, success, ago }),
        3 => n().prop_map(Act::Void),
        8 => (n(), n(), n(), ago(), prop::option::of(1..90i32)).prop_map(
            |(person, unit, kind, ago, days)| Act::Join { person, unit, kind, ago, days }),
        2 => (n(), ago()).prop_map(|(which, ago)| Act::Leave { which, ago }),
        2 => (n(), n()).prop_map(|(which, unit)| Act::Move { which, unit }),
        2 => (n(), 1960..2015i16).prop_map(|(person, year)| Act::Born { person, year }),
        3 => (n(), n()).prop_map(|(a, b)| Act::Merge(a, b)),
        3 => n().prop_map(Act::Unmerge),
        1 => Just(Act::NewPerson),
        2 => (n(), 1..4i32).prop_map(|(measure, rung)| Act::Rung { measure, rung }),
        1 => (n(), prop::option::of(1..3i32)).prop_map(|(measure, months)| Act::Valid { measure, months }),
        1 => (n(), any::<bool>()).prop_map(|(measure, official)| Act::Denominator { measure, official }),
        1 => (n(), prop::option::of(14..40i32), prop::option::of(40..61i32)).prop_map(
            |(audience, from, below)| Act::Ages { audience, from, below }),
        1 => n().prop_map(Act::Withdraw),
        1 => n().prop_map(Act::Target),
        1 => n().prop_map(Act::NewUnit),
        2 => (n(), n()).prop_map(|(unit, parent)| Act::MoveUnit { unit, parent }),
        14 => prop_oneof![1..4i64, 1..60i64].prop_map(Act::Step),
    ]
}

/// What is measured in a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plot {
    /// Shares of people.
    Shares,
    /// Everything else that is counted of people.
    Counts,
}

/// What there is so far.
pub(super) struct Scene {
    pub(super) world: World,
    persons: Vec<PersonId>,
    units: Vec<UnitId>,
    activities: Vec<ActivityId>,
    audiences: Vec<AudienceId>,
    measures: Vec<MeasureId>,
    targets: Vec<TargetId>,
    statements: Vec<StatementId>,
    stays: Vec<(AffiliationId, PersonId)>,
    merges: Vec<MergeId>,
    plan: thao_base::PlanId,
    plot: Plot,
}

fn pick<T: Copy>(list: &[T], n: usize) -> Option<T> {
    list.get(n % list.len().max(1)).copied()
}

const KINDS: [(AffiliationKind, Option<&str>); 3] = [
    (AffiliationKind::Staff, Some("cong_chuc")),
    (AffiliationKind::Staff, Some("vien_chuc")),
    (AffiliationKind::Resident, None),
];
const VERBS: [Verb; 5] =
    [Verb::Attended, Verb::Completed, Verb::Passed, Verb::Answered, Verb::Observed];

impl Scene {
    /// A province, two communes, three villages, five people, two measures or more.
    pub(super) async fn set(db: &Db, plot: Plot) -> Scene {
        let world = world();
        let stamp = world.stamp("plan.act.set_target");
        let today = stamp.today();
        db.write(move |tx| {
            let stamp =
                thao_base::Stamp { entropy: thao_base::Entropy::seeded(7), ..stamp.clone() };
            thao_record::node::ensure(tx, &stamp, "thử")?;
            let ids: Vec<UnitId> = (0..6).map(|_| stamp.id()).collect();
            let shape = [
                (UnitKind::Province, None),
                (UnitKind::Commune, Some(0)),
                (UnitKind::Commune, Some(0)),
                (UnitKind::Village, Some(1)),
                (UnitKind::Village, Some(1)),
                (UnitKind::Village, Some(2)),
            ];
            let units: Vec<NewUnit> = shape
                .iter()
                .zip(&ids)
                .map(|((kind, parent), id)| NewUnit {
                    id: *id,
                    kind: *kind,
                    form: None,
                    name: format!("Đơn vị {id}"),
                    code: None,
                    aliases: Vec::new(),
                    parent: parent.map(|n: usize| ids[n]),
                    valid_from: date(2020, 1, 1),
                })
                .collect();
            unit::add_many(tx, &stamp, &units)?;
            unit::settle(tx, today)?;
            let mut scene = Scene {
                world: thao_testkit::world(),
                persons: Vec::new(),
                units: ids.clone(),
                activities: (0..3).map(|_| stamp.id()).collect(),
                audiences: Vec::new(),
                measures: Vec::new(),
                targets: Vec::new(),
                statements: Vec::new(),
                stays: Vec::new(),
                merges: Vec::new(),
                plan: plan::add(
                    tx,
                    &stamp,
                    &NewPlan {
                        unit: ids[0],
                        title: "Kế hoạch".into(),
                        legal_basis: None,
                        valid_from: date(2026, 1, 1),
                        valid_to: None,
                    },
                )?,
                plot,
            };
            for (code, kind, categories, ages) in [
                ("cong-chuc", "staff", serde_json::json!(["cong_chuc"]), None),
                ("lao-dong", "resident", serde_json::json!([]), Some(15)),
            ] {
                let audience = Audience {
                    id: stamp.id(),
                    code: code.into(),
                    name_vi: code.into(),
                    name_en: code.into(),
                    affiliation_kind: kind.into(),
                    categories,
                    age_from: ages,
                    age_below: ages.map(|_| 60),
                };
                audience::add(tx, &stamp, &audience)?;
                scene.audiences.push(audience.id);
            }
            for year in [1970, 1985, 2005, 2010, 1966] {
                let new = NewPerson {
                    full_name: "Người thử".into(),
                    birth: Some(Birth::Year(year)),
                    ..NewPerson::default()
                };
                scene.persons.push(person::add(tx, &stamp, new)?);
            }
            for definition in scene.definitions(plot) {
                scene.measure(tx, &stamp, &definition)?;
            }
            if plot == Plot::Counts {
                let bases = scene.measures[..2].iter().copied().collect();
                let activities = scene.activities[1..].iter().copied().collect();
                let share = Definition {
                    bases,
                    activities,
                    rung: Rung::Completed,
                    ..Definition::new(Kind::ShareOf)
                };
                scene.measure(tx, &stamp, &share)?;
                let share = Definition {
                    bases: [scene.measures[0]].into(),
                    audience: Some(scene.audiences[1]),
                    ..Definition::new(Kind::ShareOf)
                };
                scene.measure(tx, &stamp, &share)?;
            }
            Ok(scene)
        })
        .await
        .map(|mut scene: Scene| {
            scene.world = world;
            scene
        })
        .unwrap()
    }

    /// What is measured, but for shares of it.
    fn definitions(&self, plot: Plot) -> Vec<Definition> {
        let of = |kind, n: usize| Definition {
            activities: self.activities[..2].iter().copied().collect(),
            ..Definition::people(kind, self.audiences[n])
        };
        let since = Some(self.world.stamp("").today().checked_sub(Span::new().days(60)).unwrap());
        match plot {
            Plot::Shares => Need::ALL
                .into_iter()
                .enumerate()
                .map(|(n, need)| Definition { need, ..of(Kind::SharePeople, n) })
                .collect(),
            Plot::Counts => vec![
                Definition { since, ..of(Kind::CountPeople, 0) },
                of(Kind::PeoplePerYear, 1),
                Definition { audience: None, ..of(Kind::Turns, 0) },
                Definition { since, ..of(Kind::TurnsPerYear, 1) },
            ],
        }
    }

    fn measure(
        &mut self,
        tx: &mut thao_base::Tx<'_>,
        stamp: &thao_base::Stamp,
        definition: &Definition,
    ) -> thao_base::Result<()> {
        let measure = measure::ensure(tx, stamp, ["M", "M"], definition)?;
        self.measures.push(measure);
        let target = self.target(measure);
        self.targets.push(target::add(tx, stamp, &target)?);
        Ok(())
    }

    fn target(&self, measure: MeasureId) -> NewTarget {
        NewTarget {
            plan: self.plan,
            measure,
            unit: self.units[0],
            code: None,
            title_vi: "Chỉ tiêu".into(),
            title_en: "Target".into(),
            qualifier: Qualifier::AtLeast,
            goal: 800,
            baseline: 0,
            starts: date(2026, 1, 1),
            due: date(2030, 12, 31),
            years: Years::new(),
        }
    }

    pub(super) async fn play(&mut self, db: &Db, act: Act) {
        self.world.hand.advance(Span::new().minutes(1));
        let stamp = self.world.stamp("plan.act.set_target");
        let day = |ago: i32| stamp.today().checked_sub(Span::new().days(ago)).unwrap();
        match act {
            Act::Append { person, activity, verb, success, ago } => {
                let (Some(person), Some(unit)) =
                    (pick(&self.persons, person), pick(&self.units, person))
                else {
                    return;
                };
                let draft = Draft {
                    activity: pick(&self.activities, activity),
                    success: Some(success),
                    at: stamp.at - Span::new().hours(24 * ago),
                    ..Draft::new(&stamp, VERBS[verb % VERBS.len()], person, unit)
                };
                self.statements.push(draft.id);
                db.write(move |tx| append(tx, &stamp, std::slice::from_ref(&draft)).map(|_| ()))
                    .await
                    .unwrap();
            }
            Act::Void(n) => {
                let Some(id) = pick(&self.statements, n) else { return };
                db.write(move |tx| void(tx, &stamp, id)).await.unwrap();
            }
            Act::Join { person, unit, kind, ago, days } => {
                let (Some(person), Some(unit)) =
                    (pick(&self.persons, person), pick(&self.units, unit))
                else {
                    return;
                };
                let (kind, category) = KINDS[kind % KINDS.len()];
                let from = day(ago);
                let new = NewAffiliation {
                    category: category.map(str::to_owned),
                    valid_to: days.map(|days| from.checked_add(Span::new().days(days)).unwrap()),
                    ..NewAffiliation::new(person, unit, kind, from)
                };
                let ids = db
                    .write(move |tx| affiliation::add_many(tx, &stamp, std::slice::from_ref(&new)))
                    .await
                    .unwrap();
                self.stays.push((ids[0], person));
            }
            Act::Leave { which, ago } => {
                let Some((id, person)) = pick(&self.stays, which) else { return };
                let to = day(ago);
                db.write(move |tx| affiliation::end(tx, &stamp, id, person, to)).await.unwrap();
            }
            Act::Move { which, unit } => {
                let Some((id, person)) = pick(&self.stays, which) else { return };
                let Some(unit) = pick(&self.units, unit) else { return };
                db.write(move |tx| {
                    affiliation::edit(tx, &stamp, id, person, &[("unit_id", unit.arg())])
                })
                .await
                .unwrap();
            }
            Act::Born { person, year } => {
                let Some(id) = pick(&self.persons, person) else { return };
                let new = NewPerson {
                    birth: Some(Birth::Day(Date::new(year, 11, 1).unwrap())),
                    ..NewPerson::default()
                };
                db.write(move |tx| person::edit(tx, &stamp, id, &new)).await.unwrap();
            }
            Act::Merge(a, b) => {
                let (Some(a), Some(b)) = (pick(&self.persons, a), pick(&self.persons, b)) else {
                    return;
                };
                if a == b {
                    return;
                }
                let id = db.write(move |tx| cluster::merge(tx, &stamp, a, b)).await.unwrap();
                self.merges.push(id);
            }
            Act::Unmerge(n) => {
                let Some(id) = pick(&self.merges, n) else { return };
                self.merges.retain(|merge| *merge != id);
                db.write(move |tx| cluster::unmerge(tx, &stamp, id)).await.unwrap();
            }
            Act::NewPerson => {
                let new = NewPerson { full_name: "Người thử".into(), ..NewPerson::default() };
                let id = db.write(move |tx| person::add(tx, &stamp, new.clone())).await.unwrap();
                self.persons.push(id);
            }
            Act::Rung { measure, rung } => {
                self.edit(db, measure, "rung", Arg::Int(rung.into())).await;
            }
            Act::Valid { measure, months } => {
                let months = months.map_or(Arg::Null, |months| Arg::Int(months.into()));
                self.edit(db, measure, "valid_months", months).await;
            }
            Act::Denominator { measure, official } => {
                if self.plot == Plot::Counts {
                    return;
                }
                let kind = Denominator::ALL[usize::from(official)];
                self.edit(db, measure, "denominator", Arg::Text(kind.code())).await;
            }
            Act::Ages { audience, from, below } => {
                let Some(id) = pick(&self.audiences, audience) else { return };
                db.write(move |tx| {
                    let values = [("age_from", from.arg()), ("age_below", below.arg())];
                    register::update(tx, &stamp, &AUDIENCE, id, None, &values)
                })
                .await
                .unwrap();
            }
            Act::Withdraw(n) => {
                let Some(id) = pick(&self.targets, n) else { return };
                self.targets.retain(|target| *target != id);
                db.write(move |tx| target::withdraw(tx, &stamp, id)).await.unwrap();
            }
            Act::Target(n) => {
                let Some(measure) = pick(&self.measures, n) else { return };
                let new = self.target(measure);
                let id = db.write(move |tx| target::add(tx, &stamp, &new)).await.unwrap();
                self.targets.push(id);
            }
            Act::NewUnit(parent) => {
                let parent = pick(&self.units, parent);
                self.units.push(new_village(db, stamp, parent).await);
            }
            Act::MoveUnit { unit, parent } => {
                let unit = self.units[1 + unit % (self.units.len() - 1)];
                move_unit(db, stamp, unit, self.units[parent % self.units.len()]).await;
            }
            Act::Step(most) => {
                db.note(move |tx| step(tx, most)).await.unwrap();
            }
        }
    }

    async fn edit(&self, db: &Db, n: usize, column: &'static str, value: Arg<'static>) {
        let Some(id) = pick(&self.measures, n) else { return };
        let stamp = self.world.stamp("plan.act.set_target");
        db.write(move |tx| {
            register::update(tx, &stamp, &MEASURE, id, None, &[(column, value.clone())])
        })
        .await
        .unwrap();
    }
}

pub(super) async fn new_village(
    db: &Db,
    stamp: thao_base::Stamp,
    parent: Option<UnitId>,
) -> UnitId {
    let id: UnitId = stamp.id();
    db.write(move |tx| {
        let new = NewUnit {
            id,
            kind: UnitKind::Village,
            form: None,
            name: format!("Đơn vị {id}"),
            code: None,
            aliases: Vec::new(),
            parent,
            valid_from: date(2020, 1, 1),
        };
        unit::add_many(tx, &stamp, &[new])?;
        unit::settle(tx, stamp.today())
    })
    .await
    .unwrap();
    id
}

/// Hangs a unit elsewhere, but not below itself.
pub(super) async fn move_unit(db: &Db, stamp: thao_base::Stamp, unit: UnitId, parent: UnitId) {
    db.write(move |tx| {
        let above = unit::list_above(tx, parent)?;
        if above.iter().any(|place| place.unit == unit) {
            return Ok(());
        }
        let sql = "SELECT id FROM unit_parent WHERE unit_id = $1";
        let row: RowId = tx.value(sql, args![unit])?;
        let values = [("parent_id", parent.arg())];
        register::update(tx, &stamp, &UNIT_PARENT, row, None, &values)?;
        unit::settle(tx, stamp.today())
    })
    .await
    .unwrap();
}
