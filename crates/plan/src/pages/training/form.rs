//! The form of a row of the year's training plan.

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, Result, Tx};
use thao_catalog::course::{self, Course};
use thao_people::unit::{self, Place};
use thao_web::components::{Button, Choice, Field, FieldErrors, Form, Icon, beside, fieldset};
use thao_web::{Action, Actor, Ask, Chrome};

use crate::course_plan::{CoursePlan, NewCoursePlan};
use crate::pages::typed::{Fields, Reading, Wrong};

pub(super) const FIELDS: [&str; 11] = [
    "year", "unit", "area", "course", "title", "audience", "classes", "places", "budget", "funds",
    "due",
];

/// What can be chosen.
pub(super) struct Choices {
    pub(super) units: Vec<Place>,
    pub(super) courses: Vec<Course>,
}

pub(super) fn choices(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Choices> {
    let scope = actor.scope(Action::SetTargets, today);
    let units = unit::list_above_villages(tx, &scope)?;
    Ok(Choices { units, courses: course::list(tx)? })
}

/// A form nobody has filled in yet.
pub(super) fn fresh(choices: &Choices, year: i32) -> Fields {
    let first = choices.units.iter().min_by_key(|place| place.depth);
    let first = first.map(|place| place.unit.to_string());
    Fields::default()
        .set("year", year.to_string())
        .maybe("unit", first.clone())
        .maybe("area", first)
}

pub(super) fn typed(lang: Lang, row: &CoursePlan) -> Fields {
    let number = |n: Option<i64>| n.map(|n| lang.number(n));
    Fields::default()
        .set("year", row.year.to_string())
        .set("unit", row.unit.to_string())
        .set("area", row.area.to_string())
        .maybe("course", row.course.map(|course| course.to_string()))
        .set("title", row.title.clone())
        .maybe("audience", row.audience.clone())
        .maybe("classes", number(row.classes))
        .maybe("places", number(row.places))
        .maybe("budget", number(row.budget))
        .maybe("funds", row.funds.clone())
        .maybe("due", row.due.map(|day| lang.date(day)))
}

/// What was meant, or everything that is wrong with it. A row of a course may go without a title:
/// the store's caller puts in the course's.
pub(super) fn read(fields: &Fields) -> Result<NewCoursePlan, Vec<Wrong>> {
    let mut reading = Reading::new(fields);
    let year: Option<i32> = reading.chosen("year", "plan.error.year");
    if year.is_some_and(|year| !(2000..2200).contains(&year)) {
        reading.wrong("year", "plan.error.year");
    }
    let unit = reading.chosen("unit", "plan.error.unit");
    let area = reading.chosen("area", "plan.error.unit");
    let course = match reading.text("course").is_empty() {
        true => None,
        false => reading.chosen("course", "plan.error.course"),
    };
    let title = match course {
        Some(_) => reading.maybe_line("title").unwrap_or_default(),
        None => reading.line("title", "plan.error.course_title"),
    };
    let audience = reading.maybe_line("audience");
    let classes = reading.maybe_whole("classes", "plan.error.whole");
    let places = reading.maybe_whole("places", "plan.error.whole");
    for (name, typed) in [("classes", classes), ("places", places)] {
        if typed.is_some_and(|n| i64::from(i32::MAX) < n) {
            reading.wrong(name, "plan.error.whole");
        }
    }
    let budget = reading.maybe_whole("budget", "plan.error.amount");
    let funds = reading.maybe_line("funds");
    let due = reading.maybe_date("due");
    let meant = year.zip(unit).zip(area).map(|((year, unit), area)| NewCoursePlan {
        year,
        unit,
        area,
        course,
        title,
        audience,
        classes,
        places,
        budget,
        funds,
        due,
    });
    reading.end(meant)
}

pub(super) fn form(
    ask: &Ask,
    chrome: &Chrome,
    action: &str,
    choices: &Choices,
    typed: &Fields,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let text = |name, key| Field::text(name, lang.t(key)).value(typed.text(name)).errors(errors);
    let number =
        |name, key| Field::number(name, lang.t(key)).value(typed.text(name)).errors(errors);
    let units = |name, key| {
        let units = choices.units.iter().map(|place| (place.unit.to_string(), place.path.clone()));
        Choice::select(name, lang.t(key)).options(units).chosen(typed.text(name)).errors(errors)
    };
    let courses = choices.courses.iter().map(|c| (c.id.to_string(), c.title(lang).to_owned()));
    let what = html! {
        (Choice::select("course", lang.t("plan.training.catalogue"))
            .option("", lang.t("plan.training.no_course"))
            .options(courses).chosen(typed.text("course"))
            .hint(lang.t("plan.training.catalogue_hint")).errors(errors))
        (text("title", "plan.training.course").hint(lang.t("plan.training.title_hint"))
            .optional(lang))
        (text("audience", "plan.training.audience").optional(lang))
    };
    let who = html! {
        (units("unit", "plan.tasks.unit"))
        (units("area", "plan.training.area").hint(lang.t("plan.training.area_hint")))
    };
    let much = html! {
        (beside(html! {
            (number("year", "plan.training.year"))
            (Field::date(lang, "due", lang.t("plan.training.due"))
                .value(typed.text("due")).optional(lang).errors(errors))
        }))
        (beside(html! {
            (number("classes", "plan.training.classes_planned").optional(lang))
            (number("places", "plan.training.places_planned").optional(lang))
        }))
        (beside(html! {
            (number("budget", "plan.training.budget").optional(lang))
            (text("funds", "plan.training.funds").hint(lang.t("plan.training.funds_hint"))
                .optional(lang))
        }))
    };
    html! {
        (Form::post(chrome, action).once(ask.form_id()).body(html! {
            (fieldset(lang.t("plan.training.what"), what))
            (fieldset(lang.t("plan.training.who"), who))
            (fieldset(lang.t("plan.training.much"), much))
            (Button::primary(lang.t("plan.training.save")).icon(Icon::Check))
        }))
    }
}

#[cfg(test)]
mod tests {
    use thao_base::{CourseId, UnitId};

    use super::*;
    use crate::world::small_id;

    fn good() -> Fields {
        let unit = small_id::<UnitId>(1).to_string();
        Fields::default()
            .set("year", "2026")
            .set("unit", unit.clone())
            .set("area", unit)
            .set("title", "Kỹ năng số")
            .set("places", "3.400")
            .set("budget", "1.200.000.000")
    }

    #[test]
    fn a_title_may_be_left_to_the_course() {
        let row = read(&good()).unwrap();
        assert_eq!((row.places, row.budget, row.classes), (Some(3_400), Some(1_200_000_000), None));
        let course = small_id::<CourseId>(3).to_string();
        let row = read(&good().set("title", "").set("course", course)).unwrap();
        assert_eq!(row.title, "");
    }

    #[test]
    fn each_field_that_is_wrong_is_named() {
        for (field, value, key) in [
            ("year", "26", "plan.error.year"),
            ("unit", "", "plan.error.unit"),
            ("course", "x", "plan.error.course"),
            ("title", "", "plan.error.course_title"),
            ("places", "nhiều", "plan.error.whole"),
            ("classes", "9.999.999.999", "plan.error.whole"),
            ("budget", "-1", "plan.error.amount"),
            ("due", "31/02/2026", "plan.error.date"),
        ] {
            assert_eq!(read(&good().set(field, value)).unwrap_err(), [(field, key)], "{value}");
        }
    }
}
