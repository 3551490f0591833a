//! What a measure is, apart from its title: two measures that agree in this are one.

use std::collections::BTreeSet;

use jiff::civil::Date;
use thao_base::{ActivityId, AudienceId, CriterionId, MeasureId};
use thao_record::Rung;

use crate::fold::Need;
use crate::kind::Kind;
use crate::list;

/// What the share is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Denominator {
    /// The people of the audience, the units or things of the kind, as registered here.
    Computed,
    /// Figures somebody else answers for, typed or read from a file with source and date.
    Official,
    /// The kind of measure has none.
    Unasked,
}

impl Denominator {
    pub const ALL: [Denominator; 3] =
        [Denominator::Computed, Denominator::Official, Denominator::Unasked];

    pub fn code(self) -> &'static str {
        match self {
            Denominator::Computed => "computed",
            Denominator::Official => "official",
            Denominator::Unasked => "none",
        }
    }

    pub fn from_code(code: &str) -> Option<Denominator> {
        Denominator::ALL.into_iter().find(|denominator| denominator.code() == code)
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Better {
    More,
    /// Ranks, rates of what nobody wants.
    Less,
}

impl Better {
    pub const ALL: [Better; 2] = [Better::More, Better::Less];

    pub fn code(self) -> &'static str {
        match self {
            Better::More => "more",
            Better::Less => "less",
        }
    }

    pub fn from_code(code: &str) -> Option<Better> {
        Better::ALL.into_iter().find(|better| better.code() == code)
    }
}

/// What a measure is, apart from its title: two measures that agree in this are one. Which of it
/// is needed depends on the kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub kind: Kind,
    pub audience: Option<AudienceId>,
    pub activities: BTreeSet<ActivityId>,
    pub rung: Rung,
    pub need: Need,
    pub valid_months: Option<i32>,
    pub denominator: Denominator,
    /// What happened before this day does not count.
    pub since: Option<Date>,
    /// A code of [`thao_people::UnitKind`].
    pub unit_kind: Option<String>,
    /// A key of content/lists/thing_kinds.toml.
    pub thing_kind: Option<String>,
    pub criterion: Option<CriterionId>,
    /// How many things a unit must have.
    pub at_least: Option<i32>,
    pub better: Better,
    /// What it is counted in, a key of content/lists/measure_units.toml; see [`unit_code`].
    pub unit_code: String,
    /// The measures whose numerators a share is taken of.
    pub bases: BTreeSet<MeasureId>,
}

impl Definition {
    /// A definition of a kind that asks for nothing yet, to be filled in by struct update.
    pub fn new(kind: Kind) -> Definition {
        let whole = if kind.has_whole() { Denominator::Computed } else { Denominator::Unasked };
        Definition {
            kind,
            audience: None,
            activities: BTreeSet::new(),
            rung: Rung::Attended,
            need: Need::Any,
            valid_months: None,
            denominator: whole,
            since: None,
            unit_kind: None,
            thing_kind: None,
            criterion: None,
            at_least: None,
            better: Better::More,
            unit_code: unit_code(kind, None, None).to_owned(),
            bases: BTreeSet::new(),
        }
    }

    /// [`Definition::new`] for an audience that holds something.
    pub fn people(kind: Kind, audience: AudienceId) -> Definition {
        Definition { audience: Some(audience), ..Definition::new(kind) }
    }

    /// [`Definition::new`] for units or things of a kind.
    pub fn subjects(kind: Kind, unit_kind: Option<&str>, thing_kind: Option<&str>) -> Definition {
        Definition {
            unit_kind: unit_kind.map(str::to_owned),
            thing_kind: thing_kind.map(str::to_owned),
            unit_code: unit_code(kind, unit_kind, thing_kind).to_owned(),
            ..Definition::new(kind)
        }
    }
}

/// What a measure of a kind is counted in, when nobody says otherwise: only figures are free.
pub fn unit_code<'a>(kind: Kind, unit_kind: Option<&'a str>, thing_kind: Option<&str>) -> &'a str {
    let things = || thing_kind.and_then(list::thing_kind).map(|kind| kind.unit.as_str());
    match kind {
        Kind::SharePeople
        | Kind::ShareUnits
        | Kind::ShareThings
        | Kind::PerUnit
        | Kind::ShareOf
        | Kind::LeastTraining => "percent",
        Kind::CountPeople | Kind::PeoplePerYear => "person",
        Kind::Turns | Kind::TurnsPerYear => "turn",
        Kind::Classes | Kind::ClassesPerYear => "course",
        Kind::CountUnits => unit_kind.unwrap_or("agency"),
        Kind::CountThings => things().unwrap_or("task"),
        Kind::Milestone => "yes_no",
        Kind::Figure => "points",
    }
}
