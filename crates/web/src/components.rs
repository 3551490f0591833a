//! The components of every page: typed builders and functions that give [`maud::Markup`].
//!
//! Words come in translated; the kit's own few words are in `locales/*/web.toml`. Start with the
//! README of this crate: it has each component with a call.

pub mod badge;
pub mod button;
pub mod card;
pub mod choice;
pub mod empty;
pub mod errors;
pub mod field;
pub mod form;
pub mod icon;
pub mod notice;
pub mod pages;
pub mod progress;
pub mod stat;
pub mod table;

#[cfg(test)]
pub(crate) mod probe;

pub use badge::{Badge, Tone};
pub use button::{Button, LinkButton};
pub use card::{Card, cards, toolbar};
pub use choice::{Check, Choice};
pub use empty::Empty;
pub use errors::{FieldErrors, error_summary};
pub use field::{Field, control_id, hidden};
pub use form::{CSRF_FIELD, FORM_ID_FIELD, Form, beside, fieldset};
pub use icon::Icon;
pub use notice::Notice;
pub use pages::Pages;
pub use progress::{Progress, share};
pub use stat::{Stat, stats};
pub use table::{Column, Order, Table, below, yes_no};
