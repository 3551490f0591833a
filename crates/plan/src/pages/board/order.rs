//! In which order the units of the heat table stand. Pure.

use thao_base::TargetId;
use thao_web::components::Order as Way;

use crate::board::{Cell, Column, Matrix, permille};

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
        let share = |n: &usize| {
            let cell = figures.cells.get(*n)?;
            permille(cell.part, cell.whole)
        };
        match way {
            Way::Rising => order.sort_by_key(|n| share(n).unwrap_or(i64::MAX)),
            Way::Falling => order.sort_by_key(|n| -share(n).unwrap_or(-1)),
        }
        order
    }
}

/// How far a cell's goal is reached, in thousandths of the goal.
pub(super) fn reached(column: &Column, cell: Cell) -> Option<i64> {
    let share = permille(cell.part, cell.whole)?;
    match i64::from(column.target.goal) {
        goal if 0 < goal => Some(share.saturating_mul(1000) / goal),
        _ => Some(1000),
    }
}
