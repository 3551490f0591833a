//! The small province of this crate's tests: a course somebody can pass, a target that counts it,
//! a form of communes with a computed and three typed lines.

use axum::Router;
use jiff::civil::{Date, date};
use thao_base::{
    ActivityId, Entropy, ReportFormId, ReportLineId, Stamp, TargetId, Tx, UnitId, cast as same,
};
use thao_cast::{Cast, Client, Who, app, cast};
use thao_people::UnitKind;
use thao_people::audience::{self, Audience};
use thao_plan::kind::Kind;
use thao_plan::measure::{self, Definition};
use thao_plan::plan::{self, NewPlan};
use thao_plan::readings::catch_up;
use thao_plan::target::{self, NewTarget, Qualifier, Years};
use thao_record::statement::{Draft, append};
use thao_record::{Rung, Verb};
use thao_testkit::{TestDb, World, databases, world};

use crate::form::{self, Entry, NewForm, NewLine};
use crate::period::Length;

/// The period the tests file: 15/10 to 14/11/2026; today is 20/11.
pub(crate) const PERIOD: &str = "2026-m11";

pub(crate) struct Stage {
    pub(crate) db: TestDb,
    pub(crate) world: World,
    pub(crate) cast: Cast,
    pub(crate) app: Router,
    pub(crate) form: ReportFormId,
    pub(crate) target: TargetId,
    course: ActivityId,
}

/// A fresh province on each database.
pub(crate) async fn stages() -> Vec<Stage> {
    let mut out = Vec::new();
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let province = cast.units.province;
        let stamp = world.stamp("report.act.add_form");
        let (course, target, form) = db
            .write(move |tx| {
                let stamp = Stamp { entropy: Entropy::seeded(8), ..stamp.clone() };
                make(tx, &stamp, province)
            })
            .await
            .unwrap();
        catch_up(&db).await.unwrap();
        let app = app(&db, crate::pages(), &world);
        out.push(Stage { db, world, cast, app, form, target, course });
    }
    out
}

fn make(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    province: UnitId,
) -> thao_base::Result<(ActivityId, TargetId, ReportFormId)> {
    thao_catalog::publish_starter(tx, stamp)?;
    let course = thao_catalog::course::get_by_slug(tx, "an-toan-thong-tin-co-ban")?;
    let audience = Audience {
        id: stamp.id(),
        code: "cong-chuc".to_owned(),
        name_vi: "Công chức".to_owned(),
        name_en: "Civil servants".to_owned(),
        affiliation_kind: "staff".to_owned(),
        categories: serde_json::json!(["cong_chuc"]),
        age_from: None,
        age_below: None,
    };
    audience::add(tx, stamp, &audience)?;
    let plan = NewPlan {
        unit: province,
        title: "Kế hoạch 01/KH-UBND".to_owned(),
        legal_basis: None,
        valid_from: date(2026, 1, 1),
        valid_to: None,
    };
    let plan = plan::add(tx, stamp, &plan)?;
    let course: ActivityId = same(course.id);
    let definition = Definition {
        activities: [course].into(),
        rung: Rung::Passed,
        ..Definition::people(Kind::SharePeople, audience.id)
    };
    let measure = measure::ensure(tx, stamp, ["Đạt", "Passed"], &definition)?;
    let target = NewTarget {
        plan,
        measure,
        unit: province,
        code: Some("PT-01".to_owned()),
        title_vi: "Công chức đạt kiểm tra".to_owned(),
        title_en: "Civil servants who passed".to_owned(),
        qualifier: Qualifier::AtLeast,
        goal: 1000,
        baseline: 0,
        starts: date(2026, 1, 1),
        due: date(2030, 12, 31),
        years: Years::new(),
    };
    let target = target::add(tx, stamp, &target)?;
    let form = form::add(tx, stamp, &new_form(province))?;
    let computed = NewLine { target: Some(target), ..line("PT-01", Entry::Target) };
    let vneid = NewLine { sourced: true, ..line("BD-4", Entry::Share) };
    let women = line("NU", Entry::Count);
    let men = line("NAM", Entry::Count);
    let sum = NewLine {
        sum_of: vec!["NU".to_owned(), "NAM".to_owned()],
        required: false,
        ..line("TONG", Entry::Count)
    };
    for new in [computed, vneid, women, men, sum] {
        form::add_line(tx, stamp, form, &new)?;
    }
    Ok((course, target, form))
}

pub(crate) fn new_form(unit: UnitId) -> NewForm {
    NewForm {
        unit,
        title_vi: "Báo cáo tháng".to_owned(),
        title_en: "Monthly report".to_owned(),
        legal_basis: None,
        calendar: "nd09".to_owned(),
        length: Length::Month,
        kinds: vec![UnitKind::Commune],
        due_days: 3,
        change_percent: 50,
        valid_from: date(2026, 9, 15),
        valid_to: None,
    }
}

pub(crate) fn line(code: &str, entry: Entry) -> NewLine {
    NewLine {
        code: code.to_owned(),
        entry,
        target: None,
        title_vi: format!("Dòng {code}"),
        title_en: format!("Line {code}"),
        unit_vi: "người".to_owned(),
        unit_en: "people".to_owned(),
        note: None,
        required: true,
        sourced: false,
        sum_of: Vec::new(),
        valid_from: date(2026, 9, 15),
    }
}

impl Stage {
    pub(crate) fn client(&self, who: Who) -> Client {
        self.cast.client(&self.app, who)
    }

    /// Somebody passes the course's test on a day; readings follow.
    pub(crate) async fn passes(&self, who: Who, day: Date) {
        let (person, unit) = (self.cast.person(who), self.cast.commune());
        let stamp = self.world.stamp("classes.act.attendance");
        let draft = Draft {
            activity: Some(self.course),
            success: Some(true),
            at: format!("{day}T00:00:00Z").parse().unwrap(),
            ..Draft::new(&stamp, Verb::Passed, person, unit)
        };
        self.db
            .write(move |tx| append(tx, &stamp, std::slice::from_ref(&draft)).map(|_| ()))
            .await
            .unwrap();
        catch_up(&self.db).await.unwrap();
    }

    pub(crate) async fn line(&self, code: &str) -> ReportLineId {
        let form = self.form;
        let lines =
            self.db.read(move |tx| form::list_lines(tx, form, date(2026, 11, 14))).await.unwrap();
        lines.into_iter().find(|line| line.code == code).unwrap().id
    }

    /// Opens commune 1's return of a period; its address.
    pub(crate) async fn open(&self, who: Who, period: &str) -> String {
        let (form, unit) = (self.form.to_string(), self.cast.commune().to_string());
        let fields = [("form", form.as_str()), ("period", period), ("unit", unit.as_str())];
        let answer = self.client(who).post("/report/returns", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.location()
    }

    /// Types figures and sends the form: `check` or `save`.
    pub(crate) async fn enter(
        &self,
        who: Who,
        at: &str,
        values: &[(&str, &str)],
        act: &str,
    ) -> thao_cast::Answer {
        let mut fields = vec![("act".to_owned(), act.to_owned())];
        for (name, value) in values {
            let name = match name.split_once('.') {
                Some((kind @ ("part" | "whole" | "source"), code)) => {
                    format!("{kind}.{}", self.line(code).await)
                }
                _ => (*name).to_owned(),
            };
            fields.push((name, (*value).to_owned()));
        }
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.client(who).post(&format!("{at}/entries"), &fields).await
    }
}

/// Everything right: no finding.
pub(crate) const RIGHT: [(&str, &str); 6] = [
    ("part.BD-4", "120"),
    ("whole.BD-4", "300"),
    ("source.BD-4", "Công an xã, 14/11/2026"),
    ("part.NU", "70"),
    ("part.NAM", "50"),
    ("part.TONG", "120"),
];
