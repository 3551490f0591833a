//! `/plan/training/{id}`: a row beside what was held, and its payments.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{CoursePlanId, Error, Lang, PaymentId, Result, Tx, cast};
use thao_web::components::{
    Button, Column, Confirm, Empty, Facts, Field, FieldErrors, Form, Icon, LinkButton, Stat, Table,
    beside, stats,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Sent, saying};

use super::{Rights, dong, pace_badge, seen};
use crate::course_plan::rule::{Held, pace};
use crate::course_plan::{self, By, CoursePlan, NewPayment, Payment};
use crate::pages::at::At;
use crate::pages::typed::{Fields, Reading, Wrong, errors, first};

const FIELDS: [&str; 3] = ["amount", "on", "document"];

struct Shown {
    row: CoursePlan,
    held: Option<Held>,
    payments: Vec<Payment>,
    rights: Rights,
    today: Date,
}

pub(crate) async fn show(ask: Ask, At(id): At<CoursePlanId>) -> Reply {
    let today = ask.today();
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let typed = Fields::default();
    Ok(page(&ask, &chrome, &seen.it, &typed, &FieldErrors::new()).into_response())
}

pub(crate) async fn pay(ask: Ask, At(id): At<CoursePlanId>, sent: Sent) -> Reply {
    let today = ask.today();
    let typed = Fields::of(&sent, &FIELDS);
    let form = typed.clone();
    let done = ask
        .submit("plan.act.add_payment", &sent, move |tx, actor, stamp, _| {
            payable(tx, actor, id, stamp.today())?;
            let new = read(&form, stamp.today()).map_err(|wrong| first(&wrong))?;
            course_plan::pay(tx, stamp, id, &new)?;
            Ok(saying(&format!("/plan/training/{id}"), "plan.notice.payment_added"))
        })
        .await;
    let wrong = match done {
        Ok(response) => return Ok(response),
        Err(error) if error.field_name().is_none() => return Err(error.into()),
        Err(error) => error,
    };
    let seen = ask.read(move |tx, actor| load(tx, actor, id, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    let errors = errors(chrome.lang, read(&typed, today), &wrong);
    let page = page(&ask, &chrome, &seen.it, &typed, &errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(crate) async fn unpay(
    ask: Ask,
    At((id, payment)): At<(CoursePlanId, PaymentId)>,
    sent: Sent,
) -> Reply {
    let done = ask.submit("plan.act.withdraw_payment", &sent, move |tx, actor, stamp, _| {
        payable(tx, actor, id, stamp.today())?;
        course_plan::withdraw_payment(tx, stamp, id, payment)?;
        Ok(saying(&format!("/plan/training/{id}"), "plan.notice.payment_withdrawn"))
    });
    Ok(done.await?)
}

fn payable(tx: &mut Tx<'_>, actor: &Actor, id: CoursePlanId, today: Date) -> Result<()> {
    let (_, rights) = seen(tx, actor, id, today)?;
    if rights.pay { Ok(()) } else { Err(Error::forbidden()) }
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: CoursePlanId, today: Date) -> Result<Shown> {
    let (row, rights) = seen(tx, actor, id, today)?;
    let scope = actor.scope(Action::SeeBoards, today);
    let held = match row.course {
        Some(_) => {
            let found = course_plan::held(tx, &scope, row.year, By::Row)?;
            Some(found.get(&cast(id)).copied().unwrap_or_default())
        }
        None => None,
    };
    Ok(Shown { payments: course_plan::list_payments(tx, id)?, row, held, rights, today })
}

/// What was meant, or everything that is wrong with it.
fn read(fields: &Fields, today: Date) -> Result<NewPayment, Vec<Wrong>> {
    let mut reading = Reading::new(fields);
    let amount = reading.maybe_whole("amount", "plan.error.amount");
    if reading.text("amount").is_empty() || amount == Some(0) {
        reading.wrong("amount", "plan.error.amount");
    }
    let on = reading.date("on");
    if on.is_some_and(|day| today < day) {
        reading.wrong("on", "plan.error.day_to_come");
    }
    let document = reading.line("document", "plan.error.document");
    let meant = amount.zip(on).map(|(amount, on)| NewPayment { amount, on, document });
    reading.end(meant)
}

fn page(ask: &Ask, chrome: &Chrome, shown: &Shown, typed: &Fields, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let row = &shown.row;
    let mut page = Page::new(chrome, row.title.clone())
        .crumb(
            format!("/plan/training?year={}", row.year),
            lang.f("plan.training.title", &[("year", &row.year)]),
        )
        .errors(errors);
    if shown.rights.edit {
        let href = format!("/plan/training/{}/edit", row.id);
        page = page.actions(html! { (LinkButton::quiet(href, lang.t("plan.training.edit"))) });
    }
    page.body(html! {
        (facts(lang, shown))
        (figures(lang, shown))
        section.flow {
            h2 { (lang.t("plan.training.payments")) }
            (payments(chrome, shown))
            @if shown.rights.pay { (form(ask, chrome, row.id, typed, errors)) }
        }
    })
}

fn facts(lang: Lang, shown: &Shown) -> Markup {
    let row = &shown.row;
    let pace = pace(&row.planned(), shown.held.as_ref(), row.year, row.due, shown.today);
    let mut facts = Facts::new()
        .fact(lang.t("plan.training.pace"), pace_badge(lang, pace))
        .fact(lang.t("plan.tasks.unit"), &row.unit_name)
        .fact(lang.t("plan.training.area"), &row.area_name);
    if let Some(audience) = &row.audience {
        facts = facts.fact(lang.t("plan.training.audience"), audience);
    }
    if let Some(funds) = &row.funds {
        facts = facts.fact(lang.t("plan.training.funds"), funds);
    }
    if let Some(day) = row.due {
        facts = facts.fact(lang.t("plan.training.due"), lang.date(day));
    }
    html! { (facts) }
}

fn figures(lang: Lang, shown: &Shown) -> Markup {
    let row = &shown.row;
    let paid = shown.payments.iter().map(|payment| payment.amount).sum();
    let part = |key, part, whole: Option<i64>| match whole {
        Some(whole) => Stat::part(lang, lang.t(key), part, whole),
        None => Stat::count(lang, lang.t(key), part),
    };
    html! {
        @match &shown.held {
            None => p { (lang.t("plan.training.not_counted")) },
            Some(held) => (stats(html! {
                (part("plan.training.classes", held.classes, row.classes))
                (part("plan.training.places", held.registered, row.places))
                (Stat::count(lang, lang.t("plan.training.came"), held.people)
                    .note(lang.f("plan.training.turns", &[("n", &lang.number(held.turns))])))
                (Stat::count(lang, lang.t("plan.training.finished"), held.finished)
                    .note(lang.f("plan.training.passed_note",
                        &[("n", &lang.number(held.passed))])))
            })),
        }
        (stats(html! {
            (part("plan.training.paid", paid, row.budget).note(lang.t("plan.training.in_dong")))
        }))
    }
}

fn payments(chrome: &Chrome, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let rows = shown.payments.iter().map(|payment| {
        let path = format!("/plan/training/{}/payments/{}/withdrawal", shown.row.id, payment.id);
        let form = Form::post(chrome, path).body(Button::danger(lang.t("plan.training.unpay_now")));
        let question = lang.f(
            "plan.training.unpay_words",
            &[("amount", &dong(lang, payment.amount)), ("day", &lang.date(payment.on))],
        );
        [
            html! { (lang.date(payment.on)) },
            html! { (payment.document) },
            html! { (dong(lang, payment.amount)) },
            html! {
                @if shown.rights.pay {
                    (Confirm::new(lang.t("plan.figures.withdraw"), question, form))
                }
            },
        ]
    });
    let empty =
        Empty::new(lang.t("plan.training.no_payments"), lang.t("plan.training.no_payments_words"));
    html! {
        (Table::new(lang, lang.t("plan.training.payments"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.training.paid_on")))
            .column(Column::text(lang.t("plan.training.document")))
            .column(Column::number(lang.t("plan.training.amount")))
            .column(Column::actions(lang.t("plan.figures.actions")))
            .rows(rows)
            .empty(empty))
    }
}

fn form(
    ask: &Ask,
    chrome: &Chrome,
    id: CoursePlanId,
    typed: &Fields,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let path = format!("/plan/training/{id}/payments");
    html! {
        h3 { (lang.t("plan.training.pay")) }
        (Form::post(chrome, path).once(ask.form_id()).body(html! {
            (beside(html! {
                (Field::number("amount", lang.t("plan.training.amount"))
                    .value(typed.text("amount")).hint(lang.t("plan.training.in_dong"))
                    .errors(errors))
                (Field::date(lang, "on", lang.t("plan.training.paid_on"))
                    .value(typed.text("on")).errors(errors))
            }))
            (Field::text("document", lang.t("plan.training.document"))
                .value(typed.text("document")).hint(lang.t("plan.training.document_hint"))
                .errors(errors))
            (Button::primary(lang.t("plan.training.pay_save")).icon(Icon::Check))
        }))
    }
}
