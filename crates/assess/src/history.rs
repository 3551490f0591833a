//! What a learner did in lessons and courses, read from the record.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thao_base::{ActivityId, ItemId, PersonId, Result, StatementId, Tx, args, row, sql};
use thao_record::Verb;

use crate::grading::Response;

const SQL: &str = include_str!("history.sql");

/// What stands in the detail of an answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Detail {
    pub item: ItemId,
    pub version: i32,
    /// Not known of answers that came from elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
}

/// An answer to a question.
#[derive(Debug, Clone)]
pub struct Answer {
    pub id: StatementId,
    pub lesson: ActivityId,
    pub detail: Detail,
    pub success: bool,
    pub at: Timestamp,
}

/// An outcome of a lesson or course.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub verb: Verb,
    pub activity: ActivityId,
    pub success: bool,
    pub score: Option<i32>,
    pub at: Timestamp,
}

/// Answers and outcomes, oldest first.
#[derive(Debug, Clone, Default)]
pub struct History {
    pub answers: Vec<Answer>,
    pub outcomes: Vec<Outcome>,
}

row! {
    struct Line {
        id: StatementId,
        kind: String,
        activity: ActivityId,
        success: Option<bool>,
        score: Option<i32>,
        at: Timestamp,
        detail: Option<String>,
    }
}

/// Everything somebody did in some lessons and courses.
pub fn of(tx: &mut Tx<'_>, persons: &[PersonId], activities: &[ActivityId]) -> Result<History> {
    Ok(sorted(tx.list(sql!(SQL, "of_activities"), args![persons, activities])?))
}

/// All outcomes of somebody, without answers.
pub fn outcomes(tx: &mut Tx<'_>, persons: &[PersonId]) -> Result<Vec<Outcome>> {
    Ok(sorted(tx.list(sql!(SQL, "outcomes"), args![persons])?).outcomes)
}

fn sorted(lines: Vec<Line>) -> History {
    let mut out = History::default();
    for line in lines {
        let success = line.success.unwrap_or(true);
        match Verb::from_code(&line.kind) {
            Some(Verb::Answered) => {
                // An answer that came from elsewhere without saying to what belongs to no question.
                let detail = line.detail.as_deref().and_then(|d| serde_json::from_str(d).ok());
                let Some(detail) = detail else { continue };
                let (id, lesson, at) = (line.id, line.activity, line.at);
                out.answers.push(Answer { id, lesson, detail, success, at });
            }
            Some(verb) => {
                let (activity, score, at) = (line.activity, line.score, line.at);
                out.outcomes.push(Outcome { verb, activity, success, score, at });
            }
            None => {}
        }
    }
    out
}

impl History {
    /// The last answer to a version of a question.
    pub fn latest(&self, item: ItemId, version: i32) -> Option<&Answer> {
        let to = |answer: &&Answer| (answer.detail.item, answer.detail.version) == (item, version);
        self.answers.iter().rev().find(to)
    }

    pub fn completed(&self, activity: ActivityId) -> bool {
        find(&self.outcomes, Verb::Completed, activity).is_some_and(|outcome| outcome.success)
    }

    /// How the last test, or what stands for it, ended.
    pub fn test(&self, course: ActivityId) -> Option<&Outcome> {
        find(&self.outcomes, Verb::Passed, course)
    }
}

/// The last outcome of its kind.
pub fn find(outcomes: &[Outcome], verb: Verb, activity: ActivityId) -> Option<&Outcome> {
    outcomes.iter().rev().find(|o| o.verb == verb && o.activity == activity)
}
