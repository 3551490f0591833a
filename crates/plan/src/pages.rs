//! The pages of targets, boards and figures.

mod at;
mod criteria;
mod figures;
mod home;
mod targets;
mod things;
mod view;
mod words;

use thao_people::pages::imports::desk_pages;
use thao_web::components::Icon;
use thao_web::{Action, Nav, Need, Pages};

use crate::imports::DESK;

pub fn pages() -> Pages {
    let see = Need::Can(Action::SeeBoards);
    let set = Need::Can(Action::SetTargets);
    let names = Need::Can(Action::SeeNames);
    let enter = Need::Can(Action::ImportFigures);
    Pages::new()
        .get("/plan/targets", see, targets::list::show)
        .post("/plan/targets", set, targets::new::add)
        .get("/plan/targets/new", set, targets::new::show)
        .get("/plan/targets/{id}", see, targets::board::show)
        .get("/plan/targets/{id}/edit", set, targets::edit::show)
        .post("/plan/targets/{id}/edit", set, targets::edit::change)
        .post("/plan/targets/{id}/withdrawal", set, targets::edit::withdraw)
        .get("/plan/targets/{id}/people", names, targets::people::show)
        .get("/plan/targets/{id}/people/{person}", names, targets::person::show)
        .get("/plan/targets/{id}/export", see, targets::export::download)
        .get("/plan/figures", see, figures::list::show)
        .post("/plan/figures", enter, figures::one::add)
        .get("/plan/figures/new", enter, figures::one::new)
        .post("/plan/figures/{id}/withdrawal", enter, figures::one::withdraw)
        .get("/plan/things", see, things::list::show)
        .post("/plan/things", set, things::form::add)
        .get("/plan/things/new", set, things::form::new)
        .get("/plan/things/{id}/edit", set, things::form::show)
        .post("/plan/things/{id}/edit", set, things::form::change)
        .post("/plan/things/{id}/withdrawal", set, things::form::withdraw)
        .get("/plan/criteria", see, criteria::list::show)
        .post("/plan/criteria", set, criteria::form::add)
        .get("/plan/criteria/new", set, criteria::form::new)
        .get("/plan/criteria/{id}", see, criteria::one::show)
        .get("/plan/criteria/{id}/edit", set, criteria::form::show)
        .post("/plan/criteria/{id}/edit", set, criteria::form::change)
        .get("/plan/subjects/{criterion}/{subject}", set, criteria::subject::show)
        .post("/plan/subjects/{criterion}/{subject}", set, criteria::subject::add)
        .post("/plan/findings/{id}/voiding", set, criteria::subject::void)
        .and(desk_pages(&DESK))
        .nav(Nav {
            href: "/plan/targets",
            key: "plan.nav",
            icon: Icon::Target,
            action: Action::SeeBoards,
        })
        .home(home::part)
}

#[cfg(test)]
mod tests;
