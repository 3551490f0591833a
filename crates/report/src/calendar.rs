//! Calendars: which days the periods of a report cover, as dated rows with their source.

use jiff::civil::Date;
use serde::Deserialize;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, Lang, Result, RowId, Stamp, Tx, args, row, sql};
use thao_record::{Col, Noun, register};

use crate::period::{Length, Rule};

const SQL: &str = include_str!("calendar.sql");
const STARTER: &str = include_str!("../../../content/lists/report_calendars.toml");

pub const CALENDAR: Noun = Noun {
    table: "report_calendar",
    columns: &[
        Col::open("calendar"),
        Col::open("kind"),
        Col::open("name_vi"),
        Col::open("name_en"),
        Col::open("first_day"),
        Col::open("months_before"),
        Col::open("source"),
        Col::open("valid_from"),
        Col::open("valid_to"),
    ],
};

row! {
    /// A rule of a calendar as it is kept.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Line {
        pub calendar: String,
        pub kind: String,
        pub name_vi: String,
        pub name_en: String,
        pub first_day: i32,
        pub months_before: i32,
        pub source: String,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
    }
}

impl Line {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.name_vi,
            Lang::En => &self.name_en,
        }
    }

    pub fn length(&self) -> Option<Length> {
        Length::from_code(&self.kind)
    }

    fn rule(&self) -> Result<Rule> {
        let strange =
            || Error::internal(format!("calendar {} {} cannot be read", self.calendar, self.kind));
        let first_day = i8::try_from(self.first_day).ok().filter(|day| (1..=28).contains(day));
        Ok(Rule {
            length: self.length().ok_or_else(strange)?,
            first_day: first_day.ok_or_else(strange)?,
            months_before: i8::try_from(self.months_before).map_err(|_| strange())?,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        })
    }
}

#[derive(Deserialize)]
struct Entries {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: Names,
    calendar: String,
    kind: String,
    first_day: i32,
    months_before: i32,
    legal: String,
    valid_from: Date,
    valid_to: Option<Date>,
}

#[derive(Deserialize)]
pub(crate) struct Names {
    pub(crate) vi: String,
    pub(crate) en: String,
}

/// The rules the program starts with.
fn starter() -> Result<Vec<Line>> {
    let read: Entries = toml::from_str(STARTER).map_err(Error::internal)?;
    let line = |entry: Entry| Line {
        calendar: entry.calendar,
        kind: entry.kind,
        name_vi: entry.name.vi,
        name_en: entry.name.en,
        first_day: entry.first_day,
        months_before: entry.months_before,
        source: entry.legal,
        valid_from: entry.valid_from,
        valid_to: entry.valid_to,
    };
    Ok(read.entries.into_iter().map(line).collect())
}

/// Adds the rules of the starter content that the register does not have. How many were added.
pub fn ensure(tx: &mut Tx<'_>, stamp: &Stamp) -> Result<usize> {
    let known = list(tx)?;
    let same = |a: &Line, b: &Line| {
        (&a.calendar, &a.kind, a.valid_from) == (&b.calendar, &b.kind, b.valid_from)
    };
    let mut added = 0;
    for line in starter()? {
        if known.iter().any(|known| same(known, &line)) {
            continue;
        }
        line.rule()?;
        let values = [
            ("calendar", Arg::Text(&line.calendar)),
            ("kind", Arg::Text(&line.kind)),
            ("name_vi", Arg::Text(&line.name_vi)),
            ("name_en", Arg::Text(&line.name_en)),
            ("first_day", line.first_day.arg()),
            ("months_before", line.months_before.arg()),
            ("source", Arg::Text(&line.source)),
            ("valid_from", line.valid_from.arg()),
            ("valid_to", line.valid_to.arg()),
        ];
        register::insert(tx, stamp, &CALENDAR, stamp.id::<RowId>(), None, &values)?;
        added += 1;
    }
    Ok(added)
}

/// All rules, those of the decree first, short periods first.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Line>> {
    let mut all: Vec<Line> = tx.list(sql!(SQL, "all"), args![])?;
    all.sort_by_key(|line| (line.calendar == "calendar", line.length(), line.valid_from));
    Ok(all)
}

/// What can be chosen: the register's rules, or those that will be added with the first form.
pub fn offered(tx: &mut Tx<'_>) -> Result<Vec<Line>> {
    let kept = list(tx)?;
    if kept.is_empty() { starter() } else { Ok(kept) }
}

/// The rules of one calendar.
pub fn rules(tx: &mut Tx<'_>, calendar: &str) -> Result<Vec<Rule>> {
    let lines: Vec<Line> = tx.list(sql!(SQL, "of"), args![calendar])?;
    lines.iter().map(Line::rule).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use thao_testkit::{databases, world};

    use super::*;
    use crate::period::{Name, named};

    #[tokio::test(flavor = "multi_thread")]
    async fn the_starter_s_rules_are_kept_once_and_say_what_the_decree_says() {
        for db in databases().await {
            let world = world();
            thao_cast::cast(&db, &world).await;
            let stamp = world.stamp("report.act.add_form");
            let all = starter().unwrap().len();
            let own = stamp.clone();
            let added = db.write(move |tx| ensure(tx, &own)).await.unwrap();
            assert_eq!(added, all);
            assert_eq!(db.write(move |tx| ensure(tx, &stamp)).await.unwrap(), 0);
            let decree = db.read(|tx| rules(tx, "nd09")).await.unwrap();
            let march = named(&decree, Name::from_key("2026-m03").unwrap()).unwrap();
            assert_eq!((march.starts, march.ends), (date(2026, 2, 15), date(2026, 3, 14)));
            // It was in force from 12/03/2019: no period before that is of the decree.
            assert_eq!(named(&decree, Name::from_key("2019-m03").unwrap()), None);
            let first = db.read(list).await.unwrap().remove(0);
            assert_eq!((first.calendar.as_str(), first.kind.as_str()), ("nd09", "month"));
        }
    }
}
