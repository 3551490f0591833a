//! What the form of a target asks for, by the kind of what is measured. Pure.

use crate::kind::{Kind, Shape};

/// Whether a kind needs something, may have it, or has no use for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    No,
    May,
    Must,
}

impl Ask {
    pub(super) fn asked(self) -> bool {
        self != Ask::No
    }
}

/// The questions of a form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asks {
    pub(super) audience: Ask,
    pub(super) denominator: bool,
    pub(super) courses: Ask,
    /// Rung, all or any of the courses.
    pub(super) rung: bool,
    pub(super) valid_months: bool,
    pub(super) since: bool,
    pub(super) unit_kind: bool,
    pub(super) thing_kind: bool,
    pub(super) criterion: Ask,
    pub(super) at_least: bool,
    pub(super) bases: bool,
    pub(super) unit_code: bool,
    /// A number to reach; what is done or not has none.
    pub(super) goal: bool,
    pub(super) baseline: bool,
    pub(super) title: Ask,
}

pub(super) fn asks(kind: Kind) -> Asks {
    let none = Asks {
        audience: Ask::No,
        denominator: false,
        courses: Ask::No,
        rung: false,
        valid_months: false,
        since: false,
        unit_kind: false,
        thing_kind: false,
        criterion: Ask::No,
        at_least: false,
        bases: false,
        unit_code: false,
        goal: kind.shape() != Shape::Milestone,
        baseline: !matches!(kind.shape(), Shape::Milestone | Shape::PerYear),
        title: Ask::May,
    };
    let people = Asks { audience: Ask::Must, courses: Ask::Must, rung: true, ..none };
    match kind {
        Kind::SharePeople => Asks { denominator: true, valid_months: true, ..people },
        Kind::CountPeople => Asks { since: true, valid_months: true, ..people },
        Kind::PeoplePerYear => people,
        Kind::Turns => Asks { audience: Ask::May, courses: Ask::Must, since: true, ..none },
        Kind::TurnsPerYear => Asks { audience: Ask::May, courses: Ask::Must, ..none },
        Kind::Classes => Asks { courses: Ask::Must, since: true, ..none },
        Kind::ClassesPerYear => Asks { courses: Ask::Must, ..none },
        Kind::ShareUnits => Asks {
            unit_kind: true,
            criterion: Ask::Must,
            denominator: true,
            valid_months: true,
            ..none
        },
        Kind::CountUnits => {
            Asks { unit_kind: true, criterion: Ask::May, since: true, valid_months: true, ..none }
        }
        Kind::ShareThings => Asks {
            thing_kind: true,
            criterion: Ask::Must,
            denominator: true,
            valid_months: true,
            ..none
        },
        Kind::CountThings => {
            Asks { thing_kind: true, criterion: Ask::May, since: true, valid_months: true, ..none }
        }
        Kind::PerUnit => Asks {
            unit_kind: true,
            thing_kind: true,
            at_least: true,
            criterion: Ask::May,
            denominator: true,
            ..none
        },
        Kind::Milestone => Asks { criterion: Ask::Must, ..none },
        Kind::Figure => Asks { unit_code: true, title: Ask::Must, ..none },
        // Set by a rule of training; only its audience and least amount can be looked at here.
        Kind::LeastTraining => Asks { audience: Ask::Must, at_least: true, ..none },
        Kind::ShareOf => Asks {
            bases: true,
            audience: Ask::May,
            courses: Ask::May,
            rung: true,
            criterion: Ask::May,
            valid_months: true,
            ..none
        },
    }
}
