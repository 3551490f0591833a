//! Where a unit stands on its way to a target. Pure; whole numbers only, so that the same facts
//! give the same word everywhere.

use jiff::civil::Date;
use thao_record::evidence::day;
use thao_web::components::Standing;

use crate::kind::{Kind, Shape};
use crate::measure::Better;
use crate::target::{Qualifier, Target, Years};

/// "About" and "nearly" are kept from this part of the goal on, in thousandths of it: what a
/// plan's own "about" leaves open is five per cent.
const ABOUT: i128 = 950;
/// The same where less is better.
const ABOUT_LESS: i128 = 1050;

/// What was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// So many of a whole; none when nobody knows the whole: missing is not zero.
    Share { part: i64, whole: Option<i64> },
    /// So many.
    Count(i64),
    /// Thousandths of the unit, as somebody gave them; none when nobody did.
    Given(Option<i64>),
}

impl Value {
    /// Thousandths of the measure's unit as a fraction; none when nobody knows.
    fn fraction(self) -> Option<(i128, i128)> {
        match self {
            Value::Share { part, whole } => {
                let whole = whole.filter(|whole| 0 < *whole)?;
                Some((i128::from(part) * 1000, whole.into()))
            }
            Value::Count(n) => Some((i128::from(n) * 1000, 1)),
            Value::Given(value) => Some((value?.into(), 1)),
        }
    }

    /// Thousandths of the measure's unit, rounded down so that 100% means all.
    pub fn thousandths(self) -> Option<i64> {
        let (amount, of) = self.fraction()?;
        i64::try_from(amount.div_euclid(of)).ok()
    }
}

/// The way from the baseline to the goal: straight from point to point, the yearly goals on the
/// last days of their years. What is counted anew each year goes from nothing to the year's goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    pub baseline: i64,
    pub goal: i64,
    pub starts: Date,
    pub due: Date,
    pub years: Years,
    pub qualifier: Qualifier,
    pub better: Better,
    pub shape: Shape,
}

impl Path {
    pub fn of(target: &Target) -> Path {
        Path {
            baseline: target.baseline,
            goal: target.goal,
            starts: target.starts,
            due: target.due,
            years: target.years.clone(),
            qualifier: target.qualifier,
            better: target.better,
            shape: target.kind.shape(),
        }
    }

    /// The path of a unit that has agreed to a goal of its own: what is asked by the end of each
    /// year, and of a number its baseline, is the same part of the whole as its goal.
    pub fn own(target: &Target, goal: Option<i64>) -> Path {
        let common = Path::of(target);
        let Some(goal) = goal.filter(|_| 0 < common.goal) else { return common };
        let part = |whole: i64| {
            let part = i128::from(whole) * i128::from(goal) / i128::from(common.goal);
            i64::try_from(part).unwrap_or(i64::MAX)
        };
        Path {
            baseline: match common.shape {
                Shape::Count | Shape::PerYear => part(common.baseline),
                _ => common.baseline,
            },
            years: common.years.iter().map(|(year, whole)| (*year, part(*whole))).collect(),
            goal,
            ..common
        }
    }

    /// How much more would be on the way on a day: people, units, classes of a share or a count;
    /// 0 on it, above it, and where the goal is reached. None when nobody knows, and of what is not
    /// made up of so many.
    pub fn behind(&self, value: Value, on: Date) -> Option<i64> {
        let (amount, of) = value.fraction()?;
        if self.is_reached((amount, of), on) {
            return Some(0);
        }
        let (part, wanted) = match value {
            Value::Share { part, .. } if self.shape == Shape::Share => {
                let (line, length) = self.line(on);
                (part, (line * of + 1000 * length - 1).div_euclid(1000 * length))
            }
            Value::Count(n) => (n, i128::from(expected(self, on)) / 1000),
            _ => return None,
        };
        let missing_now = i64::try_from(wanted - i128::from(part)).ok()?.max(0);
        // A way that comes down from a baseline above the goal asks for no more than the goal.
        Some(missing_now.min(missing(self, value, on)?))
    }

    /// The goal that counts on a day: the year's own of what is counted each year.
    pub fn goal_on(&self, on: Date) -> i64 {
        if self.shape != Shape::PerYear {
            return self.goal;
        }
        let year = on.clamp(self.starts, self.due.max(self.starts)).year();
        self.years.get(&year).copied().unwrap_or(self.goal)
    }

    /// Where the way is on a day, as thousandths over a whole number: `(numerator, denominator)`.
    fn line(&self, on: Date) -> (i128, i128) {
        match self.shape {
            Shape::PerYear => self.line_of_year(on),
            // Nobody has half of it: it is not there until it is due.
            Shape::Milestone if on < self.due => (self.baseline.into(), 1),
            Shape::Milestone => (self.goal.into(), 1),
            _ => self.line_of_years(on),
        }
    }

    fn line_of_years(&self, on: Date) -> (i128, i128) {
        let mut from = (self.starts, self.baseline);
        for (year, goal) in &self.years {
            let Ok(end) = Date::new(*year, 12, 31) else { continue };
            if end <= self.starts || self.due <= end {
                continue;
            }
            if on <= end {
                return between(from, (end, *goal), on);
            }
            from = (end, *goal);
        }
        between(from, (self.due, self.goal), on)
    }

    fn line_of_year(&self, on: Date) -> (i128, i128) {
        let on = on.clamp(self.starts, self.due.max(self.starts));
        let first = Date::new(on.year(), 1, 1).unwrap_or(on).max(self.starts);
        let last = Date::new(on.year(), 12, 31).unwrap_or(on).min(self.due);
        between((first, 0), (last, self.goal_on(on)), on)
    }

    /// Whether what was reached satisfies the goal of a day.
    fn is_reached(&self, (amount, of): (i128, i128), on: Date) -> bool {
        let goal = i128::from(self.goal_on(on)) * of;
        match (self.better, self.qualifier) {
            (Better::More, Qualifier::AtLeast | Qualifier::Exactly) => goal <= amount,
            (Better::More, Qualifier::MoreThan) => goal < amount,
            (Better::More, Qualifier::About | Qualifier::Nearly) => goal * ABOUT <= amount * 1000,
            (Better::Less, Qualifier::AtLeast | Qualifier::Exactly) => amount <= goal,
            (Better::Less, Qualifier::MoreThan) => amount < goal,
            (Better::Less, Qualifier::About | Qualifier::Nearly) => {
                amount * 1000 <= goal * ABOUT_LESS
            }
        }
    }
}

/// The straight line between two points, as a fraction; level before the first and after the last.
fn between(from: (Date, i64), to: (Date, i64), on: Date) -> (i128, i128) {
    let length = i128::from(day(to.0)) - i128::from(day(from.0));
    if length <= 0 {
        return (to.1.into(), 1);
    }
    let gone = (i128::from(day(on)) - i128::from(day(from.0))).clamp(0, length);
    let rise = i128::from(to.1) - i128::from(from.1);
    (i128::from(from.1) * length + rise * gone, length)
}

/// How much more would reach the goal, 0 when it is: so many people, units, classes of a share or
/// a count; thousandths of the unit of a number that was given. None when nobody knows.
pub fn missing(path: &Path, value: Value, on: Date) -> Option<i64> {
    let goal = i128::from(path.goal_on(on));
    let missing = match value {
        Value::Share { part, whole } => {
            let whole = i128::from(whole.filter(|whole| 0 < *whole)?);
            least(path.qualifier, goal * whole) - i128::from(part)
        }
        Value::Count(n) => least(path.qualifier, goal) - i128::from(n),
        Value::Given(value) => {
            let value = i128::from(value?);
            match (path.better, path.qualifier) {
                (Better::More, Qualifier::MoreThan) => goal + 1 - value,
                (Better::More, Qualifier::AtLeast | Qualifier::Exactly) => goal - value,
                (Better::More, _) => (goal * ABOUT + 999).div_euclid(1000) - value,
                (Better::Less, Qualifier::MoreThan) => value - goal + 1,
                (Better::Less, Qualifier::AtLeast | Qualifier::Exactly) => value - goal,
                (Better::Less, _) => value - (goal * ABOUT_LESS).div_euclid(1000),
            }
        }
    };
    i64::try_from(missing).ok().map(|missing| missing.max(0))
}

/// The least whole number that satisfies a goal of so many thousandths.
fn least(qualifier: Qualifier, goal: i128) -> i128 {
    match qualifier {
        Qualifier::AtLeast | Qualifier::Exactly => (goal + 999).div_euclid(1000),
        Qualifier::MoreThan => goal.div_euclid(1000) + 1,
        Qualifier::About | Qualifier::Nearly => (goal * ABOUT + 999_999).div_euclid(1_000_000),
    }
}

/// Thousandths of a share, rounded down so that 1000 means all; none without a denominator.
pub fn permille(part: i64, whole: Option<i64>) -> Option<i64> {
    Value::Share { part, whole }.thousandths()
}

/// What should be reached on a day to be on the way, thousandths of the unit: of shares and given
/// numbers rounded up, of what is counted rounded down to a whole one.
pub fn expected(path: &Path, on: Date) -> i64 {
    let (line, length) = path.line(on);
    let thousandths = match path.shape {
        Shape::Count | Shape::PerYear => line.div_euclid(length * 1000) * 1000,
        _ if path.better == Better::Less => line.div_euclid(length),
        _ => (line + length - 1).div_euclid(length),
    };
    i64::try_from(thousandths).unwrap_or_default()
}

/// Where what was reached stands on a day. Without a denominator nobody knows: that is said, not
/// taken for zero.
pub fn standing(path: &Path, value: Value, on: Date) -> Standing {
    let Some((amount, of)) = value.fraction() else { return Standing::Unknown };
    if path.is_reached((amount, of), on) {
        return Standing::Reached;
    }
    if path.due < on {
        return Standing::Missed;
    }
    let (line, length) = path.line(on);
    let on_track = match path.shape {
        // Nobody holds half a class.
        Shape::Count | Shape::PerYear => i128::from(expected(path, on)) * of <= amount,
        _ if path.better == Better::Less => amount * length <= line * of,
        _ => line * of <= amount * length,
    };
    if on_track { Standing::OnTrack } else { Standing::AtRisk }
}

/// What numerator and denominator say, by the kind of measure.
pub(super) fn value(kind: Kind, part: i64, whole: Option<i64>) -> Value {
    match kind.shape() {
        Shape::Share | Shape::Milestone => Value::Share { part, whole },
        Shape::Count | Shape::PerYear => Value::Count(part),
        Shape::Figure => Value::Given(Some(part)),
    }
}

#[cfg(test)]
mod tests;
