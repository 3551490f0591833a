//! Sums by unit and day, 32 days, 1024 days: changes gathered, then written row by row.

use std::collections::{BTreeMap, BTreeSet};

use thao_base::db::{Arg, ToArg};
use thao_base::{Result, Tx, UnitId, sql};

use super::SQL;
use crate::fold::{Delta, buckets};

/// Changes to rows of the sums, in the order of their key.
#[derive(Debug, Default)]
pub(super) struct Sums(BTreeMap<(i32, UnitId, i32, i32), Delta>);

impl Sums {
    /// Takes in one subject's changes. A measure that does not count its base has only numerators.
    pub(super) fn take(
        &mut self,
        no: i32,
        counts_base: bool,
        deltas: &BTreeMap<(UnitId, i32), Delta>,
    ) {
        for ((unit, day), delta) in deltas {
            let base = if counts_base { delta.base } else { 0 };
            if delta.met == 0 && base == 0 {
                continue;
            }
            for (level, bucket) in buckets(*day) {
                let sum = self.0.entry((no, *unit, level.no(), bucket)).or_default();
                sum.met += delta.met;
                sum.base += base;
            }
        }
    }

    /// Adds the changes; rows that come to nothing stay until the book is done.
    pub(super) fn add(&self, tx: &mut Tx<'_>) -> Result<()> {
        let rows = self.0.iter().filter(|(_, delta)| !delta.is_zero());
        let rows = rows.map(|(key, delta)| {
            let mut args = key_args(key);
            args.extend([Arg::Int(delta.met), Arg::Int(delta.base)]);
            args
        });
        tx.exec_many(sql!(SQL, "add_sum"), rows)?;
        let books: BTreeSet<i32> = self.0.keys().map(|(no, ..)| *no).collect();
        tx.exec_many(sql!(SQL, "changed"), books.iter().map(|no| vec![no.arg()]))?;
        Ok(())
    }

    /// Adds the changes and takes away rows that come to nothing: a sum that never was and one
    /// that is zero again are the same.
    pub(super) fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        self.add(tx)?;
        let rows = self.0.iter().filter(|(_, delta)| !delta.is_zero());
        tx.exec_many(sql!(SQL, "drop_zero"), rows.map(|(key, _)| key_args(key)))?;
        Ok(())
    }
}

fn key_args((no, unit, level, bucket): &(i32, UnitId, i32, i32)) -> Vec<Arg<'_>> {
    vec![no.arg(), unit.arg(), level.arg(), bucket.arg()]
}
