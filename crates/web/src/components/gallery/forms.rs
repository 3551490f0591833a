//! Samples of what asks: a form with errors, filters, steps.

use maud::{Markup, html};

use super::part;
use crate::components::{
    Button, Check, Choice, Field, FieldErrors, Filters, Form, LinkButton, Steps, beside,
    error_summary, fieldset, toolbar,
};
use crate::page::Chrome;

pub(super) fn show(chrome: &Chrome) -> Markup {
    let lang = chrome.lang;
    let w = |key| lang.t(key);
    let steps = Steps::new(lang, 2)
        .step(w("web.gallery.step_file"))
        .step(w("web.gallery.step_try"))
        .step(w("web.gallery.step_do"));
    html! {
        (part(w("web.gallery.filters"), &filters(chrome)))
        (part(w("web.gallery.steps"), &html! { (steps) }))
        (part(w("web.gallery.form"), &form(chrome)))
    }
}

fn filters(chrome: &Chrome) -> Markup {
    let lang = chrome.lang;
    let w = |key| lang.t(key);
    html! {
        (Filters::new(lang, "/gallery")
            .search("q", w("web.gallery.find"), "")
            .field(Choice::select("state", w("web.gallery.state"))
                .option("", w("web.gallery.all"))
                .option("passed", w("web.gallery.passed_short")))
            .keep("sort", "name")
            .clear("/gallery"))
    }
}

fn form(chrome: &Chrome) -> Markup {
    let lang = chrome.lang;
    let w = |key| lang.t(key);
    let mut errors = FieldErrors::new();
    errors.add("born", w("web.gallery.born_wrong")).add("role", w("web.gallery.role_wrong"));
    let who = html! {
        (Field::text("full_name", w("web.gallery.name")).value(w("web.gallery.person_3")))
        (beside(html! {
            (Field::date(lang, "born", w("web.gallery.born")).value("31/12/2999").errors(&errors))
            (Field::digits("cccd", w("web.gallery.cccd")).optional(lang))
            (Field::phone("phone", w("web.gallery.phone")).optional(lang))
        }))
        (Choice::one("role", w("web.gallery.role")).errors(&errors)
            .option_with_hint("learner", w("web.gallery.learner"), w("web.gallery.learner_hint"))
            .option("organiser", w("web.gallery.organiser")))
        (Choice::many("day", w("web.gallery.days")).chosen("4")
            .option("2", w("web.gallery.monday")).option("4", w("web.gallery.wednesday")))
        (Choice::select("unit", w("web.gallery.unit"))
            .option("", w("web.gallery.choose")).option("1", w("web.gallery.commune_1")))
    };
    html! {
        (error_summary(lang, &errors))
        (Form::post(chrome, "/gallery").once("gallery").files().body(html! {
            (fieldset(w("web.gallery.who"), who))
            (Field::file("file", w("web.gallery.file")).accept(".xlsx,.csv").hint(w("web.gallery.file_hint")))
            (Field::long("note", w("web.gallery.note")).optional(lang))
            (Field::password("password", w("web.gallery.password")))
            (Field::number("hours", w("web.gallery.hours")).value("12,5"))
            (Check::new("consent", w("web.gallery.consent")).checked(true))
            (toolbar(html! {
                (Button::primary(w("web.gallery.save")))
                (LinkButton::quiet("#back", w("web.gallery.cancel")))
            }))
        }))
    }
}
