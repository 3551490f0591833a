//! Figures: numbers somebody else answers for, with source and date. Nothing is overwritten: a
//! correction is another row, an import that is undone is withdrawn.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, FigureId, Id, ImportId, MeasureId, Result, Stamp, Tx, UnitId};
use thao_base::{args, row, sql};
use thao_record::register::{self, NewRow};
use thao_record::{Col, Noun};
use thao_web::Span;

const SQL: &str = include_str!("figure.sql");

pub const FIGURE: Noun = Noun {
    table: "figure",
    columns: &[
        Col::open("measure_id"),
        Col::open("unit_id"),
        Col::open("value"),
        Col::open("as_of"),
        Col::open("source"),
        Col::open("import_id"),
        Col::open("made_at"),
        Col::open("withdrawn_at"),
    ],
};

/// A figure about to be added.
#[derive(Debug, Clone)]
pub struct NewFigure {
    pub measure: MeasureId,
    pub unit: UnitId,
    pub value: i64,
    /// The day the figure speaks of.
    pub as_of: Date,
    pub source: String,
    pub import: Option<ImportId>,
}

row! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Figure {
        pub id: FigureId,
        pub unit: UnitId,
        pub value: i64,
        pub as_of: Date,
        pub source: String,
        pub import: Option<ImportId>,
        pub made_at: Timestamp,
    }
}

/// A text that differs when a measure's figures do: none is ever changed, only added or withdrawn.
pub fn version(tx: &mut Tx<'_>, measure: MeasureId) -> Result<String> {
    let (all, withdrawn): (i64, i64) = tx.get(sql!(SQL, "version"), args![measure])?;
    Ok(format!("{all}.{withdrawn}"))
}

pub fn add_many(tx: &mut Tx<'_>, stamp: &Stamp, new: &[NewFigure]) -> Result<Vec<FigureId>> {
    if new.iter().any(|figure| figure.value < 0) {
        return Err(Error::invalid("plan.error.figure_negative").field("value"));
    }
    let ids: Vec<FigureId> = new.iter().map(|_| stamp.id()).collect();
    let rows = new.iter().zip(&ids).map(|(figure, id)| NewRow {
        id: id.uuid(),
        person: None,
        values: vec![
            figure.measure.arg(),
            figure.unit.arg(),
            Arg::Int(figure.value),
            figure.as_of.arg(),
            Arg::Text(&figure.source),
            figure.import.arg(),
            Arg::Time(stamp.at),
        ],
    });
    let names = ["measure_id", "unit_id", "value", "as_of", "source", "import_id", "made_at"];
    register::insert_many(tx, stamp, &FIGURE, &names, rows.collect())?;
    Ok(ids)
}

/// Takes one figure back.
pub fn withdraw(tx: &mut Tx<'_>, stamp: &Stamp, id: FigureId) -> Result<()> {
    register::update(tx, stamp, &FIGURE, id, None, &[("withdrawn_at", Arg::Time(stamp.at))])?;
    Ok(())
}

/// Takes back all figures of an import; how many stood.
pub fn withdraw_import(tx: &mut Tx<'_>, stamp: &Stamp, import: ImportId) -> Result<usize> {
    let ids: Vec<FigureId> = tx.values(sql!(SQL, "of_import"), args![import])?;
    for id in &ids {
        withdraw(tx, stamp, *id)?;
    }
    Ok(ids.len())
}

/// The figures of a measure that stand, of units in a span, of days up to `on`: of each unit the
/// latest as of, and of those the latest made.
pub fn latest(
    tx: &mut Tx<'_>,
    measure: MeasureId,
    within: Span,
    on: Date,
) -> Result<HashMap<UnitId, Figure>> {
    let args = args![measure, within.lo, within.hi, on];
    let rows: Vec<Figure> = tx.list(sql!(SQL, "standing"), args)?;
    // In rising order: the last of a unit stays.
    Ok(rows.into_iter().map(|figure| (figure.unit, figure)).collect())
}

/// Every figure of a measure that stands, of units in a span, oldest first.
pub fn list(tx: &mut Tx<'_>, measure: MeasureId, within: Span) -> Result<Vec<Figure>> {
    tx.list(sql!(SQL, "standing"), args![measure, within.lo, within.hi, Date::MAX])
}

/// One figure that stands, with its measure.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: FigureId) -> Result<(MeasureId, Figure)> {
    let figure = tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)?;
    let measure = tx.value(sql!(SQL, "measure_of"), args![id])?;
    Ok((measure, figure))
}
