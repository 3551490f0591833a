//! What is wrong with a form: words by field, shown beside each field and together at the top.

use maud::{Markup, html};
use thao_base::Lang;

use super::{Icon, frame::control_id};

/// The errors of one form in the order of its fields; at most one for a field is shown beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<(String, String)>);

impl FieldErrors {
    pub fn new() -> Self {
        FieldErrors::default()
    }

    /// Says what is wrong with a field and what to do: "Nhập ngày sinh, ví dụ 31/12/1990".
    pub fn add(&mut self, field: impl Into<String>, words: impl Into<String>) -> &mut Self {
        self.0.push((field.into(), words.into()));
        self
    }

    /// The first error of a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, words)| words.as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Field name and words, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, words)| (name.as_str(), words.as_str()))
    }
}

/// All errors at the top of the page, each a link to its field; nothing when there are none.
pub fn error_summary(lang: Lang, errors: &FieldErrors) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.error-summary role="alert" tabindex="-1" id="errors" {
                h2 { (Icon::Warning) span { (lang.t("web.errors.title")) } }
                ul {
                    @for (name, words) in errors.iter() {
                        li { a href={ "#" (control_id(name)) } { (words) } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::Field;
    use crate::components::probe::Probe;

    #[test]
    fn each_error_leads_to_its_field() {
        let mut errors = FieldErrors::new();
        errors.add("full_name", "Nhập họ và tên").add("born", "Ngày sinh ở tương lai");
        let page = Probe::new(html! {
            (error_summary(Lang::Vi, &errors))
            (Field::text("full_name", "Họ và tên").errors(&errors))
            (Field::date(Lang::Vi, "born", "Ngày sinh").value("01/01/2999").errors(&errors))
        });
        let links: Vec<_> =
            page.all(".error-summary a").iter().map(|a| a.attr("href").unwrap()).collect();
        assert_eq!(links.len(), 2);
        for link in links {
            page.one(&format!("input{link}[aria-invalid=true]"));
        }
    }

    #[test]
    fn no_errors_no_summary() {
        assert_eq!(error_summary(Lang::Vi, &FieldErrors::new()).into_string(), "");
    }
}
