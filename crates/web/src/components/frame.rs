//! What stands around every control: label, hint, error, and the ids that tie them to it.

use std::borrow::Cow;

use maud::{Markup, html};
use thao_base::Lang;

use super::Icon;

/// The id of the control of a field, which the error summary links to.
pub fn control_id(name: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    let mut id = String::from("f-");
    id.extend(name.chars().map(safe));
    id
}

/// What stands around a control: label, hint, error.
#[derive(Debug, Clone)]
pub(super) struct Frame<'a> {
    pub name: Cow<'a, str>,
    pub label: Cow<'a, str>,
    pub label_class: &'static str,
    pub hint: Option<Cow<'a, str>>,
    pub error: Option<String>,
    pub optional: Option<Lang>,
    pub id: Option<Cow<'a, str>>,
}

impl<'a> Frame<'a> {
    pub fn new(name: Cow<'a, str>, label: Cow<'a, str>) -> Self {
        Frame {
            name,
            label,
            label_class: "label",
            hint: None,
            error: None,
            optional: None,
            id: None,
        }
    }

    pub fn id(&self) -> String {
        match &self.id {
            Some(id) => id.clone().into_owned(),
            None => control_id(&self.name),
        }
    }

    /// The ids of hint and error, so that both are read out with the control.
    pub fn described_by(&self) -> Option<String> {
        let id = self.id();
        match (&self.hint, &self.error) {
            (Some(_), Some(_)) => Some(format!("{id}-hint {id}-error")),
            (Some(_), None) => Some(format!("{id}-hint")),
            (None, Some(_)) => Some(format!("{id}-error")),
            (None, None) => None,
        }
    }

    pub fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    pub fn class(&self) -> &'static str {
        if self.error.is_some() { "field field-wrong" } else { "field" }
    }

    /// Label, "(không bắt buộc)" and nothing else.
    pub fn label_words(&self) -> Markup {
        html! {
            (self.label)
            @if let Some(lang) = self.optional {
                " " span.optional { (lang.t("web.field.optional")) }
            }
        }
    }

    pub fn hint_and_error(&self) -> Markup {
        let id = self.id();
        html! {
            @if let Some(hint) = &self.hint { p.hint id={ (id) "-hint" } { (hint) } }
            @if let Some(error) = &self.error {
                p.field-error id={ (id) "-error" } { (Icon::Warning) span { (error) } }
            }
        }
    }

    pub fn around(&self, control: &Markup) -> Markup {
        html! {
            div class=(self.class()) {
                label class=(self.label_class) for=(self.id()) { (self.label_words()) }
                (self.hint_and_error())
                (control)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_makes_a_usable_id() {
        assert_eq!(control_id("rows[3].tên lớp"), "f-rows-3--tên-lớp");
    }
}
