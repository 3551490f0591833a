//! `/plan/rules`: the least training a year as dated rules: the list, another one, the end of one.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use thao_base::{Error, Lang, Result, TrainingRuleId};
use thao_web::components::{
    Badge, Button, Check, Choice, Column, Empty, Field, FieldErrors, Form, Icon, LinkButton, Table,
    below, beside, date_typed, toolbar,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, Sent, check, saying, saying_n};

use super::amount;
use crate::pages::at::At;
use crate::pages::typed::{Fields, Reading, Wrong, errors, first};
use crate::training_rule::{self, AmountUnit, NewRule, TrainingRule};

const FIELDS: [&str; 9] = [
    "title",
    "categories",
    "amount",
    "unit",
    "minutes",
    "valid_from",
    "source",
    "established",
    "note",
];
/// Keys of content/lists/staff_categories.toml.
const CATEGORIES: [&str; 5] =
    ["can_bo", "cong_chuc", "vien_chuc", "nguoi_lao_dong", "khong_chuyen_trach"];

struct Shown {
    rules: Vec<TrainingRule>,
    may_set: bool,
    /// Rules of the list that were not taken in.
    left: usize,
}

pub(crate) async fn show(ask: Ask) -> Reply {
    let today = ask.today();
    let seen = ask
        .read(move |tx, actor| {
            let rules = training_rule::list(tx)?;
            let known = |key: &str| rules.iter().any(|rule| rule.code == key);
            let left = training_rule::entries().iter().filter(|entry| !known(&entry.key)).count();
            Ok(Shown { may_set: may_set(actor, today).is_ok(), left, rules })
        })
        .await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&ask, &chrome, &seen.it).into_response())
}

/// `POST /plan/rules/list`: takes in the rules the program comes with.
pub(crate) async fn take_list(ask: Ask, sent: Sent) -> Reply {
    let done = ask.submit("plan.act.take_rules", &sent, move |tx, actor, stamp, _| {
        may_set(actor, stamp.today())?;
        let n = training_rule::take_list(tx, stamp)?;
        Ok(saying_n("/plan/rules", "plan.notice.rules_taken", n))
    });
    Ok(done.await?)
}

pub(crate) async fn new(ask: Ask) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |_, actor| Ok(may_set(actor, today).is_ok())).await?;
    if !seen.it {
        // Rules hold in the whole province: who keeps a part of it reads them.
        return Ok(Redirect::to("/plan/rules").into_response());
    }
    let chrome = ask.chrome(&seen.actor);
    let typed = Fields::default()
        .set("unit", AmountUnit::Period.code())
        .set("minutes", "45")
        .set("valid_from", chrome.lang.date(today));
    Ok(new_page(&ask, &chrome, &typed, &[], &FieldErrors::new()).into_response())
}

pub(crate) async fn add(ask: Ask, sent: Sent) -> Reply {
    let typed = Fields::of(&sent, &FIELDS);
    let categories: Vec<String> = sent.all("categories").map(str::to_owned).collect();
    let (form, chosen) = (typed.clone(), categories.clone());
    let done = ask
        .submit("plan.act.add_rule", &sent, move |tx, actor, stamp, _| {
            may_set(actor, stamp.today())?;
            let mut new = read(&form, &chosen).map_err(|wrong| first(&wrong))?;
            new.code = format!("rule_{}", stamp.id::<TrainingRuleId>());
            training_rule::add(tx, stamp, &new)?;
            Ok(saying("/plan/rules", "plan.notice.rule_added"))
        })
        .await;
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let today = ask.today();
    let seen = ask.read(move |_, actor| may_set(actor, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let errors = errors(chrome.lang, read(&typed, &categories), &wrong);
    let page = new_page(&ask, &chrome, &typed, &categories, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /plan/rules/{id}/end`: `to` is the first day it no longer holds.
pub(crate) async fn end(ask: Ask, At(id): At<TrainingRuleId>, sent: Sent) -> Reply {
    let done = ask.submit("plan.act.end_rule", &sent, move |tx, actor, stamp, sent| {
        may_set(actor, stamp.today())?;
        let to = date_typed(sent.text("to")).ok_or_else(|| Error::invalid("plan.error.date"))?;
        let rule = training_rule::get(tx, id)?;
        training_rule::end(tx, stamp, &rule, to)?;
        Ok(saying("/plan/rules", "plan.notice.rule_ended"))
    });
    Ok(done.await?)
}

/// What holds in the whole province is set by whoever sets its targets.
fn may_set(actor: &Actor, today: jiff::civil::Date) -> Result<()> {
    check(actor, Action::SetTargets, Action::SetTargets, Resource::Everything, today)
        .map_err(|_| Error::forbidden())
}

/// What was meant, or everything that is wrong with it.
fn read(fields: &Fields, categories: &[String]) -> Result<NewRule, Vec<Wrong>> {
    let mut reading = Reading::new(fields);
    let title = reading.line("title", "plan.error.rule_title");
    let known = |code: &&String| CATEGORIES.contains(&code.as_str());
    let categories: Vec<String> = categories.iter().filter(known).cloned().collect();
    if categories.is_empty() {
        reading.wrong("categories", "plan.error.categories");
    }
    let mut small = |name, most| {
        let n = reading.maybe_whole(name, "plan.error.rule_amount");
        let n = n.and_then(|n| i32::try_from(n).ok()).filter(|n| (1..=most).contains(n));
        if n.is_none() && !reading.has_wrong(name) {
            reading.wrong(name, "plan.error.rule_amount");
        }
        n
    };
    let (amount, minutes) = (small("amount", 1_000), small("minutes", 1_440));
    let unit = AmountUnit::from_code(reading.text("unit"));
    if unit.is_none() {
        reading.wrong("unit", "plan.error.rule_unit");
    }
    let valid_from = reading.date("valid_from");
    let source = reading.line("source", "plan.error.rule_source");
    let note = reading.maybe_line("note");
    let established = !reading.text("established").is_empty();
    let meant = amount.zip(minutes).zip(unit).zip(valid_from);
    let meant = meant.map(|(((amount, minutes), unit), valid_from)| NewRule {
        code: String::new(),
        title_vi: title.clone(),
        title_en: title,
        categories,
        amount,
        unit,
        minutes,
        valid_from,
        valid_to: None,
        source,
        established,
        note_vi: note.clone(),
        note_en: note,
    });
    reading.end(meant)
}

fn unit_words(lang: Lang, unit: AmountUnit) -> &'static str {
    lang.t(match unit {
        AmountUnit::Period => "plan.minimum.unit_period",
        AmountUnit::Day => "plan.minimum.unit_day",
    })
}

fn page(ask: &Ask, chrome: &Chrome, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let rows = shown.rules.iter().map(|rule| {
        [
            html! {
                (rule.title(lang))
                @if let Some(note) = rule.note(lang) { (below(note)) }
            },
            html! { (amount(lang, rule)) },
            html! { (period(lang, rule)) },
            html! {
                (rule.source)
                @if !rule.established { " " (Badge::warn(lang.t("plan.minimum.not_established"))) }
            },
            html! { @if shown.may_set && rule.valid_to.is_none() { (end_form(chrome, rule)) } },
        ]
    });
    let empty = Empty::new(lang.t("plan.minimum.no_rules"), lang.t("plan.minimum.no_rules_words"));
    Page::new(chrome, lang.t("plan.minimum.rules"))
        .wide()
        .crumb("/plan/minimum", lang.t("plan.minimum.title"))
        .lead(lang.t("plan.minimum.rules_lead"))
        .actions(toolbar(html! {
            @if shown.may_set {
                (LinkButton::primary("/plan/rules/new", lang.t("plan.minimum.add"))
                    .icon(Icon::Plus))
            }
        }))
        .body(html! {
            (Table::new(lang, lang.t("plan.minimum.rules"))
                .caption_only_heard()
                .column(Column::text(lang.t("plan.minimum.rule")))
                .column(Column::text(lang.t("plan.minimum.amount")))
                .column(Column::text(lang.t("plan.plans.period")))
                .column(Column::text(lang.t("plan.figures.source")))
                .column(Column::actions(lang.t("plan.figures.actions")))
                .rows(rows)
                .empty(empty))
            @if shown.may_set && 0 < shown.left {
                (Form::post(chrome, "/plan/rules/list").once(ask.form_id()).body(html! {
                    p { (lang.t("plan.minimum.take_words")) }
                    (Button::quiet(lang.t("plan.minimum.take")))
                }))
            }
        })
}

fn period(lang: Lang, rule: &TrainingRule) -> String {
    let from = lang.date(rule.valid_from);
    match rule.valid_to.and_then(|day| day.yesterday().ok()) {
        Some(last) => lang.f("plan.plans.from_to", &[("from", &from), ("to", &lang.date(last))]),
        None => lang.f("plan.plans.from", &[("from", &from)]),
    }
}

fn end_form(chrome: &Chrome, rule: &TrainingRule) -> Markup {
    let lang = chrome.lang;
    let id = format!("to-{}", rule.id);
    html! {
        (Form::post(chrome, format!("/plan/rules/{}/end", rule.id)).inline().body(html! {
            (Field::date(lang, "to", lang.t("plan.minimum.end_on")).id(id))
            (Button::quiet(lang.t("plan.minimum.end")).context(rule.title(lang).to_owned()))
        }))
    }
}

fn new_page(
    ask: &Ask,
    chrome: &Chrome,
    typed: &Fields,
    categories: &[String],
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let mut staff = Choice::many("categories", lang.t("plan.form.categories"))
        .options(CATEGORIES.map(|code| (code, category(lang, code))));
    for code in categories {
        staff = staff.chosen(code.clone());
    }
    let number =
        |name, key| Field::number(name, lang.t(key)).value(typed.text(name)).errors(errors);
    let text = |name, key| Field::text(name, lang.t(key)).value(typed.text(name)).errors(errors);
    Page::new(chrome, lang.t("plan.minimum.add"))
        .crumb("/plan/rules", lang.t("plan.minimum.rules"))
        .lead(lang.t("plan.minimum.add_lead"))
        .errors(errors)
        .narrow()
        .body(html! {
            (Form::post(chrome, "/plan/rules").once(ask.form_id()).body(html! {
                (text("title", "plan.minimum.rule"))
                (staff.errors(errors))
                (beside(html! {
                    (number("amount", "plan.minimum.amount"))
                    (Choice::select("unit", lang.t("plan.minimum.unit"))
                        .options(AmountUnit::ALL.map(|unit| (unit.code(), unit_words(lang, unit))))
                        .chosen(typed.text("unit")).errors(errors))
                    (number("minutes", "plan.minimum.minutes"))
                }))
                (Field::date(lang, "valid_from", lang.t("plan.paper.valid_from"))
                    .value(typed.text("valid_from")).errors(errors))
                (text("source", "plan.figures.source").hint(lang.t("plan.minimum.source_hint")))
                (Check::new("established", lang.t("plan.minimum.established"))
                    .checked(!typed.text("established").is_empty()))
                (text("note", "plan.tasks.note").optional(lang))
                (Button::primary(lang.t("plan.minimum.save")).icon(Icon::Check))
            }))
        })
}

fn category(lang: Lang, code: &str) -> &'static str {
    lang.t(match code {
        "can_bo" => "people.category.can_bo",
        "cong_chuc" => "people.category.cong_chuc",
        "vien_chuc" => "people.category.vien_chuc",
        "nguoi_lao_dong" => "people.category.nguoi_lao_dong",
        _ => "people.category.khong_chuyen_trach",
    })
}
