//! Forms to start from, out of `content/lists`: the five ratios a province reports.

use serde::Deserialize;
use thao_base::{Error, Result};

use crate::calendar::Names;

const FIVE_RATIOS: &str = include_str!("../../../content/lists/report_five_ratios.toml");

/// A form to start from.
#[derive(Deserialize)]
pub struct Starter {
    title: Names,
    /// Where the lines come from: shown as the legal basis.
    pub source: String,
    pub calendar: String,
    pub kind: String,
    #[serde(rename = "entries")]
    pub lines: Vec<StarterLine>,
}

/// A line of one.
#[derive(Deserialize)]
pub struct StarterLine {
    pub code: String,
    name: Names,
    unit: Names,
    pub entry: String,
    #[serde(default)]
    pub sourced: bool,
    /// The kind of affiliation whose target may compute it.
    pub audience: Option<String>,
    note: Option<Names>,
}

impl Starter {
    /// In Vietnamese and English.
    pub fn titles(&self) -> [&str; 2] {
        [&self.title.vi, &self.title.en]
    }
}

impl StarterLine {
    pub fn titles(&self) -> [&str; 2] {
        [&self.name.vi, &self.name.en]
    }

    pub fn units(&self) -> [&str; 2] {
        [&self.unit.vi, &self.unit.en]
    }

    /// The note, in the language of the offices it is for.
    pub fn note(&self) -> Option<&str> {
        self.note.as_ref().map(|note| note.vi.as_str())
    }
}

/// The five ratios of digital literacy for all.
pub fn five_ratios() -> Result<Starter> {
    toml::from_str(FIVE_RATIOS).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Entry;
    use crate::period::Length;

    #[test]
    fn the_five_ratios_read_and_what_vneid_knows_is_typed_with_its_source() {
        let form = five_ratios().unwrap();
        assert_eq!(form.lines.len(), 5);
        assert!(Length::from_code(&form.kind).is_some());
        assert!(form.lines.iter().all(|line| Entry::from_code(&line.entry).is_some()));
        let vneid = form.lines.iter().find(|line| line.titles()[0].contains("VNeID")).unwrap();
        assert!(vneid.sourced && vneid.audience.is_none() && vneid.note().is_some());
    }
}
