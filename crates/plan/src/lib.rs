//! Plans, measures, targets, official figures, and the readings and boards that follow from them.
//!
//! Nouns: a [`plan`] is a document with a legal basis; a [`measure`] is a share of an audience, or
//! of an official [`figure`], who hold a rung of evidence; a [`target`] is a goal for a measure in
//! a unit by a day; [`readings`] are what follows for each person, unit and day; a [`board`] is a
//! target by unit.
//!
//! Invariants: numbers are computed from facts by [`fold`], only denominators may be typed, with
//! source and date; missing is not zero; a unit's figure is a distinct count of people, not the
//! sum of what is below it; every reading equals its rebuild. This crate reads register rows and
//! statements and must never write them for another context.

pub mod board;
pub mod boundary;
pub mod evidence;
pub mod figure;
pub mod fold;
pub mod imports;
pub mod measure;
pub mod plan;
pub mod readings;
pub mod roster;
pub mod target;
pub mod tiles;

mod pages;

#[cfg(test)]
mod brute;
#[cfg(test)]
mod world;

pub use pages::pages;

/// What this context does while nobody waits.
pub fn jobs() -> Vec<thao_jobs::Handler> {
    vec![thao_people::imports::handler(&imports::DESK)]
}
