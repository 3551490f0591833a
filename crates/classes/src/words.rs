//! How times, ages and places of classes are said.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use thao_base::Lang;
use thao_base::locale::local_date;
use thao_people::Birth;

use crate::schedule::Evening;

/// `19:30–21:00, thứ Bảy 21/11/2026`.
pub fn when(lang: Lang, evening: Evening) -> String {
    format!("{}, {}", hours(lang, evening), day(lang, evening.starts_at))
}

/// `19:30–21:00`.
pub fn hours(lang: Lang, evening: Evening) -> String {
    format!("{}–{}", lang.time(evening.starts_at), lang.time(evening.ends_at))
}

/// `thứ Bảy 21/11/2026`.
pub fn day(lang: Lang, at: Timestamp) -> String {
    let date = local_date(at);
    format!("{} {}", weekday(lang, date), lang.date(date))
}

/// How far away a day is, where that is said in a word: yesterday, today, tomorrow.
pub fn near(lang: Lang, date: Date, today: Date) -> Option<&'static str> {
    match (date - today).get_days() {
        -1 => Some(lang.t("classes.day.yesterday")),
        0 => Some(lang.t("classes.day.today")),
        1 => Some(lang.t("classes.day.tomorrow")),
        _ => None,
    }
}

fn weekday(lang: Lang, date: Date) -> &'static str {
    lang.t(match date.weekday() {
        Weekday::Monday => "classes.weekday.monday",
        Weekday::Tuesday => "classes.weekday.tuesday",
        Weekday::Wednesday => "classes.weekday.wednesday",
        Weekday::Thursday => "classes.weekday.thursday",
        Weekday::Friday => "classes.weekday.friday",
        Weekday::Saturday => "classes.weekday.saturday",
        Weekday::Sunday => "classes.weekday.sunday",
    })
}

/// `20/11/1958` or `1958`; a dash when nothing is known.
pub fn born(lang: Lang, birth: Option<Birth>) -> String {
    match birth {
        Some(Birth::Day(date)) => lang.date(date),
        Some(Birth::Year(year)) => year.to_string(),
        None => "–".to_owned(),
    }
}

/// What tells people of one name apart: `Thôn Một, 1958`.
pub fn apart(village: Option<&str>, birth: Option<Birth>) -> String {
    let parts = [village.map(str::to_owned), birth.map(|birth| birth.year().to_string())];
    parts.into_iter().flatten().collect::<Vec<String>>().join(", ")
}

/// A name of a unit without what kind it is, as dates of papers have it: `Xã Hòa Bình` → `Hòa Bình`.
pub fn bare_name(name: &str) -> &str {
    ["Xã ", "Phường ", "Đặc khu "]
        .into_iter()
        .find_map(|kind| name.strip_prefix(kind))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;
    use crate::schedule::evening;

    #[test]
    fn a_time_is_said_as_an_invitation_says_it() {
        let evening = evening(date(2026, 11, 21), time(19, 30, 0, 0), time(21, 0, 0, 0)).unwrap();
        assert_eq!(when(Lang::Vi, evening), "19:30–21:00, thứ Bảy 21/11/2026");
        assert_eq!(when(Lang::En, evening), "19:30–21:00, Saturday 21/11/2026");
        let today = date(2026, 11, 20);
        assert_eq!(near(Lang::Vi, date(2026, 11, 21), today), Some("Ngày mai"));
        assert_eq!(near(Lang::Vi, date(2026, 11, 22), today), None);
    }

    #[test]
    fn people_of_one_name_are_told_apart() {
        assert_eq!(apart(Some("Thôn Một"), Some(Birth::Year(1958))), "Thôn Một, 1958");
        assert_eq!(apart(None, Some(Birth::Day(date(1958, 2, 1)))), "1958");
        assert_eq!(apart(None, None), "");
        assert_eq!(born(Lang::Vi, Some(Birth::Day(date(1958, 2, 1)))), "01/02/1958");
        assert_eq!((bare_name("Xã Hòa Bình"), bare_name("Sở Nội vụ")), ("Hòa Bình", "Sở Nội vụ"));
    }
}
