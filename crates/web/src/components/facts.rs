//! Facts about one thing, each with its name: a definition list.

use std::borrow::Cow;

use maud::{Markup, Render, html};

/// `(Facts::new().fact("Đơn vị", "Xã Ví dụ").fact("Ngày sinh", lang.date(born)))`
#[derive(Debug, Clone, Default)]
pub struct Facts<'a> {
    facts: Vec<(Cow<'a, str>, Markup)>,
}

impl<'a> Facts<'a> {
    pub fn new() -> Self {
        Facts::default()
    }

    pub fn fact(mut self, name: impl Into<Cow<'a, str>>, value: impl Render) -> Self {
        self.facts.push((name.into(), value.render()));
        self
    }
}

impl Render for Facts<'_> {
    fn render(&self) -> Markup {
        html! {
            dl.facts {
                @for (name, value) in &self.facts { div { dt { (name) } dd { (value) } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn each_fact_has_its_name() {
        let facts = Facts::new().fact("Đơn vị", "Xã Ví dụ").fact("Lớp", html! { b { "7 & 8" } });
        let page = Probe::new(facts.render());
        assert_eq!(page.texts("dt"), ["Đơn vị", "Lớp"]);
        assert_eq!(page.texts("dd"), ["Xã Ví dụ", "7 & 8"]);
    }
}
