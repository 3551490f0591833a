//! The pages about people, units, accounts and who did what.

pub mod imports;
pub mod slips;

mod account;
mod accounts;
mod activate;
mod affiliation_form;
mod affiliations;
mod appointments;
mod audit;
mod changes;
mod duplicates;
mod edit;
mod evidence;
mod gate;
mod home;
mod kit;
mod list;
mod person;
mod person_form;
mod reach;
mod sign_in;
mod units;
mod words;

use axum::extract::Extension;
use axum::handler::Handler;
use thao_base::{ActivityId, Lang, Result, Tx};
use thao_web::components::Icon;
use thao_web::{Action, Nav, Need, Pages};

pub use changes::{Foresee, Foreseen};
use gate::Gate;

/// What other contexts call the activities that statements are about: courses, lessons. Ids they
/// do not know are left out.
pub type NameActivities = fn(&mut Tx<'_>, &[ActivityId], Lang) -> Result<Vec<(ActivityId, String)>>;

/// What these pages show but this context does not know; the program puts it in.
#[derive(Clone, Copy)]
pub struct Outside {
    pub name_activities: NameActivities,
    /// What other contexts foresee when units change.
    pub foresee: Foresee,
}

impl Outside {
    /// Nothing is known: activities are shown without a name.
    pub fn nothing() -> Outside {
        Outside { name_activities: |_, _, _| Ok(Vec::new()), foresee: |_, _, _, _| Ok(Vec::new()) }
    }
}

/// All pages of this context, where no other context is there: tests.
pub fn pages() -> Pages {
    pages_with(Outside::nothing())
}

/// All pages of this context.
pub fn pages_with(outside: Outside) -> Pages {
    let gate = Gate::default();
    entrance(&gate)
        .and(own(&gate, outside))
        .and(register(outside))
        .and(imports::pages())
        .and(tree(outside))
        .and(watch())
}

/// The way in and out.
fn entrance(gate: &Gate) -> Pages {
    let gate = Extension(gate.clone());
    Pages::new()
        .get("/sign-in", Need::Public, sign_in::show)
        .post("/sign-in", Need::Public, sign_in::submit.layer(gate.clone()))
        .post("/sign-out", Need::Public, sign_in::leave)
        .get("/activate", Need::Public, activate::show.layer(gate.clone()))
        .post("/activate", Need::Public, activate::submit.layer(gate))
}

/// What is one's own.
fn own(gate: &Gate, outside: Outside) -> Pages {
    let (gate, outside) = (Extension(gate.clone()), Extension(outside));
    Pages::new()
        .get("/account", Need::SignedIn, account::show.layer(outside))
        .post("/account/password", Need::SignedIn, account::password.layer(gate).layer(outside))
        .post("/account/language", Need::SignedIn, account::language)
        .post("/account/sessions", Need::SignedIn, account::sessions)
        .post("/account/consents/{id}/withdrawal", Need::SignedIn, account::withdraw)
}

/// People, their units, accounts and roles.
fn register(outside: Outside) -> Pages {
    use Action as A;
    let can = Need::Can;
    Pages::new()
        .nav(Nav {
            href: "/people",
            key: "people.nav.people",
            icon: Icon::People,
            action: A::SeePeople,
        })
        .home(home::waiting)
        .get("/people", can(A::SeePeople), list::show)
        .post("/people", can(A::AddPeople), edit::add)
        .get("/people/export", can(A::SeePeople), list::export)
        .get("/people/new", can(A::AddPeople), edit::new)
        .get("/people/{id}", can(A::SeePeople), person::show.layer(Extension(outside)))
        .post("/people/{id}", can(A::EditPeople), edit::save)
        .get("/people/{id}/edit", can(A::EditPeople), edit::show)
        .get("/people/{id}/affiliations", can(A::EditPeople), affiliations::show)
        .post("/people/{id}/affiliations", can(A::EditPeople), affiliations::add)
        .post("/people/{id}/affiliations/{row}/end", can(A::EditPeople), affiliations::end)
        .post("/people/{id}/accounts", can(A::ResetPassword), accounts::open)
        .post("/people/{id}/slips", can(A::ResetPassword), accounts::renew)
        .get("/people/{id}/appointments", can(A::Appoint), appointments::show)
        .post("/people/{id}/appointments", can(A::Appoint), appointments::add)
        .post("/people/{id}/appointments/{row}/end", can(A::Appoint), appointments::end)
        .get("/people/duplicates", can(A::DecideDuplicates), duplicates::show)
        .post("/people/duplicates/{id}", can(A::DecideDuplicates), duplicates::decide)
        .post("/people/duplicates/{id}/undo", can(A::DecideDuplicates), duplicates::undo)
}

/// The tree of units.
fn tree(outside: Outside) -> Pages {
    let outside = Extension(outside);
    let edit = Need::Can(Action::EditUnits);
    Pages::new()
        .get("/people/units/changes", edit, changes::list)
        .post("/people/units/changes", edit, changes::add)
        .get("/people/units/changes/new", edit, changes::new.layer(outside))
        .get("/people/units/changes/{id}", edit, changes::show)
        .post("/people/units/changes/{id}/withdrawal", edit, changes::withdraw)
        .get("/people/units", Need::Can(Action::SeePeople), units::list)
        .get("/people/units/{id}", Need::Can(Action::SeePeople), units::show)
        .get("/people/units/{id}/edit", Need::Can(Action::EditUnits), units::edit)
        .post("/people/units/{id}/units", Need::Can(Action::EditUnits), units::add)
        .post("/people/units/{id}/names", Need::Can(Action::EditUnits), units::rename)
}

/// Who did what.
fn watch() -> Pages {
    Pages::new()
        .nav(Nav {
            href: "/people/audit",
            key: "people.nav.audit",
            icon: Icon::Journal,
            action: Action::SeeAudit,
        })
        .get("/people/audit", Need::Can(Action::SeeAudit), audit::show)
}
