//! What people agree to when they come to a class, and who has to be asked.
//!
//! Active, verifiable, never ticked beforehand (Law 91/2025/QH15); noted with who asked and how.

use jiff::civil::Date;
use thao_base::{MeetingId, PersonId, Result, Stamp, Tx, cast};
use thao_people::Birth;
use thao_people::consent::{self, Manner};

/// What the consent is for.
pub const PURPOSE: &str = "training_record";
/// The version of the sentence people agree to, `classes.consent.sentence`: other words need a
/// new version, see the test.
pub const WORDS_VERSION: &str = "2026-11";
/// Below this age a parent or guardian agrees.
pub const OF_AGE: i16 = 16;

/// Notes that some people agreed, in a meeting or outside one.
pub fn note(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    persons: &[PersonId],
    manner: Manner,
    meeting: Option<MeetingId>,
) -> Result<()> {
    for person in persons {
        let context = meeting.map(cast);
        consent::add(tx, stamp, *person, PURPOSE, WORDS_VERSION, manner, context)?;
    }
    Ok(())
}

/// Whether a parent or guardian has to agree: somebody known by the year only is as young as the
/// year allows.
pub fn needs_guardian(birth: Option<Birth>, today: Date) -> bool {
    birth.is_some_and(|birth| {
        let latest = match birth {
            Birth::Day(day) => day,
            Birth::Year(year) => Date::new(year, 12, 31).unwrap_or(Date::MAX),
        };
        let birthday = latest.checked_add(jiff::Span::new().years(OF_AGE));
        birthday.is_ok_and(|birthday| today < birthday)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use thao_base::Lang;

    use super::*;

    #[test]
    fn the_sentence_belongs_to_its_version() {
        let words = Lang::Vi.t("classes.consent.sentence");
        let digest = blake3::hash(words.as_bytes()).to_hex();
        assert_eq!(
            (WORDS_VERSION, &digest.as_str()[..16]),
            ("2026-11", "fae4effc64ba1286"),
            "other words are another consent: give them a new version"
        );
    }

    #[test]
    fn under_sixteen_somebody_else_agrees() {
        let today = date(2026, 11, 20);
        for (birth, needs) in [
            (None, false),
            (Some(Birth::Day(date(2010, 11, 20))), false),
            (Some(Birth::Day(date(2010, 11, 21))), true),
            (Some(Birth::Year(2009)), false),
            (Some(Birth::Year(2010)), true),
            (Some(Birth::Year(1960)), false),
        ] {
            assert_eq!(needs_guardian(birth, today), needs, "{birth:?}");
        }
    }
}
