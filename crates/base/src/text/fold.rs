//! The key under which text is searched: what is left when nobody types accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::is_invisible;

/// A search key: lower case, no diacritics, `đ` as `d`, punctuation as a space, single spaces.
/// `Hoà`, `Hòa` and `HOA` have one key; letters of other scripts stay.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    // Some capitals only come apart once they are small, hence the second decomposition.
    for c in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        if is_combining_mark(c) || is_invisible(c) {
            continue;
        }
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(if matches!(c, 'đ' | 'ð' | 'ɖ') { 'd' } else { c });
        } else {
            gap = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_key_for_many_spellings() {
        for (from, to) in [
            ("Hoà", "hoa"),
            ("Hòa", "hoa"),
            ("HOA", "hoa"),
            ("Ho\u{61}\u{300}", "hoa"),
            ("Đặng Thị Ánh-Tuyết", "dang thi anh tuyet"),
            ("Ðặng", "dang"),
            ("  Họ,  chữ đệm (khai sinh) ", "ho chu dem khai sinh"),
            ("Xã/Phường", "xa phuong"),
            ("H'Mông", "h mong"),
            ("Tổ 10", "to 10"),
            ("\u{feff}STT\u{200b}", "stt"),
            ("１２", "12"),
            ("...", ""),
        ] {
            assert_eq!(fold(from), to, "{from:?}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(text in "\\PC*") {
            let key = fold(&text);
            prop_assert_eq!(fold(&key), key.clone());
            prop_assert!(!key.contains("  ") && key.trim() == key);
        }

        #[test]
        fn case_and_spaces_do_not_matter(words in prop::collection::vec("[a-zăâđêôơưạảễ]{1,6}", 1..5)) {
            let upper = words.join("  ").to_uppercase();
            prop_assert_eq!(fold(&upper), fold(&words.join(" ")));
        }
    }
}
