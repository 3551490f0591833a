//! People who are not on the list yet: looked for first, so that nobody is made twice, then added
//! with where they live.

use std::collections::HashSet;

use jiff::civil::Date;
use thao_base::{ClassId, Error, PersonId, Result, Stamp, Tx, UnitId, args, row, sql, text};
use thao_people::affiliation::{self, NewAffiliation};
use thao_people::person::{self, NewPerson};
use thao_people::{AffiliationKind, Birth};
use thao_web::components::date_typed;
use thao_web::{Scope, Sent};

use crate::class::Class;

const SQL: &str = include_str!("newcomer.sql");
/// The year of birth of the oldest anybody could be.
const OLDEST: i16 = 1900;
const LONGEST_NAME: usize = 80;

/// A person as typed into the form, and read where it can be.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub full_name: String,
    pub birth: String,
    pub sex: String,
    pub village: String,
    pub phone: String,
}

/// A person who can be added.
#[derive(Debug, Clone)]
pub struct Newcomer {
    pub full_name: String,
    pub birth: Birth,
    pub sex: Option<String>,
    pub phone: Option<String>,
    pub village: UnitId,
}

/// What is wrong with a field: its name and the key of the words.
pub type Fault = (&'static str, &'static str);

impl Typed {
    pub fn of(sent: &Sent) -> Typed {
        let text = |name| sent.text(name).to_owned();
        Typed {
            full_name: text("full_name"),
            birth: text("birth"),
            sex: text("sex"),
            village: text("village"),
            phone: text("phone"),
        }
    }

    /// The fields to carry along while somebody decides.
    pub fn fields(&self) -> [(&'static str, &str); 5] {
        [
            ("full_name", &self.full_name),
            ("birth", &self.birth),
            ("sex", &self.sex),
            ("village", &self.village),
            ("phone", &self.phone),
        ]
    }

    /// The person meant, or everything that is wrong.
    pub fn read(&self, today: Date) -> Result<Newcomer, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut check = |field, found: Result<(), &'static str>| {
            if let Err(key) = found {
                faults.push((field, key));
            }
        };
        let full_name = text::proper_name(&self.full_name);
        check("full_name", name_ok(&full_name));
        let birth = birth_typed(&self.birth, today);
        check("birth", birth.map(|_| ()));
        let sex = match self.sex.as_str() {
            "" => Ok(None),
            known @ ("male" | "female") => Ok(Some(known.to_owned())),
            _ => Err("classes.error.sex"),
        };
        check("sex", sex.as_ref().map(|_| ()).map_err(|key| *key));
        let phone = match self.phone.as_str() {
            "" => Ok(None),
            typed => phone_typed(typed).map(Some).ok_or("classes.error.phone"),
        };
        check("phone", phone.as_ref().map(|_| ()).map_err(|key| *key));
        let village = self.village.parse::<UnitId>();
        check("village", village.as_ref().map(|_| ()).map_err(|_| "classes.error.village"));
        match (birth, sex, phone, village) {
            (Ok(birth), Ok(sex), Ok(phone), Ok(village)) if faults.is_empty() => {
                Ok(Newcomer { full_name, birth, sex, phone, village })
            }
            _ => Err(faults),
        }
    }
}

fn name_ok(name: &str) -> Result<(), &'static str> {
    if name.is_empty() {
        return Err("classes.error.name_missing");
    }
    let odd = |c: char| !(c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-' | '.'));
    if LONGEST_NAME < name.chars().count() || name.contains(odd) || !name.contains(' ') {
        return Err("classes.error.name");
    }
    Ok(())
}

/// A date, or the year alone.
///
/// # Errors
/// The key of the words: none typed, not readable, in the future, too long ago.
pub fn birth_typed(typed: &str, today: Date) -> Result<Birth, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err("classes.error.birth_missing");
    }
    let year = || {
        let digits = typed.len() == 4 && typed.bytes().all(|b| b.is_ascii_digit());
        if digits { typed.parse::<i16>().ok().map(Birth::Year) } else { None }
    };
    let birth =
        year().or_else(|| date_typed(typed).map(Birth::Day)).ok_or("classes.error.birth")?;
    let future = match birth {
        Birth::Day(day) => today < day,
        Birth::Year(year) => today.year() < year,
    };
    if future {
        Err("classes.error.birth_future")
    } else if birth.year() < OLDEST {
        Err("classes.error.birth_long_ago")
    } else {
        Ok(birth)
    }
}

/// A phone number of Vietnam as it is kept: ten or eleven digits from 0 on.
pub fn phone_typed(typed: &str) -> Option<String> {
    let digits: String =
        typed.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')')).collect();
    let digits = match digits.strip_prefix("+84").or_else(|| digits.strip_prefix("84")) {
        Some(rest) => format!("0{rest}"),
        None => digits,
    };
    let is_number = digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    (is_number && (10..=11).contains(&digits.len())).then_some(digits)
}

row! {
    /// Somebody the system knows.
    #[derive(Debug, Clone)]
    pub struct Known {
        pub id: PersonId,
        pub canonical: PersonId,
        pub full_name: String,
        pub birth_date: Option<Date>,
        pub birth_year: Option<i16>,
        /// Where they live or work.
        pub village: String,
        /// Whether they are on the list of the class already.
        pub registered: bool,
    }
}

impl Known {
    pub fn birth(&self) -> Option<Birth> {
        self.birth_date.map(Birth::Day).or(self.birth_year.map(Birth::Year))
    }
}

/// People of a scope, in the order of class rolls; `search` is looked for at the start of any
/// word of the name, without accents.
pub fn search(
    tx: &mut Tx<'_>,
    scope: &Scope,
    class: ClassId,
    search: &str,
    today: Date,
    limit: i64,
) -> Result<Vec<Known>> {
    let key = text::fold(search);
    let first = (!key.is_empty()).then(|| format!("{key}%"));
    let inner = (!key.is_empty()).then(|| format!("% {key}%"));
    let rows =
        tx.list(sql!(SQL, "search"), args![scope.json(), class, today, first, inner, limit])?;
    Ok(once_each(rows))
}

/// Who may be the one meant.
#[derive(Debug, Clone, Default)]
pub struct Likely {
    /// Those of the scope, by name.
    pub known: Vec<Known>,
    /// How many there are in other villages of the class's commune: a phone number typed in must
    /// not tell whose it is there.
    pub elsewhere: i64,
}

impl Likely {
    pub fn is_empty(&self) -> bool {
        self.known.is_empty() && self.elsewhere == 0
    }
}

/// People of the class's commune who may be the one meant: the same name without accents and about
/// the same year of birth, or the same phone. Only those of `scope` are named.
pub fn list_likely(
    tx: &mut Tx<'_>,
    scope: &Scope,
    class: &Class,
    newcomer: &Newcomer,
    today: Date,
) -> Result<Likely> {
    let name = text::fold(&newcomer.full_name);
    let (year, phone, spans) = (newcomer.birth.year(), &newcomer.phone, scope.json());
    let known = tx.list(
        sql!(SQL, "likely"),
        args![spans.clone(), class.id, today, name.clone(), year, phone.clone()],
    )?;
    let area = class.area_span();
    let elsewhere = tx.value(
        sql!(SQL, "likely_elsewhere"),
        args![spans, area.lo, area.hi, today, name, year, phone.clone()],
    )?;
    Ok(Likely { known: once_each(known), elsewhere })
}

fn once_each(rows: Vec<Known>) -> Vec<Known> {
    let mut seen = HashSet::new();
    rows.into_iter().filter(|row| seen.insert(row.canonical)).collect()
}

/// Refuses people who do not belong to a scope: the form only ever offers those who do.
///
/// # Errors
/// 404, as for any person one may not know.
pub fn refuse_strangers(
    tx: &mut Tx<'_>,
    scope: &Scope,
    persons: &[PersonId],
    today: Date,
) -> Result<()> {
    for person in persons {
        let found: i64 = tx.value(sql!(SQL, "within"), args![person, scope.json(), today])?;
        if found == 0 {
            return Err(Error::not_found());
        }
    }
    Ok(())
}

/// Adds a person with where they live, since `since`.
pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, newcomer: &Newcomer, since: Date) -> Result<PersonId> {
    let id = person::add(
        tx,
        stamp,
        NewPerson {
            full_name: newcomer.full_name.clone(),
            birth: Some(newcomer.birth),
            sex: newcomer.sex.clone(),
            phone: newcomer.phone.clone(),
            ..NewPerson::default()
        },
    )?;
    let lives = NewAffiliation::new(id, newcomer.village, AffiliationKind::Resident, since);
    affiliation::add_many(tx, stamp, &[lives])?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 20);

    #[test]
    fn a_birth_is_a_date_or_a_year() {
        for (typed, birth) in [
            ("1958", Birth::Year(1958)),
            (" 01/02/1958 ", Birth::Day(date(1958, 2, 1))),
            ("01021958", Birth::Day(date(1958, 2, 1))),
            ("2026", Birth::Year(2026)),
            ("20/11/2026", Birth::Day(TODAY)),
        ] {
            assert_eq!(birth_typed(typed, TODAY), Ok(birth), "{typed}");
        }
        for (typed, key) in [
            ("", "classes.error.birth_missing"),
            ("58", "classes.error.birth"),
            ("31/02/1958", "classes.error.birth"),
            ("năm 1958", "classes.error.birth"),
            ("2027", "classes.error.birth_future"),
            ("21/11/2026", "classes.error.birth_future"),
            ("1899", "classes.error.birth_long_ago"),
        ] {
            assert_eq!(birth_typed(typed, TODAY), Err(key), "{typed}");
        }
    }

    #[test]
    fn a_phone_is_kept_with_its_zero() {
        for typed in ["0912345678", "+84 912 345 678", "84.912.345.678", "(0912) 345-678"] {
            assert_eq!(phone_typed(typed).as_deref(), Some("0912345678"), "{typed}");
        }
        for typed in ["912345678", "09123", "0912345678901", "09123456ab", "+1 912 345 678"] {
            assert_eq!(phone_typed(typed), None, "{typed}");
        }
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let typed = Typed {
            full_name: "Mẫu".into(),
            birth: "x".into(),
            sex: "?".into(),
            village: "y".into(),
            phone: "12".into(),
        };
        let fields: Vec<&str> =
            typed.read(TODAY).unwrap_err().iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["full_name", "birth", "sex", "phone", "village"]);
    }

    #[test]
    fn a_name_in_capitals_is_written_as_a_name() {
        let typed = Typed {
            full_name: "  TRẦN  THỊ MẪU ".into(),
            birth: "1958".into(),
            village: "019372a8-2b00-7000-8000-000000000021".into(),
            ..Typed::default()
        };
        let newcomer = typed.read(TODAY).unwrap();
        assert_eq!(newcomer.full_name, "Trần Thị Mẫu");
        assert_eq!((newcomer.sex, newcomer.phone), (None, None));
        for name in ["", "Mẫu", "Trần Thị 2", "a@b c", &"ă ".repeat(50)] {
            let typed = Typed { full_name: name.into(), ..typed.clone() };
            assert_eq!(typed.read(TODAY).unwrap_err()[0].0, "full_name", "{name}");
        }
    }
}
