//! The heat table of a board: units down, targets across, and what the short heads stand for.

use maud::{Markup, html};
use thao_base::Lang;
use thao_people::unit::Place;
use thao_web::components::{
    Heat, HeatCell, HeatColumn, HeatFigure, HeatRow, Order as Way, Standing,
};

use super::Shown;
use super::order::{Order, reached};
use crate::board::{Cell, Column, Matrix, Value};
use crate::kind::Kind;
use crate::pages::words;

/// What a cell shows.
pub(super) fn figure(column: &Column, cell: Cell) -> HeatFigure {
    match (cell.value, cell.value.thousandths()) {
        (Value::Share { .. }, Some(share)) if column.measure.kind == Kind::Milestone => {
            HeatFigure::Done(1000 <= share)
        }
        (Value::Share { .. }, Some(share)) => HeatFigure::Share(share),
        (Value::Share { whole: Some(_), .. }, None) => HeatFigure::Nobody,
        (Value::Count(n), _) => HeatFigure::Count(n),
        (Value::Given(_), Some(given)) if column.target.unit_code == "percent" => {
            HeatFigure::Share(given)
        }
        (Value::Given(_), Some(given)) => HeatFigure::Thousandths(given),
        (_, None) => HeatFigure::Missing,
    }
}

/// The short name of a target: its code, or its place in the list.
pub(super) fn short(n: usize, column: &Column) -> String {
    column.target.code.clone().unwrap_or_else(|| format!("{}", n + 1))
}

const EMPTY: HeatCell =
    HeatCell { figure: HeatFigure::Nobody, reached: None, standing: Standing::Unknown };

fn cell(matrix: &Matrix, column: &Column, below: Option<(usize, &Place)>) -> HeatCell {
    let found = column.figures.as_ref().map(|figures| match below {
        Some((n, place)) => figures.cells.get(n).copied().filter(|_| figures.is_about(place)),
        None => Some(figures.total),
    });
    match found {
        Some(Some(cell)) => {
            let place = below.map_or(&matrix.place, |(_, place)| place);
            let is_own_unit = place.unit == column.target.unit;
            HeatCell {
                figure: figure(column, cell),
                reached: reached(column, cell, is_own_unit, matrix.day),
                standing: cell.standing,
            }
        }
        Some(None) => EMPTY,
        // Not counted yet.
        None => HeatCell { figure: HeatFigure::Missing, ..EMPTY },
    }
}

/// Nothing where no unit lies below.
pub(super) fn table(lang: Lang, shown: &Shown) -> Markup {
    let matrix = &shown.matrix;
    if matrix.places.is_empty() {
        return html! {};
    }
    let day = lang.date(matrix.day);
    let caption =
        lang.f("plan.overview.heat_caption", &[("unit", &matrix.place.name), ("day", &day)]);
    let by_name = (shown.order == Order::Name).then_some(Way::Rising);
    let columns = matrix.columns.iter().enumerate().map(|(n, column)| HeatColumn {
        words: short(n, column).into(),
        title: column.target.title(lang).into(),
        sort: shown.turned(None, &shown.order.pressed(column.target.id).code()).into(),
        now: shown.order.of(column.target.id),
    });
    let row = |below| matrix.columns.iter().map(|column| cell(matrix, column, below)).collect();
    let rows = shown.order.sorted(matrix).into_iter().filter_map(|n| {
        let place = matrix.places.get(n)?;
        let href = shown.address(place.unit).into();
        Some(HeatRow {
            name: place.name.as_str().into(),
            href: Some(href),
            cells: row(Some((n, place))),
        })
    });
    let total = HeatRow { name: matrix.place.name.as_str().into(), href: None, cells: row(None) };
    html! {
        section.flow.heat-section {
            h2 { (lang.t("plan.overview.heat")) }
            (Heat::new(lang, caption, shown.turned(None, ""), by_name)
                .columns(columns)
                .rows(rows)
                .total(total))
            dl.heat-names {
                @for (n, column) in matrix.columns.iter().enumerate() {
                    div {
                        dt { (short(n, column)) }
                        dd {
                            (column.target.title(lang)) " (" (words::goal(lang, &column.target)) ")"
                        }
                    }
                }
            }
        }
    }
}
