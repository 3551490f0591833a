//! What was typed into the form of allotments, and what it means.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use thao_base::{Error, Lang, Result, UnitId};
use thao_web::Sent;
use thao_web::components::{FieldErrors, number_typed};

use super::Shown;
use crate::allotment::{Adds, Again};
use crate::pages::words;

/// Before the id of a unit: its goal.
const GOAL: &str = "goal.";
/// Before the id of a unit: what it returned is proposed once more.
const AGAIN: &str = "again.";
/// The largest number a goal may be: a hundred million.
const MOST: f64 = 100_000_000.0;

/// What stands in the form, by unit.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    goals: BTreeMap<UnitId, String>,
    again: BTreeSet<UnitId>,
}

/// What is asked of whom; no goal: nothing any more.
#[derive(Debug, Clone)]
pub(super) struct Wanted(pub(super) Vec<(UnitId, Option<i64>, Again)>);

impl Wanted {
    pub(super) fn goals(&self) -> HashMap<UnitId, i64> {
        self.0.iter().filter_map(|(unit, goal, _)| Some((*unit, (*goal)?))).collect()
    }
}

impl Typed {
    /// The goals named last.
    pub(super) fn standing(lang: Lang, shown: &Shown) -> Typed {
        let goals = shown.standing.iter();
        let goals = goals.filter_map(|(unit, now)| Some((*unit, write(lang, shown, now.goal()?))));
        Typed { goals: goals.collect(), again: BTreeSet::new() }
    }

    /// # Errors
    /// A field for what is no unit at all.
    pub(super) fn of(sent: &Sent) -> Result<Typed> {
        let unit = |id: &str| id.parse().map_err(|_| Error::invalid("plan.error.allotment_unit"));
        let mut out = Typed::default();
        for (name, value) in sent.fields() {
            if let Some(id) = name.strip_prefix(GOAL) {
                out.goals.insert(unit(id)?, value.trim().to_owned());
            } else if let Some(id) = name.strip_prefix(AGAIN) {
                out.again.insert(unit(id)?);
            }
        }
        Ok(out)
    }

    pub(super) fn goal(&self, unit: UnitId) -> &str {
        self.goals.get(&unit).map_or("", String::as_str)
    }

    pub(super) fn is_again(&self, unit: UnitId) -> bool {
        self.again.contains(&unit)
    }

    /// The same with goals by row of the board.
    pub(super) fn with(self, lang: Lang, shown: &Shown, goals: &[Option<i64>]) -> Typed {
        let units = shown.rows().iter().map(|row| row.place.unit);
        let goals =
            units.zip(goals).filter_map(|(unit, goal)| Some((unit, write(lang, shown, (*goal)?))));
        Typed { goals: goals.collect(), ..self }
    }

    /// The goals that can be read, by unit.
    pub(super) fn goals(&self, lang: Lang, adds: Adds) -> HashMap<UnitId, i64> {
        let read = |(unit, text): (&UnitId, &String)| Some((*unit, read(lang, adds, text).ok()??));
        self.goals.iter().filter_map(read).collect()
    }

    /// What was meant, and what cannot be read.
    ///
    /// # Errors
    /// A goal for a unit that the target does not reach.
    pub(super) fn read(&self, lang: Lang, shown: &Shown) -> Result<(Wanted, FieldErrors)> {
        let mut errors = FieldErrors::new();
        let mut wanted = Vec::new();
        let known = |unit: &UnitId| {
            shown.rows().iter().any(|row| row.place.unit == *unit)
                || shown.standing.contains_key(unit)
        };
        if !self.goals.keys().all(known) {
            return Err(Error::invalid("plan.error.allotment_unit"));
        }
        for row in shown.rows() {
            let unit = row.place.unit;
            let Some(text) = self.goals.get(&unit) else { continue };
            let again = if self.is_again(unit) { Again::Yes } else { Again::No };
            match read(lang, shown.adds(), text) {
                Ok(goal) => wanted.push((unit, goal, again)),
                Err(key) => {
                    let words = lang.f(key, &[("unit", &row.place.name)]);
                    errors.add(name(unit), words);
                }
            }
        }
        Ok((Wanted(wanted), errors))
    }
}

/// The field of a unit's goal.
pub(super) fn name(unit: UnitId) -> String {
    format!("{GOAL}{unit}")
}

/// The field of a unit that is asked once more.
pub(super) fn again(unit: UnitId) -> String {
    format!("{AGAIN}{unit}")
}

/// A goal as it is typed: thousandths of all as a percentage, of one as a number.
fn write(lang: Lang, shown: &Shown, goal: i64) -> String {
    words::typed(lang, &shown.target.unit_code, goal)
}

/// A goal in thousandths; none when nothing was typed.
fn read(lang: Lang, adds: Adds, text: &str) -> Result<Option<i64>, &'static str> {
    let text = text.trim_end_matches(['%', ' ']);
    if text.is_empty() {
        return Ok(None);
    }
    let (times, most, wrong) = match adds {
        Adds::Weighted => (10.0, 100.0, "plan.error.allotment_share"),
        Adds::Summed => (1000.0, MOST, "plan.error.allotment_count"),
    };
    let number = number_typed(lang, text).filter(|n| (0.0..=most).contains(n)).ok_or(wrong)?;
    Ok(Some((number * times).round() as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_are_read_as_they_are_typed() {
        let share = |text| read(Lang::Vi, Adds::Weighted, text);
        assert_eq!(share("62,5"), Ok(Some(625)));
        assert_eq!(share("80 %"), Ok(Some(800)));
        assert_eq!(share(""), Ok(None));
        assert_eq!(share("0"), Ok(Some(0)));
        for wrong in ["-5", "100,1", "101", "tám mươi", "1e3"] {
            assert_eq!(share(wrong), Err("plan.error.allotment_share"), "{wrong}");
        }
        let count = |text| read(Lang::Vi, Adds::Summed, text);
        assert_eq!(count("1.234"), Ok(Some(1_234_000)));
        assert_eq!(count("0,5"), Ok(Some(500)));
        for wrong in ["-1", "999.999.999", "x"] {
            assert_eq!(count(wrong), Err("plan.error.allotment_count"), "{wrong}");
        }
    }
}
