//! `/plan/templates` and what lies below it.

pub(super) mod list;
pub(super) mod one;

pub(super) use one::missing;
