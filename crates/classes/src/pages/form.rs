//! The form of a class: what was typed, what it means, and how it is shown.

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{CourseId, Lang, UnitId, text};
use thao_catalog::course::Course;
use thao_people::Place;
use thao_web::components::{Choice, Field, FieldErrors, beside, date_typed, fieldset};
use thao_web::{Chrome, Sent};

use crate::class::{Class, Details};
use crate::schedule::{self, Evening, MOST_EVENINGS, Rhythm};

/// Field and key of the words.
pub type Fault = (&'static str, &'static str);

const LONGEST_LINE: usize = 160;
const MOST_SEATS: i32 = 2000;

/// What stands in the form.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub course: String,
    pub unit: String,
    pub title: String,
    pub venue: String,
    pub bring: String,
    pub capacity: String,
    pub date: String,
    pub starts: String,
    pub ends: String,
    pub evenings: String,
    pub rhythm: String,
}

impl Typed {
    /// A class tomorrow evening, in the actor's own unit.
    pub fn fresh(lang: Lang, today: Date, unit: Option<UnitId>) -> Typed {
        let tomorrow = today.tomorrow().unwrap_or(today);
        Typed {
            unit: unit.map(|unit| unit.to_string()).unwrap_or_default(),
            date: lang.date(tomorrow),
            starts: "19:30".to_owned(),
            ends: "21:00".to_owned(),
            evenings: "1".to_owned(),
            rhythm: Rhythm::Weekly.code().to_owned(),
            ..Typed::default()
        }
    }

    pub fn of(sent: &Sent) -> Typed {
        let text = |name| sent.text(name).to_owned();
        Typed {
            course: text("course"),
            unit: text("unit"),
            title: text("title"),
            venue: text("venue"),
            bring: text("bring"),
            capacity: text("capacity"),
            date: text("date"),
            starts: text("starts"),
            ends: text("ends"),
            evenings: text("evenings"),
            rhythm: text("rhythm"),
        }
    }

    pub fn of_class(class: &Class) -> Typed {
        Typed {
            title: class.title.clone(),
            venue: class.venue.clone(),
            bring: class.bring.clone().unwrap_or_default(),
            capacity: class.capacity.map(|seats| seats.to_string()).unwrap_or_default(),
            ..Typed::default()
        }
    }

    /// The class meant, for a course and a unit that are known; its title may still be empty.
    pub fn details(&self, course: CourseId, unit: UnitId, faults: &mut Vec<Fault>) -> Details {
        let venue = text::tidy(&self.venue);
        if venue.is_empty() {
            faults.push(("venue", "classes.error.venue_missing"));
        }
        for (field, typed) in
            [("title", &self.title), ("venue", &self.venue), ("bring", &self.bring)]
        {
            if LONGEST_LINE < typed.chars().count() {
                faults.push((field, "classes.error.line_long"));
            }
        }
        let seats = self.capacity.parse::<i32>().ok().filter(|n| (1..=MOST_SEATS).contains(n));
        if !self.capacity.is_empty() && seats.is_none() {
            faults.push(("capacity", "classes.error.capacity"));
        }
        Details {
            course,
            unit,
            title: text::tidy(&self.title),
            venue,
            bring: Some(text::tidy(&self.bring)).filter(|bring| !bring.is_empty()),
            capacity: seats,
        }
    }

    /// The evenings meant.
    pub fn evenings(&self, today: Date, faults: &mut Vec<Fault>) -> Vec<Evening> {
        let Some((date, starts, ends)) = times(&self.date, &self.starts, &self.ends, faults) else {
            return Vec::new();
        };
        faults.extend(schedule::fault(date, starts, ends, today));
        let count = self.evenings.parse::<usize>().ok().filter(|n| (1..=MOST_EVENINGS).contains(n));
        if count.is_none() {
            faults.push(("evenings", "classes.error.evenings"));
        }
        let rhythm = Rhythm::from_code(&self.rhythm).unwrap_or(Rhythm::Weekly);
        let days = schedule::repeat(date, count.unwrap_or(1), rhythm);
        days.into_iter().filter_map(|day| schedule::evening(day, starts, ends)).collect()
    }
}

/// A day and two times; what cannot be read is told at its field.
pub fn times(
    date: &str,
    starts: &str,
    ends: &str,
    faults: &mut Vec<Fault>,
) -> Option<(Date, jiff::civil::Time, jiff::civil::Time)> {
    let found = (date_typed(date), schedule::time_typed(starts), schedule::time_typed(ends));
    if found.0.is_none() {
        faults.push(("date", "classes.error.date"));
    }
    if found.1.is_none() {
        faults.push(("starts", "classes.error.time"));
    }
    if found.2.is_none() {
        faults.push(("ends", "classes.error.time"));
    }
    Some((found.0?, found.1?, found.2?))
}

/// The faults in words.
pub fn errors(lang: Lang, faults: &[Fault]) -> FieldErrors {
    let mut out = FieldErrors::new();
    for (field, key) in faults {
        out.add(*field, lang.t(key));
    }
    out
}

/// Which course, and where.
pub fn course_and_unit(
    chrome: &Chrome,
    typed: &Typed,
    courses: &[Course],
    units: &[Place],
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let course = Choice::select("course", lang.t("classes.field.course"))
        .options((courses.len() != 1).then(|| ("", lang.t("classes.field.choose"))))
        .options(courses.iter().map(|course| (course.id.to_string(), course.title(lang))))
        .chosen(typed.course.as_str())
        .errors(errors);
    let unit = Choice::select("unit", lang.t("classes.field.unit"))
        .options(units.iter().map(|unit| (unit.unit.to_string(), unit.path.as_str())))
        .chosen(typed.unit.as_str())
        .hint(lang.t("classes.field.unit_hint"))
        .errors(errors);
    html! { (course) (unit) }
}

/// What a class is called, where in the unit it is, what to bring, how many seats.
pub fn details(chrome: &Chrome, typed: &Typed, errors: &FieldErrors, is_new: bool) -> Markup {
    let lang = chrome.lang;
    let mut title = Field::text("title", lang.t("classes.field.title"))
        .value(typed.title.as_str())
        .errors(errors);
    if is_new {
        title = title.optional(lang).hint(lang.t("classes.field.title_hint"));
    }
    html! {
        (title)
        (Field::text("venue", lang.t("classes.field.venue"))
            .hint(lang.t("classes.field.venue_hint"))
            .value(typed.venue.as_str()).errors(errors))
        (Field::text("bring", lang.t("classes.field.bring"))
            .hint(lang.t("classes.field.bring_hint")).optional(lang)
            .value(typed.bring.as_str()).errors(errors))
        (Field::digits("capacity", lang.t("classes.field.capacity")).optional(lang)
            .hint(lang.t("classes.field.capacity_hint"))
            .value(typed.capacity.as_str()).errors(errors))
    }
}

/// The first evening, and how many follow.
pub fn evenings(chrome: &Chrome, typed: &Typed, errors: &FieldErrors) -> Markup {
    let lang = chrome.lang;
    let rhythm = Choice::one("rhythm", lang.t("classes.field.rhythm"))
        .option(Rhythm::Weekly.code(), lang.t("classes.rhythm.weekly"))
        .option(Rhythm::Daily.code(), lang.t("classes.rhythm.daily"))
        .chosen(typed.rhythm.as_str());
    fieldset(
        lang.t("classes.field.when"),
        html! {
            (Field::date(lang, "date", lang.t("classes.field.date"))
                .value(typed.date.as_str()).errors(errors))
            (beside(html! {
                (Field::text("starts", lang.t("classes.field.starts")).short()
                    .value(typed.starts.as_str()).errors(errors))
                (Field::text("ends", lang.t("classes.field.ends")).short()
                    .value(typed.ends.as_str()).errors(errors))
            }))
            (Field::digits("evenings", lang.t("classes.field.evenings"))
                .hint(lang.t("classes.field.evenings_hint"))
                .value(typed.evenings.as_str()).errors(errors))
            (rhythm)
        },
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 20);

    fn typed() -> Typed {
        Typed { venue: "Nhà văn hoá".into(), ..Typed::fresh(Lang::Vi, TODAY, None) }
    }

    fn id<T: thao_base::Id>() -> T {
        T::from_uuid(uuid::Uuid::nil())
    }

    #[test]
    fn a_fresh_form_is_tomorrow_evening() {
        let mut faults = Vec::new();
        let evenings = typed().evenings(TODAY, &mut faults);
        let [evening] = evenings[..] else { panic!("{evenings:?}") };
        assert_eq!(evening.starts_at.to_string(), "2026-11-21T12:30:00Z");
        assert_eq!(evening.ends_at.to_string(), "2026-11-21T14:00:00Z");
        typed().details(id(), id(), &mut faults);
        assert_eq!(faults, []);
    }

    #[test]
    fn several_evenings_follow_weekly_or_daily() {
        let weekly = Typed { evenings: "3".into(), ..typed() };
        let last = |typed: &Typed| typed.evenings(TODAY, &mut Vec::new())[2].starts_at.to_string();
        assert_eq!(last(&weekly), "2026-12-05T12:30:00Z");
        assert_eq!(last(&Typed { rhythm: "daily".into(), ..weekly }), "2026-11-23T12:30:00Z");
    }

    #[test]
    fn everything_wrong_is_told_at_its_field() {
        let wrong = Typed {
            title: "x".repeat(161),
            capacity: "0".into(),
            date: "31/02/2026".into(),
            starts: "tối".into(),
            ends: "25:00".into(),
            ..Typed::default()
        };
        let mut faults = Vec::new();
        wrong.details(id(), id(), &mut faults);
        wrong.evenings(TODAY, &mut faults);
        let fields: Vec<&str> = faults.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["venue", "title", "capacity", "date", "starts", "ends"]);
        for evenings in ["", "0", "31", "-1", "hai"] {
            let mut faults = Vec::new();
            Typed { evenings: evenings.into(), ..typed() }.evenings(TODAY, &mut faults);
            assert_eq!(faults, [("evenings", "classes.error.evenings")], "{evenings}");
        }
    }
}
