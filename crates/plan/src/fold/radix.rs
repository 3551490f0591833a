//! Sums of changes by day, by 32 days and by 1024 days, so that the figure of any day is read
//! from few rows. Days before 1970 are negative and shift the same way.

/// How many days a row sums: 1, 32 or 1024.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Day,
    Block,
    Span,
}

impl Level {
    pub const ALL: [Level; 3] = [Level::Day, Level::Block, Level::Span];

    /// As the database keeps it: 0, 1, 2.
    pub fn no(self) -> i32 {
        self as i32
    }

    fn shift(self) -> i32 {
        self.no() * 5
    }

    /// The bucket a day falls into.
    pub fn bucket(self, day: i32) -> i32 {
        day >> self.shift()
    }
}

/// The rows a change on a day goes to.
pub fn buckets(day: i32) -> [(Level, i32); 3] {
    Level::ALL.map(|level| (level, level.bucket(day)))
}

/// The rows whose sum is the figure at the end of a day: per level the first bucket and the last,
/// which may be before the first when the level adds nothing.
pub fn reach(day: i32) -> [(Level, i32, i32); 3] {
    let (block, span) = (Level::Block.bucket(day), Level::Span.bucket(day));
    [
        (Level::Day, block << 5, day),
        (Level::Block, span << 5, block - 1),
        (Level::Span, i32::MIN, span - 1),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_figure_of_any_day_is_the_sum_of_all_changes_up_to_it(
            changes in prop::collection::vec((-40_000..60_000i32, -3..4i64), 0..200),
            asked in prop::collection::vec(-45_000..65_000i32, 1..20),
        ) {
            let mut rows: HashMap<(Level, i32), i64> = HashMap::new();
            for (day, change) in &changes {
                for key in buckets(*day) {
                    *rows.entry(key).or_default() += change;
                }
            }
            for day in asked {
                let plain: i64 = changes.iter().filter(|(d, _)| *d <= day).map(|(_, n)| n).sum();
                let read: i64 = reach(day)
                    .iter()
                    .flat_map(|(level, first, last)| {
                        rows.iter()
                            .filter(move |((l, b), _)| l == level && first <= b && b <= last)
                            .map(|(_, n)| *n)
                    })
                    .sum();
                prop_assert_eq!(read, plain);
                let wide = reach(day)[..2].iter().map(|(_, first, last)| last - first + 1).max();
                prop_assert!(wide <= Some(32));
            }
        }
    }
}
