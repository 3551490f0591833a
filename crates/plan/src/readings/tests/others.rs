//! A scene of units, things and classes, and what deeds do in it; [`super::plain`] counts by hand.

use jiff::Span;
use jiff::civil::{Date, date};
use thao_base::db::{Arg, ToArg};
use thao_base::{
    ActivityId, ClassId, CriterionId, Db, Entropy, Id, MeasureId, MeetingId, Stamp, StatementId,
    TargetId, ThingId, UnitId, args,
};
use thao_cast::{Cast, cast as company};
use thao_people::unit;
use thao_record::evidence::{date_of, day};
use thao_record::{Col, Noun, register};
use thao_testkit::{World, world};

use super::deeds::Deed;
use super::story::{move_unit, new_village};
use crate::criterion::{self, NewCriterion};
use crate::finding::{self, NewFinding, Subject};
use crate::kind::Kind;
use crate::measure::{self, Definition, MEASURE};
use crate::plan::{self, NewPlan};
use crate::readings::step;
use crate::target::{self, NewTarget, Qualifier, Years};
use crate::thing::{self, NewThing, THING};

const CLASS: Noun = Noun {
    table: "class",
    columns: &[
        Col::open("course_id"),
        Col::open("unit_id"),
        Col::open("title"),
        Col::open("venue"),
        Col::open("organiser_id"),
        Col::open("code"),
        Col::open("search"),
        Col::open("made_at"),
    ],
};
const MEETING: Noun = Noun {
    table: "meeting",
    columns: &[
        Col::open("class_id"),
        Col::open("starts_at"),
        Col::open("ends_at"),
        Col::open("closed_at"),
        Col::open("cancelled_at"),
    ],
};

/// What there is so far.
pub(super) struct Scene {
    pub(super) world: World,
    cast: Cast,
    units: Vec<UnitId>,
    villages: Vec<UnitId>,
    courses: Vec<ActivityId>,
    criteria: [Vec<CriterionId>; 2],
    things: Vec<(ThingId, &'static str)>,
    findings: Vec<StatementId>,
    classes: Vec<ClassId>,
    meetings: Vec<MeetingId>,
    measures: Vec<MeasureId>,
    targets: Vec<TargetId>,
    plan: thao_base::PlanId,
}

fn pick<T: Copy>(list: &[T], n: usize) -> Option<T> {
    list.get(n % list.len().max(1)).copied()
}

/// Kinds of things; what is found is found of the first.
const KINDS: [&str; 2] = ["core_team", "agreement"];

impl Scene {
    /// The cast's units and two courses; a measure of each kind that is not of people.
    pub(super) async fn set(db: &Db) -> Scene {
        let world = world();
        let cast = company(db, &world).await;
        let stamp = world.stamp("plan.act.set_target");
        let province = cast.units.province;
        let made = db
            .write(move |tx| {
                let stamp = Stamp { entropy: Entropy::seeded(11), ..stamp.clone() };
                let courses = vec![
                    crate::world::course(tx, &stamp, "mot")?,
                    crate::world::course(tx, &stamp, "hai")?,
                ];
                let mut criterion = |subject: &str| {
                    let new = NewCriterion {
                        code: None,
                        title_vi: "Tiêu chí".into(),
                        title_en: "Criterion".into(),
                        subject: subject.into(),
                        source: "Kế hoạch".into(),
                        valid_from: date(2026, 1, 1),
                        valid_to: None,
                    };
                    criterion::add(tx, &stamp, &new)
                };
                let criteria = [
                    vec![criterion("village")?, criterion("village")?],
                    vec![criterion(KINDS[0])?, criterion(KINDS[0])?],
                ];
                let new = NewPlan {
                    unit: province,
                    title: "Kế hoạch".into(),
                    legal_basis: None,
                    valid_from: date(2026, 1, 1),
                    valid_to: None,
                };
                let plan = plan::add(tx, &stamp, &new)?;
                Ok((courses, criteria, plan))
            })
            .await
            .unwrap();
        let sql = "SELECT unit_id FROM unit_place WHERE kind = $1 ORDER BY unit_id";
        let of = |kind: &'static str| db.read(move |tx| tx.values::<UnitId>(sql, args![kind]));
        let (villages, communes) = (of("village").await.unwrap(), of("commune").await.unwrap());
        let (courses, criteria, plan) = made;
        let mut scene = Scene {
            units: villages.iter().chain(&communes).copied().chain([province]).collect(),
            villages,
            world,
            cast,
            courses,
            criteria,
            things: Vec::new(),
            findings: Vec::new(),
            classes: Vec::new(),
            meetings: Vec::new(),
            measures: Vec::new(),
            targets: Vec::new(),
            plan,
        };
        for definition in scene.definitions() {
            scene.measure(db, definition).await;
        }
        let share = Definition {
            bases: [scene.measures[0], scene.measures[1]].into(),
            criterion: Some(scene.criteria[0][1]),
            ..Definition::new(Kind::ShareOf)
        };
        scene.measure(db, share).await;
        scene
    }

    fn definitions(&self) -> Vec<Definition> {
        let [of_units, of_things] = &self.criteria;
        let since = Some(date_of(day(self.world.stamp("").today()) - 60));
        let units = |kind| Definition::subjects(kind, Some("village"), None);
        let things = |kind| Definition::subjects(kind, None, Some(KINDS[0]));
        let per = |at_least, criterion| Definition {
            at_least: Some(at_least),
            criterion,
            ..Definition::subjects(Kind::PerUnit, Some("commune"), Some(KINDS[0]))
        };
        vec![
            Definition { criterion: Some(of_units[0]), ..units(Kind::ShareUnits) },
            Definition { criterion: Some(of_units[1]), since, ..units(Kind::CountUnits) },
            units(Kind::CountUnits),
            Definition { criterion: Some(of_things[0]), ..things(Kind::ShareThings) },
            Definition { since, ..things(Kind::CountThings) },
            per(1, None),
            per(2, Some(of_things[0])),
            Definition {
                criterion: Some(of_units[0]),
                ..Definition::subjects(Kind::Milestone, Some("village"), None)
            },
            Definition { activities: [self.courses[0]].into(), ..Definition::new(Kind::Classes) },
            Definition {
                activities: self.courses.iter().copied().collect(),
                since,
                ..Definition::new(Kind::ClassesPerYear)
            },
        ]
    }

    async fn measure(&mut self, db: &Db, definition: Definition) {
        let stamp = self.world.stamp("plan.act.set_target");
        let id =
            db.write(move |tx| measure::ensure(tx, &stamp, ["M", "M"], &definition)).await.unwrap();
        self.measures.push(id);
        self.target(db, id).await;
    }

    async fn target(&mut self, db: &Db, measure: MeasureId) {
        let stamp = self.world.stamp("plan.act.set_target");
        let new = NewTarget {
            plan: self.plan,
            measure,
            unit: self.cast.units.province,
            code: None,
            title_vi: "Chỉ tiêu".into(),
            title_en: "Target".into(),
            qualifier: Qualifier::AtLeast,
            goal: 1000,
            baseline: 0,
            starts: date(2026, 1, 1),
            due: date(2030, 12, 31),
            years: Years::new(),
        };
        self.targets.push(db.write(move |tx| target::add(tx, &stamp, &new)).await.unwrap());
    }

    async fn find(&mut self, db: &Db, subject: Subject, criterion: CriterionId, how: (bool, Date)) {
        let stamp = self.world.stamp("plan.act.find");
        let (satisfied, on) = how;
        let id: StatementId = stamp.id();
        let new =
            NewFinding { id, criterion, subject, satisfied, on, source: "Biên bản".into() };
        self.findings.push(id);
        db.write(move |tx| finding::add_many(tx, &stamp, std::slice::from_ref(&new)))
            .await
            .unwrap();
    }

    async fn edit<T: Id>(
        &self,
        db: &Db,
        noun: &'static Noun,
        id: T,
        column: &'static str,
        value: Arg<'static>,
    ) {
        let stamp = self.world.stamp("plan.act.set_target");
        db.write(move |tx| {
            register::update(tx, &stamp, noun, id, None, &[(column, value.clone())])
        })
        .await
        .unwrap();
    }

    pub(super) async fn play(&mut self, db: &Db, deed: Deed) {
        self.world.hand.advance(Span::new().minutes(1));
        let stamp = self.world.stamp("plan.act.set_target");
        let on = |ago: i32| date_of(day(stamp.today()) - ago);
        match deed {
            Deed::FindUnit { unit, criterion, satisfied, ago } => {
                let Some(unit) = pick(&self.villages, unit) else { return };
                let Some(criterion) = pick(&self.criteria[0], criterion) else { return };
                self.find(db, Subject::Unit(unit), criterion, (satisfied, on(ago))).await;
            }
            Deed::FindThing { thing, criterion, satisfied, ago } => {
                let Some((thing, kind)) = pick(&self.things, thing) else { return };
                let Some(criterion) = pick(&self.criteria[1], criterion) else { return };
                if kind == KINDS[0] {
                    self.find(db, Subject::Thing(thing), criterion, (satisfied, on(ago))).await;
                }
            }
            Deed::Void(n) => {
                let Some(id) = pick(&self.findings, n) else { return };
                db.write(move |tx| finding::void(tx, &stamp, id)).await.unwrap();
            }
            Deed::Thing { unit, kind, ago, days } => {
                let Some(unit) = pick(&self.units, unit) else { return };
                let kind = KINDS[kind % KINDS.len()];
                let new = NewThing {
                    kind: kind.into(),
                    unit,
                    code: None,
                    name: "Tổ".into(),
                    valid_from: on(ago),
                    valid_to: days.map(|days| on(ago - days)),
                    import: None,
                };
                let ids = db
                    .write(move |tx| thing::add_many(tx, &stamp, std::slice::from_ref(&new)))
                    .await
                    .unwrap();
                self.things.push((ids[0], kind));
            }
            Deed::MoveThing { thing, unit } => {
                let Some((id, _)) = pick(&self.things, thing) else { return };
                let Some(unit) = pick(&self.units, unit) else { return };
                self.edit(db, &THING, id, "unit_id", Arg::Id(unit.uuid())).await;
            }
            Deed::EndThing { thing, ago } => {
                let Some((id, _)) = pick(&self.things, thing) else { return };
                self.edit(db, &THING, id, "valid_to", Arg::Date(on(ago))).await;
            }
            Deed::WithdrawThing(n) => {
                let Some((id, _)) = pick(&self.things, n) else { return };
                self.things.retain(|(thing, _)| *thing != id);
                db.write(move |tx| thing::withdraw(tx, &stamp, id)).await.unwrap();
            }
            Deed::NewUnit(parent) => {
                let parent = pick(&self.units, parent);
                let id = new_village(db, stamp, parent).await;
                self.units.push(id);
                self.villages.push(id);
            }
            Deed::MoveUnit { unit, parent } => {
                let (Some(unit), Some(parent)) =
                    (pick(&self.villages, unit), pick(&self.units, parent))
                else {
                    return;
                };
                move_unit(db, stamp, unit, parent).await;
            }
            // Ends ahead of today, so that the tree it is counted in stays.
            Deed::EndUnit { unit, ahead } => {
                let Some(unit) = pick(&self.villages, unit) else { return };
                self.edit(db, &unit::UNIT, unit, "valid_to", Arg::Date(on(-ahead))).await;
            }
            Deed::Class { unit, course } => {
                let (Some(unit), Some(course)) =
                    (pick(&self.units, unit), pick(&self.courses, course))
                else {
                    return;
                };
                let id: ClassId = stamp.id();
                let code = id.to_string();
                let organiser = self.cast.person(thao_cast::Who::Organiser);
                self.classes.push(id);
                db.write(move |tx| {
                    let values = [
                        ("course_id", course.arg()),
                        ("unit_id", unit.arg()),
                        ("title", Arg::Text("Lớp")),
                        ("venue", Arg::Text("Nhà văn hoá")),
                        ("organiser_id", organiser.arg()),
                        ("code", Arg::Text(&code)),
                        ("search", Arg::Text("lop")),
                        ("made_at", Arg::Time(stamp.at)),
                    ];
                    register::insert(tx, &stamp, &CLASS, id, None, &values)
                })
                .await
                .unwrap();
            }
            Deed::Meeting { class, ago, closed } => {
                let Some(class) = pick(&self.classes, class) else { return };
                let id: MeetingId = stamp.id();
                let starts = stamp.at - Span::new().hours(24 * ago);
                self.meetings.push(id);
                db.write(move |tx| {
                    let values = [
                        ("class_id", class.arg()),
                        ("starts_at", Arg::Time(starts)),
                        ("ends_at", Arg::Time(starts)),
                        ("closed_at", closed.then_some(stamp.at).map_or(Arg::Null, Arg::Time)),
                    ];
                    register::insert(tx, &stamp, &MEETING, id, None, &values)
                })
                .await
                .unwrap();
            }
            Deed::Close(n) => {
                let Some(id) = pick(&self.meetings, n) else { return };
                self.edit(db, &MEETING, id, "closed_at", Arg::Time(stamp.at)).await;
            }
            Deed::Cancel(n) => {
                let Some(id) = pick(&self.meetings, n) else { return };
                self.edit(db, &MEETING, id, "cancelled_at", Arg::Time(stamp.at)).await;
            }
            Deed::AtLeast { measure, n } => {
                let Some(id) = pick(&self.measures, measure) else { return };
                self.edit(db, &MEASURE, id, "at_least", Arg::Int(n.into())).await;
            }
            Deed::Valid { measure, months } => {
                let Some(id) = pick(&self.measures, measure) else { return };
                let months = months.map_or(Arg::Null, |months| Arg::Int(months.into()));
                self.edit(db, &MEASURE, id, "valid_months", months).await;
            }
            Deed::Withdraw(n) => {
                let Some(id) = pick(&self.targets, n) else { return };
                self.targets.retain(|target| *target != id);
                db.write(move |tx| target::withdraw(tx, &stamp, id)).await.unwrap();
            }
            Deed::Target(n) => {
                let Some(measure) = pick(&self.measures, n) else { return };
                self.target(db, measure).await;
            }
            Deed::Step(most) => {
                db.note(move |tx| step(tx, most)).await.unwrap();
            }
        }
    }
}
