//! A target as one actor sees it: in which unit, as of which day, with what it counts in words.

use jiff::civil::Date;
use thao_base::{ActivityId, CourseId, Error, Kind, Lang, Result, TargetId, Tx, UnitId, cast};
use thao_catalog::course::{self, Course};
use thao_people::unit::{self, Place};
use thao_record::evidence::date_of;
use thao_web::components::date_typed;
use thao_web::{Action, Actor, Resource, check};

use super::targets::steps::About;
use super::words::{self, Names};
use crate::board::Board;
use crate::criterion::{self, Criterion};
use crate::fold::FLOOR;
use crate::measure::{self, Measure};
use crate::plan::{self, Plan};
use crate::target::{self, Target};

/// A target in a unit.
pub(crate) struct View {
    pub(crate) target: Target,
    pub(crate) plan: Plan,
    pub(crate) measure: Measure,
    /// The unit that is looked at: the target's own or one below it.
    pub(crate) place: Place,
    /// The units above it up to the target's own, nearest first, as far as the actor may see.
    pub(crate) above: Vec<Place>,
    pub(crate) courses: Vec<Course>,
    pub(crate) criterion: Option<Criterion>,
    /// The measures whose numerators it is a share of.
    pub(crate) bases: Vec<Measure>,
}

/// Loads a target for an actor who may do `action` in the unit asked for, or else in the highest
/// unit of theirs that the target covers.
///
/// # Errors
/// 404 when the actor may not know of it; 403 when they may see its board but not do `action`.
pub(crate) fn view(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TargetId,
    unit: Option<UnitId>,
    action: Action,
    today: Date,
) -> Result<View> {
    let target = target::get(tx, id)?;
    let place = match unit {
        Some(unit) => unit::place(tx, unit)?,
        None => own_place(tx, actor, &target, today)?,
    };
    if !(target.pos..=target.last).contains(&place.pos) {
        return Err(Error::not_found());
    }
    check(actor, action, Action::SeeBoards, Resource::At(place.pos), today)?;
    let scope = actor.scope(Action::SeeBoards, today);
    let mut above = unit::list_above(tx, place.unit)?;
    above.retain(|up| up.unit != place.unit && target.pos <= up.pos && scope.holds(up.pos));
    let measure = measure::get(tx, target.measure)?;
    Ok(View {
        plan: plan::get(tx, target.plan)?,
        courses: courses(tx, &measure)?,
        criterion: criterion(tx, &measure)?,
        bases: bases(tx, &measure)?,
        place,
        above,
        measure,
        target,
    })
}

/// The target's own unit for those who may see it, else the first of theirs that lies in it.
pub(crate) fn own_place(
    tx: &mut Tx<'_>,
    actor: &Actor,
    target: &Target,
    today: Date,
) -> Result<Place> {
    let scope = actor.scope(Action::SeeBoards, today);
    if scope.holds(target.pos) {
        return unit::place(tx, target.unit);
    }
    let lo =
        scope.spans().iter().map(|span| span.lo).find(|lo| (target.pos..=target.last).contains(lo));
    let own = actor.appointments.iter().find(|own| Some(own.span.lo) == lo);
    unit::place(tx, own.ok_or_else(Error::not_found)?.unit_id)
}

/// The courses a measure counts; what is no course (any more) is left out.
pub(crate) fn courses(tx: &mut Tx<'_>, measure: &Measure) -> Result<Vec<Course>> {
    let mut out = Vec::new();
    for activity in &measure.rule.activities {
        match course::get(tx, cast::<ActivityId, CourseId>(*activity)) {
            Ok(course) => out.push(course),
            Err(error) if error.kind() == Kind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(out)
}

fn criterion(tx: &mut Tx<'_>, measure: &Measure) -> Result<Option<Criterion>> {
    measure.rule.criterion.map(|id| criterion::get(tx, id)).transpose()
}

fn bases(tx: &mut Tx<'_>, measure: &Measure) -> Result<Vec<Measure>> {
    measure.bases.iter().map(|id| measure::get(tx, *id)).collect()
}

fn named(
    lang: Lang,
    measure: &Measure,
    courses: &[Course],
    criterion: Option<&Criterion>,
    bases: &[Measure],
) -> Names {
    Names {
        audience: measure.rule.audience.as_ref().map(|audience| audience.name(lang).to_owned()),
        courses: courses.iter().map(|course| course.title(lang).to_owned()).collect(),
        criterion: criterion.map(|criterion| criterion.title(lang).to_owned()),
        bases: bases.iter().map(|base| base.title(lang).to_owned()).collect(),
    }
}

impl View {
    /// What the next steps of the target are counted for.
    pub(in crate::pages) fn about<'a>(
        &'a self,
        board: &'a Board,
        today: Date,
        size: u32,
    ) -> About<'a> {
        About {
            target: &self.target,
            measure: &self.measure,
            courses: &self.courses,
            board,
            today,
            size,
        }
    }

    pub(crate) fn names(&self, lang: Lang) -> Names {
        named(lang, &self.measure, &self.courses, self.criterion.as_ref(), &self.bases)
    }

    /// What counts, in words.
    pub(crate) fn definition(&self, lang: Lang) -> String {
        words::definition_of(lang, &self.measure, &self.names(lang))
    }

    /// Whom the whole is made of, in words.
    pub(crate) fn whole_of(&self, lang: Lang) -> String {
        words::whole_of(lang, &self.measure, &self.names(lang))
    }

    /// `/plan/targets/{id}` or what lies below it, with unit and day.
    pub(crate) fn address(&self, below: &str, unit: UnitId, day: Option<Date>) -> String {
        let mut out = format!("/plan/targets/{}{below}?unit={unit}", self.target.id);
        if let Some(day) = day {
            out.push_str(&format!("&day={day}"));
        }
        out
    }
}

/// The day asked for: between the first day of all readings and today. `None` means today.
pub(crate) fn day_asked(text: Option<&str>, today: Date) -> Option<Date> {
    let day = date_typed(text?)?.max(date_of(FLOOR));
    (day < today).then_some(day)
}
