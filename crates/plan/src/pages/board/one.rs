//! One target of a board closely: a map, the list that says the same, who leads and who lags, and
//! how it went.

use maud::{Markup, html};
use thao_base::Lang;
use thao_people::unit::Place;
use thao_web::components::{
    Bars, Choice, Filters, MapUnit, shade, shape_map, standing_word, tile_map,
};

use super::Shown;
use super::heat::{figure, short};
use super::order::reached;
use crate::board::{Cell, Column, Figures, Value};
use crate::kind::{Kind, Shape};
use crate::measure::Better;
use crate::pages::targets::fragment;
use crate::pages::words;
use crate::tiles;

/// How many lead, and how many lag, in words and bars.
const FEW: usize = 5;

pub(super) fn section(lang: Lang, shown: &Shown) -> Markup {
    let Some(column) = shown.chosen.and_then(|n| shown.matrix.columns.get(n)) else {
        return html! {};
    };
    let target = &column.target;
    html! {
        section.flow {
            h2 { (target.title(lang)) }
            @if 1 < shown.matrix.columns.len() { (chooser(lang, shown)) }
            @if let Some(figures) = &column.figures {
                @let kind = column.measure.kind;
                @let ranked = ranked(shown, column, figures);
                @if !ranked.is_empty() && kind != Kind::Milestone {
                    p { (leads(lang, column, &ranked)) }
                }
                @if 1 < shown.history.len() && kind != Kind::Milestone {
                    @let row = figures.total.row(&shown.matrix.place);
                    @let caption = lang.t("plan.board.history");
                    (fragment::chart(lang, target, &row, &shown.history, caption))
                }
                // Bars of ranks and amounts would say nothing.
                @if 2 * FEW < ranked.len() && !matches!(kind, Kind::Milestone | Kind::Figure) {
                    (ends(lang, column, &ranked))
                }
                @if !shown.matrix.places.is_empty() { (map_and_list(lang, shown, column, figures)) }
            } @else {
                p { (lang.t("plan.list.counting")) }
            }
        }
    }
}

fn chooser(lang: Lang, shown: &Shown) -> Markup {
    let options = shown.matrix.columns.iter().enumerate().map(|(n, column)| {
        let words = format!("{} · {}", short(n, column), column.target.title(lang));
        (column.target.id.to_string(), words)
    });
    let chosen = shown.chosen.and_then(|n| shown.matrix.columns.get(n));
    let mut filters = Filters::new(lang, "/plan/board")
        .keep("unit", &shown.matrix.place.unit.to_string())
        .keep("sort", &shown.order.code());
    if let Some(day) = shown.day {
        filters = filters.keep("day", &lang.date(day));
    }
    let choice = Choice::select("target", lang.t("plan.overview.target"))
        .options(options)
        .chosen(chosen.map(|column| column.target.id.to_string()).unwrap_or_default());
    html! { div.no-print { (filters.field(choice)) } }
}

/// Units with a figure, the best first.
fn ranked<'s>(shown: &'s Shown, column: &Column, figures: &Figures) -> Vec<(&'s Place, Cell, i64)> {
    let all = shown.matrix.places.iter().zip(&figures.cells);
    let mut out: Vec<(&Place, Cell, i64)> = all
        .filter(|(place, _)| figures.is_about(place))
        .filter_map(|(place, cell)| Some((place, *cell, cell.value.thousandths()?)))
        .collect();
    match column.target.better {
        Better::More => out.sort_by_key(|(place, _, value)| (-value, place.pos)),
        Better::Less => out.sort_by_key(|(place, _, value)| (*value, place.pos)),
    }
    out
}

/// "Dẫn đầu: Xã A (95%), …; chậm nhất: Xã B (3,1%), …."
fn leads(lang: Lang, column: &Column, ranked: &[(&Place, Cell, i64)]) -> String {
    let few = FEW.min(ranked.len().div_ceil(2)).min(3);
    let named = |(place, _, value): &(&Place, Cell, i64)| {
        format!("{} ({})", place.name, words::value(lang, &column.target.unit_code, *value))
    };
    let first: Vec<String> = ranked.iter().take(few).map(named).collect();
    let last: Vec<String> = ranked.iter().rev().take(few).map(named).collect();
    lang.f("plan.overview.leads", &[("first", &first.join(", ")), ("last", &last.join(", "))])
}

/// Those that lead and those that lag, as bars beside each other.
fn ends(lang: Lang, column: &Column, ranked: &[(&Place, Cell, i64)]) -> Markup {
    let target = &column.target;
    let bars = |caption: &'static str, rows: &mut dyn Iterator<Item = &(&Place, Cell, i64)>| {
        let mut bars = Bars::new(lang, lang.t(caption));
        if target.unit_code == "percent" {
            let goal = lang.f("plan.goal.line", &[("goal", &words::goal(lang, target))]);
            bars = bars.goal(goal, target.goal as f64 / 10.0);
        }
        rows.fold(bars, |bars, (place, cell, _)| match cell.value {
            Value::Share { part, whole } => {
                bars.share(place.name.clone(), part, whole.unwrap_or_default())
            }
            _ => bars.count(place.name.clone(), cell.part),
        })
    };
    html! {
        div.halves {
            (bars("plan.overview.first", &mut ranked.iter().take(FEW)))
            (bars("plan.overview.last", &mut ranked.iter().rev().take(FEW)))
        }
    }
}

fn map_and_list(lang: Lang, shown: &Shown, column: &Column, figures: &Figures) -> Markup {
    let matrix = &shown.matrix;
    let communes: Vec<(&Place, Cell)> = matrix
        .places
        .iter()
        .zip(figures.cells.iter().copied())
        .filter(|(place, _)| place.kind == "commune")
        .collect();
    let is_drawn = communes.iter().any(|(place, _)| shown.shapes.contains_key(&place.unit));
    html! {
        div.map-and-list.map-beside[is_drawn] {
            @if !communes.is_empty() { (map(lang, shown, column, &communes)) }
            (list(lang, shown, column, figures))
        }
    }
}

fn unit<'s>(
    lang: Lang,
    shown: &Shown,
    column: &Column,
    place: &'s Place,
    cell: Cell,
) -> MapUnit<'s> {
    let words = words_of(lang, column, cell);
    let is_own_unit = place.unit == column.target.unit;
    MapUnit {
        name: place.name.as_str().into(),
        figure: thao_web::components::heat::figure(lang, figure(column, cell)).into(),
        title: format!("{}: {words}", place.name).into(),
        shade: shade(reached(column, cell, is_own_unit, shown.matrix.day)),
        href: shown.address(place.unit).into(),
    }
}

/// "45,3%, chậm".
fn words_of(lang: Lang, column: &Column, cell: Cell) -> String {
    match (cell.value, cell.value.thousandths()) {
        (Value::Share { whole: Some(_), .. }, None) => lang.t("plan.overview.nobody").to_owned(),
        (Value::Share { whole: None, .. }, _) => lang.t("plan.whole.missing").to_owned(),
        (_, None) => lang.t("plan.whole.no_figure").to_owned(),
        (_, Some(n)) => {
            let value = match column.measure.kind {
                Kind::Milestone if 1000 <= n => lang.t("plan.milestone.done").to_owned(),
                Kind::Milestone => lang.t("plan.milestone.open").to_owned(),
                _ => words::value(lang, &column.target.unit_code, n),
            };
            format!("{value}, {}", standing_word(lang, cell.standing))
        }
    }
}

fn map(lang: Lang, shown: &Shown, column: &Column, communes: &[(&Place, Cell)]) -> Markup {
    let units = || communes.iter().map(|(place, cell)| unit(lang, shown, column, place, *cell));
    let shapes: Vec<_> = communes.iter().map(|(place, _)| shown.shapes.get(&place.unit)).collect();
    let known = || shapes.iter().flatten();
    let bounds = known().next().map(|first| {
        known().fold([first.west, first.north, first.east, first.south], |[w, n, e, s], it| {
            [w.min(it.west), n.min(it.north), e.max(it.east), s.max(it.south)]
        })
    });
    html! {
        figure.map-figure-frame {
            @match bounds {
                Some(bounds) => {
                    @let drawn = units().zip(&shapes);
                    (shape_map(drawn.filter_map(|(u, s)| Some((u, s.as_ref()?.path.as_str()))), bounds))
                    figcaption {
                        (lang.f("plan.overview.map_source", &[("source", &shown.source)]))
                        @let without = communes.len() - known().count();
                        @if 0 < without {
                            " " (lang.f("plan.overview.map_without", &[("n", &without)]))
                        }
                    }
                }
                None => {
                    @let codes: Vec<_> = communes.iter().map(|(p, _)| p.code.as_deref()).collect();
                    (tile_map(units().zip(tiles::arrange(&codes))))
                    figcaption { (lang.t("plan.overview.tiles_note")) }
                }
            }
        }
    }
}

fn list(lang: Lang, shown: &Shown, column: &Column, figures: &Figures) -> Markup {
    let order: Vec<usize> = match shown.order {
        // By name the eye finds a unit; the map is what compares.
        super::order::Order::Name => (0..shown.matrix.places.len()).collect(),
        order => order.sorted(&shown.matrix),
    };
    let caption = lang.f("plan.overview.list", &[("target", &column.target.title(lang))]);
    let is_share = column.measure.kind.shape() == Shape::Share;
    html! {
        div.map-list role="region" aria-label=(caption) tabindex="0" {
            table.table.table-dense {
                caption { span.only-heard { (caption) } }
                thead {
                    tr {
                        th scope="col" { (lang.t("web.board.unit")) }
                        @if is_share { th.number scope="col" { (lang.t("plan.overview.count")) } }
                        th.number scope="col" { (lang.t("plan.overview.figure")) }
                    }
                }
                tbody {
                    @for n in order {
                        @if let (Some(place), Some(cell)) =
                            (shown.matrix.places.get(n), figures.cells.get(n))
                            && figures.is_about(place)
                        {
                            tr {
                                th scope="row" { a href=(shown.address(place.unit)) { (place.name) } }
                                @if is_share {
                                    td.number {
                                        (lang.number(cell.part)) "/"
                                        @match cell.whole {
                                            Some(whole) => (lang.number(whole)),
                                            None => "?",
                                        }
                                    }
                                }
                                td.number { (words_of(lang, column, *cell)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
