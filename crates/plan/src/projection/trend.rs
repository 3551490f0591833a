//! The slope of a series of weeks and how much its steps spread about it.

/// Thousandths a week, and the variance of a week's step in squared thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trend {
    slope: i128,
    variance: i128,
    steps: i128,
}

impl Trend {
    /// None for fewer than three figures: two have no spread.
    pub(super) fn of(weeks: &[i64]) -> Option<Trend> {
        let slope = median_slope(weeks)?;
        let steps: Vec<i128> = weeks
            .windows(2)
            .filter_map(|pair| match pair {
                [a, b] => Some((i128::from(*b) - i128::from(*a)) * 1000),
                _ => None,
            })
            .collect();
        let count = i128::try_from(steps.len()).ok()?;
        if count < 2 {
            return None;
        }
        let squares: i128 = steps.iter().map(|step| (step - slope) * (step - slope)).sum();
        Some(Trend { slope, variance: squares / (count - 1), steps: count })
    }

    /// The figure after `days`, and how far off it may be at `times` thousandths of the deviation.
    ///
    /// Over h weeks the variance of a random walk with drift is that of a step times h (1 + h / T),
    /// T the steps the drift was seen over.
    pub(super) fn carried(&self, now: i64, days: i64, times: i128) -> (i64, i64) {
        let days = i128::from(days);
        let rise = (self.slope * days).div_euclid(7 * 1000);
        let variance = self.variance * days * (7 * self.steps + days) / (49 * self.steps);
        let off = variance.max(0).isqrt() * times / 1000;
        let narrow = |n: i128| i64::try_from(n).unwrap_or(i64::MAX);
        (narrow(i128::from(now) + rise), narrow((off + 999) / 1000))
    }
}

/// The median of the slopes between all pairs, in thousandths a week, each rounded down; of an even
/// number the mean of the middle two.
fn median_slope(weeks: &[i64]) -> Option<i128> {
    let mut slopes = Vec::with_capacity(weeks.len() * weeks.len() / 2);
    for (i, from) in weeks.iter().enumerate() {
        for (k, to) in weeks.iter().enumerate().skip(i + 1) {
            let apart = i128::try_from(k - i).ok()?;
            slopes.push(((i128::from(*to) - i128::from(*from)) * 1000).div_euclid(apart));
        }
    }
    slopes.sort_unstable();
    let middle = slopes.len() / 2;
    let upper = *slopes.get(middle)?;
    match slopes.len() % 2 {
        1 => Some(upper),
        _ => Some((slopes.get(middle - 1)? + upper).div_euclid(2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_has_its_slope_and_no_spread() {
        let weeks: Vec<i64> = (0..10).map(|n| 100 + 7 * n).collect();
        let trend = Trend::of(&weeks).unwrap();
        assert_eq!((trend.slope, trend.variance), (7_000, 0));
        assert_eq!(trend.carried(163, 70, 1282), (233, 0));
    }

    #[test]
    fn a_week_in_which_a_file_came_in_bends_nothing() {
        let mut weeks: Vec<i64> = (0..20).map(|n| 10 * n).collect();
        weeks.iter_mut().skip(15).for_each(|n| *n += 5_000);
        let trend = Trend::of(&weeks).unwrap();
        assert!((10_000..11_000).contains(&trend.slope), "{}", trend.slope);
    }

    #[test]
    fn the_median_of_an_even_number_lies_between() {
        // Slopes 1, 3 and, two weeks apart, 2.
        assert_eq!(median_slope(&[0, 1, 4]), Some(2_000));
        // Slopes 0, 0, 0, 4, 2, 4/3.
        assert_eq!(median_slope(&[0, 0, 0, 4]), Some(666));
        assert_eq!(median_slope(&[5]), None);
        assert_eq!(Trend::of(&[1, 2]), None);
    }
}
