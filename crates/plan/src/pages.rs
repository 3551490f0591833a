//! The pages of targets, boards and figures.

mod at;
mod criteria;
mod figures;
mod file;
mod home;
mod minimum;
mod pace;
mod plans;
mod targets;
mod tasks;
mod templates;
mod things;
mod training;
mod typed;
pub(crate) mod view;
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
        .get("/plan/targets/{id}/allotments", set, targets::allotments::show)
        .post("/plan/targets/{id}/allotments", set, targets::allotments::propose)
        .get("/plan/targets/{id}/allotments/{unit}", see, targets::agreement::show)
        .post("/plan/targets/{id}/allotments/{unit}/agreement", set, targets::agreement::answer)
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
        .and(plan_pages())
        .nav(Nav {
            href: "/plan/targets",
            key: "plan.nav",
            icon: Icon::Target,
            action: Action::SeeBoards,
        })
        .home(home::part)
}

/// Plans and their tasks.
fn plan_pages() -> Pages {
    let see = Need::Can(Action::SeeBoards);
    let set = Need::Can(Action::SetTargets);
    Pages::new()
        .get("/plan/plans", see, plans::list::show)
        .post("/plan/plans", set, plans::edit::add)
        .get("/plan/plans/new", set, plans::edit::new)
        .get("/plan/plans/{id}", see, plans::one::show)
        .get("/plan/plans/{id}/edit", set, plans::edit::show)
        .post("/plan/plans/{id}/edit", set, plans::edit::change)
        .post("/plan/plans/{id}/replacement", set, plans::edit::replace)
        .post("/plan/plans/{id}/tasks", set, tasks::edit::add)
        .get("/plan/plans/{id}/tasks/new", set, tasks::edit::new)
        .get("/plan/tasks", see, tasks::list::show)
        .get("/plan/tasks/export", see, tasks::export::download)
        .get("/plan/tasks/{id}", see, tasks::one::show)
        .post("/plan/tasks/{id}/statuses", set, tasks::one::say)
        .get("/plan/tasks/{id}/edit", set, tasks::edit::show)
        .post("/plan/tasks/{id}/edit", set, tasks::edit::change)
        .post("/plan/tasks/{id}/withdrawal", set, tasks::edit::withdraw)
        .get("/plan/training", see, training::list::show)
        .post("/plan/training", set, training::edit::add)
        .get("/plan/training/new", set, training::edit::new)
        .get("/plan/training/export", see, training::export::download)
        .get("/plan/training/{id}", see, training::one::show)
        .get("/plan/training/{id}/edit", set, training::edit::show)
        .post("/plan/training/{id}/edit", set, training::edit::change)
        .post("/plan/training/{id}/withdrawal", set, training::edit::withdraw)
        .post("/plan/training/{id}/payments", set, training::one::pay)
        .post("/plan/training/{id}/payments/{payment}/withdrawal", set, training::one::unpay)
        .get("/plan/templates", see, templates::list::show)
        .get("/plan/templates/{code}", see, templates::one::show)
        .post("/plan/templates/{code}/plans", set, templates::one::take)
        .get("/plan/minimum", see, minimum::units::show)
        .get("/plan/minimum/export", see, minimum::export::download)
        .get("/plan/minimum/{rule}/people", Need::Can(Action::SeeNames), minimum::people::show)
        .get("/plan/rules", see, minimum::rules::show)
        .post("/plan/rules", set, minimum::rules::add)
        .get("/plan/rules/new", set, minimum::rules::new)
        .post("/plan/rules/list", set, minimum::rules::take_list)
        .post("/plan/rules/{id}/end", set, minimum::rules::end)
        .home(tasks::home::part)
}

#[cfg(test)]
mod tests;
