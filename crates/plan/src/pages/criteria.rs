//! `/plan/criteria` and what lies below it: what units and things are asked to satisfy, and which
//! of them do.

pub(super) mod form;
pub(super) mod list;
pub(super) mod one;
pub(super) mod subject;
