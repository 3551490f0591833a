//! The people of the demo province: staff of offices and residents of villages, made up.

use jiff::civil::Date;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use thao_base::{PersonId, Result, Stamp, Tx, UnitId};
use thao_people::affiliation::{self, AffiliationKind, NewAffiliation};
use thao_people::person::{self, Birth, NewPerson};

use super::names;
use super::units::Units;

/// A person, as the rest of the demo needs them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Demo {
    pub(crate) id: PersonId,
    /// Index of the commune; staff of departments have none.
    pub(crate) commune: Option<usize>,
    pub(crate) unit: UnitId,
    pub(crate) staff: bool,
    pub(crate) age: i16,
}

/// Of a hundred people, how many are staff of offices.
const STAFF_PERCENT: usize = 30;
const POSITIONS: [&str; 8] = [
    "Công chức Văn phòng – Thống kê",
    "Công chức Tư pháp – Hộ tịch",
    "Công chức Văn hóa – Xã hội",
    "Công chức Địa chính – Xây dựng",
    "Công chức Tài chính – Kế toán",
    "Viên chức Trung tâm phục vụ hành chính công",
    "Phó Chủ tịch UBND",
    "Chuyên viên",
];

/// Adds the people `from..to` of `count`, one transaction's worth. The same seed gives the same
/// people however they are divided.
pub(crate) fn add(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    units: &Units,
    seed: u64,
    range: std::ops::Range<usize>,
    today: Date,
) -> Result<Vec<Demo>> {
    let mut people = Vec::with_capacity(range.len());
    let mut affiliations = Vec::with_capacity(range.len());
    let mut out = Vec::with_capacity(range.len());
    for index in range {
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ (index as u64).wrapping_mul(0x9e37_79b9));
        let id: PersonId = stamp.id();
        let staff = index % 100 < STAFF_PERCENT;
        let (commune, unit) = home(units, &mut rng, index, staff);
        let age = if staff { rng.random_range(24..60) } else { age(&mut rng) };
        let woman = rng.random_range(0..2) == 0;
        people.push((id, new_person(&mut rng, index, woman, age, today)));
        let kind = if staff { AffiliationKind::Staff } else { AffiliationKind::Resident };
        let start = Date::new(2025, 7, 1).unwrap_or(today);
        let mut own = NewAffiliation::new(id, unit, kind, start);
        if staff {
            let position = names::pick(&mut rng, &POSITIONS);
            own.category = Some(category(position).to_owned());
            own.position = Some(position.to_owned());
        }
        affiliations.push(own);
        out.push(Demo { id, commune, unit, staff, age });
    }
    person::add_many(tx, stamp, &people)?;
    affiliation::add_many(tx, stamp, &affiliations)?;
    Ok(out)
}

fn home(units: &Units, rng: &mut ChaCha8Rng, index: usize, staff: bool) -> (Option<usize>, UnitId) {
    if staff && index.is_multiple_of(10) {
        let department = rng.random_range(0..units.departments.len());
        return (None, units.departments.get(department).copied().unwrap_or(units.steering));
    }
    let commune = rng.random_range(0..units.communes.len());
    let Some(found) = units.communes.get(commune) else { return (None, units.province) };
    if staff {
        return (Some(commune), found.office);
    }
    let village = rng.random_range(0..found.villages.len());
    (Some(commune), found.villages.get(village).map_or(found.id, |(id, _)| *id))
}

/// Ages of residents, roughly as in a rural commune: few very young learners, many of working age.
fn age(rng: &mut ChaCha8Rng) -> i16 {
    match rng.random_range(0..10) {
        0 => rng.random_range(12..15),
        1..=7 => rng.random_range(15..60),
        _ => rng.random_range(60..85),
    }
}

fn category(position: &str) -> &'static str {
    if position.starts_with("Viên chức") {
        "vien_chuc"
    } else if position.starts_with("Phó Chủ tịch") {
        "can_bo"
    } else {
        "cong_chuc"
    }
}

fn new_person(rng: &mut ChaCha8Rng, index: usize, woman: bool, age: i16, today: Date) -> NewPerson {
    let year = today.year() - age;
    let born = Date::new(year, rng.random_range(1..=12), rng.random_range(1..=28));
    // One in eight older people is known by the year of birth only.
    let year_only = age > 55 && rng.random_range(0..8) == 0;
    let birth = match born {
        Ok(date) if !year_only && date <= today => Birth::Day(date),
        _ => Birth::Year(year),
    };
    NewPerson {
        full_name: names::full(rng, woman),
        birth: Some(birth),
        sex: Some(if woman { "female" } else { "male" }.to_owned()),
        ethnicity: None,
        // 000 is no province's prefix: nobody's number.
        citizen_id: Some(format!("000{index:09}")),
        old_id: None,
        phone: None,
        email: None,
    }
}
