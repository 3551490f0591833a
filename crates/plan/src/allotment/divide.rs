//! Dividing a goal among units by the size of each. Pure; whole numbers only.

use super::Adds;

/// A unit about to be given a part: what was typed for it, and how large it is, where known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Part {
    /// Thousandths of the measure's unit.
    pub goal: Option<i64>,
    pub weight: Option<i64>,
}

/// A whole person, course, village, in thousandths.
const ONE: i64 = 1000;
/// All of a share.
const ALL: i128 = 1000;

/// Divides `whole` in proportion to `weights` so that the parts add up to it exactly: each its
/// quota rounded down, and what is left one each to the largest remainders, of equals to the first
/// (the method of largest remainders, Hare and Niemeyer). None when nothing has any weight.
pub fn divide(whole: i64, weights: &[i64]) -> Option<Vec<i64>> {
    let all: i128 = weights.iter().map(|weight| i128::from((*weight).max(0))).sum();
    if all == 0 {
        return (whole == 0).then(|| vec![0; weights.len()]);
    }
    let whole = i128::from(whole.max(0));
    let shares = weights.iter().map(|weight| whole * i128::from((*weight).max(0)));
    let quotas: Vec<(i128, i128)> = shares.map(|share| (share / all, share % all)).collect();
    let left = whole - quotas.iter().map(|(quota, _)| quota).sum::<i128>();
    let mut order: Vec<usize> = (0..quotas.len()).collect();
    order.sort_by_key(|at| (quotas.get(*at).map_or(0, |(_, rest)| -rest), *at));
    let more: Vec<usize> =
        order.into_iter().take(usize::try_from(left).unwrap_or_default()).collect();
    let part = |(at, (quota, _)): (usize, &(i128, i128))| {
        i64::try_from(quota + i128::from(more.contains(&at))).unwrap_or(i64::MAX)
    };
    Some(quotas.iter().enumerate().map(part).collect())
}

/// What each unit is to reach so that together they reach `goal`; what is typed stays, the rest is
/// divided among those for whom nothing is.
///
/// Of shares the rest get the same share, rounded up to a thousandth; of counts each gets its part
/// by [`divide`]. A unit of unknown size gets the common share, but no part of a count.
pub fn fill(adds: Adds, goal: i64, parts: &[Part]) -> Vec<Option<i64>> {
    match adds {
        Adds::Weighted => {
            let rest = common_share(goal, parts);
            parts.iter().map(|part| part.goal.or(Some(rest))).collect()
        }
        Adds::Summed => fill_counts(goal, parts),
    }
}

fn common_share(goal: i64, parts: &[Part]) -> i64 {
    if parts.iter().all(|part| part.goal.is_none()) {
        return goal;
    }
    let (mut left, mut open) = (0_i128, 0_i128);
    for part in parts {
        let weight = i128::from(part.weight.unwrap_or_default());
        left += i128::from(goal) * weight;
        match part.goal {
            Some(typed) => left -= i128::from(typed) * weight,
            None => open += weight,
        }
    }
    if open == 0 {
        return goal;
    }
    // Rounded up, so that the whole is reached.
    i64::try_from((-(-left).div_euclid(open)).clamp(0, ALL)).unwrap_or(goal)
}

fn fill_counts(goal: i64, parts: &[Part]) -> Vec<Option<i64>> {
    let typed: i64 = parts.iter().filter_map(|part| part.goal).fold(0, i64::saturating_add);
    let left = goal.saturating_sub(typed).max(0);
    // Whole persons where the goal is one: nobody trains a third of somebody.
    let step = if left % ONE == 0 { ONE } else { 1 };
    let open: Vec<i64> =
        parts.iter().filter(|part| part.goal.is_none()).filter_map(|part| part.weight).collect();
    let Some(divided) = divide(left / step, &open) else {
        return parts.iter().map(|part| part.goal).collect();
    };
    let mut divided = divided.into_iter();
    let part = |part: &Part| match (part.goal, part.weight) {
        (Some(goal), _) => Some(goal),
        (None, Some(_)) => divided.next().map(|n| n.saturating_mul(step)),
        (None, None) => None,
    };
    parts.iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::allotment::{Verdict, compare};

    #[test]
    fn what_is_left_goes_to_the_largest_remainders() {
        assert_eq!(divide(10, &[1, 1, 1]), Some(vec![4, 3, 3]), "of equals the first");
        assert_eq!(divide(7, &[50, 30, 20]), Some(vec![4, 2, 1]));
        assert_eq!(divide(100, &[333, 333, 334]), Some(vec![33, 33, 34]));
        assert_eq!(divide(5, &[0, 1]), Some(vec![0, 5]));
        assert_eq!(divide(5, &[0, 0]), None);
        assert_eq!(divide(0, &[0, 0]), Some(vec![0, 0]));
        assert_eq!(divide(0, &[]), Some(vec![]));
    }

    fn part(goal: Option<i64>, weight: Option<i64>) -> Part {
        Part { goal, weight }
    }

    #[test]
    fn of_shares_the_rest_makes_up_for_what_was_typed() {
        let parts = [part(Some(700), Some(100)), part(None, Some(100)), part(None, None)];
        assert_eq!(fill(Adds::Weighted, 800, &parts), [Some(700), Some(900), Some(900)]);
        let parts = [part(None, Some(30)), part(None, None)];
        assert_eq!(fill(Adds::Weighted, 800, &parts), [Some(800), Some(800)]);
        // More than all cannot be asked for; that it is too little is said by the comparison.
        let parts = [part(Some(0), Some(300)), part(None, Some(100))];
        assert_eq!(fill(Adds::Weighted, 800, &parts), [Some(0), Some(1000)]);
        let parts = [part(Some(900), Some(100)), part(None, Some(0))];
        assert_eq!(fill(Adds::Weighted, 800, &parts), [Some(900), Some(800)]);
    }

    #[test]
    fn of_counts_whole_ones_are_divided() {
        let parts = [part(None, Some(2)), part(None, Some(1)), part(None, None)];
        assert_eq!(fill(Adds::Summed, 10_000, &parts), [Some(7_000), Some(3_000), None]);
        let parts = [part(Some(4_000), Some(2)), part(None, Some(1)), part(None, Some(1))];
        let filled = fill(Adds::Summed, 10_000, &parts);
        assert_eq!(filled, [Some(4_000), Some(3_000), Some(3_000)]);
        let parts = [part(Some(12_000), None), part(None, Some(1))];
        assert_eq!(fill(Adds::Summed, 10_000, &parts), [Some(12_000), Some(0)]);
        let parts = [part(None, None), part(None, Some(0))];
        assert_eq!(fill(Adds::Summed, 10_000, &parts), [None, None]);
    }

    proptest! {
        #[test]
        fn the_parts_add_up_and_each_is_next_to_its_quota(
            whole in 0..1_000_000i64, weights in prop::collection::vec(0..50_000i64, 1..160),
        ) {
            let all: i64 = weights.iter().sum();
            prop_assume!(0 < all);
            let parts = divide(whole, &weights).unwrap();
            prop_assert_eq!(parts.iter().sum::<i64>(), whole);
            for (part, weight) in parts.iter().zip(&weights) {
                let quota = i128::from(whole) * i128::from(*weight);
                let off = i128::from(*part) * i128::from(all) - quota;
                prop_assert!(off.abs() < i128::from(all), "{part} for {weight}");
            }
        }

        #[test]
        fn what_is_filled_in_reaches_the_whole_and_no_thousandth_more(
            goal in 1..=1000i64,
            parts in prop::collection::vec((prop::option::of(0..=1000i64), 1..5_000i64), 1..60),
        ) {
            let parts: Vec<Part> =
                parts.into_iter().map(|(goal, weight)| part(goal, Some(weight))).collect();
            prop_assume!(parts.iter().any(|part| part.goal.is_none()));
            let filled = fill(Adds::Weighted, goal, &parts);
            let share = parts.iter().zip(&filled).find(|(p, _)| p.goal.is_none()).unwrap().1.unwrap();
            let whole: Vec<Part> = parts.iter().zip(&filled)
                .map(|(part, goal)| Part { goal: *goal, ..*part }).collect();
            let found = compare(Adds::Weighted, goal, &whole);
            // A common share of nothing or of all is as far as it goes.
            match share {
                0 => prop_assert!(found.verdict != Verdict::Short),
                1000 => prop_assert!(found.verdict != Verdict::Over),
                _ => prop_assert_eq!(found.verdict, Verdict::Equal),
            }
        }
    }
}
