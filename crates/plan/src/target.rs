//! Targets: a goal for a measure in a unit and all below it, by a day, with a yearly path.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, Id, Lang, MeasureId, PlanId, Result, RowId, Stamp, TargetId, Tx, UnitId};
use thao_base::{args, row, sql};
use thao_record::register::{self, NewRow};
use thao_record::{Col, Noun};
use thao_web::{Scope, Span};

use crate::kind::Kind;
use crate::measure::Better;

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
        Col::open("goal"),
        Col::open("baseline"),
        Col::open("starts"),
        Col::open("due"),
        Col::open("made_at"),
        Col::open("withdrawn_at"),
    ],
};

pub const TARGET_YEAR: Noun = Noun {
    table: "target_year",
    columns: &[
        Col::open("target_id"),
        Col::open("year"),
        Col::open("goal"),
        Col::open("withdrawn_at"),
    ],
};

/// Goals at the ends of years, thousandths of the measure's unit.
pub type Years = BTreeMap<i16, i64>;

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
    /// Thousandths of the measure's unit: 100% is 1000, 300 people are 300000.
    pub goal: i64,
    pub baseline: i64,
    pub starts: Date,
    /// The last day it may be reached on.
    pub due: Date,
    pub years: Years,
}

/// A target as it stands, with what its measure says of its figures.
#[derive(Debug, Clone)]
pub struct Target {
    pub id: TargetId,
    pub plan: PlanId,
    pub measure: MeasureId,
    pub unit: UnitId,
    pub code: Option<String>,
    pub title_vi: String,
    pub title_en: String,
    pub qualifier: Qualifier,
    /// Thousandths of the measure's unit.
    pub goal: i64,
    pub baseline: i64,
    pub starts: Date,
    pub due: Date,
    pub made_at: Timestamp,
    /// The goal at the end of a year on the way; of what is counted each year, that year's.
    pub years: Years,
    pub kind: Kind,
    pub better: Better,
    /// What it is counted in, a key of content/lists/measure_units.toml.
    pub unit_code: String,
    /// Where its unit stands in the tree.
    pub pos: i64,
    pub last: i64,
}

row! {
    struct Line {
        id: TargetId,
        plan: PlanId,
        measure: MeasureId,
        unit: UnitId,
        code: Option<String>,
        title_vi: String,
        title_en: String,
        qualifier: String,
        goal: i64,
        baseline: i64,
        starts: Date,
        due: Date,
        made_at: Timestamp,
        kind: String,
        better: String,
        unit_code: String,
        pos: i64,
        last: i64,
    }
}

impl Line {
    fn with(self, years: Years) -> Result<Target> {
        let strange = || Error::internal(format!("target {} is of a kind unknown here", self.id));
        Ok(Target {
            id: self.id,
            plan: self.plan,
            measure: self.measure,
            unit: self.unit,
            // What a newer node wrote and this one does not know is read the plainest way.
            qualifier: Qualifier::from_code(&self.qualifier).unwrap_or(Qualifier::AtLeast),
            kind: Kind::from_code(&self.kind).ok_or_else(strange)?,
            better: Better::from_code(&self.better).ok_or_else(strange)?,
            code: self.code,
            title_vi: self.title_vi,
            title_en: self.title_en,
            goal: self.goal,
            baseline: self.baseline,
            starts: self.starts,
            due: self.due,
            made_at: self.made_at,
            years,
            unit_code: self.unit_code,
            pos: self.pos,
            last: self.last,
        })
    }
}

impl Target {
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.title_vi,
            Lang::En => &self.title_en,
        }
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
        ("goal", new.goal.arg()),
        ("baseline", new.baseline.arg()),
        ("starts", new.starts.arg()),
        ("due", new.due.arg()),
    ]
}

pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewTarget) -> Result<TargetId> {
    let id: TargetId = stamp.id();
    let mut values = values(new);
    values.push(("made_at", Arg::Time(stamp.at)));
    register::insert(tx, stamp, &TARGET, id, None, &values)?;
    add_years(tx, stamp, id, &new.years)?;
    Ok(id)
}

fn add_years(tx: &mut Tx<'_>, stamp: &Stamp, id: TargetId, years: &Years) -> Result<()> {
    let rows = years.iter().map(|(year, goal)| NewRow {
        id: stamp.id::<RowId>().uuid(),
        person: None,
        values: vec![id.arg(), Arg::Int((*year).into()), goal.arg()],
    });
    let names = ["target_id", "year", "goal"];
    register::insert_many(tx, stamp, &TARGET_YEAR, &names, rows.collect())
}

/// Changes a target to what `new` says. Whether anything differed.
pub fn edit(tx: &mut Tx<'_>, stamp: &Stamp, id: TargetId, new: &NewTarget) -> Result<bool> {
    let differs = register::update(tx, stamp, &TARGET, id, None, &values(new))?;
    let mut left = new.years.clone();
    let mut gone = 0;
    for (row, year, goal) in tx.list::<(RowId, i16, i64)>(sql!(SQL, "year_rows"), args![id])? {
        if left.get(&year) == Some(&goal) {
            left.remove(&year);
            continue;
        }
        let values = [("withdrawn_at", Arg::Time(stamp.at))];
        register::update(tx, stamp, &TARGET_YEAR, row, None, &values)?;
        gone += 1;
    }
    add_years(tx, stamp, id, &left)?;
    Ok(differs || 0 < gone || !left.is_empty())
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
    let line: Line = tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)?;
    let years = years_of(tx, &[id])?.remove(&id).unwrap_or_default();
    line.with(years)
}

/// Where a target stood that was withdrawn: its unit and all below it.
pub fn find_withdrawn(tx: &mut Tx<'_>, id: TargetId) -> Result<Option<Span>> {
    let found: Option<(i64, i64)> = tx.find(sql!(SQL, "withdrawn"), args![id])?;
    Ok(found.map(|(lo, hi)| Span { lo, hi }))
}

/// The targets a scope has to do with: set within it, or for a unit above it. By plan, code, due.
pub fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Target>> {
    let lines: Vec<Line> = tx.list(sql!(SQL, "in_scope"), args![scope.json()])?;
    let ids: Vec<TargetId> = lines.iter().map(|line| line.id).collect();
    let mut years = years_of(tx, &ids)?;
    let with = |line: Line| {
        let years = years.remove(&line.id).unwrap_or_default();
        line.with(years)
    };
    lines.into_iter().map(with).collect()
}

fn years_of(tx: &mut Tx<'_>, ids: &[TargetId]) -> Result<HashMap<TargetId, Years>> {
    let mut out: HashMap<TargetId, Years> = HashMap::new();
    for (id, year, goal) in tx.list::<(TargetId, i16, i64)>(sql!(SQL, "years"), args![ids])? {
        out.entry(id).or_default().insert(year, goal);
    }
    Ok(out)
}
