//! What rows of figures do: each is a new row of the register; taking a file back withdraws them.

use serde_json::{Value, json};
use thao_base::{Error, FigureId, Result, Stamp, Tx};
use thao_people::imports::{Came, Drafted, File, Ground, Note, Outcome, Plan, Row};
use thao_people::unit;

use super::{Deed, Draft, Figures};
use crate::figure::{self, Figure, NewFigure};

/// What each row would do.
pub(super) fn plan(tx: &mut Tx<'_>, ground: Ground<'_>, rows: &[Drafted]) -> Result<Vec<Plan>> {
    let options = Figures::options_of(ground.file)?;
    let root = unit::root(tx)?;
    let known = figure::latest(tx, options.measure, root.span(), options.as_of)?;
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let draft: Draft = serde_json::from_value(row.draft.clone())?;
        let (Some(unit), Some(value)) = (draft.unit, draft.value) else {
            return Err(Error::internal("a row without unit or value was not refused"));
        };
        let place = unit::place(tx, unit)?;
        if !ground.reach.holds(place.pos) {
            let note = Note::new("plan.import.note.not_yours").with("name", &place.path);
            out.push(Plan::refuse(note));
            continue;
        }
        let same_day = known.get(&unit).filter(|figure| figure.as_of == options.as_of);
        out.push(against(same_day, value, &options.source));
    }
    Ok(out)
}

/// A figure against what is known of the same day.
fn against(known: Option<&Figure>, value: i64, source: &str) -> Plan {
    let is_same = known.is_some_and(|known| known.value == value && known.source == source);
    let (outcome, was) = match known {
        Some(_) if is_same => (Outcome::Same, None),
        Some(known) => (Outcome::Change, Some(known.value)),
        None => (Outcome::Create, None),
    };
    let deed = serde_json::to_value(Deed { value, was }).unwrap_or(Value::Null);
    Plan { outcome, notes: Vec::new(), person: None, deed }
}

pub(super) fn apply(tx: &mut Tx<'_>, stamp: &Stamp, file: &File, rows: &mut [Row]) -> Result<()> {
    let options = Figures::options_of(file)?;
    let mut new = Vec::with_capacity(rows.len());
    for row in rows.iter() {
        let draft: Draft = serde_json::from_value(row.draft.clone())?;
        let deed: Deed = serde_json::from_value(row.deed.clone())?;
        let unit = draft.unit.ok_or_else(|| Error::internal("a figure without a unit"))?;
        new.push(NewFigure {
            measure: options.measure,
            unit,
            value: deed.value,
            as_of: options.as_of,
            source: options.source.clone(),
            import: Some(file.id),
        });
    }
    let ids = figure::add_many(tx, stamp, &new)?;
    for (row, id) in rows.iter_mut().zip(ids) {
        row.made = Some(json!({ "figure": id }));
    }
    Ok(())
}

pub(super) fn undo(tx: &mut Tx<'_>, stamp: &Stamp, rows: &mut [Row]) -> Result<()> {
    for row in rows {
        let made = row.made.as_ref().and_then(|made| made.get("figure")).cloned();
        if let Some(id) = made.map(serde_json::from_value::<FigureId>).transpose()? {
            figure::withdraw(tx, stamp, id)?;
        }
        row.came = Some(Came::Undone);
    }
    Ok(())
}
