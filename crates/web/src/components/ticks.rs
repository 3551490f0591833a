//! The tick list: forty names, large rows, one thumb; how attendance is taken.
//!
//! Without scripts it is one form with one button. With them (`<tick-list>`) every tick is saved
//! within a second: `POST {save}` as a form with `csrf`, `form_id` (a UUID for this batch, the same
//! at each retry) and, for each tick made or taken back, `on={value}` or `off={value}`. Any 2xx
//! (204 is best) means stored, but for the values a JSON answer names in `skipped`; 5xx, 408 and 429
//! are tried again, anything else is told to the person, who then sends the whole form. What never
//! arrived waits on the device under the name of its owner, and is asked about before it is sent.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::{CSRF_FIELD, FORM_ID_FIELD, Field, Icon, hidden};
use crate::page::Chrome;

/// A list to tick: `(TickList::new(chrome, "/…/attendance", "Lưu điểm danh").once(&id).save("/…/ticks").ticks(rows))`.
#[derive(Debug, Clone)]
pub struct TickList<'a> {
    chrome: &'a Chrome,
    action: Cow<'a, str>,
    words: Cow<'a, str>,
    form_id: Option<Cow<'a, str>>,
    save: Option<Cow<'a, str>>,
    owner: Option<Cow<'a, str>>,
    name: Cow<'a, str>,
    ticks: Vec<Tick<'a>>,
    more: Option<Markup>,
}

/// One row: who, what tells them apart, ticked or not.
#[derive(Debug, Clone)]
pub struct Tick<'a> {
    value: Cow<'a, str>,
    name: Cow<'a, str>,
    below: Option<Cow<'a, str>>,
    mark: Option<Markup>,
    ticked: bool,
}

impl<'a> Tick<'a> {
    /// The value sent (a person's id) and the name shown.
    pub fn new(value: impl Into<Cow<'a, str>>, name: impl Into<Cow<'a, str>>) -> Self {
        Tick { value: value.into(), name: name.into(), below: None, mark: None, ticked: false }
    }

    /// What tells two of one name apart: village, year of birth.
    pub fn below(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.below = Some(words.into());
        self
    }

    /// A badge at the end of the row: new, late.
    pub fn mark(mut self, mark: impl Render) -> Self {
        self.mark = Some(mark.render());
        self
    }

    pub fn ticked(mut self, ticked: bool) -> Self {
        self.ticked = ticked;
        self
    }
}

impl<'a> TickList<'a> {
    /// Where the whole list is posted, and the words of the button that does it.
    pub fn new(
        chrome: &'a Chrome,
        action: impl Into<Cow<'a, str>>,
        words: impl Into<Cow<'a, str>>,
    ) -> Self {
        TickList {
            chrome,
            action: action.into(),
            words: words.into(),
            form_id: None,
            save: None,
            owner: None,
            name: Cow::Borrowed("present"),
            ticks: Vec::new(),
            more: None,
        }
    }

    /// The id of this showing of the form.
    pub fn once(mut self, form_id: impl Into<Cow<'a, str>>) -> Self {
        self.form_id = Some(form_id.into());
        self
    }

    /// Where each single tick is saved as it is made.
    pub fn save(mut self, href: impl Into<Cow<'a, str>>) -> Self {
        self.save = Some(href.into());
        self
    }

    /// A tag of who is signed in: what one account left on a shared phone is not sent by another.
    pub fn owner(mut self, tag: impl Into<Cow<'a, str>>) -> Self {
        self.owner = Some(tag.into());
        self
    }

    /// The name of the boxes in the whole form; `present` unless told.
    pub fn name(mut self, name: impl Into<Cow<'a, str>>) -> Self {
        self.name = name.into();
        self
    }

    pub fn ticks(mut self, ticks: impl IntoIterator<Item = Tick<'a>>) -> Self {
        self.ticks.extend(ticks);
        self
    }

    /// Fields below the rows that go with the whole form.
    pub fn more(mut self, more: impl Render) -> Self {
        self.more = Some(more.render());
        self
    }

    fn row(&self, tick: &Tick<'_>) -> Markup {
        html! {
            li {
                label.tick {
                    input type="checkbox" name=(self.name) value=(tick.value) checked[tick.ticked];
                    span.tick-words {
                        span.tick-name { (tick.name) }
                        @if let Some(below) = &tick.below { " " span.below { (below) } }
                    }
                    @if let Some(mark) = &tick.mark { " " (mark) }
                }
            }
        }
    }

    /// Count, what is saved, and the button; stays at the foot of the screen.
    fn bar(&self, lang: Lang) -> Markup {
        let all = i64::try_from(self.ticks.len()).unwrap_or(i64::MAX);
        let ticked = self.ticks.iter().filter(|tick| tick.ticked).count();
        let ticked = i64::try_from(ticked).unwrap_or(i64::MAX);
        html! {
            div.save-bar {
                div.save-bar-words {
                    p.ticks-count {
                        strong { span data-part="count" { (lang.number(ticked)) } "/" (lang.number(all)) }
                        " " (lang.t("web.ticks.present"))
                    }
                    p.ticks-state data-part="state" role="status" hidden {}
                }
                button.button.button-primary type="submit" { (Icon::Check) span { (self.words) } }
            }
        }
    }
}

/// What an earlier page left on the device; only scripts know of it.
fn left_behind(lang: Lang) -> Markup {
    html! {
        div.ticks-left.tone-warn data-part="held" role="status" hidden {
            (Icon::Warning)
            div.flow {
                p data-part="held-words" {}
                div.toolbar {
                    button.button.button-quiet type="button" data-part="held-send" {
                        (lang.t("web.ticks.held_send"))
                    }
                    button.button.button-quiet type="button" data-part="held-drop" {
                        (lang.t("web.ticks.held_drop"))
                    }
                }
            }
        }
        div.ticks-left.tone-info data-part="others" hidden {
            (Icon::Info)
            div { p { (lang.t("web.ticks.others")) } }
        }
    }
}

impl Render for TickList<'_> {
    fn render(&self) -> Markup {
        let lang = self.chrome.lang;
        html! {
            tick-list save=[&self.save] owner=[&self.owner]
                saved=(lang.t("web.ticks.saved")) saving=(lang.t("web.ticks.saving"))
                unsaved=(lang.t("web.ticks.unsaved")) refused=(lang.t("web.ticks.refused"))
                skipped=(lang.t("web.ticks.skipped")) held=(lang.t("web.ticks.held"))
            {
                @if self.save.is_some() { (left_behind(lang)) }
                form.ticks method="post" action=(self.action) {
                    @if let Some(csrf) = &self.chrome.csrf { (hidden(CSRF_FIELD, csrf)) }
                    @if let Some(form_id) = &self.form_id { (hidden(FORM_ID_FIELD, form_id)) }
                    // Only scripts can filter while one types; without them it stays hidden.
                    div.ticks-filter data-part="filter" hidden {
                        (Field::search("", lang.t("web.ticks.filter"))
                            .id("ticks-filter")
                            .label_only_heard()
                            .placeholder(lang.t("web.ticks.filter")))
                    }
                    ul.tick-rows { @for tick in &self.ticks { (self.row(tick)) } }
                    p data-part="none" hidden { (lang.t("web.ticks.none")) }
                    @if let Some(more) = &self.more { (more) }
                    (self.bar(lang))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::Badge;
    use crate::components::probe::Probe;

    fn shown() -> Probe {
        let chrome = Chrome { csrf: Some("t0ken".into()), ..Chrome::new(Lang::Vi, "/") };
        let list = TickList::new(&chrome, "/s/3/attendance", "Lưu điểm danh")
            .once("01f")
            .save("/s/3/ticks")
            .owner("0a1b2c3d")
            .ticks([
                Tick::new("p1", "Nguyễn Thị Mẫu").below("Thôn Đông, 1980").ticked(true),
                Tick::new("p2", "Trần Văn Thử").mark(Badge::info("Mới")),
                Tick::new("p3", "Lê Thị Ví Dụ").ticked(true),
            ]);
        Probe::new(list.render())
    }

    #[test]
    fn without_scripts_the_whole_list_is_one_form() {
        let page = shown();
        page.one("form[method=post][action='/s/3/attendance'] button[type=submit]");
        assert_eq!(page.all("form input[type=checkbox][name=present]").len(), 3);
        assert_eq!(page.all("input[checked]").len(), 2);
        page.one("input[name=csrf][value=t0ken]");
        page.one("input[name=form_id][value='01f']");
        assert_eq!(page.text(".ticks-count"), "2/3 có mặt");
    }

    #[test]
    fn what_needs_scripts_is_hidden_without_them() {
        let page = shown();
        page.one("[data-part=filter][hidden]");
        page.one("[data-part=state][hidden]");
        assert_eq!(page.one("tick-list").attr("save"), Some("/s/3/ticks"));
        page.one("[data-part=held][hidden] button[data-part=held-send][type=button]");
        page.one("[data-part=others][hidden]");
        assert_eq!(page.one("tick-list").attr("owner"), Some("0a1b2c3d"));
        // The filter must not travel with the form.
        assert_eq!(page.one("input[type=search]").attr("name"), Some(""));
    }
}
