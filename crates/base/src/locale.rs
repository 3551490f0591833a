//! The words of the program and the way numbers and dates are written.
//!
//! Vietnamese is the source (`locales/vi/<context>.toml`), English is complete
//! (`locales/en/<context>.toml`). A key is `<context>.<path>`, e.g. `classes.attendance.title`;
//! the sweep in `crates/cli/tests` fails on a key that is used but missing, or present but unused.

use std::collections::HashMap;
use std::fmt::{Display, Write as _};
use std::sync::OnceLock;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    #[default]
    Vi,
    En,
}

/// The contexts that have words, each with a file per language.
macro_rules! contexts {
    ($($name:literal),* $(,)?) => {
        const VI: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../locales/vi/", $name, ".toml")))),*];
        const EN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../locales/en/", $name, ".toml")))),*];
    };
}
contexts!(
    "base", "sheet", "paper", "web", "api", "jobs", "record", "people", "catalog", "assess",
    "classes", "plan", "report", "cli",
);

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Vi, Lang::En];

    /// The language of a BCP 47 code such as `vi` or `en-GB`; `None` when it is neither.
    pub fn from_code(code: &str) -> Option<Lang> {
        match code.split(['-', '_']).next()? {
            "vi" => Some(Lang::Vi),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The BCP 47 code, for `<html lang>`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    /// The words of a key. A key nobody wrote comes back as itself, so that a page still shows.
    pub fn t(self, key: &str) -> &'static str {
        match self.words().get(key) {
            Some(words) => words,
            None => {
                tracing::error!(key, lang = self.code(), "no words for this key");
                "…"
            }
        }
    }

    /// The words of a key with `{name}` places filled in.
    pub fn f(self, key: &str, args: &[(&str, &dyn Display)]) -> String {
        let mut out = String::new();
        let mut rest = self.t(key);
        // In one pass: a value that looks like a place stays as it is.
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let place = after.split_once('}').and_then(|(name, tail)| {
                let (_, value) = args.iter().find(|(known, _)| *known == name)?;
                Some((value, tail))
            });
            match place {
                Some((value, tail)) => {
                    let _ = write!(out, "{value}");
                    rest = tail;
                }
                None => {
                    out.push('{');
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// Whether the language has words for a key: for keys made at run time from a code.
    pub fn has(self, key: &str) -> bool {
        self.words().contains_key(key)
    }

    /// All keys of the language, for the sweep.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        self.words().keys().map(String::as_str)
    }

    /// A whole number with its thousands apart: `1.234.567` in Vietnamese, `1,234,567` in English.
    pub fn number(self, value: i64) -> String {
        let digits = value.unsigned_abs().to_string();
        let mut out = String::new();
        if value < 0 {
            out.push('−');
        }
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(self.marks().0);
            }
            out.push(digit);
        }
        out
    }

    /// A number with `places` decimals: `1.234,5` in Vietnamese.
    pub fn decimal(self, value: f64, places: usize) -> String {
        let text = format!("{:.places$}", value.abs());
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let mut out = String::new();
        if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
            out.push('−');
        }
        out.push_str(&self.number(whole.parse().unwrap_or(i64::MAX)));
        if !part.is_empty() {
            out.push(self.marks().1);
            out.push_str(part);
        }
        out
    }

    /// Thousandths as a number with as many decimals as it needs: `12`, `7,05`.
    pub fn thousandths(self, value: i64) -> String {
        let places = match value {
            n if n % 1000 == 0 => 0,
            n if n % 100 == 0 => 1,
            n if n % 10 == 0 => 2,
            _ => 3,
        };
        self.decimal(value as f64 / 1000.0, places)
    }

    /// The share of a whole with one decimal, `62,5%`; `–` when there is no whole.
    pub fn percent(self, part: i64, whole: i64) -> String {
        if whole == 0 {
            return "–".to_owned();
        }
        // Rounded down, so that 100% means all.
        let tenths = i128::from(part) * 1000 / i128::from(whole);
        self.decimal(tenths as f64 / 10.0, 1) + "%"
    }

    /// `31/12/2030`, the same in both languages: the papers beside it are Vietnamese.
    pub fn date(self, date: Date) -> String {
        format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
    }

    /// `19:30 31/12/2030`, Vietnamese local time.
    pub fn instant(self, at: Timestamp) -> String {
        let local = local(at);
        let mut out = self.time(at);
        let _ = write!(out, " {}", self.date(local.date()));
        out
    }

    /// `19:30`, Vietnamese local time.
    pub fn time(self, at: Timestamp) -> String {
        let local = local(at);
        format!("{:02}:{:02}", local.hour(), local.minute())
    }

    fn marks(self) -> (char, char) {
        match self {
            Lang::Vi => ('.', ','),
            Lang::En => (',', '.'),
        }
    }

    fn words(self) -> &'static HashMap<String, &'static str> {
        static VI_WORDS: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
        static EN_WORDS: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
        match self {
            Lang::Vi => VI_WORDS.get_or_init(|| read(VI)),
            Lang::En => EN_WORDS.get_or_init(|| read(EN)),
        }
    }
}

/// Vietnam keeps one time zone without summer time: UTC+7.
pub fn local(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::fixed(Offset::constant(7)))
}

/// The local date an instant falls on.
pub fn local_date(at: Timestamp) -> Date {
    local(at).date()
}

/// The instant a local date begins.
pub fn instant_of(date: Date) -> Timestamp {
    instant_at(date, jiff::civil::Time::midnight())
}

/// The instant of a local date and time.
pub fn instant_at(date: Date, time: jiff::civil::Time) -> Timestamp {
    // A fixed offset has neither gaps nor folds; only the ends of time are out of range.
    Offset::constant(7).to_timestamp(date.to_datetime(time)).unwrap_or(Timestamp::MAX)
}

fn read(files: &'static [(&str, &str)]) -> HashMap<String, &'static str> {
    let mut out = HashMap::new();
    for (context, text) in files {
        match text.parse::<toml::Table>() {
            Ok(table) => flatten(context, table, &mut out),
            Err(e) => tracing::error!(context, error = %e, "this file of words cannot be read"),
        }
    }
    out
}

fn flatten(prefix: &str, table: toml::Table, out: &mut HashMap<String, &'static str>) {
    for (name, value) in table {
        let key = format!("{prefix}.{name}");
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, out),
            // Read once for the life of the program.
            toml::Value::String(words) => {
                out.insert(key, Box::leak(words.into_boxed_str()));
            }
            other => tracing::error!(key, found = other.type_str(), "words must be text"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_words_reads_and_both_languages_have_the_same_keys() {
        for (lang, files) in [(Lang::Vi, VI), (Lang::En, EN)] {
            for (context, text) in files {
                assert!(text.parse::<toml::Table>().is_ok(), "{} {context}", lang.code());
            }
        }
        let mut vi: Vec<_> = Lang::Vi.keys().collect();
        let mut en: Vec<_> = Lang::En.keys().collect();
        vi.sort_unstable();
        en.sort_unstable();
        assert_eq!(vi, en);
    }

    #[test]
    fn numbers_are_written_as_offices_write_them() {
        assert_eq!(Lang::Vi.number(1_234_567), "1.234.567");
        assert_eq!(Lang::En.number(-1_234), "−1,234");
        assert_eq!(Lang::Vi.number(999), "999");
        assert_eq!(Lang::Vi.decimal(1234.5, 1), "1.234,5");
        assert_eq!(Lang::Vi.decimal(-0.04, 1), "0,0");
        assert_eq!(Lang::Vi.percent(999, 1000), "99,9%");
        assert_eq!(Lang::Vi.percent(9999, 10000), "99,9%");
        assert_eq!(Lang::Vi.percent(0, 0), "–");
    }

    #[test]
    fn an_evening_in_vietnam_is_that_day() {
        let at: Timestamp = "2026-11-20T17:30:00Z".parse().unwrap();
        assert_eq!(Lang::Vi.instant(at), "00:30 21/11/2026");
    }
}
