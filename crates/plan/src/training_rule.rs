//! Training rules: the least training a year for categories of staff, as dated rows. What a law
//! says is data: content/lists/training_rules.toml, and what an office enters after it.

mod list;

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{AudienceId, Error, Lang, MeasureId, Result, Stamp, TrainingRuleId, Tx};
use thao_base::{args, row, sql};
use thao_people::AffiliationKind;
use thao_people::audience::{self, Audience};
use thao_record::{Col, Noun, register};

use crate::kind::Kind;
use crate::measure::{self, Definition};

pub use list::{Entry, entries, take_list};

const SQL: &str = include_str!("training_rule.sql");

pub const TRAINING_RULE: Noun = Noun {
    table: "training_rule",
    columns: &[
        Col::open("code"),
        Col::open("title_vi"),
        Col::open("title_en"),
        Col::open("categories"),
        Col::open("amount"),
        Col::open("amount_unit"),
        Col::open("minutes"),
        Col::open("valid_from"),
        Col::open("valid_to"),
        Col::open("source"),
        Col::open("established"),
        Col::open("note_vi"),
        Col::open("note_en"),
        Col::open("measure_id"),
        Col::open("made_at"),
        Col::open("withdrawn_at"),
    ],
};

/// What an amount is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AmountUnit {
    /// A lesson period (tiết), which is not an hour.
    Period,
    Day,
}

impl AmountUnit {
    pub const ALL: [AmountUnit; 2] = [AmountUnit::Period, AmountUnit::Day];

    pub fn code(self) -> &'static str {
        match self {
            AmountUnit::Period => "tiet",
            AmountUnit::Day => "day",
        }
    }

    pub fn from_code(code: &str) -> Option<AmountUnit> {
        AmountUnit::ALL.into_iter().find(|unit| unit.code() == code)
    }
}

/// A rule about to be added.
#[derive(Debug, Clone)]
pub struct NewRule {
    /// What it goes by in the list it came from.
    pub code: String,
    pub title_vi: String,
    pub title_en: String,
    /// Keys of content/lists/staff_categories.toml.
    pub categories: Vec<String>,
    pub amount: i32,
    pub unit: AmountUnit,
    /// How long one period or day is counted.
    pub minutes: i32,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub source: String,
    /// Whether somebody has confirmed it.
    pub established: bool,
    pub note_vi: Option<String>,
    pub note_en: Option<String>,
}

row! {
    #[derive(Debug, Clone)]
    pub struct TrainingRule {
        pub id: TrainingRuleId,
        pub code: String,
        pub title_vi: String,
        pub title_en: String,
        pub categories: serde_json::Value,
        pub amount: i32,
        unit_code: String,
        pub minutes: i32,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
        pub source: String,
        pub established: bool,
        pub note_vi: Option<String>,
        pub note_en: Option<String>,
        pub measure: MeasureId,
    }
}

impl TrainingRule {
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.title_vi,
            Lang::En => &self.title_en,
        }
    }

    pub fn note(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::Vi => self.note_vi.as_deref(),
            Lang::En => self.note_en.as_deref(),
        }
    }

    pub fn unit(&self) -> AmountUnit {
        AmountUnit::from_code(&self.unit_code).unwrap_or(AmountUnit::Period)
    }

    /// The minutes of a year that it asks for.
    pub fn least(&self) -> i64 {
        i64::from(self.amount) * i64::from(self.minutes)
    }

    pub fn holds(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|to| on < to)
    }
}

/// Adds a rule with the measure that is kept for it.
pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewRule) -> Result<TrainingRuleId> {
    let audience = staff(tx, stamp, new)?;
    let least = new.amount.saturating_mul(new.minutes);
    let definition =
        Definition { at_least: Some(least), ..Definition::people(Kind::LeastTraining, audience) };
    let titles = [new.title_vi.as_str(), new.title_en.as_str()];
    let measure = measure::ensure(tx, stamp, titles, &definition)?;
    add_row(tx, stamp, new, measure)
}

/// The audience of a rule's categories, there already or added.
fn staff(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewRule) -> Result<AudienceId> {
    let categories = serde_json::json!(new.categories);
    let kind = AffiliationKind::Staff.code();
    let same = |audience: &Audience| {
        audience.affiliation_kind == kind
            && audience.categories == categories
            && audience.age_from.is_none()
            && audience.age_below.is_none()
    };
    if let Some(known) = audience::list(tx)?.into_iter().find(same) {
        return Ok(known.id);
    }
    let audience = Audience {
        id: stamp.id(),
        code: format!("staff-{}", new.categories.join("-")),
        name_vi: new.title_vi.clone(),
        name_en: new.title_en.clone(),
        affiliation_kind: kind.to_owned(),
        categories,
        age_from: None,
        age_below: None,
    };
    audience::add(tx, stamp, &audience)?;
    Ok(audience.id)
}

fn add_row(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    new: &NewRule,
    measure: MeasureId,
) -> Result<TrainingRuleId> {
    let id: TrainingRuleId = stamp.id();
    let categories = serde_json::json!(new.categories);
    let values = [
        ("code", Arg::Text(&new.code)),
        ("title_vi", Arg::Text(&new.title_vi)),
        ("title_en", Arg::Text(&new.title_en)),
        ("categories", Arg::Json(&categories)),
        ("amount", new.amount.arg()),
        ("amount_unit", Arg::Text(new.unit.code())),
        ("minutes", new.minutes.arg()),
        ("valid_from", new.valid_from.arg()),
        ("valid_to", new.valid_to.arg()),
        ("source", Arg::Text(&new.source)),
        ("established", new.established.arg()),
        ("note_vi", new.note_vi.arg()),
        ("note_en", new.note_en.arg()),
        ("measure_id", measure.arg()),
        ("made_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &TRAINING_RULE, id, None, &values)?;
    Ok(id)
}

/// Ends a rule: `to` is the first day it no longer holds.
///
/// # Errors
/// Invalid when that is not after its first day.
pub fn end(tx: &mut Tx<'_>, stamp: &Stamp, rule: &TrainingRule, to: Date) -> Result<bool> {
    if to <= rule.valid_from {
        return Err(Error::invalid("plan.error.rule_ends").field("to"));
    }
    register::update(tx, stamp, &TRAINING_RULE, rule.id, None, &[("valid_to", to.arg())])
}

/// One rule.
///
/// # Errors
/// 404 when there is none or it was withdrawn.
pub fn get(tx: &mut Tx<'_>, id: TrainingRuleId) -> Result<TrainingRule> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// All rules, the latest first.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<TrainingRule>> {
    tx.list(sql!(SQL, "all"), args![])
}

#[cfg(test)]
mod tests;
