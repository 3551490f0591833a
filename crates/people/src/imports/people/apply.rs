//! Doing what rows announced: new persons together, changes one by one.

use serde::{Deserialize, Serialize};
use thao_base::db::{Arg, ToArg};
use thao_base::{AccountId, AffiliationId, PersonId, Result, Stamp, Tx, UnitId};
use thao_record::register;

use super::People;
use super::deed::{Belonging, Deed, Set};
use super::draft::{Draft, Field};
use crate::affiliation::{self, NewAffiliation};
use crate::imports::file::File;
use crate::imports::row::{Decision, Row};
use crate::person::{self, NewPerson};
use crate::{account, duplicate};

/// What a row made and changed, for taking it back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Made {
    /// The person is new.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub person: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub affiliation: Option<AffiliationId>,
    /// An affiliation that was ended for the new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<AffiliationId>,
    /// The affiliation whose fields were changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited: Option<AffiliationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
}

/// Does what the rows announce.
pub(super) fn apply(tx: &mut Tx<'_>, stamp: &Stamp, file: &File, rows: &mut [Row]) -> Result<()> {
    let options = People::options_of(file)?;
    let mut new: Vec<(PersonId, NewPerson)> = Vec::new();
    let mut belongs: Vec<NewAffiliation> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let mut accounts: Vec<(usize, PersonId, String)> = Vec::new();
    let mut look: Vec<PersonId> = Vec::new();
    let mut all: Vec<Made> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter_mut().enumerate() {
        let draft: Draft = serde_json::from_value(row.draft.clone())?;
        let deed: Deed = serde_json::from_value(row.deed.clone())?;
        let mut made = Made { person: deed.row.is_none(), ..Made::default() };
        let id = match deed.row {
            Some(id) => {
                set_person(tx, stamp, id, &deed.sets)?;
                id
            }
            None => {
                let id: PersonId = stamp.id();
                new.push((id, new_person(&draft)));
                id
            }
        };
        let mut start = |unit: UnitId| {
            starts.push(at);
            belongs.push(NewAffiliation {
                category: draft.category.clone(),
                position: draft.position.clone(),
                title: draft.title.clone(),
                rank_code: draft.rank_code.clone(),
                import: Some(file.id),
                ..NewAffiliation::new(id, unit, options.kind(), options.from)
            });
        };
        match &deed.belonging {
            Belonging::Stay => {}
            Belonging::Edit { id: affiliation, person, sets } => {
                edit_office(tx, stamp, *affiliation, *person, sets)?;
                made.edited = Some(*affiliation);
            }
            Belonging::Start { unit, .. } => start(*unit),
            Belonging::Move { from, person, unit, .. } => {
                affiliation::end(tx, stamp, *from, *person, options.from)?;
                made.ended = Some(*from);
                start(*unit);
            }
        }
        if deed.account {
            accounts.push((at, id, draft.name.clone()));
        }
        if deed.alike || row.decision == Some(Decision::New) {
            look.push(id);
        }
        row.person = Some(row.person.unwrap_or(id));
        all.push(made);
    }
    person::add_many(tx, stamp, &new)?;
    let ids = affiliation::add_many(tx, stamp, &belongs)?;
    for (at, id) in starts.into_iter().zip(ids) {
        if let Some(made) = all.get_mut(at) {
            made.affiliation = Some(id);
        }
    }
    for (at, person, name) in accounts {
        let login = account::free_login(tx, &name)?;
        let id = account::add(tx, stamp, person, &login)?;
        if let Some(made) = all.get_mut(at) {
            made.account = Some(id);
        }
    }
    duplicate::look(tx, stamp, &look)?;
    for (row, made) in rows.iter_mut().zip(&all) {
        row.made = Some(serde_json::to_value(made)?);
    }
    Ok(())
}

fn new_person(draft: &Draft) -> NewPerson {
    NewPerson {
        full_name: draft.name.clone(),
        birth: draft.birth(),
        sex: draft.sex.clone(),
        ethnicity: draft.ethnicity.clone(),
        citizen_id: draft.citizen_id.clone(),
        old_id: draft.old_id.clone(),
        phone: draft.phone.clone(),
        email: draft.email.clone(),
    }
}

fn set_person(tx: &mut Tx<'_>, stamp: &Stamp, id: PersonId, sets: &[Set]) -> Result<()> {
    let mut change = NewPerson::default();
    for set in sets {
        let new = Some(set.new.clone());
        match set.field {
            Field::FullName => change.full_name = set.new.clone(),
            Field::Birth => change.birth = super::draft::birth_of(&set.new),
            Field::Sex => change.sex = new,
            Field::Ethnicity => change.ethnicity = new,
            Field::CitizenId => change.citizen_id = new,
            Field::OldId => change.old_id = new,
            Field::Phone => change.phone = new,
            Field::Email => change.email = new,
            _ => {}
        }
    }
    if !sets.is_empty() {
        person::edit(tx, stamp, id, &change)?;
    }
    Ok(())
}

fn edit_office(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    id: AffiliationId,
    person: PersonId,
    sets: &[Set],
) -> Result<()> {
    let values: Vec<(&'static str, Arg<'_>)> =
        sets.iter().filter_map(|set| Some((set.field.column()?, set.new.arg()))).collect();
    if !values.is_empty() {
        affiliation::edit(tx, stamp, id, person, &values)?;
    }
    Ok(())
}

/// Sets fields of a person back to what they were, where they are still what was set; the fields
/// in which they are something else by now.
pub(super) fn unset_person(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    id: PersonId,
    sets: &[Set],
) -> Result<Vec<Field>> {
    let row = person::get(tx, id)?;
    let (back, kept): (Vec<&Set>, Vec<&Set>) = sets
        .iter()
        .partition(|set| super::deed::value(&row, set.field).as_deref() == Some(&set.new));
    if !back.is_empty() {
        let mut was = NewPerson {
            full_name: row.full_name.clone(),
            birth: row.birth(),
            sex: row.sex.clone(),
            ethnicity: row.ethnicity.clone(),
            citizen_id: row.citizen_id.clone(),
            old_id: row.old_id.clone(),
            phone: row.phone.clone(),
            email: row.email.clone(),
        };
        for set in back {
            let old = set.old.clone();
            match set.field {
                Field::FullName => was.full_name = old.unwrap_or_default(),
                Field::Birth => was.birth = old.as_deref().and_then(super::draft::birth_of),
                Field::Sex => was.sex = old,
                Field::Ethnicity => was.ethnicity = old,
                Field::CitizenId => was.citizen_id = old,
                Field::OldId => was.old_id = old,
                Field::Phone => was.phone = old,
                Field::Email => was.email = old,
                _ => {}
            }
        }
        person::replace(tx, stamp, id, &was)?;
    }
    Ok(kept.into_iter().map(|set| set.field).collect())
}

/// [`unset_person`] of an affiliation.
pub(super) fn unset_office(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    known: &affiliation::Affiliation,
    sets: &[Set],
) -> Result<Vec<Field>> {
    let (back, kept): (Vec<&Set>, Vec<&Set>) = sets
        .iter()
        .partition(|set| super::deed::office(known, set.field) == Some(set.new.as_str()));
    let values: Vec<(&'static str, Arg<'_>)> =
        back.iter().filter_map(|set| Some((set.field.column()?, set.old.arg()))).collect();
    if !values.is_empty() {
        register::update(
            tx,
            stamp,
            &affiliation::AFFILIATION,
            known.id,
            Some(known.person),
            &values,
        )?;
    }
    Ok(kept.into_iter().map(|set| set.field).collect())
}
