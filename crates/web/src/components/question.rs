//! A question in a lesson or an exam: large rows to choose from, and what the answer was worth.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::Icon;

/// A question with options: `(Question::one("answer", "Mật khẩu nào mạnh nhất?").option("a", "123456"))`.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    name: Cow<'a, str>,
    ask: Markup,
    kind: &'static str,
    help: Option<Cow<'a, str>>,
    error: Option<Cow<'a, str>>,
    options: Vec<Answer<'a>>,
    graded: Option<Lang>,
}

#[derive(Debug, Clone)]
struct Answer<'a> {
    value: Cow<'a, str>,
    body: Markup,
    chosen: bool,
    right: Option<bool>,
}

impl<'a> Question<'a> {
    /// One answer is right.
    pub fn one(name: impl Into<Cow<'a, str>>, ask: impl Render) -> Self {
        Question::new("radio", name.into(), ask.render())
    }

    /// Several answers may be right; the form receives the name once for each.
    pub fn many(name: impl Into<Cow<'a, str>>, ask: impl Render) -> Self {
        Question::new("checkbox", name.into(), ask.render())
    }

    fn new(kind: &'static str, name: Cow<'a, str>, ask: Markup) -> Self {
        Question { name, ask, kind, help: None, error: None, options: Vec::new(), graded: None }
    }

    /// A line below the question: "Chọn hai câu".
    pub fn help(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.help = Some(words.into());
        self
    }

    /// What is wrong with the answer as sent: nothing chosen.
    pub fn error(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.error = Some(words.into());
        self
    }

    pub fn option(mut self, value: impl Into<Cow<'a, str>>, body: impl Render) -> Self {
        let answer =
            Answer { value: value.into(), body: body.render(), chosen: false, right: None };
        self.options.push(answer);
        self
    }

    /// What was chosen before; call it again for each of several.
    pub fn chosen(mut self, value: &str) -> Self {
        for option in self.options.iter_mut().filter(|option| option.value == value) {
            option.chosen = true;
        }
        self
    }

    /// After grading: the right ones are marked, and nothing can be changed any more.
    pub fn graded(mut self, lang: Lang, right: &[&str]) -> Self {
        for option in &mut self.options {
            option.right = Some(right.contains(&option.value.as_ref()));
        }
        self.graded = Some(lang);
        self
    }

    fn row(&self, i: usize, option: &Answer<'_>) -> Markup {
        // The first one carries the field's id: the error summary leads to it.
        let field = super::control_id(&self.name);
        let id = if i == 0 { field } else { format!("{field}-{i}") };
        let state = match option.right {
            Some(true) => "answer answer-right",
            Some(false) if option.chosen => "answer answer-wrong",
            _ => "answer",
        };
        html! {
            label class=(state) for=(id) {
                input type=(self.kind) id=(id) name=(self.name) value=(option.value)
                    checked[option.chosen] disabled[self.graded.is_some()];
                span.answer-words { (option.body) }
                @if let Some(lang) = self.graded { " " (verdict(lang, option)) }
            }
        }
    }
}

/// Right or wrong in words at the end of an option, where it says something.
fn verdict(lang: Lang, option: &Answer<'_>) -> Markup {
    html! {
        @match (option.right, option.chosen) {
            (Some(true), _) => {
                span.answer-mark.tone-good { (Icon::Check) span { (lang.t("web.lesson.right_one")) } }
            }
            (Some(false), true) => {
                span.answer-mark.tone-bad { (Icon::Cross) span { (lang.t("web.lesson.your_choice")) } }
            }
            _ => {}
        }
    }
}

impl Render for Question<'_> {
    fn render(&self) -> Markup {
        let error_id = self.error.as_ref().map(|_| super::control_id(&self.name) + "-error");
        html! {
            fieldset.question aria-describedby=[&error_id] {
                legend { (self.ask) }
                @if let Some(help) = &self.help { p.hint { (help) } }
                @if let Some(error) = &self.error {
                    p.field-error id=[&error_id] { (Icon::Warning) span { (error) } }
                }
                @for (i, option) in self.options.iter().enumerate() { (self.row(i, option)) }
            }
        }
    }
}

/// What the answer was worth, and why: `(Feedback::right(lang, "Câu dài dễ nhớ, khó đoán."))`.
#[derive(Debug, Clone)]
pub struct Feedback {
    lang: Lang,
    right: Option<bool>,
    id: Option<&'static str>,
    body: Markup,
}

impl Feedback {
    pub fn right(lang: Lang, body: impl Render) -> Self {
        Feedback { lang, right: Some(true), id: None, body: body.render() }
    }

    pub fn wrong(lang: Lang, body: impl Render) -> Self {
        Feedback { lang, right: Some(false), id: None, body: body.render() }
    }

    /// Partly right.
    pub fn partly(lang: Lang, body: impl Render) -> Self {
        Feedback { lang, right: None, id: None, body: body.render() }
    }

    /// An id, so that the address the answer leads back to can end in `#id`.
    pub fn id(mut self, id: &'static str) -> Self {
        self.id = Some(id);
        self
    }
}

impl Render for Feedback {
    fn render(&self) -> Markup {
        let (tone, icon, words) = match self.right {
            Some(true) => ("tone-good", Icon::Check, "web.lesson.right"),
            Some(false) => ("tone-bad", Icon::Cross, "web.lesson.wrong"),
            None => ("tone-warn", Icon::Dash, "web.lesson.partly"),
        };
        html! {
            div class={ "feedback " (tone) } role="status" id=[self.id] tabindex="-1" {
                p.feedback-title { (icon) span { (self.lang.t(words)) } }
                (self.body)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    fn question() -> Question<'static> {
        Question::one("answer", "Mật khẩu nào mạnh nhất?")
            .option("a", "123456")
            .option("b", "bốn từ không liên quan")
            .option("c", "ngày sinh")
    }

    #[test]
    fn options_are_one_group_under_the_question() {
        let page = Probe::new(question().chosen("b").render());
        assert_eq!(page.text("fieldset > legend"), "Mật khẩu nào mạnh nhất?");
        assert_eq!(page.all("label.answer input[type=radio][name=answer]").len(), 3);
        assert_eq!(page.one("input[checked]").attr("value"), Some("b"));
        page.one("#f-answer");
    }

    #[test]
    fn a_graded_question_marks_right_and_wrong_in_words_and_is_closed() {
        let page = Probe::new(question().chosen("a").graded(Lang::Vi, &["b"]).render());
        assert_eq!(page.all("input[disabled]").len(), 3);
        assert_eq!(page.text(".answer-wrong .answer-mark"), "Bạn chọn");
        assert_eq!(page.text(".answer-right .answer-mark"), "Đáp án đúng");
        assert_eq!(page.all(".answer-mark").len(), 2);
    }

    #[test]
    fn nothing_chosen_is_said_beside_the_question() {
        let page = Probe::new(question().error("Chọn một câu trả lời").render());
        page.one("fieldset[aria-describedby=f-answer-error] #f-answer-error");
    }

    #[test]
    fn feedback_says_right_or_wrong_in_words() {
        for (feedback, words) in [
            (Feedback::right(Lang::Vi, ""), "Đúng"),
            (Feedback::wrong(Lang::Vi, ""), "Chưa đúng"),
            (Feedback::partly(Lang::En, ""), "Partly right"),
        ] {
            assert_eq!(Probe::new(feedback.render()).text(".feedback-title"), words);
        }
    }
}
