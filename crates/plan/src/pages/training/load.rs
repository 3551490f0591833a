//! A year's plan as one actor sees it: rows, units in charge, years, each with what was held.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use thao_base::{Result, RowId, Tx, UnitId, cast};
use thao_web::Scope;

use crate::course_plan::rule::{Held, Pace, Planned, pace};
use crate::course_plan::{self, By, CoursePlan, of_year, paid};

/// A row with what was held and paid.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) row: CoursePlan,
    /// None when the row names no course to count by.
    pub(super) held: Option<Held>,
    pub(super) paid: i64,
    pub(super) pace: Pace,
}

/// Several rows together; people count once.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    pub(super) name: String,
    pub(super) rows: i64,
    pub(super) planned: Planned,
    pub(super) held: Held,
    pub(super) paid: i64,
    /// Rows behind or late.
    pub(super) behind: i64,
}

#[derive(Debug, Clone)]
pub(super) struct Year {
    pub(super) year: i32,
    pub(super) items: Vec<Item>,
    pub(super) total: Sum,
    pub(super) units: Vec<(UnitId, Sum)>,
}

/// The plan of a year.
pub(super) fn year(tx: &mut Tx<'_>, scope: &Scope, year: i32, today: Date) -> Result<Year> {
    let found = course_plan::held(tx, scope, year, By::Row)?;
    let payments = paid(&course_plan::list_payments_of_year(tx, scope, year)?);
    let items: Vec<Item> = course_plan::list(tx, scope, year)?
        .into_iter()
        .map(|row| {
            let counted = || found.get(&cast(row.id)).copied().unwrap_or_default();
            let held = row.course.map(|_| counted());
            let pace = pace(&row.planned(), held.as_ref(), row.year, row.due, today);
            Item { held, paid: payments.get(&row.id).copied().unwrap_or(0), pace, row }
        })
        .collect();
    let all = of_year(&course_plan::held(tx, scope, year, By::Year)?);
    let total = sum(year.to_string(), items.iter(), all);
    let units = by_unit(&items, &course_plan::held(tx, scope, year, By::Unit)?);
    Ok(Year { year, items, total, units })
}

/// All years that have rows, the latest first.
pub(super) fn years(tx: &mut Tx<'_>, scope: &Scope, today: Date) -> Result<Vec<Sum>> {
    let mut out = Vec::new();
    for of in course_plan::years(tx, scope)? {
        out.push(year(tx, scope, of, today)?.total);
    }
    Ok(out)
}

fn by_unit(items: &[Item], held: &HashMap<RowId, Held>) -> Vec<(UnitId, Sum)> {
    let mut units: BTreeMap<i64, Vec<&Item>> = BTreeMap::new();
    for item in items {
        units.entry(item.row.unit_pos).or_default().push(item);
    }
    let sums = units.into_values().filter_map(|own| {
        let first = own.first()?;
        let (unit, name) = (first.row.unit, first.row.unit_name.clone());
        let held = held.get(&cast(unit)).copied().unwrap_or_default();
        Some((unit, sum(name, own.into_iter(), held)))
    });
    sums.collect()
}

fn sum<'a>(name: String, items: impl Iterator<Item = &'a Item>, held: Held) -> Sum {
    let planned = Planned::default();
    let mut out = Sum { name, rows: 0, planned, held, paid: 0, behind: 0 };
    for item in items {
        out.rows += 1;
        out.planned = out.planned.and(item.row.planned());
        out.paid = out.paid.saturating_add(item.paid);
        out.behind += i64::from(matches!(item.pace, Pace::Behind | Pace::Late));
    }
    out
}
