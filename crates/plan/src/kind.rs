//! Kinds of measure: what is counted, and in which shape its figure comes. Pure.

/// What a measure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The share of an audience, or of an official figure, who hold something.
    SharePeople,
    /// Distinct people who hold something, of no whole.
    CountPeople,
    /// Distinct people with evidence of this calendar year.
    PeoplePerYear,
    /// Attendances: each counts, whoever's it is.
    Turns,
    TurnsPerYear,
    /// Classes that were held.
    Classes,
    ClassesPerYear,
    /// The share of units of a kind that satisfy a criterion.
    ShareUnits,
    /// Units of a kind (that satisfy a criterion).
    CountUnits,
    /// The share of things of a kind that satisfy a criterion.
    ShareThings,
    /// Things of a kind (that satisfy a criterion).
    CountThings,
    /// The share of units of a kind that have so many things of a kind.
    PerUnit,
    /// One thing done or not, when and by which evidence.
    Milestone,
    /// A number somebody else answers for: a rank, an index, a rate, an amount.
    Figure,
    /// The share of other measures' numerators for whom this holds too.
    ShareOf,
    /// The share of an audience who have learnt so many minutes in this calendar year; kept for
    /// training rules, set by no form of targets.
    LeastTraining,
}

/// In which shape a measure's figure comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A part of a whole.
    Share,
    /// A number that grows.
    Count,
    /// A number that begins anew each January.
    PerYear,
    /// Done or not.
    Milestone,
    /// Whatever number was given.
    Figure,
}

/// Whose days a measure is folded from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    People,
    Units,
    Things,
    Classes,
}

impl Family {
    pub const ALL: [Family; 4] = [Family::People, Family::Units, Family::Things, Family::Classes];
}

impl Kind {
    pub const ALL: [Kind; 16] = [
        Kind::SharePeople,
        Kind::CountPeople,
        Kind::PeoplePerYear,
        Kind::Turns,
        Kind::TurnsPerYear,
        Kind::Classes,
        Kind::ClassesPerYear,
        Kind::ShareUnits,
        Kind::CountUnits,
        Kind::ShareThings,
        Kind::CountThings,
        Kind::PerUnit,
        Kind::Milestone,
        Kind::Figure,
        Kind::ShareOf,
        Kind::LeastTraining,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Kind::SharePeople => "share_people",
            Kind::CountPeople => "count_people",
            Kind::PeoplePerYear => "people_per_year",
            Kind::Turns => "turns",
            Kind::TurnsPerYear => "turns_per_year",
            Kind::Classes => "classes",
            Kind::ClassesPerYear => "classes_per_year",
            Kind::ShareUnits => "share_units",
            Kind::CountUnits => "count_units",
            Kind::ShareThings => "share_things",
            Kind::CountThings => "count_things",
            Kind::PerUnit => "per_unit",
            Kind::Milestone => "milestone",
            Kind::Figure => "figure",
            Kind::ShareOf => "share_of",
            Kind::LeastTraining => "least_training",
        }
    }

    pub fn from_code(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn shape(self) -> Shape {
        match self {
            Kind::SharePeople
            | Kind::ShareUnits
            | Kind::ShareThings
            | Kind::PerUnit
            | Kind::ShareOf
            | Kind::LeastTraining => Shape::Share,
            Kind::CountPeople
            | Kind::Turns
            | Kind::Classes
            | Kind::CountUnits
            | Kind::CountThings => Shape::Count,
            Kind::PeoplePerYear | Kind::TurnsPerYear | Kind::ClassesPerYear => Shape::PerYear,
            Kind::Milestone => Shape::Milestone,
            Kind::Figure => Shape::Figure,
        }
    }

    /// Whose days it is folded from, apart from [`Kind::ShareOf`], which takes after its bases,
    /// and [`Kind::Figure`], which nothing is folded for.
    pub fn family(self) -> Option<Family> {
        match self {
            Kind::SharePeople
            | Kind::CountPeople
            | Kind::PeoplePerYear
            | Kind::Turns
            | Kind::TurnsPerYear
            | Kind::LeastTraining => Some(Family::People),
            Kind::ShareUnits | Kind::CountUnits | Kind::PerUnit | Kind::Milestone => {
                Some(Family::Units)
            }
            Kind::ShareThings | Kind::CountThings => Some(Family::Things),
            Kind::Classes | Kind::ClassesPerYear => Some(Family::Classes),
            Kind::Figure | Kind::ShareOf => None,
        }
    }

    /// Whether each occurrence counts, not each subject once.
    pub fn counts_each(self) -> bool {
        matches!(self, Kind::Turns | Kind::TurnsPerYear)
    }

    /// Whether its figure has a denominator.
    pub fn has_whole(self) -> bool {
        matches!(self.shape(), Shape::Share | Shape::Milestone)
    }

    /// Whether others may take a share of its numerator: subjects, each once.
    pub fn can_be_base(self) -> bool {
        !self.counts_each()
            && self.family() != Some(Family::Classes)
            && !matches!(self, Kind::Figure | Kind::LeastTraining)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_name_kinds() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(Kind::from_code("share"), None);
    }
}
