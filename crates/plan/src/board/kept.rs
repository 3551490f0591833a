//! Sums that were read and still hold: a cache keyed by the number of changes in a book. Losing
//! it loses time only.

use std::collections::HashMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use thao_base::UnitId;

use crate::fold::Delta;

/// Books × units × days that are kept at most: some tens of megabytes when each is a province.
const MOST: usize = 2_000;

type Sums = Arc<HashMap<UnitId, Delta>>;
/// A book, a unit and a day: of each the newest is kept.
type Spot = (i32, UnitId, Date);

/// What sums are of. The units below are part of it: one that was moved here belongs too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    no: i32,
    unit: UnitId,
    below: u64,
    on: Date,
    change: i64,
}

impl Key {
    pub(super) fn new(
        no: i32,
        change: i64,
        unit: UnitId,
        below: impl Iterator<Item = UnitId>,
        on: Date,
    ) -> Key {
        let mut hasher = DefaultHasher::new();
        below.for_each(|unit| unit.hash(&mut hasher));
        Key { no, unit, below: hasher.finish(), on, change }
    }

    fn spot(&self) -> Spot {
        (self.no, self.unit, self.on)
    }
}

/// The sums that boards of this program read; one for each running server.
#[derive(Default)]
pub struct Kept(Mutex<HashMap<Spot, (Key, Sums)>>);

impl Kept {
    pub(super) fn find(&self, key: &Key) -> Option<Sums> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, sums) = all.get(&key.spot())?;
        (known == key).then(|| Arc::clone(sums))
    }

    pub(super) fn put(&self, key: Key, sums: Sums) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if MOST <= all.len() && !all.contains_key(&key.spot()) {
            all.clear();
        }
        all.insert(key.spot(), (key, sums));
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}
