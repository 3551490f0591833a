//! How many people an assignment means, counted once in a while: a page shows thirty of them, and
//! counting a province reads all of its people.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use thao_base::{AudienceId, Result, Tx};
use thao_people::audience::Audience;
use thao_web::Span;

use crate::assignment;

/// How old a number may be.
const FRESH: SignedDuration = SignedDuration::from_mins(10);
/// Numbers kept at once.
const MOST: usize = 4096;

/// Who in which part of the tree, on which day.
type Key = (AudienceId, i64, i64, Date);

/// Numbers counted before; one for each running program, shared by its pages.
#[derive(Debug, Clone, Default)]
pub(in crate::pages) struct Meant(Arc<Mutex<HashMap<Key, (Timestamp, i64)>>>);

impl Meant {
    /// How many people an audience has in a part of the tree today, at most ten minutes old.
    pub(super) fn count(
        &self,
        tx: &mut Tx<'_>,
        audience: &Audience,
        span: Span,
        today: Date,
        now: Timestamp,
    ) -> Result<i64> {
        let key = (audience.id, span.lo, span.hi, today);
        if let Some(kept) = self.find(&key, now) {
            return Ok(kept);
        }
        // Not under the lock: others go on reading meanwhile.
        let counted = assignment::count_meant(tx, audience, span, today)?;
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(key, (now, counted));
        Ok(counted)
    }

    fn find(&self, key: &Key, now: Timestamp) -> Option<i64> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, counted) = all.get(key)?;
        (now.duration_since(*at) < FRESH).then_some(*counted)
    }
}
