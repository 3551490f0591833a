//! `/plan/targets` and what lies below it.

pub(super) mod board;
mod fragment;
pub(super) mod list;
