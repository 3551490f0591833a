//! What a row would do to the register, field by field. Pure.
//!
//! **Whoever is of other units.** A list may name somebody whom its sender may not see: people
//! move. When the full number of the identity card, the name and the birth are exactly theirs, they
//! come to belong to the list's unit as well ([`join`]); nothing else of them is changed or told,
//! and what they are to other units is left to those. Anything less exact is a new person, and the
//! pair goes on the list of duplicates, for somebody in charge of both.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thao_base::text::same_spelling;
use thao_base::{AffiliationId, PersonId, UnitId};

use super::draft::{Draft, Field, Names, birth_of, birth_text, births_agree, finer, names};
use super::known::Someone;
use crate::affiliation::Affiliation;
use crate::imports::{Reach, Units};
use crate::person::Person;
use crate::{AffiliationKind, Birth};

/// Exactly what would be done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Deed {
    /// The row of the register that is changed; `None`: a new person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<PersonId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<Set>,
    #[serde(skip_serializing_if = "Belonging::is_stay")]
    pub belonging: Belonging,
    /// An account is made.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub account: bool,
    /// Somebody of other units may be the same person: the pair is put on the list to decide.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub alike: bool,
}

/// A field that gets another value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set {
    pub field: Field,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    pub new: String,
}

/// What becomes of what they are to their unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Belonging {
    #[default]
    Stay,
    /// The same unit, another position.
    Edit { id: AffiliationId, person: PersonId, sets: Vec<Set> },
    /// They come to belong to a unit.
    Start { unit: UnitId, name: String },
    /// They end in one unit and start in another.
    Move {
        from: AffiliationId,
        person: PersonId,
        from_name: String,
        /// When the old one was to end, if it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
        unit: UnitId,
        name: String,
    },
}

impl Belonging {
    fn is_stay(&self) -> bool {
        *self == Belonging::Stay
    }
}

impl Deed {
    /// Whether nothing would be done to somebody known.
    pub fn is_nothing(&self) -> bool {
        self.row.is_some()
            && self.sets.is_empty()
            && self.belonging == Belonging::Stay
            && !self.account
    }
}

/// Why what a row says cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bar {
    /// They belong to several units in this way, none of them the row's.
    SeveralUnits,
    /// They came to another unit on or after the day from which the file holds.
    NewerKnown { name: String, since: Date },
}

/// What the file as a whole says.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    pub kind: AffiliationKind,
    /// The day from which it holds.
    pub from: Date,
    pub accounts: bool,
    pub reach: &'a Reach,
    pub units: &'a Units,
}

/// What a row does to nobody known.
pub fn create(terms: Terms<'_>, unit: UnitId) -> Deed {
    Deed {
        row: None,
        sets: Vec::new(),
        belonging: Belonging::Start { unit, name: terms.units.name(unit) },
        account: terms.accounts && terms.kind == AffiliationKind::Staff,
        alike: false,
    }
}

/// What a row does to somebody known, of the units of whoever imports.
pub fn change(
    terms: Terms<'_>,
    unit: UnitId,
    draft: &Draft,
    someone: &Someone,
    row: PersonId,
) -> Result<Deed, Bar> {
    let deed = join(terms, unit, draft, someone, row)?;
    let row = someone.row(row).or(someone.rows.first());
    Ok(Deed { sets: row.map(|row| person_sets(draft, row, someone)).unwrap_or_default(), ..deed })
}

/// What a row does to somebody of other units: they come to belong to the list's unit.
pub fn join(
    terms: Terms<'_>,
    unit: UnitId,
    draft: &Draft,
    someone: &Someone,
    row: PersonId,
) -> Result<Deed, Bar> {
    let belonging = belonging(terms, unit, draft, someone)?;
    let row = someone.row(row).or(someone.rows.first());
    let account = terms.accounts && terms.kind == AffiliationKind::Staff && !someone.has_account;
    let row = row.map(|row| row.id);
    Ok(Deed { row, sets: Vec::new(), belonging, account, alike: false })
}

/// The fields of the person that get another value. What any row of the same person says already
/// is no change.
fn person_sets(draft: &Draft, row: &Person, someone: &Someone) -> Vec<Set> {
    let mut sets = Vec::new();
    for field in Field::OWN {
        let Some(new) = draft.get(field) else { continue };
        let known = someone
            .rows
            .iter()
            .any(|row| value(row, field).is_some_and(|old| old_stays(field, &old, new)));
        if !known {
            sets.push(Set { field, old: value(row, field), new: new.to_owned() });
        }
    }
    sets
}

/// Whether a new value says no more than the old one.
fn old_stays(field: Field, old: &str, new: &str) -> bool {
    match field {
        Field::FullName => match names(old, new) {
            Names::Same => true,
            Names::Plainer => !finer(field, old, new),
            Names::Near | Names::Other => false,
        },
        Field::Birth => match (birth_of(old), birth_of(new)) {
            (Some(old), Some(new)) => {
                births_agree(old, new) && !matches!((old, new), (Birth::Year(_), Birth::Day(_)))
            }
            _ => old == new,
        },
        Field::Position | Field::Title | Field::Ethnicity => {
            same_spelling(old) == same_spelling(new)
        }
        _ => old == new,
    }
}

/// A field of a row of the register, as drafts write it.
pub fn value(row: &Person, field: Field) -> Option<String> {
    match field {
        Field::FullName => Some(row.full_name.clone()),
        Field::Birth => row.birth().map(birth_text),
        Field::Sex => row.sex.clone(),
        Field::Ethnicity => row.ethnicity.clone(),
        Field::CitizenId => row.citizen_id.clone(),
        Field::OldId => row.old_id.clone(),
        Field::Phone => row.phone.clone(),
        Field::Email => row.email.clone(),
        _ => None,
    }
}

/// A field of an affiliation.
pub fn office(affiliation: &Affiliation, field: Field) -> Option<&str> {
    match field {
        Field::Category => affiliation.category.as_deref(),
        Field::Position => affiliation.position.as_deref(),
        Field::Title => affiliation.title.as_deref(),
        Field::RankCode => affiliation.rank_code.as_deref(),
        _ => None,
    }
}

fn belonging(
    terms: Terms<'_>,
    unit: UnitId,
    draft: &Draft,
    someone: &Someone,
) -> Result<Belonging, Bar> {
    let kind = terms.kind.code();
    let open: Vec<&Affiliation> =
        someone.open_affiliations(terms.from).filter(|a| a.kind == kind).collect();
    // Naming a commune says less than a village or an office within it, not something else.
    let within = |a: &&&Affiliation| terms.units.holds(unit, a.unit);
    let own = open.iter().find(|a| a.unit == unit).or_else(|| open.iter().find(within));
    if let Some(own) = own {
        let sets = office_sets(draft, own);
        return Ok(match sets.is_empty() {
            true => Belonging::Stay,
            false => Belonging::Edit { id: own.id, person: own.person, sets },
        });
    }
    let name = terms.units.name(unit);
    // What they are to other units is ended there; a unit that no longer stands holds nobody back.
    let within =
        |a: &&Affiliation| terms.units.get(a.unit).is_none_or(|place| terms.reach.holds(place.pos));
    let ours: Vec<&Affiliation> = open.into_iter().filter(within).collect();
    match ours.as_slice() {
        [] => Ok(Belonging::Start { unit, name }),
        [old] => {
            if terms.from <= old.valid_from {
                let name = terms.units.name(old.unit);
                return Err(Bar::NewerKnown { name, since: old.valid_from });
            }
            Ok(Belonging::Move {
                from: old.id,
                person: old.person,
                from_name: terms.units.name(old.unit),
                until: old.valid_to,
                unit,
                name,
            })
        }
        _ => Err(Bar::SeveralUnits),
    }
}

/// The fields of the affiliation that get another value.
fn office_sets(draft: &Draft, known: &Affiliation) -> Vec<Set> {
    let mut sets = Vec::new();
    for field in Field::OFFICE {
        let Some(new) = draft.get(field) else { continue };
        let old = office(known, field);
        if !old.is_some_and(|old| old_stays(field, old, new)) {
            sets.push(Set { field, old: old.map(str::to_owned), new: new.to_owned() });
        }
    }
    sets
}
