//! Writing what the form of a target means: audience, plan, measure, target.

use thao_base::{
    ActivityId, AudienceId, CourseId, CriterionId, Error, Lang, MeasureId, PlanId, Result, Stamp,
    TargetId, Tx, cast, text,
};
use thao_catalog::course;
use thao_people::audience::{self, Audience};
use thao_people::unit::{self, Place};
use thao_web::{Action, Actor, Resource, check};

use super::wanted::{Wanted, WantedAudience, WantedCriterion, WantedPlan};
use crate::criterion::{self, NewCriterion};
use crate::kind::Kind;
use crate::measure::{self, Definition};
use crate::pages::words::{self, Names};
use crate::plan::{self, NewPlan};
use crate::target::{self, NewTarget};

/// Adds a target, or changes `existing` to what is wanted.
///
/// # Errors
/// 404 or 403 when the actor may not set targets in the unit wanted.
pub(super) fn save(
    tx: &mut Tx<'_>,
    actor: &Actor,
    stamp: &Stamp,
    wanted: &Wanted,
    existing: Option<TargetId>,
) -> Result<TargetId> {
    let place = unit::place(tx, wanted.unit)?;
    let at = Resource::At(place.pos);
    check(actor, Action::SetTargets, Action::SeeBoards, at, stamp.today())?;
    let audience = match &wanted.audience {
        Some(audience) => Some(save_audience(tx, stamp, audience)?),
        None => None,
    };
    let plan = save_plan(tx, actor, stamp, wanted, &place)?;
    let definition = define(tx, stamp, wanted, audience.as_ref(), &place)?;
    let own = [
        suggested(tx, Lang::Vi, wanted, &definition, audience.as_ref())?,
        suggested(tx, Lang::En, wanted, &definition, audience.as_ref())?,
    ];
    let [vi, en] = own.each_ref().map(String::as_str);
    if let Some(existing) = existing {
        let replaced = target::get(tx, existing)?.measure;
        measure::refuse_cycle(tx, replaced, &definition.bases)?;
    }
    let measure = measure::ensure(tx, stamp, [vi, en], &definition)?;
    let new = NewTarget {
        plan,
        measure,
        unit: place.unit,
        code: wanted.code.clone(),
        title_vi: wanted.title_vi.clone().unwrap_or_else(|| vi.to_owned()),
        title_en: wanted.title_en.clone().unwrap_or_else(|| en.to_owned()),
        qualifier: wanted.qualifier,
        goal: wanted.goal,
        baseline: wanted.baseline,
        starts: wanted.starts,
        due: wanted.due,
        years: wanted.years.clone(),
    };
    match existing {
        None => target::add(tx, stamp, &new),
        Some(id) => target::edit(tx, stamp, id, &new).map(|_| id),
    }
}

/// The measure that is wanted. A milestone is asked of units of the target's own kind.
fn define(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    wanted: &Wanted,
    audience: Option<&Audience>,
    place: &Place,
) -> Result<Definition> {
    let unit_kind = match wanted.kind {
        Kind::Milestone => Some(place.kind.clone()),
        _ => wanted.unit_kind.clone(),
    };
    // Of a unit that has things it is the things that satisfy it.
    let subject = wanted.thing_kind.as_deref().or(unit_kind.as_deref());
    let subject = match (subject, wanted.bases.first()) {
        (None, Some(base)) => base_subject(tx, *base)?,
        (subject, _) => subject.map(str::to_owned),
    };
    let criterion = match &wanted.criterion {
        Some(criterion) => Some(save_criterion(tx, stamp, criterion, subject.as_deref())?),
        None => None,
    };
    let of = Definition::subjects(wanted.kind, unit_kind.as_deref(), wanted.thing_kind.as_deref());
    Ok(Definition {
        audience: audience.map(|audience| audience.id),
        activities: wanted.courses.clone(),
        rung: wanted.rung,
        need: wanted.need,
        valid_months: wanted.valid_months,
        denominator: wanted.denominator,
        since: wanted.since,
        criterion,
        at_least: wanted.at_least,
        better: wanted.better,
        unit_code: wanted.unit_code.clone().unwrap_or_else(|| of.unit_code.clone()),
        bases: wanted.bases.clone(),
        ..of
    })
}

/// What the numerator of a base is made of: the kind of its units or things.
fn base_subject(tx: &mut Tx<'_>, base: MeasureId) -> Result<Option<String>> {
    let mut rule = measure::get(tx, base)?.rule;
    while rule.kind == Kind::ShareOf && !rule.bases.is_empty() {
        rule = rule.bases.remove(0);
    }
    Ok(match rule.kind {
        Kind::PerUnit => rule.unit_kind,
        _ => rule.thing_kind.or(rule.unit_kind),
    })
}

fn save_criterion(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    wanted: &WantedCriterion,
    subject: Option<&str>,
) -> Result<CriterionId> {
    let unfit = || Error::invalid("plan.error.criterion_subject").field("criterion");
    match wanted {
        WantedCriterion::Known(id) => {
            let known = criterion::get(tx, *id)
                .map_err(|_| Error::invalid("plan.error.criterion").field("criterion"))?;
            if subject == Some(known.subject.as_str()) { Ok(*id) } else { Err(unfit()) }
        }
        WantedCriterion::New { title, source } => criterion::add(
            tx,
            stamp,
            &NewCriterion {
                code: None,
                title_vi: title.clone(),
                title_en: title.clone(),
                subject: subject.ok_or_else(unfit)?.to_owned(),
                source: source.clone(),
                valid_from: stamp.today(),
                valid_to: None,
            },
        ),
    }
}

/// What a target is called when nobody names it.
fn suggested(
    tx: &mut Tx<'_>,
    lang: Lang,
    wanted: &Wanted,
    definition: &Definition,
    audience: Option<&Audience>,
) -> Result<String> {
    let named = match lang {
        Lang::Vi => &wanted.title_vi,
        Lang::En => &wanted.title_en,
    };
    if wanted.kind == Kind::Figure {
        // A number is what its title says.
        return Ok(named.clone().or_else(|| wanted.title_vi.clone()).unwrap_or_default());
    }
    let mut names = Names {
        audience: audience.map(|audience| audience.name(lang).to_owned()),
        ..Names::default()
    };
    for activity in &definition.activities {
        let course = course::get(tx, cast::<ActivityId, CourseId>(*activity))
            .map_err(|_| Error::invalid("plan.error.courses").field("courses"))?;
        names.courses.push(course.title(lang).to_owned());
    }
    if let Some(criterion) = definition.criterion {
        names.criterion = Some(criterion::get(tx, criterion)?.title(lang).to_owned());
    }
    for base in &definition.bases {
        let base = measure::get(tx, *base)
            .map_err(|_| Error::invalid("plan.error.base").field("bases"))?;
        names.bases.push(base.title(lang).to_owned());
    }
    Ok(words::definition(lang, definition, &names))
}

fn save_audience(tx: &mut Tx<'_>, stamp: &Stamp, wanted: &WantedAudience) -> Result<Audience> {
    let (name, kind) = match wanted {
        WantedAudience::Known(id) => {
            return audience::get(tx, *id)
                .map_err(|_| Error::invalid("plan.error.audience").field("audience"));
        }
        WantedAudience::New { name, kind, .. } => (name, kind),
    };
    let id: AudienceId = stamp.id();
    let base = format!("{}-{}", kind.code(), text::fold(name).replace(' ', "-"));
    let mut code = base.clone();
    let mut n = 2;
    while audience::find_by_code(tx, &code)?.is_some() {
        code = format!("{base}-{n}");
        n += 1;
    }
    let audience =
        wanted.build(id, code).ok_or_else(|| Error::internal("a known audience is not built"))?;
    audience::add(tx, stamp, &audience)?;
    Ok(audience)
}

fn save_plan(
    tx: &mut Tx<'_>,
    actor: &Actor,
    stamp: &Stamp,
    wanted: &Wanted,
    place: &Place,
) -> Result<PlanId> {
    match &wanted.plan {
        WantedPlan::Known(id) => {
            let scope = actor.scope(Action::SeeBoards, stamp.today());
            let known = plan::list(tx, &scope)?.into_iter().any(|plan| plan.id == *id);
            let stranger = || Error::invalid("plan.error.plan").field("plan");
            if known { Ok(*id) } else { Err(stranger()) }
        }
        WantedPlan::New { title, legal_basis } => plan::add(
            tx,
            stamp,
            &NewPlan {
                unit: place.unit,
                title: title.clone(),
                legal_basis: legal_basis.clone(),
                valid_from: wanted.starts,
                valid_to: wanted.due.tomorrow().ok(),
            },
        ),
    }
}
