//! `/plan/templates/{code}`: the rows of a province's plan, what each becomes here, and
//! `POST …/plans`: a plan of one's own with all targets that need no further choice.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::{Error, Lang};
use thao_people::unit::{self, Place};
use thao_web::components::{
    Badge, Button, Choice, Column, Facts, FieldErrors, Form, Icon, Table, below,
};
use thao_web::{Action, Ask, Chrome, Page, Reply, Resource, Sent, check, saying_n};

use crate::kind::Kind;
use crate::list;
use crate::measure::Better;
use crate::pages::at::At;
use crate::pages::words;
use crate::target::Qualifier;
use crate::template::{self, Here, Row, RowKind, Template};

pub(crate) async fn show(ask: Ask, At(code): At<String>) -> Reply {
    let template = template::find(&code).ok_or_else(Error::not_found)?;
    let today = ask.today();
    let seen = ask
        .read(move |tx, actor| {
            unit::list_above_villages(tx, &actor.scope(Action::SetTargets, today))
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    let page = page(&ask, &chrome, template, &seen.it, &FieldErrors::new());
    Ok(page.into_response())
}

pub(crate) async fn take(ask: Ask, At(code): At<String>, sent: Sent) -> Reply {
    let template = template::find(&code).ok_or_else(Error::not_found)?;
    let Some(unit) = sent.parse("unit") else {
        let today = ask.today();
        let seen = ask
            .read(move |tx, actor| {
                unit::list_above_villages(tx, &actor.scope(Action::SetTargets, today))
            })
            .await?;
        let chrome = ask.chrome(&seen.actor);
        let mut errors = FieldErrors::new();
        errors.add("unit", chrome.lang.t("plan.error.unit"));
        let page = page(&ask, &chrome, template, &seen.it, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let done = ask.submit("plan.act.take_template", &sent, move |tx, actor, stamp, _| {
        let place = unit::place(tx, unit)?;
        let at = Resource::At(place.pos);
        check(actor, Action::SetTargets, Action::SeeBoards, at, stamp.today())?;
        let taken = template::take(tx, stamp, template, &place)?;
        let path = format!("/plan/plans/{}", taken.plan);
        Ok(saying_n(&path, "plan.notice.template_taken", taken.targets))
    });
    Ok(done.await?)
}

fn page(
    ask: &Ask,
    chrome: &Chrome,
    template: &Template,
    units: &[Place],
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let head = &template.plan;
    let source = &template.source;
    let mut facts = Facts::new()
        .fact(lang.t("plan.paper.legal_basis"), head.legal_basis.of(lang))
        .fact(lang.t("plan.plans.period"), head.period.of(lang))
        .fact(
            lang.t("plan.figures.source"),
            html! {
                a href=(source.url) rel="noopener noreferrer" { (source.publisher) }
                ", " (source.published)
            },
        );
    if let Some(note) = &head.note {
        facts = facts.fact(lang.t("plan.tasks.note"), note.of(lang));
    }
    let (targets, actuals): (Vec<&Row>, Vec<&Row>) =
        template.rows.iter().partition(|row| row.kind == RowKind::Target);
    Page::new(chrome, head.title.of(lang).to_owned())
        .wide()
        .crumb("/plan/plans", lang.t("plan.plans.title"))
        .crumb("/plan/templates", lang.t("plan.templates.title"))
        .errors(errors)
        .body(html! {
            (facts)
            section.flow {
                h2 { (lang.t("plan.plans.targets")) }
                (target_table(lang, &targets))
            }
            @if !units.is_empty() { (form(ask, chrome, template, units, errors)) }
            @if !actuals.is_empty() {
                section.flow {
                    h2 { (lang.t("plan.templates.actuals")) }
                    p { (lang.t("plan.templates.actuals_words")) }
                    (actual_table(lang, &actuals))
                }
            }
        })
}

fn form(
    ask: &Ask,
    chrome: &Chrome,
    template: &Template,
    units: &[Place],
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let first = units.iter().min_by_key(|place| place.depth);
    let options = units.iter().map(|place| (place.unit.to_string(), place.path.clone()));
    let path = format!("/plan/templates/{}/plans", template.plan.province);
    html! {
        section.flow {
            h2 { (lang.t("plan.templates.take")) }
            p { (lang.t("plan.templates.take_words")) }
            (Form::post(chrome, path).once(ask.form_id()).body(html! {
                (Choice::select("unit", lang.t("plan.paper.unit")).options(options)
                    .chosen(first.map(|place| place.unit.to_string()).unwrap_or_default())
                    .errors(errors))
                (Button::primary(lang.t("plan.templates.take_now")).icon(Icon::Plus))
            }))
        }
    }
}

fn target_table(lang: Lang, rows: &[&Row]) -> Markup {
    let cells = rows.iter().map(|row| {
        [
            html! { (row.id) },
            html! {
                (row.title.of(lang)) (below(row.audience.of(lang)))
                @if let Some(note) = &row.note { (below(note.of(lang))) }
            },
            html! { (value(lang, row)) (below(row.period.of(lang))) },
            html! { @if let Some(here) = &row.here { (made(lang, here)) } },
        ]
    });
    html! {
        (Table::new(lang, lang.t("plan.plans.targets"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.form.code")))
            .column(Column::text(lang.t("plan.export.target")))
            .column(Column::text(lang.t("plan.export.goal")))
            .column(Column::text(lang.t("plan.templates.here")))
            .rows(cells))
    }
}

fn actual_table(lang: Lang, rows: &[&Row]) -> Markup {
    let cells = rows.iter().map(|row| {
        [
            html! { (row.id) },
            html! {
                (row.title.of(lang)) (below(row.audience.of(lang)))
                @if let Some(note) = &row.note { (below(note.of(lang))) }
            },
            html! { (value(lang, row)) (below(row.period.of(lang))) },
            html! {
                @match &row.baseline_of {
                    Some(of) => (lang.f("plan.templates.baseline_of", &[("code", of)])),
                    None => "–",
                }
            },
        ]
    });
    html! {
        (Table::new(lang, lang.t("plan.templates.actuals"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.form.code")))
            .column(Column::text(lang.t("plan.export.what")))
            .column(Column::text(lang.t("plan.export.value")))
            .column(Column::text(lang.t("plan.templates.here")))
            .rows(cells))
    }
}

/// "ít nhất 80%", as the source has it.
fn value(lang: Lang, row: &Row) -> String {
    let Some(number) = &row.value else { return "–".to_owned() };
    let places = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let number = match number.parse::<f64>() {
        Ok(value) => lang.decimal(value, places),
        Err(_) => number.clone(),
    };
    let words = list::measure_unit(&row.unit).map(|unit| unit.words(lang, &number));
    let value = words.unwrap_or(number);
    match row.qualifier.as_deref().and_then(Qualifier::from_code) {
        Some(qualifier) => {
            let less = list::measure_unit(&row.unit).is_some_and(|unit| unit.less_is_better);
            let better = if less { Better::Less } else { Better::More };
            let qualifier = words::qualifier(lang, qualifier, better);
            lang.f("plan.goal.words", &[("qualifier", &qualifier), ("goal", &value)])
        }
        None => value,
    }
}

/// What the program makes of a target, and what is still to be chosen.
fn made(lang: Lang, here: &Here) -> Markup {
    html! {
        @if let Some(why) = &here.why {
            (Badge::plain(lang.t("plan.templates.typed"))) (below(why.of(lang)))
        } @else if here.missing.is_empty() {
            (Badge::good(lang.t("plan.templates.ready")))
            (below(kind_words(lang, here)))
        } @else {
            (Badge::warn(lang.t("plan.templates.choose")))
            (below(&here.missing.iter().map(|what| missing(lang, what)).collect::<Vec<_>>().join("; ")))
        }
        @if let Some(note) = &here.note { (below(note.of(lang))) }
    }
}

fn kind_words(lang: Lang, here: &Here) -> &'static str {
    let kind = Kind::from_code(&here.kind);
    lang.t(match kind {
        Some(Kind::SharePeople) => "plan.templates.share_people",
        Some(Kind::CountPeople) => "plan.templates.count_people",
        Some(Kind::PeoplePerYear) => "plan.templates.people_per_year",
        Some(Kind::Classes | Kind::ClassesPerYear) => "plan.templates.classes",
        Some(Kind::ShareUnits | Kind::CountUnits) => "plan.templates.units",
        Some(Kind::ShareThings | Kind::CountThings) => "plan.templates.things",
        Some(Kind::PerUnit) => "plan.templates.per_unit",
        Some(Kind::Milestone) => "plan.templates.milestone",
        Some(Kind::ShareOf) => "plan.templates.share_of",
        _ => "plan.templates.other",
    })
}

pub(crate) fn missing(lang: Lang, what: &str) -> &'static str {
    lang.t(match what {
        "courses" => "plan.templates.missing_courses",
        "audience" => "plan.templates.missing_audience",
        "due" => "plan.templates.missing_due",
        "unit_kind" => "plan.templates.missing_unit_kind",
        _ => "plan.templates.missing_bases",
    })
}
