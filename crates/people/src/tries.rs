//! Wrong tries at passwords and codes: counted, forgotten after a while, and limited.
//!
//! A try counts from the moment it begins, so that a thousand at once are no way around, and is
//! given back when it was right: a whole class may sign in from one address. (A token bucket such
//! as governor's can neither give back nor say how long the wait is by the program's clock.)

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use thao_base::{Error, Kind, Result};

/// Tries older than this are forgotten.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(5);
/// Wrong tries at one login or one code from one address within the window.
pub const MOST_BY_NAME: usize = 10;
/// Wrong tries from one address: a school or an office of many people stands behind one.
pub const MOST_BY_ADDRESS: usize = 60;
/// Names remembered before the forgotten ones are swept out.
const SWEEP: usize = 4096;

/// What tries are counted by, as a hash: no login is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u8; 16]);

impl Key {
    /// `kind` keeps a login apart from an address of the same letters.
    pub fn new(kind: &str, value: &str) -> Key {
        let hash = blake3::derive_key(kind, value.as_bytes());
        let mut out = [0; 16];
        out.copy_from_slice(hash.split_at(16).0);
        Key(out)
    }
}

/// A try under way.
#[derive(Debug)]
#[must_use = "a try that was right is given back"]
pub struct Try {
    keys: Vec<Key>,
    at: Timestamp,
}

/// The tries of this process.
#[derive(Default)]
pub struct Tries(Mutex<HashMap<Key, VecDeque<Timestamp>>>);

impl Tries {
    /// Begins a try, counted under each key up to its most.
    ///
    /// # Errors
    /// [`Kind::TooMany`] when one of them has had its most within the window; says in how many
    /// minutes the next try is taken.
    pub fn begin(&self, keys: &[(Key, usize)], now: Timestamp) -> Result<Try> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if SWEEP < all.len() {
            all.retain(|_, tries| {
                forget(tries, now);
                !tries.is_empty()
            });
        }
        for (key, most) in keys {
            let Some(tries) = all.get_mut(key) else { continue };
            forget(tries, now);
            // The next try is taken when so many are forgotten that one fewer than the most stay.
            let free_after = tries.len().checked_sub(*most).and_then(|extra| tries.get(extra));
            if let Some(first) = free_after {
                return Err(too_many(*first, now));
            }
        }
        for (key, _) in keys {
            all.entry(*key).or_default().push_back(now);
        }
        Ok(Try { keys: keys.iter().map(|(key, _)| *key).collect(), at: now })
    }

    /// The try was right: it does not count.
    pub fn give_back(&self, right: &Try) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &right.keys {
            if let Some(tries) = all.get_mut(key)
                && let Some(at) = tries.iter().rposition(|at| *at == right.at)
            {
                tries.remove(at);
            }
        }
    }
}

fn forget(tries: &mut VecDeque<Timestamp>, now: Timestamp) {
    while tries.front().is_some_and(|at| WINDOW <= now.duration_since(*at)) {
        tries.pop_front();
    }
}

fn too_many(first: Timestamp, now: Timestamp) -> Error {
    let left = WINDOW.as_secs() - now.duration_since(first).as_secs();
    let minutes = left.max(1).unsigned_abs().div_ceil(60);
    Error::new(Kind::TooMany, "people.error.too_many_tries").with("minutes", minutes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn words(error: &Error) -> String {
        error.words(thao_base::Lang::Vi)
    }

    #[test]
    fn the_eleventh_wrong_try_waits_until_the_first_is_forgotten() {
        let tries = Tries::default();
        let key = [(Key::new("login", "an"), MOST_BY_NAME)];
        for second in 0..10 {
            assert!(tries.begin(&key, at(second)).is_ok());
        }
        let refused = tries.begin(&key, at(10)).unwrap_err();
        assert_eq!(refused.kind(), Kind::TooMany);
        assert!(words(&refused).contains("5 phút"), "{}", words(&refused));
        assert!(words(&tries.begin(&key, at(241)).unwrap_err()).contains("1 phút"));
        assert!(tries.begin(&key, at(299)).is_err());
        assert!(tries.begin(&key, at(300)).is_ok());
        assert!(tries.begin(&key, at(300)).is_err());
        assert!(tries.begin(&[(Key::new("login", "binh"), MOST_BY_NAME)], at(10)).is_ok());
    }

    #[test]
    fn right_tries_do_not_count_but_many_at_once_do() {
        let tries = Tries::default();
        let key = [(Key::new("login", "an"), MOST_BY_NAME)];
        for second in 0..100 {
            let right = tries.begin(&key, at(second)).unwrap();
            tries.give_back(&right);
        }
        let running: Vec<Try> = (0..10).map(|_| tries.begin(&key, at(100)).unwrap()).collect();
        assert!(tries.begin(&key, at(100)).is_err());
        running.iter().for_each(|right| tries.give_back(right));
        assert!(tries.begin(&key, at(100)).is_ok());
    }

    #[test]
    fn one_address_tries_many_logins_no_more_than_its_most() {
        let tries = Tries::default();
        let address = (Key::new("address", "192.0.2.1"), 3);
        for no in 0..3 {
            let login = (Key::new("login", &no.to_string()), MOST_BY_NAME);
            assert!(tries.begin(&[login, address], at(no)).is_ok());
        }
        let login = (Key::new("login", "3"), MOST_BY_NAME);
        assert!(tries.begin(&[login, address], at(3)).is_err());
        // What was refused did not count for the login.
        assert!(tries.begin(&[login], at(3)).is_ok());
    }

    proptest! {
        /// Never more than the most within any window, however the tries fall.
        #[test]
        fn no_window_holds_more_than_the_most(mut seconds in prop::collection::vec(0i64..1500, 0..120)) {
            seconds.sort_unstable();
            let tries = Tries::default();
            let key = [(Key::new("login", "an"), MOST_BY_NAME)];
            let taken: Vec<i64> =
                seconds.into_iter().filter(|s| tries.begin(&key, at(*s)).is_ok()).collect();
            for pair in taken.windows(MOST_BY_NAME + 1) {
                prop_assert!(pair.last().unwrap() - pair.first().unwrap() >= WINDOW.as_secs());
            }
        }
    }
}
