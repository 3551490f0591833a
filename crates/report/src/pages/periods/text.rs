//! `/report/periods/{form}/{period}/text?template=`: the report as a text, for whoever sees all of
//! the period; what could not be filled in is said above it.

use axum::extract::Query;
use axum::response::IntoResponse;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Error, Lang, ReportFormId, RowId};
use thao_web::components::{Column, LinkButton, Notice, Table, print_button, toolbar};
use thao_web::{Action, Ask, Page, Reply};

use crate::collect::Collected;
use crate::draft::{self, Block, Draft};
use crate::figure;
use crate::form::Form;
use crate::pages::at::At;
use crate::pages::reach;
use crate::period::Period;
use crate::{due, template};

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    template: Option<String>,
}

pub(super) struct Text {
    pub(super) form: Form,
    pub(super) period: Period,
    pub(super) title: String,
    pub(super) draft: Draft,
    pub(super) annex: Collected,
}

pub(crate) async fn show(
    ask: Ask,
    At((id, key)): At<(ReportFormId, String)>,
    Query(asked): Query<Asked>,
) -> Reply {
    let today = ask.today();
    let chosen: Option<RowId> = asked.template.and_then(|id| id.parse().ok());
    let seen = ask.read(move |tx, actor| {
        let form = reach::form(tx, actor, id, today)?;
        // The text speaks of every unit.
        if !actor.scope(Action::SeeBoards, today).holds(form.pos) {
            return Err(Error::forbidden());
        }
        let period = due::period(tx, &form, &key)?;
        let (facts, annex) = template::facts(tx, &form, &period, today)?;
        let kept = template::list(tx, form.id)?;
        let found = match chosen {
            Some(chosen) => kept.into_iter().find(|kept| kept.id == chosen),
            None => kept.into_iter().next(),
        };
        let (title, body) = match found {
            Some(kept) => (kept.title, kept.body),
            None => (form.title_vi.clone(), template::starter(&annex.lines)),
        };
        Ok(Text { draft: draft::draft(&body, &facts), title, annex, period, form })
    });
    let seen = seen.await?;
    let chrome = ask.chrome(&seen.actor);
    let (lang, text) = (chrome.lang, &seen.it);
    let matrix = format!("/report/periods/{}/{}", text.form.id, text.period.name.key());
    let mut page = Page::new(&chrome, text.title.clone())
        .crumb("/report", lang.t("report.home.title"))
        .crumb(matrix.clone(), text.period.name.words(lang))
        .lead(lang.t("report.text.lead"))
        .actions(toolbar(html! {
            (LinkButton::download(format!("{matrix}/export"), lang.t("report.text.annex_file")))
            (LinkButton::quiet("/report/templates", lang.t("report.templates.title")))
        }));
    if !text.draft.faults.is_empty() {
        let list = html! {
            ul { @for fault in &text.draft.faults { li { (fault.words(lang)) } } }
        };
        page = page.notice(Notice::warn(lang.t("report.text.faults")).more(list));
    }
    Ok(page.body(html! { (sheet(text)) (toolbar(print_button(lang))) }).into_response())
}

/// The text as it reads; always in Vietnamese.
fn sheet(text: &Text) -> Markup {
    let vi = Lang::Vi;
    html! {
        article.prose lang="vi" {
            h2 { (vi.t("report.draft.report")) }
            p { strong { (text.title) " – " (text.period.name.words(vi)) } }
            @for block in &text.draft.blocks {
                @match block {
                    Block::Heading(1, words) => h3 { (words) },
                    Block::Heading(_, words) => h4 { (words) },
                    Block::Paragraph(words) => p { (words) },
                    Block::Annex => (annex(text)),
                }
            }
        }
    }
}

fn annex(text: &Text) -> Markup {
    let vi = Lang::Vi;
    let title = vi.f("report.draft.annex", &[("period", &text.period.name.words(vi))]);
    let mut table = Table::new(vi, title).dense().column(Column::text(vi.t("report.column.unit")));
    for line in &text.annex.lines {
        table = table.column(Column::number(line.code.as_str()));
    }
    let rows = text.annex.rows.iter().map(|row| {
        let mut cells = vec![html! { (row.place.name) }];
        cells.extend(text.annex.lines.iter().map(|line| {
            let of = row.figure(line);
            match of.part {
                Some(_) => html! { (figure::words(vi, &of)) },
                None => html! { span.unknown { "–" } },
            }
        }));
        cells
    });
    html! { (table.rows(rows)) }
}
