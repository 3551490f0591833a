//! Forms: what every form carries (the token against forgery, an id against sending twice).

use std::borrow::Cow;

use maud::{Markup, Render, html};

use super::hidden;
use crate::page::Chrome;

/// The field that carries the token against cross-site forgery.
pub const CSRF_FIELD: &str = "csrf";
/// The field that carries the id of one filled-in form: a second sending changes nothing.
pub const FORM_ID_FIELD: &str = "form_id";

/// A form: `(Form::post(chrome, "/classes").once(&id).body(html! { (Field…) (Button…) }))`.
#[derive(Debug, Clone)]
pub struct Form<'a> {
    method: &'static str,
    action: Cow<'a, str>,
    csrf: Option<Cow<'a, str>>,
    form_id: Option<Cow<'a, str>>,
    id: Option<Cow<'a, str>>,
    class: &'static str,
    files: bool,
    body: Option<Markup>,
}

impl<'a> Form<'a> {
    /// A form that changes something; carries the session's token.
    pub fn post(chrome: &'a Chrome, action: impl Into<Cow<'a, str>>) -> Self {
        Form {
            method: "post",
            action: action.into(),
            csrf: chrome.csrf.as_deref().map(Cow::Borrowed),
            form_id: None,
            id: None,
            class: "form",
            files: false,
            body: None,
        }
    }

    /// A form that only asks: its fields become the query of the address.
    pub fn get(action: impl Into<Cow<'a, str>>) -> Self {
        Form {
            method: "get",
            action: action.into(),
            csrf: None,
            form_id: None,
            id: None,
            class: "form",
            files: false,
            body: None,
        }
    }

    /// The id made for this showing of the form; the same id comes back when it is sent twice.
    pub fn once(mut self, form_id: impl Into<Cow<'a, str>>) -> Self {
        self.form_id = Some(form_id.into());
        self
    }

    /// Sends files.
    pub fn files(mut self) -> Self {
        self.files = true;
        self
    }

    /// An id, for buttons outside it.
    pub fn id(mut self, id: impl Into<Cow<'a, str>>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// A form of one button, in a row or a table cell.
    pub fn inline(mut self) -> Self {
        self.class = "form-inline";
        self
    }

    pub fn body(mut self, body: impl Render) -> Self {
        self.body = Some(body.render());
        self
    }
}

impl Render for Form<'_> {
    fn render(&self) -> Markup {
        let enctype = self.files.then_some("multipart/form-data");
        let form = html! {
            form class=(self.class) method=(self.method) action=(self.action) id=[&self.id]
                enctype=[enctype] novalidate
            {
                @if let Some(csrf) = &self.csrf { (hidden(CSRF_FIELD, csrf)) }
                @if let Some(form_id) = &self.form_id { (hidden(FORM_ID_FIELD, form_id)) }
                @if let Some(body) = &self.body { (body) }
            }
        };
        if self.method == "post" {
            html! { once-form { (form) } }
        } else {
            form
        }
    }
}

/// Fields that belong together under a heading: `(fieldset("Địa chỉ", &html! { … }))`.
pub fn fieldset(legend: &str, body: impl Render) -> Markup {
    html! { fieldset.group { legend.group-title { (legend) } (body) } }
}

/// Short fields beside each other where there is room.
pub fn beside(body: impl Render) -> Markup {
    html! { div.beside { (body) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;
    use crate::page::Chrome;
    use thao_base::Lang;

    fn chrome() -> Chrome {
        Chrome { csrf: Some("t0ken".into()), ..Chrome::new(Lang::Vi, "/classes") }
    }

    #[test]
    fn what_changes_something_carries_token_and_id() {
        let chrome = chrome();
        let form = Form::post(&chrome, "/classes").once("01f").files().body(html! { p { "x" } });
        let page = Probe::new(form.render());
        page.one("once-form > form[method=post][action='/classes'][enctype='multipart/form-data']");
        assert_eq!(page.one("input[name=csrf]").attr("value"), Some("t0ken"));
        assert_eq!(page.one("input[name=form_id]").attr("value"), Some("01f"));
    }

    #[test]
    fn what_only_asks_keeps_the_token_out_of_the_address() {
        let page = Probe::new(Form::get("/people").body(html! {}).render());
        page.one("form[method=get]");
        assert!(page.all("input").is_empty());
    }
}
