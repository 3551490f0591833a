//! What stands where a list has nothing to show: why, and what to do about it.

use std::borrow::Cow;

use maud::{Markup, Render, html};

use super::LinkButton;

/// An empty state: `(Empty::new("Chưa có lớp nào", "Mở lớp đầu tiên của xã.").action("/classes/new", "Mở lớp"))`.
#[derive(Debug, Clone)]
pub struct Empty<'a> {
    title: Cow<'a, str>,
    words: Cow<'a, str>,
    action: Option<LinkButton<'a>>,
}

impl<'a> Empty<'a> {
    /// What is missing, and what would change that.
    pub fn new(title: impl Into<Cow<'a, str>>, words: impl Into<Cow<'a, str>>) -> Self {
        Empty { title: title.into(), words: words.into(), action: None }
    }

    /// The one link that leads on.
    pub fn action(mut self, href: impl Into<Cow<'a, str>>, words: impl Into<Cow<'a, str>>) -> Self {
        self.action = Some(LinkButton::quiet(href, words));
        self
    }
}

impl Render for Empty<'_> {
    fn render(&self) -> Markup {
        html! {
            div.empty {
                p.empty-title { (self.title) }
                p { (self.words) }
                @if let Some(action) = &self.action { div.toolbar { (action) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn nothing_to_show_says_what_to_do() {
        let empty = Empty::new("Chưa có lớp nào", "Mở lớp đầu tiên.").action("/classes/new", "Mở");
        let page = Probe::new(empty.render());
        assert_eq!(page.text(".empty-title"), "Chưa có lớp nào");
        page.one(".empty a[href='/classes/new']");
    }
}
