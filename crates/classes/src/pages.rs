//! The pages of classes, each named like its path.

use thao_web::app::Nav;
use thao_web::components::Icon;
use thao_web::{Action, Need, Pages};

mod attendance;
mod closed;
mod edit;
mod export;
mod form;
mod home;
mod invitation;
mod list;
mod new;
mod overview;
mod people;
mod public;
mod registrations;
mod roll;
mod sheet;
mod walk_ins;

#[cfg(test)]
mod tests;

/// Every route of this context.
pub fn pages() -> Pages {
    let see = Need::Can(Action::SeeClasses);
    let run = Need::Can(Action::RunClasses);
    let mark = Need::Can(Action::TakeAttendance);
    Pages::new()
        .nav(Nav {
            href: "/classes",
            key: "classes.nav",
            icon: Icon::Class,
            action: Action::SeeClasses,
        })
        .home(home::organiser)
        .home(home::learner)
        .get("/classes", see, list::show)
        .post("/classes", run, new::open)
        .get("/classes/new", run, new::show)
        .get("/classes/{id}", see, overview::show)
        .get("/classes/{id}/edit", run, edit::show)
        .post("/classes/{id}/edit", run, edit::save)
        .post("/classes/{id}/cancellation", run, overview::cancel)
        .get("/classes/{id}/registrations", see, registrations::show)
        .post("/classes/{id}/registrations", run, registrations::add)
        .post("/classes/{id}/registrations/people", run, people::add)
        .post("/classes/{id}/registrations/{registration}/cancellation", run, registrations::cancel)
        .post("/classes/{id}/registrations/{registration}/restoration", run, registrations::restore)
        .get("/classes/{id}/roll", see, roll::show)
        .get("/classes/{id}/invitation", see, invitation::show)
        .get("/classes/{id}/attendance.xlsx", see, export::download)
        .get("/classes/meetings/{id}/attendance", see, attendance::show)
        .post("/classes/meetings/{id}/attendance", mark, attendance::save)
        .post("/classes/meetings/{id}/ticks", mark, attendance::tick)
        .post("/classes/meetings/{id}/walk-ins", mark, walk_ins::add)
        .post("/classes/meetings/{id}/consents", mark, attendance::note_consents)
        .post("/classes/meetings/{id}/closure", mark, attendance::close)
        .post("/classes/meetings/{id}/reopening", run, attendance::reopen)
        .get("/c/{code}", Need::Public, public::show)
        .post("/c/{code}/registrations", Need::SignedIn, public::register)
        .post("/c/{code}/registrations/cancellation", Need::SignedIn, public::cancel)
}
