//! Reports: what units file to the unit above them, period by period, and what was approved.
//!
//! Nouns: a [`calendar`] says which days a period covers; a [`form`] is what is asked, its lines
//! computed by a target or typed; a return ([`filing`]) is one unit's answer for one period, its
//! state a dated row; a [`lock`] freezes the figures that were approved; a [`template`] is a text
//! with places for figures.
//!
//! Invariants: missing is not zero; a period is approved once; what was approved is never
//! rewritten, a later change stands beside it as a correction; computed figures come from the
//! boards of `plan` and are never typed over. This crate must never write what another context
//! keeps.

pub mod calendar;
pub mod check;
pub mod collect;
pub mod dossier;
pub mod draft;
pub mod due;
pub mod figure;
pub mod filing;
pub mod form;
pub mod formula;
pub mod live;
pub mod lock;
pub mod notice;
pub mod past;
pub mod period;
pub mod starter;
pub mod state;
pub mod template;

mod pages;

#[cfg(test)]
mod world;

pub use pages::pages;
