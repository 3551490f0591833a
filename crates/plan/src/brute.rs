//! Counting by hand, day by day, as slowly and plainly as can be: what the fold and the readings
//! are held against in tests.

use jiff::Span;
use thao_base::ActivityId;
use thao_people::Birth;
use thao_people::affiliation::Affiliation;
use thao_people::audience::Audience;
use thao_record::evidence::{date_of, day, day_of};
use thao_record::{Fact, Rung};

use crate::fold::{Need, Rule};

/// Whether a rung is held in an activity on a day: of each kind of evidence at or above the rung,
/// the latest outcome up to that day decides.
fn held_on(rule: &Rule, facts: &[Fact], activity: ActivityId, on: i32) -> bool {
    let kinds = Rung::ALL.into_iter().filter(|kind| *kind >= rule.rung && *kind > Rung::None);
    kinds.into_iter().any(|kind| {
        let own = facts.iter().filter(|f| f.activity == activity && f.rung == kind);
        let latest = own.filter(|f| day_of(f.at) <= on).max_by_key(|f| (f.at, f.id));
        latest.is_some_and(|f| {
            let gone = rule.valid_months.map(|months| {
                day(date_of(day_of(f.at)).checked_add(Span::new().months(months)).unwrap())
            });
            f.success && gone.is_none_or(|gone| on < gone)
        })
    })
}

pub(crate) fn met_on(rule: &Rule, facts: &[Fact], on: i32) -> bool {
    let mut each = rule.activities.iter().map(|activity| held_on(rule, facts, *activity, on));
    match rule.need {
        Need::Any => each.any(|held| held),
        Need::All => !rule.activities.is_empty() && each.all(|held| held),
    }
}

pub(crate) fn belongs_on(
    audience: &Audience,
    birth: Option<Birth>,
    affiliation: &Affiliation,
    on: i32,
) -> bool {
    let birthday =
        |years: i32| birth.map(|b| day(b.day().checked_add(Span::new().years(years)).unwrap()));
    let old_enough = audience.age_from.is_none_or(|a| birthday(a).is_some_and(|b| b <= on));
    let young_enough = audience.age_below.is_none_or(|a| birthday(a).is_some_and(|b| on < b));
    let listed = audience.categories.as_array().unwrap();
    let category =
        listed.is_empty() || listed.iter().any(|c| c.as_str() == affiliation.category.as_deref());
    affiliation.kind == audience.affiliation_kind
        && category
        && day(affiliation.valid_from) <= on
        && affiliation.valid_to.is_none_or(|to| on < day(to))
        && old_enough
        && young_enough
}
