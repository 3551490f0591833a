//! Fields answered by choosing: a select, radio buttons, checkboxes, one checkbox.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::FieldErrors;
use super::frame::Frame;

/// A choice among options.
///
/// `(Choice::one("role", "Vai trò").option("learner", "Học viên").chosen(&form.role))`
#[derive(Debug, Clone)]
pub struct Choice<'a> {
    frame: Frame<'a>,
    shape: Shape,
    options: Vec<Opt<'a>>,
    chosen: Vec<Cow<'a, str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Select,
    Radios,
    Checks,
}

#[derive(Debug, Clone)]
struct Opt<'a> {
    value: Cow<'a, str>,
    words: Cow<'a, str>,
    hint: Option<Cow<'a, str>>,
}

impl<'a> Choice<'a> {
    /// One of up to seven or so, all in sight.
    pub fn one(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Choice::new(Shape::Radios, name.into(), label.into())
    }

    /// Any number of them; the form receives the name once for each.
    pub fn many(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Choice::new(Shape::Checks, name.into(), label.into())
    }

    /// One of a long list.
    pub fn select(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Choice::new(Shape::Select, name.into(), label.into())
    }

    fn new(shape: Shape, name: Cow<'a, str>, label: Cow<'a, str>) -> Self {
        Choice { frame: Frame::new(name, label), shape, options: Vec::new(), chosen: Vec::new() }
    }

    pub fn option(
        mut self,
        value: impl Into<Cow<'a, str>>,
        words: impl Into<Cow<'a, str>>,
    ) -> Self {
        self.options.push(Opt { value: value.into(), words: words.into(), hint: None });
        self
    }

    /// An option with a line below it (a select shows the words only).
    pub fn option_with_hint(
        mut self,
        value: impl Into<Cow<'a, str>>,
        words: impl Into<Cow<'a, str>>,
        hint: impl Into<Cow<'a, str>>,
    ) -> Self {
        let hint = Some(hint.into());
        self.options.push(Opt { value: value.into(), words: words.into(), hint });
        self
    }

    /// Many options at once: `(value, words)`.
    pub fn options<V, W>(mut self, options: impl IntoIterator<Item = (V, W)>) -> Self
    where
        V: Into<Cow<'a, str>>,
        W: Into<Cow<'a, str>>,
    {
        for (value, words) in options {
            self = self.option(value, words);
        }
        self
    }

    /// What is chosen now; call it again for each one of many.
    pub fn chosen(mut self, value: impl Into<Cow<'a, str>>) -> Self {
        self.chosen.push(value.into());
        self
    }

    pub fn hint(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.frame.hint = Some(words.into());
        self
    }

    pub fn errors(mut self, errors: &FieldErrors) -> Self {
        self.frame.error = errors.of(&self.frame.name).map(str::to_owned);
        self
    }

    /// May be left empty; the label says so.
    pub fn optional(mut self, lang: Lang) -> Self {
        self.frame.optional = Some(lang);
        self
    }

    /// Another id than the name's, where two forms of a page have a field of the same name.
    pub fn id(mut self, id: impl Into<Cow<'a, str>>) -> Self {
        self.frame.id = Some(id.into());
        self
    }

    fn is_chosen(&self, option: &Opt<'_>) -> bool {
        self.chosen.contains(&option.value)
    }

    fn group(&self, kind: &'static str) -> Markup {
        let frame = &self.frame;
        html! {
            fieldset class=(frame.class()) aria-describedby=[frame.described_by()] {
                legend.label { (frame.label_words()) }
                (frame.hint_and_error())
                div.choices {
                    @for (i, option) in self.options.iter().enumerate() {
                        // The first one carries the field's id: the error summary leads to it.
                        @let id = if i == 0 { frame.id() } else { format!("{}-{i}", frame.id()) };
                        label.choice for=(id) {
                            input type=(kind) id=(id) name=(frame.name) value=(option.value)
                                checked[self.is_chosen(option)] aria-invalid=[frame.invalid()];
                            span {
                                (option.words)
                                @if let Some(hint) = &option.hint {
                                    span.choice-hint { (hint) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

impl Render for Choice<'_> {
    fn render(&self) -> Markup {
        let frame = &self.frame;
        match self.shape {
            Shape::Radios => self.group("radio"),
            Shape::Checks => self.group("checkbox"),
            Shape::Select => frame.around(&html! {
                select.input id=(frame.id()) name=(frame.name)
                    aria-describedby=[frame.described_by()] aria-invalid=[frame.invalid()]
                {
                    @for option in &self.options {
                        option value=(option.value) selected[self.is_chosen(option)] {
                            (option.words)
                        }
                    }
                }
            }),
        }
    }
}

/// One checkbox on its own, sent as `on`: consent, "remember me".
///
/// `(Check::new("consent", "Học viên đồng ý").checked(form.consent))`
#[derive(Debug, Clone)]
pub struct Check<'a> {
    frame: Frame<'a>,
    checked: bool,
}

impl<'a> Check<'a> {
    pub fn new(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Check { frame: Frame::new(name.into(), label.into()), checked: false }
    }

    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = checked;
        self
    }

    pub fn hint(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.frame.hint = Some(words.into());
        self
    }

    pub fn errors(mut self, errors: &FieldErrors) -> Self {
        self.frame.error = errors.of(&self.frame.name).map(str::to_owned);
        self
    }
}

impl Render for Check<'_> {
    fn render(&self) -> Markup {
        let frame = &self.frame;
        html! {
            div class=(frame.class()) {
                (frame.hint_and_error())
                label.choice for=(frame.id()) {
                    input type="checkbox" id=(frame.id()) name=(frame.name) value="on"
                        checked[self.checked] aria-describedby=[frame.described_by()]
                        aria-invalid=[frame.invalid()];
                    span { (frame.label) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn one_of_several_is_a_group_with_a_legend() {
        let choice = Choice::one("role", "Vai trò")
            .option("learner", "Học viên")
            .option_with_hint("organiser", "Tổ chức", "Mở lớp, điểm danh")
            .chosen("organiser");
        let page = Probe::new(choice.render());
        assert_eq!(page.text("fieldset > legend"), "Vai trò");
        assert_eq!(page.all("input[type=radio][name=role]").len(), 2);
        assert_eq!(page.one("input[checked]").attr("value"), Some("organiser"));
        page.one("#f-role");
    }

    #[test]
    fn several_can_be_chosen_among_many() {
        let choice = Choice::many("day", "Buổi")
            .options([("2", "Thứ hai"), ("4", "Thứ tư"), ("6", "Thứ sáu")])
            .chosen("2")
            .chosen("6");
        let page = Probe::new(choice.render());
        assert_eq!(page.all("input[type=checkbox][checked]").len(), 2);
    }

    #[test]
    fn a_select_keeps_what_was_chosen_and_shows_its_error() {
        let mut errors = FieldErrors::new();
        errors.add("unit", "Chọn một xã");
        let choice = Choice::select("unit", "Xã")
            .option("", "Chọn…")
            .option("08515", "Xã Ví dụ")
            .chosen("08515")
            .errors(&errors);
        let page = Probe::new(choice.render());
        assert_eq!(page.one("option[selected]").attr("value"), Some("08515"));
        page.one("select[aria-invalid=true][aria-describedby=f-unit-error]");
    }

    #[test]
    fn a_checkbox_of_its_own_sends_on() {
        let page = Probe::new(Check::new("consent", "Đồng ý").checked(true).render());
        page.one("label input[type=checkbox][value=on][checked]");
    }
}
