//! What a learner did in lessons and courses, read from the record.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thao_base::locale::local_date;
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

    /// The answer to a version of a question that counts towards passing: see [`counting`].
    pub fn counting(&self, item: ItemId, version: i32) -> Option<&Answer> {
        let to = |answer: &&Answer| (answer.detail.item, answer.detail.version) == (item, version);
        counting(self.answers.iter().filter(to))
    }

    pub fn completed(&self, activity: ActivityId) -> bool {
        find(&self.outcomes, Verb::Completed, activity).is_some_and(|outcome| outcome.success)
    }

    /// How the last test, or what stands for it, ended.
    pub fn test(&self, course: ActivityId) -> Option<&Outcome> {
        find(&self.outcomes, Verb::Passed, course)
    }
}

/// Which of the answers to one question counts towards passing: of the first answers of their
/// local days, the newest. What is tried again on the same day teaches, and no longer tells what
/// somebody knew. Pure; oldest first. docs/decisions/0007-what-counts-towards-passing.md
pub fn counting<'a>(answers: impl IntoIterator<Item = &'a Answer>) -> Option<&'a Answer> {
    let mut found: Option<&Answer> = None;
    for answer in answers {
        if found.is_none_or(|first| local_date(first.at) < local_date(answer.at)) {
            found = Some(answer);
        }
    }
    found
}

/// The last outcome of its kind.
pub fn find(outcomes: &[Outcome], verb: Verb, activity: ActivityId) -> Option<&Outcome> {
    outcomes.iter().rev().find(|o| o.verb == verb && o.activity == activity)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(at: &str, success: bool) -> Answer {
        let stamp = thao_testkit::world().stamp("test.act");
        Answer {
            id: stamp.id(),
            lesson: stamp.id(),
            detail: Detail { item: stamp.id(), version: 1, response: None },
            success,
            at: at.parse().unwrap(),
        }
    }

    #[test]
    fn the_newest_first_answer_of_a_day_counts() {
        // 17:00 UTC is midnight in Vietnam.
        for (answers, counts) in [
            (vec![], None),
            (vec![("2026-11-20T02:00:00Z", true)], Some(true)),
            // Clicking through the options.
            (vec![("2026-11-20T02:00:00Z", false), ("2026-11-20T02:00:09Z", true)], Some(false)),
            (vec![("2026-11-20T16:59:59Z", false), ("2026-11-20T17:00:00Z", true)], Some(true)),
            (vec![("2026-11-20T17:00:00Z", false), ("2026-11-21T16:59:59Z", true)], Some(false)),
            (
                vec![
                    ("2026-11-20T02:00:00Z", true),
                    ("2026-11-22T02:00:00Z", false),
                    ("2026-11-22T02:01:00Z", true),
                ],
                Some(false),
            ),
            (
                vec![
                    ("2026-11-20T02:00:00Z", false),
                    ("2026-11-20T02:01:00Z", true),
                    ("2026-11-23T02:00:00Z", true),
                ],
                Some(true),
            ),
        ] {
            let given: Vec<Answer> = answers.iter().map(|(at, right)| answer(at, *right)).collect();
            assert_eq!(counting(&given).map(|answer| answer.success), counts, "{answers:?}");
        }
    }
}
