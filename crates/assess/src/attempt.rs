//! Answering: one statement for each answer, and what follows from it.
//!
//! An answer is about the lesson it was given in, so that a page of the lesson reads all of them
//! by one index. When every question of a lesson is answered the lesson is completed; when every
//! lesson is, the course is; when enough of its questions are answered rightly by the answers that
//! count (the first of a day), it is passed. Each of these is appended once.

use jiff::civil::Date;
use serde_json::Value;
use thao_base::locale::local_date;
use thao_base::{ActivityId, Error, ItemId, Lang, Result, Stamp, StatementId, Tx, UnitId, ids};
use thao_catalog::course::{self, Course};
use thao_catalog::item::Task;
use thao_catalog::lesson::{self, Content, Lesson};
use thao_record::{Draft, Verb, statement};
use thao_web::Actor;

use crate::grading::{Graded, Response, grade};
use crate::history::{self, Answer, Detail, History};
use crate::learner::{self, Learner};
use crate::progress::Answers;

/// A lesson with all that stands around it.
#[derive(Debug, Clone)]
pub struct Place {
    pub course: Course,
    /// All lessons of the course, in order.
    pub lessons: Vec<Lesson>,
    pub lesson: Lesson,
    pub content: std::sync::Arc<Content>,
}

/// The lesson at an address.
///
/// # Errors
/// 404 when there is no such course or lesson.
pub fn place(tx: &mut Tx<'_>, course: &str, lesson: &str) -> Result<Place> {
    let course = course::get_by_slug(tx, course)?;
    let lessons = lesson::list_of_course(tx, course.id)?;
    let found = lessons.iter().find(|row| row.slug == lesson).cloned();
    let lesson = found.ok_or_else(Error::not_found)?;
    let content = lesson::open(tx, &lesson)?;
    Ok(Place { course, lessons, lesson, content })
}

/// An answer as it was sent.
#[derive(Debug, Clone)]
pub struct Given {
    /// Made with the form: the same form sent twice is one answer.
    pub id: Option<StatementId>,
    pub item: ItemId,
    /// The version that was shown.
    pub version: i32,
    pub response: Response,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Recorded,
    /// Known already, or answered rightly before so that it counts or cannot count today: nothing
    /// was recorded.
    Known,
    /// The question was changed since it was shown; it must be read again.
    Changed,
}

/// Whether another answer to a question makes a difference on a day: to learn from, after a wrong
/// one; to count, when a right one does not count yet and the day's first is still to be given.
pub fn may_answer(history: &History, item: ItemId, version: i32, on: Date) -> bool {
    let Some(latest) = history.latest(item, version) else { return true };
    let counts = history.counting(item, version).is_some_and(|answer| answer.success);
    !latest.success || (!counts && local_date(latest.at) < on)
}

/// Records an answer and what follows from it.
///
/// # Errors
/// 404 for a question that is not in the lesson; [`thao_base::Kind::Invalid`] for a response that
/// is no answer to it.
pub fn answer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    stamp: &Stamp,
    place: &Place,
    given: &Given,
) -> Result<Outcome> {
    let (_, question) =
        place.content.question(Lang::Vi, given.item).ok_or_else(Error::not_found)?;
    if question.version != given.version {
        return Ok(Outcome::Changed);
    }
    let graded = grade_in_any(place, given).ok_or_else(|| no_answer(&question.task))?;
    let learner = learner::of(tx, actor)?;
    let activity: ActivityId = ids::cast(place.lesson.id);
    let mut history = history::of(tx, &learner.persons, &[activity])?;
    let known = |answer: &Answer| given.id == Some(answer.id);
    let settled = !may_answer(&history, given.item, given.version, stamp.today());
    if settled || history.answers.iter().any(known) {
        return Ok(Outcome::Known);
    }
    let unit = learner::unit(tx, actor, &learner, stamp.today())?;
    // What somebody typed may name a person and the log cannot forget: only how it was graded is
    // kept of it.
    let typed = matches!(given.response, Response::Text(_));
    let response = (!typed).then(|| given.response.clone());
    let detail = Detail { item: given.item, version: given.version, response };
    let id = given.id.unwrap_or_else(|| stamp.id());
    let answered = Draft {
        id,
        activity: Some(activity),
        success: Some(graded.success),
        score: Some(graded.score),
        detail: Some(serde_json::to_value(&detail)?),
        ..Draft::new(stamp, Verb::Answered, learner.person, unit)
    };
    let success = graded.success;
    let newest = Answer { id, lesson: activity, detail, success, at: stamp.at };
    history.answers.push(newest.clone());
    let mut drafts = vec![answered];
    if Answers::of(&place.content, &history).are_all_given() {
        follow(tx, stamp, place, &learner, unit, Some(newest), &mut drafts)?;
    }
    statement::append(tx, stamp, &drafts)?;
    Ok(Outcome::Recorded)
}

/// Completes a lesson that asks nothing. Whether it is completed now.
pub fn complete(tx: &mut Tx<'_>, actor: &Actor, stamp: &Stamp, place: &Place) -> Result<bool> {
    if place.content.questions(Lang::Vi).next().is_some() {
        return Ok(false);
    }
    let learner = learner::of(tx, actor)?;
    let unit = learner::unit(tx, actor, &learner, stamp.today())?;
    let mut drafts = Vec::new();
    follow(tx, stamp, place, &learner, unit, None, &mut drafts)?;
    statement::append(tx, stamp, &drafts)?;
    Ok(true)
}

/// What is said to a form that holds no answer.
pub fn no_answer(task: &Task) -> Error {
    let key = match task {
        Task::Choice { .. } => "assess.error.no_choice",
        Task::Multiple { .. } => "assess.error.no_choices",
        Task::Text { .. } => "assess.error.no_text",
        Task::Order { .. } => "assess.error.no_order",
        Task::Match { .. } => "assess.error.no_match",
    };
    Error::invalid(key).field("answer")
}

/// A text may be written in either language; everything else is the same in both.
fn grade_in_any(place: &Place, given: &Given) -> Option<Graded> {
    let in_lang = |lang: Lang| {
        let (_, question) = place.content.question(lang, given.item)?;
        grade(&question.task, &given.response)
    };
    let first = in_lang(Lang::Vi)?;
    let text = matches!(given.response, Response::Text(_));
    if text && !first.success { in_lang(Lang::En) } else { Some(first) }
}

/// What follows when all of the lesson is done, with the answer just given: completed, and of the
/// whole course completed and passed, each once.
fn follow(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    place: &Place,
    learner: &Learner,
    unit: UnitId,
    newest: Option<Answer>,
    drafts: &mut Vec<Draft>,
) -> Result<()> {
    let own: ActivityId = ids::cast(place.lesson.id);
    let whole: ActivityId = ids::cast(place.course.id);
    let mut activities: Vec<ActivityId> = place.lessons.iter().map(|l| ids::cast(l.id)).collect();
    activities.push(whole);
    let mut history = history::of(tx, &learner.persons, &activities)?;
    history.answers.extend(newest);
    let about = |verb, activity| Draft {
        activity: Some(activity),
        ..Draft::new(stamp, verb, learner.person, unit)
    };
    if !history.completed(own) {
        drafts.push(about(Verb::Completed, own));
    }
    let done = |lesson: &Lesson| ids::cast::<_, ActivityId>(lesson.id) == own;
    if !place.lessons.iter().all(|l| done(l) || history.completed(ids::cast(l.id))) {
        return Ok(());
    }
    if !history.completed(whole) {
        drafts.push(about(Verb::Completed, whole));
    }
    let answers = of_course(tx, &place.lessons, &history)?;
    // Who was tested passes or not by the test.
    if history.test(whole).is_none() && answers.pass(place.course.pass_percent) {
        let detail: Value =
            serde_json::json!({ "right": answers.counted, "questions": answers.questions });
        drafts.push(Draft {
            success: Some(true),
            score: Some(answers.score()),
            detail: Some(detail),
            ..about(Verb::Passed, whole)
        });
    }
    Ok(())
}

/// The answers to all questions of a course.
pub fn of_course(tx: &mut Tx<'_>, lessons: &[Lesson], history: &History) -> Result<Answers> {
    let mut all = Answers::default();
    for lesson in lessons {
        all = all + Answers::of(&*lesson::open(tx, lesson)?, history);
    }
    Ok(all)
}

/// The response a form holds: `order` is how the parts of an order or a match were shown.
pub fn read(sent: &thao_web::Sent, task: &Task, order: &[usize]) -> Option<Response> {
    let place = |name: String| sent.parse::<usize>(&name);
    match task {
        Task::Choice { .. } | Task::Multiple { .. } => {
            let chosen: Vec<String> = sent.all("answer").map(str::to_owned).collect();
            (!chosen.is_empty()).then_some(Response::Options(chosen))
        }
        Task::Text { .. } => {
            let text: String = sent.some("answer")?.chars().take(200).collect();
            Some(Response::Text(text))
        }
        // Each part shown was given a place, counted from 1.
        Task::Order { items } => {
            let mut parts = vec![None; items.len()];
            for (shown, part) in order.iter().enumerate() {
                let at = place(format!("answer-{shown}"))?.checked_sub(1)?;
                *parts.get_mut(at)? = Some(*part);
            }
            parts.into_iter().collect::<Option<Vec<usize>>>().map(Response::Parts)
        }
        // Each left side was given one of the right sides as shown, counted from 1.
        Task::Match { pairs } => {
            let given = (0..pairs.len()).map(|left| {
                let shown = place(format!("answer-{left}"))?.checked_sub(1)?;
                order.get(shown).copied()
            });
            given.collect::<Option<Vec<usize>>>().map(Response::Parts)
        }
    }
}
