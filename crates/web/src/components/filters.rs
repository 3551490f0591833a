//! A bar above a list that narrows it: words to look for, choices, one button; a `GET` form.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::{Button, Field, Icon, hidden};

/// `(Filters::new(lang, "/people").search("q", "Tìm theo tên", &q).field(Choice::select(…)).clear("/people"))`
#[derive(Debug, Clone)]
pub struct Filters<'a> {
    lang: Lang,
    action: Cow<'a, str>,
    parts: Vec<Markup>,
    clear: Option<Cow<'a, str>>,
}

impl<'a> Filters<'a> {
    pub fn new(lang: Lang, action: impl Into<Cow<'a, str>>) -> Self {
        Filters { lang, action: action.into(), parts: Vec::new(), clear: None }
    }

    /// Words to look for.
    pub fn search(mut self, name: &str, label: &str, value: &str) -> Self {
        self.parts.push(Field::search(name, label).value(value).render());
        self
    }

    /// A choice or any other field; with scripts the list follows as soon as a choice is made.
    pub fn field(mut self, field: impl Render) -> Self {
        self.parts.push(field.render());
        self
    }

    /// What the list's address holds besides: how it is sorted.
    pub fn keep(mut self, name: &str, value: &str) -> Self {
        self.parts.push(hidden(name, value));
        self
    }

    /// The address without any filter; give it when one is set.
    pub fn clear(mut self, href: impl Into<Cow<'a, str>>) -> Self {
        self.clear = Some(href.into());
        self
    }
}

impl Render for Filters<'_> {
    fn render(&self) -> Markup {
        html! {
            auto-submit {
                form.filters method="get" action=(self.action) role="search" {
                    @for part in &self.parts { (part) }
                    div.filters-act {
                        (Button::quiet(self.lang.t("web.filters.apply")).icon(Icon::Search))
                        @if let Some(clear) = &self.clear {
                            a href=(clear) { (self.lang.t("web.filters.clear")) }
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
    use crate::components::Choice;
    use crate::components::probe::Probe;

    #[test]
    fn a_filter_asks_by_address_and_keeps_the_order() {
        let filters = Filters::new(Lang::Vi, "/people")
            .search("q", "Tìm theo tên", "An")
            .field(Choice::select("role", "Vai trò").option("", "Tất cả"))
            .keep("sort", "name");
        let page = Probe::new(filters.render());
        page.one("auto-submit > form[method=get][action='/people'][role=search]");
        page.one("input[type=search][name=q][value=An]");
        page.one("input[type=hidden][name=sort][value=name]");
        page.one("button[type=submit]");
        assert!(page.all("a").is_empty());
    }

    #[test]
    fn a_set_filter_can_be_cleared() {
        let page = Probe::new(Filters::new(Lang::Vi, "/people").clear("/people").render());
        assert_eq!(page.text("a[href='/people']"), "Bỏ lọc");
    }
}
