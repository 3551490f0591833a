//! Boards by another tree of units than today's: as it was then, or re-based to a day.

use std::collections::HashMap;

use jiff::civil::Date;
use thao_base::{MeasureId, Result, Tx, UnitId, args, sql};
use thao_people::unit::{self, Place};
use thao_record::evidence::day;

use super::apportion::apportion;
use super::{Board, SQL, Units, Whole, history, make_board, sums_in};
use crate::figure;
use crate::measure::{Denominator, Measure};
use crate::readings;
use crate::target::Target;
use crate::view::TreeView;

/// The board of a target in `place` by a view. None until the view's figures are whole.
pub fn by_child_in(
    tx: &mut Tx<'_>,
    view: TreeView,
    target: &Target,
    measure: &Measure,
    place: &Place,
    on: Date,
) -> Result<Option<Board>> {
    if view == TreeView::Now {
        return super::by_child(tx, target, measure, place, on);
    }
    let Some(no) = readings::open_view(tx, measure.id, view)? else { return Ok(None) };
    // The tree of `Now` is not asked for here.
    let tree_day = view.tree_day(on, on);
    let children = children(tx, view, place.unit, on, tree_day)?;
    let units: Vec<UnitId> =
        std::iter::once(place.unit).chain(children.iter().map(|child| child.unit)).collect();
    let sums = sums_in(tx, no, Units::Each(&units), on)?;
    let computed = |place: &Place| Whole::Computed(sums.of(place.unit).0.base);
    let (whole, wholes) = match measure.denominator {
        Denominator::Computed => (computed(place), children.iter().map(computed).collect()),
        Denominator::Official => {
            let given = wholes(tx, measure.id, on, tree_day)?;
            let below = |tx: &mut Tx<'_>, unit| self::children(tx, view, unit, on, tree_day);
            super::official_of(tx, &given, place, &children, below)?
        }
    };
    Ok(Some(make_board(target, &sums, place, whole, children.into_iter().zip(wholes), on)))
}

/// The units directly below one in a view on a day, by the names they had.
fn children(
    tx: &mut Tx<'_>,
    view: TreeView,
    unit: UnitId,
    on: Date,
    tree_day: Date,
) -> Result<Vec<Place>> {
    tx.list(sql!(SQL, "children_in"), args![view.code(), unit, day(on), tree_day])
}

/// All official figures as the units of the tree of a day have them.
pub(super) fn wholes(
    tx: &mut Tx<'_>,
    measure: MeasureId,
    on: Date,
    tree_day: Date,
) -> Result<HashMap<UnitId, Whole>> {
    let everywhere = thao_web::Span { lo: 0, hi: i64::MAX };
    let figures = figure::latest(tx, measure, everywhere, on)?;
    Ok(apportion(&figures, &unit::forest(tx)?, tree_day))
}

/// The points of a target in a unit by a view: see [`history`].
pub fn history_in(
    tx: &mut Tx<'_>,
    view: TreeView,
    target: &Target,
    measure: &Measure,
    place: &Place,
    whole: Option<i64>,
    on: Date,
) -> Result<Option<Vec<super::Point>>> {
    let Some(no) = readings::open_view(tx, measure.id, view)? else { return Ok(None) };
    history::points(tx, no, target, measure, place, whole, on).map(Some)
}
