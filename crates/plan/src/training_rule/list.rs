//! The rules of content/lists/training_rules.toml, and taking them into the register.

use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;
use thao_base::{Error, Result, Stamp, Tx};

use super::{AmountUnit, NewRule, add, list};
use crate::template::Words;

/// A rule as the list has it.
#[derive(Debug, Clone, Deserialize)]
pub struct Entry {
    pub key: String,
    pub name: Words,
    pub categories: Vec<String>,
    pub amount: i32,
    unit: String,
    pub minutes: i32,
    valid_from: String,
    valid_to: Option<String>,
    pub established: bool,
    pub source: String,
    pub note: Option<Words>,
}

#[derive(Deserialize)]
struct List {
    entries: Vec<Entry>,
}

/// The rules the program comes with.
pub fn entries() -> &'static [Entry] {
    static ALL: OnceLock<Vec<Entry>> = OnceLock::new();
    ALL.get_or_init(|| {
        let text = include_str!("../../../../content/lists/training_rules.toml");
        match toml::from_str::<List>(text) {
            Ok(list) => list.entries,
            Err(error) => {
                tracing::error!(%error, "content/lists/training_rules.toml cannot be read");
                Vec::new()
            }
        }
    })
}

impl Entry {
    fn rule(&self) -> Option<NewRule> {
        let date = |text: &str| text.parse::<Date>().ok();
        Some(NewRule {
            code: self.key.clone(),
            title_vi: self.name.vi.clone(),
            title_en: self.name.en.clone(),
            categories: self.categories.clone(),
            amount: self.amount,
            unit: AmountUnit::from_code(&self.unit)?,
            minutes: self.minutes,
            valid_from: date(&self.valid_from)?,
            valid_to: match self.valid_to.as_deref() {
                Some(text) => Some(date(text)?),
                None => None,
            },
            source: self.source.clone(),
            established: self.established,
            note_vi: self.note.as_ref().map(|note| note.vi.clone()),
            note_en: self.note.as_ref().map(|note| note.en.clone()),
        })
    }
}

/// Takes in the rules of the list that are not there yet; how many.
pub fn take_list(tx: &mut Tx<'_>, stamp: &Stamp) -> Result<usize> {
    let known: Vec<String> = list(tx)?.into_iter().map(|rule| rule.code).collect();
    let mut added = 0;
    for entry in entries().iter().filter(|entry| !known.contains(&entry.key)) {
        let strange = || Error::internal(format!("training_rules.toml: {}", entry.key));
        add(tx, stamp, &entry.rule().ok_or_else(strange)?)?;
        added += 1;
    }
    Ok(added)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_the_list_is_a_rule() {
        assert!(entries().len() >= 4);
        for entry in entries() {
            let rule = entry.rule().unwrap();
            assert!(0 < rule.amount && 0 < rule.minutes, "{}", entry.key);
            assert!(rule.valid_to.is_none_or(|to| rule.valid_from < to), "{}", entry.key);
            // What is not established says what is missing.
            assert!(rule.established || rule.note_vi.is_some(), "{}", entry.key);
        }
    }
}
