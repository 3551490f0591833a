//! Tables as offices make them: read from spreadsheets of any kind, and written as clean ones.
//!
//! Nouns: a [`Cell`] keeps what it was in the file; a [`Sheet`] is one worksheet with its header
//! found and its rows, without titles, totals and signatures; [`Columns`] says which column holds
//! what; a [`Table`] is what is written.
//!
//! Invariants: bytes of strangers never panic, hang, or take more memory than the [`Limits`]
//! allow; no cell is changed or guessed while reading; what is written as text opens as text.
//! Reading blocks its thread: from async code call it in `spawn_blocking`.

mod cell;
mod columns;
mod error;
pub mod headings;
mod read;
mod serial;
mod table;
mod write;

pub use cell::Cell;
pub use columns::{Column, Columns, Found};
pub use error::{Lookalike, SheetError};
pub use read::{Limits, read, read_for};
pub use serial::date_of_serial;
pub use table::{Format, Heading, LeftOut, Row, Sheet, Why};
pub use write::{Kind, Table, TableColumn, Value, write};
