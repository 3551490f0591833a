//! Who may do what where: the one mechanism every page and call is checked against.
//!
//! [`may`] answers for one resource; [`Actor::scope`] gives the same rule as spans of the unit
//! tree, which lists take into SQL (`{spans:$n}`) before they page.

use jiff::civil::Date;
use thao_base::{AccountId, Lang, PersonId, UnitId};

/// What a person is appointed as. Everybody signed in is a learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Learner,
    Organiser,
    Instructor,
    Manager,
    Administrator,
}

impl Role {
    pub const ALL: [Role; 5] =
        [Role::Learner, Role::Organiser, Role::Instructor, Role::Manager, Role::Administrator];

    pub fn code(self) -> &'static str {
        match self {
            Role::Learner => "learner",
            Role::Organiser => "organiser",
            Role::Instructor => "instructor",
            Role::Manager => "manager",
            Role::Administrator => "administrator",
        }
    }

    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The permission matrix, row by row.
    pub fn allows(self, action: Action) -> bool {
        use Action as A;
        match self {
            Role::Learner => matches!(action, A::Learn),
            Role::Instructor => matches!(action, A::Learn | A::SeeClasses | A::TakeAttendance),
            Role::Organiser => matches!(
                action,
                A::Learn
                    | A::SeeClasses
                    | A::RunClasses
                    | A::TakeAttendance
                    | A::AddPeople
                    | A::SeeBoards
            ),
            Role::Manager => !matches!(
                action,
                A::EditUnits | A::Appoint | A::SeeAudit | A::Operate | A::AppendStatements
            ),
            Role::Administrator => true,
        }
    }
}

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Study, answer, see one's own results.
    Learn,
    SeePeople,
    AddPeople,
    EditPeople,
    ImportPeople,
    /// Join two rows that are one person, or take them apart.
    DecideDuplicates,
    ResetPassword,
    Appoint,
    EditUnits,
    SeeAudit,
    SeeCourses,
    AssignCourses,
    SeeClasses,
    RunClasses,
    TakeAttendance,
    SeeBoards,
    /// The names behind a number; every look is logged.
    SeeNames,
    SetTargets,
    ImportResults,
    ImportFigures,
    /// Backups, jobs, health.
    Operate,
    /// Append to the record over the API.
    AppendStatements,
}

impl Action {
    pub const ALL: [Action; 22] = [
        Action::Learn,
        Action::SeePeople,
        Action::AddPeople,
        Action::EditPeople,
        Action::ImportPeople,
        Action::DecideDuplicates,
        Action::ResetPassword,
        Action::Appoint,
        Action::EditUnits,
        Action::SeeAudit,
        Action::SeeCourses,
        Action::AssignCourses,
        Action::SeeClasses,
        Action::RunClasses,
        Action::TakeAttendance,
        Action::SeeBoards,
        Action::SeeNames,
        Action::SetTargets,
        Action::ImportResults,
        Action::ImportFigures,
        Action::Operate,
        Action::AppendStatements,
    ];
}

/// A unit and all below it: positions in the walk of the tree (`unit_place.pos` … `.last`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub lo: i64,
    pub hi: i64,
}

impl Span {
    pub fn holds(self, pos: i64) -> bool {
        self.lo <= pos && pos <= self.hi
    }
}

/// A role in a unit and all below it, for as long as it holds (`valid_to` is the first day not).
#[derive(Debug, Clone)]
pub struct Appointment {
    pub role: Role,
    pub unit_id: UnitId,
    pub span: Span,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
}

impl Appointment {
    fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|to| day < to)
    }
}

/// Who asks.
#[derive(Debug, Clone)]
pub struct Actor {
    /// `None` for somebody who has not signed in.
    pub account: Option<AccountId>,
    pub person: Option<PersonId>,
    pub name: String,
    pub lang: Lang,
    pub appointments: Vec<Appointment>,
}

impl Actor {
    /// Somebody who has not signed in.
    pub fn nobody() -> Actor {
        Actor {
            account: None,
            person: None,
            name: String::new(),
            lang: Lang::default(),
            appointments: Vec::new(),
        }
    }

    pub fn is_signed_in(&self) -> bool {
        self.account.is_some()
    }

    /// Whether there is any unit where the actor may do this: for navigation and routes.
    pub fn may_somewhere(&self, action: Action, on: Date) -> bool {
        (self.is_signed_in() && Role::Learner.allows(action))
            || self.appointments.iter().any(|a| a.role.allows(action) && a.holds_on(on))
    }

    /// Where the actor may do this.
    pub fn scope(&self, action: Action, on: Date) -> Scope {
        let mut spans: Vec<Span> = self
            .appointments
            .iter()
            .filter(|a| a.role.allows(action) && a.holds_on(on))
            .map(|a| a.span)
            .collect();
        spans.sort_by_key(|span| (span.lo, -span.hi));
        // A span inside another adds nothing.
        let mut out: Vec<Span> = Vec::new();
        for span in spans {
            if out.last().is_none_or(|last| last.hi < span.hi) {
                out.push(span);
            }
        }
        Scope(out)
    }

    /// The person, or the error that asks to sign in.
    pub fn person(&self) -> thao_base::Result<PersonId> {
        self.person
            .ok_or_else(|| thao_base::Error::new(thao_base::Kind::SignIn, "web.error.sign_in"))
    }
}

/// The spans of the tree where something is allowed; none at all is a valid answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope(Vec<Span>);

impl Scope {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn holds(&self, pos: i64) -> bool {
        self.0.iter().any(|span| span.holds(pos))
    }

    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// What lies in both: a list narrowed to one unit.
    #[must_use]
    pub fn within(&self, unit: Span) -> Scope {
        let cut = |span: &Span| Span { lo: span.lo.max(unit.lo), hi: span.hi.min(unit.hi) };
        Scope(self.0.iter().map(cut).filter(|span| span.lo <= span.hi).collect())
    }

    /// The argument for `{spans:$n}`.
    pub fn json(&self) -> serde_json::Value {
        self.0.iter().map(|span| serde_json::json!([span.lo, span.hi])).collect()
    }
}

/// What something is done to.
#[derive(Debug, Clone, Copy)]
pub enum Resource<'a> {
    /// Something that lies in a unit, at this position of the tree.
    At(i64),
    /// A person and the positions of the units they belong to.
    Person(PersonId, &'a [i64]),
    /// Something of the actor's own.
    Own(PersonId),
    /// The whole installation.
    Everything,
}

/// Whether `actor` may do `action` to `resource` on a day.
pub fn may(actor: &Actor, action: Action, resource: Resource<'_>, on: Date) -> bool {
    let holding = || actor.appointments.iter().filter(|a| a.role.allows(action) && a.holds_on(on));
    match resource {
        Resource::At(pos) => holding().any(|a| a.span.holds(pos)),
        Resource::Person(_, places) => {
            holding().any(|a| places.iter().any(|pos| a.span.holds(*pos)))
        }
        Resource::Own(person) => actor.person == Some(person) && Role::Learner.allows(action),
        // The root of the tree is walked first.
        Resource::Everything => holding().any(|a| a.span.lo == 0),
    }
}

/// [`may`], or the error that says so: hidden (404) when the actor may not even know of it.
///
/// # Errors
/// 404 when `see` is not allowed either, 403 otherwise.
pub fn check(
    actor: &Actor,
    action: Action,
    see: Action,
    resource: Resource<'_>,
    on: Date,
) -> thao_base::Result<()> {
    if may(actor, action, resource, on) {
        Ok(())
    } else if !actor.is_signed_in() {
        Err(thao_base::Error::new(thao_base::Kind::SignIn, "web.error.sign_in"))
    } else if may(actor, see, resource, on) {
        Err(thao_base::Error::forbidden())
    } else {
        Err(thao_base::Error::not_found())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use thao_base::{Entropy, Id};

    use super::*;

    fn actor(role: Role, lo: i64, hi: i64) -> Actor {
        let entropy = Entropy::seeded(7);
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        Actor {
            account: Some(AccountId::new(at, &entropy)),
            person: Some(PersonId::new(at, &entropy)),
            name: "Người thử".into(),
            lang: Lang::Vi,
            appointments: vec![Appointment {
                role,
                unit_id: UnitId::new(at, &entropy),
                span: Span { lo, hi },
                valid_from: date(2026, 1, 1),
                valid_to: Some(date(2026, 7, 1)),
            }],
        }
    }

    #[test]
    fn a_manager_acts_in_the_unit_and_below_while_appointed() {
        let manager = actor(Role::Manager, 10, 20);
        let day = date(2026, 6, 30);
        assert!(may(&manager, Action::SeeBoards, Resource::At(10), day));
        assert!(may(&manager, Action::SeeBoards, Resource::At(20), day));
        assert!(!may(&manager, Action::SeeBoards, Resource::At(21), day));
        assert!(!may(&manager, Action::SeeBoards, Resource::At(15), date(2026, 7, 1)));
        assert!(!may(&manager, Action::Appoint, Resource::At(15), day));
        assert!(!may(&manager, Action::SeeBoards, Resource::Everything, day));
    }

    #[test]
    fn what_may_not_be_known_is_not_found_and_what_may_not_be_done_is_forbidden() {
        let organiser = actor(Role::Organiser, 10, 20);
        let day = date(2026, 3, 1);
        let kind = |action, see, at| check(&organiser, action, see, Resource::At(at), day);
        assert!(kind(Action::RunClasses, Action::SeeClasses, 12).is_ok());
        let forbidden = kind(Action::SetTargets, Action::SeeBoards, 12).unwrap_err();
        assert_eq!(forbidden.kind(), thao_base::Kind::Forbidden);
        let hidden = kind(Action::RunClasses, Action::SeeClasses, 30).unwrap_err();
        assert_eq!(hidden.kind(), thao_base::Kind::NotFound);
    }

    #[test]
    fn scopes_drop_what_lies_inside_another() {
        let mut twice = actor(Role::Manager, 10, 20);
        twice.appointments.extend(actor(Role::Manager, 12, 14).appointments);
        twice.appointments.extend(actor(Role::Manager, 30, 31).appointments);
        let scope = twice.scope(Action::SeePeople, date(2026, 2, 1));
        assert_eq!(scope.json(), serde_json::json!([[10, 20], [30, 31]]));
        assert_eq!(
            scope.within(Span { lo: 18, hi: 30 }).json(),
            serde_json::json!([[18, 20], [30, 30]])
        );
    }
}
