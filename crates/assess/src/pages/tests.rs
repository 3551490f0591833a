//! Learners' pages through the router.

mod answers;
mod lists;
mod secrets;
