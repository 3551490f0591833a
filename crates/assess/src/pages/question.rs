//! A question drawn: to be answered, or answered with what it was worth. What is right stays
//! here until it was found.

use maud::{Markup, Render, html};
use thao_base::Lang;
use thao_catalog::item::{Opt, Question as Item, Task};
use thao_web::components::{Feedback, Icon, LinkButton, Question, control_id};

use crate::grading::{Graded, Response, grade};
use crate::history::Answer;

/// How a question is drawn.
pub(super) enum Look<'a> {
    /// To be answered; `typed` is what was sent before it was refused.
    Open { typed: &'a [(String, String)], error: Option<String> },
    /// Answered; without a response where only its outcome is known.
    Answered(Option<&'a Response>),
}

/// Draws a question; `order`: how the parts of an order or a match are shown.
pub(super) fn render(lang: Lang, item: &Item, order: &[usize], look: Look<'_>) -> Markup {
    match (&item.task, look) {
        (Task::Choice { options } | Task::Multiple { options }, look) => {
            options_of(lang, item, options, &look)
        }
        (Task::Text { .. }, look) => text(lang, item, &look),
        (Task::Order { items }, Look::Open { typed, error }) => {
            let rows = order.iter().enumerate().filter_map(|(shown, part)| {
                let number = |n: usize| (n, (n + 1).to_string());
                let places: Vec<(usize, String)> = (0..items.len()).map(number).collect();
                Some(pick(lang, shown, items.get(*part)?, &places, typed, "answer-part"))
            });
            set(item, error.as_ref(), rows)
        }
        (Task::Match { pairs }, Look::Open { typed, error }) => {
            let sides: Vec<(usize, String)> = order
                .iter()
                .enumerate()
                .filter_map(|(shown, part)| Some((shown, pairs.get(*part)?.1.clone())))
                .collect();
            let rows = pairs
                .iter()
                .enumerate()
                .map(|(left, (words, _))| pick(lang, left, words, &sides, typed, "answer-pair"));
            set(item, error.as_ref(), rows)
        }
        (Task::Order { items }, Look::Answered(response)) => {
            let parts = placed(response);
            let words = |i: usize, part: usize| Some(html! { (i + 1) ". " (items.get(part)?) });
            set(item, None, judged(lang, item, response, &parts, words))
        }
        (Task::Match { pairs }, Look::Answered(response)) => {
            let parts = placed(response);
            let words = |left: usize, right: usize| {
                let (left, right) = (&pairs.get(left)?.0, &pairs.get(right)?.1);
                Some(html! { (left) " → " (right) })
            };
            set(item, None, judged(lang, item, response, &parts, words))
        }
    }
}

/// What the answer was worth and why, with the way to try again.
pub(super) fn feedback(lang: Lang, item: &Item, answer: &Answer, again: &str) -> Markup {
    let response = answer.detail.response.as_ref();
    let score = response.and_then(|response| grade(&item.task, response)).map(|g| g.score);
    let (words, title) = match (answer.success, score) {
        (true, _) => (&item.feedback.right, "web.lesson.right"),
        (false, Some(1..)) => (&item.feedback.wrong, "web.lesson.partly"),
        (false, _) => (&item.feedback.wrong, "web.lesson.wrong"),
    };
    let why = html! {
        p { (without(words, lang.t(title))) }
        @if !answer.success { (LinkButton::quiet(again, lang.t("assess.lesson.again"))) }
    };
    let feedback = match title {
        "web.lesson.right" => Feedback::right(lang, why),
        "web.lesson.partly" => Feedback::partly(lang, why),
        _ => Feedback::wrong(lang, why),
    };
    feedback.id("feedback").render()
}

/// The words without "Đúng." at their start, where a heading says so already.
fn without(words: &str, title: &str) -> String {
    let rest = words.strip_prefix(title).and_then(|rest| rest.strip_prefix(['.', ':', ',', '!']));
    let Some(rest) = rest.map(str::trim_start).filter(|rest| !rest.is_empty()) else {
        return words.to_owned();
    };
    let mut letters = rest.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

fn options_of(lang: Lang, item: &Item, options: &[Opt], look: &Look<'_>) -> Markup {
    let many = matches!(item.task, Task::Multiple { .. });
    let (chosen, error, answered): (Vec<&str>, _, _) = match look {
        Look::Open { typed, error } => {
            let sent = typed.iter().filter(|(name, _)| name == "answer");
            (sent.map(|(_, value)| value.as_str()).collect(), error.clone(), false)
        }
        Look::Answered(Some(Response::Options(ids))) => {
            (ids.iter().map(String::as_str).collect(), None, true)
        }
        Look::Answered(_) => (Vec::new(), None, true),
    };
    let mut question = if many {
        Question::many("answer", &item.stem).help(lang.t("assess.lesson.choose_all"))
    } else {
        Question::one("answer", &item.stem)
    };
    for option in options {
        let picked = chosen.contains(&option.id.as_str());
        question = question.option(
            option.id.as_str(),
            html! {
                (option.text)
                @if answered && picked { span.answer-why { (option.feedback) } }
            },
        );
        if picked {
            question = question.chosen(&option.id);
        }
    }
    if let Some(error) = error {
        question = question.error(error);
    }
    if answered {
        // Only what the learner found: the others are still to be found.
        let found: Vec<&str> = options
            .iter()
            .filter(|option| option.correct && chosen.contains(&option.id.as_str()))
            .map(|option| option.id.as_str())
            .collect();
        question = question.graded(lang, &found);
    }
    question.render()
}

fn text(lang: Lang, item: &Item, look: &Look<'_>) -> Markup {
    let id = control_id("answer");
    let (value, error, closed) = match look {
        Look::Open { typed, error } => {
            let sent = typed.iter().find(|(name, _)| name == "answer");
            (sent.map_or("", |(_, value)| value.as_str()), error.clone(), false)
        }
        Look::Answered(Some(Response::Text(text))) => (text.as_str(), None, true),
        // What somebody typed is not kept.
        Look::Answered(_) => return set(item, None, []),
    };
    let input = html! {
        input.input type="text" id=(id) name="answer" value=(value) maxlength="200"
            aria-label=(lang.t("assess.lesson.your_answer")) autocomplete="off" autocapitalize="off"
            spellcheck="false" disabled[closed];
    };
    set(item, error.as_ref(), [input])
}

/// The frame of a question that is not a list of options.
fn set(item: &Item, error: Option<&String>, rows: impl IntoIterator<Item = Markup>) -> Markup {
    let error_id = error.map(|_| control_id("answer") + "-error");
    html! {
        fieldset.question aria-describedby=[&error_id] {
            legend { (item.stem) }
            @if let Some(error) = error {
                p.field-error id=[&error_id] { (Icon::Warning) span { (error) } }
            }
            @for row in rows { (row) }
        }
    }
}

/// A part with the select that gives it its place; values count from 1.
fn pick(
    lang: Lang,
    no: usize,
    words: &str,
    places: &[(usize, String)],
    typed: &[(String, String)],
    class: &str,
) -> Markup {
    let name = format!("answer-{no}");
    let id = if no == 0 { control_id("answer") } else { control_id(&name) };
    let sent = typed.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value);
    html! {
        div class={ "answer " (class) } {
            label.answer-words for=(id) { (words) }
            select.input id=(id) name=(name) {
                option value="" { (lang.t("assess.lesson.choose")) }
                @for (place, words) in places {
                    @let value = (place + 1).to_string();
                    option value=(value) selected[sent == value] { (words) }
                }
            }
        }
    }
}

fn placed(response: Option<&Response>) -> Vec<usize> {
    match response {
        Some(Response::Parts(parts)) => parts.clone(),
        _ => Vec::new(),
    }
}

/// The parts as the learner placed them, each marked in words.
fn judged(
    lang: Lang,
    item: &Item,
    response: Option<&Response>,
    parts: &[usize],
    words: impl Fn(usize, usize) -> Option<Markup>,
) -> Vec<Markup> {
    let graded: Option<Graded> = response.and_then(|response| grade(&item.task, response));
    let right = |i: usize| graded.as_ref().and_then(|graded| graded.parts.get(i)).copied();
    let rows = parts.iter().enumerate().filter_map(|(i, part)| {
        let words = words(i, *part)?;
        let (class, tone, icon, mark) = if right(i)? {
            ("answer answer-right", "tone-good", Icon::Check, "assess.lesson.in_place")
        } else {
            ("answer answer-wrong", "tone-bad", Icon::Cross, "assess.lesson.misplaced")
        };
        Some(html! {
            div class=(class) {
                span.answer-words { (words) }
                span class={ "answer-mark " (tone) } { (icon) span { (lang.t(mark)) } }
            }
        })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_heading_says_is_not_said_twice() {
        for (words, shown) in [
            ("Đúng. Nhiều từ ghép lại.", "Nhiều từ ghép lại."),
            ("Đúng: ba ngày.", "Ba ngày."),
            ("Đúng giờ là quan trọng.", "Đúng giờ là quan trọng."),
            ("Đúng.", "Đúng."),
            ("Ba ngày.", "Ba ngày."),
        ] {
            assert_eq!(without(words, "Đúng"), shown);
        }
    }
}
