//! Codes of the register in words.

use std::borrow::Cow;

use thao_base::Lang;

/// The words of a code under a table of keys; a code nobody wrote words for stands as it is.
pub(crate) fn of<'c>(lang: Lang, table: &str, code: &'c str) -> Cow<'c, str> {
    let key = format!("{table}.{code}");
    if lang.has(&key) { Cow::Borrowed(lang.t(&key)) } else { Cow::Borrowed(code) }
}

pub(crate) fn role(lang: Lang, code: &str) -> Cow<'_, str> {
    of(lang, "people.role", code)
}

/// A kind of affiliation.
pub(crate) fn kind(lang: Lang, code: &str) -> Cow<'_, str> {
    of(lang, "people.kind", code)
}

/// A category of staff.
pub(crate) fn category(lang: Lang, code: &str) -> Cow<'_, str> {
    of(lang, "people.category", code)
}

pub(crate) fn unit_kind(lang: Lang, code: &str) -> Cow<'_, str> {
    of(lang, "people.unit_kind", code)
}
