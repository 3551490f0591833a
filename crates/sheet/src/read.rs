//! Reading: what kind of file it is, which worksheet holds the table, and the table itself.

mod biff;
mod cfb;
mod delimited;
mod encoding;
mod filling;
mod format;
mod kind;
mod ods;
mod package;
mod xls;
mod xlsx;

pub(crate) use filling::{Grid, Merge};

use crate::columns::{Column, Columns, Vocabulary};
use crate::table::{self, Format, Sheet};
use crate::{SheetError, headings};
use filling::Filling;

/// How much of a stranger's file is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Rows of data, below the header.
    pub rows: usize,
    /// Columns from the left; what stands further right is not read.
    pub columns: usize,
    /// Cells held in memory, those between filled ones included (32 bytes each).
    pub cells: usize,
    /// Bytes of the file once unpacked, and of all text in it.
    pub unpacked: u64,
}

impl Default for Limits {
    /// The staff of a whole province in one file.
    fn default() -> Limits {
        Limits { rows: 100_000, columns: 100, cells: 4_000_000, unpacked: 200 << 20 }
    }
}

impl Limits {
    pub(crate) fn too_large(&self) -> SheetError {
        SheetError::TooLarge { limit_mb: self.unpacked >> 20 }
    }
}

/// A file with worksheets. Implementations read cells one after another and keep none.
trait Workbook {
    fn worksheets(&self) -> Vec<Worksheet>;
    /// Reads the worksheet at `index` of [`Workbook::worksheets`].
    fn fill(&mut self, index: usize, filling: &mut Filling<'_>) -> Result<(), SheetError>;
}

#[derive(Debug, Clone)]
struct Worksheet {
    name: String,
    hidden: bool,
    format: Format,
}

/// Reads the table of a file whose columns are any of [`headings::ALL`].
pub fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Sheet, SheetError> {
    load(bytes, file_name, limits, headings::ALL)
}

/// Reads the table that has these columns: of several worksheets the one that has most of them.
pub fn read_for(
    bytes: &[u8],
    file_name: &str,
    limits: &Limits,
    wanted: &[Column],
) -> Result<(Sheet, Columns), SheetError> {
    let sheet = load(bytes, file_name, limits, wanted)?;
    let columns = Columns::find(&sheet, wanted)?;
    Ok((sheet, columns))
}

/// Rows in which a header is looked for, and worksheets that are looked at.
const HEAD_ROWS: usize = 60;
const WORKSHEETS: usize = 50;

fn load(
    bytes: &[u8],
    file_name: &str,
    limits: &Limits,
    wanted: &[Column],
) -> Result<Sheet, SheetError> {
    let mut workbook = open(bytes, file_name, limits)?;
    let worksheets = workbook.worksheets();
    let vocabulary = Vocabulary::new(wanted);
    let mut best: Option<(usize, table::Header)> = None;
    let mut others = Vec::new();
    let mut any_rows = false;
    // Hidden worksheets only count when no other has a table.
    for hidden in [false, true] {
        for (index, worksheet) in worksheets.iter().enumerate().take(WORKSHEETS) {
            if worksheet.hidden != hidden || (hidden && best.is_some()) {
                continue;
            }
            let mut filling = Filling::head(limits, HEAD_ROWS);
            workbook.fill(index, &mut filling)?;
            let head = filling.finish();
            any_rows |= !head.rows.is_empty();
            let Some(header) = table::find_header(&head, &vocabulary) else { continue };
            others.push(index);
            if best.as_ref().is_none_or(|(_, found)| found.score < header.score) {
                best = Some((index, header));
            }
        }
    }
    let Some((index, header)) = best else {
        return Err(if any_rows {
            SheetError::NoHeader { understood: wanted.iter().filter_map(Column::title).collect() }
        } else {
            SheetError::Empty
        });
    };
    let mut filling = Filling::whole(limits);
    workbook.fill(index, &mut filling)?;
    let mut sheet = table::cut(filling.finish(), &header, limits)?;
    if let Some(worksheet) = worksheets.get(index) {
        sheet.name.clone_from(&worksheet.name);
        sheet.format = worksheet.format.clone();
    }
    // Ways to split a .csv are no worksheets anybody made.
    if !matches!(sheet.format, Format::Csv { .. }) {
        let names =
            worksheets.iter().enumerate().filter(|(at, _)| others.contains(at) && *at != index);
        sheet.others = names.map(|(_, worksheet)| worksheet.name.clone()).collect();
    }
    Ok(sheet)
}

fn open<'a>(
    bytes: &'a [u8],
    file_name: &str,
    limits: &Limits,
) -> Result<Box<dyn Workbook + 'a>, SheetError> {
    if bytes.len() as u64 > limits.unpacked {
        return Err(limits.too_large());
    }
    Ok(match kind::of(bytes, file_name, limits)? {
        kind::Content::Xlsx(package) => Box::new(xlsx::Xlsx::open(package, file_name)?),
        kind::Content::Ods(package) => Box::new(ods::Ods::open(package)?),
        kind::Content::Xls(stream) => Box::new(xls::Xls::open(stream, file_name, limits)?),
        kind::Content::Text => Box::new(delimited::Delimited::open(bytes, file_name)?),
    })
}

/// All cells of the first worksheet, for tests of writing.
#[cfg(test)]
pub(crate) fn first_grid(bytes: &[u8]) -> Grid {
    let limits = Limits::default();
    let mut workbook = open(bytes, "test.xlsx", &limits).unwrap();
    let mut filling = Filling::whole(&limits);
    workbook.fill(0, &mut filling).unwrap();
    filling.finish()
}
