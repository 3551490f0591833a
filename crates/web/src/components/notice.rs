//! A notice: what happened, or what to know before going on; at the top of a page or in it.

use maud::{Markup, Render, html};

use super::{Icon, Tone};

/// Words in a coloured box, with an icon that says the same as the colour.
#[derive(Debug, Clone)]
pub struct Notice {
    tone: Tone,
    title: Option<String>,
    body: Markup,
}

impl Notice {
    /// Something succeeded.
    pub fn good(words: impl Into<String>) -> Self {
        Notice::new(Tone::Good, words)
    }

    /// Something to know.
    pub fn info(words: impl Into<String>) -> Self {
        Notice::new(Tone::Info, words)
    }

    /// Something to look at before it goes wrong.
    pub fn warn(words: impl Into<String>) -> Self {
        Notice::new(Tone::Warn, words)
    }

    /// Something failed: say what, and what to do next.
    pub fn bad(words: impl Into<String>) -> Self {
        Notice::new(Tone::Bad, words)
    }

    /// A notice of any tone.
    pub fn new(tone: Tone, words: impl Into<String>) -> Self {
        let words = words.into();
        Notice { tone, title: None, body: html! { p { (words) } } }
    }

    /// A line in bold above the words.
    pub fn title(mut self, words: impl Into<String>) -> Self {
        self.title = Some(words.into());
        self
    }

    /// More below the words: a list, a link, a button.
    pub fn more(mut self, more: impl Render) -> Self {
        self.body = html! { (self.body) (more) };
        self
    }
}

impl Render for Notice {
    fn render(&self) -> Markup {
        // An alert interrupts a screen reader; only failure may.
        let role = if self.tone == Tone::Bad { "alert" } else { "status" };
        html! {
            div class={ "notice " (self.tone.class()) } role=(role) {
                (self.tone.icon())
                div.notice-body {
                    @if let Some(title) = &self.title { p.notice-title { (title) } }
                    (self.body)
                }
            }
        }
    }
}

/// The icon of a tone.
impl Tone {
    pub fn icon(self) -> Icon {
        match self {
            Tone::Good => Icon::Check,
            Tone::Info => Icon::Info,
            Tone::Warn => Icon::Warning,
            Tone::Bad => Icon::Cross,
            Tone::Plain => Icon::Dash,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn only_a_failure_interrupts() {
        for (notice, role) in [
            (Notice::good("Đã lưu."), "status"),
            (Notice::info("Lớp mở lúc 19:30."), "status"),
            (Notice::warn("Còn ba ngày."), "status"),
            (Notice::bad("Không lưu được."), "alert"),
        ] {
            let page = Probe::new(notice.render());
            assert_eq!(page.one(".notice").attr("role"), Some(role));
        }
    }

    #[test]
    fn what_people_typed_is_escaped() {
        let page = Probe::new(Notice::info("<b>x</b>").title("A & B").render());
        assert_eq!(page.texts(".notice-body p"), ["A & B", "<b>x</b>"]);
    }
}
