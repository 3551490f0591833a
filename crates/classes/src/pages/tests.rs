//! The pages of classes through the router, on both databases.

mod attending;
mod closing;
mod inviting;
mod opening;
mod registering;
mod walking_in;
