//! `/report`: what is due from the actor's units, what waits for their decision, who is late.

use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, Result, Tx};
use thao_people::unit::{self, Place};
use thao_web::components::{
    Button, Card, Column, Empty, Form as Sending, Icon, LinkButton, Table, below, cards, hidden,
    toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, may};

use super::words;
use crate::due::{self, Count, Due};
use crate::filing::{self, Standing};
use crate::form::{self, Form};
use crate::period::Period;

/// Decisions listed at once; the rest is in the table of the period.
const WAITING: i64 = 20;
/// Ended periods of a form that are shown.
const PERIODS: usize = 3;

pub(super) struct Shown {
    pub(super) due: Vec<Due>,
    /// What comes next for the actor's units.
    running: Vec<(Form, Place, Period)>,
    waiting: Vec<(Form, Place, Standing)>,
    /// Forms the actor receives, with their latest periods.
    received: Vec<(Form, Vec<(Period, Count)>)>,
    forms: usize,
    may_set: bool,
}

pub(crate) async fn show(ask: Ask) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let shown = &seen.it;
    let lang = chrome.lang;
    let page = Page::new(&chrome, lang.t("report.home.title"))
        .wide()
        .lead(lang.t("report.home.lead"))
        .actions(toolbar(html! {
            (LinkButton::quiet("/report/forms", lang.t("report.forms.title")).icon(Icon::Report))
            @if shown.may_set {
                (LinkButton::quiet("/report/templates", lang.t("report.templates.title"))
                    .icon(Icon::Edit))
            }
        }));
    let nothing = shown.due.is_empty()
        && shown.running.is_empty()
        && shown.waiting.is_empty()
        && shown.received.is_empty();
    let body = html! {
        @if nothing { (empty(lang, shown)) }
        @if !shown.due.is_empty() || !shown.running.is_empty() {
            section.flow {
                h2 { (lang.t("report.home.due")) }
                @if shown.due.is_empty() { p { (lang.t("report.home.none_due")) } }
                (cards(html! {
                    @for due in &shown.due { (due_card(&ask, &chrome, due, today)) }
                }))
                @for (form, place, period) in &shown.running {
                    p.quiet { (next(lang, form, place, period)) }
                }
            }
        }
        @if !shown.waiting.is_empty() { (waiting(lang, &shown.waiting)) }
        @for (form, periods) in &shown.received { (received(lang, form, periods)) }
    };
    Ok(page.body(body).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Shown> {
    let forms = form::list(tx, &actor.scope(Action::SeeBoards, today))?;
    let mut shown = Shown {
        due: due_of(tx, actor, &forms, today)?,
        running: Vec::new(),
        waiting: Vec::new(),
        received: Vec::new(),
        forms: forms.len(),
        may_set: actor.may_somewhere(Action::SetTargets, today),
    };
    let own = own_places(tx, actor, today)?;
    for form in forms {
        for place in own.iter().filter(|place| form::is_filer(&form, place)) {
            if let Some(period) = due::running(tx, &form, today)? {
                shown.running.push((form.clone(), place.clone(), period));
            }
        }
        if !may(actor, Action::SetTargets, Resource::At(form.pos), today) {
            continue;
        }
        for standing in filing::waiting(tx, form.id, WAITING)? {
            let place = unit::place(tx, standing.unit)?;
            shown.waiting.push((form.clone(), place, standing));
        }
        let mut periods = Vec::new();
        for period in due::ended(tx, &form, today, PERIODS)? {
            let rows = due::matrix(tx, &form, &period)?;
            periods.push((period, due::count(&form, &period, &rows, today)));
        }
        shown.received.push((form, periods));
    }
    Ok(shown)
}

/// The units the actor is appointed to file for: their own, not everything below.
fn own_places(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Vec<Place>> {
    let mut out: Vec<Place> = Vec::new();
    for own in &actor.appointments {
        let here = Resource::At(own.span.lo);
        let known = out.iter().any(|place| place.unit == own.unit_id);
        if own.role.allows(Action::ImportFigures)
            && may(actor, Action::ImportFigures, here, today)
            && !known
        {
            out.push(unit::place(tx, own.unit_id)?);
        }
    }
    Ok(out)
}

/// What is due from the actor's own units.
pub(super) fn due_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    forms: &[Form],
    today: Date,
) -> Result<Vec<Due>> {
    let mut out = Vec::new();
    for place in own_places(tx, actor, today)? {
        for form in forms.iter().filter(|form| form::is_filer(form, &place)) {
            out.extend(due::of_unit(tx, form, &place, today)?);
        }
    }
    Ok(out)
}

fn empty(lang: Lang, shown: &Shown) -> Markup {
    let empty = Empty::new(
        lang.t("report.home.empty"),
        match (shown.may_set, shown.forms) {
            (true, 0) => lang.t("report.home.empty_set"),
            _ => lang.t("report.home.empty_words"),
        },
    );
    html! {
        @if shown.may_set && shown.forms == 0 {
            (empty.action("/report/forms/new", lang.t("report.forms.add")))
        } @else {
            (empty)
        }
    }
}

/// One return to file, with the one thing to press.
pub(super) fn due_card(ask: &Ask, chrome: &Chrome, due: &Due, today: Date) -> Markup {
    let lang = chrome.lang;
    let state = due.state();
    let title = due.period.name.words(lang);
    let card = Card::new(title)
        .above(due.form.title(lang).to_owned())
        .mark(words::badge(lang, state, due.is_late(today)))
        .body(html! {
            p { (due.place.name) }
            p {
                (lang.f("report.home.due_on", &[
                    ("ends", &lang.date(due.period.ends)),
                    ("due", &lang.date(due.due)),
                ]))
            }
        });
    let words = match &due.standing {
        None => lang.t("report.home.begin"),
        Some(_) => lang.t("report.home.go_on"),
    };
    let heard = format!("{}, {}", due.period.name.words(lang), due.place.name);
    match &due.standing {
        Some(standing) => {
            let href = format!("/report/returns/{}", standing.id);
            html! { (card.actions(LinkButton::primary(href, words).context(heard))) }
        }
        None => {
            let form = Sending::post(chrome, "/report/returns").once(ask.form_id()).body(html! {
                (hidden("form", &due.form.id.to_string()))
                (hidden("period", &due.period.name.key()))
                (hidden("unit", &due.place.unit.to_string()))
                (Button::primary(words).context(heard))
            });
            html! { (card.actions(form)) }
        }
    }
}

fn next(lang: Lang, form: &Form, place: &Place, period: &Period) -> String {
    lang.f(
        "report.home.next",
        &[
            ("form", &form.title(lang)),
            ("unit", &place.name),
            ("period", &period.name.words(lang)),
            ("ends", &lang.date(period.ends)),
            ("due", &lang.date(form.due(period))),
        ],
    )
}

fn waiting(lang: Lang, rows: &[(Form, Place, Standing)]) -> Markup {
    let cells = rows.iter().map(|(form, place, standing)| {
        let period = crate::period::Name::from_key(&standing.period);
        let href = format!("/report/returns/{}", standing.id);
        [
            html! { a href=(href) { (place.name) } },
            html! { (period.map(|name| name.words(lang)).unwrap_or_default()) },
            html! { div { (form.title(lang)) } },
            html! { (lang.instant(standing.since)) },
        ]
    });
    html! {
        section.flow {
            h2 { (lang.t("report.home.waiting")) }
            (Table::new(lang, lang.t("report.home.waiting"))
                .caption_only_heard()
                .dense()
                .column(Column::text(lang.t("report.column.unit")))
                .column(Column::text(lang.t("report.column.period")))
                .column(Column::text(lang.t("report.column.form")))
                .column(Column::text(lang.t("report.column.submitted_at")))
                .rows(cells))
        }
    }
}

fn received(lang: Lang, form: &Form, periods: &[(Period, Count)]) -> Markup {
    let n = |n: usize| lang.number(i64::try_from(n).unwrap_or(i64::MAX));
    let rows = periods.iter().map(|(period, count)| {
        let href = format!("/report/periods/{}/{}", form.id, period.name.key());
        let of = |part: usize| html! { (n(part)) "/" (n(count.units)) };
        [
            html! {
                div {
                    a href=(href) { (period.name.words(lang)) }
                    (below(&lang.f("report.home.due_day", &[("due", &lang.date(form.due(period)))])))
                }
            },
            of(count.filed),
            of(count.approved),
            html! { (n(count.waiting)) },
            html! { (n(count.late)) },
        ]
    });
    html! {
        section.flow {
            h2 { (form.title(lang)) }
            (Table::new(lang, lang.f("report.home.received", &[("form", &form.title(lang))]))
                .caption_only_heard()
                .column(Column::text(lang.t("report.column.period")))
                .column(Column::number(lang.t("report.column.filed")))
                .column(Column::number(lang.t("report.column.approved")))
                .column(Column::number(lang.t("report.column.waiting")))
                .column(Column::number(lang.t("report.column.late")))
                .rows(rows)
                .empty(Empty::new(
                    lang.t("report.home.no_period"),
                    lang.t("report.home.no_period_words"),
                )))
        }
    }
}
