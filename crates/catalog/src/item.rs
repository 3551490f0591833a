//! Questions as data: what is asked in one language, and what counts as right. Grading is a rule
//! of thao-assess; nothing here leaves the server before it is answered.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use thao_base::{Id, ItemId, Lang, LessonId, Result, RowId, Tx};

use crate::flaw::At;

/// A question in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub id: ItemId,
    pub version: i32,
    pub stem: String,
    #[serde(flatten)]
    pub task: Task,
    pub feedback: Why,
}

/// What is to be done, with what is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Task {
    /// Exactly one option is right.
    Choice { options: Vec<Opt> },
    /// One option or more are right.
    Multiple { options: Vec<Opt> },
    /// A few words; any of these, compared folded.
    Text { accept: Vec<String> },
    /// Parts in the right order; shuffled when shown.
    Order { items: Vec<String> },
    /// Left and right belong together; the right sides are shuffled when shown.
    Match { pairs: Vec<(String, String)> },
}

/// An option to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opt {
    pub id: String,
    pub text: String,
    pub correct: bool,
    pub feedback: String,
}

/// What is said to every right and to every wrong answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Why {
    pub right: String,
    pub wrong: String,
}

/// The questions of a lesson as they stand, in order, in Vietnamese.
pub fn list_of_lesson(tx: &mut Tx<'_>, lesson: LessonId) -> Result<Vec<Question>> {
    let lesson = crate::lesson::get(tx, lesson)?;
    let content = crate::lesson::open(tx, &lesson)?;
    Ok(content.questions(Lang::Vi).cloned().collect())
}

/// What decides whether an answer is right. When it differs, it is another version.
#[derive(Debug, PartialEq, Eq)]
pub struct Key<'a>(&'static str, Vec<(&'a str, &'a str)>);

impl Task {
    pub fn kind(&self) -> &'static str {
        match self {
            Task::Choice { .. } => "choice",
            Task::Multiple { .. } => "multiple",
            Task::Text { .. } => "text",
            Task::Order { .. } => "order",
            Task::Match { .. } => "match",
        }
    }

    /// The words of an option may change within a version; those of parts to put in order or to
    /// match may not, because there the words are the answer.
    pub fn key(&self) -> Key<'_> {
        let parts = match self {
            Task::Choice { options } | Task::Multiple { options } => options
                .iter()
                .map(|option| (option.id.as_str(), if option.correct { "right" } else { "wrong" }))
                .collect(),
            Task::Text { accept: parts } | Task::Order { items: parts } => {
                parts.iter().map(|part| (part.as_str(), "")).collect()
            }
            Task::Match { pairs } => {
                pairs.iter().map(|(left, right)| (left.as_str(), right.as_str())).collect()
            }
        };
        Key(self.kind(), parts)
    }

    /// What both languages of a question share: only words may differ.
    fn shape(&self) -> (&'static str, usize, Vec<(&str, bool)>) {
        match self {
            Task::Choice { options } | Task::Multiple { options } => {
                let options: Vec<_> = options.iter().map(|o| (o.id.as_str(), o.correct)).collect();
                (self.kind(), options.len(), options)
            }
            // Each language accepts what its readers write.
            Task::Text { .. } => (self.kind(), 0, Vec::new()),
            Task::Order { items } => (self.kind(), items.len(), Vec::new()),
            Task::Match { pairs } => (self.kind(), pairs.len(), Vec::new()),
        }
    }
}

impl Question {
    /// Whether two languages ask the same.
    pub fn same_shape(&self, other: &Question) -> bool {
        (self.id, self.version) == (other.id, other.version)
            && self.task.shape() == other.task.shape()
    }

    /// The id of the row of this version: made of item and version, the same on every node.
    pub fn row_id(&self) -> RowId {
        let mut hash = blake3::Hasher::new();
        hash.update(self.id.uuid().as_bytes());
        hash.update(&self.version.to_le_bytes());
        let mut bytes = [0; 16];
        hash.finalize_xof().fill(&mut bytes);
        RowId::from_uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: ItemId,
    version: i32,
    kind: String,
    stem: String,
    options: Option<Vec<Opt>>,
    accept: Option<Vec<String>>,
    items: Option<Vec<String>>,
    pairs: Option<Vec<(String, String)>>,
    feedback: Why,
}

/// Reads an `item` block.
pub(crate) fn read(at: At<'_>, text: &str) -> Result<Question> {
    let raw: Raw = at.toml(text)?;
    let task = match (raw.kind.as_str(), raw.options, raw.accept, raw.items, raw.pairs) {
        ("choice", Some(options), None, None, None) => Task::Choice { options },
        ("multiple", Some(options), None, None, None) => Task::Multiple { options },
        ("text", None, Some(accept), None, None) => Task::Text { accept },
        ("order", None, None, Some(items), None) => Task::Order { items },
        ("match", None, None, None, Some(pairs)) => Task::Match { pairs },
        (kind, ..) => return Err(at.wrong("catalog.error.item_kind").with("found", kind)),
    };
    let question =
        Question { id: raw.id, version: raw.version, stem: raw.stem, task, feedback: raw.feedback };
    check(at, &question)?;
    Ok(question)
}

fn check(at: At<'_>, question: &Question) -> Result<()> {
    let texts = [&question.stem, &question.feedback.right, &question.feedback.wrong];
    if question.version < 1 || texts.iter().any(|text| text.trim().is_empty()) {
        return Err(at.wrong("catalog.error.item_empty"));
    }
    match &question.task {
        Task::Choice { options } | Task::Multiple { options } => {
            let right = options.iter().filter(|option| option.correct).count();
            let single = matches!(question.task, Task::Choice { .. });
            if right == 0 || (single && right != 1) {
                return Err(at.wrong("catalog.error.item_right").with("found", right));
            }
            if options.iter().any(|o| o.text.trim().is_empty() || o.feedback.trim().is_empty()) {
                return Err(at.wrong("catalog.error.item_empty"));
            }
            several(at, 2, options.iter().map(|option| option.id.as_str()))
        }
        Task::Text { accept } => {
            let known = |text: &String| !thao_base::text::fold(text).is_empty();
            if accept.is_empty() || !accept.iter().all(known) {
                return Err(at.wrong("catalog.error.item_empty"));
            }
            Ok(())
        }
        Task::Order { items } => several(at, 3, items.iter().map(String::as_str)),
        Task::Match { pairs } => {
            several(at, 3, pairs.iter().map(|(left, _)| left.as_str()))?;
            several(at, 3, pairs.iter().map(|(_, right)| right.as_str()))
        }
    }
}

/// At least so many parts, each of its own.
fn several<'p>(at: At<'_>, least: usize, parts: impl Iterator<Item = &'p str>) -> Result<()> {
    let parts: Vec<&str> = parts.map(str::trim).collect();
    let own: HashSet<&&str> = parts.iter().filter(|part| !part.is_empty()).collect();
    if parts.len() < least || own.len() != parts.len() {
        return Err(at.wrong("catalog.error.item_parts").with("least", least));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICE: &str = r#"
id = "0199c010-0101-7000-8000-000000000000"
version = 1
kind = "choice"
stem = "Chọn?"
options = [
  { id = "a", text = "Một", correct = false, feedback = "Chưa." },
  { id = "b", text = "Hai", correct = true, feedback = "Rồi." },
]
feedback.right = "Đúng."
feedback.wrong = "Xem lại."
"#;

    fn wrong(text: &str) -> (&'static str, String) {
        let at = At { file: "01-a.md", line: 10 };
        let error = read(at, text).unwrap_err();
        (error.key(), error.words(thao_base::Lang::En))
    }

    #[test]
    fn a_question_is_kept_as_json_and_comes_back() {
        let question = read(At::start("01-a.md"), CHOICE).unwrap();
        let json = serde_json::to_value(&question).unwrap();
        assert_eq!(json["kind"], "choice");
        assert_eq!(serde_json::from_value::<Question>(json).unwrap(), question);
    }

    #[test]
    fn mistakes_name_their_file_and_line() {
        let swap = |from: &str, to: &str| wrong(&CHOICE.replacen(from, to, 1));
        assert_eq!(swap("correct = true", "correct = false").0, "catalog.error.item_right");
        assert_eq!(swap("correct = false", "correct = true").0, "catalog.error.item_right");
        assert_eq!(swap("\"choice\"", "\"essay\"").0, "catalog.error.item_kind");
        assert_eq!(swap("\"choice\"", "\"order\"").0, "catalog.error.item_kind");
        assert_eq!(swap("id = \"a\"", "id = \"b\"").0, "catalog.error.item_parts");
        assert_eq!(swap("stem = \"Chọn?\"", "stem = \" \"").0, "catalog.error.item_empty");
        let (key, words) = swap("kind = ", "nature = ");
        assert_eq!(key, "catalog.error.toml");
        assert!(words.contains("01-a.md") && words.contains("line 13"), "{words}");
    }

    #[test]
    fn another_right_answer_is_another_key_and_other_words_are_not() {
        let at = At::start("01-a.md");
        let question = read(at, CHOICE).unwrap();
        let reworded = read(at, &CHOICE.replace("Một", "Số một").replace("Chọn?", "Nào?")).unwrap();
        assert_eq!(question.task.key(), reworded.task.key());
        let turned = CHOICE.replace("correct = true", "correct = maybe");
        let turned = turned.replace("correct = false", "correct = true");
        let turned = read(at, &turned.replace("correct = maybe", "correct = false")).unwrap();
        assert_ne!(question.task.key(), turned.task.key());
        assert!(!question.same_shape(&turned));
        assert_eq!(question.row_id(), turned.row_id());
        let next = Question { version: 2, ..question.clone() };
        assert_ne!(question.row_id(), next.row_id());
    }
}
