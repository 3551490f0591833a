//! `/plan/targets/{id}?unit=&day=&sort=`: a target by unit. With `part=board` only the part that
//! moves, or 204 when nothing did since the tag the browser holds.

use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Lang, Result, TargetId, Tx};
use thao_web::Resource;
use thao_web::components::{
    Button, Facts, Field, Form, Icon, LinkButton, details, hidden, live_part, print_button,
    refresh, toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, may};

use super::fragment::{self, Sort};
use crate::board::{self, Board, Point};
use crate::finding;
use crate::kind::{Family, Kind, Shape};
use crate::measure::Denominator;
use crate::pages::at::At;
use crate::pages::view::{View, day_asked, view};
use crate::pages::words;
use crate::readings::{self, Filling};
use crate::target::Target;

/// Seconds between looks at a board that is open: evidence shows within one.
const EVERY: u16 = 1;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    unit: Option<String>,
    day: Option<String>,
    sort: Option<String>,
    part: Option<String>,
}

pub(super) struct Shown {
    pub(super) view: View,
    pub(super) board: Option<Board>,
    pub(super) filling: Option<Filling>,
    pub(super) today: Date,
    /// None for today.
    pub(super) day: Option<Date>,
    pub(super) sort: Sort,
    pub(super) tag: String,
    pub(super) history: Option<Vec<Point>>,
    /// Since when what was to be done once is done.
    pub(super) done: Option<Date>,
    may_see_names: bool,
    may_edit: bool,
}

impl Shown {
    pub(super) fn on(&self) -> Date {
        self.day.unwrap_or(self.today)
    }
}

pub(crate) async fn show(
    ask: Ask,
    At(id): At<TargetId>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Reply {
    let today = ask.today();
    let part = asked.part.as_deref() == Some("board");
    let held = headers.get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok());
    let held = held.filter(|_| part).map(str::to_owned);
    let inner = ask.clone();
    let seen = ask
        .read(move |tx, actor| {
            let lang = inner.lang(actor);
            load(tx, actor, id, &asked, today, lang, held.as_deref())
        })
        .await?;
    let Some(shown) = seen.it else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let chrome = ask.chrome(&seen.actor);
    if part {
        let tag = [(header::ETAG, shown.tag.clone())];
        return Ok((tag, fragment::board(chrome.lang, &shown)).into_response());
    }
    Ok(page(&chrome, &shown).into_response())
}

/// What the page shows; nothing when the browser holds it already.
fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TargetId,
    asked: &Asked,
    today: Date,
    lang: Lang,
    held: Option<&str>,
) -> Result<Option<Shown>> {
    let unit = asked.unit.as_deref().and_then(|unit| unit.parse().ok());
    let view = view(tx, actor, id, unit, Action::SeeBoards, today)?;
    let day = day_asked(asked.day.as_deref(), today);
    let sort = Sort::from_code(asked.sort.as_deref().unwrap_or_default());
    let on = day.unwrap_or(today);
    let version = readings::version(tx)?;
    let tag = format!("\"{version}.{}.{on}.{}.{}\"", view.place.unit, sort.code(), lang.code());
    if held == Some(tag.as_str()) {
        return Ok(None);
    }
    let board = board::by_child(tx, &view.target, &view.measure, &view.place, on)?;
    let history = match &board {
        Some(board) => {
            let whole = board.total.whole.value();
            board::history(tx, &view.target, &view.measure, &view.place, whole, on)?
        }
        None => None,
    };
    let done = match view.measure.kind {
        Kind::Milestone => done_since(tx, &view, on)?,
        _ => None,
    };
    let at = Resource::At(view.place.pos);
    let people = view.measure.rule.family() == Some(Family::People);
    Ok(Some(Shown {
        filling: readings::filling(tx, view.measure.id)?,
        may_see_names: people && may(actor, Action::SeeNames, at, today),
        may_edit: may(actor, Action::SetTargets, Resource::At(view.target.pos), today),
        view,
        board,
        today,
        day,
        sort,
        tag,
        history,
        done,
    }))
}

/// The day since which a milestone is reached in the unit that is looked at.
fn done_since(tx: &mut Tx<'_>, view: &View, on: Date) -> Result<Option<Date>> {
    let Some(criterion) = view.measure.rule.criterion else { return Ok(None) };
    let found = finding::list_of_unit(tx, view.place.unit, criterion)?;
    let mut standing = found.iter().filter(|f| f.voided_by.is_none() && f.on() <= on);
    Ok(standing.next().filter(|latest| latest.satisfied).map(|latest| latest.on()))
}

fn page(chrome: &Chrome, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let view = &shown.view;
    let title = view.target.title(lang);
    let above = match &view.target.code {
        Some(code) => format!("{code} · {}", view.place.path),
        None => view.place.path.clone(),
    };
    let mut page = Page::new(chrome, title)
        .wide()
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .above(above)
        .lead(view.definition(lang))
        .actions(actions(lang, shown));
    for up in view.above.iter().rev() {
        page = page.crumb(view.address("", up.unit, shown.day), up.name.clone());
    }
    page.body(html! {
        (day_form(lang, shown))
        (live_part("board", EVERY, fragment::board(lang, shown)))
        (refresh(lang, &view.address("", view.place.unit, shown.day)))
        (how(lang, shown))
        (more_actions(lang, shown))
    })
}

fn actions(lang: Lang, shown: &Shown) -> Markup {
    let view = &shown.view;
    let to = |below| view.address(below, view.place.unit, shown.day);
    toolbar(html! {
        @if shown.may_see_names {
            (LinkButton::primary(to("/people"), lang.t("plan.board.people")).icon(Icon::People))
        }
        (LinkButton::download(to("/export"), lang.t("plan.board.export")))
    })
}

/// What is done less often, below the board.
fn more_actions(lang: Lang, shown: &Shown) -> Markup {
    toolbar(html! {
        (print_button(lang))
        @if shown.may_edit {
            @let edit = format!("/plan/targets/{}/edit", shown.view.target.id);
            (LinkButton::quiet(edit, lang.t("plan.board.edit")).icon(Icon::Edit))
        }
    })
}

fn day_form(lang: Lang, shown: &Shown) -> Markup {
    let view = &shown.view;
    let here = format!("/plan/targets/{}", view.target.id);
    let form = Form::get(here).inline().body(html! {
        (hidden("unit", &view.place.unit.to_string()))
        (hidden("sort", shown.sort.code()))
        (Field::date(lang, "day", lang.t("plan.board.day")).value(lang.date(shown.on())))
        (Button::quiet(lang.t("plan.board.day_show")).icon(Icon::Calendar))
    });
    html! {
        div.no-print {
            @if shown.day.is_some() {
                (form)
                p {
                    a href=(view.address("", view.place.unit, None)) { (lang.t("plan.board.today")) }
                }
            } @else {
                (details(lang.t("plan.board.day_other"), form))
            }
        }
    }
}

/// Numerator, denominator, day and path in words.
fn how(lang: Lang, shown: &Shown) -> Markup {
    let View { target, plan, measure, .. } = &shown.view;
    let part = shown.view.definition(lang);
    let day = lang.f("plan.board.how_day_words", &[("day", &lang.date(shown.on()))]);
    let mut facts = Facts::new().fact(lang.t("plan.board.how_part"), part);
    if let Some(board) = &shown.board {
        let whole = words::whole(lang, &board.total.whole, &shown.view.whole_of(lang));
        facts = facts.fact(lang.t("plan.board.how_whole"), whole);
    }
    facts = facts
        .fact(lang.t("plan.board.how_day"), day)
        .fact(lang.t("plan.board.how_path"), path_words(lang, target))
        .fact(lang.t("plan.board.how_trend"), lang.t("plan.board.how_trend_words"))
        .fact(lang.t("plan.board.plan"), plan.title.as_str());
    if let Some(legal) = &plan.legal_basis {
        facts = facts.fact(lang.t("plan.board.legal"), legal.as_str());
    }
    let body = html! {
        (facts)
        p { (lang.t("plan.board.distinct")) }
        @if measure.denominator == Denominator::Official || measure.kind == Kind::Figure {
            p { a href={ "/plan/figures?measure=" (measure.id) } { (lang.t("plan.board.how_figures")) } }
        }
        @if let Some(criterion) = &shown.view.criterion {
            p { a href={ "/plan/criteria/" (criterion.id) } { (lang.t("plan.board.who_satisfies")) } }
        }
        @for course in &shown.view.courses {
            p {
                a href={ "/catalog/courses/" (course.slug) "/assignments" } {
                    (lang.f("plan.board.assign", &[("course", &course.title(lang))]))
                }
            }
        }
    };
    details(lang.t("plan.board.how"), body)
}

/// "Đường thẳng từ 0% ngày 01/01/2026 đến 100% ngày 31/12/2030", and the years on the way.
fn path_words(lang: Lang, target: &Target) -> String {
    let value = |n: i64| words::value(lang, &target.unit_code, n);
    let (starts, due) = (lang.date(target.starts), lang.date(target.due));
    let mut out = match target.kind.shape() {
        Shape::Milestone => lang.f("plan.board.how_milestone", &[("due", &due)]),
        Shape::PerYear => lang.f("plan.board.how_path_per_year", &[("goal", &value(target.goal))]),
        _ => lang.f(
            "plan.board.how_path_words",
            &[
                ("baseline", &value(target.baseline)),
                ("starts", &starts),
                ("goal", &value(target.goal)),
                ("due", &due),
            ],
        ),
    };
    for (year, goal) in &target.years {
        out.push(' ');
        out.push_str(&lang.f("plan.goal.of_year", &[("year", year), ("goal", &value(*goal))]));
        out.push('.');
    }
    out
}
