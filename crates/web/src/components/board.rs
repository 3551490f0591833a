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
    /// How many have it; none when nobody gave the figure.
    pub part: Option<i64>,
    /// Of how many; none when nobody gave the figure: missing is not zero.
    pub whole: Option<i64>,
    pub standing: Standing,
    /// Thousandths more than in the period before (of a share: tenths of a percentage point); none
    /// when there is none to compare.
    pub trend: Option<i64>,
    /// A quiet line below the name: what is still missing, what is wrong with the figures.
    pub note: Option<Cow<'a, str>>,
}

/// What the rows' figures are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BoardOf {
    /// Parts of wholes.
    #[default]
    Shares,
    /// Numbers of no whole.
    Counts,
    /// Numbers of no whole, in thousandths.
    Thousandths,
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
    of: BoardOf,
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
            of: BoardOf::Shares,
            rows: Vec::new(),
            total: None,
            sorts: Vec::new(),
            empty: None,
            pages: None,
        }
    }

    /// Figures that are no shares: there is no whole and no share then.
    pub fn of(mut self, of: BoardOf) -> Self {
        self.of = of;
        self
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

    fn cells(&self, row: &BoardRow<'_>) -> Vec<Markup> {
        let lang = self.lang;
        let none = || html! { span.unknown { (lang.t("web.board.no_figure")) } };
        let part = row.part.map_or_else(none, |part| match self.of {
            BoardOf::Thousandths => html! { (lang.thousandths(part)) },
            BoardOf::Shares | BoardOf::Counts => html! { (lang.number(part)) },
        });
        let mut cells = vec![
            html! {
                @if let Some(href) = &row.href { a href=(href) { (row.name) } }
                @else { (row.name) }
                @if let Some(note) = &row.note { (below(note)) }
            },
            part,
        ];
        if self.of == BoardOf::Shares {
            let part = row.part.unwrap_or_default();
            cells.push(row.whole.map_or_else(none, |whole| html! { (lang.number(whole)) }));
            cells.push(row.whole.map_or_else(|| html! { "–" }, |whole| share(lang, part, whole)));
        }
        cells.push(row.standing.badge(lang).render());
        cells.push(match self.of {
            BoardOf::Shares => trend(lang, row.trend),
            BoardOf::Counts | BoardOf::Thousandths => moved(lang, row.trend),
        });
        cells
    }
}

/// "+12" with an arrow; "–" when there is nothing to compare with.
fn moved(lang: Lang, thousandths: Option<i64>) -> Markup {
    arrow(thousandths, |n, sign| format!("{sign}{}", lang.thousandths(n)))
}

/// "+3,2 điểm" with an arrow; "–" when there is nothing to compare with.
pub fn trend(lang: Lang, tenths: Option<i64>) -> Markup {
    let points = |tenths: i64| lang.decimal(tenths as f64 / 10.0, 1);
    arrow(tenths, |tenths, sign| {
        lang.f("web.board.points", &[("points", &format!("{sign}{}", points(tenths)))])
    })
}

fn arrow(change: Option<i64>, words: impl Fn(i64, &str) -> String) -> Markup {
    let Some(change) = change else {
        return html! { span.trend { "–" } };
    };
    // No arrow where nothing moved: on a board of hundreds those that did stand out.
    let (icon, sign) = match change {
        1.. => (Some(Icon::ArrowUp), "+"),
        0 => (None, ""),
        _ => (Some(Icon::ArrowDown), ""),
    };
    html! {
        span.trend {
            @if let Some(icon) = icon { (icon) }
            span { (words(change, sign)) }
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
            .column(self.sorted(BoardColumn::Part, Column::number(self.part.as_ref())));
        if self.of == BoardOf::Shares {
            table = table
                .column(self.sorted(BoardColumn::Whole, Column::number(self.whole.as_ref())))
                .column(self.sorted(BoardColumn::Share, Column::number(words("web.board.share"))));
        }
        table = table
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
            name: "Xã Ví Dụ".into(),
            href: None,
            part: Some(part),
            whole,
            standing,
            trend,
            note: None,
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
    fn what_is_no_share_has_neither_whole_nor_share() {
        let board = Board::new(Lang::Vi, "Theo xã", "Lớp", "").of(BoardOf::Counts);
        let page = Probe::new(board.rows([row(1_234, None, Some(12_000))]).render());
        assert_eq!(page.texts("tbody td"), ["1.234", "Chưa rõ", "+12"]);
        assert_eq!(page.all("thead th").len(), 4);
        let board = Board::new(Lang::Vi, "Theo tỉnh", "Điểm", "").of(BoardOf::Thousandths);
        let none = BoardRow { part: None, ..row(0, None, None) };
        let page = Probe::new(board.rows([row(7_050, None, Some(-540)), none]).render());
        let cells = ["7,05", "Chưa rõ", "−0,54", "chưa có số liệu", "Chưa rõ", "–"];
        assert_eq!(page.texts("tbody td"), cells);
    }

    #[test]
    fn a_trend_down_keeps_its_sign() {
        assert_eq!(Probe::new(trend(Lang::Vi, Some(-5))).text(".trend"), "−0,5 điểm");
        assert_eq!(Probe::new(trend(Lang::En, Some(0))).text(".trend"), "0.0 pts");
    }
}
