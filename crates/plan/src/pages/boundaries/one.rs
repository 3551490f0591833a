//! `/plan/boundaries/{id}?by=`: a file before it comes into use: by which property its areas are
//! matched, what they are, what is left over; and how the map will look.

use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use thao_base::{BoundaryFileId, Lang, Result, Tx};
use thao_people::unit::{self, Place};
use thao_web::components::{
    Button, Choice, Confirm, Facts, Filters, Form, Icon, LinkButton, MapUnit, Notice, details,
    hidden, shape_map,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, check};

use crate::boundary::matching::{self, Matching};
use crate::boundary::{self, File};
use crate::pages::at::At;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    by: Option<String>,
}

/// A file with what its areas are by a property.
pub(super) struct Shown {
    pub(super) file: File,
    place: Place,
    places: Vec<Place>,
    areas: usize,
    /// The properties of the file, and how many units each names.
    properties: Vec<(String, usize)>,
    pub(super) by: String,
    pub(super) matching: Matching,
}

pub(crate) async fn show(
    ask: Ask,
    At(id): At<BoundaryFileId>,
    Query(asked): Query<Asked>,
) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, asked.by.as_deref(), today)).await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&chrome, &seen.it, &ask.form_id()).into_response())
}

pub(super) fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: BoundaryFileId,
    by: Option<&str>,
    today: Date,
) -> Result<Shown> {
    let file = boundary::get(tx, id)?;
    check(actor, Action::SetTargets, Action::SetTargets, Resource::At(file.pos), today)?;
    let place = unit::place(tx, file.unit)?;
    let mut places = unit::list_children(tx, file.unit)?;
    places.retain(|place| place.kind == "commune");
    if file.used_at.is_some() {
        let shapes = boundary::list_of_file(tx, id)?;
        let has = |place: &Place| shapes.iter().any(|(unit, _)| *unit == place.unit);
        let without = places.iter().filter(|place| !has(place)).map(|place| place.name.clone());
        let matching = Matching { without: without.collect(), shapes, ..Matching::default() };
        let by = file.matched_by.clone().unwrap_or_default();
        let areas = matching.shapes.len();
        return Ok(Shown { file, place, places, areas, properties: Vec::new(), by, matching });
    }
    let drafts = boundary::list_areas(tx, id)?;
    let matcher = matching::matcher(&places, &unit::list_codes(tx)?);
    let properties = matching::properties(&drafts, &matcher);
    let known = |by: &&str| properties.iter().any(|(name, _)| name == by);
    let best = || properties.first().map(|(name, _)| name.as_str());
    let by = by.filter(known).or_else(best).unwrap_or_default().to_owned();
    let matching = matching::by(&by, &drafts, &places, &matcher);
    Ok(Shown { file, place, places, areas: drafts.len(), properties, by, matching })
}

fn page(chrome: &Chrome, shown: &Shown, form_id: &str) -> Markup {
    let lang = chrome.lang;
    let here = format!("/plan/boundaries/{}", shown.file.id);
    let used = shown.file.used_at.is_some();
    let facts = Facts::new()
        .fact(lang.t("plan.boundary.unit"), shown.place.name.as_str())
        .fact(lang.t("plan.import.source"), shown.file.source.as_str())
        .fact(lang.t("plan.boundary.at"), lang.instant(shown.file.made_at));
    Page::new(chrome, shown.file.name.as_str())
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb("/plan/board", lang.t("plan.overview.crumb"))
        .crumb("/plan/boundaries", lang.t("plan.boundary.title"))
        .body(html! {
            (facts)
            @if !used && 1 < shown.properties.len() { (chooser(lang, shown, &here)) }
            (found(lang, shown))
            (picture(shown))
            (rest(lang, shown))
            (buttons(chrome, shown, &here, form_id))
        })
}

fn chooser(lang: Lang, shown: &Shown, here: &str) -> Markup {
    let options = shown.properties.iter().map(|(name, units)| {
        (name.clone(), lang.f("plan.boundary.property", &[("name", name), ("n", units)]))
    });
    let choice = Choice::select("by", lang.t("plan.boundary.by"))
        .hint(lang.t("plan.boundary.by_hint"))
        .options(options)
        .chosen(shown.by.as_str());
    html! { (Filters::new(lang, here).field(choice)) }
}

/// How many units have a shape now.
fn found(lang: Lang, shown: &Shown) -> Markup {
    let n = shown.matching.shapes.len();
    let words = lang.f(
        "plan.boundary.found",
        &[("areas", &shown.areas), ("n", &n), ("units", &shown.places.len())],
    );
    html! {
        @if n == 0 { (Notice::bad(lang.t("plan.boundary.none"))) }
        @else if n < shown.places.len() { (Notice::warn(words)) }
        @else { (Notice::good(words)) }
    }
}

fn picture(shown: &Shown) -> Markup {
    let shapes = &shown.matching.shapes;
    let Some((_, first)) = shapes.first() else { return html! {} };
    let bounds = shapes.iter().fold(
        [first.west, first.north, first.east, first.south],
        |[west, north, east, south], (_, shape)| {
            let (west, north) = (west.min(shape.west), north.min(shape.north));
            [west, north, east.max(shape.east), south.max(shape.south)]
        },
    );
    let units = shapes.iter().filter_map(|(unit, shape)| {
        let place = shown.places.iter().find(|place| place.unit == *unit)?;
        let unit = MapUnit {
            name: place.name.as_str().into(),
            figure: "".into(),
            title: place.name.as_str().into(),
            shade: "h2",
            href: format!("/plan/board?unit={unit}").into(),
        };
        Some((unit, shape.path.as_str()))
    });
    html! { figure.map-figure-frame { (shape_map(units, bounds)) } }
}

/// What is left over, by name.
fn rest(lang: Lang, shown: &Shown) -> Markup {
    let Matching { strangers, without, empty, .. } = &shown.matching;
    let lists = [
        ("plan.boundary.without", without),
        ("plan.boundary.strangers", strangers),
        ("plan.boundary.empty", empty),
    ];
    html! {
        @for (key, names) in lists {
            @if !names.is_empty() {
                (details(&lang.f(key, &[("n", &names.len())]), html! {
                    ul { @for name in names { li { (name) } } }
                }))
            }
        }
    }
}

fn buttons(chrome: &Chrome, shown: &Shown, here: &str, form_id: &str) -> Markup {
    let lang = chrome.lang;
    let used = shown.file.used_at.is_some();
    let withdraw = Form::post(chrome, format!("{here}/withdrawal")).body(html! {
        (Button::danger(lang.t("plan.boundary.withdraw")))
    });
    html! {
        @if !used && !shown.matching.shapes.is_empty() {
            (Form::post(chrome, format!("{here}/confirmation")).once(form_id).body(html! {
                (hidden("by", &shown.by))
                (Button::primary(lang.t("plan.boundary.use")).icon(Icon::Check))
            }))
        }
        @if used {
            @let board = format!("/plan/board?unit={}", shown.place.unit);
            (LinkButton::primary(board, lang.t("plan.boundary.to_board")).icon(Icon::Chart))
        }
        (Confirm::new(lang.t("plan.boundary.withdraw"), lang.t("plan.boundary.withdraw_words"), withdraw))
    }
}
