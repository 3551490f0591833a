//! Targets of every kind that a plan can have, with what they count: things, criteria, findings,
//! outside figures. Made up; the kinds follow content/plans.

use jiff::Span;
use jiff::civil::Date;
use thao_base::{CriterionId, Db, MeasureId, PlanId, Result, Stamp, Tx, UnitId};
use thao_people::audience;
use thao_plan::criterion::{self, NewCriterion};
use thao_plan::figure::{self, NewFigure};
use thao_plan::finding::{self, NewFinding, Subject};
use thao_plan::kind::Kind;
use thao_plan::measure::{self, Better, Definition};
use thao_plan::plan::{self, NewPlan};
use thao_plan::target::{self, NewTarget, Qualifier, Years};
use thao_plan::thing::{self, NewThing};
use thao_record::Rung;

use super::Province;
use super::targets::{SECURITY, SERVICES, course};

const SOURCE: &str = "Số liệu minh hoạ / demo figures";
const STARTS: Date = Date::constant(2025, 11, 1);

/// Adds them on the last day of the demo's year.
pub(crate) async fn add(db: &Db, stamp: &Stamp, province: &Province, today: Date) -> Result<()> {
    let (units, courses) = (province.units.clone(), province.courses.clone());
    let stamp = stamp.clone();
    db.write(move |tx| {
        let plan = plan::add(tx, &stamp, &NewPlan {
            unit: units.province,
            title: "Kế hoạch phát triển nguồn nhân lực số đến năm 2030 (minh hoạ các loại chỉ tiêu)".into(),
            legal_basis: Some("Nghị quyết 57-NQ/TW".into()),
            valid_from: STARTS,
            valid_to: Some(Date::constant(2031, 1, 1)),
        })?;
        let mut make =
            Make { tx, stamp: &stamp, plan, unit: units.province, today, findings: Vec::new() };
        let security = course(&courses, SECURITY)?.id;
        let services = course(&courses, SERVICES)?.id;
        let audience = |tx: &mut Tx<'_>, code: &str| -> Result<thao_base::AudienceId> {
            let found = audience::find_by_code(tx, code)?;
            Ok(found.ok_or_else(thao_base::Error::not_found)?.id)
        };
        let staff = audience(make.tx, "officials")?;
        let adults = audience(make.tx, "working_age")?;
        let learnt = |kind, who, course, rung| Definition {
            activities: [course].into(),
            rung,
            ..Definition::people(kind, who)
        };
        let held = |kind, course| Definition { activities: [course].into(), ..Definition::new(kind) };

        let count = Definition {
            since: Some(STARTS),
            ..learnt(Kind::CountPeople, staff, security, Rung::Passed)
        };
        make.target(&count, "MH-01", "600 cán bộ, công chức, viên chức được bồi dưỡng an toàn thông tin",
            "600 officials trained in information security", Qualifier::Exactly, 600_000)?;
        make.target(&learnt(Kind::PeoplePerYear, adults, services, Rung::Passed), "MH-02",
            "Mỗi năm khoảng 300 người được đào tạo, đạt kiểm tra", "About 300 people trained each year",
            Qualifier::About, 300_000)?;
        make.target(&held(Kind::Turns, services), "MH-03", "2.000 lượt học viên",
            "2,000 attendances", Qualifier::Exactly, 2_000_000)?;
        make.target(&held(Kind::TurnsPerYear, services), "MH-04", "3.400 lượt học viên mỗi năm",
            "3,400 attendances each year", Qualifier::AtLeast, 3_400_000)?;
        make.target(&held(Kind::Classes, services), "MH-05", "46 lớp bồi dưỡng",
            "46 training courses", Qualifier::Exactly, 46_000)?;
        make.target(&held(Kind::ClassesPerYear, services), "MH-06", "80 lớp mỗi năm",
            "80 courses each year", Qualifier::AtLeast, 80_000)?;

        let analysis = make.criterion("agency", "Áp dụng phân tích dữ liệu trong quản lý, điều hành",
            "Uses data analysis in management and decisions")?;
        for (n, agency) in units.departments.iter().enumerate().filter(|(n, _)| n % 3 != 0) {
            make.find(analysis, Subject::Unit(*agency), n % 7 != 1, n);
        }
        make.target(
            &Definition {
                criterion: Some(analysis),
                ..Definition::subjects(Kind::ShareUnits, Some("agency"), None)
            },
            "MH-07", "80% cơ quan áp dụng phân tích dữ liệu trong quản lý, điều hành",
            "80% of agencies apply data analysis", Qualifier::AtLeast, 800)?;
        let reported = make.criterion("commune", "Có kế hoạch đào tạo kỹ năng số của xã",
            "Has a digital skills plan of its own")?;
        for (n, commune) in units.communes.iter().enumerate().filter(|(n, _)| n % 4 != 0) {
            make.find(reported, Subject::Unit(commune.id), true, n);
        }
        make.target(
            &Definition {
                criterion: Some(reported),
                ..Definition::subjects(Kind::CountUnits, Some("commune"), None)
            },
            "MH-08", "120 xã, phường có kế hoạch đào tạo kỹ năng số",
            "120 communes with a digital skills plan", Qualifier::MoreThan, 120_000)?;

        let programmes = make.things("training_programme", "Chương trình đào tạo", 24, &units.departments)?;
        let outcomes = make.criterion("training_programme",
            "Chuẩn đầu ra cập nhật theo Khung trình độ quốc gia",
            "Outcome standards updated to the national qualifications framework")?;
        for (n, programme) in programmes.iter().enumerate().filter(|(n, _)| n % 3 != 2) {
            make.find(outcomes, Subject::Thing(*programme), true, n);
        }
        make.target(
            &Definition {
                criterion: Some(outcomes),
                ..Definition::subjects(Kind::ShareThings, None, Some("training_programme"))
            },
            "MH-09", "90% chương trình đào tạo cập nhật chuẩn đầu ra",
            "90% of training programmes with updated outcome standards", Qualifier::Exactly, 900)?;
        make.things("agreement", "Thỏa thuận hợp tác", 37, &units.departments)?;
        make.target(&Definition::subjects(Kind::CountThings, None, Some("agreement")),
            "MH-10", "Gần 100 thỏa thuận hợp tác với doanh nghiệp",
            "Nearly 100 cooperation agreements with enterprises", Qualifier::Nearly, 100_000)?;
        let some: Vec<UnitId> = units.communes.iter().enumerate()
            .filter(|(n, _)| n % 5 < 3).map(|(_, commune)| commune.id).collect();
        make.things("training_centre", "Điểm thực hành kỹ năng số", some.len(), &some)?;
        make.target(
            &Definition {
                at_least: Some(1),
                ..Definition::subjects(Kind::PerUnit, Some("commune"), Some("training_centre"))
            },
            "MH-11", "Mỗi xã có ít nhất một điểm thực hành kỹ năng số",
            "At least one digital skills practice point in each commune", Qualifier::AtLeast, 1000)?;

        let established = make.criterion("province", "Trung tâm đào tạo và thực hành chuyển đổi số hoạt động",
            "The digital transformation training and practice centre is at work")?;
        make.find(established, Subject::Unit(units.province), true, 40);
        make.target(
            &Definition {
                criterion: Some(established),
                ..Definition::subjects(Kind::Milestone, Some("province"), None)
            },
            "MH-12", "Thành lập Trung tâm đào tạo và thực hành chuyển đổi số",
            "Establish the digital transformation training and practice centre",
            Qualifier::Exactly, 1000)?;
        let trained = make.measure(&learnt(Kind::CountPeople, adults, services, Rung::Attended),
            ["Người được hướng dẫn dịch vụ công trực tuyến", "People shown online public services"])?;
        make.target(
            &Definition {
                bases: [trained].into(),
                activities: [services].into(),
                rung: Rung::Passed,
                ..Definition::new(Kind::ShareOf)
            },
            "MH-13", "Ít nhất 50% người đã được hướng dẫn sử dụng thành thạo",
            "At least 50% of those trained use it proficiently", Qualifier::AtLeast, 500)?;

        let index = make.target(
            &Definition { unit_code: "points_of_10".into(), ..Definition::new(Kind::Figure) },
            "MH-14", "Chỉ số đào tạo lao động (PCI) trên 7 điểm",
            "Labour training index (PCI) above 7 points", Qualifier::MoreThan, 7_000)?;
        make.figures(index, &[(2024, 6_510), (2025, 7_050)])?;
        let rank = make.target(
            &Definition { unit_code: "rank".into(), better: Better::Less, ..Definition::new(Kind::Figure) },
            "MH-15", "Chỉ số chuyển đổi số trong 10 tỉnh đứng đầu",
            "Among the first ten provinces by digital transformation", Qualifier::AtLeast, 10_000)?;
        make.figures(rank, &[(2024, 23_000), (2025, 17_000)])?;
        let findings = std::mem::take(&mut make.findings);
        finding::add_many(make.tx, &stamp, &findings)
    })
    .await
}

struct Make<'a, 'c> {
    tx: &'a mut Tx<'c>,
    stamp: &'a Stamp,
    plan: PlanId,
    unit: UnitId,
    today: Date,
    findings: Vec<NewFinding>,
}

impl Make<'_, '_> {
    fn measure(&mut self, definition: &Definition, titles: [&str; 2]) -> Result<MeasureId> {
        measure::ensure(self.tx, self.stamp, titles, definition)
    }

    fn target(
        &mut self,
        definition: &Definition,
        code: &str,
        vi: &str,
        en: &str,
        qualifier: Qualifier,
        goal: i64,
    ) -> Result<MeasureId> {
        let measure = self.measure(definition, [vi, en])?;
        let less = definition.better == Better::Less;
        let new = NewTarget {
            plan: self.plan,
            measure,
            unit: self.unit,
            code: Some(code.to_owned()),
            title_vi: vi.to_owned(),
            title_en: en.to_owned(),
            qualifier,
            goal,
            baseline: if less { 25_000 } else { 0 },
            starts: STARTS,
            due: Date::constant(2030, 12, 31),
            years: Years::new(),
        };
        target::add(self.tx, self.stamp, &new)?;
        Ok(measure)
    }

    fn criterion(&mut self, subject: &str, vi: &str, en: &str) -> Result<CriterionId> {
        let new = NewCriterion {
            code: None,
            title_vi: vi.to_owned(),
            title_en: en.to_owned(),
            subject: subject.to_owned(),
            source: SOURCE.to_owned(),
            valid_from: STARTS,
            valid_to: None,
        };
        criterion::add(self.tx, self.stamp, &new)
    }

    /// Found `n` days before the end, or some days later of larger numbers.
    fn find(&mut self, criterion: CriterionId, subject: Subject, satisfied: bool, n: usize) {
        let ago = i64::try_from(n * 11 % 300).unwrap_or_default();
        self.findings.push(NewFinding {
            id: self.stamp.id(),
            criterion,
            subject,
            satisfied,
            on: self.today.saturating_sub(Span::new().days(ago + 1)),
            source: SOURCE.to_owned(),
        });
    }

    fn things(
        &mut self,
        kind: &str,
        name: &str,
        count: usize,
        units: &[UnitId],
    ) -> Result<Vec<thao_base::ThingId>> {
        let things: Vec<NewThing> = units
            .iter()
            .cycle()
            .take(count)
            .enumerate()
            .map(|(n, unit)| {
                let ago = i64::try_from(n * 13 % 330).unwrap_or_default();
                NewThing {
                    kind: kind.to_owned(),
                    unit: *unit,
                    code: Some(format!("{:03}", n + 1)),
                    name: format!("{name} mẫu {}", n + 1),
                    valid_from: self.today.saturating_sub(Span::new().days(ago)),
                    valid_to: None,
                    import: None,
                }
            })
            .collect();
        thing::add_many(self.tx, self.stamp, &things)
    }

    /// Figures as of the ends of years.
    fn figures(&mut self, measure: MeasureId, values: &[(i16, i64)]) -> Result<()> {
        let figures: Vec<NewFigure> = values
            .iter()
            .map(|(year, value)| NewFigure {
                measure,
                unit: self.unit,
                value: *value,
                as_of: Date::constant(*year, 12, 31),
                source: SOURCE.to_owned(),
                import: None,
            })
            .collect();
        figure::add_many(self.tx, self.stamp, &figures).map(|_| ())
    }
}
