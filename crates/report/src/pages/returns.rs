//! `/report/returns/{id}`: entering, checking, submitting, deciding on a return, and its history.

pub(super) mod acts;
pub(super) mod entries;
mod figures;
mod form;
mod history;
pub(super) mod show;
