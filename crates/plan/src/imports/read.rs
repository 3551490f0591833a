//! From the rows of a sheet to figures: which unit, and the number. Pure; nothing is guessed.

use std::collections::HashMap;

use thao_base::UnitId;
use thao_base::text::tidy;
use thao_people::imports::{Drafted, Note, Reading, UnitBook, cells};
use thao_people::roll::Match;
use thao_sheet::{Cell, Columns, SheetError, headings};

use super::{Draft, Options};

/// What each row says.
///
/// # Errors
/// A sheet without a column of numbers, or without one that names units.
pub(super) fn draft(reading: Reading<'_>) -> Result<Vec<Drafted>, SheetError> {
    let Reading { sheet, columns, units, unit: own, options, .. } = reading;
    let aged = serde_json::from_value::<Options>(options.clone()).is_ok_and(|o| o.aged);
    let value = value_column(columns, aged)?;
    if !columns.has(headings::UNIT_CODE.key) && !columns.has(headings::UNIT_NAME.key) {
        return Err(missing(columns, &[headings::UNIT_CODE.key, headings::UNIT_NAME.key]));
    }
    let mut seen: HashMap<UnitId, u32> = HashMap::new();
    let rows = sheet.rows.iter().map(|row| {
        let mut notes = Vec::new();
        let code = columns.text(row, headings::UNIT_CODE.key);
        let name = columns.text(row, headings::UNIT_NAME.key);
        let found = find_unit(units, own, &code, &name);
        let mut shown = if name.is_empty() { code } else { name };
        let unit = match found {
            Ok((unit, note)) => {
                shown = units.full_name(unit);
                notes.extend(note);
                if let Some(first) = seen.get(&unit) {
                    notes.push(Note::new("plan.import.note.unit_twice").with("row", first));
                    None
                } else {
                    seen.insert(unit, row.number);
                    Some(unit)
                }
            }
            Err(note) => {
                notes.push(note);
                None
            }
        };
        let value = match whole_number(columns.cell(row, value)) {
            Ok(value) => Some(value),
            Err(fault) => {
                let text = columns.text(row, value);
                notes.push(Note::new(fault.key()).with("found", text));
                None
            }
        };
        let draft = Draft { unit, name: shown, value };
        Drafted {
            no: i32::try_from(row.number).unwrap_or(i32::MAX),
            refused: unit.is_none() || value.is_none(),
            draft: serde_json::to_value(&draft).unwrap_or_default(),
            cells: cells(sheet, row),
            notes,
            decision: None,
        }
    });
    Ok(rows.collect())
}

/// People of working age for an audience with ages, all people otherwise; the other when it is
/// the only one.
fn value_column(columns: &Columns, aged: bool) -> Result<&'static str, SheetError> {
    let (working, all) = (headings::WORKING_AGE.key, headings::PEOPLE_COUNT.key);
    let order = if aged { [working, all] } else { [all, working] };
    let found = order.into_iter().find(|key| columns.has(key));
    found.ok_or_else(|| missing(columns, &order))
}

fn missing(columns: &Columns, keys: &[&'static str]) -> SheetError {
    let title = |key: &&'static str| {
        let column = headings::FIGURES.iter().find(|column| column.key == *key);
        column.and_then(thao_sheet::Column::title).unwrap_or(key)
    };
    SheetError::MissingColumns {
        missing: keys.iter().take(1).map(title).collect(),
        unknown: columns.unknown().to_vec(),
    }
}

/// The unit a row means. Code and name must mean the same one where there are both.
fn find_unit(
    units: &UnitBook,
    own: UnitId,
    code: &str,
    name: &str,
) -> Result<(UnitId, Option<Note>), Note> {
    let by_code = (!code.is_empty()).then(|| units.matcher.find(code, None));
    let by_name = (!name.is_empty()).then(|| match units.matcher.find(name, Some(own)) {
        Match::None(_) => units.matcher.find(name, None),
        found => found,
    });
    match (by_code, by_name) {
        (None, None) => Err(Note::new("plan.import.note.no_unit")),
        (Some(found), None) => one(units, found, code),
        (None, Some(found)) => one(units, found, name),
        (Some(by_code), Some(by_name)) => {
            let (unit, note) = one(units, by_code, code)?;
            match by_name {
                Match::One(other, _) if other != unit => {
                    Err(Note::new("plan.import.note.code_and_name")
                        .with("code", code)
                        .with("by_code", units.full_name(unit))
                        .with("name", name))
                }
                // Several of that name, or an old name: the code says which.
                _ => Ok((unit, note)),
            }
        }
    }
}

fn one(units: &UnitBook, found: Match<UnitId>, text: &str) -> Result<(UnitId, Option<Note>), Note> {
    match found {
        Match::One(unit, _) if units.standing.get(unit).is_some() => Ok((unit, None)),
        Match::One(unit, _) => {
            Err(Note::new("plan.import.note.unit_gone").with("name", units.full_name(unit)))
        }
        Match::Many(several) => {
            let names: Vec<String> =
                several.iter().take(5).map(|unit| units.full_name(*unit)).collect();
            Err(Note::new("plan.import.note.unit_several")
                .with("found", text)
                .with("names", names.join("; ")))
        }
        // A figure of a part must not stand for the whole.
        Match::Merged { old, into, .. } => Err(Note::new("plan.import.note.unit_merged")
            .with("name", units.name(old))
            .with("into", units.full_name(into))),
        Match::Former(into) => Err(Note::new("plan.import.note.unit_merged")
            .with("name", text)
            .with("into", units.full_name(into))),
        Match::None(alike) if alike.is_empty() => {
            Err(Note::new("plan.import.note.unit_unknown").with("found", text))
        }
        Match::None(alike) => {
            let names: Vec<String> = alike.iter().map(|unit| units.full_name(*unit)).collect();
            Err(Note::new("plan.import.note.unit_alike")
                .with("found", text)
                .with("names", names.join("; ")))
        }
    }
}

/// Why a cell is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Missing is not zero.
    Missing,
    NotWhole,
    Negative,
    NotANumber,
}

impl Fault {
    fn key(self) -> &'static str {
        match self {
            Fault::Missing => "plan.import.note.missing",
            Fault::NotWhole => "plan.import.note.not_whole",
            Fault::Negative => "plan.import.note.negative",
            Fault::NotANumber => "plan.import.note.not_a_number",
        }
    }
}

/// Whole numbers that a float holds exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A count: a number, or a text of digits whose groups of three may be apart (`12.345`, `12,345`,
/// `12 345`).
pub(super) fn whole_number(cell: &Cell) -> Result<i64, Fault> {
    match cell.value() {
        Cell::Number { value, .. } if !value.is_finite() || EXACT < value.abs() => {
            Err(Fault::NotANumber)
        }
        Cell::Number { value, .. } if *value < 0.0 => Err(Fault::Negative),
        Cell::Number { value, .. } if value.fract() != 0.0 => Err(Fault::NotWhole),
        Cell::Number { value, .. } => Ok(*value as i64),
        Cell::Text(text) => digits(&tidy(text)),
        Cell::Empty | Cell::Uncomputed => Err(Fault::Missing),
        _ => Err(Fault::NotANumber),
    }
}

fn digits(text: &str) -> Result<i64, Fault> {
    if text.is_empty() {
        return Err(Fault::Missing);
    }
    if let Some(rest) = text.strip_prefix(['-', '−']) {
        return digits(rest.trim()).and(Err(Fault::Negative));
    }
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let whole = match text.chars().find(|c| !c.is_ascii_digit()) {
        None => text.to_owned(),
        Some(mark @ ('.' | ',' | ' ')) => {
            let parts: Vec<&str> = text.split(mark).collect();
            if !parts.iter().all(|part| plain(part)) {
                return Err(Fault::NotANumber);
            }
            let (first, rest) = parts.split_first().ok_or(Fault::NotANumber)?;
            if 3 < first.len() || rest.iter().any(|part| part.len() != 3) {
                return Err(Fault::NotWhole);
            }
            parts.concat()
        }
        Some(_) => return Err(Fault::NotANumber),
    };
    whole.parse().map_err(|_| Fault::NotANumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_read_as_offices_write_it_and_never_guessed() {
        let text = |text: &str| Cell::Text(text.into());
        for (cell, found) in [
            (Cell::number(1234.0), Ok(1234)),
            (Cell::number(0.0), Ok(0)),
            (Cell::Formula(Box::new(Cell::number(7.0))), Ok(7)),
            (text("12345"), Ok(12_345)),
            (text(" 12.345 "), Ok(12_345)),
            (text("1.234.567"), Ok(1_234_567)),
            (text("12,345"), Ok(12_345)),
            (text("12 345"), Ok(12_345)),
            (text("12\u{a0}345"), Ok(12_345)),
            (text("0"), Ok(0)),
            (Cell::Empty, Err(Fault::Missing)),
            (Cell::Uncomputed, Err(Fault::Missing)),
            (text("  "), Err(Fault::Missing)),
            (Cell::number(12.5), Err(Fault::NotWhole)),
            (text("12,5"), Err(Fault::NotWhole)),
            (text("1234.567"), Err(Fault::NotWhole)),
            (Cell::number(-3.0), Err(Fault::Negative)),
            (text("-12"), Err(Fault::Negative)),
            (Cell::number(1e17), Err(Fault::NotANumber)),
            (Cell::number(f64::NAN), Err(Fault::NotANumber)),
            (text("1.234,567"), Err(Fault::NotANumber)),
            (text("khoảng 120"), Err(Fault::NotANumber)),
            (text("99999999999999999999"), Err(Fault::NotANumber)),
            (Cell::Error("#N/A".into()), Err(Fault::NotANumber)),
            (Cell::Bool(true), Err(Fault::NotANumber)),
        ] {
            assert_eq!(whole_number(&cell), found, "{cell:?}");
        }
    }
}
