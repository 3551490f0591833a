//! Cards: one thing with a heading, some words and at most a few actions; and the grid they lie in.

use std::borrow::Cow;

use maud::{Markup, Render, html};

use super::Icon;

/// A card: `(Card::new("An toàn thông tin").href("/learn/7").body(html! { p { "…" } }))`.
#[derive(Debug, Clone)]
pub struct Card<'a> {
    title: Cow<'a, str>,
    href: Option<Cow<'a, str>>,
    icon: Option<Icon>,
    above: Option<Cow<'a, str>>,
    mark: Option<Markup>,
    body: Option<Markup>,
    actions: Option<Markup>,
}

impl<'a> Card<'a> {
    pub fn new(title: impl Into<Cow<'a, str>>) -> Self {
        Card {
            title: title.into(),
            href: None,
            icon: None,
            above: None,
            mark: None,
            body: None,
            actions: None,
        }
    }

    /// Where the title leads; the whole card can then be pressed.
    pub fn href(mut self, href: impl Into<Cow<'a, str>>) -> Self {
        self.href = Some(href.into());
        self
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// A small line above the title: what kind of thing it is, when it is due.
    pub fn above(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.above = Some(words.into());
        self
    }

    /// A badge at the title's side.
    pub fn mark(mut self, mark: impl Render) -> Self {
        self.mark = Some(mark.render());
        self
    }

    pub fn body(mut self, body: impl Render) -> Self {
        self.body = Some(body.render());
        self
    }

    /// Buttons and links at the foot.
    pub fn actions(mut self, actions: impl Render) -> Self {
        self.actions = Some(actions.render());
        self
    }
}

impl Render for Card<'_> {
    fn render(&self) -> Markup {
        let pressed = if self.href.is_some() { "card card-link" } else { "card" };
        html! {
            section class=(pressed) {
                @if let Some(above) = &self.above { p.card-above { (above) } }
                div.card-head {
                    @if let Some(icon) = self.icon { (icon) }
                    h2.card-title {
                        @if let Some(href) = &self.href { a href=(href) { (self.title) } }
                        @else { (self.title) }
                    }
                    @if let Some(mark) = &self.mark { (mark) }
                }
                @if let Some(body) = &self.body { (body) }
                @if let Some(actions) = &self.actions { div.toolbar { (actions) } }
            }
        }
    }
}

/// Cards beside each other, as many as fit: `(cards(html! { (Card…) (Card…) }))`.
pub fn cards(body: impl Render) -> Markup {
    html! { div.cards { (body) } }
}

/// Buttons and links in a row that wraps; the primary one first.
pub fn toolbar(body: impl Render) -> Markup {
    html! { div.toolbar { (body) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::Badge;
    use crate::components::probe::Probe;

    #[test]
    fn a_card_that_leads_somewhere_has_one_link_in_its_title() {
        let card = Card::new("An toàn thông tin").href("/learn/7").mark(Badge::good("Đạt"));
        let page = Probe::new(card.body(html! { p { "12 phút" } }).render());
        assert_eq!(page.one(".card-link h2 a").attr("href"), Some("/learn/7"));
        assert_eq!(page.text(".badge"), "Đạt");
    }

    #[test]
    fn a_card_that_leads_nowhere_has_no_link() {
        let page = Probe::new(Card::new("Tóm tắt").render());
        assert!(page.all("a").is_empty());
        assert!(page.all(".toolbar").is_empty());
    }
}
