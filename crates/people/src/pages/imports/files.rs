//! The list of files that were sent in, and the form for a new one.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::{AccountId, Error, ImportId, Kind, Lang, Result, Tx};
use thao_web::components::{
    Badge, Button, Column, Empty, Field, FieldErrors, Form, Icon, LinkButton, Pages, Table,
};
use thao_web::{Actor, Ask, Page, Reply, Sent, saying};

use crate::imports::{self, Desk, File, Incoming, Paths, State, direct, receive};
use crate::pages::kit::Query;
use crate::pages::reach::{Offer, reach_unit};
use crate::{account, person, unit};

/// Files of a page.
const PAGE: usize = 20;

/// A line of the list.
struct Line {
    file: File,
    unit: String,
    sender: Option<String>,
}

/// What the page shows.
struct Seen {
    lines: Vec<Line>,
    more: bool,
    offer: Offer,
    /// The unit that is chosen at first.
    own: String,
    choices: serde_json::Value,
}

pub(super) async fn show(ask: Ask, desk: &'static Desk) -> Reply {
    let blank = Sent::default();
    page(&ask, desk, &blank, &FieldErrors::new()).await
}

/// Takes a file in: reads it, works out its rows, leads to them.
pub(super) async fn send(ask: Ask, sent: Sent, desk: &'static Desk) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| desk.kind.choices(tx, actor)).await?;
    let lang = ask.lang(&seen.actor);
    let mut errors = FieldErrors::new();
    let options = desk.kind.options(lang, today, &seen.it, &sent, &mut errors);
    let unit = sent.parse("unit");
    let place = match unit {
        None => None,
        Some(unit) => {
            let reached =
                ask.read(move |tx, actor| reach_unit(tx, actor, unit, desk.action, today));
            match reached.await {
                Ok(seen) => Some(seen.it.unit),
                Err(e) if matches!(e.kind(), Kind::NotFound | Kind::Forbidden) => None,
                Err(e) => return Err(e.into()),
            }
        }
    };
    if place.is_none() {
        errors.add("unit", lang.t("people.imports.error.unit"));
    }
    let file = sent.file("file");
    if file.is_none() {
        errors.add("file", lang.t("people.imports.error.file_missing"));
    }
    let (Some(unit), Some(file), true) = (place, file, errors.is_empty()) else {
        return page(&ask, desk, &sent, &errors).await;
    };
    let name = thao_base::text::tidy(&file.name);
    let incoming = Incoming { name, bytes: file.bytes.to_vec(), unit, options, today };
    let received = match receive(&ask.app.db, desk, incoming.clone()).await {
        Ok(received) if received.rows.is_empty() => {
            errors.add("file", lang.t("sheet.error.empty"));
            return page(&ask, desk, &sent, &errors).await;
        }
        Ok(received) => received,
        Err(e) if matches!(e.kind(), Kind::Invalid | Kind::TooLarge) => {
            errors.add("file", e.words(lang));
            return page(&ask, desk, &sent, &errors).await;
        }
        Err(e) => return Err(e.into()),
    };
    Ok(ask
        .submit(desk.act, &sent, move |tx, actor, stamp, _| {
            reach_unit(tx, actor, incoming.unit, desk.action, today)?;
            let id = direct::keep(tx, stamp, desk, &incoming, &received)?;
            let key = match imports::get(tx, desk.code, id)?.state() {
                State::Planning => "people.imports.notice.started",
                _ => "people.imports.notice.ready",
            };
            Ok(saying(&Paths::of(desk.paths.one, id), key))
        })
        .await?)
}

async fn page(ask: &Ask, desk: &'static Desk, sent: &Sent, errors: &FieldErrors) -> Reply {
    let today = ask.today();
    let after: Option<ImportId> = Query::of(ask).parse("after");
    let unit = sent.parse("unit");
    let seen = ask
        .read(move |tx, actor| {
            let scope = actor.scope(desk.action, today);
            let after = match after {
                Some(id) => Some(imports::get(tx, desk.code, id)?),
                None => None,
            };
            let mut files = imports::list(tx, desk.code, &scope, after.as_ref(), LIMIT)?;
            let more = PAGE < files.len();
            files.truncate(PAGE);
            Ok(Seen {
                lines: files.into_iter().map(|file| line(tx, file)).collect::<Result<_>>()?,
                more,
                offer: Offer::load(tx, actor, desk.action, unit, today)?,
                own: own_unit(actor, desk, today),
                choices: desk.kind.choices(tx, actor)?,
            })
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let found = seen.it;
    let form_id = ask.form_id();
    let new = Form::post(&chrome, desk.paths.list).files().once(form_id).body(html! {
        (Field::file("file", lang.t("people.imports.form.file"))
            .hint(lang.t(desk.words.file_hint))
            .accept(".xlsx,.xls,.ods,.csv")
            .errors(errors))
        (unit_field(lang, &found, sent, errors))
        (desk.kind.fields(lang, today, &found.choices, sent, errors))
        (Button::primary(lang.t("people.imports.send")).icon(Icon::Upload))
    });
    let page = Page::new(&chrome, lang.t(desk.words.title))
        .lead(lang.t(desk.words.lead))
        .actions(html! {
            (LinkButton::download(desk.paths.template, lang.t("people.imports.template_link")))
        })
        .errors(errors)
        .body(html! {
            section.flow aria-labelledby="new-heading" {
                h2 id="new-heading" { (lang.t("people.imports.new")) }
                (new)
            }
            (table(lang, desk, &found))
        });
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, page).into_response())
}

const LIMIT: i64 = PAGE as i64 + 1;

fn line(tx: &mut Tx<'_>, file: File) -> Result<Line> {
    let unit = unit::place(tx, file.unit)?.path;
    let sender = sender(tx, file.account)?;
    Ok(Line { file, unit, sender })
}

/// The name of whoever sent a file in.
pub(super) fn sender(tx: &mut Tx<'_>, account: Option<AccountId>) -> Result<Option<String>> {
    let Some(id) = account else { return Ok(None) };
    let person = account::get(tx, id)?.person;
    Ok(Some(person::get(tx, person)?.full_name))
}

/// The unit an actor imports for, where their charge begins.
fn own_unit(actor: &Actor, desk: &Desk, today: jiff::civil::Date) -> String {
    let scope = actor.scope(desk.action, today);
    let first = scope.spans().first().copied();
    let held = actor.appointments.iter().find(|a| Some(a.span) == first);
    held.map(|a| a.unit_id.to_string()).unwrap_or_default()
}

fn unit_field(lang: Lang, found: &Seen, sent: &Sent, errors: &FieldErrors) -> Markup {
    let chosen = sent.some("unit").unwrap_or(&found.own);
    let choice = found.offer.choice(
        "unit",
        lang.t("people.imports.form.unit"),
        lang.t("people.imports.form.unit_choose"),
        chosen,
        errors,
    );
    html! { (choice.hint(lang.t("people.imports.form.unit_hint"))) }
}

fn table(lang: Lang, desk: &Desk, found: &Seen) -> Markup {
    let rows = found.lines.iter().map(|line| {
        let file = &line.file;
        [
            html! { a href=(Paths::of(desk.paths.one, file.id)) { (file.name) } },
            html! { (line.unit) },
            html! { (lang.number(i64::from(file.rows))) },
            html! {
                (lang.instant(file.read_at))
                (thao_web::components::below(
                    line.sender.as_deref().unwrap_or(lang.t("people.imports.by_program"))
                ))
            },
            html! { (state_badge(lang, file.state())) },
        ]
    });
    let mut pages = Pages::new(lang);
    if let Some(last) = found.lines.last().filter(|_| found.more) {
        pages = pages.next(format!("{}?after={}", desk.paths.list, last.file.id));
    }
    let empty = Empty::new(lang.t(desk.words.empty), lang.t("people.imports.empty_more"));
    html! {
        (Table::new(lang, lang.t("people.imports.files"))
            .column(Column::text(lang.t("people.imports.file")))
            .column(Column::text(lang.t("people.imports.for_unit")))
            .column(Column::number(lang.t("people.imports.row_count")))
            .column(Column::text(lang.t("people.imports.sent_at")))
            .column(Column::text(lang.t("people.imports.state_of")))
            .rows(rows)
            .empty(empty)
            .pages(pages))
    }
}

/// Where a file stands, in words.
pub(super) fn state_badge(lang: Lang, state: State) -> Badge<'static> {
    match state {
        State::Planning => Badge::plain(lang.t("people.imports.state.planning")),
        State::Ready => Badge::warn(lang.t("people.imports.state.ready")),
        State::Applying => Badge::info(lang.t("people.imports.state.applying")),
        State::Applied => Badge::good(lang.t("people.imports.state.applied")),
        State::Undoing => Badge::info(lang.t("people.imports.state.undoing")),
        State::Undone => Badge::plain(lang.t("people.imports.state.undone")),
    }
}

/// A file of a desk, for an actor in whose charge its unit is.
///
/// # Errors
/// 404 when there is none, or it is none of theirs.
pub(super) fn reach_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    desk: &Desk,
    id: ImportId,
    today: jiff::civil::Date,
) -> Result<File> {
    let file = imports::get(tx, desk.code, id)?;
    let place = unit::place(tx, file.unit)?;
    let resource = thao_web::Resource::At(place.pos);
    let reached = thao_web::may(actor, desk.action, resource, today)
        && holds_sender(tx, actor, desk, &file, today)?;
    if reached { Ok(file) } else { Err(Error::not_found()) }
}

/// Rows may lie in any unit the sender had in charge: whoever opens the file must have all of them
/// in charge too. A file sent from the command line is opened by its unit alone.
fn holds_sender(
    tx: &mut Tx<'_>,
    actor: &Actor,
    desk: &Desk,
    file: &File,
    today: jiff::civil::Date,
) -> Result<bool> {
    let Some(sender) = file.account.filter(|sender| Some(*sender) != actor.account) else {
        return Ok(true);
    };
    let sender = crate::account::get(tx, sender)?;
    let held = crate::appointment::list_of_person(tx, sender.person)?;
    let day = thao_base::locale::local_date(file.read_at);
    Ok(held
        .iter()
        .filter(|a| a.role.allows(desk.action) && a.valid_from <= day)
        .filter(|a| a.valid_to.is_none_or(|to| day < to))
        .all(|a| thao_web::may(actor, desk.action, thao_web::Resource::At(a.span.lo), today)))
}
