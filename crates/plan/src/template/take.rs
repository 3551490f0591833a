//! Taking a template over: a plan and its targets in one act. What needs a choice is left to make.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use thao_base::{AudienceId, CriterionId, MeasureId, PlanId, Result, Stamp, Tx, cast};
use thao_catalog::course;
use thao_people::audience::{self, Audience};
use thao_people::unit::Place;
use thao_record::Rung;

use super::{Here, Row, Template, groups};
use crate::criterion::{self, NewCriterion};
use crate::fold::Need;
use crate::kind::Kind;
use crate::measure::{self, Definition, Denominator};
use crate::plan::{self, Paper};
use crate::target::{self, NewTarget, Qualifier, Years};

/// What was made of a template.
#[derive(Debug, Clone)]
pub struct Taken {
    pub plan: PlanId,
    /// Targets that were set.
    pub targets: usize,
}

/// Makes a plan of a unit out of a template, with every target that needs no further choice.
pub fn take(tx: &mut Tx<'_>, stamp: &Stamp, template: &Template, place: &Place) -> Result<Taken> {
    let plan = plan::add_paper(tx, stamp, &paper(template, place, stamp.today()))?;
    Ok(Taken { plan, targets: set(tx, stamp, template, plan, place, &[])? })
}

/// Sets in a plan every target of a template that needs no further choice, but those of `but`; how
/// many.
pub fn set(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    template: &Template,
    plan: PlanId,
    place: &Place,
    but: &[&str],
) -> Result<usize> {
    let mut made: HashMap<&str, MeasureId> = HashMap::new();
    let ready = || template.targets().filter(|row| row.is_ready());
    // A share of other rows' numerators comes after them.
    let (of, plain): (Vec<&Row>, Vec<&Row>) =
        ready().partition(|row| row.here.as_ref().is_some_and(|here| !here.bases.is_empty()));
    let mut targets = 0;
    for row in plain.into_iter().chain(of) {
        let (Some(here), Some(due)) = (&row.here, row.until()) else { continue };
        let Some(definition) = definition(tx, stamp, template, row, here, &made)? else {
            continue;
        };
        let titles = [row.title.vi.as_str(), row.title.en.as_str()];
        let measure = measure::ensure(tx, stamp, titles, &definition)?;
        made.insert(row.id.as_str(), measure);
        if but.contains(&row.id.as_str()) {
            continue;
        }
        let Some(goal) = goal(row, definition.kind) else { continue };
        let baseline = template.baseline(row).and_then(Row::thousandths).unwrap_or(0);
        let new = NewTarget {
            plan,
            measure,
            unit: place.unit,
            code: Some(row.id.clone()),
            title_vi: row.title.vi.clone(),
            title_en: row.title.en.clone(),
            qualifier: qualifier(row),
            goal,
            baseline: baseline.min(goal),
            starts: starts(row, due),
            due,
            years: Years::default(),
        };
        target::add(tx, stamp, &new)?;
        targets += 1;
    }
    Ok(targets)
}

fn paper(template: &Template, place: &Place, today: Date) -> Paper {
    let dates = |of: fn(&Row) -> Option<Date>| template.targets().filter_map(of);
    let last = dates(Row::until).max();
    let first = dates(Row::from).min().or(last.map(|day| starts_of(day, today)));
    Paper {
        unit: place.unit,
        number: None,
        title: template.plan.title.vi.clone(),
        legal_basis: Some(template.plan.legal_basis.vi.clone()),
        issuer: None,
        issued_on: None,
        valid_from: first.unwrap_or(today),
        valid_to: last.and_then(|day| day.tomorrow().ok()),
        template: Some(template.plan.province.clone()),
    }
}

/// The first of January of this year, or of the year due when that is earlier.
fn starts_of(due: Date, today: Date) -> Date {
    Date::new(due.year().min(today.year()), 1, 1).unwrap_or(due)
}

/// When a row does not say: the first of January of 2025, in which all five plans begin, or of
/// the year it is due.
fn starts(row: &Row, due: Date) -> Date {
    let first = Date::new(due.year().min(2025), 1, 1).unwrap_or(due);
    row.from().filter(|from| *from < due).unwrap_or(first)
}

fn qualifier(row: &Row) -> Qualifier {
    let code = row.qualifier.as_deref();
    code.and_then(Qualifier::from_code).unwrap_or(Qualifier::AtLeast)
}

/// What is to be reached, in thousandths of the measure's unit.
fn goal(row: &Row, kind: Kind) -> Option<i64> {
    match kind {
        // Done is all of it; so are all units that have what each must have.
        Kind::Milestone => Some(1000),
        Kind::PerUnit if row.unit != "percent" => Some(1000),
        _ => row.thousandths(),
    }
}

/// The measure of a row; none when something it is made of is not there.
fn definition(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    template: &Template,
    row: &Row,
    here: &Here,
    made: &HashMap<&str, MeasureId>,
) -> Result<Option<Definition>> {
    let Some(kind) = Kind::from_code(&here.kind) else { return Ok(None) };
    let mut out = Definition::subjects(kind, here.unit_kind.as_deref(), here.thing_kind.as_deref());
    if let Some(code) = &here.audience {
        out.audience = group(tx, stamp, code)?;
        if out.audience.is_none() {
            return Ok(None);
        }
    }
    for slug in &here.courses {
        // A course that was never published, or was taken back, is a choice to be made.
        let Ok(course) = course::get_by_slug(tx, slug) else { return Ok(None) };
        out.activities.insert(cast(course.id));
    }
    let bases: Option<BTreeSet<MeasureId>> =
        here.bases.iter().map(|id| made.get(id.as_str()).copied()).collect();
    let Some(bases) = bases else { return Ok(None) };
    out.bases = bases;
    if let Some(rung) = here.rung.as_deref() {
        out.rung = Rung::ALL.into_iter().find(|own| own.code() == rung).unwrap_or(out.rung);
    }
    out.need = here.need.as_deref().and_then(Need::from_code).unwrap_or(out.need);
    out.valid_months = here.valid_months;
    out.at_least = here.at_least;
    if here.denominator.as_deref() == Some(Denominator::Official.code()) {
        out.denominator = Denominator::Official;
    }
    if let Some(words) = &here.criterion {
        let subject = here.unit_kind.as_deref().or(here.thing_kind.as_deref());
        let Some(subject) = subject else { return Ok(None) };
        let new = NewCriterion {
            code: Some(row.id.clone()),
            title_vi: words.vi.clone(),
            title_en: words.en.clone(),
            subject: subject.to_owned(),
            source: template.plan.legal_basis.vi.clone(),
            valid_from: starts(row, row.until().unwrap_or(stamp.today())),
            valid_to: None,
        };
        out.criterion = Some(criterion(tx, stamp, &new)?);
    }
    if kind == Kind::Figure {
        out.unit_code = row.unit.clone();
    }
    Ok(Some(out))
}

/// The criterion in these words, there already or added.
fn criterion(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewCriterion) -> Result<CriterionId> {
    let known = criterion::list(tx)?.into_iter();
    let mut same = known.filter(|c| c.title_vi == new.title_vi && c.subject == new.subject);
    match same.next() {
        Some(known) => Ok(known.id),
        None => criterion::add(tx, stamp, new),
    }
}

/// The audience of a code, there already or added.
pub fn group(tx: &mut Tx<'_>, stamp: &Stamp, code: &str) -> Result<Option<AudienceId>> {
    if let Some(known) = audience::find_by_code(tx, code)? {
        return Ok(Some(known.id));
    }
    let Some(group) = groups().iter().find(|group| group.code == code) else { return Ok(None) };
    let audience = Audience {
        id: stamp.id(),
        code: group.code.clone(),
        name_vi: group.name.vi.clone(),
        name_en: group.name.en.clone(),
        affiliation_kind: group.kind.clone(),
        categories: serde_json::json!(group.categories),
        age_from: group.age_from,
        age_below: group.age_below,
    };
    audience::add(tx, stamp, &audience)?;
    Ok(Some(audience.id))
}
