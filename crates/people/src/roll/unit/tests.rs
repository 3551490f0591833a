//! A small province, and the ways its units are written.

use proptest::prelude::*;

use super::*;

const PROVINCE: u32 = 1;
const MINH_HOA: u32 = 10;
const MINH_PHU: u32 = 11;
const THUY_SON: u32 = 12;
const OLD_HOA_LAC: u32 = 13;
const OLD_THUY_SON: u32 = 14;
const DONG_MINH_HOA: u32 = 20;
const DONG_MINH_PHU: u32 = 21;
const TO_2: u32 = 22;
const KINH_TE: u32 = 30;
const SCHOOL: u32 = 31;
const HOME_AFFAIRS: u32 = 32;
const POLICE_MINH_PHU: u32 = 33;

fn matcher() -> UnitMatcher<u32> {
    let unit = |key, name: &str, code: &str, parent| Entry {
        key,
        name: name.to_owned(),
        code: (!code.is_empty()).then(|| code.to_owned()),
        aliases: Vec::new(),
        parent,
        merged_into: None,
        split_into: Vec::new(),
    };
    let below = Some(PROVINCE);
    UnitMatcher::new([
        unit(PROVINCE, "Tỉnh Phú Minh", "99", None),
        Entry { aliases: vec!["07911".into()], ..unit(MINH_HOA, "Xã Minh Hòa", "07900", below) },
        unit(MINH_PHU, "Phường Minh Phú", "07903", below),
        unit(THUY_SON, "Xã Thủy Sơn", "07906", below),
        Entry { merged_into: Some(MINH_HOA), ..unit(OLD_HOA_LAC, "Xã Hòa Lạc", "07901", None) },
        Entry {
            merged_into: Some(THUY_SON), ..unit(OLD_THUY_SON, "Xã Thủy Sơn", "07907", None)
        },
        unit(DONG_MINH_HOA, "Thôn Đông", "", Some(MINH_HOA)),
        unit(DONG_MINH_PHU, "Khu Đông", "", Some(MINH_PHU)),
        unit(TO_2, "Tổ dân phố 2", "", Some(MINH_PHU)),
        unit(KINH_TE, "Phòng Kinh tế", "", Some(MINH_HOA)),
        unit(SCHOOL, "Trường Tiểu học Minh Hòa", "", Some(MINH_HOA)),
        unit(HOME_AFFAIRS, "Sở Nội vụ", "", below),
        unit(POLICE_MINH_PHU, "Công an phường Minh Phú", "", Some(MINH_PHU)),
    ])
}

#[test]
fn one_unit() {
    use How::*;
    for (text, key, how) in [
        ("07900", MINH_HOA, Code),
        ("07911", MINH_HOA, Code),
        ("7900", MINH_HOA, CodePadded),
        ("07900 - Xã Minh Hòa", MINH_HOA, Code),
        ("Xã Minh Hòa", MINH_HOA, Name),
        ("XÃ MINH HOÀ", MINH_HOA, Name),
        ("Xa\u{303} Minh Ho\u{300}a", MINH_HOA, Name),
        ("Xã Thuỷ Sơn", THUY_SON, Name),
        ("Minh Hòa", MINH_HOA, NameWithoutForm),
        ("UBND xã Minh Hòa", MINH_HOA, NameWithoutForm),
        ("Ủy ban nhân dân xã Minh Hoà", MINH_HOA, NameWithoutForm),
        ("HĐND và UBND xã Minh Hòa", MINH_HOA, NameWithoutForm),
        ("Phường Minh Hòa", MINH_HOA, OtherForm),
        ("P. Minh Phú", MINH_PHU, Name),
        ("Công an xã Minh Hòa", MINH_HOA, BodyOf),
        ("Đảng ủy xã Minh Hòa", MINH_HOA, BodyOf),
        ("Công an phường Minh Phú", POLICE_MINH_PHU, Name),
        ("CA phường Minh Phú", POLICE_MINH_PHU, Name),
        ("xa minh hoa", MINH_HOA, WithoutAccents),
        ("minh hoa", MINH_HOA, WithoutAccents),
        ("Tieu hoc Minh Hoa", SCHOOL, WithoutAccents),
        ("Trường TH Minh Hòa", SCHOOL, Name),
        ("TH Minh Hòa", SCHOOL, NameWithoutForm),
        ("Tổ dân phố số 2", TO_2, Name),
        ("TDP 02", TO_2, Name),
        ("Tổ 2", TO_2, NameWithoutForm),
        ("Thôn Đông", DONG_MINH_HOA, Name),
        ("Thôn Đông, xã Minh Hòa", DONG_MINH_HOA, Name),
        ("Khu Đông phường Minh Phú", DONG_MINH_PHU, Name),
        ("Đông (phường Minh Phú)", DONG_MINH_PHU, NameWithoutForm),
        ("Phòng Kinh tế xã Minh Hòa", KINH_TE, Name),
        ("Phòng Kinh tế - UBND xã Minh Hoà", KINH_TE, Name),
        ("Sở Nội vụ tỉnh Phú Minh", HOME_AFFAIRS, Name),
        ("SỞ NỘI VỤ", HOME_AFFAIRS, Name),
    ] {
        assert_eq!(matcher().find(text, None), Match::One(key, how), "{text}");
    }
}

#[test]
fn several_none_and_what_was_merged_away() {
    let find = |text: &str| matcher().find(text, None);
    let merged = |how| Match::Merged { old: OLD_HOA_LAC, into: MINH_HOA, how };
    assert_eq!(find("Đông"), Match::Many(vec![DONG_MINH_HOA, DONG_MINH_PHU]));
    assert_eq!(find("Xã Hòa Lạc"), merged(How::Name));
    assert_eq!(find("xã Hoà Lạc"), merged(How::Name));
    assert_eq!(find("07901"), merged(How::Code));
    assert_eq!(find("Thủy Sơn"), Match::One(THUY_SON, How::NameWithoutForm), "the one that is");
    assert_eq!(find("Xã Minh Hỏa"), Match::One(MINH_HOA, How::WithoutAccents));
    assert_eq!(find("Xã Minh Hoa Lư"), Match::None(vec![]));
    assert_eq!(find("Xã Mnih Hòa"), Match::None(vec![MINH_HOA]), "suggested, not taken");
    assert_eq!(find("Trường THCS Minh Hòa"), Match::None(vec![]), "no commune for a school");
    assert_eq!(find("07900 - Phường Minh Phú"), Match::None(vec![]), "the code contradicts");
    assert_eq!(find("12345"), Match::None(vec![]));
    assert_eq!(find("  "), Match::None(vec![]));
}

#[test]
fn within_a_unit() {
    let find = |text: &str, within| matcher().find(text, Some(within));
    assert_eq!(find("Đông", MINH_PHU), Match::One(DONG_MINH_PHU, How::NameWithoutForm));
    assert_eq!(find("Đông", PROVINCE), Match::Many(vec![DONG_MINH_HOA, DONG_MINH_PHU]));
    assert_eq!(find("Xã Minh Hòa", MINH_HOA), Match::One(MINH_HOA, How::Name), "itself");
    assert_eq!(find("Sở Nội vụ", MINH_HOA), Match::None(vec![]));
    let merged = Match::Merged { old: OLD_HOA_LAC, into: MINH_HOA, how: How::Name };
    assert_eq!(find("Xã Hòa Lạc", MINH_HOA), merged, "what went into it");
    assert_eq!(find("Xã Hòa Lạc", MINH_PHU), Match::None(vec![]));
}

#[test]
fn trees_and_mergers_that_loop_end() {
    let entry = |key, parent, merged_into| Entry {
        key,
        name: format!("Xã {key}a"),
        code: None,
        aliases: vec!["Xã Chung".into()],
        parent: Some(parent),
        merged_into,
        split_into: Vec::new(),
    };
    let looped = UnitMatcher::new([entry(1, 2, Some(2)), entry(2, 1, Some(1))]);
    assert!(matches!(looped.find("Xã 1a", None), Match::Merged { .. }));
    assert_eq!(looped.find("Xã 1a", Some(9)), Match::None(vec![]));
}

/// The communes of five real provinces, each written in many ways, are found one by one.
#[test]
fn real_lists_of_communes() {
    for list in [
        include_str!("../../../../../content/units/08.csv"),
        include_str!("../../../../../content/units/19.csv"),
        include_str!("../../../../../content/units/22.csv"),
        include_str!("../../../../../content/units/24.csv"),
        include_str!("../../../../../content/units/25.csv"),
    ] {
        let rows: Vec<Vec<&str>> =
            list.lines().skip(1).map(|line| line.split(',').collect()).collect();
        let entry = |(key, row): (usize, &Vec<&str>)| Entry {
            key,
            name: row[2].to_owned(),
            code: Some(row[0].to_owned()),
            aliases: Vec::new(),
            parent: None,
            merged_into: None,
            split_into: Vec::new(),
        };
        let matcher = UnitMatcher::new(rows.iter().enumerate().map(entry));
        for (key, row) in rows.iter().enumerate() {
            let (code, name) = (row[0], row[2]);
            let (_, bare) = name.trim_start_matches("Đặc ").split_once(' ').unwrap();
            for text in [
                code.to_owned(),
                code.trim_start_matches('0').to_owned(),
                name.to_owned(),
                name.to_uppercase(),
                bare.to_owned(),
                format!("UBND {name}"),
                format!("{code} - {name}"),
                format!("{name}, tỉnh Phú Minh"),
            ] {
                let found = matcher.find(&text, None);
                assert!(matches!(found, Match::One(one, _) if one == key), "{text}: {found:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in "\\PC{0,30}|(xã|phường|Minh|Hòa|,|-| |tỉnh|07900|UBND){0,8}") {
        matcher().find(&text, None);
    }

    #[test]
    fn distances_are_those_of_the_definition(a in "[ab]{0,6}", b in "[ab]{0,6}") {
        fn slow(a: &[char], b: &[char]) -> usize {
            match (a, b) {
                ([], rest) | (rest, []) => rest.len(),
                ([x, a @ ..], [y, b @ ..]) if x == y => slow(a, b),
                ([_, short_a @ ..], [_, short_b @ ..]) => {
                    1 + slow(short_a, short_b).min(slow(short_a, b)).min(slow(a, short_b))
                }
            }
        }
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        let right = slow(&chars(&a), &chars(&b));
        for most in 0..4 {
            prop_assert_eq!(distance(&a, &b, most), (right <= most).then_some(right));
        }
    }
}

fn with_old() -> UnitMatcher<u32> {
    let old = |code: &str, name: &str, district: &str, key| OldWard {
        code: (!code.is_empty()).then(|| code.to_owned()),
        name: name.to_owned(),
        district: district.to_owned(),
        province: "Tỉnh Phú Thọ".to_owned(),
        key,
    };
    let entry = |key, name: &str, code: &str| Entry {
        key,
        name: name.to_owned(),
        code: Some(code.to_owned()),
        aliases: Vec::new(),
        parent: Some(1),
        merged_into: None,
        split_into: Vec::new(),
    };
    let today = [
        entry(2, "Xã Yên Lập", "00901"),
        entry(3, "Xã Thanh Sơn", "00902"),
        entry(4, "Phường Phú Thọ", "00903"),
    ];
    UnitMatcher::new(today).with_old([
        old("00911", "Xã Tân Lập", "Huyện Yên Lập", 2),
        old("00912", "Xã Tân Lập", "Huyện Thanh Sơn", 3),
        old("00913", "Thị trấn Yên Lập", "Huyện Yên Lập", 2),
        old("00914", "Xã Hà Lộc", "Thị xã Phú Thọ", 4),
        old("", "Xã Phú Hộ", "Thị xã Phú Thọ", 4),
        old("00901", "Xã Đồng Lạc", "Huyện Yên Lập", 3),
    ])
}

#[test]
fn a_commune_of_before_is_found_by_its_district_and_never_guessed() {
    let matcher = with_old();
    let table = [
        ("Xã Tân Lập, huyện Yên Lập", Match::Former(2)),
        ("xã Tân Lập huyện Thanh Sơn tỉnh Phú Thọ", Match::Former(3)),
        ("Xa Tan Lap, Huyen Yen Lap", Match::Former(2)),
        ("Xã Tân Lập", Match::Many(vec![2, 3])),
        ("Tân Lập (Yên Lập)", Match::Former(2)),
        ("Thị trấn Yên Lập, huyện Yên Lập", Match::Former(2)),
        ("UBND xã Hà Lộc - thị xã Phú Thọ", Match::Former(4)),
        ("xã Hà Lộc, TX Phú Thọ", Match::Former(4)),
        ("Phú Hộ", Match::Former(4)),
        ("00912", Match::Former(3)),
        // Today's units come first, by name and by code.
        ("Xã Yên Lập", Match::One(2, How::Name)),
        ("00901", Match::One(2, How::Code)),
        ("Xã Tân Lập, huyện Không Có", Match::None(vec![])),
    ];
    for (text, wanted) in table {
        assert_eq!(matcher.find(text, None), wanted, "{text}");
    }
    assert_eq!(matcher.find("Xã Tân Lập", Some(3)), Match::Former(3));
}
