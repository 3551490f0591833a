//! A row of a roll as a whole: a draft of a person, or why it is refused.

use std::hash::Hash;

use jiff::civil::Date;
use thao_sheet::{Columns, Row, Sheet, SheetError, headings};

use super::birth::{birth, birth_of_either};
use super::category::{Category, Sex, category, rank_code, sex};
use super::citizen_id::{Identity, citizen_id};
use super::contact::{email, phone};
use super::finding::{Flag, Flagged, Refusal, Refused, Taken};
use super::name::full_name;
use super::unit::{How, Match, UnitMatcher};
use crate::Birth;

/// What a row says about a person. `unit` is `None` when the row names none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft<K> {
    /// The row as a person sees it in the file.
    pub row: u32,
    pub full_name: String,
    pub birth: Option<Birth>,
    pub sex: Option<Sex>,
    pub citizen_id: Option<String>,
    /// Nine digits.
    pub old_id: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub ethnicity: Option<String>,
    pub unit: Option<K>,
    pub position: Option<String>,
    pub job_position: Option<String>,
    pub category: Option<Category>,
    pub rank_code: Option<String>,
    pub rank: Option<String>,
    pub address: Option<String>,
    pub note: Option<String>,
    pub flags: Vec<Flag>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<K> {
    Draft(Box<Draft<K>>),
    /// Everything that is wrong with the row, so that it is mended in one go.
    Refused {
        row: u32,
        name: String,
        refusals: Vec<Refusal<K>>,
    },
}

/// How the rows of one sheet are read.
pub struct Roll<'a, K> {
    columns: &'a Columns,
    units: &'a UnitMatcher<K>,
    within: Option<K>,
    today: Date,
}

impl<'a, K: Copy + Eq + Hash> Roll<'a, K> {
    /// Checks that the sheet names people. Units are looked for within `within`.
    pub fn new(
        columns: &'a Columns,
        units: &'a UnitMatcher<K>,
        within: Option<K>,
        today: Date,
    ) -> Result<Roll<'a, K>, SheetError> {
        if columns.has("full_name") || columns.has("given_name") {
            return Ok(Roll { columns, units, within, today });
        }
        let missing = headings::FULL_NAME.title().into_iter().collect();
        Err(SheetError::MissingColumns { missing, unknown: columns.unknown().to_vec() })
    }

    pub fn read_all<'s>(&'s self, sheet: &'s Sheet) -> impl Iterator<Item = Outcome<K>> + 's {
        sheet.rows.iter().map(|row| self.read(row))
    }

    pub fn read(&self, row: &Row) -> Outcome<K> {
        let mut reading = Findings { flags: Vec::new(), refusals: Vec::new() };
        let cell = |key| self.columns.cell(row, key);
        let text = |key| some(self.columns.text(row, key));
        let name_of = |key| self.columns.text(row, key);

        let written = [name_of("full_name"), name_of("family_name"), name_of("given_name")];
        let [full, family, given] = &written;
        let name = reading.take(full_name(full, family, given).map(Some), &written.join(" "));
        let (birth, told) = self.birth(row, &mut reading);
        let identity = reading.take(citizen_id(cell("citizen_id")), &cell("citizen_id").text());
        let (citizen, old_id) = match identity {
            Some(Identity::Citizen(digits)) => (Some(digits), None),
            Some(Identity::Old(digits)) => (None, Some(digits)),
            None => (None, None),
        };
        let sex = self.sex(row, told, &mut reading);
        let unit = self.unit(row, &mut reading);
        let draft = Draft {
            row: row.number,
            full_name: name.unwrap_or_default(),
            birth,
            sex,
            citizen_id: citizen,
            old_id,
            phone: reading.keep(phone(cell("phone"))),
            email: reading.keep(email(cell("email"))),
            ethnicity: text("ethnicity"),
            unit,
            position: text("position"),
            job_position: text("job_position"),
            category: reading.keep(category(cell("category"))),
            rank_code: reading.keep(rank_code(cell("rank_code"))),
            rank: text("rank"),
            address: text("address"),
            note: text("note"),
            flags: Vec::new(),
        };
        reading.finish(draft)
    }

    /// The birth, and the sex when the column it stands in tells that.
    fn birth(&self, row: &Row, reading: &mut Findings<K>) -> (Option<Birth>, Option<Sex>) {
        let cell = |key| self.columns.cell(row, key);
        let (men, women) = (cell("birth_male"), cell("birth_female"));
        let both = format!("{} {}", men.text(), women.text());
        let either = match birth_of_either(men, women, self.today) {
            Ok(either) => either,
            Err(why) => {
                reading.refuse(why, both.trim());
                return (None, None);
            }
        };
        match either {
            Some((Some(taken), sex)) => (Some(reading.keep(taken)), Some(sex)),
            other => {
                let single = cell("birth");
                let value = reading.take(birth(single, self.today), &single.text());
                (value, other.map(|(_, sex)| sex))
            }
        }
    }

    fn sex(&self, row: &Row, told: Option<Sex>, reading: &mut Findings<K>) -> Option<Sex> {
        let cell = |key| self.columns.cell(row, key);
        let crossed = match (cell("sex_male").is_empty(), cell("sex_female").is_empty()) {
            (false, true) => Some(Sex::Male),
            (true, false) => Some(Sex::Female),
            _ => None,
        };
        let said = reading.keep(sex(cell("sex")));
        match (told.or(crossed), said) {
            (Some(told), Some(said)) if told != said => {
                reading.flags.push(Flag::new(Flagged::SexContradicts, &cell("sex").text(), ""));
                None
            }
            (told, said) => told.or(said),
        }
    }

    /// The unit of its own column, else of the village and commune, else of the group's heading.
    fn unit(&self, row: &Row, reading: &mut Findings<K>) -> Option<K> {
        let text = |key| self.columns.text(row, key);
        let (named, village, commune) = (text("unit"), text("village"), text("commune"));
        if !named.is_empty() {
            let mut found = self.units.find(&named, self.within);
            // A name that several have is told apart by the commune, where the row has one.
            if let (Match::Many(_), Some(commune)) = (&found, self.commune(&commune)) {
                found = self.units.find(&named, Some(commune));
            }
            return self.settle(found, &named, reading);
        }
        if !commune.is_empty() || !village.is_empty() {
            let above = self.commune(&commune);
            if village.is_empty() || (above.is_none() && !commune.is_empty()) {
                return self.settle(self.units.find(&commune, self.within), &commune, reading);
            }
            let found = self.units.find(&village, above.or(self.within));
            let written =
                if commune.is_empty() { village } else { format!("{village}, {commune}") };
            return self.settle(found, &written, reading);
        }
        let section = row.section.as_deref()?;
        match self.units.find(section, self.within) {
            Match::One(unit, _) => {
                reading.flags.push(Flag::new(Flagged::UnitFromSection, section, ""));
                Some(unit)
            }
            // Groups are named for many things besides units.
            _ => None,
        }
    }

    fn commune(&self, text: &str) -> Option<K> {
        match self.units.find(text, self.within) {
            Match::One(commune, _)
            | Match::Merged { into: commune, .. }
            | Match::Former(commune) => Some(commune),
            Match::Many(_) | Match::None(_) => None,
        }
    }

    fn settle(&self, found: Match<K>, text: &str, reading: &mut Findings<K>) -> Option<K> {
        let mut refuse = |kind, units| {
            reading.refusals.push(Refusal { kind, found: text.to_owned(), units });
            None
        };
        let (unit, flagged) = match found {
            Match::One(unit, how) => (unit, flag_of(how)),
            Match::Merged { into, .. } => (into, Some(Flagged::UnitMerged)),
            Match::Former(into) => (into, Some(Flagged::UnitFormer)),
            Match::Many(units) => return refuse(Refused::UnitSeveral, units),
            Match::None(units) => return refuse(Refused::UnitUnknown, units),
        };
        let name = self.units.name(unit).unwrap_or_default();
        reading.flags.extend(flagged.map(|flagged| Flag::new(flagged, text, name)));
        Some(unit)
    }
}

fn flag_of(how: How) -> Option<Flagged> {
    match how {
        How::Code | How::Name | How::NameWithoutForm => None,
        How::CodePadded => Some(Flagged::UnitCodePadded),
        How::OtherForm => Some(Flagged::UnitOtherForm),
        How::BodyOf => Some(Flagged::UnitBodyOf),
        How::WithoutAccents => Some(Flagged::UnitWithoutAccents),
    }
}

fn some(text: String) -> Option<String> {
    text.contains(char::is_alphanumeric).then_some(text)
}

/// What was found while a row was read.
struct Findings<K> {
    flags: Vec<Flag>,
    refusals: Vec<Refusal<K>>,
}

impl<K> Findings<K> {
    fn keep<T>(&mut self, taken: Taken<T>) -> T {
        self.flags.extend(taken.flags);
        taken.value
    }

    fn take<T>(&mut self, taken: Result<Option<Taken<T>>, Refused>, found: &str) -> Option<T> {
        match taken {
            Ok(taken) => taken.map(|taken| self.keep(taken)),
            Err(why) => {
                self.refuse(why, found);
                None
            }
        }
    }

    fn refuse(&mut self, why: Refused, found: &str) {
        self.refusals.push(Refusal::new(why, found.trim()));
    }

    fn finish(mut self, mut draft: Draft<K>) -> Outcome<K> {
        if !self.refusals.is_empty() {
            let (row, name) = (draft.row, draft.full_name);
            return Outcome::Refused { row, name, refusals: self.refusals };
        }
        if draft.citizen_id.is_none() && draft.old_id.is_none() {
            let other = draft.birth.is_some() || draft.phone.is_some() || draft.email.is_some();
            let flagged = if other { Flagged::NoIdentifier } else { Flagged::NameOnly };
            self.flags.push(Flag::new(flagged, &draft.full_name, ""));
        }
        draft.flags = self.flags;
        Outcome::Draft(Box::new(draft))
    }
}

#[cfg(test)]
mod tests;
