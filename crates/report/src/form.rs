//! Forms: what the units directly below one unit file to it, line by line, and from when.

mod line;

use jiff::civil::Date;
use serde_json::json;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, Lang, ReportFormId, Result, Stamp, Tx, UnitId, args, row, sql};
use thao_people::UnitKind;
use thao_people::unit::{self, Place};
use thao_record::{Col, Noun, register};
use thao_web::{Scope, Span};

use crate::calendar;
use crate::period::{Length, Period, Rule, ended};

pub use line::{Entry, LINE, Line, NewLine, add_line, edit_line, end_line, list_lines};

const SQL: &str = include_str!("form.sql");

pub const FORM: Noun = Noun {
    table: "report_form",
    columns: &[
        Col::open("unit_id"),
        Col::open("title_vi"),
        Col::open("title_en"),
        Col::open("legal_basis"),
        Col::open("calendar"),
        Col::open("kind"),
        Col::open("unit_kinds"),
        Col::open("due_days"),
        Col::open("change_percent"),
        Col::open("valid_from"),
        Col::open("valid_to"),
        Col::open("made_at"),
    ],
};

/// A form about to be added, or what it is changed to.
#[derive(Debug, Clone)]
pub struct NewForm {
    /// The unit it is filed to.
    pub unit: UnitId,
    pub title_vi: String,
    pub title_en: String,
    pub legal_basis: Option<String>,
    pub calendar: String,
    pub length: Length,
    /// Kinds of units, directly below `unit`, that file it.
    pub kinds: Vec<UnitKind>,
    pub due_days: i32,
    pub change_percent: i32,
    pub valid_from: Date,
    /// The first day it is no longer asked for.
    pub valid_to: Option<Date>,
}

row! {
    #[derive(Debug, Clone)]
    pub struct Form {
        pub id: ReportFormId,
        pub unit: UnitId,
        pub title_vi: String,
        pub title_en: String,
        pub legal_basis: Option<String>,
        pub calendar: String,
        pub kind: String,
        unit_kinds: serde_json::Value,
        pub due_days: i32,
        pub change_percent: i32,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
        /// Where the unit it is filed to stands in the tree.
        pub pos: i64,
        pub last: i64,
    }
}

impl Form {
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.title_vi,
            Lang::En => &self.title_en,
        }
    }

    pub fn length(&self) -> Length {
        Length::from_code(&self.kind).unwrap_or(Length::Month)
    }

    pub fn kinds(&self) -> Vec<UnitKind> {
        let codes = self.unit_kinds.as_array().into_iter().flatten();
        codes.filter_map(|code| UnitKind::from_code(code.as_str()?)).collect()
    }

    pub fn span(&self) -> Span {
        Span { lo: self.pos, hi: self.last }
    }

    /// The day a return of a period is due: late from the day after.
    pub fn due(&self, period: &Period) -> Date {
        period.ends.saturating_add(jiff::Span::new().days(self.due_days))
    }

    /// The periods that have ended and are asked for, newest first.
    pub fn ended(&self, rules: &[Rule], today: Date, most: usize) -> Vec<Period> {
        let mut all = ended(rules, self.length(), self.valid_from, today, most.saturating_add(60));
        all.retain(|period| self.asks_for(period));
        all.truncate(most);
        all
    }

    /// Whether a period is asked for: it begins while the form holds.
    pub fn asks_for(&self, period: &Period) -> bool {
        period.name.length == self.length()
            && self.valid_from <= period.starts
            && self.valid_to.is_none_or(|to| period.starts < to)
    }
}

fn values<'a>(new: &'a NewForm, kinds: &'a serde_json::Value) -> [(&'static str, Arg<'a>); 11] {
    [
        ("unit_id", new.unit.arg()),
        ("title_vi", Arg::Text(&new.title_vi)),
        ("title_en", Arg::Text(&new.title_en)),
        ("legal_basis", new.legal_basis.arg()),
        ("calendar", Arg::Text(&new.calendar)),
        ("kind", Arg::Text(new.length.code())),
        ("unit_kinds", Arg::Json(kinds)),
        ("due_days", new.due_days.arg()),
        ("change_percent", new.change_percent.arg()),
        ("valid_from", new.valid_from.arg()),
        ("valid_to", new.valid_to.arg()),
    ]
}

/// Adds a form; the calendars of the starter come with the first.
///
/// # Errors
/// [`thao_base::Kind::Invalid`] with the field when its calendar has no such period, nobody would
/// file it, or it ends before it begins.
pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewForm) -> Result<ReportFormId> {
    calendar::ensure(tx, stamp)?;
    check(tx, new)?;
    let id: ReportFormId = stamp.id();
    let kinds = kinds_json(new);
    let mut values = values(new, &kinds).to_vec();
    values.push(("made_at", Arg::Time(stamp.at)));
    register::insert(tx, stamp, &FORM, id, None, &values)?;
    Ok(id)
}

/// Changes a form to what `new` says: returns that were opened keep their days. Whether anything
/// differed.
pub fn edit(tx: &mut Tx<'_>, stamp: &Stamp, id: ReportFormId, new: &NewForm) -> Result<bool> {
    check(tx, new)?;
    let kinds = kinds_json(new);
    register::update(tx, stamp, &FORM, id, None, &values(new, &kinds))
}

fn kinds_json(new: &NewForm) -> serde_json::Value {
    json!(new.kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>())
}

fn check(tx: &mut Tx<'_>, new: &NewForm) -> Result<()> {
    let rules = calendar::rules(tx, &new.calendar)?;
    if !rules.iter().any(|rule| rule.length == new.length) {
        return Err(Error::invalid("report.error.calendar").field("calendar"));
    }
    if new.kinds.is_empty() {
        return Err(Error::invalid("report.error.kinds").field("kinds"));
    }
    if new.valid_to.is_some_and(|to| to <= new.valid_from) {
        return Err(Error::invalid("report.error.ends_before").field("valid_to"));
    }
    Ok(())
}

/// One form.
///
/// # Errors
/// 404 when there is none or its unit no longer stands.
pub fn get(tx: &mut Tx<'_>, id: ReportFormId) -> Result<Form> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// The forms a scope has to do with: filed to a unit in it, or to a unit above it.
pub fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Form>> {
    tx.list(sql!(SQL, "in_scope"), args![scope.json()])
}

/// Every form, for what the program does by itself.
pub fn list_all(tx: &mut Tx<'_>) -> Result<Vec<Form>> {
    tx.list(sql!(SQL, "all"), args![])
}

/// The units that file a form, in Vietnamese order.
pub fn filers(tx: &mut Tx<'_>, form: &Form) -> Result<Vec<Place>> {
    let kinds = form.kinds();
    let mut below = unit::list_children(tx, form.unit)?;
    below.retain(|place| place.kind().is_some_and(|kind| kinds.contains(&kind)));
    Ok(below)
}

/// Whether a unit files a form.
pub fn is_filer(form: &Form, place: &Place) -> bool {
    place.parent == Some(form.unit) && place.kind().is_some_and(|kind| form.kinds().contains(&kind))
}
