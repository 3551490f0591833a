//! `/plan/targets/{id}/people/{person}`: what counts for one person, what does not, and why.

use std::collections::HashMap;

use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::locale::local_date;
use thao_base::{ActivityId, Error, Kind, Lang, PersonId, Result, TargetId, Tx, UnitId, cast};
use thao_people::affiliation::{self, Affiliation};
use thao_people::person::Person;
use thao_people::{cluster, person, unit, viewing};
use thao_record::statement::{self, Statement, Verb};
use thao_record::{Fact, Rung};
use thao_web::components::{Badge, Column, Empty, Facts, Icon, Notice, Table, below};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply};

use super::people::met_badge;
use crate::evidence::{Piece, Verdict, judge, until};
use crate::fold::{Interval, fold};
use crate::pages::at::At;
use crate::pages::view::{View, day_asked, view};
use crate::pages::words;
use thao_record::evidence::{FOREVER, date_of, day};

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    unit: Option<String>,
    day: Option<String>,
}

struct Shown {
    view: View,
    day: Option<Date>,
    person: Person,
    stays: Vec<(Affiliation, String)>,
    pieces: Vec<(Piece, Verdict, String)>,
    /// Whether they are in the audience in this unit on the day, and met.
    state: Option<bool>,
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
    let seen = ask
        .write("plan.act.look", move |tx, actor, stamp| {
            let lang = inner.lang(actor);
            let shown = load(tx, actor, id, who, &asked, today, lang)?;
            let unit = Some(shown.view.place.unit);
            viewing::log(tx, stamp, "plan.view.person", Some(cast(who)), unit, 1)?;
            Ok(shown)
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&chrome, &seen.it, today).into_response())
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
    // Whoever never belonged to the audience in this unit is not known here.
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
    if own.is_empty() {
        return Err(Error::not_found());
    }
    let now = own.iter().find(|(i, _)| i.from <= day(on) && day(on) < i.to);
    let state = now.map(|(interval, _)| interval.met);
    let mut stays = Vec::new();
    for stay in affiliations {
        let path = path(tx, stay.unit)?;
        stays.push((stay, path));
    }
    let pieces = pieces(tx, lang, &view, statements, on)?;
    Ok(Shown { view, day: day_asked, person, stays, pieces, state, intervals: own })
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

fn page(chrome: &Chrome, shown: &Shown, today: Date) -> Markup {
    let lang = chrome.lang;
    let view = &shown.view;
    let on = shown.day.unwrap_or(today);
    let to = |below| view.address(below, view.place.unit, shown.day);
    let notice = match shown.state {
        Some(true) => Notice::good(lang.f("plan.person.met", &[("day", &lang.date(on))])),
        Some(false) => Notice::info(lang.f("plan.person.not", &[("day", &lang.date(on))])),
        None => Notice::info(lang.f("plan.person.outside", &[("day", &lang.date(on))])),
    };
    let born = match shown.person.birth() {
        Some(thao_people::Birth::Day(date)) => lang.date(date),
        Some(thao_people::Birth::Year(year)) => year.to_string(),
        None => "–".to_owned(),
    };
    Page::new(chrome, shown.person.full_name.as_str())
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb(to(""), view.target.title(lang))
        .crumb(to("/people"), lang.t("plan.people.title"))
        .lead(words::definition_of(lang, &view.measure, &view.titles(lang)))
        .body(html! {
            (notice)
            (Facts::new().fact(lang.t("plan.people.born"), born))
            h2 { (lang.t("plan.person.evidence")) }
            (evidence(lang, shown))
            h2 { (lang.t("plan.person.audience")) }
            (stays(lang, shown))
            (days(lang, shown))
            p.quiet { (lang.t("plan.people.logged")) }
        })
}

fn evidence(lang: Lang, shown: &Shown) -> Markup {
    let rows = shown.pieces.iter().map(|(piece, verdict, title)| {
        [
            html! { (lang.date(local_date(piece.at))) },
            html! { div { (evidence_words(lang, piece)) (below(title)) } },
            html! { (badge(lang, *verdict)) },
            html! { (reason(lang, shown, piece, *verdict)) },
        ]
    });
    html! {
        (Table::new(lang, lang.t("plan.person.evidence"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.person.day")))
            .column(Column::text(lang.t("plan.person.what")))
            .column(Column::text(lang.t("plan.person.counts")))
            .column(Column::text(lang.t("plan.person.why")))
            .rows(rows)
            .empty(Empty::new(
                lang.t("plan.person.no_evidence"),
                lang.t("plan.person.no_evidence_words"),
            )))
    }
}

/// "Kiểm tra: đạt".
fn evidence_words(lang: Lang, piece: &Piece) -> String {
    let kind = lang.t(match piece.rung {
        Rung::None | Rung::Attended => "plan.evidence.attended",
        Rung::Completed => "plan.evidence.completed",
        Rung::Passed => "plan.evidence.passed",
        Rung::Observed => "plan.evidence.observed",
        Rung::Confirmed => "plan.evidence.confirmed",
        Rung::StillAble => "plan.evidence.still_able",
    });
    match (piece.rung, piece.success) {
        (Rung::Attended | Rung::Completed, true) => kind.to_owned(),
        (_, true) => lang.f("plan.evidence.success", &[("kind", &kind)]),
        (_, false) => lang.f("plan.evidence.failure", &[("kind", &kind)]),
    }
}

fn badge(lang: Lang, verdict: Verdict) -> Markup {
    let badge = match verdict {
        Verdict::Counts => Badge::good(lang.t("plan.person.yes")).icon(Icon::Check),
        _ => Badge::plain(lang.t("plan.person.no")).icon(Icon::Dash),
    };
    html! { (badge) }
}

fn reason(lang: Lang, shown: &Shown, piece: &Piece, verdict: Verdict) -> String {
    let rule = &shown.view.measure.rule;
    match verdict {
        Verdict::Counts => match until(rule, piece) {
            Some(day) => lang.f("plan.verdict.counts_until", &[("day", &lang.date(day))]),
            None => lang.t("plan.verdict.counts").to_owned(),
        },
        Verdict::Voided => lang.t("plan.verdict.voided").to_owned(),
        Verdict::Later => lang.t("plan.verdict.later").to_owned(),
        Verdict::OtherActivity => lang.t("plan.verdict.other").to_owned(),
        Verdict::BelowRung => {
            let asked = words::rung(lang, rule.rung);
            lang.f("plan.verdict.below", &[("rung", &asked)])
        }
        Verdict::Replaced => lang.t("plan.verdict.replaced").to_owned(),
        Verdict::Failed => lang.t("plan.verdict.failed").to_owned(),
        Verdict::Expired(day) => lang.f("plan.verdict.expired", &[("day", &lang.date(day))]),
    }
}

fn stays(lang: Lang, shown: &Shown) -> Markup {
    let audience = &shown.view.measure.rule.audience;
    let rows = shown.stays.iter().map(|(stay, path)| {
        let counts = audience.takes(stay);
        let kind = thao_people::AffiliationKind::from_code(&stay.kind);
        [
            html! {
                (kind.map_or("–", |kind| super::form::kind_words(lang, kind)))
                @if let Some(category) = &stay.category {
                    (below(super::form::category_words(lang, category)))
                }
            },
            html! { (path) },
            html! { (period(lang, stay)) },
            html! {
                @if counts { (Badge::good(lang.t("plan.person.in_audience")).icon(Icon::Check)) }
                @else { (Badge::plain(lang.t("plan.person.out_of_audience")).icon(Icon::Dash)) }
            },
        ]
    });
    html! {
        p { (lang.f("plan.person.audience_words", &[("audience", &audience.name(lang))])) }
        (Table::new(lang, lang.t("plan.person.audience"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.person.as_what")))
            .column(Column::text(lang.t("plan.people.unit")))
            .column(Column::text(lang.t("plan.person.period")))
            .column(Column::text(lang.t("plan.person.counts")))
            .rows(rows))
    }
}

fn period(lang: Lang, stay: &Affiliation) -> String {
    let from = lang.date(stay.valid_from);
    match stay.valid_to.and_then(|to| to.yesterday().ok()) {
        Some(last) => lang.f("plan.person.from_to", &[("from", &from), ("to", &lang.date(last))]),
        None => lang.f("plan.person.from", &[("from", &from)]),
    }
}

/// The stretches of days of the audience, met or not: what the sums are made of.
fn days(lang: Lang, shown: &Shown) -> Markup {
    let rows = shown.intervals.iter().map(|(interval, path)| {
        let from = lang.date(date_of(interval.from));
        let words = match interval.to {
            FOREVER => lang.f("plan.person.from", &[("from", &from)]),
            to => {
                let last = lang.date(date_of(to - 1));
                lang.f("plan.person.from_to", &[("from", &from), ("to", &last)])
            }
        };
        [html! { (words) }, html! { (path) }, met_badge(lang, interval.met)]
    });
    html! {
        h2 { (lang.t("plan.person.days")) }
        (Table::new(lang, lang.t("plan.person.days"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.person.period")))
            .column(Column::text(lang.t("plan.people.unit")))
            .column(Column::text(lang.t("plan.people.state")))
            .rows(rows))
    }
}
