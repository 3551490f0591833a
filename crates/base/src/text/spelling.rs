//! Where the tone stands in a syllable: Hoà or Hòa, Thuỷ or Thủy, but always Hoàng and Quý.
//!
//! Both placements are taught; the list of units of the statistics office uses the older one, on
//! the first of two open vowels. Only syllables that Vietnamese can have are touched.

use super::letter::{Letter, letters};
use super::{nfc, tidy};

/// A key that keeps tones but not where they stand: `Hoà` and `Hòa` are one, `Hoa` is another.
/// Lower case, composed, single spaces.
pub fn same_spelling(text: &str) -> String {
    nfc(&tone_placed(&tidy(text)).to_lowercase())
}

/// Rewrites every syllable to the placement of the statistics office: `Hòa`, `Thủy`, `Quý`.
/// Words that are not Vietnamese syllables stay as they are. Composed.
pub fn tone_placed(text: &str) -> String {
    let mut apart = letters(text);
    for word in apart.chunk_by_mut(|a, b| a.is_alphabetic() && b.is_alphabetic()) {
        place(word);
    }
    let mut out = String::with_capacity(text.len());
    for letter in &apart {
        letter.write(&mut out);
    }
    nfc(&out)
}

/// Moves the one tone of a word; a word with several is two words glued, or foreign.
fn place(word: &mut [Letter]) {
    let mut marked = word.iter().enumerate().filter_map(|(at, letter)| Some((at, letter.tone?)));
    let (Some((from, tone)), None) = (marked.next(), marked.next()) else { return };
    if word.iter().any(|letter| !letter.foreign.is_empty()) {
        return;
    }
    let plain: Vec<char> = word.iter().map(Letter::lower).collect();
    let Some(to) = tone_position(&plain) else { return };
    if let Some(letter) = word.get_mut(from) {
        letter.tone = None;
    }
    if let Some(letter) = word.get_mut(to) {
        letter.tone = Some(tone);
    }
}

/// The index of the vowel that carries the tone, for a syllable in lower case without tones;
/// `None` when it is not a syllable of Vietnamese.
fn tone_position(syllable: &[char]) -> Option<usize> {
    let onset = onset_length(syllable)?;
    let rest = syllable.get(onset..)?;
    let (nucleus, coda) = rest.split_at(rest.iter().take_while(|c| is_vowel(**c)).count());
    let coda: String = coda.iter().collect();
    if !CODAS.contains(&coda.as_str()) {
        return None;
    }
    // ă â ê ô ơ ư carry it; of ươ the second.
    if let Some(at) = nucleus.iter().rposition(|c| "ăâêôơư".contains(*c)) {
        return Some(onset + at);
    }
    let at = match (nucleus.len(), coda.is_empty()) {
        (1, _) => 0,
        (2, true) => 0,
        (2, false) => 1,
        (3, true) => 1,
        _ => return None,
    };
    Some(onset + at)
}

/// Letters before the vowel, with the u of `qu` and the i of `gi` when a vowel follows.
fn onset_length(syllable: &[char]) -> Option<usize> {
    let consonants: String = syllable.iter().take_while(|c| !is_vowel(**c)).collect();
    if !ONSETS.contains(&consonants.as_str()) {
        return None;
    }
    let length = consonants.chars().count();
    let glide = match consonants.as_str() {
        "q" => Some('u'),
        "g" => Some('i'),
        _ => None,
    };
    let next_is_glide = glide.is_some() && syllable.get(length).copied() == glide;
    let vowel_follows = syllable.get(length + 1).is_some_and(|c| is_vowel(*c));
    Some(if next_is_glide && vowel_follows { length + 1 } else { length })
}

fn is_vowel(c: char) -> bool {
    "aăâeêioôơuưy".contains(c)
}

const ONSETS: [&str; 27] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p",
    "ph", "q", "r", "s", "t", "th", "tr", "v", "x",
];
// The last two are of the highlands: Đắk, Pắc Pót, Ea Súp stand in the list of units.
const CODAS: [&str; 10] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t", "k"];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_placement_of_the_statistics_office() {
        for (from, to) in [
            ("Hoà", "Hòa"),
            ("HOÀ BÌNH", "HÒA BÌNH"),
            ("Hòa", "Hòa"),
            ("Thuỷ", "Thủy"),
            ("Thuý", "Thúy"),
            ("khoẻ", "khỏe"),
            ("Qúy", "Quý"),
            ("Quý", "Quý"),
            ("QÚY", "QUÝ"),
            ("qủa", "quả"),
            ("Quỳnh", "Quỳnh"),
            ("Hoàng", "Hoàng"),
            ("Hòang", "Hoàng"),
            ("Huỳnh", "Huỳnh"),
            ("Hùynh", "Huỳnh"),
            ("tóan", "toán"),
            ("giữ", "giữ"),
            ("gìa", "già"),
            ("gì", "gì"),
            ("gìn", "gìn"),
            ("giếng", "giếng"),
            ("Gíao", "Giáo"),
            ("khuỷu", "khuỷu"),
            ("khủyu", "khuỷu"),
            ("ngoài", "ngoài"),
            ("ngòai", "ngoài"),
            ("mía", "mía"),
            ("mùa", "mùa"),
            ("cửa", "cửa"),
            ("mười", "mười"),
            ("mừơi", "mười"),
            ("thuở", "thuở"),
            ("Tuyền", "Tuyền"),
            ("lý", "lý"),
            ("ý", "ý"),
            ("yếu", "yếu"),
            ("Đắk", "Đắk"),
            ("Ủy ban", "Ủy ban"),
            ("Uỷ ban", "Ủy ban"),
            ("xã Hoà-Phú, thôn 2", "xã Hòa-Phú, thôn 2"),
            // Not syllables of Vietnamese: left alone.
            ("café", "café"),
            ("José", "José"),
            ("naïve", "naïve"),
            ("HoàThuý", "HoàThuý"),
            ("", ""),
        ] {
            assert_eq!(tone_placed(from), to, "{from:?}");
        }
    }

    #[test]
    fn names_of_the_statistics_office_stay_as_they_are() {
        for list in [
            include_str!("../../../../content/units/08.csv"),
            include_str!("../../../../content/units/19.csv"),
            include_str!("../../../../content/units/22.csv"),
            include_str!("../../../../content/units/24.csv"),
            include_str!("../../../../content/units/25.csv"),
        ] {
            assert_eq!(tone_placed(list), list);
        }
    }

    #[test]
    fn a_key_blind_to_placement_keeps_tones() {
        for (a, b, same) in [
            ("Hoà", "HÒA", true),
            ("Thuỷ", "thủy", true),
            ("Quý", "Qúy", true),
            ("Hoa", "Hòa", false),
            ("Hòa", "Hóa", false),
            ("Dung", "Dũng", false),
            ("Đức", "Dức", false),
            ("Ðức", "Đức", true),
            (" Hoà  Bình ", "Hòa\u{a0}Bình", true),
        ] {
            assert_eq!(same_spelling(a) == same_spelling(b), same, "{a:?} {b:?}");
        }
    }

    proptest! {
        #[test]
        fn placing_twice_is_placing_once(text in "([bghklmnqtgi]{0,2}[uoiyaeêơưâ]{1,3}[\u{300}\u{301}\u{303}\u{309}\u{323}]?[uoiyae]{0,1}[cnghmpt]{0,2}[ -]){0,5}") {
            let once = tone_placed(&text);
            prop_assert_eq!(tone_placed(&once), once.clone());
            prop_assert_eq!(super::super::fold(&once), super::super::fold(&text));
            prop_assert_eq!(same_spelling(&once), same_spelling(&text));
        }

        #[test]
        fn wherever_the_tone_was_typed_it_lands_in_one_place(
            syllable in "(h|th|ng|kh|b)(oa|oe|uy|oai|uyu|oan|uynh|oang|ươi|uyên)",
            tone in prop::sample::select(vec!['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}']),
        ) {
            let chars: Vec<char> = syllable.chars().collect();
            let keys: std::collections::BTreeSet<String> = (0..chars.len())
                .filter(|at| is_vowel(chars[*at]))
                .map(|at| {
                    let mut text: String = chars[..=at].iter().collect();
                    text.push(tone);
                    text.extend(&chars[at + 1..]);
                    same_spelling(&text)
                })
                .collect();
            prop_assert_eq!(keys.len(), 1);
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC*") {
            tone_placed(&text);
            same_spelling(&text);
        }
    }
}
