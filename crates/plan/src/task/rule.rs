//! Rules of tasks: states, what is overdue, the order of numbers as documents write them. Pure.

use jiff::civil::Date;

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    NotBegun,
    UnderWay,
    Done,
    Stopped,
}

impl Status {
    pub const ALL: [Status; 4] =
        [Status::NotBegun, Status::UnderWay, Status::Done, Status::Stopped];

    pub fn code(self) -> &'static str {
        match self {
            Status::NotBegun => "not_begun",
            Status::UnderWay => "under_way",
            Status::Done => "done",
            Status::Stopped => "stopped",
        }
    }

    pub fn from_code(code: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Nothing more is to be done.
    pub fn is_ended(self) -> bool {
        matches!(self, Status::Done | Status::Stopped)
    }
}

/// A deadline is the last day: a task that is not ended is overdue from the day after.
pub fn is_overdue(status: Status, deadline: Option<Date>, today: Date) -> bool {
    !status.is_ended() && deadline.is_some_and(|deadline| deadline < today)
}

/// How many tasks there are by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub not_begun: i64,
    pub under_way: i64,
    pub done: i64,
    pub stopped: i64,
    /// Of those not ended.
    pub overdue: i64,
}

impl Tally {
    pub fn take(&mut self, status: Status, count: i64, overdue: i64) {
        *match status {
            Status::NotBegun => &mut self.not_begun,
            Status::UnderWay => &mut self.under_way,
            Status::Done => &mut self.done,
            Status::Stopped => &mut self.stopped,
        } += count;
        self.overdue += overdue;
    }

    pub fn of(&self, status: Status) -> i64 {
        match status {
            Status::NotBegun => self.not_begun,
            Status::UnderWay => self.under_way,
            Status::Done => self.done,
            Status::Stopped => self.stopped,
        }
    }

    /// Those that are still to be done or were done: what was stopped is no part of the work.
    pub fn all(&self) -> i64 {
        self.not_begun + self.under_way + self.done
    }
}

/// Orders `2`, `10`, `10.1`, `II.3` as a reader does: numbers by value, the rest by letter;
/// tasks without a number last.
pub fn number_key(no: Option<&str>) -> (bool, Vec<(u64, String)>) {
    let Some(no) = no else { return (true, Vec::new()) };
    let parts = no.split(['.', '-', '/', ' ']).filter(|part| !part.is_empty());
    (false, parts.map(|part| (value(part), part.to_owned())).collect())
}

fn value(part: &str) -> u64 {
    part.parse().ok().or_else(|| roman(part)).unwrap_or(u64::MAX)
}

fn roman(part: &str) -> Option<u64> {
    let (mut sum, mut most) = (0_i64, 0);
    for c in part.chars().rev() {
        let digit = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            _ => return None,
        };
        // A smaller digit before a greater one is taken away: IV.
        sum += if digit < most { -digit } else { digit };
        most = most.max(digit);
    }
    u64::try_from(sum).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_deadline_is_the_last_day_and_what_is_ended_is_not_overdue() {
        let due = Some(date(2026, 6, 30));
        let cases = [
            (Status::UnderWay, due, date(2026, 6, 30), false),
            (Status::UnderWay, due, date(2026, 7, 1), true),
            (Status::NotBegun, due, date(2026, 7, 1), true),
            (Status::Done, due, date(2026, 7, 1), false),
            (Status::Stopped, due, date(2026, 7, 1), false),
            (Status::NotBegun, None, date(2099, 1, 1), false),
        ];
        for (status, deadline, today, expected) in cases {
            assert_eq!(is_overdue(status, deadline, today), expected, "{status:?} {today}");
        }
    }

    #[test]
    fn numbers_stand_as_a_reader_counts() {
        let mut all = [
            None,
            Some("10"),
            Some("2"),
            Some("II.3"),
            Some("2.10"),
            Some("2.9"),
            Some("IX"),
            Some("IV"),
            Some("a"),
        ];
        all.sort_by_key(|no| number_key(*no));
        let words: Vec<&str> = all.iter().map(|no| no.unwrap_or("–")).collect();
        assert_eq!(words, ["2", "2.9", "2.10", "II.3", "IV", "IX", "10", "a", "–"]);
    }
}
