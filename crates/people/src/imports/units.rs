//! The units that files speak of: those that stand, their former names, and those that are gone.

use std::collections::{HashMap, HashSet};

use thao_base::{Result, Tx, UnitId, args, row, sql};

use crate::roll::{Entry, OldWard, UnitMatcher};
use crate::unit::{self, Place, UnitKind};

const SQL: &str = include_str!("units.sql");

/// The units as they stand, by id.
#[derive(Debug, Clone, Default)]
pub struct Units(HashMap<UnitId, Place>);

impl Units {
    pub fn load(tx: &mut Tx<'_>) -> Result<Units> {
        let all = unit::list_all(tx)?;
        Ok(Units(all.into_iter().map(|place| (place.unit, place)).collect()))
    }

    /// Where a unit stands; `None` when it is gone.
    pub fn get(&self, unit: UnitId) -> Option<&Place> {
        self.0.get(&unit)
    }

    pub fn name(&self, unit: UnitId) -> String {
        self.get(unit).map_or_else(String::new, |place| place.name.clone())
    }

    /// Whether `upper` is `lower` or lies above it.
    pub fn holds(&self, upper: UnitId, lower: UnitId) -> bool {
        match (self.get(upper), self.get(lower)) {
            (Some(upper), Some(lower)) => upper.span().holds(lower.pos),
            _ => upper == lower,
        }
    }

    /// Whether two units are one place: the same, or one above the other below the province.
    pub fn one_place(&self, one: UnitId, other: UnitId) -> bool {
        let narrow =
            |unit| self.get(unit).is_none_or(|place| place.kind() != Some(UnitKind::Province));
        one == other
            || (narrow(one) && self.holds(one, other))
            || (narrow(other) && self.holds(other, one))
    }
}

/// All units there are and were.
pub struct UnitBook {
    pub matcher: UnitMatcher<UnitId>,
    pub standing: Units,
    gone: HashMap<UnitId, String>,
}

row! {
    struct Gone {
        unit: UnitId,
        name: Option<String>,
        code: Option<String>,
        parent: Option<UnitId>,
    }
}

row! {
    struct Old {
        code: Option<String>,
        name: String,
        district: String,
        province: String,
        unit: UnitId,
    }
}

impl UnitBook {
    /// Reads them. What is gone is found by what followed it: by the changes of the tree, or, where
    /// none was kept, by the unit that has its code as an alias.
    pub fn load(tx: &mut Tx<'_>) -> Result<UnitBook> {
        let places = unit::list_all(tx)?;
        let forest = unit::forest(tx)?;
        let today = unit::tree_day(tx)?;
        let mut aliases: HashMap<UnitId, Vec<String>> = HashMap::new();
        let mut heirs: HashMap<String, UnitId> = HashMap::new();
        for (unit, code, alias) in unit::list_codes(tx)? {
            if alias {
                heirs.insert(code.clone(), unit);
                aliases.entry(unit).or_default().push(code);
            }
        }
        let former: Vec<(UnitId, String)> = tx.list(sql!(SQL, "former"), args![])?;
        for (unit, name) in former {
            aliases.entry(unit).or_default().push(name);
        }
        let gone: Vec<Gone> = tx.list(sql!(SQL, "gone"), args![])?;
        let standing = places.iter().map(|place| Entry {
            key: place.unit,
            name: place.name.clone(),
            code: place.code.clone(),
            aliases: aliases.remove(&place.unit).unwrap_or_default(),
            parent: place.parent,
            merged_into: None,
            split_into: Vec::new(),
        });
        let standing: Vec<Entry<UnitId>> = standing.collect();
        let taken: HashSet<&String> =
            standing.iter().filter_map(|entry| entry.code.as_ref()).collect();
        let lost = gone.iter().filter_map(|gone| {
            let followed: Vec<UnitId> = forest.successors(gone.unit, today).into_iter().collect();
            let by_code = gone.code.as_ref().and_then(|code| heirs.get(code)).copied();
            let (merged_into, split_into) = match followed.as_slice() {
                [] => (by_code, Vec::new()),
                [one] => (Some(*one), Vec::new()),
                _ => (None, followed),
            };
            // A code that another has now means that one.
            let own = |code: &String| {
                !taken.contains(code) && (by_code.is_none() || by_code != merged_into)
            };
            Some(Entry {
                key: gone.unit,
                name: gone.name.clone()?,
                code: gone.code.clone().filter(own),
                aliases: Vec::new(),
                parent: gone.parent,
                merged_into,
                split_into,
            })
        });
        let lost: Vec<Entry<UnitId>> = lost.collect();
        let old: Vec<Old> = tx.list(sql!(SQL, "old"), args![])?;
        let old = old.into_iter().map(|Old { code, name, district, province, unit }| OldWard {
            code,
            name,
            district,
            province,
            key: unit,
        });
        Ok(UnitBook {
            gone: lost.iter().map(|entry| (entry.key, entry.name.clone())).collect(),
            matcher: UnitMatcher::new(standing.into_iter().chain(lost)).with_old(old),
            standing: Units(places.into_iter().map(|place| (place.unit, place)).collect()),
        })
    }

    /// What a unit is, or was, called.
    pub fn name(&self, unit: UnitId) -> &str {
        let standing = self.standing.get(unit).map(|place| place.name.as_str());
        standing.or_else(|| self.gone.get(&unit).map(String::as_str)).unwrap_or_default()
    }

    /// A unit with those above it, `Thôn Hai, Xã Hòa Bình`, to tell it from others of its name.
    pub fn full_name(&self, unit: UnitId) -> String {
        let above = self.standing.get(unit).and_then(|place| place.parent);
        let above = above.and_then(|unit| self.standing.get(unit));
        match above.filter(|above| above.kind() != Some(UnitKind::Province)) {
            Some(above) => format!("{}, {}", self.name(unit), above.name),
            None => self.name(unit).to_owned(),
        }
    }
}
