//! Grading: a response to a question, and what it is worth. Pure.

use serde::{Deserialize, Serialize};
use thao_base::text;
use thao_catalog::item::{Opt, Task};

/// What a learner answered; kept with the answer as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Response {
    /// The ids of the options chosen.
    Options(Vec<String>),
    Text(String),
    /// Places in the question as it is written. Of an order: which part was put first, second …;
    /// of a match: which right side was given to the first left side, the second …
    Parts(Vec<usize>),
}

/// What an answer is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graded {
    /// All of it is right.
    pub success: bool,
    /// Thousandths of the whole, 0 to 1000.
    pub score: i32,
    /// Part by part: of options, whether each was rightly chosen or left; of an order and a
    /// match, whether each place is right.
    pub parts: Vec<bool>,
}

/// Grades a response; `None` when it is no answer to this question.
pub fn grade(task: &Task, response: &Response) -> Option<Graded> {
    match (task, response) {
        (Task::Choice { options }, Response::Options(chosen)) => {
            one_of(options, chosen).then(|| {
                let parts = judged(options, chosen);
                let success = parts.iter().all(|right| *right);
                Graded { success, score: if success { 1000 } else { 0 }, parts }
            })
        }
        (Task::Multiple { options }, Response::Options(chosen)) => {
            some_of(options, chosen).then(|| multiple(options, chosen))
        }
        (Task::Text { accept }, Response::Text(given)) => {
            let given = key(given);
            (!given.is_empty()).then(|| {
                let success = accept.iter().any(|text| key(text) == given);
                Graded { success, score: if success { 1000 } else { 0 }, parts: vec![success] }
            })
        }
        (Task::Order { items }, Response::Parts(places)) => in_place(items.len(), places),
        (Task::Match { pairs }, Response::Parts(places)) => in_place(pairs.len(), places),
        _ => None,
    }
}

fn one_of(options: &[Opt], chosen: &[String]) -> bool {
    chosen.len() == 1 && some_of(options, chosen)
}

/// Each chosen once, and each an option.
fn some_of(options: &[Opt], chosen: &[String]) -> bool {
    let known = chosen.iter().all(|id| options.iter().any(|option| option.id == *id));
    let once = chosen.iter().enumerate().all(|(i, id)| !chosen.iter().take(i).any(|c| c == id));
    !chosen.is_empty() && known && once
}

fn judged(options: &[Opt], chosen: &[String]) -> Vec<bool> {
    options.iter().map(|option| option.correct == chosen.contains(&option.id)).collect()
}

/// A right choice counts for, a wrong one against: ticking everything is worth little.
fn multiple(options: &[Opt], chosen: &[String]) -> Graded {
    let parts = judged(options, chosen);
    let right = options.iter().filter(|option| option.correct).count();
    let hits = options.iter().filter(|o| o.correct && chosen.contains(&o.id)).count();
    let misses = chosen.len() - hits;
    Graded {
        success: parts.iter().all(|right| *right),
        score: share(hits.saturating_sub(misses), right),
        parts,
    }
}

/// Case, accents and spaces do not matter.
fn key(words: &str) -> String {
    text::fold(words).replace(' ', "")
}

/// Every place once, the part that belongs there or another.
fn in_place(count: usize, places: &[usize]) -> Option<Graded> {
    let mut seen = places.to_vec();
    seen.sort_unstable();
    if !seen.into_iter().eq(0..count) {
        return None;
    }
    let parts: Vec<bool> = places.iter().enumerate().map(|(i, part)| i == *part).collect();
    let right = parts.iter().filter(|right| **right).count();
    Some(Graded { success: right == count, score: share(right, count), parts })
}

fn share(part: usize, whole: usize) -> i32 {
    i32::try_from(part * 1000 / whole.max(1)).unwrap_or(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(right: &[&str]) -> Vec<Opt> {
        let option = |id: &str| Opt {
            id: id.into(),
            text: id.to_uppercase(),
            correct: right.contains(&id),
            feedback: "vì".into(),
        };
        ["a", "b", "c", "d"].map(option).to_vec()
    }

    fn chosen(ids: &[&str]) -> Response {
        Response::Options(ids.iter().map(|id| (*id).to_owned()).collect())
    }

    /// Score and success; a score of -1 is no answer.
    fn worth(task: &Task, response: &Response) -> (i32, bool) {
        grade(task, response).map_or((-1, false), |graded| (graded.score, graded.success))
    }

    #[test]
    fn a_choice_is_right_or_wrong() {
        let task = Task::Choice { options: options(&["b"]) };
        for (ids, expected) in [
            (&["b"][..], (1000, true)),
            (&["a"], (0, false)),
            (&[], (-1, false)),
            (&["x"], (-1, false)),
            (&["a", "b"], (-1, false)),
            (&["b", "b"], (-1, false)),
        ] {
            assert_eq!(worth(&task, &chosen(ids)), expected, "{ids:?}");
        }
        assert_eq!(worth(&task, &Response::Text("b".into())), (-1, false));
        assert_eq!(worth(&task, &Response::Parts(vec![1])), (-1, false));
        let graded = grade(&task, &chosen(&["a"])).unwrap();
        assert_eq!(graded.parts, [false, false, true, true]);
    }

    #[test]
    fn of_several_right_ones_each_counts_and_wrong_ones_count_against() {
        let task = Task::Multiple { options: options(&["a", "d"]) };
        for (ids, expected) in [
            (&["a", "d"][..], (1000, true)),
            (&["d", "a"], (1000, true)),
            (&["a"], (500, false)),
            (&["a", "b"], (0, false)),
            (&["a", "b", "c", "d"], (0, false)),
            (&["a", "c", "d"], (500, false)),
            (&["b"], (0, false)),
            (&[], (-1, false)),
            (&["a", "a"], (-1, false)),
        ] {
            assert_eq!(worth(&task, &chosen(ids)), expected, "{ids:?}");
        }
    }

    #[test]
    fn words_are_compared_without_case_accents_and_spaces() {
        let accept = ["72", "72 giờ", "dichvucong.gov.vn"].map(str::to_owned).to_vec();
        let task = Task::Text { accept };
        for (given, expected) in [
            ("72", (1000, true)),
            (" 72 GIO ", (1000, true)),
            ("72giờ", (1000, true)),
            ("72 gi\u{01a1}\u{0300}", (1000, true)),
            ("DichVuCong.gov.vn", (1000, true)),
            ("24", (0, false)),
            ("khoảng 72", (0, false)),
            ("", (-1, false)),
            (" ?! ", (-1, false)),
        ] {
            assert_eq!(worth(&task, &Response::Text(given.into())), expected, "{given:?}");
        }
    }

    #[test]
    fn parts_count_where_they_belong() {
        let names = |n: usize| (0..n).map(|i| i.to_string()).collect::<Vec<String>>();
        let order = Task::Order { items: names(4) };
        let pairs = names(4).into_iter().map(|name| (name.clone(), name)).collect();
        let matching = Task::Match { pairs };
        for (places, expected) in [
            (&[0, 1, 2, 3][..], (1000, true)),
            (&[1, 0, 2, 3], (500, false)),
            (&[3, 2, 1, 0], (0, false)),
            (&[0, 2, 3, 1], (250, false)),
            (&[0, 0, 1, 2], (-1, false)),
            (&[0, 1, 2], (-1, false)),
            (&[0, 1, 2, 4], (-1, false)),
            (&[], (-1, false)),
        ] {
            for task in [&order, &matching] {
                assert_eq!(worth(task, &Response::Parts(places.to_vec())), expected, "{places:?}");
            }
        }
    }

    #[test]
    fn responses_are_kept_as_short_json() {
        for (response, json) in [
            (chosen(&["a", "d"]), r#"["a","d"]"#),
            (Response::Text("72 giờ".into()), r#""72 giờ""#),
            (Response::Parts(vec![2, 0, 1]), "[2,0,1]"),
        ] {
            assert_eq!(serde_json::to_string(&response).unwrap(), json);
            assert_eq!(serde_json::from_str::<Response>(json).unwrap(), response);
        }
    }
}
