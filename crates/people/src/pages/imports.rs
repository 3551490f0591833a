//! The pages of imports, the same for every kind of table: files that were sent in, one file with
//! its rows, and what is done with it. A context lists its own with [`desk_pages`].

mod act;
mod downloads;
mod file;
mod files;
mod progress;
mod rows;
mod slips;

use thao_web::{Ask, Need, Pages, Sent};

use super::kit::At;
use crate::imports::{Desk, people};

/// The pages of lists of people.
pub fn pages() -> Pages {
    desk_pages(&people::DESK).post(
        "/people/imports/{id}/slips",
        Need::Can(people::DESK.action),
        slips::print,
    )
}

/// The pages of a kind of table.
pub fn desk_pages(desk: &'static Desk) -> Pages {
    let (paths, need) = (desk.paths, Need::Can(desk.action));
    Pages::new()
        .get(paths.list, need, move |ask: Ask| files::show(ask, desk))
        .post(paths.list, need, move |ask: Ask, sent: Sent| files::send(ask, sent, desk))
        .get(paths.template, need, move |ask: Ask| downloads::template(ask, desk))
        .get(paths.one, need, move |ask: Ask, At(id)| file::show(ask, id, desk))
        .get(paths.refused, need, move |ask: Ask, At(id)| downloads::refused(ask, id, desk))
        .post(paths.decisions, need, move |ask: Ask, At(id), sent: Sent| {
            act::decide(ask, id, sent, desk)
        })
        .post(paths.confirmation, need, move |ask: Ask, At(id), sent: Sent| {
            act::confirm(ask, id, sent, desk)
        })
        .post(paths.continuation, need, move |ask: Ask, At(id), sent: Sent| {
            act::go_on(ask, id, sent, desk)
        })
        .post(paths.undoing, need, move |ask: Ask, At(id), sent: Sent| {
            act::undo(ask, id, sent, desk)
        })
        .post(paths.removal, need, move |ask: Ask, At(id), sent: Sent| {
            act::remove(ask, id, sent, desk)
        })
}
