//! What opens when asked for: more words, or a danger that is asked about once more.

use std::borrow::Cow;

use maud::{Markup, Render, html};

/// More for those who want it: `(details("Cách tính", html! { p { "…" } }))`.
pub fn details(summary: &str, body: impl Render) -> Markup {
    html! {
        details.details { summary { span { (summary) } } div.details-body { (body) } }
    }
}

/// A button that opens the question before the deed; works without scripts.
///
/// `(Confirm::new("Xoá lớp", "Lớp chưa có buổi nào sẽ bị xoá.", Form::post(chrome, "/classes/7/removal")…))`
#[derive(Debug, Clone)]
pub struct Confirm<'a> {
    words: Cow<'a, str>,
    question: Cow<'a, str>,
    form: Markup,
}

impl<'a> Confirm<'a> {
    /// The words of the button, what will happen, and the form that does it.
    pub fn new(
        words: impl Into<Cow<'a, str>>,
        question: impl Into<Cow<'a, str>>,
        form: impl Render,
    ) -> Self {
        Confirm { words: words.into(), question: question.into(), form: form.render() }
    }
}

impl Render for Confirm<'_> {
    fn render(&self) -> Markup {
        html! {
            details.confirm {
                summary.button.button-danger { span { (self.words) } }
                div.confirm-box { p { (self.question) } (self.form) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn the_deed_is_behind_the_question() {
        let confirm = Confirm::new("Xoá lớp", "Lớp sẽ bị xoá.", html! { form {} });
        let page = Probe::new(confirm.render());
        page.one("details:not([open]) > summary");
        page.one("details > .confirm-box form");
    }

    #[test]
    fn more_is_closed_at_first() {
        let page = Probe::new(details("Cách tính", html! { p { "Số đạt chia số phải đạt." } }));
        assert_eq!(page.text("details:not([open]) summary"), "Cách tính");
    }
}
