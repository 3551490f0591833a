//! What a row says of a result, and the statement it becomes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thao_base::locale::{instant_at, local_date};
use thao_base::{ActivityId, Id, ImportId, PersonId, RowId, StatementId, UnitId};
use thao_people::imports::people::Draft as Person;
use thao_record::{Fact, Verb, statement};
use uuid::Uuid;

/// What a row says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    pub person: Person,
    /// The course as the row names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<String>,
    /// ISO; empty when the row is refused.
    #[serde(default)]
    pub date: Option<Date>,
    /// The verb's code and how it ended.
    #[serde(default)]
    pub verb: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success: Option<bool>,
    /// The word the file has.
    #[serde(default)]
    pub word: String,
}

/// Exactly what would be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Deed {
    pub person: PersonId,
    pub unit: UnitId,
    pub activity: ActivityId,
    pub date: Date,
    pub verb: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success: Option<bool>,
    pub title_vi: String,
    pub title_en: String,
}

impl Deed {
    pub fn verb(&self) -> Option<Verb> {
        Verb::from_code(&self.verb)
    }

    /// Whether a fact of the record says the same already.
    pub fn is_in(&self, fact: &Fact) -> bool {
        fact.activity == self.activity
            && self.verb().is_some_and(|verb| verb.rung() == fact.rung)
            && self.success.unwrap_or(true) == fact.success
            && local_date(fact.at) == self.date
    }

    /// Whether another row of the file is about the same course and day.
    pub fn meets(&self, other: &Deed) -> bool {
        (self.activity, self.date) == (other.activity, other.date)
    }

    /// The statement of a row. Its id follows from the file and the row, so that it is one
    /// however often it is made.
    pub fn statement(
        &self,
        import: ImportId,
        row: i32,
        word: &str,
        now: jiff::Timestamp,
    ) -> Option<statement::Draft> {
        let noon = instant_at(self.date, jiff::civil::Time::constant(12, 0, 0, 0));
        Some(statement::Draft {
            id: statement_id(import, row),
            verb: self.verb()?,
            person: Some(self.person),
            unit: self.unit,
            activity: Some(self.activity),
            context: Some(RowId::from_uuid(import.uuid())),
            success: self.success,
            score: None,
            // A result of today was seen before now.
            at: noon.min(now),
            voids: None,
            detail: Some(serde_json::json!({ "import": import, "row": row, "word": word })),
            raw: None,
        })
    }
}

/// The id of a row's statement: of version 7 as all ids, at the instant of the file's own.
pub(super) fn statement_id(import: ImportId, row: i32) -> StatementId {
    let mut seed = import.uuid().as_bytes().to_vec();
    seed.extend(row.to_be_bytes());
    let digest = blake3::derive_key("thao 2026-11 statement of an imported result", &seed);
    let mut random = [0; 10];
    for (to, from) in random.iter_mut().zip(digest) {
        *to = from;
    }
    let millis = import.uuid().get_timestamp().map_or(0, |at| {
        let (seconds, nanos) = at.to_unix();
        seconds * 1000 + u64::from(nanos / 1_000_000)
    });
    let made: Uuid = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
    StatementId::from_uuid(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use thao_base::Entropy;

    #[test]
    fn the_id_of_a_row_is_always_the_same_and_of_no_other() {
        let at = "2026-11-20T01:30:00.123Z".parse().unwrap();
        let import = ImportId::new(at, &Entropy::seeded(1));
        let other = ImportId::new(at, &Entropy::seeded(2));
        assert_eq!(statement_id(import, 7), statement_id(import, 7));
        assert_ne!(statement_id(import, 7), statement_id(import, 8));
        assert_ne!(statement_id(import, 7), statement_id(other, 7));
        let id = statement_id(import, 7).uuid();
        assert_eq!(id.get_version_num(), 7);
        assert_eq!(id.as_bytes()[..6], import.uuid().as_bytes()[..6]);
    }
}
