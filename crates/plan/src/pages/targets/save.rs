//! Writing what the form of a target means: audience, plan, measure, target.

use thao_base::{
    ActivityId, AudienceId, CourseId, Error, Lang, PlanId, Result, Stamp, TargetId, Tx, cast, text,
};
use thao_catalog::course;
use thao_people::audience::{self, Audience};
use thao_people::unit::{self, Place};
use thao_web::{Action, Actor, Resource, check};

use super::wanted::{Wanted, WantedAudience, WantedPlan};
use crate::kind::Kind;
use crate::measure::{self, Definition};
use crate::pages::words::{self, Names};
use crate::plan::{self, NewPlan};
use crate::target::{self, NewTarget, Years};

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
    let audience = save_audience(tx, stamp, &wanted.audience)?;
    let plan = save_plan(tx, actor, stamp, wanted, &place)?;
    let definition = Definition {
        activities: wanted.courses.clone(),
        rung: wanted.rung,
        need: wanted.need,
        valid_months: wanted.valid_months,
        denominator: wanted.denominator,
        ..Definition::people(Kind::SharePeople, audience.id)
    };
    let own = [
        suggested(tx, Lang::Vi, &definition, &audience)?,
        suggested(tx, Lang::En, &definition, &audience)?,
    ];
    let [vi, en] = own.each_ref().map(String::as_str);
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
        years: Years::new(),
    };
    match existing {
        None => target::add(tx, stamp, &new),
        Some(id) => target::edit(tx, stamp, id, &new).map(|_| id),
    }
}

/// What a target is called when nobody names it.
fn suggested(
    tx: &mut Tx<'_>,
    lang: Lang,
    definition: &Definition,
    audience: &Audience,
) -> Result<String> {
    let mut names = Names { audience: Some(audience.name(lang).to_owned()), ..Names::default() };
    for activity in &definition.activities {
        let course = course::get(tx, cast::<ActivityId, CourseId>(*activity))
            .map_err(|_| Error::invalid("plan.error.courses").field("courses"))?;
        names.courses.push(course.title(lang).to_owned());
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
