//! What stands around the content: header, navigation, language, sign-out, crumbs, footer.

use std::borrow::Cow;

use maud::{Markup, html};
use thao_base::Lang;

use super::{ACCOUNT_PATH, Chrome, LANGUAGE_PATH, NavEntry, SIGN_IN_PATH, SIGN_OUT_PATH};
use crate::components::{CSRF_FIELD, Icon, hidden};

/// As many places as a phone's bar holds for a thumb; more go behind one that opens.
const IN_BAR: usize = 5;

/// The first thing a keyboard reaches.
pub(super) fn skip(lang: Lang) -> Markup {
    html! { a.skip href="#main" { (lang.t("web.page.skip")) } }
}

/// Brand, navigation, language, person.
pub(super) fn whole(chrome: &Chrome) -> Markup {
    let lang = chrome.lang;
    html! {
        header.header {
            @if chrome.demo { p.demo { (lang.t("web.page.demo")) } }
            div.header-line {
                a.brand href="/" { (mark()) span { (lang.t("web.page.brand")) } }
                div.header-side {
                    @match &chrome.who {
                        Some(who) => (menu(chrome, &who.name)),
                        None => {
                            (language(chrome))
                            @if chrome.path.split('?').next() != Some(SIGN_IN_PATH) {
                                a.header-button href=(SIGN_IN_PATH) {
                                    (Icon::Person) span { (lang.t("web.page.sign_in")) }
                                }
                            }
                        }
                    }
                }
            }
            @if let Some(who) = &chrome.who { (nav(lang, &who.nav, &chrome.path)) }
        }
    }
}

/// Only the way back.
pub(super) fn focused(back: &str, words: &str) -> Markup {
    html! {
        header.header.header-focused {
            div.header-line {
                a.header-back href=(back) { (Icon::ArrowLeft) span { (words) } }
            }
        }
    }
}

/// The way here; nothing on a page at the top.
pub(super) fn crumbs(lang: Lang, crumbs: &[(Cow<'_, str>, Cow<'_, str>)]) -> Markup {
    html! {
        @if !crumbs.is_empty() {
            nav.crumbs aria-label=(lang.t("web.page.crumbs")) {
                ol { @for (href, words) in crumbs { li { a href=(href) { (words) } } } }
            }
        }
    }
}

/// What the program is, and where help is.
pub(super) fn footer(chrome: &Chrome) -> Markup {
    let lang = chrome.lang;
    html! {
        footer.footer { p { (lang.t("web.page.about")) } }
    }
}

fn nav(lang: Lang, entries: &[NavEntry], path: &str) -> Markup {
    let here = current(entries, path);
    let in_bar = if entries.len() <= IN_BAR { IN_BAR } else { IN_BAR - 1 };
    let item = |i: usize, entry: &NavEntry| {
        html! {
            a href=(entry.href) aria-current=[(here == Some(i)).then_some("page")] {
                (entry.icon) span { (entry.words) }
            }
        }
    };
    html! {
        @if !entries.is_empty() {
            nav.nav aria-label=(lang.t("web.page.nav")) {
                ul {
                    @for (i, entry) in entries.iter().enumerate() {
                        // A phone hides these and shows the list that opens; a desk the other way.
                        li.nav-rest[in_bar <= i] { (item(i, entry)) }
                    }
                    @if in_bar < entries.len() {
                        li.nav-more {
                            details {
                                summary { (Icon::Menu) span { (lang.t("web.page.more")) } }
                                ul {
                                    @for (i, entry) in entries.iter().enumerate().skip(in_bar) {
                                        li { (item(i, entry)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The entry a path lies under: `/classes/7` is under `/classes`, `/classes-old` is not.
fn current(entries: &[NavEntry], path: &str) -> Option<usize> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let under = |href: &str| match path.strip_prefix(href) {
        Some(rest) => rest.is_empty() || rest.starts_with('/') || href.ends_with('/'),
        None => false,
    };
    let found = entries.iter().enumerate().filter(|(_, entry)| {
        // "/" is the start of every path, and only itself.
        if entry.href == "/" { path == "/" } else { under(&entry.href) }
    });
    found.max_by_key(|(_, entry)| entry.href.len()).map(|(i, _)| i)
}

/// What belongs to the person: their page, the language, the way out. Opens without scripts.
fn menu(chrome: &Chrome, name: &str) -> Markup {
    let lang = chrome.lang;
    html! {
        details.menu {
            summary { (Icon::Person) span { (name) } }
            div.menu-box {
                a.header-button href=(ACCOUNT_PATH) {
                    (Icon::Settings) span { (lang.t("web.page.account")) }
                }
                (language(chrome))
                form method="post" action=(SIGN_OUT_PATH) {
                    @if let Some(csrf) = &chrome.csrf { (hidden(CSRF_FIELD, csrf)) }
                    button.header-button type="submit" {
                        (Icon::SignOut) span { (lang.t("web.page.sign_out")) }
                    }
                }
            }
        }
    }
}

/// The other languages, one button each, in their own words.
fn language(chrome: &Chrome) -> Markup {
    html! {
        form.language method="post" action=(LANGUAGE_PATH) {
            @if let Some(csrf) = &chrome.csrf { (hidden(CSRF_FIELD, csrf)) }
            (hidden("back", &chrome.path))
            @for lang in Lang::ALL.into_iter().filter(|lang| *lang != chrome.lang) {
                button.header-button type="submit" name="lang" value=(lang.code()) lang=(lang.code()) {
                    (Icon::Language) span { (lang.t("web.page.language")) }
                }
            }
        }
    }
}

/// The sign of the brand: a tick growing out of an open book.
fn mark() -> Markup {
    html! {
        svg.brand-mark viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false" {
            rect width="32" height="32" rx="7" {}
            path d="M16 25c-2.5-1.8-5.5-2.5-9-2.2V13c2.3-.1 4.3.2 6 1M16 25c2.5-1.8 5.5-2.5 9-2.2V13M12 15.5l4 4.5 8.5-11" {}
        }
    }
}
