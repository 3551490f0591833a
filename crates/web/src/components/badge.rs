//! A badge: one state in words, with an icon; the colour only repeats what they say.

use std::borrow::Cow;

use maud::{Markup, Render, html};

use super::Icon;

/// What a state means for the reader; the colour and the icon follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Done, right, reached.
    Good,
    /// Worth knowing.
    Info,
    /// Look at it soon.
    Warn,
    /// Failed, wrong, overdue.
    Bad,
    /// Neither: a draft, no data.
    Plain,
}

impl Tone {
    /// The class that colours it.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Good => "tone-good",
            Tone::Info => "tone-info",
            Tone::Warn => "tone-warn",
            Tone::Bad => "tone-bad",
            Tone::Plain => "tone-plain",
        }
    }
}

/// A state in words: `(Badge::good("Đúng tiến độ"))`.
#[derive(Debug, Clone)]
pub struct Badge<'a> {
    tone: Tone,
    icon: Icon,
    words: Cow<'a, str>,
}

impl<'a> Badge<'a> {
    pub fn good(words: impl Into<Cow<'a, str>>) -> Self {
        Badge::new(Tone::Good, words)
    }

    pub fn info(words: impl Into<Cow<'a, str>>) -> Self {
        Badge::new(Tone::Info, words)
    }

    pub fn warn(words: impl Into<Cow<'a, str>>) -> Self {
        Badge::new(Tone::Warn, words)
    }

    pub fn bad(words: impl Into<Cow<'a, str>>) -> Self {
        Badge::new(Tone::Bad, words)
    }

    pub fn plain(words: impl Into<Cow<'a, str>>) -> Self {
        Badge::new(Tone::Plain, words)
    }

    /// A badge of any tone.
    pub fn new(tone: Tone, words: impl Into<Cow<'a, str>>) -> Self {
        Badge { tone, icon: tone.icon(), words: words.into() }
    }

    /// Another icon than the tone's own.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = icon;
        self
    }
}

impl Render for Badge<'_> {
    fn render(&self) -> Markup {
        html! {
            span class={ "badge " (self.tone.class()) } { (self.icon) span { (self.words) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn a_badge_has_words_and_an_icon_beside_its_colour() {
        let page = Probe::new(Badge::warn("Có nguy cơ").render());
        page.one(".badge.tone-warn > svg");
        assert_eq!(page.text(".badge"), "Có nguy cơ");
    }
}
