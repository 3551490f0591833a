//! A year of learning: who studied when, what they answered, who passed. Made up, deterministic.

use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use thao_base::locale::instant_of;
use thao_base::{ActivityId, CourseId, Entropy, Id, Result, StatementId, Tx, UnitId, ids};
use thao_catalog::{course, lesson};
use thao_record::{Draft, Verb};

use super::people::Demo;
use super::{Options, Province};

/// A course as the demo needs it.
#[derive(Debug, Clone)]
pub(crate) struct Course {
    pub(crate) slug: String,
    pub(crate) course_id: CourseId,
    /// The same bits, as what statements are about.
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
        raw: None,
    }
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(at)
}

/// The published courses with their lessons and questions.
pub(crate) fn courses(tx: &mut Tx<'_>) -> Result<Vec<Course>> {
    let mut out = Vec::new();
    for course in course::list(tx)? {
        let mut lessons = Vec::new();
        for lesson in lesson::list_of_course(tx, course.id)? {
            lessons.push((ids::cast(lesson.id), lesson::list_items(tx, lesson.id)?));
        }
        out.push(Course {
            slug: course.slug,
            course_id: course.id,
            id: ids::cast(course.id),
            pass_percent: course.pass_percent,
            lessons,
        });
    }
    Ok(out)
}

/// The year: officials study information security, some of them artificial intelligence too, and
/// some residents study public services by themselves. Zeal differs from commune to commune.
pub(crate) fn year(
    province: &Province,
    options: &Options,
    start: Date,
    entropy: &Entropy,
) -> Vec<Draft> {
    let mut out = Vec::new();
    for (index, person) in province.people.iter().enumerate() {
        let mut rng = rng_of(options.seed, index, 0x1ea7);
        let zeal = person
            .commune
            .map_or(70, |commune| rng_of(options.seed, commune, 0x2ea1).random_range(25..90));
        for (course, percent) in province.courses.iter().zip(chances(person, zeal, province)) {
            if rng.random_range(0..100) < percent {
                let all = course.lessons.len();
                let lessons =
                    if rng.random_range(0..5) == 0 { rng.random_range(1..=all) } else { all };
                let own = Study {
                    course,
                    person,
                    unit: person.unit,
                    skill: rng.random_range(65..98),
                    lessons,
                    from: start,
                    until: options.until,
                };
                out.extend(study(&own, &mut rng, entropy));
            }
        }
    }
    out
}

fn chances(person: &Demo, zeal: u32, province: &Province) -> Vec<u32> {
    let chance = |course: &Course| match (person.staff, course.slug.as_str()) {
        (true, "an-toan-thong-tin-co-ban") => zeal,
        (true, "tri-tue-nhan-tao-co-ban") => zeal / 3,
        (false, "dich-vu-cong-truc-tuyen") => zeal / 6,
        _ => 0,
    };
    province.courses.iter().map(chance).collect()
}

/// Further answers by residents until there are `wanted` statements.
pub(crate) fn practise(
    drafts: &mut Vec<Draft>,
    wanted: usize,
    province: &Province,
    options: &Options,
    start: Date,
    entropy: &Entropy,
) {
    let residents: Vec<&Demo> = province.people.iter().filter(|person| !person.staff).collect();
    let course = province.courses.iter().find(|course| course.slug == "dich-vu-cong-truc-tuyen");
    let (Some(course), false) = (course, residents.is_empty()) else { return };
    for (index, person) in residents.iter().enumerate().cycle() {
        if wanted <= drafts.len() {
            break;
        }
        let mut rng = rng_of(options.seed ^ drafts.len() as u64, index, 0x3ea3);
        let own = Study {
            course,
            person,
            unit: person.unit,
            skill: 80,
            lessons: 1,
            from: start,
            until: options.until,
        };
        drafts.extend(study(&own, &mut rng, entropy));
    }
    drafts.truncate(wanted);
}

/// A generator for one person, the same however the work is divided.
pub(crate) fn rng_of(seed: u64, index: usize, salt: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed ^ salt ^ (index as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
