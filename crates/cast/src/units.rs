//! The tree: a province, two departments, three communes, three villages in each.

use jiff::Timestamp;
use jiff::civil::date;
use thao_base::locale::local_date;
use thao_base::{Result, Stamp, Tx, UnitId};
use thao_people::UnitKind;
use thao_people::unit::{self, NewUnit};

use crate::fixed;

const COMMUNES: [(&str, &str, &str); 3] = [
    ("xa", "Xã Hòa Bình", "00991"),
    ("xa", "Xã Đồng Mẫu", "00992"),
    ("phuong", "Phường Ví Dụ", "00993"),
];
const VILLAGES: [&str; 3] = ["Một", "Hai", "Ba"];

/// The units by their ids. "Tỉnh Thử" (code 99) holds all others.
#[derive(Debug, Clone)]
pub struct Units {
    pub province: UnitId,
    /// "Sở Khoa học và Công nghệ", "Sở Nội vụ".
    pub departments: [UnitId; 2],
    /// "Xã Hòa Bình" (00991), "Xã Đồng Mẫu" (00992), "Phường Ví Dụ" (00993).
    pub communes: [UnitId; 3],
    /// "Thôn Một", "Thôn Hai", "Thôn Ba" of each commune; "Tổ dân phố …" in the ward.
    pub villages: [[UnitId; 3]; 3],
}

pub(crate) fn add(tx: &mut Tx<'_>, stamp: &Stamp, now: Timestamp) -> Result<Units> {
    let units = Units {
        province: fixed(1),
        departments: [fixed(2), fixed(3)],
        communes: [fixed(11), fixed(12), fixed(13)],
        villages: [
            [fixed(21), fixed(22), fixed(23)],
            [fixed(31), fixed(32), fixed(33)],
            [fixed(41), fixed(42), fixed(43)],
        ],
    };
    let new = |id, kind, form: &str, name: String, code: Option<&str>, parent| NewUnit {
        id,
        kind,
        form: Some(form.to_owned()),
        name,
        code: code.map(str::to_owned),
        aliases: Vec::new(),
        parent,
        valid_from: date(2025, 7, 1),
    };
    let top = Some(units.province);
    let mut all =
        vec![new(units.province, UnitKind::Province, "tinh", "Tỉnh Thử".into(), Some("99"), None)];
    for (id, name) in units.departments.into_iter().zip(["Sở Khoa học và Công nghệ", "Sở Nội vụ"])
    {
        all.push(new(id, UnitKind::Agency, "so", name.into(), None, top));
    }
    for (i, (form, name, code)) in COMMUNES.into_iter().enumerate() {
        let (Some(commune), Some(below)) = (units.communes.get(i), units.villages.get(i)) else {
            continue;
        };
        all.push(new(*commune, UnitKind::Commune, form, name.into(), Some(code), top));
        for (village, name) in below.iter().zip(VILLAGES) {
            let (form, name) = match form {
                "phuong" => ("to_dan_pho", format!("Tổ dân phố {name}")),
                _ => ("thon", format!("Thôn {name}")),
            };
            all.push(new(*village, UnitKind::Village, form, name, None, Some(*commune)));
        }
    }
    unit::add_many(tx, stamp, &all)?;
    unit::settle(tx, local_date(now))?;
    Ok(units)
}
