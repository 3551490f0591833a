//! `/plan/criteria/new` and `/plan/criteria/{id}/edit`: adds a criterion, changes its words.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::{CriterionId, Error, Lang, text};
use thao_people::UnitKind;
use thao_web::components::{Button, Choice, Field, FieldErrors, Form, Icon, date_typed};
use thao_web::{Ask, Chrome, Page, Reply, Sent, saying};

use crate::criterion::{self, Criterion, NewCriterion};
use crate::list;
use crate::pages::at::At;
use crate::pages::words;

const LONGEST: usize = 300;

/// What stands in the form.
#[derive(Debug, Clone, Default)]
struct Typed {
    title_vi: String,
    title_en: String,
    subject: String,
    source: String,
    code: String,
    from: String,
}

impl Typed {
    fn of(sent: &Sent) -> Typed {
        let text = |name| sent.text(name).to_owned();
        Typed {
            title_vi: text("title_vi"),
            title_en: text("title_en"),
            subject: text("subject"),
            source: text("source"),
            code: text("code"),
            from: text("valid_from"),
        }
    }

    fn of_criterion(lang: Lang, criterion: &Criterion) -> Typed {
        Typed {
            title_vi: criterion.title_vi.clone(),
            title_en: criterion.title_en.clone(),
            subject: criterion.subject.clone(),
            source: criterion.source.clone(),
            code: criterion.code.clone().unwrap_or_default(),
            from: lang.date(criterion.valid_from),
        }
    }

    /// What is meant, or everything that is wrong.
    fn read(&self) -> Result<NewCriterion, Vec<(&'static str, &'static str)>> {
        let mut wrong = Vec::new();
        let title_vi = text::tidy(&self.title_vi);
        if title_vi.is_empty() || LONGEST < title_vi.chars().count() {
            wrong.push(("title_vi", "plan.error.criterion_title"));
        }
        let known = UnitKind::from_code(&self.subject).is_some()
            || list::thing_kind(&self.subject).is_some();
        if !known {
            wrong.push(("subject", "plan.error.subject"));
        }
        let source = text::tidy(&self.source);
        if source.is_empty() || LONGEST < source.chars().count() {
            wrong.push(("source", "plan.error.criterion_source"));
        }
        for (field, typed) in [("title_en", &self.title_en), ("code", &self.code)] {
            if LONGEST < typed.chars().count() {
                wrong.push((field, "plan.error.too_long"));
            }
        }
        let valid_from = date_typed(&self.from);
        if valid_from.is_none() {
            wrong.push(("valid_from", "plan.error.date"));
        }
        let (Some(valid_from), true) = (valid_from, wrong.is_empty()) else { return Err(wrong) };
        let some = |typed: &str| Some(text::tidy(typed)).filter(|typed| !typed.is_empty());
        Ok(NewCriterion {
            code: some(&self.code),
            title_en: some(&self.title_en).unwrap_or_else(|| title_vi.clone()),
            title_vi,
            subject: self.subject.clone(),
            source,
            valid_from,
            valid_to: None,
        })
    }
}

pub(crate) async fn new(ask: Ask) -> Reply {
    let today = ask.today();
    let seen = ask.read(|_, _| Ok(())).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = Typed { from: chrome.lang.date(today), ..Typed::default() };
    Ok(page(&ask, &chrome, None, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn add(ask: Ask, sent: Sent) -> Reply {
    submit(ask, None, sent).await
}

pub(crate) async fn show(ask: Ask, At(id): At<CriterionId>) -> Reply {
    let seen = ask.read(move |tx, _| criterion::get(tx, id)).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = Typed::of_criterion(chrome.lang, &seen.it);
    Ok(page(&ask, &chrome, Some(&seen.it), &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn change(ask: Ask, At(id): At<CriterionId>, sent: Sent) -> Reply {
    submit(ask, Some(id), sent).await
}

async fn submit(ask: Ask, id: Option<CriterionId>, sent: Sent) -> Reply {
    let typed = Typed::of(&sent);
    let form = typed.clone();
    let act = if id.is_some() { "plan.act.edit_criterion" } else { "plan.act.add_criterion" };
    let done = ask
        .submit(act, &sent, move |tx, _, stamp, _| {
            let existing = id.map(|id| criterion::get(tx, id)).transpose()?;
            let wanted = form.read().map_err(|wrong| first(&wrong))?;
            let id = match existing {
                Some(existing) => {
                    criterion::edit(tx, stamp, existing.id, &wanted)?;
                    existing.id
                }
                None => criterion::add(tx, stamp, &wanted)?,
            };
            Ok(saying(&format!("/plan/criteria/{id}"), "plan.notice.criterion_saved"))
        })
        .await;
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let seen = ask.read(move |tx, _| id.map(|id| criterion::get(tx, id)).transpose()).await?;
    let chrome = ask.chrome(&seen.actor);
    let mut errors = FieldErrors::new();
    match typed.read() {
        Err(all) => {
            for (field, key) in all {
                errors.add(field, chrome.lang.t(key));
            }
        }
        Ok(_) => {
            errors.add(wrong.field_name().unwrap_or_default(), wrong.words(chrome.lang));
        }
    }
    let page = page(&ask, &chrome, seen.it.as_ref(), &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn first(wrong: &[(&'static str, &'static str)]) -> Error {
    match wrong.first() {
        Some((field, key)) => Error::invalid(key).field(field),
        None => Error::internal("a form was refused without a reason"),
    }
}

fn page(
    ask: &Ask,
    chrome: &Chrome,
    existing: Option<&Criterion>,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let (title, action) = match existing {
        Some(one) => (one.title(lang), format!("/plan/criteria/{}/edit", one.id)),
        None => (lang.t("plan.criteria.new"), "/plan/criteria".to_owned()),
    };
    // What was found was found of such subjects: another subject is another criterion.
    let may = |code: &str| existing.is_none_or(|one| one.subject == code);
    let mut subject = Choice::select("subject", lang.t("plan.criteria.subject"));
    if existing.is_none() {
        subject = subject.option("", lang.t("plan.form.choose"));
    }
    let units = UnitKind::ALL.iter().map(|kind| kind.code());
    let all = units.chain(list::thing_kinds().iter().map(|kind| kind.key.as_str()));
    let options = all.filter(|code| may(code)).map(|code| (code, words::subject(lang, code)));
    Page::new(chrome, title)
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb("/plan/criteria", lang.t("plan.criteria.title"))
        .lead(lang.t("plan.criteria.form_lead"))
        .errors(errors)
        .narrow()
        .body(html! {
            (Form::post(chrome, action).once(ask.form_id()).body(html! {
                (Field::text("title_vi", lang.t("plan.form.criterion_title"))
                    .value(typed.title_vi.as_str())
                    .hint(lang.t("plan.form.criterion_title_hint")).errors(errors))
                (Field::text("title_en", lang.t("plan.criteria.title_en"))
                    .value(typed.title_en.as_str()).optional(lang).errors(errors))
                (subject.options(options).chosen(typed.subject.as_str()).errors(errors))
                (Field::text("source", lang.t("plan.form.criterion_source"))
                    .value(typed.source.as_str())
                    .hint(lang.t("plan.form.criterion_source_hint")).errors(errors))
                (Field::text("code", lang.t("plan.criteria.code"))
                    .value(typed.code.as_str()).short().optional(lang).errors(errors))
                (Field::date(lang, "valid_from", lang.t("plan.criteria.from"))
                    .value(typed.from.as_str()).errors(errors))
                (Button::primary(lang.t("plan.criteria.save")).icon(Icon::Check))
            }))
        })
}
