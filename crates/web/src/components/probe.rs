//! What the kit's own tests look at a piece of page with: CSS selectors, not strings.

use maud::Markup;
use scraper::{ElementRef, Html, Selector};

/// A parsed piece of page.
pub struct Probe(Html);

impl Probe {
    pub fn new(markup: Markup) -> Self {
        let text = markup.into_string();
        if text.starts_with("<!DOCTYPE") {
            Probe(Html::parse_document(&text))
        } else {
            Probe(Html::parse_fragment(&text))
        }
    }

    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.0.select(&Selector::parse(selector).unwrap()).collect()
    }

    /// The only element of a selector.
    #[track_caller]
    pub fn one(&self, selector: &str) -> ElementRef<'_> {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector} in {}", self.0.html());
        found[0]
    }

    /// The text of the only element of a selector, white space squeezed.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        squeeze(&self.one(selector).text().collect::<String>())
    }

    /// The texts of all elements of a selector.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(|e| squeeze(&e.text().collect::<String>())).collect()
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
