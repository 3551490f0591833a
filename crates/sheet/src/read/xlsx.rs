//! Excel workbooks (.xlsx, ECMA-376): the parts around the worksheets.

mod worksheet;

use std::collections::HashMap;

use quick_xml::events::Event;

use super::filling::Filling;
use super::format::Shape;
use super::package::{Package, attribute, push_text, resolve};
use super::{Workbook, Worksheet};
use crate::table::Format;
use crate::{Lookalike, SheetError};

pub(super) struct Xlsx<'a> {
    package: Package<'a>,
    worksheets: Vec<Worksheet>,
    paths: Vec<String>,
    shared: Shared,
}

/// What the cells of all worksheets refer to.
#[derive(Default)]
struct Shared {
    strings: Vec<String>,
    shapes: Vec<Shape>,
    is_1904: bool,
}

/// More shared strings or formats than Excel can make.
const STRINGS: usize = 4_000_000;
const SHAPES: usize = 100_000;

impl<'a> Xlsx<'a> {
    pub(super) fn open(package: Package<'a>, file_name: &str) -> Result<Xlsx<'a>, SheetError> {
        let mut xlsx =
            Xlsx { package, worksheets: vec![], paths: vec![], shared: Shared::default() };
        let main = xlsx.main_part()?;
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let links = xlsx.links(&main)?;
        xlsx.read_workbook(&main, &folder, &links)?;
        if xlsx.worksheets.is_empty() {
            let looks_like = Lookalike::Unknown;
            return Err(SheetError::NotSpreadsheet { file: file_name.to_owned(), looks_like });
        }
        let linked = |kind: &str| {
            let link = links.values().find(|link| link.kind == kind);
            link.map(|link| resolve(&folder, &link.target))
        };
        let strings = linked("sharedStrings").unwrap_or_else(|| "xl/sharedStrings.xml".to_owned());
        let styles = linked("styles").unwrap_or_else(|| "xl/styles.xml".to_owned());
        xlsx.read_strings(&strings)?;
        xlsx.read_styles(&styles)?;
        Ok(xlsx)
    }

    /// The workbook part, by the link of the package.
    fn main_part(&mut self) -> Result<String, SheetError> {
        let links = self.links("")?;
        let link = links.into_values().find(|link| link.kind == "officeDocument");
        Ok(link.map_or_else(|| "xl/workbook.xml".to_owned(), |link| resolve("", &link.target)))
    }

    /// The relationships of a part; of the whole package when `part` is empty.
    fn links(&mut self, part: &str) -> Result<HashMap<String, Link>, SheetError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = resolve(folder, &format!("_rels/{name}.rels"));
        let mut links = HashMap::new();
        let Some(mut part) = self.package.part(&path)? else { return Ok(links) };
        loop {
            match part.next()? {
                Event::Start(e) if e.local_name().as_ref() == "Relationship" => {
                    let kind = attribute(&e, "Type").unwrap_or_default();
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    if let (Some(id), Some(target)) = (attribute(&e, "Id"), attribute(&e, "Target"))
                    {
                        links.insert(id, Link { kind, target });
                    }
                }
                Event::Eof => return Ok(links),
                _ => {}
            }
        }
    }

    fn read_workbook(
        &mut self,
        path: &str,
        folder: &str,
        links: &HashMap<String, Link>,
    ) -> Result<(), SheetError> {
        let Some(mut part) = self.package.part(path)? else { return Ok(()) };
        loop {
            match part.next()? {
                Event::Start(e) if e.local_name().as_ref() == "sheet" => {
                    let link = attribute(&e, "id").and_then(|id| links.get(&id));
                    let Some(link) = link.filter(|link| link.kind == "worksheet") else { continue };
                    self.paths.push(resolve(folder, &link.target));
                    self.worksheets.push(Worksheet {
                        name: attribute(&e, "name").unwrap_or_default(),
                        hidden: attribute(&e, "state").is_some_and(|state| state != "visible"),
                        format: Format::Xlsx,
                    });
                }
                Event::Start(e) if e.local_name().as_ref() == "workbookPr" => {
                    if let Some(flag) = attribute(&e, "date1904") {
                        self.shared.is_1904 = flag == "1" || flag == "true";
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn read_strings(&mut self, path: &str) -> Result<(), SheetError> {
        let Some(mut part) = self.package.part(path)? else { return Ok(()) };
        let strings = &mut self.shared.strings;
        let (mut text, mut in_text, mut in_reading) = (String::new(), false, false);
        loop {
            let event = part.next()?;
            match &event {
                Event::Start(e) => match e.local_name().as_ref() {
                    "si" => text.clear(),
                    "t" => in_text = !in_reading,
                    // How to pronounce it, beside what is written.
                    "rPh" => in_reading = true,
                    _ => {}
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "si" if strings.len() < STRINGS => strings.push(unescape(&text)),
                    "si" => return Err(SheetError::Damaged),
                    "t" => in_text = false,
                    "rPh" => in_reading = false,
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ if in_text => push_text(&event, &mut text),
                _ => {}
            }
        }
    }

    fn read_styles(&mut self, path: &str) -> Result<(), SheetError> {
        let Some(mut part) = self.package.part(path)? else { return Ok(()) };
        let shapes = &mut self.shared.shapes;
        let mut codes = HashMap::new();
        let mut in_cell_formats = false;
        loop {
            match part.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "numFmt" => {
                        let id = attribute(&e, "numFmtId").and_then(|id| id.parse::<u32>().ok());
                        if let (Some(id), Some(code)) = (id, attribute(&e, "formatCode")) {
                            codes.insert(id, Shape::of_code(&code));
                        }
                    }
                    "cellXfs" => in_cell_formats = true,
                    "xf" if in_cell_formats && shapes.len() < SHAPES => {
                        let id = attribute(&e, "numFmtId").and_then(|id| id.parse().ok());
                        let id = id.unwrap_or(0);
                        shapes.push(codes.get(&id).copied().unwrap_or_else(|| Shape::builtin(id)));
                    }
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "cellXfs" => in_cell_formats = false,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

impl Workbook for Xlsx<'_> {
    fn worksheets(&self) -> Vec<Worksheet> {
        self.worksheets.clone()
    }

    fn fill(&mut self, index: usize, filling: &mut Filling<'_>) -> Result<(), SheetError> {
        if !filling.is_head() {
            self.package.refill();
        }
        let Some(path) = self.paths.get(index) else { return Ok(()) };
        let Some(part) = self.package.part(path)? else { return Ok(()) };
        worksheet::fill(part, &self.shared, filling)
    }
}

struct Link {
    /// The last step of the relationship's type.
    kind: String,
    target: String,
}

/// Characters XML cannot hold are written `_x000D_` (ECMA-376 part 1, 22.9.2.19).
fn unescape(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let escaped = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        match escaped.and_then(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?)) {
            Some(c) => {
                out.push(c);
                rest = from.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        for (from, to) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x12", "_x12"),
            ("đ_xôôô", "đ_xôôô"),
            ("_xD800_", "_xD800_"),
            ("x_", "x_"),
        ] {
            assert_eq!(unescape(from), to, "{from}");
        }
    }
}
