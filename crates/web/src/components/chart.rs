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

/// Caption, drawing, and the table behind it.
fn figure(lang: Lang, caption: &str, drawing: &Markup, rows: &[(&str, String)]) -> Markup {
    html! {
        figure.chart {
            figcaption { (caption) }
            (drawing)
            details.details {
                summary { span { (lang.t("web.chart.table")) } }
                table.table {
                    caption { span.only-heard { (caption) } }
                    tbody {
                        @for (label, words) in rows {
                            tr { th scope="row" { (label) } td.number { (words) } }
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
