//! Measures: what is counted, of which subjects, in which shape. See [`Kind`].

mod check;
mod definition;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use serde_json::{Value, json};
use thao_base::db::{Arg, ToArg};
use thao_base::{
    ActivityId, AudienceId, CriterionId, Error, Id, Lang, MeasureId, Result, RowId, Stamp, Tx,
    args, row, sql,
};
use thao_people::audience::{self, Audience};
use thao_record::register::{self, NewRow};
use thao_record::{Col, Noun, Rung};

use crate::fold::{Need, Rule};
use crate::kind::Kind;

pub use check::refuse_cycle;
pub use definition::{Better, Definition, Denominator, unit_code};

const SQL: &str = include_str!("measure.sql");

pub const MEASURE: Noun = Noun {
    table: "measure",
    columns: &[
        Col::open("kind"),
        Col::open("title_vi"),
        Col::open("title_en"),
        Col::open("audience_id"),
        Col::open("rung"),
        Col::open("need"),
        Col::open("valid_months"),
        Col::open("denominator"),
        Col::open("since"),
        Col::open("unit_kind"),
        Col::open("thing_kind"),
        Col::open("criterion_id"),
        Col::open("at_least"),
        Col::open("better"),
        Col::open("unit_code"),
    ],
};
pub const MEASURE_ACTIVITY: Noun = Noun {
    table: "measure_activity",
    columns: &[Col::open("measure_id"), Col::open("activity_id")],
};
pub const MEASURE_BASE: Noun =
    Noun { table: "measure_base", columns: &[Col::open("measure_id"), Col::open("base_id")] };

/// A measure with what it counts.
#[derive(Debug, Clone)]
pub struct Measure {
    pub id: MeasureId,
    pub title_vi: String,
    pub title_en: String,
    pub kind: Kind,
    pub denominator: Denominator,
    pub better: Better,
    pub unit_code: String,
    pub rule: Rule,
    /// The measures whose numerators it is a share of.
    pub bases: BTreeSet<MeasureId>,
}

impl Measure {
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.title_vi,
            Lang::En => &self.title_en,
        }
    }

    /// A digest of all that readings follow from besides subjects and units: a measure whose
    /// digest changes is folded anew.
    pub fn digest(&self) -> String {
        let all = json!([rule_values(&self.rule), self.denominator.code()]);
        blake3::hash(all.to_string().as_bytes()).to_hex().to_string()
    }
}

fn rule_values(rule: &Rule) -> Value {
    let audience = rule.audience.as_ref().map(|audience| {
        json!([
            audience.affiliation_kind,
            audience.categories,
            audience.age_from,
            audience.age_below,
        ])
    });
    json!([
        rule.kind.code(),
        audience,
        rule.activities,
        rule.rung.level(),
        rule.need.code(),
        rule.valid_months,
        rule.since,
        rule.unit_kind,
        rule.thing_kind,
        rule.criterion,
        rule.at_least,
        rule.lengths,
        rule.bases.iter().map(rule_values).collect::<Vec<Value>>(),
    ])
}

row! {
    #[derive(Clone)]
    struct Line {
        id: MeasureId,
        kind: String,
        title_vi: String,
        title_en: String,
        audience: Option<AudienceId>,
        rung: i32,
        need: String,
        valid_months: Option<i32>,
        denominator: String,
        since: Option<Date>,
        unit_kind: Option<String>,
        thing_kind: Option<String>,
        criterion: Option<CriterionId>,
        at_least: Option<i32>,
        better: String,
        unit_code: String,
        wanted: bool,
    }
}

/// Adds a measure, or gives the one that is defined the same way: readings are kept once. Figures
/// are what their title says, so another title is another figure.
///
/// # Errors
/// [`thao_base::Kind::Invalid`], with the field, when the kind needs what is not there.
pub fn ensure(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    titles: [&str; 2],
    definition: &Definition,
) -> Result<MeasureId> {
    check::definition(tx, definition)?;
    let same: Vec<MeasureId> = tx.values(
        sql!(SQL, "like"),
        args![
            definition.kind.code(),
            definition.audience,
            definition.rung.level(),
            definition.need.code(),
            definition.valid_months,
            definition.denominator.code(),
            definition.since,
            definition.unit_kind,
            definition.thing_kind,
            definition.criterion,
            definition.at_least,
            definition.better.code(),
            definition.unit_code,
            (definition.kind == Kind::Figure).then_some(titles[0]),
        ],
    )?;
    for id in same {
        let activities: Vec<ActivityId> = tx.values(sql!(SQL, "activities"), args![id])?;
        let bases: Vec<MeasureId> = tx.values(sql!(SQL, "bases"), args![id])?;
        if activities.into_iter().collect::<BTreeSet<_>>() == definition.activities
            && bases.into_iter().collect::<BTreeSet<_>>() == definition.bases
        {
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
        ("kind", Arg::Text(definition.kind.code())),
        ("title_vi", Arg::Text(title_vi)),
        ("title_en", Arg::Text(title_en)),
        ("audience_id", definition.audience.arg()),
        ("rung", Arg::Int(definition.rung.level().into())),
        ("need", Arg::Text(definition.need.code())),
        ("valid_months", definition.valid_months.arg()),
        ("denominator", Arg::Text(definition.denominator.code())),
        ("since", definition.since.arg()),
        ("unit_kind", definition.unit_kind.arg()),
        ("thing_kind", definition.thing_kind.arg()),
        ("criterion_id", definition.criterion.arg()),
        ("at_least", definition.at_least.arg()),
        ("better", Arg::Text(definition.better.code())),
        ("unit_code", Arg::Text(&definition.unit_code)),
    ];
    register::insert(tx, stamp, &MEASURE, id, None, &values)?;
    let rows = definition.activities.iter().map(|activity| NewRow {
        id: stamp.id::<RowId>().uuid(),
        person: None,
        values: vec![id.arg(), activity.arg()],
    });
    let names = ["measure_id", "activity_id"];
    register::insert_many(tx, stamp, &MEASURE_ACTIVITY, &names, rows.collect())?;
    let rows = definition.bases.iter().map(|base| NewRow {
        id: stamp.id::<RowId>().uuid(),
        person: None,
        values: vec![id.arg(), base.arg()],
    });
    let names = ["measure_id", "base_id"];
    register::insert_many(tx, stamp, &MEASURE_BASE, &names, rows.collect())?;
    Ok(id)
}

/// One measure.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: MeasureId) -> Result<Measure> {
    let line: Line = tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)?;
    let kind = Kind::from_code(&line.kind);
    if kind == Some(Kind::ShareOf) {
        return All::load(tx)?.measure(id)?.ok_or_else(Error::not_found);
    }
    let activities: Vec<ActivityId> = tx.values(sql!(SQL, "activities"), args![id])?;
    let audience = match line.audience {
        Some(audience) => Some(audience::get(tx, audience)?),
        None => None,
    };
    make(line, activities.into_iter().collect(), audience, BTreeMap::new())
}

/// The measures that some target or training rule asks for: those that readings are kept of.
pub fn list_wanted(tx: &mut Tx<'_>) -> Result<Vec<Measure>> {
    let all = All::load(tx)?;
    let wanted = all.lines.values().filter(|line| line.wanted).map(|line| line.id);
    let found = wanted.map(|id| all.measure(id)).collect::<Result<Vec<Option<Measure>>>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// The measures whose denominators are official figures, of some target.
pub fn list_official(tx: &mut Tx<'_>) -> Result<Vec<Measure>> {
    let all = list_wanted(tx)?;
    Ok(all.into_iter().filter(|m| m.denominator == Denominator::Official).collect())
}

/// The measures of some target that figures are given for: official denominators, and numbers
/// that are figures themselves.
pub fn list_given(tx: &mut Tx<'_>) -> Result<Vec<Measure>> {
    let all = list_wanted(tx)?;
    let given = |m: &Measure| m.denominator == Denominator::Official || m.kind == Kind::Figure;
    Ok(all.into_iter().filter(given).collect())
}

/// Every measure with what it is made of: a share of others is made of theirs.
struct All {
    lines: BTreeMap<MeasureId, Line>,
    activities: HashMap<MeasureId, BTreeSet<ActivityId>>,
    bases: HashMap<MeasureId, BTreeSet<MeasureId>>,
    audiences: HashMap<AudienceId, Audience>,
    /// The stated length of each course, minutes.
    lengths: BTreeMap<ActivityId, i32>,
}

impl All {
    fn load(tx: &mut Tx<'_>) -> Result<All> {
        let lines: Vec<Line> = tx.list(sql!(SQL, "all"), args![])?;
        let mut all = All {
            lines: lines.into_iter().map(|line| (line.id, line)).collect(),
            activities: HashMap::new(),
            bases: HashMap::new(),
            audiences: HashMap::new(),
            lengths: BTreeMap::new(),
        };
        if all.lines.is_empty() {
            return Ok(all);
        }
        for (measure, activity) in tx.list(sql!(SQL, "all_activities"), args![])? {
            all.activities.entry(measure).or_default().insert(activity);
        }
        for (measure, base) in tx.list(sql!(SQL, "all_bases"), args![])? {
            all.bases.entry(measure).or_default().insert(base);
        }
        if all.lines.values().any(|line| line.kind == Kind::LeastTraining.code()) {
            all.lengths = tx.list(sql!(SQL, "lengths"), args![])?.into_iter().collect();
        }
        all.audiences =
            audience::list(tx)?.into_iter().map(|audience| (audience.id, audience)).collect();
        Ok(all)
    }

    fn measure(&self, id: MeasureId) -> Result<Option<Measure>> {
        self.within(id, &mut Vec::new())
    }

    /// `above`: the measures it is a base of. One that is a base of itself, which two offices may
    /// have made without knowing of each other, is a share of nothing there.
    fn within(&self, id: MeasureId, above: &mut Vec<MeasureId>) -> Result<Option<Measure>> {
        if above.contains(&id) {
            tracing::warn!(%id, "a measure is a share of itself");
            return Ok(None);
        }
        let Some(line) = self.lines.get(&id).cloned() else { return Ok(None) };
        above.push(id);
        let mut bases = BTreeMap::new();
        for base in self.bases.get(&id).into_iter().flatten() {
            bases.insert(*base, self.within(*base, above)?.map(|measure| measure.rule));
        }
        above.pop();
        let audience = match line.audience {
            Some(id) => Some(self.audiences.get(&id).cloned().ok_or_else(Error::not_found)?),
            None => None,
        };
        let own = self.activities.get(&id).cloned().unwrap_or_default();
        let mut measure = make(line, own, audience, bases)?;
        if measure.kind == Kind::LeastTraining {
            // A course that is as long as it was changes nothing.
            measure.rule.lengths = self.lengths.clone();
        }
        Ok(Some(measure))
    }
}

fn make(
    line: Line,
    activities: BTreeSet<ActivityId>,
    audience: Option<Audience>,
    bases: BTreeMap<MeasureId, Option<Rule>>,
) -> Result<Measure> {
    let strange = || Error::internal(format!("measure {} is of a kind unknown here", line.id));
    let kind = Kind::from_code(&line.kind).ok_or_else(strange)?;
    Ok(Measure {
        id: line.id,
        kind,
        denominator: Denominator::from_code(&line.denominator).ok_or_else(strange)?,
        better: Better::from_code(&line.better).ok_or_else(strange)?,
        rule: Rule {
            kind,
            audience,
            activities,
            rung: Rung::from_level(line.rung).ok_or_else(strange)?,
            need: Need::from_code(&line.need).ok_or_else(strange)?,
            valid_months: line.valid_months,
            since: line.since,
            unit_kind: line.unit_kind,
            thing_kind: line.thing_kind,
            criterion: line.criterion,
            at_least: line.at_least.unwrap_or(1),
            lengths: BTreeMap::new(),
            bases: bases.values().flatten().cloned().collect(),
        },
        bases: bases.into_keys().collect(),
        title_vi: line.title_vi,
        title_en: line.title_en,
        unit_code: line.unit_code,
    })
}

#[cfg(test)]
mod tests;
