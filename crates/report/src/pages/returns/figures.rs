//! The figures of a return once it left the unit: what was filed, the period before, what was
//! answered, and beside what was approved what it would be by now.

use maud::{Markup, html};
use thao_base::Lang;
use thao_web::components::{
    Badge, Button, Choice, Column, Facts, Field, Form as Sending, Table, below, beside, details,
};
use thao_web::{Ask, Chrome};

use super::show::Shown;
use crate::check::Filled;
use crate::dossier::Dossier;
use crate::figure::{self, Figure};
use crate::form::Entry;
use crate::live::Live;
use crate::lock::{Correction, Lock};
use crate::pages::words;

pub(super) fn table(lang: Lang, of: &Dossier) -> Markup {
    let findings = of.findings();
    let rows = of.lines.iter().map(|filled| {
        let line = &filled.line;
        let source = filled.now.source.as_deref();
        let notes = findings.iter().filter(|finding| finding.line == line.id);
        let before = match &filled.before {
            Some(figure) => figure::words(lang, figure),
            None => "–".to_owned(),
        };
        [
            html! { div { (line.code) ". " (line.title(lang)) (below(line.unit(lang))) } },
            html! {
                div {
                    (words::figure(lang, &filled.now))
                    @if let Some(source) = source { (below(source)) }
                    (correction_of(lang, of, filled))
                }
            },
            html! { (before) },
            html! {
                div {
                    @for finding in notes {
                        p {
                            (finding.words(lang))
                            @if let Some(note) = of.answers.get(&finding.about()) {
                                " " em { (note) }
                            }
                        }
                    }
                }
            },
        ]
    });
    html! {
        (Table::new(lang, lang.t("report.return.figures"))
            .caption_only_heard()
            .column(Column::text(lang.t("report.column.line")))
            .column(Column::text(lang.t("report.column.figure")))
            .column(Column::text(lang.t("report.column.before")))
            .column(Column::text(lang.t("report.column.notes")))
            .rows(rows))
    }
}

/// What a frozen figure would be by now, since when; nothing when it still stands.
fn correction_of(lang: Lang, of: &Dossier, filled: &Filled) -> Markup {
    let Some(frozen) = of.frozen.get(&filled.line.id) else { return Markup::default() };
    let kept = of.corrections.get(&frozen.id);
    let now = match of.live.get(&filled.line.id) {
        // Facts are asked; what was noticed says since when.
        Some(Live::Figure(now)) => now.clone(),
        Some(_) => return Markup::default(),
        None => match kept {
            Some(kept) => kept.figure(),
            None => return Markup::default(),
        },
    };
    if now.agrees(&frozen.figure) {
        return Markup::default();
    }
    let noticed = kept.filter(|kept| kept.figure().agrees(&now));
    html! {
        p.correction {
            (Badge::warn(lang.t("report.correction.mark"))) " "
            (words_of(lang, &frozen.figure, &now, noticed))
        }
    }
}

fn words_of(lang: Lang, was: &Figure, now: &Figure, noticed: Option<&Correction>) -> String {
    let (was, now) = (figure::words(lang, was), figure::words(lang, now));
    let since = match noticed {
        Some(kept) => lang.f("report.correction.since", &[("at", &lang.instant(kept.at))]),
        None => lang.t("report.correction.just_now").to_owned(),
    };
    let mut out =
        lang.f("report.correction.words", &[("was", &was), ("now", &now), ("since", &since)]);
    if let Some(reason) = noticed.and_then(|kept| kept.reason.as_deref()) {
        out.push_str(&format!(" {reason}"));
    }
    out
}

/// Who approved, when, and the digest of what was approved.
pub(super) fn lock(lang: Lang, shown: &Shown, lock: &Lock) -> Markup {
    let who = shown.approver.as_deref().unwrap_or_else(|| lang.t("report.by_program"));
    let intact = match shown.of.is_intact() {
        Some(false) => html! { (Badge::bad(lang.t("report.lock.differs"))) },
        _ => html! { (Badge::good(lang.t("report.lock.intact"))) },
    };
    html! {
        section.flow {
            h2 { (lang.t("report.lock.title")) }
            p { (lang.t("report.lock.words")) }
            (Facts::new()
                .fact(lang.t("report.lock.who"), who)
                .fact(lang.t("report.lock.at"), lang.instant(lock.at))
                .fact(lang.t("report.lock.hash"), html! {
                    div { (in_groups(&lock.hash)) " " (intact) }
                }))
        }
    }
}

/// A digest in groups of eight, so that it breaks on a phone and can be read out.
fn in_groups(hash: &str) -> Markup {
    let signs: Vec<char> = hash.chars().collect();
    html! {
        code {
            @for group in signs.chunks(8) { (group.iter().collect::<String>()) " " }
        }
    }
}

/// The form that sets a corrected number beside one that was typed and approved.
pub(super) fn correction(ask: &Ask, chrome: &Chrome, of: &Dossier) -> Markup {
    let lang = chrome.lang;
    let typed: Vec<&Filled> =
        of.lines.iter().filter(|filled| filled.line.entry() != Entry::Target).collect();
    if typed.is_empty() {
        return Markup::default();
    }
    let options = typed.iter().map(|filled| {
        let line = &filled.line;
        (line.id.to_string(), format!("{}. {}", line.code, line.title(lang)))
    });
    let form = Sending::post(chrome, format!("/report/returns/{}/corrections", of.filed.id))
        .once(ask.form_id())
        .body(html! {
            p { (lang.t("report.correction.lead")) }
            (Choice::select("line", lang.t("report.column.line")).options(options))
            (beside(html! {
                (Field::number("part", lang.t("report.correction.part")).short())
                (Field::number("whole", lang.t("report.correction.whole")).short().optional(lang))
            }))
            (Field::text("reason", lang.t("report.correction.reason")))
            (Button::quiet(lang.t("report.correction.send")))
        });
    html! { div.no-print { (details(lang.t("report.correction.add"), form)) } }
}
