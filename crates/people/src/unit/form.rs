//! The form of a unit, by the word its full name starts with.

/// First words of full names, and the form they say.
const FORMS: [(&str, &str); 11] = [
    ("Xã ", "xa"),
    ("Phường ", "phuong"),
    ("Đặc khu ", "dac_khu"),
    ("Thị trấn ", "thi_tran"),
    ("Tổ dân phố ", "to_dan_pho"),
    ("Thôn ", "thon"),
    ("Bản ", "ban"),
    ("Xóm ", "xom"),
    ("Khu ", "khu"),
    ("Ấp ", "ap"),
    ("Tỉnh ", "tinh"),
];

/// The form a name says, when it says one.
pub fn form_of(name: &str) -> Option<&'static str> {
    FORMS.iter().find(|(word, _)| name.starts_with(word)).map(|(_, form)| *form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_name_says_its_form() {
        assert_eq!(form_of("Phường Ví Dụ"), Some("phuong"));
        assert_eq!(form_of("Khu 3"), Some("khu"));
        assert_eq!(form_of("Phườngg"), None);
        assert_eq!(form_of("Sở Nội vụ"), None);
    }
}
