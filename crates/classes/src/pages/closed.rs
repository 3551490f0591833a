//! The sheet of an evening that was closed: who came, and how a manager corrects it.

use maud::{Markup, html};
use thao_base::Lang;
use thao_web::components::{
    Badge, Button, Column, Empty, Field, FieldErrors, Form, Icon, LinkButton, Notice, Stat, Table,
    below, stats,
};
use thao_web::{Ask, Chrome};

use super::attendance::Shown;
use super::sheet::{ticks, was};
use crate::schedule::may_reopen;
use crate::words;

pub(super) fn show(ask: &Ask, chrome: &Chrome, shown: &Shown, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let now = ask.app.clock.now();
    let closed_at = shown.meeting.closed_at.unwrap_or(now);
    let at = lang.instant(closed_at);
    html! {
        (Notice::info(lang.f("classes.closure.closed", &[("at", &at)])))
        @if shown.correcting && shown.rights.correct {
            (correct(ask, chrome, shown, errors))
        } @else {
            (result(lang, shown))
            (corrections(lang, shown))
            (again(ask, chrome, shown, may_reopen(closed_at, now)))
        }
    }
}

/// The ways to change what was closed: opening it again, or a correction with its reason.
fn again(ask: &Ask, chrome: &Chrome, shown: &Shown, in_time: bool) -> Markup {
    let lang = chrome.lang;
    let here = format!("/classes/meetings/{}", shown.meeting.id);
    html! {
        @if shown.rights.run && in_time {
            (Form::post(chrome, format!("{here}/reopening")).once(ask.form_id()).body(html! {
                p.hint { (lang.t("classes.closure.reopen_hint")) }
                (Button::quiet(lang.t("classes.closure.reopen")).icon(Icon::Edit))
            }))
        }
        @if shown.rights.correct {
            div.toolbar {
                (LinkButton::quiet(
                    format!("{here}/attendance?correct=1"), lang.t("classes.closure.correct"),
                ).icon(Icon::Edit))
            }
        }
    }
}

fn correct(ask: &Ask, chrome: &Chrome, shown: &Shown, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    html! {
        p { (lang.t("classes.closure.correct_hint")) }
        (ticks(ask, chrome, shown, None).more(html! {
            (was(shown))
            (Field::text("reason", lang.t("classes.closure.reason")).errors(errors))
        }))
    }
}

/// Who came and who did not, to read.
pub(super) fn result(lang: Lang, shown: &Shown) -> Markup {
    let present = shown.roster.iter().filter(|e| shown.sheet.is_present(e.canonical)).count();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let rows = shown.roster.iter().map(|entry| {
        [
            html! {
                (entry.full_name)
                (below(&words::apart(entry.village.as_deref(), entry.birth())))
            },
            html! {
                @if shown.sheet.is_present(entry.canonical) {
                    (Badge::good(lang.t("classes.attendance.present")))
                } @else {
                    (Badge::plain(lang.t("classes.attendance.absent")))
                }
            },
        ]
    });
    html! {
        (stats(html! {
            (Stat::part(lang, lang.t("classes.attendance.present"), number(present), number(shown.roster.len())))
        }))
        (Table::new(lang, lang.t("classes.attendance.result"))
            .always_table()
            .column(Column::text(lang.t("classes.person.name")))
            .column(Column::text(lang.t("classes.list.state")))
            .rows(rows)
            .empty(Empty::new(
                lang.t("classes.attendance.nobody"),
                lang.t("classes.attendance.nobody_more"),
            )))
    }
}

fn corrections(lang: Lang, shown: &Shown) -> Markup {
    html! {
        @if !shown.corrections.is_empty() {
            section.flow {
                h2 { (lang.t("classes.closure.corrections")) }
                ul {
                    @for correction in &shown.corrections {
                        @let at = lang.instant(correction.made_at);
                        li {
                            (lang.f("classes.closure.corrected", &[("at", &at), ("n", &correction.people)]))
                            " " (correction.reason)
                        }
                    }
                }
            }
        }
    }
}
