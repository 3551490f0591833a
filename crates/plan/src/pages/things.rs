//! `/plan/things` and what lies below it: what is counted and is neither a person nor a unit.

pub(super) mod form;
pub(super) mod list;
