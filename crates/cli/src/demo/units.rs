//! The units of the demo province: real communes with their real codes, departments, and
//! villages that are made up.

use jiff::civil::Date;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use thao_base::{Error, Result, Stamp, Tx, UnitId};
use thao_people::unit::{self, NewUnit, UnitKind};

/// The units, as the rest of the demo needs them.
#[derive(Debug, Clone)]
pub(crate) struct Units {
    pub(crate) province: UnitId,
    /// The department that steers digital skills.
    pub(crate) steering: UnitId,
    pub(crate) departments: Vec<UnitId>,
    pub(crate) communes: Vec<Commune>,
}

#[derive(Debug, Clone)]
pub(crate) struct Commune {
    pub(crate) id: UnitId,
    pub(crate) name: String,
    /// The People's Committee and its rooms, where staff work.
    pub(crate) office: UnitId,
    pub(crate) villages: Vec<(UnitId, String)>,
}

/// Adds the units of a province out of `content/units`.
pub(crate) fn add(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    rng: &mut ChaCha8Rng,
    code: &str,
    province_name: &str,
    from: Date,
) -> Result<Units> {
    let mut new = Vec::new();
    let mut add = |kind, form: Option<&str>, name: String, code: Option<&str>, parent| {
        let id: UnitId = stamp.id();
        new.push(NewUnit {
            id,
            kind,
            form: form.map(str::to_owned),
            name,
            code: code.map(str::to_owned),
            aliases: Vec::new(),
            parent,
            valid_from: from,
        });
        id
    };
    let province =
        add(UnitKind::Province, Some("tinh"), province_name.to_owned(), Some(code), None);
    let mut departments = Vec::new();
    let mut steering = None;
    for (key, name) in department_names()? {
        let id = add(UnitKind::Agency, Some(&key), name, None, Some(province));
        if key == "so-khoa-hoc-va-cong-nghe" {
            steering = Some(id);
        }
        departments.push(id);
    }
    let mut communes = Vec::new();
    for line in commune_lines(code)? {
        let id = add(
            UnitKind::Commune,
            Some(&line.form),
            line.name.clone(),
            Some(&line.code),
            Some(province),
        );
        let town = line.form == "phuong";
        let office_name = format!("UBND {}", lower_first(&line.name));
        let office = add(UnitKind::Agency, Some("ubnd"), office_name, None, Some(id));
        let mut villages = Vec::new();
        for n in 1..=rng.random_range(6..=11) {
            let (form, name) = if town {
                ("to_dan_pho", format!("Tổ dân phố {n}"))
            } else {
                ("khu", format!("Khu {n}"))
            };
            let village = add(UnitKind::Village, Some(form), name.clone(), None, Some(id));
            villages.push((village, name));
        }
        communes.push(Commune { id, name: line.name, office, villages });
    }
    unit::add_many(tx, stamp, &new)?;
    unit::settle(tx, stamp.today())?;
    let steering = steering.ok_or_else(|| {
        Error::internal("content/units/departments.toml names no department of science")
    })?;
    Ok(Units { province, steering, departments, communes })
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

struct Line {
    code: String,
    form: String,
    name: String,
}

fn commune_lines(code: &str) -> Result<Vec<Line>> {
    let text = crate::content::text(&format!("units/{code}.csv"))?;
    let mut out = Vec::new();
    for line in text.lines().skip(1).filter(|line| !line.is_empty()) {
        let mut cells = line.split(',');
        let (Some(code), Some(form), Some(name)) = (cells.next(), cells.next(), cells.next())
        else {
            return Err(Error::internal(format!("content/units: not a unit: {line}")));
        };
        out.push(Line { code: code.into(), form: form.into(), name: name.into() });
    }
    Ok(out)
}

fn department_names() -> Result<Vec<(String, String)>> {
    let table: toml::Table =
        crate::content::text("units/departments.toml")?.parse().map_err(Error::internal)?;
    let bodies = table.get("province").and_then(toml::Value::as_array);
    Ok(bodies
        .into_iter()
        .flatten()
        .filter_map(|body| {
            let key = body.get("key")?.as_str()?;
            let name = body.get("name")?.get("vi")?.as_str()?;
            Some((key.to_owned(), name.to_owned()))
        })
        .collect())
}
