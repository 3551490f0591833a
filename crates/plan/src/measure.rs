//! Measures: what is counted. A share of an audience, or of an official figure, who hold a rung.

use std::collections::{BTreeSet, HashMap};

use serde_json::json;
use thao_base::db::{Arg, ToArg};
use thao_base::{
    ActivityId, AudienceId, Error, Id, Lang, MeasureId, Result, RowId, Stamp, Tx, args, row, sql,
};
use thao_people::audience::{self, Audience};
use thao_record::register::{self, NewRow};
use thao_record::{Col, Noun, Rung};

use crate::fold::{Need, Rule};

const SQL: &str = include_str!("measure.sql");

pub const MEASURE: Noun = Noun {
    table: "measure",
    columns: &[
        Col::open("title_vi"),
        Col::open("title_en"),
        Col::open("audience_id"),
        Col::open("rung"),
        Col::open("need"),
        Col::open("valid_months"),
        Col::open("denominator"),
    ],
};
pub const MEASURE_ACTIVITY: Noun = Noun {
    table: "measure_activity",
    columns: &[Col::open("measure_id"), Col::open("activity_id")],
};

/// What the share is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Denominator {
    /// The people of the audience, as registered here.
    Computed,
    /// Figures somebody else answers for, typed or read from a file with source and date.
    Official,
}

impl Denominator {
    pub const ALL: [Denominator; 2] = [Denominator::Computed, Denominator::Official];

    pub fn code(self) -> &'static str {
        match self {
            Denominator::Computed => "computed",
            Denominator::Official => "official",
        }
    }

    pub fn from_code(code: &str) -> Option<Denominator> {
        Denominator::ALL.into_iter().find(|denominator| denominator.code() == code)
    }
}

/// What a measure is, apart from its title: two measures that agree in this are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub audience: AudienceId,
    pub activities: BTreeSet<ActivityId>,
    pub rung: Rung,
    pub need: Need,
    pub valid_months: Option<i32>,
    pub denominator: Denominator,
}

/// A measure with what it counts.
#[derive(Debug, Clone)]
pub struct Measure {
    pub id: MeasureId,
    pub title_vi: String,
    pub title_en: String,
    pub denominator: Denominator,
    pub rule: Rule,
}

impl Measure {
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.title_vi,
            Lang::En => &self.title_en,
        }
    }

    /// A digest of all that readings follow from besides people and units: a measure whose
    /// digest changes is folded anew.
    pub fn digest(&self) -> String {
        let audience = &self.rule.audience;
        let all = json!([
            audience.affiliation_kind,
            audience.categories,
            audience.age_from,
            audience.age_below,
            self.rule.activities,
            self.rule.rung.level(),
            self.rule.need.code(),
            self.rule.valid_months,
            self.denominator.code(),
        ]);
        blake3::hash(all.to_string().as_bytes()).to_hex().to_string()
    }
}

row! {
    struct Line {
        id: MeasureId,
        title_vi: String,
        title_en: String,
        audience: AudienceId,
        rung: i32,
        need: String,
        valid_months: Option<i32>,
        denominator: String,
    }
}

/// Adds a measure, or gives the one that is defined the same way: readings are kept once.
pub fn ensure(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    titles: [&str; 2],
    definition: &Definition,
) -> Result<MeasureId> {
    let same: Vec<MeasureId> = tx.values(
        sql!(SQL, "like"),
        args![
            definition.audience,
            definition.rung.level(),
            Arg::Text(definition.need.code()),
            definition.valid_months,
            Arg::Text(definition.denominator.code()),
        ],
    )?;
    for id in same {
        let activities: Vec<ActivityId> = tx.values(sql!(SQL, "activities"), args![id])?;
        if activities.into_iter().collect::<BTreeSet<_>>() == definition.activities {
            return Ok(id);
        }
    }
    add(tx, stamp, titles, definition)
}

fn add(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    [title_vi, title_en]: [&str; 2],
    definition: &Definition,
) -> Result<MeasureId> {
    let id: MeasureId = stamp.id();
    let values = [
        ("title_vi", Arg::Text(title_vi)),
        ("title_en", Arg::Text(title_en)),
        ("audience_id", definition.audience.arg()),
        ("rung", Arg::Int(definition.rung.level().into())),
        ("need", Arg::Text(definition.need.code())),
        ("valid_months", definition.valid_months.arg()),
        ("denominator", Arg::Text(definition.denominator.code())),
    ];
    register::insert(tx, stamp, &MEASURE, id, None, &values)?;
    let rows = definition.activities.iter().map(|activity| NewRow {
        id: stamp.id::<RowId>().uuid(),
        person: None,
        values: vec![id.arg(), activity.arg()],
    });
    let names = ["measure_id", "activity_id"];
    register::insert_many(tx, stamp, &MEASURE_ACTIVITY, &names, rows.collect())?;
    Ok(id)
}

/// One measure.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: MeasureId) -> Result<Measure> {
    let line: Line = tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)?;
    let activities: Vec<ActivityId> = tx.values(sql!(SQL, "activities"), args![id])?;
    let audience = audience::get(tx, line.audience)?;
    make(line, activities.into_iter().collect(), audience)
}

/// The measures that some target asks for: those that readings are kept of.
pub fn list_wanted(tx: &mut Tx<'_>) -> Result<Vec<Measure>> {
    let lines: Vec<Line> = tx.list(sql!(SQL, "wanted"), args![])?;
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let mut activities: HashMap<MeasureId, BTreeSet<ActivityId>> = HashMap::new();
    for (measure, activity) in tx.list(sql!(SQL, "all_activities"), args![])? {
        activities.entry(measure).or_default().insert(activity);
    }
    let audiences: HashMap<AudienceId, Audience> =
        audience::list(tx)?.into_iter().map(|audience| (audience.id, audience)).collect();
    let measures = lines.into_iter().map(|line| {
        let own = activities.remove(&line.id).unwrap_or_default();
        let audience = audiences.get(&line.audience).ok_or_else(Error::not_found)?;
        make(line, own, audience.clone())
    });
    measures.collect()
}

/// The measures whose denominators are official figures, of some target, with their titles.
pub fn list_official(tx: &mut Tx<'_>) -> Result<Vec<Measure>> {
    let all = list_wanted(tx)?;
    Ok(all.into_iter().filter(|m| m.denominator == Denominator::Official).collect())
}

fn make(line: Line, activities: BTreeSet<ActivityId>, audience: Audience) -> Result<Measure> {
    let strange = || Error::internal(format!("measure {} is of a kind unknown here", line.id));
    Ok(Measure {
        id: line.id,
        denominator: Denominator::from_code(&line.denominator).ok_or_else(strange)?,
        rule: Rule {
            audience,
            activities,
            rung: Rung::from_level(line.rung).ok_or_else(strange)?,
            need: Need::from_code(&line.need).ok_or_else(strange)?,
            valid_months: line.valid_months,
        },
        title_vi: line.title_vi,
        title_en: line.title_en,
    })
}
