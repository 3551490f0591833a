//! The web kit: what every page and form of Thạo is made of.
//!
//! A context lists its routes with what each asks of the actor ([`Pages`]), loads and writes
//! through [`Ask`], reads forms as [`Sent`], answers with a [`page::Page`], and returns errors
//! as they are: [`fault`] puts them into words. See README.md for the components.
//!
//! Invariants: no route without a declared need; no transaction but through [`Ask`]; no inline
//! style or script; every form carries the token against forgery; nothing here knows a context.

pub mod access;
pub mod app;
pub mod ask;
pub mod assets;
pub mod components;
pub mod fault;
pub mod kept;
pub mod language;
pub mod page;
pub mod routes;
pub mod secret;
pub mod sent;
pub mod shell;

pub use access::{Action, Actor, Resource, Role, Scope, Span, check, may};
pub use app::{App, Credential, Nav, Parts, Site};
pub use ask::{Ask, LANG_COOKIE, SESSION_COOKIE, Seen, saying, saying_n};
pub use fault::{Fault, Reply};
pub use kept::Kept;
pub use page::{Chrome, Page};
pub use routes::{HomeContext, HomePart, Need, Pages, Route};
pub use sent::{Sent, Upload};
