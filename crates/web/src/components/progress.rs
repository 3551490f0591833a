//! How far something is: a bar with its numbers in words beside it.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

/// Work or learning under way: `(Progress::new(lang, "Đã học", 3, 7))` reads "Đã học: 3/7".
#[derive(Debug, Clone)]
pub struct Progress<'a> {
    lang: Lang,
    words: Cow<'a, str>,
    done: i64,
    all: i64,
}

impl<'a> Progress<'a> {
    /// `done` of `all` pieces; `all` of 0 means that nobody knows yet how many there are.
    pub fn new(lang: Lang, words: impl Into<Cow<'a, str>>, done: i64, all: i64) -> Self {
        Progress { lang, words: words.into(), done, all }
    }
}

impl Render for Progress<'_> {
    fn render(&self) -> Markup {
        let known = self.all > 0;
        html! {
            label.progress {
                span.progress-words {
                    span { (self.words) }
                    @if known {
                        " "
                        strong { (self.lang.number(self.done)) "/" (self.lang.number(self.all)) }
                    }
                }
                @if known {
                    progress value=(self.done.clamp(0, self.all)) max=(self.all) {}
                } @else {
                    progress {}
                }
            }
        }
    }
}

/// A share in a table cell or a card: the percentage in words with a bar that repeats it.
///
/// A whole of 0 has no share: it reads "–" and has no bar.
pub fn share(lang: Lang, part: i64, whole: i64) -> Markup {
    let words = lang.percent(part, whole);
    html! {
        span.share {
            span.share-words { (words) }
            @if whole > 0 {
                progress max=(whole) value=(part.clamp(0, whole)) aria-hidden="true" {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn progress_has_its_numbers_in_words() {
        let page = Probe::new(Progress::new(Lang::Vi, "Đã nhập", 1_200, 5_678).render());
        assert_eq!(page.text("label"), "Đã nhập 1.200/5.678");
        let bar = page.one("progress");
        assert_eq!((bar.attr("value"), bar.attr("max")), (Some("1200"), Some("5678")));
    }

    #[test]
    fn a_bar_never_runs_over() {
        let page = Probe::new(Progress::new(Lang::Vi, "Đã học", 9, 7).render());
        assert_eq!(page.one("progress").attr("value"), Some("7"));
    }

    #[test]
    fn unknown_length_has_a_bar_without_a_value() {
        let page = Probe::new(Progress::new(Lang::Vi, "Đang đọc tệp", 0, 0).render());
        assert_eq!(page.one("progress").attr("value"), None);
        assert_eq!(page.text("label"), "Đang đọc tệp");
    }

    #[test]
    fn a_share_of_nothing_is_not_zero() {
        let page = Probe::new(share(Lang::Vi, 0, 0));
        assert_eq!(page.text(".share"), "–");
        assert!(page.all("progress").is_empty());
    }
}
