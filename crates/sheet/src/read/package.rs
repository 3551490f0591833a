//! A zipped file of XML parts (.xlsx, .ods), unpacked as far as the limits go.

use std::cell::Cell as StdCell;
use std::collections::HashMap;
use std::io::{self, BufReader, Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::Limits;
use crate::SheetError;

pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Part names without case, as readers of spreadsheets compare them.
    names: HashMap<String, usize>,
    /// Bytes that may still be unpacked. What an archive says about itself is not believed.
    left: StdCell<u64>,
    limit: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Package<'a>, SheetError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::Damaged)?;
        let mut names = HashMap::with_capacity(zip.len());
        for index in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(index) {
                names.insert(plain(&name), index);
            }
        }
        let left = StdCell::new(limits.unpacked);
        Ok(Package { zip, names, left, limit: limits.unpacked })
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.names.contains_key(&plain(path))
    }

    /// Allows as much again: for the one worksheet that is read whole.
    pub(super) fn refill(&self) {
        self.left.set(self.limit);
    }

    /// The part at `path`, when there is one.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<Part<'_>>, SheetError> {
        let Some(index) = self.names.get(&plain(path)).copied() else { return Ok(None) };
        let file = self.zip.by_index(index).map_err(|_| SheetError::Damaged)?;
        let metered = Metered { inner: Box::new(file), left: &self.left };
        let mut reader = quick_xml::Reader::from_reader(BufReader::new(metered));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let limit_mb = self.limit >> 20;
        Ok(Some(Part { reader, buffer: Vec::new(), left: &self.left, limit_mb }))
    }

    /// The first bytes of a part, at most `length`.
    pub(super) fn start(&mut self, path: &str, length: u64) -> Vec<u8> {
        let mut start = Vec::new();
        if let Some(index) = self.names.get(&plain(path)).copied()
            && let Ok(file) = self.zip.by_index(index)
        {
            // What could be read before an error is enough to tell what it is.
            let _ = file.take(length).read_to_end(&mut start);
        }
        start
    }
}

fn plain(path: &str) -> String {
    path.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

/// The events of one XML part.
pub(super) struct Part<'p> {
    reader: quick_xml::Reader<BufReader<Metered<'p>>>,
    buffer: Vec<u8>,
    left: &'p StdCell<u64>,
    limit_mb: u64,
}

impl Part<'_> {
    pub(super) fn next(&mut self) -> Result<Event<'_>, SheetError> {
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => Ok(event),
            Err(_) if self.left.get() == 0 => Err(SheetError::TooLarge { limit_mb: self.limit_mb }),
            Err(_) => Err(SheetError::Damaged),
        }
    }
}

struct Metered<'p> {
    inner: Box<dyn Read + 'p>,
    left: &'p StdCell<u64>,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.get().checked_sub(read as u64) {
            Some(left) if left > 0 => {
                self.left.set(left);
                Ok(read)
            }
            _ => {
                self.left.set(0);
                Err(io::Error::other("more than may be unpacked"))
            }
        }
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    for attribute in element.attributes().with_checks(false).flatten() {
        if attribute.key.local_name().as_ref() == name {
            return attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .ok()
                .map(std::borrow::Cow::into_owned);
        }
    }
    None
}

/// Appends the characters of a text event to `out`; other events add nothing.
pub(super) fn push_text(event: &Event<'_>, out: &mut String) {
    match event {
        Event::Text(text) => out.push_str(&text.xml10_content()),
        Event::CData(text) => out.push_str(&text.xml10_content()),
        Event::GeneralRef(entity) => match entity.resolve_char_ref() {
            Ok(Some(c)) => out.push(c),
            _ => out.push_str(match entity.as_ref() {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                "apos" => "'",
                _ => "",
            }),
        },
        _ => {}
    }
}

/// The path a relationship of a part in `folder` points to.
pub(super) fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            "" | "." => {}
            other => steps.push(other),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_resolve_as_links_do() {
        assert_eq!(resolve("xl/", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("xl/a", "../b.xml"), "xl/b.xml");
        assert_eq!(resolve("", "../../x"), "x");
    }
}
