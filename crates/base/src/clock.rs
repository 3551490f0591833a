//! Time and chance, passed in as arguments so that tests can hold both still.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// What time it is. Instants are UTC with microseconds, as both databases keep them.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Clock {
        #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
        Clock(Arc::new(|| whole_micros(Timestamp::now())))
    }

    /// A clock that stands at `at` until somebody turns it.
    pub fn stopped(at: Timestamp) -> (Clock, ClockHand) {
        let hand = ClockHand(Arc::new(Mutex::new(whole_micros(at))));
        let read = hand.clone();
        (Clock(Arc::new(move || *read.0.lock().unwrap_or_else(PoisonError::into_inner))), hand)
    }

    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

/// Turns a stopped clock.
#[derive(Clone)]
pub struct ClockHand(Arc<Mutex<Timestamp>>);

impl ClockHand {
    pub fn set(&self, at: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = whole_micros(at);
    }

    pub fn advance(&self, by: jiff::Span) {
        let mut at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(later) = at.checked_add(by) {
            *at = later;
        }
    }
}

/// An instant with what is below a microsecond dropped.
pub fn whole_micros(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// Where random bytes come from: ids, tokens, codes, salts.
#[derive(Clone)]
pub struct Entropy(Arc<Mutex<ChaCha20Rng>>);

impl Entropy {
    /// Seeded from the operating system.
    pub fn system() -> Entropy {
        let mut seed = [0; 32];
        rand::rng().fill_bytes(&mut seed);
        Entropy(Arc::new(Mutex::new(ChaCha20Rng::from_seed(seed))))
    }

    /// The same bytes for the same seed: for tests and the demo province only.
    pub fn seeded(seed: u64) -> Entropy {
        Entropy(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut out);
        out
    }

    /// A whole number below `limit`, without bias worth speaking of.
    pub fn below(&self, limit: u64) -> u64 {
        u64::from_le_bytes(self.bytes()) % limit.max(1)
    }
}
