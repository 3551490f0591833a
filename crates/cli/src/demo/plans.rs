//! The demo's plan as a document, its tasks, and the training plan of its years.
//!
//! Rows follow what two provinces published (content/plans: QN-01 … QN-08, 80 courses with 3,400
//! places in six years; TN-04, 300 people a year), units, money and payments are made up, and
//! each says so.

use jiff::civil::Date;
use thao_base::{CourseId, Db, Error, Result, Stamp, Tx, UnitId};
use thao_people::unit;
use thao_plan::course_plan::{self, NewCoursePlan, NewPayment};
use thao_plan::plan::{self, NewPlan, Paper};
use thao_plan::task::{self, NewStatus, NewTask, Status};
use thao_plan::template;

use super::Province;

const FIRST_YEAR: i16 = 2025;
const YEARS: i64 = 6;
/// Đồng a place costs, made up.
const PLACE: i64 = 900_000;
const ABROAD: i64 = 45_000_000;

pub(crate) async fn add(db: &Db, stamp: &Stamp, province: &Province, today: Date) -> Result<()> {
    let (units, courses) = (province.units.clone(), province.courses.clone());
    let course = |slug: &str| {
        let found = courses.iter().find(|course| course.slug == slug);
        found.map(|course| course.course_id)
    };
    let security = course("an-toan-thong-tin-co-ban");
    let services = course("dich-vu-cong-truc-tuyen");
    let stamp = stamp.clone();
    db.write(move |tx| {
        document(tx, &stamp, &units, today)?;
        templates(tx, &stamp, &units)?;
        thao_plan::training_rule::take_list(tx, &stamp)?;
        let first = units.departments.first().copied().unwrap_or(units.steering);
        for (n, row) in ROWS.iter().enumerate() {
            for year in 0..YEARS {
                let course = row.security.then_some(security).flatten();
                let lead = if n == 0 { first } else { units.steering };
                planned(tx, &stamp, row, year, (lead, units.province), course, today)?;
            }
        }
        for year in [today.year() - 1, today.year()] {
            let new = NewCoursePlan {
                year: year.into(),
                unit: units.steering,
                area: units.province,
                course: services,
                title: "Dịch vụ công trực tuyến cho người dân (số minh hoạ)".into(),
                audience: Some("Người dân từ 15 tuổi".into()),
                classes: Some(500),
                places: Some(12_000),
                budget: Some(500 * 2_000_000),
                funds: Some("Ngân sách xã, tài trợ".into()),
                due: Date::new(year, 12, 15).ok(),
            };
            course_plan::add(tx, &stamp, &new)?;
        }
        Ok(())
    })
    .await
}

/// The plans of the other four provinces as somebody here took them over, and the rest of this
/// one's own.
fn templates(tx: &mut Tx<'_>, stamp: &Stamp, units: &super::units::Units) -> Result<()> {
    let place = unit::place(tx, units.province)?;
    let own = plan::list_of_unit(tx, units.province)?.into_iter().next();
    for template in template::all() {
        match (&own, template.plan.province.as_str()) {
            (Some(own), "25") => {
                template::set(tx, stamp, template, own.id, &place, &["PT-01", "PT-05"])?;
            }
            _ => {
                let taken = template::take(tx, stamp, template, &place)?;
                let known = plan::get(tx, taken.plan)?;
                let paper = Paper {
                    unit: known.unit,
                    number: None,
                    title: format!("{} (mẫu của tỉnh khác)", known.title),
                    legal_basis: known.legal_basis,
                    issuer: None,
                    issued_on: None,
                    valid_from: known.valid_from,
                    valid_to: known.valid_to,
                    template: known.template,
                };
                plan::edit(tx, stamp, taken.plan, &paper)?;
            }
        }
    }
    Ok(())
}

/// A line of the plan of several years.
struct Row {
    title: &'static str,
    classes: i64,
    places: i64,
    each: i64,
    security: bool,
}

const ROWS: [Row; 5] = [
    Row {
        title: "Quản lý khoa học, công nghệ, đổi mới sáng tạo ở nước ngoài (số minh hoạ)",
        classes: 10,
        places: 200,
        each: ABROAD,
        security: false,
    },
    Row {
        title: "Khoa học và công nghệ (số minh hoạ)",
        classes: 46,
        places: 2_000,
        each: PLACE,
        security: false,
    },
    Row {
        title: "Chuyển đổi số (số minh hoạ)",
        classes: 12,
        places: 600,
        each: PLACE,
        security: false,
    },
    Row {
        title: "An toàn thông tin, an ninh mạng (số minh hoạ)",
        classes: 12,
        places: 600,
        each: PLACE,
        security: true,
    },
    Row {
        title: "Nhân lực công nghiệp bán dẫn, 300 người mỗi năm (số minh hoạ)",
        classes: 8 * YEARS,
        places: 300 * YEARS,
        each: PLACE,
        security: false,
    },
];

/// One year's part of a line, and a payment for years that are over.
fn planned(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    row: &Row,
    index: i64,
    (lead, area): (UnitId, UnitId),
    course: Option<CourseId>,
    today: Date,
) -> Result<()> {
    // What does not divide goes to the first years.
    let part = |whole: i64| whole / YEARS + i64::from(index < whole % YEARS);
    let year = FIRST_YEAR + i16::try_from(index).unwrap_or_default();
    let budget = part(row.places) * row.each;
    let new = NewCoursePlan {
        year: year.into(),
        unit: lead,
        area,
        course,
        title: row.title.to_owned(),
        audience: Some("Công chức, viên chức".into()),
        classes: Some(part(row.classes)),
        places: Some(part(row.places)),
        budget: Some(budget),
        funds: Some("Ngân sách tỉnh".into()),
        due: Date::new(year, 11, 30).ok(),
    };
    let id = course_plan::add(tx, stamp, &new)?;
    for (month, percent) in [(4, 40), (10, 45)] {
        let on = Date::new(year, month, 20).map_err(Error::internal)?;
        if on < today {
            let payment = NewPayment {
                amount: budget * percent / 100,
                on,
                document: format!("Chứng từ minh hoạ {month:02}/{year}"),
            };
            course_plan::pay(tx, stamp, id, &payment)?;
        }
    }
    Ok(())
}

/// The plan that the targets stand in gets the shape of a document, one before it, and tasks.
fn document(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    units: &super::units::Units,
    today: Date,
) -> Result<()> {
    let Some(known) = plan::list_of_unit(tx, units.province)?.into_iter().next() else {
        return Ok(());
    };
    let paper = Paper {
        unit: known.unit,
        number: Some("000/KH-UBND (minh hoạ)".into()),
        title: known.title.clone(),
        legal_basis: known.legal_basis.clone(),
        issuer: Some("UBND tỉnh Phú Thọ".into()),
        issued_on: Some(Date::constant(2025, 11, 1)),
        valid_from: known.valid_from,
        valid_to: known.valid_to,
        template: Some("25".into()),
    };
    plan::edit(tx, stamp, known.id, &paper)?;
    let old = NewPlan {
        unit: units.province,
        title: "Kế hoạch chuyển đổi số năm 2025 (minh hoạ)".into(),
        legal_basis: None,
        valid_from: Date::constant(2025, 7, 1),
        valid_to: Some(Date::constant(2026, 1, 1)),
    };
    let old = plan::add(tx, stamp, &old)?;
    plan::replace(tx, stamp, old, Some(known.id))?;
    let communes: Vec<UnitId> = units.communes.iter().map(|commune| commune.id).take(3).collect();
    let first = communes.first().copied().unwrap_or(units.steering);
    let second = communes.get(1).copied().unwrap_or(first);
    for (no, title, unit, days, product, status) in [
        (
            "I.1",
            "Ban hành kế hoạch đào tạo của năm",
            units.steering,
            -300,
            "Quyết định",
            Status::Done,
        ),
        (
            "I.2",
            "Xây dựng đội ngũ nòng cốt về trí tuệ nhân tạo",
            units.steering,
            20,
            "Danh sách",
            Status::UnderWay,
        ),
        (
            "II.1",
            "Mở lớp hướng dẫn dịch vụ công trực tuyến tại thôn",
            first,
            -10,
            "20 lớp",
            Status::UnderWay,
        ),
        ("II.2", "Khảo sát nhu cầu học của người dân", second, 25, "Báo cáo", Status::NotBegun),
        ("II.3", "Tổng kết năm", units.province, 60, "Báo cáo", Status::NotBegun),
    ] {
        let deadline = today.saturating_add(jiff::Span::new().days(days));
        let new = NewTask {
            plan: known.id,
            no: Some(no.into()),
            title: title.into(),
            unit,
            taking_part: Some("Các sở, ngành; UBND các xã, phường".into()),
            deadline: Some(deadline),
            product: Some(product.into()),
        };
        let id = task::add(tx, stamp, &new)?;
        if status != Status::NotBegun {
            let on = deadline.saturating_sub(jiff::Span::new().days(40)).min(today);
            let said = NewStatus {
                status,
                on,
                note: None,
                evidence: Some("Báo cáo minh hoạ".into()),
                link: None,
            };
            task::say(tx, stamp, id, &said)?;
        }
    }
    Ok(())
}
