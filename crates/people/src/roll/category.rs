//! Words with a fixed meaning: sex, category of staff, code of rank.

use serde::{Deserialize, Serialize};
use thao_base::text::fold;
use thao_sheet::Cell;

use super::finding::{Flagged, Taken};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Male,
    Female,
}

impl Sex {
    pub fn code(self) -> &'static str {
        match self {
            Sex::Male => "male",
            Sex::Female => "female",
        }
    }
}

/// Categories of people who work for the state, with the keys of `content/lists`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    CanBo,
    CongChuc,
    VienChuc,
    NguoiLaoDong,
    KhongChuyenTrach,
}

impl Category {
    pub const ALL: [Category; 5] = [
        Category::CanBo,
        Category::CongChuc,
        Category::VienChuc,
        Category::NguoiLaoDong,
        Category::KhongChuyenTrach,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Category::CanBo => "can_bo",
            Category::CongChuc => "cong_chuc",
            Category::VienChuc => "vien_chuc",
            Category::NguoiLaoDong => "nguoi_lao_dong",
            Category::KhongChuyenTrach => "khong_chuyen_trach",
        }
    }
}

/// `Nam`, `Nữ` and what is written for them; other words are flagged and left out.
pub fn sex(cell: &Cell) -> Taken<Option<Sex>> {
    let from = cell.text();
    match fold(&from).as_str() {
        "" => Taken::plain(None),
        "nam" | "m" | "male" | "trai" | "ong" | "anh" => Taken::plain(Some(Sex::Male)),
        "nu" | "f" | "female" | "gai" | "ba" | "chi" => Taken::plain(Some(Sex::Female)),
        _ => Taken::flagged(None, Flagged::SexUnknown, &from, ""),
    }
}

/// `CC`, `Công chức cấp xã`, `HĐLĐ` … `CBCC` may be two things: flagged and left out, as other
/// words are.
pub fn category(cell: &Cell) -> Taken<Option<Category>> {
    let from = cell.text();
    let words = fold(&from);
    if words.is_empty() {
        return Taken::plain(None);
    }
    let short = match words.as_str() {
        "cb" => Some(Category::CanBo),
        "cc" => Some(Category::CongChuc),
        "vc" => Some(Category::VienChuc),
        "hd" | "hdld" | "ld" | "nld" | "ldhd" | "hd 68" | "hd68" | "hd 111" | "hd111" => {
            Some(Category::NguoiLaoDong)
        }
        "kct" | "khong ct" | "hdkct" | "nhdkct" => Some(Category::KhongChuyenTrach),
        _ => None,
    };
    // Those of villages first: their name says of what they are none.
    let starts: [(&[&str], Category); 5] = [
        (
            &[
                "nguoi hoat dong khong chuyen trach",
                "khong chuyen trach",
                "can bo khong chuyen trach",
                "hoat dong khong chuyen trach",
            ],
            Category::KhongChuyenTrach,
        ),
        (&["cong chuc"], Category::CongChuc),
        (&["vien chuc"], Category::VienChuc),
        (&["hop dong", "lao dong", "nguoi lao dong"], Category::NguoiLaoDong),
        (&["can bo"], Category::CanBo),
    ];
    let begins = |start: &str| {
        words.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let mut long = starts.iter().filter(|(words, _)| words.iter().any(|start| begins(start)));
    let found = short.or_else(|| long.next().map(|(_, category)| *category));
    // `Cán bộ, công chức` names two.
    let named =
        ["can bo", "cong chuc", "vien chuc"].iter().filter(|name| words.contains(*name)).count();
    match found {
        Some(category) if named < 2 => Taken::plain(Some(category)),
        _ => Taken::flagged(None, Flagged::CategoryUnknown, &from, ""),
    }
}

/// A code such as `01.003` or `V.07.05.14`. Spreadsheets make `1.003` of the first: put back and
/// flagged.
pub fn rank_code(cell: &Cell) -> Taken<Option<String>> {
    if let Cell::Number { value, .. } = cell.value() {
        let code = format!("{value:06.3}");
        return Taken::flagged(Some(code.clone()), Flagged::RankCodeFromNumber, &cell.text(), code);
    }
    let code = cell.text().replace(' ', "").to_uppercase();
    let fits = code.contains(|c: char| c.is_ascii_digit());
    Taken::plain(fits.then_some(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn sexes() {
        for (word, value, fits) in [
            ("Nam", Some(Sex::Male), true),
            ("NỮ", Some(Sex::Female), true),
            ("Nu\u{31b}\u{303}", Some(Sex::Female), true),
            ("Bà", Some(Sex::Female), true),
            ("", None, true),
            ("1", None, false),
            ("Nam/Nữ", None, false),
        ] {
            let taken = sex(&text(word));
            assert_eq!((taken.value, taken.flags.is_empty()), (value, fits), "{word}");
        }
    }

    #[test]
    fn categories() {
        use Category::*;
        for (word, value) in [
            ("CC", Some(CongChuc)),
            ("Công chức", Some(CongChuc)),
            ("công chức cấp xã", Some(CongChuc)),
            ("VC", Some(VienChuc)),
            ("Viên chức", Some(VienChuc)),
            ("Cán bộ", Some(CanBo)),
            ("CB", Some(CanBo)),
            ("HĐLĐ", Some(NguoiLaoDong)),
            ("Hợp đồng 111", Some(NguoiLaoDong)),
            ("Lao động hợp đồng", Some(NguoiLaoDong)),
            ("Người hoạt động không chuyên trách", Some(KhongChuyenTrach)),
            ("Người hoạt động KCT", None),
            ("Không chuyên trách ở thôn", Some(KhongChuyenTrach)),
            ("CBCC", None),
            ("Cán bộ, công chức", None),
            ("Công chức, viên chức", None),
            ("Bộ đội", None),
        ] {
            let taken = category(&text(word));
            assert_eq!((taken.value, taken.flags.is_empty()), (value, value.is_some()), "{word}");
        }
        assert_eq!(category(&Cell::Empty), Taken::plain(None));
    }

    #[test]
    fn codes_are_those_of_the_list() {
        let list = include_str!("../../../../content/lists/staff_categories.toml");
        for category in Category::ALL {
            assert!(list.contains(&format!("key = \"{}\"", category.code())), "{category:?}");
        }
        assert_eq!(list.matches("[[entries]]").count(), Category::ALL.len());
    }

    #[test]
    fn codes_of_ranks() {
        for (cell, code, flagged) in [
            (text("01.003"), Some("01.003"), false),
            (text("V.07.05.14"), Some("V.07.05.14"), false),
            (text("v. 07. 05. 14"), Some("V.07.05.14"), false),
            (Cell::number(1.003), Some("01.003"), true),
            (Cell::number(13.095), Some("13.095"), true),
            (text("-"), None, false),
            (Cell::Empty, None, false),
        ] {
            let taken = rank_code(&cell);
            assert_eq!(
                (taken.value.as_deref(), !taken.flags.is_empty()),
                (code, flagged),
                "{cell:?}"
            );
        }
    }
}
