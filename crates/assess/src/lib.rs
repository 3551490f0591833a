//! Learning: lessons step by step, answers graded here, progress, what is next.
//!
//! Nouns: a response is graded by a rule ([`grading`]); an answer is one statement and what
//! follows from it ([`attempt`]); [`history`] reads what was done; [`progress`] says how far
//! somebody is; a [`bookmark`] is where they left off.
//!
//! Invariants: no right answer leaves the server before the question is answered; what was
//! measured is frozen in the statement (item and version); a form sent twice is one answer; a
//! person counts by their cluster. This crate must never write the register.

pub mod attempt;
pub mod bookmark;
pub mod grading;
pub mod history;
pub mod learner;
mod pages;
pub mod progress;
pub mod shuffle;

pub use pages::pages;

#[cfg(test)]
mod world;
