//! Where a number is heading: a robust trend of the last half year carried to the due day, with a
//! range, beside what is needed. Pure, and whole numbers throughout, so that the same facts give
//! the same words everywhere.
//!
//! The trend is the median of the slopes between all pairs of weeks (Theil 1950; Sen, "Estimates of
//! the regression coefficient based on Kendall's tau", JASA 63 (1968)): one week in which a file
//! with thousands of results came in does not bend it. The range is that of a random walk with
//! drift (Hyndman and Athanasopoulos, "Forecasting: principles and practice", 3rd ed., 5.5), its
//! spread from what the weeks differ from the trend.

mod trend;

use jiff::civil::Date;
use thao_record::evidence::{date_of, day};

use trend::Trend;

/// Weeks the trend looks back.
pub const WEEKS: usize = 26;
/// Fewer weeks of figures are no trend.
pub const LEAST: usize = 8;
/// Four times out of five, the standard normal distribution lies within this many thousandths of
/// its deviation.
const RANGE: i128 = 1282;
/// A day further away than this is no day to name: 30 years.
const FAR: i64 = 30 * 365;

/// What is asked: figures at the end of each week up to `on`, the last of them `on`'s.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Oldest first.
    pub weeks: &'a [i64],
    pub on: Date,
    pub due: Date,
    /// The figure that satisfies the goal.
    pub wanted: i64,
    /// More than this there cannot be.
    pub most: Option<i64>,
}

/// Where it is heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    Reached,
    /// The due day has passed.
    Past,
    /// So many weeks of figures, which are too few to say.
    TooShort(usize),
    To(Projection),
}

/// The figures of a projection; rates in thousandths of a person (or thing) a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Projection {
    /// What the figure will be on the due day: four times out of five from `low` to `high`.
    pub low: i64,
    pub middle: i64,
    pub high: i64,
    /// A week, from today, to have what is wanted on the due day.
    pub needed: i64,
    pub last_4: i64,
    pub last_12: Option<i64>,
    /// When what is wanted is there at the rate of the last four weeks; none when never or too far.
    pub reached_on: Option<Date>,
}

/// How likely the goal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// The whole range satisfies it.
    Likely,
    /// Some of the range does.
    Open,
    /// None of it does.
    Unlikely,
}

impl Projection {
    pub fn outlook(&self, wanted: i64) -> Outlook {
        match (self.low, self.high) {
            (low, _) if wanted <= low => Outlook::Likely,
            (_, high) if wanted <= high => Outlook::Open,
            _ => Outlook::Unlikely,
        }
    }
}

pub fn project(asked: &Asked<'_>) -> Heading {
    let now = asked.weeks.last().copied().unwrap_or_default();
    if asked.wanted <= now {
        return Heading::Reached;
    }
    let left = i64::from(day(asked.due)) - i64::from(day(asked.on));
    if left < 0 {
        return Heading::Past;
    }
    // Weeks before anything was counted here are no history of this number.
    let start = asked.weeks.iter().position(|n| *n != 0).unwrap_or(asked.weeks.len());
    let known = asked.weeks.get(start.saturating_sub(1)..).unwrap_or_default();
    let steps = known.len().saturating_sub(1);
    if steps < LEAST {
        return Heading::TooShort(steps);
    }
    let Some(trend) = Trend::of(known) else { return Heading::TooShort(steps) };
    let (middle, off) = trend.carried(now, left, RANGE);
    let falls = known.windows(2).any(|pair| matches!(pair, [a, b] if b < a));
    // What never fell is not expected to; and there cannot be more than all.
    let least = if falls { 0 } else { now };
    let most = asked.most.map_or(i64::MAX, |most| most.max(now));
    let within = |n: i64| n.max(least).min(most);
    let missing = asked.wanted - now;
    let last_4 = rate(known, 4).unwrap_or_default();
    Heading::To(Projection {
        low: within(middle.saturating_sub(off)),
        middle: within(middle),
        high: within(middle.saturating_add(off)),
        needed: per_week(missing, left),
        last_4,
        last_12: rate(known, 12),
        reached_on: reached_on(asked.on, missing, last_4),
    })
}

/// Thousandths a week over the last `weeks`.
fn rate(known: &[i64], weeks: i64) -> Option<i64> {
    let back = known.len().checked_sub(1 + usize::try_from(weeks).ok()?)?;
    let (now, before) = (known.last()?, known.get(back)?);
    Some((now - before) * 1000 / weeks)
}

/// Thousandths a week for `missing` in `days`, rounded up; all at once when it is due today.
fn per_week(missing: i64, days: i64) -> i64 {
    let thousandths = i128::from(missing) * 7 * 1000;
    let days = i128::from(days.max(1));
    i64::try_from((thousandths + days - 1) / days).unwrap_or(i64::MAX)
}

fn reached_on(on: Date, missing: i64, rate: i64) -> Option<Date> {
    if rate <= 0 {
        return None;
    }
    let days = (i128::from(missing) * 7 * 1000 + i128::from(rate) - 1) / i128::from(rate);
    let days = i64::try_from(days).ok().filter(|days| *days <= FAR)?;
    Some(date_of(day(on) + i32::try_from(days).ok()?))
}

#[cfg(test)]
mod tests;
