//! Units, persons, affiliations, accounts and access; imports of people.
//!
//! Person ≠ account ≠ affiliation. A person counts once, whatever the number of accounts, classes
//! and imports: rows that are one person are joined by an edge ([`cluster`]), never rewritten.
//! Identity numbers have no unique index; what may be one person goes to a list to decide.
//!
//! Invariants: every edit goes through `record::register`; lists take the actor's scope into SQL
//! before they page; a look at names is logged ([`viewing`]). This crate must never write a
//! reading of another context.

pub mod account;
pub mod affiliation;
pub mod appointment;
pub mod audience;
pub mod audit;
pub mod cluster;
pub mod consent;
pub mod duplicate;
pub mod export;
pub mod imports;
pub mod pages;
pub mod person;
pub mod roll;
pub mod session;
pub mod tries;
pub mod unit;
pub mod viewing;

pub use affiliation::AffiliationKind;
pub use pages::{Outside, pages, pages_with};
pub use person::Birth;
pub use unit::{Place, UnitKind};

/// The work this context does while nobody waits.
pub fn jobs() -> Vec<thao_jobs::Handler> {
    vec![imports::handler(&imports::people::DESK)]
}
