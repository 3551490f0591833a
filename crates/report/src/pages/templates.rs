//! `/report/templates`: the texts of reports, with places for figures.

mod form;
pub(super) mod list;
pub(super) mod one;
