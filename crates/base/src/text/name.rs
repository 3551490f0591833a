//! Names of people typed in capitals, or without any.

use super::tidy;

/// `NGUYỄN THỊ HOA` and `nguyễn thị hoa` become `Nguyễn Thị Hoa`; a name in mixed case is the
/// person's own and is only tidied.
pub fn proper_name(name: &str) -> String {
    let name = tidy(name);
    let any_upper = name.contains(char::is_uppercase);
    let any_lower = name.contains(char::is_lowercase);
    if any_upper && any_lower {
        return name;
    }
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
        inside = c.is_alphabetic();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_names_without_case_are_rewritten() {
        for (from, to) in [
            ("NGUYỄN THỊ HOA", "Nguyễn Thị Hoa"),
            ("nguyễn  thị hoa ", "Nguyễn Thị Hoa"),
            ("Nguyễn thị Hoa", "Nguyễn thị Hoa"),
            ("ĐẶNG Ơ", "Đặng Ơ"),
            ("H'HOA NIÊ", "H'Hoa Niê"),
            ("lê-ánh", "Lê-Ánh"),
            ("TRẦN VĂN A 2", "Trần Văn A 2"),
            ("A", "A"),
            ("", ""),
        ] {
            assert_eq!(proper_name(from), to, "{from:?}");
        }
    }

    proptest! {
        #[test]
        fn capitals_and_small_letters_give_one_name(name in "[a-zăâđêôơư]{1,6}( [a-zăâđêôơư]{2,6}){0,3}") {
            let proper = proper_name(&name);
            prop_assert_eq!(&proper_name(&name.to_uppercase()), &proper);
            prop_assert_eq!(proper_name(&proper), proper);
        }
    }
}
