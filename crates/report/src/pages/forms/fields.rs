//! The fields of a form and of a line, as they are shown and read.

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Error, Lang, Result, Tx, UnitId};
use thao_people::UnitKind;
use thao_people::unit::{self, Place};
use thao_plan::target::{self, Target};
use thao_web::components::{Choice, Field, FieldErrors, beside, date_typed, fieldset};
use thao_web::{Action, Actor, Sent};

use crate::calendar::Line as Calendar;
use crate::form::{Form, NewForm};
use crate::period::Length;

/// Kinds of units that can file.
const KINDS: [UnitKind; 6] = [
    UnitKind::Commune,
    UnitKind::Village,
    UnitKind::Agency,
    UnitKind::School,
    UnitKind::Enterprise,
    UnitKind::Centre,
];

/// Days and percents a form may ask for.
const MOST_DAYS: i32 = 120;
const MOST_PERCENT: i32 = 100_000;

pub(super) fn calendar_name(lang: Lang, calendars: &[Calendar], form: &Form) -> String {
    let fits = |line: &&Calendar| line.calendar == form.calendar && line.kind == form.kind;
    calendars.iter().find(fits).map(|line| line.name(lang).to_owned()).unwrap_or_default()
}

fn kind_words(lang: Lang, kind: UnitKind) -> &'static str {
    lang.t(match kind {
        UnitKind::Province => "people.unit_kind.province",
        UnitKind::Commune => "people.unit_kind.commune",
        UnitKind::Village => "people.unit_kind.village",
        UnitKind::Agency => "people.unit_kind.agency",
        UnitKind::School => "people.unit_kind.school",
        UnitKind::Enterprise => "people.unit_kind.enterprise",
        UnitKind::Centre => "people.unit_kind.centre",
    })
}

/// The units forms can be filed to: those the actor sets targets for that have units below.
pub(super) fn units(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Vec<Place>> {
    let scope = actor.scope(Action::SetTargets, today);
    let mut out = unit::list_above_villages(tx, &scope)?;
    out.retain(|place| place.pos < place.last);
    Ok(out)
}

/// What stands in the fields of a form.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub(super) unit: String,
    pub(super) title_vi: String,
    pub(super) title_en: String,
    pub(super) legal_basis: String,
    /// Calendar and length, `nd09/month`.
    pub(super) calendar: String,
    pub(super) kinds: Vec<String>,
    pub(super) due_days: String,
    pub(super) change_percent: String,
    pub(super) valid_from: String,
    pub(super) valid_to: String,
}

impl Typed {
    pub(super) fn of(sent: &Sent) -> Typed {
        let text = |name| sent.text(name).to_owned();
        Typed {
            unit: text("unit"),
            title_vi: text("title_vi"),
            title_en: text("title_en"),
            legal_basis: text("legal_basis"),
            calendar: text("calendar"),
            kinds: sent.all("kinds").map(str::to_owned).collect(),
            due_days: text("due_days"),
            change_percent: text("change_percent"),
            valid_from: text("valid_from"),
            valid_to: text("valid_to"),
        }
    }

    pub(super) fn of_form(lang: Lang, form: &Form) -> Typed {
        Typed {
            unit: form.unit.to_string(),
            title_vi: form.title_vi.clone(),
            title_en: form.title_en.clone(),
            legal_basis: form.legal_basis.clone().unwrap_or_default(),
            calendar: format!("{}/{}", form.calendar, form.kind),
            kinds: form.kinds().iter().map(|kind| kind.code().to_owned()).collect(),
            due_days: form.due_days.to_string(),
            change_percent: form.change_percent.to_string(),
            valid_from: lang.date(form.valid_from),
            valid_to: form.valid_to.map(|to| lang.date(to)).unwrap_or_default(),
        }
    }

    /// The form that is meant.
    ///
    /// # Errors
    /// The first field that cannot be read.
    pub(super) fn read(&self) -> Result<NewForm> {
        let wrong = |key, field| move || Error::invalid(key).field(field);
        let unit: Option<UnitId> = self.unit.parse().ok();
        let (calendar, length) = self.calendar.split_once('/').unwrap_or_default();
        let number = |text: &str, most: i32| {
            text.trim().parse::<i32>().ok().filter(|n| (0..=most).contains(n))
        };
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let title = some(&self.title_vi).ok_or_else(wrong("report.error.title", "title_vi"))?;
        let valid_to = match some(&self.valid_to) {
            Some(text) => {
                Some(date_typed(&text).ok_or_else(wrong("report.error.date", "valid_to"))?)
            }
            None => None,
        };
        Ok(NewForm {
            unit: unit.ok_or_else(wrong("report.error.unit", "unit"))?,
            title_en: some(&self.title_en).unwrap_or_else(|| title.clone()),
            title_vi: title,
            legal_basis: some(&self.legal_basis),
            calendar: calendar.to_owned(),
            length: Length::from_code(length)
                .ok_or_else(wrong("report.error.calendar", "calendar"))?,
            kinds: self.kinds.iter().filter_map(|code| UnitKind::from_code(code)).collect(),
            due_days: number(&self.due_days, MOST_DAYS)
                .ok_or_else(wrong("report.error.due_days", "due_days"))?,
            change_percent: number(&self.change_percent, MOST_PERCENT)
                .ok_or_else(wrong("report.error.change_percent", "change_percent"))?,
            valid_from: date_typed(&self.valid_from)
                .ok_or_else(wrong("report.error.date", "valid_from"))?,
            valid_to,
        })
    }
}

/// What can be chosen in the fields of a form.
pub(super) struct Choices {
    pub(super) units: Vec<Place>,
    pub(super) calendars: Vec<Calendar>,
}

pub(super) fn fields(lang: Lang, choices: &Choices, typed: &Typed, errors: &FieldErrors) -> Markup {
    let units = choices.units.iter().map(|place| (place.unit.to_string(), place.path.clone()));
    let calendars = choices.calendars.iter().map(|line| {
        let words = format!("{} – {}", line.name(lang), line.source);
        (format!("{}/{}", line.calendar, line.kind), words)
    });
    let mut kinds = Choice::many("kinds", lang.t("report.form.kinds"))
        .options(KINDS.map(|kind| (kind.code(), kind_words(lang, kind))))
        .hint(lang.t("report.form.kinds_hint"));
    for kind in &typed.kinds {
        kinds = kinds.chosen(kind.clone());
    }
    html! {
        (fieldset(lang.t("report.form.what"), html! {
            (Field::text("title_vi", lang.t("report.form.title_vi"))
                .value(typed.title_vi.as_str()).errors(errors))
            (Field::text("title_en", lang.t("report.form.title_en"))
                .value(typed.title_en.as_str()).optional(lang).errors(errors))
            (Field::text("legal_basis", lang.t("report.form.legal_basis"))
                .value(typed.legal_basis.as_str()).optional(lang).errors(errors))
        }))
        (fieldset(lang.t("report.form.who"), html! {
            (Choice::select("unit", lang.t("report.form.unit"))
                .options(units).chosen(typed.unit.as_str()).errors(errors))
            (kinds.errors(errors))
        }))
        (fieldset(lang.t("report.form.when"), html! {
            (Choice::select("calendar", lang.t("report.form.calendar"))
                .options(calendars).chosen(typed.calendar.as_str()).errors(errors))
            (beside(html! {
                (Field::date(lang, "valid_from", lang.t("report.form.valid_from"))
                    .value(typed.valid_from.as_str()).errors(errors))
                (Field::date(lang, "valid_to", lang.t("report.form.valid_to"))
                    .value(typed.valid_to.as_str()).optional(lang).errors(errors))
            }))
            (beside(html! {
                (Field::number("due_days", lang.t("report.form.due_days"))
                    .value(typed.due_days.as_str()).short().errors(errors))
                (Field::number("change_percent", lang.t("report.form.change_percent"))
                    .value(typed.change_percent.as_str()).short()
                    .hint(lang.t("report.form.change_hint")).errors(errors))
            }))
        }))
    }
}

/// The targets whose figures a line can show: those of the form's unit or above it.
pub(super) fn targets(
    tx: &mut Tx<'_>,
    actor: &Actor,
    form: &Form,
    today: Date,
) -> Result<Vec<Target>> {
    let mut all = target::list(tx, &actor.scope(Action::SeeBoards, today))?;
    all.retain(|target| (target.pos..=target.last).contains(&form.pos));
    Ok(all)
}
