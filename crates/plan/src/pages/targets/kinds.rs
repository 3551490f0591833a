//! The first step of `/plan/targets/new`: what sort of target it is, in plain words.

use maud::{Markup, html};
use thao_base::Lang;
use thao_web::components::{Card, cards};

use crate::kind::Kind;

/// The kinds by what they count.
const GROUPS: [(&str, &[Kind]); 5] = [
    (
        "plan.kinds.people",
        &[
            Kind::SharePeople,
            Kind::CountPeople,
            Kind::PeoplePerYear,
            Kind::Turns,
            Kind::TurnsPerYear,
        ],
    ),
    ("plan.kinds.classes", &[Kind::Classes, Kind::ClassesPerYear]),
    ("plan.kinds.units", &[Kind::ShareUnits, Kind::CountUnits, Kind::PerUnit]),
    ("plan.kinds.things", &[Kind::ShareThings, Kind::CountThings]),
    ("plan.kinds.other", &[Kind::ShareOf, Kind::Milestone, Kind::Figure]),
];

/// A kind by its name, and an example.
pub(super) fn words(lang: Lang, kind: Kind) -> [&'static str; 2] {
    let [name, example] = match kind {
        Kind::SharePeople => ["plan.kind.share_people", "plan.kind.share_people_example"],
        Kind::CountPeople => ["plan.kind.count_people", "plan.kind.count_people_example"],
        Kind::PeoplePerYear => ["plan.kind.people_per_year", "plan.kind.people_per_year_example"],
        Kind::Turns => ["plan.kind.turns", "plan.kind.turns_example"],
        Kind::TurnsPerYear => ["plan.kind.turns_per_year", "plan.kind.turns_per_year_example"],
        Kind::Classes => ["plan.kind.classes", "plan.kind.classes_example"],
        Kind::ClassesPerYear => {
            ["plan.kind.classes_per_year", "plan.kind.classes_per_year_example"]
        }
        Kind::ShareUnits => ["plan.kind.share_units", "plan.kind.share_units_example"],
        Kind::CountUnits => ["plan.kind.count_units", "plan.kind.count_units_example"],
        Kind::ShareThings => ["plan.kind.share_things", "plan.kind.share_things_example"],
        Kind::CountThings => ["plan.kind.count_things", "plan.kind.count_things_example"],
        Kind::PerUnit => ["plan.kind.per_unit", "plan.kind.per_unit_example"],
        Kind::Milestone => ["plan.kind.milestone", "plan.kind.milestone_example"],
        Kind::Figure => ["plan.kind.figure", "plan.kind.figure_example"],
        Kind::ShareOf => ["plan.kind.share_of", "plan.kind.share_of_example"],
        Kind::LeastTraining => ["plan.minimum.title", "plan.minimum.title"],
    };
    [lang.t(name), lang.t(example)]
}

/// Whether a target of a kind is set here: least training is set by its rule.
pub(super) fn can_be_set(kind: Kind) -> bool {
    GROUPS.iter().any(|(_, kinds)| kinds.contains(&kind))
}

pub(super) fn choose(lang: Lang) -> Markup {
    html! {
        @for (group, kinds) in GROUPS {
            section.flow {
                h2 { (lang.t(group)) }
                (cards(html! {
                    @for kind in kinds {
                        @let [name, example] = words(lang, *kind);
                        @let href = format!("/plan/targets/new?kind={}", kind.code());
                        (Card::new(name).href(href).body(html! { p { (example) } }))
                    }
                }))
            }
        }
    }
}
