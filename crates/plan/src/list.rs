//! The lists of content/lists that measures are made of: units of measure, kinds of things.

use std::sync::OnceLock;

use serde::Deserialize;
use thao_base::Lang;

/// Words in both languages.
#[derive(Debug, Clone, Deserialize)]
pub struct Both {
    vi: String,
    en: String,
}

impl Both {
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// What figures are counted in.
#[derive(Debug, Clone, Deserialize)]
pub struct MeasureUnit {
    pub key: String,
    pub name: Both,
    /// One of them, in languages that say it differently.
    one: Option<Both>,
    /// How a number of it is said, when not `12 lớp`: `hạng {n}`.
    words: Option<Both>,
    /// Whether less of it is better, as of ranks.
    #[serde(default)]
    pub less_is_better: bool,
    /// Whether it comes in whole numbers only.
    #[serde(default)]
    pub whole: bool,
}

impl MeasureUnit {
    /// "12 lớp", "hạng 4", "62,5%".
    pub fn words(&self, lang: Lang, n: &str) -> String {
        if let Some(words) = &self.words {
            return words.of(lang).replace("{n}", n);
        }
        let name = match &self.one {
            Some(one) if n == "1" => one,
            _ => &self.name,
        };
        format!("{n} {}", name.of(lang))
    }
}

/// What things can be registered as.
#[derive(Debug, Clone, Deserialize)]
pub struct ThingKind {
    pub key: String,
    pub name: Both,
    /// What they are counted in.
    pub unit: String,
}

#[derive(Deserialize)]
struct List<T> {
    entries: Vec<T>,
}

fn read<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Vec<T> {
    match toml::from_str::<List<T>>(text) {
        Ok(list) => list.entries,
        Err(error) => {
            tracing::error!(%error, name, "a list of content/lists cannot be read");
            Vec::new()
        }
    }
}

/// All units of measure.
pub fn measure_units() -> &'static [MeasureUnit] {
    static LIST: OnceLock<Vec<MeasureUnit>> = OnceLock::new();
    let text = include_str!("../../../content/lists/measure_units.toml");
    LIST.get_or_init(|| read("measure_units", text))
}

/// The unit of measure of a code.
pub fn measure_unit(code: &str) -> Option<&'static MeasureUnit> {
    measure_units().iter().find(|unit| unit.key == code)
}

/// All kinds of things.
pub fn thing_kinds() -> &'static [ThingKind] {
    static LIST: OnceLock<Vec<ThingKind>> = OnceLock::new();
    let text = include_str!("../../../content/lists/thing_kinds.toml");
    LIST.get_or_init(|| read("thing_kinds", text))
}

/// The kind of things of a code.
pub fn thing_kind(code: &str) -> Option<&'static ThingKind> {
    thing_kinds().iter().find(|kind| kind.key == code)
}

#[cfg(test)]
mod tests {
    use thao_people::UnitKind;

    use super::*;

    #[test]
    fn the_lists_are_whole_and_say_how_a_number_is_said() {
        assert!(measure_units().len() >= 20);
        for kind in thing_kinds() {
            assert!(measure_unit(&kind.unit).is_some(), "{} is counted in {}", kind.key, kind.unit);
            assert_eq!(UnitKind::from_code(&kind.key), None, "{} is a kind of unit", kind.key);
        }
        for kind in UnitKind::ALL {
            assert!(measure_unit(kind.code()).is_some(), "{kind:?} has no unit of measure");
        }
        let words = |code: &str, lang, n| measure_unit(code).map(|unit| unit.words(lang, n));
        assert_eq!(words("course", Lang::Vi, "12").as_deref(), Some("12 lớp"));
        assert_eq!(words("rank", Lang::Vi, "4").as_deref(), Some("hạng 4"));
        assert_eq!(words("percent", Lang::Vi, "62,5").as_deref(), Some("62,5%"));
        assert_eq!(words("person", Lang::En, "1").as_deref(), Some("1 person"));
    }
}
