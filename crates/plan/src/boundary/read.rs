//! Reads areas out of GeoJSON (RFC 7946): a FeatureCollection of Polygon and MultiPolygon in
//! WGS84. Pure; whatever is wrong is said with the place where it stands.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use thao_base::{Error, Kind, Result, text};

/// A file may weigh this much; communes of a whole province, drawn finely, are about half.
pub const MOST_BYTES: usize = 40 << 20;
/// Corners of all areas together.
pub const MOST_POINTS: usize = 2_000_000;
const MOST_FEATURES: usize = 5_000;
/// Properties of an area that are looked at, and how much of each.
const MOST_PROPERTIES: usize = 30;
const LONGEST: usize = 120;
/// Steps of a degree that corners are put on, about 11 m: shared borders fall together.
const STEPS: f64 = 10_000.0;

/// A corner in steps of a degree, east and north.
pub type Point = (i32, i32);
/// A closed line; the first corner is not repeated at its end.
pub type Ring = Vec<Point>;

/// An area and what its file says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Name and value, as text.
    pub properties: Vec<(String, String)>,
    pub rings: Vec<Ring>,
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(rename = "type", borrow)]
    kind: Option<Cow<'a, str>>,
    crs: Option<Value>,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
struct Feature<'a> {
    properties: Option<Map<String, Value>>,
    #[serde(borrow)]
    geometry: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Geometry<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    coordinates: Option<&'a RawValue>,
}

/// The areas of a file. An area whose geometry is null has no rings.
///
/// # Errors
/// Everything that is wrong with it, at the first place where it is.
pub fn read(bytes: &[u8]) -> Result<Vec<Area>> {
    if MOST_BYTES < bytes.len() {
        let error = Error::new(Kind::TooLarge, "plan.boundary.error.too_large");
        return Err(error.with("most", MOST_BYTES >> 20).with("size", bytes.len() >> 20));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let whole: &RawValue = serde_json::from_slice(bytes).map_err(|error| {
        Error::invalid("plan.boundary.error.not_json")
            .with("line", error.line())
            .with("column", error.column())
            .because(error)
    })?;
    let not_collection = |found: &str| {
        Error::invalid("plan.boundary.error.not_collection").with("found", cut(found))
    };
    let collection: Collection<'_> = serde_json::from_str(whole.get())
        .map_err(|error| not_collection(kind_of(whole)).because(error))?;
    let kind = collection.kind.unwrap_or_default();
    let (true, Some(features)) = (kind == "FeatureCollection", collection.features) else {
        return Err(not_collection(if kind.is_empty() { kind_of(whole) } else { &kind }));
    };
    foreign_system(collection.crs.as_ref())?;
    if features.is_empty() {
        return Err(Error::invalid("plan.boundary.error.empty"));
    }
    if MOST_FEATURES < features.len() {
        let error = Error::new(Kind::TooLarge, "plan.boundary.error.too_many_features");
        return Err(error.with("most", MOST_FEATURES));
    }
    let mut points = 0;
    let areas = features.iter().enumerate();
    areas.map(|(n, feature)| area(n + 1, feature.get(), &mut points)).collect()
}

/// Older files name their system; only longitude and latitude of WGS84 are read.
fn foreign_system(crs: Option<&Value>) -> Result<()> {
    let Some(name) = crs.and_then(|crs| crs.pointer("/properties/name")?.as_str()) else {
        return Ok(());
    };
    if name.ends_with("CRS84") || name.ends_with(":4326") {
        return Ok(());
    }
    Err(Error::invalid("plan.boundary.error.system").with("system", cut(name)))
}

fn area(n: usize, feature: &str, points: &mut usize) -> Result<Area> {
    let broken = |label: &str, error: serde_json::Error| {
        Error::invalid("plan.boundary.error.feature").with("feature", label).because(error)
    };
    let feature: Feature<'_> =
        serde_json::from_str(feature).map_err(|error| broken(&n.to_string(), error))?;
    let properties = properties(feature.properties.unwrap_or_default());
    let label = match properties.iter().find(|(_, value)| value.contains(char::is_alphabetic)) {
        Some((_, name)) => format!("{n} ({name})"),
        None => n.to_string(),
    };
    let Some(geometry) = feature.geometry else {
        return Ok(Area { properties, rings: Vec::new() });
    };
    let geometry: Geometry<'_> =
        serde_json::from_str(geometry.get()).map_err(|error| broken(&label, error))?;
    let coordinates = geometry.coordinates.map_or("null", RawValue::get);
    let polygons: Vec<Vec<Vec<Position>>> = match geometry.kind.as_ref() {
        "Polygon" => serde_json::from_str(coordinates).map(|polygon| vec![polygon]),
        "MultiPolygon" => serde_json::from_str(coordinates),
        other => {
            let error = Error::invalid("plan.boundary.error.no_area");
            return Err(error.with("feature", label).with("found", cut(other)));
        }
    }
    .map_err(|error| broken(&label, error))?;
    let mut rings = Vec::new();
    for (m, ring) in polygons.iter().flatten().enumerate() {
        *points += ring.len();
        if MOST_POINTS < *points {
            let error = Error::new(Kind::TooLarge, "plan.boundary.error.too_many_points");
            return Err(error.with("most", MOST_POINTS));
        }
        let ring = closed(&label, m + 1, ring)?;
        // What is smaller than a step is no area any more.
        if 3 <= ring.len() {
            rings.push(ring);
        }
    }
    Ok(Area { properties, rings })
}

/// A ring that is closed, of corners on earth.
fn closed(feature: &str, ring: usize, positions: &[Position]) -> Result<Ring> {
    let wrong = |key| Error::invalid(key).with("feature", feature).with("ring", ring);
    if positions.len() < 4 {
        return Err(wrong("plan.boundary.error.ring_short"));
    }
    if positions.first() != positions.last() {
        return Err(wrong("plan.boundary.error.ring_open"));
    }
    let mut out: Ring = Vec::with_capacity(positions.len());
    for (n, Position(x, y)) in positions.iter().enumerate() {
        if 180.0 < x.abs() || 90.0 < y.abs() {
            // Metres of VN-2000 or UTM are hundreds of thousands.
            let metres = 1_000.0 < x.abs().max(y.abs());
            let key = match metres {
                true => "plan.boundary.error.projected",
                false => "plan.boundary.error.out_of_range",
            };
            return Err(wrong(key).with("point", n + 1).with("x", x).with("y", y));
        }
        let point = ((x * STEPS).round() as i32, (y * STEPS).round() as i32);
        if out.last() != Some(&point) {
            out.push(point);
        }
    }
    while 1 < out.len() && out.first() == out.last() {
        out.pop();
    }
    Ok(out)
}

/// Plain values only, as text, in their order.
fn properties(all: Map<String, Value>) -> Vec<(String, String)> {
    let plain = all.into_iter().filter_map(|(name, value)| {
        let value = match value {
            Value::String(text) => text::tidy(&text),
            Value::Number(number) => number.to_string(),
            Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        Some((cut(&name), cut(&value)))
    });
    plain.take(MOST_PROPERTIES).collect()
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// What a JSON text is at its outside.
fn kind_of(value: &RawValue) -> &'static str {
    match value.get().bytes().next() {
        Some(b'{') => "object",
        Some(b'[') => "array",
        Some(b'"') => "string",
        Some(b'n') => "null",
        Some(b't' | b'f') => "boolean",
        _ => "number",
    }
}

/// Longitude and latitude; a height behind them is passed over.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Position(f64, f64);

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Pair;
        impl<'de> Visitor<'de> for Pair {
            type Value = Position;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of longitude and latitude")
            }

            fn visit_seq<A: SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> std::result::Result<Position, A::Error> {
                let missing = |n| serde::de::Error::invalid_length(n, &"longitude and latitude");
                let x = list.next_element()?.ok_or_else(|| missing(0))?;
                let y = list.next_element()?.ok_or_else(|| missing(1))?;
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Position(x, y))
            }
        }
        deserializer.deserialize_seq(Pair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collection(geometry: &str) -> String {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature",
               "properties":{{"ma_xa":"00991","ten":"Xã  Hòa Bình","dt":12.5,"x":null}},
               "geometry":{geometry}}}]}}"#
        )
    }

    fn polygon(ring: &str) -> String {
        collection(&format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#))
    }

    fn said(json: &str) -> String {
        read(json.as_bytes()).unwrap_err().words(thao_base::Lang::Vi)
    }

    #[test]
    fn areas_are_read_with_their_properties_on_a_grid() {
        let json = polygon("[[105,21,7],[105.00004,21],[105.1,21],[105.1,21.1],[105,21]]");
        let areas = read(format!("\u{feff}{json}").as_bytes()).unwrap();
        let words = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let expected = [words("ma_xa", "00991"), words("ten", "Xã Hòa Bình"), words("dt", "12.5")];
        assert_eq!(areas[0].properties, expected);
        let ring = vec![(1_050_000, 210_000), (1_051_000, 210_000), (1_051_000, 211_000)];
        assert_eq!(areas[0].rings, [ring]);
        let none = read(collection("null").as_bytes()).unwrap();
        assert!(none[0].rings.is_empty());
        let two = r#"{"type":"MultiPolygon","coordinates":[[[[1,1],[2,1],[2,2],[1,1]]],[[[5,5],[6,5],[6,6],[5,5]]]]}"#;
        assert_eq!(read(collection(two).as_bytes()).unwrap()[0].rings.len(), 2);
    }

    #[test]
    fn what_is_broken_is_said_with_its_place() {
        let open = polygon("[[105,21],[105.1,21],[105.1,21.1],[105,21.1]]");
        let cases: [(&str, &[&str]); 14] = [
            ("", &["JSON", "dòng 1"]),
            ("{\n\"a\": }", &["JSON", "dòng 2", "cột 6"]),
            ("[1, 2]", &["FeatureCollection", "array"]),
            (r#"{"type":"Feature","geometry":null}"#, &["FeatureCollection", "Feature"]),
            (r#"{"type":"Topology","arcs":[]}"#, &["Topology"]),
            (r#"{"type":"FeatureCollection","features":[]}"#, &["không có"]),
            (
                &collection(r#"{"type":"Point","coordinates":[105,21]}"#),
                &["1 (Xã Hòa Bình)", "Point"],
            ),
            (&collection(r#"{"type":"Polygon"}"#), &["1 (Xã Hòa Bình)"]),
            (&polygon(r#"[["a",21],[105,21],[105,22],[105,21]]"#), &["1 (Xã Hòa Bình)"]),
            (&open, &["1 (Xã Hòa Bình)", "đường 1", "không khép kín"]),
            (&polygon("[[105,21],[106,21],[105,21]]"), &["đường 1", "4"]),
            (&polygon("[[105,21],[106,21],[106,222],[105,21]]"), &["điểm 3", "222"]),
            (
                &polygon(
                    "[[578123.5,2345678],[579123,2345678],[579123,2346678],[578123.5,2345678]]",
                ),
                &["điểm 1", "578123.5", "VN-2000"],
            ),
            (
                r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3405"}},"features":[]}"#,
                &["3405"],
            ),
        ];
        for (json, words) in cases {
            let said = said(json);
            for word in words {
                assert!(said.contains(word), "{json}: “{said}” does not say “{word}”");
            }
        }
    }

    #[test]
    fn a_file_of_fifty_megabytes_is_refused_before_it_is_read() {
        let bytes = vec![b'{'; 50 << 20];
        let error = read(&bytes).unwrap_err();
        assert_eq!(error.kind(), Kind::TooLarge);
        let said = error.words(thao_base::Lang::Vi);
        assert!(said.contains("50 MB") && said.contains("40 MB"), "{said}");
    }

    #[test]
    fn a_line_of_too_many_corners_is_refused() {
        let mut ring = String::from("[[105,21]");
        for n in 0..=MOST_POINTS {
            ring.push_str(if n % 2 == 0 { ",[1,1]" } else { ",[1,2]" });
        }
        ring.push_str(",[105,21]]");
        let error = read(polygon(&ring).as_bytes()).unwrap_err();
        assert_eq!(error.key(), "plan.boundary.error.too_many_points");
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_do_more_than_be_refused(bytes: Vec<u8>, at in 0..400usize, byte: u8) {
            let _ = read(&bytes);
            let mut near = polygon("[[105,21],[105.1,21],[105.1,21.1],[105,21]]").into_bytes();
            if let Some(place) = near.get_mut(at) {
                *place = byte;
            }
            let _ = read(&near);
        }
    }
}
