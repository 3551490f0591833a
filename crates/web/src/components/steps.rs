//! The steps of a task of several pages: which are done, which is now, which come.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::Icon;

/// `(Steps::new(lang, 2).step("Chọn tệp").step("Xem thử").step("Xác nhận"))`: the second is now.
#[derive(Debug, Clone)]
pub struct Steps<'a> {
    lang: Lang,
    now: usize,
    steps: Vec<Cow<'a, str>>,
}

impl<'a> Steps<'a> {
    /// `now` counts from 1; beyond the last step all are done.
    pub fn new(lang: Lang, now: usize) -> Self {
        Steps { lang, now, steps: Vec::new() }
    }

    pub fn step(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.steps.push(words.into());
        self
    }
}

impl Render for Steps<'_> {
    fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            ol.steps aria-label=(lang.t("web.steps.title")) {
                @for (i, words) in self.steps.iter().enumerate() {
                    @let number = i + 1;
                    @if number < self.now {
                        li.step-done {
                            span.step-mark { (Icon::Check) }
                            span { (words) span.only-heard { " (" (lang.t("web.steps.done")) ")" } }
                        }
                    } @else {
                        li aria-current=[(number == self.now).then_some("step")] {
                            span.step-mark aria-hidden="true" { (number) }
                            span { (words) }
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
    fn done_now_and_to_come() {
        let steps = Steps::new(Lang::Vi, 2).step("Chọn tệp").step("Xem thử").step("Xác nhận");
        let page = Probe::new(steps.render());
        assert_eq!(page.texts("li.step-done"), ["Chọn tệp (đã xong)"]);
        assert_eq!(page.texts("li[aria-current=step]"), ["2Xem thử"]);
        assert_eq!(page.all("li").len(), 3);
    }
}
