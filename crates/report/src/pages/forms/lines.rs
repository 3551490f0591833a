//! The lines of a form: adding one, changing its words, ending it.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::{Error, Lang, ReportFormId, ReportLineId, Result, Tx};
use thao_web::components::{
    Button, Check, Choice, Column, Confirm, Field, FieldErrors, Form as Sending, Icon, Table,
    below, beside, details,
};
use thao_web::{Ask, Chrome, Reply, Sent, saying};

use super::fields::Typed as FormTyped;
use super::one::{self, Shown};
use crate::form::{self, Entry, Line, NewLine};
use crate::pages::at::At;
use crate::pages::reach;

/// What stands in the fields of a line.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    code: String,
    entry: String,
    target: String,
    title_vi: String,
    title_en: String,
    unit_vi: String,
    unit_en: String,
    note: String,
    sum_of: String,
    required: bool,
    sourced: bool,
}

impl Typed {
    pub(super) fn fresh() -> Typed {
        Typed {
            entry: Entry::Count.code().to_owned(),
            unit_vi: "người".to_owned(),
            unit_en: "people".to_owned(),
            required: true,
            ..Typed::default()
        }
    }

    fn of(sent: &Sent) -> Typed {
        let text = |name| sent.text(name).to_owned();
        Typed {
            code: text("code"),
            entry: text("entry"),
            target: text("target"),
            title_vi: text("line_vi"),
            title_en: text("line_en"),
            unit_vi: text("unit_vi"),
            unit_en: text("unit_en"),
            note: text("note"),
            sum_of: text("sum_of"),
            required: sent.some("required").is_some(),
            sourced: sent.some("sourced").is_some(),
        }
    }

    fn of_line(line: &Line) -> Typed {
        Typed {
            code: line.code.clone(),
            entry: line.entry().code().to_owned(),
            title_vi: line.title_vi.clone(),
            title_en: line.title_en.clone(),
            unit_vi: line.unit_vi.clone(),
            unit_en: line.unit_en.clone(),
            note: line.note.clone().unwrap_or_default(),
            required: line.required,
            sourced: line.sourced,
            ..Typed::default()
        }
    }

    fn read(&self, valid_from: jiff::civil::Date) -> NewLine {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let title = self.title_vi.trim().to_owned();
        let unit = self.unit_vi.trim().to_owned();
        NewLine {
            code: self.code.trim().to_owned(),
            entry: Entry::from_code(&self.entry).unwrap_or(Entry::Count),
            target: self.target.parse().ok(),
            title_en: some(&self.title_en).unwrap_or_else(|| title.clone()),
            title_vi: title,
            unit_en: some(&self.unit_en).unwrap_or_else(|| unit.clone()),
            unit_vi: unit,
            note: some(&self.note),
            required: self.required,
            sourced: self.sourced,
            sum_of: self.sum_of.split(['+', ',', ' ']).filter_map(some).collect(),
            valid_from,
        }
    }
}

pub(crate) async fn add(ask: Ask, At(id): At<ReportFormId>, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("report.act.add_line", &sent, move |tx, actor, stamp, sent| {
        let form = reach::own_form(tx, actor, id, today)?;
        // From the first period on: what was filed without it stays without it.
        form::add_line(tx, stamp, id, &Typed::of(sent).read(form.valid_from))?;
        Ok(saying(&format!("/report/forms/{id}"), "report.notice.line_added"))
    });
    let wrong = match done.await {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let seen = ask.read(move |tx, actor| one::load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let mut errors = FieldErrors::new();
    let field = match wrong.field_name().unwrap_or_default() {
        "title_vi" => "line_vi",
        field => field,
    };
    errors.add(field, wrong.words(chrome.lang));
    let typed = FormTyped::of_form(chrome.lang, &seen.it.form);
    let page = one::page(&ask, &chrome, &seen.it, &typed, &Typed::of(&sent), &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

type Place = At<(ReportFormId, ReportLineId)>;

pub(crate) async fn change(ask: Ask, At((id, line)): Place, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("report.act.edit_line", &sent, move |tx, actor, stamp, sent| {
        let form = reach::own_form(tx, actor, id, today)?;
        find(tx, &form, line, today)?;
        form::edit_line(tx, stamp, line, &Typed::of(sent).read(form.valid_from))?;
        Ok(saying(&format!("/report/forms/{id}"), "report.notice.line_edited"))
    });
    Ok(done.await?)
}

pub(crate) async fn withdraw(ask: Ask, At((id, line)): Place, sent: Sent) -> Reply {
    let today = ask.today();
    let done = ask.submit("report.act.end_line", &sent, move |tx, actor, stamp, _| {
        let form = reach::own_form(tx, actor, id, today)?;
        find(tx, &form, line, today)?;
        form::end_line(tx, stamp, line, today)?;
        Ok(saying(&format!("/report/forms/{id}"), "report.notice.line_ended"))
    });
    Ok(done.await?)
}

/// A line of the form that stands.
fn find(
    tx: &mut Tx<'_>,
    form: &form::Form,
    line: ReportLineId,
    today: jiff::civil::Date,
) -> Result<Line> {
    let lines = form::list_lines(tx, form.id, today.max(form.valid_from))?;
    lines.into_iter().find(|known| known.id == line).ok_or_else(Error::not_found)
}

fn entry_words(lang: Lang, entry: Entry) -> &'static str {
    lang.t(match entry {
        Entry::Target => "report.entry.target",
        Entry::Share => "report.entry.share",
        Entry::Count => "report.entry.count",
    })
}

pub(super) fn table(ask: &Ask, chrome: &Chrome, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let rows = shown.lines.iter().map(|line| {
        let sum = line.sum_of();
        [
            html! { (line.code) },
            html! {
                div {
                    (line.title(lang))
                    @if let Some(note) = &line.note { (below(note)) }
                    @if !sum.is_empty() {
                        (below(&lang.f("report.form.is_sum", &[("codes", &sum.join(" + "))])))
                    }
                }
            },
            html! { (line.unit(lang)) },
            html! {
                div {
                    (entry_words(lang, line.entry()))
                    @if !line.required { (below(lang.t("report.return.optional"))) }
                    @if line.sourced { (below(lang.t("report.form.sourced"))) }
                }
            },
            html! { @if shown.may_edit { (edit(ask, chrome, shown, line)) } },
        ]
    });
    html! {
        (Table::new(lang, lang.t("report.form.lines"))
            .caption_only_heard()
            .column(Column::text(lang.t("report.form.code")))
            .column(Column::text(lang.t("report.column.line")))
            .column(Column::text(lang.t("report.form.unit_of")))
            .column(Column::text(lang.t("report.form.entry")))
            .column(Column::actions(lang.t("report.form.edit")))
            .rows(rows))
    }
}

fn edit(ask: &Ask, chrome: &Chrome, shown: &Shown, line: &Line) -> Markup {
    let lang = chrome.lang;
    let here = format!("/report/forms/{}/lines/{}", shown.form.id, line.id);
    let errors = FieldErrors::new();
    let typed = Typed::of_line(line);
    let words = Sending::post(chrome, here.clone()).once(ask.form_id()).body(html! {
        (words_fields(lang, &typed, &errors, &line.id.to_string()))
        (Button::quiet(lang.t("report.form.save_line")).context(line.code.clone()))
    });
    let end = Sending::post(chrome, format!("{here}/withdrawal"))
        .once(ask.form_id())
        .body(Button::danger(lang.t("report.form.end_line")).context(line.code.clone()));
    html! {
        (details(&lang.f("report.form.edit_line", &[("code", &line.code)]), html! {
            (words)
            (Confirm::new(lang.t("report.form.end_line"), lang.t("report.form.end_line_words"), end))
        }))
    }
}

/// The fields that may change while returns stand; `of` keeps their ids apart on one page.
fn words_fields(lang: Lang, typed: &Typed, errors: &FieldErrors, of: &str) -> Markup {
    let id = |name: &str| format!("{name}-{of}");
    html! {
        (Field::text("line_vi", lang.t("report.form.line_vi")).id(id("line_vi"))
            .value(typed.title_vi.as_str()).errors(errors))
        (Field::text("line_en", lang.t("report.form.line_en")).id(id("line_en"))
            .value(typed.title_en.as_str()).optional(lang).errors(errors))
        (beside(html! {
            (Field::text("unit_vi", lang.t("report.form.unit_of")).id(id("unit_vi"))
                .value(typed.unit_vi.as_str()).short().errors(errors))
            (Field::text("unit_en", lang.t("report.form.unit_of_en")).id(id("unit_en"))
                .value(typed.unit_en.as_str()).short().optional(lang).errors(errors))
        }))
        (Field::text("note", lang.t("report.form.note")).id(id("note"))
            .value(typed.note.as_str()).optional(lang).errors(errors))
        (Check::new("required", lang.t("report.form.required")).checked(typed.required))
        (Check::new("sourced", lang.t("report.form.sourced")).checked(typed.sourced))
    }
}

/// A line about to be added.
pub(super) fn form(
    ask: &Ask,
    chrome: &Chrome,
    shown: &Shown,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let targets = shown.targets.iter().map(|target| {
        let code = target.code.as_deref().map(|code| format!("{code} – ")).unwrap_or_default();
        (target.id.to_string(), format!("{code}{}", target.title(lang)))
    });
    let mut entry = Choice::one("entry", lang.t("report.form.entry"));
    for kind in Entry::ALL {
        if kind != Entry::Target || !shown.targets.is_empty() {
            entry = entry.option(kind.code(), entry_words(lang, kind));
        }
    }
    let action = format!("/report/forms/{}/lines", shown.form.id);
    let form = Sending::post(chrome, action).once(ask.form_id()).body(html! {
        (Field::text("code", lang.t("report.form.code")).value(typed.code.as_str()).short()
            .hint(lang.t("report.form.code_hint")).errors(errors))
        (entry.chosen(typed.entry.as_str()).errors(errors))
        @if !shown.targets.is_empty() {
            (Choice::select("target", lang.t("report.form.target"))
                .option("", lang.t("report.form.no_target"))
                .options(targets).chosen(typed.target.as_str()).errors(errors))
        }
        (words_fields(lang, typed, errors, "new"))
        (Field::text("sum_of", lang.t("report.form.sum_of")).value(typed.sum_of.as_str())
            .hint(lang.t("report.form.sum_hint")).optional(lang).errors(errors))
        (Button::primary(lang.t("report.form.add_line")).icon(Icon::Plus))
    });
    match errors.is_empty() && !shown.lines.is_empty() {
        true => html! { (details(lang.t("report.form.add_line"), form)) },
        false => html! { div.flow { h3 { (lang.t("report.form.add_line")) } (form) } },
    }
}
