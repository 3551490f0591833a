//! Which classes to open: where most people are, one full class at a time. Pure.

/// A class to open, and how many of the people counted it can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sitting {
    /// Which of the places asked about.
    pub at: usize,
    pub people: i64,
}

/// At most `most` classes of `size` seats among places with so many people each: every next class
/// where most are left, of equals in the first.
pub fn sittings(people: &[i64], size: i64, most: usize) -> Vec<Sitting> {
    let mut left: Vec<i64> = people.to_vec();
    let mut out: Vec<Sitting> = Vec::new();
    while out.len() < most {
        let largest = left.iter().enumerate().max_by_key(|(at, n)| (**n, std::cmp::Reverse(*at)));
        let Some((at, n)) = largest.map(|(at, n)| (at, *n)).filter(|(_, n)| 0 < *n) else { break };
        let people = n.min(size.max(1));
        if let Some(rest) = left.get_mut(at) {
            *rest -= people;
        }
        out.push(Sitting { at, people });
    }
    // Classes of one place beside each other, the fullest first.
    out.sort_by_key(|sitting| (sitting.at, -sitting.people));
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(people: &[i64], size: i64, most: usize) -> Vec<(usize, i64)> {
        sittings(people, size, most).into_iter().map(|s| (s.at, s.people)).collect()
    }

    #[test]
    fn the_next_class_is_where_most_are_left() {
        assert_eq!(found(&[30, 100, 45], 40, 3), [(1, 40), (1, 40), (2, 40)]);
        assert_eq!(found(&[40, 40], 40, 1), [(0, 40)], "of equals the first");
        assert_eq!(found(&[3, 0], 40, 5), [(0, 3)]);
        assert_eq!(found(&[], 40, 3), []);
        assert_eq!(found(&[2], 0, 9), [(0, 1), (0, 1)]);
    }

    proptest! {
        #[test]
        fn no_other_choice_of_classes_takes_more(
            people in prop::collection::vec(0..200i64, 0..8), size in 1..60i64, most in 0..6usize,
        ) {
            let taken: i64 = sittings(&people, size, most).iter().map(|s| s.people).sum();
            // All classes there could be, the fullest first.
            let mut all: Vec<i64> = Vec::new();
            for n in &people {
                all.extend((0..n / size).map(|_| size));
                all.push(n % size);
            }
            all.sort_by_key(|n| -n);
            prop_assert_eq!(taken, all.into_iter().take(most).sum::<i64>());
        }
    }
}
