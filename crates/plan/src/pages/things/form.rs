//! `/plan/things/new` and `/plan/things/{id}/edit`: registers a thing, changes it, takes it back.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Error, Lang, Result, ThingId, Tx, UnitId, text};
use thao_people::unit::{self, Place};
use thao_web::components::{
    Button, Choice, Confirm, Field, FieldErrors, Form, Icon, beside, date_typed,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check, saying};

use crate::criterion::{self, Criterion};
use crate::list;
use crate::pages::at::At;
use crate::pages::targets::set_in;
use crate::pages::words;
use crate::thing::{self, NewThing, Thing};

const LONGEST: usize = 300;

/// What stands in the form.
#[derive(Debug, Clone, Default)]
struct Typed {
    kind: String,
    unit: String,
    name: String,
    code: String,
    from: String,
    to: String,
}

struct Shown {
    units: Vec<Place>,
    /// The thing that is changed, and the criteria asked of its kind.
    existing: Option<(Thing, Vec<Criterion>)>,
}

impl Typed {
    fn of(sent: &Sent) -> Typed {
        let text = |name| sent.text(name).to_owned();
        Typed {
            kind: text("kind"),
            unit: text("unit"),
            name: text("name"),
            code: text("code"),
            from: text("valid_from"),
            to: text("valid_to"),
        }
    }

    fn of_thing(lang: Lang, thing: &Thing) -> Typed {
        let last = thing.valid_to.and_then(|to| to.yesterday().ok());
        Typed {
            kind: thing.kind.clone(),
            unit: thing.unit.to_string(),
            name: thing.name.clone(),
            code: thing.code.clone().unwrap_or_default(),
            from: lang.date(thing.valid_from),
            to: last.map(|last| lang.date(last)).unwrap_or_default(),
        }
    }

    /// What is meant, or everything that is wrong.
    fn read(&self) -> std::result::Result<NewThing, Vec<(&'static str, &'static str)>> {
        let mut wrong = Vec::new();
        let kind = list::thing_kind(&self.kind).map(|kind| kind.key.clone());
        if kind.is_none() {
            wrong.push(("kind", "plan.error.thing_kind"));
        }
        let unit: Option<UnitId> = self.unit.parse().ok();
        if unit.is_none() {
            wrong.push(("unit", "plan.error.thing_unit"));
        }
        let name = text::tidy(&self.name);
        if name.is_empty() || LONGEST < name.chars().count() {
            wrong.push(("name", "plan.error.thing_name"));
        }
        if LONGEST < self.code.chars().count() {
            wrong.push(("code", "plan.error.too_long"));
        }
        let from = date_typed(&self.from);
        if from.is_none() {
            wrong.push(("valid_from", "plan.error.date"));
        }
        let last = if self.to.is_empty() { None } else { date_typed(&self.to) };
        match (from, last) {
            (_, None) if !self.to.is_empty() => wrong.push(("valid_to", "plan.error.date")),
            (Some(from), Some(last)) if last < from => {
                wrong.push(("valid_to", "plan.error.thing_period"));
            }
            _ => {}
        }
        let (Some(kind), Some(unit), Some(valid_from), true) = (kind, unit, from, wrong.is_empty())
        else {
            return Err(wrong);
        };
        let code = Some(text::tidy(&self.code)).filter(|code| !code.is_empty());
        let valid_to = last.and_then(|last| last.tomorrow().ok());
        Ok(NewThing { kind, unit, code, name, valid_from, valid_to, import: None })
    }

    fn errors(&self, lang: Lang, error: &Error) -> FieldErrors {
        let mut errors = FieldErrors::new();
        match self.read() {
            Err(wrong) => {
                for (field, key) in wrong {
                    errors.add(field, lang.t(key));
                }
            }
            Ok(_) => {
                errors.add(error.field_name().unwrap_or_default(), error.words(lang));
            }
        }
        errors
    }
}

fn first(wrong: &[(&'static str, &'static str)]) -> Error {
    match wrong.first() {
        Some((field, key)) => Error::invalid(key).field(field),
        None => Error::internal("a form was refused without a reason"),
    }
}

pub(crate) async fn new(ask: Ask) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, None, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = Typed {
        unit: seen.it.units.first().map(|place| place.unit.to_string()).unwrap_or_default(),
        from: chrome.lang.date(today),
        ..Typed::default()
    };
    Ok(page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn add(ask: Ask, sent: Sent) -> Reply {
    submit(ask, None, sent).await
}

pub(crate) async fn show(ask: Ask, At(id): At<ThingId>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, Some(id), today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = match &seen.it.existing {
        Some((thing, _)) => Typed::of_thing(chrome.lang, thing),
        None => Typed::default(),
    };
    Ok(page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn change(ask: Ask, At(id): At<ThingId>, sent: Sent) -> Reply {
    submit(ask, Some(id), sent).await
}

pub(crate) async fn withdraw(ask: Ask, At(id): At<ThingId>, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("plan.act.withdraw_thing", &sent, move |tx, actor, stamp, _| {
        reach(tx, actor, id, today)?;
        thing::withdraw(tx, stamp, id)?;
        Ok(saying("/plan/things", "plan.notice.thing_withdrawn"))
    });
    Ok(done.await?)
}

async fn submit(ask: Ask, id: Option<ThingId>, sent: Sent) -> Reply {
    let today = ask.today();
    let typed = Typed::of(&sent);
    let form = typed.clone();
    let act = if id.is_some() { "plan.act.edit_thing" } else { "plan.act.add_thing" };
    let done = ask
        .submit(act, &sent, move |tx, actor, stamp, _| {
            if let Some(id) = id {
                reach(tx, actor, id, today)?;
            }
            let wanted = form.read().map_err(|wrong| first(&wrong))?;
            let place = unit::place(tx, wanted.unit)?;
            let at = Resource::At(place.pos);
            check(actor, Action::SetTargets, Action::SeeBoards, at, today)?;
            match id {
                Some(id) => thing::edit(tx, stamp, id, &wanted).map(|_| ())?,
                None => thing::add_many(tx, stamp, &[wanted]).map(|_| ())?,
            }
            Ok(saying("/plan/things", "plan.notice.thing_saved"))
        })
        .await;
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let errors = typed.errors(chrome.lang, &wrong);
    let page = page(&ask, &chrome, &seen.it, &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The thing, for an actor who may change it.
fn reach(tx: &mut Tx<'_>, actor: &Actor, id: ThingId, today: Date) -> Result<Thing> {
    let thing = thing::get(tx, id)?;
    check(actor, Action::SetTargets, Action::SeeBoards, Resource::At(thing.pos), today)?;
    Ok(thing)
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: Option<ThingId>, today: Date) -> Result<Shown> {
    let existing = match id {
        Some(id) => {
            let thing = reach(tx, actor, id, today)?;
            let mut criteria = criterion::list(tx)?;
            criteria.retain(|criterion| criterion.subject == thing.kind);
            Some((thing, criteria))
        }
        None => None,
    };
    Ok(Shown { units: set_in(tx, actor, today)?, existing })
}

fn page(ask: &Ask, chrome: &Chrome, shown: &Shown, typed: &Typed, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let (title, action) = match &shown.existing {
        Some((thing, _)) => (thing.name.as_str(), format!("/plan/things/{}/edit", thing.id)),
        None => (lang.t("plan.things.new"), "/plan/things".to_owned()),
    };
    Page::new(chrome, title)
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb("/plan/things", lang.t("plan.things.title"))
        .lead(lang.t("plan.things.form_lead"))
        .errors(errors)
        .narrow()
        .body(html! {
            (form(ask, chrome, shown, &action, typed, errors))
            @if let Some((thing, criteria)) = &shown.existing { (more(chrome, thing, criteria)) }
        })
}

fn form(
    ask: &Ask,
    chrome: &Chrome,
    shown: &Shown,
    action: &str,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let units = shown.units.iter().map(|place| (place.unit.to_string(), place.path.clone()));
    let known = list::thing_kinds().iter().filter(|kind| {
        // A thing that is something else is another thing.
        shown.existing.as_ref().is_none_or(|(thing, _)| thing.kind == kind.key)
    });
    let kinds = known.map(|kind| (kind.key.as_str(), kind.name.of(lang)));
    let mut kind = Choice::select("kind", lang.t("plan.things.kind"));
    if shown.existing.is_none() {
        kind = kind.option("", lang.t("plan.form.choose"));
    }
    html! {
        (Form::post(chrome, action).once(ask.form_id()).body(html! {
            (kind.options(kinds).chosen(typed.kind.as_str()).errors(errors))
            (Field::text("name", lang.t("plan.things.name"))
                .value(typed.name.as_str()).errors(errors))
            (Field::text("code", lang.t("plan.things.code"))
                .value(typed.code.as_str()).short().optional(lang).errors(errors))
            (Choice::select("unit", lang.t("plan.things.unit"))
                .options(units).chosen(typed.unit.as_str()).errors(errors))
            (beside(html! {
                (Field::date(lang, "valid_from", lang.t("plan.things.from"))
                    .value(typed.from.as_str()).errors(errors))
                (Field::date(lang, "valid_to", lang.t("plan.things.to"))
                    .value(typed.to.as_str())
                    .hint(lang.t("plan.things.to_hint")).optional(lang).errors(errors))
            }))
            (Button::primary(lang.t("plan.things.save")).icon(Icon::Check))
        }))
    }
}

/// The criteria asked of the thing, and taking it back.
fn more(chrome: &Chrome, thing: &Thing, criteria: &[Criterion]) -> Markup {
    let lang = chrome.lang;
    let form = Form::post(chrome, format!("/plan/things/{}/withdrawal", thing.id))
        .body(Button::danger(lang.t("plan.things.withdraw_now")));
    html! {
        h2 { (lang.t("plan.criteria.title")) }
        @if criteria.is_empty() {
            p.quiet {
                (lang.f("plan.things.no_criterion", &[("kind", &words::thing_kind(lang, &thing.kind))]))
            }
        }
        ul {
            @for criterion in criteria {
                li {
                    a href={ "/plan/subjects/" (criterion.id) "/" (thing.id) } {
                        (criterion.title(lang))
                    }
                }
            }
        }
        (Confirm::new(lang.t("plan.things.withdraw"), lang.t("plan.things.withdraw_words"), form))
    }
}
