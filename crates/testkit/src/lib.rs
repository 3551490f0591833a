//! What tests stand on: fresh databases of both kinds, a clock that stands still, seeded chance.
//!
//! A development dependency only: nothing that is shipped links it. Its failures are panics with
//! a sentence that says what to do, because a test that cannot run must fail, never be skipped.
#![expect(clippy::panic, reason = "a test that cannot be set up fails where it stands")]

mod database;
mod postgres;
mod sqlite;
mod world;

pub use database::{TestDb, databases, each_database, empty_databases};
pub use world::{World, world};
