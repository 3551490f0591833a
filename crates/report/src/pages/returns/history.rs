//! What happened to a return, the newest last.

use maud::{Markup, html};
use thao_base::Lang;
use thao_web::components::{Column, Table};

use super::show::Shown;
use crate::pages::words;

pub(super) fn steps(lang: Lang, shown: &Shown) -> Markup {
    let steps = &shown.of.steps;
    if steps.is_empty() {
        return Markup::default();
    }
    let rows = steps.iter().zip(&shown.names).map(|(step, name)| {
        let who = name.as_deref().unwrap_or_else(|| lang.t("report.by_program"));
        [
            html! { (lang.instant(step.at)) },
            html! { (words::state(lang, step.state())) },
            html! { (who) },
            html! { (step.reason.as_deref().unwrap_or("–")) },
        ]
    });
    html! {
        section.flow {
            h2 { (lang.t("report.history.title")) }
            (Table::new(lang, lang.t("report.history.title"))
                .caption_only_heard()
                .dense()
                .column(Column::text(lang.t("report.history.at")))
                .column(Column::text(lang.t("report.column.state")))
                .column(Column::text(lang.t("report.history.who")))
                .column(Column::text(lang.t("report.history.reason")))
                .rows(rows))
        }
    }
}
