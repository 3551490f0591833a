//! Links to the page before and after, by key: the address says after which row to go on.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::Icon;

/// Paging by links: `Pages::new(lang).previous("?before=…").next("?after=…").shown(50, Some(1234))`.
#[derive(Debug, Clone)]
pub struct Pages<'a> {
    lang: Lang,
    previous: Option<Cow<'a, str>>,
    next: Option<Cow<'a, str>>,
    shown: Option<(i64, Option<i64>)>,
}

impl<'a> Pages<'a> {
    pub fn new(lang: Lang) -> Self {
        Pages { lang, previous: None, next: None, shown: None }
    }

    pub fn previous(mut self, href: impl Into<Cow<'a, str>>) -> Self {
        self.previous = Some(href.into());
        self
    }

    pub fn next(mut self, href: impl Into<Cow<'a, str>>) -> Self {
        self.next = Some(href.into());
        self
    }

    /// How many rows are shown, and of how many when that is known.
    pub fn shown(mut self, rows: i64, all: Option<i64>) -> Self {
        self.shown = Some((rows, all));
        self
    }
}

impl Render for Pages<'_> {
    fn render(&self) -> Markup {
        let lang = self.lang;
        if self.previous.is_none() && self.next.is_none() && self.shown.is_none() {
            return html! {};
        }
        html! {
            nav.pages aria-label=(lang.t("web.pages.title")) {
                @if let Some(href) = &self.previous {
                    a.button.button-quiet href=(href) rel="prev" {
                        (Icon::ArrowLeft) span { (lang.t("web.pages.previous")) }
                    }
                }
                @if let Some((rows, all)) = self.shown {
                    p.pages-shown {
                        @match all {
                            Some(all) => (lang.f("web.pages.shown_of", &[
                                ("rows", &lang.number(rows)),
                                ("all", &lang.number(all)),
                            ])),
                            None => (lang.f("web.pages.shown", &[("rows", &lang.number(rows))])),
                        }
                    }
                }
                @if let Some(href) = &self.next {
                    a.button.button-quiet href=(href) rel="next" {
                        span { (lang.t("web.pages.next")) } (Icon::ArrowRight)
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
    fn only_pages_that_exist_are_linked() {
        let page =
            Probe::new(Pages::new(Lang::Vi).next("?after=k").shown(50, Some(1_234)).render());
        page.one("a[rel=next][href='?after=k']");
        assert!(page.all("a[rel=prev]").is_empty());
        assert_eq!(page.text(".pages-shown"), "50 trong 1.234 dòng");
    }

    #[test]
    fn one_page_has_no_paging() {
        assert_eq!(Pages::new(Lang::Vi).render().into_string(), "");
    }
}
