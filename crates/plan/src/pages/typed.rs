//! What was typed into a form, kept as it was typed, and read with everything that is wrong.

use std::str::FromStr;

use jiff::civil::Date;
use thao_base::{Error, Lang, text};
use thao_web::Sent;
use thao_web::components::{FieldErrors, date_typed};

use crate::imports::read_number;

/// Field and key of the words.
pub(crate) type Wrong = (&'static str, &'static str);

/// The longest text of one line, and of several.
pub(crate) const LINE: usize = 300;
pub(crate) const LINES: usize = 2_000;

/// What stands in the fields of a form, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(&'static str, String)>);

impl Fields {
    pub(crate) fn of(sent: &Sent, names: &[&'static str]) -> Fields {
        Fields(names.iter().map(|name| (*name, sent.text(name).to_owned())).collect())
    }

    pub(crate) fn set(mut self, name: &'static str, value: impl Into<String>) -> Fields {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some(field) => field.1 = value,
            None => self.0.push((name, value)),
        }
        self
    }

    /// [`set`](Fields::set), empty when there is nothing.
    pub(crate) fn maybe(self, name: &'static str, value: Option<impl Into<String>>) -> Fields {
        self.set(name, value.map(Into::into).unwrap_or_default())
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str())
    }
}

/// Fields read one by one; what is wrong is gathered.
pub(crate) struct Reading<'a> {
    fields: &'a Fields,
    wrong: Vec<Wrong>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(fields: &'a Fields) -> Reading<'a> {
        Reading { fields, wrong: Vec::new() }
    }

    pub(crate) fn wrong(&mut self, name: &'static str, key: &'static str) {
        self.wrong.push((name, key));
    }

    /// A line that must not be empty.
    pub(crate) fn line(&mut self, name: &'static str, missing: &'static str) -> String {
        let line = self.maybe_line(name);
        if line.is_none() && !self.wrong.iter().any(|(field, _)| *field == name) {
            self.wrong(name, missing);
        }
        line.unwrap_or_default()
    }

    pub(crate) fn maybe_line(&mut self, name: &'static str) -> Option<String> {
        self.maybe_text(name, LINE, "plan.error.too_long")
    }

    pub(crate) fn maybe_lines(&mut self, name: &'static str) -> Option<String> {
        self.maybe_text(name, LINES, "plan.error.text_too_long")
    }

    fn maybe_text(
        &mut self,
        name: &'static str,
        longest: usize,
        key: &'static str,
    ) -> Option<String> {
        let text = text::tidy(self.fields.text(name));
        if longest < text.chars().count() {
            self.wrong(name, key);
            return None;
        }
        Some(text).filter(|text| !text.is_empty())
    }

    /// A date that must be there.
    pub(crate) fn date(&mut self, name: &'static str) -> Option<Date> {
        let date = date_typed(self.fields.text(name));
        if date.is_none() {
            self.wrong(name, "plan.error.date");
        }
        date
    }

    pub(crate) fn maybe_date(&mut self, name: &'static str) -> Option<Date> {
        match self.fields.text(name).is_empty() {
            true => None,
            false => self.date(name),
        }
    }

    /// A whole number from 0 on, or nothing typed.
    pub(crate) fn maybe_whole(&mut self, name: &'static str, key: &'static str) -> Option<i64> {
        let typed = self.fields.text(name);
        if typed.is_empty() {
            return None;
        }
        let number = read_number(typed);
        if number.is_none() {
            self.wrong(name, key);
        }
        number
    }

    /// An id or anything else that is chosen.
    pub(crate) fn chosen<T: FromStr>(
        &mut self,
        name: &'static str,
        key: &'static str,
    ) -> Option<T> {
        let chosen = self.fields.text(name).parse().ok();
        if chosen.is_none() {
            self.wrong(name, key);
        }
        chosen
    }

    pub(crate) fn has_wrong(&self, name: &str) -> bool {
        self.wrong.iter().any(|(field, _)| *field == name)
    }

    pub(crate) fn text(&self, name: &str) -> &'a str {
        self.fields.text(name)
    }

    /// What was meant, or everything that is wrong.
    pub(crate) fn end<T>(self, meant: Option<T>) -> Result<T, Vec<Wrong>> {
        match meant {
            Some(meant) if self.wrong.is_empty() => Ok(meant),
            _ => Err(self.wrong),
        }
    }
}

/// The first thing that is wrong, to leave the transaction with.
pub(crate) fn first(wrong: &[Wrong]) -> Error {
    match wrong.first() {
        Some((field, key)) => Error::invalid(key).field(field),
        None => Error::internal("a form was refused without a reason"),
    }
}

/// Everything that is wrong beside its field: with what was typed, or with what it met.
pub(crate) fn errors<T>(lang: Lang, read: Result<T, Vec<Wrong>>, met: &Error) -> FieldErrors {
    let mut errors = FieldErrors::new();
    match read {
        Err(wrong) => {
            for (field, key) in wrong {
                errors.add(field, lang.t(key));
            }
        }
        Ok(_) => {
            errors.add(met.field_name().unwrap_or_default(), met.words(lang));
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_and_everything_wrong_is_named() {
        let fields = Fields::default()
            .set("title", "  Mở   lớp ")
            .set("due", "31/12/2030")
            .set("places", "3.400");
        let mut reading = Reading::new(&fields);
        assert_eq!(reading.line("title", "plan.error.title"), "Mở lớp");
        assert_eq!(reading.maybe_date("due").unwrap().to_string(), "2030-12-31");
        assert_eq!(reading.maybe_whole("places", "plan.error.whole"), Some(3_400));
        assert_eq!(reading.maybe_whole("classes", "plan.error.whole"), None);
        assert_eq!(reading.end(Some(1)), Ok(1));

        let fields = Fields::default().set("due", "32/12/2030").set("places", "−4");
        let mut reading = Reading::new(&fields);
        reading.line("title", "plan.error.title");
        reading.maybe_date("due");
        reading.maybe_whole("places", "plan.error.whole");
        let wrong = [
            ("title", "plan.error.title"),
            ("due", "plan.error.date"),
            ("places", "plan.error.whole"),
        ];
        assert_eq!(reading.end(Some(())).unwrap_err(), wrong);
    }
}
