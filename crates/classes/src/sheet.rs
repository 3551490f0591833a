//! The attendance sheet of one meeting: what ticks and un-ticks make of it. Pure.
//!
//! A person is present while a statement that says so is not voided. Every tick has an id of its
//! own, made where it was ticked: the same id again changes nothing, however late it comes.

use std::collections::{BTreeMap, HashMap, HashSet};

use thao_base::{PersonId, StatementId};

/// A tick (`present`) or an un-tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub id: StatementId,
    pub person: PersonId,
    pub present: bool,
}

/// What a mark asks of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Append the statement `id`: this person attended.
    Attend { id: StatementId, person: PersonId },
    /// Append the statement `id`, which takes these back; more than one when rows of one person
    /// were ticked before they were known to be one.
    Void { id: StatementId, person: PersonId, taken_back: Vec<StatementId> },
    /// It is as the mark wants it; only the id has to be remembered.
    Same { id: StatementId },
    /// The mark was seen before.
    Again,
}

/// Nobody on the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stranger;

/// Who is on the roster, who is present, which marks were seen.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Each row of a person that may be named, with the id that stands for the person.
    persons: HashMap<PersonId, PersonId>,
    present: BTreeMap<PersonId, Vec<StatementId>>,
    seen: HashSet<StatementId>,
}

impl Sheet {
    /// A row of a person on the roster.
    pub fn expect(&mut self, person: PersonId, canonical: PersonId) {
        self.persons.insert(person, canonical);
    }

    /// A statement that stands: the person attended.
    pub fn attended(&mut self, id: StatementId, canonical: PersonId) {
        let ids = self.present.entry(canonical).or_default();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }

    /// An id that was used before.
    pub fn see(&mut self, id: StatementId) {
        self.seen.insert(id);
    }

    pub fn has_seen(&self, id: StatementId) -> bool {
        self.seen.contains(&id)
    }

    pub fn is_expected(&self, person: PersonId) -> bool {
        self.persons.contains_key(&person)
    }

    /// Whether the person with this canonical id is present.
    pub fn is_present(&self, canonical: PersonId) -> bool {
        self.present.contains_key(&canonical)
    }

    /// How many people are present.
    pub fn count(&self) -> usize {
        self.present.len()
    }

    /// How many statements stand.
    pub fn standing(&self) -> usize {
        self.present.values().map(Vec::len).sum()
    }

    /// Takes a mark in, and says what it asks of the record.
    ///
    /// # Errors
    /// [`Stranger`] when the person is not on the roster.
    pub fn take(&mut self, mark: Mark) -> Result<Step, Stranger> {
        if self.seen.contains(&mark.id) {
            return Ok(Step::Again);
        }
        let canonical = *self.persons.get(&mark.person).ok_or(Stranger)?;
        self.seen.insert(mark.id);
        match (mark.present, self.present.contains_key(&canonical)) {
            (true, false) => {
                self.present.insert(canonical, vec![mark.id]);
                Ok(Step::Attend { id: mark.id, person: mark.person })
            }
            (false, true) => {
                let taken_back = self.present.remove(&canonical).unwrap_or_default();
                Ok(Step::Void { id: mark.id, person: mark.person, taken_back })
            }
            _ => Ok(Step::Same { id: mark.id }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use thao_base::Id;

    use super::*;

    fn id<T: Id>(no: u8) -> T {
        T::from_uuid(uuid::Uuid::from_bytes([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, no]))
    }

    fn sheet() -> Sheet {
        let mut sheet = Sheet::default();
        // The rows 1 and 2 are one person.
        for (person, canonical) in [(1, 1), (2, 1), (3, 3)] {
            sheet.expect(id(person), id(canonical));
        }
        sheet
    }

    #[test]
    fn a_tick_stands_until_it_is_taken_back_and_a_retry_changes_nothing() {
        let mut sheet = sheet();
        let mark = |no, person, present| Mark { id: id(no), person: id(person), present };
        let attend = Step::Attend { id: id(10), person: id(1) };
        assert_eq!(sheet.take(mark(10, 1, true)), Ok(attend));
        assert_eq!(sheet.take(mark(10, 1, true)), Ok(Step::Again));
        // The other row of the same person.
        assert_eq!(sheet.take(mark(11, 2, true)), Ok(Step::Same { id: id(11) }));
        assert_eq!((sheet.count(), sheet.standing()), (1, 1));
        let void = Step::Void { id: id(12), person: id(2), taken_back: vec![id(10)] };
        assert_eq!(sheet.take(mark(12, 2, false)), Ok(void));
        assert_eq!(sheet.take(mark(10, 1, true)), Ok(Step::Again));
        assert_eq!(sheet.take(mark(11, 2, true)), Ok(Step::Again));
        assert_eq!(sheet.count(), 0);
        let again = Step::Attend { id: id(13), person: id(1) };
        assert_eq!(sheet.take(mark(13, 1, true)), Ok(again));
        assert_eq!(sheet.take(mark(14, 9, true)), Err(Stranger));
    }

    #[test]
    fn rows_ticked_before_they_were_known_to_be_one_are_taken_back_together() {
        let mut sheet = sheet();
        sheet.attended(id(20), id(1));
        sheet.attended(id(21), id(1));
        assert_eq!((sheet.count(), sheet.standing()), (1, 2));
        let mark = Mark { id: id(22), person: id(1), present: false };
        let void = Step::Void { id: id(22), person: id(1), taken_back: vec![id(20), id(21)] };
        assert_eq!(sheet.take(mark), Ok(void));
        assert_eq!(sheet.standing(), 0);
    }

    proptest! {
        /// `None` sends an earlier mark once more.
        #[test]
        fn any_marks_and_retries_end_in_the_state_of_the_last_mark(
            sent in prop::collection::vec((prop::option::of((1..=3u8, any::<bool>())), any::<prop::sample::Index>()), 1..60)
        ) {
            let mut sheet = sheet();
            let mut marks: Vec<Mark> = Vec::new();
            let mut last: HashMap<PersonId, bool> = HashMap::new();
            for (no, (new, earlier)) in (100..).zip(sent) {
                match new {
                    Some((person, present)) => {
                        let mark = Mark { id: id(no), person: id(person), present };
                        let canonical = id(if person == 2 { 1 } else { person });
                        last.insert(canonical, present);
                        marks.push(mark);
                        prop_assert_ne!(sheet.take(mark), Ok(Step::Again));
                    }
                    None if marks.is_empty() => {}
                    None => {
                        let mark = *earlier.get(&marks);
                        prop_assert_eq!(sheet.take(mark), Ok(Step::Again));
                    }
                }
            }
            for (canonical, present) in &last {
                prop_assert_eq!(sheet.is_present(*canonical), *present);
            }
            prop_assert_eq!(sheet.standing(), last.values().filter(|present| **present).count());
            prop_assert_eq!(sheet.standing(), sheet.count());
        }
    }
}
