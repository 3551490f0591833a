//! `thao.toml`, with the line on which each setting stands.

use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::{FILE, Found, known};
use crate::{Error, Kind, Result};

/// The settings of the file, in the order of its lines; none when there is no file.
pub(super) fn read(path: Option<&Path>) -> Result<Vec<Found>> {
    let named = path.is_some();
    let path = path.unwrap_or(Path::new(FILE));
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => parse(&text, &name),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && !named => Ok(Vec::new()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            Err(Error::new(Kind::Invalid, "base.config.file_missing").with("place", name))
        }
        Err(e) => Err(Error::new(Kind::Invalid, "base.config.file_unreadable")
            .with("place", name)
            .with("detail", &e)
            .because(e)),
    }
}

fn parse(text: &str, name: &str) -> Result<Vec<Found>> {
    let line = |span: Range<usize>| {
        let before = text.get(..span.start).unwrap_or_default();
        format!("{name}:{}", before.matches('\n').count() + 1)
    };
    let table = DeTable::parse(text).map_err(|e| {
        Error::invalid("base.config.file_broken")
            .with("place", e.span().map_or_else(|| name.to_owned(), line))
            .with("detail", e.message())
    })?;
    let mut entries: Vec<_> = table.get_ref().iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
        .into_iter()
        .map(|(key, value)| {
            let place = line(key.span());
            let setting = known(key.get_ref(), &place)?;
            let text = match value.get_ref() {
                DeValue::String(text) => text.to_string(),
                DeValue::Integer(number) => number.to_string(),
                DeValue::Boolean(truth) => truth.to_string(),
                DeValue::Float(_)
                | DeValue::Datetime(_)
                | DeValue::Array(_)
                | DeValue::Table(_) => {
                    return Err(Error::invalid(setting.wrong)
                        .with("place", place)
                        .with("key", setting.key)
                        .with("found", text.get(value.span()).unwrap_or_default().trim()));
                }
            };
            Ok(Found { setting, text, place })
        })
        .collect()
}
