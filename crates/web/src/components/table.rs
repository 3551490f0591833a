//! Tables: a caption, headings that sort by a link, numbers to the right, pages by link.
//!
//! On a phone each row becomes a card: the first cell is its heading, the others stand under
//! their column's words, which come from `data-label`.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::{Empty, Icon, Pages};

/// A table of any rows.
///
/// ```text
/// (Table::new(lang, "Lớp đang mở")
///     .column(Column::text("Tên lớp").sort("?sort=name", Some(Order::Rising)))
///     .column(Column::number("Số người"))
///     .rows(classes.iter().map(|c| vec![html! { (c.name) }, html! { (lang.number(c.people)) }]))
///     .empty(Empty::new("Chưa có lớp nào", "Mở lớp đầu tiên của xã."))
///     .pages(Pages::new(lang).next("?after=…")))
/// ```
#[derive(Debug, Clone)]
pub struct Table<'a> {
    lang: Lang,
    caption: Cow<'a, str>,
    caption_only_heard: bool,
    columns: Vec<Column<'a>>,
    rows: Vec<Vec<Markup>>,
    foot: Option<Vec<Markup>>,
    empty: Option<Empty<'a>>,
    pages: Option<Pages<'a>>,
    class: &'static str,
}

/// A column's heading and how its cells are set.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    words: Cow<'a, str>,
    kind: Kind,
    sort: Option<(Cow<'a, str>, Option<Order>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Blank,
    Actions,
}

/// How a column is sorted now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Rising,
    Falling,
}

impl<'a> Column<'a> {
    pub fn text(words: impl Into<Cow<'a, str>>) -> Self {
        Column { words: words.into(), kind: Kind::Text, sort: None }
    }

    /// Set to the right, digits of equal width.
    pub fn number(words: impl Into<Cow<'a, str>>) -> Self {
        Column { words: words.into(), kind: Kind::Number, sort: None }
    }

    /// Left empty, wide enough to write in by hand: signatures on a printed roll.
    pub fn blank(words: impl Into<Cow<'a, str>>) -> Self {
        Column { words: words.into(), kind: Kind::Blank, sort: None }
    }

    /// Buttons and links of a row; the heading is only heard, and it is not printed.
    pub fn actions(words: impl Into<Cow<'a, str>>) -> Self {
        Column { words: words.into(), kind: Kind::Actions, sort: None }
    }

    /// The link that sorts by this column, and how it is sorted now.
    pub fn sort(mut self, href: impl Into<Cow<'a, str>>, now: Option<Order>) -> Self {
        self.sort = Some((href.into(), now));
        self
    }

    fn class(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Text => None,
            Kind::Number => Some("number"),
            Kind::Blank => Some("blank"),
            Kind::Actions => Some("actions no-print"),
        }
    }

    /// On a phone only the headings that sort stay.
    fn heading_class(&self) -> Option<String> {
        match (self.class(), &self.sort) {
            (class, None) => class.map(str::to_owned),
            (None, Some(_)) => Some("sortable".to_owned()),
            (Some(class), Some(_)) => Some(format!("{class} sortable")),
        }
    }

    fn aria_sort(&self) -> Option<&'static str> {
        match self.sort.as_ref()?.1? {
            Order::Rising => Some("ascending"),
            Order::Falling => Some("descending"),
        }
    }

    fn heading(&self) -> Markup {
        html! {
            th scope="col" class=[self.heading_class()] aria-sort=[self.aria_sort()] {
                @match &self.sort {
                    Some((href, now)) => {
                        a.sort href=(href) {
                            span { (self.words) }
                            span.sort-mark aria-hidden="true" {
                                @match now {
                                    Some(Order::Rising) => "▲",
                                    Some(Order::Falling) => "▼",
                                    None => "↕",
                                }
                            }
                        }
                    }
                    None if self.kind == Kind::Actions => span.only-heard { (self.words) },
                    None => (self.words),
                }
            }
        }
    }
}

impl<'a> Table<'a> {
    /// A table and the words above it, which say what its rows are.
    pub fn new(lang: Lang, caption: impl Into<Cow<'a, str>>) -> Self {
        Table {
            lang,
            caption: caption.into(),
            caption_only_heard: false,
            columns: Vec::new(),
            rows: Vec::new(),
            foot: None,
            empty: None,
            pages: None,
            class: "table table-cards",
        }
    }

    /// The caption is only heard: the page's heading says the same.
    pub fn caption_only_heard(mut self) -> Self {
        self.caption_only_heard = true;
        self
    }

    pub fn column(mut self, column: Column<'a>) -> Self {
        self.columns.push(column);
        self
    }

    /// One row, a cell for each column; the first names the row.
    pub fn row(mut self, cells: impl IntoIterator<Item = Markup>) -> Self {
        self.rows.push(cells.into_iter().collect());
        self
    }

    /// Many rows at once.
    pub fn rows<R>(mut self, rows: impl IntoIterator<Item = R>) -> Self
    where
        R: IntoIterator<Item = Markup>,
    {
        self.rows.extend(rows.into_iter().map(|row| row.into_iter().collect()));
        self
    }

    /// The last row: totals.
    pub fn foot(mut self, cells: impl IntoIterator<Item = Markup>) -> Self {
        self.foot = Some(cells.into_iter().collect());
        self
    }

    /// What stands in its place when there is no row.
    pub fn empty(mut self, empty: Empty<'a>) -> Self {
        self.empty = Some(empty);
        self
    }

    /// Links to the pages before and after.
    pub fn pages(mut self, pages: Pages<'a>) -> Self {
        self.pages = Some(pages);
        self
    }

    /// Stays a table on a phone too, and scrolls sideways: for printed rolls and few columns.
    pub fn always_table(mut self) -> Self {
        self.class = "table";
        self
    }

    /// Rows closer together, for boards of many rows on a desk.
    pub fn dense(mut self) -> Self {
        self.class = "table table-cards table-dense";
        self
    }

    /// A class of its own, for a table whose rows are laid out differently on a phone.
    pub(super) fn laid_out(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    fn body_row(&self, cells: &[Markup]) -> Markup {
        html! {
            tr {
                @for (i, cell) in cells.iter().enumerate() {
                    @let column = self.columns.get(i);
                    @let class = column.and_then(Column::class);
                    @if i == 0 {
                        th scope="row" class=[class] { (cell) }
                    } @else {
                        td class=[class] data-label=[column.map(|c| &c.words)] { (cell) }
                    }
                }
            }
        }
    }
}

impl Render for Table<'_> {
    fn render(&self) -> Markup {
        if self.rows.is_empty() {
            return html! {
                @match &self.empty {
                    Some(empty) => (empty),
                    None => p.empty { (self.lang.t("web.table.empty")) },
                }
                // A later page can be empty: the way back must not be lost with the rows.
                @if let Some(pages) = &self.pages { (pages) }
            };
        }
        html! {
            // Scrolls sideways when it must, so a keyboard has to be able to reach it.
            div.table-frame role="region" aria-label=(self.caption) tabindex="0" {
                table class=(self.class) {
                    // A caption stays a box of its table whatever its style: what is in it hides.
                    caption {
                        @if self.caption_only_heard { span.only-heard { (self.caption) } }
                        @else { (self.caption) }
                    }
                    thead { tr { @for column in &self.columns { (column.heading()) } } }
                    tbody { @for row in &self.rows { (self.body_row(row)) } }
                    @if let Some(foot) = &self.foot { tfoot { (self.body_row(foot)) } }
                }
            }
            @if let Some(pages) = &self.pages { (pages) }
        }
    }
}

/// A quiet line under a cell's main words: the unit below a name.
pub fn below(words: &str) -> Markup {
    html! { span.below { (words) } }
}

/// "Có" with a tick or "Không" with a dash: a yes or no in a cell.
pub fn yes_no(lang: Lang, yes: bool) -> Markup {
    let (icon, words) =
        if yes { (Icon::Check, "web.table.yes") } else { (Icon::Dash, "web.table.no") };
    html! { span.yes-no { (icon) span { (lang.t(words)) } } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    fn table() -> Table<'static> {
        Table::new(Lang::Vi, "Lớp đang mở")
            .column(Column::text("Tên lớp").sort("?sort=-name", Some(Order::Rising)))
            .column(Column::number("Số người").sort("?sort=people", None))
            .column(Column::actions("Việc"))
    }

    #[test]
    fn a_cell_says_its_column_and_a_row_its_name() {
        let page = Probe::new(
            table()
                .row([html! { "Lớp A" }, html! { "40" }, html! { a href="/c/1" { "Mở" } }])
                .render(),
        );
        assert_eq!(page.text("caption"), "Lớp đang mở");
        assert_eq!(page.text("tbody th[scope=row]"), "Lớp A");
        assert_eq!(page.one("td.number").attr("data-label"), Some("Số người"));
        page.one("td.actions.no-print a");
    }

    #[test]
    fn the_sorted_column_says_so() {
        let page = Probe::new(table().row([html! { "A" }, html! { "1" }, html! {}]).render());
        assert_eq!(page.one("th[aria-sort]").attr("aria-sort"), Some("ascending"));
        assert_eq!(page.all("thead a.sort").len(), 2);
    }

    #[test]
    fn no_rows_no_table_but_what_to_do_and_the_way_back() {
        let empty = Empty::new("Chưa có lớp nào", "Mở lớp đầu tiên.");
        let pages = Pages::new(Lang::Vi).previous("?before=x");
        let page = Probe::new(table().empty(empty).pages(pages).render());
        assert!(page.all("table").is_empty());
        assert_eq!(page.text(".empty-title"), "Chưa có lớp nào");
        page.one("a[rel=prev]");
    }

    #[test]
    fn totals_stand_in_the_foot() {
        let row = [html! { "A" }, html! { "1" }, html! {}];
        let page = Probe::new(table().row(row.clone()).foot(row).render());
        page.one("tfoot th[scope=row]");
    }
}
