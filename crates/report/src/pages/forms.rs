//! `/report/forms`: what is asked, of whom, line by line.

mod fields;
pub(super) mod lines;
pub(super) mod list;
pub(super) mod new;
pub(super) mod one;
