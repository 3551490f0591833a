//! How far a learner is in a lesson and a course. Pure.

use jiff::Timestamp;
use jiff::civil::Date;
use thao_base::{ActivityId, CourseId, Lang, ids};
use thao_catalog::assignment::Duty;
use thao_catalog::course::Course;
use thao_catalog::lesson::{Content, Lesson};
use thao_record::Verb;

use crate::bookmark::Bookmark;
use crate::history::{History, Outcome, find};

/// Days before a due date on which it is said to be near.
const SOON: i32 = 14;

/// The questions of a lesson and how they were answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers {
    pub questions: usize,
    pub answered: usize,
    /// By the last answer to each question.
    pub right: usize,
    /// By the answer to each question that counts towards passing.
    pub counted: usize,
}

impl Answers {
    /// By the answers to each question as it stands now.
    pub fn of(content: &Content, history: &History) -> Answers {
        let mut out = Answers::default();
        for question in content.questions(Lang::Vi) {
            let latest = history.latest(question.id, question.version);
            out.questions += 1;
            out.answered += usize::from(latest.is_some());
            out.right += usize::from(latest.is_some_and(|answer| answer.success));
            let counting = history.counting(question.id, question.version);
            out.counted += usize::from(counting.is_some_and(|answer| answer.success));
        }
        out
    }

    pub fn are_all_given(self) -> bool {
        self.answered == self.questions
    }

    /// Thousandths of the questions of which a right answer counts; nothing asked is nothing
    /// reached.
    pub fn score(self) -> i32 {
        i32::try_from(self.counted * 1000 / self.questions.max(1)).unwrap_or_default()
    }

    /// Whether the share of right answers that count passes.
    pub fn pass(self, percent: i32) -> bool {
        let percent = usize::try_from(percent).unwrap_or(100);
        self.questions > 0 && percent * self.questions <= self.counted * 100
    }
}

impl std::ops::Add for Answers {
    type Output = Answers;

    fn add(self, other: Answers) -> Answers {
        Answers {
            questions: self.questions + other.questions,
            answered: self.answered + other.answered,
            right: self.right + other.right,
            counted: self.counted + other.counted,
        }
    }
}

/// Where somebody stands in a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    New,
    Started,
    /// Went through all of it and has not passed.
    Unpassed,
    Passed,
    /// Completed where nothing was measured: a class, an earlier result, a course that asks nothing.
    Completed,
}

impl State {
    pub fn is_done(self) -> bool {
        matches!(self, State::Passed | State::Completed)
    }
}

/// A course as one learner sees it in a list.
#[derive(Debug, Clone)]
pub struct Entry {
    pub course: Course,
    pub duty: Option<Duty>,
    pub state: State,
    pub lessons: usize,
    pub lessons_done: usize,
    /// Where to go on.
    pub next: Option<Lesson>,
    /// When they last did something in it, as far as outcomes and bookmarks tell.
    pub last: Option<Timestamp>,
}

/// All courses as one learner sees them: what is to be done first comes first.
pub fn entries(
    courses: Vec<Course>,
    lessons: &[Lesson],
    duties: &[Duty],
    outcomes: &[Outcome],
    bookmarks: &[Bookmark],
) -> Vec<Entry> {
    let mut out: Vec<Entry> = courses
        .into_iter()
        .map(|course| {
            let own: Vec<&Lesson> = lessons.iter().filter(|l| l.course == course.id).collect();
            let duty = duties.iter().find(|duty| duty.course == course.id).copied();
            entry(course, &own, duty, outcomes, bookmarks)
        })
        .collect();
    out.sort_by_key(|entry| {
        let due = entry.duty.and_then(|duty| duty.due).unwrap_or(Date::MAX);
        let group = match (entry.state, entry.duty) {
            (state, _) if state.is_done() => 3,
            (_, Some(_)) => 0,
            (State::New, None) => 2,
            (_, None) => 1,
        };
        let started = entry.state != State::New;
        (group, due, !started, std::cmp::Reverse(entry.last), entry.course.id)
    });
    out
}

fn entry(
    course: Course,
    lessons: &[&Lesson],
    duty: Option<Duty>,
    outcomes: &[Outcome],
    bookmarks: &[Bookmark],
) -> Entry {
    let done = |activity: ActivityId| {
        find(outcomes, Verb::Completed, activity).is_some_and(|outcome| outcome.success)
    };
    let open: Vec<&&Lesson> = lessons.iter().filter(|lesson| !done(ids::cast(lesson.id))).collect();
    let seen = |lesson: &Lesson| bookmarks.iter().find(|mark| mark.lesson == lesson.id);
    let latest = open.iter().filter_map(|lesson| Some((seen(lesson)?.at, **lesson)));
    let next = latest.max_by_key(|(at, _)| *at).map(|(_, lesson)| lesson);
    let next = next.or(open.first().copied().copied()).cloned();
    let activity: ActivityId = ids::cast(course.id);
    let passed = find(outcomes, Verb::Passed, activity).is_some_and(|outcome| outcome.success);
    let lessons_done = lessons.len() - open.len();
    let started = lessons_done > 0 || lessons.iter().any(|lesson| seen(lesson).is_some());
    let asks = lessons.iter().any(|lesson| 0 < lesson.questions);
    let state = match () {
        () if passed => State::Passed,
        () if asks && open.is_empty() => State::Unpassed,
        () if done(activity) => State::Completed,
        () if started => State::Started,
        () => State::New,
    };
    let in_it = |outcome: &&Outcome| {
        outcome.activity == activity
            || lessons
                .iter()
                .any(|lesson| ids::cast::<_, ActivityId>(lesson.id) == outcome.activity)
    };
    let marks = lessons.iter().filter_map(|lesson| seen(lesson)).map(|mark| mark.at);
    let last = outcomes.iter().filter(in_it).map(|outcome| outcome.at).chain(marks).max();
    Entry { course, duty, state, lessons: lessons.len(), lessons_done, next, last }
}

/// The course with this id among the entries.
pub fn find_course(entries: &[Entry], course: CourseId) -> Option<&Entry> {
    entries.iter().find(|entry| entry.course.id == course)
}

/// How pressing a due date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    Overdue,
    Today,
    /// In so many days.
    Soon(i32),
    Later,
}

pub fn urgency(due: Date, today: Date) -> Urgency {
    match (due - today).get_days() {
        ..0 => Urgency::Overdue,
        0 => Urgency::Today,
        days @ 1..=SOON => Urgency::Soon(days),
        _ => Urgency::Later,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use thao_base::{AssignmentId, Entropy, Id, LessonId};

    use super::*;

    #[test]
    fn a_due_date_presses_more_the_nearer_it_is() {
        let today = date(2026, 11, 20);
        for (due, expected) in [
            (date(2026, 11, 19), Urgency::Overdue),
            (date(2026, 11, 20), Urgency::Today),
            (date(2026, 11, 21), Urgency::Soon(1)),
            (date(2026, 12, 4), Urgency::Soon(14)),
            (date(2026, 12, 5), Urgency::Later),
        ] {
            assert_eq!(urgency(due, today), expected, "{due}");
        }
    }

    #[test]
    fn a_share_passes_when_it_reaches_the_percentage_and_nothing_asked_never_does() {
        for (counted, questions, percent, passes, score) in [
            (4, 5, 80, true, 800),
            (3, 5, 80, false, 600),
            (5, 6, 83, true, 833),
            (5, 6, 84, false, 833),
            (0, 0, 80, false, 0),
            (6, 6, 100, true, 1000),
        ] {
            let answers = Answers { questions, answered: questions, right: questions, counted };
            assert_eq!(answers.pass(percent), passes, "{counted} of {questions}, {percent}%");
            assert_eq!(answers.score(), score);
        }
    }

    /// Courses `a` to `e` with two lessons each, the first published first.
    fn courses() -> (Vec<Course>, Vec<Lesson>) {
        let entropy = Entropy::seeded(3);
        let at: Timestamp = "2026-11-20T01:30:00Z".parse().unwrap();
        let course = |slug: &str| Course {
            id: CourseId::new(at, &entropy),
            slug: slug.into(),
            version: 1,
            title_vi: slug.into(),
            title_en: slug.into(),
            summary_vi: String::new(),
            summary_en: String::new(),
            minutes: 10,
            pass_percent: 80,
            withdrawn_at: None,
        };
        let courses: Vec<Course> = ["a", "b", "c", "d", "e"].map(course).into();
        let lessons = courses.iter().flat_map(|course| {
            [1, 2].map(|no| Lesson {
                id: LessonId::new(at, &entropy),
                course: course.id,
                no,
                slug: format!("{}{no}", course.slug),
                title_vi: String::new(),
                title_en: String::new(),
                minutes: 5,
                questions: 1,
                hash: String::new(),
            })
        });
        let lessons = lessons.collect();
        (courses, lessons)
    }

    #[test]
    fn what_is_due_stands_first_then_what_was_begun_then_the_rest_and_at_last_what_is_done() {
        let (courses, lessons) = courses();
        let at = |hour: i64| -> Timestamp {
            Timestamp::from_second(1_800_000_000 + hour * 3600).unwrap()
        };
        let duty = |i: usize, due: Option<Date>| Duty {
            assignment: AssignmentId::from_uuid(courses[i].id.uuid()),
            course: courses[i].id,
            due,
        };
        let duties = [duty(1, None), duty(3, Some(date(2026, 12, 1)))];
        let mark = |i: usize, hour| Bookmark { lesson: lessons[i].id, step: 2, at: at(hour) };
        let bookmarks = [mark(9, 5), mark(8, 4)];
        let done = |verb, activity: ActivityId| Outcome {
            verb,
            activity,
            success: true,
            score: None,
            at: at(1),
        };
        let outcomes = [
            done(Verb::Completed, ids::cast(lessons[0].id)),
            done(Verb::Completed, ids::cast(lessons[1].id)),
            done(Verb::Completed, ids::cast(courses[0].id)),
            done(Verb::Passed, ids::cast(courses[0].id)),
        ];
        let found = entries(courses.clone(), &lessons, &duties, &outcomes, &bookmarks);
        let order: Vec<(&str, State)> =
            found.iter().map(|entry| (entry.course.slug.as_str(), entry.state)).collect();
        assert_eq!(
            order,
            [
                ("d", State::New),
                ("b", State::New),
                ("e", State::Started),
                ("c", State::New),
                ("a", State::Passed),
            ]
        );
        // Where it was left last, not where it begins.
        let begun = find_course(&found, courses[4].id).unwrap();
        assert_eq!(begun.next.as_ref().map(|l| l.slug.as_str()), Some("e2"));
        assert_eq!(begun.last, Some(at(5)));

        // Without the pass it is gone through, and with a failed test too.
        let open = entries(courses.clone(), &lessons, &[], &outcomes[..3], &[]);
        assert_eq!(find_course(&open, courses[0].id).unwrap().state, State::Unpassed);
        let mut failed = outcomes.to_vec();
        failed[3].success = false;
        let open = entries(courses.clone(), &lessons, &[], &failed, &[]);
        assert_eq!(find_course(&open, courses[0].id).unwrap().state, State::Unpassed);
        // Completed in a class: nothing of ours was gone through.
        let class = entries(courses.clone(), &lessons, &[], &outcomes[2..3], &[]);
        assert_eq!(find_course(&class, courses[0].id).unwrap().state, State::Completed);
    }
}
