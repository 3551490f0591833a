//! `/report/periods/{form}/{period}/text?template=`: the report as a text, for whoever sees all of
//! the period, and as .docx and .pdf; what could not be filled in is said above it.

use axum::extract::Query;
use axum::http::header;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{Error, Lang, ReportFormId, Result, RowId, Tx};
use thao_paper::Press;
use thao_people::unit::{self, Place};
use thao_web::components::{Column, LinkButton, Notice, Table, print_button, toolbar};
use thao_web::{Action, Actor, Ask, Page, Reply};

use crate::collect::Collected;
use crate::draft::{self, Block, Draft};
use crate::figure;
use crate::form::Form;
use crate::pages::at::At;
use crate::pages::reach;
use crate::period::Period;
use crate::{due, paper, template};

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    template: Option<String>,
}

impl Asked {
    fn template(&self) -> Option<RowId> {
        self.template.as_deref()?.parse().ok()
    }
}

struct Text {
    place: Place,
    form: Form,
    period: Period,
    /// The template it is made of; none for the starter's.
    template: Option<RowId>,
    title: String,
    draft: Draft,
    annex: Collected,
}

pub(crate) async fn show(
    ask: Ask,
    At((id, key)): At<(ReportFormId, String)>,
    Query(asked): Query<Asked>,
) -> Reply {
    let today = ask.today();
    let chosen = asked.template();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, &key, chosen, today));
    let seen = seen.await?;
    let chrome = ask.chrome(&seen.actor);
    let (lang, text) = (chrome.lang, &seen.it);
    let matrix = format!("/report/periods/{}/{}", text.form.id, text.period.name.key());
    let chosen = text.template.map(|id| format!("?template={id}")).unwrap_or_default();
    let file = |end: &str| format!("{matrix}/text/{end}{chosen}");
    let mut page = Page::new(&chrome, text.title.clone())
        .crumb("/report", lang.t("report.home.title"))
        .crumb(matrix.clone(), text.period.name.words(lang))
        .lead(lang.t("report.text.lead"))
        .actions(toolbar(html! {
            (LinkButton::download(file("docx"), lang.t("report.text.docx")))
            (LinkButton::download(file("pdf"), lang.t("report.text.pdf")))
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

/// The text of a period, by the template chosen, else the form's first, else the starter's.
///
/// # Errors
/// 404 when the actor may not know of the form, 403 when they do not see all of it.
fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ReportFormId,
    key: &str,
    chosen: Option<RowId>,
    today: Date,
) -> Result<Text> {
    let form = reach::form(tx, actor, id, today)?;
    // The text speaks of every unit.
    if !actor.scope(Action::SeeBoards, today).holds(form.pos) {
        return Err(Error::forbidden());
    }
    let period = due::period(tx, &form, key)?;
    let (facts, annex) = template::facts(tx, &form, &period, today)?;
    let kept = template::list(tx, form.id)?;
    let found = match chosen {
        Some(chosen) => kept.into_iter().find(|kept| kept.id == chosen),
        None => kept.into_iter().next(),
    };
    let template = found.as_ref().map(|kept| kept.id);
    let (title, body) = match found {
        Some(kept) => (kept.title, kept.body),
        None => (form.title_vi.clone(), template::starter(&annex.lines)),
    };
    let place = unit::place(tx, form.unit)?;
    Ok(Text { place, draft: draft::draft(&body, &facts), template, title, annex, period, form })
}

/// A kind of file the text is given as.
#[derive(Clone, Copy)]
enum As {
    Docx,
    Pdf,
}

pub(crate) async fn docx(
    ask: Ask,
    At(place): At<(ReportFormId, String)>,
    Query(asked): Query<Asked>,
) -> Reply {
    download(ask, place, &asked, As::Docx).await
}

pub(crate) async fn pdf(
    ask: Ask,
    At(place): At<(ReportFormId, String)>,
    Query(asked): Query<Asked>,
) -> Reply {
    download(ask, place, &asked, As::Pdf).await
}

async fn download(ask: Ask, (id, key): (ReportFormId, String), asked: &Asked, kind: As) -> Reply {
    let (today, now, chosen) = (ask.today(), ask.app.clock.now(), asked.template());
    let seen = ask.read(move |tx, actor| load(tx, actor, id, &key, chosen, today)).await?;
    let text = seen.it;
    let name = text.period.name.key();
    let written = tokio::task::spawn_blocking(move || {
        let press = Press::built_in()?;
        let document =
            paper::document(&text.place, &text.title, &text.period, &text.draft, &text.annex);
        match kind {
            As::Docx => press.docx(&document, now),
            As::Pdf => press.pdf(&document, now),
        }
    });
    let bytes = written.await.map_err(Error::internal)??;
    let (kind, end) = match kind {
        As::Docx => {
            ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
        }
        As::Pdf => ("application/pdf", "pdf"),
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"bao-cao-{name}.{end}\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// The text as it reads; always in Vietnamese.
fn sheet(text: &Text) -> Markup {
    let vi = Lang::Vi;
    let roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    let (mut first, mut second) = (0, 0);
    // Numbered as the paper numbers them.
    let mut numbered = |level: u8, words: &str| {
        if level == 1 {
            (first, second) = (first + 1, 0);
            format!("{}. {words}", roman.get(first - 1).unwrap_or(&"–"))
        } else {
            second += 1;
            format!("{second}. {words}")
        }
    };
    html! {
        article.prose lang="vi" {
            h2 { (vi.t("report.draft.report")) }
            p { strong { (text.title) " – " (text.period.name.words(vi)) } }
            @for block in &text.draft.blocks {
                @match block {
                    Block::Heading(1, words) => h3 { (numbered(1, words)) },
                    Block::Heading(level, words) => h4 { (numbered(*level, words)) },
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
