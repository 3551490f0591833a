//! Makes files for the tests: .xlsx by the writer, zips, .ods and .xls by hand.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A workbook of one worksheet, filled by `fill`.
pub fn xlsx(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

/// Texts from the top left; empty ones are left out.
pub fn texts(sheet: &mut Worksheet, rows: &[&[&str]]) {
    texts_from(sheet, 0, rows);
}

pub fn texts_from(sheet: &mut Worksheet, first: u32, rows: &[&[&str]]) {
    for (row, cells) in (first..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
}

pub fn plain() -> Format {
    Format::new()
}

pub fn number_format(code: &str) -> Format {
    Format::new().set_num_format(code)
}

/// A zip of these parts.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The parts of a zip, to change some and zip them again.
pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).unwrap();
            let mut content = Vec::new();
            std::io::copy(&mut file, &mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

pub fn rezipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    zipped(&parts)
}

/// A workbook written by hand: the XML of the rows of its one worksheet.
pub fn xlsx_of_xml(sheet_data: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet_data}</sheetData></worksheet>"#
    );
    let rels = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = r#"<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let book_rels = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    zipped(&[
        ("_rels/.rels", rels.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", book_rels.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// An OpenDocument spreadsheet with this content of its body.
pub fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"m\"/>"),
        ("content.xml", content.as_bytes()),
    ])
}

/// A container of older Office files (MS-CFB) with these streams.
pub fn cfb(streams: &[(&str, &[u8])]) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    let sectors = |length: usize| length.div_ceil(512).max(1);
    // Padded to 4096 bytes so that no stream is a short one.
    let data: Vec<Vec<u8>> = streams
        .iter()
        .map(|(_, bytes)| {
            let mut data = bytes.to_vec();
            data.resize(sectors(data.len().max(4096)) * 512, 0);
            data
        })
        .collect();
    let directory_sectors = (streams.len() + 1).div_ceil(4);
    let total = 1 + directory_sectors + data.iter().map(|d| d.len() / 512).sum::<usize>();
    assert!(total <= 128, "one sector of the allocation table is enough for a test");
    let mut fat = vec![0xFFFF_FFFD_u32];
    let chain = |fat: &mut Vec<u32>, count: usize| {
        let first = fat.len();
        for at in 1..count {
            fat.push(u32::try_from(first + at).unwrap());
        }
        fat.push(END);
        u32::try_from(first).unwrap()
    };
    chain(&mut fat, directory_sectors);
    let starts: Vec<u32> = data.iter().map(|d| chain(&mut fat, d.len() / 512)).collect();
    fat.resize(128, FREE);

    let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    file.resize(24, 0);
    for short in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        file.extend(short.to_le_bytes());
    }
    file.resize(44, 0);
    for long in [1, 1, 0, 4096, END, 0, END, 0, 0] {
        file.extend(u32::to_le_bytes(long));
    }
    file.resize(512, 0xFF);
    file.extend(fat.iter().flat_map(|next| next.to_le_bytes()));
    let mut entry = |name: &str, kind: u8, start: u32, length: usize| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let name_length = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend(name_length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend([0xFF; 12]);
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend(u64::try_from(length).unwrap().to_le_bytes());
        file.extend(entry);
    };
    entry("Root Entry", 5, END, 0);
    for (((name, bytes), _), start) in streams.iter().zip(&data).zip(&starts) {
        entry(name, 2, *start, bytes.len().max(4096));
    }
    for _ in streams.len() + 1..directory_sectors * 4 {
        entry("", 0, 0, 0);
    }
    file.extend(data.concat());
    file
}

/// A cell of an .xls for a test.
pub enum Old<'a> {
    Text(&'a str),
    Number(f64),
    /// A number in the date format.
    Day(f64),
    /// A whole number packed into four bytes.
    Packed(i32),
    Formula(f64),
    FormulaText(&'a str),
    Bool(bool),
    Label(&'a str),
}

/// The workbook stream of an .xls (BIFF8) with one worksheet; the string table is cut into
/// records of `cut` bytes.
pub fn biff(rows: &[Vec<Old<'_>>], merges: &[[u16; 4]], cut: usize) -> Vec<u8> {
    let mut strings: Vec<&str> = Vec::new();
    let mut cells = Vec::new();
    for (row, values) in (0_u16..).zip(rows) {
        for (column, value) in (0_u16..).zip(values) {
            let place = |style: u16| [row, column, style].map(u16::to_le_bytes).concat();
            let add = |cells: &mut Vec<u8>, kind: u16, style: u16, rest: &[u8]| {
                record(cells, kind, &[place(style).as_slice(), rest].concat());
            };
            match value {
                Old::Text(text) => {
                    let index = u32::try_from(strings.len()).unwrap();
                    strings.push(text);
                    add(&mut cells, 0x00FD, 0, &index.to_le_bytes());
                }
                Old::Number(number) => add(&mut cells, 0x0203, 0, &number.to_le_bytes()),
                Old::Day(number) => add(&mut cells, 0x0203, 1, &number.to_le_bytes()),
                Old::Packed(number) => {
                    add(&mut cells, 0x027E, 0, &((number << 2) | 2).to_le_bytes());
                }
                Old::Formula(number) => {
                    let rest = [&number.to_le_bytes()[..], &[0; 8], &[0, 0]].concat();
                    add(&mut cells, 0x0006, 0, &rest);
                }
                Old::FormulaText(text) => {
                    let rest = [&[0, 0, 0, 0, 0, 0, 0xFF, 0xFF][..], &[0; 8]].concat();
                    add(&mut cells, 0x0006, 0, &rest);
                    record(&mut cells, 0x0207, &wide(text));
                }
                Old::Bool(yes) => add(&mut cells, 0x0205, 0, &[u8::from(*yes), 0]),
                Old::Label(text) => add(&mut cells, 0x0204, 0, &wide(text)),
            }
        }
    }
    let count = u16::try_from(merges.len()).unwrap();
    let ranges: Vec<u8> = merges.iter().flatten().flat_map(|n| n.to_le_bytes()).collect();
    record(&mut cells, 0x00E5, &[&count.to_le_bytes()[..], &ranges].concat());

    let mut stream = Vec::new();
    record(&mut stream, 0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
    record(&mut stream, 0x041E, &[&164_u16.to_le_bytes()[..], &wide("dd/mm/yyyy")].concat());
    record(&mut stream, 0x00E0, &[0; 20]);
    record(&mut stream, 0x00E0, &[&[0, 0][..], &164_u16.to_le_bytes(), &[0; 16]].concat());
    let bound = stream.len();
    let name = [&[0_u8; 4][..], &[0, 0, 2, 0], b"S1"].concat();
    record(&mut stream, 0x0085, &name);
    let table: Vec<u8> = [[0_u8; 8].to_vec()]
        .into_iter()
        .chain(strings.iter().map(|s| wide(s)))
        .collect::<Vec<_>>()
        .concat();
    // A cut between strings needs no flag; the tests cut at ends of strings only.
    let mut from = 0;
    let mut kind = 0x00FC;
    for end in ends(&strings, cut, table.len()) {
        record(&mut stream, kind, &table[from..end]);
        (from, kind) = (end, 0x003C);
    }
    record(&mut stream, 0x000A, &[]);
    let start = u32::try_from(stream.len()).unwrap();
    stream[bound + 4..bound + 8].copy_from_slice(&start.to_le_bytes());
    record(&mut stream, 0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0]);
    stream.extend(cells);
    record(&mut stream, 0x000A, &[]);
    stream
}

fn ends(strings: &[&str], cut: usize, total: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let (mut at, mut last) = (8, 0);
    for string in strings {
        let next = at + wide(string).len();
        if next - last > cut {
            ends.push(at);
            last = at;
        }
        at = next;
    }
    ends.push(total);
    ends
}

fn record(out: &mut Vec<u8>, kind: u16, data: &[u8]) {
    out.extend(kind.to_le_bytes());
    out.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
    out.extend(data);
}

/// A string of two bytes a character with its length before it.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u16::try_from(units.len()).unwrap();
    [
        &length.to_le_bytes()[..],
        &[1],
        &units.iter().flat_map(|u| u.to_le_bytes()).collect::<Vec<_>>(),
    ]
    .concat()
}
