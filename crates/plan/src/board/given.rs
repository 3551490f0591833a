//! Boards of numbers that somebody else answers for: each unit's own latest figure. They are never
//! added up: nobody adds ranks.

use jiff::Span;
use jiff::civil::Date;
use thao_base::{Result, Tx};
use thao_people::unit::Place;

use super::{Board, Path, Row, TREND_DAYS, Value, Whole, concerned, standing};
use crate::figure::{self, Figure};
use crate::target::Target;

pub(super) fn by_child(
    tx: &mut Tx<'_>,
    target: &Target,
    place: &Place,
    children: Vec<Place>,
    on: Date,
) -> Result<Board> {
    let now = figure::latest(tx, target.measure, place.span(), on)?;
    let before = figure::latest(tx, target.measure, place.span(), earlier(on))?;
    let row = |place: Place| {
        let (now, before) = (now.get(&place.unit), before.get(&place.unit));
        make_row(target, place, now, before, on)
    };
    let total = row(place.clone());
    let rows = children.into_iter().map(row).collect();
    Ok(Board { day: on, rows: concerned(&total, rows), total })
}

pub(super) fn in_unit(tx: &mut Tx<'_>, target: &Target, place: &Place, on: Date) -> Result<Row> {
    let mut own = |on| -> Result<Option<Figure>> {
        Ok(figure::latest(tx, target.measure, place.span(), on)?.remove(&place.unit))
    };
    let (now, before) = (own(on)?, own(earlier(on))?);
    Ok(make_row(target, place.clone(), now.as_ref(), before.as_ref(), on))
}

fn earlier(on: Date) -> Date {
    on.checked_sub(Span::new().days(TREND_DAYS)).unwrap_or(on)
}

fn make_row(
    target: &Target,
    place: Place,
    now: Option<&Figure>,
    before: Option<&Figure>,
    on: Date,
) -> Row {
    let value = Value::Given(now.map(|figure| figure.value));
    let whole = match now {
        Some(figure) => Whole::Given { as_of: figure.as_of, source: figure.source.clone() },
        None => Whole::Missing,
    };
    Row {
        place,
        part: now.map_or(0, |figure| figure.value),
        whole,
        value,
        standing: standing(&Path::of(target), value, on),
        own: None,
        trend: now.zip(before).map(|(now, before)| now.value - before.value),
    }
}
