//! The text of a report: a template with its places filled in, as headings, paragraphs and the
//! annex, and whatever in it could not be filled in, with its line. Pure.

use std::collections::HashMap;

use thao_base::Lang;

use crate::figure::{self, Figure};
use crate::formula::{self, Wrong};

/// What a template can ask for.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// `{{ky}}`, `{{don_vi}}` …: words by their name.
    pub words: HashMap<&'static str, String>,
    pub lines: Vec<LineFacts>,
}

/// A line of the form, as a text speaks of it.
#[derive(Debug, Clone, Default)]
pub struct LineFacts {
    pub code: String,
    pub title: String,
    pub unit: String,
    pub now: Figure,
    pub before: Option<Figure>,
}

/// A text, ready to be set by whoever lays it out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    pub blocks: Vec<Block>,
    pub faults: Vec<Fault>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Its level, 1 or 2, and words.
    Heading(u8, String),
    Paragraph(String),
    /// The table of the units: `{{bang}}`.
    Annex,
}

/// Something that could not be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line of the template, from 1.
    pub line: usize,
    pub place: String,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// No such place.
    Unknown,
    /// No line of the form has this code.
    NoLine(String),
    /// `{{` without `}}`.
    Open,
    DividesByZero(usize),
    /// A formula that cannot be read from a character on.
    Formula(usize),
}

impl Fault {
    pub fn words(&self, lang: Lang) -> String {
        let what = match &self.what {
            What::Unknown => lang.t("report.fault.unknown").to_owned(),
            What::NoLine(code) => lang.f("report.fault.no_line", &[("code", code)]),
            What::Open => lang.t("report.fault.open").to_owned(),
            What::DividesByZero(at) => lang.f("report.fault.divides", &[("at", at)]),
            What::Formula(at) => lang.f("report.fault.formula", &[("at", at)]),
        };
        lang.f(
            "report.fault.words",
            &[("line", &self.line), ("place", &self.place), ("what", &what)],
        )
    }
}

/// The table of units, standing alone on its line.
const ANNEX: &str = "{{bang}}";

/// Fills a template in. Reports are written in Vietnamese, whoever looks at them.
pub fn draft(template: &str, facts: &Facts) -> Draft {
    let mut out = Draft::default();
    for (text, no) in template.lines().zip(1..) {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        if text == ANNEX {
            out.blocks.push(Block::Annex);
            continue;
        }
        let (level, text) = match (text.strip_prefix("## "), text.strip_prefix("# ")) {
            (Some(rest), _) => (2, rest),
            (None, Some(rest)) => (1, rest),
            (None, None) => (0, text),
        };
        let filled = fill(text, no, facts, &mut out.faults);
        out.blocks.push(match level {
            0 => Block::Paragraph(filled),
            level => Block::Heading(level, filled),
        });
    }
    out
}

fn fill(text: &str, line: usize, facts: &Facts, faults: &mut Vec<Fault>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((place, after)) = tail.split_once("}}") else {
            let place = tail.chars().take(40).collect();
            faults.push(Fault { line, place, what: What::Open });
            out.push_str("{{");
            rest = tail;
            continue;
        };
        match value(place.trim(), facts) {
            Ok(words) => out.push_str(&words),
            Err(what) => {
                // What could not be filled in is seen in the text too.
                out.push_str(&format!("[?? {} ??]", place.trim()));
                faults.push(Fault { line, place: place.trim().to_owned(), what });
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn value(place: &str, facts: &Facts) -> Result<String, What> {
    let vi = Lang::Vi;
    if let Some(words) = facts.words.get(place) {
        return Ok(words.clone());
    }
    if let Some(rest) = place.strip_prefix("chi_tieu ") {
        let (code, aspect) = rest.split_once(':').ok_or(What::Unknown)?;
        let code = code.trim();
        let line = facts.lines.iter().find(|line| line.code == code);
        let line = line.ok_or_else(|| What::NoLine(code.to_owned()))?;
        return aspect_of(vi, line, aspect.trim()).ok_or(What::Unknown);
    }
    if let Some(rest) = place.strip_prefix("tinh ") {
        let (text, places) = match rest.rsplit_once(';') {
            Some((text, places)) => {
                (text, places.trim().parse::<usize>().map_err(|_| What::Unknown)?.min(6))
            }
            None => (rest, 1),
        };
        let known = |name: &str| number_of(facts, name);
        return match formula::value(text, &known) {
            Ok(Some(value)) => Ok(vi.decimal(value, places)),
            Ok(None) => Ok(missing(vi)),
            Err(Wrong::DividesByZero { at }) => Err(What::DividesByZero(at)),
            Err(Wrong::Syntax { at }) => Err(What::Formula(at)),
            Err(Wrong::Unknown { name }) => Err(What::NoLine(name)),
        };
    }
    Err(What::Unknown)
}

fn missing(lang: Lang) -> String {
    lang.t("report.draft.missing").to_owned()
}

/// `CODE.tu_so`, `CODE.mau_so`, `CODE.ky_truoc` as numbers.
fn number_of(facts: &Facts, name: &str) -> Option<Option<f64>> {
    let (code, aspect) = name.rsplit_once('.')?;
    let line = facts.lines.iter().find(|line| line.code == code)?;
    let thousandths = match aspect {
        "tu_so" => line.now.part,
        "mau_so" => line.now.whole,
        "ky_truoc" => line.before.as_ref().and_then(|before| before.part),
        _ => return None,
    };
    Some(thousandths.map(|n| n as f64 / 1000.0))
}

fn aspect_of(lang: Lang, line: &LineFacts, aspect: &str) -> Option<String> {
    let number = |n: Option<i64>| n.map_or_else(|| missing(lang), |n| figure::number(lang, n));
    let share = |figure: &Figure| {
        figure.permille().map_or_else(|| missing(lang), |p| figure::percent(lang, p))
    };
    Some(match aspect {
        "ten" => line.title.clone(),
        "don_vi_tinh" => line.unit.clone(),
        "so_lieu" => with_unit(lang, line),
        "tu_so" => number(line.now.part),
        "mau_so" => number(line.now.whole),
        "ty_le" => share(&line.now),
        "ky_truoc" => match &line.before {
            Some(before) => figure::words(lang, before),
            None => missing(lang),
        },
        "so_sanh" => compared(lang, line),
        _ => return None,
    })
}

/// "12.345/20.000 người (61,7%)", "300 lớp".
fn with_unit(lang: Lang, line: &LineFacts) -> String {
    let unit = line.unit.as_str();
    match (line.now.part, line.now.whole) {
        (None, _) => missing(lang),
        (Some(part), None) => format!("{} {unit}", figure::number(lang, part)),
        (Some(part), Some(whole)) => {
            let share = line.now.permille().map(|p| format!(" ({})", figure::percent(lang, p)));
            let (part, whole) = (figure::number(lang, part), figure::number(lang, whole));
            format!("{part}/{whole} {unit}{}", share.unwrap_or_default())
        }
    }
}

/// "tăng 2,5 điểm phần trăm so với kỳ trước": a share in points, a number in its unit.
fn compared(lang: Lang, line: &LineFacts) -> String {
    let none = || lang.t("report.draft.no_before").to_owned();
    let Some(before) = &line.before else { return none() };
    let (moved, words) = match (before.permille(), line.now.permille()) {
        (Some(from), Some(to)) => {
            let points = lang.decimal((to - from).abs() as f64 / 10.0, 1);
            (to - from, lang.f("report.draft.points", &[("n", &points)]))
        }
        _ if before.whole.is_some() || line.now.whole.is_some() => return none(),
        _ => {
            let Some((from, to)) = before.part.zip(line.now.part) else { return none() };
            let moved = to - from;
            let mut words = format!("{} {}", figure::number(lang, moved.abs()), line.unit);
            if 0 < from {
                let share = moved.abs() as f64 * 100.0 / from as f64;
                words.push_str(&format!(" ({}%)", lang.decimal(share, 1)));
            }
            (moved, words)
        }
    };
    match moved {
        0 => lang.t("report.draft.same").to_owned(),
        1.. => lang.f("report.draft.rose", &[("n", &words)]),
        _ => lang.f("report.draft.fell", &[("n", &words)]),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn facts() -> Facts {
        let line = |code: &str, now, before| LineFacts {
            code: code.to_owned(),
            title: format!("Dòng {code}"),
            unit: "người".to_owned(),
            now,
            before,
        };
        Facts {
            words: HashMap::from([("ky", "Tháng 11/2026".to_owned())]),
            lines: vec![
                line("PT-01", Figure::share(62, 100), Some(Figure::share(595, 1000))),
                line("A1", Figure::count(1_350), Some(Figure::count(1_200))),
                line("A2", Figure::count(0), None),
                line("A3", Figure::default(), Some(Figure::count(5))),
            ],
        }
    }

    fn filled(text: &str) -> (String, Vec<Fault>) {
        let mut out = draft(text, &facts());
        match out.blocks.pop() {
            Some(Block::Paragraph(words)) => (words, out.faults),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn figures_and_comparisons_are_sentences() {
        for (text, words) in [
            ("{{ky}}.", "Tháng 11/2026."),
            (
                "đạt {{chi_tieu PT-01: ty_le}}, {{chi_tieu PT-01: so_sanh}}",
                "đạt 62,0%, tăng 2,5 điểm phần trăm so với kỳ trước",
            ),
            (
                "{{chi_tieu A1: so_lieu}}, {{chi_tieu A1:so_sanh}}",
                "1.350 người, tăng 150 người (12,5%) so với kỳ trước",
            ),
            ("{{chi_tieu PT-01: so_lieu}}", "62/100 người (62,0%)"),
            ("{{chi_tieu A2: so_sanh}}", "chưa có số liệu kỳ trước để so sánh"),
            ("{{chi_tieu A3: tu_so}}", "chưa có số liệu"),
            ("{{tinh [A1.tu_so] / [PT-01.mau_so]; 2}}", "13,50"),
            ("{{tinh [A3.tu_so] + 1}}", "chưa có số liệu"),
        ] {
            assert_eq!(filled(text), (words.to_owned(), Vec::new()), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_filled_in_is_said_with_its_line() {
        let text = "# Mục\n\n{{gi_day}}\n{{chi_tieu X: ty_le}}\n{{chi_tieu A1: mau}}\n\
            {{tinh 1 / [A2.tu_so]}}\n{{tinh 1 +}}\n{{tinh [X.tu_so]}}\nhở {{ngoặc";
        let found = draft(text, &facts());
        let places: Vec<(usize, What)> =
            found.faults.iter().map(|fault| (fault.line, fault.what.clone())).collect();
        assert_eq!(
            places,
            [
                (3, What::Unknown),
                (4, What::NoLine("X".to_owned())),
                (5, What::Unknown),
                (6, What::DividesByZero(3)),
                (7, What::Formula(4)),
                (8, What::NoLine("X.tu_so".to_owned())),
                (9, What::Open),
            ]
        );
        assert_eq!(found.blocks.len(), 8, "the text is whole all the same");
        assert_eq!(found.blocks.first(), Some(&Block::Heading(1, "Mục".to_owned())));
    }

    proptest! {
        /// Whatever an office types, there is a text.
        #[test]
        fn any_template_gives_a_text(text in "(\\PC|\\n|\\{\\{|\\}\\}|tinh |chi_tieu ){0,60}") {
            let _ = draft(&text, &facts());
        }
    }
}
