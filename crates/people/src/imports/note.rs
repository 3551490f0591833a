//! What is said about a row: a key into the words and what goes into its places, kept so that
//! everybody reads it in their language.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::{Deserialize, Serialize};
use thao_base::Lang;

/// A sentence about a row: why it is refused, what was mended, what to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub key: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, Place>,
    /// It comes of what is known besides the row, and may be another the next time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub looked_up: bool,
}

/// What goes into a place of the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Place {
    /// As it stands: a name, a number, what the file has.
    Text(String),
    /// Words of their own: the name of a field.
    Words { key: String },
    /// Several, with commas between.
    List(Vec<Place>),
}

impl Note {
    pub fn new(key: impl Into<String>) -> Note {
        Note { key: key.into(), args: BTreeMap::new(), looked_up: false }
    }

    /// Fills the place `{name}` with a text.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Display) -> Note {
        self.args.insert(name.to_owned(), Place::Text(value.to_string()));
        self
    }

    /// Fills the place `{name}` with words.
    #[must_use]
    pub fn with_words(mut self, name: &str, key: impl Into<String>) -> Note {
        self.args.insert(name.to_owned(), Place::Words { key: key.into() });
        self
    }

    /// Fills the place `{name}` with several words.
    #[must_use]
    pub fn with_all<K: Into<String>>(
        mut self,
        name: &str,
        keys: impl IntoIterator<Item = K>,
    ) -> Note {
        let all = keys.into_iter().map(|key| Place::Words { key: key.into() }).collect();
        self.args.insert(name.to_owned(), Place::List(all));
        self
    }

    pub fn words(&self, lang: Lang) -> String {
        let filled: Vec<(&str, String)> =
            self.args.iter().map(|(name, place)| (name.as_str(), place.words(lang))).collect();
        let args: Vec<(&str, &dyn Display)> =
            filled.iter().map(|(name, words)| (*name, words as &dyn Display)).collect();
        lang.f(&self.key, &args)
    }
}

impl Place {
    fn words(&self, lang: Lang) -> String {
        match self {
            Place::Text(text) => text.clone(),
            Place::Words { key } => lang.t(key).to_owned(),
            Place::List(all) => {
                let words: Vec<String> = all.iter().map(|place| place.words(lang)).collect();
                words.join(", ")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_kept_and_read_in_both_languages() {
        let note = Note::new("people.imports.note.same_as_row")
            .with("row", 12)
            .with_words("field", "people.imports.field.phone")
            .with_all("fields", ["people.imports.field.phone", "people.imports.field.email"]);
        let kept = serde_json::to_value(&note).unwrap();
        assert_eq!(serde_json::from_value::<Note>(kept).unwrap(), note);
        for lang in Lang::ALL {
            assert!(note.words(lang).contains("12"), "{}", note.words(lang));
        }
        assert_eq!(
            Place::List(vec![
                Place::Words { key: "people.imports.field.phone".into() },
                Place::Text("x".into())
            ])
            .words(Lang::Vi),
            "Số điện thoại, x"
        );
    }
}
