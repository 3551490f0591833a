//! Printed pages: the head of an office's paper, signatures, slips to cut, the print button.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::Icon;

/// The head of an office's paper: who issues it to the left, the country's name to the right,
/// as Decree 30/2020/NĐ-CP (annex I) sets them.
pub fn paper_head(lang: Lang, above: Option<&str>, unit: &str, place_and_date: &str) -> Markup {
    html! {
        div.paper-head {
            div {
                @if let Some(above) = above { p { (above) } }
                p.paper-unit { (unit) }
            }
            div {
                p.paper-country { (lang.t("web.paper.country")) }
                p.paper-motto { (lang.t("web.paper.motto")) }
                p.paper-date { (place_and_date) }
            }
        }
    }
}

/// Who signs, in columns: `(signatures(&["Người lập", "Thủ trưởng đơn vị"], lang))`.
pub fn signatures(lang: Lang, who: &[&str]) -> Markup {
    html! {
        div.signatures {
            @for words in who {
                div { p.signature-who { (words) } p { (lang.t("web.paper.sign_here")) } }
            }
        }
    }
}

/// A slip to cut out: an account's activation, an invitation.
#[derive(Debug, Clone)]
pub struct Slip<'a> {
    title: Cow<'a, str>,
    picture: Option<Markup>,
    body: Markup,
}

impl<'a> Slip<'a> {
    pub fn new(title: impl Into<Cow<'a, str>>, body: impl Render) -> Self {
        Slip { title: title.into(), picture: None, body: body.render() }
    }

    /// A QR code as SVG.
    pub fn picture(mut self, svg: impl Render) -> Self {
        self.picture = Some(svg.render());
        self
    }
}

impl Render for Slip<'_> {
    fn render(&self) -> Markup {
        html! {
            section.slip {
                div.slip-words { h2 { (self.title) } (self.body) }
                @if let Some(picture) = &self.picture { div.slip-picture { (picture) } }
            }
        }
    }
}

/// Slips two beside each other, never torn by the end of a page.
pub fn slips<'a>(slips: impl IntoIterator<Item = Slip<'a>>) -> Markup {
    html! { div.slips { @for slip in slips { (slip) } } }
}

/// A button that prints the page. Only scripts can; without them it stays hidden and the
/// browser's own menu prints.
pub fn print_button(lang: Lang) -> Markup {
    html! {
        print-button.no-print hidden {
            button.button.button-quiet type="button" {
                (Icon::Print) span { (lang.t("web.paper.print")) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn a_paper_has_who_issues_it_and_the_country_s_name() {
        let head =
            paper_head(Lang::Vi, Some("UBND XÃ VÍ DỤ"), "TRUNG TÂM", "Ví Dụ, ngày 20 tháng 11");
        let page = Probe::new(head);
        assert_eq!(page.text(".paper-unit"), "TRUNG TÂM");
        assert_eq!(page.text(".paper-motto"), "Độc lập – Tự do – Hạnh phúc");
    }

    #[test]
    fn slips_and_signatures_are_as_many_as_asked_for() {
        let two = [Slip::new("A", "x").picture(html! { svg {} }), Slip::new("B", "y")];
        let page = Probe::new(slips(two));
        assert_eq!(page.texts(".slip h2"), ["A", "B"]);
        page.one(".slip-picture svg");
        let page = Probe::new(signatures(Lang::Vi, &["Người lập", "Thủ trưởng đơn vị"]));
        assert_eq!(page.texts(".signature-who"), ["Người lập", "Thủ trưởng đơn vị"]);
    }

    #[test]
    fn what_needs_scripts_is_hidden_without_them() {
        Probe::new(print_button(Lang::Vi)).one("print-button[hidden] button[type=button]");
    }
}
