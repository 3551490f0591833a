//! Tabs: parts of one thing, each at its own address, as links.

use std::borrow::Cow;

use maud::{Markup, Render, html};

/// `(Tabs::new("Các phần của lớp").tab("/classes/7", "Buổi học").tab("/classes/7/people", "Học viên").current("/classes/7"))`
#[derive(Debug, Clone)]
pub struct Tabs<'a> {
    label: Cow<'a, str>,
    tabs: Vec<Tab<'a>>,
    current: Cow<'a, str>,
}

#[derive(Debug, Clone)]
struct Tab<'a> {
    href: Cow<'a, str>,
    words: Cow<'a, str>,
    count: Option<Cow<'a, str>>,
}

impl<'a> Tabs<'a> {
    /// What the tabs are parts of, for those who hear the page.
    pub fn new(label: impl Into<Cow<'a, str>>) -> Self {
        Tabs { label: label.into(), tabs: Vec::new(), current: Cow::Borrowed("") }
    }

    pub fn tab(mut self, href: impl Into<Cow<'a, str>>, words: impl Into<Cow<'a, str>>) -> Self {
        self.tabs.push(Tab { href: href.into(), words: words.into(), count: None });
        self
    }

    /// A tab that says how many things are behind it.
    pub fn counted(
        mut self,
        href: impl Into<Cow<'a, str>>,
        words: impl Into<Cow<'a, str>>,
        count: impl Into<Cow<'a, str>>,
    ) -> Self {
        let count = Some(count.into());
        self.tabs.push(Tab { href: href.into(), words: words.into(), count });
        self
    }

    /// The address of the tab that is open.
    pub fn current(mut self, href: impl Into<Cow<'a, str>>) -> Self {
        self.current = href.into();
        self
    }
}

impl Render for Tabs<'_> {
    fn render(&self) -> Markup {
        html! {
            nav.tabs aria-label=(self.label) {
                ul {
                    @for tab in &self.tabs {
                        @let open = (tab.href == self.current).then_some("page");
                        li {
                            a href=(tab.href) aria-current=[open] {
                                (tab.words)
                                @if let Some(count) = &tab.count { " " span.tab-count { (count) } }
                            }
                        }
                    }
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
    fn one_tab_is_open() {
        let tabs =
            Tabs::new("Các phần").tab("/c/7", "Buổi học").counted("/c/7/people", "Học viên", "40");
        let page = Probe::new(tabs.current("/c/7/people").render());
        assert_eq!(page.text("a[aria-current=page]"), "Học viên 40");
        assert_eq!(page.all("nav[aria-label] li").len(), 2);
    }
}
