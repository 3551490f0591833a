//! The numbers of a form: goal, baseline, yearly goals, in thousandths of the unit of measure.

use thao_base::Lang;
use thao_web::components::number_typed;

use super::Wrong;
use crate::kind::{Kind, Shape};
use crate::list;
use crate::measure::unit_code;
use crate::pages::targets::asks::asks;
use crate::pages::targets::typed::Typed;
use crate::target::Years;

/// More than any office counts; thousandths of it are far from the end of numbers.
const MOST: f64 = 1e12;

/// What is to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figures {
    pub(super) goal: i64,
    pub(super) baseline: i64,
    pub(super) years: Years,
}

/// How a number of a form is to be read.
#[derive(Clone, Copy)]
struct Form {
    lang: Lang,
    percent: bool,
    whole: bool,
}

impl Form {
    /// Thousandths: `62,5` per cent is 625, `12` classes are 12000, `7,05` points are 7050.
    fn read(self, typed: &str) -> Option<i64> {
        let typed = typed.trim().trim_end_matches(['%', ' ']);
        let number = number_typed(self.lang, typed).filter(|n| (0.0..=MOST).contains(n))?;
        if self.percent {
            return (number <= 100.0).then_some((number * 10.0).round() as i64);
        }
        let fits = !self.whole || number.fract() == 0.0;
        fits.then_some((number * 1000.0).round() as i64)
    }

    fn goal_error(self) -> &'static str {
        match (self.percent, self.whole) {
            (true, _) => "plan.error.goal",
            (_, true) => "plan.error.goal_whole",
            _ => "plan.error.goal_number",
        }
    }
}

impl Typed {
    pub(super) fn read_figures(
        &self,
        lang: Lang,
        kind: Kind,
        wrong: &mut Vec<Wrong>,
    ) -> Option<Figures> {
        let asks = asks(kind);
        if !asks.goal {
            return Some(Figures { goal: 1000, baseline: 0, years: Years::new() });
        }
        let code = match asks.unit_code {
            true => self.unit_code.as_str(),
            false => unit_code(kind, None, None),
        };
        let whole = list::measure_unit(code).is_some_and(|unit| unit.whole);
        let whole = whole || matches!(kind.shape(), Shape::Count | Shape::PerYear);
        let less = list::measure_unit(code).is_some_and(|unit| unit.less_is_better);
        let form = Form { lang, percent: code == "percent", whole };
        let goal = form.read(&self.goal).filter(|goal| 0 < *goal);
        if goal.is_none() {
            wrong.push(("goal", form.goal_error()));
        }
        let baseline = match (asks.baseline, self.baseline.is_empty()) {
            (false, _) => Some(0),
            // Nobody knows where it began: the way is level.
            (true, true) if kind == Kind::Figure => goal,
            (true, true) => Some(0),
            (true, false) => form.read(&self.baseline),
        };
        match (baseline, goal) {
            (None, _) => wrong.push(("baseline", "plan.error.baseline")),
            (Some(baseline), Some(goal)) if less && baseline < goal => {
                wrong.push(("baseline", "plan.error.baseline_below"));
            }
            (Some(baseline), Some(goal)) if !less && goal < baseline => {
                wrong.push(("baseline", "plan.error.baseline_above"));
            }
            _ => {}
        }
        let years = read_years(form, &self.years);
        if years.is_none() {
            wrong.push(("years", "plan.error.years"));
        }
        Some(Figures { goal: goal?, baseline: baseline?, years: years? })
    }
}

/// A year a line: `2026: 30`. None when a line says something else, or a year twice.
fn read_years(form: Form, typed: &str) -> Option<Years> {
    let mut out = Years::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (year, goal) = line.split_once([':', '=', ' '])?;
        let year: i16 = year.trim().parse().ok().filter(|year| (2000..2100).contains(year))?;
        let goal = form.read(goal.trim().trim_start_matches([':', '=']))?;
        if out.insert(year, goal).is_some() {
            return None;
        }
    }
    Some(out)
}
