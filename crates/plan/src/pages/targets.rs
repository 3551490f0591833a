//! `/plan/targets` and what lies below it.

pub(super) mod agreement;
pub(super) mod allotments;
pub(super) mod board;
pub(super) mod edit;
pub(super) mod export;
mod form;
pub(super) mod fragment;
mod heading;
mod holding;
pub(super) mod list;
pub(super) mod new;
pub(super) mod people;
pub(super) mod person;
mod save;
pub(super) mod steps;
mod typed;
mod wanted;
