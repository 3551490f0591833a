//! Which units hold a target back: bars, ranked, and what they come to in words.

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::Lang;
use thao_web::components::Bars;

use crate::board::{Board, lags};
use crate::pages::view::View;
use crate::pages::words;

/// Bars shown.
const MOST: usize = 8;
/// Units named as the first ones.
const FIRST: usize = 3;

pub(super) fn holding(lang: Lang, view: &View, board: &Board, on: Date) -> Markup {
    let found = lags(&view.target, board, on);
    if found.units.is_empty() {
        return html! {};
    }
    let first: i64 = found.units.iter().take(FIRST).map(|lag| lag.missing).sum();
    let units = lang.number(found.units.len() as i64);
    let missing = words::counted(lang, &view.measure, found.missing);
    let mut words = lang.f("plan.holding.words", &[("units", &units), ("missing", &missing)]);
    if FIRST < found.units.len() {
        let share = lang.percent(first, found.missing);
        words.push(' ');
        words.push_str(&lang.f("plan.holding.first", &[("n", &FIRST), ("share", &share)]));
    }
    if 0 < found.unknown {
        let n = lang.number(found.unknown as i64);
        words.push(' ');
        words.push_str(&lang.f("plan.holding.unknown", &[("n", &n)]));
    }
    let mut bars = Bars::new(lang, lang.t("plan.holding.caption"));
    for lag in found.units.iter().take(MOST) {
        bars = bars.count_of(lag.row.place.name.as_str(), lag.missing, found.missing);
    }
    html! {
        section.flow #holding {
            h2 { (lang.t("plan.holding.title")) }
            p { (words) }
            (bars)
        }
    }
}
