//! `/plan/training`: the training plan of a year beside what was held of it.

pub(super) mod edit;
pub(super) mod export;
mod form;
pub(super) mod list;
mod load;
pub(super) mod one;

use jiff::civil::Date;
use thao_base::{CoursePlanId, Error, Lang, Result, Tx};
use thao_web::components::Badge;
use thao_web::{Action, Actor};

use crate::course_plan::rule::Pace;
use crate::course_plan::{self, CoursePlan};

/// What an actor may do with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rights {
    /// Enter payments: the unit in charge, and whoever may change the row.
    pay: bool,
    edit: bool,
}

/// A row that concerns the actor.
///
/// # Errors
/// 404 when it concerns none of their units.
fn seen(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CoursePlanId,
    today: Date,
) -> Result<(CoursePlan, Rights)> {
    let row = course_plan::get(tx, id)?;
    let see = actor.scope(Action::SeeBoards, today);
    if !see.spans().iter().any(|span| row.area_pos <= span.hi && span.lo <= row.area_last) {
        return Err(Error::not_found());
    }
    let set = actor.scope(Action::SetTargets, today);
    let edit = set.holds(row.area_pos);
    Ok((row.clone(), Rights { pay: edit || set.holds(row.unit_pos), edit }))
}

/// A row the actor may change.
///
/// # Errors
/// 404 when it does not concern them, 403 when they may only read it.
fn kept(tx: &mut Tx<'_>, actor: &Actor, id: CoursePlanId, today: Date) -> Result<CoursePlan> {
    let (row, rights) = seen(tx, actor, id, today)?;
    if rights.edit { Ok(row) } else { Err(Error::forbidden()) }
}

/// "1.200.000 đồng".
fn dong(lang: Lang, amount: i64) -> String {
    lang.f("plan.training.dong", &[("n", &lang.number(amount))])
}

fn pace_words(lang: Lang, pace: Pace) -> &'static str {
    lang.t(match pace {
        Pace::Held => "plan.training.pace_held",
        Pace::OnTrack => "plan.training.pace_on_track",
        Pace::Behind => "plan.training.pace_behind",
        Pace::Late => "plan.training.pace_late",
        Pace::Unknown => "plan.training.pace_unknown",
    })
}

fn pace_badge(lang: Lang, pace: Pace) -> Badge<'static> {
    let words = pace_words(lang, pace);
    match pace {
        Pace::Held => Badge::good(words),
        Pace::OnTrack => Badge::info(words),
        Pace::Behind => Badge::warn(words),
        Pace::Late => Badge::bad(words),
        Pace::Unknown => Badge::plain(words),
    }
}
