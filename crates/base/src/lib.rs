//! What every room of Thạo stands on: ids, time, errors, words, text and the door to the databases.
//!
//! Invariants: nothing here knows a context; the clock and randomness are arguments; no number,
//! date or word is written for people except through [`locale`].

pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod ids;
pub mod locale;
pub mod stamp;
pub mod text;

pub use clock::{Clock, Entropy};
pub use config::Config;
pub use db::{Db, Tx};
pub use error::{Error, Kind, Result};
pub use ids::*;
pub use locale::Lang;
pub use stamp::Stamp;
