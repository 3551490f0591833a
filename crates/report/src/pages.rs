//! The pages of reports: what is due, forms, returns, periods, texts.

mod at;
mod home;
mod overview;
mod reach;
mod words;

mod forms;
mod periods;
mod returns;
mod templates;

use thao_web::components::Icon;
use thao_web::{Action, Nav, Need, Pages};

pub fn pages() -> Pages {
    let see = Need::Can(Action::SeeBoards);
    let file = Need::Can(Action::ImportFigures);
    let set = Need::Can(Action::SetTargets);
    Pages::new()
        .get("/report", see, overview::show)
        .post("/report/returns", file, returns::acts::open)
        .get("/report/returns/{id}", see, returns::show::show)
        .post("/report/returns/{id}/entries", file, returns::entries::save)
        .post("/report/returns/{id}/submission", file, returns::acts::submit)
        .post("/report/returns/{id}/approval", set, returns::acts::approve)
        .post("/report/returns/{id}/objection", set, returns::acts::send_back)
        .post("/report/returns/{id}/corrections", file, returns::acts::correct)
        .get("/report/periods/{form}/{period}", see, periods::show::show)
        .get("/report/periods/{form}/{period}/export", see, periods::export::download)
        .get("/report/periods/{form}/{period}/text", see, periods::text::show)
        .get("/report/templates", set, templates::list::show)
        .post("/report/templates", set, templates::one::add)
        .get("/report/templates/new", set, templates::one::new)
        .get("/report/templates/{id}", set, templates::one::show)
        .post("/report/templates/{id}", set, templates::one::change)
        .post("/report/templates/{id}/withdrawal", set, templates::one::withdraw)
        .get("/report/forms", see, forms::list::show)
        .post("/report/forms", set, forms::new::add)
        .get("/report/forms/new", set, forms::new::show)
        .get("/report/forms/{id}", see, forms::one::show)
        .post("/report/forms/{id}", set, forms::one::change)
        .post("/report/forms/{id}/lines", set, forms::lines::add)
        .post("/report/forms/{id}/lines/{line}", set, forms::lines::change)
        .post("/report/forms/{id}/lines/{line}/withdrawal", set, forms::lines::withdraw)
        .nav(Nav {
            href: "/report",
            key: "report.nav",
            icon: Icon::Report,
            action: Action::SeeBoards,
        })
        .home(home::part)
}

#[cfg(test)]
mod tests;
