//! What kind of file the bytes are. The name is not believed: .xls may be a web page, .csv a zip.

use super::cfb::Cfb;
use super::package::Package;
use super::{Limits, encoding};
use crate::{Lookalike, SheetError};

pub(super) enum Content<'a> {
    Xlsx(Package<'a>),
    Ods(Package<'a>),
    /// The workbook stream of an Excel 97–2003 file.
    Xls(Vec<u8>),
    Text,
}

pub(super) fn of<'a>(
    bytes: &'a [u8],
    file_name: &str,
    limits: &Limits,
) -> Result<Content<'a>, SheetError> {
    let other = |looks_like| SheetError::NotSpreadsheet { file: file_name.to_owned(), looks_like };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(SheetError::Empty);
    }
    match bytes {
        [b'P', b'K', 3, 4, ..] => {
            let mut package = Package::open(bytes, limits)?;
            let mimetype = package.start("mimetype", 100);
            if mimetype.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
                Ok(Content::Ods(package))
            } else if package.has("word/document.xml") {
                Err(other(Lookalike::Word))
            } else if package.has("xl/workbook.bin") {
                Err(other(Lookalike::OldSpreadsheet))
            } else if package.has("_rels/.rels") || package.has("xl/workbook.xml") {
                Ok(Content::Xlsx(package))
            } else {
                Err(other(Lookalike::Unknown))
            }
        }
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => {
            let cfb = Cfb::open(bytes).ok_or(SheetError::Damaged)?;
            if cfb.has("EncryptedPackage") {
                return Err(SheetError::Password);
            }
            match cfb.stream("Workbook") {
                Some(stream) => Ok(Content::Xls(stream)),
                None if cfb.has("Book") => Err(other(Lookalike::OldSpreadsheet)),
                None if cfb.has("WordDocument") => Err(other(Lookalike::Word)),
                None => Err(other(Lookalike::Unknown)),
            }
        }
        [b'%', b'P', b'D', b'F', ..] => Err(other(Lookalike::Pdf)),
        [0xFF, 0xD8, 0xFF, ..] | [0x89, b'P', b'N', b'G', ..] | [b'G', b'I', b'F', b'8', ..] => {
            Err(other(Lookalike::Picture))
        }
        // Excel before 97 wrote its records without a container.
        [0x09, 0x00 | 0x02 | 0x04 | 0x08, 4..=16, 0, ..] => Err(other(Lookalike::OldSpreadsheet)),
        _ => {
            let start = encoding::start_as_text(bytes).ok_or_else(|| other(Lookalike::Unknown))?;
            let start = start.trim_start().to_lowercase();
            if start.starts_with("<?xml") && start.contains("schemas-microsoft-com:office") {
                Err(other(Lookalike::OldSpreadsheet))
            } else if start.starts_with("<!doctype")
                || start.starts_with("<html")
                || start.contains("<table")
            {
                Err(other(Lookalike::WebPage))
            } else if start.starts_with("<?xml") || start.starts_with("{\\rtf") {
                Err(other(Lookalike::Unknown))
            } else {
                Ok(Content::Text)
            }
        }
    }
}
