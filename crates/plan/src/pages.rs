//! The pages of targets, boards and figures.

mod at;
mod board;
mod boundaries;
mod figures;
mod home;
mod targets;
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
        .get("/plan/board", see, board::show)
        .get("/plan/board/export", see, board::export::download)
        .get("/plan/boundaries", set, boundaries::list::show)
        .post("/plan/boundaries", set, boundaries::list::send)
        .get("/plan/boundaries/{id}", set, boundaries::one::show)
        .post("/plan/boundaries/{id}/confirmation", set, boundaries::act::confirm)
        .post("/plan/boundaries/{id}/withdrawal", set, boundaries::act::withdraw)
        .and(desk_pages(&DESK))
        .nav(Nav {
            href: "/plan/board",
            key: "plan.nav_board",
            icon: Icon::Chart,
            action: Action::SeeBoards,
        })
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
