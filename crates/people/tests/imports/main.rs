//! Imports of people, on both databases.

mod bad;
mod identity;
mod large;
mod stage;
mod pages;
mod undo;
mod whole;
