//! The form of a person: what is typed, what is wrong with it, what it means.

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, text};
use thao_sheet::Cell;
use thao_web::Sent;
use thao_web::components::{Choice, Field, FieldErrors, beside, date_typed};

use crate::Birth;
use crate::person::{NewPerson, Person};
use crate::roll::{self, Identity, Taken};

/// What stands in the fields.
#[derive(Debug, Clone, Default)]
pub(crate) struct PersonForm {
    full_name: String,
    birth: String,
    sex: String,
    citizen_id: String,
    phone: String,
    email: String,
}

impl PersonForm {
    pub(crate) fn sent(sent: &Sent) -> PersonForm {
        let text = |name| sent.text(name).to_owned();
        PersonForm {
            full_name: text("full_name"),
            birth: text("birth"),
            sex: text("sex"),
            citizen_id: text("citizen_id"),
            phone: text("phone"),
            email: text("email"),
        }
    }

    pub(crate) fn of(person: &Person, lang: Lang) -> PersonForm {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        PersonForm {
            full_name: person.full_name.clone(),
            birth: birth_words(lang, person),
            sex: text(&person.sex),
            citizen_id: text(&person.citizen_id.clone().or_else(|| person.old_id.clone())),
            phone: text(&person.phone),
            email: text(&person.email),
        }
    }

    /// The person the form describes; what is wrong with it goes to `errors`. Pure.
    pub(crate) fn read(&self, lang: Lang, today: Date, errors: &mut FieldErrors) -> NewPerson {
        let mut field = |name: &str, found: Result<Option<String>, &'static str>| match found {
            Ok(value) => value,
            Err(key) => {
                errors.add(name, lang.t(key));
                None
            }
        };
        let full_name = field("full_name", name(&self.full_name)).unwrap_or_default();
        let number = field("citizen_id", number(&self.citizen_id));
        let phone = field("phone", phone(&self.phone));
        let email = field("email", email(&self.email));
        let birth = match birth(&self.birth, today) {
            Ok(birth) => birth,
            Err(key) => {
                errors.add("birth", lang.t(key));
                None
            }
        };
        let is_old = number.as_ref().is_some_and(|digits| digits.len() == 9);
        let (old_id, citizen_id) = if is_old { (number, None) } else { (None, number) };
        let sex = Some(self.sex.clone()).filter(|sex| matches!(sex.as_str(), "male" | "female"));
        NewPerson { full_name, birth, sex, ethnicity: None, citizen_id, old_id, phone, email }
    }

    pub(crate) fn fields(&self, lang: Lang, errors: &FieldErrors) -> Markup {
        html! {
            (Field::text("full_name", lang.t("people.field.full_name"))
                .hint(lang.t("people.hint.full_name"))
                .value(&self.full_name).fills("off").errors(errors))
            (beside(html! {
                (Field::text("birth", lang.t("people.field.birth"))
                    .hint(lang.t("people.hint.birth"))
                    .value(&self.birth).short().fills("off").optional(lang).errors(errors))
                (Choice::select("sex", lang.t("people.field.sex"))
                    .option("", lang.t("people.not_known"))
                    .option("female", lang.t("people.sex.female"))
                    .option("male", lang.t("people.sex.male"))
                    .chosen(&self.sex).optional(lang).errors(errors))
            }))
            (Field::digits("citizen_id", lang.t("people.field.citizen_id"))
                .hint(lang.t("people.hint.citizen_id"))
                .value(&self.citizen_id).fills("off").optional(lang).errors(errors))
            (beside(html! {
                (Field::phone("phone", lang.t("people.field.phone"))
                    .value(&self.phone).fills("off").optional(lang).errors(errors))
                (Field::email("email", lang.t("people.field.email"))
                    .value(&self.email).fills("off").optional(lang).errors(errors))
            }))
        }
    }
}

/// A birthday, or its year, as it is written.
pub(crate) fn birth_words(lang: Lang, person: &Person) -> String {
    match person.birth() {
        Some(Birth::Day(date)) => lang.date(date),
        Some(Birth::Year(year)) => year.to_string(),
        None => String::new(),
    }
}

type Read<T> = Result<Option<T>, &'static str>;

fn name(typed: &str) -> Read<String> {
    const MOST: usize = 100;
    let name = text::proper_name(typed);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let odd = name.chars().any(|c| c.is_ascii_digit() || matches!(c, '<' | '>' | '@' | '/'));
    if letters < 2 || odd || MOST < name.chars().count() {
        return Err("people.error.full_name");
    }
    Ok(Some(name))
}

/// A date, or four digits of a year, not ahead and not before anybody alive was born.
fn birth(typed: &str, today: Date) -> Read<Birth> {
    const EARLIEST: i16 = 1900;
    let typed = text::tidy(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    let is_year = typed.len() == 4 && typed.bytes().all(|b| b.is_ascii_digit());
    let birth = if is_year {
        typed.parse().ok().map(Birth::Year)
    } else {
        date_typed(&typed).map(Birth::Day)
    };
    let Some(birth) = birth else { return Err("people.error.birth") };
    let ahead = match birth {
        Birth::Day(date) => today < date,
        Birth::Year(year) => today.year() < year,
    };
    match birth.year() < EARLIEST {
        _ if ahead => Err("people.error.birth_ahead"),
        true => Err("people.error.birth"),
        false => Ok(Some(birth)),
    }
}

/// Twelve digits of a citizen's card, or nine of an old one. Somebody is there to ask, so what a
/// file would have mended is asked about.
fn number(typed: &str) -> Read<String> {
    match roll::citizen_id(&Cell::Text(typed.to_owned())) {
        Ok(None) => Ok(None),
        Ok(Some(Taken { value: Identity::Old(digits), .. })) => Ok(Some(digits)),
        Ok(Some(Taken { value: Identity::Citizen(digits), flags })) if flags.is_empty() => {
            Ok(Some(digits))
        }
        Ok(Some(_)) | Err(_) => Err("people.error.citizen_id"),
    }
}

fn phone(typed: &str) -> Read<String> {
    as_typed(roll::phone(&Cell::Text(typed.to_owned())), "people.error.phone")
}

fn email(typed: &str) -> Read<String> {
    as_typed(roll::email(&Cell::Text(typed.to_owned())), "people.error.email")
}

/// What was read without mending anything.
fn as_typed(taken: Taken<Option<String>>, key: &'static str) -> Read<String> {
    if taken.flags.is_empty() { Ok(taken.value) } else { Err(key) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn names_are_tidied_and_what_is_no_name_is_refused() {
        assert_eq!(name("  NGUYỄN   VĂN AN "), Ok(Some("Nguyễn Văn An".into())));
        assert_eq!(name("H'Hen Niê"), Ok(Some("H'Hen Niê".into())));
        for wrong in ["", "A", "12345", "an@xa.vn", "<b>An</b>", &"a".repeat(101)] {
            assert!(name(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_birth_is_a_date_or_a_year_and_never_ahead() {
        let today = date(2026, 11, 20);
        assert_eq!(birth("", today), Ok(None));
        assert_eq!(birth("19/5/1990", today), Ok(Some(Birth::Day(date(1990, 5, 19)))));
        assert_eq!(birth("1955", today), Ok(Some(Birth::Year(1955))));
        assert_eq!(birth("21/11/2026", today), Err("people.error.birth_ahead"));
        assert_eq!(birth("2027", today), Err("people.error.birth_ahead"));
        for wrong in ["31/02/1990", "90", "1850", "hôm qua"] {
            assert_eq!(birth(wrong, today), Err("people.error.birth"), "{wrong}");
        }
    }

    #[test]
    fn numbers_are_never_guessed() {
        assert_eq!(number("099 090 000 105"), Ok(Some("099090000105".into())));
        assert_eq!(number("123456789"), Ok(Some("123456789".into())));
        for wrong in ["12345678901", "1.2345E+11", "09909000010x", "111111111111"] {
            assert!(number(wrong).is_err(), "{wrong}");
        }
        assert_eq!(phone("+84 900 000 105"), Ok(Some("0900000105".into())));
        assert_eq!(phone("0900.000.105"), Ok(Some("0900000105".into())));
        for wrong in ["900000105", "090000010", "không có"] {
            assert!(phone(wrong).is_err(), "{wrong}");
        }
        assert_eq!(email("An@Xa.example"), Ok(Some("an@xa.example".into())));
        assert_eq!(email(""), Ok(None));
        for wrong in ["an", "an@xa", "a@b@c.d"] {
            assert!(email(wrong).is_err(), "{wrong}");
        }
    }
}
