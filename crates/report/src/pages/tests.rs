//! The pages through the router, on both databases.

mod forms;
mod periods;
mod returns;
mod texts;

use crate::world::{PERIOD, RIGHT, Stage, stages};
