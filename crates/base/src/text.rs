//! Vietnamese text: one way to clean it, compare it, spell it and put it in order.
//!
//! Text from offices comes composed and decomposed, with the tone on either vowel (Hoà, Hòa), in
//! capitals, with invisible characters between. All functions here are pure and never fail.

mod fold;
mod letter;
mod name;
mod order;
mod spelling;

pub use fold::fold;
pub use name::proper_name;
pub use order::{name_sort_key, sort_key};
pub use spelling::{same_spelling, tone_placed};

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The composed form of Unicode (NFC), in which everything is stored.
pub fn nfc(text: &str) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.to_owned(),
        IsNormalized::No | IsNormalized::Maybe => text.nfc().collect(),
    }
}

/// What a person typed, without what cannot be seen: composed, trimmed, one space between words
/// (line ends, tabs and non-breaking spaces are spaces too), no zero-width or control characters.
pub fn tidy(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let mut out = String::with_capacity(seen.len());
    for word in nfc(&seen).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether nothing of it can be seen: [`tidy`] would leave nothing.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Zero-width characters, marks of direction, soft hyphens and control characters that are not
/// white space. PostgreSQL refuses U+0000 in text; the others make equal words unequal.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
            | '\u{FE00}'..='\u{FE0F}'
    ) || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tidy_keeps_what_is_seen() {
        for (from, to) in [
            ("", ""),
            ("  Nguyễn   Văn\tAn \r\n", "Nguyễn Văn An"),
            ("Nguyễn\u{a0}Văn\u{202f}An", "Nguyễn Văn An"),
            ("\u{feff}Họ và tên\u{200b}", "Họ và tên"),
            ("Ho\u{200d}a\u{0300}", "Hoà"),
            ("Thôn\u{0}1", "Thôn1"),
            ("Nguye\u{302}\u{303}n", "Nguyễn"),
        ] {
            assert_eq!(tidy(from), to, "{from:?}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in "\\PC*|[ \u{0}-\u{30}\u{a0}\u{200b}a\u{300}-\u{323}]*") {
            prop_assert_eq!(tidy(&tidy(&text)), tidy(&text));
            prop_assert_eq!(nfc(&nfc(&text)), nfc(&text));
            prop_assert_eq!(is_blank(&text), tidy(&text).is_empty());
        }

        #[test]
        fn decomposed_text_is_the_same_text(text in "[a-zA-ZăâđêôơưàảãáạằẵễốợừĐ .,'-]{0,40}") {
            let apart: String = text.nfd().collect();
            prop_assert_eq!(tidy(&apart), tidy(&text));
            prop_assert_eq!(fold(&apart), fold(&text));
            prop_assert_eq!(same_spelling(&apart), same_spelling(&text));
            prop_assert_eq!(tone_placed(&apart), tone_placed(&text));
            prop_assert_eq!(name_sort_key(&apart), name_sort_key(&text));
            prop_assert_eq!(proper_name(&apart), proper_name(&text));
        }
    }
}
