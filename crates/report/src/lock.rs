//! Locks: the figures of a return as they were approved, with a digest of them and who approved.
//! Facts that come later show beside a frozen figure as a correction; nothing is rewritten.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::json;
use thao_base::db::{Arg, ToArg};
use thao_base::{
    Id, PersonId, ReportFormId, ReportLineId, Result, ReturnId, RowId, Stamp, Tx, args, row, sql,
};
use thao_record::register::{self, NewRow};
use thao_record::{Col, Noun};

use crate::figure::Figure;
use crate::filing::Return;
use crate::form::Line;

const SQL: &str = include_str!("lock.sql");

pub const LOCK: Noun = Noun {
    table: "report_lock",
    columns: &[
        Col::open("return_id"),
        Col::open("hash"),
        Col::open("person_id"),
        Col::open("made_at"),
    ],
};
pub const FIGURE: Noun = Noun {
    table: "report_figure",
    columns: &[Col::open("return_id"), Col::open("line_id"), Col::open("part"), Col::open("whole")],
};
pub const CORRECTION: Noun = Noun {
    table: "report_correction",
    columns: &[
        Col::open("figure_id"),
        Col::open("part"),
        Col::open("whole"),
        Col::personal("reason"),
        Col::open("person_id"),
        Col::open("made_at"),
    ],
};

row! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Lock {
        /// Of [`canon`], hexadecimal.
        pub hash: String,
        /// Who approved; the program itself in a demo.
        pub person: Option<PersonId>,
        pub at: Timestamp,
    }
}

/// The lock of a return, when it was approved.
pub fn find(tx: &mut Tx<'_>, id: ReturnId) -> Result<Option<Lock>> {
    tx.find(sql!(SQL, "find"), args![id])
}

/// A figure that was approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    pub id: RowId,
    pub figure: Figure,
}

row! {
    struct Row {
        id: RowId,
        line: ReportLineId,
        part: Option<i64>,
        whole: Option<i64>,
    }
}

/// The figures of a return that were approved, by line.
pub fn figures(tx: &mut Tx<'_>, id: ReturnId) -> Result<HashMap<ReportLineId, Frozen>> {
    let rows: Vec<Row> = tx.list(sql!(SQL, "figures"), args![id])?;
    let frozen = |row: Row| {
        let figure = Figure { part: row.part, whole: row.whole, source: None };
        (row.line, Frozen { id: row.id, figure })
    };
    Ok(rows.into_iter().map(frozen).collect())
}

/// What the digest is taken of: which return, and each line's code and figure, a line of JSON
/// each. Sources stay out, because one that names a person may have to be deleted.
pub fn canon<'a>(filed: &Return, lines: impl Iterator<Item = (&'a str, &'a Figure)>) -> String {
    let mut out = "thao report 1\n".to_owned();
    let head = json!([
        filed.form.to_string(),
        filed.period,
        filed.starts.to_string(),
        filed.ends.to_string(),
        filed.unit.to_string(),
    ]);
    out.push_str(&head.to_string());
    let mut lines: Vec<(&str, &Figure)> = lines.collect();
    lines.sort_by_key(|(code, _)| *code);
    for (code, figure) in lines {
        out.push('\n');
        out.push_str(&json!([code, figure.part, figure.whole]).to_string());
    }
    out.push('\n');
    out
}

/// The digest of a return's figures.
pub fn hash<'a>(filed: &Return, lines: impl Iterator<Item = (&'a str, &'a Figure)>) -> String {
    blake3::hash(canon(filed, lines).as_bytes()).to_hex().to_string()
}

/// Freezes the figures of a return. A second lock is refused by the table itself.
pub(crate) fn freeze(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    filed: &Return,
    lines: &[(&Line, &Figure)],
) -> Result<()> {
    let hash = hash(filed, lines.iter().map(|(line, figure)| (line.code.as_str(), *figure)));
    let values = [
        ("return_id", filed.id.arg()),
        ("hash", Arg::Text(&hash)),
        ("person_id", stamp.person.arg()),
        ("made_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &LOCK, stamp.id::<RowId>(), None, &values)?;
    let rows = lines.iter().map(|(line, figure)| NewRow {
        id: stamp.id::<RowId>().uuid(),
        person: None,
        values: vec![filed.id.arg(), line.id.arg(), figure.part.arg(), figure.whole.arg()],
    });
    let names = ["return_id", "line_id", "part", "whole"];
    register::insert_many(tx, stamp, &FIGURE, &names, rows.collect())
}

row! {
    /// What a frozen figure would be by now.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Correction {
        pub figure: RowId,
        pub part: Option<i64>,
        pub whole: Option<i64>,
        pub reason: Option<String>,
        pub person: Option<PersonId>,
        /// When it was first seen or typed.
        pub at: Timestamp,
    }
}

impl Correction {
    pub fn figure(&self) -> Figure {
        Figure { part: self.part, whole: self.whole, source: None }
    }
}

/// The latest correction of each figure of a return.
pub fn corrections(tx: &mut Tx<'_>, id: ReturnId) -> Result<HashMap<RowId, Correction>> {
    // In rising order: the last of a figure stays.
    let rows: Vec<Correction> = tx.list(sql!(SQL, "corrections"), args![id])?;
    Ok(rows.into_iter().map(|row| (row.figure, row)).collect())
}

/// Adds a correction: seen by the program, or typed with a reason.
pub(crate) fn correct(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    frozen: RowId,
    figure: &Figure,
    reason: Option<&str>,
) -> Result<()> {
    let values = [
        ("figure_id", frozen.arg()),
        ("part", figure.part.arg()),
        ("whole", figure.whole.arg()),
        ("reason", reason.map_or(Arg::Null, Arg::Text)),
        ("person_id", stamp.person.arg()),
        ("made_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &CORRECTION, stamp.id::<RowId>(), None, &values)
}

/// The periods of a form in which something is locked: `(period, last day)`.
pub(crate) fn periods(
    tx: &mut Tx<'_>,
    form: ReportFormId,
) -> Result<Vec<(String, jiff::civil::Date)>> {
    tx.list(sql!(SQL, "periods"), args![form])
}

row! {
    /// A frozen figure of a period, with what it was last corrected to.
    pub(crate) struct Known {
        pub(crate) id: RowId,
        pub(crate) unit: thao_base::UnitId,
        pub(crate) line: ReportLineId,
        pub(crate) part: Option<i64>,
        pub(crate) whole: Option<i64>,
        pub(crate) corrected: bool,
        pub(crate) now_part: Option<i64>,
        pub(crate) now_whole: Option<i64>,
    }
}

impl Known {
    /// The frozen figure.
    pub(crate) fn was(&self) -> Figure {
        Figure { part: self.part, whole: self.whole, source: None }
    }

    /// What it was last known to be.
    pub(crate) fn is(&self) -> Figure {
        match self.corrected {
            true => Figure { part: self.now_part, whole: self.now_whole, source: None },
            false => self.was(),
        }
    }
}

/// Every frozen figure of a form in a period.
pub(crate) fn of_period(tx: &mut Tx<'_>, form: ReportFormId, period: &str) -> Result<Vec<Known>> {
    tx.list(sql!(SQL, "of_period"), args![form, period])
}

#[cfg(test)]
mod tests {
    use thao_base::{Entropy, UnitId};

    use super::*;

    #[test]
    fn the_digest_knows_every_number_and_not_the_order() {
        let entropy = Entropy::seeded(1);
        let at: Timestamp = "2026-11-20T00:00:00Z".parse().unwrap();
        let filed = Return {
            id: ReturnId::new(at, &entropy),
            form: ReportFormId::new(at, &entropy),
            period: "2026-m11".to_owned(),
            unit: UnitId::new(at, &entropy),
            starts: jiff::civil::date(2026, 10, 15),
            ends: jiff::civil::date(2026, 11, 14),
            due: jiff::civil::date(2026, 11, 17),
        };
        let (a, b) = (Figure::share(1, 2), Figure::count(3));
        let one = hash(&filed, [("A", &a), ("B", &b)].into_iter());
        assert_eq!(one, hash(&filed, [("B", &b), ("A", &a)].into_iter()));
        let missing = Figure::default();
        let zero = Figure::count(0);
        let others = [
            hash(&filed, [("A", &a)].into_iter()),
            hash(&filed, [("A", &a), ("B", &missing)].into_iter()),
            hash(&filed, [("A", &a), ("B", &zero)].into_iter()),
            hash(&filed, [("A", &b), ("B", &a)].into_iter()),
            hash(
                &Return { period: "2026-m10".into(), ..filed.clone() },
                [("A", &a), ("B", &b)].into_iter(),
            ),
        ];
        for (i, other) in others.iter().enumerate() {
            assert_ne!(*other, one, "{i}");
            assert!(!others.iter().skip(i + 1).any(|later| later == other), "{i}");
        }
    }
}
