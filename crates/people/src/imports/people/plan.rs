//! What each row of a list of people would do, looked up in the register.

use std::collections::HashMap;

use serde_json::json;
use thao_base::{ImportId, Lang, PersonId, Result, Tx, UnitId};

use super::deed::{self, Bar, Deed, Terms};
use super::draft::{Draft, Field, birth_of};
use super::known::{Known, Match, Someone, Wanted, Why};
use super::{Options, People};
use crate::Birth;
use crate::imports::Units;
use crate::imports::kind::{Drafted, Ground};
use crate::imports::note::Note;
use crate::imports::row::{self, Decision, Outcome, Plan};

/// Plans for rows that were understood.
pub(super) fn plan(tx: &mut Tx<'_>, ground: Ground<'_>, rows: &[Drafted]) -> Result<Vec<Plan>> {
    let options = People::options_of(ground.file)?;
    let units = Units::load(tx)?;
    let drafts = rows
        .iter()
        .map(|row| Ok(serde_json::from_value(row.draft.clone())?))
        .collect::<Result<Vec<Draft>>>()?;
    let wanted: Vec<Wanted<'_>> =
        drafts.iter().map(|draft| wanted(draft, ground.file.unit)).collect();
    let known = Known::load(tx, &wanted, |tx, ids| match ground.applying {
        true => row::made_of(tx, ground.file.id, ids),
        false => Ok(Vec::new()),
    })?;
    let planner = Planner { ground, options: &options, units: &units };
    let mut plans: Vec<Plan> = drafts
        .iter()
        .zip(&wanted)
        .zip(rows)
        .map(|((draft, wanted), row)| planner.plan(draft, wanted, row, &known))
        .collect::<Result<_>>()?;
    if !ground.applying {
        refuse_second(tx, ground.file.id, rows, &drafts, &mut plans)?;
    }
    Ok(plans)
}

fn wanted(draft: &Draft, unit: UnitId) -> Wanted<'_> {
    Wanted {
        name: &draft.name,
        birth: draft.birth(),
        citizen_id: draft.citizen_id.as_deref(),
        old_id: draft.old_id.as_deref(),
        unit: Some(draft.unit.unwrap_or(unit)),
    }
}

struct Planner<'a> {
    ground: Ground<'a>,
    options: &'a Options,
    units: &'a Units,
}

impl Planner<'_> {
    fn plan(
        &self,
        draft: &Draft,
        wanted: &Wanted<'_>,
        row: &Drafted,
        known: &Known,
    ) -> Result<Plan> {
        if draft.twin.is_some() {
            let deed = json!({ "twin": draft.twin });
            return Ok(Plan { outcome: Outcome::Same, notes: Vec::new(), person: None, deed });
        }
        let unit = draft.unit.unwrap_or(self.ground.file.unit);
        let Some(place) = self.units.get(unit) else {
            return Ok(Plan::refuse(Note::new("people.imports.note.unit_gone").with("name", "")));
        };
        if !self.ground.reach.holds(place.pos) {
            let note = Note::new("people.imports.note.unit_outside").with("unit", &place.name);
            return Ok(Plan::refuse(note));
        }
        let found = known.find(wanted, self.units);
        match &found {
            Match::One(someone, row) if !self.is_ours(someone) && someone.is_exactly(wanted) => {
                return self.join(draft, unit, someone, *row);
            }
            _ => {}
        }
        // Less than that is looked for among those whom whoever imports may see anyway.
        match known.find_among(wanted, self.units, &|someone| self.is_ours(someone)) {
            // Known by name and birth, as is another row of the list: afterwards there are two.
            Match::One(someone, known) if draft.like.is_some() && !draft.has_number() => {
                match row.decision {
                    None => Ok(self.ask(someone, Why::SeveralNames)),
                    Some(Decision::Same) => self.change(draft, unit, someone, known),
                    Some(Decision::New) => self.create(unit),
                }
            }
            Match::One(someone, row) => self.change(draft, unit, someone, row),
            Match::Like(all, why) => match (row.decision, all.first()) {
                (Some(Decision::New), _) | (_, None) => self.create(unit),
                (Some(Decision::Same), Some(first)) => self.change(draft, unit, first, first.id),
                (None, Some(first)) => Ok(self.ask(first, why)),
            },
            Match::Nobody => match (draft.like, row.decision) {
                (Some(like), None) => Ok(Plan {
                    outcome: Outcome::Ask,
                    notes: vec![Note::new("people.imports.ask.like_row").with("row", like)],
                    person: None,
                    deed: json!({ "like": like }),
                }),
                _ if matches!(found, Match::Nobody) => self.create(unit),
                _ => self.create_alike(unit),
            },
        }
    }

    fn terms(&self) -> Terms<'_> {
        Terms {
            kind: self.options.kind(),
            from: self.options.from,
            accounts: self.options.accounts,
            reach: self.ground.reach,
            units: self.units,
        }
    }

    fn is_ours(&self, someone: &Someone) -> bool {
        someone.is_within(self.ground.reach, self.units, self.ground.today)
    }

    fn create(&self, unit: UnitId) -> Result<Plan> {
        let deed = deed::create(self.terms(), unit);
        Ok(Plan {
            outcome: Outcome::Create,
            notes: Vec::new(),
            person: None,
            deed: serde_json::to_value(deed)?,
        })
    }

    /// A new person, who may be somebody of other units; nothing of them is told.
    fn create_alike(&self, unit: UnitId) -> Result<Plan> {
        let deed = Deed { alike: true, ..deed::create(self.terms(), unit) };
        Ok(Plan {
            outcome: Outcome::Create,
            notes: vec![Note::new("people.imports.note.like_outside")],
            person: None,
            deed: serde_json::to_value(deed)?,
        })
    }

    fn change(
        &self,
        draft: &Draft,
        unit: UnitId,
        someone: &Someone,
        row: PersonId,
    ) -> Result<Plan> {
        let done = deed::change(self.terms(), unit, draft, someone, row);
        done.map_or_else(
            |bar| Ok(barred(someone, &bar)),
            |deed| known_plan(someone, &deed, Vec::new()),
        )
    }

    /// Somebody of other units comes to belong to the list's unit.
    fn join(&self, draft: &Draft, unit: UnitId, someone: &Someone, row: PersonId) -> Result<Plan> {
        let note = Note::new("people.imports.note.of_other_unit");
        let done = deed::join(self.terms(), unit, draft, someone, row);
        done.map_or_else(
            |bar| Ok(barred(someone, &bar)),
            |deed| known_plan(someone, &deed, vec![note]),
        )
    }

    fn ask(&self, first: &Someone, why: Why) -> Plan {
        let who = first.describe(self.units, self.ground.today);
        Plan {
            outcome: Outcome::Ask,
            notes: vec![Note::new(why.ask_key()).with("who", who)],
            person: Some(first.id),
            deed: json!({ "like": first.id, "ours": true }),
        }
    }
}

fn known_plan(someone: &Someone, deed: &Deed, notes: Vec<Note>) -> Result<Plan> {
    let outcome = if deed.is_nothing() { Outcome::Same } else { Outcome::Change };
    Ok(Plan { outcome, notes, person: Some(someone.id), deed: serde_json::to_value(deed)? })
}

fn barred(someone: &Someone, bar: &Bar) -> Plan {
    Plan { person: Some(someone.id), ..Plan::refuse(bar_note(bar)) }
}

/// A birth as both languages write it.
pub(super) fn birth_words(birth: Birth) -> String {
    match birth {
        Birth::Day(date) => Lang::Vi.date(date),
        Birth::Year(year) => year.to_string(),
    }
}

/// A birth as drafts keep it, in words.
pub(super) fn birth_shown(text: &str) -> String {
    birth_of(text).map_or_else(|| text.to_owned(), birth_words)
}

/// The beginning and the end of an identity number, enough to compare with a card.
pub(super) fn masked(number: &str) -> String {
    match (number.get(..3), number.get(number.len().saturating_sub(3)..)) {
        (Some(first), Some(last)) if number.len() > 6 => format!("{first}…{last}"),
        _ => number.to_owned(),
    }
}

fn bar_note(bar: &Bar) -> Note {
    match bar {
        Bar::SeveralUnits => Note::new("people.imports.note.several_units"),
        Bar::NewerKnown { name, since } => Note::new("people.imports.note.newer_known")
            .with("unit", name)
            .with("since", Lang::Vi.date(*since)),
    }
}

/// Two rows found to be one person of the register: the first speaks for them. A later one that
/// says something else, or more, is refused.
fn refuse_second(
    tx: &mut Tx<'_>,
    file: ImportId,
    rows: &[Drafted],
    drafts: &[Draft],
    plans: &mut [Plan],
) -> Result<()> {
    let persons: Vec<PersonId> = plans.iter().filter_map(|plan| plan.person).collect();
    let mut firsts: HashMap<PersonId, (i32, Draft)> = HashMap::new();
    for (person, no) in row::first_of(tx, file, &persons)? {
        let draft = serde_json::from_value(row::get(tx, file, no)?.draft)?;
        firsts.insert(person, (no, draft));
    }
    for ((row, draft), plan) in rows.iter().zip(drafts).zip(plans.iter_mut()) {
        let Some(person) = plan.person.filter(|_| plan.outcome != Outcome::Ask) else { continue };
        let Some((no, first)) = firsts.get(&person).filter(|(no, _)| *no != row.no) else {
            firsts.entry(person).or_insert_with(|| (row.no, draft.clone()));
            continue;
        };
        let (other, _) = first.compare(draft);
        let note = if !other.is_empty() {
            Note::new("people.imports.note.row_contradicts")
                .with_all("fields", other.into_iter().map(Field::key))
        } else if plan.outcome == Outcome::Change {
            Note::new("people.imports.note.second_of")
        } else {
            continue;
        };
        *plan = Plan { person: Some(person), ..Plan::refuse(note.with("row", no)) };
    }
    Ok(())
}
