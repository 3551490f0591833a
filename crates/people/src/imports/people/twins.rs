//! One person twice in one list is one person: the first row takes over what later ones add, a
//! row that says something else is refused, and rows that are only alike are asked about. Pure.
//!
//! As sure, and as unsure, as [`super::known`] is with people of the register: else the same list
//! sent again would find two where it made one.

use std::collections::HashMap;

use thao_base::UnitId;
use thao_base::text::fold;

use super::draft::{Draft, Field, Names, births_agree, names};
use crate::Birth;
use crate::imports::note::Note;

/// A row of the list on its way to be looked up.
#[derive(Debug, Clone)]
pub struct Read {
    pub no: u32,
    pub draft: Draft,
    pub notes: Vec<Note>,
    pub refused: bool,
}

/// How the units of two rows lie to each other; `None` is the list's own unit.
pub trait Places {
    /// Whether they are one place: the same, or one above the other below the province.
    fn one_place(&self, one: Option<UnitId>, other: Option<UnitId>) -> bool;
    /// Whether the second lies within the first.
    fn within(&self, upper: Option<UnitId>, lower: Option<UnitId>) -> bool;
}

/// Rows by what they may be recognised by.
#[derive(Default)]
struct Firsts {
    numbers: HashMap<String, usize>,
    /// By name without accents and year of birth.
    names: HashMap<(String, i16), Vec<usize>>,
}

/// What an earlier row is to a later one.
enum Earlier {
    Same(usize),
    Like(usize),
    Nobody,
}

/// Finds the rows that are one person with an earlier one.
pub fn fold_twins(rows: &mut [Read], places: &impl Places) {
    let mut firsts = Firsts::default();
    for at in 0..rows.len() {
        let (before, rest) = rows.split_at_mut(at);
        let Some(row) = rest.first_mut().filter(|row| !row.refused) else { continue };
        let mut stands_for = at;
        match firsts.find(before, &row.draft, places) {
            Earlier::Same(first) => {
                if let Some(first) = before.get_mut(first) {
                    join(first, row, places);
                }
                if row.refused {
                    continue;
                }
                stands_for = first;
            }
            Earlier::Like(first) => row.draft.like = before.get(first).map(|first| first.no),
            Earlier::Nobody => {}
        }
        firsts.add(&row.draft, stands_for);
    }
}

impl Firsts {
    fn add(&mut self, draft: &Draft, at: usize) {
        for number in numbers(draft) {
            self.numbers.entry(number).or_insert(at);
        }
        let Some(birth) = draft.birth() else { return };
        let alike = self.names.entry((fold(&draft.name), birth.year())).or_default();
        if !alike.contains(&at) {
            alike.push(at);
        }
    }

    fn find(&self, before: &[Read], draft: &Draft, places: &impl Places) -> Earlier {
        let by_number = numbers(draft).find_map(|number| self.numbers.get(&number));
        if let Some(at) = by_number
            && before.get(*at).is_some_and(|first| !other_number(&first.draft, draft))
        {
            return Earlier::Same(*at);
        }
        let Some(birth) = draft.birth() else { return Earlier::Nobody };
        let (mut sure, mut like) = (Vec::new(), None);
        let alike = self.names.get(&(fold(&draft.name), birth.year()));
        for at in alike.into_iter().flatten() {
            let Some(first) = before.get(*at).map(|first| &first.draft) else { continue };
            let Some(known) = first.birth().filter(|known| births_agree(*known, birth)) else {
                continue;
            };
            let by_day = matches!((known, birth), (Birth::Day(_), Birth::Day(_)));
            let unlike =
                other_number(first, draft) || names(&first.name, &draft.name) == Names::Near;
            if !unlike && places.one_place(first.unit, draft.unit) {
                sure.push(*at);
            } else if by_day {
                like = like.or(Some(*at));
            }
        }
        match (sure.as_slice(), like) {
            ([one], _) => Earlier::Same(*one),
            ([first, ..], _) => Earlier::Like(*first),
            ([], Some(at)) => Earlier::Like(at),
            ([], None) => Earlier::Nobody,
        }
    }
}

fn join(first: &mut Read, row: &mut Read, places: &impl Places) {
    let (mut other, mut more) = first.draft.compare(&row.draft);
    // Naming a commune says less than a village within it, not something else.
    if places.within(row.draft.unit, first.draft.unit) {
        other.retain(|field| *field != Field::Unit);
        more.retain(|field| *field != Field::Unit);
    } else if places.within(first.draft.unit, row.draft.unit) && other.contains(&Field::Unit) {
        other.retain(|field| *field != Field::Unit);
        more.push(Field::Unit);
    }
    if !other.is_empty() {
        row.refused = true;
        row.notes.push(
            Note::new("people.imports.note.row_contradicts")
                .with("row", first.no)
                .with_all("fields", other.into_iter().map(Field::key)),
        );
        return;
    }
    if more.is_empty() {
        row.notes.push(Note::new("people.imports.note.same_as_row").with("row", first.no));
    } else {
        first.draft.join(&row.draft, &more);
        let fields = || more.iter().map(|field| field.key());
        first.notes.push(
            Note::new("people.imports.note.took_from_row")
                .with("row", row.no)
                .with_all("fields", fields()),
        );
        row.notes.push(
            Note::new("people.imports.note.gave_to_row")
                .with("row", first.no)
                .with_all("fields", fields()),
        );
    }
    row.draft.twin = Some(first.no);
}

/// Two full numbers that differ are two persons, whatever else is equal.
fn other_number(one: &Draft, other: &Draft) -> bool {
    let differ = |one: &Option<String>, other: &Option<String>| matches!((one, other), (Some(one), Some(other)) if one != other);
    differ(&one.citizen_id, &other.citizen_id)
        || (one.citizen_id.is_none() || other.citizen_id.is_none())
            && differ(&one.old_id, &other.old_id)
}

/// Twelve and nine digits do not meet.
fn numbers(draft: &Draft) -> impl Iterator<Item = String> {
    draft.citizen_id.clone().into_iter().chain(draft.old_id.clone())
}

#[cfg(test)]
mod tests {
    use thao_base::{Entropy, Id};

    use super::*;

    /// A village lies in the list's own unit.
    struct Village(UnitId);

    impl Places for Village {
        fn one_place(&self, one: Option<UnitId>, other: Option<UnitId>) -> bool {
            one == other || [one, other].contains(&None) && [one, other].contains(&Some(self.0))
        }

        fn within(&self, upper: Option<UnitId>, lower: Option<UnitId>) -> bool {
            upper == lower || (upper.is_none() && lower == Some(self.0))
        }
    }

    fn units() -> [UnitId; 2] {
        let entropy = Entropy::seeded(1);
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        [UnitId::new(at, &entropy), UnitId::new(at, &entropy)]
    }

    fn row(no: u32, name: &str, birth: &str, id: &str, phone: &str) -> Read {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Read {
            no,
            draft: Draft {
                name: name.into(),
                birth: some(birth),
                citizen_id: some(id),
                phone: some(phone),
                ..Draft::default()
            },
            notes: Vec::new(),
            refused: false,
        }
    }

    fn at(mut row: Read, unit: UnitId) -> Read {
        row.draft.unit = Some(unit);
        row
    }

    fn check(mut rows: Vec<Read>, expected: &[&str]) -> Vec<Read> {
        let [village, _] = units();
        fold_twins(&mut rows, &Village(village));
        let found: Vec<String> = rows
            .iter()
            .map(|row| match (row.refused, row.draft.twin, row.draft.like) {
                (true, ..) => "refused".to_owned(),
                (_, Some(twin), _) => format!("twin {twin}"),
                (_, _, Some(like)) => format!("like {like}"),
                _ => "own".to_owned(),
            })
            .collect();
        assert_eq!(found, expected);
        rows
    }

    const ID: &str = "099087000001";
    const OTHER: &str = "099087000002";

    #[test]
    fn by_number_by_name_and_not_at_all() {
        check(
            vec![
                row(1, "Lê Văn An", "1987-02-05", ID, ""),
                row(2, "LÊ VĂN AN", "1987-02-05", ID, ""),
                row(3, "Lê Văn An", "1987-02-05", "", ""),
                row(4, "Lê Văn An", "1987-02-05", OTHER, ""),
                row(5, "Lê Văn An", "1987-02-05", "", ""),
                row(6, "Lê Văn Án", "1987-02-05", "", ""),
                row(7, "Trần Thị Bình", "", "", ""),
                row(8, "Trần Thị Bình", "", "", ""),
                row(9, "Trần Thị Bình", "1990", "", ""),
                row(10, "Trần Thị Bính", "1990", "", ""),
            ],
            &["own", "twin 1", "twin 1", "like 1", "like 1", "like 1", "own", "own", "own", "own"],
        );
    }

    #[test]
    fn the_first_row_takes_over_what_a_later_one_adds() {
        let rows = check(
            vec![
                row(5, "Le Van An", "1987", ID, ""),
                row(9, "Lê Văn An", "1987-02-05", ID, "0912345678"),
                row(11, "Lê Văn An", "1987-02-05", ID, "0900000000"),
            ],
            &["own", "twin 5", "refused"],
        );
        let first = &rows[0];
        assert_eq!(first.draft.name, "Lê Văn An");
        assert_eq!(first.draft.phone.as_deref(), Some("0912345678"));
        assert_eq!(first.draft.birth.as_deref(), Some("1987-02-05"));
        assert_eq!(first.notes[0].key, "people.imports.note.took_from_row");
        assert_eq!(rows[2].notes[0].key, "people.imports.note.row_contradicts");
    }

    #[test]
    fn rows_meet_through_a_third() {
        let with_old = |mut row: Read, old: &str| {
            row.draft.old_id = Some(old.to_owned());
            row
        };
        check(
            vec![
                with_old(row(1, "Lê Văn An", "1987-02-05", "", ""), "131234567"),
                with_old(row(2, "Lê Văn An", "1987-02-05", ID, ""), "131234567"),
                row(3, "Lê Văn An", "1987-02-05", ID, "0912345678"),
            ],
            &["own", "twin 1", "twin 1"],
        );
    }

    #[test]
    fn a_village_of_the_commune_is_the_same_place_and_says_more() {
        let [village, elsewhere] = units();
        let rows = check(
            vec![
                row(1, "Lê Văn An", "1987", "", ""),
                at(row(2, "Lê Văn An", "1987", "", ""), village),
                row(3, "Lê Văn An", "1987", "", ""),
                at(row(4, "Lê Văn An", "1987", "", ""), elsewhere),
                at(row(5, "Lê Văn An", "1987-02-05", "", ""), elsewhere),
                at(row(6, "Lê Văn An", "1987-02-05", "", ""), village),
            ],
            &["own", "twin 1", "twin 1", "own", "twin 4", "twin 1"],
        );
        assert_eq!(rows[0].draft.unit, Some(village));
    }
}
