//! Plans, measures, targets, official figures, and the readings and boards that follow from them.
//!
//! Nouns: a [`plan`] is a document with a legal basis; a [`measure`] is what is counted, of one
//! [`kind`]: people who hold a rung of evidence, units and [`thing`]s that satisfy a [`criterion`]
//! (a [`finding`] says so), classes, attendances, or a [`figure`] that somebody else answers for;
//! a [`target`] is a goal for a measure in a unit by a day; an [`allotment`] is what a unit below
//! is asked of it; [`readings`] are what follows for each subject, unit and day; a [`board`] is a
//! target by unit; a [`projection`] says where it is heading, and [`next`] what to do about it.
//!
//! Invariants: numbers are computed from facts by [`fold`], only denominators and outside figures
//! may be typed, with source and date; missing is not zero; a unit's figure is a distinct count of people, not the
//! sum of what is below it; every reading equals its rebuild. This crate reads register rows and
//! statements and must never write them for another context.

pub mod allotment;
pub mod board;
pub mod course_plan;
pub mod criterion;
pub mod evidence;
pub mod figure;
pub mod finding;
pub mod fold;
pub mod imports;
pub mod kind;
pub mod list;
pub mod measure;
pub mod next;
pub mod plan;
pub mod projection;
pub mod readings;
pub mod roster;
pub mod target;
pub mod task;
pub mod template;
pub mod thing;
pub mod training_rule;

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
