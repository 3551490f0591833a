//! Checking a return before it is submitted: what is missing, what cannot be, what is strange.
//! Pure. A finding is answered with a mended figure or with a note; other numbers ask again.

use std::collections::HashMap;

use thao_base::{Lang, ReportLineId};

use crate::figure::{Figure, number, words};
use crate::form::{Entry, Line};

/// A line with what stands in it now and what stood in it the period before.
#[derive(Debug, Clone)]
pub struct Filled {
    pub line: Line,
    pub now: Figure,
    pub before: Option<Figure>,
}

/// Something a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub line: ReportLineId,
    pub code: String,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A line that must be filled in holds no figure.
    Missing,
    /// A numerator without its denominator.
    NoWhole,
    /// A typed figure does not say where it comes from.
    Unsourced,
    /// More than the denominator has.
    Over { part: i64, whole: i64 },
    /// Far more or far less than the period before.
    /// Before and now.
    Change { figures: Box<[Figure; 2]>, percent: i64 },
    /// Not the sum of the lines it should be the sum of.
    Sum { is: i64, ought: i64, codes: String },
}

impl Finding {
    /// The finding with its numbers, as an answer keeps it.
    pub fn about(&self) -> String {
        let code = &self.code;
        match &self.what {
            What::Missing => format!("missing {code}"),
            What::NoWhole => format!("no_whole {code}"),
            What::Unsourced => format!("unsourced {code}"),
            What::Over { part, whole } => format!("over {code} {part} {whole}"),
            What::Change { figures, .. } => {
                let [before, now] = figures.each_ref().map(kept);
                format!("change {code} {before} {now}")
            }
            What::Sum { is, ought, .. } => format!("sum {code} {is} {ought}"),
        }
    }

    pub fn words(&self, lang: Lang) -> String {
        match &self.what {
            What::Missing => lang.t("report.finding.missing").to_owned(),
            What::NoWhole => lang.t("report.finding.no_whole").to_owned(),
            What::Unsourced => lang.t("report.finding.unsourced").to_owned(),
            What::Over { part, whole } => lang.f(
                "report.finding.over",
                &[("part", &number(lang, *part)), ("whole", &number(lang, *whole))],
            ),
            What::Change { figures, percent } => {
                let key = if *percent < 0 { "report.finding.fell" } else { "report.finding.rose" };
                let share = percent.unsigned_abs();
                let [before, now] = figures.each_ref().map(|figure| words(lang, figure));
                lang.f(key, &[("before", &before), ("now", &now), ("percent", &share)])
            }
            What::Sum { is, ought, codes } => lang.f(
                "report.finding.sum",
                &[("is", &number(lang, *is)), ("ought", &number(lang, *ought)), ("codes", codes)],
            ),
        }
    }
}

/// Everything there is to say about a return, line by line.
pub fn findings(lines: &[Filled], change_percent: i32) -> Vec<Finding> {
    let parts: HashMap<&str, Option<i64>> =
        lines.iter().map(|filled| (filled.line.code.as_str(), filled.now.part)).collect();
    let mut out = Vec::new();
    for filled in lines {
        let line = &filled.line;
        let mut say = |what| out.push(Finding { line: line.id, code: line.code.clone(), what });
        let now = &filled.now;
        let typed = line.entry() != Entry::Target;
        match (now.part, now.whole) {
            (None, _) if line.required => say(What::Missing),
            (Some(_), None) if line.entry() == Entry::Share => say(What::NoWhole),
            _ => {}
        }
        if typed && line.sourced && now.part.is_some() && now.source.is_none() {
            say(What::Unsourced);
        }
        if let (Some(part), Some(whole), true) = (now.part, now.whole, now.is_over()) {
            say(What::Over { part, whole });
        }
        if let Some(what) = filled.before.as_ref().and_then(|b| change(b, now, change_percent)) {
            say(what);
        }
        if let Some(what) = sum(line, now, &parts) {
            say(what);
        }
    }
    out
}

/// A figure as an answer keeps it: the share of a share, else the number.
fn kept(figure: &Figure) -> String {
    match (figure.permille(), figure.part) {
        (Some(permille), _) => format!("{permille}‰"),
        (None, Some(part)) => part.to_string(),
        (None, None) => "-".to_owned(),
    }
}

/// A share is compared with a share, a number with a number.
fn change(before: &Figure, now: &Figure, most: i32) -> Option<What> {
    let (from, to) = match (before.permille(), now.permille()) {
        (Some(from), Some(to)) => (from, to),
        _ if before.whole.is_some() || now.whole.is_some() => return None,
        _ => (before.part?, now.part?),
    };
    if from <= 0 {
        return None;
    }
    let moved = (i128::from(to) - i128::from(from)) * 100 / i128::from(from);
    let percent = i64::try_from(moved).unwrap_or(i64::MAX);
    let plain = |figure: &Figure| Figure { source: None, ..figure.clone() };
    (i128::from(most) < moved.abs())
        .then(|| What::Change { figures: Box::new([plain(before), plain(now)]), percent })
}

/// What is missing adds nothing up: only a whole sum is compared.
fn sum(line: &Line, now: &Figure, parts: &HashMap<&str, Option<i64>>) -> Option<What> {
    let codes = line.sum_of();
    if codes.is_empty() {
        return None;
    }
    let is = now.part?;
    let mut ought: i64 = 0;
    for code in &codes {
        ought = ought.checked_add(parts.get(code).copied().flatten()?)?;
    }
    (is != ought).then(|| What::Sum { is, ought, codes: codes.join(" + ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(code: &str, entry: Entry, now: Figure, before: Option<Figure>) -> Filled {
        Filled { line: Line::test(code, entry, &[]), now, before }
    }

    fn abouts(lines: &[Filled]) -> Vec<String> {
        findings(lines, 50).iter().map(Finding::about).collect()
    }

    #[test]
    fn what_is_missing_is_said_and_zero_is_not_missing() {
        let optional = |code| {
            let mut line = filled(code, Entry::Count, Figure::default(), None);
            line.line.required = false;
            line
        };
        let lines = [
            filled("A", Entry::Count, Figure::default(), None),
            filled("B", Entry::Count, Figure::count(0), None),
            optional("C"),
            filled("D", Entry::Share, Figure { whole: None, ..Figure::share(5, 0) }, None),
            filled("E", Entry::Share, Figure { part: None, ..Figure::share(0, 9) }, None),
        ];
        assert_eq!(abouts(&lines), ["missing A", "no_whole D", "missing E"]);
    }

    #[test]
    fn a_numerator_larger_than_its_denominator_is_said() {
        let over = filled("A", Entry::Target, Figure::share(11, 10), None);
        let full = filled("B", Entry::Target, Figure::share(10, 10), None);
        assert_eq!(abouts(&[over, full]), ["over A 11000 10000"]);
    }

    #[test]
    fn a_change_beyond_the_limit_is_said_both_ways() {
        for (before, now, said) in [
            (Figure::count(100), Figure::count(150), None),
            (Figure::count(100), Figure::count(151), Some("change A 100000 151000")),
            (Figure::count(100), Figure::count(49), Some("change A 100000 49000")),
            // From nothing everything is much; that is no finding.
            (Figure::count(0), Figure::count(500), None),
            (Figure::count(100), Figure::default(), None),
            (Figure::share(10, 100), Figure::share(20, 100), Some("change A 100‰ 200‰")),
            // Twice the people of twice the people is no change of the share.
            (Figure::share(10, 100), Figure::share(20, 200), None),
        ] {
            let mut line = filled("A", Entry::Count, now, Some(before));
            line.line.required = false;
            let found = abouts(&[line]);
            assert_eq!(found.first().map(String::as_str), said);
        }
    }

    #[test]
    fn a_sum_must_match_once_its_parts_are_there() {
        let total =
            |now| Filled { line: Line::test("T", Entry::Count, &["A", "B"]), now, before: None };
        let part = |code, now| filled(code, Entry::Count, now, None);
        let lines =
            |t, b: Figure| [total(Figure::count(t)), part("A", Figure::count(2)), part("B", b)];
        assert_eq!(abouts(&lines(5, Figure::count(3))), Vec::<String>::new());
        assert_eq!(abouts(&lines(6, Figure::count(3))), ["sum T 6000 5000"]);
        assert_eq!(abouts(&lines(6, Figure::default())), ["missing B"]);
    }

    #[test]
    fn a_source_that_must_be_named_is_missed() {
        let mut line = filled("A", Entry::Count, Figure::count(5), None);
        line.line.sourced = true;
        assert_eq!(abouts(std::slice::from_ref(&line)), ["unsourced A"]);
        line.now.source = Some("Công an xã, 14/11/2026".to_owned());
        assert_eq!(abouts(&[line]), Vec::<String>::new());
    }
}
