//! `/plan/templates` and what lies below it.

pub(super) mod list;
pub(super) mod one;
