//! Text broken into lines.

use crate::document::Run;
use crate::fonts::{Fonts, Style};
use crate::phrases::clean;

/// Some text of one style within a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    pub(super) style: Style,
    pub(super) text: String,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Line {
    pub(super) spans: Vec<Span>,
    /// In points.
    pub(super) width: f32,
    /// Spaces that may grow.
    pub(super) gaps: usize,
    /// Whether the paragraph, or a line of its own, ends here: not stretched.
    pub(super) ends: bool,
}

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Before {
    /// A line may break here, without a space.
    Nothing,
    Space,
    NewLine,
}

struct Word {
    before: Before,
    spans: Vec<Span>,
    width: f32,
}

/// Lines of text of a size: the first is as wide as `first`, the others as `rest`.
pub(super) fn lines(fonts: &Fonts, runs: &[Run], size: f32, first: f32, rest: f32) -> Vec<Line> {
    let mut done: Vec<Line> = Vec::new();
    let mut line = Line::default();
    for word in words(fonts, runs, size) {
        let room = if done.is_empty() { first } else { rest };
        let style = line.spans.last().map_or(Style::PLAIN, |span| span.style);
        let gap = match word.before {
            Before::Space if !line.spans.is_empty() => fonts.width(style, " ") * size,
            _ => 0.0,
        };
        let full = !line.spans.is_empty() && room < line.width + gap + word.width;
        if word.before == Before::NewLine || full {
            line.ends = word.before == Before::NewLine;
            if word.before == Before::Space {
                // Unseen, but it is read and copied.
                push(&mut line, style, " ", 0.0);
            }
            done.push(std::mem::take(&mut line));
        } else if gap > 0.0 {
            push(&mut line, style, " ", gap);
            line.gaps += 1;
        }
        for span in word.spans {
            let room = if done.is_empty() { first } else { rest };
            let width = fonts.width(span.style, &span.text) * size;
            if line.width + width <= room || !line.spans.is_empty() && word.width <= room {
                push(&mut line, span.style, &span.text, width);
            } else {
                cut(fonts, &span, size, rest, room, &mut line, &mut done);
            }
        }
    }
    line.ends = true;
    done.push(line);
    done
}

/// A word wider than the line, broken between letters.
fn cut(
    fonts: &Fonts,
    span: &Span,
    size: f32,
    rest: f32,
    mut room: f32,
    line: &mut Line,
    done: &mut Vec<Line>,
) {
    for letter in span.text.chars() {
        let width = fonts.glyph(span.style, letter).1 * size;
        if !line.spans.is_empty() && room < line.width + width {
            line.ends = true;
            done.push(std::mem::take(line));
            room = rest;
        }
        push(line, span.style, letter.encode_utf8(&mut [0; 4]), width);
    }
}

fn push(line: &mut Line, style: Style, text: &str, width: f32) {
    line.width += width;
    match line.spans.last_mut() {
        Some(span) if span.style == style => span.text.push_str(text),
        _ => line.spans.push(Span { style, text: text.to_owned() }),
    }
}

fn words(fonts: &Fonts, runs: &[Run], size: f32) -> Vec<Word> {
    let new = |before: Before| Word { before, spans: Vec::new(), width: 0.0 };
    let mut out = vec![new(Before::Nothing)];
    let mut last = ' ';
    for run in runs {
        let style = Style::of(run);
        for letter in clean(&run.text).chars() {
            let before = match letter {
                ' ' => Some(Before::Space),
                '\n' => Some(Before::NewLine),
                // A line may break within Bắc-Nam, not within 2025-2030.
                _ if matches!(last, '-' | '/' | '–' | '—') && letter.is_alphabetic() => {
                    Some(Before::Nothing)
                }
                _ => None,
            };
            let empty = out.last().is_some_and(|word| word.spans.is_empty());
            match (before, out.last_mut()) {
                // Of several spaces one is left; a new line outweighs them.
                (Some(Before::Space), Some(_)) if empty => {}
                (Some(Before::NewLine), Some(word)) if empty && word.before == Before::Space => {
                    word.before = Before::NewLine;
                }
                (Some(before), _) if before != Before::Nothing || !empty => out.push(new(before)),
                _ => {}
            }
            if let (Some(word), false) = (out.last_mut(), matches!(letter, ' ' | '\n')) {
                word.width += fonts.glyph(style, letter).1 * size;
                match word.spans.last_mut() {
                    Some(span) if span.style == style => span.text.push(letter),
                    _ => word.spans.push(Span { style, text: letter.to_string() }),
                }
            }
            last = letter;
        }
    }
    // Spaces at the end show nothing.
    if out.last().is_some_and(|word| word.spans.is_empty() && word.before == Before::Space) {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(runs: &[Run], first: f32, rest: f32) -> Vec<String> {
        let fonts = Fonts::built_in().unwrap();
        lines(&fonts, runs, 10.0, first, rest)
            .iter()
            .map(|line| line.spans.iter().map(|span| span.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn lines_break_at_spaces_and_after_dashes() {
        // A digit is 5 points wide, a space 2.5.
        for (text, room, broken) in [
            ("11 22 33", 30.0, vec!["11 22 ", "33"]),
            ("  11   22  ", 30.0, vec!["11 22"]),
            ("11\n22", 300.0, vec!["11", "22"]),
            ("11 \n\n22", 300.0, vec!["11", "", "22"]),
            ("12345678", 20.0, vec!["1234", "5678"]),
            ("1 12345678", 20.0, vec!["1 ", "1234", "5678"]),
            ("11\u{a0}22 33", 26.0, vec!["11\u{a0}22 ", "33"]),
            ("2025-2030 1", 30.0, vec!["2025-2", "030 1"]),
            ("aa-bb", 13.0, vec!["aa-", "bb"]),
            ("", 30.0, vec![""]),
        ] {
            assert_eq!(texts(&[Run::new(text)], room, room), broken, "{text:?}");
        }
        assert_eq!(texts(&[Run::new("11 22 33")], 15.0, 30.0), ["11 ", "22 33"]);
    }

    #[test]
    fn styles_change_within_a_word() {
        let runs = [Run::new("a"), Run::new("b").bold(), Run::new(" c")];
        let fonts = Fonts::built_in().unwrap();
        let lines = lines(&fonts, &runs, 10.0, 100.0, 100.0);
        let spans: Vec<(&str, bool)> =
            lines[0].spans.iter().map(|span| (span.text.as_str(), span.style.bold)).collect();
        assert_eq!(spans, [("a", false), ("b ", true), ("c", false)]);
        assert_eq!((lines.len(), lines[0].gaps, lines[0].ends), (1, 1, true));
    }
}
