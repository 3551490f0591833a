//! Parts that scripts keep fresh, and text that they copy; both are whole without scripts.

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::Icon;

/// A part that is asked for again every few seconds while it is seen.
///
/// With scripts the page's own address plus `part={name}` is fetched; it answers with the inside
/// of this part alone, or 204 when nothing changed. A part with [`finished`] in it is asked for
/// no more. Without scripts the page shows how things were, and [`refresh`] offers to look again.
pub fn live_part(name: &str, seconds: u16, body: impl Render) -> Markup {
    html! { live-part name=(name) every=(seconds) { (body) } }
}

/// The mark, inside a live part, that it will not change any more.
pub fn finished() -> Markup {
    html! { span data-finished="" hidden {} }
}

/// A link that shows the page again, for those without scripts.
pub fn refresh(lang: Lang, href: &str) -> Markup {
    html! { noscript { p { a href=(href) { (lang.t("web.live.refresh")) } } } }
}

/// A text to send on, with a button that copies it where scripts run.
pub fn copy_text(lang: Lang, label: &str, text: &str) -> Markup {
    // About as many lines as a phone needs, so that nothing has to be scrolled to be read.
    let lines = text.lines().map(|line| 1 + line.chars().count() / 45).sum::<usize>().clamp(1, 10);
    html! {
        copy-text.copy copied=(lang.t("web.copy.done")) {
            label {
                span.label { (label) }
                textarea.input rows=(lines) readonly { (text) }
            }
            button.button.button-quiet type="button" hidden {
                (Icon::Copy) span { (lang.t("web.copy.do")) }
            }
            span.copy-state role="status" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn a_live_part_has_its_name_and_its_content() {
        let page = Probe::new(live_part("board", 5, html! { p { "40" } (finished()) }));
        assert_eq!(page.text("live-part[name=board][every='5'] p"), "40");
        page.one("live-part [data-finished][hidden]");
    }

    #[test]
    fn a_text_can_be_copied_by_hand() {
        let page = Probe::new(copy_text(Lang::Vi, "Lời nhắn", "dòng 1\ndòng 2 <b>"));
        assert_eq!(page.text("label textarea[readonly][rows='2']"), "dòng 1 dòng 2 <b>");
        page.one("copy-text button[hidden]");
    }
}
