//! The lines of a form: computed by a target, or typed as a share or as one number.

use jiff::civil::Date;
use serde_json::json;
use thao_base::db::{Arg, ToArg};
use thao_base::{
    Error, Lang, ReportFormId, ReportLineId, Result, Stamp, TargetId, Tx, args, row, sql,
};
use thao_record::{Col, Noun, register};

use super::SQL;

pub const LINE: Noun = Noun {
    table: "report_line",
    columns: &[
        Col::open("form_id"),
        Col::open("rank"),
        Col::open("code"),
        Col::open("entry"),
        Col::open("target_id"),
        Col::open("title_vi"),
        Col::open("title_en"),
        Col::open("unit_vi"),
        Col::open("unit_en"),
        Col::open("note"),
        Col::open("required"),
        Col::open("sourced"),
        Col::open("sum_of"),
        Col::open("valid_from"),
        Col::open("valid_to"),
    ],
};

/// How a line gets its figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Entry {
    /// Computed from facts; nobody types it.
    Target,
    /// A numerator and a denominator, typed.
    Share,
    /// One number, typed.
    Count,
}

impl Entry {
    pub const ALL: [Entry; 3] = [Entry::Target, Entry::Share, Entry::Count];

    pub fn code(self) -> &'static str {
        match self {
            Entry::Target => "target",
            Entry::Share => "share",
            Entry::Count => "count",
        }
    }

    pub fn from_code(code: &str) -> Option<Entry> {
        Entry::ALL.into_iter().find(|entry| entry.code() == code)
    }
}

/// A line about to be added.
#[derive(Debug, Clone)]
pub struct NewLine {
    pub code: String,
    pub entry: Entry,
    /// The target that computes it, for [`Entry::Target`].
    pub target: Option<TargetId>,
    pub title_vi: String,
    pub title_en: String,
    pub unit_vi: String,
    pub unit_en: String,
    pub note: Option<String>,
    pub required: bool,
    pub sourced: bool,
    pub sum_of: Vec<String>,
    pub valid_from: Date,
}

row! {
    #[derive(Debug, Clone, PartialEq)]
    pub struct Line {
        pub id: ReportLineId,
        pub rank: i32,
        pub code: String,
        entry_code: String,
        pub target: Option<TargetId>,
        pub title_vi: String,
        pub title_en: String,
        pub unit_vi: String,
        pub unit_en: String,
        pub note: Option<String>,
        pub required: bool,
        pub sourced: bool,
        sum: serde_json::Value,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
    }
}

impl Line {
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.title_vi,
            Lang::En => &self.title_en,
        }
    }

    /// What is counted: "người".
    pub fn unit(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.unit_vi,
            Lang::En => &self.unit_en,
        }
    }

    pub fn entry(&self) -> Entry {
        Entry::from_code(&self.entry_code).unwrap_or(Entry::Count)
    }

    /// Codes of the lines it is the sum of; none when it is no sum.
    pub fn sum_of(&self) -> Vec<&str> {
        self.sum.as_array().into_iter().flatten().filter_map(|code| code.as_str()).collect()
    }

    fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|to| day < to)
    }

    #[cfg(test)]
    pub(crate) fn test(code: &str, entry: Entry, sum_of: &[&str]) -> Line {
        let name = blake3::hash(code.as_bytes());
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(name.as_bytes()) {
            *to = *from;
        }
        Line {
            id: thao_base::Id::from_uuid(uuid::Uuid::from_bytes(bytes)),
            rank: 1,
            code: code.to_owned(),
            entry_code: entry.code().to_owned(),
            target: None,
            title_vi: format!("Dòng {code}"),
            title_en: format!("Line {code}"),
            unit_vi: "người".to_owned(),
            unit_en: "people".to_owned(),
            note: None,
            required: true,
            sourced: false,
            sum: json!(sum_of),
            valid_from: Date::constant(2020, 1, 1),
            valid_to: None,
        }
    }
}

/// The lines of a form as of a day, in their order.
pub fn list_lines(tx: &mut Tx<'_>, form: ReportFormId, on: Date) -> Result<Vec<Line>> {
    let mut all: Vec<Line> = tx.list(sql!(SQL, "lines"), args![form])?;
    all.retain(|line| line.holds_on(on));
    Ok(all)
}

/// Adds a line at the end.
///
/// # Errors
/// [`thao_base::Kind::Invalid`] with the field: no code, one that stands already, no title, a
/// computed line without a target, a sum of lines there are not.
pub fn add_line(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    form: ReportFormId,
    new: &NewLine,
) -> Result<ReportLineId> {
    let present = list_lines(tx, form, new.valid_from)?;
    check(new, &present)?;
    let rank: i32 = tx.value(sql!(SQL, "last_rank"), args![form])?;
    let id: ReportLineId = stamp.id();
    let sum = json!(new.sum_of);
    let target = new.target.filter(|_| new.entry == Entry::Target);
    let values = [
        ("form_id", form.arg()),
        ("rank", Arg::Int(i64::from(rank) + 1)),
        ("code", Arg::Text(&new.code)),
        ("entry", Arg::Text(new.entry.code())),
        ("target_id", target.arg()),
        ("title_vi", Arg::Text(&new.title_vi)),
        ("title_en", Arg::Text(&new.title_en)),
        ("unit_vi", Arg::Text(&new.unit_vi)),
        ("unit_en", Arg::Text(&new.unit_en)),
        ("note", new.note.arg()),
        ("required", Arg::Bool(new.required)),
        ("sourced", Arg::Bool(new.sourced)),
        ("sum_of", Arg::Json(&sum)),
        ("valid_from", new.valid_from.arg()),
    ];
    register::insert(tx, stamp, &LINE, id, None, &values)?;
    Ok(id)
}

/// A code stands in texts as `{{chi_tieu CODE: …}}`: letters, digits, hyphens, points.
fn is_code(code: &str) -> bool {
    (1..=20).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
}

fn check(new: &NewLine, present: &[Line]) -> Result<()> {
    if !is_code(&new.code) {
        return Err(Error::invalid("report.error.code").field("code"));
    }
    if present.iter().any(|line| line.code == new.code) {
        return Err(Error::invalid("report.error.code_taken")
            .with("code", &new.code)
            .field("code"));
    }
    if new.title_vi.is_empty() {
        return Err(Error::invalid("report.error.title").field("title_vi"));
    }
    if new.entry == Entry::Target && new.target.is_none() {
        return Err(Error::invalid("report.error.target").field("target"));
    }
    let unknown = |code: &&String| !present.iter().any(|line| line.code == **code);
    if let Some(code) = new.sum_of.iter().find(unknown) {
        return Err(Error::invalid("report.error.sum_of").with("code", code).field("sum_of"));
    }
    Ok(())
}

/// Changes the words of a line and whether it must be filled in; what it measures stays, so that
/// figures of different periods can be compared. Whether anything differed.
pub fn edit_line(tx: &mut Tx<'_>, stamp: &Stamp, id: ReportLineId, new: &NewLine) -> Result<bool> {
    if new.title_vi.is_empty() {
        return Err(Error::invalid("report.error.title").field("title_vi"));
    }
    let values = [
        ("title_vi", Arg::Text(&new.title_vi)),
        ("title_en", Arg::Text(&new.title_en)),
        ("unit_vi", Arg::Text(&new.unit_vi)),
        ("unit_en", Arg::Text(&new.unit_en)),
        ("note", new.note.arg()),
        ("required", Arg::Bool(new.required)),
        ("sourced", Arg::Bool(new.sourced)),
    ];
    register::update(tx, stamp, &LINE, id, None, &values)
}

/// Takes a line out of periods that end on `to` or later; earlier ones keep it.
pub fn end_line(tx: &mut Tx<'_>, stamp: &Stamp, id: ReportLineId, to: Date) -> Result<()> {
    register::update(tx, stamp, &LINE, id, None, &[("valid_to", to.arg())])?;
    Ok(())
}
