//! Communes of before 1 July 2025, when there were districts: `Xã Tân Lập, huyện Yên Lập`.

use std::collections::HashMap;

use thao_base::text::{fold, same_spelling};

use super::words::Words;

/// A commune of before and the unit of today it lies in.
#[derive(Debug, Clone)]
pub struct OldWard<K> {
    /// Its code, when it is known.
    pub code: Option<String>,
    pub name: String,
    pub district: String,
    pub province: String,
    pub key: K,
}

/// All of them, by code and by name.
pub(super) struct OldWards<K> {
    wards: Vec<Ward<K>>,
    codes: HashMap<String, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
}

struct Ward<K> {
    words: Words,
    district: String,
    province: String,
    key: K,
}

const DISTRICTS: [&str; 9] =
    ["huyện", "thị xã", "thành phố", "quận", "h.", "tx.", "tx", "tp.", "tp"];
const PROVINCES: [&str; 4] = ["tỉnh", "thành phố", "tp.", "tp"];
/// Forms of communes without accents.
const FORMS: [&str; 3] = ["xa ", "phuong ", "thi tran "];

impl<K> Default for OldWards<K> {
    fn default() -> OldWards<K> {
        OldWards { wards: Vec::new(), codes: HashMap::new(), names: HashMap::new() }
    }
}

impl<K: Copy> OldWards<K> {
    pub(super) fn new(wards: impl IntoIterator<Item = OldWard<K>>) -> OldWards<K> {
        let mut out = OldWards::default();
        for ward in wards {
            let at = out.wards.len();
            if let Some(code) = ward.code {
                out.codes.entry(code).or_default().push(at);
            }
            let words = Words::of(&ward.name);
            out.names.entry(fold(&words.bare)).or_default().push(at);
            let district = bare(&ward.district, &DISTRICTS);
            let province = bare(&ward.province, &PROVINCES);
            out.wards.push(Ward { words, district, province, key: ward.key });
        }
        out
    }

    /// The units of today that may be meant by a code, or by a name with or without the district
    /// and the province. The closest spelling counts: with accents before without, the same form
    /// before another.
    pub(super) fn find(&self, text: &str) -> Vec<K> {
        if let Some(found) = self.codes.get(text) {
            return found.iter().filter_map(|at| self.wards.get(*at)).map(|w| w.key).collect();
        }
        let pieces = pieces(text);
        let Some((name, above)) = pieces.split_first() else { return Vec::new() };
        let words = Words::of(name);
        let key = fold(&words.bare);
        let plain = FORMS.iter().find_map(|form| key.strip_prefix(form));
        let found = self.names.get(&key).or_else(|| self.names.get(plain?));
        let found = found.into_iter().flatten();
        let mut fitting: Vec<&Ward<K>> = found
            .filter_map(|at| self.wards.get(*at))
            .filter(|ward| {
                words.class.agrees(ward.words.class)
                    || ward.words.class.is_commune() && words.class.is_commune()
            })
            .filter(|ward| above.iter().all(|piece| ward.lies_in(piece)))
            .collect();
        narrow(&mut fitting, |ward| ward.words.bare == words.bare);
        narrow(&mut fitting, |ward| words.class.agrees(ward.words.class));
        fitting.into_iter().map(|ward| ward.key).collect()
    }
}

impl<K> Ward<K> {
    /// A piece of an address behind the name is the district or the province.
    fn lies_in(&self, piece: &str) -> bool {
        let of = |forms: &[&str], own: &str| bare(piece, forms) == own;
        of(&DISTRICTS, &self.district) || of(&PROVINCES, &self.province)
    }
}

/// Keeps those that fit, when any does.
fn narrow<K>(all: &mut Vec<&Ward<K>>, fits: impl Fn(&Ward<K>) -> bool) {
    if all.iter().any(|ward| fits(ward)) {
        all.retain(|ward| fits(ward));
    }
}

/// A name without the word for what it is, and without accents.
fn bare(name: &str, forms: &[&str]) -> String {
    let folded = fold(name);
    let rest = forms.iter().find_map(|form| folded.strip_prefix(&format!("{} ", fold(form))));
    rest.unwrap_or(&folded).to_owned()
}

/// An address cut where another unit begins: the commune, then what it lies in.
fn pieces(text: &str) -> Vec<String> {
    let mut spelled = format!(" {} ", same_spelling(text));
    for word in DISTRICTS.iter().chain(&PROVINCES) {
        let spelled_word = same_spelling(word);
        for word in [spelled_word.as_str(), &fold(word)] {
            spelled = spelled.replace(&format!(" {word} "), &format!(" , {word} "));
        }
    }
    let parts = spelled.split([',', ';', '(', ')']).flat_map(|part| part.split(" - "));
    let parts = parts.map(|part| part.trim_matches([' ', '.', '-', '–']).to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

/// Whether a text says the district something lay in.
pub(super) fn names_district(text: &str) -> bool {
    pieces(text)
        .iter()
        .skip(1)
        .any(|piece| DISTRICTS.iter().any(|form| piece.starts_with(&same_spelling(form)[..])))
}
