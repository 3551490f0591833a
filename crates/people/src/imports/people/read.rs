//! From the rules of a roll to the rows of an import: what each row says, and what is said of it.

use thao_base::UnitId;
use thao_base::text::tidy;
use thao_sheet::{SheetError, headings};

use super::draft::{Draft, birth_text};
use super::twins::{Places, Read, fold_twins};
use crate::imports::kind::{Drafted, Reading};
use crate::imports::note::Note;
use crate::imports::receive::cells;
use crate::imports::units::{UnitBook, Units};
use crate::roll::{self, Flag, Flagged, Outcome, Refusal, Refused, Roll};

/// The columns of a list of people.
pub(super) const COLUMNS: &[thao_sheet::Column] = headings::PEOPLE;

/// What each row says.
pub(super) fn draft(reading: Reading<'_>) -> Result<Vec<Drafted>, SheetError> {
    let mut rows = read_rows(reading)?;
    fold_twins(&mut rows, &Around { units: &reading.units.standing, own: reading.unit });
    let drafted = rows.into_iter().zip(&reading.sheet.rows).map(|(read, row)| Drafted {
        no: i32::try_from(read.no).unwrap_or(i32::MAX),
        draft: serde_json::to_value(&read.draft).unwrap_or_default(),
        cells: cells(reading.sheet, row),
        notes: read.notes,
        refused: read.refused,
        decision: None,
    });
    Ok(drafted.collect())
}

/// The rows of a sheet that names people, in order, each by itself.
pub fn read_rows(reading: Reading<'_>) -> Result<Vec<Read>, SheetError> {
    let Reading { sheet, columns, units, unit, today, .. } = reading;
    // Villages of one name are in every commune: the file's own unit comes first.
    let near = Roll::new(columns, &units.matcher, Some(unit), today)?;
    let wide = Roll::new(columns, &units.matcher, None, today)?;
    let rows = sheet.rows.iter().map(|row| {
        let mut found = near.read(row);
        if is_unit_unknown(&found) {
            found = wide.read(row);
        }
        understood(row.number, found, units)
    });
    Ok(rows.collect())
}

/// Units around the list's own.
struct Around<'a> {
    units: &'a Units,
    own: UnitId,
}

impl Places for Around<'_> {
    fn one_place(&self, one: Option<UnitId>, other: Option<UnitId>) -> bool {
        self.units.one_place(one.unwrap_or(self.own), other.unwrap_or(self.own))
    }

    fn within(&self, upper: Option<UnitId>, lower: Option<UnitId>) -> bool {
        self.units.holds(upper.unwrap_or(self.own), lower.unwrap_or(self.own))
    }
}

fn is_unit_unknown(found: &Outcome<UnitId>) -> bool {
    matches!(found, Outcome::Refused { refusals, .. }
        if refusals.iter().any(|refusal| refusal.kind == Refused::UnitUnknown))
}

fn understood(no: u32, found: Outcome<UnitId>, units: &UnitBook) -> Read {
    match found {
        Outcome::Refused { name, refusals, .. } => {
            let notes = refusals.iter().flat_map(|refusal| refusal_notes(refusal, units));
            let draft = Draft { name, ..Draft::default() };
            Read { no, draft, notes: notes.collect(), refused: true }
        }
        Outcome::Draft(found) => {
            // A unit that is no more, or a name of before, means the one of today; a note says so.
            accepted(no, *found, units)
        }
    }
}

fn accepted(no: u32, found: roll::Draft<UnitId>, units: &UnitBook) -> Read {
    let unit_name = found.unit.map(|unit| units.full_name(unit)).unwrap_or_default();
    let mut notes: Vec<Note> = found.flags.iter().map(|flag| flag_note(flag, &unit_name)).collect();
    let mut refused = false;
    if found.citizen_id.is_none() && found.old_id.is_none() && found.birth.is_none() {
        notes.retain(|note| note.key != Flagged::NoIdentifier.key());
        notes.retain(|note| note.key != Flagged::NameOnly.key());
        notes.push(Note::new("people.imports.note.unidentified"));
        refused = true;
    }
    if let Some(unit) = found.unit
        && units.standing.get(unit).is_none()
    {
        notes.push(Note::new("people.imports.note.unit_gone").with("name", units.name(unit)));
        refused = true;
    }
    let draft = Draft {
        name: found.full_name,
        birth: found.birth.map(birth_text),
        sex: found.sex.map(|sex| sex.code().to_owned()),
        ethnicity: found.ethnicity.map(|text| tidy(&text)),
        citizen_id: found.citizen_id,
        old_id: found.old_id,
        phone: found.phone,
        email: found.email,
        unit: found.unit,
        category: found.category.map(|category| category.code().to_owned()),
        position: found.position.or(found.job_position).map(|text| tidy(&text)),
        title: found.rank.map(|text| tidy(&text)),
        rank_code: found.rank_code,
        twin: None,
        like: None,
    };
    Read { no, draft, notes, refused }
}

/// What is said of something mended; flags of units get the unit's name here.
fn flag_note(flag: &Flag, unit_name: &str) -> Note {
    let to = match flag.kind.field() {
        roll::Field::Unit => unit_name,
        _ => &flag.to,
    };
    Note::new(flag.kind.key()).with("from", &flag.from).with("to", to)
}

/// Why a row is refused, and the units it may have meant.
fn refusal_notes(refusal: &Refusal<UnitId>, units: &UnitBook) -> Vec<Note> {
    let mut notes = vec![Note::new(refusal.kind.key()).with("found", &refusal.found)];
    if !refusal.units.is_empty() {
        let names: Vec<String> = refusal.units.iter().map(|unit| units.full_name(*unit)).collect();
        let note = Note::new("people.imports.note.perhaps_units");
        notes.push(note.with("units", names.join("; ")));
    }
    notes
}
