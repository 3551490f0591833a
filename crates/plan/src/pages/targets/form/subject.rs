//! The middle of the form: what is counted, of whom or what.

use maud::{Markup, html};
use thao_base::Lang;
use thao_people::{AffiliationKind, UnitKind};
use thao_record::Rung;
use thao_web::components::{Choice, Field, FieldErrors, beside};

use super::{Choices, category_words, chosen_all, kind_words, opened};
use crate::fold::Need;
use crate::list;
use crate::measure::Denominator;
use crate::pages::targets::asks::{Ask, Asks};
use crate::pages::targets::typed::{CATEGORIES, NEW, RUNGS, Typed};
use crate::pages::words;

pub(super) fn fields(
    lang: Lang,
    asks: Asks,
    choices: &Choices,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    html! {
        @if asks.bases { (bases(lang, choices, typed, errors)) }
        @if asks.unit_kind {
            (Choice::select("unit_kind", lang.t("plan.form.unit_kind"))
                .option("", lang.t("plan.form.choose"))
                .options(UnitKind::ALL.map(|kind| (kind.code(), words::unit_kind(lang, kind.code()))))
                .chosen(typed.unit_kind.as_str()).errors(errors))
        }
        @if asks.at_least {
            (Field::number("at_least", lang.t("plan.form.at_least"))
                .value(typed.at_least.as_str()).short().errors(errors))
        }
        @if asks.thing_kind {
            (Choice::select("thing_kind", lang.t("plan.form.thing_kind"))
                .option("", lang.t("plan.form.choose"))
                .options(list::thing_kinds().iter()
                    .map(|kind| (kind.key.as_str(), kind.name.of(lang))))
                .chosen(typed.thing_kind.as_str())
                .hint(lang.t("plan.form.thing_kind_hint")).errors(errors))
        }
        @if asks.criterion.asked() { (criterion(lang, asks.criterion, choices, typed, errors)) }
        @if asks.audience.asked() { (audience(lang, asks.audience, choices, typed, errors)) }
        @if asks.courses.asked() { (courses(lang, asks, choices, typed, errors)) }
        @if asks.denominator { (denominator(lang, asks, typed, errors)) }
        @if asks.since {
            (Field::date(lang, "since", lang.t("plan.form.since"))
                .value(typed.since.as_str())
                .hint(lang.t("plan.form.since_hint")).optional(lang).errors(errors))
        }
        @if asks.valid_months {
            (Field::number("valid_months", lang.t("plan.form.valid_months"))
                .value(typed.valid_months.as_str())
                .hint(lang.t("plan.form.valid_months_hint")).optional(lang).errors(errors))
        }
        @if asks.unit_code { p { (lang.t("plan.form.figure_words")) } }
    }
}

fn bases(lang: Lang, choices: &Choices, typed: &Typed, errors: &FieldErrors) -> Markup {
    let title = |titles: &[String; 2]| match lang {
        Lang::Vi => titles[0].clone(),
        Lang::En => titles[1].clone(),
    };
    let options = choices.bases.iter().map(|(id, titles)| (id.to_string(), title(titles)));
    html! {
        (chosen_all(
            Choice::many("bases", lang.t("plan.form.bases")).options(options)
                .hint(lang.t("plan.form.bases_hint")),
            &typed.bases,
        ).errors(errors))
    }
}

fn criterion(
    lang: Lang,
    ask: Ask,
    choices: &Choices,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let options = choices.criteria.iter().map(|c| {
        (c.id.to_string(), format!("{} ({})", c.title(lang), words::subject(lang, &c.subject)))
    });
    let none = match ask {
        Ask::Must => "plan.form.choose",
        _ => "plan.form.criterion_none",
    };
    let new = html! {
        (Field::text("criterion_title", lang.t("plan.form.criterion_title"))
            .value(typed.criterion_title.as_str())
            .hint(lang.t("plan.form.criterion_title_hint")).errors(errors))
        (Field::text("criterion_source", lang.t("plan.form.criterion_source"))
            .value(typed.criterion_source.as_str())
            .hint(lang.t("plan.form.criterion_source_hint")).errors(errors))
    };
    html! {
        (Choice::select("criterion", lang.t("plan.form.criterion"))
            .option("", lang.t(none))
            .options(options)
            .option(NEW, lang.t("plan.form.criterion_new"))
            .chosen(typed.criterion.as_str())
            .hint(lang.t("plan.form.criterion_hint")).errors(errors))
        (opened(lang.t("plan.form.criterion_describe"), typed.criterion == NEW, &new))
    }
}

fn audience(
    lang: Lang,
    ask: Ask,
    choices: &Choices,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let audiences = choices.audiences.iter().map(|a| (a.id.to_string(), a.name(lang).to_owned()));
    let none = match ask {
        Ask::Must => "plan.form.choose",
        _ => "plan.form.audience_anybody",
    };
    let new = html! {
        (Field::text("audience_name", lang.t("plan.form.audience_name"))
            .value(typed.audience_name.as_str()).errors(errors))
        (Choice::one("audience_kind", lang.t("plan.form.audience_kind"))
            .options(AffiliationKind::ALL.map(|kind| (kind.code(), kind_words(lang, kind))))
            .chosen(typed.audience_kind.as_str()).errors(errors))
        (chosen_all(
            Choice::many("categories", lang.t("plan.form.categories"))
                .options(CATEGORIES.map(|code| (code, category_words(lang, code))))
                .hint(lang.t("plan.form.categories_hint")),
            &typed.categories,
        ).errors(errors))
        (beside(html! {
            (Field::number("age_from", lang.t("plan.form.age_from"))
                .value(typed.age_from.as_str()).optional(lang).errors(errors))
            (Field::number("age_to", lang.t("plan.form.age_to"))
                .value(typed.age_to.as_str()).optional(lang).errors(errors))
        }))
    };
    html! {
        (Choice::select("audience", lang.t("plan.form.audience"))
            .option("", lang.t(none))
            .options(audiences)
            .option(NEW, lang.t("plan.form.audience_new"))
            .chosen(typed.audience.as_str()).errors(errors))
        (opened(lang.t("plan.form.audience_describe"), typed.audience == NEW, &new))
    }
}

fn denominator(lang: Lang, asks: Asks, typed: &Typed, errors: &FieldErrors) -> Markup {
    let (computed, official) = match asks.audience.asked() {
        true => (
            ["plan.form.computed", "plan.form.computed_hint"],
            ["plan.form.official", "plan.form.official_hint"],
        ),
        false => (
            ["plan.form.computed_things", "plan.form.computed_things_hint"],
            ["plan.form.official", "plan.form.official_things_hint"],
        ),
    };
    html! {
        (Choice::one("denominator", lang.t("plan.form.denominator"))
            .option_with_hint(Denominator::Computed.code(), lang.t(computed[0]), lang.t(computed[1]))
            .option_with_hint(Denominator::Official.code(), lang.t(official[0]), lang.t(official[1]))
            .chosen(typed.denominator.as_str()).errors(errors))
    }
}

fn courses(
    lang: Lang,
    asks: Asks,
    choices: &Choices,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let courses = choices.courses.iter().map(|c| (c.id.to_string(), c.title(lang).to_owned()));
    let mut rungs = Choice::one("rung", lang.t("plan.form.rung"));
    for rung in RUNGS {
        let key = match rung {
            Rung::Attended => "plan.form.rung_attended",
            Rung::Completed => "plan.form.rung_completed",
            _ => "plan.form.rung_passed",
        };
        rungs = rungs.option(rung.code(), lang.t(key));
    }
    html! {
        (chosen_all(
            Choice::many("courses", lang.t("plan.form.courses")).options(courses),
            &typed.courses,
        ).errors(errors))
        @if asks.rung {
            (rungs.chosen(typed.rung.as_str()).errors(errors))
            @if 1 < choices.courses.len() {
                (Choice::one("need", lang.t("plan.form.need"))
                    .option(Need::All.code(), lang.t("plan.form.need_all"))
                    .option(Need::Any.code(), lang.t("plan.form.need_any"))
                    .chosen(typed.need.as_str()).errors(errors))
            }
        }
    }
}
