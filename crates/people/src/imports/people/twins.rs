//! One person twice in one list is one person: the first row takes over what later ones add, a
//! row that says something else is refused, and rows that are only alike are asked about. Pure.

use std::collections::HashMap;

use thao_base::UnitId;
use thao_base::text::{fold, same_spelling};

use super::draft::{Draft, Field};
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

/// What tells that two rows are one person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Citizen(String),
    Old(String),
    /// Name, birth and unit.
    Name(String, String, Option<UnitId>),
}

/// Finds the rows that are one person with an earlier one.
pub fn fold_twins(rows: &mut [Read]) {
    let mut firsts: HashMap<Key, usize> = HashMap::new();
    let mut alike: HashMap<(String, String), usize> = HashMap::new();
    for at in 0..rows.len() {
        let (before, rest) = rows.split_at_mut(at);
        let Some(row) = rest.first_mut().filter(|row| !row.refused) else { continue };
        let keys = keys(&row.draft);
        let first = keys.iter().filter_map(|key| firsts.get(key)).min().copied();
        if let Some(at_first) = first
            && let Some(first) = before.get_mut(at_first)
            && !other_number(&first.draft, &row.draft)
        {
            join(first, row);
            if row.draft.twin.is_some() {
                // What this row is known by leads to the first one too.
                for key in keys {
                    firsts.entry(key).or_insert(at_first);
                }
            }
            continue;
        }
        if let Some(key) = alike_key(&row.draft) {
            if let Some(earlier) = alike.get(&key).and_then(|first| before.get(*first)) {
                row.draft.like = Some(earlier.no);
            } else {
                alike.insert(key, at);
            }
        }
        for key in keys {
            firsts.entry(key).or_insert(at);
        }
    }
}

fn join(first: &mut Read, row: &mut Read) {
    let (other, more) = first.draft.compare(&row.draft);
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
    let differ = |one: &Option<String>, other: &Option<String>| {
        matches!((one, other), (Some(one), Some(other)) if one != other)
    };
    differ(&one.citizen_id, &other.citizen_id)
        || (one.citizen_id.is_none() || other.citizen_id.is_none())
            && differ(&one.old_id, &other.old_id)
}

fn keys(draft: &Draft) -> Vec<Key> {
    let mut keys = Vec::with_capacity(3);
    keys.extend(draft.citizen_id.clone().map(Key::Citizen));
    keys.extend(draft.old_id.clone().map(Key::Old));
    if let Some(birth) = &draft.birth {
        keys.push(Key::Name(same_spelling(&draft.name), birth.clone(), draft.unit));
    }
    keys
}

/// Name and birthday, without accents: enough to ask, not to decide.
fn alike_key(draft: &Draft) -> Option<(String, String)> {
    match draft.birth()? {
        Birth::Day(_) => Some((fold(&draft.name), draft.birth.clone()?)),
        Birth::Year(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    fn check(mut rows: Vec<Read>, expected: &[&str]) -> Vec<Read> {
        fold_twins(&mut rows);
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

    #[test]
    fn by_number_by_name_and_not_at_all() {
        let id = "099087000001";
        let other = "099087000002";
        check(
            vec![
                row(1, "Lê Văn An", "1987-02-05", id, ""),
                row(2, "LÊ VĂN AN", "1987-02-05", id, ""),
                row(3, "Lê Văn An", "1987-02-05", "", ""),
                row(4, "Lê Văn An", "1987-02-05", other, ""),
                row(5, "Lê Văn An", "1987", "", ""),
                row(6, "Lê Văn Án", "1987-02-05", "", ""),
                row(7, "Trần Thị Bình", "", "", ""),
                row(8, "Trần Thị Bình", "", "", ""),
            ],
            &["own", "twin 1", "twin 1", "like 1", "own", "like 1", "own", "own"],
        );
    }

    #[test]
    fn the_first_row_takes_over_what_a_later_one_adds() {
        let id = "099087000001";
        let rows = check(
            vec![
                row(5, "Le Van An", "1987", id, ""),
                row(9, "Lê Văn An", "1987-02-05", id, "0912345678"),
                row(11, "Lê Văn An", "1987-02-05", id, "0900000000"),
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
        let id = "099087000001";
        check(
            vec![
                with_old(row(1, "Lê Văn An", "1987-02-05", "", ""), "131234567"),
                with_old(row(2, "Lê Văn An", "1987-02-05", id, ""), "131234567"),
                row(3, "Lê Văn An", "1987-02-05", id, "0912345678"),
            ],
            &["own", "twin 1", "twin 1"],
        );
    }
}
