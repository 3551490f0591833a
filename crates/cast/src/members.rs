//! The people: one for each role, two in another commune, each with an account and a session.

use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::civil::date;
use thao_base::{AccountId, Entropy, PersonId, Result, Stamp, Tx, UnitId};
use thao_people::affiliation::{self, NewAffiliation};
use thao_people::person::{self, NewPerson};
use thao_people::{AffiliationKind, Birth, account, appointment, session};
use thao_web::Role;

use crate::fixed;
use crate::units::Units;

/// Everybody's password.
pub const PASSWORD: &str = "mật khẩu thử 2026";
/// Sessions outlive any test that turns the clock.
const SESSION_DAYS: u32 = 400;

/// A part in the cast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// Quản trị: administrator of the whole province.
    Administrator,
    /// Quản lý Sở: manager of the whole province, staff of the first department.
    ProvinceManager,
    /// Quản lý Xã: manager of commune 1.
    CommuneManager,
    /// Tổ chức: organiser of commune 1.
    Organiser,
    /// Giảng viên: instructor in commune 1, staff of the second department.
    Instructor,
    /// Cán bộ An: civil servant of commune 1, learner only.
    An,
    /// Người dân Bình: resident of the first village of commune 1, learner only.
    Binh,
    /// Manager of commune 2.
    OtherManager,
    /// Civil servant of commune 2, learner only.
    OtherLearner,
}

/// A person of the cast.
#[derive(Debug, Clone)]
pub struct Member {
    pub who: Who,
    pub person: PersonId,
    pub account: AccountId,
    pub name: &'static str,
    pub login: &'static str,
    /// What stands in the cookie of their session.
    pub token: String,
}

struct Part {
    who: Who,
    name: &'static str,
    login: &'static str,
    born: i16,
    unit: UnitId,
    kind: AffiliationKind,
    category: Option<&'static str>,
    position: Option<&'static str>,
    role: Option<(Role, UnitId)>,
}

fn parts(units: &Units) -> Vec<Part> {
    use AffiliationKind::{Resident, Staff};
    let [science, interior] = units.departments;
    let [one, two, _] = units.communes;
    let [[village, ..], ..] = units.villages;
    let part = |who, name, login, born, unit, kind, position, role| Part {
        who,
        name,
        login,
        born,
        unit,
        kind,
        category: matches!(kind, Staff).then_some("cong_chuc"),
        position,
        role,
    };
    let manager = |unit| Some((Role::Manager, unit));
    vec![
        part(
            Who::Administrator,
            "Hồ Thị Trị",
            "quantri",
            1985,
            science,
            Staff,
            Some("Chuyên viên"),
            Some((Role::Administrator, units.province)),
        ),
        part(
            Who::ProvinceManager,
            "Lê Văn Sở",
            "quanly.so",
            1978,
            science,
            Staff,
            Some("Phó Giám đốc"),
            manager(units.province),
        ),
        part(
            Who::CommuneManager,
            "Phạm Thị Xã",
            "quanly.xa",
            1983,
            one,
            Staff,
            Some("Phó Chủ tịch Uỷ ban nhân dân"),
            manager(one),
        ),
        part(
            Who::Organiser,
            "Hoàng Văn Tổ",
            "tochuc",
            1992,
            one,
            Staff,
            Some("Công chức Văn hoá - Xã hội"),
            Some((Role::Organiser, one)),
        ),
        part(
            Who::Instructor,
            "Vũ Thị Giảng",
            "giangvien",
            1988,
            interior,
            Staff,
            Some("Chuyên viên"),
            Some((Role::Instructor, one)),
        ),
        part(
            Who::An,
            "Nguyễn Văn An",
            "an",
            1990,
            one,
            Staff,
            Some("Công chức Tư pháp - Hộ tịch"),
            None,
        ),
        part(Who::Binh, "Trần Thị Bình", "binh", 1958, village, Resident, None, None),
        part(
            Who::OtherManager,
            "Đỗ Văn Mẫu",
            "quanly.xa2",
            1981,
            two,
            Staff,
            Some("Chủ tịch Uỷ ban nhân dân"),
            manager(two),
        ),
        part(
            Who::OtherLearner,
            "Bùi Thị Cúc",
            "cuc",
            1995,
            two,
            Staff,
            Some("Công chức Tài chính - Kế toán"),
            None,
        ),
    ]
}

pub(crate) fn add(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    units: &Units,
    now: Timestamp,
) -> Result<Vec<Member>> {
    let since = date(2025, 7, 1);
    let mut members = Vec::new();
    for (part, no) in parts(units).into_iter().zip(100_u8..) {
        let id: PersonId = fixed(no);
        let person = NewPerson {
            full_name: part.name.to_owned(),
            birth: Some(Birth::Day(date(part.born, 5, 19))),
            // 099 is the code of no province.
            citizen_id: Some(format!("0990{:02}000{no}", part.born % 100)),
            phone: Some(format!("0900000{no}")),
            ..NewPerson::default()
        };
        person::add_many(tx, stamp, &[(id, person)])?;
        let belongs = NewAffiliation {
            category: part.category.map(str::to_owned),
            position: part.position.map(str::to_owned),
            ..NewAffiliation::new(id, part.unit, part.kind, since)
        };
        affiliation::add_many(tx, stamp, &[belongs])?;
        if let Some((role, unit)) = part.role {
            appointment::add(tx, stamp, id, role, unit, since)?;
        }
        let account = account::add(tx, stamp, id, part.login)?;
        account::set_password(tx, stamp, account, &password_hash()?)?;
        let token = session::start(tx, account, now, SESSION_DAYS, &stamp.entropy)?;
        members.push(Member {
            who: part.who,
            person: id,
            account,
            name: part.name,
            login: part.login,
            token,
        });
    }
    Ok(members)
}

/// Slow on purpose, so made once for all tests of a run.
fn password_hash() -> Result<String> {
    static HASH: OnceLock<String> = OnceLock::new();
    if let Some(hash) = HASH.get() {
        return Ok(hash.clone());
    }
    let hash = account::hash_unchecked(PASSWORD, &Entropy::seeded(2))?;
    Ok(HASH.get_or_init(|| hash).clone())
}
