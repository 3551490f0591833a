//! `/plan/boundaries`: the files that were loaded, and the form that takes one more.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{BoundaryFileId, Error, Kind, Lang, Result, Tx, UnitId};
use thao_people::unit::{self, Place};
use thao_web::components::{
    Badge, Button, Choice, Column, Field, FieldErrors, Form, Icon, Table, details,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check};

use crate::boundary::{self, File, MOST_CORNERS, read};

struct Shown {
    /// What a file may weigh here, in MB.
    most: usize,
    files: Vec<File>,
    /// Units whose parts can have boundaries: those with communes below them.
    places: Vec<Place>,
}

pub(crate) async fn show(ask: Ask) -> Reply {
    let today = ask.today();
    let most = ask.app.site.upload_limit;
    let seen = ask.read(move |tx, actor| load(tx, actor, most, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let form_id = ask.form_id();
    Ok(page(&chrome, &seen.it, &form_id, &Sent::default(), &FieldErrors::new()).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, most: usize, today: Date) -> Result<Shown> {
    let scope = actor.scope(Action::SetTargets, today);
    let files = boundary::list(tx, &scope)?;
    let most = most.min(read::MOST_BYTES) >> 20;
    Ok(Shown { most, files, places: boundary::list_parents(tx, &scope)? })
}

/// Reads the file away from the web's threads, and keeps what it holds.
pub(crate) async fn send(ask: Ask, sent: Sent) -> Reply {
    let today = ask.today();
    match take(&ask, &sent, today).await {
        Ok(id) => Ok(Redirect::to(&format!("/plan/boundaries/{id}")).into_response()),
        Err(error) if error.field_name().is_some() => {
            let most = ask.app.site.upload_limit;
            let seen = ask.read(move |tx, actor| load(tx, actor, most, today)).await?;
            let chrome = ask.chrome(&seen.actor);
            let mut errors = FieldErrors::new();
            errors.add(error.field_name().unwrap_or_default(), error.words(chrome.lang));
            let status = match error.kind() {
                Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let page = page(&chrome, &seen.it, &ask.form_id(), &sent, &errors);
            Ok((status, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn take(ask: &Ask, sent: &Sent, today: Date) -> Result<BoundaryFileId> {
    let wrong = |key, field| Error::invalid(key).field(field);
    let unit: UnitId = sent.parse("unit").ok_or_else(|| wrong("plan.error.unit", "unit"))?;
    let source = boundary::source_typed(sent.text("source"))
        .ok_or_else(|| wrong("plan.import.error.source", "source"))?;
    let file = sent.file("file").ok_or_else(|| wrong("plan.boundary.error.no_file", "file"))?;
    let (bytes, name) = (file.bytes.clone(), file.name.clone());
    let shapes = tokio::task::spawn_blocking(move || {
        Ok::<_, Error>(boundary::shape::drafts(read(&bytes)?, MOST_CORNERS))
    });
    let shapes = shapes.await.map_err(Error::internal)?.map_err(|error| error.field("file"))?;
    let seen = ask
        .write("plan.act.load_boundaries", move |tx, actor, stamp| {
            let place = unit::place(tx, unit)?;
            let at = Resource::At(place.pos);
            check(actor, Action::SetTargets, Action::SeeBoards, at, today)?;
            boundary::add(tx, stamp, unit, &name, &source, &shapes)
        })
        .await?;
    Ok(seen.it)
}

fn page(
    chrome: &Chrome,
    shown: &Shown,
    form_id: &str,
    sent: &Sent,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    Page::new(chrome, lang.t("plan.boundary.title"))
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb("/plan/board", lang.t("plan.overview.crumb"))
        .lead(lang.t("plan.boundary.lead"))
        .errors(errors)
        .body(html! {
            (form(chrome, shown, form_id, sent, errors))
            (details(lang.t("plan.boundary.how"), html! {
                p { (lang.t("plan.boundary.how_file")) }
                p { (lang.t("plan.boundary.how_metres")) }
                p { (lang.t("plan.boundary.how_kept")) }
            }))
            @if !shown.files.is_empty() { (files(lang, shown)) }
        })
}

fn form(
    chrome: &Chrome,
    shown: &Shown,
    form_id: &str,
    sent: &Sent,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let first = shown.places.first().map(|place| place.unit.to_string()).unwrap_or_default();
    let chosen = sent.some("unit").map_or(first, str::to_owned);
    let options = shown.places.iter().map(|place| (place.unit.to_string(), place.name.clone()));
    let form = Form::post(chrome, "/plan/boundaries").once(form_id).files().body(html! {
        (Choice::select("unit", lang.t("plan.boundary.unit"))
            .options(options)
            .chosen(chosen)
            .errors(errors))
        (Field::file("file", lang.t("plan.boundary.file"))
            .hint(lang.f("plan.boundary.file_hint", &[("most", &shown.most)]))
            .accept(".geojson,.json,application/geo+json")
            .errors(errors))
        (Field::text("source", lang.t("plan.import.source"))
            .value(sent.text("source"))
            .hint(lang.t("plan.boundary.source_hint"))
            .errors(errors))
        (Button::primary(lang.t("plan.boundary.send")).icon(Icon::Upload))
    });
    html! { (form) }
}

fn files(lang: Lang, shown: &Shown) -> Markup {
    let name = |file: &File| {
        let place = shown.places.iter().find(|place| place.unit == file.unit);
        place.map_or_else(String::new, |place| place.name.clone())
    };
    let rows = shown.files.iter().map(|file| {
        [
            html! { a href={ "/plan/boundaries/" (file.id) } { (file.name) } },
            html! { (name(file)) },
            html! { (file.source) },
            html! { (lang.instant(file.made_at)) },
            match file.used_at {
                Some(_) => html! { (Badge::good(lang.t("plan.boundary.used"))) },
                None => html! { (Badge::plain(lang.t("plan.boundary.draft"))) },
            },
        ]
    });
    html! {
        (Table::new(lang, lang.t("plan.boundary.files"))
            .column(Column::text(lang.t("plan.boundary.file")))
            .column(Column::text(lang.t("plan.boundary.unit")))
            .column(Column::text(lang.t("plan.import.source")))
            .column(Column::text(lang.t("plan.boundary.at")))
            .column(Column::text(lang.t("plan.boundary.state")))
            .rows(rows))
    }
}
