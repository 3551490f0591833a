//! A year of learning: who studied when, what they answered, who passed. Made up, deterministic.

use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use thao_base::locale::instant_of;
use thao_base::{ActivityId, Entropy, Id, StatementId, UnitId, ids};
use thao_record::{Draft, Verb};

use super::people::Demo;

/// A course as the demo needs it.
#[derive(Debug, Clone)]
pub(crate) struct Course {
    pub(crate) id: ActivityId,
    pub(crate) pass_percent: i32,
    /// Lessons in order, each with its items `(id, version)`.
    pub(crate) lessons: Vec<(ActivityId, Vec<(thao_base::ItemId, i32)>)>,
}

/// What the drafts of one person are made from.
pub(crate) struct Study<'a> {
    pub(crate) course: &'a Course,
    pub(crate) person: &'a Demo,
    pub(crate) unit: UnitId,
    /// 0 to 100: how likely an answer is right.
    pub(crate) skill: u32,
    /// How many lessons are gone through; all of them ends with completed and passed or not.
    pub(crate) lessons: usize,
    pub(crate) from: Date,
    pub(crate) until: Date,
}

/// The statements of one person studying one course, in order of time.
pub(crate) fn study(study: &Study<'_>, rng: &mut ChaCha8Rng, entropy: &Entropy) -> Vec<Draft> {
    let mut out = Vec::new();
    let days = (study.until - study.from).get_days().max(1);
    let start = study.from.saturating_add(Span::new().days(rng.random_range(0..days)));
    let evening = SignedDuration::from_mins(rng.random_range(7 * 60..21 * 60));
    let mut at = instant_of(start).saturating_add(evening).unwrap_or_else(|_| instant_of(start));
    let latest = instant_of(study.until);
    let (mut right, mut asked) = (0, 0);
    for (lesson, items) in study.course.lessons.iter().take(study.lessons) {
        for (item, version) in items {
            let success = rng.random_range(0..100) < study.skill;
            asked += 1;
            right += i32::from(success);
            at = later(at, rng.random_range(20..90));
            out.push(Draft {
                activity: Some(*lesson),
                success: Some(success),
                score: Some(if success { 1000 } else { 0 }),
                detail: Some(serde_json::json!({
                    "item": item, "version": version, "success": success,
                })),
                ..draft(study, Verb::Answered, at, entropy)
            });
        }
        at = later(at, rng.random_range(30..120));
        out.push(Draft {
            activity: Some(*lesson),
            success: Some(true),
            ..draft(study, Verb::Completed, at, entropy)
        });
        // The next lesson the same evening, or some days on.
        let pause = if rng.random_range(0..2) == 0 { 300 } else { rng.random_range(1..4) * 86_400 };
        at = later(at, pause);
    }
    if study.lessons >= study.course.lessons.len() && asked > 0 {
        let score = right * 1000 / asked;
        let passed = score >= study.course.pass_percent * 10;
        let whole = |verb, success| Draft {
            activity: Some(study.course.id),
            success: Some(success),
            score: Some(score),
            ..draft(study, verb, at, entropy)
        };
        out.push(whole(Verb::Completed, true));
        if passed {
            out.push(whole(Verb::Passed, true));
        }
    }
    out.retain(|draft| draft.at < latest);
    out
}

fn draft(study: &Study<'_>, verb: Verb, at: Timestamp, entropy: &Entropy) -> Draft {
    Draft {
        id: StatementId::new(at, entropy),
        verb,
        person: Some(study.person.id),
        unit: study.unit,
        activity: None,
        context: None,
        success: None,
        score: None,
        at,
        voids: None,
        detail: None,
    }
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(at)
}

/// A generator for one person, the same however the work is divided.
pub(crate) fn rng_of(seed: u64, index: usize, salt: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed ^ salt ^ (index as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The same bits: a course or a lesson is also an activity.
pub(crate) fn activity<T: Id>(id: T) -> ActivityId {
    ids::cast(id)
}
