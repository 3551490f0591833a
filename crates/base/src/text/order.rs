//! Vietnamese order as plain bytes, so that both databases sort alike under COLLATE "C".
//!
//! The alphabet is a ă â b c d đ e ê … o ô ơ … u ư …; syllable by syllable, first the letters,
//! then the tone (ngang, huyền, hỏi, ngã, sắc, nặng), as dictionaries and class rolls do.

use super::letter::{Letter, Tone, letters};

/// The key of a person's name: the given name (the last word) first, then the rest from the left.
/// ASCII; case and punctuation do not matter.
pub fn name_sort_key(name: &str) -> String {
    let words: Vec<&str> =
        name.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect();
    let Some((given, rest)) = words.split_last() else { return String::new() };
    let mut key = sort_key(given);
    if !rest.is_empty() {
        // Two spaces: a shorter given name goes before a longer one, whatever stands before it.
        key.push_str("  ");
        key.push_str(&sort_key(&rest.join(" ")));
    }
    key
}

/// The key of any other text, read from the left; numbers go by value (`Tổ 2` before `Tổ 10`).
/// ASCII; case, punctuation and leading zeros do not matter.
pub fn sort_key(text: &str) -> String {
    let apart = letters(text);
    let mut key = String::with_capacity(text.len() * 2);
    for token in apart.chunk_by(|a, b| class(a) == class(b)) {
        match token.first().map(class) {
            Some(Class::Letter) => write_word(token, start(&mut key)),
            Some(Class::Digit) => write_number(token, start(&mut key)),
            Some(Class::Gap) | None => {}
        }
    }
    key
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Class {
    Letter,
    Digit,
    Gap,
}

fn class(letter: &Letter) -> Class {
    if letter.base.is_ascii_digit() {
        Class::Digit
    } else if letter.base.is_alphanumeric() {
        Class::Letter
    } else {
        Class::Gap
    }
}

fn start(key: &mut String) -> &mut String {
    if !key.is_empty() {
        key.push(' ');
    }
    key
}

/// Letters, then tones: every sign of a tone is greater than a space and smaller than a letter,
/// so `hoa` < `hòa` < `hoan` and `hoa z` < `hòa a`.
fn write_word(word: &[Letter], key: &mut String) {
    for letter in word {
        write_letter(letter.lower(), key);
    }
    for letter in word {
        key.extend(letter.tone.map(|tone| match tone {
            Tone::Huyen => '!',
            Tone::Hoi => '"',
            Tone::Nga => '#',
            Tone::Sac => '$',
            Tone::Nang => '%',
        }));
        if !letter.foreign.is_empty() {
            key.push('&');
        }
    }
}

/// `{`, `|` and `~` come after `z`: ă goes after az, before b; other scripts go last.
fn write_letter(letter: char, key: &mut String) {
    match letter {
        'a'..='z' => key.push(letter),
        'ă' => key.push_str("a{"),
        'â' => key.push_str("a|"),
        'đ' => key.push_str("d{"),
        'ê' => key.push_str("e{"),
        'ô' => key.push_str("o{"),
        'ơ' => key.push_str("o|"),
        'ư' => key.push_str("u{"),
        other => key.push_str(&format!("~{:06x}", u32::from(other))),
    }
}

/// The count of digits in two places, then the digits. Beyond 99 digits it is no number any more.
fn write_number(number: &[Letter], key: &mut String) {
    let digits: String = number.iter().map(|digit| digit.base).collect();
    let digits = digits.trim_start_matches('0');
    key.push_str(&format!("{:02}{digits}", digits.len().min(99)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_in_order(key: fn(&str) -> String, texts: &[&str]) {
        for pair in texts.windows(2) {
            assert!(key(pair[0]) < key(pair[1]), "{} < {}", key(pair[0]), key(pair[1]));
        }
    }

    #[test]
    fn people_go_by_given_name() {
        assert_in_order(
            name_sort_key,
            &[
                "Trần Văn An",
                "Nguyễn Văn Ánh",
                "Lê Thị Ân",
                "Lê Văn Bình",
                "Phạm Dũng",
                "Bùi Văn Đạt",
                "Đặng Thị Hoa",
                "Nguyễn Thị Hoa",
                "Nguyễn Thị Thanh Hoa",
                "An Thị Hòa",
                "An Thị Hỏa",
                "An Văn Hóa",
                "An Văn Hoan",
                "An Văn Hoàn",
                "Lê Văn Tám",
                "Lê Văn Tâm",
                "Lê Thị Thu",
                "Lê Thị Thư",
                "Lê Văn Ý",
            ],
        );
    }

    #[test]
    fn tones_go_ngang_huyen_hoi_nga_sac_nang() {
        assert_in_order(
            sort_key,
            &["ma", "mà", "mả", "mã", "má", "mạ", "mai", "măng", "mân", "me"],
        );
        assert_in_order(name_sort_key, &["A Ma", "A Mà", "A Mả", "A Mã", "A Má", "A Mạ"]);
    }

    #[test]
    fn the_alphabet() {
        let letters = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z 中";
        assert_in_order(sort_key, &letters.split(' ').collect::<Vec<_>>());
        assert_in_order(sort_key, &["an", "az", "ăn", "ân", "ba"]);
    }

    #[test]
    fn numbers_go_by_value() {
        assert_in_order(
            sort_key,
            &["Tổ", "Tổ 1", "Tổ 2", "Tổ 2 A", "Tổ 10", "Tổ 100", "Tổ dân phố"],
        );
        assert_eq!(sort_key("Tổ02"), sort_key("Tổ 2"));
        assert!(sort_key("Tổ 2b") > sort_key("Tổ 2a"));
        assert_eq!(sort_key("0"), "00");
    }

    #[test]
    fn spelling_does_not_matter() {
        assert_eq!(name_sort_key("NGUYỄN THỊ HOÀ"), name_sort_key("Nguyễn  Thị Hòa"));
        assert_eq!(name_sort_key("Nguyễn Thị Hòa ."), name_sort_key("Nguyễn Thị Hòa"));
        assert_eq!(sort_key("Ðà Nẵng"), sort_key("Đà Nẵng"));
        assert_eq!(name_sort_key(" - "), "");
        assert_eq!(name_sort_key("Hoa"), "hoa");
    }

    proptest! {
        #[test]
        fn keys_are_printable_ascii(text in "\\PC*") {
            for key in [sort_key(&text), name_sort_key(&text)] {
                prop_assert!(key.bytes().all(|b| (0x20..0x7f).contains(&b)), "{}", key);
            }
        }

        #[test]
        fn numbers_sort_as_numbers(a in 0u64.., b in 0u64..) {
            let key = |n: u64| sort_key(&format!("Tổ {n}"));
            prop_assert_eq!(key(a).cmp(&key(b)), a.cmp(&b));
        }

        #[test]
        fn the_given_name_decides_first(
            a in "[a-zăâđ]{1,5}", b in "[a-zăâđ]{1,5}", family in "[A-Z][a-z]{0,4}", other in "[A-Z][a-z]{0,4}",
        ) {
            prop_assume!(a != b);
            let full = name_sort_key(&format!("{family} {a}")).cmp(&name_sort_key(&format!("{other} {b}")));
            prop_assert_eq!(full, sort_key(&a).cmp(&sort_key(&b)));
        }
    }
}
