//! The small province of this crate's tests: the cast, a course's activity, an audience, targets.

use jiff::civil::{Date, date};
use thao_base::db::Arg;
use thao_base::{
    ActivityId, AudienceId, Db, Entropy, Id, MeasureId, PersonId, Stamp, TargetId, Tx, UnitId,
};
use thao_cast::Cast;
use thao_people::affiliation::{self, NewAffiliation};
use thao_people::audience::{self, Audience};
use thao_people::person::{self, NewPerson};
use thao_people::{AffiliationKind, Birth};
use thao_record::register;
use thao_record::statement::{Draft, append};
use thao_record::{Rung, Verb};
use thao_testkit::World;

use crate::kind::Kind;
use crate::measure::{self, Definition, Denominator};
use crate::plan::{self, NewPlan};
use crate::readings::catch_up;
use crate::target::{self, NewTarget, Qualifier, Years};

/// What there is to measure.
pub(crate) struct Scene {
    pub(crate) course: ActivityId,
    pub(crate) audience: AudienceId,
    pub(crate) plan: thao_base::PlanId,
    /// Of civil servants, those who passed; computed.
    pub(crate) target: TargetId,
    pub(crate) measure: MeasureId,
    /// Of residents from 15 to 59, those who attended; official.
    pub(crate) official: TargetId,
    pub(crate) official_measure: MeasureId,
}

/// Adds what there is to measure to the cast.
pub(crate) async fn scene(db: &Db, world: &World, cast: &Cast) -> Scene {
    let province = cast.units.province;
    let stamp = world.stamp("plan.act.set_target");
    let scene = db
        .write(move |tx| {
            let stamp = Stamp { entropy: Entropy::seeded(5), ..stamp.clone() };
            let course = course(tx, &stamp, "an-toan-thong-tin")?;
            let civil = add_audience(tx, &stamp, "cong-chuc", "staff", &["cong_chuc"], None)?;
            let people =
                add_audience(tx, &stamp, "tuoi-lao-dong", "resident", &[], Some((15, 60)))?;
            let new = NewPlan {
                unit: province,
                title: "Kế hoạch 01/KH-UBND".into(),
                legal_basis: Some("Nghị quyết 57-NQ/TW".into()),
                valid_from: date(2026, 1, 1),
                valid_to: None,
            };
            let plan = plan::add(tx, &stamp, &new)?;
            let mut add = |audience, rung, denominator, code: &str, title: &str, goal| {
                let definition = Definition {
                    activities: [course].into(),
                    rung,
                    denominator,
                    ..Definition::people(Kind::SharePeople, audience)
                };
                let measure = measure::ensure(tx, &stamp, [title, title], &definition)?;
                let new = NewTarget {
                    plan,
                    measure,
                    unit: province,
                    code: Some(code.into()),
                    title_vi: title.into(),
                    title_en: title.into(),
                    qualifier: Qualifier::AtLeast,
                    goal,
                    baseline: 0,
                    starts: date(2026, 1, 1),
                    due: date(2030, 12, 31),
                    years: Years::new(),
                };
                Ok::<_, thao_base::Error>((target::add(tx, &stamp, &new)?, measure))
            };
            let computed = Denominator::Computed;
            let (target, measure) =
                add(civil, Rung::Passed, computed, "PT-01", "Công chức đạt kiểm tra", 1000)?;
            let (official, official_measure) = add(
                people,
                Rung::Attended,
                Denominator::Official,
                "PT-05",
                "Người dân tham dự",
                800,
            )?;
            Ok(Scene { course, audience: civil, plan, target, measure, official, official_measure })
        })
        .await
        .unwrap();
    catch_up(db).await.unwrap();
    scene
}

/// A target of a measure that is there.
pub(crate) fn add_target(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    plan: thao_base::PlanId,
    measure: MeasureId,
    unit: UnitId,
    goal: i64,
) -> thao_base::Result<TargetId> {
    let new = NewTarget {
        plan,
        measure,
        unit,
        code: None,
        title_vi: "Chỉ tiêu".into(),
        title_en: "Target".into(),
        qualifier: Qualifier::AtLeast,
        goal,
        baseline: 0,
        starts: date(2026, 1, 1),
        due: date(2030, 12, 31),
        years: Years::new(),
    };
    target::add(tx, stamp, &new)
}

pub(crate) fn course(tx: &mut Tx<'_>, stamp: &Stamp, slug: &str) -> thao_base::Result<ActivityId> {
    let id: thao_base::CourseId = stamp.id();
    let empty = serde_json::json!({});
    let none = serde_json::json!([]);
    let values = [
        ("slug", Arg::Text(slug)),
        ("version", Arg::Int(1)),
        ("hash", Arg::Text("")),
        ("title_vi", Arg::Text("An toàn thông tin cơ bản")),
        ("title_en", Arg::Text("Information security basics")),
        ("summary_vi", Arg::Text("")),
        ("summary_en", Arg::Text("")),
        ("minutes", Arg::Int(60)),
        ("pass_percent", Arg::Int(80)),
        ("about", Arg::Json(&empty)),
        ("sources", Arg::Json(&none)),
        ("published_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &thao_catalog::course::COURSE, id, None, &values)?;
    Ok(thao_base::cast(id))
}

fn add_audience(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    code: &str,
    kind: &str,
    categories: &[&str],
    ages: Option<(i32, i32)>,
) -> thao_base::Result<AudienceId> {
    let name =
        if kind == "staff" { "Công chức" } else { "Người trong độ tuổi lao động" };
    let audience = Audience {
        id: stamp.id(),
        code: code.into(),
        name_vi: name.into(),
        name_en: name.into(),
        affiliation_kind: kind.into(),
        categories: serde_json::json!(categories),
        age_from: ages.map(|(from, _)| from),
        age_below: ages.map(|(_, below)| below),
    };
    audience::add(tx, stamp, &audience)?;
    Ok(audience.id)
}

impl Scene {
    /// An outcome of a person, on the morning of a day.
    pub(crate) async fn outcome(
        &self,
        db: &Db,
        world: &World,
        person: PersonId,
        unit: UnitId,
        verb: Verb,
        day: Date,
    ) -> thao_base::StatementId {
        let stamp = world.stamp("classes.act.attendance");
        let draft = Draft {
            activity: Some(self.course),
            success: Some(true),
            at: format!("{day}T00:00:00Z").parse().unwrap(),
            ..Draft::new(&stamp, verb, person, unit)
        };
        let id = draft.id;
        db.write(move |tx| append(tx, &stamp, std::slice::from_ref(&draft)).map(|_| ()))
            .await
            .unwrap();
        id
    }

    /// A person who belongs to a unit since 2026 began.
    pub(crate) async fn person(
        &self,
        db: &Db,
        world: &World,
        name: &str,
        born: i16,
        unit: UnitId,
        kind: AffiliationKind,
    ) -> PersonId {
        let stamp = world.stamp("people.act.add_person");
        let name = name.to_owned();
        db.write(move |tx| {
            let new = NewPerson {
                full_name: name.clone(),
                birth: Some(Birth::Day(Date::new(born, 6, 15).unwrap())),
                ..NewPerson::default()
            };
            let id = person::add(tx, &stamp, new)?;
            let stay = NewAffiliation {
                category: (kind == AffiliationKind::Staff).then(|| "cong_chuc".to_owned()),
                ..NewAffiliation::new(id, unit, kind, date(2026, 1, 1))
            };
            affiliation::add_many(tx, &stamp, &[stay])?;
            Ok(id)
        })
        .await
        .unwrap()
    }
}

/// A small id for tests of rules.
pub(crate) fn small_id<T: Id>(n: u64) -> T {
    let text = format!("00000000-0000-7000-8000-{n:012x}");
    T::from_uuid(text.parse::<thao_base::RowId>().unwrap().uuid())
}
