//! Charts drawn on the server, each with the same data as a table behind it.
//!
//! Words are page text around the drawing, not inside it, so that they keep their size on a phone
//! and under zoom; only bars and lines are SVG, which stretches.

use maud::{Markup, html};
use thao_base::Lang;

mod bars;
mod line;

pub use bars::Bars;
pub use line::Line;

/// One value of a chart: how it is written and how far it reaches.
#[derive(Debug, Clone, PartialEq)]
struct Value {
    words: String,
    size: f64,
}

/// A row of the table behind a chart; without a size nothing is drawn for it.
struct Row<'a> {
    label: &'a str,
    words: &'a str,
    size: Option<f64>,
}

impl<'a> Row<'a> {
    fn of(label: &'a str, value: &'a Option<Value>, missing: &'a str) -> Row<'a> {
        let words = value.as_ref().map_or(missing, |value| value.words.as_str());
        Row { label, words, size: value.as_ref().map(|value| value.size) }
    }
}

/// What the script that draws a chart anew (`web/elements/data-chart.ts`) is told besides the
/// table behind it.
#[derive(Debug, Default)]
struct Kind<'a> {
    name: &'static str,
    /// Values are percentages.
    shares: bool,
    goal: Option<(&'a str, f64)>,
}

impl Value {
    fn count(lang: Lang, value: i64) -> Value {
        Value { words: lang.number(value), size: value as f64 }
    }

    fn thousandths(lang: Lang, value: i64) -> Value {
        Value { words: lang.thousandths(value), size: value as f64 / 1000.0 }
    }

    /// A share; none when there is no whole.
    fn share(lang: Lang, part: i64, whole: i64) -> Option<Value> {
        (whole > 0).then(|| Value {
            words: lang.percent(part, whole),
            size: part as f64 * 100.0 / whole as f64,
        })
    }
}

/// Caption, drawing, and the table behind it. Where the page loads the script of charts, it draws
/// the table's figures in place of the drawing.
fn figure(
    lang: Lang,
    kind: &Kind<'_>,
    caption: &str,
    drawing: &Markup,
    rows: &[Row<'_>],
) -> Markup {
    let unit = if kind.shares { "%" } else { "" };
    let goal = kind.goal.map(|(_, at)| coordinate(at));
    html! {
        data-chart kind=(kind.name) unit=(unit) goal=[goal] goal-words=[kind.goal.map(|g| g.0)] {
        figure.chart {
            figcaption { (caption) }
            div.chart-drawn { (drawing) }
            details.details {
                summary { span { (lang.t("web.chart.table")) } }
                table.table {
                    caption { span.only-heard { (caption) } }
                    tbody {
                        @for Row { label, words, size } in rows {
                            tr {
                                th scope="row" { (label) }
                                td.number data-value=[size.map(coordinate)] { (words) }
                            }
                        }
                    }
                }
            }
        }
        }
    }
}

/// A size as an SVG attribute: one decimal is finer than any screen.
fn coordinate(value: f64) -> String {
    format!("{value:.1}")
}
