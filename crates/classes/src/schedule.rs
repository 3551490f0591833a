//! When a class meets: times as people type them, evenings in a row, and the state of a meeting.
//! Pure.

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Span, Timestamp};
use thao_base::locale::{instant_of, local_date};

/// For how long whoever runs the class may open a closed meeting again.
pub const REOPENS_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A class held before and kept on paper may be entered this late; anything older is a slip of
/// the keyboard, or belongs to the import of past results.
const DAYS_BACK: i32 = 90;
const DAYS_AHEAD: i32 = 400;
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// Evenings of one class.
pub const MOST_EVENINGS: usize = 30;

/// One evening: from when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evening {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

/// What is wrong with the evenings of a form: the field and the key of the words.
pub type Fault = (&'static str, &'static str);

/// How evenings follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    Daily,
    Weekly,
}

impl Rhythm {
    pub fn code(self) -> &'static str {
        match self {
            Rhythm::Daily => "daily",
            Rhythm::Weekly => "weekly",
        }
    }

    pub fn from_code(code: &str) -> Option<Rhythm> {
        [Rhythm::Daily, Rhythm::Weekly].into_iter().find(|rhythm| rhythm.code() == code)
    }

    fn days(self) -> i32 {
        match self {
            Rhythm::Daily => 1,
            Rhythm::Weekly => 7,
        }
    }
}

/// The time somebody typed: `19:30`, `19h30`, `19.30`, `1930`, `19h`, `7`.
pub fn time_typed(text: &str) -> Option<Time> {
    let text = text.trim().to_lowercase();
    let (hour, minute) = match text.split_once([':', 'h', '.', 'g']) {
        Some((hour, minute)) => (hour.trim(), minute.trim()),
        None if text.len() == 4 => (text.get(..2)?, text.get(2..)?),
        None => (text.as_str(), ""),
    };
    let number = |text: &str| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if digits { text.parse::<i8>().ok() } else { None }
    };
    let minute = if minute.is_empty() { 0 } else { number(minute)? };
    Time::new(number(hour)?, minute, 0, 0).ok()
}

/// An evening of a day. Vietnam keeps UTC+7 all year, so every local time is an instant.
pub fn evening(date: Date, starts: Time, ends: Time) -> Option<Evening> {
    let zone = TimeZone::fixed(Offset::constant(7));
    let at = |time: Time| date.to_datetime(time).to_zoned(zone.clone()).ok();
    Some(Evening { starts_at: at(starts)?.timestamp(), ends_at: at(ends)?.timestamp() })
}

/// `count` days from `first` on.
pub fn repeat(first: Date, count: usize, rhythm: Rhythm) -> Vec<Date> {
    let day = |n: usize| {
        let days = i32::try_from(n).ok()?.checked_mul(rhythm.days())?;
        first.checked_add(Span::new().days(days)).ok()
    };
    (0..count.min(MOST_EVENINGS)).map_while(day).collect()
}

/// What is wrong with one evening that is about to be planned on `today`.
pub fn fault(date: Date, starts: Time, ends: Time, today: Date) -> Option<Fault> {
    let days = (date - today).get_days();
    if days < -DAYS_BACK {
        return Some(("date", "classes.error.date_long_ago"));
    }
    if DAYS_AHEAD < days {
        return Some(("date", "classes.error.date_far"));
    }
    if ends <= starts {
        return Some(("ends", "classes.error.ends_before_start"));
    }
    if LONGEST < starts.duration_until(ends) {
        return Some(("ends", "classes.error.too_long"));
    }
    None
}

/// Whether two of the evenings share time.
pub fn overlap(evenings: &[Evening]) -> bool {
    let mut sorted = evenings.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).any(|pair| matches!(pair, [a, b] if b.starts_at < a.ends_at))
}

/// Where a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Too early to take attendance.
    Planned,
    /// Attendance may be taken.
    Open,
    /// It is over, and nobody has closed it yet.
    Over,
    Closed,
}

/// The state of a meeting at `now`.
pub fn state(evening: Evening, closed_at: Option<Timestamp>, now: Timestamp) -> State {
    if closed_at.is_some() {
        State::Closed
    } else if now < opens_at(evening) {
        State::Planned
    } else if now <= evening.ends_at {
        State::Open
    } else {
        State::Over
    }
}

/// From when on attendance may be taken: the beginning of the day. An evening is often moved
/// forward by word of mouth, and nobody should have to edit the class first.
pub fn opens_at(evening: Evening) -> Timestamp {
    instant_of(local_date(evening.starts_at))
}

/// Whether a meeting that was closed at `closed_at` may be opened again at `now`.
pub fn may_reopen(closed_at: Timestamp, now: Timestamp) -> bool {
    closed_at.checked_add(REOPENS_FOR).is_ok_and(|last| now <= last)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn a_time_is_read_as_people_type_it() {
        for text in ["19:30", "19h30", "19g30", "19.30", "1930", " 19H30 ", "19 h 30"] {
            assert_eq!(time_typed(text), Some(time(19, 30, 0, 0)), "{text}");
        }
        for text in ["7", "7h", "07", "7:00", "0700", "7:0"] {
            assert_eq!(time_typed(text), Some(time(7, 0, 0, 0)), "{text}");
        }
        for text in ["", "h", "24:00", "19:60", "19:3a", "-1:00", "193", "19:30:00", "tối"] {
            assert_eq!(time_typed(text), None, "{text}");
        }
    }

    #[test]
    fn evenings_follow_each_other() {
        let first = date(2026, 12, 31);
        assert_eq!(repeat(first, 1, Rhythm::Weekly), [first]);
        assert_eq!(repeat(first, 3, Rhythm::Daily), [first, date(2027, 1, 1), date(2027, 1, 2)]);
        assert_eq!(repeat(first, 2, Rhythm::Weekly), [first, date(2027, 1, 7)]);
        assert_eq!(repeat(first, 1000, Rhythm::Weekly).len(), MOST_EVENINGS);
    }

    #[test]
    fn what_cannot_be_meant_is_told() {
        let today = date(2026, 11, 20);
        let (half_past_seven, nine) = (time(19, 30, 0, 0), time(21, 0, 0, 0));
        let key = |day, starts, ends| fault(day, starts, ends, today).map(|(_, key)| key);
        assert_eq!(key(today, half_past_seven, nine), None);
        // A class kept on paper is entered some weeks later.
        assert_eq!(key(date(2026, 8, 22), half_past_seven, nine), None);
        let long_ago = Some("classes.error.date_long_ago");
        assert_eq!(key(date(2026, 8, 21), half_past_seven, nine), long_ago);
        assert_eq!(key(date(2206, 11, 20), half_past_seven, nine), Some("classes.error.date_far"));
        let backwards = Some("classes.error.ends_before_start");
        assert_eq!(key(today, nine, half_past_seven), backwards);
        assert_eq!(key(today, nine, nine), backwards);
        assert_eq!(key(today, time(6, 0, 0, 0), nine), Some("classes.error.too_long"));
    }

    #[test]
    fn two_evenings_at_once_are_noticed() {
        let at = |day, from, to| evening(day, time(from, 0, 0, 0), time(to, 0, 0, 0)).unwrap();
        let day = date(2026, 11, 21);
        assert!(!overlap(&[at(day, 19, 20), at(day, 20, 21)]));
        assert!(overlap(&[at(day, 20, 22), at(date(2026, 11, 22), 20, 22), at(day, 19, 21)]));
    }

    #[test]
    fn a_meeting_goes_from_planned_to_closed() {
        let day = date(2026, 11, 20);
        let evening = evening(day, time(19, 30, 0, 0), time(21, 0, 0, 0)).unwrap();
        assert_eq!(evening.starts_at.to_string(), "2026-11-20T12:30:00Z");
        let at = |text: &str| state(evening, None, text.parse().unwrap());
        assert_eq!(at("2026-11-19T16:59:59Z"), State::Planned);
        assert_eq!(at("2026-11-19T17:00:00Z"), State::Open);
        assert_eq!(at("2026-11-20T14:00:00Z"), State::Open);
        assert_eq!(at("2026-11-20T14:00:01Z"), State::Over);
        let closed: Timestamp = "2026-11-20T14:05:00Z".parse().unwrap();
        assert_eq!(state(evening, Some(closed), closed), State::Closed);
        assert!(may_reopen(closed, "2026-11-27T14:05:00Z".parse().unwrap()));
        assert!(!may_reopen(closed, "2026-11-27T14:05:01Z".parse().unwrap()));
    }
}
