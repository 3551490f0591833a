//! `/plan/targets` and what lies below it.

pub(super) mod agreement;
pub(super) mod allotments;
mod asks;
pub(super) mod board;
pub(super) mod edit;
pub(super) mod export;
mod form;
mod fragment;
mod heading;
mod holding;
mod kinds;
pub(super) mod list;
pub(super) mod new;
pub(super) mod people;
pub(super) mod person;
mod save;
pub(super) mod steps;
mod typed;
mod wanted;

pub(super) use form::set_in;
