//! Horizontal bars: a label, a bar, the value; longest names fit, any number of rows.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::{Value, coordinate, figure};

/// `(Bars::new(lang, "Số người đạt").count("Xã A", 120).count("Xã B", 80))`
#[derive(Debug, Clone)]
pub struct Bars<'a> {
    lang: Lang,
    caption: Cow<'a, str>,
    bars: Vec<(Cow<'a, str>, Option<Value>)>,
    goal: Option<(Cow<'a, str>, f64)>,
    shares: bool,
}

impl<'a> Bars<'a> {
    pub fn new(lang: Lang, caption: impl Into<Cow<'a, str>>) -> Self {
        Bars { lang, caption: caption.into(), bars: Vec::new(), goal: None, shares: false }
    }

    /// A bar as long as its count beside the longest.
    pub fn count(mut self, label: impl Into<Cow<'a, str>>, value: i64) -> Self {
        self.bars.push((label.into(), Some(Value::count(self.lang, value))));
        self
    }

    /// A bar as long as its count beside the longest, with what share of `whole` it is.
    pub fn count_of(mut self, label: impl Into<Cow<'a, str>>, value: i64, whole: i64) -> Self {
        let mut bar = Value::count(self.lang, value);
        if 0 < whole {
            bar.words = format!("{} ({})", bar.words, self.lang.percent(value, whole));
        }
        self.bars.push((label.into(), Some(bar)));
        self
    }

    /// A bar of a whole: the full width is 100%. Without a whole there is no bar.
    pub fn share(mut self, label: impl Into<Cow<'a, str>>, part: i64, whole: i64) -> Self {
        self.bars.push((label.into(), Value::share(self.lang, part, whole)));
        self.shares = true;
        self
    }

    /// Nobody knows: missing is not zero.
    pub fn missing(mut self, label: impl Into<Cow<'a, str>>) -> Self {
        self.bars.push((label.into(), None));
        self
    }

    /// A line across all bars, in the bars' own measure (percent for shares), and its words.
    pub fn goal(mut self, words: impl Into<Cow<'a, str>>, at: f64) -> Self {
        self.goal = Some((words.into(), at));
        self
    }

    /// What the full width stands for.
    fn full(&self) -> f64 {
        if self.shares {
            return 100.0;
        }
        let sizes = self.bars.iter().filter_map(|(_, value)| value.as_ref()).map(|v| v.size);
        sizes.chain(self.goal.iter().map(|(_, at)| *at)).fold(1.0, f64::max)
    }
}

impl Render for Bars<'_> {
    fn render(&self) -> Markup {
        let missing = self.lang.t("web.chart.missing");
        let full = self.full();
        let width = |size: f64| coordinate((size / full * 100.0).clamp(0.0, 100.0)) + "%";
        let drawing = html! {
            @if let Some((words, _)) = &self.goal {
                p.chart-key {
                    svg.chart-goal-key width="28" height="12" aria-hidden="true" {
                        line x1="2" y1="6" x2="26" y2="6" {}
                    }
                    span { (words) }
                }
            }
            ul.bars {
                @for (label, value) in &self.bars {
                    li {
                        span.bar-label { (label) }
                        " "
                        span.bar-value.bar-missing[value.is_none()] { (value.as_ref().map_or(missing, |v| v.words.as_str())) }
                        svg.bar width="100%" height="14" aria-hidden="true" focusable="false" {
                            rect.bar-rest width="100%" height="14" rx="3" {}
                            @if let Some(value) = value {
                                rect.bar-done width=(width(value.size)) height="14" rx="3" {}
                            }
                            @if let Some((_, at)) = &self.goal {
                                line.bar-goal x1=(width(*at)) x2=(width(*at)) y1="0" y2="14" {}
                            }
                        }
                    }
                }
            }
        };
        let words = |value: &Option<Value>| match value {
            Some(value) => value.words.clone(),
            None => missing.to_owned(),
        };
        let rows: Vec<_> =
            self.bars.iter().map(|(label, value)| (label.as_ref(), words(value))).collect();
        figure(self.lang, &self.caption, &drawing, &rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_the_table_says_the_same() {
        let bars = Bars::new(Lang::Vi, "Đạt theo xã").share("Xã A", 1, 4).share("Xã B", 3, 2);
        let page = Probe::new(bars.missing("Xã C").share("Xã D", 0, 0).render());
        let widths: Vec<_> =
            page.all(".bar-done").iter().map(|r| r.attr("width").unwrap().to_owned()).collect();
        assert_eq!(widths, ["25.0%", "100.0%"]);
        assert_eq!(page.texts(".bar-value"), page.texts("td.number"));
        assert_eq!(page.texts(".bar-label"), page.texts("tbody th"));
        assert_eq!(page.texts("td.number")[2..], ["chưa có số", "chưa có số"]);
    }

    #[test]
    fn the_longest_count_fills_the_width_unless_the_goal_is_further() {
        let bars = Bars::new(Lang::Vi, "Lớp").count("A", 10).count("B", 5);
        let page = Probe::new(bars.clone().render());
        assert_eq!(page.all(".bar-done")[1].attr("width"), Some("50.0%"));
        let page = Probe::new(bars.goal("Cần 20 lớp", 20.0).render());
        assert_eq!(page.all(".bar-done")[1].attr("width"), Some("25.0%"));
        assert_eq!(page.text(".chart-key"), "Cần 20 lớp");
    }

    #[test]
    fn a_count_can_say_what_share_of_all_it_is() {
        let bars = Bars::new(Lang::Vi, "Thiếu").count_of("A", 30, 40).count_of("B", 0, 0);
        let page = Probe::new(bars.render());
        assert_eq!(page.texts(".bar-value"), ["30 (75,0%)", "0"]);
        assert_eq!(page.all(".bar-done")[0].attr("width"), Some("100.0%"));
    }

    #[test]
    fn bars_of_nothing_divide_by_nothing() {
        let page = Probe::new(Bars::new(Lang::Vi, "Lớp").count("A", 0).render());
        assert_eq!(page.one(".bar-done").attr("width"), Some("0.0%"));
    }
}
