//! One account for each role, all with the same password, printed at the start.

use thao_base::{PersonId, Result, Stamp, Tx, UnitId};
use thao_people::affiliation::{self, AffiliationKind, NewAffiliation};
use thao_people::person::{self, NewPerson};
use thao_people::{account, appointment};
use thao_web::Role;

use super::units::{Commune, Units};

/// An account of the demo.
pub(crate) struct DemoRole {
    pub(crate) login: &'static str,
    pub(crate) words: &'static str,
    name: &'static str,
    role: Option<Role>,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    Province,
    Steering,
    Commune,
    Village,
}

pub(crate) const ROLES: [DemoRole; 7] = [
    DemoRole {
        login: "quantri",
        words: "cli.demo.role_administrator",
        name: "Lê Mẫu Quản Trị",
        role: Some(Role::Administrator),
        place: Place::Province,
    },
    DemoRole {
        login: "sokhcn",
        words: "cli.demo.role_manager",
        name: "Trần Mẫu Thu Hà",
        role: Some(Role::Manager),
        place: Place::Steering,
    },
    DemoRole {
        login: "xaquanly",
        words: "cli.demo.role_commune_manager",
        name: "Phạm Mẫu Minh Sơn",
        role: Some(Role::Manager),
        place: Place::Commune,
    },
    DemoRole {
        login: "tochuc",
        words: "cli.demo.role_organiser",
        name: "Hoàng Mẫu Ngọc Lan",
        role: Some(Role::Organiser),
        place: Place::Commune,
    },
    DemoRole {
        login: "giangvien",
        words: "cli.demo.role_instructor",
        name: "Vũ Mẫu Đức Phong",
        role: Some(Role::Instructor),
        place: Place::Commune,
    },
    DemoRole {
        login: "canbo",
        words: "cli.demo.role_official",
        name: "Đỗ Mẫu Thanh An",
        role: None,
        place: Place::Commune,
    },
    DemoRole {
        login: "nguoidan",
        words: "cli.demo.role_resident",
        name: "Bùi Mẫu Kim Liên",
        role: None,
        place: Place::Village,
    },
];

/// The people the story is told with.
#[derive(Debug, Clone)]
pub(crate) struct Cast {
    pub(crate) organiser: PersonId,
    /// The commune the cast works in, by its place in [`Units::communes`].
    pub(crate) commune: usize,
}

/// The commune of the cast: one whose name is spelled in two ways (Hoà, Hòa).
fn home(units: &Units) -> Option<(usize, &Commune)> {
    let spelled = units.communes.iter().position(|commune| commune.name.contains("Hòa"));
    let index = spelled.unwrap_or_default();
    units.communes.get(index).map(|commune| (index, commune))
}

pub(crate) fn add(tx: &mut Tx<'_>, stamp: &Stamp, units: &Units, hash: &str) -> Result<Cast> {
    let (index, commune) = home(units).ok_or_else(thao_base::Error::not_found)?;
    let mut organiser = None;
    for demo in &ROLES {
        let person = add_one(tx, stamp, units, commune, demo, hash)?;
        if demo.role == Some(Role::Organiser) {
            organiser = Some(person);
        }
    }
    let organiser = organiser.ok_or_else(thao_base::Error::not_found)?;
    Ok(Cast { organiser, commune: index })
}

fn add_one(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    units: &Units,
    commune: &Commune,
    demo: &DemoRole,
    hash: &str,
) -> Result<PersonId> {
    let village = commune.villages.first().map_or(commune.id, |(id, _)| *id);
    let (works_at, kind): (UnitId, AffiliationKind) = match demo.place {
        Place::Province | Place::Steering => (units.steering, AffiliationKind::Staff),
        Place::Commune => (commune.office, AffiliationKind::Staff),
        Place::Village => (village, AffiliationKind::Resident),
    };
    let birth = jiff::civil::Date::constant(1986, 3, 9);
    let new = NewPerson {
        full_name: demo.name.to_owned(),
        birth: Some(thao_people::Birth::Day(birth)),
        ..NewPerson::default()
    };
    let person = person::add(tx, stamp, new)?;
    let since = jiff::civil::Date::constant(2025, 7, 1);
    let mut own = NewAffiliation::new(person, works_at, kind, since);
    if kind == AffiliationKind::Staff {
        own.category = Some("cong_chuc".to_owned());
        own.position = Some("Chuyên viên".to_owned());
    }
    affiliation::add_many(tx, stamp, &[own])?;
    let account = account::add(tx, stamp, person, demo.login)?;
    account::set_password(tx, stamp, account, hash)?;
    if let Some(role) = demo.role {
        let unit = match demo.place {
            Place::Province | Place::Steering => units.province,
            Place::Commune | Place::Village => commune.id,
        };
        appointment::add(tx, stamp, person, role, unit, since)?;
    }
    Ok(person)
}
