//! `/plan/targets/{id}/people?unit=&state=&q=`: the names behind a number. Every look is logged.

use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Lang, Result, TargetId, Tx};
use thao_people::viewing::{self, Look};
use thao_web::components::{
    Badge, Choice, Column, Empty, Filters, Icon, LinkButton, Notice, Pages, Table,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply};

use crate::pages::at::At;
use crate::pages::view::{View, day_asked, view};
use crate::pages::words;
use crate::roster::{self, After, Line, Which};

/// People on a page.
const PAGE: usize = 50;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    unit: Option<String>,
    day: Option<String>,
    state: Option<String>,
    q: Option<String>,
    /// The person after whom the page goes on.
    after: Option<String>,
}

impl Asked {
    fn which(&self) -> Which {
        self.state.as_deref().and_then(Which::from_code).unwrap_or(Which::All)
    }

    fn search(&self) -> &str {
        self.q.as_deref().unwrap_or_default().trim()
    }
}

struct Shown {
    view: View,
    day: Option<Date>,
    /// None until the first count is done.
    lines: Option<Vec<Line>>,
    more: bool,
}

pub(crate) async fn show(ask: Ask, At(id): At<TargetId>, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let of = asked.clone();
    let seen = viewing::read(&ask, move |tx, actor, looks| {
        let shown = load(tx, actor, id, &of, today)?;
        let people = shown.lines.as_ref().map_or(0, Vec::len);
        let unit = Some(shown.view.place.unit);
        looks.push(Look::page("plan.view.people", people).about(id).within(unit));
        Ok(shown)
    })
    .await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&chrome, &seen.it, &asked, today).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: TargetId, asked: &Asked, today: Date) -> Result<Shown> {
    let unit = asked.unit.as_deref().and_then(|unit| unit.parse().ok());
    let view = view(tx, actor, id, unit, Action::SeeNames, today)?;
    let day = day_asked(asked.day.as_deref(), today);
    let wanted = roster::Asked {
        measure: view.measure.id,
        within: view.place.span(),
        on: day.unwrap_or(today),
        which: asked.which(),
        search: asked.search().to_owned(),
    };
    let after = match asked.after.as_deref().and_then(|id| id.parse().ok()) {
        Some(person) => After::of(tx, person)?,
        None => None,
    };
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut lines = roster::page(tx, &wanted, after.as_ref(), limit)?;
    let mut more = false;
    if let Some(lines) = &mut lines {
        more = PAGE < lines.len();
        lines.truncate(PAGE);
    }
    Ok(Shown { view, day, lines, more })
}

fn page(chrome: &Chrome, shown: &Shown, asked: &Asked, today: Date) -> Markup {
    let lang = chrome.lang;
    let view = &shown.view;
    let on = shown.day.unwrap_or(today);
    let board = view.address("", view.place.unit, shown.day);
    let mut export = view.address("/export", view.place.unit, shown.day);
    export.push_str("&names=1");
    Page::new(chrome, lang.t("plan.people.title"))
        .wide()
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb(board, view.target.title(lang))
        .above(view.place.path.clone())
        .lead(lang.f(
            "plan.people.lead",
            &[("day", &lang.date(on)), ("definition", &view.definition(lang))],
        ))
        // No link of a file: a list too long for one is asked about first.
        .actions(html! {
            (LinkButton::quiet(export, lang.t("plan.people.export")).icon(Icon::Download))
        })
        .body(html! {
            (filters(lang, shown, asked))
            @match &shown.lines {
                Some(lines) => (table(lang, shown, asked, lines)),
                None => (Notice::info(lang.t("plan.people.counting"))),
            }
            p.quiet { (lang.t("plan.people.logged")) }
        })
}

fn filters(lang: Lang, shown: &Shown, asked: &Asked) -> Markup {
    let view = &shown.view;
    let here = format!("/plan/targets/{}/people", view.target.id);
    let state = Choice::select("state", lang.t("plan.people.state"))
        .options(Which::ALL.map(|which| (which.code(), which_words(lang, which))))
        .chosen(asked.which().code());
    let mut filters = Filters::new(lang, here)
        .search("q", lang.t("plan.people.search"), asked.search())
        .field(state)
        .keep("unit", &view.place.unit.to_string());
    if let Some(day) = shown.day {
        filters = filters.keep("day", &day.to_string());
    }
    if !asked.search().is_empty() || asked.which() != Which::All {
        filters = filters.clear(view.address("/people", view.place.unit, shown.day));
    }
    html! { (filters) }
}

fn which_words(lang: Lang, which: Which) -> &'static str {
    lang.t(match which {
        Which::All => "plan.people.all",
        Which::Met => "plan.people.met",
        Which::NotMet => "plan.people.not",
    })
}

fn table(lang: Lang, shown: &Shown, asked: &Asked, lines: &[Line]) -> Markup {
    let view = &shown.view;
    let narrowed = !asked.search().is_empty() || asked.which() != Which::All;
    let none = if narrowed { "plan.people.none_found" } else { "plan.people.none" };
    let mut pages = Pages::new(lang);
    if shown.more
        && let Some(last) = lines.last()
    {
        pages = pages.next(with(shown, asked, &last.id.to_string()));
    }
    if asked.after.is_some() {
        pages = pages.previous(with(shown, asked, ""));
    }
    let rows = lines.iter().map(|line| {
        let id = line.id.to_string();
        let href = view.address(&format!("/people/{id}"), view.place.unit, shown.day);
        [
            html! { a href=(href) { (line.full_name) } },
            html! { (born(lang, line)) },
            html! { (line.unit) },
            html! { (met_badge(lang, line.met)) },
        ]
    });
    html! {
        (Table::new(lang, lang.t("plan.people.title"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.people.name")))
            .column(Column::text(lang.t("plan.people.born")))
            .column(Column::text(lang.t("plan.people.unit")))
            .column(Column::text(lang.t("plan.people.state")))
            .rows(rows)
            .empty(Empty::new(lang.t(none), lang.t("plan.people.none_words")))
            .pages(pages))
    }
}

pub(super) fn met_badge(lang: Lang, met: bool) -> Markup {
    let badge = match met {
        true => Badge::good(lang.t("plan.people.met")).icon(Icon::Check),
        false => Badge::plain(lang.t("plan.people.not")).icon(Icon::Dash),
    };
    html! { (badge) }
}

fn born(lang: Lang, line: &Line) -> String {
    match (line.birth_date, line.birth_year) {
        (Some(date), _) => lang.date(date),
        (None, Some(year)) => year.to_string(),
        (None, None) => "–".to_owned(),
    }
}

/// The list's own address, from another person on.
fn with(shown: &Shown, asked: &Asked, after: &str) -> String {
    let mut out = shown.view.address("/people", shown.view.place.unit, shown.day);
    out.push_str(&format!("&state={}", asked.which().code()));
    if !asked.search().is_empty() {
        out.push_str(&format!("&q={}", words::escaped(asked.search())));
    }
    if !after.is_empty() {
        out.push_str(&format!("&after={after}"));
    }
    out
}
