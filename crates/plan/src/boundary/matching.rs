//! Which unit each area of a file is, by one of the properties the file gives it. Pure.

use std::collections::{BTreeMap, HashMap, HashSet};

use thao_base::UnitId;
use thao_people::roll::{Entry, Match, UnitMatcher};
use thao_people::unit::Place;

use super::{Draft, Shape};

/// What matching by a property finds.
#[derive(Debug, Clone, Default)]
pub struct Matching {
    /// Each unit with its shape; the areas of a unit are one shape.
    pub shapes: Vec<(UnitId, Shape)>,
    /// What areas are called that are no unit here.
    pub strangers: Vec<String>,
    /// Units that have no area.
    pub without: Vec<String>,
    /// Areas of a unit whose geometry is empty.
    pub empty: Vec<String>,
}

/// A matcher of the units below one, by code, other codes and name.
pub fn matcher(places: &[Place], codes: &[(UnitId, String, bool)]) -> UnitMatcher<UnitId> {
    let mut others: HashMap<UnitId, Vec<String>> = HashMap::new();
    for (unit, code, is_alias) in codes {
        if *is_alias {
            others.entry(*unit).or_default().push(code.clone());
        }
    }
    UnitMatcher::new(places.iter().map(|place| Entry {
        key: place.unit,
        name: place.name.clone(),
        code: place.code.clone(),
        aliases: others.remove(&place.unit).unwrap_or_default(),
        parent: None,
        merged_into: None,
    }))
}

/// The properties of a file and how many units each names, the best first.
pub fn properties(drafts: &[Draft], matcher: &UnitMatcher<UnitId>) -> Vec<(String, usize)> {
    let mut found: BTreeMap<&str, HashSet<UnitId>> = BTreeMap::new();
    for (name, value) in drafts.iter().flat_map(|draft| &draft.properties) {
        let units = found.entry(name).or_default();
        if let Some(unit) = unit(matcher, value) {
            units.insert(unit);
        }
    }
    let mut out: Vec<(String, usize)> =
        found.into_iter().map(|(name, units)| (name.to_owned(), units.len())).collect();
    out.sort_by_key(|(_, units)| std::cmp::Reverse(*units));
    out
}

/// Matches the areas of a file by a property.
pub fn by(
    property: &str,
    drafts: &[Draft],
    places: &[Place],
    matcher: &UnitMatcher<UnitId>,
) -> Matching {
    let mut out = Matching::default();
    let mut shapes: HashMap<UnitId, Shape> = HashMap::new();
    for draft in drafts {
        let value = draft.properties.iter().find(|(name, _)| name == property);
        let value = value.map_or("", |(_, value)| value.as_str());
        match (unit(matcher, value), &draft.shape) {
            (Some(unit), Some(shape)) => {
                let known = shapes.remove(&unit);
                shapes.insert(unit, known.map_or_else(|| shape.clone(), |known| known.and(shape)));
            }
            (Some(_), None) => out.empty.push(value.to_owned()),
            (None, _) => out.strangers.push(name(draft, value)),
        }
    }
    for place in places {
        match shapes.remove(&place.unit) {
            Some(shape) => out.shapes.push((place.unit, shape)),
            None => out.without.push(place.name.clone()),
        }
    }
    out
}

fn unit(matcher: &UnitMatcher<UnitId>, value: &str) -> Option<UnitId> {
    match matcher.find(value, None) {
        Match::One(unit, _) | Match::Merged { into: unit, .. } => Some(unit),
        Match::Many(_) | Match::None(_) => None,
    }
}

/// What to call an area nobody knows: its value, or whatever else it says.
fn name(draft: &Draft, value: &str) -> String {
    if !value.is_empty() {
        return value.to_owned();
    }
    let said: Vec<&str> =
        draft.properties.iter().map(|(_, value)| value.as_str()).take(2).collect();
    match said.is_empty() {
        true => format!("#{}", draft.no + 1),
        false => said.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::small_id;

    fn place(n: u32, name: &str, code: &str) -> Place {
        Place {
            unit: small_id(n.into()),
            parent: None,
            commune: None,
            kind: "commune".into(),
            code: Some(code.into()),
            name: name.into(),
            path: name.into(),
            sort: name.into(),
            pos: i64::from(n),
            last: i64::from(n),
            depth: 1,
        }
    }

    fn draft(no: i32, code: &str, name: &str, drawn: bool) -> Draft {
        let shape = Shape { path: format!("M{no}z"), ..Shape::default() };
        Draft {
            no,
            properties: vec![("ma".into(), code.into()), ("ten".into(), name.into())],
            shape: drawn.then_some(shape),
        }
    }

    #[test]
    fn areas_are_matched_by_code_or_name_and_the_rest_is_told() {
        let places = [
            place(1, "Xã Hòa Bình", "00991"),
            place(2, "Phường Ví Dụ", "00992"),
            place(3, "Xã Xa", "00993"),
        ];
        let matcher = matcher(&places, &[(small_id(2), "88".into(), true)]);
        let drafts = [
            draft(0, "991", "Hoà Bình", true),
            draft(1, "88", "phường ví dụ", true),
            draft(2, "88", "Phường Ví Dụ", true),
            draft(3, "12345", "Xã Lạ", true),
            draft(4, "00993", "Xã Xa", false),
        ];
        assert_eq!(properties(&drafts, &matcher), [("ma".into(), 3), ("ten".into(), 3)]);
        for property in ["ma", "ten"] {
            let found = by(property, &drafts, &places, &matcher);
            let paths: Vec<_> = found.shapes.iter().map(|(_, shape)| shape.path.as_str()).collect();
            assert_eq!(paths, ["M0z", "M1zM2z"], "{property}");
            assert_eq!(found.without, ["Xã Xa"]);
            assert_eq!(found.strangers.len(), 1);
            assert_eq!(found.empty.len(), 1);
        }
        let none = by("khác", &drafts, &places, &matcher);
        assert_eq!((none.shapes.len(), none.strangers.len()), (0, 5));
        assert_eq!(none.strangers[0], "991, Hoà Bình");
    }
}
