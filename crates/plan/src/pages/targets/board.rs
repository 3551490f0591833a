//! `/plan/targets/{id}?unit=&day=&sort=`: a target by unit. With `part=board` only the part that
//! moves, or 204 when nothing did since the tag the browser holds.

use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Lang, Result, TargetId, Tx};
use thao_people::unit;
use thao_web::Resource;
use thao_web::components::{
    Button, Choice, Facts, Field, Form, Icon, LinkButton, details, hidden, live_part, print_button,
    refresh, toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, may};

use super::fragment::{self, Sort};
use crate::board::{self, Board, Point};
use crate::measure::Denominator;
use crate::pages::at::At;
use crate::pages::view::{View, day_asked, tree_asked, view_by};
use crate::pages::words;
use crate::readings::{self, Filling};
use crate::view::TreeView;

/// Seconds between looks at a board that is open: evidence shows within one.
const EVERY: u16 = 1;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    unit: Option<String>,
    day: Option<String>,
    sort: Option<String>,
    part: Option<String>,
    view: Option<String>,
    tree: Option<String>,
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
    may_see_names: bool,
    may_edit: bool,
    /// Whether it is known that somebody looks by this tree.
    is_wanted: bool,
    /// Whether units ever changed: else all trees are one.
    has_changes: bool,
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
    let (measure, tree) = (shown.view.measure.id, shown.view.tree);
    if !shown.is_wanted {
        // Figures by another tree are made when somebody looks, and kept while somebody does.
        ask.write("plan.act.look_by_tree", move |tx, _, _| {
            readings::want(tx, measure, tree, today)
        })
        .await?;
    }
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
    let by = tree_asked(asked.view.as_deref(), asked.tree.as_deref());
    let view = view_by(tx, actor, id, unit, Action::SeeBoards, by, today)?;
    let day = day_asked(asked.day.as_deref(), today);
    let sort = Sort::from_code(asked.sort.as_deref().unwrap_or_default());
    let on = day.unwrap_or(today);
    let version = readings::version(tx)?;
    let tree = by.code();
    let tag =
        format!("\"{version}.{}.{on}.{}.{}.{tree}\"", view.place.unit, sort.code(), lang.code());
    if held == Some(tag.as_str()) {
        return Ok(None);
    }
    let board = board::by_child_in(tx, by, &view.target, &view.measure, &view.place, on)?;
    let history = match &board {
        Some(board) => {
            let whole = board.total.whole.value();
            board::history_in(tx, by, &view.target, &view.measure, &view.place, whole, on)?
        }
        None => None,
    };
    let at = Resource::At(view.place.pos);
    Ok(Some(Shown {
        filling: match by {
            TreeView::Now => readings::filling(tx, view.measure.id)?,
            by => readings::filling_view(tx, view.measure.id, by)?,
        },
        is_wanted: by == TreeView::Now || readings::is_wanted(tx, view.measure.id, by, today)?,
        has_changes: by != TreeView::Now || unit::change::any(tx)?,
        may_see_names: may(actor, Action::SeeNames, at, today),
        may_edit: may(actor, Action::SetTargets, Resource::At(view.target.pos), today),
        view,
        board,
        today,
        day,
        sort,
        tag,
        history,
    }))
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
        .lead(words::definition_of(lang, &view.measure, &view.titles(lang)))
        .actions(actions(lang, shown));
    for up in view.above.iter().rev() {
        page = page.crumb(view.address("", up.unit, shown.day), up.name.clone());
    }
    page.body(html! {
        (day_form(lang, shown))
        @if shown.has_changes { (tree_form(lang, shown)) }
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

/// By which tree of units: said always when there were others, chosen when asked for.
fn tree_form(lang: Lang, shown: &Shown) -> Markup {
    let view = &shown.view;
    let chosen = match view.tree {
        TreeView::At(_) => "at".to_owned(),
        tree => tree.code(),
    };
    let day = match view.tree {
        TreeView::At(day) => lang.date(day),
        _ => String::new(),
    };
    let form = Form::get(format!("/plan/targets/{}", view.target.id)).body(html! {
        (hidden("unit", &view.place.unit.to_string()))
        (hidden("sort", shown.sort.code()))
        @if let Some(day) = shown.day { (hidden("day", &day.to_string())) }
        (Choice::one("view", lang.t("plan.view.title"))
            .option_with_hint("now", lang.t("plan.view.now"), lang.t("plan.view.now_words"))
            .option_with_hint("then", lang.t("plan.view.then"), lang.t("plan.view.then_words"))
            .option_with_hint("at", lang.t("plan.view.at"), lang.t("plan.view.at_hint"))
            .chosen(chosen))
        (Field::date(lang, "tree", lang.t("plan.view.at_day")).value(day).optional(lang))
        p { (lang.t("plan.view.rule")) }
        (Button::quiet(lang.t("plan.board.day_show")))
    });
    html! {
        div.no-print {
            @if view.tree != TreeView::Now { p { (words::tree(lang, view.tree)) } }
            (details(lang.t("plan.view.choose"), form))
        }
    }
}

/// Numerator, denominator, day and path in words.
fn how(lang: Lang, shown: &Shown) -> Markup {
    let View { target, plan, measure, .. } = &shown.view;
    let audience = measure.rule.audience.name(lang);
    let part = words::definition_of(lang, measure, &shown.view.titles(lang));
    let day = lang.f("plan.board.how_day_words", &[("day", &lang.date(shown.on()))]);
    let path = lang.f(
        "plan.board.how_path_words",
        &[
            ("baseline", &words::percent(lang, target.baseline.into())),
            ("starts", &lang.date(target.starts)),
            ("goal", &words::percent(lang, target.goal.into())),
            ("due", &lang.date(target.due)),
        ],
    );
    let mut facts = Facts::new().fact(lang.t("plan.board.how_part"), part);
    if let Some(board) = &shown.board {
        let whole = words::whole(lang, &board.total.whole, audience);
        facts = facts.fact(lang.t("plan.board.how_whole"), whole);
    }
    facts = facts
        .fact(lang.t("plan.board.how_day"), day)
        .fact(lang.t("plan.board.how_path"), path)
        .fact(lang.t("plan.board.how_trend"), lang.t("plan.board.how_trend_words"))
        .fact(lang.t("plan.board.plan"), plan.title.as_str());
    if let Some(legal) = &plan.legal_basis {
        facts = facts.fact(lang.t("plan.board.legal"), legal.as_str());
    }
    let body = html! {
        (facts)
        p { (lang.t("plan.board.distinct")) }
        @if measure.denominator == Denominator::Official {
            p { a href={ "/plan/figures?measure=" (measure.id) } { (lang.t("plan.board.how_figures")) } }
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
