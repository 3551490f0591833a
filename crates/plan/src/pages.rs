//! The pages of targets, boards and figures.

mod home;
mod targets;
mod view;
mod words;

use thao_web::components::Icon;
use thao_web::{Action, Nav, Need, Pages};

pub fn pages() -> Pages {
    let see = Need::Can(Action::SeeBoards);
    Pages::new()
        .get("/plan/targets", see, targets::list::show)
        .get("/plan/targets/{id}", see, targets::board::show)
        .nav(Nav {
            href: "/plan/targets",
            key: "plan.nav",
            icon: Icon::Target,
            action: Action::SeeBoards,
        })
        .home(home::part)
}
