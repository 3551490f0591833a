//! Who does what, when: handed to every function that writes.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::clock::Entropy;
use crate::ids::{AccountId, Id, PersonId};
use crate::locale::local_date;

/// The circumstances of an act. `act` is a key into the words that names it, such as
/// `people.act.add_person`: the journal keeps the key, the audit page shows the words.
#[derive(Clone)]
pub struct Stamp {
    pub at: Timestamp,
    pub act: &'static str,
    pub account: Option<AccountId>,
    pub person: Option<PersonId>,
    pub entropy: Entropy,
}

impl Stamp {
    /// An act of the program itself: migration, demo, command line.
    pub fn program(act: &'static str, at: Timestamp, entropy: Entropy) -> Stamp {
        Stamp { at, act, account: None, person: None, entropy }
    }

    /// A new id of this instant.
    pub fn id<T: Id>(&self) -> T {
        T::new(self.at, &self.entropy)
    }

    /// The local date of the act.
    pub fn today(&self) -> Date {
        local_date(self.at)
    }
}
