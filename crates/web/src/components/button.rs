//! Buttons, and links that look like one: a button does something, a link goes somewhere.
//!
//! One primary action a page; what destroys is `danger`; the rest is `quiet`.

use std::borrow::Cow;

use maud::{Markup, Render, html};

use super::Icon;

/// How loud an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The one thing most people came to do.
    Primary,
    /// Everything else.
    Quiet,
    /// What cannot be undone by one more click.
    Danger,
}

impl Weight {
    fn class(self) -> &'static str {
        match self {
            Weight::Primary => "button button-primary",
            Weight::Quiet => "button button-quiet",
            Weight::Danger => "button button-danger",
        }
    }
}

/// A submit button: `(Button::primary("Lưu").icon(Icon::Check))`.
#[derive(Debug, Clone)]
pub struct Button<'a> {
    words: Cow<'a, str>,
    weight: Weight,
    icon: Option<Icon>,
    sends: Option<(Cow<'a, str>, Cow<'a, str>)>,
    form: Option<Cow<'a, str>>,
    to: Option<Cow<'a, str>>,
    context: Option<Cow<'a, str>>,
}

impl<'a> Button<'a> {
    pub fn primary(words: impl Into<Cow<'a, str>>) -> Self {
        Button::new(Weight::Primary, words.into())
    }

    pub fn quiet(words: impl Into<Cow<'a, str>>) -> Self {
        Button::new(Weight::Quiet, words.into())
    }

    pub fn danger(words: impl Into<Cow<'a, str>>) -> Self {
        Button::new(Weight::Danger, words.into())
    }

    fn new(weight: Weight, words: Cow<'a, str>) -> Self {
        Button { words, weight, icon: None, sends: None, form: None, to: None, context: None }
    }

    /// An icon before the words.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// What the form receives when this button sent it, e.g. `act=close`.
    pub fn sends(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        self.sends = Some((name.into(), value.into()));
        self
    }

    /// The id of the form it sends, when the button stands outside it.
    pub fn form(mut self, id: impl Into<Cow<'a, str>>) -> Self {
        self.form = Some(id.into());
        self
    }

    /// Another address than the form's own.
    pub fn to(mut self, action: impl Into<Cow<'a, str>>) -> Self {
        self.to = Some(action.into());
        self
    }

    /// Words only heard, which tell equal buttons of a list apart: "Xoá" + "lớp 12A".
    pub fn context(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.context = Some(words.into());
        self
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        let (name, value) = self.sends.as_ref().map_or((None, None), |(n, v)| (Some(n), Some(v)));
        html! {
            button type="submit" class=(self.weight.class()) name=[name] value=[value]
                form=[&self.form] formaction=[&self.to]
            {
                (face(self.icon, &self.words, self.context.as_deref()))
            }
        }
    }
}

/// A link that looks like a button: `(LinkButton::primary("/classes/new", "Mở lớp"))`.
#[derive(Debug, Clone)]
pub struct LinkButton<'a> {
    href: Cow<'a, str>,
    words: Cow<'a, str>,
    weight: Weight,
    icon: Option<Icon>,
    context: Option<Cow<'a, str>>,
    saves: bool,
}

impl<'a> LinkButton<'a> {
    pub fn primary(href: impl Into<Cow<'a, str>>, words: impl Into<Cow<'a, str>>) -> Self {
        LinkButton::new(Weight::Primary, href.into(), words.into())
    }

    pub fn quiet(href: impl Into<Cow<'a, str>>, words: impl Into<Cow<'a, str>>) -> Self {
        LinkButton::new(Weight::Quiet, href.into(), words.into())
    }

    pub fn danger(href: impl Into<Cow<'a, str>>, words: impl Into<Cow<'a, str>>) -> Self {
        LinkButton::new(Weight::Danger, href.into(), words.into())
    }

    /// A link to a file to keep, with the icon that says so.
    pub fn download(href: impl Into<Cow<'a, str>>, words: impl Into<Cow<'a, str>>) -> Self {
        let link = LinkButton::new(Weight::Quiet, href.into(), words.into());
        LinkButton { saves: true, icon: Some(Icon::Download), ..link }
    }

    fn new(weight: Weight, href: Cow<'a, str>, words: Cow<'a, str>) -> Self {
        LinkButton { href, words, weight, icon: None, context: None, saves: false }
    }

    /// An icon before the words.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Words only heard, which tell equal links of a list apart.
    pub fn context(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.context = Some(words.into());
        self
    }
}

impl Render for LinkButton<'_> {
    fn render(&self) -> Markup {
        html! {
            a class=(self.weight.class()) href=(self.href) download?[self.saves] {
                (face(self.icon, &self.words, self.context.as_deref()))
            }
        }
    }
}

fn face(icon: Option<Icon>, words: &str, context: Option<&str>) -> Markup {
    html! {
        @if let Some(icon) = icon { (icon) }
        span { (words) }
        @if let Some(context) = context { span.only-heard { " " (context) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn a_button_sends_what_it_was_told_to() {
        let page = Probe::new(html! {
            (Button::danger("Xoá").icon(Icon::Trash).sends("act", "delete").context("lớp A & B"))
        });
        let button = page.one("button[type=submit].button-danger");
        assert_eq!(button.attr("name"), Some("act"));
        assert_eq!(button.attr("value"), Some("delete"));
        assert_eq!(page.text("button"), "Xoá lớp A & B");
        page.one("button > svg[aria-hidden=true]");
    }

    #[test]
    fn a_button_that_sends_nothing_of_its_own_has_no_name() {
        let page = Probe::new(Button::primary("Lưu").render());
        assert_eq!(page.one("button").attr("name"), None);
        assert_eq!(page.one("button").attr("formaction"), None);
    }

    #[test]
    fn a_download_says_so_to_the_browser() {
        let page = Probe::new(LinkButton::download("/plan/7.xlsx", "Tải về").render());
        page.one("a[download][href='/plan/7.xlsx'] svg");
    }
}
