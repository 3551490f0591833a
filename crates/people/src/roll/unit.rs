//! Which unit a text means: by its code, or by its name in any of the ways it is written.

mod old;
mod words;

use std::collections::HashMap;
use std::hash::Hash;

use thao_base::text::{fold, tidy};

pub use old::OldWard;
use old::OldWards;
use words::{Class, Words, distance};

/// A unit that can be meant.
#[derive(Debug, Clone)]
pub struct Entry<K> {
    pub key: K,
    pub name: String,
    pub code: Option<String>,
    /// Other codes, and other or former names.
    pub aliases: Vec<String>,
    pub parent: Option<K>,
    /// The unit it was merged into, when it is no more.
    pub merged_into: Option<K>,
    /// The units it was split into, when it is no more: which one is meant, nobody knows.
    pub split_into: Vec<K>,
}

/// What was found for a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match<K> {
    One(K, How),
    /// Several fit equally well.
    Many(Vec<K>),
    /// The unit is no more; all of it went into another.
    Merged {
        old: K,
        into: K,
        how: How,
    },
    /// A commune of before 1 July 2025, which lies in a unit of today.
    Former(K),
    /// None fits; these are spelled alike, the likeliest first.
    None(Vec<K>),
}

/// By what a unit was found, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    Code,
    /// The code without its leading zeros.
    CodePadded,
    /// The whole name, tone marks wherever they stand.
    Name,
    /// The name without `Xã`, `UBND xã` …, or with it where the register has none.
    NameWithoutForm,
    /// `Phường` for a `Xã`, or the other way.
    OtherForm,
    /// A body of the commune (`Công an xã …`) that is no unit of its own.
    BodyOf,
    /// The name without accents.
    WithoutAccents,
}

/// Finds units by what lists call them. Make one for all rows of a list.
pub struct UnitMatcher<K> {
    units: Vec<Unit<K>>,
    places: HashMap<K, usize>,
    codes: HashMap<String, Vec<usize>>,
    /// By code without leading zeros.
    bare_codes: HashMap<String, Vec<usize>>,
    /// By whole and by bare name, with and without accents.
    whole: HashMap<String, Vec<usize>>,
    bare: HashMap<String, Vec<usize>>,
    whole_folded: HashMap<String, Vec<usize>>,
    bare_folded: HashMap<String, Vec<usize>>,
    old: OldWards<K>,
}

struct Unit<K> {
    key: K,
    name: String,
    class: Class,
    folded: String,
    parent: Option<K>,
    merged_into: Option<K>,
    split_into: Vec<K>,
}

/// Units suggested at most, and steps of the tree or of mergers followed at most.
const SUGGESTED: usize = 5;
const STEPS: usize = 32;

impl<K: Copy + Eq + Hash> UnitMatcher<K> {
    pub fn new(entries: impl IntoIterator<Item = Entry<K>>) -> UnitMatcher<K> {
        let mut matcher = UnitMatcher {
            units: Vec::new(),
            places: HashMap::new(),
            codes: HashMap::new(),
            bare_codes: HashMap::new(),
            whole: HashMap::new(),
            bare: HashMap::new(),
            whole_folded: HashMap::new(),
            bare_folded: HashMap::new(),
            old: OldWards::default(),
        };
        for entry in entries {
            matcher.add(entry);
        }
        matcher
    }

    /// The same matcher, which also knows what communes were called before.
    #[must_use]
    pub fn with_old(mut self, wards: impl IntoIterator<Item = OldWard<K>>) -> UnitMatcher<K> {
        self.old = OldWards::new(wards);
        self
    }

    /// The unit a text means, among all or within one and what is below it.
    pub fn find(&self, text: &str, within: Option<K>) -> Match<K> {
        let text = tidy(text);
        if text.is_empty() {
            return Match::None(Vec::new());
        }
        // There are no districts any more: who names one means the commune of before.
        let before = || self.by_old(&text, within);
        let found = self
            .by_code(&text, within)
            .or_else(|| old::names_district(&text).then(before).flatten())
            .or_else(|| self.by_name(&Words::of(&text), within))
            .or_else(|| self.by_parts(&text, within))
            .or_else(before);
        found.unwrap_or_else(|| Match::None(self.alike(&text, within)))
    }

    /// The name of a unit as the register has it.
    pub fn name(&self, key: K) -> Option<&str> {
        self.get(key).map(|unit| unit.name.as_str())
    }

    fn add(&mut self, entry: Entry<K>) {
        let at = self.units.len();
        let words = Words::of(&entry.name);
        let codes = entry.code.iter().chain(entry.aliases.iter().filter(|alias| is_code(alias)));
        for code in codes {
            self.codes.entry(code.clone()).or_default().push(at);
            let bare = code.trim_start_matches('0').to_owned();
            self.bare_codes.entry(bare).or_default().push(at);
        }
        let other_names = entry.aliases.iter().filter(|alias| !is_code(alias));
        for words in other_names.map(|name| Words::of(name)).chain([words.clone()]) {
            let maps = [
                (&mut self.whole, words.whole.clone()),
                (&mut self.bare, words.bare.clone()),
                (&mut self.whole_folded, fold(&words.whole)),
                (&mut self.bare_folded, fold(&words.bare)),
            ];
            for (map, name) in maps {
                let places = map.entry(name).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
        self.places.insert(entry.key, at);
        self.units.push(Unit {
            key: entry.key,
            name: entry.name,
            class: words.class,
            folded: fold(&words.bare),
            parent: entry.parent,
            merged_into: entry.merged_into,
            split_into: entry.split_into,
        });
    }

    fn by_code(&self, text: &str, within: Option<K>) -> Option<Match<K>> {
        // `07900 - Xã Minh Hòa`: the code comes first, and must not contradict the name.
        let (code, rest) = text.split_once([' ', '-']).unwrap_or((text, ""));
        if !is_code(code) {
            return None;
        }
        let rest = rest.trim_matches([' ', '-', '–', ':', '.']);
        if !rest.is_empty() && code.len() < 3 {
            return None;
        }
        let names_it = |at: &usize| {
            rest.is_empty()
                || self
                    .units
                    .get(*at)
                    .is_some_and(|unit| unit.folded == fold(&Words::of(rest).bare))
        };
        let exact = self.codes.get(code).map(|found| (found, How::Code));
        let padded = self.bare_codes.get(code.trim_start_matches('0'));
        let tries = [exact, padded.map(|found| (found, How::CodePadded))];
        tries.into_iter().flatten().find_map(|(found, how)| {
            let fitting: Vec<usize> = found.iter().copied().filter(names_it).collect();
            self.decide(&fitting, how, within)
        })
    }

    fn by_name(&self, words: &Words, within: Option<K>) -> Option<Match<K>> {
        let fits = |map: &HashMap<String, Vec<usize>>,
                    name: &str,
                    class: &dyn Fn(Class) -> bool| {
            let found = map.get(name).into_iter().flatten().copied();
            found.filter(|at| self.units.get(*at).is_some_and(|unit| class(unit.class))).collect()
        };
        let any = |_: Class| true;
        let same = |class: Class| words.class.agrees(class);
        let other_form = |class: Class| words.class.is_other_form_of(class);
        let (whole, bare) = (fold(&words.whole), fold(&words.bare));
        let body = |class: Class| words.is_body && class.is_commune();
        let tries: [(Vec<usize>, How); 10] = [
            (fits(&self.whole, &words.whole, &any), How::Name),
            // `Bản Nguyên` is Xã Bản Nguyên, not a village called Nguyên.
            (fits(&self.bare, &words.whole, &any), How::NameWithoutForm),
            (
                if words.is_body { vec![] } else { fits(&self.bare, &words.bare, &same) },
                How::NameWithoutForm,
            ),
            (fits(&self.bare, &words.bare, &body), How::BodyOf),
            (fits(&self.bare, &words.bare, &other_form), How::OtherForm),
            (fits(&self.whole_folded, &whole, &any), How::WithoutAccents),
            (fits(&self.bare_folded, &whole, &any), How::WithoutAccents),
            (
                if words.is_body { vec![] } else { fits(&self.bare_folded, &bare, &same) },
                How::WithoutAccents,
            ),
            (fits(&self.bare_folded, &bare, &body), How::WithoutAccents),
            (fits(&self.bare_folded, &bare, &other_form), How::WithoutAccents),
        ];
        tries.into_iter().find_map(|(found, how)| self.decide(&found, how, within))
    }

    /// `Thôn Đông, xã Minh Hòa` and `Phòng Kinh tế xã Minh Hòa`: a unit within another.
    fn by_parts(&self, text: &str, within: Option<K>) -> Option<Match<K>> {
        words::halves(text).into_iter().find_map(|(part, whole)| {
            if whole.is_empty() {
                // `Sở Nội vụ tỉnh Phú Thọ`: the province goes without saying.
                return self.by_name(&Words::of(&part), within);
            }
            let (Match::One(above, _) | Match::Merged { into: above, .. } | Match::Former(above)) =
                self.by_name(&Words::of(&whole), within)?
            else {
                return None;
            };
            self.by_name(&Words::of(&part), Some(above))
        })
    }

    /// `Xã Tân Lập, huyện Yên Lập`: the units of today that hold communes of that name.
    fn by_old(&self, text: &str, within: Option<K>) -> Option<Match<K>> {
        let found = self.old.find(text);
        let mut inside: Vec<K> = Vec::new();
        for key in found {
            if within.is_none_or(|above| self.is_within(key, above)) && !inside.contains(&key) {
                inside.push(key);
            }
        }
        match inside.as_slice() {
            [] => None,
            [one] => Some(Match::Former(*one)),
            _ => Some(Match::Many(inside)),
        }
    }

    /// One, several, or the successor; `None` when no candidate lies within.
    fn decide(&self, found: &[usize], how: How, within: Option<K>) -> Option<Match<K>> {
        let inside: Vec<&Unit<K>> = found
            .iter()
            .filter_map(|at| self.units.get(*at))
            .filter(|unit| within.is_none_or(|above| self.is_within(unit.key, above)))
            .collect();
        let is_alive = |unit: &&Unit<K>| unit.merged_into.is_none() && unit.split_into.is_empty();
        let alive: Vec<K> = inside.iter().copied().filter(is_alive).map(|unit| unit.key).collect();
        let parts = inside.iter().flat_map(|unit| unit.split_into.iter().copied());
        let parts: Vec<K> = parts.collect();
        if alive.is_empty() && !parts.is_empty() {
            return Some(Match::Many(parts));
        }
        match (alive.as_slice(), inside.as_slice()) {
            ([one], _) => Some(Match::One(*one, how)),
            ([], []) => None,
            ([], [first, rest @ ..]) => {
                let into = self.successor(first);
                if rest.iter().all(|unit| self.successor(unit) == into) {
                    Some(Match::Merged { old: first.key, into, how })
                } else {
                    Some(Match::Many(inside.iter().map(|unit| self.successor(unit)).collect()))
                }
            }
            (several, _) => Some(Match::Many(several.to_vec())),
        }
    }

    /// The unit that all mergers end in.
    fn successor(&self, unit: &Unit<K>) -> K {
        let mut key = unit.key;
        for _ in 0..STEPS {
            match self.get(key).and_then(|unit| unit.merged_into) {
                Some(into) => key = into,
                None => break,
            }
        }
        key
    }

    fn is_within(&self, key: K, above: K) -> bool {
        let mut at = Some(key);
        for _ in 0..STEPS {
            match at {
                Some(key) if key == above => return true,
                Some(key) => at = self.get(key).and_then(|unit| unit.parent.or(unit.merged_into)),
                None => return false,
            }
        }
        false
    }

    fn get(&self, key: K) -> Option<&Unit<K>> {
        self.units.get(*self.places.get(&key)?)
    }

    /// Units whose names differ by few letters: to suggest, never to take.
    fn alike(&self, text: &str, within: Option<K>) -> Vec<K> {
        let wanted = fold(&Words::of(text).bare);
        let most = (wanted.chars().count() / 4).clamp(1, 3);
        let mut near: Vec<(usize, &Unit<K>)> = self
            .units
            .iter()
            .filter(|unit| unit.merged_into.is_none() && unit.split_into.is_empty())
            .filter_map(|unit| Some((distance(&wanted, &unit.folded, most)?, unit)))
            .filter(|(_, unit)| within.is_none_or(|above| self.is_within(unit.key, above)))
            .collect();
        near.sort_by(|a, b| (a.0, &a.1.folded).cmp(&(b.0, &b.1.folded)));
        near.into_iter().take(SUGGESTED).map(|(_, unit)| unit.key).collect()
    }
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests;
