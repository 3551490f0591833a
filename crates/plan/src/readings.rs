//! Readings: each subject's days of each measure, and their sums by unit and day.
//!
//! They are kept by folding again and comparing, never by counting up: [`step`] follows the
//! record and the journal with cursors, finds whom an entry touches, folds those subjects whole
//! ([`crate::fold`]) and writes what differs, all in one transaction with the cursor. A measure
//! whose rule changes, and a tree whose units move, get a new book that is filled beside the one
//! pages read. docs/measurement.md tells the whole of it.

mod books;
mod dump;
mod follow;
mod load;
mod refold;
mod stints;
mod subjects;
mod sums;
mod touched;
mod tree;

pub use books::{Filling, filling, open};
pub use dump::{digest, dump};
pub use follow::{Built, catch_up, follow, rebuild, step, version, version_of_all};
pub use stints::stints;

/// The SQL of readings; blocks are named for the file that uses them.
const SQL: &str = include_str!("readings.sql");

#[cfg(test)]
mod tests;
