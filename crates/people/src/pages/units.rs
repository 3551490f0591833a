//! `/people/units`: the tree of units to walk through, a new unit below one, a new name.

use std::collections::HashMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use thao_base::{Lang, Result, Tx, UnitId};
use thao_web::components::{
    Button, Choice, Column, Empty, Facts, Field, FieldErrors, Filters, Form, Icon, LinkButton,
    Table, date_typed,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Sent, saying};

use super::kit::{At, Query, field_error, section};
use super::person::{may_at, span_words};
use super::reach::reach_unit;
use super::words;
use crate::UnitKind;
use crate::unit::{self, NamedFrom, NewName, Place};

/// Units found at once.
const FOUND: usize = 50;
/// Below a unit with more units than this, people are not counted one by one: the boards do that.
const COUNTED: i64 = 200;

/// The units at the top of what one may see, or those that were looked for.
pub(crate) async fn list(ask: Ask) -> Reply {
    let today = ask.today();
    let search = Query::of(&ask).text("q").to_owned();
    let wanted = search.clone();
    let seen = ask
        .read(move |tx, actor| {
            let scope = actor.scope(Action::SeePeople, today);
            if !wanted.is_empty() {
                return unit::search(tx, &scope, &wanted, FOUND);
            }
            let mut tops = Vec::new();
            for span in scope.spans() {
                tops.extend(unit::find_at(tx, span.lo)?);
            }
            Ok(tops)
        })
        .await?;
    if let ([only], true) = (seen.it.as_slice(), search.is_empty()) {
        return Ok(Redirect::to(&format!("/people/units/{}", only.unit)).into_response());
    }
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let page = Page::new(&chrome, lang.t("people.units.title"))
        .crumb("/people", lang.t("people.list.title"))
        .body(html! {
            (search_bar(lang, &search))
            (found(lang, &seen.it))
        });
    Ok(page.into_response())
}

fn search_bar<'a>(lang: Lang, search: &str) -> Filters<'a> {
    let bar =
        Filters::new(lang, "/people/units").search("q", lang.t("people.units.search"), search);
    if search.is_empty() { bar } else { bar.clear("/people/units") }
}

fn found<'a>(lang: Lang, places: &[Place]) -> Table<'a> {
    let rows = places.iter().map(|place| {
        vec![
            html! { a href={ "/people/units/" (place.unit) } { (place.path) } },
            html! { (words::unit_kind(lang, &place.kind)) },
            html! { (place.code.as_deref().unwrap_or_default()) },
        ]
    });
    Table::new(lang, lang.t("people.units.title"))
        .caption_only_heard()
        .column(Column::text(lang.t("people.field.unit")))
        .column(Column::text(lang.t("people.field.unit_kind")))
        .column(Column::text(lang.t("people.field.unit_code")))
        .rows(rows.collect::<Vec<_>>())
        .empty(Empty::new(
            lang.t("people.units.none_found"),
            lang.t("people.units.none_found_words"),
        ))
}

/// A unit with what stands above and below it.
struct Shown {
    place: Place,
    /// Those above it that the actor may see, the highest first.
    above: Vec<Place>,
    below: Vec<Place>,
    people: Option<HashMap<UnitId, i64>>,
    own_people: i64,
    names: Vec<NamedFrom>,
}

fn load(tx: &mut Tx<'_>, actor: &Actor, unit: UnitId, action: Action, ask: &Ask) -> Result<Shown> {
    let today = ask.today();
    let place = reach_unit(tx, actor, unit, action, today)?;
    let mut above = unit::list_above(tx, unit)?;
    above.retain(|up| up.unit != unit && may_at(actor, Action::SeePeople, up.pos, today));
    above.reverse();
    let people = match place.last - place.pos <= COUNTED {
        true => Some(unit::count_people(tx, unit, today)?.into_iter().collect()),
        false => None,
    };
    Ok(Shown {
        above,
        below: unit::list_children(tx, unit)?,
        people,
        own_people: unit::count_own_people(tx, unit, today)?,
        names: unit::list_names(tx, unit)?,
        place,
    })
}

pub(crate) async fn show(At(unit): At<UnitId>, ask: Ask) -> Reply {
    let at = ask.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, unit, Action::SeePeople, &at)).await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let today = ask.today();
    let shown = &seen.it;
    let here = format!("/people/units/{unit}");
    let may_edit = may_at(&seen.actor, Action::EditUnits, shown.place.pos, today);
    let may_add = may_at(&seen.actor, Action::AddPeople, shown.place.pos, today);
    let actions = html! {
        (LinkButton::quiet(format!("/people?unit={unit}"), lang.t("people.units.people"))
            .icon(Icon::People))
        @if may_add {
            (LinkButton::quiet(format!("/people/new?unit={unit}"), lang.t("people.list.add"))
                .icon(Icon::Plus))
        }
        @if may_edit {
            (LinkButton::quiet(format!("{here}/edit"), lang.t("people.units.edit"))
                .icon(Icon::Edit))
            (LinkButton::quiet("/people/units/changes", lang.t("people.change.see_changes"))
                .icon(Icon::Journal))
        }
    };
    let page = with_crumbs(Page::new(&chrome, &shown.place.name), lang, &shown.above)
        .actions(actions)
        .body(html! {
            (search_bar(lang, ""))
            (facts(lang, shown))
            (children(lang, shown))
        });
    Ok(page.into_response())
}

fn with_crumbs<'a>(mut page: Page<'a>, lang: Lang, above: &'a [Place]) -> Page<'a> {
    page = page
        .crumb("/people", lang.t("people.list.title"))
        .crumb("/people/units", lang.t("people.units.title"));
    for up in above {
        page = page.crumb(format!("/people/units/{}", up.unit), &up.name);
    }
    page
}

fn facts(lang: Lang, shown: &Shown) -> Facts<'_> {
    let mut facts = Facts::new()
        .fact(lang.t("people.field.unit_kind"), words::unit_kind(lang, &shown.place.kind));
    if let Some(code) = &shown.place.code {
        facts = facts.fact(lang.t("people.field.unit_code"), code);
    }
    facts = facts.fact(lang.t("people.units.own_people"), lang.number(shown.own_people));
    if 1 < shown.names.len() {
        facts = facts.fact(
            lang.t("people.units.names"),
            html! {
                @for named in &shown.names {
                    p { (named.name) " – " (span_words(lang, named.valid_from, named.valid_to)) }
                }
            },
        );
    }
    facts
}

fn children<'a>(lang: Lang, shown: &'a Shown) -> Table<'a> {
    // Villages have no code: a column of nothing is left out.
    let coded = shown.below.iter().any(|place| place.code.is_some());
    let rows = shown.below.iter().map(|place| {
        let mut cells = vec![
            html! { a href={ "/people/units/" (place.unit) } { (place.name) } },
            html! { (words::unit_kind(lang, &place.kind)) },
            html! { (lang.number(place.last - place.pos)) },
        ];
        if coded {
            cells.insert(2, html! { (place.code.as_deref().unwrap_or_default()) });
        }
        if let Some(people) = &shown.people {
            let n = people.get(&place.unit).copied().unwrap_or_default();
            cells.push(html! { (lang.number(n)) });
        }
        cells
    });
    let mut table = Table::new(lang, lang.t("people.units.below"))
        .column(Column::text(lang.t("people.field.unit")))
        .column(Column::text(lang.t("people.field.unit_kind")));
    if coded {
        table = table.column(Column::text(lang.t("people.field.unit_code")));
    }
    table = table.column(Column::number(lang.t("people.units.units_below")));
    if shown.people.is_some() {
        table = table.column(Column::number(lang.t("people.units.people_below")));
    }
    table.rows(rows).empty(Empty::new(
        lang.t("people.units.none_below"),
        lang.t("people.units.none_below_words"),
    ))
}

/// What was typed into either form of the page that changes a unit.
#[derive(Default)]
struct Typed {
    kind: String,
    name: String,
    code: String,
    new_name: String,
    from: String,
}

pub(crate) async fn edit(At(unit): At<UnitId>, ask: Ask) -> Reply {
    let at = ask.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, unit, Action::EditUnits, &at)).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = Typed {
        new_name: seen.it.place.name.clone(),
        from: chrome.lang.date(ask.today()),
        ..Typed::default()
    };
    let none = FieldErrors::new();
    Ok(edit_page(&chrome, &ask, &seen.it, &typed, &none).into_response())
}

pub(crate) async fn add(At(unit): At<UnitId>, ask: Ask, sent: Sent) -> Reply {
    let typed = Typed {
        kind: sent.text("kind").to_owned(),
        name: sent.text("name").to_owned(),
        code: sent.text("code").to_owned(),
        ..Typed::default()
    };
    let today = ask.today();
    let done = ask
        .submit("people.act.add_unit", &sent, move |tx, actor, stamp, sent| {
            reach_unit(tx, actor, unit, Action::EditUnits, today)?;
            let kind = UnitKind::from_code(sent.text("kind"));
            let kind = kind.ok_or_else(|| {
                thao_base::Error::invalid("people.error.unit_kind_missing").field("kind")
            })?;
            let (name, code) = (sent.text("name"), sent.some("code"));
            let new = unit::add_below(tx, stamp, unit, kind, name, code)?;
            Ok(saying(&format!("/people/units/{new}"), "people.notice.unit_added"))
        })
        .await;
    answer(&ask, unit, typed, done).await
}

pub(crate) async fn rename(At(unit): At<UnitId>, ask: Ask, sent: Sent) -> Reply {
    let typed = Typed {
        new_name: sent.text("name").to_owned(),
        from: sent.text("from").to_owned(),
        ..Typed::default()
    };
    let today = ask.today();
    let done = ask
        .submit("people.act.rename_unit", &sent, move |tx, actor, stamp, sent| {
            reach_unit(tx, actor, unit, Action::EditUnits, today)?;
            let from = date_typed(sent.text("from"))
                .ok_or_else(|| thao_base::Error::invalid("people.error.date").field("from"))?;
            let new = NewName { name: sent.text("name").to_owned(), from };
            unit::rename(tx, stamp, unit, &new)?;
            Ok(saying(&format!("/people/units/{unit}"), "people.notice.unit_renamed"))
        })
        .await;
    answer(&ask, unit, typed, done).await
}

/// On to the unit, or the forms again with what is wrong.
async fn answer(
    ask: &Ask,
    unit: UnitId,
    typed: Typed,
    done: Result<axum::response::Response>,
) -> Reply {
    let error = match done {
        Ok(response) => return Ok(response),
        Err(error) => error,
    };
    let at = ask.clone();
    let seen = ask.read(move |tx, actor| load(tx, actor, unit, Action::EditUnits, &at)).await?;
    let chrome = ask.chrome(&seen.actor);
    let mut errors = FieldErrors::new();
    field_error(&mut errors, error, chrome.lang)?;
    let page = edit_page(&chrome, ask, &seen.it, &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn edit_page(
    chrome: &Chrome,
    ask: &Ask,
    shown: &Shown,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let here = format!("/people/units/{}", shown.place.unit);
    let below = shown.place.kind().map_or(&[][..], UnitKind::below);
    // Both forms have a field "name": the errors belong to the one that was sent.
    let none = FieldErrors::new();
    let renaming = !typed.new_name.is_empty() || !typed.from.is_empty();
    let (add_errors, name_errors) = if renaming { (&none, errors) } else { (errors, &none) };
    let page = Page::new(chrome, lang.t("people.units.edit"));
    with_crumbs(page, lang, &shown.above)
        .crumb(here.clone(), &shown.place.name)
        .narrow()
        .errors(errors)
        .body(html! {
            @if !below.is_empty() {
                (section("add-part", lang.t("people.units.add"), &html! {
                    (Form::post(chrome, format!("{here}/units")).once(ask.form_id()).body(html! {
                        (kind_choice(lang, below, typed, add_errors))
                        (Field::text("name", lang.t("people.units.name")).id("new-unit-name")
                            .value(&typed.name).errors(add_errors))
                        (Field::digits("code", lang.t("people.field.unit_code"))
                            .hint(lang.t("people.units.code_hint"))
                            .value(&typed.code).optional(lang).errors(add_errors))
                        (Button::primary(lang.t("people.units.add_do")))
                    }))
                }))
            }
            (section("name-part", lang.t("people.units.rename"), &html! {
                (Form::post(chrome, format!("{here}/names")).once(ask.form_id()).body(html! {
                    (Field::text("name", lang.t("people.units.new_name"))
                        .value(&typed.new_name).errors(name_errors))
                    (Field::date(lang, "from", lang.t("people.units.name_from"))
                        .value(&typed.from).errors(name_errors))
                    (Button::quiet(lang.t("people.units.rename_do")))
                }))
            }))
        })
}

fn kind_choice<'a>(
    lang: Lang,
    below: &[UnitKind],
    typed: &'a Typed,
    errors: &FieldErrors,
) -> Choice<'a> {
    let kinds = below.iter().map(|kind| (kind.code(), words::unit_kind(lang, kind.code())));
    Choice::one("kind", lang.t("people.field.unit_kind"))
        .options(kinds)
        .chosen(&typed.kind)
        .errors(errors)
}
