//! The board: one target by unit, with numerator, denominator, share, standing and trend.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::{Badge, Column, Empty, Icon, Order, Pages, Table, Tone, below, share};

/// Where a unit stands on its way to a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The target is met.
    Reached,
    /// At this pace it will be met in time.
    OnTrack,
    /// At this pace it will be missed.
    AtRisk,
    /// The day has passed without it.
    Missed,
    /// Numerator or denominator is not known.
    Unknown,
}

impl Standing {
    /// The words of a standing.
    pub fn words(self, lang: Lang) -> &'static str {
        lang.t(match self {
            Standing::Reached => "web.standing.reached",
            Standing::OnTrack => "web.standing.on_track",
            Standing::AtRisk => "web.standing.at_risk",
            Standing::Missed => "web.standing.missed",
            Standing::Unknown => "web.standing.unknown",
        })
    }

    /// The standing as a badge.
    pub fn badge(self, lang: Lang) -> Badge<'static> {
        let (tone, icon) = match self {
            Standing::Reached => (Tone::Good, Icon::Check),
            Standing::OnTrack => (Tone::Info, Icon::ArrowUp),
            Standing::AtRisk => (Tone::Warn, Icon::Warning),
            Standing::Missed => (Tone::Bad, Icon::Cross),
            Standing::Unknown => (Tone::Plain, Icon::Question),
        };
        Badge::new(tone, self.words(lang)).icon(icon)
    }
}

/// A row of the board.
#[derive(Debug, Clone)]
pub struct BoardRow<'a> {
    /// The unit.
    pub name: Cow<'a, str>,
    /// The units below it, or the names behind the number.
    pub href: Option<Cow<'a, str>>,
    /// How many have it.
    pub part: i64,
    /// Of how many; none when nobody gave the figure: missing is not zero.
    pub whole: Option<i64>,
    pub standing: Standing,
    /// Tenths of a percentage point since the period before; none when there is none to compare.
    pub trend: Option<i64>,
    /// A quiet line below the name: what is still missing, what is wrong with the figures.
    pub note: Option<Cow<'a, str>>,
}

/// The columns that sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoardColumn {
    Unit,
    Part,
    Whole,
    Share,
    Standing,
    Trend,
}

/// `(Board::new(lang, "Theo xã", "Đã đạt", "Phải đạt").rows(rows).total(total))`
#[derive(Debug, Clone)]
pub struct Board<'a> {
    lang: Lang,
    caption: Cow<'a, str>,
    part: Cow<'a, str>,
    whole: Cow<'a, str>,
    rows: Vec<BoardRow<'a>>,
    total: Option<BoardRow<'a>>,
    sorts: Vec<(BoardColumn, Cow<'a, str>, Option<Order>)>,
    empty: Option<Empty<'a>>,
    pages: Option<Pages<'a>>,
}

impl<'a> Board<'a> {
    /// What its rows are, what the numerator counts, what the denominator counts.
    pub fn new(
        lang: Lang,
        caption: impl Into<Cow<'a, str>>,
        part: impl Into<Cow<'a, str>>,
        whole: impl Into<Cow<'a, str>>,
    ) -> Self {
        Board {
            lang,
            caption: caption.into(),
            part: part.into(),
            whole: whole.into(),
            rows: Vec::new(),
            total: None,
            sorts: Vec::new(),
            empty: None,
            pages: None,
        }
    }

    pub fn rows(mut self, rows: impl IntoIterator<Item = BoardRow<'a>>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// The unit above all rows. A distinct count, so it need not be their sum.
    pub fn total(mut self, row: BoardRow<'a>) -> Self {
        self.total = Some(row);
        self
    }

    /// The link that sorts by a column, and how it is sorted now.
    pub fn sort(
        mut self,
        column: BoardColumn,
        href: impl Into<Cow<'a, str>>,
        now: Option<Order>,
    ) -> Self {
        self.sorts.push((column, href.into(), now));
        self
    }

    pub fn empty(mut self, empty: Empty<'a>) -> Self {
        self.empty = Some(empty);
        self
    }

    pub fn pages(mut self, pages: Pages<'a>) -> Self {
        self.pages = Some(pages);
        self
    }

    fn sorted<'b>(&'b self, which: BoardColumn, column: Column<'b>) -> Column<'b> {
        match self.sorts.iter().find(|(column, ..)| *column == which) {
            Some((_, href, now)) => column.sort(href.as_ref(), *now),
            None => column,
        }
    }

    fn cells(&self, row: &BoardRow<'_>) -> [Markup; 6] {
        let lang = self.lang;
        let none = || html! { span.unknown { (lang.t("web.board.no_figure")) } };
        [
            html! {
                @if let Some(href) = &row.href { a href=(href) { (row.name) } }
                @else { (row.name) }
                @if let Some(note) = &row.note { (below(note)) }
            },
            html! { (lang.number(row.part)) },
            row.whole.map_or_else(none, |whole| html! { (lang.number(whole)) }),
            row.whole.map_or_else(|| html! { "–" }, |whole| share(lang, row.part, whole)),
            row.standing.badge(lang).render(),
            trend(lang, row.trend),
        ]
    }
}

/// "+3,2 điểm" with an arrow; "–" when there is nothing to compare with.
pub fn trend(lang: Lang, tenths: Option<i64>) -> Markup {
    let Some(tenths) = tenths else {
        return html! { span.trend { "–" } };
    };
    // No arrow where nothing moved: on a board of hundreds those that did stand out.
    let (icon, sign) = match tenths {
        1.. => (Some(Icon::ArrowUp), "+"),
        0 => (None, ""),
        _ => (Some(Icon::ArrowDown), ""),
    };
    let points = lang.decimal(tenths as f64 / 10.0, 1);
    html! {
        span.trend {
            @if let Some(icon) = icon { (icon) }
            span { (lang.f("web.board.points", &[("points", &format!("{sign}{points}"))])) }
        }
    }
}

impl Render for Board<'_> {
    fn render(&self) -> Markup {
        let lang = self.lang;
        let words = |key: &str| lang.t(key);
        let mut table = Table::new(lang, self.caption.as_ref())
            .laid_out("table table-cards table-dense table-board")
            .column(self.sorted(BoardColumn::Unit, Column::text(words("web.board.unit"))))
            .column(self.sorted(BoardColumn::Part, Column::number(self.part.as_ref())))
            .column(self.sorted(BoardColumn::Whole, Column::number(self.whole.as_ref())))
            .column(self.sorted(BoardColumn::Share, Column::number(words("web.board.share"))))
            .column(self.sorted(BoardColumn::Standing, Column::text(words("web.board.standing"))))
            .column(self.sorted(BoardColumn::Trend, Column::number(words("web.board.trend"))))
            .rows(self.rows.iter().map(|row| self.cells(row)));
        if let Some(total) = &self.total {
            table = table.foot(self.cells(total));
        }
        if let Some(empty) = &self.empty {
            table = table.empty(empty.clone());
        }
        if let Some(pages) = &self.pages {
            table = table.pages(pages.clone());
        }
        table.render()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    fn row(part: i64, whole: Option<i64>, trend: Option<i64>) -> BoardRow<'static> {
        let standing = if whole.is_some() { Standing::AtRisk } else { Standing::Unknown };
        BoardRow {
            name: "Xã Ví Dụ".into(), href: None, part, whole, standing, trend, note: None
        }
    }

    #[test]
    fn a_row_says_everything_in_words() {
        let board = Board::new(Lang::Vi, "Theo xã", "Đã đạt", "Phải đạt");
        let page = Probe::new(board.rows([row(1_234, Some(5_678), Some(32))]).render());
        let cells = ["1.234", "5.678", "21,7%", "Có nguy cơ", "+3,2 điểm"];
        assert_eq!(page.texts("tbody td"), cells);
        assert_eq!(page.text("tbody th"), "Xã Ví Dụ");
    }

    #[test]
    fn a_missing_denominator_is_not_zero() {
        let board = Board::new(Lang::Vi, "Theo xã", "Đã đạt", "Phải đạt");
        let page = Probe::new(board.rows([row(12, None, None)]).render());
        assert_eq!(page.texts("tbody td"), ["12", "chưa có số liệu", "–", "Chưa rõ", "–"]);
        assert!(page.all("progress").is_empty());
    }

    #[test]
    fn a_board_sorts_by_what_it_was_told_to() {
        let board = Board::new(Lang::Vi, "Theo xã", "Đã đạt", "Phải đạt")
            .sort(BoardColumn::Share, "?sort=share", Some(Order::Falling))
            .rows([row(1, Some(2), Some(0))]);
        let page = Probe::new(board.render());
        page.one("th[aria-sort=descending] a[href='?sort=share']");
    }

    #[test]
    fn a_trend_down_keeps_its_sign() {
        assert_eq!(Probe::new(trend(Lang::Vi, Some(-5))).text(".trend"), "−0,5 điểm");
        assert_eq!(Probe::new(trend(Lang::En, Some(0))).text(".trend"), "0.0 pts");
    }
}
