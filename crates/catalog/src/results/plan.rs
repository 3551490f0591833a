//! What each row of results would write, looked up in the register and the record.

use std::collections::HashMap;

use jiff::civil::Date;
use serde_json::{Value, json};
use thao_base::text::fold;
use thao_base::{Error, PersonId, Result, Tx, UnitId, ids};
use thao_people::imports::people::known::{Known, Match, Someone, Wanted};
use thao_people::imports::{Decision, Drafted, Ground, Note, Outcome, Plan, Units, rows};
use thao_record::{Fact, statement};

use super::Options;
use super::deed::{Deed, Draft};
use super::read::unit;
use crate::course::{self, Course};

pub(super) fn plan(tx: &mut Tx<'_>, ground: Ground<'_>, rows: &[Drafted]) -> Result<Vec<Plan>> {
    let options = Options::of(ground.file);
    let courses = course::list(tx)?;
    let units = Units::load(tx)?;
    let drafts = rows
        .iter()
        .map(|row| Ok(serde_json::from_value(row.draft.clone())?))
        .collect::<Result<Vec<Draft>>>()?;
    let wanted: Vec<Wanted<'_>> = drafts
        .iter()
        .map(|draft| Wanted {
            name: &draft.person.name,
            birth: draft.person.birth(),
            citizen_id: draft.person.citizen_id.as_deref(),
            old_id: draft.person.old_id.as_deref(),
            unit: Some(unit(draft, ground.file.unit)),
        })
        .collect();
    let known = Known::load(tx, &wanted, |_, _| Ok(Vec::new()))?;
    let persons: Vec<PersonId> = known.persons().collect();
    let mut facts: HashMap<PersonId, Vec<Fact>> = HashMap::new();
    for (person, fact) in statement::facts(tx, &persons)? {
        facts.entry(person).or_default().push(fact);
    }
    let planner = Planner { ground, options: &options, courses: &courses, units: &units, facts };
    let mut plans: Vec<Plan> = drafts
        .iter()
        .zip(&wanted)
        .zip(rows)
        .map(|((draft, wanted), row)| planner.plan(draft, wanted, row, &known))
        .collect::<Result<_>>()?;
    if !ground.applying {
        meet_others(tx, ground, rows, &mut plans)?;
    }
    Ok(plans)
}

struct Planner<'a> {
    ground: Ground<'a>,
    options: &'a Options,
    courses: &'a [Course],
    units: &'a Units,
    facts: HashMap<PersonId, Vec<Fact>>,
}

impl Planner<'_> {
    fn plan(
        &self,
        draft: &Draft,
        wanted: &Wanted<'_>,
        row: &Drafted,
        known: &Known,
    ) -> Result<Plan> {
        let course = match self.course(draft) {
            Ok(course) => course,
            Err(note) => return Ok(Plan::refuse(note)),
        };
        let Some(date) = draft.date else {
            return Ok(Plan::refuse(Note::new("catalog.results.note.date_missing")));
        };
        match known.find_among(wanted, self.units, &|someone| self.is_ours(someone)) {
            Match::One(someone, row) => self.write(draft, course, date, someone, row),
            Match::Like(all, why) => match (all.first(), row.decision) {
                (Some(first), Some(Decision::Same)) => {
                    self.write(draft, course, date, first, first.id)
                }
                (Some(first), _) => Ok(Plan {
                    outcome: Outcome::Ask,
                    notes: vec![
                        Note::new(why.ask_key())
                            .with("who", first.describe(self.units, self.ground.today)),
                    ],
                    person: Some(first.id),
                    deed: json!({ "like": first.id, "ours": true }),
                }),
                (None, _) => Ok(Plan::refuse(Note::new("catalog.results.note.person_unknown"))),
            },
            Match::Nobody => Ok(Plan::refuse(Note::new(match known.find(wanted, self.units) {
                Match::Nobody => "catalog.results.note.person_unknown",
                Match::One(..) | Match::Like(..) => "catalog.results.note.person_outside",
            }))),
        }
    }

    fn is_ours(&self, someone: &Someone) -> bool {
        someone.is_within(self.ground.reach, self.units, self.ground.today)
    }

    /// The course of the file, else the one the row names.
    fn course(&self, draft: &Draft) -> Result<&Course, Note> {
        if let Some(id) = self.options.course {
            let found = self.courses.iter().find(|course| course.id == id);
            return found.ok_or_else(|| Note::new("catalog.results.note.course_gone"));
        }
        let Some(named) = &draft.course else {
            return Err(Note::new("catalog.results.note.course_missing"));
        };
        let name = fold(named);
        let is = |course: &&Course| {
            [&course.title_vi, &course.title_en, &course.slug].into_iter().any(|t| fold(t) == name)
        };
        self.courses
            .iter()
            .find(is)
            .ok_or_else(|| Note::new("catalog.results.note.course_unknown").with("found", named))
    }

    fn write(
        &self,
        draft: &Draft,
        course: &Course,
        date: Date,
        someone: &Someone,
        row: PersonId,
    ) -> Result<Plan> {
        let deed = Deed {
            person: row,
            unit: self.unit_on(someone, date).unwrap_or(self.ground.file.unit),
            activity: ids::cast(course.id),
            date,
            verb: draft.verb.clone(),
            success: draft.success,
            title_vi: course.title_vi.clone(),
            title_en: course.title_en.clone(),
        };
        let mut facts = someone.rows.iter().flat_map(|row| self.facts.get(&row.id)).flatten();
        let outcome = match facts.any(|fact| deed.is_in(fact)) {
            true => Outcome::Same,
            false => Outcome::Create,
        };
        let deed = serde_json::to_value(deed)?;
        Ok(Plan { outcome, notes: Vec::new(), person: Some(someone.id), deed })
    }

    /// Where they belonged that day, first as staff; before that is known, where they first did.
    fn unit_on(&self, someone: &Someone, date: Date) -> Option<UnitId> {
        let stands = || someone.affiliations.iter().filter(|a| self.units.get(a.unit).is_some());
        let held = stands()
            .filter(|a| a.valid_from <= date && a.valid_to.is_none_or(|to| date < to))
            .max_by_key(|a| (a.kind == "staff", a.valid_from));
        let first = || stands().min_by_key(|a| (a.valid_from, a.kind != "staff"));
        held.or_else(first).map(|a| a.unit)
    }
}

/// Rows of one person, course and day: the first is written; the same again is the same, another
/// result is refused.
fn meet_others(
    tx: &mut Tx<'_>,
    ground: Ground<'_>,
    rows: &[Drafted],
    plans: &mut [Plan],
) -> Result<()> {
    let persons: Vec<PersonId> = plans.iter().filter_map(|plan| plan.person).collect();
    let mut seen: HashMap<PersonId, Vec<(i32, Deed)>> = HashMap::new();
    for (person, no, deed) in rows::deeds_of(tx, ground.file.id, &persons)? {
        if let Some(deed) = deed_of(&deed) {
            seen.entry(person).or_default().push((no, deed));
        }
    }
    for (row, plan) in rows.iter().zip(plans.iter_mut()) {
        let (Some(person), Some(deed)) = (plan.person, deed_of(&plan.deed)) else { continue };
        let before = seen.entry(person).or_default();
        let met = before.iter().find(|(no, other)| *no != row.no && deed.meets(other));
        let Some((no, other)) = met else {
            before.push((row.no, deed));
            continue;
        };
        if (&other.verb, other.success) == (&deed.verb, deed.success) {
            plan.outcome = Outcome::Same;
            plan.notes.push(Note::new("catalog.results.note.same_as_row").with("row", no));
        } else {
            let note = Note::new("catalog.results.note.row_contradicts").with("row", no);
            *plan = Plan { person: Some(person), ..Plan::refuse(note) };
        }
    }
    Ok(())
}

fn deed_of(deed: &Value) -> Option<Deed> {
    serde_json::from_value(deed.clone()).ok()
}

/// The deed of a row that writes.
pub(super) fn deed(value: &Value) -> Result<Deed> {
    deed_of(value).ok_or_else(|| Error::internal("a row of results has no deed"))
}
