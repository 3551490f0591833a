//! The living style sheet: every component once, with made-up words, in both languages.
//!
//! `cargo run -p thao-web --example gallery` writes it to `target/gallery.{vi,en}.html`.

use maud::{Markup, html};
use thao_base::Lang;

use super::{Icon, LinkButton, Notice};
use crate::page::{Chrome, NavEntry, Page, Who};

mod forms;
mod learning;
mod lists;
mod paper;

/// The whole gallery as a page of the program.
pub fn gallery(lang: Lang) -> Markup {
    let chrome = chrome(lang, "/gallery");
    let words = |key| lang.t(key);
    Page::new(&chrome, words("web.gallery.title"))
        .crumb("/", words("web.gallery.home"))
        .above(words("web.gallery.above"))
        .lead(words("web.gallery.lead"))
        .actions(html! {
            (LinkButton::primary("#new", words("web.gallery.open_class")).icon(Icon::Plus))
            (LinkButton::download("#file", words("web.gallery.download")))
        })
        .notice(Notice::good(words("web.gallery.saved")))
        .body(html! {
            (lists::show(lang))
            (forms::show(&chrome))
            (learning::show(&chrome))
            (paper::show(lang))
        })
}

/// The page for taking attendance, as a phone sees it.
pub fn attendance(lang: Lang) -> Markup {
    let chrome = chrome(lang, "/gallery/attendance");
    Page::new(&chrome, lang.t("web.gallery.attendance"))
        .narrow()
        .above(lang.t("web.gallery.session"))
        .focused("/gallery", lang.t("web.gallery.class"))
        .body(learning::ticks(&chrome, 40))
}

/// A step of a lesson, as a phone sees it.
pub fn lesson(lang: Lang) -> Markup {
    let chrome = chrome(lang, "/gallery/lesson");
    Page::new(&chrome, lang.t("web.gallery.step"))
        .narrow()
        .own_heading()
        .focused("/gallery", lang.t("web.gallery.leave"))
        .body(learning::lesson(&chrome))
}

/// A printed roll.
pub fn roll(lang: Lang) -> Markup {
    let chrome = chrome(lang, "/gallery/roll");
    Page::new(&chrome, lang.t("web.gallery.roll")).paper().own_heading().body(paper::roll(lang))
}

fn chrome(lang: Lang, path: &str) -> Chrome {
    let places = [
        ("/", "web.gallery.home", Icon::Home),
        ("/learn", "web.gallery.learn", Icon::Lesson),
        ("/classes", "web.gallery.classes", Icon::Class),
        ("/gallery", "web.gallery.targets", Icon::Target),
        ("/people", "web.gallery.people", Icon::People),
        ("/units", "web.gallery.units", Icon::Unit),
        ("/audit", "web.gallery.journal", Icon::Journal),
    ];
    let nav = places.map(|(href, key, icon)| NavEntry {
        href: href.into(),
        words: lang.t(key).into(),
        icon,
    });
    Chrome {
        csrf: Some("gallery".into()),
        who: Some(Who { name: lang.t("web.gallery.person_1").into(), nav: nav.to_vec() }),
        demo: true,
        ..Chrome::new(lang, path)
    }
}

/// A heading of the gallery with what it shows.
fn part(title: &str, body: &Markup) -> Markup {
    html! { section.flow { h2 { (title) } (body) } }
}

/// Made-up people with where they live and when they were born.
fn people(lang: Lang) -> [(&'static str, String); 5] {
    let places = ["web.gallery.village_1", "web.gallery.village_2"];
    let names = [
        "web.gallery.person_1",
        "web.gallery.person_2",
        "web.gallery.person_3",
        "web.gallery.person_4",
        "web.gallery.person_5",
    ];
    let mut born = 1958;
    names.map(|key| {
        born += 9;
        let place = if born % 2 == 0 { places[0] } else { places[1] };
        (lang.t(key), format!("{}, {born}", lang.t(place)))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn every_sample_is_sound_in_both_languages() {
        for lang in Lang::ALL {
            for page in [gallery(lang), attendance(lang), lesson(lang), roll(lang)] {
                let text = page.clone().into_string();
                assert!(!text.contains(">…<"), "words are missing");
                let page = Probe::new(page);
                assert_eq!(page.all("h1").len(), 1);
                assert!(page.all("[style], [onclick]").is_empty());
                let mut ids = HashSet::new();
                for element in page.all("[id]") {
                    let id = element.attr("id").unwrap();
                    assert!(ids.insert(id.to_owned()), "two elements have the id {id}");
                }
                for element in page.all("[for], [aria-describedby]") {
                    let lists = [element.attr("for"), element.attr("aria-describedby")];
                    for id in lists.into_iter().flatten().flat_map(|list| list.split(' ')) {
                        assert!(ids.contains(id), "nothing has the id {id}");
                    }
                }
                for control in page.all("input:not([type=hidden]), select, textarea") {
                    let named = control
                        .attr("id")
                        .is_some_and(|id| !page.all(&format!("label[for='{id}']")).is_empty());
                    let inside = control
                        .ancestors()
                        .any(|node| node.value().as_element().is_some_and(|e| e.name() == "label"));
                    assert!(named || inside, "a control without a label: {}", control.html());
                }
            }
        }
    }
}
