//! In which order parts are shown: the same at every look for one learner and question, so that
//! an answer can be read by it, and never the order that is right. Pure.

use thao_base::{Id, ItemId, PersonId};
use thao_catalog::item::{Question, Task};

/// In which order the parts of an order or the right sides of a match are shown to a learner.
pub fn order(person: PersonId, question: &Question) -> Vec<usize> {
    let parts = match &question.task {
        Task::Order { items } => items.len(),
        Task::Match { pairs } => pairs.len(),
        Task::Choice { .. } | Task::Multiple { .. } | Task::Text { .. } => 0,
    };
    shuffled(person, question.id, question.version, parts)
}

/// Places in the question as it is written, in the order they are shown.
pub fn shuffled(person: PersonId, item: ItemId, version: i32, count: usize) -> Vec<usize> {
    let mut seed = blake3::Hasher::new();
    seed.update(person.uuid().as_bytes());
    seed.update(item.uuid().as_bytes());
    seed.update(&version.to_le_bytes());
    let mut order = mixed(&seed, count);
    if 1 < count && order.iter().enumerate().all(|(i, part)| i == *part) {
        order.rotate_left(1);
    }
    order
}

/// Any order of `count` parts, decided by the seed (Fisher and Yates).
pub fn mixed(seed: &blake3::Hasher, count: usize) -> Vec<usize> {
    let mut chance = seed.finalize_xof();
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        let mut bytes = [0; 8];
        chance.fill(&mut bytes);
        let below = u64::try_from(last).unwrap_or(u64::MAX).saturating_add(1);
        let pick = usize::try_from(u64::from_le_bytes(bytes) % below).unwrap_or_default();
        order.swap(pick, last);
    }
    order
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;
    use thao_base::Entropy;

    use super::*;

    fn ids(seed: u64) -> (PersonId, ItemId) {
        let entropy = Entropy::seeded(seed);
        let at = "2026-11-20T01:30:00Z".parse().unwrap();
        (PersonId::new(at, &entropy), ItemId::new(at, &entropy))
    }

    proptest! {
        #[test]
        fn all_parts_are_there_and_never_in_the_right_order(seed: u64, count in 2..9usize) {
            let (person, item) = ids(seed);
            let order = shuffled(person, item, 1, count);
            prop_assert_ne!(&order, &(0..count).collect::<Vec<usize>>());
            prop_assert_eq!(order.iter().copied().collect::<HashSet<usize>>().len(), count);
            prop_assert_eq!(order, shuffled(person, item, 1, count));
        }
    }

    #[test]
    fn every_order_comes_up() {
        let orders: HashSet<Vec<usize>> = (0..200)
            .map(|seed| {
                let (person, item) = ids(seed);
                shuffled(person, item, 1, 3)
            })
            .collect();
        // Six orders of three parts, less the right one.
        assert_eq!(orders.len(), 5);
    }
}
