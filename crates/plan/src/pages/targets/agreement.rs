//! `/plan/targets/{id}/allotments/{unit}`: what one unit is asked to reach; `POST …/agreement`
//! agrees to it, or returns it with a reason.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::locale::local_date;
use thao_base::{AllotmentId, Error, Lang, Result, TargetId, Tx, UnitId, text};
use thao_people::unit::{self, Place};
use thao_record::evidence::day;
use thao_web::components::{
    Button, Facts, Field, FieldErrors, Form, Icon, Notice, details, hidden,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check, saying};

use super::allotments::standing_target;
use crate::allotment::{self, Allotment, Standing, State};
use crate::board::{self, Path, Row, Value};
use crate::measure::{self, Measure};
use crate::pages::at::At;
use crate::pages::{pace, words};
use crate::target::Target;

/// The longest reason that is kept.
const LONGEST: usize = 500;

struct Shown {
    target: Target,
    measure: Measure,
    place: Place,
    standing: Standing,
    row: Option<Row>,
    may_answer: bool,
    today: Date,
}

pub(crate) async fn show(ask: Ask, At((id, unit)): At<(TargetId, UnitId)>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, unit, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&ask, &chrome, &seen.it, "", &FieldErrors::new()).into_response())
}

pub(crate) async fn answer(ask: Ask, At((id, unit)): At<(TargetId, UnitId)>, sent: Sent) -> Reply {
    let today = ask.today();
    let reason = text::tidy(sent.text("reason"));
    let returns = sent.text("answer") == "return";
    let asked: Option<AllotmentId> = sent.parse("allotment");
    let wrong = match (returns, reason.chars().count()) {
        (true, 0) => Some("plan.error.reason_missing"),
        (true, n) if LONGEST < n => Some("plan.error.reason_long"),
        _ => None,
    };
    if let Some(key) = wrong {
        let seen = ask.read(move |tx, actor| load(tx, actor, id, unit, today)).await?;
        let chrome = ask.chrome(&seen.actor);
        let mut errors = FieldErrors::new();
        errors.add("reason", chrome.lang.t(key));
        let page = page(&ask, &chrome, &seen.it, &reason, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let act = if returns { "plan.act.return_allotment" } else { "plan.act.agree_allotment" };
    let done = ask.submit(act, &sent, move |tx, actor, stamp, _| {
        let shown = load(tx, actor, id, unit, today)?;
        if !shown.may_answer {
            return Err(Error::forbidden());
        }
        // What was shown may have been replaced meanwhile: nobody agrees to what they did not see.
        let open = shown.standing.open.filter(|open| Some(open.id) == asked);
        let open = open.ok_or_else(|| Error::conflict("plan.error.allotment_answered"))?;
        let here = format!("/plan/targets/{id}/allotments/{unit}");
        if returns {
            allotment::give_back(tx, stamp, &open, &reason)?;
            return Ok(saying(&here, "plan.notice.allotment_returned"));
        }
        allotment::agree(tx, stamp, &open)?;
        let board = format!("/plan/targets/{id}?unit={unit}");
        Ok(saying(&board, "plan.notice.allotment_agreed"))
    });
    Ok(done.await?)
}

/// Whether the actor answers for the unit: somebody of the unit, not of where the target is set.
pub(in crate::pages) fn may_answer(
    actor: &Actor,
    target: &Target,
    place: &Place,
    today: Date,
) -> bool {
    let scope = actor.scope(Action::SetTargets, today);
    scope.spans().iter().any(|span| span.holds(place.pos) && !span.holds(target.pos))
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: TargetId, unit: UnitId, today: Date) -> Result<Shown> {
    let place = unit::place(tx, unit)?;
    let at = Resource::At(place.pos);
    check(actor, Action::SeeBoards, Action::SeeBoards, at, today)?;
    let target = standing_target(tx, actor, id, today)?;
    let standing = allotment::of_unit(tx, id, unit)?;
    if standing.latest().is_none() {
        return Err(Error::not_found());
    }
    let measure = measure::get(tx, target.measure)?;
    Ok(Shown {
        row: board::in_unit(tx, &target, &measure, &place, today)?,
        may_answer: may_answer(actor, &target, &place, today),
        target,
        measure,
        place,
        standing,
        today,
    })
}

fn page(ask: &Ask, chrome: &Chrome, shown: &Shown, reason: &str, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let Shown { target, place, standing, .. } = shown;
    let board = format!("/plan/targets/{}?unit={}", target.id, place.unit);
    let open = standing.open.as_ref();
    Page::new(chrome, lang.f("plan.agree.title", &[("unit", &place.name)]))
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb(board, target.title(lang))
        .above(target.title(lang).to_owned())
        .errors(errors)
        .narrow()
        .body(html! {
            @if let Some(agreed) = &standing.agreed { (said(lang, target, agreed)) }
            @if let Some(open) = open {
                (said(lang, target, open))
                (facts(lang, shown, open))
                @if open.state() == State::Proposed {
                    @if shown.may_answer { (forms(ask, chrome, shown, open, reason, errors)) }
                    @else { p { (lang.t("plan.agree.not_yours")) } }
                }
            }
        })
}

/// Where an allotment is, in words.
fn said(lang: Lang, target: &Target, allotment: &Allotment) -> Markup {
    let goal = words::value(lang, &target.unit_code, allotment.goal);
    let day =
        |at: Option<jiff::Timestamp>| at.map(|at| lang.date(local_date(at))).unwrap_or_default();
    let said = |key: &str, day: &str| lang.f(key, &[("goal", &goal), ("day", &day)]);
    html! {
        @match allotment.state() {
            State::Proposed => {
                (Notice::info(said("plan.agree.proposed", &day(Some(allotment.proposed_at)))))
            }
            State::Agreed => (Notice::good(said("plan.agree.agreed", &day(allotment.agreed_at)))),
            State::Returned => {
                @let reason = allotment.reason.clone().unwrap_or_default();
                (Notice::warn(said("plan.agree.returned", &day(allotment.returned_at)))
                    .more(html! { p { "“" (reason) "”" } }))
            }
        }
    }
}

/// What it would mean: beside the common goal, and from where the unit stands.
fn facts(lang: Lang, shown: &Shown, open: &Allotment) -> Markup {
    let target = &shown.target;
    let mut facts = Facts::new()
        .fact(lang.t("plan.agree.asked"), words::value(lang, &target.unit_code, open.goal))
        .fact(lang.t("plan.agree.common"), words::goal(lang, target))
        .fact(lang.t("plan.agree.due"), lang.date(target.due));
    if let Some(row) = &shown.row {
        let now = words::have(lang, &shown.measure, row);
        facts = facts.fact(lang.t("plan.agree.now"), now);
        let path = Path::own(target, Some(open.goal));
        let missing = board::missing(&path, row.value, shown.today).filter(|n| 0 < *n);
        if let Some(missing) =
            missing.filter(|_| matches!(row.value, Value::Share { .. } | Value::Count(_)))
        {
            let words = words::counted(lang, &shown.measure, missing);
            facts = facts.fact(lang.t("plan.agree.missing"), words);
            let left = day(target.due) - day(shown.today);
            if 0 < left {
                let weekly = missing.saturating_mul(7000) / i64::from(left);
                let words = pace::needed(lang, &shown.measure, weekly);
                facts = facts.fact(lang.t("plan.agree.weekly"), words);
            }
        }
    }
    html! { (facts) }
}

fn forms(
    ask: &Ask,
    chrome: &Chrome,
    shown: &Shown,
    open: &Allotment,
    reason: &str,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let to = format!("/plan/targets/{}/allotments/{}/agreement", shown.target.id, shown.place.unit);
    let asked = || hidden("allotment", &open.id.to_string());
    let agree = Form::post(chrome, to.clone()).once(ask.form_id()).body(html! {
        (asked())
        (Button::primary(lang.t("plan.agree.agree")).sends("answer", "agree").icon(Icon::Check))
    });
    let back = Form::post(chrome, to).once(ask.form_id()).body(html! {
        (asked())
        (Field::long("reason", lang.t("plan.agree.reason")).lines(3)
            .value(reason).hint(lang.t("plan.agree.reason_hint")).errors(errors))
        (Button::quiet(lang.t("plan.agree.return_now")).sends("answer", "return"))
    });
    html! {
        (agree)
        @if errors.is_empty() { (details(lang.t("plan.agree.return"), back)) }
        @else { (back) }
    }
}
