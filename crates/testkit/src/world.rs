//! A world that stands still: the same instants and the same random bytes at every run.

use jiff::Timestamp;
use thao_base::clock::ClockHand;
use thao_base::{Clock, Entropy, Stamp};

/// Time and chance of one test.
#[derive(Clone)]
pub struct World {
    pub clock: Clock,
    /// Turns [`World::clock`].
    pub hand: ClockHand,
    pub entropy: Entropy,
}

/// A world at 08:30 on Friday 20/11/2026 in Vietnam.
pub fn world() -> World {
    World::at("2026-11-20T01:30:00Z")
}

impl World {
    /// A world that stands at an RFC 3339 instant.
    pub fn at(instant: &str) -> World {
        let at: Timestamp = match instant.parse() {
            Ok(at) => at,
            Err(e) => panic!("{instant} is no instant such as 2026-11-20T01:30:00Z: {e}"),
        };
        let (clock, hand) = Clock::stopped(at);
        World { clock, hand, entropy: Entropy::seeded(2026) }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// An act of the program itself, now.
    pub fn stamp(&self, act: &'static str) -> Stamp {
        Stamp::program(act, self.now(), self.entropy.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thao_base::PersonId;

    #[test]
    fn two_worlds_are_the_same_and_the_hand_turns_only_its_own() {
        let (one, other) = (world(), world());
        assert_eq!(
            one.stamp("test.act").id::<PersonId>(),
            other.stamp("test.act").id::<PersonId>()
        );
        one.hand.advance(jiff::Span::new().hours(2));
        assert_eq!(one.now().to_string(), "2026-11-20T03:30:00Z");
        assert_eq!(other.now().to_string(), "2026-11-20T01:30:00Z");
    }
}
