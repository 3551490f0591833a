//! Holding the sum of the parts against the whole. Pure; whole numbers only.

use super::{Adds, Part};

/// What the parts come to beside the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Equal,
    Over,
    Short,
    /// The size of a unit is not known, so shares cannot be weighed.
    Unknown,
}

/// The sum of the parts beside the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared {
    pub verdict: Verdict,
    /// What the parts come to, in thousandths of the measure's unit; of shares rounded down.
    pub sum: i64,
    /// How much that is over or short: of shares whole people, of counts thousandths.
    pub gap: i64,
    /// Units that were given a part, of how many.
    pub given: usize,
    pub units: usize,
    /// Units whose size is not known.
    pub unknown: usize,
}

/// Compares parts with `goal`. Shares are weighed by the size of each unit, counts are summed; a
/// unit without a part adds nothing. A share is equal when it is so to the thousandth, which is as
/// fine as goals are.
pub fn compare(adds: Adds, goal: i64, parts: &[Part]) -> Compared {
    let given = parts.iter().filter(|part| part.goal.is_some()).count();
    let unknown = parts.iter().filter(|part| part.weight.is_none()).count();
    let (sum, gap, verdict) = match adds {
        Adds::Weighted => weigh(goal, parts, unknown),
        Adds::Summed => {
            let sum: i64 = parts.iter().filter_map(|part| part.goal).fold(0, i64::saturating_add);
            let verdict = match sum.cmp(&goal) {
                std::cmp::Ordering::Less => Verdict::Short,
                std::cmp::Ordering::Equal => Verdict::Equal,
                std::cmp::Ordering::Greater => Verdict::Over,
            };
            (sum, sum.saturating_sub(goal).saturating_abs(), verdict)
        }
    };
    Compared { verdict, sum, gap, given, units: parts.len(), unknown }
}

fn weigh(goal: i64, parts: &[Part], unknown: usize) -> (i64, i64, Verdict) {
    let (mut sum, mut all) = (0_i128, 0_i128);
    for part in parts {
        let weight = i128::from(part.weight.unwrap_or_default());
        all += weight;
        sum += weight * i128::from(part.goal.unwrap_or_default());
    }
    if all == 0 {
        return (0, 0, Verdict::Unknown);
    }
    let off = sum - all * i128::from(goal);
    // Thousandths of people: the next whole one.
    let people = (off.abs() + 999) / 1000;
    let verdict = match off {
        _ if 0 < unknown => Verdict::Unknown,
        ..0 => Verdict::Short,
        off if off < all => Verdict::Equal,
        _ => Verdict::Over,
    };
    let narrow = |n: i128| i64::try_from(n).unwrap_or(i64::MAX);
    (narrow(sum / all), narrow(people), verdict)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(list: &[(Option<i64>, Option<i64>)]) -> Vec<Part> {
        list.iter().map(|(goal, weight)| Part { goal: *goal, weight: *weight }).collect()
    }

    #[test]
    fn shares_are_weighed_by_the_size_of_each_unit() {
        use Verdict::{Equal, Over, Short, Unknown};
        for (list, verdict, sum, gap) in [
            (vec![(Some(900), Some(100)), (Some(700), Some(100))], Equal, 800, 0),
            // The larger unit weighs more: 700 × 300 + 900 × 100.
            (vec![(Some(900), Some(100)), (Some(700), Some(300))], Short, 750, 20),
            (vec![(Some(900), Some(300)), (Some(700), Some(100))], Over, 850, 20),
            // Half a thousandth over is no more than goals can say.
            (vec![(Some(801), Some(100)), (Some(800), Some(100))], Equal, 800, 1),
            (vec![(Some(800), Some(100)), (Some(799), Some(100))], Short, 799, 1),
            (vec![(Some(800), Some(100)), (None, Some(100))], Short, 400, 80),
            (vec![(Some(800), Some(100)), (Some(800), None)], Unknown, 800, 0),
            (vec![(Some(800), None)], Unknown, 0, 0),
            (vec![(Some(800), Some(0))], Unknown, 0, 0),
        ] {
            let found = compare(Adds::Weighted, 800, &parts(&list));
            assert_eq!((found.verdict, found.sum, found.gap), (verdict, sum, gap), "{list:?}");
        }
        let found = compare(Adds::Weighted, 800, &parts(&[(Some(1), Some(1)), (None, None)]));
        assert_eq!((found.given, found.units, found.unknown), (1, 2, 1));
    }

    #[test]
    fn counts_are_summed_whatever_the_size() {
        let list = parts(&[(Some(200_000), None), (Some(99_000), Some(5)), (None, Some(5))]);
        let found = compare(Adds::Summed, 300_000, &list);
        assert_eq!((found.verdict, found.sum, found.gap), (Verdict::Short, 299_000, 1_000));
        let found = compare(Adds::Summed, 299_000, &list);
        assert_eq!((found.verdict, found.gap), (Verdict::Equal, 0));
        assert_eq!(compare(Adds::Summed, 298_500, &list).verdict, Verdict::Over);
    }
}
