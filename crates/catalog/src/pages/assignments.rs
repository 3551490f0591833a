//! `/catalog/courses/{slug}/assignments`: who is to learn a course, and assigning it.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, Render, html};
use serde::Deserialize;
use thao_base::{AssignmentId, AudienceId, CourseId, Error, Lang, Result, Tx, UnitId};
use thao_people::audience::{self, Audience};
use thao_people::unit::{self, Place, UnitKind};
use thao_web::components::{
    Button, Choice, Column, Confirm, Empty, Field, FieldErrors, Form, Pages, Table, below,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Scope, Sent, Span, check};
use thao_web::{saying, saying_n};

use super::{assignments_url, course_url, tabs};
use crate::assignment::{self, After, Assignment, NewAssignment};
use crate::course::{self, Course};

mod meant;

pub(super) use meant::Meant;

/// Rows of a page: each counts people.
const ROWS: usize = 30;
/// Units a course is assigned to; in a village it is for the commune to say.
const KINDS: [UnitKind; 6] = [
    UnitKind::Province,
    UnitKind::Commune,
    UnitKind::Agency,
    UnitKind::School,
    UnitKind::Enterprise,
    UnitKind::Centre,
];

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    after: Option<String>,
    /// What stands in the form already: a link from a board knows it.
    audience: Option<String>,
    unit: Option<String>,
    due: Option<String>,
}

struct Shown {
    course: Course,
    rows: Vec<(Assignment, i64)>,
    next: Option<String>,
    all: i64,
    audiences: Vec<Audience>,
    /// Where the actor may assign; empty when nowhere.
    units: Vec<Place>,
    may: Scope,
}

pub(super) async fn list(
    meant: Meant,
    ask: Ask,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    let (today, now) = (ask.today(), ask.app.clock.now());
    let typed = Typed::asked(&asked);
    let read = move |tx: &mut Tx<'_>, actor: &Actor| {
        load(tx, actor, &slug, &asked, |tx, a, span| meant.count(tx, a, span, today, now), today)
    };
    let seen = ask.read(read).await?;
    let chrome = ask.chrome(&seen.actor);
    let form = form(&ask, &chrome, &seen.it, &typed, &FieldErrors::new());
    Ok(page(&chrome, &seen.it, &form, &FieldErrors::new()).into_response())
}

pub(super) async fn add(meant: Meant, ask: Ask, Path(slug): Path<String>, sent: Sent) -> Reply {
    let (today, now) = (ask.today(), ask.app.clock.now());
    let typed = Typed::of(&sent);
    let (wanted, of) = (typed.read(today), slug.clone());
    let done = match wanted {
        Err(errors) => Err(errors),
        Ok(wanted) => {
            // Counted before, for those who may: the writer must not wait for it.
            let (inner, new) = (meant.clone(), wanted.clone());
            let counted = ask.read(move |tx, actor| {
                let (place, audience) = allowed(tx, actor, &new, today)?;
                inner.count(tx, &audience, place.span(), today, now)
            });
            let people = match counted.await {
                Ok(seen) => seen.it,
                Err(error) if error.field_name().is_some() => 0,
                Err(error) => return Err(error.into()),
            };
            let done = ask.submit("catalog.act.assign", &sent, move |tx, actor, stamp, _| {
                let course = course::get_by_slug(tx, &of)?;
                allowed(tx, actor, &wanted, today)?;
                assignment::add(tx, stamp, &wanted.of(course.id))?;
                Ok(saying_n(&assignments_url(&course), "catalog.notice.assigned", people))
            });
            done.await.map_err(|error| vec![error])
        }
    };
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(errors) => errors,
    };
    if let Some(other) = wrong.iter().position(|error| error.field_name().is_none()) {
        let mut wrong = wrong;
        return Err(wrong.swap_remove(other).into());
    }
    let asked = Asked::default();
    let read = move |tx: &mut Tx<'_>, actor: &Actor| {
        load(tx, actor, &slug, &asked, |tx, a, span| meant.count(tx, a, span, today, now), today)
    };
    let seen = ask.read(read).await?;
    let chrome = ask.chrome(&seen.actor);
    let mut errors = FieldErrors::new();
    for error in &wrong {
        if let Some(field) = error.field_name() {
            errors.add(field, error.words(chrome.lang));
        }
    }
    let form = form(&ask, &chrome, &seen.it, &typed, &errors);
    let page = page(&chrome, &seen.it, &form, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(super) async fn withdraw(ask: Ask, Path(id): Path<AssignmentId>, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("catalog.act.withdraw", &sent, move |tx, actor, stamp, _| {
        let found = assignment::get(tx, id)?;
        let at = Resource::At(found.pos);
        check(actor, Action::AssignCourses, Action::SeeCourses, at, today)?;
        assignment::withdraw(tx, stamp, id)?;
        let course = course::get(tx, found.course)?;
        Ok(saying(&assignments_url(&course), "catalog.notice.withdrawn"))
    });
    Ok(done.await?)
}

/// Where and to whom the actor may assign.
fn allowed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    wanted: &Wanted,
    today: Date,
) -> Result<(Place, Audience)> {
    let place = unit::place(tx, wanted.unit).map_err(|e| e.field("unit"))?;
    let at = Resource::At(place.pos);
    check(actor, Action::AssignCourses, Action::SeeCourses, at, today)?;
    Ok((place, audience::get(tx, wanted.audience)?))
}

/// `count`: how many people an audience has in a part of the tree.
fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    slug: &str,
    asked: &Asked,
    count: impl Fn(&mut Tx<'_>, &Audience, Span) -> Result<i64>,
    today: Date,
) -> Result<Shown> {
    let course = course::get_by_slug(tx, slug)?;
    let scope = actor.scope(Action::SeeCourses, today);
    let counts = assignment::counts(tx, &scope)?;
    let all = counts.iter().find(|(id, _)| *id == course.id).map_or(0, |(_, n)| *n);
    let after = asked.after.as_deref().and_then(After::read);
    let mut found = assignment::list_of_course(tx, course.id, &scope, after, ROWS + 1)?;
    let next = (ROWS < found.len()).then(|| found.truncate(ROWS));
    let next = next.and(found.last()).map(|last| After::of(last).write());
    let audiences = audience::list(tx)?;
    let mut rows = Vec::with_capacity(found.len());
    for row in found {
        let audience = audiences.iter().find(|audience| audience.id == row.audience);
        let span = Span { lo: row.pos, hi: row.last };
        let meant = match audience {
            Some(audience) => count(tx, audience, span)?,
            None => 0,
        };
        rows.push((row, meant));
    }
    let may = actor.scope(Action::AssignCourses, today);
    let mut units = Vec::new();
    for span in may.spans() {
        for kind in KINDS {
            units.extend(unit::list_within(tx, *span, kind)?);
        }
    }
    units.sort_by_key(|place| place.pos);
    Ok(Shown { course, rows, next, all, audiences, units, may })
}

fn page(chrome: &Chrome, shown: &Shown, form: &Markup, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let course = &shown.course;
    let body = html! {
        (tabs(lang, course, &assignments_url(course), shown.all))
        (table(chrome, shown))
        (form)
    };
    Page::new(chrome, course.title(lang))
        .crumb("/catalog/courses", lang.t("catalog.list.title"))
        .crumb(course_url(course), course.title(lang))
        .lead(lang.t("catalog.assignment.lead"))
        .errors(errors)
        .body(body)
}

fn table(chrome: &Chrome, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let mut pages = Pages::new(lang)
        .shown(i64::try_from(shown.rows.len()).unwrap_or_default(), Some(shown.all));
    if let Some(next) = &shown.next {
        pages = pages.next(format!("{}?after={next}", assignments_url(&shown.course)));
    }
    let table = Table::new(lang, lang.t("catalog.assignment.title"))
        .column(Column::text(lang.t("catalog.assignment.audience")))
        .column(Column::text(lang.t("catalog.assignment.unit")))
        .column(Column::text(lang.t("catalog.assignment.due")))
        .column(Column::number(lang.t("catalog.assignment.people")))
        .column(Column::actions(lang.t("catalog.assignment.actions")))
        .rows(shown.rows.iter().map(|(row, meant)| {
            let made = thao_base::locale::local_date(row.made_at);
            let made = lang.f("catalog.assignment.made", &[("date", &lang.date(made))]);
            [
                html! { (row.audience_name(lang)) },
                html! { div { (row.unit_path) (below(&made)) } },
                html! { (due_words(lang, row.due)) },
                html! { (lang.number(*meant)) },
                html! { @if shown.may.holds(row.pos) { (withdrawal(chrome, row)) } },
            ]
        }))
        .empty(Empty::new(
            lang.t("catalog.assignment.none"),
            lang.t("catalog.assignment.none_words"),
        ));
    if shown.rows.is_empty() { table.render() } else { table.pages(pages).render() }
}

fn due_words(lang: Lang, due: Option<Date>) -> String {
    due.map_or_else(|| lang.t("catalog.assignment.no_due").to_owned(), |due| lang.date(due))
}

fn withdrawal(chrome: &Chrome, row: &Assignment) -> Markup {
    let lang = chrome.lang;
    let place = format!("{}, {}", row.audience_name(lang), row.unit_path);
    let question = lang.f("catalog.assignment.withdraw_words", &[("who", &place)]);
    let button = Button::danger(lang.t("catalog.assignment.withdraw_now")).context(place);
    let form = Form::post(chrome, format!("/catalog/assignments/{}/withdrawal", row.id));
    Confirm::new(lang.t("catalog.assignment.withdraw"), question, form.body(button)).render()
}

/// What stands in the form.
#[derive(Debug, Clone, Default)]
struct Typed {
    audience: String,
    unit: String,
    due: String,
}

#[derive(Debug, Clone)]
struct Wanted {
    audience: AudienceId,
    unit: UnitId,
    due: Option<Date>,
}

impl Wanted {
    fn of(&self, course: CourseId) -> NewAssignment {
        NewAssignment { course, audience: self.audience, unit: self.unit, due: self.due }
    }
}

impl Typed {
    /// What a link asked for.
    fn asked(asked: &Asked) -> Typed {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Typed { audience: text(&asked.audience), unit: text(&asked.unit), due: text(&asked.due) }
    }

    fn of(sent: &Sent) -> Typed {
        let text = |name: &str| sent.text(name).to_owned();
        Typed { audience: text("audience"), unit: text("unit"), due: text("due") }
    }

    /// What was meant, or everything that is wrong.
    fn read(&self, today: Date) -> Result<Wanted, Vec<Error>> {
        let audience = self.audience.parse().ok();
        let unit = self.unit.parse().ok();
        let due = if self.due.is_empty() { Some(None) } else { read_date(&self.due).map(Some) };
        let mut wrong = Vec::new();
        let mut complain = |key, field| wrong.push(Error::invalid(key).field(field));
        if audience.is_none() {
            complain("catalog.error.audience", "audience");
        }
        if unit.is_none() {
            complain("catalog.error.unit", "unit");
        }
        match due {
            None => complain("catalog.error.due", "due"),
            Some(Some(due)) if due < today => complain("catalog.error.due_past", "due"),
            Some(_) => {}
        }
        match (audience, unit, due) {
            (Some(audience), Some(unit), Some(due)) if wrong.is_empty() => {
                Ok(Wanted { audience, unit, due })
            }
            _ => Err(wrong),
        }
    }
}

/// A date as offices write it: `5/1/2027`, `05-01-2027`.
fn read_date(text: &str) -> Option<Date> {
    let mut parts = text.split(['/', '-', '.']).map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn form(ask: &Ask, chrome: &Chrome, shown: &Shown, typed: &Typed, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    if shown.units.is_empty() {
        return html! {};
    }
    let audiences = shown.audiences.iter().map(|a| (a.id.to_string(), a.name(lang).to_owned()));
    let units = shown.units.iter().map(|place| (place.unit.to_string(), place.path.clone()));
    let fields = html! {
        (Choice::select("audience", lang.t("catalog.assignment.audience"))
            .option("", lang.t("catalog.assignment.choose"))
            .options(audiences)
            .chosen(typed.audience.as_str())
            .errors(errors))
        (Choice::select("unit", lang.t("catalog.assignment.unit"))
            .option("", lang.t("catalog.assignment.choose"))
            .options(units)
            .chosen(typed.unit.as_str())
            .hint(lang.t("catalog.assignment.unit_hint"))
            .errors(errors))
        (Field::date(lang, "due", lang.t("catalog.assignment.due"))
            .value(typed.due.as_str())
            .hint(lang.t("catalog.assignment.due_hint"))
            .optional(lang)
            .errors(errors))
        (Button::primary(lang.t("catalog.assignment.add")))
    };
    html! {
        section.flow #assign {
            h2 { (lang.t("catalog.assignment.add")) }
            (Form::post(chrome, assignments_url(&shown.course)).once(ask.form_id()).body(fields))
        }
    }
}

#[cfg(test)]
mod tests;
