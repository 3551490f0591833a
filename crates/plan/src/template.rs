//! Templates: what five provinces set out to reach, row by row, with what the program makes of
//! each. They are content (content/plans), read once, changed by nobody at run time; an office
//! that takes one over gets a plan of its own.

mod take;

use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;
use thao_base::Lang;

pub use take::{Taken, group, set, take};

/// Words in both languages.
#[derive(Debug, Clone, Deserialize)]
pub struct Words {
    pub vi: String,
    pub en: String,
}

impl Words {
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
pub struct Template {
    pub plan: Head,
    pub source: Source,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Head {
    /// The code of the province.
    pub province: String,
    pub title: Words,
    pub period: Words,
    pub legal_basis: Words,
    pub note: Option<Words>,
}

/// Where the rows were read.
#[derive(Debug, Clone, Deserialize)]
pub struct Source {
    pub publisher: String,
    pub url: String,
    pub published: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// What is to be reached.
    Target,
    /// What was said to be so.
    Actual,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Row {
    /// TN-01 … TQ-10.
    pub id: String,
    pub kind: RowKind,
    pub title: Words,
    pub audience: Words,
    /// A decimal number, as the source has it; absent when it gives none.
    pub value: Option<String>,
    pub qualifier: Option<String>,
    /// A key of content/lists/measure_units.toml.
    pub unit: String,
    pub period: Words,
    from: Option<String>,
    until: Option<String>,
    pub note: Option<Words>,
    /// What the program makes of a target.
    pub here: Option<Here>,
    /// The target whose baseline this figure is.
    pub baseline_of: Option<String>,
}

/// What the program makes of a row: which kind of measure, and what it is made of.
#[derive(Debug, Clone, Deserialize)]
pub struct Here {
    /// A code of a kind of measure.
    pub kind: String,
    /// A code of content/plans/audiences.toml.
    pub audience: Option<String>,
    /// Slugs of courses.
    #[serde(default)]
    pub courses: Vec<String>,
    pub rung: Option<String>,
    pub need: Option<String>,
    pub denominator: Option<String>,
    pub valid_months: Option<i32>,
    pub unit_kind: Option<String>,
    pub thing_kind: Option<String>,
    pub at_least: Option<i32>,
    pub criterion: Option<Words>,
    /// Rows whose numerators a share is taken of.
    #[serde(default)]
    pub bases: Vec<String>,
    /// What somebody has to choose before it can be counted.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Why the program cannot know it: a figure is typed with its source.
    pub why: Option<Words>,
    pub note: Option<Words>,
}

impl Row {
    pub fn from(&self) -> Option<Date> {
        self.from.as_deref()?.parse().ok()
    }

    pub fn until(&self) -> Option<Date> {
        self.until.as_deref()?.parse().ok()
    }

    /// Its value in thousandths of its unit: a per cent is a hundredth of the whole.
    pub fn thousandths(&self) -> Option<i64> {
        let (whole, fraction) = match self.value.as_deref()?.split_once('.') {
            Some((whole, fraction)) => (whole, fraction),
            None => (self.value.as_deref()?, ""),
        };
        let digits = format!("{whole}{fraction:0<3}");
        let thousandths: i64 = digits.get(..whole.len() + 3)?.parse().ok()?;
        Some(if self.unit == "percent" { thousandths / 100 } else { thousandths })
    }

    /// Whether it is a target that is counted here as soon as the plan is taken over.
    pub fn is_ready(&self) -> bool {
        self.here.as_ref().is_some_and(|here| here.missing.is_empty())
    }
}

impl Template {
    pub fn targets(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.kind == RowKind::Target)
    }

    /// The figure said to be the baseline of a row, when there is one.
    pub fn baseline(&self, row: &Row) -> Option<&Row> {
        self.rows.iter().find(|other| other.baseline_of.as_deref() == Some(row.id.as_str()))
    }
}

/// A group of people that rows speak of.
#[derive(Debug, Clone, Deserialize)]
pub struct Group {
    pub code: String,
    pub name: Words,
    pub kind: String,
    #[serde(default)]
    pub categories: Vec<String>,
    pub age_from: Option<i32>,
    pub age_below: Option<i32>,
}

#[derive(Deserialize)]
struct Groups {
    audiences: Vec<Group>,
}

const TEXTS: [&str; 5] = [
    include_str!("../../../content/plans/19.toml"),
    include_str!("../../../content/plans/22.toml"),
    include_str!("../../../content/plans/24.toml"),
    include_str!("../../../content/plans/25.toml"),
    include_str!("../../../content/plans/08.toml"),
];

/// The templates there are, in the order of their rows: TN, QN, BN, PT, TQ.
pub fn all() -> &'static [Template] {
    static ALL: OnceLock<Vec<Template>> = OnceLock::new();
    ALL.get_or_init(|| TEXTS.iter().filter_map(|text| read("plans", text)).collect())
}

/// The template of a province.
pub fn find(code: &str) -> Option<&'static Template> {
    all().iter().find(|template| template.plan.province == code)
}

/// The groups of people that rows speak of.
pub fn groups() -> &'static [Group] {
    static ALL: OnceLock<Vec<Group>> = OnceLock::new();
    ALL.get_or_init(|| {
        let text = include_str!("../../../content/plans/audiences.toml");
        read::<Groups>("audiences", text).map(|groups| groups.audiences).unwrap_or_default()
    })
}

/// A test reads them all: what cannot be read is told and left out.
fn read<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Option<T> {
    match toml::from_str(text) {
        Ok(found) => Some(found),
        Err(error) => {
            tracing::error!(%error, name, "a file of content/plans cannot be read");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_templates_hold_seventy_seven_rows_and_every_target_says_what_is_made_of_it() {
        let rows: Vec<&Row> = all().iter().flat_map(|template| &template.rows).collect();
        assert_eq!((all().len(), rows.len()), (5, 77));
        let first_last = (rows.first(), rows.last());
        let ids = (first_last.0.map(|r| r.id.as_str()), first_last.1.map(|r| r.id.as_str()));
        assert_eq!(ids, (Some("TN-01"), Some("TQ-10")));
        assert_eq!(rows.iter().filter(|row| row.kind == RowKind::Target).count(), 38);
        for row in rows {
            assert_eq!(row.here.is_some(), row.kind == RowKind::Target, "{}", row.id);
            let Some(here) = &row.here else { continue };
            assert_eq!(here.kind == "figure", here.why.is_some(), "{}: why?", row.id);
            if let Some(code) = &here.audience {
                assert!(groups().iter().any(|group| group.code == *code), "{}: {code}", row.id);
            }
        }
    }

    #[test]
    fn values_are_thousandths_of_their_unit() {
        let value = |id: &str| {
            let rows = all().iter().flat_map(|template| &template.rows);
            rows.filter(|row| row.id == id).find_map(Row::thousandths)
        };
        assert_eq!(value("TN-13"), Some(800), "per cent of a whole");
        assert_eq!(value("TN-04"), Some(300_000), "people");
        assert_eq!(value("BN-13"), Some(7_050), "points");
        assert_eq!(value("QN-18"), Some(1_500));
        assert_eq!(value("PT-06"), None);
    }
}
