//! `/report/periods/{form}/{period}?state=`: who filed, who is late, what it comes to, and a
//! reminder to send on.

use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Lang, ReportFormId};
use thao_web::components::{
    Choice, Column, Empty, Filters, Icon, LinkButton, Pages, Stat, Table, copy_text, details,
    print_button, stats, toolbar,
};
use thao_web::{Ask, Page, Reply};

use super::{Shown, load};
use crate::collect::Row;
use crate::figure;
use crate::form::Entry;
use crate::pages::at::At;
use crate::pages::words;
use crate::state::State;
use crate::{calendar, due, period};

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    state: Option<String>,
}

pub(crate) async fn show(
    ask: Ask,
    At((id, key)): At<(ReportFormId, String)>,
    Query(asked): Query<Asked>,
) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| {
        let shown = load(tx, actor, id, &key, today)?;
        let rules = calendar::rules(tx, &shown.form.calendar)?;
        let near = [
            period::previous(&rules, shown.period.name),
            period::next(&rules, shown.period.name).filter(|next| next.starts <= today),
        ];
        Ok((near.map(|near| near.filter(|near| shown.form.asks_for(near))), shown))
    });
    let seen = seen.await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let ([before, after], shown) = &seen.it;
    let here = |key: &str| format!("/report/periods/{}/{key}", shown.form.id);
    let own = here(&shown.period.name.key());
    let link = |near: &Option<period::Period>| near.map(|near| here(&near.name.key()));
    let mut pages = Pages::new(lang);
    if let Some(href) = link(before) {
        pages = pages.previous(href);
    }
    if let Some(href) = link(after) {
        pages = pages.next(href);
    }
    let page = Page::new(&chrome, shown.period.name.words(lang))
        .wide()
        .crumb("/report", lang.t("report.home.title"))
        .above(shown.form.title(lang).to_owned())
        .lead(lang.f(
            "report.return.lead",
            &[
                ("starts", &lang.date(shown.period.starts)),
                ("ends", &lang.date(shown.period.ends)),
                ("due", &lang.date(shown.form.due(&shown.period))),
            ],
        ))
        .actions(toolbar(html! {
            (LinkButton::download(format!("{own}/export"), lang.t("report.matrix.export")))
            @if shown.whole {
                (LinkButton::quiet(format!("{own}/text"), lang.t("report.matrix.text"))
                    .icon(Icon::Report))
            }
        }))
        .body(html! {
            (counts(lang, shown, today))
            @if shown.whole { (totals(lang, shown)) }
            (matrix(lang, shown, &own, &asked, today))
            @if shown.may_decide { (remind(lang, shown, today)) }
            (pages)
            (toolbar(print_button(lang)))
        });
    Ok(page.into_response())
}

fn is_late(shown: &Shown, row: &Row, today: Date) -> bool {
    let due = row.standing.as_ref().map_or_else(|| shown.form.due(&shown.period), |s| s.due);
    due < today && !row.state().is_filed()
}

fn counts(lang: Lang, shown: &Shown, today: Date) -> Markup {
    let rows: Vec<_> =
        shown.collected.rows.iter().map(|row| (row.place.clone(), row.standing.clone())).collect();
    let count = due::count(&shown.form, &shown.period, &rows, today);
    let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let part = |key, part| Stat::part(lang, lang.t(key), n(part), n(count.units));
    stats(html! {
        (part("report.column.filed", count.filed))
        (part("report.column.approved", count.approved))
        (Stat::count(lang, lang.t("report.column.waiting"), n(count.waiting)))
        (Stat::count(lang, lang.t("report.column.returned"), n(count.returned)))
        (Stat::count(lang, lang.t("report.column.late"), n(count.late)))
    })
}

/// What each line comes to, and over how many units.
fn totals(lang: Lang, shown: &Shown) -> Markup {
    let rows = shown.collected.lines.iter().map(|line| {
        let total = shown.collected.total(line);
        let of = match line.entry() {
            Entry::Target => lang.t("report.matrix.computed").to_owned(),
            Entry::Share | Entry::Count => {
                lang.f("report.matrix.given", &[("given", &total.given), ("units", &total.units)])
            }
        };
        [
            html! { div { (line.code) ". " (line.title(lang)) } },
            html! { (words::figure(lang, &total.figure)) " " (line.unit(lang)) },
            html! { (of) },
        ]
    });
    html! {
        section.flow {
            h2 { (lang.t("report.matrix.totals")) }
            (Table::new(lang, lang.t("report.matrix.totals"))
                .caption_only_heard()
                .dense()
                .column(Column::text(lang.t("report.column.line")))
                .column(Column::text(lang.t("report.column.figure")))
                .column(Column::text(lang.t("report.matrix.of")))
                .rows(rows))
        }
    }
}

/// Whether a row is asked for: late ones, those that wait, one state.
fn fits(shown: &Shown, row: &Row, asked: &Asked, today: Date) -> bool {
    match asked.state.as_deref().unwrap_or_default() {
        "" => true,
        "late" => is_late(shown, row, today),
        code => State::from_code(code) == Some(row.state()),
    }
}

fn matrix(lang: Lang, shown: &Shown, own: &str, asked: &Asked, today: Date) -> Markup {
    let chosen = asked.state.clone().unwrap_or_default();
    let states = [State::Submitted, State::Returned, State::Locked, State::Open];
    let choice = Choice::select("state", lang.t("report.column.state"))
        .option("", lang.t("report.matrix.all"))
        .option("late", lang.t("report.state.late"))
        .options(states.map(|state| (state.code(), words::state(lang, state))))
        .chosen(chosen.as_str());
    let mut table = Table::new(lang, lang.t("report.matrix.title"))
        .caption_only_heard()
        .dense()
        .column(Column::text(lang.t("report.column.unit")))
        .column(Column::text(lang.t("report.column.state")))
        .column(Column::text(lang.t("report.column.submitted_at")));
    for line in &shown.collected.lines {
        table = table.column(Column::number(line.code.as_str()));
    }
    let rows = shown.collected.rows.iter().filter(|row| fits(shown, row, asked, today));
    let rows = rows.map(|row| {
        let at = row.standing.as_ref().and_then(|standing| standing.submitted_at);
        let mut cells = vec![
            html! {
                @match &row.standing {
                    Some(standing) => a href={ "/report/returns/" (standing.id) } {
                        (row.place.name)
                    },
                    None => (row.place.name),
                }
            },
            html! { (words::badge(lang, row.state(), is_late(shown, row, today))) },
            html! { (at.map_or_else(|| "–".to_owned(), |at| lang.instant(at))) },
        ];
        cells.extend(shown.collected.lines.iter().map(|line| {
            let figure = row.figure(line);
            match (figure.part, figure.permille()) {
                (None, _) => html! { span.unknown { "–" } },
                (Some(_), Some(permille)) => html! {
                    div title=(figure::words(lang, &figure)) { (figure::percent(lang, permille)) }
                },
                (Some(part), None) => html! { (figure::number(lang, part)) },
            }
        }));
        cells
    });
    let legend = shown.collected.lines.iter().map(|line| {
        html! { li { (line.code) ": " (line.title(lang)) } }
    });
    html! {
        section.flow {
            h2 { (lang.t("report.matrix.title")) }
            (Filters::new(lang, own).field(choice))
            (table.rows(rows).empty(Empty::new(
                lang.t("report.matrix.none"),
                lang.t("report.matrix.none_words"),
            )))
            (details(lang.t("report.matrix.legend"), html! { ul { @for item in legend { (item) } } }))
        }
    }
}

/// A text for the group of the communes: who has not filed, until when.
fn remind(lang: Lang, shown: &Shown, today: Date) -> Markup {
    let missing: Vec<&str> = shown
        .collected
        .rows
        .iter()
        .filter(|row| !row.state().is_filed())
        .map(|row| row.place.name.as_str())
        .collect();
    if missing.is_empty() || today <= shown.period.ends {
        return Markup::default();
    }
    // The offices it is sent to read Vietnamese, whatever language the page is in.
    let vi = Lang::Vi;
    let text = vi.f(
        "report.matrix.remind_text",
        &[
            ("form", &shown.form.title(vi)),
            ("period", &shown.period.name.words(vi)),
            ("due", &vi.date(shown.form.due(&shown.period))),
            ("n", &missing.len()),
            ("units", &missing.join(", ")),
        ],
    );
    html! { div.no-print { (copy_text(lang, lang.t("report.matrix.remind"), &text)) } }
}
