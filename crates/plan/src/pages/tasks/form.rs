//! The form of a task.

use maud::{Markup, html};
use thao_base::{Lang, PlanId, Result, Tx};
use thao_people::unit::{self, Place};
use thao_web::components::{Button, Choice, Field, FieldErrors, Form, Icon, beside};
use thao_web::{Action, Actor, Ask, Chrome};

use crate::pages::typed::{Fields, Reading, Wrong};
use crate::task::{NewTask, Task};

pub(super) const FIELDS: [&str; 6] = ["no", "title", "unit", "taking_part", "deadline", "product"];

/// The units a task of a plan may be given to: the plan's own and all below it but villages.
pub(super) fn units(tx: &mut Tx<'_>, actor: &Actor, ask: &Ask, plan: &Place) -> Result<Vec<Place>> {
    let scope = actor.scope(Action::SetTargets, ask.today()).within(plan.span());
    unit::list_above_villages(tx, &scope)
}

pub(super) fn typed(lang: Lang, task: &Task) -> Fields {
    Fields::default()
        .maybe("no", task.no.clone())
        .set("title", task.title.clone())
        .set("unit", task.unit.to_string())
        .maybe("taking_part", task.taking_part.clone())
        .maybe("deadline", task.deadline.map(|day| lang.date(day)))
        .maybe("product", task.product.clone())
}

/// What was meant, or everything that is wrong with it.
pub(super) fn read(fields: &Fields, plan: PlanId) -> Result<NewTask, Vec<Wrong>> {
    let mut reading = Reading::new(fields);
    let no = reading.maybe_line("no");
    let title = reading.line("title", "plan.error.task_title");
    let unit = reading.chosen("unit", "plan.error.task_unit");
    let taking_part = reading.maybe_lines("taking_part");
    let deadline = reading.maybe_date("deadline");
    let product = reading.maybe_line("product");
    let meant = unit.map(|unit| NewTask { plan, no, title, unit, taking_part, deadline, product });
    reading.end(meant)
}

pub(super) fn form(
    ask: &Ask,
    chrome: &Chrome,
    action: &str,
    units: &[Place],
    typed: &Fields,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let text = |name, key| Field::text(name, lang.t(key)).value(typed.text(name)).errors(errors);
    let units = units.iter().map(|place| (place.unit.to_string(), place.path.clone()));
    html! {
        (Form::post(chrome, action).once(ask.form_id()).body(html! {
            (text("no", "plan.tasks.no").short().hint(lang.t("plan.tasks.no_hint")).optional(lang))
            (text("title", "plan.tasks.task"))
            (Choice::select("unit", lang.t("plan.tasks.unit"))
                .option("", lang.t("plan.form.choose")).options(units)
                .chosen(typed.text("unit")).errors(errors))
            (Field::long("taking_part", lang.t("plan.tasks.taking_part")).lines(2)
                .value(typed.text("taking_part")).hint(lang.t("plan.tasks.taking_part_hint"))
                .optional(lang).errors(errors))
            (beside(html! {
                (Field::date(lang, "deadline", lang.t("plan.tasks.deadline"))
                    .value(typed.text("deadline")).optional(lang).errors(errors))
                (text("product", "plan.tasks.product")
                    .hint(lang.t("plan.tasks.product_hint")).optional(lang))
            }))
            (Button::primary(lang.t("plan.tasks.save")).icon(Icon::Check))
        }))
    }
}
