//! Work that goes on while nobody waits: imports, exports, rebuilding.
//!
//! Nouns: a [`Job`] waits in a table of the same database, so that it is enqueued in the
//! transaction it belongs to; a [`Handler`] is how a context does jobs of one kind; a [`Runner`]
//! takes jobs and runs them.
//!
//! **The contract of a handler.** A job may be interrupted anywhere (a kill, a lost connection, a
//! restart) and is then taken again, by another node perhaps. So it works in chunks, and each
//! chunk is one transaction that also says how far the job has come: [`Context::chunk`]. The next
//! holder starts at [`Context::reached`]. What a handler changes outside such a chunk (a file it
//! writes) must come out the same when it is done again.
//!
//! Invariants: a chunk is saved once or not at all, whoever holds the job (the number of takings
//! is checked in the chunk's own transaction); a job that fails is tried again, each time later,
//! and given up after a fixed number of failures with words for people; a job that brings the
//! whole program down counts as failed, so that it cannot do so for ever. Never: a job without an
//! end, an effect outside the database that a second run would double.

mod context;
mod handler;
mod job;
mod queue;
mod runner;

pub use context::{Context, Progress};
pub use handler::Handler;
pub use job::{Job, State, enqueue, enqueue_at, find, of_account};
pub use runner::{Runner, Running, Wake};
