//! What is said about a cell: flags beside a value that was taken, refusals in place of one.

use serde::{Deserialize, Serialize};

/// A value out of a cell, and what a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken<T> {
    pub value: T,
    pub flags: Vec<Flag>,
}

impl<T> Taken<T> {
    pub fn plain(value: T) -> Taken<T> {
        Taken { value, flags: Vec::new() }
    }

    pub fn flagged(value: T, flagged: Flagged, from: &str, to: impl Into<String>) -> Taken<T> {
        Taken { value, flags: vec![Flag::new(flagged, from, to)] }
    }
}

/// Something mended, unusual or left out in a row that is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    pub kind: Flagged,
    /// What the file has, for the place `{from}` of the words.
    pub from: String,
    /// What it was taken for, for the place `{to}`.
    pub to: String,
}

impl Flag {
    pub fn new(kind: Flagged, from: &str, to: impl Into<String>) -> Flag {
        Flag { kind, from: from.to_owned(), to: to.into() }
    }
}

/// Why a row is refused. `K` identifies units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal<K> {
    pub kind: Refused,
    /// What the file has, for the place `{found}` of the words.
    pub found: String,
    /// Units it may have meant, the likeliest first.
    pub units: Vec<K>,
}

impl<K> Refusal<K> {
    pub fn new(kind: Refused, found: impl Into<String>) -> Refusal<K> {
        Refusal { kind, found: found.into(), units: Vec::new() }
    }
}

/// The field of a person a refusal or a flag is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    FullName,
    Birth,
    Sex,
    CitizenId,
    Phone,
    Email,
    Unit,
    Category,
    RankCode,
    /// The row as a whole.
    Person,
}

/// A kind of finding: its code, the key of its words, its field.
macro_rules! findings {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident $code:literal $field:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$of])* $variant,)* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The stable code, in snake case.
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)* }
            }

            /// The key of the words.
            pub fn key(self) -> &'static str {
                match self { $($name::$variant => concat!("people.roll.", $code),)* }
            }

            pub fn field(self) -> Field {
                match self { $($name::$variant => Field::$field,)* }
            }
        }
    };
}

findings! {
    /// What a person should look at in a row that is taken.
    Flagged {
        /// `1987`, `02/1987` or `00/00/1987`.
        BirthYearOnly "birth_year_only" Birth,
        /// `5-2-87`; the year is the latest that is not in the future.
        BirthTwoDigitYear "birth_two_digit_year" Birth,
        /// `02/25/1987`: only possible with the month first.
        BirthMonthFirst "birth_month_first" Birth,
        /// A number that is a day as spreadsheets count them.
        BirthFromSerial "birth_from_serial" Birth,
        /// `05021987`
        BirthFromDigits "birth_from_digits" Birth,
        /// A year typed into a cell for days, which made it a day of 1905.
        BirthYearInDayCell "birth_year_in_day_cell" Birth,
        SexUnknown "sex_unknown" Sex,
        /// The column `Giới tính` says other than the column of births.
        SexContradicts "sex_contradicts" Sex,
        /// Ten or eleven digits, zeros put back in front.
        CitizenIdPadded "citizen_id_padded" CitizenId,
        /// Nine digits: an old number (CMND).
        OldId "old_id" CitizenId,
        /// Neither number: whether the person is known already rests on name and birth.
        NoIdentifier "no_identifier" Person,
        /// Nothing but a name and a unit.
        NameOnly "name_only" Person,
        NameOneWord "name_one_word" FullName,
        PhoneZeroAdded "phone_zero_added" Phone,
        PhoneFirstOfSeveral "phone_first_of_several" Phone,
        PhoneUnreadable "phone_unreadable" Phone,
        EmailUnreadable "email_unreadable" Email,
        CategoryUnknown "category_unknown" Category,
        /// `01.003` that a spreadsheet made a number.
        RankCodeFromNumber "rank_code_from_number" RankCode,
        /// A code that lost its leading zeros.
        UnitCodePadded "unit_code_padded" Unit,
        /// The name agrees only without accents.
        UnitWithoutAccents "unit_without_accents" Unit,
        /// `Phường` for a `Xã`, or the other way.
        UnitOtherForm "unit_other_form" Unit,
        /// `Công an xã` where the register has only the commune.
        UnitBodyOf "unit_body_of" Unit,
        /// The unit was merged away; taken for what it went into.
        UnitMerged "unit_merged" Unit,
        UnitFormer "unit_former" Unit,
        /// Out of the heading of the group the row stands in.
        UnitFromSection "unit_from_section" Unit,
    }
}

findings! {
    /// Why a row is not taken.
    Refused {
        NameMissing "name_missing" FullName,
        NameNotAName "name_not_a_name" FullName,
        BirthUnreadable "birth_unreadable" Birth,
        BirthImpossible "birth_impossible" Birth,
        BirthFuture "birth_future" Birth,
        BirthTooLongAgo "birth_too_long_ago" Birth,
        /// Both the column of men and that of women are filled.
        BirthTwice "birth_twice" Birth,
        /// `1.2345E+11`: digits are lost.
        CitizenIdScientific "citizen_id_scientific" CitizenId,
        /// A number that ends in zeros where its digits were rounded away.
        CitizenIdRounded "citizen_id_rounded" CitizenId,
        CitizenIdLetters "citizen_id_letters" CitizenId,
        CitizenIdLength "citizen_id_length" CitizenId,
        CitizenIdSeveral "citizen_id_several" CitizenId,
        /// One digit over and over.
        CitizenIdPlaceholder "citizen_id_placeholder" CitizenId,
        UnitUnknown "unit_unknown" Unit,
        UnitSeveral "unit_several" Unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thao_base::Lang;

    #[test]
    fn every_code_has_words_in_both_languages_and_is_what_is_kept() {
        let flagged =
            Flagged::ALL.iter().map(|kind| (kind.key(), kind.code(), serde_json::to_value(kind)));
        let refused =
            Refused::ALL.iter().map(|kind| (kind.key(), kind.code(), serde_json::to_value(kind)));
        for (key, code, kept) in flagged.chain(refused) {
            for lang in Lang::ALL {
                assert!(lang.has(key), "{key} {}", lang.code());
            }
            assert_eq!(kept.unwrap(), code);
        }
    }
}
