//! A line over time: how a figure moved, and where it should be.

use std::borrow::Cow;
use std::fmt::Write as _;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::{Value, coordinate, figure};

/// The drawing's own measures; the page stretches it.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 200.0;

/// `(Line::new(lang, "Tỉ lệ đạt theo tháng").share("01/2026", 120, 5678).share("02/2026", 300, 5678))`
#[derive(Debug, Clone)]
pub struct Line<'a> {
    lang: Lang,
    caption: Cow<'a, str>,
    points: Vec<(Cow<'a, str>, Option<Value>)>,
    goal: Option<(Cow<'a, str>, f64)>,
    shares: bool,
    ahead: Option<Ahead<'a>>,
}

/// Where the line is heading.
#[derive(Debug, Clone)]
struct Ahead<'a> {
    label: Cow<'a, str>,
    words: Cow<'a, str>,
    /// Lowest, most likely, highest.
    at: [f64; 3],
    /// How many points further on.
    steps: usize,
}

impl<'a> Line<'a> {
    pub fn new(lang: Lang, caption: impl Into<Cow<'a, str>>) -> Self {
        Line {
            lang,
            caption: caption.into(),
            points: Vec::new(),
            goal: None,
            shares: false,
            ahead: None,
        }
    }

    /// The next point: a count.
    pub fn count(mut self, label: impl Into<Cow<'a, str>>, value: i64) -> Self {
        self.points.push((label.into(), Some(Value::count(self.lang, value))));
        self
    }

    /// The next point: a number in thousandths.
    pub fn thousandths(mut self, label: impl Into<Cow<'a, str>>, value: i64) -> Self {
        self.points.push((label.into(), Some(Value::thousandths(self.lang, value))));
        self
    }

    /// The next point: a share of a whole, on a scale to 100%.
    pub fn share(mut self, label: impl Into<Cow<'a, str>>, part: i64, whole: i64) -> Self {
        self.points.push((label.into(), Value::share(self.lang, part, whole)));
        self.shares = true;
        self
    }

    /// Nobody knows: the line has a gap there.
    pub fn missing(mut self, label: impl Into<Cow<'a, str>>) -> Self {
        self.points.push((label.into(), None));
        self
    }

    /// A dashed line at the height to reach (percent for shares), and its words.
    pub fn goal(mut self, words: impl Into<Cow<'a, str>>, at: f64) -> Self {
        self.goal = Some((words.into(), at));
        self
    }

    /// Where the line is heading, `steps` points further on: lowest, most likely and highest, in
    /// the line's own measure (percent for shares), and the same in words. Drawn dotted.
    pub fn ahead(
        mut self,
        label: impl Into<Cow<'a, str>>,
        words: impl Into<Cow<'a, str>>,
        at: [f64; 3],
        steps: usize,
    ) -> Self {
        let (label, words) = (label.into(), words.into());
        self.ahead = Some(Ahead { label, words, at, steps: steps.max(1) });
        self
    }

    /// The value at the top of the drawing: 100% or a round number.
    fn top(&self) -> f64 {
        if self.shares {
            return 100.0;
        }
        let sizes = self.points.iter().filter_map(|(_, value)| value.as_ref()).map(|v| v.size);
        let goal = self.goal.iter().map(|(_, at)| *at);
        let ahead = self.ahead.iter().flat_map(|ahead| ahead.at);
        round_up(sizes.chain(goal).chain(ahead).fold(1.0, f64::max))
    }

    fn scale(&self, value: f64) -> String {
        if self.shares { format!("{value:.0}%") } else { self.lang.decimal(value, 0) }
    }

    /// The number of the last point drawn, from nought.
    fn last(&self) -> f64 {
        let ahead = self.ahead.as_ref().map_or(0, |ahead| ahead.steps);
        (self.points.len().saturating_sub(1) + ahead).max(1) as f64
    }

    /// Path data of the dotted line from the last point, and of the range around it.
    fn ahead_paths(&self, top: f64) -> Option<(String, String)> {
        let ahead = self.ahead.as_ref()?;
        let from = self.points.last()?.1.as_ref()?;
        let x = coordinate(self.points.len().saturating_sub(1) as f64 / self.last() * WIDTH);
        let y = coordinate(height(from.size, top));
        let [low, middle, high] = ahead.at.map(|at| coordinate(height(at, top)));
        let end = coordinate(WIDTH);
        Some((format!("M{x} {y}L{end} {middle}"), format!("M{x} {y}L{end} {high}L{end} {low}Z")))
    }

    /// Path data of the line and of its points; a gap starts a new stroke.
    fn paths(&self, top: f64) -> (String, String) {
        let last = self.last();
        let (mut stroke, mut dots) = (String::new(), String::new());
        let mut drawing = false;
        for (i, (_, value)) in self.points.iter().enumerate() {
            let Some(value) = value else {
                drawing = false;
                continue;
            };
            let x = coordinate(i as f64 / last * WIDTH);
            let y = coordinate(height(value.size, top));
            let _ = write!(stroke, "{}{x} {y}", if drawing { "L" } else { "M" });
            // A stroke of no length with round ends: a dot that no stretching makes an egg.
            let _ = write!(dots, "M{x} {y}h.01");
            drawing = true;
        }
        (stroke, dots)
    }
}

/// How far from the top a value lies.
fn height(size: f64, top: f64) -> f64 {
    HEIGHT - (size / top).clamp(0.0, 1.0) * HEIGHT
}

/// The next 1, 2 or 5 with noughts.
fn round_up(value: f64) -> f64 {
    let step = 10_f64.powf(value.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|n| n * step).find(|n| value <= *n).unwrap_or(10.0 * step)
}

impl Render for Line<'_> {
    fn render(&self) -> Markup {
        let missing = self.lang.t("web.chart.missing");
        let top = self.top();
        let (stroke, dots) = self.paths(top);
        let ends = [self.points.first(), self.points.last()];
        let ahead = self.ahead_paths(top);
        let drawing = html! {
            @if let Some((words, _)) = &self.goal {
                p.chart-key {
                    svg.chart-goal-key width="28" height="12" aria-hidden="true" {
                        line x1="2" y1="6" x2="26" y2="6" {}
                    }
                    span { (words) }
                }
            }
            // The table behind it says the same in words.
            div.line-chart aria-hidden="true" {
                div.line-scale {
                    span { (self.scale(top)) }
                    span { (self.scale(top / 2.0)) }
                    span { (self.scale(0.0)) }
                }
                svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } preserveAspectRatio="none" focusable="false" {
                    path.line-grid d={ "M0 0H" (WIDTH) "M0 " (HEIGHT / 2.0) "H" (WIDTH) "M0 " (HEIGHT) "H" (WIDTH) } {}
                    @if let Some((_, at)) = &self.goal {
                        @let y = coordinate(height(*at, top));
                        path.line-goal d={ "M0 " (y) "H" (WIDTH) } {}
                    }
                    @if let Some((line, range)) = &ahead {
                        path.line-range d=(range) {}
                        path.line-ahead d=(line) {}
                    }
                    path.line-stroke d=(stroke) {}
                    path.line-dots d=(dots) {}
                }
                div.line-ends {
                    @for (label, value) in ends.into_iter().flatten() {
                        span {
                            (label) " "
                            strong { (value.as_ref().map_or(missing, |v| v.words.as_str())) }
                        }
                    }
                    @if let Some(Ahead { label, words, .. }) = &self.ahead {
                        span { (label) " " strong { (words) } }
                    }
                }
            }
        };
        let mut rows: Vec<_> = self
            .points
            .iter()
            .map(|(label, value)| {
                let words = value.as_ref().map_or(missing, |v| v.words.as_str());
                (label.as_ref(), words.to_owned())
            })
            .collect();
        if let Some(Ahead { label, words, .. }) = &self.ahead {
            rows.push((label.as_ref(), words.clone().into_owned()));
        }
        figure(self.lang, &self.caption, &drawing, &rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn a_gap_in_the_figures_is_a_gap_in_the_line() {
        let line = Line::new(Lang::Vi, "Tỉ lệ đạt")
            .share("01", 0, 10)
            .share("02", 5, 10)
            .missing("03")
            .share("04", 10, 10);
        let page = Probe::new(line.render());
        let drawn = page.one(".line-stroke").attr("d").unwrap().to_owned();
        assert_eq!(drawn, "M0.0 200.0L200.0 100.0M600.0 0.0");
        assert_eq!(page.texts("td.number"), ["0,0%", "50,0%", "chưa có số", "100,0%"]);
    }

    #[test]
    fn where_it_is_heading_is_dotted_and_stands_in_the_table() {
        let line = Line::new(Lang::Vi, "Tỉ lệ đạt").share("01", 0, 10).share("02", 5, 10);
        let line = line.ahead("31/12/2030 (ước tính)", "60–80%", [60.0, 70.0, 80.0], 2);
        let page = Probe::new(line.render());
        assert_eq!(page.one(".line-stroke").attr("d"), Some("M0.0 200.0L200.0 100.0"));
        assert_eq!(page.one(".line-ahead").attr("d"), Some("M200.0 100.0L600.0 60.0"));
        let range = "M200.0 100.0L600.0 40.0L600.0 80.0Z";
        assert_eq!(page.one(".line-range").attr("d"), Some(range));
        assert_eq!(page.texts("td.number"), ["0,0%", "50,0%", "60–80%"]);
        // Nobody knows where it stands: nothing is drawn from there.
        let line = Line::new(Lang::Vi, "Tỉ lệ đạt").missing("01");
        let page = Probe::new(line.ahead("02", "5%", [1.0, 2.0, 3.0], 1).render());
        assert!(page.all(".line-ahead").is_empty());
    }

    #[test]
    fn counts_have_a_round_scale() {
        for (value, top) in [(1.0, 1.0), (3.0, 5.0), (12.0, 20.0), (99.0, 100.0), (501.0, 1000.0)] {
            assert!((round_up(value) - top).abs() < 1e-9, "{value}");
        }
        let page = Probe::new(Line::new(Lang::Vi, "Lớp").count("01", 1_500).render());
        assert_eq!(page.texts(".line-scale span"), ["2.000", "1.000", "0"]);
    }

    #[test]
    fn a_chart_of_one_point_or_none_is_drawn() {
        Probe::new(Line::new(Lang::Vi, "Lớp").render()).one("svg");
        let page = Probe::new(Line::new(Lang::Vi, "Lớp").count("01", 0).render());
        assert_eq!(page.one(".line-dots").attr("d"), Some("M0.0 200.0h.01"));
    }
}
