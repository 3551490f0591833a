//! What each row of a table of results says.

use jiff::civil::Date;
use thao_base::UnitId;
use thao_base::text::tidy;
use thao_people::Birth;
use thao_people::imports::people::{Read, read_rows};
use thao_people::imports::{Drafted, Note, Reading, cells};
use thao_people::roll;
use thao_sheet::{Cell, Column, Columns, Row, SheetError, headings};

use super::deed::Draft;
use super::word::{Said, crossed, said};

/// The columns of results.
pub(super) const COLUMNS: &[Column] = headings::RESULTS;
/// Columns of a unit: a help to recognise somebody, no reason to refuse a row.
const UNITS: [&str; 3] = ["unit", "commune", "village"];

pub(super) fn draft(reading: Reading<'_>) -> Result<Vec<Drafted>, SheetError> {
    let with_units = read_rows(reading)?;
    let wanted: Vec<Column> =
        COLUMNS.iter().filter(|column| !UNITS.contains(&column.key)).copied().collect();
    let columns = Columns::find(reading.sheet, &wanted)?;
    let without_units = read_rows(Reading { columns: &columns, ..reading })?;
    let people = with_units.into_iter().zip(without_units);
    let rows = people.zip(&reading.sheet.rows).map(|((with, without), row)| {
        let person = if with.refused { without } else { with };
        one(reading, person, row)
    });
    Ok(rows.collect())
}

fn one(reading: Reading<'_>, person: Read, row: &Row) -> Drafted {
    let Read { no, draft: person, mut notes, mut refused } = person;
    let mut draft = Draft { person, ..Draft::default() };
    let mut refuse = |note: Note| {
        notes.push(note);
        refused = true;
    };
    let course = tidy(&reading.columns.text(row, "course"));
    draft.course = Some(course).filter(|course| !course.is_empty());
    match date(reading.columns, row, reading.today) {
        Ok(found) => draft.date = Some(found),
        Err(note) => refuse(note),
    }
    match result(reading.columns, row) {
        Ok((word, verb, success)) => {
            (draft.word, draft.verb, draft.success) = (word, verb.code().to_owned(), success);
        }
        Err(note) => refuse(note),
    }
    Drafted {
        no: i32::try_from(no).unwrap_or(i32::MAX),
        draft: serde_json::to_value(&draft).unwrap_or_default(),
        cells: cells(reading.sheet, row),
        notes,
        refused,
        decision: None,
    }
}

/// The day of the result: its own column, else the day the course ended.
fn date(columns: &Columns, row: &Row, today: Date) -> Result<Date, Note> {
    for key in ["date", "to", "from"] {
        let cell = columns.cell(row, key);
        if !cell.is_empty() {
            return day(cell, today);
        }
    }
    let period = columns.text(row, "period");
    let last = period
        .split(|c: char| c.is_whitespace() || c == '–')
        .flat_map(|part| part.split(['-', '(', ')', ';', ',']))
        .rfind(|part| part.matches(['/', '.']).count() == 2);
    match last {
        Some(last) => day(&Cell::Text(last.to_owned()), today),
        None if period.is_empty() => Err(Note::new("catalog.results.note.date_missing")),
        None => Err(Note::new("catalog.results.note.date_unreadable").with("found", period)),
    }
}

/// Days are read as in rolls of people: the same ways of writing, the same care.
fn day(cell: &Cell, today: Date) -> Result<Date, Note> {
    let found = cell.text();
    let note = |key: &str| Note::new(key).with("found", &found);
    match roll::birth(cell, today) {
        Ok(Some(roll::Taken { value: Birth::Day(day), .. })) => Ok(day),
        Ok(Some(_)) => Err(note("catalog.results.note.date_year")),
        Err(roll::Refused::BirthFuture) => Err(note("catalog.results.note.date_future")),
        Ok(None) | Err(_) => Err(note("catalog.results.note.date_unreadable")),
    }
}

/// The word for the result: its own column, else the grade. Both must not contradict each other.
fn result(columns: &Columns, row: &Row) -> Result<(String, thao_record::Verb, Option<bool>), Note> {
    let mut found: Option<(String, Said)> = None;
    for key in ["result", "grade"] {
        let word = columns.text(row, key);
        if word.is_empty() {
            continue;
        }
        let heading = columns.get(key).map_or("", |found| found.heading.as_str());
        let Some(is) = said(&word).or_else(|| crossed(heading, &word)) else {
            return Err(Note::new("catalog.results.note.word_unknown").with("found", word));
        };
        match &found {
            Some((first, was)) if ends(*was) != ends(is) => {
                return Err(Note::new("catalog.results.note.words_contradict")
                    .with("one", first)
                    .with("other", word));
            }
            Some(_) => {}
            None => found = Some((word, is)),
        }
    }
    match found {
        Some((word, Said::Outcome(verb, success))) => Ok((word, verb, success)),
        Some((word, Said::Absent)) => {
            Err(Note::new("catalog.results.note.absent").with("found", word))
        }
        None => Err(Note::new("catalog.results.note.word_missing")),
    }
}

/// Whether it ended well.
fn ends(said: Said) -> bool {
    match said {
        Said::Outcome(_, success) => success.unwrap_or(true),
        Said::Absent => false,
    }
}

/// The unit a row names, for whoever it is about.
pub(super) fn unit(draft: &Draft, own: UnitId) -> UnitId {
    draft.person.unit.unwrap_or(own)
}
