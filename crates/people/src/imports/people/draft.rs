//! What a row of a list of people says, and whether two rows of one list are one person.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thao_base::UnitId;
use thao_base::text::{fold, same_spelling};

use crate::Birth;

/// What a row says of a person; what it leaves open is `None` and changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub name: String,
    /// `1987-02-05`, or only `1987`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ethnicity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citizen_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The unit the row names; `None`: the file's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank_code: Option<String>,
    /// An earlier row of the file that is the same person and took over what this one adds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twin: Option<u32>,
    /// An earlier row of the same name and birth, with another identity number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like: Option<u32>,
}

/// A field of a person or of what they are to their unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    FullName,
    Birth,
    Sex,
    Ethnicity,
    CitizenId,
    OldId,
    Phone,
    Email,
    Unit,
    Category,
    Position,
    Title,
    RankCode,
    Account,
}

impl Field {
    /// Those of the person.
    pub const OWN: [Field; 8] = [
        Field::FullName,
        Field::Birth,
        Field::Sex,
        Field::Ethnicity,
        Field::CitizenId,
        Field::OldId,
        Field::Phone,
        Field::Email,
    ];
    /// Those of the affiliation, besides the unit.
    pub const OFFICE: [Field; 4] =
        [Field::Category, Field::Position, Field::Title, Field::RankCode];

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Field::FullName => "people.imports.field.full_name",
            Field::Birth => "people.imports.field.birth",
            Field::Sex => "people.imports.field.sex",
            Field::Ethnicity => "people.imports.field.ethnicity",
            Field::CitizenId => "people.imports.field.citizen_id",
            Field::OldId => "people.imports.field.old_id",
            Field::Phone => "people.imports.field.phone",
            Field::Email => "people.imports.field.email",
            Field::Unit => "people.imports.field.unit",
            Field::Category => "people.imports.field.category",
            Field::Position => "people.imports.field.position",
            Field::Title => "people.imports.field.title",
            Field::RankCode => "people.imports.field.rank_code",
            Field::Account => "people.imports.field.account",
        }
    }

    /// Its column in the register; `None` for what is more than a column.
    pub fn column(self) -> Option<&'static str> {
        Some(match self {
            Field::Sex => "sex",
            Field::Ethnicity => "ethnicity",
            Field::CitizenId => "citizen_id",
            Field::OldId => "old_id",
            Field::Phone => "phone",
            Field::Email => "email",
            Field::Category => "category",
            Field::Position => "position",
            Field::Title => "title",
            Field::RankCode => "rank_code",
            Field::FullName | Field::Birth | Field::Unit | Field::Account => return None,
        })
    }
}

impl Draft {
    /// Whether it says a number of an identity card.
    pub fn has_number(&self) -> bool {
        self.citizen_id.is_some() || self.old_id.is_some()
    }

    pub fn birth(&self) -> Option<Birth> {
        self.birth.as_deref().and_then(birth_of)
    }

    /// What the row says in a field that is a text.
    pub fn get(&self, field: Field) -> Option<&str> {
        match field {
            Field::FullName => Some(self.name.as_str()).filter(|name| !name.is_empty()),
            Field::Birth => self.birth.as_deref(),
            Field::Sex => self.sex.as_deref(),
            Field::Ethnicity => self.ethnicity.as_deref(),
            Field::CitizenId => self.citizen_id.as_deref(),
            Field::OldId => self.old_id.as_deref(),
            Field::Phone => self.phone.as_deref(),
            Field::Email => self.email.as_deref(),
            Field::Category => self.category.as_deref(),
            Field::Position => self.position.as_deref(),
            Field::Title => self.title.as_deref(),
            Field::RankCode => self.rank_code.as_deref(),
            Field::Unit | Field::Account => None,
        }
    }

    /// Takes over what another row of the same person says in a field this one leaves open.
    fn take(&mut self, field: Field, from: &Draft) {
        let value = from.get(field).map(str::to_owned);
        match field {
            Field::FullName => self.name = value.unwrap_or_default(),
            Field::Birth => self.birth = value,
            Field::Sex => self.sex = value,
            Field::Ethnicity => self.ethnicity = value,
            Field::CitizenId => self.citizen_id = value,
            Field::OldId => self.old_id = value,
            Field::Phone => self.phone = value,
            Field::Email => self.email = value,
            Field::Unit => self.unit = from.unit,
            Field::Category => self.category = value,
            Field::Position => self.position = value,
            Field::Title => self.title = value,
            Field::RankCode => self.rank_code = value,
            Field::Account => {}
        }
    }

    /// What another row of the same person says: fields in which it says something else, and
    /// fields only it names.
    pub fn compare(&self, other: &Draft) -> (Vec<Field>, Vec<Field>) {
        let (mut other_said, mut only_there) = (Vec::new(), Vec::new());
        match (self.unit, other.unit) {
            (Some(own), Some(said)) if own != said => other_said.push(Field::Unit),
            (None, Some(_)) => only_there.push(Field::Unit),
            _ => {}
        }
        for field in Field::OWN.into_iter().chain(Field::OFFICE) {
            match (self.get(field), other.get(field)) {
                (Some(own), Some(said)) if !agree(field, own, said) => other_said.push(field),
                (Some(own), Some(said)) if finer(field, own, said) => only_there.push(field),
                (None, Some(_)) => only_there.push(field),
                _ => {}
            }
        }
        (other_said, only_there)
    }

    /// Takes over what another row of the same person adds.
    pub fn join(&mut self, other: &Draft, fields: &[Field]) {
        for field in fields {
            self.take(*field, other);
        }
    }
}

/// Whether two values of a field do not contradict each other.
pub fn agree(field: Field, one: &str, other: &str) -> bool {
    match field {
        Field::FullName => matches!(names(one, other), Names::Same | Names::Plainer),
        Field::Birth => match (birth_of(one), birth_of(other)) {
            (Some(one), Some(other)) => births_agree(one, other),
            _ => one == other,
        },
        Field::Position | Field::Title | Field::Ethnicity => {
            same_spelling(one) == same_spelling(other)
        }
        _ => one == other,
    }
}

/// Whether the second of two values that agree says more: accents, the day besides the year.
pub fn finer(field: Field, one: &str, other: &str) -> bool {
    match field {
        Field::FullName => names(one, other) == Names::Plainer && fold(one) != fold_case(other),
        Field::Birth => {
            matches!((birth_of(one), birth_of(other)), (Some(Birth::Year(_)), Some(Birth::Day(_))))
        }
        _ => false,
    }
}

/// How two names are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// The same, wherever the tone stands: Hoà, Hòa.
    Same,
    /// The same, one of them written without accents.
    Plainer,
    /// The same letters with other accents: Hùng, Hưng.
    Near,
    Other,
}

/// Compares two names.
pub fn names(one: &str, other: &str) -> Names {
    let folded = fold(one);
    if same_spelling(one) == same_spelling(other) {
        Names::Same
    } else if folded != fold(other) {
        Names::Other
    } else if fold_case(one) == folded || fold_case(other) == folded {
        Names::Plainer
    } else {
        Names::Near
    }
}

/// Lower case without punctuation, with accents.
fn fold_case(text: &str) -> String {
    let plain: String = thao_base::text::nfc(text)
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// Whether two births may be one: a year agrees with every day of it.
pub fn births_agree(one: Birth, other: Birth) -> bool {
    match (one, other) {
        (Birth::Day(one), Birth::Day(other)) => one == other,
        _ => one.year() == other.year(),
    }
}

/// A birth as drafts keep it.
pub fn birth_text(birth: Birth) -> String {
    match birth {
        Birth::Day(date) => date.to_string(),
        Birth::Year(year) => year.to_string(),
    }
}

/// The birth a draft keeps.
pub fn birth_of(text: &str) -> Option<Birth> {
    match text.parse::<i16>() {
        Ok(year) => Some(Birth::Year(year)),
        Err(_) => text.parse::<Date>().ok().map(Birth::Day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_alike() {
        for (one, other, expected) in [
            ("Nguyễn Thị Hoà", "Nguyễn Thị Hòa", Names::Same),
            ("Nguyễn Thị Hoà", "NGUYỄN THỊ HÒA", Names::Same),
            ("Nguyen Thi Hoa", "Nguyễn Thị Hòa", Names::Plainer),
            ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", Names::Near),
            ("Nguyễn Văn Hùng", "Nguyễn Văn An", Names::Other),
            ("H'Hoa Niê", "H Hoa Nie", Names::Plainer),
        ] {
            assert_eq!(names(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn a_row_is_compared_field_by_field() {
        let one = Draft {
            name: "Nguyen Thi Hoa".into(),
            birth: Some("1987".into()),
            phone: Some("0912345678".into()),
            ..Draft::default()
        };
        let other = Draft {
            name: "Nguyễn Thị Hòa".into(),
            birth: Some("1987-02-05".into()),
            phone: Some("0987654321".into()),
            email: Some("hoa@vidu.vn".into()),
            ..Draft::default()
        };
        assert_eq!(
            one.compare(&other),
            (vec![Field::Phone], vec![Field::FullName, Field::Birth, Field::Email])
        );
        assert_eq!(other.compare(&one).1, []);
        let mut joined = one.clone();
        joined.join(&other, &[Field::FullName, Field::Birth, Field::Email]);
        assert_eq!(joined.name, "Nguyễn Thị Hòa");
        assert_eq!(joined.birth(), Some(Birth::Day(Date::constant(1987, 2, 5))));
    }
}
