//! Rules of reading a roll of people: what each cell means, what was mended, what is refused.
//!
//! Pure functions over a read sheet: no database, no clock (today is an argument). Nothing is
//! guessed: a value that could be two things is refused or flagged, and every flag and refusal has
//! a code whose words stand under `people.roll`.

mod birth;
mod category;
mod citizen_id;
mod contact;
mod finding;
mod name;
mod row;
mod unit;

pub use birth::{BirthAndSex, birth, birth_of_either};
pub use category::{Category, Sex, category, rank_code, sex};
pub use citizen_id::{Identity, citizen_id};
pub use contact::{email, phone};
pub use finding::{Field, Flag, Flagged, Refusal, Refused, Taken};
pub use name::full_name;
pub use row::{Draft, Outcome, Roll};
pub use unit::{Entry, How, Match, OldWard, UnitMatcher};
