//! `/plan/targets/{id}/people/{person}`: what counts for one person, what does not, and why.

mod show;

use std::collections::HashMap;

use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use serde::Deserialize;
use thao_base::{ActivityId, Error, Kind, Lang, PersonId, Result, TargetId, Tx, UnitId};
use thao_people::affiliation::{self, Affiliation};
use thao_people::person::Person;
use thao_people::viewing::{self, Look};
use thao_people::{cluster, person, unit};
use thao_record::evidence::day;
use thao_record::statement::{self, Statement, Verb};
use thao_record::{Fact, Rung};
use thao_web::{Action, Actor, Ask, Reply};

use crate::evidence::{Piece, Verdict, judge};
use crate::fold::{Interval, fold};
use crate::pages::at::At;
use crate::pages::view::{View, day_asked, view};

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    unit: Option<String>,
    day: Option<String>,
}

/// What the page shows.
struct Shown {
    view: View,
    day: Option<Date>,
    person: Person,
    stays: Vec<(Affiliation, String)>,
    pieces: Vec<(Piece, Verdict, String)>,
    /// Whether the measure is met on the day.
    met: bool,
    /// The days of the audience, with whether it was met.
    intervals: Vec<(Interval, String)>,
}

pub(crate) async fn show(
    ask: Ask,
    At((id, who)): At<(TargetId, PersonId)>,
    Query(asked): Query<Asked>,
) -> Reply {
    let today = ask.today();
    let inner = ask.clone();
    let seen = viewing::read(&ask, move |tx, actor, looks| {
        let lang = inner.lang(actor);
        let shown = load(tx, actor, id, who, &asked, today, lang)?;
        let unit = Some(shown.view.place.unit);
        looks.push(Look::page("plan.view.person", 1).about(who).within(unit));
        Ok(shown)
    })
    .await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(show::page(&chrome, &seen.it, today).into_response())
}

fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TargetId,
    who: PersonId,
    asked: &Asked,
    today: Date,
    lang: Lang,
) -> Result<Shown> {
    let asked_unit = asked.unit.as_deref().and_then(|unit| unit.parse().ok());
    let view = view(tx, actor, id, asked_unit, Action::SeeNames, today)?;
    let day_asked = day_asked(asked.day.as_deref(), today);
    let on = day_asked.unwrap_or(today);
    let canonical = cluster::canonical(tx, who)?;
    let rows = cluster::members(tx, canonical)?;
    let person = person::get(tx, canonical)?;
    let affiliations = affiliation::list_of_persons(tx, &rows)?;
    let statements = statement::list_of_persons(tx, &rows)?;
    let births = rows_birth(tx, &rows)?;
    let facts: Vec<Fact> = statement::facts(tx, &rows)?.into_iter().map(|(_, fact)| fact).collect();
    let intervals = fold(&view.measure.rule, births, &affiliations, &facts);
    let mut own = Vec::new();
    for interval in intervals {
        let place = match unit::place(tx, interval.unit) {
            Ok(place) => place,
            Err(error) if error.kind() == Kind::NotFound => continue,
            Err(error) => return Err(error),
        };
        if view.place.span().holds(place.pos) {
            own.push((interval, place.path));
        }
    }
    // As in the list: whoever does not belong to the audience in this unit on the day, because
    // they left before it or came after, is not known here.
    let then = own.iter().find(|(i, _)| i.from <= day(on) && day(on) < i.to);
    let met = then.ok_or_else(Error::not_found)?.0.met;
    let mut stays = Vec::new();
    for stay in affiliations {
        let path = path(tx, stay.unit)?;
        stays.push((stay, path));
    }
    let pieces = pieces(tx, lang, &view, statements, on)?;
    Ok(Shown { view, day: day_asked, person, stays, pieces, met, intervals: own })
}

/// The birth of a cluster: that of the id that stands for it, else of the first row that has one.
fn rows_birth(tx: &mut Tx<'_>, rows: &[PersonId]) -> Result<Option<thao_people::Birth>> {
    for id in rows {
        if let Some(birth) = person::get(tx, *id)?.birth() {
            return Ok(Some(birth));
        }
    }
    Ok(None)
}

fn path(tx: &mut Tx<'_>, id: UnitId) -> Result<String> {
    match unit::place(tx, id) {
        Ok(place) => Ok(place.path),
        Err(error) if error.kind() == Kind::NotFound => Ok("–".to_owned()),
        Err(error) => Err(error),
    }
}

/// The evidence with its verdicts and what it is about, newest first.
fn pieces(
    tx: &mut Tx<'_>,
    lang: Lang,
    view: &View,
    statements: Vec<Statement>,
    on: Date,
) -> Result<Vec<(Piece, Verdict, String)>> {
    let mut pieces = Vec::new();
    for statement in statements {
        let rung = statement.verb().map_or(Rung::None, Verb::rung);
        let Some(activity) = statement.activity.filter(|_| rung != Rung::None) else { continue };
        pieces.push(Piece {
            id: statement.id,
            activity: Some(activity),
            rung,
            success: statement.success.unwrap_or(true),
            at: statement.at,
            voided: statement.voided_by.is_some(),
        });
    }
    let activities: Vec<ActivityId> = pieces.iter().filter_map(|piece| piece.activity).collect();
    let titles: HashMap<ActivityId, String> =
        thao_catalog::name_activities(tx, &activities, lang)?.into_iter().collect();
    let verdicts = judge(&view.measure.rule, &pieces, on);
    let mut out: Vec<(Piece, Verdict, String)> = pieces
        .into_iter()
        .zip(verdicts)
        .map(|(piece, verdict)| {
            let title = piece.activity.and_then(|activity| titles.get(&activity)).cloned();
            (piece, verdict, title.unwrap_or_else(|| lang.t("plan.person.unknown").to_owned()))
        })
        .collect();
    out.sort_by_key(|(piece, ..)| std::cmp::Reverse((piece.at, piece.id)));
    Ok(out)
}
