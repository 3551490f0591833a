//! A field of a form: its label, a hint, what is wrong with it, and the control itself.
//!
//! Everything is asked for unless it says "(không bắt buộc)"; the browser's own checks stay off
//! (`novalidate`), because the server's words are better and in the person's language.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::FieldErrors;
use super::frame::Frame;

/// A labelled control with one value: text, date, number, file, password, long text.
///
/// `(Field::text("full_name", "Họ và tên").value(&form.full_name).errors(&errors))`
#[derive(Debug, Clone)]
pub struct Field<'a> {
    pub(super) frame: Frame<'a>,
    control: Control,
    value: Cow<'a, str>,
    size: Size,
    fills: Option<&'static str>,
    accept: Option<&'static str>,
    placeholder: Option<Cow<'a, str>>,
    readonly: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Control {
    Text,
    Search,
    Email,
    Phone,
    Date,
    Number,
    Digits,
    Password,
    File,
    Long(u16),
}

/// How wide a control is, which says how much is expected in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    Full,
    Short,
}

impl<'a> Field<'a> {
    pub fn text(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Field::new(Control::Text, name.into(), label.into())
    }

    /// Words to look for.
    pub fn search(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Field::new(Control::Search, name.into(), label.into())
    }

    pub fn email(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Field::new(Control::Email, name.into(), label.into()).fills("email")
    }

    pub fn phone(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Field::new(Control::Phone, name.into(), label.into()).short()
    }

    /// A date written dd/mm/yyyy, with the hint that says so.
    ///
    /// Not the browser's own calendar: it follows the phone's language and is slow for birthdays.
    pub fn date(lang: Lang, name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Field::new(Control::Date, name.into(), label.into())
            .short()
            .hint(lang.t("web.field.date_hint"))
    }

    /// A number that is counted or measured, e.g. `1234,5`.
    pub fn number(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Field::new(Control::Number, name.into(), label.into()).short()
    }

    /// Digits that are a name, not a number: CCCD, a code sent by message.
    pub fn digits(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Field::new(Control::Digits, name.into(), label.into()).short()
    }

    /// A password that exists (`current-password`); see [`Field::fills`] for a new one.
    pub fn password(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Field::new(Control::Password, name.into(), label.into()).fills("current-password")
    }

    /// A file; the form must be [`Form::files`](super::Form::files).
    pub fn file(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Field::new(Control::File, name.into(), label.into())
    }

    /// Text of several lines.
    pub fn long(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Field::new(Control::Long(5), name.into(), label.into())
    }

    fn new(control: Control, name: Cow<'a, str>, label: Cow<'a, str>) -> Self {
        Field {
            frame: Frame::new(name, label),
            control,
            value: Cow::Borrowed(""),
            size: Size::Full,
            fills: None,
            accept: None,
            placeholder: None,
            readonly: false,
        }
    }

    /// What it holds now; what the person typed comes back even when it is wrong.
    /// Passwords and files never do.
    pub fn value(mut self, value: impl Into<Cow<'a, str>>) -> Self {
        self.value = value.into();
        self
    }

    /// A line below the label: how to write it, where to find it.
    pub fn hint(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.frame.hint = Some(words.into());
        self
    }

    /// What is wrong with it, from the errors of the form.
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

    /// A narrow control, for a few characters.
    pub fn short(mut self) -> Self {
        self.size = Size::Short;
        self
    }

    /// What the browser may fill in: an `autocomplete` word such as `username`, `new-password`,
    /// `one-time-code`.
    pub fn fills(mut self, autocomplete: &'static str) -> Self {
        self.fills = Some(autocomplete);
        self
    }

    /// The files a picker offers, e.g. `.xlsx,.csv`.
    pub fn accept(mut self, types: &'static str) -> Self {
        self.accept = Some(types);
        self
    }

    /// How many lines a long text shows.
    pub fn lines(mut self, lines: u16) -> Self {
        self.control = Control::Long(lines);
        self
    }

    /// An example inside an empty control. The label stays: a placeholder vanishes.
    pub fn placeholder(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.placeholder = Some(words.into());
        self
    }

    /// Shown and sent, not to be changed: a link to copy, an account's name.
    pub fn readonly(mut self) -> Self {
        self.readonly = true;
        self
    }

    /// A label only heard: in a filter bar whose button says enough.
    pub fn label_only_heard(mut self) -> Self {
        self.frame.label_class = "only-heard";
        self
    }

    fn input(&self) -> Markup {
        let (kind, mode) = match self.control {
            Control::Search => ("search", None),
            Control::Email => ("email", None),
            Control::Phone => ("tel", None),
            // A phone's digits may have no slash: `date_typed` also reads 31121990.
            Control::Date => ("text", Some("numeric")),
            Control::Number => ("text", Some("decimal")),
            Control::Digits => ("text", Some("numeric")),
            Control::Password => ("password", None),
            Control::File => ("file", None),
            Control::Text | Control::Long(_) => ("text", None),
        };
        let keeps = !matches!(self.control, Control::Password | Control::File);
        let value = (keeps && !self.value.is_empty()).then_some(&self.value);
        let class = match self.size {
            Size::Full => "input",
            Size::Short => "input input-short",
        };
        html! {
            input class=(class) type=(kind) id=(self.frame.id()) name=(self.frame.name)
                value=[value] inputmode=[mode] autocomplete=[self.fills] accept=[self.accept]
                placeholder=[&self.placeholder] readonly[self.readonly]
                data-date=[(self.control == Control::Date).then_some("")]
                aria-describedby=[self.frame.described_by()] aria-invalid=[self.frame.invalid()];
        }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let control = match self.control {
            Control::Long(lines) => html! {
                textarea.input id=(self.frame.id()) name=(self.frame.name) rows=(lines)
                    placeholder=[&self.placeholder] readonly[self.readonly]
                    aria-describedby=[self.frame.described_by()] aria-invalid=[self.frame.invalid()]
                { (self.value) }
            },
            Control::File => html! { drop-file { (self.input()) } },
            _ => self.input(),
        };
        self.frame.around(&control)
    }
}

/// A value the form carries without showing it.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn label_hint_and_error_belong_to_the_control() {
        let mut errors = FieldErrors::new();
        errors.add("born", "Ngày sinh ở tương lai");
        let field = Field::date(Lang::Vi, "born", "Ngày sinh").value("1/1/2999").errors(&errors);
        let page = Probe::new(field.render());
        let input = page.one("input[type=text][inputmode=numeric][data-date]");
        assert_eq!(input.attr("value"), Some("1/1/2999"));
        assert_eq!(page.one("label").attr("for"), input.attr("id"));
        for id in input.attr("aria-describedby").unwrap().split(' ') {
            page.one(&format!("#{id}"));
        }
        assert_eq!(page.text(".field-error"), "Ngày sinh ở tương lai");
    }

    #[test]
    fn a_password_never_comes_back() {
        let page = Probe::new(Field::password("password", "Mật khẩu").value("bí mật").render());
        assert_eq!(page.one("input").attr("value"), None);
        assert_eq!(page.one("input").attr("autocomplete"), Some("current-password"));
    }

    #[test]
    fn what_may_be_left_empty_says_so() {
        let page = Probe::new(Field::long("note", "Ghi chú").optional(Lang::Vi).render());
        assert_eq!(page.text("label"), "Ghi chú (không bắt buộc)");
        page.one("textarea[rows='5']");
    }
}
