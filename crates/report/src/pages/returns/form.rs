//! The form of a return: each line with the period before beside it, findings where they belong,
//! and one thing to press next.

use std::collections::HashMap;

use maud::{Markup, html};
use thao_base::{Lang, ReportLineId};
use thao_web::components::{
    Button, Field, FieldErrors, Form as Sending, Icon, Notice, beside, fieldset, hidden, toolbar,
};
use thao_web::{Ask, Chrome, Sent};

use super::show::Shown;
use crate::check::{Filled, Finding};
use crate::dossier::Dossier;
use crate::figure::{self, Figure, NoNumber};
use crate::form::{Entry, Line};
use crate::live::Live;
use crate::pages::words;
use crate::state::State;

/// What stands in the fields: part, whole, source of each line.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed(HashMap<ReportLineId, [String; 3]>);

pub(super) fn names(line: &Line) -> [String; 3] {
    ["part", "whole", "source"].map(|name| format!("{name}.{}", line.id))
}

impl Typed {
    /// What was kept.
    pub(super) fn of(lang: Lang, of: &Dossier) -> Typed {
        let number = |n: Option<i64>| n.map(|n| figure::number(lang, n)).unwrap_or_default();
        let texts = |filled: &Filled| {
            let Figure { part, whole, source } = &filled.now;
            [number(*part), number(*whole), source.clone().unwrap_or_default()]
        };
        Typed(of.lines.iter().map(|filled| (filled.line.id, texts(filled))).collect())
    }

    /// What was sent.
    pub(super) fn sent(of: &Dossier, sent: &Sent) -> Typed {
        let texts = |filled: &Filled| names(&filled.line).map(|name| sent.text(&name).to_owned());
        Typed(of.lines.iter().map(|filled| (filled.line.id, texts(filled))).collect())
    }

    /// The figures that were typed, and what is wrong with them.
    pub(super) fn read(
        &self,
        lang: Lang,
        of: &Dossier,
    ) -> (Vec<(ReportLineId, Figure)>, FieldErrors) {
        let mut errors = FieldErrors::new();
        let mut out = Vec::new();
        for filled in of.lines.iter().filter(|filled| filled.line.entry() != Entry::Target) {
            let line = &filled.line;
            let [part, whole, source] = self.texts(line);
            let [part_name, whole_name, _] = names(line);
            let mut number = |text: &str, name: String| match figure::read(lang, text) {
                Ok(number) => number,
                Err(NoNumber) => {
                    errors.add(name, lang.f("report.error.number", &[("line", &line.code)]));
                    None
                }
            };
            let source = Some(source.trim()).filter(|source| !source.is_empty());
            let figure = Figure {
                part: number(part, part_name),
                whole: match line.entry() {
                    Entry::Share => number(whole, whole_name),
                    Entry::Target | Entry::Count => None,
                },
                source: source.map(|source| source.chars().take(300).collect()),
            };
            out.push((line.id, figure));
        }
        (out, errors)
    }

    fn texts(&self, line: &Line) -> [&str; 3] {
        match self.0.get(&line.id) {
            Some(texts) => texts.each_ref().map(String::as_str),
            None => [""; 3],
        }
    }
}

pub(super) fn form(
    ask: &Ask,
    chrome: &Chrome,
    shown: &Shown,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let of = &shown.of;
    // Before anything was typed or checked, an empty form is no list of mistakes.
    let looked_at = shown.asked || !of.steps.is_empty() || of.lines.iter().any(is_typed);
    let findings = if looked_at { of.findings() } else { Vec::new() };
    let ready = of.state() == State::Checked && of.unanswered().is_empty();
    let action = format!("/report/returns/{}/entries", of.filed.id);
    let mut no = 0;
    let entries = Sending::post(chrome, action).once(ask.form_id()).id("entries").body(html! {
        @for filled in &of.lines {
            @let own: Vec<&Finding> =
                findings.iter().filter(|finding| finding.line == filled.line.id).collect();
            (line(lang, of, filled, typed, errors))
            @for finding in own {
                @let this = { no += 1; no };
                (answer(lang, of, finding, this))
            }
        }
        @if !ready {
            (toolbar(html! {
                (Button::primary(lang.t("report.return.check")).icon(Icon::Check)
                    .sends("act", "check"))
                (Button::quiet(lang.t("report.return.save")).sends("act", "save"))
            }))
            p.quiet { (lang.t("report.return.save_words")) }
        } @else {
            (toolbar(Button::quiet(lang.t("report.return.check_again")).sends("act", "check")))
        }
    });
    let submission = format!("/report/returns/{}/submission", of.filed.id);
    html! {
        @if ready {
            (Notice::good(lang.t("report.return.ready")))
            @if of.filed.ends < ask.today() {
                (Sending::post(chrome, submission).once(ask.form_id())
                    .body(toolbar(Button::primary(lang.t("report.return.submit")).icon(Icon::Check))))
            }
        } @else if !of.unanswered().is_empty() && looked_at {
            (Notice::warn(lang.f("report.return.open_findings", &[
                ("n", &of.unanswered().len()),
            ])))
        }
        (entries)
    }
}

fn is_typed(filled: &Filled) -> bool {
    filled.line.entry() != Entry::Target && filled.now != Figure::default()
}

fn line(lang: Lang, of: &Dossier, filled: &Filled, typed: &Typed, errors: &FieldErrors) -> Markup {
    let Filled { line, .. } = filled;
    let legend = format!("{}. {}", line.code, line.title(lang));
    let optional = !line.required && line.entry() != Entry::Target;
    let body = html! {
        @match line.entry() {
            Entry::Target => (computed(lang, of, filled)),
            Entry::Share | Entry::Count => (fields(lang, filled, typed, errors)),
        }
        (before(lang, of, filled))
        @if let Some(note) = &line.note { p.quiet { (note) } }
        @if optional { p.quiet { (lang.t("report.return.optional")) } }
    };
    fieldset(&legend, body)
}

/// A figure nobody types, with where it comes from.
fn computed(lang: Lang, of: &Dossier, filled: &Filled) -> Markup {
    let line = &filled.line;
    html! {
        p { strong { (words::figure(lang, &filled.now)) } " " (line.unit(lang)) }
        p.quiet {
            @match (of.live.get(&line.id), line.target) {
                (Some(Live::Counting), _) => (lang.t("report.live.counting")),
                (Some(Live::Gone), _) => (lang.t("report.live.gone")),
                (_, Some(target)) => {
                    (lang.f("report.live.computed", &[("day", &lang.date(of.filed.ends))])) " "
                    a href={ "/plan/targets/" (target) "?unit=" (of.place.unit) "&day=" (of.filed.ends) } {
                        (lang.t("report.live.board"))
                        span.only-heard { " " (line.code) }
                    }
                }
                _ => {}
            }
        }
    }
}

fn fields(lang: Lang, filled: &Filled, typed: &Typed, errors: &FieldErrors) -> Markup {
    let line = &filled.line;
    let [part, whole, source] = names(line);
    let [part_text, whole_text, source_text] = typed.texts(line);
    let unit = line.unit(lang);
    html! {
        @if line.entry() == Entry::Share {
            (beside(html! {
                (Field::number(part, lang.f("report.return.part", &[("unit", &unit)]))
                    .value(part_text).short().errors(errors))
                (Field::number(whole, lang.f("report.return.whole", &[("unit", &unit)]))
                    .value(whole_text).short().errors(errors))
            }))
        } @else {
            (Field::number(part, lang.f("report.return.count", &[("unit", &unit)]))
                .value(part_text).short().errors(errors))
        }
        @if line.sourced {
            (Field::text(source, lang.t("report.return.source"))
                .value(source_text).hint(lang.t("report.return.source_hint")).errors(errors))
        }
    }
}

fn before(lang: Lang, of: &Dossier, filled: &Filled) -> Markup {
    html! {
        @match (&filled.before, &of.before) {
            (Some(figure), Some(period)) => p.quiet {
                (lang.f("report.return.before", &[
                    ("period", &period.name.words(lang)),
                    ("figure", &figure::words(lang, figure)),
                ]))
            },
            _ => {}
        }
    }
}

/// A finding with the field that answers it.
fn answer(lang: Lang, of: &Dossier, finding: &Finding, no: usize) -> Markup {
    let about = finding.about();
    let note = of.answers.get(&about);
    let words = format!("{}: {}", finding.code, finding.words(lang));
    html! {
        @if note.is_some() { (Notice::info(words)) } @else { (Notice::warn(words)) }
        (hidden(&format!("about.{no}"), &about))
        (Field::text(format!("note.{no}"), lang.f("report.return.note", &[("line", &finding.code)]))
            .value(note.cloned().unwrap_or_default()).optional(lang))
    }
}

/// The notes that were sent: what each is about, and its words.
pub(super) fn notes(sent: &Sent) -> Vec<(String, String)> {
    let about = sent.fields().iter().filter_map(|(name, about)| {
        let no = name.strip_prefix("about.")?;
        let note = sent.text(&format!("note.{no}"));
        Some((about.clone(), note.chars().take(500).collect()))
    });
    about.collect()
}
