//! The plan of the demo province: audiences, targets, assignments, official figures.
//!
//! Targets follow content/plans/25.toml (PT-01, PT-05). Figures are made up in proportion to the
//! demo's own residents, and say so as their source.

use jiff::civil::Date;
use thao_base::{ActivityId, AudienceId, Db, Error, MeasureId, PlanId, Result, Stamp, Tx};
use thao_catalog::assignment::{self, NewAssignment};
use thao_people::audience::{self, Audience};
use thao_plan::figure::{self, NewFigure};
use thao_plan::kind::Kind;
use thao_plan::measure::{self, Definition, Denominator};
use thao_plan::plan::{self, NewPlan};
use thao_plan::target::{self, NewTarget, Qualifier, Years};
use thao_record::Rung;

use super::Province;
use super::learning::Course;

pub(super) const SECURITY: &str = "an-toan-thong-tin-co-ban";
pub(super) const SERVICES: &str = "dich-vu-cong-truc-tuyen";
/// For ten residents known here, so many of working age live in the commune.
const FIGURE_PER_TEN: i64 = 13;

pub(crate) async fn add(db: &Db, stamp: &Stamp, province: &Province, today: Date) -> Result<()> {
    let (units, courses) = (province.units.clone(), province.courses.clone());
    let working = working_age(province);
    let stamp = stamp.clone();
    db.write(move |tx| {
        let staff = audience(tx, &stamp, "officials", "Cán bộ, công chức, viên chức",
            "Officials, civil servants and public employees", "staff",
            &["can_bo", "cong_chuc", "vien_chuc"], None)?;
        let adults = audience(tx, &stamp, "working_age", "Người trong độ tuổi lao động (15–59)",
            "People of working age (15–59)", "resident", &[], Some((15, 60)))?;
        let plan = plan::add(tx, &stamp, &NewPlan {
            unit: units.province,
            title: "Kế hoạch đào tạo khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số 2025–2030".into(),
            legal_basis: Some("Nghị quyết 57-NQ/TW".into()),
            valid_from: Date::constant(2025, 11, 1),
            valid_to: Some(Date::constant(2031, 1, 1)),
        })?;
        let make = Make { stamp: &stamp, plan, unit: units.province };
        let security = course(&courses, SECURITY)?;
        let services = course(&courses, SERVICES)?;
        let (trained, _) = make.target(tx, staff, security, Rung::Completed, Denominator::Computed,
            "PT-01", "100% cán bộ, công chức, viên chức được tập huấn an toàn thông tin",
            "100% of officials trained in information security", 1000)?;
        let _: MeasureId = trained;
        let (reached, _) = make.target(tx, adults, services, Rung::Attended, Denominator::Official,
            "PT-05a", "80% người trong độ tuổi lao động được hướng dẫn dùng dịch vụ công trực tuyến",
            "80% of people of working age shown how to use online public services", 800)?;
        let (able, _) = make.target(tx, adults, services, Rung::Passed, Denominator::Official,
            "PT-05", "80% người trong độ tuổi lao động thành thạo dịch vụ công trực tuyến",
            "80% of people of working age proficient in online public services", 800)?;
        for measure in [reached, able] {
            let figures: Vec<NewFigure> = units.communes.iter().zip(&working).map(|(commune, known)| {
                NewFigure {
                    measure,
                    unit: commune.id,
                    value: (known * FIGURE_PER_TEN / 10).max(1),
                    as_of: Date::constant(2025, 12, 31),
                    source: "Số liệu minh hoạ / demo figures".into(),
                    import: None,
                }
            }).collect();
            figure::add_many(tx, &stamp, &figures)?;
        }
        for (course, audience, due) in [
            (security, staff, Date::constant(today.year(), 12, 31)),
            (services, adults, Date::constant(today.year() + 1, 6, 30)),
        ] {
            let new = NewAssignment {
                course: course.course_id,
                audience,
                unit: units.province,
                due: Some(due),
            };
            assignment::add(tx, &stamp, &new)?;
        }
        Ok(())
    })
    .await
}

struct Make<'a> {
    stamp: &'a Stamp,
    plan: PlanId,
    unit: thao_base::UnitId,
}

impl Make<'_> {
    #[expect(clippy::too_many_arguments, reason = "a line of a plan has that many columns")]
    fn target(
        &self,
        tx: &mut Tx<'_>,
        audience: AudienceId,
        course: &Course,
        rung: Rung,
        denominator: Denominator,
        code: &str,
        vi: &str,
        en: &str,
        goal: i64,
    ) -> Result<(MeasureId, thao_base::TargetId)> {
        let activities: std::collections::BTreeSet<ActivityId> = [course.id].into();
        let definition = Definition {
            activities,
            rung,
            denominator,
            ..Definition::people(Kind::SharePeople, audience)
        };
        let measure = measure::ensure(tx, self.stamp, [vi, en], &definition)?;
        let target = target::add(
            tx,
            self.stamp,
            &NewTarget {
                plan: self.plan,
                measure,
                unit: self.unit,
                code: Some(code.to_owned()),
                title_vi: vi.to_owned(),
                title_en: en.to_owned(),
                qualifier: Qualifier::AtLeast,
                goal,
                baseline: 0,
                starts: Date::constant(2025, 11, 1),
                due: Date::constant(2030, 12, 31),
                years: Years::new(),
            },
        )?;
        Ok((measure, target))
    }
}

#[expect(clippy::too_many_arguments, reason = "a row of the table has that many columns")]
fn audience(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    code: &str,
    vi: &str,
    en: &str,
    kind: &str,
    categories: &[&str],
    ages: Option<(i32, i32)>,
) -> Result<AudienceId> {
    let id: AudienceId = stamp.id();
    audience::add(
        tx,
        stamp,
        &Audience {
            id,
            code: code.to_owned(),
            name_vi: vi.to_owned(),
            name_en: en.to_owned(),
            affiliation_kind: kind.to_owned(),
            categories: serde_json::json!(categories),
            age_from: ages.map(|(from, _)| from),
            age_below: ages.map(|(_, below)| below),
        },
    )?;
    Ok(id)
}

pub(super) fn course<'a>(courses: &'a [Course], slug: &str) -> Result<&'a Course> {
    courses
        .iter()
        .find(|course| course.slug == slug)
        .ok_or_else(|| Error::internal(format!("the starter course {slug} is missing")))
}

/// Residents of working age by commune.
fn working_age(province: &Province) -> Vec<i64> {
    let mut out = vec![0; province.units.communes.len()];
    for person in province.people.iter().filter(|p| !p.staff && (15..60).contains(&p.age)) {
        if let Some(count) = person.commune.and_then(|index| out.get_mut(index)) {
            *count += 1;
        }
    }
    out
}
