//! Steps over the cast's province, on both databases.

use jiff::civil::date;
use thao_base::{Db, MeasureId, TargetId};
use thao_cast::{Cast, Who, cast};
use thao_catalog::assignment::{self, NewAssignment};
use thao_people::AffiliationKind;
use thao_record::Verb;
use thao_testkit::{TestDb, World, databases, world};

use super::*;
use crate::figure::{self, NewFigure};
use crate::measure::Definition;
use crate::readings::catch_up;
use crate::target::{self, NewTarget};
use crate::world::{Scene, scene};

const ON: Date = date(2026, 11, 20);

struct Stage {
    db: TestDb,
    world: World,
    cast: Cast,
    scene: Scene,
}

async fn stages() -> Vec<Stage> {
    let mut out = Vec::new();
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let scene = scene(&db, &world, &cast).await;
        out.push(Stage { db, world, cast, scene });
    }
    out
}

async fn found(db: &Db, target: TargetId, unit: UnitId, size: i64) -> Vec<Step> {
    catch_up(db).await.unwrap();
    db.read(move |tx| {
        let target = target::get(tx, target)?;
        let measure = measure::get(tx, target.measure)?;
        let place = unit::place(tx, unit)?;
        let board = board::by_child(tx, &target, &measure, &place, ON)?.unwrap();
        let courses = crate::pages::view::courses(tx, &measure)?;
        let asked = Asked {
            target: &target,
            measure: &measure,
            board: &board,
            courses: &courses,
            on: ON,
            size,
        };
        steps(tx, &asked)
    })
    .await
    .unwrap()
}

fn assigned(steps: &[Step]) -> Vec<(UnitId, i64)> {
    let of = |step: &Step| match step {
        Step::Assign { place, people, .. } => Some((place.unit, *people)),
        _ => None,
    };
    steps.iter().filter_map(of).collect()
}

/// Where a class is proposed, for how many people, and of which units.
type Proposed = (UnitId, i64, Vec<(UnitId, i64)>);

fn classes(steps: &[Step]) -> Vec<Proposed> {
    let of = |step: &Step| match step {
        Step::Classes { area, people, at, .. } => {
            let at = at.iter().map(|(place, n)| (place.unit, *n)).collect();
            Some((area.unit, *people, at))
        }
        _ => None,
    };
    steps.iter().filter_map(of).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_is_to_be_given_where_nobody_gave_it() {
    for Stage { db, world, cast, scene } in stages().await {
        let province = cast.units.province;
        let give = |unit, audience| {
            let (stamp, course) = (world.stamp("catalog.act.assign"), scene.course);
            db.write(move |tx| {
                let new =
                    NewAssignment { course: thao_base::cast(course), audience, unit, due: None };
                assignment::add(tx, &stamp, &new)
            })
        };
        // Eight civil servants, and nobody was given anything: one assignment does it.
        let steps = found(&db, scene.target, province, 40).await;
        assert_eq!(assigned(&steps), [(province, 8)], "{}", db.name());
        let (one, two) = (cast.commune(), cast.other_commune());
        let given = give(one, scene.audience).await.unwrap();
        // Two in the second commune, three in departments; the first has it.
        let steps = found(&db, scene.target, province, 40).await;
        assert!(assigned(&steps).iter().all(|(unit, _)| *unit != one));
        assert!(assigned(&steps).contains(&(two, 2)));
        // Within the commune all have it.
        assert_eq!(assigned(&found(&db, scene.target, one, 40).await), []);
        let stamp = world.stamp("catalog.act.withdraw");
        db.write(move |tx| assignment::withdraw(tx, &stamp, given)).await.unwrap();
        assert_eq!(assigned(&found(&db, scene.target, one, 40).await), [(one, 3)]);
        // Given to everybody above: nobody is left.
        give(province, scene.audience).await.unwrap();
        assert_eq!(assigned(&found(&db, scene.target, one, 40).await), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn classes_are_where_most_people_are() {
    for Stage { db, world, cast, scene } in stages().await {
        let units = cast.units.clone();
        let [first, second, _] = units.villages[0];
        let resident = AffiliationKind::Resident;
        for (n, village) in [first, second, second, second].into_iter().enumerate() {
            let name = format!("Lò Thị {n}");
            let id = scene.person(&db, &world, &name, 1990, village, resident).await;
            if n == 3 {
                scene.outcome(&db, &world, id, village, Verb::Attended, date(2026, 10, 5)).await;
            }
        }
        // Too young to be meant.
        scene.person(&db, &world, "Lò Thị Bé", 2020, first, resident).await;
        let stamp = world.stamp("plan.act.add_figure");
        let figures: Vec<NewFigure> = units
            .communes
            .iter()
            .map(|unit| NewFigure {
                measure: scene.official_measure,
                unit: *unit,
                value: 10,
                as_of: date(2026, 1, 1),
                source: "Thống kê tỉnh".into(),
                import: None,
            })
            .collect();
        db.write(move |tx| figure::add_many(tx, &stamp, &figures)).await.unwrap();
        let one = cast.commune();
        let expected = (one, 3, vec![(second, 2), (first, 1)]);
        let steps = found(&db, scene.official, units.province, 40).await;
        assert_eq!(
            classes(&steps),
            std::slice::from_ref(&expected),
            "{}: nobody is known elsewhere",
            db.name()
        );
        // The commune's own board says the same.
        let steps = found(&db, scene.official, one, 40).await;
        assert_eq!(classes(&steps), [expected]);
        // Classes of one seat: two where two are left, one where one is.
        let steps = found(&db, scene.official, one, 1).await;
        assert_eq!(classes(&steps)[0].2, [(second, 1), (second, 1), (first, 1)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_is_to_be_entered_where_others_have_one() {
    for Stage { db, world, cast, scene } in stages().await {
        let units = cast.units.clone();
        let missing = |steps: &[Step]| -> Vec<UnitId> {
            let of = |step: &Step| match step {
                Step::Figures { units } => units.iter().map(|place| place.unit).collect(),
                _ => Vec::new(),
            };
            steps.iter().flat_map(of).collect()
        };
        let steps = found(&db, scene.official, units.province, 40).await;
        assert_eq!(missing(&steps), [units.province], "nothing is known at all");
        let stamp = world.stamp("plan.act.add_figure");
        let new = NewFigure {
            measure: scene.official_measure,
            unit: units.communes[0],
            value: 10,
            as_of: date(2026, 1, 1),
            source: "Thống kê tỉnh".into(),
            import: None,
        };
        let add = move |tx: &mut Tx<'_>| {
            figure::add_many(tx, &stamp, std::slice::from_ref(&new)).map(|_| ())
        };
        db.write(add).await.unwrap();
        let mut left = missing(&found(&db, scene.official, units.province, 40).await);
        left.sort();
        let mut expected = vec![units.communes[1], units.communes[2]];
        expected.sort();
        assert_eq!(left, expected, "{}", db.name());
        assert_eq!(missing(&found(&db, scene.official, units.communes[0], 40).await), []);
    }
}

/// A target for those who attended what the scene's target asks to pass.
async fn add_lower(stage: &Stage) -> MeasureId {
    let (stamp, target) = (stage.world.stamp("plan.act.set_target"), stage.scene.target);
    let add = move |tx: &mut Tx<'_>| {
        let above = target::get(tx, target)?;
        let rule = measure::get(tx, above.measure)?.rule;
        let definition = Definition {
            activities: rule.activities.clone(),
            rung: Rung::Attended,
            need: rule.need,
            ..Definition::people(Kind::SharePeople, rule.audience.unwrap().id)
        };
        let measure = measure::ensure(tx, &stamp, ["Tham dự", "Attended"], &definition)?;
        let new = NewTarget {
            plan: above.plan,
            measure,
            unit: above.unit,
            code: None,
            title_vi: "Tham dự".into(),
            title_en: "Attended".into(),
            qualifier: above.qualifier,
            goal: above.goal,
            baseline: 0,
            starts: above.starts,
            due: above.due,
            years: above.years.clone(),
        };
        target::add(tx, &stamp, &new)?;
        Ok(measure)
    };
    stage.db.write(add).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_attended_and_did_not_pass_is_to_be_tested() {
    for stage in stages().await {
        let Stage { db, world, cast, scene } = &stage;
        let tested = |steps: &[Step]| -> Vec<(UnitId, i64)> {
            let of = |step: &Step| match step {
                Step::Test { place, people, rung: Rung::Attended, .. } => {
                    Some((place.unit, *people))
                }
                _ => None,
            };
            steps.iter().filter_map(of).collect()
        };
        let (one, two) = (cast.commune(), cast.other_commune());
        for (who, unit, verb) in [
            (Who::An, one, Verb::Attended),
            (Who::Organiser, one, Verb::Attended),
            // Whoever passed has attended too, whatever the record says.
            (Who::OtherLearner, two, Verb::Passed),
        ] {
            let person = cast.person(who);
            scene.outcome(db, world, person, unit, verb, date(2026, 11, 2)).await;
        }
        // Nobody keeps count of attendance: nothing is claimed.
        let province = cast.units.province;
        assert_eq!(tested(&found(db, scene.target, province, 40).await), []);
        add_lower(&stage).await;
        assert_eq!(tested(&found(db, scene.target, province, 40).await), [(one, 2)]);
        assert_eq!(tested(&found(db, scene.target, one, 40).await), [(one, 2)]);
        scene.outcome(db, world, cast.person(Who::An), one, Verb::Passed, date(2026, 11, 3)).await;
        assert_eq!(tested(&found(db, scene.target, province, 40).await), [(one, 1)]);
    }
}
