//! The components of every page: typed builders and functions that give [`maud::Markup`].
//!
//! Words come in translated; the kit's own few words are in `locales/*/web.toml`. Start with the
//! README of this crate: it has each component with a call.

pub mod badge;
pub mod board;
pub mod button;
pub mod card;
pub mod chart;
pub mod choice;
pub mod details;
pub mod empty;
pub mod errors;
pub mod facts;
pub mod field;
pub mod filters;
pub mod form;
mod frame;
pub mod gallery;
pub mod heat;
pub mod icon;
pub mod lesson;
pub mod live;
pub mod map;
pub mod notice;
pub mod pages;
pub mod paper;
pub mod progress;
pub mod question;
pub mod stat;
pub mod steps;
pub mod table;
pub mod tabs;
pub mod ticks;
pub mod typed;

#[cfg(test)]
pub(crate) mod probe;

pub use badge::{Badge, Tone};
pub use board::{Board, BoardColumn, BoardOf, BoardRow, Standing, trend};
pub use button::{Button, LinkButton};
pub use card::{Card, cards, toolbar};
pub use chart::{Bars, Line};
pub use choice::{Check, Choice};
pub use details::{Confirm, details};
pub use empty::Empty;
pub use errors::{FieldErrors, error_summary};
pub use facts::Facts;
pub use field::{Field, hidden};
pub use filters::Filters;
pub use form::{CSRF_FIELD, FORM_ID_FIELD, Form, beside, fieldset};
pub use frame::control_id;
pub use heat::{Heat, HeatCell, HeatColumn, HeatFigure, HeatRow, shade, standing_word};
pub use icon::Icon;
pub use lesson::{Picture, Video, step_bar, step_head};
pub use live::{copy_text, finished, live_part, refresh};
pub use map::{MapUnit, shape_map, tile_map};
pub use notice::Notice;
pub use pages::Pages;
pub use paper::{Slip, paper_head, print_button, signatures, slips};
pub use progress::{Progress, share};
pub use question::{Feedback, Question};
pub use stat::{Stat, stats};
pub use steps::Steps;
pub use table::{Column, Order, Table, below, yes_no};
pub use tabs::Tabs;
pub use ticks::{Tick, TickList};
pub use typed::{date_typed, number_typed};
