//! Templates: the text of a report with places for figures, which an office edits.

use std::collections::HashMap;

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, Lang, ReportFormId, Result, RowId, Stamp, Tx, args, row, sql};
use thao_record::{Col, Noun, register};

use crate::collect::{self, Collected};
use crate::draft::{Facts, LineFacts};
use crate::form::{Form, Line};
use crate::period::{self, Period};
use crate::state::State;
use crate::{calendar, due};

const SQL: &str = include_str!("template.sql");
const STARTER: &str = include_str!("../../../content/reports/ky.txt");

pub const TEMPLATE: Noun = Noun {
    table: "report_template",
    columns: &[
        Col::open("form_id"),
        Col::open("title"),
        Col::open("body"),
        Col::open("made_at"),
        Col::open("withdrawn_at"),
    ],
};

/// The longest text that is kept: some twenty pages.
const LONGEST: usize = 60_000;

row! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Template {
        pub id: RowId,
        pub form: ReportFormId,
        pub title: String,
        pub body: String,
    }
}

fn check(title: &str, body: &str) -> Result<()> {
    if title.trim().is_empty() {
        return Err(Error::invalid("report.error.title").field("title"));
    }
    if body.trim().is_empty() || LONGEST < body.len() {
        return Err(Error::invalid("report.error.body").field("body"));
    }
    Ok(())
}

pub fn add(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    form: ReportFormId,
    title: &str,
    body: &str,
) -> Result<RowId> {
    check(title, body)?;
    let id: RowId = stamp.id();
    let values = [
        ("form_id", form.arg()),
        ("title", Arg::Text(title.trim())),
        ("body", Arg::Text(body)),
        ("made_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &TEMPLATE, id, None, &values)?;
    Ok(id)
}

pub fn edit(tx: &mut Tx<'_>, stamp: &Stamp, id: RowId, title: &str, body: &str) -> Result<bool> {
    check(title, body)?;
    let values = [("title", Arg::Text(title.trim())), ("body", Arg::Text(body))];
    register::update(tx, stamp, &TEMPLATE, id, None, &values)
}

pub fn withdraw(tx: &mut Tx<'_>, stamp: &Stamp, id: RowId) -> Result<()> {
    let values = [("withdrawn_at", Arg::Time(stamp.at))];
    register::update(tx, stamp, &TEMPLATE, id, None, &values)?;
    Ok(())
}

/// One template.
///
/// # Errors
/// 404 when there is none or it was withdrawn.
pub fn get(tx: &mut Tx<'_>, id: RowId) -> Result<Template> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// The templates of a form, oldest first.
pub fn list(tx: &mut Tx<'_>, form: ReportFormId) -> Result<Vec<Template>> {
    tx.list(sql!(SQL, "of"), args![form])
}

/// The text a form starts with: the starter's, with its repeated line for each line of the form.
pub fn starter(lines: &[Line]) -> String {
    let mut out = String::new();
    for text in STARTER.lines() {
        match text.strip_prefix('*') {
            Some(each) => {
                for line in lines {
                    out.push_str(&each.replace("CODE", &line.code));
                    out.push('\n');
                }
            }
            None => {
                out.push_str(text);
                out.push('\n');
            }
        }
    }
    out
}

/// What a text can say of a period, and the table of its annex.
pub fn facts(
    tx: &mut Tx<'_>,
    form: &Form,
    period: &Period,
    today: Date,
) -> Result<(Facts, Collected)> {
    let vi = Lang::Vi;
    let now = collect::collect(tx, form, period)?;
    let rules = calendar::rules(tx, &form.calendar)?;
    let before = period::previous(&rules, period.name).filter(|before| form.asks_for(before));
    let last = match &before {
        Some(before) => Some(collect::collect(tx, form, before)?),
        None => None,
    };
    let rows: Vec<_> =
        now.rows.iter().map(|row| (row.place.clone(), row.standing.clone())).collect();
    let count = due::count(form, period, &rows, today);
    let late: Vec<&str> = now
        .rows
        .iter()
        .filter(|row| !row.state().is_filed() && form.due(period) < today)
        .map(|row| row.place.name.as_str())
        .collect();
    let unit = thao_people::unit::place(tx, form.unit)?.name;
    let n = |n: usize| vi.number(i64::try_from(n).unwrap_or(i64::MAX));
    let none = || vi.t("report.draft.nobody").to_owned();
    let words = HashMap::from([
        ("ky", within(&period.name.words(vi))),
        ("ky_truoc", before.map(|before| within(&before.name.words(vi))).unwrap_or_else(none)),
        ("tu_ngay", vi.date(period.starts)),
        ("den_ngay", vi.date(period.ends)),
        ("don_vi", unit),
        ("so_don_vi", n(count.units)),
        ("da_nop", n(count.filed)),
        ("da_duyet", n(count.approved)),
        ("cho_duyet", n(now.rows.iter().filter(|row| row.state() == State::Submitted).count())),
        ("cham_nop", n(count.late)),
        ("danh_sach_cham", if late.is_empty() { none() } else { late.join(", ") }),
    ]);
    let line = |line: &Line| LineFacts {
        code: line.code.clone(),
        title: line.title(vi).to_owned(),
        unit: line.unit(vi).to_owned(),
        now: now.total(line).figure,
        before: last.as_ref().map(|last| last.total(line).figure).filter(|f| f.part.is_some()),
    };
    let lines = now.lines.iter().map(line).collect();
    Ok((Facts { words, lines }, now))
}

/// Words as they stand within a sentence: "tháng 11/2026".
fn within(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
