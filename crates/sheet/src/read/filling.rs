//! The cells of one worksheet as they come out of a file, under limits.

use std::collections::BTreeMap;

use super::Limits;
use crate::{Cell, SheetError};

/// A worksheet as it stands in the file: rows by number from 0, without empty ones.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    pub(crate) rows: BTreeMap<u32, Vec<Cell>>,
    pub(crate) merges: Vec<Merge>,
}

/// Cells joined into one, from and to inclusive, counted from 0. Only the first holds a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    pub(crate) top: u32,
    pub(crate) left: u32,
    pub(crate) bottom: u32,
    pub(crate) right: u32,
}

/// Collects a grid and refuses what is over the limits.
pub(crate) struct Filling<'a> {
    limits: &'a Limits,
    /// Stop after this many rows: only the top is wanted.
    head: Option<usize>,
    grid: Grid,
    cells: usize,
    text: u64,
}

/// Title rows and signatures that a table may have beyond the rows that count.
const BESIDES: usize = 200;
const MERGES: usize = 100_000;

impl<'a> Filling<'a> {
    pub(crate) fn whole(limits: &'a Limits) -> Filling<'a> {
        Filling { limits, head: None, grid: Grid::default(), cells: 0, text: 0 }
    }

    pub(crate) fn head(limits: &'a Limits, rows: usize) -> Filling<'a> {
        Filling { head: Some(rows), ..Filling::whole(limits) }
    }

    /// Whether only the top of the worksheet is wanted.
    pub(crate) fn is_head(&self) -> bool {
        self.head.is_some()
    }

    /// Whether enough rows are here; the reader may stop.
    pub(crate) fn is_full(&self) -> bool {
        self.head.is_some_and(|rows| self.grid.rows.len() > rows)
    }

    /// Puts a cell; an empty one, or one far to the right, is passed over.
    pub(crate) fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), SheetError> {
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= self.limits.columns || matches!(cell, Cell::Empty) {
            return Ok(());
        }
        if let Cell::Text(text) = cell.value() {
            if text.trim().is_empty() {
                return Ok(());
            }
            self.text += text.len() as u64;
        }
        let cells = self.grid.rows.entry(row).or_default();
        if cells.len() <= column {
            self.cells += column + 1 - cells.len();
            cells.resize(column + 1, Cell::Empty);
        }
        if let Some(place) = cells.get_mut(column) {
            *place = cell;
        }
        if self.head.is_none() && self.grid.rows.len() > self.limits.rows.saturating_add(BESIDES) {
            return Err(SheetError::TooManyRows { limit: self.limits.rows });
        }
        if self.cells > self.limits.cells || self.text > self.limits.unpacked {
            return Err(self.limits.too_large());
        }
        Ok(())
    }

    pub(crate) fn merge(&mut self, merge: Merge) {
        if self.grid.merges.len() < MERGES {
            self.grid.merges.push(merge);
        }
    }

    pub(crate) fn finish(mut self) -> Grid {
        if let Some(rows) = self.head {
            // The last row of a head may be cut through.
            while self.grid.rows.len() > rows {
                self.grid.rows.pop_last();
            }
        }
        self.grid
    }
}
