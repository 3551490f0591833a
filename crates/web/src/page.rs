//! The one page shell: skip link, header, navigation, heading, notices, main, footer.
//!
//! No inline style or script anywhere, so that the content security policy can forbid both.

use std::borrow::Cow;

use maud::{DOCTYPE, Markup, Render, html};
use thao_base::Lang;

use crate::assets;
use crate::components::{FieldErrors, Icon, Notice, error_summary};

mod header;

/// Where the sign-out form posts to.
pub const SIGN_OUT_PATH: &str = "/sign-out";
/// Where the language form posts to, with `lang` and `back`.
pub const LANGUAGE_PATH: &str = "/language";
/// The signed-in person's own page.
pub const ACCOUNT_PATH: &str = "/account";
/// Where somebody who is nobody yet goes.
pub const SIGN_IN_PATH: &str = "/sign-in";

/// What the request gives to every page.
#[derive(Debug, Clone)]
pub struct Chrome {
    pub lang: Lang,
    /// Path and query as asked for; the language form leads back to it.
    pub path: String,
    /// The session's token against cross-site forgery.
    pub csrf: Option<String>,
    /// Who is signed in.
    pub who: Option<Who>,
    /// What the last request left to say, shown once.
    pub notices: Vec<Notice>,
    /// The figures are made up; every page says so.
    pub demo: bool,
}

impl Chrome {
    /// A page for nobody in particular.
    pub fn new(lang: Lang, path: impl Into<String>) -> Self {
        Chrome { lang, path: path.into(), csrf: None, who: None, notices: Vec::new(), demo: false }
    }
}

/// The signed-in person, as the header shows them.
#[derive(Debug, Clone)]
pub struct Who {
    pub name: String,
    /// Where they can go; the first four stand in the bar of a phone.
    pub nav: Vec<NavEntry>,
}

/// A place in the navigation; the one whose path is the longest start of the page's is current.
#[derive(Debug, Clone)]
pub struct NavEntry {
    pub href: Cow<'static, str>,
    pub words: Cow<'static, str>,
    pub icon: Icon,
}

/// A page being put together: `Page::new(&chrome, "Lớp học").crumb("/", "Trang chính").body(html! { … })`.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    chrome: &'a Chrome,
    title: Cow<'a, str>,
    crumbs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    notices: Vec<Notice>,
    errors: Option<&'a FieldErrors>,
    above: Option<Cow<'a, str>>,
    lead: Option<Cow<'a, str>>,
    actions: Option<Markup>,
    width: &'static str,
    shell: Shell<'a>,
    heading: bool,
    scripts: Vec<&'static str>,
}

/// How much stands around the page's own content.
#[derive(Debug, Clone)]
enum Shell<'a> {
    Whole,
    /// Only the way back: nothing leads away from a lesson, an exam, an attendance list.
    Focused {
        back: Cow<'a, str>,
        words: Cow<'a, str>,
    },
    /// A sheet of paper: screen shows it as it prints.
    Paper,
}

impl<'a> Page<'a> {
    /// A page with its title, which is also its heading.
    pub fn new(chrome: &'a Chrome, title: impl Into<Cow<'a, str>>) -> Self {
        Page {
            chrome,
            title: title.into(),
            crumbs: Vec::new(),
            notices: Vec::new(),
            errors: None,
            above: None,
            lead: None,
            actions: None,
            width: "width-normal",
            shell: Shell::Whole,
            heading: true,
            scripts: Vec::new(),
        }
    }

    /// A step of the way here, from the top; the page itself is not one.
    pub fn crumb(mut self, href: impl Into<Cow<'a, str>>, words: impl Into<Cow<'a, str>>) -> Self {
        self.crumbs.push((href.into(), words.into()));
        self
    }

    /// What happened, above the content.
    pub fn notice(mut self, notice: Notice) -> Self {
        self.notices.push(notice);
        self
    }

    /// What is wrong with the form of this page: the summary on top, "Lỗi:" in the title.
    pub fn errors(mut self, errors: &'a FieldErrors) -> Self {
        self.errors = Some(errors);
        self
    }

    /// A small line above the heading: what kind of thing this is, or what it belongs to.
    pub fn above(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.above = Some(words.into());
        self
    }

    /// A sentence below the heading.
    pub fn lead(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.lead = Some(words.into());
        self
    }

    /// Buttons beside the heading.
    pub fn actions(mut self, actions: impl Render) -> Self {
        self.actions = Some(actions.render());
        self
    }

    /// As wide as the screen: boards, long tables.
    pub fn wide(mut self) -> Self {
        self.width = "width-wide";
        self
    }

    /// A column of text or a single form.
    pub fn narrow(mut self) -> Self {
        self.width = "width-narrow";
        self
    }

    /// Only the way back around it: a lesson, an exam, an attendance list.
    pub fn focused(
        mut self,
        back: impl Into<Cow<'a, str>>,
        words: impl Into<Cow<'a, str>>,
    ) -> Self {
        self.shell = Shell::Focused { back: back.into(), words: words.into() };
        self
    }

    /// A sheet to print: no header, no navigation, black on white.
    pub fn paper(mut self) -> Self {
        self.shell = Shell::Paper;
        self
    }

    /// The body brings its own `h1`.
    pub fn own_heading(mut self) -> Self {
        self.heading = false;
        self
    }

    /// A script of this page alone, by the name of its file: charts on managers' boards.
    pub fn script(mut self, name: &'static str) -> Self {
        self.scripts.push(name);
        self
    }

    /// The whole document.
    pub fn body(self, body: impl Render) -> Markup {
        let chrome = self.chrome;
        let lang = chrome.lang;
        let main = self.main(&body.render());
        html! {
            (DOCTYPE)
            html lang=(lang.code()) {
                (self.head())
                @match &self.shell {
                    Shell::Whole => {
                        body.shell-whole {
                            (header::skip(lang))
                            (header::whole(chrome))
                            (main)
                            (header::footer(chrome))
                        }
                    }
                    Shell::Focused { back, words } => {
                        body.shell-focused {
                            (header::skip(lang))
                            (header::focused(back, words))
                            (main)
                        }
                    }
                    Shell::Paper => body.shell-paper { (main) }
                }
            }
        }
    }

    fn head(&self) -> Markup {
        let lang = self.chrome.lang;
        let wrong = self.errors.is_some_and(|errors| !errors.is_empty());
        html! {
            head {
                meta charset="utf-8";
                title {
                    @if wrong { (lang.t("web.errors.in_title")) " " }
                    (self.title) " · " (lang.t("web.page.brand"))
                }
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                meta name="theme-color" content="#fbfaf6" media="(prefers-color-scheme: light)";
                meta name="theme-color" content="#16181b" media="(prefers-color-scheme: dark)";
                link rel="stylesheet" href=(assets::stylesheet_url());
                link rel="icon" type="image/svg+xml" href=(assets::icon_url());
                @if let Some(script) = assets::script_url() {
                    script type="module" src=(script) {}
                }
                @for script in self.scripts.iter().filter_map(|name| assets::url(name)) {
                    script type="module" src=(script) {}
                }
            }
        }
    }

    fn main(&self, body: &Markup) -> Markup {
        let lang = self.chrome.lang;
        html! {
            main id="main" class=(self.width) tabindex="-1" {
                (header::crumbs(lang, &self.crumbs))
                @if let Some(errors) = self.errors { (error_summary(lang, errors)) }
                @for notice in &self.chrome.notices { (notice) }
                @for notice in &self.notices { (notice) }
                @if self.heading {
                    div.heading {
                        div.heading-words {
                            @if let Some(above) = &self.above { p.heading-above { (above) } }
                            h1 { (self.title) }
                            @if let Some(lead) = &self.lead { p.lead { (lead) } }
                        }
                        @if let Some(actions) = &self.actions { div.toolbar { (actions) } }
                    }
                }
                (body)
            }
        }
    }
}

#[cfg(test)]
mod tests;
