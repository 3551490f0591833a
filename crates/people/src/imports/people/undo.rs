//! Taking rows back: what was made is closed, what was changed is set back, unless something else
//! came of it since. Nothing is deleted: the register keeps what was said and when.

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{AccountId, AffiliationId, Id, PersonId, Result, Stamp, Tx, args, sql};
use thao_record::register;

use super::apply::{Made, unset_office, unset_person};
use super::deed::{Belonging, Deed};
use super::draft::Field;
use crate::affiliation::{self, Affiliation};
use crate::imports::file::File;
use crate::imports::note::Note;
use crate::imports::row::{Came, Row};
use crate::{account, appointment};

const SQL: &str = include_str!("undo.sql");

/// Takes rows back, as far as it can.
pub(super) fn undo(tx: &mut Tx<'_>, stamp: &Stamp, _: &File, rows: &mut [Row]) -> Result<()> {
    for row in rows {
        let deed: Deed = serde_json::from_value(row.deed.clone())?;
        let made: Made = serde_json::from_value(row.made.clone().unwrap_or_default())?;
        let kept = match row.person {
            Some(person) if made.person => close(tx, stamp, person, &made)?,
            Some(_) => set_back(tx, stamp, &deed, &made)?,
            None => Vec::new(),
        };
        row.came = Some(if kept.is_empty() { Came::Undone } else { Came::Kept });
        row.notes.extend(kept);
    }
    Ok(())
}

/// Closes a person the file made: they never belonged, and their account is no more. Kept whole
/// when anything came of them.
fn close(tx: &mut Tx<'_>, stamp: &Stamp, person: PersonId, made: &Made) -> Result<Vec<Note>> {
    let why = traces(tx, person, made)?;
    if !why.is_empty() {
        return Ok(why);
    }
    if let Some(known) = find(tx, person, made.affiliation)? {
        affiliation::end(tx, stamp, known.id, person, known.valid_from)?;
    }
    if let Some(account) = made.account {
        close_account(tx, stamp, account, person)?;
    }
    Ok(Vec::new())
}

/// What came of a person since the file made them.
fn traces(tx: &mut Tx<'_>, person: PersonId, made: &Made) -> Result<Vec<Note>> {
    let mut why = Vec::new();
    let mut say = |is: bool, key: &str| {
        if is {
            why.push(Note::new(key));
        }
    };
    let facts = tx.value::<bool>(sql!(SQL, "has_record"), args![person])?;
    say(facts, "people.imports.kept.record");
    let edited = is_edited(tx, person)?;
    say(edited, "people.imports.kept.edited");
    let belongs = affiliation::list_of_persons(tx, &[person])?;
    let other = belongs.iter().any(|a| Some(a.id) != made.affiliation);
    let moved = match made.affiliation {
        Some(id) => is_edited(tx, id)?,
        None => false,
    };
    say(other || moved, "people.imports.kept.belongs");
    let merged = tx.value::<bool>(sql!(SQL, "is_merged"), args![person])?;
    say(merged, "people.imports.kept.merged");
    let appointed = !appointment::list_of_person(tx, person)?.is_empty();
    say(appointed, "people.imports.kept.appointed");
    let mut active = false;
    for account in account::list_of_person(tx, person)? {
        active |= Some(account.id) != made.account || account.password_hash.is_some();
    }
    say(active, "people.imports.kept.account");
    Ok(why)
}

/// Whether a row of the register was changed after it was made.
fn is_edited<T: Id>(tx: &mut Tx<'_>, row: T) -> Result<bool> {
    Ok(register::history(tx, row)?.len() > 1)
}

/// Sets back what was changed of somebody known.
fn set_back(tx: &mut Tx<'_>, stamp: &Stamp, deed: &Deed, made: &Made) -> Result<Vec<Note>> {
    let mut kept: Vec<Field> = Vec::new();
    let mut notes = Vec::new();
    if let Some(row) = deed.row {
        kept.extend(unset_person(tx, stamp, row, &deed.sets)?);
        if let Some(id) = made.affiliation
            && let Some(known) = find(tx, row, Some(id))?
        {
            if is_edited(tx, id)? {
                kept.push(Field::Unit);
            } else {
                affiliation::end(tx, stamp, id, row, known.valid_from)?;
                if let Belonging::Move { from, person, until, .. } = &deed.belonging {
                    take_up(tx, stamp, (*from, *person), known.valid_from, *until)?;
                }
            }
        }
        if let Belonging::Edit { id, person, sets } = &deed.belonging
            && let Some(known) = find(tx, *person, Some(*id))?
        {
            kept.extend(unset_office(tx, stamp, &known, sets)?);
        }
        if let Some(id) = made.account {
            match account::get(tx, id)?.password_hash {
                Some(_) => notes.push(Note::new("people.imports.kept.account")),
                None => close_account(tx, stamp, id, row)?,
            }
        }
    }
    if !kept.is_empty() {
        let fields = kept.into_iter().map(Field::key);
        notes.push(Note::new("people.imports.kept.fields").with_all("fields", fields));
    }
    Ok(notes)
}

/// An affiliation that was ended for a new one goes on until when it was to, if it still ends on
/// that day.
fn take_up(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    (id, person): (AffiliationId, PersonId),
    ended: Date,
    until: Option<Date>,
) -> Result<()> {
    let Some(known) = find(tx, person, Some(id))? else { return Ok(()) };
    if known.valid_to == Some(ended) {
        affiliation::edit(tx, stamp, id, person, &[("valid_to", until.arg())])?;
    }
    Ok(())
}

fn find(
    tx: &mut Tx<'_>,
    person: PersonId,
    id: Option<AffiliationId>,
) -> Result<Option<Affiliation>> {
    let all = affiliation::list_of_persons(tx, &[person])?;
    Ok(all.into_iter().find(|a| Some(a.id) == id))
}

fn close_account(tx: &mut Tx<'_>, stamp: &Stamp, id: AccountId, person: PersonId) -> Result<()> {
    let values = [("closed_at", Arg::Time(stamp.at))];
    register::update(tx, stamp, &account::ACCOUNT, id, Some(person), &values)?;
    Ok(())
}
