//! `/plan/targets/{id}/allotments`: what each unit below is asked to reach of a target, all on one
//! form; `POST` fills it in by size, compares the sum with the whole, or proposes it.

mod show;
mod typed;

use std::collections::HashMap;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use thao_base::{Error, Kind, Result, TargetId, Tx, UnitId};
use thao_people::unit;
use thao_web::components::FieldErrors;
use thao_web::{Action, Actor, Ask, Reply, Resource, Sent, check, saying_n};

use self::typed::{Typed, Wanted};
use crate::allotment::{self, Adds, Part, Standing, fill};
use crate::board::{self, Board};
use crate::kind::Shape;
use crate::measure::{self, Measure};
use crate::pages::at::At;
use crate::target::{self, Target};

/// What the form is about.
struct Shown {
    target: Target,
    measure: Measure,
    /// The units below, with their size and where they stand; none while readings are made.
    board: Option<Board>,
    standing: HashMap<UnitId, Standing>,
    /// People who belong to each unit, of what has no whole to divide it by.
    people: HashMap<UnitId, i64>,
}

impl Shown {
    fn rows(&self) -> &[board::Row] {
        self.board.as_ref().map_or(&[], |board| &board.rows)
    }

    fn adds(&self) -> Adds {
        adds(&self.target).unwrap_or(Adds::Weighted)
    }

    /// The goals typed, each with the size of its unit.
    fn parts(&self, goals: &HashMap<UnitId, i64>) -> Vec<Part> {
        let part = |row: &board::Row| Part {
            goal: goals.get(&row.place.unit).copied(),
            weight: row.whole.value().or_else(|| self.people.get(&row.place.unit).copied()),
        };
        self.rows().iter().map(part).collect()
    }
}

/// How the parts of a target come together; none of what has no parts: what is done once, and
/// what somebody gave as a number of their own.
fn adds(target: &Target) -> Option<Adds> {
    match target.kind.shape() {
        Shape::Share => Some(Adds::Weighted),
        Shape::Count | Shape::PerYear => Some(Adds::Summed),
        Shape::Milestone | Shape::Figure => None,
    }
}

pub(crate) async fn show(ask: Ask, At(id): At<TargetId>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = Typed::standing(chrome.lang, &seen.it);
    let page = show::page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new());
    Ok(page.into_response())
}

pub(crate) async fn propose(ask: Ask, At(id): At<TargetId>, sent: Sent) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let shown = seen.it;
    let typed = Typed::of(&sent)?;
    let (wanted, errors) = typed.read(chrome.lang, &shown)?;
    if !errors.is_empty() {
        let page = show::page(&ask, &chrome, &shown, &typed, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    match sent.text("do") {
        "check" => Ok(show::page(&ask, &chrome, &shown, &typed, &errors).into_response()),
        how @ ("fill" | "refill") => {
            let goals = if how == "fill" { wanted.goals() } else { HashMap::new() };
            let filled = fill(shown.adds(), shown.target.goal, &shown.parts(&goals));
            let typed = typed.with(chrome.lang, &shown, &filled);
            Ok(show::page(&ask, &chrome, &shown, &typed, &errors).into_response())
        }
        _ => Ok(save(&ask, &sent, id, wanted, today).await?),
    }
}

async fn save(
    ask: &Ask,
    sent: &Sent,
    id: TargetId,
    wanted: Wanted,
    today: Date,
) -> Result<axum::response::Response> {
    ask.submit("plan.act.allot", sent, move |tx, actor, stamp, _| {
        let target = reach(tx, actor, id, today)?;
        let mut changed = 0;
        for (unit, goal, again) in &wanted.0 {
            let place = unit::place(tx, *unit)?;
            // The tree may have changed since the form was shown.
            if place.unit == target.unit || !(target.pos..=target.last).contains(&place.pos) {
                return Err(Error::invalid("plan.error.allotment_unit"));
            }
            if allotment::propose(tx, stamp, id, *unit, *goal, *again)? {
                changed += 1;
            }
        }
        let here = format!("/plan/targets/{id}/allotments");
        Ok(saying_n(&here, "plan.notice.allotted", changed))
    })
    .await
}

/// The target, for an actor who may allot it.
///
/// # Errors
/// A conflict that says so when it was withdrawn meanwhile.
pub(super) fn reach(tx: &mut Tx<'_>, actor: &Actor, id: TargetId, today: Date) -> Result<Target> {
    let target = standing_target(tx, actor, id, today)?;
    let at = Resource::At(target.pos);
    check(actor, Action::SetTargets, Action::SeeBoards, at, today)?;
    Ok(target)
}

/// A target that stands; to those who knew it that it was withdrawn.
pub(super) fn standing_target(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TargetId,
    today: Date,
) -> Result<Target> {
    match target::get(tx, id) {
        Err(error) if error.kind() == Kind::NotFound => {
            let knew = target::find_withdrawn(tx, id)?;
            let scope = actor.scope(Action::SeeBoards, today);
            match knew
                .filter(|span| scope.spans().iter().any(|s| s.lo <= span.hi && span.lo <= s.hi))
            {
                Some(_) => Err(Error::conflict("plan.error.target_withdrawn")),
                None => Err(error),
            }
        }
        found => found,
    }
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: TargetId, today: Date) -> Result<Shown> {
    let target = reach(tx, actor, id, today)?;
    let measure = measure::get(tx, target.measure)?;
    let place = unit::place(tx, target.unit)?;
    let people = match adds(&target) {
        Some(Adds::Summed) => unit::count_people(tx, target.unit, today)?.into_iter().collect(),
        _ => HashMap::new(),
    };
    Ok(Shown {
        board: board::by_child(tx, &target, &measure, &place, today)?,
        people,
        standing: allotment::of_target(tx, id)?,
        target,
        measure,
    })
}
