//! The .docx as a word processor opens it: parts that hang together, XML that is well formed, text
//! that came through as it was.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::events::Event;
use thao_paper::{
    Align, Annex, Block, Column, Document, Letterhead, Level, Orientation, Press, Row, RowKind,
    Run, Table,
};

fn at() -> Timestamp {
    "2026-03-01T02:00:00Z".parse().unwrap()
}

fn document() -> Document {
    let names = ["<Xã> & #*\"'", "Xã\u{b} Minh\u{1} Hòa", "$\\frac$ {x} [y] _z_ `w` @a <b:c/>"];
    let rows = names.map(|name| Row { kind: RowKind::Plain, cells: vec![name.into(), "1".into()] });
    let table = Table {
        columns: vec![Column::new("Xã & phường", Align::Left), Column::new("Số", Align::Right)],
        rows: rows.to_vec(),
        ..Table::default()
    };
    Document {
        head: Letterhead {
            agency: "ỦY BAN NHÂN DÂN\nTỈNH #1".into(),
            issuer: "A & B".into(),
            kind: Some("BÁO CÁO".into()),
            subject: "Kết quả <quý> 1".into(),
            ..Letterhead::default()
        },
        body: vec![
            Block::Heading(Level::Roman, "Kết quả".into()),
            Block::Paragraph(vec![Run::new("Đạt "), Run::new("62,5%").bold()]),
            Block::Table(table.clone()),
        ],
        annexes: [Orientation::Landscape, Orientation::Portrait]
            .map(|orientation| Annex {
                title: "KẾT QUẢ".into(),
                orientation,
                blocks: vec![Block::Table(table.clone())],
            })
            .to_vec(),
        ..Document::default()
    }
}

fn parts(bytes: Vec<u8>) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        parts.insert(file.name().unwrap().into_owned(), text);
    }
    parts
}

/// The text between the tags, and how often each element begins.
fn read(xml: &str) -> (String, BTreeMap<String, usize>) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut text, mut elements) = (String::new(), BTreeMap::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) | Event::Empty(e) => {
                *elements.entry(e.name().as_ref().to_owned()).or_default() += 1;
            }
            Event::End(e) if e.name().as_ref() == "w:p" => text.push('\n'),
            Event::Text(e) => text.push_str(&e),
            Event::GeneralRef(e) => text.push(match e.as_ref() {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                "quot" => '"',
                other => panic!("{other}"),
            }),
            Event::Eof => return (text, elements),
            _ => {}
        }
    }
}

#[test]
fn its_parts_are_well_formed_and_all_named() {
    let bytes = Press::built_in().unwrap().docx(&document(), at()).unwrap();
    let parts = parts(bytes);
    for xml in parts.values() {
        read(xml);
    }
    let types = &parts["[Content_Types].xml"];
    for part in parts.keys().filter(|part| !part.ends_with(".rels") && !part.starts_with('[')) {
        assert!(types.contains(&format!("PartName=\"/{part}\"")), "{part}");
    }
    for target in ["styles", "settings", "header1", "header2"] {
        assert!(parts["word/_rels/document.xml.rels"].contains(&format!("\"{target}.xml\"")));
        assert!(parts.contains_key(&format!("word/{target}.xml")));
    }
    assert!(parts["docProps/core.xml"].contains("2026-03-01T02:00:00Z"));
}

#[test]
fn text_comes_through_as_it_was() {
    let press = Press::built_in().unwrap();
    let bytes = press.docx(&document(), at()).unwrap();
    assert_eq!(bytes, press.docx(&document(), at()).unwrap());
    let (text, elements) = read(&parts(bytes)["word/document.xml"]);
    for wanted in [
        "CỘNG\u{a0}HÒA\u{a0}XÃ\u{a0}HỘI\u{a0}CHỦ\u{a0}NGHĨA\u{a0}VIỆT\u{a0}NAM",
        "<Xã> & #*\"'\n",
        "Xã Minh Hòa\n",
        "$\\frac$ {x} [y] _z_ `w` @a <b:c/>\n",
        "Kết quả <quý> 1\n",
        "I. Kết quả\n",
        "Đạt 62,5%\n",
        "./.\n",
        "DỰ THẢO\n",
        "Phụ lục I\n",
        "Phụ lục II\n",
        "(Kèm theo Báo cáo số …/ ngày … tháng … năm … của A & B)\n",
    ] {
        assert!(text.contains(wanted), "{wanted:?} in {text}");
    }
    // The paper and two annexes; three tables with one row of headings each.
    assert_eq!((elements["w:sectPr"], elements["w:tblHeader"]), (3, 3));
    assert!(!text.contains('\u{b}'));
}

#[test]
fn annexes_lie_as_they_are_told() {
    let bytes = Press::built_in().unwrap().docx(&document(), at()).unwrap();
    let parts = parts(bytes);
    let sections: Vec<bool> = parts["word/document.xml"]
        .split("<w:sectPr>")
        .skip(1)
        .map(|rest| rest.split("</w:sectPr>").next().unwrap().contains("landscape"))
        .collect();
    assert_eq!(sections, [false, true, false]);
}
