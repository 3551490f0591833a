//! The record and the register's journal: the two append-only series everything follows from.
//!
//! Nouns: a [`statement`] is something a person did or that was seen, with its evidence rung; a
//! [`register`] edit writes a dated row and its journal entry in one transaction; a [`cursor`]
//! is how far a reading has followed; [`evidence`] folds facts into days on which a rung holds.
//!
//! Invariants: only this crate appends; nothing updates or deletes an entry (triggers); a
//! correction voids; `seq` is gap-free in commit order; what can name a person stands in a side
//! table that can be deleted. This crate must never read a context's tables.

pub mod api;
pub mod cursor;
pub mod evidence;
pub mod node;
pub mod register;
pub mod series;
pub mod statement;

pub use evidence::{Fact, Rung};
pub use register::{Col, Noun};
pub use statement::{Draft, Verb};

use thao_web::Pages;

/// The calls of the record.
pub fn pages() -> Pages {
    api::pages()
}
