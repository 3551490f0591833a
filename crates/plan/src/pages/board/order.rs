//! In which order the units of the heat table stand. Pure.

use jiff::civil::Date;
use thao_base::TargetId;
use thao_web::components::Order as Way;

use crate::board::{Cell, Column, Matrix, Path};
use crate::kind::Shape;
use crate::measure::Better;

/// How the units are sorted: by name, or by how far one target is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Name,
    Target(TargetId, Way),
}

impl Order {
    /// `<target>` rises, `-<target>` falls; anything else is by name.
    pub(super) fn read(code: &str, matrix: &Matrix) -> Order {
        let (way, id) = match code.strip_prefix('-') {
            Some(id) => (Way::Falling, id),
            None => (Way::Rising, code),
        };
        let known = |id: &TargetId| matrix.columns.iter().any(|column| column.target.id == *id);
        match id.parse().ok().filter(known) {
            Some(id) => Order::Target(id, way),
            None => Order::Name,
        }
    }

    pub(super) fn code(self) -> String {
        match self {
            Order::Name => String::new(),
            Order::Target(id, Way::Rising) => id.to_string(),
            Order::Target(id, Way::Falling) => format!("-{id}"),
        }
    }

    /// The order a press on the head of a column leads to: the weakest first, then the strongest.
    pub(super) fn pressed(self, target: TargetId) -> Order {
        match self {
            Order::Target(id, Way::Rising) if id == target => Order::Target(id, Way::Falling),
            _ => Order::Target(target, Way::Rising),
        }
    }

    /// How a column is sorted now.
    pub(super) fn of(self, target: TargetId) -> Option<Way> {
        match self {
            Order::Target(id, way) if id == target => Some(way),
            _ => None,
        }
    }

    /// The places of the units in order; those nobody can sort by come last, by name.
    pub(super) fn sorted(self, matrix: &Matrix) -> Vec<usize> {
        let mut order: Vec<usize> = (0..matrix.places.len()).collect();
        let Order::Target(id, way) = self else { return order };
        let column = matrix.columns.iter().find(|column| column.target.id == id);
        let Some(figures) = column.and_then(|column| column.figures.as_ref()) else { return order };
        let share = |n: &usize| figures.cells.get(*n)?.value.thousandths();
        match way {
            Way::Rising => order.sort_by_key(|n| share(n).unwrap_or(i64::MAX)),
            Way::Falling => order.sort_by_key(|n| -share(n).unwrap_or(-1)),
        }
        order
    }
}

/// How far a cell's goal of a day is reached, in thousandths of the goal; none of a number of which
/// the unit was given no part.
pub(super) fn reached(column: &Column, cell: Cell, is_own_unit: bool, on: Date) -> Option<i64> {
    let target = &column.target;
    let number = matches!(target.kind.shape(), Shape::Count | Shape::PerYear);
    if number && cell.own.is_none() && !is_own_unit {
        return None;
    }
    let value = cell.value.thousandths()?;
    let goal = Path::own(target, cell.own).goal_on(on);
    let (amount, of) = match target.better {
        Better::More => (value, goal),
        // A rank of 4 where 2 is asked for is half of the way.
        Better::Less => (goal, value),
    };
    if of <= 0 { Some(1000) } else { Some(amount.saturating_mul(1000) / of) }
}
