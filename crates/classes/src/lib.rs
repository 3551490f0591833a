//! Classes in villages and offices: opening them, inviting, registering, taking attendance.
//!
//! Nouns: a [`class`] is a course held somewhere by an organiser; a [`meeting`] is one of its
//! evenings; a [`registration`] puts a person on its roster; [`attendance`] is kept as statements
//! of the record (attended, context = the meeting, activity = the course, unit = the class's).
//!
//! Invariants: a person counts once in a meeting, whatever the number of rows, ticks and retries;
//! un-ticking voids, nothing is deleted; a closed meeting changes only by a correction with its
//! reason; names are shown after the look is logged ([`look`]); no page needs a script. This crate
//! must never write a person's row but as a newcomer's, or decide what counts towards a target.

pub mod access;
pub mod attendance;
pub mod class;
pub mod consent;
pub mod invitation;
pub mod look;
pub mod meeting;
pub mod newcomer;
pub mod registration;
pub mod schedule;
pub mod sheet;
mod submission;
pub mod words;

mod pages;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod world;

pub use class::Class;
pub use meeting::Meeting;
pub use pages::pages;
