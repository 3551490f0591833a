//! `/plan/targets/{id}?unit=&day=&sort=`: a target by unit. With `part=board` only the part that
//! moves, or 204 when nothing did since the tag the browser holds.

use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Lang, Result, TargetId, Tx};
use thao_web::Resource;
use thao_web::components::{
    Button, Facts, Field, Form, Icon, LinkButton, Notice, details, hidden, live_part, print_button,
    refresh, toolbar,
};
use thao_web::kept::Part;
use thao_web::{Action, Actor, Ask, Chrome, Kept, Page, Reply, may};

use super::fragment::{self, Sort};
use super::{agreement, heading, steps};
use crate::allotment;
use crate::board::{self, Board, Point};
use crate::figure;
use crate::finding;
use crate::kind::{Family, Kind, Shape};
use crate::measure::Denominator;
use crate::next::Step;
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
    /// The board and how its numbers come about, when this process has them already.
    kept: Option<[Part; 2]>,
    pub(super) heading: Option<heading::Shown>,
    pub(super) steps: Vec<Step>,
    pub(super) size: u32,
    /// What the unit itself is asked to reach, and what it agreed to.
    pub(super) allotted: allotment::Standing,
    may_answer: bool,
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
    let part = asked.part.as_deref() == Some("board");
    let held = headers.get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok());
    let held = held.filter(|_| part).map(str::to_owned);
    let inner = ask.clone();
    let seen = ask
        .read(move |tx, actor| {
            let lang = inner.lang(actor);
            load(tx, actor, id, &asked, lang, held.as_deref(), &inner)
        })
        .await?;
    let Some(shown) = seen.it else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let chrome = ask.chrome(&seen.actor);
    let [board, how] = parts(&ask.app.kept, chrome.lang, &shown);
    if part {
        return Ok(([(header::ETAG, shown.tag)], Html(board.0.to_string())).into_response());
    }
    Ok(page(&chrome, &shown, &board, &how).into_response())
}

/// What the page shows; nothing when the browser holds it already.
fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TargetId,
    asked: &Asked,
    lang: Lang,
    held: Option<&str>,
    ask: &Ask,
) -> Result<Option<Shown>> {
    let today = ask.today();
    let unit = asked.unit.as_deref().and_then(|unit| unit.parse().ok());
    let view = view(tx, actor, id, unit, Action::SeeBoards, today)?;
    let day = day_asked(asked.day.as_deref(), today);
    let sort = Sort::from_code(asked.sort.as_deref().unwrap_or_default());
    let on = day.unwrap_or(today);
    let allotted = allotment::of_unit(tx, view.target.id, view.place.unit)?;
    let size = ask.app.site.class_size;
    let reach = DOING.map(|action| actor.scope(action, today));
    let made_of = format!("{:?} {allotted:?} {reach:?} {size}", view.target);
    let tag = tag(tx, &view, &made_of, on, sort, lang)?;
    if held == Some(tag.as_str()) {
        return Ok(None);
    }
    let kept = find_kept(&ask.app.kept, &tag);
    let board = match kept {
        Some(_) => None,
        None => board::by_child(tx, &view.target, &view.measure, &view.place, on)?,
    };
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
    let heading = match &board {
        Some(board) => heading::load(tx, &view, &board.total, on)?,
        None => None,
    };
    let steps = match (&board, day) {
        (Some(board), None) => steps::load(tx, actor, &view.about(board, today, size))?,
        _ => Vec::new(),
    };
    let at = Resource::At(view.place.pos);
    let people = view.measure.rule.family() == Some(Family::People);
    Ok(Some(Shown {
        allotted,
        may_answer: agreement::may_answer(actor, &view.target, &view.place, today),
        heading,
        steps,
        size,
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
        kept,
        done,
    }))
}

/// What the steps on a board ask of whoever takes them.
const DOING: [Action; 3] = [Action::RunClasses, Action::AssignCourses, Action::ImportFigures];

/// Names all the board is made of: while it is the same, so is the board.
fn tag(
    tx: &mut Tx<'_>,
    view: &View,
    made_of: &str,
    on: Date,
    sort: Sort,
    lang: Lang,
) -> Result<String> {
    let readings = readings::version(tx, view.measure.id)?;
    let figures = figure::version(tx, view.measure.id)?;
    let allotments = allotment::version(tx, view.target.id)?;
    let made_of = blake3::hash(made_of.as_bytes()).to_hex();
    let (unit, sort, lang) = (view.place.unit, sort.code(), lang.code());
    Ok(format!("\"{made_of:.16}.{readings}.{figures}.{allotments}.{unit}.{on}.{sort}.{lang}\""))
}

/// The day since which a milestone is reached in the unit that is looked at.
fn done_since(tx: &mut Tx<'_>, view: &View, on: Date) -> Result<Option<Date>> {
    let Some(criterion) = view.measure.rule.criterion else { return Ok(None) };
    let found = finding::list_of_unit(tx, view.place.unit, criterion)?;
    let mut standing = found.iter().filter(|f| f.voided_by.is_none() && f.on() <= on);
    Ok(standing.next().filter(|latest| latest.satisfied).map(|latest| latest.on()))
}

const PARTS: [&str; 2] = ["board", "how"];

fn find_kept(kept: &Kept, tag: &str) -> Option<[Part; 2]> {
    let [board, how] = PARTS.map(|name| kept.find(&format!("{name} {tag}")));
    Some([board?, how?])
}

/// The board, and how its numbers come about: the same for everybody who may see it.
fn parts(kept: &Kept, lang: Lang, shown: &Shown) -> [Part; 2] {
    let key = |name: &str| format!("{name} {}", shown.tag);
    let [board, how_named] = PARTS;
    shown.kept.clone().unwrap_or_else(|| {
        [
            kept.keep(key(board), fragment::board(lang, shown)),
            kept.keep(key(how_named), how(lang, shown)),
        ]
    })
}

fn page(chrome: &Chrome, shown: &Shown, board: &Part, how: &Part) -> Markup {
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
        (asked(lang, shown))
        (day_form(lang, shown))
        (live_part("board", EVERY, html! { (board) }))
        (refresh(lang, &view.address("", view.place.unit, shown.day)))
        (how)
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

/// What the unit is asked to reach and has not answered; what it agreed to is in its figures.
fn asked(lang: Lang, shown: &Shown) -> Markup {
    let View { target, place, .. } = &shown.view;
    let open = shown.allotted.open.as_ref().filter(|open| open.returned_at.is_none());
    html! {
        @if let Some(open) = open {
            @let goal = words::value(lang, &target.unit_code, open.goal);
            @let href = format!("/plan/targets/{}/allotments/{}", target.id, place.unit);
            @let link = if shown.may_answer { "plan.agree.answer" } else { "plan.agree.see" };
            (Notice::info(lang.f("plan.agree.asked_words", &[("goal", &goal)]))
                .more(html! { p { a href=(href) { (lang.t(link)) } } }))
        }
    }
}

/// What is done less often, below the board.
fn more_actions(lang: Lang, shown: &Shown) -> Markup {
    toolbar(html! {
        (print_button(lang))
        @if shown.may_edit {
            @let edit = format!("/plan/targets/{}/edit", shown.view.target.id);
            (LinkButton::quiet(edit, lang.t("plan.board.edit")).icon(Icon::Edit))
            @let allot = format!("/plan/targets/{}/allotments", shown.view.target.id);
            (LinkButton::quiet(allot, lang.t("plan.board.allot")).icon(Icon::Unit))
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
        .fact(lang.t("plan.heading.title"), lang.t("plan.heading.how"))
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
