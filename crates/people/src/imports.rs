//! Tables people send in: read, worked out row by row, shown, and done when somebody confirms.
//!
//! Nouns: a [`File`] is what was sent in; a [`Row`] is one of its rows with what it says (its
//! draft), what it would do (its [`Plan`]) and what came of it; a [`Desk`] is a kind of table
//! with its place in the program: people here, results in the catalog, figures in the plan.
//!
//! Invariants: nothing is changed before somebody confirms, and then exactly what was announced:
//! each row is worked out anew in the transaction that does it, and left with a note when the
//! outcome would be another; a chunk of rows is one transaction, so an interruption leaves whole
//! chunks; the same file again finds everything done. Never: a guess at a number, a match by name
//! alone.

mod clear;
pub mod direct;
mod file;
mod job;
mod kind;
mod note;
pub mod people;
mod receive;
mod row;
mod step;
mod units;

pub use clear::{clear, until};
pub use file::{About, File, State, Step, find_same, forget, get, list};
pub use job::handler;
pub use kind::{Desk, Drafted, Ground, Kind, Paths, Reach, Reading, Words};
pub use note::{Note, Place};
pub use receive::{Incoming, Received, cells, receive};
pub use row::{Came, Counts, Decision, Outcome, Plan, Row, Show, counts};
pub use units::{UnitBook, Units};

/// Rows that are worked out at once, in the transaction that keeps the file.
const SMALL: usize = 500;

/// The rows of a file.
pub mod rows {
    pub use super::row::{deeds_of, get, list, list_to_mend};
}
