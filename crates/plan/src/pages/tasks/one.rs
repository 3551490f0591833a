//! `/plan/tasks/{id}`: a task, what was said of it, and how far it is now
//! (`POST …/statuses`).

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Error, Lang, Result, TaskId, Tx};
use thao_web::components::{
    Button, Choice, Column, Empty, Facts, Field, FieldErrors, Form, Icon, LinkButton, Table, below,
    beside,
};
use thao_web::{Actor, Ask, Chrome, Page, Reply, Sent, saying};

use super::list::{badge, state, words};
use super::{Rights, seen};
use crate::pages::at::At;
use crate::pages::typed::{Fields, Reading, Wrong, errors, first};
use crate::task::{self, NewStatus, Said, Status, Task};

const FIELDS: [&str; 5] = ["status", "on", "note", "evidence", "link"];

struct Shown {
    task: Task,
    said: Vec<Said>,
    rights: Rights,
    today: Date,
}

pub(crate) async fn show(ask: Ask, At(id): At<TaskId>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let status = match seen.it.task.status() {
        Status::NotBegun => Status::UnderWay,
        other => other,
    };
    let typed = Fields::default().set("status", status.code()).set("on", chrome.lang.date(today));
    Ok(page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn say(ask: Ask, At(id): At<TaskId>, sent: Sent) -> Reply {
    let today = ask.today();
    let typed = Fields::of(&sent, &FIELDS);
    let form = typed.clone();
    let done = ask
        .submit("plan.act.say_status", &sent, move |tx, actor, stamp, _| {
            let (_, rights) = seen(tx, actor, id, stamp.today())?;
            if !rights.say {
                return Err(Error::forbidden());
            }
            let said = read(&form, stamp.today()).map_err(|wrong| first(&wrong))?;
            task::say(tx, stamp, id, &said)?;
            Ok(saying(&format!("/plan/tasks/{id}"), "plan.notice.status_said"))
        })
        .await;
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let errors = errors(chrome.lang, read(&typed, today), &wrong);
    let page = page(&ask, &chrome, &seen.it, &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: TaskId, today: Date) -> Result<Shown> {
    let (task, rights) = seen(tx, actor, id, today)?;
    Ok(Shown { said: task::list_said(tx, id)?, task, rights, today })
}

/// What was meant, or everything that is wrong with it.
fn read(fields: &Fields, today: Date) -> Result<NewStatus, Vec<Wrong>> {
    let mut reading = Reading::new(fields);
    let status = Status::from_code(reading.text("status"));
    if status.is_none() {
        reading.wrong("status", "plan.error.status");
    }
    let on = reading.date("on");
    if on.is_some_and(|day| today < day) {
        reading.wrong("on", "plan.error.day_to_come");
    }
    let note = reading.maybe_lines("note");
    let evidence = reading.maybe_line("evidence");
    let link = reading.maybe_line("link");
    if link.as_deref().is_some_and(|link| !is_link(link)) {
        reading.wrong("link", "plan.error.link");
    }
    let meant = status.zip(on).map(|(status, on)| NewStatus { status, on, note, evidence, link });
    reading.end(meant)
}

/// Only what a browser opens as a page: a link that runs a script is none.
fn is_link(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !text.contains(char::is_whitespace))
}

fn page(ask: &Ask, chrome: &Chrome, shown: &Shown, typed: &Fields, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let task = &shown.task;
    let mut page = Page::new(chrome, task.title.clone())
        .crumb("/plan/tasks", lang.t("plan.tasks.title"))
        .crumb(format!("/plan/plans/{}", task.plan), task.plan_title.clone())
        .errors(errors);
    if shown.rights.edit {
        let href = format!("/plan/tasks/{}/edit", task.id);
        page = page.actions(html! { (LinkButton::quiet(href, lang.t("plan.tasks.edit"))) });
    }
    page.body(html! {
        (facts(lang, shown))
        @if shown.rights.say {
            section.flow {
                h2 { (lang.t("plan.tasks.say")) }
                (form(ask, chrome, task.id, typed, errors))
            }
        }
        section.flow {
            h2 { (lang.t("plan.tasks.history")) }
            (history(lang, &shown.said))
        }
    })
}

fn facts(lang: Lang, shown: &Shown) -> Markup {
    let task = &shown.task;
    let mut facts = Facts::new()
        .fact(lang.t("plan.tasks.status"), state(lang, task, shown.today))
        .fact(lang.t("plan.tasks.unit"), &task.unit_path);
    if let Some(no) = &task.no {
        facts = facts.fact(lang.t("plan.tasks.no"), no);
    }
    if let Some(others) = &task.taking_part {
        facts = facts.fact(lang.t("plan.tasks.taking_part"), others);
    }
    if let Some(day) = task.deadline {
        facts = facts.fact(lang.t("plan.tasks.deadline"), lang.date(day));
    }
    if let Some(product) = &task.product {
        facts = facts.fact(lang.t("plan.tasks.product"), product);
    }
    html! { (facts) }
}

fn form(ask: &Ask, chrome: &Chrome, id: TaskId, typed: &Fields, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let statuses = Status::ALL.map(|status| (status.code(), words(lang, status)));
    html! {
        (Form::post(chrome, format!("/plan/tasks/{id}/statuses")).once(ask.form_id()).body(html! {
            (Choice::one("status", lang.t("plan.tasks.status")).options(statuses)
                .chosen(typed.text("status")).errors(errors))
            (Field::date(lang, "on", lang.t("plan.tasks.status_on"))
                .value(typed.text("on")).errors(errors))
            (beside(html! {
                (Field::text("evidence", lang.t("plan.tasks.evidence"))
                    .value(typed.text("evidence")).hint(lang.t("plan.tasks.evidence_hint"))
                    .optional(lang).errors(errors))
                (Field::text("link", lang.t("plan.tasks.link")).value(typed.text("link"))
                    .hint(lang.t("plan.tasks.link_hint")).optional(lang).errors(errors))
            }))
            (Field::long("note", lang.t("plan.tasks.note")).value(typed.text("note")).lines(3)
                .optional(lang).errors(errors))
            (Button::primary(lang.t("plan.tasks.say_save")).icon(Icon::Check))
        }))
    }
}

fn history(lang: Lang, said: &[Said]) -> Markup {
    let rows = said.iter().map(|said| {
        [
            html! { (lang.date(said.on)) },
            match said.status() {
                Some(status) => html! { (badge(lang, status)) },
                None => html! { "–" },
            },
            evidence(lang, said),
            html! { (said.note.as_deref().unwrap_or("–")) },
            html! {
                (said.name.as_deref().unwrap_or("–"))
                (below(&lang.instant(said.made_at)))
            },
        ]
    });
    let empty = Empty::new(lang.t("plan.tasks.no_history"), lang.t("plan.tasks.no_history_words"));
    html! {
        (Table::new(lang, lang.t("plan.tasks.history"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.tasks.status_on")))
            .column(Column::text(lang.t("plan.tasks.status")))
            .column(Column::text(lang.t("plan.tasks.evidence")))
            .column(Column::text(lang.t("plan.tasks.note")))
            .column(Column::text(lang.t("plan.tasks.by")))
            .rows(rows)
            .empty(empty))
    }
}

fn evidence(lang: Lang, said: &Said) -> Markup {
    let words = said.evidence.as_deref();
    html! {
        @match &said.link {
            // Offices' links lead elsewhere: nothing is told there of where one came from.
            Some(link) => a href=(link) rel="noopener noreferrer" {
                (words.unwrap_or_else(|| lang.t("plan.tasks.open_link")))
            },
            None => (words.unwrap_or("–")),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_status_is_of_a_day_that_came_and_its_link_leads_to_a_page() {
        let today = date(2026, 11, 20);
        let good = Fields::default()
            .set("status", "done")
            .set("on", "20/11/2026")
            .set("link", "https://vanban.example/so-15");
        assert_eq!(read(&good, today).unwrap().status, Status::Done);
        for (field, value, key) in [
            ("status", "maybe", "plan.error.status"),
            ("on", "21/11/2026", "plan.error.day_to_come"),
            ("on", "", "plan.error.date"),
            ("link", "javascript:alert(1)", "plan.error.link"),
            ("link", "https://", "plan.error.link"),
            ("link", "https://a b", "plan.error.link"),
        ] {
            let typed = good.clone().set(field, value);
            assert_eq!(read(&typed, today).unwrap_err(), [(field, key)], "{value}");
        }
    }
}
