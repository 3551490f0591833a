//! `/plan/boundaries`: boundaries of units as an office loads them, file by file.

pub(super) mod act;
pub(super) mod list;
pub(super) mod one;
