//! A stat: one number that matters, never without what it is a part of.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

/// A big number: `(Stat::part(lang, "Đạt An toàn thông tin", 1234, 5678))` reads
/// "1.234 / 5.678 (21,7%)".
#[derive(Debug, Clone)]
pub struct Stat<'a> {
    words: Cow<'a, str>,
    number: String,
    rest: Option<String>,
    bar: Option<(i64, i64)>,
    note: Option<Cow<'a, str>>,
    href: Option<Cow<'a, str>>,
}

impl<'a> Stat<'a> {
    /// A part with its whole and the share.
    pub fn part(lang: Lang, words: impl Into<Cow<'a, str>>, part: i64, whole: i64) -> Self {
        Stat {
            words: words.into(),
            number: lang.number(part),
            rest: Some(format!("/ {} ({})", lang.number(whole), lang.percent(part, whole))),
            bar: (whole > 0).then_some((part.clamp(0, whole), whole)),
            note: None,
            href: None,
        }
    }

    /// A count that is a part of nothing: "12 lớp đang mở".
    pub fn count(lang: Lang, words: impl Into<Cow<'a, str>>, count: i64) -> Self {
        Stat {
            words: words.into(),
            number: lang.number(count),
            rest: None,
            bar: None,
            note: None,
            href: None,
        }
    }

    /// A figure in words of its own: "hạng 4", "7,05 điểm", "Đã đạt".
    pub fn figure(words: impl Into<Cow<'a, str>>, figure: impl Into<String>) -> Self {
        Stat {
            words: words.into(),
            number: figure.into(),
            rest: None,
            bar: None,
            note: None,
            href: None,
        }
    }

    /// A small line below: as of when, from which source, what is missing.
    pub fn note(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.note = Some(words.into());
        self
    }

    /// Where the names behind the number are.
    pub fn href(mut self, href: impl Into<Cow<'a, str>>) -> Self {
        self.href = Some(href.into());
        self
    }
}

impl Render for Stat<'_> {
    fn render(&self) -> Markup {
        html! {
            div.stat {
                p.stat-words {
                    @if let Some(href) = &self.href { a href=(href) { (self.words) } }
                    @else { (self.words) }
                }
                p.stat-figure {
                    strong { (self.number) }
                    @if let Some(rest) = &self.rest { " " span { (rest) } }
                }
                @if let Some((value, max)) = self.bar {
                    progress max=(max) value=(value) aria-hidden="true" {}
                }
                @if let Some(note) = &self.note { p.stat-note { (note) } }
            }
        }
    }
}

/// Stats beside each other: `(stats(html! { (Stat…) (Stat…) }))`.
pub fn stats(body: impl Render) -> Markup {
    html! { div.stats { (body) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn a_number_stands_with_its_denominator() {
        let page = Probe::new(Stat::part(Lang::Vi, "Đạt", 1_234, 5_678).render());
        assert_eq!(page.text(".stat-figure"), "1.234 / 5.678 (21,7%)");
        let page = Probe::new(Stat::part(Lang::En, "Passed", 1_234, 5_678).render());
        assert_eq!(page.text(".stat-figure"), "1,234 / 5,678 (21.7%)");
    }

    #[test]
    fn without_a_denominator_there_is_no_share_and_no_bar() {
        let page = Probe::new(Stat::part(Lang::Vi, "Đạt", 0, 0).render());
        assert_eq!(page.text(".stat-figure"), "0 / 0 (–)");
        assert!(page.all("progress").is_empty());
    }
}
