//! Samples of learning: a lesson step, a question before and after, the tick list.

use maud::{Markup, html};

use super::{part, people};
use crate::components::{
    Badge, Button, Feedback, Form, Picture, Question, Tick, TickList, Video, step_bar, step_head,
};
use crate::page::Chrome;
use thao_base::Lang;

pub(super) fn show(chrome: &Chrome) -> Markup {
    let lang = chrome.lang;
    html! {
        (part(lang.t("web.gallery.graded"), &html! {
            (question(lang, "graded").chosen("a").graded(lang, &["b"]))
            (Feedback::wrong(lang, html! { p { (lang.t("web.gallery.why")) } }))
            (Feedback::right(lang, html! { p { (lang.t("web.gallery.why")) } }))
        }))
        (part(lang.t("web.gallery.attendance"), &ticks(chrome, 5)))
    }
}

pub(super) fn ticks(chrome: &Chrome, rows: usize) -> Markup {
    let lang = chrome.lang;
    let ticks =
        people(lang).into_iter().cycle().take(rows).enumerate().map(|(i, (name, below))| {
            let tick = Tick::new(format!("person-{i}"), name).below(below).ticked(i % 3 != 1);
            if i == 3 { tick.mark(Badge::info(lang.t("web.gallery.new"))) } else { tick }
        });
    html! {
        (TickList::new(chrome, "/gallery/attendance", lang.t("web.gallery.save_roll"))
            .once("gallery")
            .save("/gallery/ticks")
            .ticks(ticks))
    }
}

pub(super) fn lesson(chrome: &Chrome) -> Markup {
    let lang = chrome.lang;
    let w = |key| lang.t(key);
    html! {
        (step_head(lang, w("web.gallery.course"), w("web.gallery.step"), 3, 7))
        div.prose { p { (w("web.gallery.text_1")) } p { (w("web.gallery.text_2")) } }
        (Picture::new("/media/none.webp", w("web.gallery.picture"), (640, 200)).caption(w("web.gallery.picture")))
        (Video::new(lang, "/media/none.mp4", "video/mp4")
            .captions(Lang::Vi, "/media/none.vi.vtt")
            .weight(w("web.gallery.weight"))
            .transcript(html! { p { (w("web.gallery.text_1")) } }))
        (Form::post(chrome, "/gallery/lesson").id("answer-form").once("gallery")
            .body(html! { (question(lang, "answer").chosen("b")) }))
        (step_bar(lang, Some("/gallery"), Button::primary(w("web.gallery.check")).form("answer-form")))
    }
}

fn question(lang: Lang, name: &'static str) -> Question<'static> {
    Question::one(name, lang.t("web.gallery.ask"))
        .option("a", lang.t("web.gallery.option_1"))
        .option("b", lang.t("web.gallery.option_2"))
        .option("c", lang.t("web.gallery.option_3"))
}
