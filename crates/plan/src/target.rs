//! Targets: a goal for a measure in a unit and all below it, by a day.

use jiff::Timestamp;
use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, Lang, MeasureId, PlanId, Result, Stamp, TargetId, Tx, UnitId};
use thao_base::{args, row, sql};
use thao_record::{Col, Noun, register};
use thao_web::Scope;

const SQL: &str = include_str!("target.sql");

pub const TARGET: Noun = Noun {
    table: "target",
    columns: &[
        Col::open("plan_id"),
        Col::open("measure_id"),
        Col::open("unit_id"),
        Col::open("code"),
        Col::open("title_vi"),
        Col::open("title_en"),
        Col::open("qualifier"),
        Col::open("goal_permille"),
        Col::open("baseline_permille"),
        Col::open("starts"),
        Col::open("due"),
        Col::open("made_at"),
        Col::open("withdrawn_at"),
    ],
};

/// How the source says the goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Qualifier {
    AtLeast,
    MoreThan,
    About,
    Nearly,
    Exactly,
}

impl Qualifier {
    pub const ALL: [Qualifier; 5] = [
        Qualifier::AtLeast,
        Qualifier::MoreThan,
        Qualifier::About,
        Qualifier::Nearly,
        Qualifier::Exactly,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Qualifier::AtLeast => "at_least",
            Qualifier::MoreThan => "more_than",
            Qualifier::About => "about",
            Qualifier::Nearly => "nearly",
            Qualifier::Exactly => "exactly",
        }
    }

    pub fn from_code(code: &str) -> Option<Qualifier> {
        Qualifier::ALL.into_iter().find(|qualifier| qualifier.code() == code)
    }
}

/// A target about to be added, or what it is changed to.
#[derive(Debug, Clone)]
pub struct NewTarget {
    pub plan: PlanId,
    pub measure: MeasureId,
    pub unit: UnitId,
    pub code: Option<String>,
    pub title_vi: String,
    pub title_en: String,
    pub qualifier: Qualifier,
    /// Thousandths: 100% is 1000.
    pub goal: i32,
    pub baseline: i32,
    pub starts: Date,
    /// The last day it may be reached on.
    pub due: Date,
}

row! {
    #[derive(Debug, Clone)]
    pub struct Target {
        pub id: TargetId,
        pub plan: PlanId,
        pub measure: MeasureId,
        pub unit: UnitId,
        pub code: Option<String>,
        pub title_vi: String,
        pub title_en: String,
        pub qualifier_code: String,
        pub goal: i32,
        pub baseline: i32,
        pub starts: Date,
        pub due: Date,
        pub made_at: Timestamp,
        pub withdrawn_at: Option<Timestamp>,
        /// Where its unit stands in the tree.
        pub pos: i64,
        pub last: i64,
    }
}

impl Target {
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.title_vi,
            Lang::En => &self.title_en,
        }
    }

    pub fn qualifier(&self) -> Qualifier {
        // What a newer node wrote and this one does not know is read the plainest way.
        Qualifier::from_code(&self.qualifier_code).unwrap_or(Qualifier::AtLeast)
    }
}

fn values<'a>(new: &'a NewTarget) -> Vec<(&'static str, Arg<'a>)> {
    vec![
        ("plan_id", new.plan.arg()),
        ("measure_id", new.measure.arg()),
        ("unit_id", new.unit.arg()),
        ("code", new.code.arg()),
        ("title_vi", Arg::Text(&new.title_vi)),
        ("title_en", Arg::Text(&new.title_en)),
        ("qualifier", Arg::Text(new.qualifier.code())),
        ("goal_permille", new.goal.arg()),
        ("baseline_permille", new.baseline.arg()),
        ("starts", new.starts.arg()),
        ("due", new.due.arg()),
    ]
}

pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewTarget) -> Result<TargetId> {
    let id: TargetId = stamp.id();
    let mut values = values(new);
    values.push(("made_at", Arg::Time(stamp.at)));
    register::insert(tx, stamp, &TARGET, id, None, &values)?;
    Ok(id)
}

/// Changes a target to what `new` says. Whether anything differed.
pub fn edit(tx: &mut Tx<'_>, stamp: &Stamp, id: TargetId, new: &NewTarget) -> Result<bool> {
    register::update(tx, stamp, &TARGET, id, None, &values(new))
}

/// Takes a target back: it stands in the journal, no board shows it any more.
pub fn withdraw(tx: &mut Tx<'_>, stamp: &Stamp, id: TargetId) -> Result<()> {
    register::update(tx, stamp, &TARGET, id, None, &[("withdrawn_at", Arg::Time(stamp.at))])?;
    Ok(())
}

/// One target.
///
/// # Errors
/// 404 when there is none, it was withdrawn, or its unit no longer stands.
pub fn get(tx: &mut Tx<'_>, id: TargetId) -> Result<Target> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// The targets a scope has to do with: set within it, or for a unit above it. By plan, code, due.
pub fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Target>> {
    tx.list(sql!(SQL, "in_scope"), args![scope.json()])
}

/// The targets of a unit: set for it or for a unit above it. By plan, code, due.
pub fn list_over(tx: &mut Tx<'_>, pos: i64) -> Result<Vec<Target>> {
    tx.list(sql!(SQL, "over"), args![pos])
}
