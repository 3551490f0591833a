//! The heat table: units down, targets across, each cell a number on a shade with a word that says
//! the same. Thousands of cells: the markup of one is kept to a few bytes.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::{Order, Standing};

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeatFigure {
    /// Thousandths of a whole, shown as a percentage.
    Share(i64),
    Count(i64),
    /// Thousandths of a unit: an index, a rank.
    Thousandths(i64),
    /// One thing, done or not yet.
    Done(bool),
    /// Nobody gave the denominator: missing is not zero.
    Missing,
    /// There is nobody it could be a share of: the cell stays empty.
    Nobody,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeatCell {
    pub figure: HeatFigure,
    /// How far the goal is reached, in thousandths of it; the shade.
    pub reached: Option<i64>,
    pub standing: Standing,
}

/// A target as its column's head shows it.
#[derive(Debug, Clone)]
pub struct HeatColumn<'a> {
    /// Short: the target's code.
    pub words: Cow<'a, str>,
    /// The target in full.
    pub title: Cow<'a, str>,
    pub sort: Cow<'a, str>,
    pub now: Option<Order>,
}

#[derive(Debug, Clone)]
pub struct HeatRow<'a> {
    pub name: Cow<'a, str>,
    pub href: Option<Cow<'a, str>>,
    pub cells: Vec<HeatCell>,
}

/// `(Heat::new(lang, "Theo xã", "?sort=name", None).columns(columns).rows(rows).total(row))`
#[derive(Debug, Clone)]
pub struct Heat<'a> {
    lang: Lang,
    caption: Cow<'a, str>,
    sort: Cow<'a, str>,
    now: Option<Order>,
    columns: Vec<HeatColumn<'a>>,
    rows: Vec<HeatRow<'a>>,
    total: Option<HeatRow<'a>>,
}

/// Shades, from nothing of the goal to all of it.
const SHADES: [&str; 7] = ["h0", "h1", "h2", "h3", "h4", "h5", "h6"];

/// The class of a shade: a fifth of the goal each, the last when all of it is reached.
pub fn shade(reached: Option<i64>) -> &'static str {
    let step = match reached {
        None => 0,
        Some(reached) => 1 + usize::try_from(reached / 200).unwrap_or_default().min(5),
    };
    SHADES.get(step).copied().unwrap_or_default()
}

/// A standing in one short word, for a cell.
pub fn standing_word(lang: Lang, standing: Standing) -> &'static str {
    lang.t(match standing {
        Standing::Reached => "web.heat.reached",
        Standing::OnTrack => "web.heat.on_track",
        Standing::AtRisk => "web.heat.at_risk",
        Standing::Missed => "web.heat.missed",
        Standing::Unknown => "web.heat.unknown",
    })
}

impl<'a> Heat<'a> {
    /// What its rows are; the link that sorts by name, and how they are sorted by it now.
    pub fn new(
        lang: Lang,
        caption: impl Into<Cow<'a, str>>,
        sort: impl Into<Cow<'a, str>>,
        now: Option<Order>,
    ) -> Self {
        Heat {
            lang,
            caption: caption.into(),
            sort: sort.into(),
            now,
            columns: Vec::new(),
            rows: Vec::new(),
            total: None,
        }
    }

    pub fn columns(mut self, columns: impl IntoIterator<Item = HeatColumn<'a>>) -> Self {
        self.columns.extend(columns);
        self
    }

    pub fn rows(mut self, rows: impl IntoIterator<Item = HeatRow<'a>>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// The unit above all rows. Distinct counts, so they need not be their sum.
    pub fn total(mut self, row: HeatRow<'a>) -> Self {
        self.total = Some(row);
        self
    }

    /// What shades and words mean.
    fn key(&self) -> Markup {
        let steps = ["0%", "20%", "40%", "60%", "80%", "100%"];
        html! {
            div.heat-key {
                p { (self.lang.t("web.heat.key")) }
                ul {
                    @for (class, words) in SHADES.iter().skip(1).zip(steps) {
                        li class=(class) { (words) }
                    }
                    li.h0 { (self.lang.t("web.heat.unknown")) }
                }
                p { (self.lang.t("web.heat.key_words")) }
            }
        }
    }

    fn row(&self, row: &HeatRow<'_>, words: &[&'static str; 5]) -> Markup {
        html! {
            tr {
                th scope="row" {
                    @if let Some(href) = &row.href { a href=(href) { (row.name) } }
                    @else { (row.name) }
                }
                @for cell in &row.cells {
                    @if cell.figure == HeatFigure::Nobody { td {} } @else {
                        td class=(shade(cell.reached)) {
                            (figure(self.lang, cell.figure)) i { (word(words, cell.standing)) }
                        }
                    }
                }
            }
        }
    }
}

fn word(words: &[&'static str; 5], standing: Standing) -> &'static str {
    let [reached, on_track, at_risk, missed, unknown] = words;
    match standing {
        Standing::Reached => reached,
        Standing::OnTrack => on_track,
        Standing::AtRisk => at_risk,
        Standing::Missed => missed,
        Standing::Unknown => unknown,
    }
}

/// The figure of a cell; what it is counted in stands with the target's goal.
pub fn figure(lang: Lang, figure: HeatFigure) -> String {
    match figure {
        HeatFigure::Missing => "–".to_owned(),
        HeatFigure::Nobody => String::new(),
        HeatFigure::Count(count) => lang.number(count),
        HeatFigure::Thousandths(n) => lang.thousandths(n),
        HeatFigure::Done(done) => if done { "✓" } else { "·" }.to_owned(),
        HeatFigure::Share(permille) if (0..1000).contains(&permille) => {
            // Without floats: there are thousands of these.
            let mut out = (permille / 10).to_string();
            out.push(if lang == Lang::Vi { ',' } else { '.' });
            out.push(char::from_digit((permille % 10).unsigned_abs() as u32, 10).unwrap_or('0'));
            out
        }
        HeatFigure::Share(permille) => lang.decimal(permille as f64 / 10.0, 0),
    }
}

fn mark(now: Option<Order>) -> &'static str {
    match now {
        Some(Order::Rising) => "▲",
        Some(Order::Falling) => "▼",
        None => "",
    }
}

fn aria(now: Option<Order>) -> Option<&'static str> {
    Some(match now? {
        Order::Rising => "ascending",
        Order::Falling => "descending",
    })
}

impl Render for Heat<'_> {
    fn render(&self) -> Markup {
        let lang = self.lang;
        use Standing::{AtRisk, Missed, OnTrack, Reached, Unknown};
        let words =
            [Reached, OnTrack, AtRisk, Missed, Unknown].map(|word| standing_word(lang, word));
        html! {
            div.heat {
                (self.key())
                div.heat-frame role="region" aria-label=(self.caption) tabindex="0" {
                    table {
                        caption { span.only-heard { (self.caption) } }
                        thead {
                            tr {
                                th scope="col" aria-sort=[aria(self.now)] {
                                    a href=(self.sort) {
                                        (lang.t("web.board.unit")) i aria-hidden="true" { (mark(self.now)) }
                                    }
                                }
                                @for column in &self.columns {
                                    th scope="col" aria-sort=[aria(column.now)] title=(column.title) {
                                        a href=(column.sort) {
                                            (column.words) i aria-hidden="true" { (mark(column.now)) }
                                        }
                                    }
                                }
                            }
                        }
                        tbody { @for row in &self.rows { (self.row(row, &words)) } }
                        @if let Some(total) = &self.total { tfoot { (self.row(total, &words)) } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    fn cell(permille: i64, standing: Standing) -> HeatCell {
        HeatCell { figure: HeatFigure::Share(permille), reached: Some(permille * 10 / 8), standing }
    }

    fn heat() -> Heat<'static> {
        let column = HeatColumn {
            words: "PT-01".into(),
            title: "100% cán bộ".into(),
            sort: "?sort=a".into(),
            now: Some(Order::Falling),
        };
        let missing =
            HeatCell { figure: HeatFigure::Missing, reached: None, standing: Standing::Unknown };
        let row = |name: &'static str, cell| HeatRow {
            name: name.into(),
            href: Some("?unit=1".into()),
            cells: vec![cell],
        };
        Heat::new(Lang::Vi, "Theo xã", "?sort=name", None)
            .columns([column])
            .rows([row("Xã A", cell(453, Standing::AtRisk)), row("Xã B", missing)])
            .total(row("Tỉnh", cell(800, Standing::Reached)))
    }

    #[test]
    fn a_cell_has_a_number_a_shade_and_a_word() {
        let page = Probe::new(heat().render());
        assert_eq!(page.texts("tbody td"), ["45,3 chậm", "– thiếu số"]);
        assert_eq!(page.one("tbody tr:first-child td").attr("class"), Some("h3"));
        assert_eq!(page.one("tbody tr:last-child td").attr("class"), Some("h0"));
        assert_eq!(page.text("tfoot td.h6"), "80,0 đạt");
        page.one("th[aria-sort=descending][title='100% cán bộ'] a[href='?sort=a']");
    }

    #[test]
    fn shades_are_fifths_of_the_goal() {
        for (reached, class) in [
            (None, "h0"),
            (Some(-5), "h1"),
            (Some(0), "h1"),
            (Some(199), "h1"),
            (Some(200), "h2"),
            (Some(999), "h5"),
            (Some(1000), "h6"),
            (Some(9999), "h6"),
        ] {
            assert_eq!(shade(reached), class, "{reached:?}");
        }
    }

    #[test]
    fn figures_are_short() {
        let said = |it| figure(Lang::Vi, it);
        assert_eq!(said(HeatFigure::Share(0)), "0,0");
        assert_eq!(said(HeatFigure::Share(999)), "99,9");
        assert_eq!(said(HeatFigure::Share(1000)), "100");
        assert_eq!(said(HeatFigure::Share(15_004)), "1.500");
        assert_eq!(said(HeatFigure::Count(12_345)), "12.345");
        assert_eq!(said(HeatFigure::Thousandths(4_500)), "4,5");
        assert_eq!(
            (said(HeatFigure::Done(true)), said(HeatFigure::Done(false))),
            ("✓".into(), "·".into())
        );
        assert_eq!(figure(Lang::En, HeatFigure::Share(625)), "62.5");
    }

    #[test]
    fn a_cell_weighs_a_few_bytes() {
        let rows: Vec<HeatRow<'_>> = (0..100)
            .map(|_| HeatRow {
                name: "Xã A".into(),
                href: None,
                cells: vec![cell(453, Standing::AtRisk); 40],
            })
            .collect();
        let bytes = Heat::new(Lang::Vi, "x", "?", None).rows(rows).render().0.len();
        assert!(bytes < 4_000 * 48, "{} a cell", bytes / 4_000);
    }
}
