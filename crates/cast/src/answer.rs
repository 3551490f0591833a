//! What came back, looked at through selectors.

use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use scraper::{Html, Selector};

/// An answer of the service.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub(crate) path: String,
}

impl Answer {
    /// The text of every element that matches, white space evened out.
    pub fn css(&self, selector: &str) -> Vec<String> {
        let page = self.page();
        page.select(&parsed(selector)).map(|found| words(found.text())).collect()
    }

    /// The text of the only element that matches.
    pub fn one(&self, selector: &str) -> String {
        let mut found = self.css(selector);
        match (found.pop(), found.is_empty()) {
            (Some(text), true) => text,
            (found, _) => panic!(
                "{} on {} where one was asked for: {selector}\n{}",
                if found.is_some() { "several" } else { "none" },
                self.path,
                self.text()
            ),
        }
    }

    /// Whether anything matches.
    pub fn has(&self, selector: &str) -> bool {
        self.page().select(&parsed(selector)).next().is_some()
    }

    /// An attribute of every element that matches and has it.
    pub fn attrs(&self, selector: &str, name: &str) -> Vec<String> {
        let page = self.page();
        page.select(&parsed(selector))
            .filter_map(|found| found.value().attr(name).map(str::to_owned))
            .collect()
    }

    /// An attribute of the first element that matches.
    pub fn attr(&self, selector: &str, name: &str) -> String {
        match self.attrs(selector, name).into_iter().next() {
            Some(value) => value,
            None => panic!("no {name} of {selector} on {}:\n{}", self.path, self.text()),
        }
    }

    /// Where the answer leads.
    pub fn location(&self) -> String {
        match self.header(header::LOCATION.as_str()) {
            Some(location) => location.to_owned(),
            None => panic!("{} leads nowhere ({}):\n{}", self.path, self.status, self.text()),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The words of the page's content, or of the whole body when it is no page.
    pub fn text(&self) -> String {
        match self.css("main").into_iter().next() {
            Some(main) => main,
            None => self.html(),
        }
    }

    /// The body as it came.
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn page(&self) -> Html {
        Html::parse_document(&self.html())
    }
}

fn parsed(selector: &str) -> Selector {
    match Selector::parse(selector) {
        Ok(selector) => selector,
        Err(e) => panic!("{selector} is no selector: {e}"),
    }
}

fn words<'t>(text: impl Iterator<Item = &'t str>) -> String {
    let text: String = text.collect();
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}
