//! Lists that leave as files: at most as many rows as the installation allows. When there are more
//! it is asked first, and the file says so above its table and below its last row: a list that
//! seems whole and is not leads to wrong decisions.

use maud::{Markup, html};
use thao_base::Lang;
use thao_sheet::{Table, Value};
use thao_web::components::{Icon, LinkButton, Notice, toolbar};
use thao_web::{Chrome, Page};

/// Rows of a list that is about to leave.
#[derive(Debug, Clone)]
pub struct Rows<T> {
    pub rows: Vec<T>,
    is_cut: bool,
}

impl<T> Rows<T> {
    /// The first `most` of what was asked for with one more.
    pub fn first(most: usize, mut rows: Vec<T>) -> Rows<T> {
        let is_cut = most < rows.len();
        rows.truncate(most);
        Rows { rows, is_cut }
    }

    /// Whether there are more than these.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Says in the table of these rows that there are more.
    pub fn mark(&self, lang: Lang, table: &mut Table) {
        if !self.is_cut {
            return;
        }
        let words = lang.f("people.export.cut", &[("n", &number(lang, self.rows.len()))]);
        table.notes.insert(0, words.clone());
        let mut last = vec![Value::Text(words)];
        last.resize(table.columns.len().max(1), Value::Empty);
        table.rows.push(last);
    }
}

/// The page before a file that will not hold all: to the list at `back`, or the first `most` rows
/// all the same.
pub fn question(chrome: &Chrome, most: usize, back: &str, anyway: String) -> Markup {
    let lang = chrome.lang;
    let n = number(lang, most);
    Page::new(chrome, lang.t("people.export.title")).narrow().body(html! {
        (Notice::warn(lang.f("people.export.more", &[("n", &n)])))
        (toolbar(html! {
            (LinkButton::primary(back, lang.t("people.export.back")).icon(Icon::ArrowLeft))
            (LinkButton::download(anyway, lang.f("people.export.anyway", &[("n", &n)])))
        }))
    })
}

fn number(lang: Lang, n: usize) -> String {
    lang.number(i64::try_from(n).unwrap_or(i64::MAX))
}
