//! Periods: a month, a quarter, a half-year … of a year, and the days it covers. Pure: the days
//! come from dated rules (content/lists/report_calendars.toml), never from here.

use jiff::Span;
use jiff::civil::Date;
use thao_base::Lang;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Length {
    Month,
    Quarter,
    Half,
    NineMonths,
    Year,
}

impl Length {
    pub const ALL: [Length; 5] =
        [Length::Month, Length::Quarter, Length::Half, Length::NineMonths, Length::Year];

    pub fn code(self) -> &'static str {
        match self {
            Length::Month => "month",
            Length::Quarter => "quarter",
            Length::Half => "half",
            Length::NineMonths => "nine_months",
            Length::Year => "year",
        }
    }

    pub fn from_code(code: &str) -> Option<Length> {
        Length::ALL.into_iter().find(|length| length.code() == code)
    }

    pub fn months(self) -> i8 {
        match self {
            Length::Month => 1,
            Length::Quarter => 3,
            Length::Half => 6,
            Length::NineMonths => 9,
            Length::Year => 12,
        }
    }

    /// How many of them a year has: what is left of it after nine months is no period.
    fn in_a_year(self) -> i8 {
        12 / self.months()
    }

    fn mark(self) -> &'static str {
        match self {
            Length::Month => "m",
            Length::Quarter => "q",
            Length::Half => "h",
            Length::NineMonths => "n",
            Length::Year => "y",
        }
    }
}

/// Which period, without its days: `2026-m11`, `2026-q4`, `2026-h1`, `2026-n1`, `2026-y1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    pub year: i16,
    pub length: Length,
    /// From 1.
    pub no: i8,
}

impl Name {
    pub fn new(year: i16, length: Length, no: i8) -> Option<Name> {
        ((1..=9999).contains(&year) && (1..=length.in_a_year()).contains(&no)).then_some(Name {
            year,
            length,
            no,
        })
    }

    /// Reads what [`Name::key`] wrote.
    pub fn from_key(key: &str) -> Option<Name> {
        let (year, rest) = key.split_once('-')?;
        let length = Length::ALL.into_iter().find(|length| rest.starts_with(length.mark()))?;
        let digits = rest.strip_prefix(length.mark())?;
        let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let name = Name::new(year.parse().ok()?, length, digits.parse().ok()?)?;
        (plain(year) && plain(digits) && name.key() == key).then_some(name)
    }

    pub fn key(self) -> String {
        match self.length {
            Length::Month => format!("{:04}-m{:02}", self.year, self.no),
            length => format!("{:04}-{}{}", self.year, length.mark(), self.no),
        }
    }

    /// "Tháng 11/2026", "6 tháng đầu năm 2026".
    pub fn words(self, lang: Lang) -> String {
        let quarter = ["I", "II", "III", "IV"];
        let roman = usize::try_from(self.no - 1).ok().and_then(|i| quarter.get(i)).unwrap_or(&"");
        let (no, year) = (format!("{:02}", self.no), self.year.to_string());
        match (self.length, self.no) {
            (Length::Month, _) => lang.f("report.period.month", &[("no", &no), ("year", &year)]),
            (Length::Quarter, _) => {
                lang.f("report.period.quarter", &[("no", roman), ("year", &year)])
            }
            (Length::Half, 1) => lang.f("report.period.first_half", &[("year", &year)]),
            (Length::Half, _) => lang.f("report.period.second_half", &[("year", &year)]),
            (Length::NineMonths, _) => lang.f("report.period.nine_months", &[("year", &year)]),
            (Length::Year, _) => lang.f("report.period.year", &[("year", &year)]),
        }
    }
}

/// Where the periods of one length lie, from when to when that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub length: Length,
    /// The day of the month they begin on, 1 to 28: every month has it.
    pub first_day: i8,
    /// How many months before the first month they are named for.
    pub months_before: i8,
    pub valid_from: Date,
    /// The first day it no longer holds.
    pub valid_to: Option<Date>,
}

/// A period with its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub name: Name,
    pub starts: Date,
    /// The last day, as of which figures are taken.
    pub ends: Date,
}

impl Rule {
    fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|to| day < to)
    }

    /// The days of a period under this rule; none at the ends of time.
    fn days(&self, name: Name) -> Option<Period> {
        let first = Date::new(name.year, (name.no - 1) * name.length.months() + 1, self.first_day);
        let starts = first.ok()?.checked_sub(Span::new().months(self.months_before)).ok()?;
        let next = starts.checked_add(Span::new().months(name.length.months())).ok()?;
        Some(Period { name, starts, ends: next.yesterday().ok()? })
    }

    /// The period a day lies in; none when it lies between periods (after nine months).
    fn containing(&self, day: Date) -> Option<Period> {
        let over = if day.day() < self.first_day { 1 } else { 0 };
        let named = day.first_of_month();
        let named = named.checked_add(Span::new().months(self.months_before - over)).ok()?;
        let no = (named.month() - 1) / self.length.months() + 1;
        self.days(Name::new(named.year(), self.length, no)?)
    }
}

/// The period that bears a name; the rule is the one that holds on its first day.
pub fn named(rules: &[Rule], name: Name) -> Option<Period> {
    let of_length = rules.iter().filter(|rule| rule.length == name.length);
    of_length
        .filter_map(|rule| Some((rule, rule.days(name)?)))
        .find(|(rule, period)| rule.holds_on(period.starts))
        .map(|(_, period)| period)
}

/// The period of a length that holds a day.
pub fn containing(rules: &[Rule], length: Length, day: Date) -> Option<Period> {
    rules
        .iter()
        .filter(|rule| rule.length == length)
        .filter_map(|rule| Some((rule, rule.containing(day)?)))
        .find(|(rule, period)| rule.holds_on(period.starts))
        .map(|(_, period)| period)
}

/// The period after this one.
pub fn next(rules: &[Rule], name: Name) -> Option<Period> {
    let name = match name.no < name.length.in_a_year() {
        true => Name { no: name.no + 1, ..name },
        false => Name::new(name.year.checked_add(1)?, name.length, 1)?,
    };
    named(rules, name)
}

/// The period before this one.
pub fn previous(rules: &[Rule], name: Name) -> Option<Period> {
    let name = match 1 < name.no {
        true => Name { no: name.no - 1, ..name },
        false => Name::new(name.year - 1, name.length, name.length.in_a_year())?,
    };
    named(rules, name)
}

/// The periods that begin on or after `from` and end before `until`, newest first, `most` of them.
pub fn ended(rules: &[Rule], length: Length, from: Date, until: Date, most: usize) -> Vec<Period> {
    let mut out = Vec::new();
    // From the first name of next year back: whatever the rule, that one has not ended.
    let mut at = Name::new(until.year().saturating_add(1), length, 1);
    let mut years = 0;
    while let Some(name) = at
        && out.len() < most
        && years < 200
    {
        if let Some(period) = named(rules, name) {
            if period.ends < until && from <= period.starts {
                out.push(period);
            }
            if period.starts < from {
                break;
            }
        }
        years += i32::from(name.no == 1);
        at = match 1 < name.no {
            true => Some(Name { no: name.no - 1, ..name }),
            false => Name::new(name.year - 1, length, length.in_a_year()),
        };
    }
    out
}

#[cfg(test)]
mod tests;
